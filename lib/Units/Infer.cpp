//===- Units/Infer.cpp --------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Units/Conventions.h"
#include "Units/Rules.h"
#include "llvm/ADT/EquivalenceClasses.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>
#include <set>

namespace brian2lift {

UnitFact sameDimension(Expr Left, Expr Right, SourcePlace Place,
                       FactRank Rank) {
  UnitFact F;
  F.K = UnitFact::Kind::SameDimension;
  F.Left = Left;
  F.Right = Right;
  F.Rank = Rank;
  F.Place = std::move(Place);
  return F;
}

UnitFact wellFormed(Expr E, SourcePlace Place) {
  UnitFact F;
  F.Left = E;
  F.Place = std::move(Place);
  return F;
}

UnitFact hasDimension(Expr E, const Dimension &D, SourcePlace Place,
                      FactRank Rank) {
  UnitFact F;
  F.K = UnitFact::Kind::HasDimension;
  F.Left = E;
  F.Dim = D;
  F.Rank = Rank;
  F.Place = std::move(Place);
  return F;
}

void addGroupVariables(UnitProblem &P) {
  for (const char *Name : {"t", "dt", "lastspike"})
    P.Known.insert_or_assign(Name, dimensions::Second);
  for (const char *Name :
       {"i", "N", "t_in_timesteps", "not_refractory", "_idx"})
    P.Known.insert_or_assign(Name, dimensions::None);
}

void addSynapseVariables(UnitProblem &P) {
  for (const char *Name : {"t", "dt", "lastupdate", "delay"})
    P.Known.insert_or_assign(Name, dimensions::Second);
  for (const char *Name : {"i", "j", "N", "N_pre", "N_post", "N_incoming",
                           "N_outgoing", "t_in_timesteps", "_idx", "_pre_idx",
                           "_post_idx", "_synaptic_pre", "_synaptic_post"})
    P.Known.insert_or_assign(Name, dimensions::None);
}

void addSpatialVariables(UnitProblem &P) {
  const Dimension Area = dimensions::Metre.power(2);
  P.Known.insert_or_assign("v", dimensions::Volt);
  P.Known.insert_or_assign("area", Area);
  P.Known.insert_or_assign("volume", dimensions::Metre.power(3));
  P.Known.insert_or_assign("Cm", dimensions::Farad / Area);
  P.Known.insert_or_assign("Ri", dimensions::Ohm * dimensions::Metre);
  for (const char *Name : {"length", "distance", "diameter", "r_length_1",
                           "r_length_2", "x", "y", "z"})
    P.Known.insert_or_assign(Name, dimensions::Metre);
  for (const char *Name : {"Im", "Ic", "I0__private"})
    P.Known.insert_or_assign(Name, dimensions::Amp / Area);
  P.Known.insert_or_assign("gtot__private", dimensions::Siemens / Area);
}

const InferredUnit *UnitResult::find(llvm::StringRef Name) const {
  auto It = Symbols.find(Name);
  return It == Symbols.end() ? nullptr : &It->second;
}

std::optional<Dimension> UnitResult::dimension(llvm::StringRef Name) const {
  const InferredUnit *U = find(Name);
  return U ? U->Dim : std::nullopt;
}

namespace {

using Status = InferredUnit::Status;

class Inference {
public:
  explicit Inference(const UnitProblem &Given) : P(Given), Rules(P) {}

  UnitResult run() {
    GivenFacts = P.Facts.size();
    recogniseConstants();
    readFacts();
    Weights.assign(Rules.names().size(), 0);
    for (const LinearEquation &E : Rules.equations())
      for (const Term &T : E.Unknowns)
        ++Weights[T.Index];
    DimensionSolver Solver(Weights);
    for (FactRank Rank : {FactRank::Evidence, FactRank::Neighbour,
                          FactRank::Hint, FactRank::Convention})
      Solver = solve(Rank, Solver);
    if (P.UseConventions)
      assume(Solver);
    report(Solver);
    return std::move(Result);
  }

private:
  void recogniseConstants() {
    for (const auto &[Name, C] : P.Constants) {
      std::optional<BrianUnit> U = brianUnit(Name, C.Value);
      if (!U)
        U = physicalConstant(Name, C.Value);
      if (!U || P.Known.count(Name))
        continue;
      if (isAmbiguousUnit(Name)) {
        Weak.emplace_back(Name, U->Dim);
        continue;
      }
      P.Known.emplace(Name, U->Dim);
      UnitConstants.insert(Name);
    }
  }

  void readFacts() {
    for (const UnitFact &F : P.Facts) {
      std::vector<unsigned> Implied;
      // A copy: reading the other side may move it.
      DimensionForm Left = Rules.read(F.Left, Implied);
      if (F.K == UnitFact::Kind::SameDimension)
        Rules.equate(Left, Rules.read(F.Right, Implied), Implied);
      else if (F.K == UnitFact::Kind::HasDimension)
        Rules.equate(Left, {false, {}, F.Dim}, Implied);
      addFact(F.Rank, F.Place, Implied);
      FactList.back().Because = F.Because;
    }
    for (const auto &[Name, Dim] : Weak) {
      std::vector<unsigned> Implied;
      DimensionForm Symbol{false, {{Rules.unknown(Name), 1}}, {}};
      Rules.equate(Symbol, {false, {}, Dim}, Implied);
      addFact(FactRank::Evidence, P.Constants.find(Name)->second.Place,
              Implied);
    }
    Owners.resize(Rules.equations().size());
    for (unsigned F = 0; F < FactList.size(); ++F)
      for (unsigned E : FactList[F].Equations)
        if (Owners[E].empty() || Owners[E].back() != F)
          Owners[E].push_back(F);
  }

  struct Fact {
    FactRank Rank;
    SourcePlace Place;
    std::vector<unsigned> Equations;
    std::optional<unsigned> Conflict;
    std::string Because;
  };

  void addFact(FactRank Rank, const SourcePlace &Place,
               std::vector<unsigned> Equations) {
    llvm::sort(Equations);
    Equations.erase(llvm::unique(Equations), Equations.end());
    FactList.push_back({Rank, Place, std::move(Equations), std::nullopt, ""});
  }

  /// The most trusted fact that implies the equation and still stands.
  std::optional<FactRank> rankOf(unsigned Equation) const {
    std::optional<FactRank> Best;
    for (unsigned F : Owners[Equation])
      if (!FactList[F].Conflict && (!Best || FactList[F].Rank < *Best))
        Best = FactList[F].Rank;
    return Best;
  }

  using Circuit = DimensionSolver::Circuit;

  /// Adds the equations of one rank; returns the circuits that they close.
  std::vector<Circuit> addAll(FactRank Rank, DimensionSolver &Solver) const {
    std::vector<Circuit> Circuits;
    for (unsigned E = 0; E < Owners.size(); ++E)
      if (rankOf(E) == Rank)
        if (std::optional<Circuit> C = Solver.add(E, Rules.equations()[E]))
          Circuits.push_back(std::move(*C));
    return Circuits;
  }

  static bool hasContradiction(llvm::ArrayRef<Circuit> Circuits) {
    return llvm::any_of(Circuits,
                        [](const Circuit &C) { return C.IsContradiction; });
  }

  /// Adds the equations of one rank to a solver that has the higher ranks'.
  ///
  /// Facts that contradict themselves go first. Then a fact is suspect when
  /// there is any set of facts that cannot all hold but could without it. In
  /// terms of matroids these are the facts in one connected component with a
  /// contradiction, and components do not depend on the order of the facts.
  DimensionSolver solve(FactRank Rank, const DimensionSolver &Above) {
    DimensionSolver First = Above;
    std::vector<Circuit> Circuits = addAll(Rank, First);
    if (!hasContradiction(Circuits))
      return First;
    setAsideAbsurd(Rank, Above);
    DimensionSolver Second = Above;
    Circuits = addAll(Rank, Second);
    setAsideSuspects(Rank, Circuits);
    rememberLost(First);
    DimensionSolver Last = Above;
    // What is left is a part of what held together, so it holds together.
    addAll(Rank, Last);
    return Last;
  }

  /// Facts that cannot hold even alone, below what is trusted more.
  void setAsideAbsurd(FactRank Rank, const DimensionSolver &Above) {
    std::vector<std::pair<unsigned, std::vector<unsigned>>> Found;
    for (unsigned F = 0; F < FactList.size(); ++F) {
      if (FactList[F].Rank != Rank)
        continue;
      DimensionSolver Alone = Above;
      for (unsigned E : FactList[F].Equations) {
        if (rankOf(E) < Rank)
          continue;
        std::optional<Circuit> C = Alone.add(E, Rules.equations()[E]);
        if (!C || !C->IsContradiction)
          continue;
        std::vector<unsigned> Shown = {F};
        for (unsigned Other : C->Equations)
          if (rankOf(Other) < Rank)
            addOwners(Other, Shown);
        Found.emplace_back(F, std::move(Shown));
        break;
      }
    }
    for (const auto &[F, Shown] : Found)
      setAside({F}, Shown, Rank);
  }

  void setAsideSuspects(FactRank Rank, llvm::ArrayRef<Circuit> Circuits) {
    llvm::EquivalenceClasses<unsigned> Components;
    auto Members = [&](const Circuit &C) {
      std::vector<unsigned> Doubtful;
      for (unsigned E : C.Equations)
        if (rankOf(E) == Rank)
          Doubtful.push_back(E);
      return Doubtful;
    };
    for (const Circuit &C : Circuits) {
      std::vector<unsigned> Doubtful = Members(C);
      for (unsigned E : Doubtful)
        Components.unionSets(Doubtful.front(), E);
    }
    std::vector<std::pair<std::vector<unsigned>, std::vector<unsigned>>> Found;
    std::set<unsigned> Seen;
    for (const Circuit &C : Circuits) {
      if (!C.IsContradiction)
        continue;
      unsigned Leader = Components.getLeaderValue(Members(C).front());
      if (!Seen.insert(Leader).second)
        continue;
      std::vector<unsigned> Suspects;
      for (unsigned E = 0; E < Owners.size(); ++E)
        if (Components.findLeader(E) != Components.member_end() &&
            Components.getLeaderValue(E) == Leader)
          addOwners(E, Suspects);
      std::vector<unsigned> Shown;
      for (unsigned E : C.Equations)
        addOwners(E, Shown);
      Found.emplace_back(std::move(Suspects), std::move(Shown));
    }
    for (const auto &[Suspects, Shown] : Found)
      setAside(Suspects, Shown, Rank);
  }

  void addOwners(unsigned Equation, std::vector<unsigned> &Facts) const {
    for (unsigned F : Owners[Equation])
      if (!FactList[F].Conflict)
        Facts.push_back(F);
  }

  /// Sets facts aside, with `Shown` as an example of those that clash.
  void setAside(std::vector<unsigned> Suspects, std::vector<unsigned> Shown,
                FactRank Rank) {
    UnitConflict C;
    C.Rank = Rank;
    llvm::sort(Suspects);
    Suspects.erase(llvm::unique(Suspects), Suspects.end());
    for (unsigned F : Suspects) {
      if (!FactList[F].Conflict)
        FactList[F].Conflict = Result.Conflicts.size();
      if (F < GivenFacts)
        C.Facts.push_back(F);
    }
    // What is set aside is named before what it gave way to, and of those the
    // later one, which more often is what does not fit.
    llvm::sort(Shown, [&](unsigned A, unsigned B) {
      return std::pair(FactList[A].Rank, A) < std::pair(FactList[B].Rank, B);
    });
    C.First = FactList[Shown.back()].Place;
    C.Second = C.First;
    for (unsigned F : Shown)
      if (!(FactList[F].Place == C.First)) {
        C.Second = FactList[F].Place;
        break;
      }
    Result.Conflicts.push_back(std::move(C));
  }

  /// Which unknowns rested on facts that are set aside now.
  void rememberLost(const DimensionSolver &Before) {
    for (unsigned U = 0; U < Weights.size(); ++U)
      if (auto S = Before.solution(U))
        for (unsigned E : S->Equations)
          if (!rankOf(E) && !Lost.count(U))
            for (unsigned F : Owners[E])
              Lost.try_emplace(U, *FactList[F].Conflict);
    for (const Fact &F : FactList)
      if (F.Conflict)
        for (unsigned E : F.Equations)
          for (const Term &T : Rules.equations()[E].Unknowns)
            Lost.try_emplace(T.Index, *F.Conflict);
  }

  /// Adds what conventions suggest, one free dimension after the other; each is
  /// consistent with what is there because it is about something free.
  void assume(DimensionSolver &Solver) {
    std::vector<NamedValues> Symbols;
    for (const std::string &Name : Rules.names()) {
      NamedValues S;
      S.Name = Name;
      S.IsSymbol = !llvm::StringRef(Name).ends_with("()");
      if (auto It = P.Aliases.find(Name); It != P.Aliases.end()) {
        S.Name = It->second;
        S.IsSymbol &= !S.Name.empty();
      }
      if (auto It = P.Constants.find(Name); It != P.Constants.end())
        S.Values.push_back(It->second.Value);
      else if (auto Seen = P.Samples.find(Name); Seen != P.Samples.end())
        S.Values = Seen->second;
      // What the code contradicts itself about is not for names to decide.
      S.IsDoubtful = Lost.count(static_cast<unsigned>(Symbols.size())) != 0;
      Symbols.push_back(std::move(S));
    }
    while (std::optional<Assumption> A = nextAssumption(Solver, Symbols)) {
      std::vector<unsigned> Implied;
      Rules.equate({false, {{A->Unknown, 1}}, {}}, {false, {}, A->Dim},
                   Implied);
      unsigned Equation = Implied.front();
      Owners.push_back({static_cast<unsigned>(FactList.size())});
      addFact(FactRank::Convention, {}, std::move(Implied));
      FactList.back().Because = A->Because;
      Solver.add(Equation, Rules.equations()[Equation]);
    }
  }

  void addSource(InferredUnit &U, const SourcePlace &Place) const {
    if (Place && !llvm::is_contained(U.Sources, Place))
      U.Sources.push_back(Place);
  }

  void report(const DimensionSolver &Solver) {
    for (const auto &[Name, C] : P.Constants)
      Result.Symbols[Name];
    for (const auto &[Name, Dim] : P.Known) {
      InferredUnit &U = Result.Symbols[Name];
      U.S = Status::Known;
      U.Dim = Dim;
      if (UnitConstants.count(Name))
        addSource(U, P.Constants.find(Name)->second.Place);
    }
    for (unsigned I = 0; I < Weights.size(); ++I)
      reportUnknown(I, Solver);
    llvm::sort(Result.Free);
  }

  void reportUnknown(unsigned I, const DimensionSolver &Solver) {
    const std::string &Name = Rules.names()[I];
    InferredUnit &U = Result.Symbols[Name];
    std::optional<DimensionSolver::Solution> S = Solver.solution(I);
    if (!S) {
      if (Solver.isFree(I))
        Result.Free.push_back(Name);
      if (auto It = Lost.find(I); It != Lost.end()) {
        U.S = Status::Contradictory;
        U.Conflict = It->second;
        addSource(U, Result.Conflicts[It->second].First);
        addSource(U, Result.Conflicts[It->second].Second);
      }
      return;
    }
    U.S = Status::Inferred;
    U.Dim = S->Value;
    for (unsigned E : S->Equations) {
      unsigned F = firstStanding(E);
      U.Rank = std::max(U.Rank, FactList[F].Rank);
      if (FactList[F].Rank > FactRank::Neighbour &&
          !FactList[F].Because.empty() &&
          !llvm::is_contained(U.Because, FactList[F].Because))
        U.Because.push_back(FactList[F].Because);
      if (FactList[F].Rank == FactRank::Convention && F >= GivenFacts)
        continue;
      if (F >= GivenFacts)
        U.S = S->Equations.size() == 1 ? Status::Known : U.S;
      else
        U.Facts.push_back(F);
    }
    llvm::sort(U.Facts);
    U.Facts.erase(llvm::unique(U.Facts), U.Facts.end());
    for (unsigned F : U.Facts)
      addSource(U, FactList[F].Place);
    for (unsigned E : S->Equations)
      addSource(U, FactList[firstStanding(E)].Place);
  }

  unsigned firstStanding(unsigned Equation) const {
    std::optional<FactRank> Rank = rankOf(Equation);
    for (unsigned F : Owners[Equation])
      if (!FactList[F].Conflict && FactList[F].Rank == Rank)
        return F;
    return Owners[Equation].front();
  }

  UnitProblem P; ///< with the units among the constants in Known
  DimensionRules Rules;
  unsigned GivenFacts = 0;
  std::set<std::string, std::less<>> UnitConstants;
  std::vector<std::pair<std::string, Dimension>> Weak;
  std::vector<Fact> FactList; ///< the given ones, then those of weak names
  std::vector<llvm::SmallVector<unsigned, 2>> Owners; ///< by equation
  std::vector<unsigned> Weights;
  llvm::DenseMap<unsigned, unsigned> Lost; ///< unknown to conflict
  UnitResult Result;
};

} // namespace

UnitResult inferUnits(const UnitProblem &P) { return Inference(P).run(); }

} // namespace brian2lift
