//===- Units/Hints.cpp --------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Units/Hints.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace brian2lift {

using llvm::StringRef;

namespace {

bool isName(StringRef Text) {
  return !Text.empty() && !llvm::isDigit(Text.front()) &&
         llvm::all_of(Text,
                      [](char C) { return llvm::isAlnum(C) || C == '_'; });
}

/// Reads one hint whose first character stands at `Place`.
void read(StringRef Line, SourcePlace Place, std::vector<UnitHint> &Hints,
          Diagnostics &Diags) {
  // A place without a line (the command line) has no columns either.
  auto At = [&](StringRef Part) {
    SourcePlace P = Place;
    if (P.Line)
      P.Column += static_cast<unsigned>(Part.data() - Line.data());
    return P;
  };
  auto [Left, Right] = Line.split('=');
  bool HasSign = Left.size() != Line.size();
  StringRef Path = Left.trim(), Unit = Right.trim(), Group, Name = Path;
  if (Path.contains('.'))
    std::tie(Group, Name) = Path.rsplit('.');
  if (!HasSign || !isName(Name) || Unit.empty() ||
      (Path.contains('.') && !isName(Group))) {
    Diags.report(DiagId::HintMalformed, At(Path)) << Line.trim();
    return;
  }
  std::optional<Dimension> Dim = parseUnit(Unit);
  if (!Dim)
    Dim = parseUnitText(Unit);
  if (!Dim) {
    Diags.report(DiagId::HintUnknownUnit, At(Unit)) << Unit;
    return;
  }
  Hints.push_back(
      {Group.str(), Name.str(), *Dim, (Path + "=" + Unit).str(), At(Path)});
}

} // namespace

void readUnitHint(StringRef Text, std::vector<UnitHint> &Hints,
                  Diagnostics &Diags) {
  read(Text, {"<command line>", 0, 0}, Hints, Diags);
}

void readUnitHints(StringRef Text, StringRef File, std::vector<UnitHint> &Hints,
                   Diagnostics &Diags) {
  unsigned Number = 0;
  while (!Text.empty()) {
    StringRef Line;
    std::tie(Line, Text) = Text.split('\n');
    ++Number;
    StringRef Hint = Line.take_until([](char C) { return C == '#'; });
    if (!Hint.trim().empty())
      read(Hint, {File.str(), Number, 1}, Hints, Diags);
  }
}

} // namespace brian2lift
