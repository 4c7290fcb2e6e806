//===- CodeObject/GennLowering.h - Populations as code objects ----------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Brings what GennModel.h reads to the form that C++ standalone writes, so that
// no later room asks which generator it was. It happens in two steps around the
// parser. Before it, each population becomes a source file, in which a literal
//
//   $(v) = $(v) - DT*$(v)/$(tau);       becomes      v  =   v  - dt*  v /  tau
//   ;
//
// in a function with the locals that C++ standalone has, once for each code
// object: the update of subexpressions, run_regularly, the state updater, the
// thresholder, the resetter. Each line keeps its length and stands behind a
// `#line`, so that places are those of the literal in the model file.
//
// After the parser, on plain statements: the state updater and the thresholder
// share one text and are cut where the last variable is written; variables that
// are written are copied back to their arrays; and the time loop of
// `engine::run` is put into `main` as the calls of a network,
//
//   magicnetwork.add(&defaultclock, _run_neurongroup_stateupdater_codeobject);
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_CODEOBJECT_GENNLOWERING_H
#define BRIAN2LIFT_CODEOBJECT_GENNLOWERING_H

#include "CodeObject/CodeObject.h"
#include "CodeObject/GennModel.h"

namespace brian2lift {

/// Where the sources of populations are in the in-memory file system. Places in
/// files there are those that their `#line`s say.
inline constexpr llvm::StringLiteral PopulationFolder = "__genn/";

/// What the sources and what is made of them call the same things.
namespace genn {
inline constexpr llvm::StringLiteral Subexpressions = "subexpression_update";
inline constexpr llvm::StringLiteral RunRegularly = "run_regularly";
inline constexpr llvm::StringLiteral StateUpdater = "stateupdater";
inline constexpr llvm::StringLiteral Thresholder = "spike_thresholder";
inline constexpr llvm::StringLiteral Resetter = "spike_resetter";
/// The number of time steps between two runs of a run_regularly operation, as
/// Brian2GeNN 1.2 and 1.3 name it.
inline constexpr llvm::StringLiteral RunRegularlySteps = "_run_regularly_steps";
/// The state of GeNN's random numbers is no variable of the model.
inline constexpr llvm::StringLiteral Seed = "_seed";

/// `_run_group_stateupdater_codeobject`
std::string functionName(const GennPopulation &P, llvm::StringRef CodeObject);
/// `_array_group_v`
std::string arrayOf(const GennPopulation &P, llvm::StringRef Variable);
} // namespace genn

/// One source file for each population.
std::vector<SourceFile>
sourcesOfPopulations(llvm::ArrayRef<GennPopulation> Populations);

/// Where in the model file a place in such a source is.
SourcePlace placeInModel(const SourceFile &Source, const SourcePlace &Place);

/// The header that GeNN would generate from the model file; main.cpp and
/// engine.cpp include it.
SourceFile declarationsOfGenn(const SourceFile &Model);

/// Makes code objects and a schedule of what was read from these sources and
/// from main.cpp and engine.cpp.
void finishPopulations(CodeObjects &C,
                       llvm::ArrayRef<GennPopulation> Populations);

} // namespace brian2lift

#endif // BRIAN2LIFT_CODEOBJECT_GENNLOWERING_H
