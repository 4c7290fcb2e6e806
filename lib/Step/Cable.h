//===- Step/Cable.h - The current of a compartment ----------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A neuron with compartments has no update of v that could be differentiated:
// its code solves the cable equation for all compartments together. What its
// author wrote, the membrane current, goes into the linear system as
// Im = I - g*v: first one loop computes I and g for each compartment,
//
//   for (int i = 0; i < N; i++) {
//     const double _gtot = gl + gK*n*n*n*n;
//     const double _I0 = gl*El;
//     _ptr_array_axon__gtot_all[_idx] = _gtot;
//     _ptr_array_axon__I0_all[_idx] = _I0;
//
// then implicit Euler steps of each section use them, g in the diagonal of the
// matrix and I on the right-hand side:
//
//     _v_star[_j] = -(Cm[_j]/dt*v[_j]) - _I0_all[_j];
//     _bi = _ab_star1[_j] - _gtot_all[_j];
//
// By this use the two arrays are known, whatever they are called, and they may
// have no other one: then Im is what enters the cable equation. The rest of the
// solver is the same for every neuron and says nothing about the model: what is
// printed of Cm, Ri and the morphology are values of arrays, and whether the
// linear system is solved is not claimed.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_STEP_CABLE_H
#define BRIAN2LIFT_STEP_CABLE_H

#include "Step/Step.h"

namespace brian2lift {

/// Temporaries of `CableSolver::Compartment`.
inline constexpr llvm::StringLiteral CableCurrent = "_cable_current";
inline constexpr llvm::StringLiteral CableConductance = "_cable_conductance";

struct CableSolver {
  /// The solver's function, without all that follows the first loop and with
  /// the two values under the names above.
  Function Compartment;
};

/// Nullopt when `F` does not solve a cable equation in the form above.
std::optional<CableSolver> readCable(const Function &F, const CodeObjects &C,
                                     const ArrayNames &Names);

} // namespace brian2lift

#endif // BRIAN2LIFT_STEP_CABLE_H
