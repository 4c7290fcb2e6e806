//===- Model/GroupReadable.cpp - A group's expressions, readable --------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model/Group.h"
#include "Readable/Gates.h"
#include "Readable/Readable.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {

void makeGroupReadable(NeuronGroup &G) {
  ReadableNames Names;
  std::vector<Expr *> Places;
  auto Add = [&](Expr &E) {
    if (E)
      Places.push_back(&E);
  };
  for (ModelEquation &E : G.Equations) {
    bool IsVariable = E.K == ModelEquation::Kind::Differential;
    if (IsVariable)
      Names.StateVariables.insert(E.Name);
    G.Ranks[E.Name] = IsVariable ? 2 : 1;
    if (E.Type == ScalarType::Boolean)
      Names.Booleans.insert(E.Name);
    Add(E.Value);
  }
  Names.Booleans.insert("not_refractory");
  if (G.Spatial) { // its equation is Im
    Names.StateVariables.insert("v");
    G.Ranks["v"] = 2;
  }
  for (const ModelIdentifier &I : G.Identifiers) {
    Names.Constants.push_back(I.Constant);
    G.Ranks[I.Constant.Name] = 0;
  }
  for (ModelEvent &E : G.Events) {
    Add(E.Threshold);
    for (ModelStatement &S : E.Reset)
      Add(S.Value);
    if (E.Refractory) {
      Add(E.Refractory->Duration);
      Add(E.Refractory->Condition);
    }
  }
  for (ModelRunRegularly &R : G.RunRegularly)
    for (ModelStatement &S : R.Code)
      Add(S.Value);

  std::vector<Expr> Raw;
  Raw.reserve(Places.size());
  for (Expr *E : Places)
    Raw.push_back(*E);
  for (auto [Place, Form] : llvm::zip(Places, makeReadable(Raw, Names)))
    *Place = Form;
}

namespace {

/// A subexpression that holds nowhere in the code under a name.
ModelEquation assumedPart(const ModelEquation &Of, llvm::StringRef Prefix,
                          llvm::StringRef Suffix, Expr Value) {
  ModelEquation E;
  E.Name = (Prefix + Of.Name + Suffix).str();
  E.K = ModelEquation::Kind::Subexpression;
  E.Value = Value;
  E.Type = Of.Type;
  E.Known.S = Evidence::Status::Assumed;
  E.Known.Because = "a usual name for a part of d" + Of.Name +
                    "/dt; the code has no name for it (--no-outline)";
  E.Known.Sources = Of.Known.Sources;
  return E;
}

/// Gives the parts of a gate names that the group does not have yet.
void nameGate(const NeuronGroup &G, ModelEquation &E,
              std::vector<ModelEquation> &Parts) {
  ExprArena &A = E.Value.arena();
  Expr X = A.symbol(E.Name);
  std::optional<GateParts> Gate = findGate(E.Value, X);
  if (!Gate)
    return;
  std::vector<ModelEquation> New;
  auto Name = [&](llvm::StringRef Prefix, llvm::StringRef Suffix, Expr Value,
                  std::optional<Dimension> Unit) {
    New.push_back(assumedPart(E, Prefix, Suffix, Value));
    New.back().Unit = Unit;
    New.back().UnitKnown = E.UnitKnown;
    return A.symbol(New.back().Name);
  };
  Expr Value;
  if (Gate->Alpha) {
    Expr Alpha = Name("alpha_", "", Gate->Alpha, dimensions::Hertz);
    Expr Beta = Name("beta_", "", Gate->Beta, dimensions::Hertz);
    Value = Alpha * (A.number(1) - X) - Beta * X;
    // 1 - x says what x is.
    for (ModelEquation &Part : New)
      Part.UnitKnown = Evidence();
  } else {
    Value = Gate->Scale * (Name("", "_inf", Gate->SteadyState, E.Unit) - X);
    if (Gate->TimeConstant) {
      Value = Value / Name("tau_", "", Gate->TimeConstant, dimensions::Second);
      New.back().UnitKnown = Evidence();
    }
  }
  for (ModelEquation &Part : New) {
    bool IsKnown = G.find(Part.Name) ||
                   llvm::any_of(G.Identifiers, [&](const ModelIdentifier &I) {
                     return I.Constant.Name == Part.Name;
                   });
    if (IsKnown)
      return;
    if (Part.Unit && Part.UnitKnown.S == Evidence::Status::Recovered)
      Part.UnitKnown.S = Evidence::Status::Inferred;
    Part.UnitKnown.Sources = E.Known.Sources;
  }
  E.Value = Value;
  Parts.insert(Parts.end(), New.begin(), New.end());
}

} // namespace

void nameParts(NeuronGroup &G) {
  // The author's own names first.
  llvm::DenseMap<Expr, Expr> Own;
  for (const ModelEquation &E : G.Equations)
    if (E.K == ModelEquation::Kind::Subexpression && E.Value &&
        !llvm::is_contained(E.Flags, "constant over dt") &&
        readingCost(E.Value) >= 2)
      Own[E.Value] = E.Value.arena().symbol(E.Name);
  std::vector<ModelEquation> Parts;
  for (ModelEquation &E : G.Equations) {
    if (E.K != ModelEquation::Kind::Differential || !E.Value)
      continue;
    E.Value = substitute(E.Value, Own);
    if (!E.HasInlinedConstants)
      nameGate(G, E, Parts);
  }
  for (ModelEquation &E : Parts) {
    G.Ranks[E.Name] = 1;
    G.Equations.push_back(std::move(E));
  }
}

} // namespace brian2lift
