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
/// In hundredths of a millivolt.
constexpr long LargestShift = 15000;
constexpr unsigned FactorDigits = 3, ShortDigits = 6;

/// The decimal of `Digits` digits next to `Value`, if it is that.
std::optional<Rational> shortDecimal(double Value, unsigned Digits,
                                     double Tolerance = Rounding) {
  double Magnitude = std::fabs(Value);
  if (!std::isfinite(Value) || !(Magnitude > 0))
    return std::nullopt;
  long Shift = static_cast<long>(Digits) - 1 -
               static_cast<long>(std::floor(std::log10(Magnitude)));
  double Scaled = Magnitude * std::pow(10.0, static_cast<double>(Shift));
  double Whole = std::round(Scaled);
  if (std::fabs(Scaled - Whole) > Tolerance * Scaled)
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
  double Value = R.toDouble();
  if (auto Short = shortDecimal(Value, ShortDigits))
    return *Short;
  for (long Q : {3, 7, 9, 11, 13})
    if (auto Short = shortDecimal(Value * static_cast<double>(Q), FactorDigits))
      return *Short / Rational(Q);
  return R;
}

std::optional<FoldedExp> ExpUnfolder::unfold(const Rational &R,
                                             const ExponentSteps &Steps) {
  double Value = R.toDouble();
  if (!std::isfinite(Value) || Value == 0)
    return std::nullopt;
  for (long Q : largestMultiples(Steps.Denominators))
    if (auto Found = search(Value, Rational(1, Q),
                            static_cast<long>(LargestExponent) * Q))
      return Found;
  for (const Rational &Slope : Steps.Slopes)
    if (auto Found = search(Value, Slope / Rational(100), LargestShift))
      return Found;
  return std::nullopt;
}

/// Where log(X)/Step stands between two integers, as a number of the table.
static size_t placeOf(double Steps) {
  return static_cast<size_t>((Steps - std::floor(Steps)) *
                             ExpUnfolder::TableSize) %
         ExpUnfolder::TableSize;
}

/// `Value` is Factor*10**k*exp(p*Step) only if log(Value)/Step and
/// log(Factor*10**k)/Step have the same fractional part.
void ExpUnfolder::fill(Table &T, double PerStep) {
  T.Possible.resize(TableSize);
  // Factors of up to three digits, k so that |p/Q| has its limit.
  static const double Log10 = std::log(10.0);
  auto Decades = static_cast<int>(LargestExponent / Log10) + 2;
  for (int Factor = 100; Factor < 1000; ++Factor) {
    double Log = std::log(Factor);
    for (int K = -Decades; K <= Decades; ++K) {
      size_t Place = placeOf(PerStep * (Log + K * Log10));
      // What rounding moves is far less than one place.
      T.Possible.set((Place + TableSize - 1) % TableSize);
      T.Possible.set(Place);
      T.Possible.set((Place + 1) % TableSize);
    }
  }
}

bool ExpUnfolder::mayBeFolded(const Table &T, double Value, double PerStep) {
  double Log = std::log(betweenHundredAndThousand(Value));
  return T.Possible.test(placeOf(PerStep * Log));
}

std::optional<FoldedExp> ExpUnfolder::search(double Value, const Rational &Step,
                                             long Last) {
  double PerStep = 1 / Step.toDouble();
  Table &T = Tables[Step];
  if (++T.Tries == FewTries)
    fill(T, PerStep);
  if (T.Tries >= FewTries && !mayBeFolded(T, Value, PerStep))
    return std::nullopt;
  double Start = betweenHundredAndThousand(Value);
  // One multiplication for each p; what that loses in the end (1e-12) is less
  // than what is let through to the exact test.
  double Up = std::exp(Step.toDouble()), Down = 1 / Up;
  double Above = Start, Below = Start;
  for (long P = 1; P <= Last; ++P) {
    Above *= Up;
    Above = Above >= 1000 ? Above / 10 : Above;
    Below *= Down;
    Below = Below < 100 ? Below * 10 : Below;
    for (long Signed :
         {isNearInteger(Below) ? P : 0, isNearInteger(Above) ? -P : 0}) {
      if (Signed == 0)
        continue;
      Rational Power = Rational(Signed) * Step;
      if (auto Factor =
              shortDecimal(Value / std::exp(Power.toDouble()), FactorDigits))
        return FoldedExp{*Factor, Power};
    }
  }
  return std::nullopt;
}

std::optional<Rational> unfoldLogistic(const Rational &R) {
  double Value = R.toDouble();
  if (!isLong(R) || !(Value > 0) || !(Value < 1))
    return std::nullopt;
  // Next to one, the rounding of the number is much of what it lacks.
  double Power = std::log(1 / Value - 1);
  double Tolerance = Rounding / ((1 - Value) * std::fabs(Power));
  constexpr double MostTolerance = 1e-9;
  if (!(Tolerance < MostTolerance))
    return std::nullopt;
  return shortDecimal(Power, FactorDigits, std::max(Tolerance, Rounding));
}

std::optional<Rational> unfoldRoot(const Rational &R) {
  if (!isLong(R) || R.sign() < 0)
    return std::nullopt;
  return shortDecimal(R.toDouble() * R.toDouble(), FactorDigits);
}

} // namespace brian2lift
