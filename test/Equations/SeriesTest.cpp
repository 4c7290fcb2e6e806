//===- test/Equations/SeriesTest.cpp - f and g of the methods' steps ----===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Equations/Series.h"
#include "../Expr/Algebra.h"
#include "Expr/Evaluate.h"

using namespace brian2lift;

namespace {

class SeriesTest : public Algebra {
protected:
  /// Both have the same value at points near 1; canonical forms may differ.
  void expectEqual(Expr Left, Expr Right, llvm::StringRef What) {
    ASSERT_TRUE(Left) << What.str();
    for (unsigned Point = 0; Point < 8; ++Point) {
      Valuation At(256);
      for (Expr E : {Left, Right})
        for (Expr S : symbolsOf(E))
          At.set(S, Real(0.6 + 0.1 * ((S.name().size() * 3 + S.name()[0] * 7 +
                                       Point * 5) %
                                      11)));
      Real L = At.value(Left), R = At.value(Right);
      ASSERT_TRUE(L.isFinite() && R.isFinite())
          << What.str() << ": " << toBrian(Left);
      EXPECT_LT(distance(L, R).Upper, 1e-40)
          << What.str() << ": " << toBrian(Left) << " is not "
          << toBrian(Right);
    }
  }

  Expr coefficient(llvm::StringRef Text, int K) {
    return Series(A).coefficient(e(Text), K);
  }

  /// The step of rk4 on dv/dt = f(v), f an expression in v.
  Expr runge(Expr F) {
    auto At = [&](Expr X) { return substitute(F, {{e("v"), X}}); };
    Expr V = e("v"), Dt = e("dt"), Half = e("1/2");
    Expr K1 = Dt * At(V), K2 = Dt * At(V + Half * K1),
         K3 = Dt * At(V + Half * K2), K4 = Dt * At(V + K3);
    return V + e("1/6") * (K1 + e("2") * K2 + e("2") * K3 + K4);
  }
};

TEST_F(SeriesTest, Coefficients) {
  struct {
    const char *Of;
    int K; // of dt**(K/2)
    const char *Coefficient;
  } Cases[] = {
      {"v", 0, "v"},
      {"v", 2, "0"},
      {"dt", 2, "1"},
      {"sqrt(dt)", 1, "1"},
      {"1/sqrt(dt)", -1, "1"},
      {"dt/sqrt(dt)", 1, "1"},
      {"exp(-dt/tau)", 0, "1"},
      {"exp(-dt/tau)", 2, "-1/tau"},
      {"exp(-dt/tau)", 4, "1/(2*tau**2)"},
      {"1/(1 + dt)", 4, "1"},
      {"1/(1 + dt)", 6, "-1"},
      {"sqrt(1 + dt)", 2, "1/2"},
      {"sqrt(4*dt + dt**2)", 1, "2"},
      {"sqrt(4*dt + dt**2)", 3, "1/4"},
      {"(exp(dt*a) - 1)/dt", 0, "a"},
      {"(exp(dt*a) - 1)/dt", 2, "a**2/2"},
      {"sin(v + dt*w)", 2, "w*cos(v)"},
      {"(dt*a if flag else dt*b)", 2, "(a if flag else b)"},
      {"v**(1 + dt)", 2, "v*log(v)"},
      {"log(v + sqrt(dt)*w)", 2, "-w**2/(2*v**2)"},
  };
  for (const auto &Case : Cases) {
    Expr C = coefficient(Case.Of, Case.K);
    ASSERT_TRUE(C) << Case.Of;
    if (C == e(Case.Coefficient))
      continue;
    expectEqual(C, e(Case.Coefficient), Case.Of);
  }
}

/// The drift is what dt is multiplied with, whatever the method.
TEST_F(SeriesTest, DriftOfEachMethod) {
  Expr F = e("-(v - El)/tau + exp((v - VT)/D)");
  Expr V = e("v"), Dt = e("dt");
  auto At = [&](Expr X) { return substitute(F, {{V, X}}); };
  const std::pair<const char *, Expr> Steps[] = {
      {"euler", V + Dt * F},
      {"rk2", V + Dt * At(V + e("dt/2") * F)},
      {"rk4", runge(F)},
  };
  for (const auto &[Name, Step] : Steps) {
    EXPECT_EQ(Series(A).coefficient(Step, 0), V) << Name;
    expectEqual(Series(A).coefficient(Step, 2), F, Name);
  }
}

TEST_F(SeriesTest, ExponentialEuler) {
  // As the generator writes it: _BA_v is B/A of f = A*v + B.
  Expr Step = e("-El/tau*(-tau) - El + El - (-El) + 0*v");
  Step = e("-(-El) + (v - El)*exp(-dt/tau)");
  expectEqual(Series(A).coefficient(Step, 2), e("(El - v)/tau"), "linear");
  // Gating variable: alpha*(1 - m) - beta*m.
  Step = e("alpha/(alpha + beta) + (m - alpha/(alpha + beta))*"
           "exp(-(alpha + beta)*dt)");
  expectEqual(Series(A).coefficient(Step, 2), e("alpha*(1 - m) - beta*m"),
              "gating");
}

TEST_F(SeriesTest, ExactSolutionOfCoupledEquations) {
  // dx/dt = y, dy/dt = -w**2*x
  Expr Step = e("x*cos(w*dt) + y*sin(w*dt)/w");
  EXPECT_EQ(Series(A).coefficient(Step, 0), e("x"));
  expectEqual(Series(A).coefficient(Step, 2), e("y"), "x");
  Step = e("y*cos(w*dt) - w*x*sin(w*dt)");
  expectEqual(Series(A).coefficient(Step, 2), e("-w**2*x"), "y");
}

/// The amplitude is the coefficient of sqrt(dt), divided by xi.
TEST_F(SeriesTest, NoiseOfEulerAndHeun) {
  Expr Euler = e("v - dt*v/tau + sigma*v*sqrt(dt)*xi");
  expectEqual(Series(A).coefficient(Euler, 1), e("sigma*v*xi"), "euler");
  // Heun: the mean of the amplitudes here and at the support point.
  Expr Heun = e("v - dt*v/tau + 0.5*sqrt(dt)*xi*(sigma*v + "
                "sigma*(v + sigma*v*sqrt(dt)*xi))");
  expectEqual(Series(A).coefficient(Heun, 1), e("sigma*v*xi"), "heun");
  // Its dt-term holds the Stratonovich correction, which xi = 0 removes.
  Expr NoNoise = substitute(Heun, {{e("xi"), e("0")}});
  expectEqual(Series(A).coefficient(NoNoise, 2), e("-v/tau"), "heun's drift");
}

/// Milstein divides by sqrt(dt): 0/0 for a plain derivative.
TEST_F(SeriesTest, MilsteinDividesByRootOfDt) {
  Expr Step = e("v - dt*v/tau + sigma*v*sqrt(dt)*xi + "
                "0.5*dt*xi**2/sqrt(dt)*(sigma*(v - dt*v/tau + "
                "sigma*v*sqrt(dt)) - sigma*v)");
  EXPECT_EQ(Series(A).coefficient(Step, 0), e("v"));
  expectEqual(Series(A).coefficient(Step, 1), e("sigma*v*xi"), "amplitude");
  Expr NoNoise = substitute(Step, {{e("xi"), e("0")}});
  expectEqual(Series(A).coefficient(NoNoise, 2), e("-v/tau"), "drift");
}

/// Functions without a derivative are no obstacle where it is multiplied by
/// zero, and are one where it is not.
TEST_F(SeriesTest, OpaqueFunctions) {
  expectEqual(coefficient("v + dt*timedarray(t)*v", 2), e("timedarray(t)*v"),
              "constant over the step");
  expectEqual(coefficient("v + dt*f(v + dt*w/2)", 2), e("f(v)"), "rk2");
  EXPECT_FALSE(coefficient("v + f(v + dt*w)", 2));
  expectEqual(coefficient("v + dt*floor(v + dt)", 2), e("floor(v)"), "floor");
}

TEST_F(SeriesTest, EssentialSingularitiesHaveNoCoefficient) {
  EXPECT_FALSE(coefficient("exp(1/dt)", 0));
  EXPECT_FALSE(coefficient("sin(1/dt)*dt", 2));
}

TEST_F(SeriesTest, LowestOrder) {
  Series S(A);
  EXPECT_EQ(S.lowest(e("v")), 0);
  EXPECT_EQ(S.lowest(e("dt*v")), 2);
  EXPECT_EQ(S.lowest(e("sqrt(dt)*v")), 1);
  EXPECT_EQ(S.lowest(e("v/dt + w")), -2);
  EXPECT_EQ(S.lowest(e("dt**1.5/dt")), 1);
}

} // namespace
