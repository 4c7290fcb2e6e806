//===- test/Expr/TransformTest.cpp - Derivatives against numbers --------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Algebra.h"
#include "Expr/Evaluate.h"
#include "RandomExpr.h"

using namespace brian2lift;

namespace {

using TransformTest = Algebra;

TEST_F(TransformTest, Derivatives) {
  struct {
    const char *Of, *Derivative; // with respect to v
  } Cases[] = {
      {"v", "1"},
      {"w", "0"},
      {"3*v + w", "3"},
      {"v*w", "w"},
      {"v**3", "3*v**2"},
      {"w/v", "-w/v**2"},
      {"sqrt(v)", "1/(2*sqrt(v))"},
      {"exp(2*v)", "2*exp(2*v)"},
      {"log(v)", "1/v"},
      {"sin(v)*cos(w)", "cos(v)*cos(w)"},
      {"abs(v)", "sign(v)"},
      {"w**v", "w**v*log(w)"},
      {"exprel(v)", "(exp(v) - exprel(v))/v"},
      {"(v**2 if flag else w)", "(2*v if flag else 0)"},
      {"floor(w) + v", "1"},
      {"f(w)*v", "f(w)"},
  };
  for (const auto &Case : Cases)
    EXPECT_EQ(differentiate(e(Case.Of), e("v")), e(Case.Derivative)) << Case.Of;
}

TEST_F(TransformTest, UnknownDerivativesAreMarked) {
  for (const char *Text : {"floor(v)", "clip(v, 0, 1)", "v % w", "f(v)",
                           "(w if v > 0 else x)", "array[v]"})
    EXPECT_TRUE(hasUnknownDerivative(differentiate(e(Text), e("v")))) << Text;
  EXPECT_FALSE(hasUnknownDerivative(differentiate(e("f(w)*v"), e("v"))));
}

/// df/dv against (f(v + h) - f(v - h))/2h with 400 bits, on expressions that
/// nobody thought of.
TEST_F(TransformTest, RandomDerivativesAgreeWithDifferences) {
  Expr V = e("v");
  Rational H = Rational(2).pow(-80);
  unsigned Compared = 0;
  for (unsigned Seed = 0; Seed < 1000; ++Seed) {
    RandomExpr Random(A, Seed);
    Expr F = Random.smooth(1 + Seed % 4);
    Expr D = differentiate(F, V);
    ASSERT_FALSE(hasUnknownDerivative(D)) << toBrian(F);
    auto At = [&](Expr E, const Rational &Shift) {
      Valuation Values(400);
      const char *Names[] = {"w", "tau", "x_1", "g_Na", "dt"};
      for (int I = 0; I < 5; ++I)
        Values.set(A.symbol(Names[I]), Real(0.37 + 0.21 * I));
      Values.set(V, Real(Rational(3, 4) + Shift, 400));
      return Values.value(E);
    };
    Real Exact = At(D, 0), Right = At(F, H), Left = At(F, -H);
    if (!Exact.isFinite() || !Right.isFinite() || !Left.isFinite())
      continue; // a pole
    Valuation V400(400);
    Real Quotient = V400.div(V400.sub(Right, Left), Real(Rational(2) * H, 400));
    double Size = std::abs(Exact.toDouble()) + 1;
    if (!(Size < 1e12) || !(distance(Right, Real()).Upper < 1e30))
      continue; // the difference of two such values has no digits left
    ++Compared;
    EXPECT_LT(distance(Exact, Quotient).Upper, 1e-9 * Size)
        << "seed " << Seed << ": d/dv " << toBrian(F) << " is not "
        << toBrian(D);
  }
  EXPECT_GT(Compared, 600u);
}

/// Substituting and evaluating commute.
TEST_F(TransformTest, RandomSubstitutionsKeepTheValue) {
  Expr V = e("v"), W = e("w"), Replacement = e("x_1*w - tau/3");
  unsigned Compared = 0;
  for (unsigned Seed = 0; Seed < 500; ++Seed) {
    RandomExpr Random(A, Seed);
    Expr F = Random.any(1 + Seed % 3);
    Valuation Before(200), After(200);
    const char *Names[] = {"tau", "x_1", "g_Na", "dt", "not_refractory"};
    for (int I = 0; I < 5; ++I) {
      Before.set(A.symbol(Names[I]), Real(0.37 + 0.21 * I));
      After.set(A.symbol(Names[I]), Real(0.37 + 0.21 * I));
    }
    Before.set(W, Real(1.3));
    After.set(W, Real(1.3));
    Before.set(V, After.value(Replacement));
    Real Left = Before.value(F);
    Real Right = After.value(substitute(F, {{V, Replacement}}));
    if (!Left.isFinite() || !Right.isFinite())
      continue;
    ++Compared;
    double Size = std::abs(Left.toDouble()) + 1;
    EXPECT_FALSE(distance(Left, Right).Lower > 1e-30 * Size) << toBrian(F);
  }
  EXPECT_GT(Compared, 250u);
}

TEST_F(TransformTest, CancelDenominators) {
  struct {
    const char *Before, *After;
  } Cases[] = {
      {"tau*(v/tau + w)", "v + tau*w"},
      {"w*(v + 1)", "w*(v + 1)"},
      {"(a/x + b)*x*y", "(a + b*x)*y"},
  };
  for (const auto &Case : Cases)
    EXPECT_EQ(cancelDenominators(e(Case.Before)), e(Case.After)) << Case.Before;
}

} // namespace
