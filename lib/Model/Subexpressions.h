//===- Model/Subexpressions.h ---------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Brian2 puts a subexpression's text where a differential equation uses it, and
// its name is gone from the state updater. Other code computes it under its
// name, and from there it is read:
//
//   const double I_syn = g*(E - v);       // in the thresholder
//   const bool _cond = I_syn > 0.1;       I_syn = g*(E - v) : ? (subexpression)
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_MODEL_SUBEXPRESSIONS_H
#define BRIAN2LIFT_MODEL_SUBEXPRESSIONS_H

#include "Model/Group.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace brian2lift {

/// A named temporary of code that cannot define names of its own (a threshold
/// or a monitor) is a subexpression. Resets and regular code may define
/// temporaries, so a name that only they use is substituted. `IsTaken` says
/// which names are something else.
std::vector<ModelEquation>
findSubexpressions(const GroupSources &Sources,
                   llvm::function_ref<bool(llvm::StringRef)> IsTaken);

} // namespace brian2lift

#endif // BRIAN2LIFT_MODEL_SUBEXPRESSIONS_H
