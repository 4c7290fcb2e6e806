//===- Model/GroupReadable.cpp - A group's expressions, readable --------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model/Group.h"
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
    if (E.K == ModelEquation::Kind::Differential)
      Names.StateVariables.insert(E.Name);
    if (E.Type == ScalarType::Boolean)
      Names.Booleans.insert(E.Name);
    Add(E.Value);
  }
  Names.Booleans.insert("not_refractory");
  for (const ModelIdentifier &I : G.Identifiers)
    Names.Constants.push_back(I.Constant);
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
  for (Expr *E : Places)
    Raw.push_back(*E);
  for (auto [Place, Form] : llvm::zip(Places, makeReadable(Raw, Names)))
    *Place = Form;
}

} // namespace brian2lift
