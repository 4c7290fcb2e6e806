//===- Model/KnownNames.cpp -----------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model/Group.h"
#include "llvm/ADT/StringSet.h"

namespace brian2lift {

void refuseUnknownNames(NeuronGroup &G, const GroupSources &Sources,
                        Diagnostics &Diags) {
  llvm::StringSet<> Known;
  for (llvm::StringRef Name : {"pi", "e", "inf", "nan"})
    Known.insert(Name);
  for (const ModelEquation &E : G.Equations)
    Known.insert(E.Name);
  for (const ModelIdentifier &I : G.Identifiers)
    Known.insert(I.Constant.Name);
  auto IsKnown = [&](Expr E) {
    bool All = true;
    if (E)
      visit(E, [&](Expr Part) {
        // An array whose variable is not known.
        All &= !Part.is(ExprKind::Element);
        if (!Part.isSymbol())
          return;
        llvm::StringRef Name = Part.name();
        All &= Known.contains(Name) ||
               (Sources.isOwn(Name) && !Name.starts_with("_")) ||
               isNoiseName(Name);
      });
    return All;
  };
  auto Refuse = [&](Evidence &E, llvm::StringRef What, llvm::StringRef Of) {
    E.Check = std::nullopt;
    loseValue(E, What, Of,
              E.Sources.empty() ? SourcePlace() : E.Sources.front(), Diags);
  };
  for (ModelEquation &E : G.Equations)
    if (!IsKnown(E.Value)) {
      E.Value = Expr();
      Refuse(E.Known, "equation", E.Name);
    }
  auto AreKnown = [&](llvm::ArrayRef<ModelStatement> Code) {
    llvm::StringSet<> Outside = Known;
    bool All = true;
    for (const ModelStatement &S : Code) {
      All &= IsKnown(S.Value);
      Known.insert(S.Name); // a local from here on
    }
    Known = std::move(Outside);
    return All;
  };
  for (ModelEvent &E : G.Events) {
    if (!IsKnown(E.Threshold)) {
      E.Threshold = Expr();
      Refuse(E.ThresholdKnown, "threshold", E.Name);
    }
    if (!AreKnown(E.Reset)) {
      E.Reset.clear();
      Refuse(E.ResetKnown, "reset", E.Name);
    }
    if (E.Refractory && !(IsKnown(E.Refractory->Duration) &&
                          IsKnown(E.Refractory->Condition))) {
      E.Refractory = Refractoriness();
      Refuse(E.RefractoryKnown, "refractoriness", E.Name);
    }
  }
  for (ModelRunRegularly &R : G.RunRegularly)
    if (!AreKnown(R.Code)) {
      R.Code.clear();
      Refuse(R.Known, "regularly run code", R.Name);
    }
}

} // namespace brian2lift
