//===- test/Equations/ReintegrateTest.cpp - Methods are told apart ------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Equations/Reintegrate.h"
#include "../Expr/Algebra.h"
#include "Equations/Points.h"
#include "llvm/ADT/STLExtras.h"

using namespace brian2lift;

namespace brian2lift {
inline void PrintTo(Method M, std::ostream *OS) { *OS << name(M).str(); }
} // namespace brian2lift

namespace {

using Methods = std::vector<Method>;

class ReintegrateTest : public Algebra {
protected:
  SystemCandidate S;

  void row(llvm::StringRef Variable, Expr Step, Expr Drift,
           llvm::StringRef Amplitude = "") {
    SystemCandidate::Row Row;
    Row.Variable = A.symbol(Variable);
    Row.Step = Step;
    Row.Drift = Drift;
    if (!Amplitude.empty()) {
      Row.Noise.push_back({"xi", e(Amplitude)});
      S.Xis = {"xi"};
    }
    S.Rows.push_back(std::move(Row));
  }

  Methods methods(size_t Row = 0) { return reintegrate(S).Rows[Row].Methods; }

  Expr at(Expr F, Expr X) { return substitute(F, {{e("v"), X}}); }
  Expr euler(Expr F) { return e("v") + e("dt") * F; }
  Expr rk2(Expr F) { return e("v") + e("dt") * at(F, e("v") + e("dt/2") * F); }
  Expr rk4(Expr F) {
    Expr V = e("v"), Dt = e("dt"), Half = e("1/2");
    Expr K1 = Dt * F, K2 = Dt * at(F, V + Half * K1),
         K3 = Dt * at(F, V + Half * K2), K4 = Dt * at(F, V + K3);
    return V + e("1/6") * (K1 + e("2") * K2 + e("2") * K3 + K4);
  }
};

TEST_F(ReintegrateTest, EulerRk2AndRk4OfANonlinearEquation) {
  Expr F = e("v - v**3/3 + I");
  // Without noise heun and milstein are euler.
  row("v", euler(F), F);
  EXPECT_EQ(methods(),
            (Methods{Method::Euler, Method::Heun, Method::Milstein}));
  S.Rows.clear();
  row("v", rk2(F), F);
  EXPECT_EQ(methods(), Methods{Method::Rk2});
  S.Rows.clear();
  row("v", rk4(F), F);
  EXPECT_EQ(methods(), Methods{Method::Rk4});
}

/// Far from V the exponential is nothing, and near it the step leaves the range
/// of double; that must not hide a sign that is wrong in one stage.
TEST_F(ReintegrateTest, StepsBeyondDoubleAreCompared) {
  Expr F = e("(exp((v - V)/W) - v + I)/tau"),
       G = e("(exp((-v - V)/W) - v + I)/tau");
  for (auto [Name, Value] : {std::pair("V", "-0.05"), std::pair("W", "0.002"),
                             std::pair("tau", "1e-9")}) {
    NamedConstant K;
    K.Name = Name;
    K.Value = *Rational::fromDecimal(llvm::StringRef(Value).ltrim('-'));
    if (Value[0] == '-')
      K.Value = -K.Value;
    S.Constants.push_back(K);
  }
  Expr Half = e("v") + e("dt/2") * F;
  row("v", e("v") + e("dt") * at(F, Half), F);
  EXPECT_EQ(methods(), Methods{Method::Rk2});
  S.Rows.clear();
  row("v", e("v") + e("dt") * at(G, Half), F);
  EXPECT_EQ(methods(), Methods{});
  EXPECT_FALSE(
      agreeEverywhere(e("exp(exp(v/W)/tau)"), e("exp(exp(-v/W)/tau)"), S));
}

/// Among many constants, the times at which an equation changes are found.
TEST_F(ReintegrateTest, PointsLieWhereTimeMatters) {
  for (int I = 1; I <= 60; ++I) {
    NamedConstant K;
    K.Name = "c" + std::to_string(I);
    K.Value = Rational(1000 * I);
    S.Constants.push_back(K);
  }
  Expr F = e("c1*c60*int((t % (50*second)) < 20*second)");
  PointSource Source({F}, S.Constants, {});
  unsigned Near = 0;
  for (unsigned I = 0; I < 32; ++I)
    for (auto [Symbol, Value] : Source.farPoint(I))
      Near += Symbol.isSymbol("t") && Value > 2 && Value < 100;
  EXPECT_GE(Near, 30U);
}

TEST_F(ReintegrateTest, ExactIsExponentialEulerForOneLinearEquation) {
  row("v", e("El + (v - El)*exp(-dt/tau)"), e("(El - v)/tau"));
  EXPECT_EQ(methods(), (Methods{Method::Exact, Method::ExponentialEuler}));
}

TEST_F(ReintegrateTest, ExactSolutionOfAnOscillator) {
  row("x", e("x*cos(w*dt) + y*sin(w*dt)/w"), e("y"));
  row("y", e("y*cos(w*dt) - w*x*sin(w*dt)"), e("-w**2*x"));
  EXPECT_EQ(methods(0), Methods{Method::Exact});
  EXPECT_EQ(methods(1), Methods{Method::Exact});
}

TEST_F(ReintegrateTest, AllMethodsAgreeOnAConstantRate) {
  row("v", e("v + dt*rate"), e("rate"));
  EXPECT_EQ(methods(), (Methods{Method::Exact, Method::Euler, Method::Heun,
                                Method::ExponentialEuler, Method::Rk2,
                                Method::Rk4, Method::Milstein}));
}

TEST_F(ReintegrateTest, ExponentialEulerWithTheGeneratorsOwnQuotient) {
  // f = -v**2 + w is not linear in v; A and B were taken as A = -v, B = w.
  row("v", e("(v - w/v)*exp(-v*dt) + w/v"), e("-v**2 + w"));
  S.Rows[0].BOverA = e("-w/v");
  EXPECT_EQ(methods(), Methods{Method::ExponentialEuler});
}

/// With additive noise euler, heun and milstein write the same code.
TEST_F(ReintegrateTest, AdditiveNoise) {
  row("v", e("v - dt*v/tau + sigma*sqrt(dt)*xi"), e("-v/tau"), "sigma");
  EXPECT_EQ(methods(),
            (Methods{Method::Euler, Method::Heun, Method::Milstein}));
}

TEST_F(ReintegrateTest, MultiplicativeNoiseTellsThemApart) {
  row("v", e("v - dt*v/tau + sigma*v*sqrt(dt)*xi"), e("-v/tau"), "sigma*v");
  EXPECT_EQ(methods(), Methods{Method::Euler});
  S.Rows.clear();
  row("v",
      e("v - dt*v/tau + 0.5*sqrt(dt)*xi*(sigma*v + "
        "sigma*(v + sigma*v*sqrt(dt)*xi))"),
      e("-v/tau"), "sigma*v");
  EXPECT_EQ(methods(), Methods{Method::Heun});
  S.Rows.clear();
  row("v",
      e("v - dt*v/tau + sigma*v*sqrt(dt)*xi + 0.5*dt*xi**2/sqrt(dt)*"
        "(sigma*(v - dt*v/tau + sigma*v*sqrt(dt)) - sigma*v)"),
      e("-v/tau"), "sigma*v");
  EXPECT_EQ(methods(), Methods{Method::Milstein});
}

/// A wrong equation is the one thing that must never pass.
TEST_F(ReintegrateTest, WrongEquationsAreRejected) {
  struct {
    const char *Step, *Drift;
  } Cases[] = {
      {"v + dt*(El - v)/tau", "(v - El)/tau"},              // sign
      {"v + dt*(El - v)/tau", "(El - v)/tau + 1e-6*v/tau"}, // small term
      {"v + dt*(El - v)/tau", "(El - v)/(1.000001*tau)"},   // constant
      {"v + dt*(v - v**3)", "v - v**2"},                    // exponent
      {"El + (v - El)*exp(-dt/tau)", "(v - El)/tau"},       // exact, sign
      {"v + dt*clip(v, 0, 1)", "v"},                        // equal in places
      {"v + dt*v*int(v > 0)", "v"},
      {"v + dt*f(v)", "g(v)"}, // another function
      {"v + dt*rand(0)", "rand(1)"},
  };
  for (const auto &Case : Cases) {
    S.Rows.clear();
    row("v", e(Case.Step), e(Case.Drift));
    EXPECT_EQ(methods(), Methods{}) << Case.Step << " from " << Case.Drift;
  }
}

TEST_F(ReintegrateTest, WrongNoiseIsRejected) {
  for (const char *Amplitude : {"-sigma", "sigma*v", "2*sigma", "0"}) {
    S.Rows.clear();
    row("v", e("v - dt*v/tau + sigma*sqrt(dt)*xi"), e("-v/tau"), Amplitude);
    EXPECT_EQ(methods(), Methods{}) << Amplitude;
  }
}

TEST_F(ReintegrateTest, ARowWithoutEquationMatchesNothing) {
  row("v", e("v + dt*w"), e("w"));
  row("w", e("w - 1"), Expr());
  EXPECT_FALSE(methods(0).empty());
  EXPECT_TRUE(methods(1).empty());
}

/// The coupling counts: each stage moves all variables.
TEST_F(ReintegrateTest, Rk2OfASystemMovesAllVariables) {
  row("v", e("v + dt*(w + dt/2*(-v))"), e("w"));
  row("w", e("w - dt*(v + dt/2*w)"), e("-v"));
  EXPECT_EQ(methods(0), Methods{Method::Rk2});
  EXPECT_EQ(methods(1), Methods{Method::Rk2});
}

TEST_F(ReintegrateTest, RungeKuttaMovesTime) {
  row("v", e("v + dt*sin(t + dt/2)"), e("sin(t)"));
  EXPECT_EQ(methods(), Methods{Method::Rk2});
  S.Rows.clear();
  row("v", e("v + dt*sin(t)"), e("sin(t)"));
  EXPECT_TRUE(llvm::is_contained(methods(), Method::Euler));
  EXPECT_FALSE(llvm::is_contained(methods(), Method::Rk2));
}

TEST_F(ReintegrateTest, OpaqueFunctionsAreCompared) {
  Expr F = e("(timedarray(t) - v)/tau");
  row("v", euler(F), F);
  EXPECT_TRUE(llvm::is_contained(methods(), Method::Euler));
  S.Rows.clear();
  row("v", e("v + dt*(timedarray(t + dt) - v)/tau"), F);
  EXPECT_EQ(methods(), Methods{});
}

TEST_F(ReintegrateTest, NamedConstantsPlacePoints) {
  // A sum of exponentials that underflows everywhere but near the constants.
  Expr F = e("(El - v + D*exp((v - VT)/D))/tau");
  row("v", euler(F), F);
  for (const auto &[Name, Value] :
       {std::pair{"El", Rational(-70, 1000)},
        std::pair{"VT", Rational(-50, 1000)}, std::pair{"D", Rational(2, 1000)},
        std::pair{"tau", Rational(20, 1000)}}) {
    NamedConstant K;
    K.Name = Name;
    K.Value = Value;
    S.Constants.push_back(K);
  }
  EquationCheck Check = reintegrate(S).Rows[0];
  EXPECT_TRUE(llvm::is_contained(Check.Methods, Method::Euler));
  EXPECT_GE(Check.Points, 12u);
  EXPECT_LT(Check.MaxRelativeError, 1e-9);
}

TEST_F(ReintegrateTest, FarFromUsualValues) {
  // 50 % t is below 20 as long as t is, and for t just above 50/2, ...
  row("v", e("v + dt*int(50 % t < 20)"), e("int(t % 50 < 20)"));
  EXPECT_EQ(methods(), Methods{});
  S.Rows.clear();
  row("v", e("v + dt*int(t % 50 < 20)"), e("int(t % 50 < 20)"));
  EXPECT_TRUE(llvm::is_contained(methods(), Method::Euler));
}

TEST_F(ReintegrateTest, SteepNearAConstant) {
  // Next to nothing below VT, beyond all bounds above it.
  S.Constants.resize(2);
  S.Constants[0].Name = "VT";
  S.Constants[0].Value = Rational(-1, 20);
  S.Constants[1].Name = "D";
  S.Constants[1].Value = Rational(1, 2000);
  Expr F = e("exp((v - VT)/D) - v");
  row("v", e("v + dt*(exp((v - VT)/D) - v) + dt*exp(-((v - VT)/D)**2)/100"), F);
  EXPECT_EQ(methods(), Methods{});
}

/// A generator rounds half of a coefficient to 15 digits; a steep function
/// makes any difference of that. What is wrong by more is found all the same.
TEST_F(ReintegrateTest, RoundedCoefficients) {
  Expr F = e("exp(21.3219616204691*v)");
  row("v",
      e("v + dt*exp(21.3219616204691*v + 10.6609808102345*dt*" + toBrian(F) +
        ")"),
      F);
  EXPECT_EQ(methods(), Methods{Method::Rk2});
  S.Rows.clear();
  row("v",
      e("v + dt*exp(21.3219616204691*v + 10.6609808112345*dt*" + toBrian(F) +
        ")"),
      F);
  EXPECT_EQ(methods(), Methods());
}

/// A stage that has no value at some points, where the method has one.
TEST_F(ReintegrateTest, BothHaveAValueOrNone) {
  Expr F = e("arcsin(clip(v, -1, 1)) - v"), Other = e("arcsin(v) - v");
  auto StepOf = [&](Expr First, Expr Second) {
    return e("v") + e("dt") * at(Second, e("v") + e("dt/2") * First);
  };
  row("v", StepOf(F, F), F);
  EXPECT_EQ(methods(), Methods{Method::Rk2});
  for (auto [First, Second] : {std::pair(Other, F), std::pair(F, Other)}) {
    S.Rows.clear();
    row("v", StepOf(First, Second), F);
    EXPECT_EQ(methods(), Methods());
  }
}

TEST_F(ReintegrateTest, SameInEveryRun) {
  Expr F = e("v - v**3/3 + I");
  row("v", rk4(F), F);
  EquationCheck First = reintegrate(S).Rows[0], Second = reintegrate(S).Rows[0];
  EXPECT_EQ(First.Points, Second.Points);
  EXPECT_EQ(First.MaxRelativeError, Second.MaxRelativeError);
}

/// A user's method: its second-order term is a multiple of f'f.
TEST_F(ReintegrateTest, ConsistentMethods) {
  Expr F = e("v - v**3/3 + I");
  unsigned Points = 0;
  // Ralston's method, which Brian2 does not have.
  row("v",
      e("v") + e("dt/4") * F + e("3*dt/4") * at(F, e("v") + e("2*dt/3") * F),
      F);
  EXPECT_EQ(methods(), Methods{});
  EXPECT_TRUE(isConsistentOneStepMethod(S, Points));
  EXPECT_GE(Points, 12u);
  // An update with a term of dt**2 that no method makes of f.
  S.Rows.clear();
  row("v", e("v") + e("dt") * F + e("dt**2*w"), F);
  EXPECT_FALSE(isConsistentOneStepMethod(S, Points));
}

TEST_F(ReintegrateTest, AgreeEverywhere) {
  EXPECT_TRUE(agreeEverywhere(e("(v - w)**2"), e("v**2 - 2*v*w + w**2"), S));
  EXPECT_TRUE(agreeEverywhere(e("exp(v)*exp(w)"), e("exp(v + w)"), S));
  EXPECT_FALSE(agreeEverywhere(e("v"), e("abs(v)"), S));
  EXPECT_FALSE(agreeEverywhere(e("v"), e("v + 1e-6*v"), S));
  EXPECT_FALSE(agreeEverywhere(e("log(-v**2)"), e("log(-v**2) + 1"), S));
}

} // namespace
