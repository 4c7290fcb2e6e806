//===- Model/Spatial.cpp ------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model/Spatial.h"
#include "Equations/Membrane.h"
#include "Model/Contents.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

namespace brian2lift {

namespace {

constexpr llvm::StringLiteral PointCurrent = "point current";

/// One value for each compartment, by the names that scripts know them by.
constexpr llvm::StringLiteral Shape[] = {
    "length", "distance", "area", "diameter", "r_length_1", "r_length_2"};
constexpr llvm::StringLiteral Coordinates[] = {"x", "y", "z"};
/// What else Brian2 adds (spatialneuron/spatialneuron.py).
constexpr llvm::StringLiteral Others[] = {
    "v",  "Cm", "Ri",          "volume",        "time_constant",
    "Im", "Ic", "I0__private", "gtot__private", "space_constant"};

class Builder {
public:
  Builder(GroupSources S, const CodeObjects &C, Diagnostics &Diags)
      : Sources(std::move(S)), C(C), Diags(Diags) {}

  NeuronGroup run() {
    readMembraneCurrent();
    NeuronGroup G = buildGroup(Sources, Diags);
    for (ModelEquation &E : G.Equations)
      if (Points.count(E.Name))
        markPointCurrent(E);
    for (ModelEvent &E : G.Events)
      if (E.Name == "spike")
        readThresholdLocation(E, G.N);
    readMorphology();
    G.Spatial = std::move(Result);
    return G;
  }

private:
  GroupSources Sources;
  const CodeObjects &C;
  Diagnostics &Diags;
  SpatialPart Result;
  llvm::StringSet<> Points; // names of point currents

  const Array *array(llvm::StringRef Variable) const {
    auto It = Sources.Arrays.find(Variable.str());
    return It == Sources.Arrays.end() ? nullptr : It->second;
  }

  CompartmentArray compartments(llvm::StringRef Name) const {
    CompartmentArray Result;
    Result.Name = Name.str();
    UnitProblem Units;
    addSpatialVariables(Units);
    if (auto It = Units.Known.find(Name); It != Units.Known.end())
      Result.Unit = It->second;
    if (const Array *A = array(Name)) {
      Result.Size = A->Size;
      Result.Contents = Sources.Contents->before(*A, *Sources.Run);
    }
    return Result;
  }

  void readMembraneCurrent() {
    ModelEquation Im;
    Im.Name = "Im";
    Im.K = ModelEquation::Kind::Subexpression;
    const ScheduledReading *S = Sources.find(Role::CableSolver);
    if (!S) {
      const LostFunction *L = Sources.findLost(Role::CableSolver);
      Im.Known = lostEvidence(L ? L->Place : SourcePlace());
      Sources.Known.push_back(std::move(Im));
      return;
    }
    MembraneCurrent Current = recoverMembraneCurrent(S->What->S);
    Im.Known.Sources = Current.Sources;
    Expr Total = Current.Total ? selectsToInt(Current.Total) : Expr();
    if (!Total) {
      Im.Known.S = Evidence::Status::Unrecoverable;
      Im.Known.Because =
          "the code of the cable equation has a form that is not understood";
      Im.Known.Sources.push_back(S->What->F->Place);
      Diags.report(DiagId::ValueNotUnderstood, S->What->F->Place)
          << "membrane current" << Sources.Name;
      Sources.Known.push_back(std::move(Im));
      return;
    }
    Im.Known.Check = Current.Check;
    PointCurrents Separated =
        separatePointCurrents(inBrianCalls(Total), [&](llvm::StringRef N) {
          return S->What->S.findVariable(N) && !isOwn(N);
        });
    Im.Value = Separated.Rest;
    for (const std::string &Name : Separated.Names)
      Points.insert(Name);
    Sources.Known.push_back(std::move(Im));
  }

  bool isOwn(llvm::StringRef Name) const {
    return Sources.OwnVariables.count(Name.str()) != 0;
  }

  static void markPointCurrent(ModelEquation &E) {
    E.Flags.push_back(PointCurrent.str());
    if (!E.FlagsKnown.Because.empty())
      E.FlagsKnown.Because += "; ";
    E.FlagsKnown.Because +=
        "an author who adds " + E.Name + "/area to Im gets the same code";
    E.FlagsKnown.S = Evidence::Status::Inferred;
  }

  /// Takes `i == 4` out of `v > -40*mV and i == 4`.
  void readThresholdLocation(ModelEvent &E, std::optional<long> N) {
    if (!E.Threshold || !E.Threshold.is(ExprKind::And))
      return;
    std::optional<long> Location;
    llvm::SmallVector<Expr, 4> Rest;
    for (Expr Condition : E.Threshold.operands()) {
      auto Here = compartmentOf(Condition);
      if (!Here) {
        Rest.push_back(Condition);
        continue;
      }
      if (Location || *Here < 0 || (N && *Here >= *N))
        return;
      Location = Here;
    }
    if (!Location)
      return;
    E.Threshold = E.Threshold.arena().conjunction(Rest);
    Result.ThresholdLocation = Location;
    Result.ThresholdLocationKnown.S = Evidence::Status::Inferred;
    Result.ThresholdLocationKnown.Because =
        "an author who adds 'and i == " + std::to_string(*Location) +
        "' to the threshold gets the same code";
    Result.ThresholdLocationKnown.Sources = E.ThresholdKnown.Sources;
  }

  /// 4 of `i == 4`.
  static std::optional<long> compartmentOf(Expr Condition) {
    if (!Condition.is(ExprKind::Eq))
      return std::nullopt;
    Expr Left = Condition.operand(0), Right = Condition.operand(1);
    if (Right.isSymbol("i"))
      std::swap(Left, Right);
    return Left.isSymbol("i") && Right.isNumber() ? Right.number().toLong()
                                                  : std::nullopt;
  }

  void readMorphology() {
    Result.Cm = compartments("Cm");
    Result.Ri = compartments("Ri");
    for (llvm::StringRef Name : Shape)
      Result.Morphology.push_back(compartments(Name));
    if (isOwn("x"))
      for (llvm::StringRef Name : Coordinates)
        Result.Morphology.push_back(compartments(Name));
    readSections();
  }

  /// The solver has an array with the first compartment of each section.
  void readSections() {
    const ScheduledReading *S = Sources.find(Role::CableSolver);
    Result.SectionsKnown = lostEvidence(S ? S->What->F->Place : SourcePlace());
    if (!S)
      return;
    for (const std::string &Touched : touchedArrays(*S->What->F)) {
      auto It = Sources.Names->find(Touched);
      const Array *A = C.findArray(Touched);
      if (It == Sources.Names->end() || It->second.Variable != "_starts" || !A)
        continue;
      Result.Sections = A->Size;
      Result.SectionsKnown = Evidence();
      Result.SectionsKnown.Sources = {A->Place};
    }
  }
};

} // namespace

/// A morphology without coordinates leaves x, y and z to the author. Brian2
/// loads its own from the data files, all three.
static bool hasCoordinates(const GroupSources &Sources) {
  return llvm::all_of(Coordinates, [&](llvm::StringRef Name) {
    auto It = Sources.Arrays.find(Name.str());
    return It != Sources.Arrays.end() &&
           Sources.Contents->before(*It->second, *Sources.Run).StaticArray ==
               "_static_array_" + It->second->Name;
  });
}

void nameSpatialVariables(GroupSources &Sources) {
  for (llvm::StringRef Name : Shape)
    Sources.OwnVariables.insert(Name.str());
  for (llvm::StringRef Name : Others)
    Sources.OwnVariables.insert(Name.str());
  if (hasCoordinates(Sources))
    for (llvm::StringRef Name : Coordinates)
      Sources.OwnVariables.insert(Name.str());
}

NeuronGroup buildSpatialNeuron(GroupSources G, const CodeObjects &C,
                               Diagnostics &Diags) {
  return Builder(std::move(G), C, Diags).run();
}

} // namespace brian2lift
