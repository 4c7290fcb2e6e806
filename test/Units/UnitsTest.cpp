//===- test/Units/UnitsTest.cpp - Dimensions, quantities, inference -----===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Units/Units.h"
#include "Expr/Text.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

using namespace brian2lift;

namespace {

constexpr Dimension Mole(0, 0, 0, 0, 0, 1);
constexpr double Infinity = std::numeric_limits<double>::infinity();

Dimension unit(const char *Text) {
  std::optional<Dimension> D = parseUnit(Text);
  EXPECT_TRUE(D) << Text;
  return D.value_or(Dimension());
}

//===----------------------------------------------------------------------===//
// Fractions and dimensions
//===----------------------------------------------------------------------===//

TEST(Fraction, Arithmetic) {
  EXPECT_EQ(Fraction(1, 2) + Fraction(1, 3), Fraction(5, 6));
  EXPECT_EQ(Fraction(2, -4), Fraction(-1, 2));
  EXPECT_EQ(Fraction(1, 2) * Fraction(2), Fraction(1));
  EXPECT_EQ(Fraction(1, 2) - Fraction(1, 2), Fraction(0));
  EXPECT_EQ(Fraction(3) / Fraction(6), Fraction(1, 2));
  EXPECT_EQ(-Fraction(3, 7), Fraction(-3, 7));
  EXPECT_TRUE(Fraction(0, 5).isZero());
  EXPECT_TRUE(Fraction(6, 3).isInteger());
}

TEST(Fraction, WhatDoesNotFitIsInvalidForGood) {
  Fraction Large(2000000000);
  EXPECT_FALSE((Large + Large).isValid());
  EXPECT_FALSE((Large * Large).isValid());
  EXPECT_FALSE((Fraction(1, 2000000000) / Large).isValid());
  EXPECT_FALSE((Fraction(1) / Fraction(0)).isValid());
  EXPECT_FALSE((Fraction(1) + Fraction(1, 0)).isValid());
  EXPECT_FALSE((Fraction(0) * Fraction(1, 0)).isValid());
  EXPECT_FALSE(Fraction(1, 0) == Fraction(1, 0));
}

TEST(Dimension, Algebra) {
  EXPECT_EQ(dimensions::Volt / dimensions::Ohm, dimensions::Amp);
  EXPECT_EQ(dimensions::Farad * dimensions::Volt, dimensions::Coulomb);
  EXPECT_EQ(dimensions::Second.power(-1), dimensions::Hertz);
  EXPECT_EQ(dimensions::Volt.power(Fraction(1, 2)).power(2), dimensions::Volt);
  EXPECT_TRUE((dimensions::Siemens * dimensions::Ohm).isDimensionless());
}

TEST(Dimension, Text) {
  EXPECT_EQ(dimensionText(dimensions::Volt), "m^2 kg s^-3 A^-1");
  EXPECT_EQ(dimensionText(dimensions::None), "1");
  EXPECT_EQ(dimensionText(dimensions::Second.power(Fraction(-1, 2))), "s^-0.5");
  EXPECT_EQ(dimensionText(dimensions::Second.power(Fraction(1, 3))),
            "s^0.3333333333333333");
}

TEST(Dimension, UnitText) {
  EXPECT_EQ(unitText(dimensions::None), "rad");
  EXPECT_EQ(unitText(dimensions::Volt), "V");
  EXPECT_EQ(unitText(dimensions::Hertz), "Hz");
  EXPECT_EQ(unitText(dimensions::Metre.power(2)), "m^2");
  EXPECT_EQ(unitText(unit("kilogram")), "kg");
  EXPECT_EQ(unitText(unit("mole*metre**-3")), "mM");
  EXPECT_EQ(unitText(unit("joule/kelvin")), "J/K");
  EXPECT_EQ(unitText(unit("coulomb/metre**2")), "C/(m^2)");
  EXPECT_EQ(unitText(unit("siemens/metre**2")), "m^-4 kg^-1 s^3 A^2");
  EXPECT_EQ(unitText(unit("volt**0.5")), "m kg^0.5 s^-1.5 A^-0.5");
}

TEST(Dimension, UnitExpression) {
  EXPECT_EQ(unitExpression(dimensions::None), "1");
  EXPECT_EQ(unitExpression(dimensions::Volt), "volt");
  EXPECT_EQ(unitExpression(dimensions::Metre.power(2)), "metre**2");
  EXPECT_EQ(unitExpression(dimensions::Volt / dimensions::Second),
            "volt/second");
  EXPECT_EQ(unitExpression(unit("siemens/cm**2")), "siemens/metre**2");
  EXPECT_EQ(unitExpression(unit("1/(mV*ms)")), "volt**-1/second");
  EXPECT_EQ(unitExpression(unit("mole/second")), "mole/second");
  for (const char *Text : {"volt/second**0.5", "farad/metre**2", "ohm*metre",
                           "kilogram**3*candle", "mmolar/second"})
    EXPECT_EQ(unit(unitExpression(unit(Text)).c_str()), unit(Text));
}

TEST(Dimension, ParseUnit) {
  EXPECT_EQ(parseUnit("mV"), dimensions::Volt);
  EXPECT_EQ(parseUnit("1"), dimensions::None);
  EXPECT_EQ(parseUnit("siemens / metre ** 2"),
            dimensions::Siemens / dimensions::Metre.power(2));
  EXPECT_EQ(parseUnit("second**-0.5"),
            dimensions::Second.power(Fraction(-1, 2)));
  // Python prints a third so.
  Dimension Third = dimensions::Kelvin.power(Fraction(-1, 3));
  EXPECT_EQ(parseUnit(unitExpression(Third)), Third);
  EXPECT_EQ(parseUnitText(unitText(Third)), Third);
  EXPECT_EQ(parseUnit("kelvin**(-1/3)"), Third);
  EXPECT_FALSE(parseUnit("kelvin**0.3334"));
  EXPECT_FALSE(parseUnit("parsec"));
  EXPECT_FALSE(parseUnit("volt + volt*"));
  EXPECT_FALSE(parseUnit(""));
  EXPECT_FALSE(parseUnit("volt**second"));
  EXPECT_FALSE(parseUnit("volt + amp"));
  EXPECT_FALSE(parseUnit("0*volt"));
  EXPECT_FALSE(parseUnit("volt**99999999999"));
}

//===----------------------------------------------------------------------===//
// Quantities
//===----------------------------------------------------------------------===//

TEST(Quantity, AsInTheSeed) {
  EXPECT_EQ(quantityText(0.01, dimensions::Second), "10. ms");
  EXPECT_EQ(quantityText(-0.07, dimensions::Volt), "-70. mV");
  EXPECT_EQ(quantityText(0.8, dimensions::Volt), "0.8 V");
  EXPECT_EQ(quantityText(1e-8, dimensions::Siemens), "10. nS");
  EXPECT_EQ(quantityText(1e-12, dimensions::Farad), "1. pF");
  EXPECT_EQ(quantityText(6e-6, dimensions::Siemens), "6. uS");
  EXPECT_EQ(quantityText(1e-4, dimensions::Second), "100. us");
}

TEST(Quantity, Digits) {
  EXPECT_EQ(quantityText(1.0 / 3, dimensions::Volt), "0.33333333 V");
  EXPECT_EQ(quantityText(123456789.0, dimensions::Volt), "123.456789 MV");
  EXPECT_EQ(quantityText(0.1 + 0.2, dimensions::Volt), "300. mV");
  EXPECT_EQ(quantityText(9.1e-31, unit("kilogram")), "0.00091 yg");
  EXPECT_EQ(quantityText(1e30, dimensions::Kelvin), "1.e+30 K");
  EXPECT_EQ(quantityText(1e-30, dimensions::Kelvin), "1.e-30 K");
  EXPECT_EQ(quantityText(123456789.0, unit("metre**-4*kilogram")),
            "1.23456789e+08 m^-4 kg");
}

TEST(Quantity, TiesBetweenUnits) {
  // 1e4 um^2 and 0.01 mm^2 are as far from 10; Brian2's registry decides.
  EXPECT_EQ(quantityText(1e-8, dimensions::Metre.power(2)), "10000. um^2");
  EXPECT_EQ(quantityText(2e-8, dimensions::Metre.power(2)), "0.02 mm^2");
}

TEST(Quantity, Special) {
  EXPECT_EQ(quantityText(0, dimensions::Volt), "0. V");
  EXPECT_EQ(quantityText(-0.0, dimensions::Volt), "-0. V");
  EXPECT_EQ(quantityText(0, Mole / dimensions::Metre.power(3)), "0. mM");
  EXPECT_EQ(quantityText(Infinity, dimensions::Volt), "inf YV");
  EXPECT_EQ(quantityText(-Infinity, dimensions::Kelvin), "-inf K");
  EXPECT_EQ(quantityText(std::nan(""), dimensions::Second), "nan s");
  EXPECT_EQ(quantityText(0.5, dimensions::None), "0.5");
  EXPECT_EQ(quantityText(1000, dimensions::None), "1000.0");
}

TEST(Quantity, Numbers) {
  EXPECT_EQ(numberText(1000, true), "1000");
  EXPECT_EQ(numberText(0, true), "0");
  EXPECT_EQ(numberText(-3, true), "-3");
  EXPECT_EQ(numberText(9223372036854775808.0, true), "9223372036854775808");
  EXPECT_EQ(numberText(0.5, false), "0.5");
  EXPECT_EQ(numberText(1e-05, false), "1e-05");
  EXPECT_EQ(numberText(0.0001, false), "0.0001");
  EXPECT_EQ(numberText(1e15, false), "1000000000000000.0");
  EXPECT_EQ(numberText(1e16, false), "1e+16");
  EXPECT_EQ(numberText(1.5e-300, false), "1.5e-300");
  EXPECT_EQ(numberText(0.1 + 0.2, false), "0.30000000000000004");
  EXPECT_EQ(numberText(-0.0, false), "-0.0");
  EXPECT_EQ(numberText(-Infinity, false), "-inf");
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

std::string nameText(const char *Name, double Value) {
  std::optional<BrianUnit> U = brianUnit(Name, Value);
  return U ? U->Text + " " + dimensionText(U->Dim) : "none";
}

TEST(Names, Units) {
  EXPECT_EQ(nameText("mV", 0.001), "mV m^2 kg s^-3 A^-1");
  EXPECT_EQ(nameText("msiemens", 1e-3), "mS m^-2 kg^-1 s^3 A^2");
  EXPECT_EQ(nameText("cm2", 1e-4), "cm^2 m^2");
  EXPECT_EQ(nameText("umetre3", 1e-18), "um^3 m^3");
  EXPECT_EQ(nameText("kilogram", 1), "kg kg");
  EXPECT_EQ(nameText("mM", 1), "mM m^-3 mol");
  EXPECT_EQ(nameText("mliter", 1e-6), "ml m^3");
  EXPECT_EQ(nameText("second", 1), "s s");
}

TEST(Names, TheValueMustMatch) {
  EXPECT_EQ(nameText("mV", 0.0010000001), "none");
  EXPECT_EQ(nameText("mV", 1), "none");
  EXPECT_EQ(nameText("mV", std::nan("")), "none");
}

TEST(Names, WhatBrianDoesNotOffer) {
  for (const char *Name : {"m", "s", "V", "A", "F", "M", "ms2", "kkelvin",
                           "camp", "damp", "mliter2", "", "m2"})
    for (int Scale = -12; Scale <= 3; ++Scale)
      EXPECT_EQ(nameText(Name, std::pow(10.0, Scale)), "none") << Name;
}

TEST(Names, PhysicalConstants) {
  std::optional<BrianUnit> U = physicalConstant("zero_celsius", 273.15);
  ASSERT_TRUE(U);
  EXPECT_EQ(U->Text, "273.15 K");
  EXPECT_EQ(U->Dim, dimensions::Kelvin);
  EXPECT_EQ(physicalConstant("gas_constant", 8.3144598)->Text,
            "8.3144598 J/(mol K)");
  EXPECT_FALSE(physicalConstant("zero_celsius", 273));
  EXPECT_FALSE(physicalConstant("F", 96485.33289));
}

//===----------------------------------------------------------------------===//
// Inference
//===----------------------------------------------------------------------===//

/// A problem written as algebra; facts are on lines 1, 2, ... of `x.cpp`.
class Units : public ::testing::Test {
protected:
  Units() { addGroupVariables(P); }

  Expr e(llvm::StringRef Text) {
    llvm::Expected<Expr> E = parseBrian(A, Text);
    EXPECT_TRUE(bool(E)) << Text.str();
    if (!E) {
      llvm::consumeError(E.takeError());
      return A.number(0);
    }
    return *E;
  }
  SourcePlace here() { return {"x.cpp", unsigned(P.Facts.size() + 1), 1}; }
  void same(llvm::StringRef Left, llvm::StringRef Right) {
    P.Facts.push_back(sameDimension(e(Left), e(Right), here()));
  }
  /// The equation dx/dt = f.
  void derivative(llvm::StringRef X, llvm::StringRef F) {
    P.Facts.push_back(sameDimension(e(X) / A.symbol("dt"), e(F), here()));
  }
  void formed(llvm::StringRef Text) {
    P.Facts.push_back(wellFormed(e(Text), here()));
  }
  void has(llvm::StringRef Text, const char *Unit,
           FactRank Rank = FactRank::Evidence) {
    P.Facts.push_back(hasDimension(e(Text), unit(Unit), here(), Rank));
  }
  void constant(const char *Name, double Value) {
    P.Constants[Name] = {Value, {"k.cpp", 1, 1}};
  }
  /// Unit of a symbol, `?` undetermined, `!` contradictory, `-` not known at
  /// all.
  std::string unitOf(llvm::StringRef Name) {
    UnitResult R = inferUnits(P);
    const InferredUnit *U = R.find(Name);
    if (!U)
      return "-";
    if (U->S == InferredUnit::Status::Contradictory)
      return "!";
    EXPECT_EQ(U->Dim.has_value(), U->S != InferredUnit::Status::Undetermined);
    return U->Dim ? unitText(*U->Dim) : "?";
  }

  ExprArena A;
  UnitProblem P;
};

TEST_F(Units, LeakyIntegrator) {
  constant("mV", 0.001);
  constant("tau", 0.01);
  constant("El", -0.07);
  derivative("v", "(El - v)/tau");
  formed("v > 20*mV");
  same("v", "v_r");
  EXPECT_EQ(unitOf("v"), "V");
  EXPECT_EQ(unitOf("El"), "V");
  EXPECT_EQ(unitOf("v_r"), "V");
  EXPECT_EQ(unitOf("tau"), "s");
  EXPECT_EQ(unitOf("mV"), "V");
  UnitResult R = inferUnits(P);
  EXPECT_EQ(R.find("mV")->S, InferredUnit::Status::Known);
  EXPECT_EQ(R.find("mV")->Sources,
            std::vector<SourcePlace>{SourcePlace({"k.cpp", 1, 1})});
  EXPECT_EQ(R.find("v")->S, InferredUnit::Status::Inferred);
  EXPECT_EQ(R.find("v")->Facts, std::vector<unsigned>{1});
  EXPECT_EQ(R.find("tau")->Facts, std::vector<unsigned>{0});
  EXPECT_EQ(R.find("El")->Sources.size(), 2u);
  EXPECT_TRUE(R.Free.empty());
  EXPECT_TRUE(R.Conflicts.empty());
}

TEST_F(Units, WhatNothingSaysStaysOpen) {
  derivative("v", "(El - v)/tau");
  derivative("w", "(a*v - w)/tau_w");
  EXPECT_EQ(unitOf("v"), "?");
  EXPECT_EQ(unitOf("w"), "?");
  EXPECT_EQ(unitOf("tau"), "s");
  EXPECT_EQ(unitOf("nothing"), "-");
  UnitResult R = inferUnits(P);
  ASSERT_EQ(R.Free.size(), 2u);
  // Hints for these determine the rest.
  for (const std::string &Name : R.Free)
    has(Name, "volt", FactRank::Hint);
  for (const auto &[Name, U] : inferUnits(P).Symbols)
    EXPECT_TRUE(U.Dim) << Name;
  EXPECT_EQ(inferUnits(P).find("v")->Rank, FactRank::Hint);
  EXPECT_EQ(inferUnits(P).find("tau")->Rank, FactRank::Evidence);
}

TEST_F(Units, HodgkinHuxley) {
  for (const char *Name : {"mV", "ms"})
    constant(Name, 0.001);
  derivative("v", "(g_l*(El - v) - g_na*m**3*h*(v - ENa) + I)/Cm");
  derivative("m", "0.32*(13*mV - v + VT)/mV/"
                  "(exp((13*mV - v + VT)/(4*mV)) - 1)/ms*(1 - m)");
  has("g_l", "nS", FactRank::Hint);
  EXPECT_EQ(unitOf("v"), "V");
  EXPECT_EQ(unitOf("VT"), "V");
  EXPECT_EQ(unitOf("ENa"), "V");
  EXPECT_EQ(unitOf("m"), "rad");
  EXPECT_EQ(unitOf("h"), "?"); // g_na*h is a conductance
  EXPECT_EQ(unitOf("I"), "A");
  EXPECT_EQ(unitOf("Cm"), "F");
  derivative("h", "0.128*(1 - h)/ms");
  EXPECT_EQ(unitOf("g_na"), "S");
}

TEST_F(Units, Noise) {
  constant("mV", 0.001);
  derivative("v", "(20*mV - v)/tau + sigma*sqrt(2/tau)*xi_2");
  EXPECT_EQ(unitOf("sigma"), "V");
}

TEST_F(Units, FractionalPowers) {
  same("x**2", "y**3");
  has("y", "second");
  EXPECT_EQ(unitOf("x"), "s^1.5");
}

TEST_F(Units, Powers) {
  constant("n", 4);
  constant("r", 1.0 / 3);
  same("a", "x**n");
  same("b", "x**(r + 1)");
  same("c", "y**k");
  has("x", "second");
  EXPECT_EQ(unitOf("a"), "s^4");
  EXPECT_EQ(unitOf("b"), "s^1.3333333333333333");
  // An exponent that varies: both must be pure numbers.
  EXPECT_EQ(unitOf("c"), "rad");
  EXPECT_EQ(unitOf("y"), "rad");
  EXPECT_EQ(unitOf("k"), "rad");
}

TEST_F(Units, FunctionsOfTheLanguage) {
  has("x", "volt");
  formed("exp(x/a) + sin(b) + exprel(c)");
  same("d", "abs(x) + floor(x) + ceil(x)");
  same("e", "sign(x)");
  same("f", "clip(f, lo, x)");
  same("g", "x % period");
  same("h", "p // q");
  same("k", "int(l)");
  same("m", "sqrt(x)");
  same("o", "rand(0) + randn(1) + poisson(u)");
  for (const char *Name : {"a", "d", "f", "lo", "g", "period"})
    EXPECT_EQ(unitOf(Name), "V") << Name;
  for (const char *Name : {"b", "c", "e", "h", "p", "q", "k", "l", "o", "u"})
    EXPECT_EQ(unitOf(Name), "rad") << Name;
  EXPECT_EQ(unitOf("m"), "m kg^0.5 s^-1.5 A^-0.5");
}

TEST_F(Units, Timesteps) {
  formed("timestep(t - lastspike, dt) >= timestep(ref, dt)");
  formed("timestep(t - lastspike, dt) >= timestep(0.005, dt)");
  EXPECT_EQ(unitOf("ref"), "s");
  EXPECT_TRUE(inferUnits(P).Conflicts.empty());
}

TEST_F(Units, ConditionsAndSelects) {
  has("x", "volt");
  same("y", "(x if flag and a > b else z)");
  has("b", "amp");
  EXPECT_EQ(unitOf("y"), "V");
  EXPECT_EQ(unitOf("z"), "V");
  EXPECT_EQ(unitOf("a"), "A");
  EXPECT_EQ(unitOf("flag"), "rad");
}

TEST_F(Units, ZeroHasAnyDimension) {
  formed("x > 0");
  same("x", "0");
  same("y", "(z if x > 0 else 0)");
  has("x", "volt");
  has("z", "amp");
  EXPECT_EQ(unitOf("x"), "V");
  EXPECT_EQ(unitOf("y"), "A");
}

TEST_F(Units, Literals) {
  formed("m > 0.5");
  same("x", "2*y - 1");
  EXPECT_EQ(unitOf("m"), "rad");
  EXPECT_EQ(unitOf("y"), "rad");
}

TEST_F(Units, LiteralsThatMayBeQuantities) {
  P.LiteralsMayBeQuantities = true;
  derivative("v", "(-0.07 - v)/0.01"); // tau and El written out
  formed("v > 0.04");
  derivative("ge", "-ge*200");
  same("w", "-v + u");
  same("c", "clip(d, -1, 1)");
  formed("exp(-x) + 2**z");
  same("a", "b - b**3"); // or b**3/volt**2
  derivative("n", "-n*100 + xi");
  same("r", "v");
  same("v", "0*q + v"); // E*q with E = 0*mV
  has("v", "volt");
  EXPECT_EQ(unitOf("v"), "V");
  EXPECT_EQ(unitOf("r"), "V");
  EXPECT_EQ(unitOf("q"), "?");
  EXPECT_EQ(unitOf("b"), "?");
  EXPECT_EQ(unitOf("n"), "?");
  EXPECT_EQ(unitOf("ge"), "?");
  EXPECT_EQ(unitOf("w"), "V");
  EXPECT_EQ(unitOf("u"), "V");
  EXPECT_EQ(unitOf("d"), "?");
  EXPECT_EQ(unitOf("x"), "?"); // exp(-x/volt)
  EXPECT_EQ(unitOf("z"), "?");
  EXPECT_TRUE(inferUnits(P).Conflicts.empty());
}

TEST_F(Units, OtherFunctions) {
  same("I", "_timedarray_2(t)");
  same("J", "_timedarray_2(delayed)");
  has("J", "amp");
  same("x", "f(y)");
  formed("g(a, b)");
  P.Functions["g"] = {{dimensions::Volt}, dimensions::Amp};
  EXPECT_EQ(unitOf("I"), "A");
  EXPECT_EQ(unitOf("delayed"), "s");
  EXPECT_EQ(unitOf("_timedarray_2()"), "A");
  EXPECT_EQ(unitOf("f()"), "?");
  EXPECT_EQ(unitOf("y"), "?");
  EXPECT_EQ(unitOf("a"), "V");
  EXPECT_EQ(unitOf("b"), "?");
}

TEST_F(Units, SpatialNeuron) {
  addSpatialVariables(P);
  same("Im", "gl*(El - v)");
  same("I", "Im*area");
  EXPECT_EQ(unitOf("gl"), "m^-4 kg^-1 s^3 A^2");
  EXPECT_EQ(unitOf("El"), "V");
  EXPECT_EQ(unitOf("I"), "A");
}

TEST_F(Units, ContradictionCostsOnlyWhatRestsOnIt) {
  constant("mV", 0.001);
  formed("v > 20*mV");            // 1: v in volt
  formed("timestep(v, dt) > 3");  // 2: v in seconds
  same("w", "2*v");               // 3: rests on v
  derivative("x", "(1 - x)/tau"); // 4: nothing to do with it
  UnitResult R = inferUnits(P);
  ASSERT_EQ(R.Conflicts.size(), 1u);
  EXPECT_EQ(R.Conflicts[0].Facts, (std::vector<unsigned>{0, 1}));
  EXPECT_EQ(R.Conflicts[0].First.Line, 2u);
  EXPECT_EQ(R.Conflicts[0].Second.Line, 1u);
  EXPECT_EQ(unitOf("v"), "!");
  EXPECT_EQ(R.find("v")->Conflict, 0u);
  EXPECT_EQ(R.find("v")->Sources.size(), 2u);
  EXPECT_EQ(unitOf("w"), "!");
  EXPECT_EQ(unitOf("x"), "rad");
  EXPECT_EQ(unitOf("tau"), "s");
}

TEST_F(Units, OtherEvidenceOutlivesAContradiction) {
  formed("timestep(v, dt) + v"); // contradicts itself unless v is both
  has("v", "volt");
  EXPECT_EQ(unitOf("v"), "V");
  UnitResult R = inferUnits(P);
  ASSERT_EQ(R.Conflicts.size(), 1u);
  EXPECT_EQ(R.Conflicts[0].Facts, std::vector<unsigned>{0});
  EXPECT_EQ(R.Conflicts[0].First, R.Conflicts[0].Second);
}

TEST_F(Units, AUnitsNameMayBeSomethingElse) {
  constant("cm", 0.01); // 1 uF/cm**2
  has("v", "volt");
  derivative("v", "I/cm");
  EXPECT_EQ(unitOf("cm"), "m");
  has("I", "amp/metre**2");
  EXPECT_EQ(unitOf("cm"), "!");
}

TEST_F(Units, HintsGiveWayToEvidence) {
  has("v", "amp", FactRank::Hint);
  has("w", "amp", FactRank::Hint);
  has("v", "volt");
  EXPECT_EQ(unitOf("v"), "V");
  EXPECT_EQ(unitOf("w"), "A");
  UnitResult R = inferUnits(P);
  ASSERT_EQ(R.Conflicts.size(), 1u);
  EXPECT_EQ(R.Conflicts[0].Rank, FactRank::Hint);
  EXPECT_EQ(R.Conflicts[0].Facts, std::vector<unsigned>{0});
  EXPECT_EQ(R.Conflicts[0].First.Line, 1u);
  EXPECT_EQ(R.Conflicts[0].Second.Line, 3u);
}

TEST_F(Units, ConventionsGiveWayToHints) {
  has("I", "amp", FactRank::Convention);
  has("R", "ohm", FactRank::Convention);
  has("I", "amp/metre**2", FactRank::Hint);
  same("v", "R*I");
  UnitResult R = inferUnits(P);
  EXPECT_EQ(R.find("I")->Rank, FactRank::Hint);
  EXPECT_EQ(R.find("v")->Rank, FactRank::Convention);
  EXPECT_EQ(unitText(*R.dimension("I")), "m^-2 A");
}

TEST_F(Units, SharedPartsBelongToEveryFact) {
  // Both facts imply x = y; setting the first one aside leaves the second one.
  formed("exp(x - y) + timestep(1*z + z, dt)");
  same("u", "exp(x - y)*2");
  has("z", "volt");
  has("x", "volt", FactRank::Hint);
  EXPECT_EQ(unitOf("z"), "!");
  EXPECT_EQ(unitOf("u"), "rad");
  EXPECT_EQ(unitOf("x"), "rad");
  EXPECT_EQ(unitOf("y"), "rad");
}

TEST_F(Units, TheOrderOfFactsDoesNotMatter) {
  constant("mV", 0.001);
  derivative("v", "(El - v + R*I)/tau");
  derivative("I", "-I/tau_s");
  formed("v > 20*mV");
  has("R", "ohm", FactRank::Hint);
  formed("timestep(tau_s, dt) > tau_s"); // contradicts itself
  UnitResult Forward = inferUnits(P);
  std::reverse(P.Facts.begin(), P.Facts.end());
  UnitResult Backward = inferUnits(P);
  ASSERT_EQ(Forward.Symbols.size(), Backward.Symbols.size());
  for (const auto &[Name, U] : Forward.Symbols) {
    EXPECT_EQ(U.Dim, Backward.find(Name)->Dim) << Name;
    EXPECT_EQ(U.S, Backward.find(Name)->S) << Name;
  }
}

TEST_F(Units, HugeExponentsAreNoFacts) {
  same("x", "y**2000000000");
  same("z", "x**2000000000");
  has("y", "second");
  EXPECT_EQ(unitOf("y"), "s");
  EXPECT_EQ(unitOf("z"), "?");
}

TEST_F(Units, NoFacts) {
  UnitResult R = inferUnits(UnitProblem());
  EXPECT_TRUE(R.Symbols.empty());
  constant("tau", 0.01);
  EXPECT_EQ(unitOf("tau"), "?");
  EXPECT_EQ(unitOf("t"), "s");
}

TEST_F(Units, Speed) {
  // Sixty unknowns, two hundred facts, as a large biophysical group has.
  constant("mV", 0.001);
  constant("ms", 0.001);
  for (int I = 0; I < 20; ++I) {
    std::string N = std::to_string(I), Next = std::to_string((I + 1) % 20);
    std::string M = "m" + N, G = "g" + N, E = "E" + N;
    for (int Copy = 0; Copy < 5; ++Copy)
      derivative(M, "0.32*(" + std::to_string(Copy + 1) + "*mV - v + " + E +
                        ")/mV/(exp((13*mV - v + " + E +
                        ")/(4*mV)) - 1)/ms*(1 - " + M + ")");
    derivative("v", "(" + G + "*" + M + "**3*(" + E + " - v) + g" + Next +
                        "*m" + Next + "**4*(E" + Next + " - v) + I)/Cm");
    formed(G + " > 0");
    same(G, G + " + g" + Next);
    same(E, "clip(" + E + ", -100*mV, 100*mV)");
    formed("v > " + E);
  }
  has("Cm", "farad", FactRank::Hint);
  EXPECT_GE(P.Facts.size(), 200u);
  using Clock = std::chrono::steady_clock;
  auto Best = Clock::duration::max();
  UnitResult R;
  for (int Run = 0; Run < 20; ++Run) {
    auto Start = Clock::now();
    R = inferUnits(P);
    Best = std::min(Best, Clock::now() - Start);
  }
  double Milliseconds = std::chrono::duration<double, std::milli>(Best).count();
  RecordProperty("milliseconds", std::to_string(Milliseconds));
  EXPECT_LT(Milliseconds, 20); // generous: the machine may be busy
  EXPECT_TRUE(R.Free.empty());
  EXPECT_EQ(unitText(*R.dimension("I")), "A");
  EXPECT_EQ(unitText(*R.dimension("g7")), "S");
}

} // namespace
