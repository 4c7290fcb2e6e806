//===- Emit/Emit.h - The model as text ----------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The last room: text. The collector JSON is described in docs/Format.md; its
// keys are those of the collector that became brian2tools' baseexport, its
// notation is Brian2's own. The same model gives the same bytes: keys in a
// fixed order, no time stamps, no absolute paths, no locale.
//
//   writeCollector(OS, M, Diags.all());
//   writeHtml(OS, M, Diags.all(), P);            // the same as a page to read
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EMIT_EMIT_H
#define BRIAN2LIFT_EMIT_EMIT_H

#include "Model/Model.h"
#include "Support/Diagnostics.h"
#include "llvm/Support/raw_ostream.h"

namespace brian2lift {

/// JSON in one line, for several projects in one output (JSON Lines); its first
/// key is `project`.
struct OneLine {
  std::string Project; ///< as the user named it
};

/// The whole file: generator, runs, evidence, diagnostics.
void writeCollector(llvm::raw_ostream &OS, const Model &M,
                    const std::vector<Diagnostic> &Diags,
                    const OneLine *Line = nullptr);

/// One group's object alone, as of the first run that has it; false, and
/// nothing is written, when no run has a group of that name.
bool writeGroup(llvm::raw_ostream &OS, const Model &M, llvm::StringRef Name,
                const OneLine *Line = nullptr);

/// The line of a project that could not be read: the first error's message as
/// `error`, and all `diagnostics`.
void writeFailure(llvm::raw_ostream &OS, const std::vector<Diagnostic> &Diags,
                  const OneLine &Line);

/// The model for people, as text: readable as it stands and on GitHub.
void writeMarkdown(llvm::raw_ostream &OS, const Model &M,
                   const std::vector<Diagnostic> &Diags);

/// One page that needs nothing else: no network, no scripts. Equations are
/// MathML; the lines of `P` that a value comes from are one click away. All
/// that the project says is escaped.
void writeHtml(llvm::raw_ostream &OS, const Model &M,
               const std::vector<Diagnostic> &Diags, const Project &P);

} // namespace brian2lift

#endif // BRIAN2LIFT_EMIT_EMIT_H
