//===- CodeObject/Version.cpp -------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/Version.h"
#include "CodeObject/FileScan.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Path.h"

namespace brian2lift {

using llvm::StringRef;

namespace {

struct Pattern {
  Package P;
  bool OnlyAbsence; ///< that a file holds the word says nothing
  StringRef Before, Word, Since, Until, AbsentFrom;

  bool matches(StringRef InFront, StringRef Name) const {
    if (!Before.empty() && Before != InFront)
      return false;
    if (Word.ends_with("*"))
      return Name.starts_with(Word.drop_back());
    if (Word.starts_with("*"))
      return Name.ends_with(Word.drop_front());
    return Name == Word;
  }
};

constexpr Pattern Patterns[] = {
#define PATTERN(P, Before, Word, Since, Until, AbsentFrom)                     \
  {Package::P, false, Before, Word, Since, Until, AbsentFrom},
#define ABSENCE(P, Word, Until, AbsentFrom)                                    \
  {Package::P, true, "", Word, "", Until, AbsentFrom},
#include "CodeObject/Patterns.def"
};

/// Rows by their word, and those whose word is a beginning or an end: most
/// identifiers are none of either and must cost little.
class PatternIndex {
public:
  PatternIndex() {
    for (unsigned I = 0; I < std::size(Patterns); ++I)
      if (Patterns[I].Word.contains('*'))
        Wild.push_back(I);
      else
        ByWord[Patterns[I].Word].push_back(I);
  }

  llvm::StringMap<llvm::SmallVector<unsigned, 2>> ByWord;
  llvm::SmallVector<unsigned, 8> Wild;
};

/// The next run of digits or of letters; dots only separate.
StringRef component(StringRef &Version) {
  Version = Version.ltrim('.');
  if (Version.empty())
    return {};
  bool IsNumber = llvm::isDigit(Version.front());
  StringRef Part = Version.take_while(
      [&](char C) { return C != '.' && llvm::isDigit(C) == IsNumber; });
  Version = Version.drop_front(Part.size());
  return Part;
}

/// A letter makes a pre-release, which comes before the end of the version.
int rank(StringRef Component) {
  return Component.empty() ? 1 : llvm::isDigit(Component.front()) ? 2 : 0;
}

void narrow(VersionRange &R, StringRef Since, StringRef Until,
            const VersionBound &Because) {
  auto Bound = [&](StringRef Version) {
    VersionBound B = Because;
    B.Version = Version.str();
    return B;
  };
  if (!Since.empty() &&
      (!R.Since || compareVersions(R.Since->Version, Since) < 0))
    R.Since = Bound(Since);
  if (!Until.empty() &&
      (!R.Until || compareVersions(Until, R.Until->Version) < 0))
    R.Until = Bound(Until);
}

} // namespace

StringRef name(Package P) {
  switch (P) {
  case Package::Brian2:
    return "brian2";
  case Package::Brian2GeNN:
    return "brian2genn";
  case Package::Brian2CUDA:
    return "brian2cuda";
  }
  return "";
}

int compareVersions(StringRef L, StringRef R) {
  while (!L.empty() || !R.empty()) {
    StringRef A = component(L), B = component(R);
    if (rank(A) != rank(B))
      return rank(A) - rank(B);
    unsigned NumberA = 0, NumberB = 0;
    A.getAsInteger(10, NumberA);
    B.getAsInteger(10, NumberB);
    if (NumberA != NumberB)
      return NumberA < NumberB ? -1 : 1;
    if (rank(A) == 0 && A != B)
      return A.compare(B);
  }
  return 0;
}

bool VersionRange::isConsistent() const {
  return !Since || !Until ||
         compareVersions(Since->Version, Until->Version) < 0;
}

bool VersionRange::isBefore(StringRef Version) const {
  return isConsistent() && Until &&
         compareVersions(Until->Version, Version) <= 0;
}

bool VersionRange::isSince(StringRef Version) const {
  return isConsistent() && Since &&
         compareVersions(Since->Version, Version) >= 0;
}

void matchPatterns(StringRef Before, StringRef Word,
                   llvm::function_ref<void(unsigned)> Found) {
  static const PatternIndex Index;
  if (auto It = Index.ByWord.find(Word); It != Index.ByWord.end())
    for (unsigned I : It->second)
      if (Patterns[I].matches(Before, Word))
        Found(I);
  for (unsigned I : Index.Wild)
    if (Patterns[I].matches(Before, Word))
      Found(I);
}

std::vector<VersionRange> readVersions(Generator Device,
                                       llvm::ArrayRef<SourceFile> Files,
                                       llvm::ArrayRef<FileScan> Scans) {
  std::vector<VersionRange> Ranges(1);
  if (Device == Generator::GeNN)
    Ranges.emplace_back().P = Package::Brian2GeNN;
  else if (Device == Generator::CudaStandalone)
    Ranges.emplace_back().P = Package::Brian2CUDA;
  auto Narrow = [&](const Pattern &Row, bool IsAbsent,
                    const SourcePlace &Place) {
    for (VersionRange &R : Ranges)
      if (R.P == Row.P)
        narrow(R, IsAbsent ? Row.Until : Row.Since,
               IsAbsent ? Row.Since : Row.Until,
               {"", Row.Word.str(), IsAbsent, Place});
  };
  // The other devices have templates of their own, which take up what Brian2
  // changed later or never: only that they have it says something. Brian2GeNN
  // copies Brian2's brianlib as it is.
  auto IsLagging = [&](const Pattern &Row, StringRef Path) {
    return Row.P == Package::Brian2 && Device != Generator::CppStandalone &&
           !(Device == Generator::GeNN && Path.starts_with("brianlib/"));
  };
  for (auto [File, Scan] : llvm::zip(Files, Scans)) {
    for (const auto &[I, Place] : Scan.Patterns) {
      Pattern Row = Patterns[I];
      if (Row.OnlyAbsence || IsLagging(Row, File.Path))
        Row.Until = "";
      Narrow(Row, /*IsAbsent=*/false, Place);
    }
    // Of a damaged file nobody knows what else it held.
    if (!Scan.Unbalanced.empty() || !Scan.TooComplex.empty())
      continue;
    for (unsigned I = 0; I < std::size(Patterns); ++I) {
      const Pattern &Row = Patterns[I];
      if (Row.AbsentFrom == llvm::sys::path::filename(File.Path) &&
          !IsLagging(Row, File.Path) &&
          llvm::none_of(Scan.Patterns,
                        [&](const auto &Found) { return Found.first == I; }))
        Narrow(Row, /*IsAbsent=*/true, {File.Path, 1, 1});
    }
  }
  return Ranges;
}

} // namespace brian2lift
