//===- tool/Messages.h - What goes to standard error --------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Diagnostics in the form that `--diagnostics` names. The worker makes the text
// of its own, since it alone knows them; a SARIF log is one object around the
// results of all workers, which only the parent can write.
//
//   std::string Text = messages(O, Diags, From);         // in the worker
//   MessageStream To(O, errs());
//   To.add(Text); ... To.finish(ExitStatus);             // in the parent
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_TOOL_MESSAGES_H
#define BRIAN2LIFT_TOOL_MESSAGES_H

#include "Emit/Findings.h"
#include "Options.h"
#include "Support/Diagnostics.h"
#include "llvm/Support/raw_ostream.h"

namespace brian2lift {

/// What the places of diagnostics about this project, or file of a model, are
/// relative to.
Origin originOf(const Options &O, llvm::StringRef Path);

/// The text of diagnostics. With several projects, or two to compare, each
/// message names its own.
std::string messages(const Options &O, const Diagnostics &Diags,
                     const Origin &From, bool HasColors);
/// For standard error.
std::string messages(const Options &O, const Diagnostics &Diags,
                     const Origin &From);

/// Messages on their way to a stream.
class MessageStream {
public:
  MessageStream(const Options &O, llvm::raw_ostream &To) : O(O), To(To) {}

  void add(llvm::StringRef Messages);
  /// To be called once, at the end.
  void finish(int ExitStatus);

private:
  const Options &O;
  llvm::raw_ostream &To;
  std::string Results; ///< of a SARIF log
};

/// A line on a terminal that says how far the work is, when it takes longer
/// than a second; elsewhere nothing.
class Progress {
public:
  /// For so many projects, whose name (of one) or number is shown.
  Progress(const Options &O, size_t Count);

  /// To be called from time to time.
  void show(size_t Ended);
  /// To be called before anything else is printed.
  void clear();

private:
  const size_t Count;
  const bool IsSeen;
  const double Start;
  bool IsThere = false;
};

} // namespace brian2lift

#endif // BRIAN2LIFT_TOOL_MESSAGES_H
