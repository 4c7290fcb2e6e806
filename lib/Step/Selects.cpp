//===- Step/Selects.cpp - Values that depend on boolean variables -------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Brian2 splits a statement that uses boolean variables into one branch for
// each combination of their values (codegen/optimisation.py,
// boolean_simplified_expressions). Here the branches become one expression
// again.
//
//===----------------------------------------------------------------------===//

#include "Step/Step.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"

namespace brian2lift {

namespace {

/// Brian2 splits by at most this many variables; more would be somebody else's
/// code, and the work doubles with each.
constexpr size_t MaxConditions = 8;

/// The boolean variables and comparisons that decide Selects of `E`.
llvm::SetVector<Expr> collectConditions(Expr E) {
  llvm::SetVector<Expr> Atoms;
  visit(E, [&](Expr Node) {
    if (!Node.is(ExprKind::Select))
      return;
    llvm::SmallVector<Expr, 8> Work{Node.operand(0)};
    while (!Work.empty()) {
      Expr C = Work.pop_back_val();
      // A shared condition is itself a Select of conditions.
      if (C.is(ExprKind::And) || C.is(ExprKind::Or) || C.is(ExprKind::Not) ||
          C.is(ExprKind::Select))
        Work.append(C.operands().begin(), C.operands().end());
      else if (!C.is(ExprKind::Boolean))
        Atoms.insert(C);
    }
  });
  return Atoms;
}

Expr fix(Expr E, Expr Condition, bool Value) {
  return substitute(E, {{Condition, E.arena().boolean(Value)}});
}

Expr combine(Expr E, llvm::ArrayRef<Expr> Conditions) {
  if (Conditions.empty())
    return E;
  ExprArena &A = E.arena();
  Expr Flag = Conditions.back();
  Expr IfTrue = combine(fix(E, Flag, true), Conditions.drop_back());
  Expr IfFalse = combine(fix(E, Flag, false), Conditions.drop_back());
  if (IfTrue == IfFalse)
    return IfTrue;
  Expr Int = A.call("int", {Flag});
  if (IfTrue.isZero())
    return A.call("int", {A.negation(Flag)}) * IfFalse;
  Expr Difference = IfTrue - IfFalse;
  if (sizeOf(Difference) < sizeOf(IfTrue) + sizeOf(IfFalse))
    return IfFalse + Int * Difference;
  return Int * IfTrue + A.call("int", {A.negation(Flag)}) * IfFalse;
}

llvm::ArrayRef<Expr> conjuncts(const Expr &E) {
  return E.is(ExprKind::And) ? E.operands() : llvm::ArrayRef<Expr>(E);
}

/// What `E` asks for besides `Part`, when it asks for all of it; else null.
Expr without(Expr E, Expr Part) {
  llvm::SmallVector<Expr, 8> Rest;
  size_t Found = 0;
  for (Expr C : conjuncts(E))
    if (llvm::is_contained(conjuncts(Part), C))
      ++Found;
    else
      Rest.push_back(C);
  return Found == conjuncts(Part).size() ? E.arena().conjunction(Rest) : Expr();
}

/// Shannon's expansion: what `E` is where `Conditions` hold or do not.
Expr combineConditions(Expr E, llvm::ArrayRef<Expr> Conditions) {
  if (Conditions.empty())
    return E;
  ExprArena &A = E.arena();
  Expr Flag = Conditions.back();
  Expr IfTrue = combineConditions(fix(E, Flag, true), Conditions.drop_back());
  Expr IfFalse = combineConditions(fix(E, Flag, false), Conditions.drop_back());
  if (IfTrue == IfFalse)
    return IfTrue;
  // With a constant branch these fold to `a and flag`, `not flag or b`, ...
  if (IfFalse.isTrue())
    return A.disjunction({A.negation(Flag), IfTrue});
  if (IfTrue.isTrue())
    return A.disjunction({Flag, IfFalse});
  // `a and (flag or b)` where one branch is the other with a further condition.
  if (Expr Rest = without(IfFalse, IfTrue))
    return A.conjunction({IfTrue, A.disjunction({Flag, Rest})});
  if (Expr Rest = without(IfTrue, IfFalse))
    return A.conjunction({IfFalse, A.disjunction({A.negation(Flag), Rest})});
  return A.disjunction({A.conjunction({IfTrue, Flag}),
                        A.conjunction({IfFalse, A.negation(Flag)})});
}

/// Selects of numbers inside a condition become sums.
Expr compareWithoutSelects(Expr E) {
  bool Failed = false;
  Expr Result = rewrite(E, [&](Expr Node) {
    if (!Node.isComparison())
      return Node;
    Expr Left = selectsToInt(Node.operand(0));
    Expr Right = selectsToInt(Node.operand(1));
    Failed |= !Left || !Right;
    return Failed ? Node : Node.arena().compare(Node.kind(), Left, Right);
  });
  return Failed ? Expr() : Result;
}

unsigned numNots(Expr E) {
  unsigned Count = 0;
  visit(E, [&](Expr Part) { Count += Part.is(ExprKind::Not); });
  return Count;
}

/// A condition and its opposite, each with as few `not` as De Morgan's laws
/// allow.
class ConditionForms {
public:
  struct Forms {
    Expr Holds, Fails;
  };

  Forms of(Expr E) {
    if (auto It = Known.find(E); It != Known.end())
      return It->second;
    return Known[E] = compute(E);
  }

private:
  llvm::DenseMap<Expr, Forms> Known;

  static void take(Expr &Best, Expr Other) {
    if (numNots(Other) < numNots(Best))
      Best = Other;
  }

  static Expr join(ExprArena &A, bool IsAnd, llvm::ArrayRef<Expr> Parts) {
    return IsAnd ? A.conjunction(Parts) : A.disjunction(Parts);
  }

  /// `a and b`, or `not (c or d)` of those that begin with `not`.
  static Expr joinWithOneNot(ExprArena &A, bool IsAnd,
                             llvm::ArrayRef<Expr> Parts) {
    llvm::SmallVector<Expr, 4> Rest, Negated;
    for (Expr Part : Parts)
      if (Part.is(ExprKind::Not))
        Negated.push_back(Part.operand(0));
      else
        Rest.push_back(Part);
    if (Negated.size() > 1)
      Rest.push_back(A.negation(join(A, !IsAnd, Negated)));
    return Negated.size() > 1 ? join(A, IsAnd, Rest) : join(A, IsAnd, Parts);
  }

  Forms compute(Expr E) {
    ExprArena &A = E.arena();
    if (E.is(ExprKind::Not)) {
      Forms Inner = of(E.operand(0));
      return {Inner.Fails, Inner.Holds};
    }
    bool IsAnd = E.is(ExprKind::And);
    if (!IsAnd && !E.is(ExprKind::Or))
      return {E, A.negation(E)};
    llvm::SmallVector<Expr, 4> Holds, Fails;
    for (Expr Operand : E.operands()) {
      Forms Part = of(Operand);
      Holds.push_back(Part.Holds);
      Fails.push_back(Part.Fails);
    }
    Forms Best{join(A, IsAnd, Holds), join(A, !IsAnd, Fails)};
    take(Best.Holds, joinWithOneNot(A, IsAnd, Holds));
    take(Best.Fails, joinWithOneNot(A, !IsAnd, Fails));
    take(Best.Holds, A.negation(Best.Fails));
    take(Best.Fails, A.negation(Best.Holds));
    return Best;
  }
};

} // namespace

Expr simplestOpposite(Expr Condition) {
  return ConditionForms().of(Condition).Fails;
}

Expr conditionWithoutSelects(Expr E) {
  Expr Compared = compareWithoutSelects(E);
  if (!Compared)
    return Expr();
  llvm::SetVector<Expr> Conditions = collectConditions(Compared);
  if (Conditions.size() > MaxConditions)
    return Expr();
  llvm::SmallVector<Expr, 8> Order(Conditions.begin(), Conditions.end());
  llvm::sort(Order, structurallyLess);
  // Without Selects it is the author's.
  return Order.empty()
             ? Compared
             : ConditionForms().of(combineConditions(Compared, Order)).Holds;
}

Expr assume(Expr E, llvm::StringRef Name, bool Value) {
  return fix(E, E.arena().symbol(Name), Value);
}

Expr selectsToInt(Expr E) {
  llvm::SetVector<Expr> Conditions = collectConditions(E);
  if (Conditions.size() > MaxConditions)
    return Expr();
  llvm::SmallVector<Expr, 8> Order(Conditions.begin(), Conditions.end());
  llvm::sort(Order, structurallyLess);
  return combine(E, Order);
}

} // namespace brian2lift
