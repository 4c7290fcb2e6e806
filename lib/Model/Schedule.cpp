//===- Model/Schedule.cpp -----------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model/Schedule.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include <cmath>

namespace brian2lift {

namespace {

class Reader {
public:
  Reader(const CodeObjects &C, const ArrayNames &Names) : Names(Names) {
    for (const GlobalObject &O : C.Objects)
      if (O.Type == "Network")
        Networks.insert(O.Name);
    // `brian::defaultclock.dt = brian::_array_defaultclock_dt;`
    if (const Function *Start = C.find("brian_start"))
      for (const Statement &S : Start->Body) {
        llvm::StringRef Clock = S.Target;
        if (S.K == Statement::Kind::Assign && Clock.consume_back(".dt") &&
            S.Value && S.Value.isSymbol())
          ClockOfArray[S.Value.name()] = Clock.str();
      }
  }

  void read(const std::vector<Statement> &Body) {
    for (const Statement &S : Body) {
      if (S.K == Statement::Kind::Assign && S.Index)
        assign(S);
      else if (S.K == Statement::Kind::Call && Networks.count(S.Object))
        call(S);
      read(S.Then);
      read(S.Else);
    }
  }

  std::vector<ScheduledRun> Runs;

  /// Owners of arrays that `main` sets somewhere.
  const std::set<std::string> &assigned() const { return Assigned; }

private:
  const ArrayNames &Names;
  llvm::StringSet<> Networks;
  std::map<std::string, std::vector<ScheduledCall>> Pending;
  std::map<std::string, ClockStep> Clocks;
  std::set<std::string> Assigned;
  llvm::StringMap<std::string> ClockOfArray;

  void assign(const Statement &S) {
    auto It = Names.find(S.Target);
    if (It != Names.end())
      Assigned.insert(It->second.Owner);
    std::string Clock;
    if (auto Linked = ClockOfArray.find(S.Target); Linked != ClockOfArray.end())
      Clock = Linked->second;
    else if (It != Names.end() && It->second.Variable == "dt")
      Clock = It->second.Owner;
    else
      return;
    // No clock is left with a step that it had before.
    if (std::optional<double> Dt = seconds(S.Value); Dt && *Dt > 0)
      Clocks[Clock] = {*Dt, S.Begin};
    else
      Clocks.erase(Clock);
  }

  /// None for what is no number, or too large for one.
  static std::optional<double> seconds(Expr Value) {
    if (!Value || !Value.isNumber())
      return std::nullopt;
    double Seconds = Value.number().toDouble();
    return std::isfinite(Seconds) ? std::optional(Seconds) : std::nullopt;
  }

  void call(const Statement &S) {
    if (S.Callee == "clear") {
      Pending[S.Object].clear();
    } else if (S.Callee == "add" && S.Arguments.size() >= 2) {
      ScheduledCall Call;
      Expr Clock = S.Arguments[0];
      if (Clock && Clock.isCall("&") && Clock.operand(0).isSymbol())
        Call.Clock = Clock.operand(0).name().str();
      if (S.Arguments[1] && S.Arguments[1].isSymbol() &&
          S.Arguments[1].name() != "NULL")
        Call.Function = S.Arguments[1].name().str();
      Pending[S.Object].push_back(std::move(Call));
    } else if (S.Callee == "run" && !S.Arguments.empty()) {
      ScheduledRun Run;
      Run.Network = S.Object;
      Run.Place = S.Begin;
      Run.Duration = seconds(S.Arguments[0]);
      Run.Calls = Pending[S.Object];
      Run.Clocks = Clocks;
      Run.AssignedBefore = Assigned;
      Runs.push_back(std::move(Run));
    }
  }
};

} // namespace

std::vector<ScheduledRun> readSchedule(const Function &Main,
                                       const CodeObjects &C,
                                       const ArrayNames &Names) {
  Reader R(C, Names);
  R.read(Main.Body);
  for (ScheduledRun &Run : R.Runs)
    for (const std::string &Owner : R.assigned())
      if (!Run.AssignedBefore.count(Owner))
        Run.AssignedLater.insert(Owner);
  return std::move(R.Runs);
}

} // namespace brian2lift
