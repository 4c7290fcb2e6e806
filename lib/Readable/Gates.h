//===- Readable/Gates.h - The parts of a gating variable's equation -----===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Ion channels are written with rates or with a steady state (Hodgkin and
// Huxley 1952):
//
//   dm/dt = alpha_m*(1 - m) - beta_m*m
//   dh/dt = (h_inf - h)/tau_h
//
// The code has the parts in place. Where they are large, a reader sees the
// channel only when they have names again; those the code does not know, but
// everybody gives them the same ones.
//
//   findGate(0.128*exp(-v/k)*(1 - h)/ms - 4*h/(ms*(1 + exp(v/k))), h)
//     // Alpha = 0.128*exp(-v/k)/ms, Beta = 4/(ms*(1 + exp(v/k)))
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_READABLE_GATES_H
#define BRIAN2LIFT_READABLE_GATES_H

#include "Expr/Expr.h"
#include <optional>

namespace brian2lift {

/// Either both rates, or a steady state with or without a time constant.
struct GateParts {
  Expr Alpha, Beta;  ///< per second; null in the other form
  Expr SteadyState;  ///< null with rates
  Expr TimeConstant; ///< seconds; null where it is too small for a name
  Expr Scale;        ///< what `SteadyState - x` is multiplied by, without
                     ///< the time constant; null with rates
};

/// The parts of a right-hand side that has one of the two forms; nullopt for
/// others, and where the parts are no larger than names.
std::optional<GateParts> findGate(Expr RightHandSide, Expr Variable);

} // namespace brian2lift

#endif // BRIAN2LIFT_READABLE_GATES_H
