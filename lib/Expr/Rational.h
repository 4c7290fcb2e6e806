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
// by FLINT (fmpq); FLINT itself is not visible outside this room. Nearly all
// numbers are small, and building expressions copies them all the time: what is
// simple for those is done here, without a call of FLINT.
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
#include <utility>

namespace brian2lift {

/// An exact rational number, always in lowest terms with positive denominator.
class Rational {
public:
  Rational() : Words{0, 1} {}
  Rational(long Integer) // NOLINT(google-explicit-constructor): a number is one
      : Words{0, 1} {
    if (Integer >= -LargestSmall && Integer <= LargestSmall)
      Words[0] = Integer;
    else
      set(Integer);
  }
  Rational(int Integer) : Words{Integer, 1} {} // NOLINT
  Rational(long Numerator, long Denominator);
  Rational(const Rational &O) : Words(O.Words) {
    if (!isSmall())
      copy(O);
  }
  Rational(Rational &&O) noexcept : Words(O.Words) { O.Words = {0, 1}; }
  Rational &operator=(const Rational &O) {
    if (isSmall() && O.isSmall())
      Words = O.Words;
    else
      assign(O);
    return *this;
  }
  Rational &operator=(Rational &&O) noexcept {
    std::swap(Words, O.Words);
    return *this;
  }
  ~Rational() {
    if (!isSmall())
      clear();
  }

  /// Reads a C++ literal, decimal or hexadecimal, with exponent and without
  /// suffix (`- 0.07` is not a literal). Nullopt on anything else, and for an
  /// exponent beyond the range of double, which would cost unbounded memory.
  static std::optional<Rational> fromDecimal(llvm::StringRef Text);
  /// The exact value of a finite double.
  static Rational fromDouble(double Value);

  bool isZero() const { return Words[0] == 0; }
  bool isOne() const { return Words[0] == 1 && Words[1] == 1; }
  bool isInteger() const { return Words[1] == 1; }
  int sign() const { ///< -1, 0 or 1
    return isSmall() ? (Words[0] > 0) - (Words[0] < 0) : signOfLarge();
  }
  /// The value when it is an integer that fits.
  std::optional<long> toLong() const;
  /// The nearest double.
  double toDouble() const;
  /// `3/4`, `-7`.
  std::string toString() const;
  /// A finite decimal fraction as an author would write it (`0.0032`, `1e-12`,
  /// `250`); nullopt when the denominator has other primes than 2 and 5.
  std::optional<std::string> toDecimal() const;
  /// True where there is a toDecimal().
  bool isDecimal() const;
  Rational numerator() const;
  Rational denominator() const;
  Rational abs() const;
  /// Number of decimal digits needed for numerator and denominator together, a
  /// measure of how complicated the number looks.
  unsigned digits() const;
  /// The digits of a decimal fraction between its first and last that are not
  /// 0 (two of 0.0250), 1 of zero; digits() where there is no toDecimal().
  unsigned significantDigits() const;

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
  bool operator==(const Rational &O) const {
    return isSmall() && O.isSmall() ? Words == O.Words : isEqual(O);
  }
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

  /// FLINT keeps integers up to this one in the word itself; in a word that is
  /// a pointer, the upper two bits are 01.
  static constexpr long LargestSmall = (1L << 62) - 1;
  static bool isSmall(std::intptr_t Word) {
    return static_cast<std::uintptr_t>(Word) >> 62 != 1;
  }
  bool isSmall() const { return isSmall(Words[0]) && isSmall(Words[1]); }

  void set(long Integer);
  void copy(const Rational &O); ///< into one that is nothing yet
  void assign(const Rational &O);
  void clear();
  int signOfLarge() const;
  bool isEqual(const Rational &O) const;
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
