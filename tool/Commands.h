//===- tool/Commands.h - What can be asked of brian2lift ----------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One function a command, in a file of its own; each returns the exit status.
// Data goes to standard output (or -o FILE), messages to standard error.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_TOOL_COMMANDS_H
#define BRIAN2LIFT_TOOL_COMMANDS_H

#include "Options.h"

namespace brian2lift {

/// `brian2lift PROJECT`, `--jsonl` with several, `--check` with a golden file.
int readProjects(const Options &O);

/// `brian2lift diff A B`. The comparison is the data: it goes to standard
/// output in the form that `--diagnostics` names.
int diffModels(const Options &O);

} // namespace brian2lift

#endif // BRIAN2LIFT_TOOL_COMMANDS_H
