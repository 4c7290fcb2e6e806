//===- Equations/Series.h - Expansion of a step in sqrt(dt) -------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Noise enters a step as sqrt(dt)*xi, and the derivative-free Milstein method
// divides by sqrt(dt), so a plain derivative at dt = 0 meets 0/0. With
// h = sqrt(dt) every step is a Laurent series in h, and its coefficients are
// computed one by one, lazily and memoised:
//
//   Series S(A);
//   S.coefficient(Phi, 2)      // what dt is multiplied with: the drift
//   S.coefficient(Phi, 0)      // the value at dt = 0: the variable itself
//
// A factor that is zero is never multiplied with, so that functions without a
// derivative (floor, clip, a TimedArray) are no obstacle: theirs is always
// multiplied by zero when the equation comes from a one-step method.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EQUATIONS_SERIES_H
#define BRIAN2LIFT_EQUATIONS_SERIES_H

#include "Expr/Expr.h"

namespace brian2lift {

class Series {
public:
  explicit Series(ExprArena &A) : A(A), Dt(A.symbol("dt")) {}

  /// The coefficient of dt**(K/2); null when it does not exist (an essential
  /// singularity) or needs a derivative that is not known.
  Expr coefficient(Expr E, int K);
  /// A lower bound of the orders that occur.
  int lowest(Expr E);

private:
  ExprArena &A;
  Expr Dt;
  llvm::DenseMap<Expr, int> Lows;
  llvm::DenseMap<Expr, bool> HasDt;
  llvm::DenseMap<std::pair<Expr, int>, Expr> Known;
  unsigned Depth = 0;

  bool dependsOnDt(Expr E);
  /// The order of the first coefficient that is not zero; nullopt when none of
  /// the first few is.
  std::optional<int> valuation(Expr E);
  Expr compute(Expr E, int K);
  Expr ofProduct(llvm::ArrayRef<Expr> Factors, int K);
  Expr ofPower(Expr E, int K);
  Expr ofFunction(Expr E, int K);
};

/// True for functions and comparisons whose derivative is zero wherever it
/// exists (floor, int, sign, `//`, timestep).
bool isPiecewiseConstant(Expr E);

} // namespace brian2lift

#endif // BRIAN2LIFT_EQUATIONS_SERIES_H
