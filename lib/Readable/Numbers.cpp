//===- Readable/Numbers.cpp ---------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Readable/Numbers.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>
#include <vector>

namespace brian2lift {

namespace {

/// Fifteen digits, and what a product of two such numbers loses.
constexpr double Rounding = 3e-14;
/// exp(±30) is farther than any exponent that was folded so far.
constexpr double LargestExponent = 30;
constexpr unsigned FactorDigits = 3, ShortDigits = 6;

/// The decimal of `Digits` digits next to `Value`, if it is that.
std::optional<Rational> shortDecimal(double Value, unsigned Digits) {
  double Magnitude = std::fabs(Value);
  if (!std::isfinite(Value) || !(Magnitude > 0))
    return std::nullopt;
  long Shift = static_cast<long>(Digits) - 1 -
               static_cast<long>(std::floor(std::log10(Magnitude)));
  double Scaled = Magnitude * std::pow(10.0, static_cast<double>(Shift));
  double Whole = std::round(Scaled);
  if (std::fabs(Scaled - Whole) > Rounding * Scaled)
    return std::nullopt;
  Rational Result =
      Rational(static_cast<long>(Whole)) * Rational(10).pow(-Shift);
  return Value < 0 ? -Result : Result;
}

/// The denominators of exponents to try; one that divides another adds nothing.
/// Authors' numbers have a decimal more than their quotients.
std::vector<long> largestMultiples(const std::set<long> &Denominators) {
  std::vector<long> Result;
  for (long Q : llvm::reverse(Denominators))
    if (llvm::none_of(Result,
                      [&](long Other) { return Other % (10 * Q) == 0; }))
      Result.push_back(10 * Q);
  return Result;
}

/// Of a number below 1000.
bool isNearInteger(double Value) {
  // Adding this rounds to an integer.
  constexpr double Magic = 6755399441055744.0; // 1.5 * 2**52
  double Rounded = (Value + Magic) - Magic;
  double Off = Value - Rounded;
  return Off < 1e-8 && Off > -1e-8;
}

/// Times a power of ten, so that three digits are an integer.
double betweenHundredAndThousand(double Value) {
  double Magnitude = std::fabs(Value);
  return Magnitude * std::pow(10.0, 2 - std::floor(std::log10(Magnitude)));
}

} // namespace

Rational shortened(const Rational &R) {
  if (!isLong(R))
    return R;
  auto Short = shortDecimal(R.toDouble(), ShortDigits);
  return Short ? *Short : R;
}

std::optional<FoldedExp>
ExpUnfolder::unfold(const Rational &R, const std::set<long> &Denominators) {
  double Value = R.toDouble();
  if (!std::isfinite(Value) || Value == 0)
    return std::nullopt;
  for (long Q : largestMultiples(Denominators)) {
    Table &T = Tables[Q];
    if (++T.Tries == FewTries)
      fill(T, Q);
    if (T.Tries >= FewTries && !mayBeFolded(T, Value, Q))
      continue;
    if (auto Found = search(Value, Q))
      return Found;
  }
  return std::nullopt;
}

/// Where Q*log(X) stands between two integers, as a number of the table.
static size_t placeOf(double QLogX) {
  return static_cast<size_t>((QLogX - std::floor(QLogX)) *
                             ExpUnfolder::TableSize) %
         ExpUnfolder::TableSize;
}

/// `Value` is Factor*10**k*exp(p/Q) only if Q*log(Value) and
/// Q*log(Factor*10**k) have the same fractional part.
void ExpUnfolder::fill(Table &T, long Q) {
  T.Possible.resize(TableSize);
  // Factors of up to three digits, k so that |p/Q| has its limit.
  static const double Log10 = std::log(10.0);
  auto Decades = static_cast<int>(LargestExponent / Log10) + 2;
  for (int Factor = 100; Factor < 1000; ++Factor) {
    double Log = std::log(Factor);
    for (int K = -Decades; K <= Decades; ++K) {
      size_t Place = placeOf(static_cast<double>(Q) * (Log + K * Log10));
      // What rounding moves is far less than one place.
      T.Possible.set((Place + TableSize - 1) % TableSize);
      T.Possible.set(Place);
      T.Possible.set((Place + 1) % TableSize);
    }
  }
}

bool ExpUnfolder::mayBeFolded(const Table &T, double Value, long Q) {
  double Log = std::log(betweenHundredAndThousand(Value));
  return T.Possible.test(placeOf(static_cast<double>(Q) * Log));
}

std::optional<FoldedExp> ExpUnfolder::search(double Value, long Q) {
  double Start = betweenHundredAndThousand(Value);
  // One multiplication for each p; what that loses in the end (1e-12) is less
  // than what is let through to the exact test.
  double Up = std::exp(1 / static_cast<double>(Q)), Down = 1 / Up;
  double Above = Start, Below = Start;
  long Last = static_cast<long>(LargestExponent * static_cast<double>(Q));
  for (long P = 1; P <= Last; ++P) {
    Above *= Up;
    Above = Above >= 1000 ? Above / 10 : Above;
    Below *= Down;
    Below = Below < 100 ? Below * 10 : Below;
    for (long Signed :
         {isNearInteger(Below) ? P : 0, isNearInteger(Above) ? -P : 0}) {
      double Power = static_cast<double>(Signed) / static_cast<double>(Q);
      if (Signed == 0)
        continue;
      if (auto Factor = shortDecimal(Value / std::exp(Power), FactorDigits))
        return FoldedExp{*Factor, Rational(Signed, Q)};
    }
  }
  return std::nullopt;
}

std::optional<Rational> unfoldLogistic(const Rational &R) {
  double Value = R.toDouble();
  if (!isLong(R) || !(Value > 0) || !(Value < 1))
    return std::nullopt;
  return shortDecimal(std::log(1 / Value - 1), FactorDigits);
}

std::optional<Rational> unfoldRoot(const Rational &R) {
  if (!isLong(R) || R.sign() < 0)
    return std::nullopt;
  return shortDecimal(R.toDouble() * R.toDouble(), FactorDigits);
}

} // namespace brian2lift
