//===- Model/Subexpressions.h -------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Brian2 puts a subexpression's text where a differential equation uses it, and
// its name is gone from the state updater. Other code computes it under its
// name, and from there it is read: thresholds, resets, refractoriness, code
// that is run regularly, initial values, monitors, other subexpressions, and
// synapses that use it as `x_post`.
//
//   const double I_syn = g*(E - v);       // in the thresholder
//   const bool _cond = I_syn > 0.1;       I_syn = g*(E - v) : ? (subexpression)
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_MODEL_SUBEXPRESSIONS_H
#define BRIAN2LIFT_MODEL_SUBEXPRESSIONS_H

#include "Model/Group.h"

namespace brian2lift {

/// A place where code computes what may be a subexpression of a group.
struct NamedLocal {
  std::string Variable; ///< as the group calls it
  const StepTemporary *Local;
  const Function *F;
  Role R; ///< of the function
  const Step *S;
  LocalOrigin Origin; ///< with what the function's role says of it
};

/// By group, in the order of the code.
using NamedLocals = std::map<std::string, std::vector<NamedLocal>>;

/// True when the function computes a local that might be a subexpression.
bool mayHoldSubexpressions(const Function &F);

/// Adds the locals of one function, which must outlive `Locals`, as must `S`.
void collectNamedLocals(const Function &F, const FunctionRole &R, const Step &S,
                        const ArrayNames &Names,
                        const std::map<std::string, OwnerArrays> &Owners,
                        NamedLocals &Locals);

/// Of all locals of a group those that are its subexpressions in this run, as
/// equations into `Sources.Subexpressions`, with the constants that they need.
/// A name that only code which may define names of its own has, in one place,
/// is ambiguous where it is used at once, and left to that code otherwise.
void findSubexpressions(GroupSources &Sources,
                        llvm::ArrayRef<NamedLocal> Locals);

} // namespace brian2lift

#endif // BRIAN2LIFT_MODEL_SUBEXPRESSIONS_H
