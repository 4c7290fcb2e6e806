//===- CodeObject/Collect.h - From one AST to CodeObjects ---------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Walks the declarations of one parsed unit and adds what is of interest to a
// Collection: kept functions with their bodies, globals, support functions.
// Several units (a damaged file is read alone) add to one Collection.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_CODEOBJECT_COLLECT_H
#define BRIAN2LIFT_CODEOBJECT_COLLECT_H

#include "CodeObject/CodeObject.h"
#include "CodeObject/Kernels.h"
#include "CodeObject/Parse.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace brian2lift {

class Collection {
public:
  CodeObjects Result;
  /// CUDA's, which are no functions of the result (Kernels.h).
  KernelCode Kernels;
  /// Where the functions are that were collected so far.
  llvm::StringSet<> Places;
  /// Globals found so far; a definition replaces a mere declaration.
  llvm::StringMap<bool> Globals;
  /// Sizes by the name of the array: the values of `_num_<name>`.
  llvm::StringMap<long> Sizes;

  /// Notes that a code object's function is declared or used.
  void declare(llvm::StringRef Name, SourcePlace Place) {
    if (Place && Names.insert(Name).second)
      Declared.emplace_back(Name.str(), std::move(Place));
  }
  /// The functions that should be defined somewhere, and where that is said.
  llvm::ArrayRef<std::pair<std::string, SourcePlace>> declared() const {
    return Declared;
  }

private:
  std::vector<std::pair<std::string, SourcePlace>> Declared;
  llvm::StringSet<> Names;
};

/// Adds the declarations of one unit.
void collect(clang::ASTContext &Context, const ParseLog &Log, Collection &Into);

/// Puts everything in the order of the project's files and fills in the sizes.
void finish(Collection &C);

} // namespace brian2lift

#endif // BRIAN2LIFT_CODEOBJECT_COLLECT_H
