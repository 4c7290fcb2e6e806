//===- CodeObject/FileScan.h - What the lexer alone can say of a file ---===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Function bodies that nobody needs are skipped without being parsed, by
// counting braces. In a truncated file that count runs on into the next file
// and swallows its functions without a word. So every file is run through the
// raw lexer first, which takes a millisecond for a whole project: a file whose
// brackets or `#if` do not match is never read together with others.
//
// The same pass collects what the synthetic unit needs to know: the #include
// lines, the macros, and whether the file holds anything of interest at all.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_CODEOBJECT_FILESCAN_H
#define BRIAN2LIFT_CODEOBJECT_FILESCAN_H

#include "Project/Project.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace brian2lift {

/// Real code has some 2,000. Macros count as what they stand for.
inline constexpr unsigned MaxTokensPerStatement = 50000;

struct FileScan {
  /// As written, with quotes or angle brackets; in order, each once.
  std::vector<std::string> Includes;
  /// Names that the file itself defines as macros.
  std::vector<std::string> Macros;
  /// Which rows of Patterns.def it holds, each once, and where first.
  std::vector<std::pair<unsigned, SourcePlace>> Patterns;
  /// True when it may define a function that is kept or a global array.
  bool IsInteresting = false;
  /// Set when the file cannot be read together with others: the bracket that
  /// is not matched, and where.
  std::string Unbalanced;
  SourcePlace UnbalancedPlace;
  /// Set when the file is beyond anything a generator writes, in a way that
  /// could cost the parser unbounded time or stack; it is not parsed at all.
  std::string TooComplex;
  SourcePlace TooComplexPlace;
};

FileScan scanFile(const SourceFile &File);

/// True for the functions whose bodies are read: `_run_...`, `main`, GSL's.
bool isKeptFunction(llvm::StringRef Name);
/// True for kernels that do a code object's work, `_run_kernel_x`, and for
/// those that empty the space of its events, `_reset_x`.
bool isKernelName(llvm::StringRef Name);
/// True for `_run_x`, `_before_run_x`, `_after_run_x`.
bool isCodeObjectFunction(llvm::StringRef Name);

} // namespace brian2lift

#endif // BRIAN2LIFT_CODEOBJECT_FILESCAN_H
