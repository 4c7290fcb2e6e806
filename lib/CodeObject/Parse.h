//===- CodeObject/Parse.h - One run of Clang ----------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Parses one unit (Unit.h) over the in-memory file system and hands the AST to
// a callback. No driver, no resource folder, no headers but those of Unit.h, no
// dependence on the machine: the target is always x86_64 Linux, where int64_t
// is long.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_CODEOBJECT_PARSE_H
#define BRIAN2LIFT_CODEOBJECT_PARSE_H

#include "CodeObject/Unit.h"
#include "Support/Source.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <string>
#include <vector>

namespace brian2lift {

/// One error of Clang.
struct ParseError {
  clang::SourceLocation Location; ///< in a file, not in a macro
  SourcePlace Place;
  std::string Message;
  /// Set when a name is not declared: the name, and whether it is called.
  std::string Undeclared;
  bool IsCall = false;
};

/// What went wrong in one run.
struct ParseLog {
  std::vector<ParseError> Errors;
  struct Miss {
    std::string Name;
    SourcePlace Place;
  };
  std::vector<Miss> MissingIncludes;
  /// With Headers::Real, stand-ins that were found all the same.
  std::vector<Miss> StandIns;
  /// Branches of #if that were not taken.
  std::vector<clang::SourceRange> SkippedRanges;
  /// Why the parser was stopped, and where; what it had seen by then is only a
  /// part of the code. Empty when it was not.
  std::string Stopped;
  SourcePlace StoppedAt;
};

/// Finds the project's file, line and column of Clang's locations.
class PlaceMap {
public:
  explicit PlaceMap(const clang::SourceManager &SM,
                    const clang::LangOptions &LangOpts)
      : SM(SM), LangOpts(LangOpts) {}

  /// Where `L` is written; macro expansions count as where they are used.
  /// Nowhere for locations in stand-ins and in the unit itself.
  SourcePlace at(clang::SourceLocation L) const;
  /// The last character of the token at `L`.
  SourcePlace endOf(clang::SourceLocation L) const;

private:
  SourcePlace at(std::pair<clang::FileID, unsigned> Where) const;

  const clang::SourceManager &SM;
  const clang::LangOptions &LangOpts;
  mutable clang::FileID LastFile;
  mutable std::string LastPath;
};

/// True for functions whose bodies are read as Functions.
bool isKept(const clang::FunctionDecl &F);
/// True for a function that CUDA runs once for each thread.
bool isKernel(const clang::FunctionDecl &F);
/// True for the method that draws Brian2CUDA's random numbers in advance.
bool fillsBuffers(const clang::FunctionDecl &F);
/// True for `f` beside an array `_namespacef_values`, which is how Brian2
/// writes the TimedArray f; its body is read too.
bool isTimedArray(const clang::FunctionDecl &F);

/// Parses `UnitText` with the user's flags, which are P's. `Then` is called
/// once, whatever the errors, unless the unit could not be set up.
void parseUnit(
    llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS,
    llvm::StringRef UnitText, const Project &P, Headers From,
    llvm::function_ref<void(clang::ASTContext &, const ParseLog &)> Then);

} // namespace brian2lift

#endif // BRIAN2LIFT_CODEOBJECT_PARSE_H
