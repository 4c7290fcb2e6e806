//===- Equations/Candidates.cpp -----------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Equations/Candidates.h"
#include "Equations/Series.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {

namespace {

Expr dtOf(const SystemCandidate &S) {
  return S.Rows[0].Variable.arena().symbol("dt");
}

/// Replaces every noise symbol by zero.
llvm::DenseMap<Expr, Expr> withoutNoise(const SystemCandidate &S) {
  ExprArena &A = S.Rows[0].Variable.arena();
  llvm::DenseMap<Expr, Expr> Zeros;
  for (const std::string &Xi : S.Xis)
    Zeros[A.symbol(Xi)] = A.number(0);
  return Zeros;
}

/// Term by term, so that dt cancels where it can.
Expr divideByDt(Expr E, Expr Dt) {
  Expr PerDt = pow(Dt, -1);
  if (!E.is(ExprKind::Add))
    return E * PerDt;
  llvm::SmallVector<Expr, 8> Terms;
  for (Expr Term : E.operands())
    Terms.push_back(Term * PerDt);
  return E.arena().add(Terms);
}

bool hasBareVariable(const SystemCandidate::Row &Row) {
  return Row.Step == Row.Variable ||
         (Row.Step.is(ExprKind::Add) &&
          llvm::is_contained(Row.Step.operands(), Row.Variable));
}

/// The drift of one row from its step without noise.
Expr driftOf(const SystemCandidate &S, const SystemCandidate::Row &Row,
             Expr Quiet, Series &Expansion) {
  for (int K = std::min(Expansion.lowest(Quiet), 0); K < 2; ++K) {
    Expr C = Expansion.coefficient(Quiet, K);
    // A step of no time is no step.
    bool IsRegular =
        C && (K == 0 ? agreeEverywhere(C, Row.Variable, S) : C.isZero());
    if (!IsRegular)
      return Expr();
  }
  Expr Drift = Expansion.coefficient(Quiet, 2);
  return Drift && !hasUnknownDerivative(Drift) ? cancelDenominators(Drift)
                                               : Expr();
}

/// The noise terms of one row; false when one cannot be had.
bool readNoise(const SystemCandidate &S, SystemCandidate::Row &Row,
               const llvm::DenseMap<Expr, Expr> &NoNoise, Series &Expansion) {
  ExprArena &A = Row.Step.arena();
  for (const std::string &Xi : S.Xis) {
    Expr Slope = substitute(differentiate(Row.Step, A.symbol(Xi)), NoNoise);
    Expr Amplitude = Expansion.coefficient(Slope, 1);
    if (!Amplitude || hasUnknownDerivative(Amplitude))
      return false;
    if (!Amplitude.isZero())
      Row.Noise.push_back({Xi, Amplitude});
  }
  return true;
}

} // namespace

bool differentiateSteps(SystemCandidate &S) {
  Series Expansion(S.Rows[0].Variable.arena());
  llvm::DenseMap<Expr, Expr> NoNoise = withoutNoise(S);
  bool Found = false;
  for (SystemCandidate::Row &Row : S.Rows) {
    Row.Noise.clear();
    Row.Drift = driftOf(S, Row, substitute(Row.Step, NoNoise), Expansion);
    if (Row.Drift && !readNoise(S, Row, NoNoise, Expansion))
      Row.Drift = Expr();
    Found |= static_cast<bool>(Row.Drift);
  }
  return Found;
}

bool readStages(SystemCandidate &S) {
  Expr Dt = dtOf(S);
  bool Found = false;
  for (SystemCandidate::Row &Row : S.Rows) {
    Row.Drift = Row.FirstStage ? divideByDt(Row.FirstStage, Dt) : Expr();
    Row.Noise.clear();
    Found |= static_cast<bool>(Row.Drift);
  }
  return Found;
}

bool readExponentials(SystemCandidate &S) {
  Expr Dt = dtOf(S);
  bool Found = false;
  for (SystemCandidate::Row &Row : S.Rows) {
    ExprArena &A = Row.Step.arena();
    Row.Noise.clear();
    Row.Drift = Expr();
    Expr Quotient = Row.BOverA ? Row.BOverA : A.number(0);
    // (x + B/A)*exp(A*dt), or x + dt*B where the generator found no A.
    Expr Grown = Row.Step + Quotient;
    if (Grown.is(ExprKind::Mul)) {
      for (Expr Factor : Grown.operands())
        if (Factor.isCall("exp")) {
          Expr Slope = divideByDt(Factor.operand(0), Dt);
          Row.Drift = cancelDenominators((Row.Variable + Quotient) * Slope);
        }
    } else if (hasBareVariable(Row)) {
      Row.Drift = divideByDt(Row.Step - Row.Variable, Dt);
    }
    Found |= Row.Drift && Row.BOverA;
  }
  return Found;
}

void divideIncrements(SystemCandidate &S) {
  Expr Dt = dtOf(S);
  llvm::DenseMap<Expr, Expr> NoNoise = withoutNoise(S);
  for (SystemCandidate::Row &Row : S.Rows) {
    ExprArena &A = Row.Step.arena();
    Row.Noise.clear();
    Row.Drift = divideByDt(substitute(Row.Step, NoNoise) - Row.Variable, Dt);
    for (const std::string &Xi : S.Xis) {
      Expr Slope = substitute(differentiate(Row.Step, A.symbol(Xi)), NoNoise);
      if (!Slope.isZero())
        Row.Noise.push_back({Xi, Slope * pow(Dt, Rational(-1, 2))});
    }
  }
}

bool mergeDraws(SystemCandidate &S) {
  bool Changed = false;
  for (SystemCandidate::Row &Row : S.Rows) {
    Expr Merged = inBrianCalls(Row.Step);
    Changed |= Merged != Row.Step;
    Row.Step = Merged;
    if (Row.BOverA)
      Row.BOverA = inBrianCalls(Row.BOverA);
    if (Row.FirstStage)
      Row.FirstStage = inBrianCalls(Row.FirstStage);
  }
  return Changed;
}

bool mayBeEuler(const SystemCandidate &S) {
  Series Expansion(S.Rows[0].Variable.arena());
  llvm::DenseMap<Expr, Expr> NoNoise = withoutNoise(S);
  return llvm::all_of(S.Rows, [&](const SystemCandidate::Row &Row) {
    if (hasBareVariable(Row))
      return true;
    Expr AtZero = Expansion.coefficient(substitute(Row.Step, NoNoise), 0);
    return !AtZero || !agreeEverywhere(AtZero, Row.Variable, S);
  });
}

bool looksLikeEulerWithDt(const SystemCandidate &S) {
  Expr Dt = dtOf(S);
  bool HasFunctionOfDt = false;
  for (const SystemCandidate::Row &Row : S.Rows) {
    if (!hasBareVariable(Row))
      return false;
    visit(Row.Step, [&](Expr E) {
      HasFunctionOfDt |= E.is(ExprKind::Call) && contains(E, Dt);
    });
  }
  return HasFunctionOfDt;
}

bool isShiftedInTime(const SystemCandidate &S, const SystemCandidate &Derived) {
  static const Rational Fractions[] = {{1, 2}, {1, 1}, {1, 3}, {2, 3},
                                       {1, 4}, {3, 4}, {2, 5}, {3, 5}};
  Expr Dt = dtOf(S), T = Dt.arena().symbol("t");
  if (llvm::none_of(S.Rows,
                    [&](const auto &Row) { return contains(Row.Drift, Dt); }))
    return false;
  return llvm::any_of(Fractions, [&](const Rational &C) {
    return llvm::all_of(llvm::zip(S.Rows, Derived.Rows), [&](const auto &Pair) {
      Expr Increment = std::get<0>(Pair).Drift, F = std::get<1>(Pair).Drift;
      return F &&
             agreeEverywhere(Increment, substitute(F, {{T, T + C * Dt}}), S);
    });
  });
}

} // namespace brian2lift
