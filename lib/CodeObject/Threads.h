//===- CodeObject/Threads.h - The code of one thread as a loop ----------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A kernel says what one thread does; all threads together are a loop over
// their numbers:
//
//   int bid = blockIdx.x;
//   int _idx = bid * blockDim.x + threadIdx.x;     for _idx from 0 below _N
//   if (_idx >= _N)                                  declare v = a[_idx]
//     return;                                        ...
//   const double _lio_1 = dt/tau;
//   { double v = a[_idx]; ... }                    after: declare _lio_1
//
// Locals that hold the number of the thread are its indices. The last guard
// gives the loop its bound. What is the same in all threads stays before the
// loop: statements in front of the generator's block of vector code, and
// readings of shared variables in it.
//
// Threads work together by atomic operations only, which a loop does not need:
//
//   atomicAdd(&a[i], x);                           a[i] = a[i] + x
//   int p = atomicAdd(&space[_N], 1);              space[_count++] = _idx
//   space[p] = _idx;
//
// A thread that returns early skips the rest: `if (c) return; rest` is `if (not
// c) rest`. Atomic operations of other forms, numbers of threads that are no
// index (the place in a block), and an index that is changed on some condition
// become Unknown statements.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_CODEOBJECT_THREADS_H
#define BRIAN2LIFT_CODEOBJECT_THREADS_H

#include "CodeObject/CodeObject.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringSet.h"

namespace brian2lift {

/// What a kernel's locals say of the thread.
struct ThreadNumbers {
  llvm::StringSet<> Indices; ///< locals that are the number of the thread
  llvm::StringSet<> Others;  ///< locals that are another number: of its block
  Expr Bound;                ///< of the last guard; null without one
  /// Of the last guard in the body; the number of statements without one.
  size_t Guard = 0;

  bool isLocal(llvm::StringRef Name) const {
    return Indices.contains(Name) || Others.contains(Name);
  }
  /// True for `if (_idx >= _N) return;`.
  bool isGuard(const Statement &S) const;
};

ThreadNumbers readThreadNumbers(llvm::ArrayRef<Statement> Kernel);

/// Makes `S` an Unknown statement, which may write all that it wrote.
void makeUnknown(Statement &S, llvm::StringRef Text);

/// Appends `Code`, the statements behind the guard, to `Out`, as a loop where
/// the number of the thread matters.
void appendThreads(std::vector<Statement> Code, const ThreadNumbers &Numbers,
                   ExprArena &A, std::vector<Statement> &Out);

/// True when the expression reads a symbol or an array of such a name.
bool mentions(Expr E, llvm::function_ref<bool(llvm::StringRef)> IsName);
/// The same for a statement, what it writes included.
bool mentions(const Statement &S,
              llvm::function_ref<bool(llvm::StringRef)> IsName);

/// Calls `Visitor` with every expression of the statements.
template <typename L, typename F> void eachExpr(L &&Body, F Visitor) {
  for (auto &Each : Body) {
    for (auto *E :
         {&Each.Index, &Each.Value, &Each.Condition, &Each.First, &Each.Bound})
      if (*E)
        Visitor(*E);
    for (auto &E : Each.Arguments)
      if (E)
        Visitor(E);
    eachExpr(Each.Then, Visitor);
    eachExpr(Each.Else, Visitor);
  }
}

} // namespace brian2lift

#endif // BRIAN2LIFT_CODEOBJECT_THREADS_H
