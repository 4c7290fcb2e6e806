//===- Units/Conventions.h - What names and sizes suggest ---------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A group of neurons has one free dimension at the median: whether `v` is a
// voltage. A person sees it at once, from `El = -0.049`, `Vt = -0.05` and the
// letters. So does this file: each free dimension is tried with each usual one,
// and every symbol that then has a dimension is asked how well its name and its
// value go with it. The best answer is assumed if it is better by far than the
// second best, else nothing is.
//
//   dv/dt = (El - v)/tau,  El = -0.049, Vt = -0.05      [v] is free
//   volt:            El fits, Vt fits, v fits           far the best: assumed
//   dimensionless:   -0.049 would be an odd number
//
//   du/dt = (a - u)/tau,  a = 2                         a voltage of 2 V? No.
//
//   dr/dt = (r_max*f(x) - r)/tau,  r_max = 90           90, or 90*Hz? Nothing.
//
// No single name decides: `I` was an ampere in 4 of 16 groups of the corpus, a
// voltage or a number in the others.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_UNITS_CONVENTIONS_H
#define BRIAN2LIFT_UNITS_CONVENTIONS_H

#include "Units/Solve.h"

namespace brian2lift {

/// What a symbol's name and values say about its dimension.
struct NamedValues {
  std::string Name;
  /// A constant's value; of a variable those that the code gives it.
  std::vector<double> Values;
  /// False for the result of a function (`f()`), which has neither.
  bool IsSymbol = true;
  /// Nothing may be assumed that would give it a dimension.
  bool IsDoubtful = false;
};

/// How well a dimension goes with a name and values: the higher, the better;
/// differences are what counts. In hundredths of a factor e.
int plausibility(const NamedValues &Symbol, const Dimension &D);

/// A dimension that is assumed of an unknown.
struct Assumption {
  unsigned Unknown;
  Dimension Dim;
  std::string Because; ///< `convention: El = -0.049: V, Vt = -0.05: V, v: V`
};

/// The next assumption that is safe to make about what the solver leaves free;
/// nullopt when there is none. `Symbols` has an entry for each unknown.
std::optional<Assumption> nextAssumption(const DimensionSolver &Solver,
                                         llvm::ArrayRef<NamedValues> Symbols);

} // namespace brian2lift

#endif // BRIAN2LIFT_UNITS_CONVENTIONS_H
