//===- Step/Locals.h - What the names of locals tell --------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Brian2 computes a subexpression as a local of its name before the statement
// that needs it. An author's code may define locals, too. What tells them apart
// is where they are computed, and how often:
//
//   const double m_inf = 1/(1 + exp(-u));    either
//   m = m_inf;
//
//   double m_inf = 1/(1 + exp(-m));          a subexpression: the code's own
//   m = m_inf;                               locals are const, and none is
//   m_inf = 1/(1 + exp(-m));                 computed anew because m changes
//   u += m_inf;
//
// Another group's subexpression has a name of the place that uses it, and what
// it needs is copied to locals that say where from
// (add_referred_subexpression in core/variables.py):
//
//   const double _rate_pre_neurongroup_v = _ptr_array_neurongroup_v[...];
//   const double rate_pre = k*_rate_pre_neurongroup_v;
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_STEP_LOCALS_H
#define BRIAN2LIFT_STEP_LOCALS_H

#include "Step/Step.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace brian2lift {

/// True for names that Brian2 gives to its own locals: `_lio_1`, `_cond`.
inline bool isInternalName(llvm::StringRef Name) {
  return Name.starts_with("_");
}

/// `neurongroup` and `v` of `_rate_pre_neurongroup_v`, which is copied (or
/// computed) for a local `rate_pre`. Of nested subexpressions it is the
/// innermost. `Owners` are the names of all objects that have arrays.
std::optional<VariableName> partOfForeign(llvm::StringRef Name,
                                          const std::set<std::string> &Owners);

/// True when `Rest` is what add_referred_subexpression puts behind the name of
/// a subexpression for what that needs: `neurongroup_v` of
/// `_rate_neurongroup_v`.
bool isNeededFor(llvm::StringRef Rest, const std::set<std::string> &Owners);

/// Where the local comes from, as far as the statements tell. `IsVariable` says
/// whether a name is a local that stands for a variable.
LocalOrigin originOf(llvm::StringRef Local, const std::vector<Statement> &Body,
                     llvm::function_ref<bool(llvm::StringRef)> IsVariable);

} // namespace brian2lift

#endif // BRIAN2LIFT_STEP_LOCALS_H
