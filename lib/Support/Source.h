//===- Support/Source.h - Where in the project something stands ---------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Everything brian2lift prints can be traced back to a place in the generated
// C++: "this threshold comes from code_objects/x.cpp:61:21". Clang's own
// SourceLocation is meaningless without its SourceManager, which does not
// outlive the CodeObject room, so all rooms share this plain value instead.
//
//   SourcePlace P{"code_objects/x.cpp", 61, 21};
//   outs() << P;                                  // code_objects/x.cpp:61:21
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_SUPPORT_SOURCE_H
#define BRIAN2LIFT_SUPPORT_SOURCE_H

#include "llvm/Support/raw_ostream.h"
#include <string>

namespace brian2lift {

/// A line and column (both from 1) in a file of the project. `File` is relative
/// to the project's folder, with forward slashes. A default-constructed place
/// is "nowhere": a value that no single piece of code stands for.
struct SourcePlace {
  std::string File;
  unsigned Line = 0;
  unsigned Column = 0;

  explicit operator bool() const { return !File.empty(); }
  bool operator==(const SourcePlace &O) const {
    return File == O.File && Line == O.Line && Column == O.Column;
  }
};

/// Prints `file:line:column`, or `file` alone when the place has no line.
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const SourcePlace &P);

} // namespace brian2lift

#endif // BRIAN2LIFT_SUPPORT_SOURCE_H
