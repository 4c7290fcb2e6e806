//===- Readable/Cost.cpp ------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Readable/Rewriter.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {

namespace {

/// Small against an operation: they decide between forms with equally many.
constexpr double CostOfDigit = 0.06, CostOfName = 0.02;
/// A literal that no author writes.
constexpr double CostOfLongLiteral = 3;
/// `E - v` and `1 - x` are what readers look for.
constexpr double DrivingForce = 0.3, OpenGates = 1.2;
/// `0.5*a + 0.5` is not: a number that all terms have stands outside. Nor is
/// `(a - 2*v)/(20*ms)`: the time constant is 10 ms.
constexpr double SameNumber = 0.3, ScaledDecay = 0.6;
/// -(50*mV + v)/(15*ms), not -(mV/0.3 + v/15)/ms, which has as many.
constexpr double Scaled = 0.15;
/// And `v*(0.04*v + 5)` is 0.04*v**2 + 5*v to everybody, as x*(1 - x) is not.
constexpr double NestedPolynomial = 1.3;

double costOfNumber(const Rational &R) {
  Rational Magnitude = R.abs();
  unsigned Digits = Magnitude.significantDigits();
  double Cost = CostOfDigit * Digits;
  if (Digits > 6)
    Cost += CostOfLongLiteral;
  return Magnitude.isDecimal() ? Cost : Cost + 1;
}

/// Of the number that it is multiplied by.
Rational magnitudeOf(Expr E) {
  if (E.is(ExprKind::Mul))
    E = E.operand(0);
  return E.isNumber() ? E.number().abs() : Rational(1);
}

} // namespace

double CostModel::of(Expr E) {
  auto It = Known.find(E);
  if (It != Known.end())
    return It->second;
  // Operands first, so that depth costs no stack.
  visit(E, [&](Expr Part) {
    if (!Known.count(Part))
      Known.try_emplace(Part, compute(Part));
  });
  return Known.find(E)->second;
}

/// The coefficient is positive.
double CostModel::ofProduct(const Rational &Coefficient,
                            llvm::ArrayRef<Expr> Factors) {
  Rational Number = Coefficient;
  unsigned Above = 0, Below = 0;
  double Cost = 0;
  if (!Number.isOne()) {
    if (!Number.isDecimal()) {
      // x/16.7 or 3*x/7.
      Rational Inverse = Rational(1) / Number;
      bool IsInverse = Inverse.isDecimal();
      ++Below;
      Cost += costOfNumber(IsInverse ? Inverse : Number.denominator());
      Number = IsInverse ? Rational(1) : Number.numerator();
    }
    if (!Number.isOne()) {
      ++Above;
      Cost += costOfNumber(Number);
    }
  }
  for (Expr F : Factors) {
    bool IsBelow = F.is(ExprKind::Pow) && F.operand(1).isNumber() &&
                   F.operand(1).number().sign() < 0;
    if (!IsBelow) {
      ++Above;
      Cost += of(F);
      continue;
    }
    ++Below;
    Cost += of(F.operand(0));
    if (F.operand(1).number() != Rational(-1))
      Cost += 1 + costOfNumber(F.operand(1).number());
  }
  Cost += NestedPolynomial * nestedPolynomials(Coefficient, Factors);
  return Cost + std::max(Above, 1u) - 1 + Below;
}

/// v*(0.04*v + 5), 0.04*v*(v + 125), v*(v*(3 - v) + 0.5) or v**2*(b - a*v).
/// Two for what is nested twice.
unsigned CostModel::nestedPolynomials(const Rational &Coefficient,
                                      llvm::ArrayRef<Expr> Factors) const {
  auto IsPlain = [](Expr E) {
    return E.isNumber() && !E.number().abs().isOne();
  };
  for (Expr Power : Factors) {
    bool IsHigher = Power.is(ExprKind::Pow) && Power.operand(1).isNumber() &&
                    Rational(1) < Power.operand(1).number();
    Expr V = IsHigher ? Power.operand(0) : Power;
    if (!V.isSymbol() || !StateVariables.count(V.name()))
      continue;
    auto IsMultiple = [&](Expr Term) {
      return Term.is(ExprKind::Mul) && llvm::is_contained(Term.operands(), V);
    };
    auto IsScaled = [&](Expr Term) {
      return signOfMultiple(Term) != 0 && Term.operand(1) == V;
    };
    auto IsNested = [&](Expr Term) {
      return IsMultiple(Term) && llvm::any_of(Term.operands(), [&](Expr F) {
               return F.is(ExprKind::Add) && contains(F, V);
             });
    };
    for (Expr F : Factors) {
      if (!F.is(ExprKind::Add) || F.operands().size() != 2)
        continue;
      if (llvm::any_of(F.operands(), IsNested))
        return 2;
      bool HasV = llvm::is_contained(F.operands(), V);
      if (llvm::any_of(F.operands(), IsScaled) ||
          (IsHigher && (HasV || llvm::any_of(F.operands(), IsMultiple))) ||
          (HasV && !Coefficient.isOne() && llvm::any_of(F.operands(), IsPlain)))
        return 1;
    }
  }
  return 0;
}

double CostModel::ofMagnitude(Expr E) {
  if (E.isNumber())
    return costOfNumber(E.number());
  if (!E.is(ExprKind::Mul))
    return of(E);
  Expr First = E.operand(0);
  if (First.isNumber())
    return ofProduct(First.number().abs(), E.operands().drop_front());
  return ofProduct(1, E.operands());
}

/// The sign of 2*v or -2*v; zero for what is no such multiple.
int CostModel::signOfMultiple(Expr E) const {
  bool IsMultiple =
      E.is(ExprKind::Mul) && E.operands().size() == 2 &&
      E.operand(0).isNumber() && !E.operand(0).number().abs().isOne() &&
      E.operand(1).isSymbol() && StateVariables.count(E.operand(1).name());
  return IsMultiple ? E.operand(0).number().sign() : 0;
}

double CostModel::ofSum(Expr E) {
  double Cost = static_cast<double>(E.operands().size()) - 1;
  for (Expr Summand : E.operands())
    Cost += ofMagnitude(Summand);
  if (llvm::all_of(E.operands(), isNegative))
    Cost += 1;
  Rational First = magnitudeOf(E.operand(0));
  if (!First.isOne() && llvm::all_of(E.operands(), [&](Expr Summand) {
        return magnitudeOf(Summand) == First;
      }))
    Cost += SameNumber;
  for (Expr Summand : E.operands()) {
    int Sign = signOfMultiple(Summand);
    if (Sign > 0 && E.operands().size() == 2)
      Cost += Scaled;
    if (Sign < 0 && llvm::none_of(
                        E.operands(),
                        [&](Expr Other) {
                          return Other != Summand &&
                                 contains(Other, Summand.operand(1));
                        }))
      Cost += ScaledDecay;
  }
  if (E.operands().size() != 2)
    return Cost;
  for (Expr Summand : E.operands()) {
    if (!Summand.is(ExprKind::Mul) || Summand.operands().size() != 2 ||
        !Summand.operand(0).isNumber(Rational(-1)) ||
        !Summand.operand(1).isSymbol() ||
        !StateVariables.count(Summand.operand(1).name()))
      continue;
    Expr Other = E.operand(0) == Summand ? E.operand(1) : E.operand(0);
    if (!isNegative(Other))
      Cost -= Other.isOne() ? OpenGates : DrivingForce;
  }
  return Cost;
}

double CostModel::compute(Expr E) {
  switch (E.kind()) {
  case ExprKind::Number:
    return costOfNumber(E.number()) + (E.number().sign() < 0);
  case ExprKind::Boolean:
    return CostOfName;
  case ExprKind::Symbol:
    return CostOfName * static_cast<double>(E.name().size());
  case ExprKind::Add:
    return ofSum(E);
  case ExprKind::Mul:
    return ofMagnitude(E) + isNegative(E);
  case ExprKind::Pow: {
    Expr Base = E.operand(0), Exponent = E.operand(1);
    if (!Exponent.isNumber())
      return 1 + of(Base) + of(Exponent);
    const Rational &Power = Exponent.number();
    double Cost = of(Base) + (Power.sign() < 0);
    if (Power.abs() == Rational(1, 2))
      return Cost + 1;
    return Power.abs().isOne() ? Cost : Cost + 1 + costOfNumber(Power);
  }
  default: {
    double Cost = static_cast<double>(E.operands().size()) - 1;
    if (E.is(ExprKind::Call) && !E.isCall("%") && !E.isCall("//") &&
        !E.isCall("*"))
      Cost = 1;
    if (E.is(ExprKind::Not))
      Cost = 1;
    for (Expr Operand : E.operands())
      Cost += of(Operand);
    return Cost;
  }
  }
}

double readingCost(Expr E) {
  llvm::StringSet<> None;
  return CostModel(None).of(E);
}

} // namespace brian2lift
