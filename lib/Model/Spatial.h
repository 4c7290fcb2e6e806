//===- Model/Spatial.h - A neuron with compartments ---------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// To Brian2 a SpatialNeuron is a NeuronGroup whose members are the compartments
// of one neuron, and so it is here. What differs:
//
//  * v has no equation of its own; the author writes the membrane current,
//    `Im = gl*(El - v) : amp/meter**2` (Equations/Membrane.h);
//  * `I : amp (point current)` is a term I/area of that current. Whoever writes
//    `Im = ... + I/area` gets the same code, so the flag is one of two
//    readings;
//  * threshold='m > 0.5', threshold_location=4 is the condition
//    `m > 0.5 and i == 4`, where the same holds;
//  * Brian2 adds variables: the morphology (`area`, `length`), `Cm`, `Ri`,
//    `Ic`, subexpressions (`time_constant`) and the memory of the solver.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_MODEL_SPATIAL_H
#define BRIAN2LIFT_MODEL_SPATIAL_H

#include "Model/Group.h"

namespace brian2lift {

/// Tells the group which variables Brian2 gives it as a spatial neuron.
void nameSpatialVariables(GroupSources &G);

/// The neuron with what nameSpatialVariables says left out of its equations.
NeuronGroup buildSpatialNeuron(GroupSources G, const CodeObjects &C,
                               Diagnostics &Diags);

} // namespace brian2lift

#endif // BRIAN2LIFT_MODEL_SPATIAL_H
