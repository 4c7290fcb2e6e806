//===- Units/Fraction.h - Small exact exponents -------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Exponents of units are tiny (`s**-0.5`, `m**3`), and solving for the units of
// a group does tens of thousands of operations on them. Expr's Rational has no
// limit and pays for it; this one fits a register. What does not fit becomes
// invalid, stays invalid, and is never taken for a number.
//
//   Fraction(1, 2) + Fraction(1, 3)             // 5/6
//   Fraction(1, 3).toDouble()                   // 0.3333333333333333
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_UNITS_FRACTION_H
#define BRIAN2LIFT_UNITS_FRACTION_H

#include <cstdint>
#include <limits>

namespace brian2lift {

/// A fraction in lowest terms with a positive denominator; the denominator of
/// an invalid one is zero.
class Fraction {
public:
  constexpr Fraction() = default;
  constexpr Fraction(int Integer) : Num(Integer) {} // NOLINT: a number is one
  constexpr Fraction(int64_t Numerator, int64_t Denominator) {
    assign(Numerator, Denominator);
  }

  constexpr int32_t numerator() const { return Num; }
  constexpr int32_t denominator() const { return Den; }
  constexpr bool isValid() const { return Den != 0; }
  constexpr bool isZero() const { return Num == 0 && Den != 0; }
  constexpr bool isInteger() const { return Den == 1; }
  constexpr double toDouble() const {
    return static_cast<double>(Num) / static_cast<double>(Den);
  }

  constexpr Fraction operator-() const { return Fraction(-int64_t(Num), Den); }
  constexpr Fraction operator+(Fraction O) const {
    if (Den == 1 && O.Den == 1)
      return Fraction(int64_t(Num) + O.Num, 1);
    return Fraction(int64_t(Num) * O.Den + int64_t(O.Num) * Den,
                    int64_t(Den) * O.Den);
  }
  constexpr Fraction operator-(Fraction O) const { return *this + -O; }
  constexpr Fraction operator*(Fraction O) const {
    return Fraction(int64_t(Num) * O.Num, int64_t(Den) * O.Den);
  }
  /// Invalid when `O` is zero.
  constexpr Fraction operator/(Fraction O) const {
    return O.isValid() ? Fraction(int64_t(Num) * O.Den, int64_t(Den) * O.Num)
                       : O;
  }
  /// An invalid fraction equals nothing.
  constexpr bool operator==(Fraction O) const {
    return Num == O.Num && Den == O.Den && Den != 0;
  }
  constexpr bool operator!=(Fraction O) const { return !(*this == O); }

private:
  constexpr void assign(int64_t N, int64_t D) {
    constexpr int64_t Limit = std::numeric_limits<int32_t>::max();
    if (D == 1 && N <= Limit && N >= -Limit) {
      // Nearly all there are.
      Num = static_cast<int32_t>(N);
      return;
    }
    if (D < 0) {
      N = -N;
      D = -D;
    }
    int64_t A = N < 0 ? -N : N, B = D;
    if (D > 1)
      while (A != 0) {
        int64_t R = B % A;
        B = A;
        A = R;
      }
    else
      B = 1;
    N /= B;
    D /= B;
    bool Fits = D != 0 && D <= Limit && N <= Limit && N >= -Limit;
    Num = Fits ? static_cast<int32_t>(N) : 0;
    Den = Fits ? static_cast<int32_t>(D) : 0;
  }

  int32_t Num = 0;
  int32_t Den = 1;
};

} // namespace brian2lift

#endif // BRIAN2LIFT_UNITS_FRACTION_H
