//===- Equations/Reintegrate.h - Is this the method, is this the equation? ===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Applies Brian2's integration methods to recovered equations and compares the
// result with the code's own step, at points and step sizes that are the same
// in every run. All values are balls (Expr/Evaluate.h), so that "equal to nine
// digits of the increment" is certain and not a matter of rounding.
//
//   ReintegrationResult R = reintegrate(System);
//   R.Equations[0].Methods      // {ExponentialEuler}: its step is the code's
//
// What it proves: at every point tried, the increment that the method makes of
// the equation is the increment of the code. What it does not: that the two
// agree at points not tried; terms that are tiny wherever it looked may differ.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EQUATIONS_REINTEGRATE_H
#define BRIAN2LIFT_EQUATIONS_REINTEGRATE_H

#include "Equations/Equations.h"
#include "llvm/ADT/StringSet.h"

namespace brian2lift {

/// A candidate: what the code does and the equations that may explain it.
struct SystemCandidate {
  struct Row {
    Expr Variable; ///< a symbol
    Expr Step;     ///< Phi, in old values, dt and the noise symbols
    Expr Drift;    ///< f; null when there is none (then its row cannot match)
    std::vector<NoiseTerm> Noise;
    /// The generator's own B/A of exponential Euler, and the first stage of a
    /// Runge-Kutta method, where the code names them; else null.
    Expr BOverA, FirstStage;
  };
  std::vector<Row> Rows;
  std::vector<std::string> Xis;
  /// Values that the code gives to names; points are chosen around them.
  std::vector<NamedConstant> Constants;
  /// Names that are true or false.
  llvm::StringSet<> Booleans;
};

/// Checks by row, in the order of the candidate's rows.
struct ReintegrationResult {
  std::vector<EquationCheck> Rows;
};

/// Compares with all of Brian2's methods but GSL's (which have no step of their
/// own in the code).
ReintegrationResult reintegrate(const SystemCandidate &S);

/// True when every row's step is consistent with *some* explicit method applied
/// to its equation; see EquationCheck::IsCustomMethod. The number of points is
/// left in `Points`.
bool isConsistentOneStepMethod(const SystemCandidate &S, unsigned &Points);

/// At how many points two expressions had the same value, and how far they were
/// from it at most.
struct Agreement {
  unsigned Points = 0;
  double MaxRelativeError = 0;
};

/// How far `A` and `B` have the same value at every point where both have one,
/// for the constants and booleans of `S`; nullopt when they do not.
std::optional<Agreement> agreement(Expr A, Expr B, const SystemCandidate &S);
bool agreeEverywhere(Expr A, Expr B, const SystemCandidate &S);

} // namespace brian2lift

#endif // BRIAN2LIFT_EQUATIONS_REINTEGRATE_H
