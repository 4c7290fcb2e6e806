//===- tool/Options.h - What the command line says ----------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The command line as plain values, checked for what cannot go together, so
// that the commands need to know nothing of parsing it.
//
//   brian2lift output -o model.json -- -DFAST
//   // Paths {"output"}, OutputFile "model.json", CompilerFlags {"-DFAST"}
//
// To add an option: here, in Options.cpp (its text is what --help and the
// completion of shells show), in docs/brian2lift.1 and in README.md. Tests
// compare the four.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_TOOL_OPTIONS_H
#define BRIAN2LIFT_TOOL_OPTIONS_H

#include "Support/Worker.h"
#include <optional>
#include <string>
#include <vector>

namespace brian2lift {

// Exit status.
constexpr int ExitRead = 0;
constexpr int ExitFound = 1; ///< a difference; losses, and --werror
constexpr int ExitUnreadable = 2;

/// A stage of the pipeline whose result is printed.
enum class Room { None, Project, CodeObjects, Step, Equations, Model };
/// The form of what is printed.
enum class Format { Json, Markdown, Html };
/// The form of messages.
enum class MessageFormat { Text, Json, Sarif };

struct Options {
  bool IsDiff = false; ///< `brian2lift diff A B`; else a project is read
  std::vector<std::string> Paths;
  std::vector<std::string> CompilerFlags; ///< behind `--`
  std::string CompilationDatabase;        ///< a folder; empty for none
  bool UsesRealHeaders = false; ///< of the flags' folders, for all #include

  std::string OutputFile; ///< `-` for standard output
  Format Form = Format::Json;
  bool IsJsonLines = false; ///< each path is a project of its own
  unsigned Jobs = 1;
  std::string GroupName; ///< empty for everything
  bool NamesParts = true;
  std::string DependencyFile; ///< empty for none
  MessageFormat Messages = MessageFormat::Text;
  /// Standard error (output) is a terminal that shows colours, and they are
  /// wanted. (A worker cannot see it.)
  bool MessagesHaveColors = false, DataHasColors = false;

  std::vector<std::string> Hints, HintFiles;
  bool UsesUnitConventions = true;

  bool LossesAreErrors = false;
  std::string GoldenFile; ///< of --check; empty for none

  WorkerLimits Limits;
  bool HasWorker = true;

  Room Dump = Room::None;
  bool ReportsTimes = false;
};

/// Reads the command line. Nothing is returned where it is wrong; standard
/// error then says why. Does not return from --help and --version.
std::optional<Options> parseOptions(int Argc, const char **Argv);

} // namespace brian2lift

#endif // BRIAN2LIFT_TOOL_OPTIONS_H
