//===- Model/Schedule.h - What main runs, and when ----------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `main` is a script: it sets arrays, adds functions to networks and runs them.
// Read from top to bottom it says which functions each run calls, in which
// order, by which clock, and how long a clock's step is at that moment.
//
//   _array_defaultclock_dt[0] = 0.0001;
//   magicnetwork.clear();
//   magicnetwork.add(&defaultclock, _run_a);     one ScheduledRun:
//   magicnetwork.run(1.0, NULL, 10.0);           1 s, {defaultclock, _run_a}
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_MODEL_SCHEDULE_H
#define BRIAN2LIFT_MODEL_SCHEDULE_H

#include "Step/Step.h"
#include <map>

namespace brian2lift {

struct ScheduledCall {
  std::string Clock;
  std::string Function; ///< empty where only the clock is scheduled
};

struct ClockStep {
  double Dt = 0; ///< seconds
  SourcePlace Place;
};

struct ScheduledRun {
  std::string Network;
  /// Seconds; none where `main` gives no number.
  std::optional<double> Duration;
  SourcePlace Place;
  std::vector<ScheduledCall> Calls;
  std::map<std::string, ClockStep> Clocks; ///< those whose step is known
  /// Objects whose arrays `main` sets before this run; and those that it sets
  /// only afterwards, which cannot be part of it.
  std::set<std::string> AssignedBefore, AssignedLater;
};

/// Reads the runs out of `main`, in order.
std::vector<ScheduledRun> readSchedule(const Function &Main,
                                       const CodeObjects &C,
                                       const ArrayNames &Names);

} // namespace brian2lift

#endif // BRIAN2LIFT_MODEL_SCHEDULE_H
