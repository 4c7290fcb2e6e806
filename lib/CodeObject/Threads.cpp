//===- CodeObject/Threads.cpp -------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/Threads.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {

using llvm::StringRef;

bool mentions(Expr E, llvm::function_ref<bool(StringRef)> IsName) {
  return E && holds(E, [&](Expr Node) {
           return (Node.isSymbol() || Node.is(ExprKind::Element)) &&
                  IsName(Node.name());
         });
}

bool mentions(const Statement &S, llvm::function_ref<bool(StringRef)> IsName) {
  auto IsIn = [&](const Statement &Each) { return mentions(Each, IsName); };
  auto IsInExpr = [&](Expr E) { return mentions(E, IsName); };
  return IsName(S.Target) || llvm::any_of(S.Targets, IsName) ||
         llvm::any_of(
             llvm::ArrayRef({S.Index, S.Value, S.Condition, S.First, S.Bound}),
             IsInExpr) ||
         llvm::any_of(S.Arguments, IsInExpr) || llvm::any_of(S.Then, IsIn) ||
         llvm::any_of(S.Else, IsIn);
}

namespace {

using Kind = Statement::Kind;
using List = std::vector<Statement>;

constexpr llvm::StringLiteral Index = "_idx";

/// Variables of CUDA that differ from thread to thread or from launch to
/// launch.
bool isBuiltin(StringRef Name) {
  return Name.starts_with("threadIdx.") || Name.starts_with("blockIdx.") ||
         Name.starts_with("blockDim.") || Name.starts_with("gridDim.");
}

bool isAtomic(StringRef Callee) {
  Callee.consume_front("_brian_");
  return Callee.starts_with("atomic");
}

/// `a[i]` of `&a[i]`, `a[0]` of `a`; null for anything else.
Expr addressed(Expr Pointer, ExprArena &A) {
  if (Pointer && Pointer.isCall("&") &&
      Pointer.operand(0).is(ExprKind::Element))
    return Pointer.operand(0);
  if (Pointer && Pointer.isSymbol())
    return A.element(Pointer.name(), A.number(Rational(0)));
  return {};
}

/// The names of what the atomic operations in `E` write.
std::vector<std::string> atomicTargets(Expr E, ExprArena &A) {
  std::vector<std::string> Names;
  if (E)
    visit(E, [&](Expr Node) {
      if (Node.is(ExprKind::Call) && isAtomic(Node.name()))
        if (Expr Old = Node.operands().empty() ? Expr()
                                               : addressed(Node.operand(0), A))
          Names.push_back(Old.name().str());
    });
  return Names;
}

bool hasAtomic(Expr E) {
  return E && holds(E, [](Expr Node) {
           return Node.is(ExprKind::Call) && isAtomic(Node.name());
         });
}

void makeUnknown(Statement &S, StringRef Text,
                 std::vector<std::string> Targets) {
  Statement Unknown;
  Unknown.K = Kind::Unknown;
  Unknown.Begin = S.Begin;
  Unknown.End = S.End;
  Unknown.Text = Text.str();
  Unknown.Targets = std::move(Targets);
  S = std::move(Unknown);
}

/// Everything that a statement and those in it may write.
void collectTargets(const Statement &S, std::vector<std::string> &Targets) {
  if (!S.Target.empty())
    Targets.push_back(S.Target);
  Targets.insert(Targets.end(), S.Targets.begin(), S.Targets.end());
  for (const List *Inner : {&S.Then, &S.Else})
    for (const Statement &Each : *Inner)
      collectTargets(Each, Targets);
}

/// Turns the code of one thread into a loop.
class LoopMaker {
public:
  LoopMaker(const ThreadNumbers &Numbers, ExprArena &A, List &Out)
      : Numbers(Numbers), A(A), Out(Out),
        Bound(Numbers.Bound ? Numbers.Bound : A.symbol("_threads")) {
    // All indices are the same number.
    for (const auto &Local : Numbers.Indices)
      OneIndex[A.symbol(Local.getKey())] = A.symbol(Index);
  }

  void append(List Code) {
    size_t Begin = beginOfThread(Code);
    std::move(Code.begin(), Code.begin() + Begin, std::back_inserter(Out));
    if (Begin == Code.size())
      return;
    List Body;
    for (Statement &S : llvm::MutableArrayRef(Code).drop_front(Begin))
      if (isBlock(S))
        std::move(S.Then.begin(), S.Then.end(), std::back_inserter(Body));
      else
        Body.push_back(std::move(S));
    readSharedOnce(Body);
    Statement Loop;
    Loop.K = Kind::Loop;
    Loop.Target = Index.str();
    Loop.Type = ScalarType::Integer;
    Loop.First = A.number(Rational(0));
    Loop.Bound = Bound;
    if (!Body.empty()) {
      Loop.Begin = Body.front().Begin;
      Loop.End = Body.back().End;
    }
    returnEarly(Body);
    setIndex(Loop, Body);
    std::string Space = countEvents(Body);
    plainOperations(Body);
    std::move(Body.begin(), Body.end(), std::back_inserter(Loop.Then));
    loseOtherNumbers(Loop);
    if (Space.empty())
      Out.push_back(std::move(Loop));
    else
      fillSpace(std::move(Loop), Space);
  }

private:
  /// The generator's block around vector code (Statements.h).
  static bool isBlock(const Statement &S) {
    return S.K == Kind::If && S.Condition && S.Condition.isTrue();
  }

  bool isThreads(const Statement &S) const {
    return mentions(S, [&](StringRef Name) {
      return Numbers.isLocal(Name) || isBuiltin(Name);
    });
  }

  /// Without a block of its own, the code of a thread begins where the first
  /// one does something else than the second, or declares what it fills in
  /// later.
  size_t beginOfThread(const List &Code) const {
    auto Block = llvm::find_if(Code, isBlock);
    if (Block != Code.end())
      return Block - Code.begin();
    if (llvm::none_of(Code, [&](const Statement &S) { return isThreads(S); }))
      return Numbers.Bound ? 0 : Code.size();
    return llvm::find_if(Code,
                         [&](const Statement &S) {
                           return (S.K == Kind::Declare && !S.Value) ||
                                  isThreads(S);
                         }) -
           Code.begin();
  }

  /// Each thread reads shared variables by itself, `dt = dt_array[0]`. They are
  /// read once, before the loop.
  void readSharedOnce(List &Body) {
    llvm::erase_if(Body, [&](Statement &S) {
      if (S.K != Kind::Declare || !S.IsConst || !S.Value ||
          !S.Value.is(ExprKind::Element) || !S.Value.operand(0).isNumber())
        return false;
      auto Other = llvm::find_if(Out, [&](const Statement &Each) {
        return Each.K == Kind::Declare && Each.Target == S.Target;
      });
      if (Other != Out.end())
        return Other->Value == S.Value;
      Out.push_back(std::move(S));
      return true;
    });
  }

  static bool returns(const Statement &S) {
    return S.K == Kind::Return || llvm::any_of(S.Then, returns) ||
           llvm::any_of(S.Else, returns);
  }

  /// What follows `if (c) return;` is done when c does not hold. After any
  /// other return nobody knows whether it is done.
  void returnEarly(List &Body) {
    auto First = llvm::find_if(Body, returns);
    if (First == Body.end())
      return;
    Statement Return = std::move(*First);
    List Skipped(std::make_move_iterator(First + 1),
                 std::make_move_iterator(Body.end()));
    Body.erase(First, Body.end());
    returnEarly(Skipped);
    if (Return.K == Kind::If && Return.Then.size() == 1 &&
        Return.Then[0].K == Kind::Return && Return.Else.empty()) {
      Return.Condition = A.negation(Return.Condition);
      Return.Then = std::move(Skipped);
    } else if (Return.K != Kind::Return) {
      std::vector<std::string> Targets;
      collectTargets(Return, Targets);
      for (const Statement &S : Skipped)
        collectTargets(S, Targets);
      makeUnknown(Return, "return of a thread", std::move(Targets));
    } else {
      return;
    }
    Body.push_back(std::move(Return));
  }

  bool setsIndex(const Statement &S) const {
    return S.K == Kind::Assign && !S.Index &&
           Numbers.Indices.contains(S.Target);
  }

  /// A thread may set its index anew: `int id = _events[_idx]; _idx = id;`. The
  /// loop then counts something else, and `_idx` is declared in it.
  void setIndex(Statement &Loop, List &Body) {
    auto Set =
        llvm::find_if(Body, [&](const Statement &S) { return setsIndex(S); });
    if (Set != Body.end()) {
      Loop.Target = "_index_events";
      llvm::DenseMap<Expr, Expr> Positions;
      for (const auto &Each : OneIndex)
        Positions[Each.first] = A.symbol(Loop.Target);
      Expr Value = Set->Value;
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
      Declared.Target = Index.str();
      Declared.Type = ScalarType::Integer;
      Declared.IsConst = true;
      Declared.Value = substitute(Value, Positions);
      Loop.Then.push_back(std::move(Declared));
      // `_vectorisation_idx = _idx;` brings another index after it.
      llvm::erase_if(Body, [&](const Statement &S) {
        return setsIndex(S) && S.Value.isSymbol() &&
               Numbers.Indices.contains(S.Value.name());
      });
    }
    eachExpr(Body, [&](Expr &E) { E = substitute(E, OneIndex); });
    std::vector<std::string> Targets;
    for (const Statement &S : Body)
      collectTargets(S, Targets);
    for (Statement &S : Body)
      loseSetIndex(S, Targets);
  }

  /// Where a thread changes its index in any other way, nobody knows what the
  /// elements are that it means.
  void loseSetIndex(Statement &S, const std::vector<std::string> &Targets) {
    if (setsIndex(S)) {
      makeUnknown(S, "index of a thread", Targets);
      return;
    }
    for (List *Inner : {&S.Then, &S.Else})
      for (Statement &Each : *Inner)
        loseSetIndex(Each, Targets);
  }

  /// The bound of the loop, or what `_N = N` declares it as.
  bool isBound(Expr E) const {
    return E == Bound || llvm::any_of(Out, [&](const Statement &S) {
             return S.K == Kind::Declare && Bound.isSymbol(S.Target) &&
                    S.Value == E;
           });
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
      if (!Counter || !isBound(Counter.operand(0)))
        continue;
      Expr Place = A.symbol(S.Target);
      auto Store = llvm::find_if(Body, [&](const Statement &Each) {
        return Each.K == Kind::Assign && Each.Target == Counter.name() &&
               Each.Index == Place;
      });
      if (Store == Body.end())
        continue;
      Store->Index = A.call("++", {A.symbol("_count")});
      Body.erase(Body.begin() + I);
      return Counter.name().str();
    }
    return {};
  }

  /// `atomicAdd(&a[i], x);` is `a[i] += x`; what an atomic operation returns
  /// depends on the order of the threads.
  void plainOperations(List &Body) {
    for (Statement &S : Body) {
      plainOperations(S.Then);
      plainOperations(S.Else);
      bool IsAtomic =
          S.K == Kind::Call && S.Object.empty() && isAtomic(S.Callee);
      if (IsAtomic && plainOperation(S))
        continue;
      std::vector<std::string> Targets;
      bool IsLost = IsAtomic;
      for (Expr E : {S.Value, S.Index, S.Condition}) {
        IsLost |= hasAtomic(E);
        llvm::append_range(Targets, atomicTargets(E, A));
      }
      if (!IsLost)
        continue;
      if (IsAtomic && !S.Arguments.empty())
        if (Expr Old = addressed(S.Arguments[0], A))
          Targets.push_back(Old.name().str());
      collectTargets(S, Targets);
      makeUnknown(S, "atomic operation", std::move(Targets));
    }
  }

  bool plainOperation(Statement &S) {
    if (S.Arguments.size() != 2 || !S.Arguments[1])
      return false;
    Expr Old = addressed(S.Arguments[0], A), Operand = S.Arguments[1];
    if (!Old || hasAtomic(Operand))
      return false;
    StringRef Operation = S.Callee;
    if (Operation.ends_with("Add"))
      S.Value = Old + Operand;
    else if (Operation.ends_with("Sub"))
      S.Value = Old - Operand;
    else if (Operation.ends_with("Mul"))
      S.Value = Old * Operand;
    else if (Operation.ends_with("Div"))
      S.Value = Old / Operand;
    else
      return false;
    S.K = Kind::Assign;
    S.Target = Old.name().str();
    S.Index = Old.operand(0);
    S.IsCompound = true;
    S.Callee.clear();
    S.Arguments.clear();
    return true;
  }

  /// Numbers of threads that are no index mean nothing in a loop.
  void loseOtherNumbers(Statement &Loop) {
    // An author's variable of that name hides the number.
    llvm::StringSet<> Hidden;
    for (const Statement &S : Loop.Then)
      if (S.K == Kind::Declare)
        Hidden.insert(S.Target);
    for (Statement &S : Loop.Then)
      if (mentions(S, [&](StringRef Name) {
            return (Numbers.Others.contains(Name) && !Hidden.contains(Name)) ||
                   isBuiltin(Name);
          })) {
        std::vector<std::string> Targets;
        collectTargets(S, Targets);
        makeUnknown(S, "number of a thread", std::move(Targets));
      }
  }

  /// A loop that counts events into `Space`. The threads cleared it before.
  void fillSpace(Statement Loop, StringRef Space) {
    Expr Cleared = A.number(Rational(-1));
    llvm::erase_if(Out, [&](const Statement &S) {
      return S.K == Kind::Assign && S.Target == Space && S.Value == Cleared;
    });
    llvm::erase_if(Loop.Then, [&](const Statement &S) {
      return S.K == Kind::Assign && S.Target == Space && S.Value == Cleared;
    });
    Statement Count;
    Count.K = Kind::Declare;
    Count.Begin = Count.End = Loop.Begin;
    Count.Target = "_count";
    Count.Type = ScalarType::Integer;
    Count.Value = A.number(Rational(0));
    Statement Store;
    Store.K = Kind::Assign;
    Store.Begin = Store.End = Loop.End;
    Store.Target = Space.str();
    Store.Index = Bound;
    Store.Value = A.symbol("_count");
    Out.push_back(std::move(Count));
    Out.push_back(std::move(Loop));
    Out.push_back(std::move(Store));
  }

  const ThreadNumbers &Numbers;
  ExprArena &A;
  List &Out;
  Expr Bound;
  llvm::DenseMap<Expr, Expr> OneIndex;
};

/// `blockIdx.x*blockDim.x + threadIdx.x`, with locals in place of each.
bool isIndex(Expr E) {
  if (!E.is(ExprKind::Add) || E.operands().size() != 2)
    return false;
  auto IsProduct = [](Expr Term) {
    return Term.is(ExprKind::Mul) && Term.operands().size() == 2 &&
           mentions(Term, [](StringRef N) { return N == "blockIdx.x"; }) &&
           mentions(Term, [](StringRef N) { return N == "blockDim.x"; });
  };
  return (IsProduct(E.operand(0)) && E.operand(1).isSymbol("threadIdx.x")) ||
         (IsProduct(E.operand(1)) && E.operand(0).isSymbol("threadIdx.x"));
}

bool hasElement(Expr E) {
  return holds(E, [](Expr Node) { return Node.is(ExprKind::Element); });
}

} // namespace

bool ThreadNumbers::isGuard(const Statement &S) const {
  return S.K == Kind::If && S.Condition.is(ExprKind::Ge) &&
         S.Condition.operand(0).isSymbol() &&
         Indices.contains(S.Condition.operand(0).name()) &&
         S.Then.size() == 1 && S.Then[0].K == Kind::Return &&
         !S.Then[0].Value && S.Else.empty();
}

void makeUnknown(Statement &S, StringRef Text) {
  std::vector<std::string> Targets;
  collectTargets(S, Targets);
  makeUnknown(S, Text, std::move(Targets));
}

ThreadNumbers readThreadNumbers(llvm::ArrayRef<Statement> Kernel) {
  ThreadNumbers Result;
  Result.Guard = Kernel.size();
  // Of the locals, in CUDA's variables; an index stands for itself.
  llvm::DenseMap<Expr, Expr> Values;
  for (size_t I = 0; I < Kernel.size(); ++I) {
    const Statement &S = Kernel[I];
    if (S.K == Kind::Declare && S.Value && !S.IsPointer) {
      Expr Value = substitute(S.Value, Values);
      ExprArena &A = Value.arena();
      Expr Number = A.symbol(Index);
      // What is computed from an index is the thread's own affair.
      if (isIndex(Value) || Value == Number) {
        Values[A.symbol(S.Target)] = Number;
        Result.Indices.insert(S.Target);
      } else if (!hasElement(Value) && mentions(Value, isBuiltin)) {
        Values[A.symbol(S.Target)] = Value;
        Result.Others.insert(S.Target);
      }
    } else if (Result.isGuard(S)) {
      Result.Guard = I;
      Result.Bound = S.Condition.operand(1);
    }
  }
  return Result;
}

void appendThreads(List Code, const ThreadNumbers &Numbers, ExprArena &A,
                   List &Out) {
  LoopMaker(Numbers, A, Out).append(std::move(Code));
}

} // namespace brian2lift
