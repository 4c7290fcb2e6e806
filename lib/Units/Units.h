//===- Units/Units.h - Dimensions, quantities, and who has which --------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Generated C++ holds bare SI numbers: `tau = 0.01`. Brian2 wants `10. ms`, and
// an equation without its unit is not an equation. The code still implies most
// units: a sum has one unit, an exponent has none, a time step is in seconds, a
// constant called `mV` with the value 0.001 is a millivolt. Each such rule is a
// linear equation over the seven SI base exponents, so all of them together are
// one linear system:
//
//   dv/dt = (El - v)/tau,  reset v = v_r,  v > 20*mV,   mV = 0.001
//
//   [El] = [v]             a sum                         v, El, v_r: volt
//   [El] - [tau] = [v] - s   dv/dt                       tau: second
//   [v_r] = [v]            an assignment
//   [v] = [mV] = volt      a comparison; a unit's name
//
//   UnitProblem P = ...;                       // facts, each with its place
//   UnitResult R = inferUnits(P);
//   R.find("tau")->Dim                         // second, because of ...
//   quantityText(0.01, dimensions::Second)     // "10. ms"
//
// What no fact determines stays undetermined; where facts contradict each other
// all of them are set aside, since one of them was misread and nothing says
// which, and the symbols that only they determine are reported as
// contradictory.
//
// Texts are those of Brian2 2.5.1 (units/fundamentalunits.py), to the letter.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_UNITS_UNITS_H
#define BRIAN2LIFT_UNITS_UNITS_H

#include "Expr/Expr.h"
#include "Support/Source.h"
#include "Units/Fraction.h"
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace brian2lift {

//===----------------------------------------------------------------------===//
// Dimensions
//===----------------------------------------------------------------------===//

/// A physical dimension: the exponents of metre, kilogram, second, ampere,
/// kelvin, mole and candela, in this order, which is Brian2's.
struct Dimension {
  std::array<Fraction, 7> Exponents = {};

  constexpr Dimension() = default;
  constexpr Dimension(Fraction M, Fraction Kg, Fraction S, Fraction A = 0,
                      Fraction K = 0, Fraction Mol = 0, Fraction Cd = 0)
      : Exponents{M, Kg, S, A, K, Mol, Cd} {}

  bool isDimensionless() const;
  /// False when an exponent grew beyond what a Fraction holds.
  bool isValid() const;
  bool operator==(const Dimension &O) const;
  bool operator!=(const Dimension &O) const { return !(*this == O); }
  Dimension operator*(const Dimension &O) const;
  Dimension operator/(const Dimension &O) const;
  Dimension power(Fraction Exponent) const;
};

/// The dimensions that Brian2's own variables have.
namespace dimensions {
inline constexpr Dimension None;
inline constexpr Dimension Metre(1, 0, 0);
inline constexpr Dimension Second(0, 0, 1);
inline constexpr Dimension Amp(0, 0, 0, 1);
inline constexpr Dimension Kelvin(0, 0, 0, 0, 1);
inline constexpr Dimension Hertz(0, 0, -1);
inline constexpr Dimension Volt(2, 1, -3, -1);
inline constexpr Dimension Ohm(2, 1, -3, -2);
inline constexpr Dimension Siemens(-2, -1, 3, 2);
inline constexpr Dimension Farad(-2, -1, 4, 2);
inline constexpr Dimension Coulomb(0, 0, 1, 1);
} // namespace dimensions

/// In base units: `m^2 kg s^-3 A^-1`, or `1`; Brian2's str(dim). An exponent
/// that is not an integer is printed as Python prints the float.
std::string dimensionText(const Dimension &D);

/// Brian2's str(get_unit(dim)): the unscaled unit by its own name where there
/// is one (`V`, `Hz`, `kg`, `mM`, `m^2`, `J/K`, `rad` for no dimension), else
/// the base units.
std::string unitText(const Dimension &D);

/// A Python expression for the unscaled unit, by names that every Brian2 script
/// has: `volt`, `metre**2`, `siemens*metre**-2`, `1`. What equations state
/// (`dv/dt = ... : volt`).
std::string unitExpression(const Dimension &D);

/// The dimension that a unit expression of a script has: `volt`, `mV`, `1`,
/// `siemens/metre**2`, `second**-0.5`. Nullopt when it is not made of units.
std::optional<Dimension> parseUnit(llvm::StringRef Text);

/// The same for what Brian2 and unitText print: `s^-1 V`, `S/(m^2)`, `mV`,
/// `rad`.
std::optional<Dimension> parseUnitText(llvm::StringRef Text);

//===----------------------------------------------------------------------===//
// Numbers and quantities as Brian2 prints them
//===----------------------------------------------------------------------===//

/// Brian2's str(Quantity(Value, dim)): the best unit, nine significant digits:
/// `10. ms`, `-70. mV`, `1.23456789e+08 m^-4 kg`. Without a dimension it is
/// numberText(Value, false), as Brian2 then has a plain number.
std::string quantityText(double Value, const Dimension &D);

/// Python's str() of a number: `1000`, `0.5`, `1e-05`, `1000.0`, `inf`.
std::string numberText(double Value, bool IsInteger);

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// A unit or physical constant of Brian2.
struct BrianUnit {
  Dimension Dim;
  std::string Text; ///< str() of it: `mV`, `cm^2`, `96485.33289 s A mol^-1`
};

/// The unit of that name, when Brian2 has one and it has this value to twelve
/// digits: `mV` 0.001, `usiemens` 1e-6, `cm2` 1e-4. The names are those that a
/// script or an equation can use without a special import (DEFAULT_UNITS of
/// brian2.core.namespace and `from brian2 import *`), and centimetres' powers.
std::optional<BrianUnit> brianUnit(llvm::StringRef Name, double Value);

/// The same for brian2.units.constants: `faraday_constant`, `zero_celsius`.
std::optional<BrianUnit> physicalConstant(llvm::StringRef Name, double Value);
/// True for the numbers that Brian's language has names for: pi, e, inf
/// (core/namespace.py); false where an author gives such a name another value.
bool isLanguageConstant(llvm::StringRef Name, double Value);

/// Unit names that modellers also give to something else of the same value: a
/// specific capacitance `cm` of 1 uF/cm**2 is 0.01 in SI, as is a centimetre.
bool isAmbiguousUnit(llvm::StringRef Name);

//===----------------------------------------------------------------------===//
// Inference
//===----------------------------------------------------------------------===//

/// How far a fact is to be trusted. A fact gives way to those of higher rank
/// and never makes one of them doubtful.
enum class FactRank : uint8_t {
  Evidence,  ///< the code says so
  Neighbour, ///< the code of something else says so
  Hint,      ///< the user says so (`--unit v=volt`)
  Convention ///< the name suggests it
};

/// One thing that is known about units, and where it is said.
struct UnitFact {
  enum class Kind : uint8_t { SameDimension, WellFormed, HasDimension };
  Kind K = Kind::WellFormed;
  Expr Left, Right; ///< Right for SameDimension only
  Dimension Dim;    ///< for HasDimension only
  FactRank Rank = FactRank::Evidence;
  SourcePlace Place;
  /// Free text for the caller, e.g. the name of a convention.
  std::string Because;
};

/// `Left` and `Right` have one dimension; both are well-formed.
UnitFact sameDimension(Expr Left, Expr Right, SourcePlace Place,
                       FactRank Rank = FactRank::Evidence);
/// `E` is consistent inside; its own dimension may be any.
UnitFact wellFormed(Expr E, SourcePlace Place);
/// `E` has dimension `D` and is well-formed.
UnitFact hasDimension(Expr E, const Dimension &D, SourcePlace Place,
                      FactRank Rank = FactRank::Evidence);

/// A named number of the code; a name that is a unit's gives its dimension.
struct UnitConstant {
  double Value = 0;
  SourcePlace Place;
};

/// What a function of the model (a TimedArray, a user's function) takes and
/// gives, where that is known; a missing or empty entry is free.
struct FunctionUnits {
  std::vector<std::optional<Dimension>> Arguments;
  std::optional<Dimension> Result;
};

struct UnitProblem {
  /// Symbols whose dimensions are beyond doubt, e.g. Brian2's own variables.
  std::map<std::string, Dimension, std::less<>> Known;
  std::map<std::string, UnitConstant, std::less<>> Constants;
  /// Functions by name. Those of Brian2's language need no entry; the calls of
  /// any other function all have one, unknown, result dimension. A name that
  /// starts with `_timedarray` takes seconds as its first argument.
  std::map<std::string, FunctionUnits, std::less<>> Functions;
  std::vector<UnitFact> Facts;
  /// True where the generator wrote the values of constants in their place
  /// (Brian2 2.4.2 and before): a literal may then have any dimension, and a
  /// quantity whose value is 1 (`volt`, `second**-0.5`) leaves no trace in a
  /// product; only bare symbols are compared. False: a literal other than 0 is
  /// dimensionless.
  bool LiteralsMayBeQuantities = false;
  /// Assume, below all facts, what names and values suggest (Conventions.h).
  bool UseConventions = false;
  /// Values that the code gives to variables; those of constants count anyway.
  std::map<std::string, std::vector<double>, std::less<>> Samples;
  /// Symbols that are not called what their names are: how conventions see
  /// them; empty for those about which they have nothing to say.
  std::map<std::string, std::string, std::less<>> Aliases;
};

/// Adds what every group of neurons has: `t`, `dt`, `lastspike`, `i`, `N`, ...
void addGroupVariables(UnitProblem &P);
/// Adds what Synapses have: `t`, `lastupdate`, `delay`, `i`, `j`, `N_pre`, ...
/// The variables of the groups that they connect (`v_post`) are the caller's.
void addSynapseVariables(UnitProblem &P);
/// Adds what a SpatialNeuron has: `v`, `Im`, `area`, `Cm`, `Ri`, ...
void addSpatialVariables(UnitProblem &P);

/// What is known of one symbol.
struct InferredUnit {
  enum class Status : uint8_t {
    Known,        ///< given, or a constant that is a unit
    Inferred,     ///< follows from facts
    Undetermined, ///< no fact says
    Contradictory ///< facts say different things
  };
  Status S = Status::Undetermined;
  /// For Known and Inferred.
  std::optional<Dimension> Dim;
  /// The least trusted fact that an Inferred dimension rests on.
  FactRank Rank = FactRank::Evidence;
  /// Indices in UnitProblem::Facts of the facts that it rests on.
  std::vector<unsigned> Facts;
  /// The places of these facts, each once, or of the unit's constant.
  std::vector<SourcePlace> Sources;
  /// `Because` of those facts that are no evidence, and the reasons for what
  /// was assumed, each once.
  std::vector<std::string> Because;
  /// For Contradictory: index in UnitResult::Conflicts.
  std::optional<unsigned> Conflict;
};

/// Facts that were set aside together: a fact that contradicts itself, or facts
/// each of which belongs to a set that cannot all hold but could without it.
struct UnitConflict {
  std::vector<unsigned> Facts; ///< indices in UnitProblem::Facts
  SourcePlace First, Second;   ///< two that clash, First among those set aside;
                               ///< equal when one fact contradicts itself or
                               ///< what is Known
  FactRank Rank = FactRank::Evidence; ///< of the facts set aside
};

struct UnitResult {
  /// Every symbol of the facts, the constants and what is Known. The result of
  /// a function `f` whose dimension is unknown is listed as `f()`.
  std::map<std::string, InferredUnit, std::less<>> Symbols;
  std::vector<UnitConflict> Conflicts;
  /// A smallest list of undetermined symbols whose dimensions would determine
  /// all the other ones: what to ask the user for.
  std::vector<std::string> Free;

  const InferredUnit *find(llvm::StringRef Name) const;
  /// The dimension of a symbol, where there is one.
  std::optional<Dimension> dimension(llvm::StringRef Name) const;
};

/// Solves for all dimensions at once. Facts are taken rank by rank.
UnitResult inferUnits(const UnitProblem &P);

} // namespace brian2lift

#endif // BRIAN2LIFT_UNITS_UNITS_H
