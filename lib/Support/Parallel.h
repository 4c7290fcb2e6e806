//===- Support/Parallel.h - Independent work in two threads -------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Large projects hold many groups that have nothing to do with each other.
// Where there are enough of them, a second thread takes part; each piece of
// work has an arena of expressions of its own, so that what it finds does not
// depend on the others, and the same bytes come out with one thread and two.
//
//   std::vector<Piece> Pieces = ...;
//   forEachIndex(Pieces.size(), [&](size_t I) { Pieces[I].solve(); });
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_SUPPORT_PARALLEL_H
#define BRIAN2LIFT_SUPPORT_PARALLEL_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include <cstddef>

namespace brian2lift {

/// From so many pieces on a second thread pays.
constexpr size_t EnoughForTwoThreads = 16;

/// Calls `Do` once for each index below `Size`, in any order, and returns when
/// all calls have. `Do` must not touch what another call writes. It is called
/// in this thread alone when there is little work, one processor, or a time
/// report, whose stages would not add up.
void forEachIndex(size_t Size, llvm::function_ref<void(size_t)> Do);

/// Does both, and returns when both are done. `Second` may wait for `First`,
/// which is through before it begins where there is one thread only.
void doBoth(llvm::function_ref<void()> First,
            llvm::function_ref<void()> Second);

} // namespace brian2lift

#endif // BRIAN2LIFT_SUPPORT_PARALLEL_H
