//===- Readable/Sums.cpp ------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Takes common factors out of sums, greedily (Brayton and McMullen, "The
// decomposition and factorization of Boolean expressions", ISCAS 1982, on
// algebraic division and kernels), in several orders of preference, of which
// the cheapest result counts.
//
//===----------------------------------------------------------------------===//

#include "Readable/Gates.h"
#include "Readable/Rewriter.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {

namespace {

/// What two terms share.
Summand common(const Summand &L, const Summand &R, ExprArena &A) {
  Summand Result;
  Result.Exponent = L.Exponent == R.Exponent ? L.Exponent : A.number(0);
  for (const Factor &F : L.Factors) {
    Rational Other = R.powerOf(F.Base);
    if (F.Power.sign() != Other.sign())
      continue;
    Rational Power = F.Power.abs() < Other.abs() ? F.Power : Other;
    Result.multiply({F.Base, Power, F.IsTruth});
  }
  return Result;
}

/// True when all of `Part` is in `T`.
bool divides(const Summand &Part, const Summand &T) {
  if (!Part.Exponent.isZero() && Part.Exponent != T.Exponent)
    return false;
  return llvm::all_of(Part.Factors, [&](const Factor &F) {
    Rational P = T.powerOf(F.Base);
    return P.sign() == F.Power.sign() && !(P.abs() < F.Power.abs());
  });
}

/// A number as a factor: the operation and its digits.
double costOfFactor(const Rational &R) {
  Rational M = R.abs();
  if (M.isOne())
    return 0;
  bool IsUnitFraction = M.numerator().isOne();
  double Digits =
      0.06 * (IsUnitFraction ? M.denominator() : M).significantDigits();
  return Digits + (isLong(M) ? 1 : 0) +
         (M.isDecimal() || IsUnitFraction ? 1 : 2);
}

bool holdsLongNumber(Expr E) {
  return holds(
      E, [](Expr Part) { return Part.isNumber() && isLong(Part.number()); });
}

/// How often a reader meets a name, on average.
double repeats(Expr E) {
  llvm::DenseMap<Expr, double> Names;
  visit(E, [&](Expr Part) {
    double Count = Part.isSymbol() ? 1 : 0;
    for (Expr Operand : Part.operands())
      Count += Names.lookup(Operand);
    Names[Part] = Count;
  });
  return Names.lookup(E) / std::max<double>(symbolsOf(E).size(), 1);
}

enum Strategy { MostSaved, Largest, NotTheVariable, Denominators, Strategies };

} // namespace

Expr Rewriter::cheaper(Expr E, Expr Other) {
  return Costs.of(Other) < Costs.of(E) ? Other : E;
}

void Rewriter::refill(long Steps) {
  if (Budget <= 0) {
    // What was left as it is for want of steps.
    Readable.clear();
    Expanded.clear();
    Sums.clear();
  }
  Budget = Steps;
}

Expr Rewriter::equation(Expr E, Expr Variable) {
  Expr Apart = Variable ? withNoiseApart(E, Variable) : Expr();
  return Apart ? Apart : wholeEquation(E, Variable);
}

/// (v0 - v)/tau + sigma*sqrt(2/tau)*xi, not (v0 + sigma*sqrt(2*tau)*xi -
/// v)/tau: drift and noise are two things to an author, though one fraction is
/// shorter. Null where there is no noise, or the two share too much to be told
/// twice.
Expr Rewriter::withNoiseApart(Expr E, Expr Variable) {
  // `sigma*x*(1 - x)*sqrt(2/tau)*xi` costs 12.
  constexpr double LongNoise = 16, Share = 0.8;
  std::vector<Expr> Xis = symbolsOf(E);
  llvm::erase_if(Xis, [](Expr S) { return !isNoiseName(S.name()); });
  if (Xis.empty())
    return Expr();
  llvm::DenseMap<Expr, Expr> NoNoise;
  for (Expr Xi : Xis)
    NoNoise[Xi] = A.number(0);
  Expr Drift = substitute(E, NoNoise);
  if (Drift.isZero())
    return Expr();
  Expr Form = wholeEquation(Drift, Variable);
  if (Expr Linear = linear(Drift, Variable, Expr()))
    Form = cheaper(Form, Linear);
  double LongestNoise = 0;
  for (Expr Xi : Xis) {
    Expr Term = wholeEquation(differentiate(E, Xi) * Xi, Expr());
    LongestNoise = std::max(LongestNoise, Costs.of(Term));
    Form = Form + Term;
  }
  if (LongestNoise < LongNoise)
    return Form;
  Expr Whole = wholeEquation(E, Variable);
  return Costs.of(Whole) < Share * Costs.of(Form) ? Whole : Form;
}

Expr Rewriter::wholeEquation(Expr E, Expr Variable) {
  constexpr int UnfoldsPerEquation = 100;
  // Twelve currents take half of the second.
  constexpr long UsualSteps = 20000, ManySteps = 60000;
  // A membrane whose currents have been found has each name once or twice.
  constexpr double ManyRepeats = 1.7;
  // Below this an author's own structure counts more.
  constexpr double Gain = 0.1, Share = 0.92;
  // `(ge + gi + E - v)/tau` costs 5, the rates of a gating variable cost 20.
  constexpr double ShortEquation = 12, LongEquation = 22;
  Steps = {};
  noteExponents(E);
  Unfolded.clear();
  UnfoldsLeft = UnfoldsPerEquation;
  // Fractions of numbers, which the exact method leaves, have no other form.
  bool IsOfNumbers = Variable && holdsLongNumber(E) && !holdsCall(E);
  Expr Linear = IsOfNumbers ? linear(E, Variable, Expr()) : Expr();
  if (Linear && Costs.of(Linear) < ShortEquation && !holdsLongNumber(Linear))
    return Linear;
  auto Search = [&](long Steps) {
    refill(Steps);
    Expr Form = readable(E), Own = structured(E);
    return Costs.of(Form) < Share * Costs.of(Own) - Gain ? Form : Own;
  };
  Expr Best = Search(UsualSteps);
  // Not what is no equation: of a membrane current with sinh more steps make a
  // form that sympy works on for minutes when Brian2 reads it.
  if (Variable && Budget <= 0 && repeats(Best) > ManyRepeats)
    Best = Search(ManySteps);
  // The work that this costs is lost on what reads well already.
  bool HasLong = holdsLongNumber(Best);
  std::optional<GateParts> Gate =
      Variable ? findGate(Best, Variable) : std::nullopt;
  bool ReadsWell = !HasLong && (Costs.of(Best) < LongEquation ||
                                (Gate && Gate->SteadyState));
  if (Variable && !ReadsWell && !Linear)
    Linear = linear(E, Variable, HasLong ? Expr() : Best);
  // These are forms that authors write.
  return Linear && Costs.of(Linear) < Costs.of(Best) - Gain ? Linear : Best;
}

Expr Rewriter::readable(Expr E) {
  auto It = Readable.find(E);
  if (It != Readable.end())
    return It->second;
  if (!spend(1) || !Active.insert(E).second)
    return E;
  Expr Best = structured(E);
  if (E.is(ExprKind::Add) || E.is(ExprKind::Mul) || E.is(ExprKind::Pow) ||
      E.is(ExprKind::Call))
    if (const Sum *S = expand(E))
      // What was given wins where nothing is gained.
      Best = cheaper(Best, sum(*S));
  Active.erase(E);
  return Readable[E] = Best;
}

Expr Rewriter::sum(const Sum &S) {
  if (S.empty())
    return A.number(0);
  if (S.size() == 1)
    return product(S.front());
  Expr Key = toExpr(A, S);
  auto It = Sums.find(Key);
  if (It != Sums.end())
    return It->second;
  Sums[Key] = Key; // what a step that comes back here finds
  Expr Best = sumNow(S);
  Sums[Key] = Best;
  return Best;
}

Expr Rewriter::sumNow(const Sum &S) {
  if (std::optional<Expr> Truth = truthSum(S))
    return *Truth;
  constexpr double ClearGain = 0.5;
  Summand Content = contentOf(S);
  Expr Best = withContent(S, Content);
  // (x - x**3)/tau, not x*(1 - x**2)/tau.
  Summand Below = denominatorOf(Content);
  if (!Below.Factors.empty() && Below.Factors.size() < Content.Factors.size())
    if (Expr Other = withContent(S, Below);
        Costs.of(Other) < Costs.of(Best) - ClearGain)
      Best = Other;
  if (!spend(S.size() * S.size()))
    return Best;
  if (S.size() >= 3) {
    Summand T = factorized(S);
    unsigned Kernels = 0;
    for (const Factor &F : T.Factors)
      if (isKernel(F.Base))
        Kernels += F.Power.isOne() ? 1 : 2;
    if (Kernels > 1)
      Best = cheaper(Best, product(T));
  }
  if (std::optional<Expr> Fraction = overCommonDenominator(S))
    Best = cheaper(Best, *Fraction);
  return Best;
}

/// `(17*mV + VT - v)/(18*mV)`.
std::optional<Expr> Rewriter::overCommonDenominator(const Sum &S) {
  Summand Denominator = one();
  for (const Summand &T : S)
    for (const Factor &F : T.Factors) {
      if (!F.Base.isSymbol() || F.Power.sign() >= 0 || !F.Power.isInteger())
        continue;
      Rational Known = Denominator.powerOf(F.Base);
      if (Known < -F.Power)
        Denominator.multiply({F.Base, -F.Power - Known});
    }
  if (Denominator.Factors.empty())
    return std::nullopt;
  Sum Numerator;
  for (const Summand &T : S)
    Numerator.push_back(T * Denominator);
  return A.mul({sum(Numerator), monomialOf(A, power(Denominator, -1))});
}

/// int(a) + int(b) - int(a)*int(b) is int(a or b), 1 - int(a) is int(not a).
std::optional<Expr> Rewriter::truthSum(llvm::ArrayRef<Summand> S) {
  if (S.size() > 3)
    return std::nullopt;
  llvm::SmallVector<const Summand *, 2> Plus, Minus;
  for (const Summand &T : S) {
    if (!T.Coefficient.abs().isOne() || !T.Exponent.isZero() ||
        !llvm::all_of(T.Factors, [](const Factor &F) { return F.IsTruth; }))
      return std::nullopt;
    (T.Coefficient.sign() > 0 ? Plus : Minus).push_back(&T);
  }
  auto Condition = [&](const Summand &T) {
    llvm::SmallVector<Expr, 4> All;
    for (const Factor &F : T.Factors)
      All.push_back(F.Base.operand(0));
    return A.conjunction(All);
  };
  if (Minus.size() != 1 || Minus.front()->isNumber())
    return std::nullopt;
  Expr Truth;
  if (Plus.size() == 1 && Plus.front()->isNumber())
    Truth = A.negation(Condition(*Minus.front()));
  else if (Plus.size() == 2 &&
           monomialOf(A, *Plus[0] * *Plus[1]) == monomialOf(A, *Minus.front()))
    Truth = A.disjunction({Condition(*Plus[0]), Condition(*Plus[1])});
  else
    return std::nullopt;
  return A.call("int", {Truth});
}

/// What all terms share, but for numbers.
Summand Rewriter::contentOf(const Sum &S) {
  Summand Content = S.front();
  for (const Summand &T : S)
    Content = common(Content, T, A);
  Content.Coefficient = 1;
  return Content;
}

/// Its factors that stand below.
Summand Rewriter::denominatorOf(const Summand &T) {
  Summand Result = one();
  for (const Factor &F : T.Factors)
    if (F.Power.sign() < 0)
      Result.multiply(F);
  return Result;
}

/// Takes out `Content`, which all terms have, and the number that leaves the
/// fewest digits.
Expr Rewriter::withContent(const Sum &S, Summand Content) {
  Summand Inverse = power(Content, -1);
  Sum Body;
  for (const Summand &T : S)
    Body.push_back(T * Inverse);

  llvm::SmallVector<Rational, 8> Options = {1};
  auto Consider = [&](const Rational &Number) {
    if (!llvm::is_contained(Options, Number))
      Options.push_back(Number);
  };
  Rational Gcd;
  for (const Summand &T : Body) {
    Consider(T.Coefficient.abs());
    Gcd = Rational::gcd(Gcd, T.Coefficient);
  }
  Consider(Gcd);
  Rational Best = 1;
  double BestCost = 1e9;
  constexpr double Same = 1e-9;
  for (const Rational &Number : Options) {
    double Cost = costOfFactor(Number);
    for (const Summand &T : Body) {
      Rational Left = T.Coefficient / Number;
      double Own = costOfFactor(Left);
      // A number by itself is no operation.
      Cost += T.isNumber() ? (Left.abs().isOne() ? 0.06 : Own - 1) : Own;
    }
    // 0.1*(1 - v) for 0.1 - 0.1*v.
    bool IsOfAll = llvm::all_of(
        Body, [&](const Summand &T) { return T.Coefficient.abs() == Number; });
    if (Cost < BestCost || (IsOfAll && Cost < BestCost + Same)) {
      Best = Number;
      BestCost = Cost;
    }
  }
  bool IsNegative = llvm::all_of(
      Body, [](const Summand &T) { return T.Coefficient.sign() < 0; });
  auto Write = [&](Rational Number) {
    if (IsNegative)
      Number = -Number;
    Sum Scaled = Body;
    for (Summand &T : Scaled)
      T.Coefficient = shortened(T.Coefficient / Number);
    Content.Coefficient = Number;
    if (Content.isNumber() && Number.isOne())
      return plainSum(Scaled);
    return A.mul({product(Content), plainSum(Scaled)});
  };
  Expr Plain = Write(1);
  return Best.isOne() ? Plain : cheaper(Plain, Write(Best));
}

Expr Rewriter::plainSum(const Sum &S) {
  auto Write = [&](const Sum &Terms) {
    llvm::SmallVector<Expr, 8> Products;
    for (const Summand &T : Terms)
      Products.push_back(product(T));
    return A.add(Products);
  };
  Expr Best = Write(S);
  if (S.size() < 3)
    return Best;
  llvm::DenseSet<Expr> Tried;
  for (unsigned Each = 0; Each < Strategies && spend(S.size()); ++Each) {
    Sum Taken = takeOut(S, Each);
    if (Tried.insert(toExpr(A, Taken)).second)
      Best = cheaper(Best, Write(Taken));
  }
  return Best;
}

Sum Rewriter::takeOut(Sum S, unsigned Strategy) {
  auto Weight = [&](const Summand &T) {
    double W = T.Exponent.isZero() ? 0 : 2 + Costs.of(T.Exponent);
    for (const Factor &F : T.Factors)
      W += 1 + Costs.of(F.Base) + !F.Power.abs().isOne();
    return W;
  };
  auto IsPreferred = [&](const Summand &T) {
    if (Strategy == NotTheVariable)
      return !T.Exponent.isZero() ||
             llvm::any_of(T.Factors, [&](const Factor &F) {
               return !F.Base.isSymbol() ||
                      !Names.StateVariables.count(F.Base.name());
             });
    return Strategy != Denominators ||
           llvm::all_of(T.Factors,
                        [](const Factor &F) { return F.Power.sign() < 0; });
  };
  while (S.size() > 1 && spend(S.size() * S.size())) {
    std::optional<Summand> Best;
    double BestScore = 0;
    llvm::DenseSet<Expr> Seen;
    for (size_t I = 0; I < S.size(); ++I)
      for (size_t J = I + 1; J < S.size(); ++J) {
        Summand Shared = common(S[I], S[J], A);
        if (Shared.isNumber() || !Seen.insert(monomialOf(A, Shared)).second)
          continue;
        auto Count = static_cast<double>(llvm::count_if(
            S, [&](const Summand &T) { return divides(Shared, T); }));
        double W = Weight(Shared);
        double Score = Strategy == Largest ? 100 * W + Count : (Count - 1) * W;
        if (IsPreferred(Shared))
          Score += 1e6;
        if (Score > BestScore) {
          BestScore = Score;
          Best = Shared;
        }
      }
    if (!Best)
      break;
    Summand Inverse = power(*Best, -1);
    Sum Inside, Rest;
    for (const Summand &T : S)
      if (divides(*Best, T))
        Inside.push_back(T * Inverse);
      else
        Rest.push_back(T);
    Summand Product = *Best * takeContent(Inside);
    Product.multiply({toExpr(A, Inside), 1});
    Rest.push_back(Product);
    S = std::move(Rest);
  }
  return S;
}

} // namespace brian2lift
