//===- Compare/Compare.cpp ----------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compare/Compare.h"
#include "Compare/Formula.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>

namespace brian2lift {
namespace {

/// Nine significant digits are what a quantity is printed with.
constexpr double PrintedDigits = 2e-9;
constexpr double ExactDigits = 1e-12;

/// The same number, but for the last digit of the text that it is read from.
bool isSameNumber(double A, double B, double Tolerance) {
  return A == B ||
         std::fabs(A - B) <= Tolerance * std::max(std::fabs(A), std::fabs(B));
}

template <typename T>
const T *find(const std::vector<T> &List, llvm::StringRef Name) {
  auto I = llvm::find_if(List, [&](const T &X) { return X.Name == Name; });
  return I == List.end() ? nullptr : &*I;
}

/// What a person reads for a value; several lines in one.
std::string shown(const Fact &F) {
  if (!F.IsThere)
    return "nothing";
  if (!F.isKnown())
    return "unknown";
  llvm::SmallVector<llvm::StringRef, 4> Lines;
  llvm::StringRef(*F.Text).split(Lines, '\n');
  return llvm::join(Lines, "; ");
}

std::string shown(const std::set<std::string> &Flags) {
  return Flags.empty() ? "no flags" : "(" + llvm::join(Flags, ", ") + ")";
}

/// Two times of which one is the other with six decimals.
bool isCutShort(llvm::StringRef A, llvm::StringRef B) {
  std::optional<Rational> X = readTime(A), Y = readTime(B);
  if (!X || !Y)
    return false;
  auto Cut = [](const Rational &Time) {
    return std::llround(Time.toDouble() * 1e6);
  };
  auto IsCut = [&](const Rational &Time) {
    return Time == Rational(Cut(Time), 1000000);
  };
  return Cut(*X) == Cut(*Y) && (IsCut(*X) || IsCut(*Y));
}

/// Why one side does not know a value.
std::string lost(bool IsNew, const Fact &Lost) {
  return (llvm::Twine("the ") + (IsNew ? "new" : "old") +
          " side does not know it: " +
          (Lost.Because.empty() ? "it could not be read" : Lost.Because))
      .str();
}

/// One group on both sides.
class GroupComparison {
public:
  GroupComparison(const GroupFacts &Old, const GroupFacts &New,
                  Diagnostics &Found)
      : Old(Old), New(New), Found(Found), Formulas(Old, New) {}

  void run() {
    number("N", Old.N, New.N, ExactDigits, DiagId::GroupDiffers);
    identifiers();
    equations();
    method();
    events();
    runRegularly();
    number("dt", Old.Dt, New.Dt, PrintedDigits, DiagId::ClockDiffers);
    others();
    notes();
  }

private:
  std::string subject(llvm::StringRef What) const {
    return (New.Name + "." + What).str();
  }

  void differs(DiagId Id, llvm::StringRef What, llvm::StringRef From,
               llvm::StringRef To, const SourcePlace &Place) {
    Found.report(Id, Place) << subject(What) << From << To;
  }

  void differs(DiagId Id, llvm::StringRef What, const Fact &A, const Fact &B) {
    differs(Id, What, shown(A), shown(B), B.Place);
  }

  /// True when both are known, or both are not; else a note says which is not.
  bool areComparable(llvm::StringRef What, const Fact &A, const Fact &B) {
    if (A.isKnown() && B.isKnown())
      return true;
    if (A.isKnown() != B.isKnown()) {
      const Fact &Lost = A.isKnown() ? B : A;
      Found.report(DiagId::NotComparable, B.Place)
          << subject(What) << lost(A.isKnown(), Lost);
    }
    return false;
  }

  void number(llvm::StringRef What, const Fact &A, const Fact &B,
              double Tolerance, DiagId Id) {
    if (!areComparable(What, A, B))
      return;
    bool IsSame = A.Value && B.Value
                      ? isSameNumber(*A.Value, *B.Value, Tolerance)
                      : A.Text == B.Text;
    if (!IsSame)
      differs(Id, What, A, B);
  }

  /// Constants that both sides name. What one side names differently, or has
  /// not, is no difference as long as what uses it has the same value.
  void identifiers() {
    for (const NamedFact &I : New.Identifiers)
      if (const NamedFact *Before = find(Old.Identifiers, I.Name))
        number(I.Name, Before->Value, I.Value, ExactDigits,
               DiagId::ConstantDiffers);
  }

  void equations() {
    for (const EquationFacts &E : Old.Equations) {
      if (const EquationFacts *After = find(New.Equations, E.Name))
        equation(E, *After);
      else
        oneSided(E, DiagId::PartRemoved);
    }
    for (const EquationFacts &E : New.Equations)
      if (!find(Old.Equations, E.Name))
        oneSided(E, DiagId::PartAdded);
    outlined();
  }

  /// A subexpression is a name for something: what uses it is compared. One
  /// that keeps its value over a time step is more than that.
  void oneSided(const EquationFacts &E, DiagId Id) {
    if (E.isOutlined())
      return;
    if (E.Type == "subexpression" && !E.Flags.count("constant over dt")) {
      Found.report(DiagId::NotComparable)
          << subject(E.Name)
          << (llvm::Twine("the ") + (Id == DiagId::PartAdded ? "old" : "new") +
              " side has no such name; its content may stand where it is used")
                 .str();
      return;
    }
    Found.report(Id, Id == DiagId::PartAdded ? E.Right.Place : SourcePlace())
        << subject(E.Name);
  }

  void equation(const EquationFacts &A, const EquationFacts &B) {
    if (A.isOutlined() || B.isOutlined())
      return; // what uses it is compared
    if (!A.Type.empty() && !B.Type.empty() && A.Type != B.Type) {
      differs(DiagId::EquationDiffers, A.Name, A.Type, B.Type, B.Right.Place);
      return;
    }
    if (A.Right.IsThere || B.Right.IsThere)
      formula(DiagId::EquationDiffers, A.Name, A.Right, B.Right);
    if (!A.Type.empty() && !B.Type.empty())
      flags(A, B);
    if (!A.Dtype.empty() && !B.Dtype.empty() && A.Dtype != B.Dtype)
      differs(DiagId::EquationDiffers, A.Name, A.Dtype, B.Dtype, B.Right.Place);
    unit(A.Name, A.Unit, B.Unit);
  }

  /// `constant` is what no code writes: it says nothing that the code does not
  /// say elsewhere, and a project without some of the code has more of it.
  void flags(const EquationFacts &A, const EquationFacts &B) {
    auto Declared = [](std::set<std::string> Flags) {
      Flags.erase("constant");
      return Flags;
    };
    if (Declared(A.Flags) != Declared(B.Flags))
      differs(DiagId::EquationDiffers, A.Name, shown(A.Flags), shown(B.Flags),
              B.Right.Place);
    else if (A.Flags != B.Flags)
      Found.report(DiagId::NotComparable, B.Right.Place)
          << subject(A.Name)
          << "whether it is constant follows from what other code writes";
  }

  /// Units follow from the code or are assumed: only what both know counts.
  void unit(llvm::StringRef What, const Fact &A, const Fact &B) {
    if (A.isKnown() != B.isKnown()) {
      UnknownUnits.push_back(What.str());
      return;
    }
    if (A.Text == B.Text)
      return;
    if (A.isAssumed() || B.isAssumed())
      UnknownUnits.push_back(What.str());
    else
      differs(DiagId::UnitDiffers, What, A, B);
  }

  void formula(DiagId Id, llvm::StringRef What, const Fact &A, const Fact &B) {
    if (!areComparable(What, A, B))
      return;
    decided(Id, What, A, B, Formulas.compare(*A.Text, *B.Text));
  }

  void decided(DiagId Id, llvm::StringRef What, const Fact &A, const Fact &B,
               Verdict V) {
    if (V == Verdict::Same)
      return;
    if (V == Verdict::Undecided) {
      Found.report(DiagId::NotComparable, B.Place)
          << subject(What)
          << "neither algebra nor values decide whether it is the same";
      return;
    }
    if (A.Text == B.Text)
      // It is a part that is named the same on both sides and is not the same.
      Hidden.push_back({Id, What.str(), &A, &B});
    else
      differs(Id, What, A, B);
  }

  /// Parts with usual names, where what uses them differs for their sake.
  void outlined() {
    for (const EquationFacts &A : Old.Equations) {
      const EquationFacts *B = find(New.Equations, A.Name);
      if (Hidden.empty() || !B || (!A.isOutlined() && !B->isOutlined()))
        continue;
      if (A.Right.isKnown() && B->Right.isKnown() &&
          Formulas.compare(*A.Right.Text, *B->Right.Text) ==
              Verdict::Different) {
        differs(DiagId::EquationDiffers, A.Name, A.Right, B->Right);
        HasPart = true;
      }
    }
  }

  /// Methods that give the same code are the same where the code alone cannot
  /// tell them apart.
  void method() {
    if (!Old.Method.IsThere && !New.Method.IsThere)
      return;
    if (!areComparable("method", Old.Method, New.Method))
      return;
    auto IsReadAs = [](const Fact &F, const Fact &Other) {
      return F.Status == "ambiguous" &&
             llvm::is_contained(F.Alternatives, *Other.Text);
    };
    if (Old.Method.Text != New.Method.Text &&
        !IsReadAs(Old.Method, New.Method) && !IsReadAs(New.Method, Old.Method))
      differs(DiagId::GroupDiffers, "method", Old.Method, New.Method);
  }

  void events() {
    for (const EventFacts &A : Old.Events) {
      const std::string Prefix = prefixOf(A);
      const EventFacts *B = find(New.Events, A.Name);
      if (!B) {
        Found.report(DiagId::PartRemoved) << subject("event " + A.Name);
        continue;
      }
      formula(DiagId::EventDiffers, Prefix + "threshold", A.Threshold,
              B->Threshold);
      code(Prefix + "reset", A.Reset, B->Reset);
      refractory(Prefix + "refractory", A.Refractory, B->Refractory);
    }
    for (const EventFacts &B : New.Events)
      if (!find(Old.Events, B.Name))
        Found.report(DiagId::PartAdded, B.Threshold.Place)
            << subject("event " + B.Name);
  }

  static std::string prefixOf(const EventFacts &E) {
    return E.Name == "spike" ? "" : E.Name + ".";
  }

  /// One side has it and the other has not.
  bool isOneSided(DiagId Id, llvm::StringRef What, const Fact &A,
                  const Fact &B) {
    if (A.IsThere == B.IsThere)
      return false;
    differs(Id, What, A, B);
    return true;
  }

  void code(llvm::StringRef What, const Fact &A, const Fact &B) {
    // A reset that does nothing is none.
    if ((A.isKnown() && A.Text->empty() && !B.IsThere) ||
        (B.isKnown() && B.Text->empty() && !A.IsThere))
      return;
    if (isOneSided(DiagId::EventDiffers, What, A, B) || !A.IsThere ||
        !areComparable(What, A, B))
      return;
    decided(DiagId::EventDiffers, What, A, B,
            Formulas.compareCode(*A.Text, *B.Text));
  }

  void refractory(llvm::StringRef What, const Fact &A, const Fact &B) {
    if (isOneSided(DiagId::EventDiffers, What, A, B) || !A.IsThere ||
        !areComparable(What, A, B))
      return;
    Verdict V = Formulas.compareTimes(*A.Text, *B.Text);
    if (V == Verdict::Different && isCutShort(*A.Text, *B.Text))
      Found.report(DiagId::NotComparable, B.Place)
          << subject(What)
          << "Brian2 before 2.7 writes six decimals of seconds, and these "
             "agree";
    else
      decided(DiagId::EventDiffers, What, A, B, V);
  }

  void runRegularly() {
    for (const RegularFacts &A : Old.RunRegularly) {
      const RegularFacts *B = find(New.RunRegularly, A.Name);
      if (!B) {
        Found.report(DiagId::PartRemoved) << subject(A.Name);
        continue;
      }
      code(A.Name, A.Code, B->Code);
      number(A.Name + ".dt", A.Dt, B->Dt, PrintedDigits, DiagId::ClockDiffers);
      if (A.Subgroup != B->Subgroup)
        differs(DiagId::EventDiffers, A.Name + ".subgroup", A.Subgroup,
                B->Subgroup, B->Code.Place);
    }
    for (const RegularFacts &B : New.RunRegularly)
      if (!find(Old.RunRegularly, B.Name))
        Found.report(DiagId::PartAdded, B.Code.Place) << subject(B.Name);
  }

  /// Of a neuron with compartments.
  void others() {
    for (const NamedFact &A : Old.Others) {
      const NamedFact *B = find(New.Others, A.Name);
      if (!B)
        Found.report(DiagId::PartRemoved) << subject(A.Name);
      else
        number(A.Name, A.Value, B->Value, ExactDigits, DiagId::GroupDiffers);
    }
    for (const NamedFact &B : New.Others)
      if (!find(Old.Others, B.Name))
        Found.report(DiagId::PartAdded, B.Value.Place) << subject(B.Name);
  }

  /// What was put off until the group has been gone through.
  void notes() {
    for (const auto &[Id, What, A, B] : Hidden)
      if (!HasPart)
        differs(Id, What, *A, *B);
    if (!UnknownUnits.empty())
      Found.report(DiagId::NotComparable)
          << subject("units of " + llvm::join(UnknownUnits, ", "))
          << "one side does not know them, or assumes them";
    if (Old.HasIdentifiers != New.HasIdentifiers)
      Found.report(DiagId::NotComparable)
          << subject("names of constants")
          << "their values stand in the code in their place, and are compared";
  }

  struct HiddenDifference {
    DiagId Id;
    std::string What;
    const Fact *A, *B;
  };

  const GroupFacts &Old, &New;
  Diagnostics &Found;
  FormulaComparison Formulas;
  std::vector<HiddenDifference> Hidden; ///< behind names that both sides have
  bool HasPart = false; ///< the part that is behind such a name was reported
  std::vector<std::string> UnknownUnits;
};

class ModelComparison {
public:
  ModelComparison(const ModelFacts &Old, const ModelFacts &New,
                  Diagnostics &Found)
      : Old(Old), New(New), Found(Found) {}

  void run() {
    if (Old.Runs.size() != New.Runs.size())
      Found.report(DiagId::RunDiffers)
          << "number of runs" << std::to_string(Old.Runs.size())
          << std::to_string(New.Runs.size());
    Diagnostics All;
    const size_t Common = std::min(Old.Runs.size(), New.Runs.size());
    for (size_t I = 0; I < Common; ++I)
      runs(I, All);
    // A group is in several runs; what differs in all of them is said once.
    std::set<std::pair<DiagId, std::string>> Seen;
    for (const Diagnostic &D : All.all())
      if (Seen.insert({D.Kind, D.Message}).second)
        Found.add(D);
  }

private:
  void runs(size_t I, Diagnostics &All) {
    const RunFacts &A = Old.Runs[I], &B = New.Runs[I];
    const std::string Name = "duration of run " + std::to_string(I + 1);
    if (A.Duration.Value && B.Duration.Value) {
      if (!isSameNumber(*A.Duration.Value, *B.Duration.Value, ExactDigits))
        All.report(DiagId::RunDiffers, B.Duration.Place)
            << Name << shown(A.Duration) << shown(B.Duration);
    } else if (A.Duration.Value || B.Duration.Value) {
      const Fact &Lost = A.Duration.Value ? B.Duration : A.Duration;
      All.report(DiagId::NotComparable, B.Duration.Place)
          << Name << lost(A.Duration.Value.has_value(), Lost);
    }
    for (const GroupFacts &G : A.Groups) {
      if (const GroupFacts *Same = find(B, G))
        GroupComparison(G, *Same, All).run();
      else
        All.report(DiagId::PartRemoved) << G.Class + " " + G.Name;
    }
    for (const GroupFacts &G : B.Groups)
      if (!find(A, G))
        All.report(DiagId::PartAdded, G.N.Place) << G.Class + " " + G.Name;
  }

  static const GroupFacts *find(const RunFacts &Run, const GroupFacts &G) {
    auto I = llvm::find_if(Run.Groups, [&](const GroupFacts &Other) {
      return Other.Class == G.Class && Other.Name == G.Name;
    });
    return I == Run.Groups.end() ? nullptr : &*I;
  }

  const ModelFacts &Old, &New;
  Diagnostics &Found;
};

} // namespace

void compareModels(const ModelFacts &Old, const ModelFacts &New,
                   Diagnostics &Found) {
  ModelComparison(Old, New, Found).run();
}

} // namespace brian2lift
