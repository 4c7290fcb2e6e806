//===- Units/Dimension.cpp ----------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Expr/Text.h"
#include "Units/Catalogue.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

namespace brian2lift {

bool Dimension::isDimensionless() const {
  return llvm::all_of(Exponents, [](Fraction E) { return E.isZero(); });
}

bool Dimension::isValid() const {
  return llvm::all_of(Exponents, [](Fraction E) { return E.isValid(); });
}

bool Dimension::operator==(const Dimension &O) const {
  return Exponents == O.Exponents;
}

Dimension Dimension::operator*(const Dimension &O) const {
  Dimension Result;
  for (size_t I = 0; I < Exponents.size(); ++I)
    Result.Exponents[I] = Exponents[I] + O.Exponents[I];
  return Result;
}

Dimension Dimension::operator/(const Dimension &O) const {
  Dimension Result;
  for (size_t I = 0; I < Exponents.size(); ++I)
    Result.Exponents[I] = Exponents[I] - O.Exponents[I];
  return Result;
}

Dimension Dimension::power(Fraction Exponent) const {
  Dimension Result;
  if (!Exponent.isValid())
    Result.Exponents[0] = Exponent;
  for (size_t I = 0; I < Exponents.size(); ++I)
    if (!Exponents[I].isZero())
      Result.Exponents[I] = Exponents[I] * Exponent;
  return Result;
}

namespace {

std::string exponentText(Fraction E) {
  return numberText(E.toDouble(), E.isInteger());
}

/// The base units of `D` joined by `Separator`, with `Power` before exponents.
std::string baseUnitsText(const Dimension &D,
                          llvm::ArrayRef<const char *> Names,
                          llvm::StringRef Power, llvm::StringRef Separator) {
  std::string Text;
  for (auto [Name, Exponent] : llvm::zip_equal(Names, D.Exponents)) {
    if (Exponent.isZero())
      continue;
    if (!Text.empty())
      Text += Separator;
    Text += Name;
    if (Exponent != 1)
      Text += Power.str() + exponentText(Exponent);
  }
  return Text.empty() ? "1" : Text;
}

} // namespace

std::string dimensionText(const Dimension &D) {
  static constexpr const char *Names[] = {"m", "kg",  "s", "A",
                                          "K", "mol", "cd"};
  return baseUnitsText(D, Names, "^", " ");
}

std::string unitText(const Dimension &D) {
  if (D.isDimensionless())
    return "rad";
  if (std::optional<PoweredUnit> U = shownUnit(D)) {
    // The member of the family with the value 1: V, but kg and mM.
    for (const Prefix &P : shownPrefixes())
      if (P.Scale == -U->Base->Scale) {
        std::string Text = P.Text.str() + U->Base->Text.str();
        return U->Power == 1 ? Text : Text + "^" + std::to_string(U->Power);
      }
  }
  if (std::optional<llvm::StringRef> Text = compoundUnit(D))
    return Text->str();
  return dimensionText(D);
}

namespace {

struct NamedDimension {
  llvm::StringLiteral Name;
  Dimension Dim;
};

/// Units of value 1 that `from brian2 import *` brings along.
constexpr NamedDimension ScriptUnits[] = {{"volt", dimensions::Volt},
                                          {"amp", dimensions::Amp},
                                          {"siemens", dimensions::Siemens},
                                          {"farad", dimensions::Farad},
                                          {"ohm", dimensions::Ohm},
                                          {"coulomb", dimensions::Coulomb},
                                          {"second", dimensions::Second},
                                          {"hertz", dimensions::Hertz},
                                          {"metre", dimensions::Metre},
                                          {"kilogram", {0, 1, 0}},
                                          {"kelvin", dimensions::Kelvin},
                                          {"mole", {0, 0, 0, 0, 0, 1}},
                                          {"mmolar", {-3, 0, 0, 0, 0, 1}},
                                          {"joule", {2, 1, -2}},
                                          {"watt", {2, 1, -3}},
                                          {"pascal", {-1, 1, -2}}};

/// What modellers put behind a unit: per time, area, length or volume.
constexpr NamedDimension ScriptDenominators[] = {
    {"/second", {0, 0, -1}},
    {"/metre**2", {-2, 0, 0}},
    {"/metre", {-1, 0, 0}},
    {"/metre**3", {-3, 0, 0}},
    {"*metre", {1, 0, 0}},
    {"*metre**2", {2, 0, 0}},
    {"*second", {0, 0, 1}},
    {"/second**2", {0, 0, -2}},
    {"/second**0.5", {0, 0, Fraction(-1, 2)}},
    {"*second**0.5", {0, 0, Fraction(1, 2)}},
    {"/kelvin", {0, 0, 0, 0, -1}},
    {"/mole", {0, 0, 0, 0, 0, -1}}};

} // namespace

std::string unitExpression(const Dimension &D) {
  if (D.isDimensionless())
    return "1";
  for (int Power : {1, 2, 3, -1, -2})
    for (const NamedDimension &U : ScriptUnits)
      if (U.Dim.power(Power) == D)
        return Power == 1 ? U.Name.str()
                          : U.Name.str() + "**" + std::to_string(Power);
  for (const NamedDimension &O : ScriptDenominators)
    for (int Power : {1, -1})
      for (const NamedDimension &U : ScriptUnits)
        if (U.Dim.power(Power) * O.Dim == D &&
            !O.Name.drop_front().starts_with(U.Name))
          return U.Name.str() + (Power == 1 ? "" : "**-1") + O.Name.str();
  static constexpr const char *Names[] = {"metre",  "kilogram", "second", "amp",
                                          "kelvin", "mole",     "candle"};
  return baseUnitsText(D, Names, "**", "*");
}

namespace {

/// The unit called `Name`, whatever its value.
std::optional<Dimension> unitNamed(llvm::StringRef Name) {
  for (int Scale = -90; Scale <= 90; ++Scale)
    if (auto U = brianUnit(Name, std::pow(10.0, Scale)))
      return U->Dim;
  return std::nullopt;
}

/// The exponent that Python prints as `Value`: a third is 0.3333333333333333.
/// Exponents are halves, thirds and the like; the rest is a typing error, and
/// invalid.
Fraction exponentOf(double Value) {
  constexpr int64_t MaxDenominator = 60;
  for (int64_t Denominator = 1; Denominator <= MaxDenominator; ++Denominator) {
    double Scaled = std::round(Value * static_cast<double>(Denominator));
    if (std::abs(Scaled) < 1e6 &&
        std::abs(Scaled / static_cast<double>(Denominator) - Value) < 1e-7)
      return Fraction(static_cast<int64_t>(Scaled), Denominator);
  }
  return Fraction(0, 0);
}

std::optional<Dimension> unitOf(Expr E) {
  switch (E.kind()) {
  case ExprKind::Number:
    // Scale factors: no unit, but no reason to reject `10*mV` as a hint either.
    return E.isZero() ? std::nullopt : std::optional(dimensions::None);
  case ExprKind::Symbol:
    return unitNamed(E.name());
  case ExprKind::Mul: {
    Dimension Product;
    for (Expr Factor : E.operands()) {
      std::optional<Dimension> D = unitOf(Factor);
      if (!D)
        return std::nullopt;
      Product = Product * *D;
    }
    return Product;
  }
  case ExprKind::Pow: {
    std::optional<Dimension> D = unitOf(E.operand(0));
    if (!D || !E.operand(1).isNumber())
      return std::nullopt;
    return D->power(exponentOf(E.operand(1).number().toDouble()));
  }
  default:
    return std::nullopt;
  }
}

} // namespace

std::optional<Dimension> parseUnit(llvm::StringRef Text) {
  ExprArena Arena;
  llvm::Expected<Expr> E = parseBrian(Arena, Text);
  if (!E) {
    llvm::consumeError(E.takeError());
    return std::nullopt;
  }
  std::optional<Dimension> D = unitOf(*E);
  return D && D->isValid() ? D : std::nullopt;
}

namespace {

/// `mV`, `kg`, `rad`, `1`.
std::optional<Dimension> displayedUnit(llvm::StringRef Text) {
  if (Text == "1")
    return dimensions::None;
  for (const BaseUnit &B : baseUnits()) {
    llvm::StringRef Scale = Text;
    if (Scale.consume_back(B.Text) &&
        llvm::any_of(shownPrefixes(),
                     [&](const Prefix &P) { return P.Text == Scale; }))
      return B.Dim;
  }
  return std::nullopt;
}

} // namespace

std::optional<Dimension> parseUnitText(llvm::StringRef Text) {
  Dimension Product;
  bool IsBelow = false;
  llvm::SmallVector<llvm::StringRef> Parts;
  Text.split(Parts, '/');
  for (llvm::StringRef Part : Parts) {
    Part = Part.trim();
    if (Part.consume_front("(") != Part.consume_back(")") || Part.empty())
      return std::nullopt;
    llvm::SmallVector<llvm::StringRef> Factors;
    Part.split(Factors, ' ', -1, /*KeepEmpty=*/false);
    for (llvm::StringRef Factor : Factors) {
      auto [Name, Power] = Factor.split('^');
      std::optional<Dimension> D = displayedUnit(Name);
      double Exponent = 1;
      if (!D || (Name.size() != Factor.size() && Power.getAsDouble(Exponent)))
        return std::nullopt;
      Product = Product * D->power(exponentOf(IsBelow ? -Exponent : Exponent));
    }
    IsBelow = true;
  }
  return Product.isValid() ? std::optional(Product) : std::nullopt;
}

} // namespace brian2lift
