//===- CodeObject/Kernels.h - CUDA's kernels as loops -------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Brian2CUDA writes two functions where C++ standalone writes one: a kernel,
// which a thread runs for one neuron, and the host's function that launches it.
// The network calls the latter; what it does is in the former. Here the two are
// joined in the form that C++ standalone has, so that no later room needs to
// know of threads:
//
//   __global__ void _run_kernel_x(int _N, double *_ptr_array_g_v) {
//     int _idx = blockIdx.x * blockDim.x + threadIdx.x;
//     const int64_t N = 10;
//     if (_idx >= _N) return;
//     const double _lio_1 = ...;
//     { double v = _ptr_array_g_v[_idx]; ... }
//   }
//   void _run_x() { _run_kernel_x<<<b, t>>>(_N, dev_array_g_v); }
//
// becomes
//
//   function _run_x()
//     declare N = 10
//     declare _N = N
//     declare _ptr_array_g_v = _array_g_v    (Float64 *)
//     declare _lio_1 = ...
//     for _idx from 0 below _N
//       declare v = _ptr_array_g_v[_idx]
//
// On the way:
//  * parameters are declared as what the launch gives them; arrays are known
//    under their name on the host, `_array_g_v` for `dev_array_g_v`;
//  * elements of a buffer of random numbers are draws (Draws.h);
//  * `atomicAdd(&a[i], x)` is `a[i] += x`; a place in an event space that it
//    gives is `a[_count++]`;
//  * a kernel that empties an event space before it is counted in is left out;
//    where none does, an Unknown statement writes the space: events are counted
//    on from what is there;
//  * what only the host does (sizes of launches, copies to the device) is left
//    out.
//
// A kernel without a guard has as many threads as its launch says, which is not
// read: its loop ends at `_threads`, which nothing declares. Several kernels
// (those of a neuron with compartments) come one after the other.
//
// A parameter that is used and whose argument is not understood becomes an
// Unknown statement that writes it.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_CODEOBJECT_KERNELS_H
#define BRIAN2LIFT_CODEOBJECT_KERNELS_H

#include "CodeObject/CodeObject.h"

namespace brian2lift {

/// What a CUDA project has beside the functions that the network calls.
struct KernelCode {
  std::vector<Function> Kernels;
  /// What fills buffers with random numbers.
  std::vector<Function> Fillers;
};

/// Joins each function that launches kernels with them, and drops the device's
/// copies of arrays.
void joinKernels(CodeObjects &C, const KernelCode &Code);

} // namespace brian2lift

#endif // BRIAN2LIFT_CODEOBJECT_KERNELS_H
