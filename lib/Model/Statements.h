//===- Model/Statements.h - Resets and other code as an author's lines --===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The assignments of a code object as statements of Brian's abstract code:
//
//   write u = u + b*ms*clip(u, 0, 1)/ms       u += b*clip(u, 0, 1)
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_MODEL_STATEMENTS_H
#define BRIAN2LIFT_MODEL_STATEMENTS_H

#include "Model/Model.h"
#include <set>

namespace brian2lift {

/// The statements of `S` in order; nullopt when one of them could not be read.
/// Assignments to `Guarded` variables lose their `if (not_refractory)`.
std::optional<std::vector<ModelStatement>>
statementsOf(const Step &S, const std::set<std::string> &Guarded);

} // namespace brian2lift

#endif // BRIAN2LIFT_MODEL_STATEMENTS_H
