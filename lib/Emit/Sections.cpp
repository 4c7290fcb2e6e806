//===- Emit/Sections.cpp ------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emit/Page.h"
#include "Emit/Texts.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {

PageEntry makeFact(llvm::StringRef Name, llvm::StringRef Value,
                   const Evidence &Known) {
  PageEntry E;
  E.Name = Name.str();
  E.Value = Value.str();
  E.IsLost = Value.empty();
  E.Known.push_back({Name.str(), Known});
  return E;
}

namespace {

using SectionKind = PageSection::Kind;

std::string unitOrNone(const std::optional<Dimension> &D) {
  return !D ? "?" : D->isDimensionless() ? "1" : unitText(*D);
}

/// The sections of one group as one run has it.
class GroupReader {
public:
  explicit GroupReader(const NeuronGroup &G) : G(G) {}

  std::vector<PageSection> sections() {
    add(SectionKind::Facts, "", facts());
    add(SectionKind::Equations, "Equations", equations());
    add(SectionKind::Events, "Events", events());
    add(SectionKind::Events, "Code that runs regularly", regular());
    add(SectionKind::Parameters, "Parameters and other variables",
        parameters());
    add(SectionKind::Constants, "Constants", constants());
    if (G.Spatial)
      add(SectionKind::Morphology, "Morphology", morphology(*G.Spatial));
    return std::move(Sections);
  }

private:
  const NeuronGroup &G;
  std::vector<PageSection> Sections;

  void add(SectionKind K, llvm::StringRef Title,
           std::vector<PageEntry> Entries) {
    if (!Entries.empty())
      Sections.push_back({K, Title.str(), std::move(Entries)});
  }

  std::vector<PageEntry> facts() const {
    std::vector<PageEntry> List;
    List.push_back(makeFact(G.Spatial ? "compartments" : "neurons",
                            G.N ? std::to_string(*G.N) : "", G.NKnown));
    bool HasEquations = llvm::any_of(G.Equations, [](const ModelEquation &E) {
      return E.K == ModelEquation::Kind::Differential;
    });
    if (HasEquations || !methodText(G).empty()) {
      PageEntry Method = makeFact(
          "method", G.HasCustomMethod ? "none of Brian2's own" : methodText(G),
          G.MethodKnown);
      List.push_back(std::move(Method));
    }
    PageEntry Clock =
        makeFact("time step", durationText(G.Clock.Dt), G.Clock.Known);
    Clock.Detail = "clock " + G.Clock.Name;
    List.push_back(std::move(Clock));
    if (G.Spatial) {
      List.push_back(compartments(G.Spatial->Cm));
      List.push_back(compartments(G.Spatial->Ri));
      if (G.Spatial->ThresholdLocation)
        List.push_back(makeFact(
            "threshold location",
            "compartment " + std::to_string(*G.Spatial->ThresholdLocation),
            G.Spatial->ThresholdLocationKnown));
    }
    return List;
  }

  PageFormula formula(const ModelEquation &E) const {
    PageFormula F;
    F.IsDerivative = E.K == ModelEquation::Kind::Differential;
    F.Left = E.Name;
    F.Operator = "=";
    F.Value = E.Value;
    F.Text = (F.IsDerivative ? "d" + E.Name + "/dt" : E.Name) + " = " +
             (E.Value ? toBrian(E.Value, &G.Ranks) : "?");
    return F;
  }

  PageFormula condition(Expr E) const {
    return {toBrian(E, &G.Ranks), false, "", "", E};
  }

  std::vector<PageFormula>
  statements(const std::vector<ModelStatement> &Code) const {
    std::vector<PageFormula> Lines;
    Lines.reserve(Code.size());
    for (const ModelStatement &S : Code)
      Lines.push_back(
          {statementText(S, &G.Ranks), false, S.Name, S.Operator, S.Value});
    return Lines;
  }

  /// What all variables have.
  static PageEntry variable(const ModelEquation &E) {
    PageEntry Entry;
    Entry.Unit = unitOrNone(E.Unit);
    Entry.Notes = E.Flags;
    if (E.Type == ScalarType::Integer || E.Type == ScalarType::Boolean)
      Entry.Notes.push_back(text(E.Type).str());
    return Entry;
  }

  static void addKnown(PageEntry &Entry, llvm::StringRef Of,
                       const ModelEquation &E) {
    Entry.Known.push_back({Of.str(), E.Known});
    Entry.Known.push_back({"unit", E.UnitKnown});
    if (E.FlagsKnown.S != Evidence::Status::Recovered)
      Entry.Known.push_back({"flags", E.FlagsKnown});
  }

  std::vector<PageEntry> equations() const {
    std::vector<PageEntry> List;
    for (const ModelEquation &E : G.Equations) {
      if (E.K != ModelEquation::Kind::Differential &&
          E.K != ModelEquation::Kind::Subexpression)
        continue;
      PageEntry Entry = variable(E);
      Entry.Formulas.push_back(formula(E));
      Entry.IsLost = !E.Value;
      // A part of an equation with an assumed name: the formula is certain.
      addKnown(Entry,
               E.Known.S == Evidence::Status::Assumed ? "name" : "equation", E);
      List.push_back(std::move(Entry));
    }
    return List;
  }

  std::vector<PageEntry> parameters() const {
    std::vector<PageEntry> List;
    for (const ModelEquation &E : G.Equations) {
      if (E.K != ModelEquation::Kind::Parameter &&
          E.K != ModelEquation::Kind::Unknown)
        continue;
      PageEntry Entry = variable(E);
      Entry.Formulas.push_back({E.Name, false, E.Name, "", Expr()});
      Entry.IsLost = E.K == ModelEquation::Kind::Unknown;
      addKnown(Entry, "variable", E);
      List.push_back(std::move(Entry));
    }
    return List;
  }

  std::vector<PageEntry> events() const {
    std::vector<PageEntry> List;
    for (const ModelEvent &Event : G.Events) {
      auto Entry = [&](llvm::StringRef What, const Evidence &Known) {
        PageEntry E;
        E.Name = (Event.Name + " " + What).str();
        E.Known.push_back({What.str(), Known});
        return E;
      };
      PageEntry Threshold = Entry("threshold", Event.ThresholdKnown);
      Threshold.IsLost = !Event.Threshold;
      if (Event.Threshold)
        Threshold.Formulas.push_back(condition(Event.Threshold));
      List.push_back(std::move(Threshold));
      if (Event.HasReset) {
        PageEntry Reset = Entry("reset", Event.ResetKnown);
        Reset.IsLost = Event.ResetKnown.S == Evidence::Status::Unrecoverable;
        Reset.Formulas = statements(Event.Reset);
        List.push_back(std::move(Reset));
      }
      if (Event.Refractory) {
        PageEntry Period = Entry("refractory", Event.RefractoryKnown);
        Period.Name = "refractory";
        const Refractoriness &R = *Event.Refractory;
        Expr Value = R.Duration ? R.Duration : R.Condition;
        Period.IsLost = !Value;
        if (R.Duration && R.Duration.isNumber())
          Period.Value = refractoryText(R, &G.Ranks);
        else if (Value)
          Period.Formulas.push_back(condition(Value));
        List.push_back(std::move(Period));
      }
    }
    return List;
  }

  std::vector<PageEntry> regular() const {
    std::vector<PageEntry> List;
    for (const ModelRunRegularly &R : G.RunRegularly) {
      PageEntry Entry;
      std::string Dt = durationText(R.Clock.Dt);
      Entry.Name = "every " + (Dt.empty() ? "?" : Dt);
      Entry.Detail = R.Name;
      if (!R.Subgroup.empty())
        Entry.Notes.push_back("for the subgroup " + R.Subgroup);
      Entry.IsLost = R.Code.empty();
      Entry.Formulas = statements(R.Code);
      Entry.Known.push_back({"code", R.Known});
      List.push_back(std::move(Entry));
    }
    return List;
  }

  std::vector<PageEntry> constants() const {
    std::vector<PageEntry> List;
    PageEntry Units;
    Units.Name = "units";
    for (const ModelIdentifier &I : G.Identifiers) {
      const NamedConstant &K = I.Constant;
      Evidence Known;
      Known.Sources.push_back(K.Place);
      if (brianUnit(K.Name, valueOf(I))) {
        Units.Value += (Units.Value.empty() ? "" : ", ") + K.Name;
        Units.Known.push_back({K.Name, Known});
        continue;
      }
      PageEntry Entry;
      Entry.Formulas.push_back({K.Name, false, K.Name, "", Expr()});
      Entry.Value = valueText(I);
      Entry.Unit = unitOrNone(I.Unit);
      Entry.Detail = K.Type == ScalarType::Boolean
                         ? ""
                         : numberText(valueOf(I), isInteger(I));
      Entry.Known.push_back({"value", Known});
      if (!I.Unit || !I.Unit->isDimensionless())
        Entry.Known.push_back({"unit", I.UnitKnown});
      List.push_back(std::move(Entry));
    }
    if (!Units.Value.empty())
      List.push_back(std::move(Units));
    if (G.IdentifiersKnown.S != Evidence::Status::Recovered) {
      PageEntry Lost;
      Lost.Name = "names of constants";
      Lost.IsLost = true;
      Lost.Known.push_back({"names of constants", G.IdentifiersKnown});
      List.push_back(std::move(Lost));
    }
    return List;
  }

  static PageEntry compartments(const CompartmentArray &A) {
    PageEntry Entry = makeFact(A.Name, valueText(A), evidenceOf(A));
    Entry.Unit = unitOrNone(A.Unit);
    if (A.Contents.K == ArrayContents::Kind::DataFile)
      Entry.Detail = "values in static_arrays/" + A.Contents.StaticArray;
    return Entry;
  }

  static std::vector<PageEntry> morphology(const SpatialPart &S) {
    std::vector<PageEntry> List;
    List.push_back(makeFact("sections",
                            S.Sections ? std::to_string(*S.Sections) : "",
                            S.SectionsKnown));
    for (const CompartmentArray &A : S.Morphology)
      List.push_back(compartments(A));
    return List;
  }
};

} // namespace

std::vector<PageSection> makeSections(const NeuronGroup &G) {
  return GroupReader(G).sections();
}

} // namespace brian2lift
