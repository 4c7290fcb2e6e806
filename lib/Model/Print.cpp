//===- Model/Print.cpp --------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Expr/Text.h"
#include "Model/Model.h"
#include "llvm/ADT/StringExtras.h"

namespace brian2lift {

namespace {

std::string text(Expr E, const NameRanks &Ranks) {
  return E ? toBrian(E, &Ranks) : "?";
}

void print(llvm::raw_ostream &OS, const ModelEquation &E,
           const NameRanks &Ranks) {
  switch (E.K) {
  case ModelEquation::Kind::Differential:
    OS << "    d" << E.Name << "/dt = " << text(E.Value, Ranks);
    break;
  case ModelEquation::Kind::Subexpression:
    OS << "    " << E.Name << " = " << text(E.Value, Ranks);
    break;
  case ModelEquation::Kind::Parameter:
    OS << "    " << E.Name;
    break;
  case ModelEquation::Kind::Unknown:
    OS << "    " << E.Name << " = ?";
    break;
  }
  OS << " : " << (E.Unit ? unitText(*E.Unit) : "?");
  if (!E.Flags.empty())
    OS << " (" << llvm::join(E.Flags, ", ") << ')';
  OS << '\n';
}

void print(llvm::raw_ostream &OS, const std::vector<ModelStatement> &Code,
           const NameRanks &Ranks) {
  for (const ModelStatement &S : Code)
    OS << "      " << S.Name << ' ' << S.Operator << ' ' << text(S.Value, Ranks)
       << '\n';
}

void print(llvm::raw_ostream &OS, const ModelEvent &E, const NameRanks &Ranks) {
  OS << "    event " << E.Name << ": " << text(E.Threshold, Ranks) << '\n';
  if (E.HasReset && E.ResetKnown.S == Evidence::Status::Unrecoverable)
    OS << "      reset ?\n";
  print(OS, E.Reset, Ranks);
  if (E.Refractory)
    OS << "      refractory "
       << text(E.Refractory->Duration ? E.Refractory->Duration
                                      : E.Refractory->Condition,
               Ranks)
       << '\n';
}

void print(llvm::raw_ostream &OS, const CompartmentArray &A) {
  OS << "    " << A.Name << " = ";
  switch (A.Contents.K) {
  case ArrayContents::Kind::Unset:
    OS << "unset";
    break;
  case ArrayContents::Kind::Uniform:
    OS << A.Contents.Value.toDecimal().value_or(A.Contents.Value.toString());
    break;
  case ArrayContents::Kind::DataFile:
    OS << A.Contents.StaticArray;
    break;
  case ArrayContents::Kind::Mixed:
    OS << "mixed";
    break;
  case ArrayContents::Kind::Computed:
    OS << "computed";
    break;
  }
  OS << " : " << (A.Unit ? unitText(*A.Unit) : "?");
  if (A.Size)
    OS << ", size " << *A.Size;
  OS << '\n';
}

void print(llvm::raw_ostream &OS, const SpatialPart &S) {
  if (S.ThresholdLocation)
    OS << "    threshold location " << *S.ThresholdLocation << '\n';
  print(OS, S.Cm);
  print(OS, S.Ri);
  OS << "    sections ";
  if (S.Sections)
    OS << *S.Sections << '\n';
  else
    OS << "?\n";
  for (const CompartmentArray &A : S.Morphology)
    print(OS, A);
}

void print(llvm::raw_ostream &OS, const NeuronGroup &G) {
  OS << (G.Spatial ? "  spatial neuron " : "  group ") << G.Name << " N=";
  if (G.N)
    OS << *G.N;
  else
    OS << '?';
  OS << " method="
     << (G.IntegrationMethod ? name(*G.IntegrationMethod)
         : G.HasCustomMethod ? llvm::StringRef("unknown")
                             : llvm::StringRef("none"))
     << " clock=" << G.Clock.Name << '\n';
  for (const ModelEquation &E : G.Equations)
    print(OS, E, G.Ranks);
  for (const ModelEvent &E : G.Events)
    print(OS, E, G.Ranks);
  for (const ModelRunRegularly &R : G.RunRegularly) {
    OS << "    run_regularly " << R.Name << '\n';
    print(OS, R.Code, G.Ranks);
  }
  for (const ModelIdentifier &I : G.Identifiers)
    OS << "    " << I.Constant.Name << " = "
       << I.Constant.Value.toDecimal().value_or(I.Constant.Value.toString())
       << " : " << (I.Unit ? unitText(*I.Unit) : "?") << '\n';
  if (G.Spatial)
    print(OS, *G.Spatial);
}

} // namespace

void print(llvm::raw_ostream &OS, const Model &M) {
  for (const ModelRun &R : M.Runs) {
    OS << "run " << R.Network << " for ";
    if (R.Duration)
      OS << numberText(*R.Duration, false) << " s\n";
    else
      OS << "?\n";
    for (const NeuronGroup &G : R.NeuronGroups)
      print(OS, G);
    for (const NeuronGroup &G : R.SpatialNeurons)
      print(OS, G);
  }
}

} // namespace brian2lift
