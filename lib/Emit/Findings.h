//===- Emit/Findings.h - Diagnostics for machines -----------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Editors and CI services read diagnostics, too: as JSON objects, one a line,
// or as a SARIF 2.1.0 log (OASIS), which names the place of each result by a
// URI.
//
//   Origin From{"output", "output", {}};
//   writeFinding(errs(), D, From);
//   // {"severity":"warning","id":"parse-error",...,"project":"output",...}
//
// A diagnostic's place is relative to its project. In SARIF it has to be found
// from where the log is read: it is relative to the folder in which brian2lift
// was started, or absolute for a project that was named by an absolute path or
// is not below that folder.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EMIT_FINDINGS_H
#define BRIAN2LIFT_EMIT_FINDINGS_H

#include "Support/Diagnostics.h"
#include "llvm/Support/raw_ostream.h"
#include <string>
#include <vector>

namespace brian2lift {

/// What the places of some diagnostics are relative to.
struct Origin {
  std::string Project; ///< as the user named it
  std::string Root;    ///< its folder
  /// Files that the user named beside the project; relative to where we are.
  std::vector<std::string> OtherFiles;

  bool isInProject(const SourcePlace &Place) const;
};

/// One line of JSON.
void writeFinding(llvm::raw_ostream &OS, const Diagnostic &D,
                  const Origin &From);

/// One line of JSON, an element of a SARIF run's `results`.
void writeSarifResult(llvm::raw_ostream &OS, const Diagnostic &D,
                      const Origin &From);

/// The whole log with one run. `Results` are lines of writeSarifResult.
void writeSarifLog(llvm::raw_ostream &OS, llvm::StringRef Results,
                   llvm::StringRef ToolVersion, int ExitStatus);

} // namespace brian2lift

#endif // BRIAN2LIFT_EMIT_FINDINGS_H
