//===- Expr/Rational.h - Exact numbers ----------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A literal of the C++ is a decimal fraction that somebody wrote or a generator
// printed; rounding it to a double and back would change the equation that is
// read. Numbers in expressions are therefore exact rationals of any size, kept
// by FLINT (fmpq); FLINT itself is not visible outside this room.
//
//   Rational A = *Rational::fromDecimal("0.25");   // 1/4
//   A * Rational(6)                                // 3/2
//   (A / Rational(3)).toString()                   // "1/12"
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EXPR_RATIONAL_H
#define BRIAN2LIFT_EXPR_RATIONAL_H

#include "llvm/ADT/StringRef.h"
#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace brian2lift {

/// An exact rational number, always in lowest terms with positive denominator.
class Rational {
public:
  Rational() : Rational(0L) {}
  Rational(
      long Integer); // NOLINT(google-explicit-constructor): a number is one
  Rational(int Integer) : Rational(static_cast<long>(Integer)) {} // NOLINT
  Rational(long Numerator, long Denominator);
  Rational(const Rational &O);
  Rational(Rational &&O) noexcept;
  Rational &operator=(const Rational &O);
  Rational &operator=(Rational &&O) noexcept;
  ~Rational();

  /// Reads a C++ literal, decimal or hexadecimal, with exponent and without
  /// suffix (`- 0.07` is not a literal). Nullopt on anything else, and for an
  /// exponent beyond the range of double, which would cost unbounded memory.
  static std::optional<Rational> fromDecimal(llvm::StringRef Text);
  /// The exact value of a finite double.
  static Rational fromDouble(double Value);

  bool isZero() const;
  bool isOne() const;
  bool isInteger() const;
  int sign() const; ///< -1, 0 or 1
  /// The value when it is an integer that fits.
  std::optional<long> toLong() const;
  /// The nearest double.
  double toDouble() const;
  /// `3/4`, `-7`.
  std::string toString() const;
  /// A finite decimal fraction as an author would write it (`0.0032`, `1e-12`,
  /// `250`); nullopt when the denominator has other primes than 2 and 5.
  std::optional<std::string> toDecimal() const;
  Rational numerator() const;
  Rational denominator() const;
  Rational abs() const;
  /// Number of decimal digits needed for numerator and denominator together, a
  /// measure of how complicated the number looks.
  unsigned digits() const;

  /// This number to an integer power; the base must not be zero when the power
  /// is negative.
  Rational pow(long Exponent) const;
  /// The exact root, where there is a rational one.
  std::optional<Rational> root(unsigned long N) const;

  Rational operator-() const;
  Rational operator+(const Rational &O) const;
  Rational operator-(const Rational &O) const;
  Rational operator*(const Rational &O) const;
  /// `O` must not be zero.
  Rational operator/(const Rational &O) const;
  bool operator==(const Rational &O) const;
  bool operator!=(const Rational &O) const { return !(*this == O); }
  bool operator<(const Rational &O) const;

  /// The largest number of which both are integer multiples; zero for zeros.
  static Rational gcd(const Rational &A, const Rational &B);

  size_t hash() const;

  /// FLINT's fmpq, for this room only (RationalImpl.h names the type).
  const void *raw() const { return Words.data(); }
  void *raw() { return Words.data(); }

private:
  /// Numerator and denominator as FLINT's tagged words (fmpq is two of them).
  std::array<std::intptr_t, 2> Words;
};

/// The simplest fraction (smallest denominator) that rounds to the same
/// decimal as `Decimal` does at `Digits` significant digits: 0.0555555555555556
/// is 1/18. Generators print 15 digits (sympy's default precision), so a
/// fraction that fits them with a small denominator is what was folded.
/// Returns `Decimal` itself when no fraction with a denominator up to
/// `MaxDenominator`, and with clearly fewer digits, fits.
Rational simplestFraction(const Rational &Decimal, unsigned Digits,
                          long MaxDenominator);

} // namespace brian2lift

#endif // BRIAN2LIFT_EXPR_RATIONAL_H
