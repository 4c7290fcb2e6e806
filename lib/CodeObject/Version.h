//===- CodeObject/Version.h - Which version wrote the project -----------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// No generator writes its own version into its code, but each version has
// words that others do not have: `rk_state` is Brian2 2.7 at the latest,
// `RandomGenerator` is 2.8 at the earliest. Every such word (Patterns.def)
// narrows a range:
//
//   RandomGenerator in objects.h                    >= 2.8
//   _globally_stopped in network.h                  >= 2.9
//   no BaseClock in brianlib/clocks.h               < 2.10
//                                                   brian2 >= 2.9, < 2.10
//
// Words are identifiers of the code; comments and literals do not count.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_CODEOBJECT_VERSION_H
#define BRIAN2LIFT_CODEOBJECT_VERSION_H

#include "Support/Source.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace brian2lift {

struct FileScan;
struct SourceFile;
enum class Generator;

/// The packages that write code, each with versions of its own.
enum class Package { Brian2, Brian2GeNN, Brian2CUDA };
/// `brian2`: the name by which PyPI has it.
llvm::StringRef name(Package P);

/// A bound of a range, and the word of the code that implies it.
struct VersionBound {
  std::string Version;
  std::string Word;
  bool IsAbsent = false; ///< the file of `Place` does not hold the word
  SourcePlace Place;
};

/// Which versions of a package write what the project holds.
struct VersionRange {
  Package P = Package::Brian2;
  std::optional<VersionBound> Since; ///< this one or a later one
  std::optional<VersionBound> Until; ///< an earlier one than this

  /// False when parts of the project come from different versions.
  bool isConsistent() const;
  /// True when no version from `Version` on fits.
  bool isBefore(llvm::StringRef Version) const;
  /// True when no version before `Version` fits.
  bool isSince(llvm::StringRef Version) const;
};

/// Orders versions as Python does: 2.3 < 2.3.0.2 < 2.10, 1.0a7 < 1.0b1 < 1.0.
/// Negative, zero or positive.
int compareVersions(llvm::StringRef L, llvm::StringRef R);

/// The range of Brian2 and then, for another device than C++ standalone, that
/// of the device's package; either may be open on both sides. `Scans` belong
/// to `Files`.
std::vector<VersionRange> readVersions(Generator Device,
                                       llvm::ArrayRef<SourceFile> Files,
                                       llvm::ArrayRef<FileScan> Scans);

/// Calls `Found` with the index of each row of Patterns.def for which the
/// identifier `Word` behind the identifier `Before` stands.
void matchPatterns(llvm::StringRef Before, llvm::StringRef Word,
                   llvm::function_ref<void(unsigned)> Found);

} // namespace brian2lift

#endif // BRIAN2LIFT_CODEOBJECT_VERSION_H
