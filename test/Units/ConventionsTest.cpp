//===- test/Units/ConventionsTest.cpp - What is assumed, and what not ---===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Units/Conventions.h"
#include "Expr/Text.h"
#include "Units/Hints.h"
#include "Units/Units.h"
#include "gtest/gtest.h"

using namespace brian2lift;

namespace {

/// Equations and constants as a group has them.
class Conventions : public ::testing::Test {
protected:
  Conventions() {
    addGroupVariables(P);
    P.UseConventions = true;
  }
  Expr e(llvm::StringRef Text) { return llvm::cantFail(parseBrian(A, Text)); }
  void derivative(llvm::StringRef X, llvm::StringRef F) {
    P.Facts.push_back(
        sameDimension(e(X) / A.symbol("dt"), e(F), {"x.cpp", 1, 1}));
  }
  void same(llvm::StringRef Left, llvm::StringRef Right) {
    P.Facts.push_back(sameDimension(e(Left), e(Right), {"x.cpp", 2, 1}));
  }
  void constant(const char *Name, double Value) {
    P.Constants[Name] = {Value, {}};
  }
  std::string unitOf(llvm::StringRef Name) {
    std::optional<Dimension> D = inferUnits(P).dimension(Name);
    return D ? unitText(*D) : "?";
  }

  ExprArena A;
  UnitProblem P;
};

TEST_F(Conventions, Potentials) {
  derivative("v", "(El - v)/tau");
  same("v", "Vr");
  constant("El", -0.065);
  constant("Vr", -0.07);
  constant("tau", 0.01);
  UnitResult R = inferUnits(P);
  EXPECT_EQ(R.dimension("v"), dimensions::Volt);
  EXPECT_EQ(R.find("v")->Rank, FactRank::Convention);
  EXPECT_EQ(R.find("v")->Because,
            std::vector<std::string>(
                {"convention: El = -0.065: V, Vr = -0.07: V, v: V"}));
  // That the time constant is one follows.
  EXPECT_EQ(R.find("tau")->Rank, FactRank::Evidence);
  EXPECT_TRUE(R.find("tau")->Because.empty());
  P.UseConventions = false;
  EXPECT_EQ(unitOf("v"), "?");
}

TEST_F(Conventions, ValuesThatAreNoPotentials) {
  derivative("v", "(v0 - v)/tau");
  constant("v0", 30);
  EXPECT_EQ(unitOf("v"), "rad");
  constant("v0", 0.5);
  EXPECT_EQ(unitOf("v"), "?");
}

TEST_F(Conventions, NamesAloneAreNotEnough) {
  derivative("v", "(E - v)/tau");
  EXPECT_EQ(unitOf("v"), "?");
  P.Samples["v"] = {-0.07};
  EXPECT_EQ(unitOf("v"), "V");
  EXPECT_EQ(unitOf("E"), "V");
}

TEST_F(Conventions, ValuesAloneAreNotEnough) {
  // Millivolts? Millimolar, in the model that this is from.
  derivative("c", "(k + d - c + kappa)*w");
  constant("k", 0.002);
  constant("d", 0.003);
  constant("kappa", 0.0015);
  EXPECT_EQ(unitOf("c"), "?");
}

TEST_F(Conventions, NoNumberForAnUnusualQuantity) {
  // Ra and Rb are per second and volt; were they numbers, q10 would be that.
  derivative("n", "q10*(Ra*(v - tha)*(1 - n) - Rb*(v - tha)*n)");
  same("v", "tha");
  constant("tha", -0.03);
  constant("Ra", 1000);
  constant("Rb", 100);
  constant("q10", 1.0868579428992127);
  EXPECT_EQ(unitOf("tha"), "V");
  EXPECT_EQ(unitOf("q10"), "?");
  EXPECT_EQ(unitOf("Ra"), "?");
}

TEST_F(Conventions, RatesLookLikeNumbers) {
  // Is it 90 or 90*Hz? Nothing says, however many names say nothing.
  derivative("r", "(S_max/(1 + exp(-(w*r + b - theta)/sigma)) - r)/tau");
  constant("tau", 0.014);
  constant("S_max", 90);
  constant("theta", 3.5);
  constant("sigma", 2.2);
  EXPECT_EQ(unitOf("r"), "?");
  EXPECT_EQ(unitOf("S_max"), "?");
  EXPECT_EQ(unitOf("theta"), "?");
  // A potential of 90 there is not, and `v` is no rate.
  derivative("v", "(v_0 - v)/tau");
  constant("v_0", 90);
  EXPECT_EQ(unitOf("v"), "rad");
}

TEST_F(Conventions, PopulationsAreCalledLikePotentialsAndCurrents) {
  derivative("E", "(E_max*f(I) - E)/tau");
  derivative("I", "(I_max*f(E) - I)/tau");
  constant("E_max", 100);
  constant("I_max", 200);
  EXPECT_EQ(unitOf("E"), "?");
  EXPECT_EQ(unitOf("I"), "?");
}

TEST_F(Conventions, TemperaturesLookLikeNumbers) {
  derivative("T_loc", "(T - T_loc)/tau");
  constant("T", 310);
  EXPECT_EQ(unitOf("T_loc"), "?");
}

TEST_F(Conventions, ConcentrationsLookLikeNumbers) {
  // 1*mmolar is 1 in SI.
  same("B", "1/(1 + Mg/Mg_half)");
  constant("Mg", 1);
  constant("Mg_half", 3.57);
  EXPECT_EQ(unitOf("Mg"), "?");
  EXPECT_EQ(unitOf("B"), "rad");
}

TEST_F(Conventions, NoNumberThatMakesAnotherConstantAQuantity) {
  // 0.5*kilogram/second, 2*kilogram/second**2 and 0.1*kilogram.
  derivative("y", "-(k_s*x + gam*y)/mass_");
  same("x", "y*second");
  P.Known["second"] = dimensions::Second;
  constant("gam", 0.5);
  constant("k_s", 2);
  constant("mass_", 0.1);
  EXPECT_EQ(unitOf("gam"), "?");
  EXPECT_EQ(unitOf("k_s"), "?");
}

TEST_F(Conventions, OneAfterTheOther) {
  derivative("v", "(gL*(EL - v) + I)/C");
  constant("EL", -0.07);
  constant("gL", 1e-8);
  constant("C", 2e-10);
  EXPECT_EQ(unitOf("v"), "V");
  EXPECT_EQ(unitOf("C"), "F");
  EXPECT_EQ(unitOf("gL"), "S");
  EXPECT_EQ(unitOf("I"), "A");
  // 1 uF/cm**2 and 0.1 mS/cm**2 are SI values of another size.
  constant("gL", 1);
  constant("C", 0.01);
  EXPECT_EQ(unitText(*inferUnits(P).dimension("gL")), "m^-4 kg^-1 s^3 A^2");
  EXPECT_EQ(unitOf("I"), "m^-2 A");
}

TEST_F(Conventions, CurrentsMayBeVoltages) {
  // `I` is in volts here, whatever its name says.
  derivative("v", "(I + El - v)/tau");
  constant("El", -0.07);
  EXPECT_EQ(unitOf("I"), "V");
}

TEST_F(Conventions, PhysicalConstants) {
  // Whatever they are called.
  derivative("v", "(R*T/F*log(c/k) - v)/tau");
  constant("R", 8.3144598);
  constant("F", 96485.33289);
  EXPECT_EQ(unitOf("R"), "J/(mol K)");
  EXPECT_EQ(unitOf("F"), "s A mol^-1");
  EXPECT_EQ(unitOf("T"), "?");
  constant("F", 96485);
  EXPECT_EQ(unitOf("F"), "?");
}

TEST_F(Conventions, HintsComeFirst) {
  derivative("v", "(El - v)/tau");
  constant("El", -0.065);
  P.Facts.push_back(hasDimension(e("v"), dimensions::None, {}, FactRank::Hint));
  EXPECT_EQ(unitOf("v"), "rad");
  EXPECT_EQ(inferUnits(P).find("El")->Rank, FactRank::Hint);
}

TEST_F(Conventions, NothingAboutContradictions) {
  derivative("v", "(El - v)/tau");
  constant("El", -0.065);
  same("v", "t");
  same("v", "3");
  EXPECT_EQ(unitOf("v"), "?");
  EXPECT_EQ(unitOf("El"), "?");
}

TEST(UnitText, ReadsWhatIsPrinted) {
  for (const char *Text : {"volt", "1", "siemens/metre**2", "hertz**0.5",
                           "volt/second", "farad/metre**2", "joule/kelvin",
                           "mole", "mmolar", "kilogram", "metre**3"}) {
    Dimension D = *parseUnit(Text);
    EXPECT_EQ(parseUnitText(unitText(D)), D) << Text;
    EXPECT_EQ(parseUnitText(dimensionText(D)), D) << Text;
  }
  EXPECT_EQ(parseUnitText("mV"), dimensions::Volt);
  EXPECT_EQ(parseUnitText("J/(kg K)"), parseUnit("joule/kilogram/kelvin"));
  EXPECT_EQ(parseUnitText("S/(m^2)"), parseUnit("siemens/metre**2"));
  for (const char *Text :
       {"", "x", "V^", "V^x", "(V", "V)", "/", "V/", "V^0.1234"})
    EXPECT_FALSE(parseUnitText(Text)) << Text;
}

TEST(Hints, ForOneGroupOrAll) {
  Diagnostics Diags;
  std::vector<UnitHint> Hints;
  readUnitHint("v=volt", Hints, Diags);
  readUnitHint("my_group.v = mV", Hints, Diags);
  ASSERT_EQ(Hints.size(), 2u);
  EXPECT_TRUE(Hints[0].isFor("any", "v"));
  EXPECT_FALSE(Hints[0].isFor("any", "w"));
  EXPECT_TRUE(Hints[1].isFor("my_group", "v"));
  EXPECT_FALSE(Hints[1].isFor("any", "v"));
  EXPECT_TRUE(Diags.all().empty());
}

TEST(Hints, WhatIsNone) {
  for (const char *Text :
       {"v", "v=", "=volt", "1v=volt", ".v=volt", "g.=volt", "v w=volt",
        "v=parsec", "v==volt", "v=volt+amp", ""}) {
    Diagnostics Diags;
    std::vector<UnitHint> Hints;
    readUnitHint(Text, Hints, Diags);
    EXPECT_TRUE(Diags.hasErrors()) << Text;
    EXPECT_TRUE(Hints.empty()) << Text;
  }
}

} // namespace
