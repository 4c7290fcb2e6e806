//===- CodeObject/Kernels.cpp -------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/Kernels.h"
#include "CodeObject/Draws.h"
#include "CodeObject/FileScan.h"
#include "CodeObject/Threads.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include <set>

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

Statement unknownAt(const Statement &Place, StringRef Text) {
  Statement S;
  S.K = Kind::Unknown;
  S.Begin = Place.Begin;
  S.End = Place.End;
  S.Text = Text.str();
  return S;
}

bool hasUnknown(const List &Body) {
  return llvm::any_of(Body, [](const Statement &S) {
    return S.K == Kind::Unknown || hasUnknown(S.Then) || hasUnknown(S.Else);
  });
}

/// Builds one function from a kernel and its launch.
class Joiner {
public:
  Joiner(const CodeObjects &C, const DrawMap &Filled, const Function &Host,
         const Statement &Launch, const Function &Kernel)
      : A(*C.Arena), C(C), Launch(Launch), Rest(Kernel.Body),
        Numbers(readThreadNumbers(Kernel.Body)) {
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
      bind(P, I < Launch.Arguments.size() ? Launch.Arguments[I++] : Expr(),
           Filled);
  }

  List run() {
    resolveAddresses();
    preamble();
    appendThreads(std::move(Rest), Numbers, A, Joined);
    return std::move(Joined);
  }

private:
  /// A named number; these stand at the beginning of a kernel.
  bool isConstant(const Statement &S) const {
    return S.K == Kind::Declare && S.IsConst && !S.IsPointer && S.Value &&
           !Numbers.isLocal(S.Target) &&
           !mentions(S.Value, [&](StringRef Name) {
             return Numbers.isLocal(Name) || Parameters.contains(Name);
           });
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
    if (E.isCall("size") && E.operands().size() == 1) {
      Expr Of = resolve(E.operand(0), Depth + 1);
      return Of ? A.call("size", {Of}) : Expr();
    }
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

  void bind(const Function::Parameter &P, Expr Argument,
            const DrawMap &Filled) {
    if (Argument && Argument.isSymbol())
      if (auto It = Filled.find(Argument.name());
          It != Filled.end() && !It->second.Function.empty()) {
        Draws[P.Name] = It->second;
        return;
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
  void resolveAddresses() {
    DrawNumbers NumbersOfDraws;
    eachExpr(Rest, [&](Expr &E) {
      E = rewrite(E, [&](Expr Node) {
        auto It = Addresses.find(Node);
        return It != Addresses.end()
                   ? It->second
                   : drawnFrom(Node, Draws, NumbersOfDraws, A);
      });
    });
  }

  /// Constants, parameters, and everything before the last guard
  /// `if (_idx >= _N) return;`.
  void preamble() {
    size_t End = Numbers.Guard;
    // Without a guard, what is known of threads stands first.
    if (!Numbers.Bound)
      End = llvm::find_if_not(
                Rest,
                [&](const Statement &S) {
                  return isConstant(S) ||
                         (S.K == Kind::Declare &&
                          (S.IsPointer || Numbers.isLocal(S.Target)));
                }) -
            Rest.begin();
    List Before(std::make_move_iterator(Rest.begin()),
                std::make_move_iterator(Rest.begin() + End));
    Rest.erase(Rest.begin(), Rest.begin() + End + (Numbers.Bound ? 1 : 0));
    List Threads;
    llvm::erase_if(Before, [&](Statement &S) {
      // An earlier guard keeps out what the last one keeps out as well.
      if (Numbers.isGuard(S) ||
          (S.K == Kind::Declare && Numbers.isLocal(S.Target)))
        return true;
      bool IsThreads =
          mentions(S, [&](StringRef Name) { return Numbers.isLocal(Name); });
      if (IsThreads) {
        // Behind the guard it would be done by fewer threads.
        if (S.K != Kind::Declare && Numbers.Bound)
          makeUnknown(S, "statement in front of a guard");
        Threads.push_back(std::move(S));
      }
      return IsThreads;
    });
    Rest.insert(Rest.begin(), std::make_move_iterator(Threads.begin()),
                std::make_move_iterator(Threads.end()));
    auto IsUsed = [&](StringRef Name) {
      auto Uses = [&](const Statement &S) {
        return mentions(S, [&](StringRef Other) { return Other == Name; });
      };
      return llvm::any_of(Before, Uses) || llvm::any_of(Rest, Uses) ||
             mentions(Numbers.Bound,
                      [&](StringRef Other) { return Other == Name; });
    };
    auto Values = llvm::find_if_not(
        Before, [&](const Statement &S) { return isConstant(S); });
    Joined.assign(Before.begin(), Values);
    for (Statement &S : Bindings)
      if (IsUsed(S.Target))
        Joined.push_back(std::move(S));
    for (const std::string &Name : Unbound)
      if (IsUsed(Name)) {
        Joined.push_back(unknownAt(Launch, "argument of a kernel"));
        Joined.back().Targets = {Name};
      }
    Joined.insert(Joined.end(), Values, Before.end());
  }

  ExprArena &A;
  const CodeObjects &C;
  const Statement &Launch;
  List Joined;
  List Rest; ///< of the kernel's body
  llvm::StringMap<Expr> HostLocals;
  ThreadNumbers Numbers;
  llvm::StringSet<> Parameters, Constants;
  List Bindings;
  std::vector<std::string> Unbound;
  DrawMap Draws; ///< by parameters of the kernel
  llvm::DenseMap<Expr, Expr> Addresses;
};

struct Launch {
  const Statement *Call;
  const Function *Kernel; ///< null when it is not there
};

/// A space of events: an array with a place for each of `Size` neurons and one
/// behind them for how many events there are.
struct EventSpace {
  std::string Array;
  Rational Size;

  friend bool operator==(const EventSpace &L, const EventSpace &R) {
    return L.Array == R.Array && L.Size == R.Size;
  }
};

/// The number that an expression is, by the constants of `Code`.
std::optional<Rational> numberOf(Expr E, const List &Code) {
  for (unsigned Depth = 0; E && Depth < 10; ++Depth) {
    if (E.isNumber())
      return E.number();
    auto I = llvm::find_if(Code, [&](const Statement &S) {
      return S.K == Kind::Declare && E.isSymbol(S.Target);
    });
    if (I == Code.end())
      break;
    E = I->Value;
  }
  return std::nullopt;
}

std::optional<EventSpace> spaceOf(StringRef Pointer, Expr Size,
                                  const List &Code) {
  std::optional<Rational> Number = numberOf(Size, Code);
  for (const Statement &S : Code)
    if (Number && S.K == Kind::Declare && S.IsPointer && S.Target == Pointer &&
        S.Value && S.Value.isSymbol())
      return EventSpace{S.Value.name().str(), *Number};
  return std::nullopt;
}

/// The space that a joined kernel empties: one thread sets the number of events
/// to zero, and whatever all of them do to the places says nothing.
///
///   for _idx from 0 below _N
///     if _idx == 0
///       assign space[_N] = 0
///     assign space[_idx] = -1
std::optional<EventSpace> emptiedBy(const List &Code) {
  std::optional<EventSpace> Space;
  std::set<std::string> Written;
  for (const Statement &S : Code) {
    if (S.K == Kind::Declare)
      continue;
    if (S.K != Kind::Loop || !S.First || !S.First.isZero())
      return std::nullopt;
    for (const Statement &Each : S.Then) {
      if (Each.K == Kind::Assign && Each.Index &&
          Each.Index.isSymbol(S.Target)) {
        Written.insert(Each.Target);
        continue;
      }
      const Expr C = Each.Condition;
      if (Each.K != Kind::If || !Each.Else.empty() || Each.Then.size() != 1 ||
          !C.is(ExprKind::Eq) ||
          !(C.operand(0).isSymbol(S.Target) && C.operand(1).isZero()))
        return std::nullopt;
      const Statement &Count = Each.Then.front();
      if (Count.K != Kind::Assign || !Count.Index || !Count.Value ||
          !Count.Value.isZero() || Space)
        return std::nullopt;
      Written.insert(Count.Target);
      Space = spaceOf(Count.Target, Count.Index, Code);
      // Some thread has to be the first one.
      if (!Space || numberOf(S.Bound, Code) != Space->Size)
        return std::nullopt;
    }
  }
  return Written.size() == 1 ? Space : std::nullopt;
}

/// The loop in which a joined kernel collects events, `space[_count++] = _idx`,
/// and where it does so.
struct Collection {
  size_t Loop;
  std::string Pointer;
  std::optional<EventSpace> Space;
};

std::optional<Collection> collectionIn(const List &Code) {
  for (size_t I = 0; I + 1 < Code.size(); ++I)
    // Threads.cpp puts the number of events behind the loop.
    if (const Statement &After = Code[I + 1];
        Code[I].K == Kind::Loop && After.K == Kind::Assign && After.Index &&
        After.Value && After.Value.isSymbol("_count"))
      return Collection{I, After.Target,
                        spaceOf(After.Target, After.Index, Code)};
  return std::nullopt;
}

/// Finds the launches of kernels in a host's function.
void findLaunches(const List &Body, const Function &Host,
                  const std::vector<Function> &Kernels,
                  std::vector<Launch> &Found) {
  for (const Statement &S : Body) {
    if (S.K == Kind::Call && S.Object.empty() && isKernelName(S.Callee)) {
      auto I = llvm::find_if(Kernels, [&](const Function &K) {
        return K.Name == S.Callee && K.Place.File == Host.Place.File;
      });
      Found.push_back({&S, I == Kernels.end() ? nullptr : &*I});
    }
    findLaunches(S.Then, Host, Kernels, Found);
    findLaunches(S.Else, Host, Kernels, Found);
  }
}

/// Drops the device's copies of arrays, `dev_array_g_v` and `d_array_g_v` of
/// `_array_g_v`, and buffers of random numbers: of `dev_x_rand` the device's
/// copy is `_array_x_rand`.
void dropDeviceArrays(CodeObjects &C) {
  llvm::StringSet<> Names, Buffers;
  for (const Array &A : C.Arrays)
    Names.insert(A.Name);
  for (const Array &A : C.Arrays)
    if (StringRef Name = A.Name; Name.consume_front("dev_"))
      if (!Names.contains(("dev_array_" + Name).str()))
        Buffers.insert(("_array_" + Name).str());
  llvm::erase_if(C.Arrays, [&](const Array &A) {
    return A.Name.front() != '_' || Buffers.contains(A.Name);
  });
}

} // namespace

void joinKernels(CodeObjects &C, const KernelCode &Code) {
  dropDeviceArrays(C);
  DrawMap Filled;
  for (const Function &F : Code.Fillers)
    findDraws(F.Body, Filled);
  for (Function &F : C.Functions) {
    std::vector<Launch> Launches;
    findLaunches(F.Body, F, Code.Kernels, Launches);
    if (Launches.empty())
      continue;
    DrawMap FilledHere = Filled;
    findDraws(F.Body, FilledHere);
    List Body;
    std::vector<EventSpace> Empty;
    for (auto [Call, Kernel] : Launches) {
      if (!Kernel) {
        Body.push_back(unknownAt(*Call, "launch of a kernel that is missing"));
        continue;
      }
      List Joined = Joiner(C, FilledHere, F, *Call, *Kernel).run();
      if (std::optional<EventSpace> Space = emptiedBy(Joined)) {
        Empty.push_back(std::move(*Space));
        continue;
      }
      // Events are counted on from what is there.
      if (std::optional<Collection> Events = collectionIn(Joined);
          Events &&
          !(Events->Space && llvm::is_contained(Empty, *Events->Space))) {
        Statement Unknown = unknownAt(*Call, "event space that is not emptied");
        // The condition no longer says which events there are.
        Unknown.Targets = {Events->Pointer, "_cond"};
        Joined.insert(Joined.begin() + Events->Loop, std::move(Unknown));
      }
      for (Statement &S : Joined) {
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
    }
    F.Body = std::move(Body);
    F.HasUnknown = hasUnknown(F.Body);
  }
}

} // namespace brian2lift
