//===- Readable/Numbers.h - Literals that somebody wrote ----------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A generator folds `0.128*exp(17/18)` to 0.329137207652868 and sqrt(2) to
// 1.4142135623731. A literal of that many digits that is a short one times
// exp(p/q), or the root of a short one, to all its digits, was that: the chance
// that it happens to fit is one in ten thousand million for each p/q tried.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_READABLE_NUMBERS_H
#define BRIAN2LIFT_READABLE_NUMBERS_H

#include "Expr/Rational.h"
#include "llvm/ADT/BitVector.h"
#include <map>
#include <optional>
#include <set>

namespace brian2lift {

/// More digits than authors write.
inline bool isLong(const Rational &R) { return R.significantDigits() > 6; }

/// A decimal of at most six digits, or one of at most three over 3, 7, 9, 11 or
/// 13 (0.333333333333326 is 1/3), that is `R` but for rounding errors; `R`
/// itself when there is none.
Rational shortened(const Rational &R);

/// `R` as Factor*exp(Exponent).
struct FoldedExp {
  Rational Factor;   ///< of at most three digits
  Rational Exponent; ///< a multiple of a step
};

/// Of which numbers exponents may be multiples.
struct ExponentSteps {
  /// Of 1/(1000*q): in (v + 17.25*mV)/(18*mV) q is 18.
  std::set<long> Denominators;
  /// Of a hundredth: in exp(0.0624*(v/mV + 53.3)) it is 0.0624.
  std::set<Rational> Slopes;
};

/// Finds it by trying all factors; most numbers are tried in vain. After some
/// tries it knows for each denominator which numbers cannot be of that form.
class ExpUnfolder {
public:
  static constexpr size_t TableSize = 1U << 20U;

  std::optional<FoldedExp> unfold(const Rational &R,
                                  const ExponentSteps &Steps);

private:
  /// A table costs as much as some tries.
  static constexpr unsigned FewTries = 4;
  struct Table {
    unsigned Tries = 0;
    llvm::BitVector Possible;
  };
  std::map<Rational, Table> Tables; ///< by step

  /// The exponent is one of the first `Last` multiples of `Step`, up or down.
  std::optional<FoldedExp> search(double Value, const Rational &Step,
                                  long Last);
  static void fill(Table &T, double PerStep);
};

/// The short number P for which `R` is 1/(1 + exp(P)) but for rounding errors.
std::optional<Rational> unfoldLogistic(const Rational &R);

/// The fraction of two short numbers whose square root is `R` but for rounding
/// errors: 2/9 for 0.471404520791032.
std::optional<Rational> unfoldRoot(const Rational &R);

/// (Factor*pi)**Power.
struct FoldedPi {
  Rational Factor; ///< of at most three digits, or that over 3, 7, 9, 11, 13
  Rational Power;  ///< 1, -1, 1/2 or -1/2
};
/// `R` as that, but for rounding errors: 6.28318530717959 is 2*pi. `R` is not
/// negative.
std::optional<FoldedPi> unfoldPi(const Rational &R);

/// `R`, or where its text has more than 17 digits in a row, the decimal that
/// Python prints for the nearest double.
Rational printable(const Rational &R);

} // namespace brian2lift

#endif // BRIAN2LIFT_READABLE_NUMBERS_H
