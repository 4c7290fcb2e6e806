//===- Units/Hints.h - Units that the user gives ------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the code does not say the user may know. One unit is often enough for a
// group, since all others follow from it:
//
//   --unit v=volt              v in every group
//   --unit E.v=volt            v in the group E alone
//   --units FILE               the same, one a line, # starts a comment
//
// The unit is an expression of Brian2's units, `siemens/metre**2`, or is
// written as brian2lift and Brian2 print one, `s^-1 V`; its scale is of no
// interest.
//
//   std::vector<UnitHint> Hints;
//   readUnitHints(Text, "hints.txt", Hints, Diags);   // reports each bad line
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_UNITS_HINTS_H
#define BRIAN2LIFT_UNITS_HINTS_H

#include "Support/Diagnostics.h"
#include "Units/Units.h"

namespace brian2lift {

struct UnitHint {
  std::string Group; ///< empty for every group
  std::string Name;
  Dimension Dim;
  std::string Text;  ///< as given, `E.v=volt`
  SourcePlace Place; ///< in a file, or `<command line>`

  bool isFor(llvm::StringRef ItsGroup, llvm::StringRef ItsName) const {
    return Name == ItsName && (Group.empty() || Group == ItsGroup);
  }
};

/// Reads the value of one `--unit`.
void readUnitHint(llvm::StringRef Text, std::vector<UnitHint> &Hints,
                  Diagnostics &Diags);
/// Reads a file of them; `File` is its name in messages.
void readUnitHints(llvm::StringRef Text, llvm::StringRef File,
                   std::vector<UnitHint> &Hints, Diagnostics &Diags);

} // namespace brian2lift

#endif // BRIAN2LIFT_UNITS_HINTS_H
