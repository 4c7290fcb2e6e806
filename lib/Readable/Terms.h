//===- Readable/Terms.h - Sums of monomials -----------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The form between what a generator multiplied out and what an author wrote: a
// sum of terms, each a number times powers of atoms times one exponential.
//
//   0.32*g*exp(-v/k)/(1 + w)   is   0.32 * g**1 * (w + 1)**-1 * exp(-v/k)
//
// An atom is a name, a call, or a *kernel*: a sum that stays together because
// it stands in a denominator or under a root. Kernels are kept in one form
// (multiplied out, without a common factor, with a fixed sign), so that equal
// ones are the same node.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_READABLE_TERMS_H
#define BRIAN2LIFT_READABLE_TERMS_H

#include "Expr/Expr.h"
#include "llvm/ADT/SmallVector.h"

namespace brian2lift {

/// An atom to a power that is not zero.
struct Factor {
  Expr Base;
  Rational Power = 1;
  /// `int(condition)`: it is 0 or 1, and so its own square.
  bool IsTruth = false;
};

struct Summand {
  Rational Coefficient = 1;
  llvm::SmallVector<Factor, 4> Factors; ///< each base once, by id
  /// Argument of the exponential, multiplied out; zero where there is none.
  Expr Exponent;

  /// The factor with this base, or null.
  const Factor *find(Expr Base) const;
  /// The power of `Base`, zero where it is no factor.
  Rational powerOf(Expr Base) const;
  /// Of a root of a product the base is that product, as long as it is a root.
  void multiply(const Factor &F);
  void multiplyExp(Expr Argument);
  bool isNumber() const { return Factors.empty() && Exponent.isZero(); }
};

/// Distinct monomials, in order of first use.
using Sum = llvm::SmallVector<Summand, 4>;

Summand operator*(const Summand &A, const Summand &B);
/// To an integer power; the coefficient must not be zero.
Summand power(const Summand &T, long Exponent);
/// The product of the factors and the exponential, without the coefficient.
Expr monomialOf(ExprArena &A, const Summand &T);
Expr toExpr(ExprArena &A, const Summand &T);
Expr toExpr(ExprArena &A, llvm::ArrayRef<Summand> S);
/// Adds the coefficients of equal monomials.
Sum collect(ExprArena &A, llvm::ArrayRef<Summand> Terms);
/// `Factor` times a sum, term by term.
Expr scaled(Expr E, const Rational &Factor);
/// True where a function is called.
inline bool holdsCall(Expr E) {
  return holds(E, [](Expr Part) { return Part.is(ExprKind::Call); });
}
/// True for a sum, which a term may hold as a kernel.
inline bool isKernel(Expr E) { return E.is(ExprKind::Add); }

} // namespace brian2lift

#endif // BRIAN2LIFT_READABLE_TERMS_H
