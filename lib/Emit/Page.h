//===- Emit/Page.h - A model as a reader goes through it ----------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Markdown and HTML say the same things in the same order; what they say is
// decided here once. A page has groups, a group has sections, a section has
// entries: one thing each, with how it is known.
//
//   equations of P                               section
//     dv/dt = (v_rest - v)/tau     volt          entry: formula, unit
//       equation: recovered, checked, x.cpp:123  evidence
//
// A group that several runs have is one PageGroup. Where it differs from run to
// run, each further form is a PageGroup that has only the entries that differ.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EMIT_PAGE_H
#define BRIAN2LIFT_EMIT_PAGE_H

#include "Model/Model.h"
#include <memory>

namespace brian2lift {

/// One line of mathematics, for people and for Brian2.
struct PageFormula {
  std::string Text; ///< in Brian2's syntax: `dv/dt = -v/tau`
  bool IsDerivative = false;
  std::string Left;     ///< a name; empty for an expression alone
  std::string Operator; ///< between Left and Value
  Expr Value;           ///< null when Text is all that there is

  bool operator==(const PageFormula &O) const { return Text == O.Text; }
};

struct PageEvidence {
  std::string Of; ///< what of the entry: `unit`
  Evidence Known;
};

/// One thing that a reader may want to look up.
struct PageEntry {
  std::string Name; ///< `threshold`; empty where the formula says it
  std::vector<PageFormula> Formulas;
  std::string Value;  ///< `10. ms`, for entries that are no formula
  std::string Detail; ///< what else there is to say: `0.01 in SI units`
  std::string Unit;   ///< `V`; empty for none, `?` when not known
  std::vector<std::string> Notes; ///< flags and types that are not the usual
  bool IsLost = false;            ///< the code has it, and it is not known
  std::vector<PageEvidence> Known;

  /// The same to a reader, whichever lines of code say it.
  bool operator==(const PageEntry &O) const {
    return Name == O.Name && Formulas == O.Formulas && Value == O.Value &&
           Detail == O.Detail && Unit == O.Unit && Notes == O.Notes;
  }
};

struct PageSection {
  enum class Kind {
    Facts,
    Equations,
    Events,
    Parameters,
    Constants,
    Morphology
  };
  Kind K = Kind::Facts;
  std::string Title;
  std::vector<PageEntry> Entries;

  bool operator==(const PageSection &O) const {
    return Title == O.Title && Entries == O.Entries;
  }
};

struct PageGroup {
  const NeuronGroup *Group = nullptr; ///< in the Model
  std::string Anchor;                 ///< unique on the page, of safe letters
  std::vector<unsigned> Runs;         ///< from 1
  /// The form in an earlier run, from which this one differs in Sections only.
  const PageGroup *Base = nullptr;
  std::vector<PageSection> Sections;
  std::vector<std::string> Absent; ///< what Base has and this form has not
  std::string Code; ///< the group as a Brian2 script would define it
};

/// What a reader should know before trusting the page.
struct PageDoubt {
  std::string Group;             ///< empty for what belongs to none
  std::string Anchor;            ///< of the group
  std::vector<std::string> What; ///< `unit of v`: all that are known this way
  Evidence Known;
};

/// Refers to the model that it was made from.
struct Page {
  const Model *Of = nullptr;
  std::string Title;
  std::string Summary;           ///< two or three sentences
  std::vector<PageEntry> Origin; ///< generator, versions
  std::vector<PageEntry> Runs;   ///< one each
  std::vector<std::unique_ptr<PageGroup>> Groups;
  std::vector<PageDoubt> Lost;    ///< not recovered
  std::vector<PageDoubt> Assumed; ///< assumed or ambiguous
};

Page makePage(const Model &M);

/// All that one run says about a group.
std::vector<PageSection> makeSections(const NeuronGroup &G);
/// An entry with a name and a value; lost where the value is empty.
PageEntry makeFact(llvm::StringRef Name, llvm::StringRef Value,
                   const Evidence &Known);

/// The group as a Brian2 script would define it, constants first. What is not
/// known is a comment in its place.
std::string brianScript(const NeuronGroup &G);

/// The formulas of an entry in Brian2's syntax.
std::string formulasText(const PageEntry &E, llvm::StringRef Separator);
/// `1`, `1, 2`, `1 to 8`.
std::string runsText(const std::vector<unsigned> &Runs);
/// `units of v and w, equation of v` for `unit of v`, `unit of w`, ...
std::string subjects(const std::vector<std::string> &What);
/// How a check was done and how well it went, as a sentence.
std::string checkText(const EquationCheck &C);
/// `NeuronGroup` or `SpatialNeuron`.
llvm::StringRef className(const NeuronGroup &G);

} // namespace brian2lift

#endif // BRIAN2LIFT_EMIT_PAGE_H
