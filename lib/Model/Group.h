//===- Model/Group.h - One neuron group in one run ----------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Gathers what the functions of one run say about one group. A Reading is one
// function, read once however many runs call it.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_MODEL_GROUP_H
#define BRIAN2LIFT_MODEL_GROUP_H

#include "Model/Contents.h"
#include "Model/Model.h"
#include "Model/Neighbours.h"
#include "Model/Roles.h"
#include "Model/Schedule.h"

namespace brian2lift {

/// A function with its role and what the earlier rooms make of it.
struct Reading {
  const Function *F = nullptr;
  FunctionRole R;
  Step S;
  Equations E; ///< of a state updater
};

/// A reading together with the clock that calls it in this run.
struct ScheduledReading {
  const Reading *What;
  std::string Clock;
};

/// A function that the run calls and that could not be read.
struct LostFunction {
  FunctionRole R;
  SourcePlace Place; ///< nowhere when the function is missing
};

/// What a group is built from.
struct GroupSources {
  std::string Name;
  std::map<std::string, const Array *> Arrays; ///< by variable
  const ArrayNames *Names;
  std::vector<ScheduledReading> Readings; ///< of this group, in run order
  std::vector<LostFunction> Lost;         ///< of this group
  const ScheduledRun *Run;
  const InitialContents *Contents;
  /// Arrays that any function of any run writes; null when some function could
  /// not be read, since then nobody knows.
  const std::set<std::string> *Written;
  /// Variables that Brian2 gives to this kind of group, besides those that
  /// every group has.
  std::set<std::string> OwnVariables;
  /// Equations that are known before the group's own code is read.
  std::vector<ModelEquation> Known;
  struct Subexpression {
    ModelEquation Equation;
    Expr Value; ///< as the code has it: StepTemporary::Named
  };
  std::vector<Subexpression> Subexpressions;
  /// Constants that subexpressions need and that the group's code may not have.
  std::vector<NamedConstant> MoreConstants;

  const ScheduledReading *find(Role R, llvm::StringRef Event = {}) const;
  const LostFunction *findLost(Role R, llvm::StringRef Event = {}) const;
  /// What a function computes under the names of the group's subexpressions,
  /// and means them by: by the same text, in which names stand for the same.
  std::vector<const StepTemporary *> subexpressionsIn(const Step &S) const;

  /// True for variables that Brian2 adds by itself: they are no part of the
  /// author's equations.
  bool isOwn(llvm::StringRef Name) const;
};

/// The evidence for what a function would have said that is missing (with no
/// place) or could not be read whole.
Evidence lostEvidence(const SourcePlace &Place);

/// Says that a value is lost because its code is not understood, and reports
/// it.
void loseValue(Evidence &E, llvm::StringRef What, llvm::StringRef Of,
               const SourcePlace &Place, Diagnostics &Diags);

NeuronGroup buildGroup(const GroupSources &G, Diagnostics &Diags);

/// A name that is neither a variable nor a constant stands for a value that
/// was lost on the way: what uses it would look whole and mean nothing, and is
/// lost too.
void refuseUnknownNames(NeuronGroup &G, const GroupSources &Sources,
                        Diagnostics &Diags);

/// Gives every expression of the groups, which are in `Arena`, the form in
/// which an author would have written it, where there is one that is shorter.
void makeGroupsReadable(llvm::ArrayRef<NeuronGroup *> Groups, ExprArena &Arena);

/// Names the large parts of the equations of gating variables (`alpha_m`,
/// `m_inf`) as subexpressions that are marked as assumed, and uses the names of
/// the author's own subexpressions where the code still has them.
void nameParts(NeuronGroup &G);

/// What there is to know about a group's dimensions besides its own code.
struct UnitSources {
  const Neighbours *Others = nullptr;
  OwnNames Names;
  /// Values that main gives to variables.
  std::map<std::string, std::vector<double>, std::less<>> Samples;
  /// Where the values of constants stand in place of their names, a literal
  /// says nothing.
  bool LiteralsMayBeQuantities = false;
};

/// Finds dimensions for everything in the group that units, t and dt decide.
void inferGroupUnits(NeuronGroup &G, ExprArena &Arena, UnitSources Sources,
                     const UnitOptions &Options, Diagnostics &Diags);

/// Writes `v = 0*volt` for `v = 0`, which Brian2 does not accept, where the
/// dimension is known.
void giveZerosUnits(NeuronGroup &G, ExprArena &Arena);

} // namespace brian2lift

#endif // BRIAN2LIFT_MODEL_GROUP_H
