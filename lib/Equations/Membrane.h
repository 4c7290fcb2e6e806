//===- Equations/Membrane.h - The membrane current of a compartment -----===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The cable equation is solved with the membrane current as a line through the
// present v: Brian2 writes g = -dIm/dv and I = Im + g*v into the code. So
//
//   Im = I - g*v
//
// is the author's equation whatever it looks like, also where it is no line
// (an exponential spike current, a GHK current). And the code can be caught
// lying: differentiated by v, the recovered Im must give -g again.
//
//   _gtot = gl + gNa*m**3*h               Im = gl*El + ENa*gNa*m**3*h + I/area
//   _I0 = gl*El + ENa*gNa*m**3*h + I/area      - (gl + gNa*m**3*h)*v
//
// A point current of the author (`I : amp (point current)`) is a term I/area.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EQUATIONS_MEMBRANE_H
#define BRIAN2LIFT_EQUATIONS_MEMBRANE_H

#include "Equations/Equations.h"

namespace brian2lift {

struct MembraneCurrent {
  Expr Total; ///< null when it could not be confirmed or read
  EquationCheck Check;
  std::vector<SourcePlace> Sources;
};

/// Reads the current out of the step of a compartment (Step/Cable.h).
MembraneCurrent recoverMembraneCurrent(const Step &S);

/// A membrane current with some of its terms taken for point currents.
struct PointCurrents {
  Expr Rest;                      ///< what is left of the membrane current
  std::vector<std::string> Names; ///< variables I with a term I/area
};

/// Takes out the terms `I/area` of variables that are `Eligible` and occur
/// nowhere else in the current.
PointCurrents
separatePointCurrents(Expr Total,
                      llvm::function_ref<bool(llvm::StringRef)> Eligible);

} // namespace brian2lift

#endif // BRIAN2LIFT_EQUATIONS_MEMBRANE_H
