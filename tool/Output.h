//===- tool/Output.h - Files that are whole or not there ----------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A build tool takes a file that is there for a file that is complete. Both
// files of a run are therefore written beside their places first, and get their
// names when nothing can go wrong any more: the dependencies, then the output,
// so that it is never older than what it is said to depend on.
//
//   writeOutputs("model.json", Text, "model.d",
//                dependencyRule("model.json", {"output/main.cpp"}));
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_TOOL_OUTPUT_H
#define BRIAN2LIFT_TOOL_OUTPUT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace brian2lift {

/// Writes `Text` to `File` (`-` is standard output) and, where it has a name,
/// `Rule` to `DependencyFile`. What is not a file (a pipe, a device, a symbolic
/// link) is written to as it stands. The error is a FileError.
llvm::Error writeOutputs(llvm::StringRef File, llvm::StringRef Text,
                         llvm::StringRef DependencyFile, llvm::StringRef Rule);

/// The rule that make and ninja read: `Target` depends on `Files`, and each of
/// these may disappear (an empty rule for it, as `clang -MP` writes). An error
/// for names that a rule cannot hold.
llvm::Expected<std::string>
dependencyRule(llvm::StringRef Target, llvm::ArrayRef<llvm::StringRef> Files);

} // namespace brian2lift

#endif // BRIAN2LIFT_TOOL_OUTPUT_H
