//===- tool/ModelSource.h - Models to compare ---------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A model that is compared comes from a project or from a file of JSON. A
// project's is written as JSON and read back, too: both sides are then what the
// format says, and a golden file of a project is never different from itself.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_TOOL_MODELSOURCE_H
#define BRIAN2LIFT_TOOL_MODELSOURCE_H

#include "Compare/Compare.h"
#include "Options.h"

namespace brian2lift {

/// True for a folder and for a file of C++; anything else is a file of JSON.
bool isProject(llvm::StringRef Path);

/// The model of a file of JSON; `-` is standard input. Without a result an
/// error says why.
std::optional<ModelFacts> readModelFromFile(llvm::StringRef File,
                                            Diagnostics &Diags);

/// The model of a project or of such a file.
std::optional<ModelFacts> readModel(const Options &O, const std::string &Path,
                                    Diagnostics &Diags);

/// Compares the models, or the group that the options name; the exit status.
int compare(const Options &O, ModelFacts Old, ModelFacts New,
            Diagnostics &Found);

} // namespace brian2lift

#endif // BRIAN2LIFT_TOOL_MODELSOURCE_H
