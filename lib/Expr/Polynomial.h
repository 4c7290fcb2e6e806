//===- Expr/Polynomial.h - Factoring and exact division -----------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a generator multiplied out can only be taken apart by real polynomial
// algebra. FLINT does it (fmpq_mpoly; Hart, "Fast Library for Number Theory",
// ICMS 2010); these are plain values around two of its verbs, so that FLINT
// stays in this room.
//
//   Polynomial P(2);                        // in x and y
//   P.add(1, {2, 0}); P.add(-1, {0, 2});    // x**2 - y**2
//   factorize(P)->Factors                   // x - y, x + y
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EXPR_POLYNOMIAL_H
#define BRIAN2LIFT_EXPR_POLYNOMIAL_H

#include "Expr/Rational.h"
#include <optional>
#include <vector>

namespace brian2lift {

/// A sparse polynomial with rational coefficients in numbered variables.
struct Polynomial {
  /// One exponent a variable.
  using Exponents = std::vector<unsigned long>;
  struct Monomial {
    Rational Coefficient;
    Exponents Powers;
  };

  explicit Polynomial(unsigned Variables) : Variables(Variables) {}
  void add(const Rational &Coefficient, Exponents Powers) {
    Terms.push_back({Coefficient, std::move(Powers)});
  }

  unsigned Variables;
  std::vector<Monomial> Terms; ///< any order; equal monomials add up
};

/// `A`/`B` where nothing is left over. `B` must not be zero.
std::optional<Polynomial> divideExactly(const Polynomial &A,
                                        const Polynomial &B);

/// A polynomial as Content times the Factors to their powers.
struct Factorization {
  struct Factor {
    Polynomial P; ///< irreducible over the rationals, with integer coefficients
                  ///< that have no common divisor
    unsigned long Power;
  };
  Rational Content;
  std::vector<Factor> Factors; ///< none for a constant
};

/// Nullopt when FLINT gives up, and for zero.
std::optional<Factorization> factorize(const Polynomial &P);

} // namespace brian2lift

#endif // BRIAN2LIFT_EXPR_POLYNOMIAL_H
