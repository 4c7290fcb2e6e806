//===- Model/Model.h - What the project simulates -----------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Brian2's own objects again: runs, and in each run the neuron groups (and the
// neurons with compartments, which are groups of those) with their equations,
// events, parameters, identifiers and clocks. `main` says what each run
// executes (`magicnetwork.add(&defaultclock, _run_x)`); each function is read
// by the rooms before this one; here the pieces are put together by what they
// do: a function that fills an event space is a thresholder, one that walks an
// event space and writes the group's variables is a resetter.
//
//   auto M = buildModel(P, C, Diags);
//   M->Runs[0].NeuronGroups[0].Equations[0].Value  // -(v - El)/tau
//   M->Runs[0].NeuronGroups[0].Equations[0].Known  // recovered, from where
//
// Every value carries how it is known, because a reader must be able to tell
// what the code says from what merely follows or was assumed.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_MODEL_MODEL_H
#define BRIAN2LIFT_MODEL_MODEL_H

#include "CodeObject/CodeObject.h"
#include "Equations/Equations.h"
#include "Expr/Text.h"
#include "Support/Diagnostics.h"
#include "Units/Hints.h"
#include "Units/Units.h"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace brian2lift {

/// How a value is known.
struct Evidence {
  enum class Status {
    Recovered,    ///< the code says it
    Inferred,     ///< it follows from what the code says
    Assumed,      ///< a convention or the user's hint; Because names it
    Ambiguous,    ///< several readings fit; Alternatives lists them
    Unrecoverable ///< Because says what the generator erased
  };
  Status S = Status::Recovered;
  std::string Because;
  std::vector<SourcePlace> Sources; ///< in order of importance
  std::vector<std::string> Alternatives;
  std::optional<EquationCheck> Check; ///< of a differential equation
};

/// Adds to how `Value` is known, where it holds numbers and nothing is said
/// yet, that some may have been named constants.
void noteNumbers(Evidence &Known, Expr Value);

/// One variable of a group, as one line of Brian2's equations.
struct ModelEquation {
  /// Unknown: the code that would tell could not be read.
  enum class Kind { Differential, Subexpression, Parameter, Unknown };
  std::string Name;
  Kind K = Kind::Parameter;
  Expr Value; ///< null for parameters and for what could not be confirmed
  ScalarType Type = ScalarType::Float64;
  /// `constant`, `shared`, `unless refractory`, `constant over dt`, `linked`,
  /// `point current`.
  std::vector<std::string> Flags;
  /// Its numbers may be constants, and quantities.
  bool HasInlinedConstants = false;
  std::optional<Dimension> Unit; ///< of the variable itself
  Evidence Known;      ///< of the equation (or of the parameter's existence)
  Evidence FlagsKnown; ///< of flags that are not in the code as such
  Evidence UnitKnown;
};

/// One statement of a reset or of regularly run code.
struct ModelStatement {
  std::string Name;
  std::string Operator; ///< `=`, `+=`, `-=`, `*=`, `/=`
  Expr Value;
};

struct ModelEvent {
  std::string Name; ///< `spike`, or the user's
  Expr Threshold;   ///< null when lost
  std::vector<ModelStatement> Reset;
  bool HasReset = false;
  std::optional<Refractoriness> Refractory; ///< of `spike` only
  Evidence ThresholdKnown, ResetKnown, RefractoryKnown;
};

struct ModelClock {
  std::string Name;
  std::optional<double> Dt; ///< seconds
  Evidence Known;
};

struct ModelRunRegularly {
  std::string Name;
  std::vector<ModelStatement> Code;
  ModelClock Clock;
  /// The subgroup whose neurons it runs for; empty for the whole group.
  std::string Subgroup;
  /// Its numbers may be constants, and quantities.
  bool HasInlinedConstants = false;
  Evidence Known;
};

struct ModelIdentifier {
  NamedConstant Constant;
  std::optional<Dimension> Unit;
  Evidence UnitKnown;
};

/// What an array holds when a run begins, as far as `main` says.
struct ArrayContents {
  enum class Kind {
    Unset,
    Uniform,  ///< `Value` everywhere
    DataFile, ///< values of a data file, which are not in the C++
    Mixed,    ///< some elements were set apart
    Computed  ///< by a function that `main` calls
  };
  Kind K = Kind::Unset;
  Rational Value;
  std::string StaticArray;          ///< that the data file is read into
  std::vector<SourcePlace> Sources; ///< the latest first
};

/// An array that describes a neuron's compartments: `area`, `Cm`.
struct CompartmentArray {
  std::string Name;
  std::optional<long> Size;
  std::optional<Dimension> Unit;
  ArrayContents Contents;
};

/// What a neuron with compartments has besides what a group has.
struct SpatialPart {
  CompartmentArray Cm, Ri;
  std::optional<long> ThresholdLocation; ///< a compartment
  Evidence ThresholdLocationKnown;
  std::optional<long> Sections; ///< of the morphology
  Evidence SectionsKnown;
  std::vector<CompartmentArray> Morphology;
};

/// A group of neurons, or of the compartments of one.
struct NeuronGroup {
  std::string Name;
  std::optional<long> N;
  Evidence NKnown;
  /// The method; none without differential equations, and where it could not be
  /// found (MethodKnown says why).
  std::optional<Method> IntegrationMethod;
  bool HasCustomMethod = false; ///< none of Brian2's own
  Evidence MethodKnown;
  std::vector<ModelEquation> Equations;
  std::vector<ModelIdentifier> Identifiers; ///< by name
  Evidence IdentifiersKnown; ///< Unrecoverable where the generator wrote the
                             ///< values of constants in their place
  std::vector<ModelEvent> Events;
  ModelClock Clock;
  std::vector<ModelRunRegularly> RunRegularly;
  std::optional<SpatialPart> Spatial; ///< of a neuron with compartments
  NameRanks Ranks; ///< constants, parameters, variables: the order of printing

  const ModelEquation *find(llvm::StringRef Name) const;
};

struct ModelRun {
  std::optional<double> Duration; ///< seconds
  Evidence DurationKnown;
  std::string Network;
  SourcePlace Place; ///< of `network.run(...)`
  std::vector<NeuronGroup> NeuronGroups;
  std::vector<NeuronGroup> SpatialNeurons;
};

struct Model {
  Generator Device = Generator::CppStandalone;
  /// Which versions of which packages write what the project holds.
  std::vector<VersionRange> Versions;
  bool IsSinglePrecision = false;
  long OpenMpThreads = 0; ///< 0 without OpenMP
  std::vector<ModelRun> Runs;
  /// Keeps the expressions alive.
  std::shared_ptr<ExprArena> Arena;
};

/// What the user wants and knows about units.
struct UnitOptions {
  bool UseConventions = true;
  std::vector<UnitHint> Hints;
};

/// Puts the model together. What cannot be read is reported and left out; an
/// error is returned when there is no `main` to say what is run. With
/// `NamesParts`, large parts of equations are subexpressions with usual names.
llvm::Expected<Model> buildModel(const Project &P, const CodeObjects &C,
                                 Diagnostics &Diags,
                                 const UnitOptions &Units = {},
                                 bool NamesParts = true);

/// The text of `--dump=model`.
void print(llvm::raw_ostream &OS, const Model &M);

} // namespace brian2lift

#endif // BRIAN2LIFT_MODEL_MODEL_H
