//===- Step/Frame.h - What the generator writes around the author's code ===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The author wrote `v = v_r`. The generator puts a frame around it:
//
//   for(int _idx=0; _idx<_N; _idx++) {            every neuron once
//       double v = _ptr_array_g_v[_idx];          its own element
//       v = v_r;
//       _ptr_array_g_v[_idx] = v;                 and back
//   }
//
// The executor reads `v = v_r` and takes the frame for granted: it executes the
// body once and lets the local stand for the element. That is right only where
// the frame is whole. Here it is looked at: a local whose element is not read
// or written back as above, or whose value is used before there is one, has a
// value that is not known, and what depends on it is lost.
//
// A thresholder's frame collects the neurons with an event:
//
//       if(_cond) {
//           _ptr_array_g__spikespace[_count++] = _idx;
//           _ptr_array_g_not_refractory[_idx] = false;   where the group has
//           _ptr_array_g_lastspike[_idx] = _ptr_array_defaultclock_t[0];
//       }                                                a refractory period
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_STEP_FRAME_H
#define BRIAN2LIFT_STEP_FRAME_H

#include "Step/Step.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace brian2lift {

struct FrameDamage {
  llvm::StringSet<> Locals;        ///< whose values are not known
  std::set<std::string> Variables; ///< written without a local of their own
};

/// `ArrayOf` are the arrays of the function's pointers, `Backed` the locals
/// that stand for elements.
FrameDamage findFrameDamage(const Function &F, const CodeObjects &C,
                            const ArrayNames &Names,
                            const llvm::StringMap<std::string> &ArrayOf,
                            const llvm::StringMap<StepVariable> &Backed);

} // namespace brian2lift

#endif // BRIAN2LIFT_STEP_FRAME_H
