//===- test/Expr/EvaluateTest.cpp - Values are certain or not given -----===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Expr/Evaluate.h"
#include "Algebra.h"
#include <cmath>

using namespace brian2lift;

namespace {

class EvaluateTest : public Algebra {
protected:
  Valuation At{128};

  void SetUp() override {
    At.set(e("v"), Real(-0.065));
    At.set(e("x"), Real(2.0));
    At.set(e("zero"), Real(0.0));
    At.set(e("yes"), Real(1.0));
  }
  double value(llvm::StringRef Text) {
    Real R = At.value(e(Text));
    EXPECT_TRUE(R.isFinite()) << Text.str();
    return R.toDouble();
  }
  bool isDefined(llvm::StringRef Text) { return At.value(e(Text)).isFinite(); }
};

TEST_F(EvaluateTest, FunctionsOfTheLanguage) {
  struct {
    const char *Text;
    double Value;
  } Cases[] = {
      {"exp(x)", std::exp(2.0)},
      {"log(x)", std::log(2.0)},
      {"log10(x)", std::log10(2.0)},
      {"expm1(v)", std::expm1(-0.065)},
      {"log1p(x)", std::log1p(2.0)},
      {"exprel(x)", std::expm1(2.0) / 2.0},
      {"sqrt(x)", std::sqrt(2.0)},
      {"x**v", std::pow(2.0, -0.065)},
      {"x**-3", 0.125},
      {"sin(x)", std::sin(2.0)},
      {"cos(x)", std::cos(2.0)},
      {"tan(x)", std::tan(2.0)},
      {"sinh(x)", std::sinh(2.0)},
      {"cosh(x)", std::cosh(2.0)},
      {"tanh(x)", std::tanh(2.0)},
      {"arcsin(v)", std::asin(-0.065)},
      {"arccos(v)", std::acos(-0.065)},
      {"arctan(x)", std::atan(2.0)},
      {"abs(v)", 0.065},
      {"sign(v)", -1},
      {"floor(v)", -1},
      {"ceil(v)", 0},
      {"int(v)", 0},
      {"int(x + 0.5)", 2},
      {"trunc(-x - 0.5)", -2},
      {"clip(v, 0, 1)", 0},
      {"clip(x, 0, 1)", 1},
      {"clip(v, -1, 1)", -0.065},
      {"clip(-1, x, 1)", 2}, // as C++ does it: x is the lower bound
      // Python's signs for % and //, C++'s for truncmod and truncdiv
      {"(-x - 0.5) % x", 1.5},
      {"(-x - 0.5) // x", -2},
      {"truncdiv(-x - 0.5, x)", -1},
      {"truncmod(-x - 0.5, x)", -0.5},
      // Brian2's timestep forgives a thousandth of a step.
      {"timestep(0.0019999, 0.001)", 2},
      {"timestep(0.0019, 0.001)", 1},
      {"int(x > 1)", 1},
      {"int(x > 1 and v > 0)", 0},
      {"int(not yes)", 0},
      {"(x if v < 0 else v)", 2},
      {"0*mV", 0},
  };
  At.set(e("mV"), Real(0.001));
  for (const auto &Case : Cases)
    EXPECT_DOUBLE_EQ(value(Case.Text), Case.Value) << Case.Text;
}

/// exprel has a removable singularity that its quotient does not.
TEST_F(EvaluateTest, ExprelNearZero) {
  At.set(e("tiny"), Real(1e-30));
  EXPECT_DOUBLE_EQ(value("exprel(tiny)"), 1.0);
}

TEST_F(EvaluateTest, PolesAndDomainsAreNotFinite) {
  for (const char *Text :
       {"1/zero", "x/(v - v*yes)", "zero**-2", "log(v)", "log(zero)", "sqrt(v)",
        "v**0.3", "arcsin(x)", "arccos(x)", "x % zero", "x // zero",
        "nothing_known", "_array[0]", "exp(nothing_known)",
        "(x if nothing_known else v)", "int(nothing_known > 0)"})
    EXPECT_FALSE(isDefined(Text)) << Text;
}

/// What a floating-point zero times infinity would hide.
TEST_F(EvaluateTest, NotFiniteSpreads) {
  EXPECT_FALSE(isDefined("zero*exp(1/zero)"));
  EXPECT_FALSE(isDefined("exp(-1/zero)"));
  EXPECT_FALSE(isDefined("f(1/zero)"));
}

TEST_F(EvaluateTest, ExponentsHaveNoLimit) {
  EXPECT_DOUBLE_EQ(value("log(exp(x*10000))"), 20000.0);
  EXPECT_DOUBLE_EQ(value("exp(x*10000)*exp(-x*10000 + 1)"), std::exp(1.0));
}

/// A jump inside the ball: the radius does not decide.
TEST_F(EvaluateTest, JumpsAreUndecided) {
  // 3*(1/3) is a ball around 1.
  At.set(e("third"), Real(Rational(1, 3), 128));
  for (const char *Text :
       {"floor(3*third)", "ceil(3*third)", "int(3*third)", "(3*third) % 1",
        "(3*third) // 1", "sign(3*third - 1)", "int(3*third >= 1)",
        "(x if 3*third > 1 else v)"})
    EXPECT_FALSE(isDefined(Text)) << Text;
  EXPECT_EQ(At.truth(e("3*third >= 1")), std::nullopt);
  EXPECT_EQ(At.truth(e("3*third > 0.5")), true);
  // Exact numbers decide.
  EXPECT_EQ(At.truth(e("x >= 2")), true);
  EXPECT_EQ(At.truth(e("x > 2")), false);
  EXPECT_EQ(At.truth(e("x == 2")), true);
  EXPECT_EQ(At.truth(e("x != 2")), false);
}

TEST_F(EvaluateTest, TruthStopsAtWhatDecides) {
  EXPECT_EQ(At.truth(e("x < 0 and nothing_known > 0")), false);
  EXPECT_EQ(At.truth(e("x > 0 or nothing_known > 0")), true);
  EXPECT_EQ(At.truth(e("x > 0 and nothing_known > 0")), std::nullopt);
  EXPECT_EQ(At.truth(e("not zero")), true);
}

/// The branch that is not taken may have a pole.
TEST_F(EvaluateTest, SelectTakesOneBranch) {
  EXPECT_DOUBLE_EQ(value("(x if v < 0 else 1/zero)"), 2.0);
  EXPECT_FALSE(isDefined("(x if v > 0 else 1/zero)"));
}

/// C++ multiplies booleans; so does Python.
TEST_F(EvaluateTest, ConditionsAsNumbers) {
  EXPECT_DOUBLE_EQ(value("(x > 1)*x"), 2.0);
  EXPECT_DOUBLE_EQ(value("(x < 1)*x"), 0.0);
  EXPECT_DOUBLE_EQ(value("(x > 1) + x"), 3.0);
  EXPECT_DOUBLE_EQ(value("x**(x > 1)"), 2.0);
}

TEST_F(EvaluateTest, UnknownFunctionsAgreeWithThemselvesOnly) {
  EXPECT_LT(distance(At.value(e("f(x)")), At.value(e("f(x + zero)"))).Upper,
            1e-30);
  EXPECT_GT(distance(At.value(e("f(x)")), At.value(e("f(v)"))).Lower, 1e-6);
  EXPECT_GT(distance(At.value(e("f(x)")), At.value(e("g(x)"))).Lower, 1e-6);
  EXPECT_GT(distance(At.value(e("f(x, v)")), At.value(e("f(v, x)"))).Lower,
            1e-6);
  EXPECT_GT(distance(At.value(e("rand(0)")), At.value(e("rand(1)"))).Lower,
            1e-6);
}

TEST_F(EvaluateTest, NewValuesAreUsed) {
  EXPECT_DOUBLE_EQ(value("x + 1"), 3.0);
  At.set(e("x"), Real(5.0));
  EXPECT_DOUBLE_EQ(value("x + 1"), 6.0);
  // A whole call can be given a value.
  At.set(e("rand(0)"), Real(0.25));
  EXPECT_DOUBLE_EQ(value("rand(0)*x"), 1.25);
}

/// The bounds hold the true distance, and more bits bring them together.
TEST_F(EvaluateTest, DistanceIsBounded) {
  Valuation More(400);
  Expr Root = e("sqrt(2)*sqrt(3) - sqrt(6)"); // zero, but not by canonical form
  DistanceBounds Few = distance(At.value(Root), Real());
  DistanceBounds Many = distance(More.value(Root), Real());
  EXPECT_EQ(Few.Lower, 0.0);
  EXPECT_LT(Few.Upper, 1e-36);
  EXPECT_LT(Many.Upper, 1e-110);
  DistanceBounds One = distance(Real(3.0), Real(2.0));
  EXPECT_LE(One.Lower, 1.0);
  EXPECT_GE(One.Upper, 1.0);
  EXPECT_NEAR(One.Upper - One.Lower, 0, 1e-6);
  EXPECT_TRUE(std::isinf(distance(Real::undefined(), Real(1.0)).Upper));
}

/// What no double can hold is compared all the same.
TEST_F(EvaluateTest, RelativeDistanceHasNoLargestNumber) {
  auto Of = [&](llvm::StringRef Text) { return At.value(e(Text)); };
  DistanceBounds Near =
      relativeDistance(Of("exp(5000)"), Of("1.5*exp(5000)"), Of("exp(5000)"));
  EXPECT_NEAR(Near.Lower, 0.5, 1e-6);
  EXPECT_NEAR(Near.Upper, 0.5, 1e-6);
  EXPECT_GT(
      relativeDistance(Of("exp(5000)"), Of("7"), Of("exp(5000) - 1")).Lower,
      0.9);
}

TEST_F(EvaluateTest, DeepExpressionsCostNoStack) {
  Expr E = e("v");
  for (int I = 0; I < 50000; ++I)
    E = A.call("sin", {E});
  EXPECT_TRUE(At.value(E).isFinite());
}

} // namespace
