//===- Equations/Candidates.h - Where an equation can be read from ------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The derivative at dt = 0 finds every equation but one kind: those that hold
// dt themselves (`dv/dt = (1 - v)/(tau + dt)`). For these, f stands elsewhere
// in the code of each method:
//
//   euler                 (Phi - x)/dt                       divideIncrements
//   heun, milstein        the same without noise             divideIncrements
//   rk2, rk4              the first stage k = dt*f           readStages
//   exponential_euler     (x + BA)*A in (x + BA)*exp(A*dt) - BA
//                                                            readExponentials
//
// Each function here fills in the drifts and noise terms of a candidate;
// whether they are right is for reintegrate() to say.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EQUATIONS_CANDIDATES_H
#define BRIAN2LIFT_EQUATIONS_CANDIDATES_H

#include "Equations/Reintegrate.h"

namespace brian2lift {

/// f and g as coefficients of the step's series at dt = 0. Rows whose step has
/// no such series, or is not x at dt = 0, get no drift; false when none has
/// one.
bool differentiateSteps(SystemCandidate &S);

/// f = k/dt where the code names the first stage of a method; false when it
/// names none.
bool readStages(SystemCandidate &S);

/// f out of exponential Euler's form; false when no row has it.
bool readExponentials(SystemCandidate &S);

/// f = (Phi - x)/dt without noise, and g = dPhi/dxi / sqrt(dt).
void divideIncrements(SystemCandidate &S);

/// Makes one random number of the several that the stages of a method draw for
/// the same `rand()`; false when the steps draw none.
bool mergeDraws(SystemCandidate &S);

/// True when the steps could be Euler's: each is x plus something, or is not
/// even x at dt = 0 (which only an equation with dt explains).
bool mayBeEuler(const SystemCandidate &S);

/// True when a solution of linear equations is unlikely although the steps may
/// solve some: Euler's step always has the term x by itself, and a solution has
/// it in every row only when no row has an exponential.
bool looksLikeEulerWithDt(const SystemCandidate &S);

/// True when the drifts of `S` (increments over dt) are those of `Derived` at a
/// later time t + c*dt, and hold dt in no other way: some method of the user's.
bool isShiftedInTime(const SystemCandidate &S, const SystemCandidate &Derived);

} // namespace brian2lift

#endif // BRIAN2LIFT_EQUATIONS_CANDIDATES_H
