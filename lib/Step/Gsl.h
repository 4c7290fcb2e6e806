//===- Step/Gsl.h - State updaters that call the GSL --------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// With a gsl_* method the code holds no step of its own: it hands the
// right-hand sides to the GNU Scientific Library as a function
// (codegen/generators/ GSL_generator.py).
//
//   int _GSL_func(double t, const double _GSL_y[], double f[], void *params) {
//     const double v = _GSL_y[0];
//     f[0] = _GSL_dataholder->_lio_1 * (E - v);
//
// The equations are there in plain sight, so the function is rewritten as one
// Euler step of them, `v = v + dt*f[0]`, and read like any other state updater.
// Which variable f[0] belongs to follows from what fills the library's vector
// and what comes out of it; where those are put together in another way, or
// another span of time than dt is asked for, the variables are lost (an Unknown
// statement in the loop writes them). How exact the library is told to be is
// not read.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_STEP_GSL_H
#define BRIAN2LIFT_STEP_GSL_H

#include "CodeObject/CodeObject.h"
#include "Step/Step.h"

namespace brian2lift {

struct GslStateUpdater {
  Function EulerStep;   ///< of the equations, in the form of a state updater
  std::string StepType; ///< `rk4` of `gsl_odeiv2_step_rk4`
};

/// Nullopt when `StateUpdater` does not use the GSL. `Names` serves variables
/// that no right-hand side reads.
std::optional<GslStateUpdater> readGsl(const Function &StateUpdater,
                                       const CodeObjects &C,
                                       const ArrayNames &Names);

} // namespace brian2lift

#endif // BRIAN2LIFT_STEP_GSL_H
