//===- Expr/Transform.cpp - Walks over expressions, derivatives ---------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Expr/Expr.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace brian2lift {

void visit(Expr Root, llvm::function_ref<void(Expr)> Visitor) {
  // No recursion: the depth of untrusted expressions is not bounded by us.
  llvm::DenseSet<Expr> Seen;
  llvm::SmallVector<std::pair<Expr, size_t>, 32> Stack;
  Stack.push_back({Root, 0});
  Seen.insert(Root);
  while (!Stack.empty()) {
    auto &[E, Next] = Stack.back();
    if (Next < E.operands().size()) {
      Expr Operand = E.operand(Next++);
      if (Seen.insert(Operand).second)
        Stack.push_back({Operand, 0});
      continue;
    }
    Visitor(E);
    Stack.pop_back();
  }
}

namespace {

/// The node of E's kind over other operands.
Expr rebuild(Expr E, llvm::ArrayRef<Expr> Operands) {
  ExprArena &A = E.arena();
  switch (E.kind()) {
  case ExprKind::Number:
  case ExprKind::Boolean:
  case ExprKind::Symbol:
    return E;
  case ExprKind::Add:
    return A.add(Operands);
  case ExprKind::Mul:
    return A.mul(Operands);
  case ExprKind::Pow:
    return A.pow(Operands[0], Operands[1]);
  case ExprKind::Call:
    return A.call(E.name(), Operands);
  case ExprKind::Element:
    return A.element(E.name(), Operands[0]);
  case ExprKind::And:
    return A.conjunction(Operands);
  case ExprKind::Or:
    return A.disjunction(Operands);
  case ExprKind::Not:
    return A.negation(Operands[0]);
  case ExprKind::Select:
    return A.select(Operands[0], Operands[1], Operands[2]);
  default:
    return A.compare(E.kind(), Operands[0], Operands[1]);
  }
}

Expr rebuildFrom(Expr E, const llvm::DenseMap<Expr, Expr> &Done) {
  llvm::SmallVector<Expr, 8> Operands;
  bool Changed = false;
  for (Expr Operand : E.operands()) {
    Operands.push_back(Done.lookup(Operand));
    Changed |= Operands.back() != Operand;
  }
  return Changed ? rebuild(E, Operands) : E;
}

} // namespace

Expr rewrite(Expr Root, llvm::function_ref<Expr(Expr)> Rewrite) {
  llvm::DenseMap<Expr, Expr> Done;
  visit(Root, [&](Expr E) { Done[E] = Rewrite(rebuildFrom(E, Done)); });
  return Done.lookup(Root);
}

Expr substitute(Expr Root, const llvm::DenseMap<Expr, Expr> &Replacements) {
  llvm::DenseMap<Expr, Expr> Done;
  visit(Root, [&](Expr E) {
    auto It = Replacements.find(E);
    Done[E] = It != Replacements.end() ? It->second : rebuildFrom(E, Done);
  });
  return Done.lookup(Root);
}

namespace {

/// True when a term of `Sum` is divided by (a power of) `Base`.
bool dividesBy(Expr Sum, Expr Base) {
  auto IsReciprocal = [&](Expr F) {
    return F.is(ExprKind::Pow) && F.operand(0) == Base &&
           F.operand(1).isNumber() && F.operand(1).number().sign() < 0;
  };
  return llvm::any_of(Sum.operands(), [&](Expr Term) {
    return IsReciprocal(Term) || (Term.is(ExprKind::Mul) &&
                                  llvm::any_of(Term.operands(), IsReciprocal));
  });
}

/// One cancellation in a product; the product itself when there is none.
Expr cancelOnce(Expr Product) {
  ExprArena &A = Product.arena();
  llvm::ArrayRef<Expr> Factors = Product.operands();
  for (size_t I = 0; I < Factors.size(); ++I) {
    if (!Factors[I].is(ExprKind::Add))
      continue;
    for (size_t J = 0; J < Factors.size(); ++J) {
      bool IsPower = Factors[J].is(ExprKind::Pow);
      if (I == J || Factors[J].isNumber() ||
          (IsPower && (!Factors[J].operand(1).isNumber() ||
                       Factors[J].operand(1).number().sign() < 0)) ||
          !dividesBy(Factors[I], IsPower ? Factors[J].operand(0) : Factors[J]))
        continue;
      llvm::SmallVector<Expr, 8> Terms, Rest;
      for (Expr Term : Factors[I].operands())
        Terms.push_back(Term * Factors[J]);
      for (size_t K = 0; K < Factors.size(); ++K)
        if (K != I && K != J)
          Rest.push_back(Factors[K]);
      Rest.push_back(A.add(Terms));
      return A.mul(Rest);
    }
  }
  return Product;
}

} // namespace

Expr cancelDenominators(Expr Root) {
  return rewrite(Root, [](Expr E) {
    // Each cancellation removes a factor, so this ends.
    while (E.is(ExprKind::Mul)) {
      Expr Next = cancelOnce(E);
      if (Next == E)
        break;
      E = Next;
    }
    return E;
  });
}

std::vector<Expr> symbolsOf(Expr Root) {
  std::vector<Expr> Result;
  visit(Root, [&](Expr E) {
    if (E.isSymbol())
      Result.push_back(E);
  });
  llvm::sort(Result, structurallyLess);
  return Result;
}

bool holds(Expr Root, llvm::function_ref<bool(Expr)> Is) {
  bool Found = false;
  visit(Root, [&](Expr E) { Found = Found || Is(E); });
  return Found;
}

bool contains(Expr Root, Expr Needle) {
  return holds(Root, [&](Expr E) { return E == Needle; });
}

bool isRandomCall(Expr E) {
  static constexpr llvm::StringLiteral Names[] = {"rand", "randn", "poisson"};
  // Each BinomialFunction has a number of its own: `_binomial_1`.
  return E.is(ExprKind::Call) && (llvm::is_contained(Names, E.name()) ||
                                  E.name().starts_with("_binomial"));
}

bool drawsRandomNumbers(Expr Root) { return holds(Root, isRandomCall); }

bool isNegative(Expr E) {
  return (E.isNumber() && E.number().sign() < 0) ||
         (E.is(ExprKind::Mul) && isNegative(E.operand(0)));
}

size_t sizeOf(Expr Root) {
  size_t Count = 0;
  visit(Root, [&](Expr) { ++Count; });
  return Count;
}

namespace {

constexpr llvm::StringLiteral UnknownDerivative = "_derivative";

/// dF/du of a function of one argument; null when it is not known.
Expr derivativeOfCall(Expr Call) {
  ExprArena &A = Call.arena();
  Expr U = Call.operand(0);
  Expr One = A.number(1);
  auto F = [&](llvm::StringRef Name) { return A.call(Name, {U}); };
  llvm::StringRef Name = Call.name();
  if (Name == "exp")
    return Call;
  if (Name == "expm1")
    return F("exp");
  if (Name == "log")
    return One / U;
  if (Name == "log10")
    return One / (U * A.call("log", {A.number(10)}));
  if (Name == "log1p")
    return One / (One + U);
  if (Name == "exprel")
    return (F("exp") - Call) / U;
  if (Name == "sin")
    return F("cos");
  if (Name == "cos")
    return -F("sin");
  if (Name == "tan")
    return One + pow(Call, 2);
  if (Name == "sinh")
    return F("cosh");
  if (Name == "cosh")
    return F("sinh");
  if (Name == "tanh")
    return One - pow(Call, 2);
  if (Name == "arcsin")
    return pow(One - pow(U, 2), Rational(-1, 2));
  if (Name == "arccos")
    return -pow(One - pow(U, 2), Rational(-1, 2));
  if (Name == "arctan")
    return One / (One + pow(U, 2));
  if (Name == "abs")
    return F("sign");
  return Expr();
}

/// The derivative of one node, given those of its operands.
Expr derivativeOf(Expr E, const llvm::DenseMap<Expr, Expr> &D) {
  ExprArena &A = E.arena();
  switch (E.kind()) {
  case ExprKind::Add: {
    llvm::SmallVector<Expr, 8> Terms;
    for (Expr Operand : E.operands())
      Terms.push_back(D.lookup(Operand));
    return A.add(Terms);
  }
  case ExprKind::Mul: {
    llvm::SmallVector<Expr, 8> Terms;
    for (size_t I = 0; I < E.operands().size(); ++I) {
      Expr DI = D.lookup(E.operand(I));
      if (DI.isZero())
        continue;
      llvm::SmallVector<Expr, 8> Factors(E.operands());
      Factors[I] = DI;
      Terms.push_back(A.mul(Factors));
    }
    return A.add(Terms);
  }
  case ExprKind::Pow: {
    Expr Base = E.operand(0), Exponent = E.operand(1);
    Expr DBase = D.lookup(Base), DExponent = D.lookup(Exponent);
    Expr Result = A.number(0);
    if (!DBase.isZero())
      Result = Exponent * A.pow(Base, Exponent - A.number(1)) * DBase;
    if (!DExponent.isZero())
      Result = Result + E * A.call("log", {Base}) * DExponent;
    return Result;
  }
  case ExprKind::Select: {
    if (!D.lookup(E.operand(0)).isZero())
      return A.call(UnknownDerivative, {E});
    return A.select(E.operand(0), D.lookup(E.operand(1)),
                    D.lookup(E.operand(2)));
  }
  default: {
    bool IsConstant = llvm::all_of(
        E.operands(), [&](Expr O) { return D.lookup(O).isZero(); });
    if (IsConstant)
      return A.number(0);
    if (E.is(ExprKind::Call) && E.operands().size() == 1)
      if (Expr Outer = derivativeOfCall(E))
        return Outer * D.lookup(E.operand(0));
    return A.call(UnknownDerivative, {E});
  }
  }
}

} // namespace

Expr differentiate(Expr Root, Expr Symbol) {
  llvm::DenseMap<Expr, Expr> D;
  visit(Root, [&](Expr E) {
    D[E] = E == Symbol            ? E.arena().number(1)
           : E.operands().empty() ? E.arena().number(0)
                                  : derivativeOf(E, D);
  });
  return D.lookup(Root);
}

bool hasUnknownDerivative(Expr Root) {
  return holds(Root, [](Expr E) { return E.isCall(UnknownDerivative); });
}

} // namespace brian2lift
