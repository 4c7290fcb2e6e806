//===- Readable/Readable.h - Expressions as an author would write them --===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An integration method multiplies out, folds numbers and differentiates; what
// is read back from its code is right and unreadable:
//
//   h*(-0.329137207652868*exp(-v/(18*mV))*exp(VT/(18*mV))/ms - 4/(ms +
//     2980.95798704173*ms*exp(-0.2*v/mV)*exp(0.2*VT/mV))) + ...
//
// Everybody knows it as
//
//   0.128*exp((17*mV + VT - v)/(18*mV))*(1 - h)/ms
//     - 4*h/(ms*(1 + exp((40*mV + VT - v)/(5*mV))))
//
// makeReadable turns the first into the second: it multiplies everything out
// (Terms.h), gives the sums in denominators one form each and cancels them
// (FLINT's polynomial algebra), takes factors out again where that makes the
// text shorter, and keeps the cheapest of what it was given and what it found,
// with the number of operations a reader sees as the cost. Each form is then
// compared with the one it was given at points; one that cannot be confirmed is
// not used.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_READABLE_READABLE_H
#define BRIAN2LIFT_READABLE_READABLE_H

#include "Equations/Reintegrate.h"
#include "llvm/ADT/StringSet.h"

namespace brian2lift {

/// What is known of the names in an expression.
struct ReadableNames {
  /// Variables with a differential equation: `(E - v)` is how one is written.
  llvm::StringSet<> StateVariables;
  /// Names that are true or false.
  llvm::StringSet<> Booleans;
  /// Values that the code gives to names: points are chosen around them.
  std::vector<NamedConstant> Constants;
  /// True when `pi` is a name of the author's and not Brian2's constant.
  bool HasOwnPi = false;
};

/// The readable forms of `Exprs`, in the same order and arena. An expression
/// without a better form, or too large for one, is returned as it is. The work
/// is bounded, and the same in every run. `Variables` has the variable x of
/// each expression that is dx/dt, null for others; or it is empty.
std::vector<Expr> makeReadable(llvm::ArrayRef<Expr> Exprs,
                               const ReadableNames &Names,
                               llvm::ArrayRef<Expr> Variables = {});

/// `E` with each number as a reader can take it, 17 digits at most; `E` itself
/// where that is another value for the constants and booleans of `Known`.
/// makeReadable's forms have such numbers; what is multiplied later may not.
Expr withPrintableNumbers(Expr E, const SystemCandidate &Known);

/// How much a reader has to read: operators, signs and calls count one each,
/// digits and names a little.
double readingCost(Expr E);

} // namespace brian2lift

#endif // BRIAN2LIFT_READABLE_READABLE_H
