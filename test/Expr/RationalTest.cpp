//===- test/Expr/RationalTest.cpp - Numbers stay exact ------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Algebra.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>
#include <limits>
#include <random>

using namespace brian2lift;

namespace {

Rational decimal(llvm::StringRef Text) {
  std::optional<Rational> R = Rational::fromDecimal(Text);
  EXPECT_TRUE(R) << Text.str();
  return R.value_or(Rational(0));
}

TEST(Rational, LowestTermsPositiveDenominator) {
  EXPECT_EQ(Rational(6, -4), Rational(-3, 2));
  EXPECT_EQ(Rational(6, -4).toString(), "-3/2");
  EXPECT_EQ(Rational(0, -4), Rational(0));
  EXPECT_EQ(Rational(1, std::numeric_limits<long>::min()).sign(), -1);
}

TEST(Rational, Arithmetic) {
  Rational Third(1, 3), Half(1, 2);
  EXPECT_EQ(Third + Half, Rational(5, 6));
  EXPECT_EQ(Third - Half, Rational(-1, 6));
  EXPECT_EQ(Third * Half, Rational(1, 6));
  EXPECT_EQ(Third / Half, Rational(2, 3));
  EXPECT_EQ(-Third, Rational(-1, 3));
  EXPECT_TRUE(Third < Half);
  EXPECT_FALSE(Half < Half);
  EXPECT_EQ(Rational(-7, 3).abs(), Rational(7, 3));
  EXPECT_EQ(Rational(-7, 3).numerator(), Rational(-7));
  EXPECT_EQ(Rational(-7, 3).denominator(), Rational(3));
}

TEST(Rational, BeyondAnyMachineWord) {
  Rational Large = Rational(2).pow(200);
  EXPECT_FALSE(Large.toLong());
  EXPECT_EQ(Large * Rational(2).pow(-200), Rational(1));
  EXPECT_EQ((Large + Rational(1)) - Large, Rational(1));
  // Copies do not share FLINT's big integers.
  Rational Copy = Large;
  Copy = Copy + Rational(1);
  EXPECT_EQ(Large, Rational(2).pow(200));
  EXPECT_EQ(Large.hash(), Rational(2).pow(200).hash());
}

TEST(Rational, ReadsLiterals) {
  struct {
    const char *Text;
    Rational Value;
  } Cases[] = {
      {"0", 0},
      {"1", 1},
      {"1.", 1},
      {".5", Rational(1, 2)},
      {"0.25", Rational(1, 4)},
      {"1e3", 1000},
      {"1.5E+2", 150},
      {"2e-3", Rational(1, 500)},
      {"0.0555555555555556", Rational(138888888888889, 2500000000000000)},
      {"0x1F", 31},
      {"0x.8p1", 1},
      {"0x1p-3", Rational(1, 8)},
      {"010", 8}, // octal, as the C++ is
      {"010.0", 10},
      {"08.5", Rational(17, 2)},
      {"1'000'000", 1000000},
      {"9223372036854775807", std::numeric_limits<long>::max()},
  };
  for (const auto &Case : Cases)
    EXPECT_EQ(decimal(Case.Text), Case.Value) << Case.Text;
}

TEST(Rational, RejectsWhatIsNoLiteral) {
  for (const char *Text : {"",
                           ".",
                           "-1",
                           "+1",
                           "1.2.3",
                           "e5",
                           "1e",
                           "1e+",
                           "1e+-5",
                           "0x",
                           "08",
                           "1.0f",
                           "10L",
                           "inf",
                           "nan",
                           "1 ",
                           " 1",
                           "1e5000",
                           "1e-5000",
                           "0x1p99999999999999999999",
                           "1e9223372036854775807"})
    EXPECT_FALSE(Rational::fromDecimal(Text)) << Text;
  // A literal of any length would cost memory without bound.
  EXPECT_FALSE(Rational::fromDecimal(std::string(100000, '9')));
}

TEST(Rational, DoubleRoundTrip) {
  std::mt19937_64 Engine(1);
  unsigned Finite = 0;
  for (int I = 0; I < 20000; ++I) {
    uint64_t Bits = Engine();
    double Value;
    static_assert(sizeof Value == sizeof Bits);
    std::memcpy(&Value, &Bits, sizeof Value);
    if (!std::isfinite(Value))
      continue;
    ++Finite;
    ASSERT_EQ(Rational::fromDouble(Value).toDouble(), Value) << I;
  }
  EXPECT_GT(Finite, 19000u);
  for (double Value : {0.0, 1.0, -0.1, 5e-324, 2.2250738585072009e-308,
                       2.2250738585072014e-308, 1.7976931348623157e308})
    EXPECT_EQ(Rational::fromDouble(Value).toDouble(), Value);
}

TEST(Rational, RoundsToNearestEven) {
  // The same as the C library's strtod, also between subnormal numbers.
  for (const char *Text :
       {"0.1", "9007199254740993", "9007199254740995", "1e22", "1e23",
        "123456789.123456789123456789", "2.4703282292062327e-324",
        "2.4703282292062328e-324", "7.4109846876186981e-324",
        "2.2250738585072011e-308", "1.7976931348623158e308"})
    EXPECT_EQ(decimal(Text).toDouble(), std::strtod(Text, nullptr)) << Text;
  EXPECT_EQ(Rational(1, 3).toDouble(), 1.0 / 3.0);
  EXPECT_EQ(Rational(-2, 3).toDouble(), -2.0 / 3.0);
  EXPECT_EQ(decimal("1e400").toDouble(),
            std::numeric_limits<double>::infinity());
  EXPECT_EQ(decimal("1e-400").toDouble(), 0.0);
}

TEST(Rational, WritesDecimalsAsAuthorsDo) {
  struct {
    Rational Value;
    const char *Text;
  } Cases[] = {
      {0, "0"},
      {250, "250"},
      {-7, "-7"},
      {Rational(1, 4), "0.25"},
      {Rational(-65, 1000), "-0.065"},
      {Rational(32, 10000), "0.0032"},
      {Rational(1, 1000000000000), "1e-12"},
      {Rational(25, 100000000), "2.5e-7"},
      {Rational(10).pow(14), "100000000000000"},
      {Rational(10).pow(20), "1e20"},
      {Rational(3, 8), "0.375"},
  };
  for (const auto &Case : Cases) {
    EXPECT_EQ(Case.Value.toDecimal(), std::string(Case.Text));
    EXPECT_EQ(decimal(Case.Value.abs().toDecimal().value()), Case.Value.abs());
  }
  EXPECT_FALSE(Rational(1, 3).toDecimal());
  EXPECT_FALSE(Rational(1, 14).toDecimal());
}

TEST(Rational, PowersAndRoots) {
  EXPECT_EQ(Rational(2, 3).pow(3), Rational(8, 27));
  EXPECT_EQ(Rational(2, 3).pow(-2), Rational(9, 4));
  EXPECT_EQ(Rational(2, 3).pow(0), Rational(1));
  EXPECT_EQ(Rational(8, 27).root(3), Rational(2, 3));
  EXPECT_EQ(Rational(1, 4).root(2), Rational(1, 2));
  EXPECT_FALSE(Rational(2).root(2));
  EXPECT_FALSE(Rational(-8).root(3)); // a real power of it does not exist
  EXPECT_FALSE(Rational(4).root(0));
}

TEST(Rational, SimplestFraction) {
  auto Simplest = [](llvm::StringRef Text) {
    return simplestFraction(decimal(Text), 15, 10000).toString();
  };
  EXPECT_EQ(Simplest("0.0555555555555556"), "1/18");
  EXPECT_EQ(Simplest("0.333333333333333"), "1/3");
  EXPECT_EQ(Simplest("0.142857142857143"), "1/7");
  // Fifteen digits that no simple fraction has stay what they are.
  EXPECT_EQ(simplestFraction(decimal("0.329137207652868"), 15, 1000),
            decimal("0.329137207652868"));
  // A number with few digits was written by somebody: 0.33 is not 1/3.
  EXPECT_EQ(Simplest("0.33"), "33/100");
  EXPECT_EQ(simplestFraction(Rational(0), 15, 100), Rational(0));
  EXPECT_EQ(simplestFraction(-decimal("0.0555555555555556"), 15, 1000),
            Rational(-1, 18));
}

} // namespace
