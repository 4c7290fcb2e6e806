//===- Expr/Arrange.h - In which order an author writes -----------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A sum and a product are sets of operands. On paper they have an order, and a
// product has a bar with something below it. Both are decided here once, so
// that every notation (Brian's syntax, MathML) shows the same formula.
//
//   Product P = arrangeProduct(E, &Ranks);      // E is -gNa*m**3*(ENa - v)/Cm
//   P.Factors                                   // gNa, m**3, (ENa - v)
//   P.Divisors                                  // Cm**-1
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EXPR_ARRANGE_H
#define BRIAN2LIFT_EXPR_ARRANGE_H

#include "Expr/Text.h"
#include "llvm/ADT/SmallVector.h"

namespace brian2lift {

/// A product without its sign: `Above*Factors/(Below*Divisors)`.
struct Product {
  Rational Above = 1; ///< positive; has a decimal form
  Rational Below = 1; ///< positive; has a decimal form
  llvm::SmallVector<Expr, 8> Factors;
  llvm::SmallVector<Expr, 4> Divisors; ///< powers with negative exponents
};

/// The order and the bar of a Mul, or of a power with a negative exponent.
/// Without ranks, the order is the arena's.
Product arrangeProduct(Expr E, const NameRanks *Ranks);

/// The terms of an Add in order: positive ones first, numbers last among each,
/// but `1 + exp(x)`.
llvm::SmallVector<Expr, 8> arrangeSum(Expr Sum, const NameRanks *Ranks);

/// True for a power with a negative number as exponent: it goes below the bar.
bool isReciprocal(Expr E);

} // namespace brian2lift

#endif // BRIAN2LIFT_EXPR_ARRANGE_H
