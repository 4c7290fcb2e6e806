//===- Support/TimeReport.h - Where the time goes -----------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For --time-report: whoever wants to make a slow run fast must know which
// stage is slow. A stage measures itself while a StageTimer lives, and one that
// begins inside of another interrupts it, so that all stages add up to the
// whole:
//
//   StageTimer Outside(Stage::Extract);
//   {
//     StageTimer Inside(Stage::Parse); // does not count as extract
//   }
//
// Without the option a StageTimer does nothing. Timers are for one thread.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_SUPPORT_TIMEREPORT_H
#define BRIAN2LIFT_SUPPORT_TIMEREPORT_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace llvm {
class Timer;
} // namespace llvm

namespace brian2lift {

/// In the order of the pipeline.
enum class Stage {
  Project,
  Extract,
  Parse,
  Model,
  Step,
  Equations,
  Units,
  Readable,
  Emit
};

/// Measures from here on.
void enableTimeReport();

/// While measuring, work that several threads could do is done by one.
bool isTimeReportEnabled();

/// The table of stages, and that of stages by group where a group was named,
/// each in the form of LLVM's -time-passes.
void printTimeReport(llvm::raw_ostream &OS);

class StageTimer {
public:
  /// Where a group is named, it counts for that group as well.
  explicit StageTimer(Stage S, llvm::StringRef Group = {});
  ~StageTimer();
  StageTimer(const StageTimer &) = delete;
  StageTimer &operator=(const StageTimer &) = delete;

private:
  llvm::Timer *Interrupted = nullptr;
  llvm::Timer *OfGroup = nullptr;
};

} // namespace brian2lift

#endif // BRIAN2LIFT_SUPPORT_TIMEREPORT_H
