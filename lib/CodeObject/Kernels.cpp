//===- CodeObject/Kernels.cpp -------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/Kernels.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include <map>

namespace brian2lift {
namespace {

using llvm::StringRef;
using Kind = Statement::Kind;
using List = std::vector<Statement>;

/// The host's name of an array: `_array_g_v` of `dev_array_g_v`.
StringRef hostName(StringRef Name) {
  if (!Name.consume_front("dev"))
    Name.consume_front("d");
  return Name;
}

/// `rand` or `randn` when `Name` is the buffer that the host fills with such
/// numbers for a code object: `dev_<codeobject>_randn`.
StringRef drawnBy(StringRef Name) {
  if (!Name.starts_with("dev_"))
    return {};
  for (StringRef Function : {"rand", "randn"})
    if (Name.ends_with(("_" + Function).str()))
      return Function;
  return {};
}

bool isAtomic(StringRef Callee) {
  Callee.consume_front("_brian_");
  return Callee.starts_with("atomic");
}

/// `a[i]` of `&a[i]`; null for anything else. `&a[0]` is the Symbol a.
Expr addressed(Expr Pointer, ExprArena &A) {
  if (Pointer && Pointer.isCall("&") &&
      Pointer.operand(0).is(ExprKind::Element))
    return Pointer.operand(0);
  if (Pointer && Pointer.isSymbol())
    return A.element(Pointer.name(), A.number(Rational(0)));
  return {};
}

bool mentions(Expr E, llvm::function_ref<bool(StringRef)> IsName) {
  bool Found = false;
  if (E)
    visit(E, [&](Expr Node) {
      Found |= (Node.isSymbol() || Node.is(ExprKind::Element)) &&
               IsName(Node.name());
    });
  return Found;
}

/// Calls `Visitor` with every expression of the statements.
template <typename L, typename F> void eachExpr(L &&Body, F Visitor) {
  for (auto &Each : Body) {
    for (auto *E :
         {&Each.Index, &Each.Value, &Each.Condition, &Each.First, &Each.Bound})
      if (*E)
        Visitor(*E);
    for (auto &E : Each.Arguments)
      if (E)
        Visitor(E);
    eachExpr(Each.Then, Visitor);
    eachExpr(Each.Else, Visitor);
  }
}

bool mentions(const Statement &S, llvm::function_ref<bool(StringRef)> IsName) {
  bool Found = false;
  eachExpr(llvm::ArrayRef(S), [&](Expr E) { Found |= mentions(E, IsName); });
  auto MentionsBelow = [&](const Statement &Each) {
    return mentions(Each, IsName);
  };
  return Found || IsName(S.Target) || llvm::any_of(S.Targets, IsName) ||
         llvm::any_of(S.Then, MentionsBelow) ||
         llvm::any_of(S.Else, MentionsBelow);
}

bool hasUnknown(const List &Body) {
  return llvm::any_of(Body, [](const Statement &S) {
    return S.K == Kind::Unknown || hasUnknown(S.Then) || hasUnknown(S.Else);
  });
}

/// Builds one function from a kernel and its launch.
class Joiner {
public:
  Joiner(const CodeObjects &C, const llvm::StringMap<Expr> &Rates,
         const Function &Host, const Statement &Launch, const Function &Kernel)
      : A(*C.Arena), C(C), Rates(Rates), Launch(Launch), Rest(Kernel.Body) {
    for (const Statement &S : Host.Body)
      if (S.K == Kind::Declare && S.Value)
        HostLocals[S.Target] = S.Value;
    for (const Function::Parameter &P : Kernel.Parameters)
      Parameters.insert(P.Name);
    for (const Statement &S : Kernel.Body)
      if (isConstant(S))
        Constants.insert(S.Target);
    size_t I = 0;
    for (const Function::Parameter &P : Kernel.Parameters)
      bind(P, I < Launch.Arguments.size() ? Launch.Arguments[I++] : Expr());
  }

  List run() {
    dissolveDraws();
    preamble();
    if (Counter || llvm::any_of(Rest, [&](const Statement &S) {
          return mentions(S, [&](StringRef Name) { return isThread(Name); });
        })) {
      if (!Bound)
        Bound = A.symbol("_threads");
      vectorPart();
    }
    append(Rest);
    return std::move(Joined);
  }

private:
  bool isThread(StringRef Name) const {
    return Name.starts_with("threadIdx.") || Name.starts_with("blockIdx.") ||
           Name.starts_with("blockDim.") || ThreadLocals.contains(Name);
  }

  /// A named number; these stand at the beginning of a kernel.
  bool isConstant(const Statement &S) const {
    return S.K == Kind::Declare && S.IsConst && !S.IsPointer && S.Value &&
           !mentions(S.Value,
                     [&](StringRef Name) {
                       return isThread(Name) || Parameters.contains(Name);
                     }) &&
           !contains(S.Value, ExprKind::Element);
  }

  static bool contains(Expr E, ExprKind K) {
    bool Found = false;
    visit(E, [&](Expr Node) { Found |= Node.is(K); });
    return Found;
  }

  Statement declare(StringRef Name, Expr Value, ScalarType Type,
                    bool IsPointer) {
    Statement S;
    S.K = Kind::Declare;
    S.Begin = Launch.Begin;
    S.End = Launch.End;
    S.Target = Name.str();
    S.Value = Value;
    S.Type = Type;
    S.IsConst = !IsPointer;
    S.IsPointer = IsPointer;
    return S;
  }

  /// The value of an argument in words that the kernel's function knows: an
  /// array, an element of one, a number, one of its constants. Null otherwise.
  Expr resolve(Expr E, unsigned Depth = 0) {
    if (!E || Depth > 100)
      return {};
    if (E.isNumber())
      return E;
    if (E.isCall("raw_pointer_cast") && E.operands().size() == 1)
      return resolve(E.operand(0), Depth + 1);
    if (!E.isSymbol() && !E.is(ExprKind::Element))
      return {};
    if (C.findArray(E.name()))
      return E;
    // The event space of the present step is an element of all of them.
    if (C.findArray(hostName(E.name())))
      return A.symbol(hostName(E.name()));
    if (!E.isSymbol() || Constants.contains(E.name()))
      return E.isSymbol() ? E : Expr();
    auto It = HostLocals.find(E.name());
    return It == HostLocals.end() ? Expr() : resolve(It->second, Depth + 1);
  }

  void bind(const Function::Parameter &P, Expr Argument) {
    if (Argument && Argument.isSymbol()) {
      if (StringRef Draw = drawnBy(Argument.name()); !Draw.empty()) {
        Buffers[P.Name] = Draw;
        return;
      }
      if (auto It = Rates.find(Argument.name());
          It != Rates.end() && It->second) {
        KernelRates[P.Name] = It->second;
        return;
      }
    }
    Expr Value = resolve(Argument);
    if (Value && P.IsPointer == (Value.isSymbol() && C.findArray(Value.name())))
      Bindings.push_back(declare(P.Name, Value, P.Type, P.IsPointer));
    else
      Unbound.push_back(P.Name);
    // `const double *_ptr_array_clock_t = &_value_array_clock_t`
    if (Value && Value.is(ExprKind::Element) && Value.operand(0).isZero())
      Addresses[A.call("&", {A.symbol(P.Name)})] = A.symbol(Value.name());
  }

  /// Each element of a buffer is one draw; what is the address of a value that
  /// the launch took out of an array is that array.
  void dissolveDraws() {
    llvm::DenseMap<Expr, unsigned> Numbers;
    eachExpr(Rest, [&](Expr &E) {
      E = rewrite(E, [&](Expr Node) {
        if (auto It = Addresses.find(Node); It != Addresses.end())
          return It->second;
        if (Node.isCall("poisson") && Node.operand(0).isSymbol())
          if (auto It = KernelRates.find(Node.operand(0).name());
              It != KernelRates.end())
            return A.call("poisson", {It->second, Node.operands().back()});
        if (!Node.is(ExprKind::Element))
          return Node;
        auto It = Buffers.find(Node.name());
        if (It == Buffers.end())
          return Node;
        unsigned Number =
            Numbers.try_emplace(Node, static_cast<unsigned>(Numbers.size()))
                .first->second;
        return A.call(It->second,
                      {A.number(Rational(static_cast<long>(Number)))});
      });
    });
  }

  /// Constants, parameters, and everything before the last guard
  /// `if (_idx >= _N) return;`, which gives the loop its bound.
  void preamble() {
    size_t Guard = Rest.size();
    llvm::StringSet<> Locals;
    for (size_t I = 0; I < Rest.size(); ++I) {
      Statement &S = Rest[I];
      if (S.K == Kind::Declare &&
          mentions(S.Value, [&](StringRef Name) { return isThread(Name); }) &&
          !contains(S.Value, ExprKind::Element))
        ThreadLocals.insert(S.Target);
      if (!isGuard(S))
        continue;
      Guard = I;
      Counter = S.Condition.operand(0);
      Bound = S.Condition.operand(1);
    }
    // Without a guard, what is known of threads stands first.
    if (!Counter)
      for (Guard = 0; Guard < Rest.size(); ++Guard)
        if (!isConstant(Rest[Guard]) &&
            !(Rest[Guard].K == Kind::Declare &&
              (Rest[Guard].IsPointer ||
               ThreadLocals.contains(Rest[Guard].Target))))
          break;
    List Before(std::make_move_iterator(Rest.begin()),
                std::make_move_iterator(Rest.begin() + Guard));
    Rest.erase(Rest.begin(), Rest.begin() + Guard + (Counter ? 1 : 0));
    llvm::erase_if(Before, [&](const Statement &S) {
      return isGuard(S) ||
             (S.K == Kind::Declare && ThreadLocals.contains(S.Target));
    });
    auto IsUsed = [&](StringRef Name) {
      auto Uses = [&](const Statement &S) {
        return mentions(S, [&](StringRef Other) { return Other == Name; });
      };
      return llvm::any_of(Before, Uses) || llvm::any_of(Rest, Uses) ||
             (Bound &&
              mentions(Bound, [&](StringRef Other) { return Other == Name; }));
    };
    auto Values = llvm::find_if_not(
        Before, [&](const Statement &S) { return isConstant(S); });
    Joined.assign(Before.begin(), Values);
    for (Statement &S : Bindings)
      if (IsUsed(S.Target))
        Joined.push_back(std::move(S));
    for (const std::string &Name : Unbound)
      if (IsUsed(Name))
        unknown("argument of a kernel", Name);
    Joined.insert(Joined.end(), Values, Before.end());
  }

  void unknown(StringRef Text, StringRef Target) {
    Statement S;
    S.K = Kind::Unknown;
    S.Begin = Launch.Begin;
    S.End = Launch.End;
    S.Text = Text.str();
    S.Targets = {Target.str()};
    Joined.push_back(std::move(S));
  }

  /// `if (_idx >= _N) return;`
  bool isGuard(const Statement &S) const {
    return S.K == Kind::If && S.Condition.is(ExprKind::Ge) &&
           S.Condition.operand(0).isSymbol() &&
           ThreadLocals.contains(S.Condition.operand(0).name()) &&
           S.Then.size() == 1 && S.Then[0].K == Kind::Return &&
           !S.Then[0].Value && S.Else.empty();
  }

  /// What follows the guard: code that is the same for all threads, and the
  /// code of one of them, which becomes the loop.
  void vectorPart() {
    size_t Begin = Rest.size();
    bool HasBlock = false;
    for (size_t I = 0; I < Rest.size() && !HasBlock; ++I) {
      HasBlock = Rest[I].K == Kind::If && Rest[I].Condition.isTrue();
      if (HasBlock)
        Begin = I;
    }
    // Without a block of its own it begins where the first thread does
    // something else than the second, or declares what it fills in later.
    if (!HasBlock)
      Begin = llvm::find_if(Rest,
                            [&](const Statement &S) {
                              return (S.K == Kind::Declare && !S.Value) ||
                                     mentions(S, [&](StringRef Name) {
                                       return ThreadLocals.contains(Name);
                                     });
                            }) -
              Rest.begin();
    List Body;
    for (size_t I = Begin; I < Rest.size(); ++I) {
      Statement &S = Rest[I];
      if (HasBlock && S.K == Kind::If && S.Condition.isTrue())
        std::move(S.Then.begin(), S.Then.end(), std::back_inserter(Body));
      else
        Body.push_back(std::move(S));
    }
    Rest.erase(Rest.begin() + Begin, Rest.end());
    append(Rest);
    hoistShared(Body);

    Statement Loop;
    Loop.K = Kind::Loop;
    Loop.Target = "_idx";
    Loop.Type = ScalarType::Integer;
    Loop.First = A.number(Rational(0));
    Loop.Bound = Bound;
    if (!Body.empty()) {
      Loop.Begin = Body.front().Begin;
      Loop.End = Body.back().End;
    }
    chooseIndex(Loop, Body);
    atomics(Body);
    std::string Space = countEvents(Body);
    std::move(Body.begin(), Body.end(), std::back_inserter(Loop.Then));
    if (Space.empty()) {
      Joined.push_back(std::move(Loop));
      return;
    }
    // The threads clear the space before they fill it.
    llvm::erase_if(Joined, [&](const Statement &S) {
      return S.K == Kind::Assign && S.Target == Space;
    });
    Statement Count = declare("_count", A.number(Rational(0)),
                              ScalarType::Integer, /*IsPointer=*/false);
    Count.IsConst = false;
    Joined.push_back(std::move(Count));
    Statement Store;
    Store.K = Kind::Assign;
    Store.Begin = Loop.Begin;
    Store.End = Loop.End;
    Store.Target = Space;
    Store.Index = Bound;
    Store.Value = A.symbol("_count");
    Joined.push_back(std::move(Loop));
    Joined.push_back(std::move(Store));
  }

  /// Each thread reads shared variables by itself, `dt = dt_array[0]`; they are
  /// read once, before the loop.
  void hoistShared(List &Body) {
    llvm::erase_if(Body, [&](Statement &S) {
      if (S.K != Kind::Declare || !S.IsConst || !S.Value ||
          !S.Value.is(ExprKind::Element) || !S.Value.operand(0).isNumber())
        return false;
      bool IsThere = llvm::any_of(Joined, [&](const Statement &Other) {
        return Other.K == Kind::Declare && Other.Target == S.Target &&
               Other.Value == S.Value;
      });
      if (!IsThere)
        Joined.push_back(std::move(S));
      return true;
    });
  }

  /// A thread may set its index anew: `int id = _events[_idx]; _idx = id;`. The
  /// loop then counts something else, and `_idx` is declared in it.
  void chooseIndex(Statement &Loop, List &Body) {
    auto Set = llvm::find_if(Body, [&](const Statement &S) {
      return S.K == Kind::Assign && !S.Index && ThreadLocals.contains(S.Target);
    });
    Expr Index = A.symbol("_idx");
    if (Set != Body.end()) {
      Loop.Target = "_index_events";
      Expr Position = A.symbol(Loop.Target);
      Expr Value = Set->Value;
      llvm::DenseMap<Expr, Expr> Positions;
      for (const auto &Local : ThreadLocals)
        Positions[A.symbol(Local.getKey())] = Position;
      List Before(std::make_move_iterator(Body.begin()),
                  std::make_move_iterator(Set));
      Statement Declared = std::move(*Set);
      Body.erase(Body.begin(), Set + 1);
      llvm::erase_if(Before, [&](const Statement &S) {
        bool IsIt = S.K == Kind::Declare && S.Value && Value.isSymbol(S.Target);
        if (IsIt)
          Value = S.Value;
        return IsIt;
      });
      eachExpr(Before, [&](Expr &E) { E = substitute(E, Positions); });
      std::move(Before.begin(), Before.end(), std::back_inserter(Loop.Then));
      Declared.K = Kind::Declare;
      Declared.Target = "_idx";
      Declared.Type = ScalarType::Integer;
      Declared.IsConst = true;
      Declared.Value = substitute(Value, Positions);
      Loop.Then.push_back(std::move(Declared));
      llvm::erase_if(Body, [&](const Statement &S) {
        return S.K == Kind::Assign && !S.Index &&
               ThreadLocals.contains(S.Target) && S.Value == Index;
      });
    }
    Statement Vectorisation =
        declare("_vectorisation_idx", Index, ScalarType::Integer,
                /*IsPointer=*/false);
    Vectorisation.Begin = Vectorisation.End = Loop.Begin;
    Loop.Then.push_back(std::move(Vectorisation));
  }

  /// `atomicAdd(&a[i], x);` as a statement is `a[i] += x`.
  void atomics(List &Body) {
    for (Statement &S : Body) {
      atomics(S.Then);
      atomics(S.Else);
      if (S.K != Kind::Call || !S.Object.empty() || !isAtomic(S.Callee))
        continue;
      Expr Old =
          S.Arguments.size() == 2 ? addressed(S.Arguments[0], A) : Expr();
      Expr Operand = S.Arguments.size() == 2 ? S.Arguments[1] : Expr();
      StringRef Operation = S.Callee;
      Expr New;
      if (Old && Operand)
        New = Operation.ends_with("Add")   ? Old + Operand
              : Operation.ends_with("Sub") ? Old - Operand
              : Operation.ends_with("Mul") ? Old * Operand
              : Operation.ends_with("Div") ? Old / Operand
                                           : Expr();
      S.Callee.clear();
      S.Arguments.clear();
      if (!New) {
        S.K = Kind::Unknown;
        S.Text = "atomic operation";
        if (Old)
          S.Targets = {Old.name().str()};
        continue;
      }
      S.K = Kind::Assign;
      S.Target = Old.name().str();
      S.Index = Old.operand(0);
      S.Value = New;
      S.IsCompound = true;
    }
  }

  /// `int p = atomicAdd(&space[_N], 1); space[p] = _idx;` becomes
  /// `space[_count++] = _idx`. Returns the name of the space, if there is one.
  std::string countEvents(List &Body) {
    for (size_t I = 0; I < Body.size(); ++I) {
      Statement &S = Body[I];
      for (List *Inner : {&S.Then, &S.Else})
        if (std::string Space = countEvents(*Inner); !Space.empty())
          return Space;
      if (S.K != Kind::Declare || !S.Value || !S.Value.isCall("atomicAdd") ||
          S.Value.operands().size() != 2 || !S.Value.operand(1).isOne())
        continue;
      Expr Counter = addressed(S.Value.operand(0), A);
      if (!Counter || Counter.operand(0) != Bound)
        continue;
      std::string Space = Counter.name().str();
      Expr Place = A.symbol(S.Target);
      for (Statement &Store : Body)
        if (Store.K == Kind::Assign && Store.Target == Space &&
            Store.Index == Place)
          Store.Index = A.call("++", {A.symbol("_count")});
      Body.erase(Body.begin() + I);
      return Space;
    }
    return {};
  }

  void append(List &Statements) {
    std::move(Statements.begin(), Statements.end(), std::back_inserter(Joined));
    Statements.clear();
  }

  ExprArena &A;
  const CodeObjects &C;
  const llvm::StringMap<Expr> &Rates; ///< of buffers of Poisson's numbers
  const Statement &Launch;
  List Joined;
  List Rest; ///< of the kernel's body
  llvm::StringMap<Expr> HostLocals;
  llvm::StringSet<> Parameters, Constants, ThreadLocals;
  List Bindings;
  std::vector<std::string> Unbound;
  llvm::StringMap<StringRef> Buffers; ///< parameter -> what it is drawn by
  llvm::StringMap<Expr> KernelRates;  ///< parameter -> rate
  llvm::DenseMap<Expr, Expr> Addresses;
  Expr Counter, Bound;
};

/// Finds the launches of kernels in a host's function.
void findLaunches(
    const List &Body, const Function &Host,
    const std::vector<Function> &Kernels,
    std::vector<std::pair<const Statement *, const Function *>> &Found) {
  for (const Statement &S : Body) {
    if (S.K == Kind::Call && S.Object.empty())
      for (const Function &K : Kernels)
        if (K.Name == S.Callee && K.Place.File == Host.Place.File)
          Found.emplace_back(&S, &K);
    findLaunches(S.Then, Host, Kernels, Found);
    findLaunches(S.Else, Host, Kernels, Found);
  }
}

/// The rates of Poisson's numbers by the buffer that holds them:
/// `refill_poisson_numbers(5.0, ..., dev_x_poisson_0, ...)`. Null where several
/// are said.
void findRates(const List &Body, llvm::StringMap<Expr> &Rates) {
  for (const Statement &S : Body) {
    if (S.K == Kind::Call && S.Callee == "refill_poisson_numbers" &&
        S.Arguments.size() > 2 && S.Arguments[2] && S.Arguments[2].isSymbol()) {
      Expr Rate = S.Arguments[0];
      if (Rate && !Rate.isNumber())
        Rate = {};
      auto [It, IsNew] = Rates.try_emplace(S.Arguments[2].name(), Rate);
      if (!IsNew && It->second != Rate)
        It->second = {};
    }
    findRates(S.Then, Rates);
    findRates(S.Else, Rates);
  }
}

/// Drops the device's copies of arrays, and buffers of random numbers, which
/// have an `_array_...` for each `dev_...`.
void dropDeviceArrays(CodeObjects &C) {
  llvm::StringSet<> Buffers;
  for (const Array &A : C.Arrays)
    if (StringRef Name = A.Name; Name.consume_front("dev_"))
      Buffers.insert(("_array_" + Name).str());
  llvm::erase_if(C.Arrays, [&](const Array &A) {
    return A.Name.front() != '_' || Buffers.contains(A.Name);
  });
}

} // namespace

void joinKernels(CodeObjects &C, const KernelCode &Code) {
  dropDeviceArrays(C);
  llvm::StringMap<Expr> Rates;
  for (const Function &F : Code.Fillers)
    findRates(F.Body, Rates);
  for (Function &F : C.Functions) {
    std::vector<std::pair<const Statement *, const Function *>> Launches;
    findLaunches(F.Body, F, Code.Kernels, Launches);
    if (Launches.empty())
      continue;
    List Body;
    for (auto [Launch, Kernel] : Launches)
      for (Statement &S : Joiner(C, Rates, F, *Launch, *Kernel).run()) {
        // Each kernel declares the same constants and arrays.
        bool IsThere = S.K == Kind::Declare &&
                       llvm::any_of(Body, [&](const Statement &Other) {
                         return Other.K == Kind::Declare &&
                                Other.Target == S.Target &&
                                Other.Value == S.Value;
                       });
        if (!IsThere)
          Body.push_back(std::move(S));
      }
    F.Body = std::move(Body);
    F.HasUnknown = hasUnknown(F.Body);
  }
}

} // namespace brian2lift
