//===- Model/Subexpressions.cpp -------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model/Subexpressions.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {

namespace {

/// Brian2 computes shared subexpressions outside of the loop.
bool isSharedSubexpression(const GroupSources &Sources, llvm::StringRef Name) {
  return llvm::any_of(Sources.Readings, [&](const ScheduledReading &S) {
    const StepTemporary *T = S.What->S.findTemporary(Name);
    return T && T->IsScalar;
  });
}

} // namespace

std::vector<ModelEquation>
findSubexpressions(const GroupSources &Sources,
                   llvm::function_ref<bool(llvm::StringRef)> IsTaken) {
  std::vector<ModelEquation> Found;
  auto IsKnown = [&](llvm::StringRef Name) {
    return IsTaken(Name) || llvm::any_of(Found, [&](const ModelEquation &E) {
             return E.Name == Name;
           });
  };
  for (const ScheduledReading &S : Sources.Readings) {
    bool IsRecorder = S.What->R.R == Role::Recorder;
    if (!IsRecorder && S.What->R.R != Role::Thresholder)
      continue;
    for (const StepTemporary &T : S.What->S.Temporaries) {
      llvm::StringRef Name = T.Name;
      if (IsRecorder &&
          (!Name.consume_front("_source_") ||
           !S.What->S.findTemporary(("_to_record_" + Name).str())))
        continue;
      if (Sources.isOwn(Name) || Sources.Arrays.count(Name.str()) ||
          IsKnown(Name) || !T.Value || T.Value.isSymbol(Name))
        continue;
      // A global, such as the time that profiling adds up, has no
      // declaration here that says its type.
      if (T.Type == ScalarType::Unknown)
        continue;
      Expr Value = T.Type == ScalarType::Boolean
                       ? conditionWithoutSelects(T.Value)
                       : selectsToInt(T.Value);
      if (!Value)
        continue;
      ModelEquation M;
      M.Name = Name.str();
      M.K = ModelEquation::Kind::Subexpression;
      M.Value = inBrianCalls(Value);
      M.Type = T.Type;
      if (T.IsScalar || isSharedSubexpression(Sources, Name))
        M.Flags.push_back("shared");
      M.Known.Sources.push_back(T.Begin);
      M.HasInlinedConstants = S.What->F->HasInlinedConstants;
      if (M.HasInlinedConstants)
        noteNumbers(M.Known, M.Value);
      Found.push_back(std::move(M));
    }
  }
  return Found;
}

} // namespace brian2lift
