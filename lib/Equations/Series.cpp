//===- Equations/Series.cpp ---------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Equations/Series.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace brian2lift {

namespace {

/// How many zero coefficients in front are looked through; cancellations of
/// real methods are of order one.
constexpr int MaxLeadingZeros = 6;
/// Real steps nest some 60 levels deep; the code's nesting is bounded anyway.
constexpr unsigned MaxDepth = 4000;

} // namespace

bool isPiecewiseConstant(Expr E) {
  if (E.isCondition())
    return true;
  if (!E.is(ExprKind::Call))
    return false;
  static constexpr llvm::StringLiteral Names[] = {
      "floor", "ceil", "int", "sign", "//", "timestep", "trunc", "truncdiv"};
  return llvm::is_contained(Names, E.name());
}

bool Series::dependsOnDt(Expr Root) {
  auto It = HasDt.find(Root);
  if (It != HasDt.end())
    return It->second;
  visit(Root, [&](Expr E) {
    if (HasDt.count(E))
      return;
    bool Depends = E == Dt;
    for (Expr Operand : E.operands())
      Depends |= HasDt.lookup(Operand);
    HasDt[E] = Depends;
  });
  return HasDt.lookup(Root);
}

int Series::lowest(Expr E) {
  if (!dependsOnDt(E))
    return 0;
  if (auto It = Lows.find(E); It != Lows.end())
    return It->second;
  int Low = 0;
  switch (E.kind()) {
  case ExprKind::Symbol:
    Low = 2;
    break;
  case ExprKind::Add: {
    Low = lowest(E.operand(0));
    for (Expr Operand : E.operands().drop_front())
      Low = std::min(Low, lowest(Operand));
    break;
  }
  case ExprKind::Mul:
    for (Expr Operand : E.operands())
      Low += lowest(Operand);
    break;
  case ExprKind::Select:
    Low = std::min(lowest(E.operand(1)), lowest(E.operand(2)));
    break;
  case ExprKind::Pow:
    if (E.operand(1).isNumber() && dependsOnDt(E.operand(0)))
      if (std::optional<int> Order = valuation(E.operand(0))) {
        auto Twice = (E.operand(1).number() * Rational(*Order)).toLong();
        Low = Twice ? static_cast<int>(*Twice) : 0;
      }
    break;
  default:
    break;
  }
  Lows[E] = Low;
  return Low;
}

std::optional<int> Series::valuation(Expr E) {
  int Low = lowest(E);
  for (int K = Low; K <= Low + MaxLeadingZeros; ++K) {
    Expr C = coefficient(E, K);
    if (!C)
      return std::nullopt;
    if (!C.isZero())
      return K;
  }
  return std::nullopt;
}

Expr Series::coefficient(Expr E, int K) {
  if (!dependsOnDt(E))
    return K == 0 ? E : A.number(0);
  auto It = Known.find({E, K});
  if (It != Known.end())
    return It->second;
  if (Depth >= MaxDepth)
    return Expr();
  ++Depth;
  Expr Result = K < lowest(E) ? A.number(0) : compute(E, K);
  --Depth;
  Known[{E, K}] = Result;
  return Result;
}

Expr Series::compute(Expr E, int K) {
  switch (E.kind()) {
  case ExprKind::Symbol:
    return A.number(K == 2 ? 1 : 0);
  case ExprKind::Add: {
    llvm::SmallVector<Expr, 8> Terms;
    for (Expr Operand : E.operands()) {
      Expr Term = coefficient(Operand, K);
      if (!Term)
        return Expr();
      Terms.push_back(Term);
    }
    return A.add(Terms);
  }
  case ExprKind::Mul:
    return ofProduct(E.operands(), K);
  case ExprKind::Pow:
    if (E.operand(1).isNumber())
      return ofPower(E, K);
    return ofFunction(E, K);
  case ExprKind::Select: {
    // The condition's value at dt = 0; where it jumps there is no derivative.
    Expr Condition = coefficient(E.operand(0), 0);
    Expr IfTrue = coefficient(E.operand(1), K);
    Expr IfFalse = coefficient(E.operand(2), K);
    if (!Condition || !IfTrue || !IfFalse)
      return Expr();
    return A.select(Condition, IfTrue, IfFalse);
  }
  default:
    return ofFunction(E, K);
  }
}

Expr Series::ofProduct(llvm::ArrayRef<Expr> Factors, int K) {
  if (Factors.size() == 1)
    return coefficient(Factors[0], K);
  // What does not depend on dt goes in front; the rest is a convolution of the
  // first factor with the remaining product.
  llvm::SmallVector<Expr, 8> Constant, Varying;
  for (Expr F : Factors)
    (dependsOnDt(F) ? Varying : Constant).push_back(F);
  if (!Constant.empty()) {
    Expr Rest = ofProduct(Varying, K);
    if (!Rest)
      return Expr();
    Constant.push_back(Rest);
    return A.mul(Constant);
  }
  Expr First = Varying.front();
  Expr Rest = A.mul(llvm::ArrayRef<Expr>(Varying).drop_front());
  int RestLow = lowest(Rest);
  llvm::SmallVector<Expr, 4> Terms;
  for (int I = lowest(First); I <= K - RestLow; ++I) {
    Expr Left = coefficient(First, I);
    if (Left && Left.isZero())
      continue;
    Expr Right = coefficient(Rest, K - I);
    if (Right && Right.isZero())
      continue;
    if (!Left || !Right)
      return Expr();
    Terms.push_back(Left * Right);
  }
  return A.add(Terms);
}

/// J.C.P. Miller's recurrence for the power of a series (Knuth, TAOCP 4.7):
/// with U = u_0 + u_1 h + ... after the leading zeros, V = U**p has v_0 =
/// u_0**p and v_k = sum over j of (p*j - (k - j)) u_j v_(k-j) / (k u_0).
Expr Series::ofPower(Expr E, int K) {
  Expr Base = E.operand(0);
  const Rational &P = E.operand(1).number();
  std::optional<int> Order = valuation(Base);
  if (!Order)
    return Expr();
  std::optional<long> Shift = (P * Rational(*Order)).toLong();
  if (!Shift)
    return Expr();
  int N = K - static_cast<int>(*Shift);
  if (N < 0)
    return A.number(0);
  Expr Leading = coefficient(Base, *Order);
  Expr Zeroth = A.pow(Leading, E.operand(1));
  if (N == 0)
    return Zeroth;
  llvm::SmallVector<Expr, 4> Terms;
  for (int J = 1; J <= N; ++J) {
    Expr U = coefficient(Base, *Order + J);
    if (U && U.isZero())
      continue;
    Rational Factor = (P * Rational(J) - Rational(N - J)) / Rational(N);
    if (Factor.isZero())
      continue;
    Expr V = coefficient(E, K - J);
    if (V && V.isZero())
      continue;
    if (!U || !V)
      return Expr();
    Terms.push_back(A.mul({A.number(Factor), U, V, pow(Leading, -1)}));
  }
  return A.add(Terms);
}

/// F(u_1, u_2, ...) for a function that is regular at its arguments' values:
/// k c_k = sum over arguments and j of j u_j [dF/du]_(k-j).
Expr Series::ofFunction(Expr E, int K) {
  if (K < 0)
    return A.number(0);
  if (K == 0) {
    llvm::DenseMap<Expr, Expr> AtZero;
    for (Expr Operand : E.operands()) {
      if (lowest(Operand) < 0)
        return Expr();
      Expr Value = coefficient(Operand, 0);
      if (!Value)
        return Expr();
      AtZero[Operand] = Value;
    }
    // Substituting the operands as wholes rebuilds just this node.
    return substitute(E, AtZero);
  }
  if (isPiecewiseConstant(E))
    return A.number(0);

  llvm::SmallVector<Expr, 4> Terms;
  for (size_t I = 0; I < E.operands().size(); ++I) {
    Expr Operand = E.operand(I);
    if (!dependsOnDt(Operand))
      continue;
    for (int J = 1; J <= K; ++J) {
      Expr U = coefficient(Operand, J);
      if (U && U.isZero())
        continue;
      if (!U)
        return Expr();
      // dF/du with the operand as a fresh symbol, put back afterwards.
      Expr Hole = A.symbol("_argument");
      Expr WithHole = substitute(E, {{Operand, Hole}});
      Expr Derivative = differentiate(WithHole, Hole);
      if (hasUnknownDerivative(Derivative))
        return Expr();
      Derivative = substitute(Derivative, {{Hole, Operand}});
      Expr C = coefficient(Derivative, K - J);
      if (C && C.isZero())
        continue;
      if (!C)
        return Expr();
      Terms.push_back(A.mul({A.number(Rational(J, K)), U, C}));
    }
  }
  return A.add(Terms);
}

} // namespace brian2lift
