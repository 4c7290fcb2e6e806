//===- Support/TimeReport.cpp -------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Support/TimeReport.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Timer.h"
#include <memory>

namespace brian2lift {
namespace {

constexpr llvm::StringLiteral Names[] = {"project", "extract",  "parse",
                                         "model",   "step",     "equations",
                                         "units",   "readable", "emit"};

llvm::StringRef nameOf(Stage S) { return Names[static_cast<size_t>(S)]; }

class Report {
public:
  llvm::Timer *of(Stage S) {
    return find(OfStage, Stages, nameOf(S), nameOf(S).str());
  }
  llvm::Timer *of(Stage S, llvm::StringRef Group) {
    std::string Name = (nameOf(S) + llvm::Twine(" of ") + Group).str();
    return find(OfGroup, Groups, Name, Name);
  }
  void print(llvm::raw_ostream &OS) {
    // What is not reset is printed once more when the process ends.
    Stages.print(OS, /*ResetAfterPrint=*/true);
    Groups.print(OS, /*ResetAfterPrint=*/true);
  }

  llvm::Timer *Running = nullptr;

private:
  using Timers = llvm::StringMap<std::unique_ptr<llvm::Timer>>;

  static llvm::Timer *find(Timers &Known, llvm::TimerGroup &In,
                           llvm::StringRef Name,
                           const std::string &Description) {
    std::unique_ptr<llvm::Timer> &T = Known[Name];
    if (!T)
      T = std::make_unique<llvm::Timer>(Name, Description, In);
    return T.get();
  }

  llvm::TimerGroup Stages{"stages", "Stages"};
  llvm::TimerGroup Groups{"groups", "Stages by group, contained above"};
  Timers OfStage, OfGroup;
};

std::unique_ptr<Report> TheReport;

} // namespace

void enableTimeReport() { TheReport = std::make_unique<Report>(); }

bool isTimeReportEnabled() { return TheReport != nullptr; }

void printTimeReport(llvm::raw_ostream &OS) {
  TheReport->print(OS);
  TheReport.reset();
}

StageTimer::StageTimer(Stage S, llvm::StringRef Group) {
  if (!TheReport)
    return;
  Interrupted = TheReport->Running;
  if (Interrupted)
    Interrupted->stopTimer();
  TheReport->Running = TheReport->of(S);
  TheReport->Running->startTimer();
  if (Group.empty())
    return;
  OfGroup = TheReport->of(S, Group);
  OfGroup->startTimer();
}

StageTimer::~StageTimer() {
  if (!TheReport)
    return;
  if (OfGroup)
    OfGroup->stopTimer();
  TheReport->Running->stopTimer();
  TheReport->Running = Interrupted;
  if (Interrupted)
    Interrupted->startTimer();
}

} // namespace brian2lift
