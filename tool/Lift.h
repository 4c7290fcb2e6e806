//===- tool/Lift.h - A project through all rooms ------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Calls the rooms of lib/ in their order, for one project, and writes what the
// options ask for.
//
//   Diagnostics Diags;
//   Lifted L = lift(O, {"output"}, Diags);
//   if (L.IsRead)
//     outs() << L.Text;
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_TOOL_LIFT_H
#define BRIAN2LIFT_TOOL_LIFT_H

#include "Options.h"
#include "Support/Diagnostics.h"
#include "llvm/ADT/ArrayRef.h"

namespace brian2lift {

struct Lifted {
  /// False when there is no result; an error among the diagnostics says why.
  bool IsRead = false;
  std::string Text; ///< what is to be printed
  std::string Json; ///< the model as JSON, where it is to be compared
  /// Of the project and beside it, as paths from where we are.
  std::vector<std::string> FilesRead;
};

/// Reads the project that `Paths` name: one folder, or files of one project.
Lifted lift(const Options &O, llvm::ArrayRef<std::string> Paths,
            Diagnostics &Diags);

} // namespace brian2lift

#endif // BRIAN2LIFT_TOOL_LIFT_H
