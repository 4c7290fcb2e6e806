//===- CodeObject/GennModel.h - What a GeNN model file says -------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Brian2GeNN does not write the code of a neuron group, it writes string
// literals from which GeNN will write code:
//
//   class neurongroupNEURON : public NeuronModels::Base { ...
//     SET_SIM_CODE("double _v = $(v) - DT*$(v)/$(tau);\n$(v) = _v; ...");
//     SET_PARAM_NAMES({"tau"});
//     SET_VARS({{"v", "double"}});
//   };
//   neurongroupNEURON::ParamValues neurongroup_p(0.01);
//   ... model.addNeuronPopulation<neurongroupNEURON>("neurongroup", 3, ...);
//
// (Until Brian2GeNN 1.2, `n.simCode = "..."` and `n.pNames.push_back("tau")`.)
// Clang reads the model file with a stand-in for GeNN's header in which each
// macro keeps its literal; here the pieces are collected for each population.
//
// Places are those of the literals' own lines in the model file.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_CODEOBJECT_GENNMODEL_H
#define BRIAN2LIFT_CODEOBJECT_GENNMODEL_H

#include "Project/Project.h"
#include "Support/Diagnostics.h"
#include "Support/Source.h"
#include <string>
#include <vector>

namespace brian2lift {

/// One line of the code that a string literal holds.
struct GennLine {
  std::string Text;
  SourcePlace Place; ///< of its first character
};
using GennCode = std::vector<GennLine>;

/// A variable of a population, or one that all its neurons share.
struct GennVariable {
  std::string Name;
  std::string Type; ///< `double`, `char`, as the generated code spells it
  bool IsShared = false;
  SourcePlace Place;
  bool IsInput = false; ///< synapses write it
};

/// A parameter: a constant of the model, with its value as written.
struct GennParameter {
  std::string Name;
  std::string Value;
  SourcePlace Place; ///< of the value
};

struct GennPopulation {
  std::string Name; ///< of the neuron group
  std::string Size; ///< as written
  SourcePlace Place;
  std::vector<GennVariable> Variables;
  std::vector<GennParameter> Parameters;
  /// The parts of the simulation code.
  GennCode Subexpressions, RunRegularly, StateUpdate;
  GennCode ThresholdCondition, Reset, Support;
  bool HasThreshold = false; ///< the condition is not `0`
  /// Code that Brian2GeNN always writes, even where it is empty, and that could
  /// not be found: what it would have said is lost.
  bool LacksStateUpdate = false, LacksThreshold = false, LacksReset = false;
};

/// The model file of a Brian2GeNN project; null when it is not there.
const SourceFile *findGennModel(const Project &P);

/// All populations of the model file, in its order. What cannot be read is
/// reported to `Diags` and left out.
std::vector<GennPopulation> readGennModel(const Project &P, Diagnostics &Diags);

} // namespace brian2lift

#endif // BRIAN2LIFT_CODEOBJECT_GENNMODEL_H
