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

namespace brian2lift {

/// What `A` holds when `Run` begins, as far as `main` says.
ArrayContents contentsBefore(const Array &A, const ScheduledRun &Run,
                             const CodeObjects &C);

} // namespace brian2lift

#endif // BRIAN2LIFT_MODEL_CONTENTS_H
