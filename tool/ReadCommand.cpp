//===- tool/ReadCommand.cpp - brian2lift PROJECT ------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Commands.h"
#include "Emit/Emit.h"
#include "Emit/ModelFile.h"
#include "Lift.h"
#include "Messages.h"
#include "ModelSource.h"
#include "Output.h"
#include "Support/TimeReport.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <thread>

namespace brian2lift {
namespace {

/// What one piece of work is about: every path, or with --jsonl one of them.
llvm::ArrayRef<std::string> pathsOf(const Options &O, size_t I) {
  llvm::ArrayRef<std::string> All = O.Paths;
  return O.IsJsonLines ? All.slice(I, 1) : All;
}

std::string failureLine(const std::string &Project, const Diagnostics &Diags) {
  std::string Line;
  llvm::raw_string_ostream OS(Line);
  writeFailure(OS, Diags.all(), {Project});
  return Line;
}

/// Adds to the diagnostics how the project differs from the golden file.
int check(const Options &O, llvm::StringRef Project, llvm::StringRef Json,
          Diagnostics &Diags) {
  std::optional<ModelFacts> Golden = readModelFromFile(O.GoldenFile, Diags);
  std::optional<ModelFacts> Now = readModelFile(Json, Project, Diags);
  if (!Golden || !Now)
    return ExitUnreadable;
  return compare(O, std::move(*Golden), std::move(*Now), Diags);
}

/// In the worker: what is to be printed, and the exit status.
Answer answer(const Options &O, llvm::ArrayRef<std::string> Paths) {
  Answer A;
  Diagnostics Diags;
  Lifted L = lift(O, Paths, Diags);
  A.Data = std::move(L.Text);
  if (!L.IsRead) {
    A.Status = ExitUnreadable;
    if (O.IsJsonLines)
      A.Data = failureLine(Paths.front(), Diags);
  } else if (O.LossesAreErrors && Diags.hasWarnings()) {
    A.Status = ExitFound;
  }
  if (L.IsRead && !O.GoldenFile.empty()) {
    A.Status = std::max(A.Status, check(O, Paths.front(), L.Json, Diags));
    // The JSON is for a file then, the comparison is what is looked at.
    if (O.OutputFile == "-")
      A.Data.clear();
    L.FilesRead.push_back(O.GoldenFile);
  }
  for (const std::string &File : L.FilesRead)
    (A.FilesRead += File) += '\0';
  A.Messages = messages(O, Diags, originOf(O, Paths.front()));
  if (O.ReportsTimes) {
    llvm::raw_string_ostream OS(A.Messages);
    printTimeReport(OS);
  }
  return A;
}

/// In the parent: puts the answers together.
class Reading {
public:
  explicit Reading(const Options &O)
      : O(O), Count(O.IsJsonLines ? O.Paths.size() : 1),
        Messages(O, llvm::errs()), Shown(O, Count) {}

  int run() {
    auto Work = [&](size_t I) { return answer(O, pathsOf(O, I)); };
    auto Done = [&](size_t I, std::optional<Answer> A,
                    const Diagnostics &Diags) { add(I, std::move(A), Diags); };
    auto Wait = [&](size_t Ended) { Shown.show(Ended); };
    if (O.HasWorker) {
      runInWorkers(O.Limits, {Count, jobs(), Work, Done, Wait});
    } else {
      for (size_t I = 0; I < Count; ++I)
        add(I, Work(I), {});
    }
    Shown.clear();
    // A project that could not be read costs its line, without --jsonl all.
    if (Status != ExitUnreadable || O.IsJsonLines)
      finish();
    Messages.finish(Status);
    return Status;
  }

private:
  unsigned jobs() const {
    return O.Jobs ? O.Jobs : std::thread::hardware_concurrency();
  }

  /// Lines are of use to a reader as they come.
  bool isStreamed() const { return O.IsJsonLines && O.OutputFile == "-"; }

  void add(size_t I, std::optional<Answer> A, const Diagnostics &Diags) {
    const std::string &Project = pathsOf(O, I).front();
    if (!A) {
      A.emplace();
      A->Status = ExitUnreadable;
      A->Messages = messages(O, Diags, originOf(O, Project));
      if (O.IsJsonLines)
        A->Data = failureLine(Project, Diags);
    }
    Status = std::max(Status, A->Status);
    FilesRead += A->FilesRead;
    Shown.clear();
    Messages.add(A->Messages);
    Data += A->Data;
    if (isStreamed())
      finish();
  }

  /// Writes what there is.
  void finish() {
    if (llvm::Error E = write())
      llvm::handleAllErrors(
          std::move(E),
          [&](const llvm::FileError &File) {
            report(File.getFileName(), File.messageWithoutFileInfo());
          },
          [&](const llvm::ErrorInfoBase &Other) {
            report(O.DependencyFile, Other.message());
          });
    Data.clear();
  }

  llvm::Error write() {
    if (isStreamed() && Data.empty())
      return llvm::Error::success();
    std::string Rule;
    if (!O.DependencyFile.empty()) {
      llvm::SmallVector<llvm::StringRef, 64> Files;
      llvm::StringRef(FilesRead).split(Files, '\0', /*MaxSplit=*/-1,
                                       /*KeepEmpty=*/false);
      auto Text = dependencyRule(O.OutputFile, Files);
      if (!Text)
        return Text.takeError();
      Rule = std::move(*Text);
    }
    return writeOutputs(O.OutputFile, Data, O.DependencyFile, Rule);
  }

  void report(llvm::StringRef File, llvm::StringRef Why) {
    Diagnostics Diags;
    Diags.report(DiagId::OutputUnwritable) << File << Why;
    Messages.add(messages(O, Diags, {}));
    Status = ExitUnreadable;
  }

  const Options &O;
  const size_t Count;
  MessageStream Messages;
  Progress Shown;
  int Status = ExitRead;
  std::string Data, FilesRead;
};

} // namespace

int readProjects(const Options &O) { return Reading(O).run(); }

} // namespace brian2lift
