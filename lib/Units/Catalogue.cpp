//===- Units/Catalogue.cpp ----------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Units/Catalogue.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include <cmath>

namespace brian2lift {

using llvm::StringRef;

llvm::ArrayRef<BaseUnit> baseUnits() {
  static constexpr BaseUnit Units[] = {
      {"metre", "m", {1, 0, 0}, 0, true, true},
      {"meter", "m", {1, 0, 0}, 0, true, false},
      {"gram", "g", {0, 1, 0}, -3, true, true},
      {"gramme", "g", {0, 1, 0}, -3, true, false},
      {"kilogram", "kg", {0, 1, 0}, 0, false, false},
      {"kilogramme", "kg", {0, 1, 0}, 0, false, false},
      {"second", "s", {0, 0, 1}, 0, true, true},
      {"amp", "A", {0, 0, 0, 1}, 0, true, true},
      {"ampere", "A", {0, 0, 0, 1}, 0, true, false},
      {"kelvin", "K", {0, 0, 0, 0, 1}, 0, false, true},
      {"mole", "mol", {0, 0, 0, 0, 0, 1}, 0, true, true},
      {"mol", "mol", {0, 0, 0, 0, 0, 1}, 0, true, false},
      {"candle", "cd", {0, 0, 0, 0, 0, 0, 1}, 0, true, true},
      {"molar", "M", {-3, 0, 0, 0, 0, 1}, 3, true, true},
      {"liter", "l", {3, 0, 0}, -3, true, false},
      {"litre", "l", {3, 0, 0}, -3, true, false},
      {"radian", "rad", {0, 0, 0}, 0, true, false},
      {"steradian", "sr", {0, 0, 0}, 0, true, false},
      {"hertz", "Hz", {0, 0, -1}, 0, true, true},
      {"becquerel", "Bq", {0, 0, -1}, 0, true, false},
      {"newton", "N", {1, 1, -2}, 0, true, true},
      {"pascal", "Pa", {-1, 1, -2}, 0, true, true},
      {"joule", "J", {2, 1, -2}, 0, true, true},
      {"watt", "W", {2, 1, -3}, 0, true, true},
      {"coulomb", "C", {0, 0, 1, 1}, 0, true, true},
      {"volt", "V", {2, 1, -3, -1}, 0, true, true},
      {"farad", "F", {-2, -1, 4, 2}, 0, true, true},
      {"ohm", "ohm", {2, 1, -3, -2}, 0, true, true},
      {"siemens", "S", {-2, -1, 3, 2}, 0, true, true},
      {"weber", "Wb", {2, 1, -2, -1}, 0, true, true},
      {"tesla", "T", {0, 1, -2, -1}, 0, true, true},
      {"henry", "H", {2, 1, -2, -2}, 0, true, true},
      {"lumen", "lm", {0, 0, 0, 0, 0, 0, 1}, 0, true, false},
      {"lux", "lx", {-2, 0, 0, 0, 0, 0, 1}, 0, true, true},
      {"gray", "Gy", {2, 0, -2}, 0, true, true},
      {"sievert", "Sv", {2, 0, -2}, 0, true, false},
      {"katal", "kat", {0, 0, -1, 0, 0, 1}, 0, true, true},
  };
  return Units;
}

llvm::ArrayRef<Prefix> shownPrefixes() {
  static constexpr Prefix Prefixes[] = {
      {"Y", 24}, {"k", 3},  {"M", 6},   {"z", -21}, {"E", 18}, {"y", -24},
      {"T", 12}, {"u", -6}, {"p", -12}, {"n", -9},  {"m", -3}, {"f", -15},
      {"G", 9},  {"P", 15}, {"Z", 21},  {"a", -18}, {"", 0}};
  return Prefixes;
}

std::optional<PoweredUnit> shownUnit(const Dimension &D) {
  if (D.isDimensionless())
    return std::nullopt;
  for (const BaseUnit &B : baseUnits()) {
    if (!B.IsShown)
      continue;
    for (int Power = 1; Power <= 3; ++Power)
      if (B.Dim.power(Power) == D)
        return PoweredUnit{&B, Power};
  }
  return std::nullopt;
}

std::optional<StringRef> compoundUnit(const Dimension &D) {
  struct Compound {
    Dimension Dim;
    StringRef Text;
  };
  static const Compound Compounds[] = {
      {{-1, 1, -1}, "Pa s"},
      {{0, 1, -3}, "W/(m^2)"},
      {{2, 1, -2, 0, -1}, "J/K"},
      {{2, 0, -2, 0, -1}, "J/(kg K)"},
      {{1, 1, -3, 0, -1}, "W/(m K)"},
      {{-1, 1, -3, -1}, "V/(m^3)"},
      {{-3, 0, 1, 1}, "C/(m^3)"},
      {{-2, 0, 1, 1}, "C/(m^2)"},
      {{-3, -1, 4, 2}, "F/m"},
      {{1, 1, -2, -2}, "H/m"},
      {{2, 1, -2, 0, 0, -1}, "J/mol"},
      {{2, 1, -2, 0, -1, -1}, "J/(mol K)"},
      {{0, -1, 1, 1}, "C/kg"},
      {{2, 0, -3}, "Gy/s"},
      {{-3, 0, -1, 0, 0, 1}, "kat/(m^3)"},
  };
  for (const Compound &C : Compounds)
    if (C.Dim == D)
      return C.Text;
  return std::nullopt;
}

namespace {

/// The full names behind brian2.units.stdunits.
StringRef unabbreviated(StringRef Name) {
  return llvm::StringSwitch<StringRef>(Name)
      .Case("mV", "mvolt")
      .Case("mA", "mamp")
      .Case("uA", "uamp")
      .Case("nA", "namp")
      .Case("pA", "pamp")
      .Case("pF", "pfarad")
      .Case("uF", "ufarad")
      .Case("nF", "nfarad")
      .Case("nS", "nsiemens")
      .Case("uS", "usiemens")
      .Case("mS", "msiemens")
      .Case("ms", "msecond")
      .Case("us", "usecond")
      .Case("Hz", "hertz")
      .Case("kHz", "khertz")
      .Case("MHz", "Mhertz")
      .Case("cm", "cmetre")
      .Case("cm2", "cmetre2")
      .Case("cm3", "cmetre3")
      .Case("mm", "mmetre")
      .Case("mm2", "mmetre2")
      .Case("mm3", "mmetre3")
      .Case("um", "umetre")
      .Case("um2", "umetre2")
      .Case("um3", "umetre3")
      .Case("mM", "mmolar")
      .Case("uM", "umolar")
      .Case("nM", "nmolar")
      .Default(Name);
}

bool hasValue(double Value, double Expected) {
  return std::abs(Value - Expected) <= 1e-12 * std::abs(Expected);
}

/// A unit's value as Brian2 computes it.
double powerOfTen(int Scale) { return std::pow(10.0, Scale); }

/// The prefix `Text` of the base unit `B`. Brian2 has all prefixes for all
/// units but offers hecto, deka, deci and centi for litres only, and the
/// centimetre.
const Prefix *findPrefix(StringRef Text, const BaseUnit &B) {
  static constexpr Prefix Rare[] = {{"c", -2}, {"d", -1}, {"da", 1}, {"h", 2}};
  if (!Text.empty() && !B.HasPrefixes)
    return nullptr;
  for (const Prefix &P : Rare)
    if (P.Text == Text)
      return B.Text == "l" || (B.Text == "m" && Text == "c") ? &P : nullptr;
  const Prefix *P = llvm::find_if(
      shownPrefixes(), [&](const Prefix &X) { return X.Text == Text; });
  return P == shownPrefixes().end() ? nullptr : P;
}

} // namespace

std::optional<BrianUnit> brianUnit(StringRef Name, double Value) {
  StringRef Rest = unabbreviated(Name);
  int Power = 1;
  if (Rest.ends_with("2") || Rest.ends_with("3")) {
    Power = Rest.back() - '0';
    Rest = Rest.drop_back();
  }
  for (const BaseUnit &B : baseUnits()) {
    if (!Rest.ends_with(B.Name) || (B.Text == "l" && Power != 1))
      continue;
    const Prefix *P = findPrefix(Rest.drop_back(B.Name.size()), B);
    if (!P || !hasValue(Value, powerOfTen((P->Scale + B.Scale) * Power)))
      continue;
    std::string Text = P->Text.str() + B.Text.str();
    if (Power != 1)
      Text += "^" + std::to_string(Power);
    return BrianUnit{B.Dim.power(Power), std::move(Text)};
  }
  return std::nullopt;
}

bool isAmbiguousUnit(StringRef Name) {
  return Name == "cm" || Name == "mM" || Name == "nM" || Name == "uM";
}

namespace {

struct PhysicalConstant {
  StringRef Name;
  double Value;
  Dimension Dim;
  bool IsTelling; ///< nothing else has this value
};

llvm::ArrayRef<PhysicalConstant> physicalConstants() {
  static const PhysicalConstant Constants[] = {
      {"avogadro_constant", 6.022140857e+23, {0, 0, 0, 0, 0, -1}, true},
      {"boltzmann_constant", 1.38064852e-23, {2, 1, -2, 0, -1}, true},
      {"electric_constant", 8.854187817e-12, {-3, -1, 4, 2}, true},
      {"electron_mass", 9.10938356e-31, {0, 1, 0}, true},
      {"elementary_charge", 1.6021766208e-19, {0, 0, 1, 1}, true},
      {"faraday_constant", 96485.33289, {0, 0, 1, 1, 0, -1}, true},
      {"gas_constant", 8.3144598, {2, 1, -2, 0, -1, -1}, true},
      {"magnetic_constant", 1.2566370614359173e-06, {1, 1, -2, -2}, true},
      {"molar_mass_constant", 0.001, {0, 1, 0, 0, 0, -1}, false},
      // Also a number of degrees.
      {"zero_celsius", 273.15, {0, 0, 0, 0, 1}, false},
  };
  return Constants;
}

} // namespace

std::optional<BrianUnit> physicalConstant(StringRef Name, double Value) {
  for (const PhysicalConstant &C : physicalConstants())
    if (C.Name == Name && hasValue(Value, C.Value))
      return BrianUnit{C.Dim, quantityText(Value, C.Dim)};
  return std::nullopt;
}

bool isLanguageConstant(StringRef Name, double Value) {
  return (Name == "pi" && Value == M_PI) || (Name == "e" && Value == M_E) ||
         (Name == "inf" && std::isinf(Value));
}

std::optional<Dimension> dimensionOfConstant(double Value) {
  for (const PhysicalConstant &C : physicalConstants())
    if (C.IsTelling && hasValue(Value, C.Value))
      return C.Dim;
  return std::nullopt;
}

} // namespace brian2lift
