//===- Model/Contents.h - What main puts into an array ------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A script's `neuron.Cm = 1*uF/cm**2` becomes a loop of `main` that fills an
// array before the run; values that differ are in a data file of the project,
// which the simulation reads into a static array when it starts:
//
//   for (int i = 0; i < _num__array_axon_Cm; i++)
//     _array_axon_Cm[i] = 0.01;                        Uniform, 0.01
//   for (int i = 0; i < _num__array_axon_area; i++)
//     _array_axon_area[i] = _static_array__array_axon_area[i];     DataFile
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_MODEL_CONTENTS_H
#define BRIAN2LIFT_MODEL_CONTENTS_H

#include "Model/Model.h"
#include "Model/Schedule.h"
#include <tuple>

namespace brian2lift {

/// What `main` does to arrays, found once for all arrays and runs.
class InitialContents {
public:
  /// `C` must outlive it.
  explicit InitialContents(const CodeObjects &C);

  /// What `A` holds when `Run` begins, as far as `main` says.
  ArrayContents before(const Array &A, const ScheduledRun &Run) const;

private:
  /// A statement that changes an array, or calls a function that does.
  struct Change {
    size_t Order; ///< see Begins
    const Statement *S;
    const Statement *Loop; ///< around it, or null
  };

  const CodeObjects &C;
  std::map<std::string, std::vector<Change>> Changes; ///< by array
  /// When the statements outside of loops begin.
  std::map<std::tuple<std::string, unsigned, unsigned>, size_t> Begins;

  void read(const std::vector<Statement> &Body);
  void readLoop(const Statement &Loop, size_t Order);
};

} // namespace brian2lift

#endif // BRIAN2LIFT_MODEL_CONTENTS_H
