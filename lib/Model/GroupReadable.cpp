//===- Model/GroupReadable.cpp - A group's expressions, readable --------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Equations/Reintegrate.h"
#include "Model/Group.h"
#include "Readable/Gates.h"
#include "Readable/Readable.h"
#include "Support/Parallel.h"
#include "Support/TimeReport.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {

namespace {

/// The expressions of a group on their way to readable forms, which are found
/// in an arena of their own.
struct GroupForms {
  std::string Group;
  ReadableNames Names;
  std::vector<Expr> Raw;
  /// Of each expression the variable that it is the derivative of, or "".
  std::vector<std::string> Variables;
  ExprArena Own;
  std::vector<Expr> Forms;

  void find() {
    StageTimer Timer(Stage::Readable, Group);
    llvm::DenseMap<Expr, Expr> Copies;
    std::vector<Expr> Copy;
    Copy.reserve(Raw.size());
    for (Expr E : Raw)
      Copy.push_back(Own.copy(E, Copies));
    std::vector<Expr> Derived;
    Derived.reserve(Variables.size());
    for (const std::string &Name : Variables)
      Derived.push_back(Name.empty() ? Expr() : Own.symbol(Name));
    Forms = makeReadable(Copy, Names, Derived);
  }
};

/// All that makeReadable makes the forms of `Raw` from: a group mostly has the
/// same equations in all runs.
std::string keyOf(const NeuronGroup &G, llvm::ArrayRef<Expr> Raw) {
  std::string Key;
  llvm::raw_string_ostream OS(Key);
  for (Expr E : Raw)
    OS << E.id() << ' ';
  for (const ModelEquation &E : G.Equations)
    OS << E.Name << ' ' << static_cast<int>(E.K) << ' '
       << static_cast<int>(E.Type) << ' ';
  for (const ModelIdentifier &I : G.Identifiers)
    OS << I.Constant.Name << ' ' << I.Constant.Value.toString() << ' '
       << I.Constant.Special.value_or(0) << ' ';
  OS << G.Spatial.has_value();
  return Key;
}

/// The expressions of a group that have readable forms.
std::vector<Expr *> expressionsOf(NeuronGroup &G) {
  std::vector<Expr *> Places;
  auto Add = [&](Expr &E) {
    if (E)
      Places.push_back(&E);
  };
  for (ModelEquation &E : G.Equations)
    Add(E.Value);
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
  return Places;
}

/// In the same order, the variables with these derivatives.
std::vector<std::string> derivedOf(const NeuronGroup &G, size_t Expressions) {
  std::vector<std::string> Names;
  for (const ModelEquation &E : G.Equations)
    if (E.Value)
      Names.push_back(E.K == ModelEquation::Kind::Differential ? E.Name : "");
  Names.resize(Expressions);
  return Names;
}

/// What the group's names are; where they stand in what is printed goes into
/// its Ranks.
ReadableNames namesOf(NeuronGroup &G) {
  ReadableNames Names;
  for (const ModelEquation &E : G.Equations) {
    bool IsVariable = E.K == ModelEquation::Kind::Differential;
    if (IsVariable)
      Names.StateVariables.insert(E.Name);
    G.Ranks[E.Name] = IsVariable ? 3 : 2;
    Names.HasOwnPi |= E.Name == "pi";
    if (E.Type == ScalarType::Boolean)
      Names.Booleans.insert(E.Name);
  }
  Names.Booleans.insert("not_refractory");
  if (G.Spatial) { // its equation is Im
    Names.StateVariables.insert("v");
    G.Ranks["v"] = 3;
  }
  for (const ModelIdentifier &I : G.Identifiers) {
    Names.Constants.push_back(I.Constant);
    G.Ranks[I.Constant.Name] = 1;
    Names.HasOwnPi |= I.Constant.Name == "pi" &&
                      !isLanguageConstant("pi", I.Constant.Value.toDouble());
  }
  return Names;
}

} // namespace

void makeGroupsReadable(llvm::ArrayRef<NeuronGroup *> Groups,
                        ExprArena &Arena) {
  std::vector<std::unique_ptr<GroupForms>> All;
  std::vector<size_t> FormsOf;
  llvm::StringMap<size_t> Known;
  for (NeuronGroup *G : Groups) {
    bool IsSinglePrecision = llvm::any_of(G->Equations, [](const auto &E) {
      return E.Type == ScalarType::Float32;
    });
    ReadableNames Names = namesOf(*G);
    std::vector<Expr> Raw;
    for (Expr *E : expressionsOf(*G))
      Raw.push_back(rationalise(*E, IsSinglePrecision));
    auto [It, IsNew] = Known.try_emplace(keyOf(*G, Raw), All.size());
    FormsOf.push_back(It->second);
    if (!IsNew)
      continue;
    All.push_back(std::make_unique<GroupForms>());
    All.back()->Group = G->Name;
    All.back()->Names = std::move(Names);
    All.back()->Variables = derivedOf(*G, Raw.size());
    All.back()->Raw = std::move(Raw);
  }
  forEachIndex(All.size(), [&](size_t I) { All[I]->find(); });
  for (std::unique_ptr<GroupForms> &G : All) {
    llvm::DenseMap<Expr, Expr> Copies;
    for (Expr &E : G->Forms)
      E = Arena.copy(E, Copies);
  }
  for (auto [G, Index] : llvm::zip(Groups, FormsOf))
    for (auto [Place, Form] : llvm::zip(expressionsOf(*G), All[Index]->Forms))
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

/// The author's own subexpressions, by value.
class OwnNamesOfParts {
public:
  explicit OwnNamesOfParts(const NeuronGroup &G) {
    for (const ModelEquation &E : G.Equations) {
      if (E.Type == ScalarType::Boolean)
        Known.Booleans.insert(E.Name);
      // A value that is kept over a step is not the value that stands there.
      if (E.K == ModelEquation::Kind::Subexpression && E.Value &&
          !llvm::is_contained(E.Flags, "constant over dt") &&
          readingCost(E.Value) >= 2) {
        Expr Name = E.Value.arena().symbol(E.Name);
        if (ByValue.try_emplace(E.Value, Name).second) {
          ByValue.try_emplace(-E.Value, -Name);
          Ordered.emplace_back(E.Value, Name);
          ByName[Name] = E.Value;
        }
      }
    }
    for (const ModelIdentifier &I : G.Identifiers)
      Known.Constants.push_back(I.Constant);
  }

  /// The name of the subexpression that has this value, by algebra; null when
  /// there is none.
  Expr find(Expr Value) const {
    for (const auto &[Own, Name] : Ordered)
      if (Own == Value || agreeEverywhere(expand(Own), Value, Known))
        return Name;
    return Expr();
  }

  const SystemCandidate &known() const { return Known; }

  /// `E` with the names where their values are. Those that use others come
  /// later: `leak = gate*v` is found only when `gate` has been put there.
  Expr use(Expr E) const { return repeat(E, ByValue); }

private:
  llvm::DenseMap<Expr, Expr> ByValue, ByName;
  std::vector<std::pair<Expr, Expr>> Ordered; ///< values and names
  SystemCandidate Known;                      ///< of constants and booleans

  /// `E` without the names.
  Expr expand(Expr E) const { return repeat(E, ByName); }

  /// Damaged code may define names by each other: then there is no last one.
  Expr repeat(Expr E, const llvm::DenseMap<Expr, Expr> &Replacements) const {
    for (size_t I = 0; I < Ordered.size(); ++I) {
      Expr Next = substitute(E, Replacements);
      if (Next == E)
        break;
      E = Next;
    }
    return E;
  }
};

/// Gives the parts of a gate names: the author's own, or usual ones that the
/// group does not have yet.
void nameGate(const NeuronGroup &G, ModelEquation &E,
              const OwnNamesOfParts &Own, std::vector<ModelEquation> &Parts) {
  ExprArena &A = E.Value.arena();
  Expr X = A.symbol(E.Name);
  std::optional<GateParts> Gate = findGate(E.Value, X);
  if (!Gate)
    return;
  std::vector<ModelEquation> New;
  auto Name = [&](llvm::StringRef Prefix, llvm::StringRef Suffix, Expr Value,
                  std::optional<Dimension> Unit, bool IsUnitKnown) {
    if (Expr Known = Own.find(Value))
      return Known;
    ModelEquation Part = assumedPart(
        E, Prefix, Suffix, withPrintableNumbers(Own.use(Value), Own.known()));
    Part.Unit = Unit;
    if (!IsUnitKnown)
      Part.UnitKnown = E.UnitKnown;
    New.push_back(std::move(Part));
    return A.symbol(New.back().Name);
  };
  Expr Value;
  if (Gate->Alpha) {
    // 1 - x says what x is.
    Expr Alpha = Name("alpha_", "", Gate->Alpha, dimensions::Hertz, true);
    Expr Beta = Name("beta_", "", Gate->Beta, dimensions::Hertz, true);
    Value = Alpha * (A.number(1) - X) - Beta * X;
  } else {
    Value =
        Gate->Scale * (Name("", "_inf", Gate->SteadyState, E.Unit, false) - X);
    if (Gate->TimeConstant)
      Value = Value /
              Name("tau_", "", Gate->TimeConstant, dimensions::Second, true);
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
  OwnNamesOfParts Own(G);
  std::vector<ModelEquation> Parts;
  for (ModelEquation &E : G.Equations) {
    if (E.K != ModelEquation::Kind::Differential || !E.Value)
      continue;
    if (!E.HasInlinedConstants)
      nameGate(G, E, Own, Parts);
    E.Value = Own.use(E.Value);
  }
  for (ModelEquation &E : Parts) {
    G.Ranks[E.Name] = 1;
    G.Equations.push_back(std::move(E));
  }
}

} // namespace brian2lift
