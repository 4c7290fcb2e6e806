//===- tool/DiffCommand.cpp - brian2lift diff A B -----------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Commands.h"
#include "Messages.h"
#include "ModelSource.h"
#include "Output.h"
#include "Support/TimeReport.h"

namespace brian2lift {
namespace {

/// In the worker: the differences as data, and what was to be said of reading
/// the two.
Answer answer(const Options &O) {
  Answer A;
  std::optional<ModelFacts> Models[2];
  bool HasLosses = false;
  for (unsigned I : {0, 1}) {
    Diagnostics Diags;
    Models[I] = readModel(O, O.Paths[I], Diags);
    HasLosses |= Diags.hasWarnings();
    A.Messages += messages(O, Diags, originOf(O, O.Paths[I]));
  }
  if (!Models[0] || !Models[1]) {
    A.Status = ExitUnreadable;
  } else {
    Diagnostics Found;
    A.Status = compare(O, std::move(*Models[0]), std::move(*Models[1]), Found);
    const Origin From = originOf(O, O.Paths[1]);
    if (A.Status == ExitUnreadable)
      A.Messages += messages(O, Found, From);
    else
      A.Data = messages(O, Found, From, O.DataHasColors);
    if (O.LossesAreErrors && HasLosses)
      A.Status = std::max(A.Status, ExitFound);
  }
  if (O.ReportsTimes) {
    llvm::raw_string_ostream OS(A.Messages);
    printTimeReport(OS);
  }
  return A;
}

} // namespace

int diffModels(const Options &O) {
  Diagnostics Diags;
  Progress Shown(O, 1);
  std::optional<Answer> A;
  auto Work = [&](size_t) { return answer(O); };
  auto Done = [&](size_t, std::optional<Answer> Its, const Diagnostics &D) {
    A = std::move(Its);
    Diags.append(D);
  };
  auto Wait = [&](size_t Ended) { Shown.show(Ended); };
  if (O.HasWorker)
    runInWorkers(O.Limits, {1, 1, Work, Done, Wait});
  else
    A = answer(O);
  Shown.clear();
  int Status = A ? A->Status : ExitUnreadable;

  MessageStream Messages(O, llvm::errs());
  Messages.add(messages(O, Diags, {}));
  if (A)
    Messages.add(A->Messages);
  if (Status != ExitUnreadable) {
    std::string Data;
    llvm::raw_string_ostream OS(Data);
    MessageStream Report(O, OS);
    Report.add(A->Data);
    Report.finish(Status);
    if (llvm::Error E = writeOutputs(O.OutputFile, Data, "", "")) {
      Diagnostics Failure;
      Failure.report(DiagId::OutputUnwritable)
          << O.OutputFile << llvm::toString(std::move(E));
      Messages.add(messages(O, Failure, {}));
      Status = ExitUnreadable;
    }
  }
  Messages.finish(Status);
  return Status;
}

} // namespace brian2lift
