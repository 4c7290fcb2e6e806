//===- Equations/Points.h - Where expressions are compared --------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Points at which two readings of a step are compared: the same in every run,
// near the values that the code itself uses. Constants vary around their own
// value; variables take the magnitudes of the constants, of both signs at every
// other point (roots and logarithms want positive ones); dt goes from a tenth
// of a millisecond to a second, because small steps do not tell a fourth-order
// method from an exact one.
//
// An equation may change far from there: `int(t % (50*second) < 20*second)`. So
// there are points of a second kind, at which t and the variables are as large
// as any number of the code, `(50*second)` too. And `exp((v - VT)/DeltaT)` is
// next to nothing or beyond all bounds but where v is nearly VT, so that at
// every other one of them the variables have nearly the values of constants.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EQUATIONS_POINTS_H
#define BRIAN2LIFT_EQUATIONS_POINTS_H

#include "Expr/Evaluate.h"
#include "Step/Step.h"
#include "llvm/ADT/StringSet.h"

namespace brian2lift {

class PointSource {
public:
  /// `Roots` are the expressions that will be evaluated.
  PointSource(llvm::ArrayRef<Expr> Roots,
              llvm::ArrayRef<NamedConstant> Constants,
              const llvm::StringSet<> &Booleans);

  /// The symbols' values at point number `Index`, as doubles (exact numbers,
  /// so that a point can be evaluated again with more bits).
  std::vector<std::pair<Expr, double>> point(unsigned Index) const;
  /// The same in the ranges of all the code's numbers, and near its constants.
  std::vector<std::pair<Expr, double>> farPoint(unsigned Index) const;

private:
  std::vector<Expr> Symbols;
  std::vector<double> Scales, FarScales, Nearby;
  std::vector<double> Times; ///< that t is compared with, or divided by
  llvm::StringMap<double> ConstantValues;
  llvm::StringSet<> Booleans;
};

} // namespace brian2lift

#endif // BRIAN2LIFT_EQUATIONS_POINTS_H
