//===- Support/Worker.h - Work in a process of its own ------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Code from strangers can make a parser of C++ overflow its stack, run for
// hours or fill the memory, and no process can promise to notice that in time
// of itself. So the work is done in a forked child with limits that the kernel
// keeps. Its answer comes back through a pipe when it is complete; the parent
// has nothing to print before that.
//
//   Diagnostics Diags;
//   auto A = runInWorker({}, [&] { return Answer{lift("project"), "", 0}; },
//                        Diags);
//   if (A)
//     outs() << A->Data;
//   // else Diags says why:
//   //   code_objects/x.cpp:79:6: error: ... took more than 10 s [time-limit]
//
// The place in that line is the mark that the work left last. The child writes
// no file: it may not, and leaves no core dump. It costs about a millisecond.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_SUPPORT_WORKER_H
#define BRIAN2LIFT_SUPPORT_WORKER_H

#include "Support/Diagnostics.h"
#include "Support/Source.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <optional>
#include <string>

namespace brian2lift {

struct WorkerLimits {
  /// Of processor time. Six times as long may pass on the clock, for machines
  /// that are busy and disks that are slow.
  unsigned Seconds = 10;
  /// Of address space, libraries included. Not kept under AddressSanitizer,
  /// which takes terabytes of it.
  unsigned Mebibytes = 1024;
};

/// What a program leaves behind: its output, its messages, its exit status, and
/// the names of the files that it has read, each ended by a NUL.
struct Answer {
  std::string Data;
  std::string Messages;
  int Status = 0;
  std::string FilesRead;
};

/// Does the work in a child process with a stack of 100 MiB. Nothing is
/// returned when the child crashed or met a limit, and `Diags` says so.
std::optional<Answer> runInWorker(const WorkerLimits &Limits,
                                  llvm::function_ref<Answer()> Work,
                                  Diagnostics &Diags);

/// Several pieces of work, each in a child of its own.
struct WorkerTasks {
  size_t Count = 0;
  /// So many children live at a time; at least one.
  unsigned AtOnce = 1;
  /// Piece number I, in the child.
  llvm::function_ref<Answer(size_t I)> Work;
  /// Gets the answers in the order of the pieces, as soon as that order allows
  /// it. Without an answer the diagnostics say why.
  llvm::function_ref<void(size_t I, std::optional<Answer>, const Diagnostics &)>
      Done;
  /// Called some times a second while there is nothing to do but to wait, with
  /// the number of pieces that have ended. May be null.
  llvm::function_ref<void(size_t Ended)> Wait;
};
void runInWorkers(const WorkerLimits &Limits, const WorkerTasks &Tasks);

/// Says where in the project the work is now; nowhere when it has left the
/// files. Without a worker it does nothing.
void markPlace(const SourcePlace &Place);

} // namespace brian2lift

#endif // BRIAN2LIFT_SUPPORT_WORKER_H
