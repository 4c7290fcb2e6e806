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
#include <array>
#include <charconv>
#include <cmath>
#include <utility>
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
/// Of fractions that are no short decimals.
constexpr long SmallDenominators[] = {3, 7, 9, 11, 13};
/// A double has no more.
constexpr unsigned PrintedDigits = 17;

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

/// The fraction of two numbers of at most three digits (zeros at their ends
/// aside) that is `Value` > 0. Some 6e5 fractions of a decade are tried, and
/// what is let through is 6e-14 wide: chance has no part in it.
std::optional<Rational> shortFraction(double Value) {
  if (!std::isnormal(Value))
    return std::nullopt;
  constexpr double Largest = 1000;
  auto Shift = -static_cast<long>(std::floor(std::log10(Value)));
  double Mantissa = Value * std::pow(10.0, static_cast<double>(Shift));
  // The last two convergents of the continued fraction.
  double Above = 1, AboveBefore = 0, Below = 0, BelowBefore = 1;
  for (double Rest = Mantissa;;) {
    double Whole = std::floor(Rest);
    AboveBefore = std::exchange(Above, Whole * Above + AboveBefore);
    BelowBefore = std::exchange(Below, Whole * Below + BelowBefore);
    if (!(Above < Largest) || !(Below < Largest))
      return std::nullopt;
    if (std::fabs(Mantissa - Above / Below) <= Rounding * Mantissa)
      break;
    Rest = 1 / (Rest - Whole);
  }
  return Rational(static_cast<long>(Above)) /
         Rational(static_cast<long>(Below)) * Rational(10).pow(-Shift);
}

/// The denominators of exponents to try; one that divides another adds nothing.
/// Authors' numbers have up to three decimals more than their quotients.
std::vector<long> largestMultiples(const std::set<long> &Denominators) {
  std::vector<long> Result;
  for (long Q : llvm::reverse(Denominators))
    if (llvm::none_of(Result,
                      [&](long Other) { return Other % (1000 * Q) == 0; }))
      Result.push_back(1000 * Q);
  return Result;
}

/// How far a number below 10**9 is from the next integer.
double offInteger(double Value) {
  // Adding this rounds to an integer.
  constexpr double Magic = 6755399441055744.0; // 1.5 * 2**52
  return Value - ((Value + Magic) - Magic);
}

/// Factors of up to three digits are one of these times a power of ten.
constexpr int FirstFactor = 100, LastFactor = 999;
constexpr double Log10 = 2.302585092994046;
/// exp(LargestExponent) in powers of ten, and the digits of a factor.
constexpr int Decades = static_cast<int>(LargestExponent / Log10) + 1;

double logOfFactor(int Factor) {
  static const std::vector<double> Logs = [] {
    std::vector<double> Result;
    for (int F = FirstFactor; F <= LastFactor; ++F)
      Result.push_back(std::log(F));
    return Result;
  }();
  return Logs[Factor - FirstFactor];
}

} // namespace

Rational shortened(const Rational &R) {
  if (!isLong(R))
    return R;
  double Value = R.toDouble();
  if (auto Short = shortDecimal(Value, ShortDigits))
    return *Short;
  for (long Q : SmallDenominators)
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
/// log(Factor*10**k)/Step have the same fractional part. `Value` is from 1 to
/// 10 here, so that k stays within `Decades`.
void ExpUnfolder::fill(Table &T, double PerStep) {
  T.Possible.resize(TableSize);
  for (int Factor = FirstFactor; Factor <= LastFactor; ++Factor)
    for (int K = -Decades - 2; K <= Decades; ++K) {
      size_t Place = placeOf(PerStep * (logOfFactor(Factor) + K * Log10));
      // What rounding moves is far less than one place.
      T.Possible.set((Place + TableSize - 1) % TableSize);
      T.Possible.set(Place);
      T.Possible.set((Place + 1) % TableSize);
    }
}

std::optional<FoldedExp> ExpUnfolder::search(double Value, const Rational &Step,
                                             long Last) {
  double PerStep = 1 / Step.toDouble();
  double Magnitude = std::fabs(Value);
  double Log = std::log(Magnitude) - std::floor(std::log10(Magnitude)) * Log10;
  Table &T = Tables[Step];
  if (++T.Tries == FewTries)
    fill(T, PerStep);
  if (T.Tries >= FewTries && !T.Possible.test(placeOf(PerStep * Log)))
    return std::nullopt;
  // There are fewer factors than multiples of the step. What rounding and the
  // logarithms lose is less than what is let through to the exact test.
  double Tolerance = 1e-13 * PerStep + 1e-9;
  for (int Factor = FirstFactor; Factor <= LastFactor; ++Factor)
    for (int K = -Decades - 2; K <= Decades; ++K) {
      double Multiple = PerStep * (Log - logOfFactor(Factor) - K * Log10);
      if (std::fabs(offInteger(Multiple)) > Tolerance)
        continue;
      long P = std::lround(Multiple);
      if (P == 0 || P < -Last || P > Last)
        continue;
      Rational Power = Rational(P) * Step;
      if (auto Found =
              shortDecimal(Value / std::exp(Power.toDouble()), FactorDigits))
        return FoldedExp{*Found, Power};
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

std::optional<FoldedPi> unfoldPi(const Rational &R) {
  if (!isLong(R))
    return std::nullopt;
  double Value = R.toDouble();
  // 2*pi before 1/(0.5/pi), and 1/sqrt(2*pi) where nothing else fits.
  for (int Power : {1, -1})
    for (int Root : {1, 2}) {
      double Factor = std::pow(Value, Power * Root) / M_PI;
      Rational Exponent(Power, Root);
      if (auto Short = shortDecimal(Factor, FactorDigits))
        return FoldedPi{*Short, Exponent};
      for (long Q : SmallDenominators)
        if (auto Short =
                shortDecimal(Factor * static_cast<double>(Q), FactorDigits))
          return FoldedPi{*Short / Rational(Q), Exponent};
    }
  return std::nullopt;
}

std::optional<Rational> unfoldRoot(const Rational &R) {
  if (!isLong(R) || R.sign() < 0)
    return std::nullopt;
  return shortFraction(R.toDouble() * R.toDouble());
}

Rational printable(const Rational &R) {
  auto IsShort = [](const Rational &Part) {
    return Part.significantDigits() <= PrintedDigits;
  };
  if (R.isDecimal() ? IsShort(R)
                    : IsShort(R.numerator()) && IsShort(R.denominator()))
    return R;
  double Value = R.toDouble();
  if (!std::isnormal(Value))
    return R;
  constexpr size_t LongestText = 32;
  std::array<char, LongestText> Text{};
  // The plain form of a large number has digits that the double does not.
  auto *End = std::to_chars(Text.begin(), Text.end(), std::fabs(Value),
                            std::chars_format::scientific)
                  .ptr;
  auto Rounded = Rational::fromDecimal(
      llvm::StringRef(Text.data(), static_cast<size_t>(End - Text.data())));
  if (!Rounded)
    return R;
  return Value < 0 ? -*Rounded : *Rounded;
}

} // namespace brian2lift
