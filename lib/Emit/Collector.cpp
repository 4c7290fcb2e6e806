//===- Emit/Collector.cpp -----------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emit/Emit.h"
#include "Emit/Json.h"
#include "Emit/Texts.h"
#include "llvm/ADT/StringMap.h"
#include <cmath>

namespace brian2lift {

namespace {

constexpr int FormatVersion = 1;

/// What is not known is null.
Json known(llvm::StringRef S) { return S.empty() ? Json(nullptr) : string(S); }

/// JSON has no infinity: it is written as Python's json module does not
/// either, but as the text that Python's float() reads.
Json number(double Value) {
  return std::isfinite(Value) ? Json(Value) : Json(numberText(Value, false));
}

/// A key as one token of a JSON pointer (RFC 6901).
std::string escape(llvm::StringRef Key) {
  std::string S;
  for (char C : Key) {
    if (C == '~')
      S += "~0";
    else if (C == '/')
      S += "~1";
    else
      S += C;
  }
  return S;
}

/// Writes objects and notes under which pointer each value is known how.
class Writer {
public:
  Json AllEvidence = Json::object();
  llvm::StringMap<size_t> EvidenceIndices; ///< in it, by pointer
  const NameRanks *Ranks = nullptr; ///< of the group that is being written

  Json group(const NeuronGroup &G, const std::string &Path) {
    Ranks = &G.Ranks;
    Json J;
    J["name"] = G.Name;
    J["N"] = G.N ? Json(*G.N) : Json(nullptr);
    note(Path + "/N", G.NKnown);
    J["method"] = known(methodText(G));
    if (G.MethodKnown.S != Evidence::Status::Recovered ||
        !G.MethodKnown.Sources.empty())
      note(Path + "/method", G.MethodKnown);
    Json Equations = Json::object();
    for (const ModelEquation &E : G.Equations)
      Equations[E.Name] = equation(E, Path + "/equations/" + escape(E.Name));
    J["equations"] = std::move(Equations);
    Json Identifiers = Json::object();
    for (const ModelIdentifier &I : G.Identifiers)
      Identifiers[I.Constant.Name] =
          identifier(I, Path + "/identifiers/" + escape(I.Constant.Name));
    J["identifiers"] = std::move(Identifiers);
    if (G.IdentifiersKnown.S != Evidence::Status::Recovered)
      note(Path + "/identifiers", G.IdentifiersKnown);
    if (!G.Events.empty()) {
      Json Events = Json::object();
      for (const ModelEvent &E : G.Events)
        Events[E.Name] = event(E, Path + "/events/" + escape(E.Name));
      J["events"] = std::move(Events);
    }
    J["clock"] = {{"dt", known(durationText(G.Clock.Dt))},
                  {"name", G.Clock.Name}};
    note(Path + "/clock", G.Clock.Known);
    if (!G.RunRegularly.empty()) {
      Json List = Json::array();
      for (const ModelRunRegularly &R : G.RunRegularly) {
        note(Path + "/run_regularly/" + std::to_string(List.size()), R.Known);
        Json Operation = {{"name", R.Name},
                          {"code", known(statementsText(R.Code, Ranks))},
                          {"dt", known(durationText(R.Clock.Dt))}};
        if (!R.Subgroup.empty())
          Operation["subgroup"] = R.Subgroup;
        List.push_back(std::move(Operation));
      }
      J["run_regularly"] = std::move(List);
    }
    if (G.Spatial)
      spatial(J, *G.Spatial, Path);
    return J;
  }

  /// Says under `Pointer` how a value is known.
  void note(const std::string &Pointer, const Evidence &E) {
    Json J;
    J["status"] = string(text(E.S));
    if (!E.Because.empty())
      J["because"] = E.Because;
    if (!E.Sources.empty()) {
      Json List = Json::array();
      for (const SourcePlace &P : E.Sources)
        if (P)
          List.push_back(text(P));
      J["sources"] = std::move(List);
    }
    if (!E.Alternatives.empty())
      J["alternatives"] = E.Alternatives;
    if (E.Check)
      J["check"] = check(*E.Check);
    // Json itself would compare with each pointer before this one.
    auto &All = AllEvidence.get_ref<Json::object_t &>();
    auto [It, IsNew] = EvidenceIndices.try_emplace(Pointer, All.size());
    if (IsNew)
      All.push_back({Pointer, std::move(J)});
    else
      All.begin()[It->second].second = std::move(J);
  }

private:
  void spatial(Json &J, const SpatialPart &S, const std::string &Path) {
    J["Cm"] = compartments(S.Cm, Path + "/Cm");
    J["Ri"] = compartments(S.Ri, Path + "/Ri");
    if (S.ThresholdLocation) {
      J["threshold_location"] = *S.ThresholdLocation;
      note(Path + "/threshold_location", S.ThresholdLocationKnown);
    }
    Json Morphology;
    Morphology["sections"] = S.Sections ? Json(*S.Sections) : Json(nullptr);
    note(Path + "/morphology/sections", S.SectionsKnown);
    for (const CompartmentArray &A : S.Morphology)
      Morphology[A.Name] = compartments(A, Path + "/morphology/" + A.Name);
    J["morphology"] = std::move(Morphology);
  }

  /// A value that all compartments share, or where the values are.
  Json compartments(const CompartmentArray &A, const std::string &Path) {
    using Kind = ArrayContents::Kind;
    Json J;
    bool IsUniform = A.Contents.K == Kind::Uniform;
    double Value = A.Contents.Value.toDouble();
    J["value"] = known(valueText(A));
    J["unit"] = A.Unit ? Json(unitText(*A.Unit)) : Json(nullptr);
    J["value_si"] = IsUniform ? number(Value) : Json(nullptr);
    J["size"] = A.Size ? Json(*A.Size) : Json(nullptr);
    if (A.Contents.K == Kind::DataFile)
      J["static_array"] = A.Contents.StaticArray;
    note(Path, evidenceOf(A));
    return J;
  }

  Json expression(Expr E) const {
    return E ? Json(toBrian(E, Ranks)) : Json(nullptr);
  }

  Json equation(const ModelEquation &E, const std::string &Path) {
    Json J;
    if (E.K != ModelEquation::Kind::Parameter)
      J["expr"] = expression(E.Value);
    J["unit"] = E.Unit ? Json(unitText(*E.Unit)) : Json(nullptr);
    J["type"] = known(text(E.K));
    J["dtype"] = known(text(E.Type));
    if (!E.Flags.empty())
      J["flags"] = E.Flags;
    note(E.K == ModelEquation::Kind::Parameter ? Path : Path + "/expr",
         E.Known);
    note(Path + "/unit", E.UnitKnown);
    if (E.FlagsKnown.S != Evidence::Status::Recovered)
      note(Path + "/flags", E.FlagsKnown);
    return J;
  }

  Json identifier(const ModelIdentifier &I, const std::string &Path) {
    const NamedConstant &K = I.Constant;
    Json J;
    J["value"] = valueText(I);
    if (I.Unit && !I.Unit->isDimensionless())
      J["unit"] = unitText(*I.Unit);
    else if (!I.Unit)
      J["unit"] = nullptr;
    J["value_si"] = isInteger(I) && K.Value.toLong() ? Json(*K.Value.toLong())
                                                     : number(valueOf(I));
    Evidence Known;
    Known.Sources.push_back(K.Place);
    note(Path, Known);
    if (J.contains("unit"))
      note(Path + "/unit", I.UnitKnown);
    return J;
  }

  Json event(const ModelEvent &E, const std::string &Path) {
    Json J;
    J["threshold"] = expression(E.Threshold);
    note(Path + "/threshold", E.ThresholdKnown);
    if (E.HasReset) {
      bool Lost = E.ResetKnown.S == Evidence::Status::Unrecoverable;
      J["reset"] = Lost ? Json(nullptr) : Json(statementsText(E.Reset, Ranks));
      note(Path + "/reset", E.ResetKnown);
    }
    if (E.Refractory) {
      J["refractory"] = known(refractoryText(*E.Refractory, Ranks));
      note(Path + "/refractory", E.RefractoryKnown);
    }
    return J;
  }

  static Json check(const EquationCheck &C) {
    Json Methods = Json::array();
    for (Method M : C.Methods)
      Methods.push_back(string(name(M)));
    Json J = {{"methods", std::move(Methods)}, {"points", C.Points}};
    if (C.IsCustomMethod)
      J["consistent_one_step_method"] = true;
    if (C.IsLinearisation)
      J["derivative_by_v"] = true;
    if (!C.IsCustomMethod)
      J["max_relative_error"] = C.MaxRelativeError;
    return J;
  }
};

Json header(const OneLine *Line) {
  Json J = Json::object();
  if (Line)
    J["project"] = Line->Project;
  return J;
}

int indent(const OneLine *Line) { return Line ? -1 : 2; }

} // namespace

void writeCollector(llvm::raw_ostream &OS, const Model &M,
                    const std::vector<Diagnostic> &Diags, const OneLine *Line) {
  Writer W;
  Json J = header(Line);
  J["format"] = "brian2lift";
  J["version"] = FormatVersion;
  Json Generator = {{"device", string(name(M.Device))}};
  for (const VersionRange &R : M.Versions) {
    auto [Text, Known] = versionText(R);
    Generator[name(R.P).str()] = known(Text);
    W.note(("/generator/" + name(R.P)).str(), Known);
  }
  Generator["precision"] = M.IsSinglePrecision ? "float" : "double";
  Generator["openmp_threads"] = M.OpenMpThreads;
  J["generator"] = std::move(Generator);
  Json Runs = Json::array();
  for (const ModelRun &R : M.Runs) {
    Json Run;
    std::string Path = "/runs/" + std::to_string(Runs.size());
    Run["duration"] = known(durationText(R.Duration));
    Run["duration_si"] = R.Duration ? number(*R.Duration) : Json(nullptr);
    W.note(Path + "/duration", R.DurationKnown);
    Json Components = Json::object();
    for (auto [Class, List] : {std::pair{"neurongroup", &R.NeuronGroups},
                               std::pair{"spatialneuron", &R.SpatialNeurons}}) {
      Json Groups = Json::array();
      for (const NeuronGroup &G : *List)
        Groups.push_back(W.group(G, Path + "/components/" + Class + "/" +
                                        std::to_string(Groups.size())));
      if (!Groups.empty())
        Components[Class] = std::move(Groups);
    }
    Run["components"] = std::move(Components);
    Runs.push_back(std::move(Run));
  }
  J["runs"] = std::move(Runs);
  J["evidence"] = std::move(W.AllEvidence);
  Json List = Json::array();
  for (const Diagnostic &D : Diags)
    List.push_back(diagnosticJson(D));
  J["diagnostics"] = std::move(List);
  write(OS, J, indent(Line));
}

bool writeGroup(llvm::raw_ostream &OS, const Model &M, llvm::StringRef Name,
                const OneLine *Line) {
  for (const ModelRun &R : M.Runs)
    for (const std::vector<NeuronGroup> *List :
         {&R.NeuronGroups, &R.SpatialNeurons})
      for (const NeuronGroup &G : *List)
        if (G.Name == Name) {
          Json J = header(Line);
          J.update(Writer().group(G, ""));
          write(OS, J, indent(Line));
          return true;
        }
  return false;
}

void writeFailure(llvm::raw_ostream &OS, const std::vector<Diagnostic> &Diags,
                  const OneLine &Line) {
  Json J = header(&Line);
  J["error"] = nullptr;
  Json List = Json::array();
  for (const Diagnostic &D : Diags) {
    if (D.severity() == Severity::Error && J["error"].is_null())
      J["error"] = D.Message;
    List.push_back(diagnosticJson(D));
  }
  J["diagnostics"] = std::move(List);
  write(OS, J, indent(&Line));
}

} // namespace brian2lift
