//===- Model/GroupUnits.cpp - What a group says about dimensions --------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Turns the group's equations, events and code into facts for lib/Units: both
// sides of an assignment have one dimension, d/dt divides by a second, the
// noise variables are second**-0.5.
//
//===----------------------------------------------------------------------===//

#include "Model/Group.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>

namespace brian2lift {

namespace {

SourcePlace placeOf(const Evidence &E) {
  return E.Sources.empty() ? SourcePlace() : E.Sources.front();
}

/// All facts of one group, with what is known beforehand.
class Facts {
public:
  Facts(const NeuronGroup &G, ExprArena &Arena, bool LiteralsMayBeQuantities,
        const UnitOptions &Options)
      : G(G), Arena(Arena), Options(Options) {
    P.LiteralsMayBeQuantities = LiteralsMayBeQuantities;
    // Where a literal may be a quantity too little is left that could tell a
    // right convention from a wrong one.
    P.UseConventions = Options.UseConventions && !LiteralsMayBeQuantities;
    addGroupVariables(P);
    if (G.Spatial)
      addSpatialVariables(P);
    // `x` is a coordinate only where the author has no variable of that name.
    for (const ModelEquation &E : G.Equations)
      if (E.Name != "Im")
        P.Known.erase(E.Name);
  }

  UnitProblem collect() {
    for (const ModelIdentifier &I : G.Identifiers) {
      double Value = value(I.Constant);
      P.Constants[I.Constant.Name] = {Value, I.Constant.Place};
      if (isLanguageConstant(I.Constant.Name, Value))
        P.Known[I.Constant.Name] = dimensions::None;
    }
    for (const ModelEquation &E : G.Equations)
      equation(E);
    for (const ModelEvent &E : G.Events)
      event(E);
    for (const ModelRunRegularly &R : G.RunRegularly)
      if (!R.HasInlinedConstants || P.LiteralsMayBeQuantities)
        statements(R.Code, placeOf(R.Known));
    hints();
    return std::move(P);
  }

  static double value(const NamedConstant &K) {
    return K.Special ? *K.Special : K.Value.toDouble();
  }

private:
  const NeuronGroup &G;
  ExprArena &Arena;
  const UnitOptions &Options;
  UnitProblem P;

  void hints() {
    auto Has = [&](const UnitHint &Hint) {
      return llvm::any_of(G.Equations,
                          [&](const ModelEquation &E) {
                            return Hint.isFor(G.Name, E.Name);
                          }) ||
             llvm::any_of(G.Identifiers, [&](const ModelIdentifier &I) {
               return Hint.isFor(G.Name, I.Constant.Name);
             });
    };
    for (const UnitHint &Hint : Options.Hints)
      if (Has(Hint)) {
        P.Facts.push_back(hasDimension(Arena.symbol(Hint.Name), Hint.Dim,
                                       Hint.Place, FactRank::Hint));
        P.Facts.back().Because = "hint " + Hint.Text;
      }
  }

  void equation(const ModelEquation &E) {
    if (E.Type == ScalarType::Boolean || E.Type == ScalarType::Integer)
      P.Known[E.Name] = dimensions::None;
    // `I/area` is a part of the membrane current that `Im` does not show.
    if (llvm::is_contained(E.Flags, "point current"))
      P.Known[E.Name] = dimensions::Amp;
    if (!E.Value || (E.HasInlinedConstants && !P.LiteralsMayBeQuantities))
      return;
    ExprArena &A = E.Value.arena();
    Expr Left = A.symbol(E.Name);
    if (E.K == ModelEquation::Kind::Differential)
      Left = Left / A.symbol("dt");
    P.Facts.push_back(sameDimension(Left, E.Value, placeOf(E.Known)));
    for (Expr S : symbolsOf(E.Value))
      if (isNoiseName(S.name()))
        P.Known[S.name().str()] = dimensions::Second.power(Fraction(-1, 2));
  }

  void statements(const std::vector<ModelStatement> &Code,
                  const SourcePlace &Place) {
    for (const ModelStatement &S : Code) {
      Expr Variable = S.Value.arena().symbol(S.Name);
      if (S.Operator == "*=" || S.Operator == "/=")
        P.Facts.push_back(hasDimension(S.Value, dimensions::None, Place));
      else
        P.Facts.push_back(sameDimension(Variable, S.Value, Place));
    }
  }

  void event(const ModelEvent &E) {
    if (E.Threshold)
      P.Facts.push_back(wellFormed(E.Threshold, placeOf(E.ThresholdKnown)));
    statements(E.Reset, placeOf(E.ResetKnown));
    if (!E.Refractory)
      return;
    SourcePlace Place = placeOf(E.RefractoryKnown);
    // A literal duration is seconds by itself and says nothing about others.
    if (E.Refractory->Duration && !E.Refractory->Duration.isNumber())
      P.Facts.push_back(
          hasDimension(E.Refractory->Duration, dimensions::Second, Place));
    if (E.Refractory->Condition)
      P.Facts.push_back(wellFormed(E.Refractory->Condition, Place));
  }
};

void apply(const InferredUnit *Unit, std::optional<Dimension> &Dim,
           Evidence &Known, const UnitResult &R) {
  using Status = Evidence::Status;
  if (!Unit || !Unit->Dim) {
    Known.S = Status::Unrecoverable;
    Known.Because = Unit && Unit->Conflict
                        ? "the code says different things about it"
                        : "nothing in the code determines it";
    if (Unit && Unit->Conflict) {
      const UnitConflict &C = R.Conflicts[*Unit->Conflict];
      Known.Sources = {C.First, C.Second};
    }
    return;
  }
  Dim = Unit->Dim;
  Known.S = Unit->S == InferredUnit::Status::Known ? Status::Recovered
            : Unit->Rank <= FactRank::Neighbour    ? Status::Inferred
                                                   : Status::Assumed;
  Known.Because = llvm::join(Unit->Because, "; ");
  Known.Sources = Unit->Sources;
}

/// A constant of the value 1 that was written in its place leaves no trace
/// where it multiplies: 0.07*gL + gL*v with gL = 1*siemens/metre**2 reads
/// 0.07 + v. A contradiction shows that there is one, but not where. So nothing
/// is believed that follows from the group's expressions.
void distrust(UnitResult &R) {
  for (auto &[Name, Unit] : R.Symbols)
    if (Unit.S == InferredUnit::Status::Inferred) {
      Unit = InferredUnit();
      Unit.S = InferredUnit::Status::Contradictory;
      Unit.Conflict = 0;
    }
}

/// A group that several runs have says the same in each.
bool isReported(const Diagnostics &Diags, DiagId Id, const SourcePlace &Place,
                llvm::StringRef Group) {
  std::string Quoted = ("'" + Group + "'").str();
  return llvm::any_of(Diags.all(), [&](const Diagnostic &D) {
    return D.Kind == Id && D.Place == Place &&
           llvm::StringRef(D.Message).contains(Quoted);
  });
}

/// Both places: what is set aside, and in a note what contradicts it.
void report(const UnitConflict &C, const NeuronGroup &G, const UnitProblem &P,
            Diagnostics &Diags) {
  bool IsHint = C.Rank == FactRank::Hint;
  DiagId Id = IsHint ? DiagId::HintContradicted : DiagId::UnitConflict;
  if (isReported(Diags, Id, C.First, G.Name))
    return;
  if (IsHint) {
    std::string Hint;
    for (unsigned F : C.Facts)
      if (P.Facts[F].Place == C.First)
        Hint = P.Facts[F].Because;
    llvm::StringRef Text = Hint;
    Text.consume_front("hint ");
    Diags.report(Id, C.First) << Text << G.Name;
  } else {
    Diags.report(Id, C.First) << G.Name;
  }
  if (!(C.Second == C.First))
    Diags.report(DiagId::UnitConflictOther, C.Second);
}

} // namespace

void inferGroupUnits(NeuronGroup &G, ExprArena &Arena, UnitSources Sources,
                     const UnitOptions &Options, Diagnostics &Diags) {
  bool LiteralsMayBeQuantities = Sources.LiteralsMayBeQuantities;
  UnitProblem P = Facts(G, Arena, LiteralsMayBeQuantities, Options).collect();
  P.Samples = std::move(Sources.Samples);
  if (Sources.Others && !LiteralsMayBeQuantities) {
    Sources.Names.Group = G.Name;
    for (const auto &[Name, K] : P.Constants)
      Sources.Names.Constants[Name] = K.Value;
    Sources.Others->addTo(P, Sources.Names);
  }
  UnitResult R = inferUnits(P);
  for (const UnitConflict &C : R.Conflicts)
    if (C.Rank == FactRank::Hint || !LiteralsMayBeQuantities)
      report(C, G, P, Diags);
  if (LiteralsMayBeQuantities && !R.Conflicts.empty())
    distrust(R);
  for (ModelEquation &E : G.Equations) {
    if (E.Type == ScalarType::Boolean || E.Type == ScalarType::Integer) {
      // Brian2 gives these types no dimension but one.
      E.Unit = dimensions::None;
      E.UnitKnown.Sources = E.Known.Sources;
      continue;
    }
    apply(R.find(E.Name), E.Unit, E.UnitKnown, R);
    if (llvm::is_contained(E.Flags, "point current")) {
      E.UnitKnown.S = Evidence::Status::Inferred;
      E.UnitKnown.Because = "it is a point current";
    }
  }
  for (ModelIdentifier &I : G.Identifiers) {
    double Value = Facts::value(I.Constant);
    if (auto Unit = physicalConstant(I.Constant.Name, Value)) {
      I.Unit = Unit->Dim;
      continue;
    }
    apply(R.find(I.Constant.Name), I.Unit, I.UnitKnown, R);
  }
}

} // namespace brian2lift
