//===- Readable/Products.cpp --------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How one term is written: which of its numbers, signs and exponentials go
// into its kernels (`1/(1 + exp(-x))` for `exp(x)/(exp(x) + 1)`).
//
//===----------------------------------------------------------------------===//

#include "Readable/Rewriter.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

namespace brian2lift {

namespace {

/// The coefficient times the exponential of a number, where that is short.
std::optional<Rational> folded(const Summand &T) {
  double Exp = std::exp(T.Exponent.number().toDouble());
  if (!std::isfinite(Exp) || Exp <= 0)
    return std::nullopt;
  Rational Product = shortened(T.Coefficient * Rational::fromDouble(Exp));
  return isLong(Product) ? std::nullopt : std::optional(Product);
}

} // namespace

Expr Rewriter::written(const Summand &T, const Multipliers &By) {
  llvm::SmallVector<Expr, 8> Product, Conditions, Above, Below;
  Rational Coefficient = T.Coefficient;
  // Other fractions wait until the form is found: withUnfoldedNumbers.
  auto Square = unfoldRoot(Coefficient.abs());
  if (Square && Square->isDecimal() && !isLong(*Square)) {
    Coefficient = Coefficient.sign();
    Above.push_back(A.number(*Square));
  }
  for (const Factor &F : T.Factors) {
    Expr Base = F.Base;
    if (auto It = By.find(Base); It != By.end()) {
      const Sum *S = expand(Base);
      Sum Multiple;
      for (const Summand &Part : *S) {
        Multiple.push_back(Part * It->second);
        unfold(Multiple.back());
      }
      Base = sum(Multiple);
    } else if (isKernel(Base) || Base.is(ExprKind::Mul)) {
      Base = readable(Base);
    }
    bool IsTruth = F.IsTruth || (Base.isCall("int") && isKernel(F.Base));
    if (IsTruth && F.Power.isOne())
      Conditions.push_back(Base.operand(0));
    else if (F.Power == Rational(1, 2))
      Above.push_back(Base);
    else if (F.Power == Rational(-1, 2))
      Below.push_back(Base);
    else
      Product.push_back(pow(Base, F.Power));
  }
  if (!Conditions.empty())
    Product.push_back(A.call("int", {A.conjunction(Conditions)}));
  // 1/sqrt(2*tau), not sqrt(0.5/tau).
  if (Above.size() == 1 && !Below.empty() && Above.front().isNumber() &&
      Above.front().number().numerator().isOne()) {
    Below.push_back(pow(Above.front(), -1));
    Above.clear();
  }
  // sqrt(2/tau), not 1.4142135623731*sqrt(1/tau).
  if (Above.empty() && !Below.empty()) {
    Product.push_back(pow(A.mul(Below), Rational(-1, 2)));
  } else if (!Above.empty()) {
    for (Expr E : Below)
      Above.push_back(pow(E, -1));
    Product.push_back(pow(A.mul(Above), Rational(1, 2)));
  }
  if (Euler && T.Exponent.isOne())
    Product.push_back(Euler);
  else if (!T.Exponent.isZero()) {
    std::optional<Rational> Number =
        T.Exponent.isNumber() ? folded(T) : std::nullopt;
    if (Number)
      Coefficient = *Number;
    else
      Product.push_back(A.call("exp", {argument(T.Exponent)}));
  }
  Product.push_back(A.number(Coefficient));
  return A.mul(Product);
}

Expr Rewriter::product(Summand T) {
  // exp(u)/exprel(u) is 1/exprel(-u).
  if (!T.Exponent.isZero())
    for (const Factor &F : T.Factors)
      if (F.Base.isCall("exprel") && F.Power == Rational(-1)) {
        const Sum *U = expand(F.Base.operand(0));
        if (!U || toExpr(A, *U) != T.Exponent)
          continue;
        Expr Flipped = A.call("exprel", {argument(scaled(T.Exponent, -1))});
        Expr Old = F.Base;
        T.multiply({Old, 1});
        T.multiply({Flipped, -1});
        T.Exponent = A.number(0);
        break;
      }

  Multipliers By;
  Expr Best = written(T, By);
  llvm::SmallVector<Factor, 4> Kernels;
  for (const Factor &F : T.Factors)
    if (isKernel(F.Base) && expand(F.Base))
      Kernels.push_back(F);
  if (!spend(Kernels.size() + 1))
    return Best;
  // The term without what the kernel is multiplied by.
  auto Try = [&](const Factor &F, const Summand &Changed,
                 const Summand &Multiplier) {
    Multipliers ChangedBy = By;
    auto It = By.find(F.Base);
    ChangedBy[F.Base] = It == By.end() ? Multiplier : It->second * Multiplier;
    Expr Other = written(Changed, ChangedBy);
    if (Costs.of(Best) <= Costs.of(Other))
      return;
    Best = Other;
    T = Changed;
    By = ChangedBy;
  };
  for (const Factor &F : Kernels) {
    if (!T.Exponent.isZero()) {
      Summand Changed = T, Multiplier = one();
      Changed.Exponent = A.number(0);
      Multiplier.Exponent = scaled(T.Exponent, Rational(1) / F.Power);
      Try(F, Changed, Multiplier);
    }
    if (!F.Power.abs().isOne())
      continue;
    Rational Number = T.Coefficient.abs();
    Summand Changed = T;
    if (!Number.isOne()) {
      Changed.Coefficient = T.Coefficient.sign();
      Try(F, Changed,
          number(F.Power.sign() < 0 ? Rational(1) / Number : Number));
    }
    Changed = T;
    Changed.Coefficient = -T.Coefficient;
    Try(F, Changed, number(-1));
  }
  return Best;
}

/// The argument of a function of pure numbers. Where several quantities stand
/// over one unit, authors write the unit once: (17*mV + VT - v)/(18*mV).
Expr Rewriter::argument(Expr E) {
  constexpr double Liking = 1.5;
  Expr Best = readable(E);
  const Sum *S = expand(E);
  if (!S || S->size() < 3)
    return Best;
  std::optional<Expr> Fraction = overCommonDenominator(*S);
  return Fraction && Costs.of(*Fraction) < Costs.of(Best) + Liking ? *Fraction
                                                                   : Best;
}

/// `E` as it was built, from readable parts.
Expr Rewriter::structured(Expr E) {
  llvm::SmallVector<Expr, 8> Parts;
  switch (E.kind()) {
  case ExprKind::Number:
  case ExprKind::Boolean:
  case ExprKind::Symbol:
    return E;
  case ExprKind::Mul: {
    Summand T = one();
    for (Expr Operand : E.operands()) {
      if (Operand.isNumber())
        T.Coefficient = T.Coefficient * Operand.number();
      else if (Operand.is(ExprKind::Pow) && Operand.operand(1).isNumber())
        T.multiply({readable(Operand.operand(0)), Operand.operand(1).number()});
      else
        T.multiply({readable(Operand), 1});
    }
    return product(T);
  }
  default:
    break;
  }
  bool IsOfNumber = E.is(ExprKind::Call) && E.operands().size() == 1 &&
                    !E.isCall("int") && !E.isCall("abs");
  for (Expr Operand : E.operands())
    Parts.push_back(IsOfNumber ? argument(Operand) : readable(Operand));
  switch (E.kind()) {
  case ExprKind::Add:
    return A.add(Parts);
  case ExprKind::Pow:
    return A.pow(Parts[0], Parts[1]);
  case ExprKind::Call:
    return A.call(E.name(), Parts);
  case ExprKind::Element:
    return A.element(E.name(), Parts[0]);
  case ExprKind::And:
    return A.conjunction(Parts);
  case ExprKind::Or:
    return A.disjunction(Parts);
  case ExprKind::Not:
    return A.negation(Parts[0]);
  case ExprKind::Select:
    return A.select(Parts[0], Parts[1], Parts[2]);
  default:
    return A.compare(E.kind(), Parts[0], Parts[1]);
  }
}

} // namespace brian2lift
