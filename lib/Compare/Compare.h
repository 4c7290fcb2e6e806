//===- Compare/Compare.h - Whether two models are the same ---------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A regenerated project has other bytes: another version of Brian2 folds
// numbers in another order, writes constants' values in place of their names,
// names the temporaries anew. What a build wants to know is whether the *model*
// changed.
//
// Facts are what one file of the JSON says (docs/Format.md), as plain values;
// expressions are still text. Equations are compared by algebra: the same when
// they have the same value for all values of their symbols, whatever their form
// and whichever parts of them have names. Where that fails, the constants'
// values are put in, since a project may have lost their names. Quantities are
// compared by value, flags as sets. Names of clocks, evidence and what
// generated the code are not the model.
//
//   Diagnostics Found;
//   compareModels(*Golden, *Now, Found);
//   // code_objects/x.cpp:9:5: warning: neurongroup.v: -(v - El)/tau became
//   //     -(v - El)/(2*tau) [equation-differs]
//
// Differences are warnings at a place of the new project. What one side does
// not know is no difference but a note (`not-comparable`).
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_COMPARE_COMPARE_H
#define BRIAN2LIFT_COMPARE_COMPARE_H

#include "Expr/Rational.h"
#include "Support/Diagnostics.h"
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace brian2lift {

/// A value of the file, and how it is known.
struct Fact {
  /// The key is in the file; its value may be null all the same.
  bool IsThere = false;
  std::optional<std::string> Text; ///< none for null
  std::optional<double> Value;     ///< of a number
  std::string Status;              ///< `recovered`, ...; empty without evidence
  std::string Because;
  std::vector<std::string> Alternatives;
  SourcePlace Place; ///< the first source

  bool isKnown() const { return Text.has_value(); }
  bool isAssumed() const { return Status == "assumed"; }
};

struct NamedFact {
  std::string Name;
  Fact Value;
};

struct EquationFacts {
  std::string Name;
  std::string Type;  ///< empty when not known
  std::string Dtype; ///< empty when not known
  Fact Right;        ///< `expr`; of a parameter, not there, with its place
  Fact Unit;
  std::set<std::string> Flags;

  /// A part of an equation that brian2lift named itself.
  bool isOutlined() const {
    return Type == "subexpression" && Right.isAssumed();
  }
};

struct EventFacts {
  std::string Name;
  Fact Threshold, Reset, Refractory;
};

struct RegularFacts {
  std::string Name;
  std::string Subgroup;
  Fact Code, Dt; ///< `Dt` in seconds
};

struct GroupFacts {
  std::string Class; ///< `neurongroup`, `spatialneuron`
  std::string Name;
  Fact N, Method, Dt; ///< `Dt` in seconds
  std::vector<EquationFacts> Equations;
  std::vector<NamedFact> Identifiers; ///< with values in SI units
  bool HasIdentifiers = true; ///< false: their values stand in their place
  std::vector<EventFacts> Events;
  std::vector<RegularFacts> RunRegularly;
  /// Of a neuron with compartments: `Cm`, `threshold_location`,
  /// `morphology.area`, ...
  std::vector<NamedFact> Others;
};

struct RunFacts {
  Fact Duration; ///< in seconds
  std::vector<GroupFacts> Groups;
};

struct ModelFacts {
  std::vector<RunFacts> Runs;
};

/// `100. us` in seconds; none for what is no time.
std::optional<Rational> readTime(llvm::StringRef Text);

/// Reports each difference as a warning, and what cannot be compared as a note,
/// in a fixed order and each once.
void compareModels(const ModelFacts &Old, const ModelFacts &New,
                   Diagnostics &Found);

} // namespace brian2lift

#endif // BRIAN2LIFT_COMPARE_COMPARE_H
