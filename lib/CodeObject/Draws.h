//===- CodeObject/Draws.h - CUDA's buffers of random numbers ------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The threads of CUDA do not draw random numbers. The host fills buffers with
// them before a launch, and each thread reads elements of its own:
//
//   refill_normal_numbers(dev_x_randn_allocator, dev_x_randn, n, k);
//   _run_kernel_x<<<b, t>>>(_N, dev_x_randn);
//   // kernel, with _randn(i) for _ptr_array_x_randn[i]:
//   v = _randn(_idx + 0 * _N) + _randn(_idx + 1 * _N);
//
// What an element is follows from what fills the buffer, never from its name:
// an author may call a variable `my_randn`. Here, v is `randn(0) + randn(1)`.
// A constant rate of a Poisson distribution is said where the buffer is filled.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_CODEOBJECT_DRAWS_H
#define BRIAN2LIFT_CODEOBJECT_DRAWS_H

#include "CodeObject/CodeObject.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

namespace brian2lift {

/// What each element of a buffer is.
struct Draw {
  llvm::StringRef Function; ///< `rand`, `randn`, `poisson`; empty when it is
                            ///< not understood, or filled in several ways
  Expr Rate;                ///< of `poisson`

  friend bool operator==(const Draw &L, const Draw &R) {
    return L.Function == R.Function && L.Rate == R.Rate;
  }
};

/// Draws by the name of their buffer.
using DrawMap = llvm::StringMap<Draw>;

/// Adds the buffers that are filled by calls in `Body`.
void findDraws(const std::vector<Statement> &Body, DrawMap &Draws);

/// Numbers of draws by the element that is read, through one function.
using DrawNumbers = llvm::DenseMap<Expr, unsigned>;

/// `Node`, or the draw that it is: an element of a buffer, or `poisson` of one.
Expr drawnFrom(Expr Node, const DrawMap &Draws, DrawNumbers &Numbers,
               ExprArena &A);

} // namespace brian2lift

#endif // BRIAN2LIFT_CODEOBJECT_DRAWS_H
