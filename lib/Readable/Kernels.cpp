//===- Readable/Kernels.cpp ---------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Sums in denominators get one form each, and go where they divide what stands
// above them. Exponentials are generators of the polynomials like names are:
// exp(-v/k) and exp(v/k - 3) become powers and products of as few of them as
// simple search finds.
//
//===----------------------------------------------------------------------===//

#include "Readable/Rewriter.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

namespace brian2lift {

namespace {

constexpr size_t MaxGenerators = 16, MaxFactorTerms = 48;
constexpr long MaxDegree = 60;

/// The first operand of a sum, else the expression.
Expr leadingTerm(Expr E) { return E.is(ExprKind::Add) ? E.operand(0) : E; }

Rational coefficientOf(Expr Summand) {
  if (Summand.isNumber())
    return Summand.number();
  if (Summand.is(ExprKind::Mul) && Summand.operand(0).isNumber())
    return Summand.operand(0).number();
  return 1;
}

void sortByMonomial(ExprArena &A, Sum &S) {
  llvm::SmallVector<std::pair<Expr, size_t>, 8> Order;
  for (const auto &[I, T] : llvm::enumerate(S))
    Order.push_back({monomialOf(A, T), I});
  llvm::sort(Order, [](const auto &L, const auto &R) {
    return structurallyLess(L.first, R.first);
  });
  Sum Sorted;
  for (const auto &[Monomial, I] : Order)
    Sorted.push_back(std::move(S[I]));
  S = std::move(Sorted);
}

/// Names go into a kernel's content when only some terms have them in a
/// denominator; other atoms stay where they are.
bool isName(Expr E) { return E.isSymbol() || E.is(ExprKind::Element); }

} // namespace

bool isShiftedBefore(Expr L, Expr R) {
  Expr Difference = L + scaled(R, -1);
  return !Difference.isZero() &&
         coefficientOf(leadingTerm(Difference)).sign() < 0;
}

/// Takes a common factor out of `S`, so that what is left has one form for all
/// multiples of it: exponentials relative to the first of them, names without
/// denominators, integer coefficients without common divisor, the first of
/// which is positive.
Summand Rewriter::takeContent(Sum &S) {
  Summand Content = one();
  Expr Least = S.front().Exponent;
  for (const Summand &T : S)
    if (isShiftedBefore(T.Exponent, Least))
      Least = T.Exponent;
  Content.multiplyExp(Least);

  llvm::SmallVector<Factor, 8> Bases;
  for (const Summand &T : S)
    for (const Factor &F : T.Factors)
      if (!llvm::is_contained(
              llvm::map_range(Bases, [](const Factor &B) { return B.Base; }),
              F.Base))
        Bases.push_back(F);
  for (Factor F : Bases) {
    Rational Low = S.front().powerOf(F.Base), High = Low;
    for (const Summand &T : S) {
      Rational P = T.powerOf(F.Base);
      Low = P < Low ? P : Low;
      High = High < P ? P : High;
    }
    bool IsEverywhere = Low.sign() > 0 || High.sign() < 0;
    F.Power = IsEverywhere && High.sign() < 0 && !isName(F.Base) ? High : Low;
    if (IsEverywhere || isName(F.Base))
      Content.multiply(F);
  }
  Summand Inverse = power(Content, -1);
  for (Summand &T : S)
    T = T * Inverse;

  sortByMonomial(A, S);
  Rational Common = S.front().Coefficient;
  bool HasLong =
      llvm::any_of(S, [](const Summand &T) { return isLong(T.Coefficient); });
  if (!HasLong) {
    for (const Summand &T : S)
      Common = Rational::gcd(Common, T.Coefficient);
    if (S.front().Coefficient.sign() < 0)
      Common = -Common;
  }
  Content.Coefficient = Common;
  for (Summand &T : S) {
    T.Coefficient = T.Coefficient / Common;
    unfold(T);
  }
  return Content;
}

/// The variables of the polynomials that sums are turned into.
class Rewriter::Generators {
public:
  explicit Generators(ExprArena &A) : A(A) {}

  /// False where these sums are too much for exact algebra.
  bool add(llvm::ArrayRef<Summand> S) {
    for (const Summand &T : S) {
      for (const Factor &F : T.Factors)
        addBase(F);
      if (!T.Exponent.isZero() && !llvm::is_contained(Exponents, T.Exponent))
        Exponents.push_back(T.Exponent);
    }
    return Bases.size() + Exponents.size() <= 2 * MaxGenerators;
  }

  /// Call it once when all sums were added.
  bool settle() {
    // Directions first: exp(2*x) and exp(3*x) are powers of exp(x).
    for (Expr L : Exponents)
      addDirection(L);
    for (Expr L : Exponents) {
      Combination C = combine(L);
      Combinations[L] = std::move(C);
    }
    return Bases.size() + Directions.size() <= MaxGenerators;
  }

  /// `S` is the polynomial times the term.
  std::optional<std::pair<Polynomial, Summand>>
  toPolynomial(llvm::ArrayRef<Summand> S) const {
    std::vector<std::vector<long>> Rows;
    std::vector<long> Least(size(), 0);
    for (const Summand &T : S) {
      std::vector<long> Row(size(), 0);
      for (size_t I = 0; I < Bases.size(); ++I) {
        auto P = (T.powerOf(Bases[I].Base) / Bases[I].Power).toLong();
        if (!P)
          return std::nullopt;
        Row[I] = *P;
      }
      if (!T.Exponent.isZero())
        for (auto [Direction, Multiple] : Combinations.find(T.Exponent)->second)
          Row[Bases.size() + Direction] += Multiple;
      for (size_t I = 0; I < Row.size(); ++I)
        Least[I] = Rows.empty() ? Row[I] : std::min(Least[I], Row[I]);
      Rows.push_back(std::move(Row));
    }
    Polynomial P(size());
    for (auto [T, Row] : llvm::zip(S, Rows)) {
      Polynomial::Exponents Powers;
      for (size_t I = 0; I < Row.size(); ++I) {
        if (Row[I] - Least[I] > MaxDegree)
          return std::nullopt;
        Powers.push_back(static_cast<unsigned long>(Row[I] - Least[I]));
      }
      P.add(T.Coefficient, std::move(Powers));
    }
    return std::pair(std::move(P), monomial(Rational(1), Least));
  }

  Sum toSum(const Polynomial &P) const {
    Sum S;
    for (const Polynomial::Monomial &M : P.Terms)
      S.push_back(monomial(M.Coefficient, M.Powers));
    return S;
  }

private:
  /// Directions with their multiples; the sum is an exponent.
  using Combination = llvm::SmallVector<std::pair<unsigned, long>, 2>;

  ExprArena &A;
  llvm::SmallVector<Factor, 8> Bases; ///< with the step of their powers
  llvm::SmallVector<Expr, 8> Exponents;
  llvm::SmallVector<Expr, 4> Directions;
  llvm::DenseMap<Expr, Combination> Combinations;

  unsigned size() const {
    return static_cast<unsigned>(Bases.size() + Directions.size());
  }

  void addBase(const Factor &F) {
    for (Factor &Known : Bases)
      if (Known.Base == F.Base) {
        Known.Power = Rational::gcd(Known.Power, F.Power);
        return;
      }
    Bases.push_back({F.Base, F.Power.abs(), F.IsTruth});
  }

  /// A/B where they are proportional.
  static std::optional<Rational> ratio(Expr L, Expr R) {
    if (R.isZero())
      return std::nullopt;
    Rational Factor =
        coefficientOf(leadingTerm(L)) / coefficientOf(leadingTerm(R));
    return scaled(R, Factor) == L ? std::optional(Factor) : std::nullopt;
  }

  void addDirection(Expr L) {
    for (Expr &D : Directions) {
      if (auto Multiple = ratio(L, D)) {
        D = scaled(D, Rational::gcd(*Multiple, 1));
        return;
      }
    }
    if (!sumOfTwo(L))
      Directions.push_back(L);
  }

  /// `L` as a small multiple of one direction and some multiple of another.
  std::optional<Combination> sumOfTwo(Expr L) const {
    for (unsigned I = 0; I < Directions.size(); ++I)
      for (long First : {1, -1, 2, -2, 3, -3}) {
        Expr Rest = L + scaled(Directions[I], -First);
        for (unsigned J = 0; J < Directions.size(); ++J)
          if (auto Second = ratio(Rest, Directions[J]); Second && J != I)
            if (auto Whole = Second->toLong())
              return Combination{{I, First}, {J, *Whole}};
      }
    return std::nullopt;
  }

  Combination combine(Expr L) {
    for (unsigned I = 0; I < Directions.size(); ++I)
      if (auto Multiple = ratio(L, Directions[I]))
        if (auto Whole = Multiple->toLong())
          return {{I, *Whole}};
    if (auto Two = sumOfTwo(L))
      return *Two;
    Directions.push_back(L);
    return {{static_cast<unsigned>(Directions.size() - 1), 1}};
  }

  template <class Powers>
  Summand monomial(const Rational &Coefficient, const Powers &Row) const {
    Summand T;
    T.Exponent = A.number(0);
    T.Coefficient = Coefficient;
    for (size_t I = 0; I < Row.size(); ++I) {
      Rational Power(static_cast<long>(Row[I]));
      if (I < Bases.size())
        T.multiply({Bases[I].Base, Bases[I].Power * Power, Bases[I].IsTruth});
      else
        T.multiplyExp(scaled(Directions[I - Bases.size()], Power));
    }
    return T;
  }
};

std::optional<Sum> Rewriter::divide(llvm::ArrayRef<Summand> S,
                                    llvm::ArrayRef<Summand> By) {
  Generators G(A);
  if (S.size() < By.size() || !spend(S.size() * By.size()) || !G.add(S) ||
      !G.add(By) || !G.settle())
    return std::nullopt;
  auto Dividend = G.toPolynomial(S), Divisor = G.toPolynomial(By);
  if (!Dividend || !Divisor)
    return std::nullopt;
  auto Quotient = divideExactly(Dividend->first, Divisor->first);
  if (!Quotient)
    return std::nullopt;
  Summand Shift = Dividend->second * power(Divisor->second, -1);
  Sum Result = G.toSum(*Quotient);
  for (Summand &T : Result)
    T = T * Shift;
  return collect(A, Result);
}

/// Takes denominators that are sums of names out of `S`; with exponentials in
/// them they would make it longer.
Summand Rewriter::takeDenominators(Sum &S) {
  auto IsPlain = [&](const Factor &F) {
    auto Power = F.Power.toLong();
    return isKernel(F.Base) && !holdsCall(F.Base) && Power && *Power < 0 &&
           *Power >= -4;
  };
  Summand Content = one();
  while (spend(S.size())) {
    const Factor *Found = nullptr;
    for (const Summand &T : S)
      if (const auto *It = llvm::find_if(T.Factors, IsPlain);
          It != T.Factors.end())
        Found = &*It;
    const Sum *Kernel = Found ? expand(Found->Base) : nullptr;
    if (!Kernel)
      return Content;
    Summand Denominator = one();
    Denominator.multiply({Found->Base, -Found->Power});
    Sum Cleared;
    for (const Summand &Each : S) {
      Summand Multiple = Each * Denominator;
      auto Left = Multiple.powerOf(Found->Base).toLong();
      if (!Left || *Left > 4)
        return Content;
      // What was not divided is multiplied out.
      std::optional<Sum> Product = Sum{Multiple};
      if (*Left > 0)
        Product->front().multiply({Found->Base, -*Left});
      for (long I = 0; I < *Left && Product; ++I)
        Product = multiply(*Product, *Kernel);
      if (!Product)
        return Content;
      Cleared.append(Product->begin(), Product->end());
    }
    Content = Content * power(Denominator, -1);
    S = collect(A, Cleared);
  }
  return Content;
}

/// A sum that is not zero as a product of kernels.
Summand Rewriter::factorized(Sum S) {
  Summand Result = takeDenominators(S);
  Result = Result * takeContent(S);
  if (S.size() == 1)
    return Result * S.front();
  auto Kernel = [&](Sum Part, const Rational &Power) {
    Summand Content = takeContent(Part);
    Result = Result * power(Content, *Power.toLong());
    if (Part.size() == 1)
      Result = Result * power(Part.front(), *Power.toLong());
    else
      Result.multiply({toExpr(A, Part), Power});
  };
  // Two terms without a power are no product.
  bool MayFactor = S.size() <= MaxFactorTerms && spend(20 * S.size());
  if (S.size() == 2)
    MayFactor &= llvm::any_of(S, [](const Summand &T) {
      return llvm::any_of(
          T.Factors, [](const Factor &F) { return !F.Power.abs().isOne(); });
    });
  Generators G(A);
  if (MayFactor && G.add(S) && G.settle())
    if (auto P = G.toPolynomial(S))
      if (auto Factors = factorize(P->first)) {
        Result = Result * P->second;
        Result.Coefficient = Result.Coefficient * Factors->Content;
        for (const Factorization::Factor &F : Factors->Factors)
          Kernel(G.toSum(F.P), static_cast<long>(F.Power));
        return Result;
      }
  Kernel(std::move(S), 1);
  return Result;
}

/// `S`**`Power` as a term. A root is taken apart only where the parts are
/// positive for sure: sqrt(a*b) is defined where sqrt(a)*sqrt(b) is not.
std::optional<Summand> Rewriter::kernelsOf(llvm::ArrayRef<Summand> S,
                                           const Rational &Power) {
  Summand T = factorized(Sum(S));
  if (auto Whole = Power.toLong())
    return power(T, *Whole);
  bool IsSingle =
      T.Factors.size() == 1 && T.Factors.front().Power.abs().isOne();
  if (T.Coefficient.sign() < 0) {
    // The sign goes into a kernel.
    Factor F = T.Factors.empty() ? Factor() : T.Factors.front();
    if (!IsSingle || !isKernel(F.Base))
      return std::nullopt;
    T.Factors.front().Base = scaled(F.Base, -1);
    T.Coefficient = -T.Coefficient;
  }
  Summand Result = one();
  if (IsSingle && !T.Factors.front().IsTruth) {
    Factor F = T.Factors.front();
    Result.multiply({F.Base, F.Power * Power});
  } else if (!T.Factors.empty()) {
    Summand Inside = one();
    Inside.Factors = T.Factors;
    Result.multiply({monomialOf(A, Inside), Power});
  }
  Result.Exponent = scaled(T.Exponent, Power);
  Expr Root = A.pow(A.number(T.Coefficient), A.number(Power));
  Result.Coefficient = Root.isNumber()
                           ? Root.number()
                           : shortened(Rational::fromDouble(std::pow(
                                 T.Coefficient.toDouble(), Power.toDouble())));
  return Result;
}

bool Rewriter::cancelKernel(Sum &S, Expr Kernel) {
  Rational Least;
  for (const Summand &T : S)
    if (Rational P = T.powerOf(Kernel); P < Least)
      Least = P;
  if (!Least.isInteger() || Least.sign() >= 0)
    return false;
  Sum Above, Rest;
  Summand Inverse = one();
  Inverse.multiply({Kernel, -Least});
  for (const Summand &T : S)
    if (T.powerOf(Kernel) == Least)
      Above.push_back(T * Inverse);
    else
      Rest.push_back(T);
  const Sum *By = expand(Kernel);
  if (!By)
    return false;
  std::optional<Sum> Quotient = divide(Above, *By);
  if (!Quotient)
    return false;
  Summand Left = one();
  Left.multiply({Kernel, Least + Rational(1)});
  for (const Summand &T : *Quotient)
    Rest.push_back(T * Left);
  S = collect(A, Rest);
  return true;
}

/// u/(exp(u) - 1) is 1/exprel(u), and u*exp(u)/(exp(u) - 1) is 1/exprel(-u);
/// so are their powers.
bool Rewriter::cancelExprel(Sum &S, Expr Kernel) {
  const Sum *K = expand(Kernel);
  if (!K || K->size() != 2)
    return false;
  const Summand *Power = nullptr;
  const Summand *One = nullptr;
  for (const Summand &T : *K)
    if (T.Factors.empty())
      (T.Exponent.isZero() ? One : Power) = &T;
  if (!Power || !One || Power->Coefficient != -One->Coefficient)
    return false;
  Expr U = Power->Exponent;
  const Sum *By = expand(U);
  if (!By)
    return false;
  // A product of names divides everything, in a way.
  const long MostPowers = By->size() > 1 ? 4 : 1;
  bool Changed = false;
  for (long N = 1; N <= MostPowers; ++N) {
    Sum Above, Rest;
    Summand Inverse = one();
    Inverse.multiply({Kernel, N});
    for (const Summand &T : S)
      if (T.powerOf(Kernel) == Rational(-N))
        Above.push_back(T * Inverse);
      else
        Rest.push_back(T);
    std::optional<Sum> Quotient = std::move(Above);
    for (long I = 0; I < N && Quotient && !Quotient->empty(); ++I)
      Quotient = divide(*Quotient, *By);
    if (!Quotient || Quotient->empty())
      continue;
    Expr Whole = scaled(U, N);
    for (Summand T : *Quotient) {
      T.Coefficient = T.Coefficient / Power->Coefficient.pow(N);
      bool IsFlipped = T.Exponent == Whole;
      if (IsFlipped)
        T.Exponent = A.number(0);
      Expr Argument = IsFlipped ? scaled(U, -1) : U;
      T.multiply({A.call("exprel", {argument(Argument)}), -N});
      Rest.push_back(T);
    }
    S = collect(A, Rest);
    Changed = true;
  }
  return Changed;
}

Sum Rewriter::cancel(Sum S) {
  llvm::SmallVector<Expr, 8> Kernels;
  for (const Summand &T : S)
    for (const Factor &F : T.Factors)
      if (isKernel(F.Base) && F.Power.sign() < 0 &&
          !llvm::is_contained(Kernels, F.Base))
        Kernels.push_back(F.Base);
  for (Expr K : Kernels) {
    while (cancelKernel(S, K) && spend(1)) {
    }
    cancelExprel(S, K);
  }
  return S;
}

} // namespace brian2lift
