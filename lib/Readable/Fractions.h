//===- Readable/Fractions.h - Numerators and denominators ---------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For .cpp files of this room only. Exponential Euler needs A and B of
// dx/dt = A*x + B, and sympy multiplies both out, denominators too. Of
//
//   dx/dt = (x_inf - x)/tau,  x_inf = 1/(1 + exp((v + s)/k))**4
//
// it leaves in B the product of tau and five exponentials, a fraction of
// fractions with numbers of 15 digits. That these numbers were short and that
// tau divides the product is seen only when B/A is one fraction of two
// polynomials; and only within rounding errors, so that exact algebra (the
// polynomials of Expr) finds no common factor.
//
// Here an expression becomes one fraction. Exponentials of names are variables
// of the polynomials, exponentials of numbers are multiplied into doubles;
// what is left of a difference by rounding counts as zero. What is made of it
// is compared with what was given in the end, as every readable form is.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_READABLE_FRACTIONS_H
#define BRIAN2LIFT_READABLE_FRACTIONS_H

#include "Expr/Expr.h"

namespace brian2lift {

/// `E` as one fraction without common factors, with denominators of one term
/// where they can be: exp(u)/(exp(u) + 1)/3 + 1/(exp(u) + 1)/3 is 1/3. Null
/// where it holds what is no fraction (truths), or becomes too large.
Expr asOneFraction(Expr E);

} // namespace brian2lift

#endif // BRIAN2LIFT_READABLE_FRACTIONS_H
