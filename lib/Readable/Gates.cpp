//===- Readable/Gates.cpp -----------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Readable/Gates.h"
#include "Readable/Readable.h"
#include "Readable/Terms.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {

namespace {

/// Of something that deserves a name: several operations, with a function.
constexpr double LargeCost = 4;

bool isLarge(Expr E) { return holdsCall(E) && readingCost(E) >= LargeCost; }

llvm::SmallVector<Expr, 8> factorsOf(Expr E) {
  if (E.is(ExprKind::Mul))
    return llvm::SmallVector<Expr, 8>(E.operands());
  return {E};
}

/// `E` without one factor `F`, if the rest does not hold `Variable`.
std::optional<Expr> without(Expr E, Expr F, Expr Variable) {
  llvm::SmallVector<Expr, 8> Factors = factorsOf(E);
  auto *It = llvm::find(Factors, F);
  if (It == Factors.end())
    return std::nullopt;
  Factors.erase(It);
  Factors.push_back(E.arena().number(1));
  Expr Rest = E.arena().mul(Factors);
  return contains(Rest, Variable) ? std::nullopt : std::optional(Rest);
}

/// P and Q of P*(1 - x) - Q*x.
std::optional<std::pair<Expr, Expr>> ratesOf(Expr Sum, Expr X) {
  if (!Sum.is(ExprKind::Add) || Sum.operands().size() != 2)
    return std::nullopt;
  Expr Closed = X.arena().number(1) - X;
  for (unsigned I : {0U, 1U}) {
    auto P = without(Sum.operand(I), Closed, X);
    auto Q = without(-Sum.operand(1 - I), X, X);
    if (P && Q)
      return std::pair(*P, *Q);
  }
  return std::nullopt;
}

/// Brian2 takes neither noise nor random numbers in a subexpression.
bool isRandom(Expr E) {
  bool Random = drawsRandomNumbers(E);
  for (Expr Symbol : symbolsOf(E))
    Random |= isNoiseName(Symbol.name());
  return Random;
}

} // namespace

std::optional<GateParts> findGate(Expr RightHandSide, Expr Variable) {
  if (!RightHandSide || isRandom(RightHandSide))
    return std::nullopt;
  for (Expr Sum : factorsOf(RightHandSide)) {
    if (!Sum.is(ExprKind::Add))
      continue;
    auto Outside = without(RightHandSide, Sum, Variable);
    if (!Outside)
      continue;
    GateParts Parts;
    if (auto Rates = ratesOf(Sum, Variable)) {
      Parts.Alpha = *Outside * Rates->first;
      Parts.Beta = *Outside * Rates->second;
      if (isLarge(Parts.Alpha) && isLarge(Parts.Beta))
        return Parts;
      continue;
    }
    Expr Steady = Sum + Variable;
    if (contains(Steady, Variable) || !isLarge(Steady))
      continue;
    Parts.SteadyState = Steady;
    Parts.Scale = *Outside;
    Expr Time = pow(*Outside, -1);
    if (isLarge(Time)) {
      Parts.TimeConstant = Time;
      Parts.Scale = Variable.arena().number(1);
    }
    return Parts;
  }
  return std::nullopt;
}

} // namespace brian2lift
