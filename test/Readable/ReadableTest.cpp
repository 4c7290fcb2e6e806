//===- Readable/ReadableTest.cpp ----------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Soup in, an author's text out. The left sides are what Brian2's integration
// methods make of the right ones.
//
//===----------------------------------------------------------------------===//

#include "Readable/Readable.h"
#include "Expr/Text.h"
#include "Readable/Gates.h"
#include "Readable/Numbers.h"
#include "gtest/gtest.h"

using namespace brian2lift;

namespace {

class ReadableTest : public testing::Test {
protected:
  ExprArena A;
  ReadableNames Names;
  NameRanks Ranks;

  ReadableTest() {
    for (llvm::StringRef Name : {"v", "m", "h", "n", "x"}) {
      Names.StateVariables.insert(Name);
      Ranks[Name] = 3;
    }
    for (llvm::StringRef Name :
         {"mV", "ms", "tau", "E", "VT", "gl", "gK", "EK"})
      Ranks[Name] = 1;
    Names.Booleans.insert("on");
    Names.Booleans.insert("off");
  }

  Expr e(llvm::StringRef Text) { return llvm::cantFail(parseBrian(A, Text)); }
  std::string readable(llvm::StringRef Text) {
    return toBrian(makeReadable(e(Text), Names).front(), &Ranks);
  }
};

TEST_F(ReadableTest, WritesAsAnAuthor) {
  const struct {
    const char *Soup, *Author;
  } Cases[] = {
      // Driving forces.
      {"E/tau - v/tau", "(E - v)/tau"},
      {"gl*E/C - gl*v/C + I/C", "(I + gl*(E - v))/C"},
      {"v*(-gl/C - gK*n**4/C) + E*gl/C + EK*gK*n**4/C",
       "(gK*n**4*(EK - v) + gl*(E - v))/C"},
      {"10*mV/(15*ms) - v/(15*ms)", "(10*mV - v)/(15*ms)"},
      // What the solution of a linear system leaves.
      {"x*(1 - ts/tau)/(tau - ts) - v/tau", "(x - v)/tau"},
      {"(-0.0054862988994504 - x)/tau", "(-1/(1 + exp(5.2)) - x)/tau"},
      {"(E - v)/tau + 0.471404520791032*E*x/sqrt(ms)",
       "E*x*sqrt(2/(9*ms)) + (E - v)/tau"},
      {"(E - v)/tau - 0.471404520791*E*x/sqrt(ms)",
       "(E - v)/tau - 0.471404520791*E*x/sqrt(ms)"},
      {"(E - v)/tau + 0.47123456789012345678901234567890123456789*E*m",
       "0.47123456789012347*E*m + (E - v)/tau"},
      {"-0.543656365691809*mV*x/tau", "-0.2*mV*x*exp(1)/tau"},
      // Many of them.
      {"(a1*b1 + a2*b2 + a3*b3 + a4*b4 + a5*b5 + a6*b6 + a7*b7 + a8*b8 + "
       "a9*b9 - a1*v - a2*v - a3*v - a4*v - a5*v - a6*v - a7*v - a8*v - a9*v"
       " + a0*b0 - a0*v + E*gl - gl*v + gK*EK - gK*v)/C",
       "(a0*(b0 - v) + a1*(b1 - v) + a2*(b2 - v) + a3*(b3 - v) + a4*(b4 - v)"
       " + a5*(b5 - v) + a6*(b6 - v) + a7*(b7 - v) + a8*(b8 - v) + "
       "a9*(b9 - v) + gK*(EK - v) + gl*(E - v))/C"},
      // Rates, and numbers that were folded.
      {"0.329137207652868*exp(-v/(18*mV))*exp(VT/(18*mV))/ms",
       "0.128*exp((VT + 17*mV - v)/(18*mV))/ms"},
      {"h*(-a/ms - b/ms) + a/ms", "(a*(1 - h) - b*h)/ms"},
      {"0.1*v/(12.182493960703473*ms*mV*exp(-0.1*v/mV) - ms*mV)"
       " - 2.5*mV/(12.182493960703473*ms*mV*exp(-0.1*v/mV) - ms*mV)",
       "-1/(ms*exprel(2.5 - v/(10*mV)))"},
      {"(v - 2)**2*n/(k*(1 - exp(2 - v))**2)", "n/(k*exprel(2 - v)**2)"},
      // A number that all terms have stands outside.
      {"0.1/ms - 0.1*v/ms", "(1 - v)/(10*ms)"},
      {"2*n*b*k*exp(-v)/(exp(-v) + 1)", "2*b*k*n/(1 + exp(v))"},
      // Logistic functions.
      {"exp(v/k)/(exp(v/k) + exp(w/k))", "1/(1 + exp((w - v)/k))"},
      {"ms/(ms + ms*exp(v/k)*exp(-w/k)) - m", "1/(1 + exp((v - w)/k)) - m"},
      // Roots.
      {"1.4142135623731*s*sqrt(1/tau)*xi", "s*sqrt(2/tau)*xi"},
      {"0.398942280401433*f(x)/k", "f(x)/(k*sqrt(2*pi))"},
      // Pi.
      {"6.28318530717959*gl*sin(f*t*18.8495559215388)",
       "2*pi*gl*sin(6*pi*f*t)"},
      // What rounding left in the solution of a linear system, and what not.
      {"1.66666666666667795*E/tau + v*(2e-15*k/gl - k/tau - 2*gl/tau)",
       "(5*E/3 - v*(2*gl + k))/tau"},
      {"1.66666666666667795*E/tau + v*(2e-15*n - k/tau)",
       "5*E/(3*tau) + v*(2e-15*n - k/tau)"},
      // A time constant, not twice that; and no power taken apart.
      {"(2*E - 2*v + I)/(20*ms)", "(E + 0.5*I - v)/(10*ms)"},
      {"-3.33333333333333*mV/ms - v/(15*ms)", "-(50*mV + v)/(15*ms)"},
      {"v/tau - v**3/tau", "(v - v**3)/tau"},
      // Izhikevich's polynomial; logistic growth.
      {"v*(0.04*v/ms + 5/ms) + 140/ms - u/ms",
       "(0.04*v**2 + 5*v + 140 - u)/ms"},
      {"v/tau - v**2/tau", "v*(1 - v)/tau"},
      {"3*x**2/tau + 0.5*x/tau - x**3/tau + E/tau - z/tau",
       "(E + 3*x**2 + 0.5*x - z - x**3)/tau"},
      {"b*x**2/tau - a*x**3/tau - z/tau", "(b*x**2 - z - a*x**3)/tau"},
      {"(x*v - 2.66666666666667*n)/tau", "(v*x - 8*n/3)/tau"},
      // Conditions.
      {"int(on)*(v/tau + (1 - v)/tau) - v/tau", "(int(on) - v)/tau"},
      {"int(on) + int(off) - int(on)*int(off)", "int(off or on)"},
      // Nothing to do.
      {"(v - E)*(v - VT)/(VT - E) + I", "I + (E - v)*(v - VT)/(E - VT)"},
      {"f(v)*rand(0)", "f(v)*rand(0)"},
  };
  for (const auto &Case : Cases)
    EXPECT_EQ(readable(Case.Soup), Case.Author) << Case.Soup;
}

TEST_F(ReadableTest, FindsSteadyStatesAndRates) {
  // Exponential Euler has A and B of A*x + B multiplied out.
  auto Of = [&](const char *Variable, const char *Text) {
    return toBrian(makeReadable(e(Text), Names, A.symbol(Variable)).front(),
                   &Ranks);
  };
  // A power of a logistic function over a time constant that is another one.
  EXPECT_EQ(
      Of("h",
         "-(h + 4.26284019666136e-07*(-1.24*ms - 2.678*ms/(1 + "
         "22.6463796431754*exp(0.0624*v/mV)))/(5.28592184386009e-07*ms + "
         "8.27477065695179e-05*ms*exp(0.0688*v/mV) + 0.00485760796184618*ms*"
         "exp(0.1376*v/mV) + 0.126737880395608*ms*exp(0.2064*v/mV) + 1.24*ms*"
         "exp(0.2752*v/mV) + 0.000178708353381588*ms*exp(0.0688*v/mV)/(1 + "
         "22.6463796431754*exp(0.0624*v/mV)) + 0.0104908662272775*ms*"
         "exp(0.1376*v/mV)/(1 + 22.6463796431754*exp(0.0624*v/mV)) + "
         "0.273712938467288*ms*exp(0.2064*v/mV)/(1 + 22.6463796431754*"
         "exp(0.0624*v/mV)) + 2.678*ms*exp(0.2752*v/mV)/(1 + 22.6463796431754*"
         "exp(0.0624*v/mV)) + 1.14158860466591e-06*ms/(1 + 22.6463796431754*"
         "exp(0.0624*v/mV))))/(1.24*ms + 2.678*ms/(1 + 22.6463796431754*"
         "exp(0.0624*v/mV)))"),
      "(1/(1 + exp(0.0688*(v/mV + 53.3)))**4 - h)/(ms*(2.678/(1 + "
      "exp(0.0624*(v/mV + 50))) + 1.24))");
  // A steady state over a time constant that is a sum of exponentials.
  EXPECT_EQ(Of("h", "h*(-0.1737739434504451*exp(-0.05*v/mV)/tau - "
                    "18.99018883081891*exp(0.05*v/mV)/tau) + 18.99018883081891"
                    "*exp(0.05*v/mV)/(tau + 0.0301973834223185*tau*exp(-0.1*"
                    "v/mV)) + 1/(0.1737739434504451*tau*exp(-0.05*v/mV) + "
                    "5.754602676005731*tau*exp(0.05*v/mV))"),
            "(exp(-0.05*(v/mV + 35)) + 3.3*exp(0.05*(v/mV + 35)))*(1/(1 + "
            "exp(-v/(10*mV) - 3.5)) - h)/tau");
  // What the exact method makes of two coupled compartments.
  EXPECT_EQ(Of("v", "gc*x/C + (gc + gl)*(gc*I + gl*(E*(gl + 2*gc) + I))/"
                    "(C*gl*(gl + 2*gc)) - gc*(E*(gl + 2*gc) + gc*I/gl)/"
                    "(C*(gl + 2*gc)) - v*(gc + gl)/C"),
            "(I + gc*(x - v) + gl*(E - v))/C");
  // alpha/(alpha + beta) over 1/(alpha + beta) is no fraction any more.
  EXPECT_EQ(Of("m", "(a*exp(v)/(a*exp(v) + b/(exp(v) + 2)) - m)*"
                    "(a*exp(v) + b/(exp(v) + 2))"),
            "a*exp(v)*(1 - m) - b*m/(exp(v) + 2)");
}

TEST_F(ReadableTest, WritesNoiseApart) {
  auto Of = [&](const char *Text) {
    return toBrian(makeReadable(e(Text), Names, A.symbol("v")).front(), &Ranks);
  };
  EXPECT_EQ(Of("(E + s*sqrt(2*tau)*xi - v)/tau"),
            "(E - v)/tau + s*sqrt(2/tau)*xi");
  EXPECT_EQ(Of("0.05*E/ms - 0.1*v/ms + s*xi/sqrt(tau)"),
            "(0.5*E - v)/(10*ms) + s*xi/sqrt(tau)");
  EXPECT_EQ(Of("(0.2*s*xi_1 + sqrt(tau)*v*xi_2 - v)/tau"),
            "0.2*s*xi_1/tau + v*xi_2/sqrt(tau) - v/tau");
  // Of what both have a reader wants to be told once.
  EXPECT_EQ(Of("(1 + n*sqrt(tau)*xi)*(gK*n**4*(EK - v)/(1 + exp(v/k)) + "
               "gl*(E - v)/(2 + cos(v/k)) + I*sin(t/tau))/C"),
            "(1 + sqrt(tau)*n*xi)*(I*sin(t/tau) + gK*n**4*(EK - v)/"
            "(1 + exp(v/k)) + gl*(E - v)/(cos(v/k) + 2))/C");
}

TEST_F(ReadableTest, KnowsWhosePiItIs) {
  Names.HasOwnPi = true;
  EXPECT_EQ(readable("6.28318530717959*gl"), "6.28318530717959*gl");
}

TEST_F(ReadableTest, KeepsTheDomain) {
  // sqrt(a)*sqrt(b) has no value where a and b are negative.
  EXPECT_EQ(readable("sqrt(a*b)*x"), "x*sqrt(a*b)");
  // The root of a square is no power of one.
  EXPECT_EQ(readable("sqrt(v**2)"), "sqrt(v**2)");
}

TEST_F(ReadableTest, LeavesWhatIsTooLarge) {
  std::vector<Expr> Terms;
  Terms.reserve(3000);
  for (int I = 0; I < 3000; ++I)
    Terms.push_back(A.symbol("a" + std::to_string(I)) * A.symbol("v"));
  Expr Sum = A.add(Terms);
  EXPECT_EQ(makeReadable(Sum, Names).front(), Sum);
  Expr Deep = A.symbol("x");
  for (int I = 0; I < 1000; ++I)
    Deep = A.call("f", {Deep + A.symbol("v")});
  EXPECT_EQ(makeReadable(Deep, Names).front(), Deep);
}

TEST_F(ReadableTest, FindsGates) {
  auto Rates =
      findGate(e("(0.128*exp(-v/k)*(1 - h) - 4*h/(1 + exp(v/k)))/ms"), e("h"));
  ASSERT_TRUE(Rates && Rates->Alpha && Rates->Beta);
  EXPECT_EQ(Rates->Alpha, e("0.128*exp(-v/k)/ms"));
  EXPECT_EQ(Rates->Beta, e("4/(ms*(1 + exp(v/k)))"));

  auto Steady = findGate(e("(1/(1 + exp((w - v)/k)) - m)/tau"), e("m"));
  ASSERT_TRUE(Steady && Steady->SteadyState);
  EXPECT_EQ(Steady->SteadyState, e("1/(1 + exp((w - v)/k))"));
  EXPECT_FALSE(Steady->TimeConstant);
  EXPECT_EQ(Steady->Scale, e("1/tau"));

  // Brian2 takes no random numbers in a subexpression, and no noise.
  EXPECT_FALSE(findGate(e("(exp(-v**2/k**2)*(1 + rand()) - m)/tau"), e("m")));
  EXPECT_FALSE(
      findGate(e("(1/(1 + exp((w - v)/k)) + s*xi_m - m)/tau"), e("m")));
  EXPECT_FALSE(findGate(e("(E - v)/tau"), e("v")));
  EXPECT_FALSE(findGate(e("a*(1 - h) - b*h"), e("h")));
}

TEST(NumbersTest, Unfolds) {
  auto Of = [](const char *Text) { return *Rational::fromDecimal(Text); };
  ExpUnfolder Unfolder;
  // The later tries use the table that the first ones paid for.
  for (int Try = 0; Try < 4; ++Try) {
    auto Folded = Unfolder.unfold(Of("0.329137207652868"), {{18}, {}});
    ASSERT_TRUE(Folded);
    EXPECT_EQ(Folded->Factor, Of("0.128"));
    EXPECT_EQ(Folded->Exponent, Rational(17, 18));
    Folded = Unfolder.unfold(-Of("2980.95798704173"), {{18}, {}});
    ASSERT_TRUE(Folded);
    EXPECT_EQ(Folded->Factor, Rational(-1));
    EXPECT_EQ(Folded->Exponent, Rational(8));
    EXPECT_FALSE(Unfolder.unfold(Of("0.329137207652968"), {{18}, {}}));
    // (40.12*mV - v)/(5*mV): two decimals of a voltage.
    Folded = Unfolder.unfold(Of("763.34160104139"), {{5}, {}});
    ASSERT_TRUE(Folded);
    EXPECT_EQ(Folded->Factor, Rational(1, 4));
    EXPECT_EQ(Folded->Exponent, Of("8.024"));
    Folded = Unfolder.unfold(Of("39.1358920041706"), {{}, {Of("0.0688")}});
    ASSERT_TRUE(Folded);
    EXPECT_EQ(Folded->Exponent, Of("0.0688") * Of("53.3"));
  }
  EXPECT_EQ(unfoldLogistic(Of("0.0054862988994504")), Of("5.2"));
  EXPECT_FALSE(unfoldLogistic(Of("0.0054862988994604")));
  EXPECT_EQ(unfoldLogistic(Of("0.999389120640566")), -Of("7.4"));
  EXPECT_EQ(unfoldRoot(Of("1.4142135623731")), Rational(2));
  EXPECT_FALSE(unfoldRoot(Of("1.4142135623")));
  auto Pi = unfoldPi(Of("6.28318530717959"));
  ASSERT_TRUE(Pi);
  EXPECT_EQ(Pi->Factor, Rational(2));
  EXPECT_EQ(Pi->Power, Rational(1));
  Pi = unfoldPi(Of("0.398942280401433"));
  ASSERT_TRUE(Pi);
  EXPECT_EQ(Pi->Factor, Rational(2));
  EXPECT_EQ(Pi->Power, Rational(-1, 2));
  Pi = unfoldPi(Of("0.448798950512828"));
  ASSERT_TRUE(Pi);
  EXPECT_EQ(Pi->Factor, Rational(1, 7));
  EXPECT_FALSE(unfoldPi(Of("6.28318530718959")));
  EXPECT_FALSE(unfoldPi(Of("6.28319")));
  EXPECT_EQ(unfoldRoot(Of("0.471404520791032")), Rational(2, 9));
  EXPECT_EQ(unfoldRoot(Of("0.00471404520791032")), Rational(2, 90000));
  EXPECT_EQ(unfoldRoot(Of("41.2310562561766")), Rational(1700));
  EXPECT_FALSE(unfoldRoot(Of("0.471404520791")));
  EXPECT_FALSE(unfoldRoot(Of("0.471404520791132")));
  EXPECT_EQ(printable(Of("0.47140452079103168")), Of("0.47140452079103168"));
  EXPECT_EQ(printable(-Of("0.47140452079103167815077313207439146935")),
            -Of("0.4714045207910317"));
  EXPECT_EQ(printable(Of("12345678901234567891") / Rational(3)),
            Of("4115226300411522600"));
  EXPECT_EQ(printable(Rational(1, 3)), Rational(1, 3));
  EXPECT_EQ(printable(Of("1e30")), Of("1e30"));
  EXPECT_EQ(shortened(Of("0.30000000000000004")), Of("0.3"));
  EXPECT_EQ(shortened(Of("0.300000001")), Of("0.300000001"));
  // 0.900900900900901/2.7027027027027, of v**3/3 over 0.37.
  EXPECT_EQ(shortened(Of("0.33333333333333263")), Rational(1, 3));
  EXPECT_EQ(shortened(Of("0.0428571428571429")), Rational(3, 70));
  EXPECT_EQ(shortened(Of("0.3333333333")), Of("0.3333333333"));
  EXPECT_EQ(Of("0.0250").significantDigits(), 2U);
}

} // namespace
