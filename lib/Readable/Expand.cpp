//===- Readable/Expand.cpp ----------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Multiplies everything out, but for what stands in a denominator or under a
// root: that becomes kernels.
//
//===----------------------------------------------------------------------===//

#include "Readable/Rewriter.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

namespace brian2lift {

namespace {

/// Sums beyond this are nothing that an author wrote, and cost too much.
constexpr size_t MaxTerms = 160;
constexpr long MaxExpandedPower = 4;
/// Larger ones are products of numbers that were folded, not an author's.
constexpr long MaxExponentDenominator = 360;
constexpr size_t MaxSlopes = 8;

} // namespace

Rewriter::Rewriter(ExprArena &A, const ReadableNames &Names)
    : A(A), Names(Names), Costs(Names.StateVariables),
      Euler(eulersNumber(A, Names)) {}

Expr eulersNumber(ExprArena &A, const ReadableNames &Names) {
  for (const NamedConstant &K : Names.Constants)
    if (K.Name == "e" && !K.Special &&
        std::fabs(K.Value.toDouble() - std::exp(1.0)) < 1e-14)
      return A.symbol("e");
  return Expr();
}

Summand Rewriter::atom(Expr E, bool IsTruth) {
  Summand T = one();
  T.multiply({E, 1, IsTruth});
  return T;
}

const Sum *Rewriter::expand(Expr E) {
  auto It = Expanded.find(E);
  if (It != Expanded.end())
    return It->second;
  std::optional<Sum> S = expandNow(E);
  if (S)
    S = cancel(std::move(*S));
  const Sum *Kept = nullptr;
  if (S && S->size() <= MaxTerms)
    Kept = &ExpandedSums.emplace_back(std::move(*S));
  return Expanded[E] = Kept;
}

std::optional<Sum> Rewriter::expandNow(Expr E) {
  switch (E.kind()) {
  case ExprKind::Number: {
    Sum S;
    if (!E.isZero())
      S.push_back(number(E.number()));
    return S;
  }
  case ExprKind::Symbol:
    if (E == Euler) {
      Summand T = one();
      T.Exponent = A.number(1);
      return Sum{T};
    }
    return Sum{atom(E)};
  case ExprKind::Add: {
    Sum All;
    for (Expr Operand : E.operands()) {
      const Sum *S = expand(Operand);
      if (!S || !spend(S->size()))
        return std::nullopt;
      All.append(S->begin(), S->end());
    }
    return collect(A, All);
  }
  case ExprKind::Mul: {
    std::optional<Sum> Product = Sum{one()};
    for (Expr Operand : E.operands()) {
      const Sum *S = expand(Operand);
      if (S)
        Product = multiply(*Product, *S);
      if (!S || !Product)
        return std::nullopt;
    }
    return Product;
  }
  case ExprKind::Pow:
    return expandPower(E);
  case ExprKind::Call:
    return expandCall(E);
  default:
    return Sum{atom(structured(E))};
  }
}

std::optional<Sum> Rewriter::multiply(llvm::ArrayRef<Summand> L,
                                      llvm::ArrayRef<Summand> R) {
  if (L.size() * R.size() > 4 * MaxTerms || !spend(L.size() * R.size()))
    return std::nullopt;
  Sum All;
  for (const Summand &Left : L)
    for (const Summand &Right : R) {
      All.push_back(Left * Right);
      unfold(All.back());
    }
  Sum S = collect(A, All);
  if (S.size() > MaxTerms)
    return std::nullopt;
  return S;
}

std::optional<Sum> Rewriter::expandPower(Expr E) {
  Expr Base = E.operand(0), Exponent = E.operand(1);
  if (!Exponent.isNumber()) {
    // e**x and exp(y)**x are exponentials.
    const Sum *B = expand(Base);
    const Sum *P = expand(Exponent);
    if (B && P && B->size() == 1 && B->front().Factors.empty() &&
        B->front().Coefficient.isOne() && !B->front().isNumber())
      if (auto Product = multiply(*expand(B->front().Exponent), *P)) {
        Summand T = one();
        T.multiplyExp(toExpr(A, *Product));
        return Sum{T};
      }
    return Sum{atom(A.pow(readable(Base), readable(Exponent)))};
  }
  const Rational &Power = Exponent.number();
  std::optional<long> Whole = Power.toLong();
  const Sum *S = expand(Base);
  if (!S)
    return std::nullopt;
  if (S->empty() || (Whole && std::labs(*Whole) > 64))
    return Sum{atom(E)};
  if (Whole && S->size() == 1)
    return Sum{power(S->front(), *Whole)};
  if (Whole && *Whole > 0 && *Whole <= MaxExpandedPower) {
    std::optional<Sum> Product = *S;
    for (long I = 1; I < *Whole && Product; ++I)
      Product = multiply(*Product, *S);
    return Product;
  }
  if (auto T = kernelsOf(*S, Power)) {
    unfold(*T);
    return Sum{*T};
  }
  return Sum{atom(A.pow(readable(Base), Exponent))};
}

/// `int(condition)` as a polynomial in truths: `and` multiplies, `or` adds.
std::optional<Sum> Rewriter::expandTruth(Expr Condition) {
  switch (Condition.kind()) {
  case ExprKind::And: {
    std::optional<Sum> Product = Sum{one()};
    for (Expr Operand : Condition.operands()) {
      std::optional<Sum> S = expandTruth(Operand);
      Product = S ? multiply(*Product, *S) : std::nullopt;
      if (!Product)
        return std::nullopt;
    }
    return Product;
  }
  case ExprKind::Or: {
    // Not of none of them.
    std::optional<Sum> None = Sum{one()};
    for (Expr Operand : Condition.operands()) {
      std::optional<Sum> S = expandTruth(A.negation(Operand));
      None = S ? multiply(*None, *S) : std::nullopt;
      if (!None)
        return std::nullopt;
    }
    for (Summand &T : *None)
      T.Coefficient = -T.Coefficient;
    None->push_back(one());
    return collect(A, *None);
  }
  case ExprKind::Not: {
    std::optional<Sum> S = expandTruth(Condition.operand(0));
    if (!S)
      return std::nullopt;
    for (Summand &T : *S)
      T.Coefficient = -T.Coefficient;
    S->push_back(one());
    return collect(A, *S);
  }
  case ExprKind::Boolean: {
    Sum S;
    if (Condition.isTrue())
      S.push_back(one());
    return S;
  }
  default:
    return Sum{atom(A.call("int", {readable(Condition)}), /*IsTruth=*/true)};
  }
}

std::optional<Sum> Rewriter::expandCall(Expr E) {
  bool HasOneOperand = E.operands().size() == 1;
  if (E.isCall("int") && HasOneOperand) {
    Expr Of = E.operand(0);
    if (Of.isCondition() || (Of.isSymbol() && Names.Booleans.count(Of.name())))
      return expandTruth(Of);
  }
  if (E.isCall("exp") && HasOneOperand) {
    const Sum *S = expand(E.operand(0));
    if (!S)
      return std::nullopt;
    Summand T = one();
    T.multiplyExp(toExpr(A, *S));
    return Sum{T};
  }
  if (E.isCall("log") && HasOneOperand) {
    // log(exp(x)) is x.
    const Sum *S = expand(E.operand(0));
    if (S && S->size() == 1 && S->front().Factors.empty() &&
        S->front().Coefficient.isOne()) {
      const Sum *Argument = expand(S->front().Exponent);
      return Argument ? std::optional(*Argument) : std::nullopt;
    }
  }
  return Sum{atom(structured(E))};
}

/// Moves a number that the generator folded out of an exponential back in.
void Rewriter::unfold(Summand &T) {
  if (!isLong(T.Coefficient))
    return;
  T.Coefficient = shortened(T.Coefficient);
  if (!isLong(T.Coefficient))
    return;
  Expr Key = A.number(T.Coefficient);
  auto It = Unfolded.find(Key);
  if (It == Unfolded.end()) {
    if (UnfoldsLeft <= 0)
      return;
    It =
        Unfolded.try_emplace(Key, ExpUnfold.unfold(T.Coefficient, Steps)).first;
    UnfoldsLeft -= !It->second;
  }
  if (!It->second)
    return;
  T.multiplyExp(A.number(It->second->Exponent));
  T.Coefficient = It->second->Factor;
}

void Rewriter::noteExponents(Expr E) {
  auto Note = [&](Expr Argument) {
    Steps.Denominators.insert(10);
    visit(Argument, [&](Expr Part) {
      if (!Part.isNumber())
        return;
      auto Q = Part.number().denominator().toLong();
      if (Q && *Q <= MaxExponentDenominator)
        Steps.Denominators.insert(*Q);
      else if (Part.number().isDecimal() && !isLong(Part.number()) &&
               Steps.Slopes.size() < MaxSlopes)
        Steps.Slopes.insert(Part.number().abs());
    });
  };
  visit(E, [&](Expr Part) {
    if (Part.isCall("exp"))
      Note(Part.operand(0));
    else if (Part.is(ExprKind::Pow) &&
             (Part.operand(0).isCall("exp") || Part.operand(0) == Euler ||
              !Part.operand(1).isNumber()))
      Note(Part.operand(1));
  });
}

} // namespace brian2lift
