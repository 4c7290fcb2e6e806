//===- Readable/Fractions.cpp -------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Readable/Fractions.h"
#include "Readable/Terms.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <cmath>

namespace brian2lift {

namespace {

/// What rounded numbers of 15 digits leave of a difference.
constexpr double Nothing = 1e-10;
constexpr size_t MaxTerms = 120;
constexpr long MaxPower = 6;
constexpr long MaxWork = 10000;

/// A monomial's coefficient, and the largest number that it was computed from.
struct Term {
  Summand Monomial; ///< coefficient 1
  double Coefficient = 0, Largest = 0;
};

/// Not empty; the keys are the monomials as expressions.
using Poly = llvm::MapVector<Expr, Term>;

/// A polynomial to a positive power, in a denominator: its first term is 1.
struct Kernel {
  Poly P;
  long Power = 1;
};

struct Fraction {
  Poly Above;
  llvm::SmallVector<Kernel, 4> Below;
};

class FractionMaker {
public:
  explicit FractionMaker(ExprArena &A) : A(A) {}

  std::optional<Fraction> make(Expr E);
  Expr toExpr(Fraction F);

private:
  ExprArena &A;
  long Work = MaxWork;
  llvm::DenseMap<Expr, std::optional<Fraction>> Known;

  bool spend(size_t Steps) {
    Work -= static_cast<long>(Steps);
    return Work > 0;
  }

  std::optional<Fraction> makeNow(Expr E);
  std::optional<Fraction> makePower(Expr Base, const Rational &Exponent);
  std::optional<Fraction> sum(llvm::ArrayRef<Fraction> Operands);
  std::optional<Fraction> product(const Fraction &L, const Fraction &R);
  std::optional<Fraction> inverse(const Fraction &F);
  void cancel(Fraction &F);

  Summand one() const {
    Summand T;
    T.Exponent = A.number(0);
    return T;
  }
  Fraction atom(Summand Monomial, double Coefficient = 1) {
    Fraction F;
    add(F.Above, std::move(Monomial), Coefficient, std::fabs(Coefficient));
    return F;
  }
  void add(Poly &P, Summand Monomial, double Coefficient, double Largest) const;
  static void dropNothings(Poly &P);
  std::optional<Poly> multiply(const Poly &L, const Poly &R);
  std::optional<Poly> divide(Poly P, const Poly &By);
  static bool isLess(const Summand &L, const Summand &R);
  static const Term &leading(const Poly &P);
  static const Term &trailing(const Poly &P);
  Poly divided(const Poly &P, const Term &By, long Power) const;
  bool areSame(const Poly &L, const Poly &R) const;
  bool multiplyBelow(Fraction &F, Poly P, long Power);
  std::optional<Kernel> rootOf(const Poly &P);
  Expr toExpr(const Poly &P) const;
};

/// An order that multiplication keeps: of the first base, or direction of the
/// exponential, in which two monomials differ.
bool FractionMaker::isLess(const Summand &L, const Summand &R) {
  const auto *I = L.Factors.begin(), *J = R.Factors.begin();
  while (I != L.Factors.end() || J != R.Factors.end()) {
    bool HasLeft = I != L.Factors.end() &&
                   (J == R.Factors.end() || I->Base.id() <= J->Base.id());
    bool HasRight = J != R.Factors.end() &&
                    (I == L.Factors.end() || J->Base.id() <= I->Base.id());
    Rational Left = HasLeft ? I->Power : Rational(0);
    Rational Right = HasRight ? J->Power : Rational(0);
    if (Left != Right)
      return Left < Right;
    I += HasLeft;
    J += HasRight;
  }
  if (L.Exponent == R.Exponent)
    return false;
  Expr Difference = R.Exponent + scaled(L.Exponent, -1);
  Expr First =
      Difference.is(ExprKind::Add) ? Difference.operand(0) : Difference;
  bool HasNumber = First.is(ExprKind::Mul) && First.operand(0).isNumber();
  return !HasNumber || First.operand(0).number().sign() > 0;
}

const Term &FractionMaker::leading(const Poly &P) {
  const Term *Most = &P.front().second;
  for (const auto &[Key, T] : P)
    if (isLess(Most->Monomial, T.Monomial))
      Most = &T;
  return *Most;
}

const Term &FractionMaker::trailing(const Poly &P) {
  const Term *Least = &P.front().second;
  for (const auto &[Key, T] : P)
    if (isLess(T.Monomial, Least->Monomial))
      Least = &T;
  return *Least;
}

/// Numbers in the exponential go into the coefficient.
void FractionMaker::add(Poly &P, Summand Monomial, double Coefficient,
                        double Largest) const {
  Expr Exponent = Monomial.Exponent;
  Rational Number;
  if (Exponent.isNumber())
    Number = Exponent.number();
  else if (Exponent.is(ExprKind::Add))
    for (Expr Part : Exponent.operands())
      if (Part.isNumber())
        Number = Part.number();
  if (!Number.isZero()) {
    double Exp = std::exp(Number.toDouble());
    Monomial.Exponent = Exponent + A.number(-Number);
    Coefficient *= Exp;
    Largest *= Exp;
  }
  Term &T = P[monomialOf(A, Monomial)];
  T.Coefficient += Coefficient;
  T.Largest = std::max(T.Largest, Largest);
  T.Monomial = std::move(Monomial);
}

void FractionMaker::dropNothings(Poly &P) {
  P.remove_if([](const auto &Entry) {
    const Term &T = Entry.second;
    return !(std::fabs(T.Coefficient) > Nothing * T.Largest);
  });
}

std::optional<Poly> FractionMaker::multiply(const Poly &L, const Poly &R) {
  if (!spend(L.size() * R.size()))
    return std::nullopt;
  Poly P;
  for (const auto &[LeftKey, Left] : L)
    for (const auto &[RightKey, Right] : R)
      add(P, Left.Monomial * Right.Monomial,
          Left.Coefficient * Right.Coefficient, Left.Largest * Right.Largest);
  dropNothings(P);
  if (P.empty() || P.size() > MaxTerms)
    return std::nullopt;
  return P;
}

/// The quotient, if there is no rest but rounding errors. Powers may be
/// negative, so that a division which has a rest never ends by itself: but the
/// last terms of P and `By` tell which is the last one of a quotient.
std::optional<Poly> FractionMaker::divide(Poly P, const Poly &By) {
  const Term &Divisor = leading(By);
  Summand Inverse = power(Divisor.Monomial, -1);
  Summand Last = trailing(P).Monomial * power(trailing(By).Monomial, -1);
  Poly Quotient;
  while (!P.empty()) {
    if (Quotient.size() > P.size() + By.size() || !spend(P.size() + By.size()))
      return std::nullopt;
    const Term &Rest = leading(P);
    Summand Monomial = Rest.Monomial * Inverse;
    if (isLess(Monomial, Last))
      return std::nullopt;
    double Coefficient = Rest.Coefficient / Divisor.Coefficient;
    double Largest = Rest.Largest / std::fabs(Divisor.Coefficient);
    add(Quotient, Monomial, Coefficient, Largest);
    for (const auto &[Key, T] : By)
      add(P, T.Monomial * Monomial, -Coefficient * T.Coefficient,
          Largest * T.Largest);
    dropNothings(P);
  }
  return Quotient;
}

/// `P` over one term to the given power.
Poly FractionMaker::divided(const Poly &P, const Term &By, long Power) const {
  Summand Inverse = power(By.Monomial, -Power);
  double Factor = std::pow(By.Coefficient, -static_cast<double>(Power));
  Poly Result;
  for (const auto &[Key, T] : P)
    add(Result, T.Monomial * Inverse, T.Coefficient * Factor,
        T.Largest * std::fabs(Factor));
  return Result;
}

bool FractionMaker::areSame(const Poly &L, const Poly &R) const {
  return L.size() == R.size() && llvm::all_of(L, [&](const auto &Entry) {
           auto It = R.find(Entry.first);
           return It != R.end() &&
                  std::fabs(It->second.Coefficient -
                            Entry.second.Coefficient) <=
                      Nothing * std::fabs(Entry.second.Coefficient);
         });
}

/// (1 + c*exp(u))**n for what it is when multiplied out.
std::optional<Kernel> FractionMaker::rootOf(const Poly &P) {
  const Term &Last = leading(P), &First = trailing(P);
  auto N = static_cast<long>(P.size()) - 1;
  if (N < 2 || N > MaxPower)
    return std::nullopt;
  Kernel Root;
  Root.Power = N;
  for (const Term *T : {&Last, &First}) {
    if (T->Coefficient <= 0)
      return std::nullopt;
    Summand Part = T->Monomial;
    for (Factor &F : Part.Factors)
      F.Power = F.Power / Rational(N);
    Part.Exponent = scaled(Part.Exponent, Rational(1, N));
    double Coefficient = std::pow(T->Coefficient, 1.0 / static_cast<double>(N));
    add(Root.P, Part, Coefficient, Coefficient);
  }
  std::optional<Poly> Power = Root.P;
  for (long I = 1; I < N && Power; ++I)
    Power = multiply(*Power, Root.P);
  if (!Power || !areSame(P, *Power))
    return std::nullopt;
  return Root;
}

/// False where that is too much. The content of `P` goes above.
bool FractionMaker::multiplyBelow(Fraction &F, Poly P, long Power) {
  Term Content = leading(P);
  P = divided(P, Content, 1);
  F.Above = divided(F.Above, Content, Power);
  if (P.size() == 1)
    return true;
  if (auto Root = rootOf(P))
    return multiplyBelow(F, Root->P, Root->Power * Power);
  for (Kernel &K : F.Below)
    if (areSame(K.P, P)) {
      K.Power += Power;
      return K.Power <= MaxPower;
    }
  F.Below.push_back({std::move(P), Power});
  return true;
}

void FractionMaker::cancel(Fraction &F) {
  for (Kernel &K : F.Below)
    while (K.Power > 0) {
      std::optional<Poly> Quotient = divide(F.Above, K.P);
      if (!Quotient)
        break;
      F.Above = std::move(*Quotient);
      --K.Power;
    }
  llvm::erase_if(F.Below, [](const Kernel &K) { return K.Power == 0; });
  // What is above may divide a kernel, too.
  for (size_t I = 0; I < F.Below.size() && F.Above.size() > 1; ++I)
    if (std::optional<Poly> Rest = divide(F.Below[I].P, F.Above)) {
      Fraction Left = atom(one());
      Left.Below = F.Below;
      if (--Left.Below[I].Power == 0)
        Left.Below.erase(Left.Below.begin() + I);
      if (multiplyBelow(Left, *Rest, 1))
        F = std::move(Left);
      return;
    }
}

std::optional<Fraction> FractionMaker::sum(llvm::ArrayRef<Fraction> Operands) {
  Fraction Result;
  for (const Fraction &F : Operands)
    for (const Kernel &K : F.Below) {
      auto *It = llvm::find_if(Result.Below, [&](const Kernel &Other) {
        return areSame(K.P, Other.P);
      });
      if (It == Result.Below.end())
        Result.Below.push_back(K);
      else
        It->Power = std::max(It->Power, K.Power);
    }
  for (const Fraction &F : Operands) {
    std::optional<Poly> Above = F.Above;
    for (const Kernel &K : Result.Below) {
      long Missing = K.Power;
      for (const Kernel &Own : F.Below)
        if (areSame(Own.P, K.P))
          Missing -= Own.Power;
      for (; Missing > 0 && Above; --Missing)
        Above = multiply(*Above, K.P);
    }
    if (!Above)
      return std::nullopt;
    for (const auto &[Key, T] : *Above)
      add(Result.Above, T.Monomial, T.Coefficient, T.Largest);
  }
  dropNothings(Result.Above);
  if (Result.Above.empty() || Result.Above.size() > MaxTerms)
    return std::nullopt;
  cancel(Result);
  return Result;
}

std::optional<Fraction> FractionMaker::product(const Fraction &L,
                                               const Fraction &R) {
  // Crosswise first: what cancels is not multiplied out.
  Fraction Left{L.Above, R.Below}, Right{R.Above, L.Below};
  cancel(Left);
  cancel(Right);
  std::optional<Poly> Above = multiply(Left.Above, Right.Above);
  if (!Above)
    return std::nullopt;
  Fraction Result{std::move(*Above), std::move(Left.Below)};
  for (Kernel &K : Right.Below)
    if (!multiplyBelow(Result, std::move(K.P), K.Power))
      return std::nullopt;
  return Result;
}

std::optional<Fraction> FractionMaker::inverse(const Fraction &F) {
  std::optional<Poly> Above = atom(one()).Above;
  for (const Kernel &K : F.Below)
    for (long I = 0; I < K.Power && Above; ++I)
      Above = multiply(*Above, K.P);
  if (!Above)
    return std::nullopt;
  Fraction Result{std::move(*Above), {}};
  if (!multiplyBelow(Result, F.Above, 1))
    return std::nullopt;
  return Result;
}

std::optional<Fraction> FractionMaker::makePower(Expr Base,
                                                 const Rational &Exponent) {
  std::optional<Fraction> F = make(Base);
  if (!F)
    return std::nullopt;
  auto Whole = Exponent.toLong();
  if (F->Below.empty() && F->Above.size() == 1) {
    const Term &Only = F->Above.front().second;
    llvm::ArrayRef<Factor> Factors = Only.Monomial.Factors;
    // A root of a product stays one: a*b may be positive where a is not.
    bool IsPlain = Factors.empty() ||
                   (Factors.size() == 1 && Factors.front().Power.isOne());
    if (Whole || (IsPlain && Only.Coefficient > 0)) {
      Summand Monomial = one();
      for (const Factor &Part : Factors)
        Monomial.multiply({Part.Base, Part.Power * Exponent});
      Monomial.multiplyExp(scaled(Only.Monomial.Exponent, Exponent));
      return atom(Monomial, std::pow(Only.Coefficient, Exponent.toDouble()));
    }
  }
  if (!Whole || std::labs(*Whole) > MaxPower) {
    Summand Root = one();
    Root.multiply({Base, Exponent});
    return atom(Root);
  }
  std::optional<Fraction> Power = atom(one());
  for (long I = 0; I < std::labs(*Whole) && Power; ++I)
    Power = product(*Power, *F);
  return Power && *Whole < 0 ? inverse(*Power) : Power;
}

std::optional<Fraction> FractionMaker::make(Expr E) {
  auto It = Known.find(E);
  if (It != Known.end())
    return It->second;
  std::optional<Fraction> F = makeNow(E);
  Known[E] = F;
  return F;
}

std::optional<Fraction> FractionMaker::makeNow(Expr E) {
  switch (E.kind()) {
  case ExprKind::Number:
    if (E.isZero())
      return std::nullopt;
    return atom(one(), E.number().toDouble());
  case ExprKind::Add: {
    std::vector<Fraction> Operands;
    for (Expr Operand : E.operands()) {
      std::optional<Fraction> F = make(Operand);
      if (!F)
        return std::nullopt;
      Operands.push_back(std::move(*F));
    }
    return sum(Operands);
  }
  case ExprKind::Mul: {
    std::optional<Fraction> Product = atom(one());
    for (Expr Operand : E.operands()) {
      std::optional<Fraction> F = make(Operand);
      Product = F && Product ? product(*Product, *F) : std::nullopt;
    }
    return Product;
  }
  case ExprKind::Pow:
    if (E.operand(1).isNumber())
      return makePower(E.operand(0), E.operand(1).number());
    break;
  case ExprKind::Call:
    if (E.isCall("int"))
      return std::nullopt;
    if (E.isCall("exp")) {
      // Multiplied out, so that equal arguments are equal expressions.
      std::optional<Fraction> Argument = make(E.operand(0));
      Summand T = one();
      if (Argument && Argument->Below.empty()) {
        T.multiplyExp(toExpr(Argument->Above));
        return atom(T);
      }
    }
    break;
  case ExprKind::Symbol:
  case ExprKind::Element:
    break;
  default:
    return std::nullopt;
  }
  Summand T = one();
  T.multiply({E, 1});
  return atom(T);
}

/// What a double stands for: a short decimal, a fraction, or 15 digits.
Rational numberOf(double Value) {
  constexpr double Rounding = 1e-13;
  constexpr long Denominator = 10000;
  auto Rounded = [&](const char *Format) {
    std::string Text;
    llvm::raw_string_ostream(Text) << llvm::format(Format, std::fabs(Value));
    Rational R = Rational::fromDecimal(Text).value_or(Rational());
    return Value < 0 ? -R : R;
  };
  Rational Short = Rounded("%.12g");
  if (std::fabs(Short.toDouble() - Value) <= Rounding * std::fabs(Value))
    return Short;
  return simplestFraction(Rounded("%.15g"), 15, Denominator);
}

Expr FractionMaker::toExpr(const Poly &P) const {
  llvm::SmallVector<Expr, 8> Terms;
  for (const auto &[Key, T] : P)
    Terms.push_back(numberOf(T.Coefficient) * Key);
  return A.add(Terms);
}

/// Each kernel is divided by the term that leaves the least exponential above:
/// exp(u)**2/(c + exp(u))**2 is 1/(1 + c*exp(-u))**2.
Expr FractionMaker::toExpr(Fraction F) {
  for (Kernel &K : F.Below) {
    Expr Above = leading(F.Above).Monomial.Exponent;
    const Term *Best = nullptr;
    size_t Least = sizeOf(Above);
    for (const auto &[Key, T] : K.P) {
      size_t Left = sizeOf(Above + scaled(T.Monomial.Exponent, -K.Power));
      if (T.Monomial.Factors.empty() && Left < Least) {
        Best = &T;
        Least = Left;
      }
    }
    if (!Best)
      continue;
    Term By = *Best;
    K.P = divided(K.P, By, 1);
    F.Above = divided(F.Above, By, K.Power);
  }
  llvm::SmallVector<Expr, 4> Factors = {toExpr(F.Above)};
  for (const Kernel &K : F.Below)
    Factors.push_back(pow(toExpr(K.P), -K.Power));
  return A.mul(Factors);
}

} // namespace

Expr asOneFraction(Expr E) {
  FractionMaker Maker(E.arena());
  std::optional<Fraction> F = Maker.make(E);
  return F ? Maker.toExpr(*F) : Expr();
}

} // namespace brian2lift
