//===- Equations/Recover.cpp - From a step to equations -----------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Equations/Candidates.h"
#include "Equations/Equations.h"
#include "Support/TimeReport.h"
#include "Support/Worker.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace brian2lift {

namespace {

constexpr llvm::StringLiteral NotRefractory = "not_refractory";

/// sympy prints 15 digits, and numpy 8 of a single-precision number (of which
/// the last is the type's own error); fractions with larger denominators are
/// not what anybody folded.
constexpr unsigned DoubleDigits = 15, SingleDigits = 7;
constexpr long DoubleDenominator = 10000, SingleDenominator = 100;

} // namespace

Expr rationalise(Expr E, bool IsSinglePrecision) {
  return rewrite(E, [&](Expr Node) {
    if (Node.isCall("*")) // 0*mV: here a zero is a zero
      return Node.operand(0) * Node.operand(1);
    if (!Node.isNumber())
      return Node;
    Rational Value =
        simplestFraction(Node.number(), DoubleDigits, DoubleDenominator);
    if (IsSinglePrecision && Value == Node.number())
      Value = simplestFraction(Value, SingleDigits, SingleDenominator);
    return Node.arena().number(Value);
  });
}

namespace {

/// Reads equations off the step of one group and finds the method.
class Recovery {
public:
  Recovery(const Step &S, Diagnostics &Diags)
      : S(S), Diags(Diags),
        IsSinglePrecision(llvm::any_of(S.Variables, [](const StepVariable &V) {
          return V.Type == ScalarType::Float32;
        })) {}

  Equations run() {
    Result.Refractory = readRefractoriness(S);
    collect();
    if (!Result.List.empty())
      solve();
    addLost();
    choose();
    return std::move(Result);
  }

private:
  /// The equations while the group is not refractory, or while it is.
  struct Regime {
    SystemCandidate Candidate;
    std::vector<EquationCheck> Checks;
  };

  const Step &S;
  Diagnostics &Diags;
  Equations Result;
  SystemCandidate Candidate;  // of the regime at hand
  SystemCandidate Derived;    // the same with the derivatives of the steps
  std::optional<Regime> Best; // of the candidates tried
  bool IsSinglePrecision;

  static bool isConfirmed(const EquationCheck &C) {
    return !C.Methods.empty() || C.IsCustomMethod;
  }

  /// Variables that the step moves in a way that was not understood.
  void addLost() {
    for (const std::string &Name : S.Lost) {
      if (Name == NotRefractory || Name == "lastspike")
        continue;
      DifferentialEquation Eq;
      Eq.Variable = Name;
      if (const StepVariable *V = S.findVariable(Name))
        Eq.Sources.push_back(V->Place);
      lose(Eq);
      Result.List.push_back(std::move(Eq));
    }
    llvm::sort(Result.List, [](const auto &L, const auto &R) {
      return L.Variable < R.Variable;
    });
  }

  void lose(DifferentialEquation &Eq) {
    Eq.Drift = Expr();
    Eq.Noise.clear();
    Eq.Check = EquationCheck();
    SourcePlace Place = Eq.Sources.empty() ? S.Place : Eq.Sources.front();
    Diags.report(DiagId::EquationCheckFailed, Place) << Eq.Variable;
  }

  void solve() {
    Regime Active = recover(/*NotRefractoryValue=*/true);
    // While the group is refractory other rows may follow other equations, and
    // the stages of a method see the held variables standing still.
    std::optional<Regime> Held;
    if (dependsOnFlag())
      Held = recover(/*NotRefractoryValue=*/false);
    for (size_t I = 0; I < Result.List.size(); ++I) {
      DifferentialEquation &Eq = Result.List[I];
      Eq.Check = Active.Checks[I];
      Eq.Drift = Active.Candidate.Rows[I].Drift;
      Eq.Noise = Active.Candidate.Rows[I].Noise;
      bool Confirmed = isConfirmed(Eq.Check);
      if (Held) {
        const EquationCheck &Other = Held->Checks[I];
        Confirmed &= isConfirmed(Other);
        llvm::erase_if(Eq.Check.Methods, [&](Method M) {
          return !llvm::is_contained(Other.Methods, M);
        });
        Eq.Check.MaxRelativeError =
            std::max(Eq.Check.MaxRelativeError, Other.MaxRelativeError);
        Eq.Check.IsCustomMethod |= Other.IsCustomMethod;
        Confirmed &= isConfirmed(Eq.Check);
        if (Confirmed && !Eq.UnlessRefractory)
          joinRegimes(Eq, Held->Candidate.Rows[I]);
      }
      if (!Confirmed)
        lose(Eq);
    }
  }

  /// The variables that the step moves.
  void collect() {
    for (const auto &[Name, Value] : S.Final) {
      if (Name == NotRefractory || Name == "lastspike")
        continue;
      DifferentialEquation Eq;
      Eq.Variable = Name;
      // `if (not_refractory) v = _v;` holds v still, and says so where nothing
      // moves v: dv/dt = 0/ms. `int(not_refractory)` in the equation holds it
      // still, too, but there the temporary itself does.
      const StepTemporary *New = S.findTemporary("_" + Name);
      bool InTemporary = New && New->Value == Value;
      Expr Variable = Value.arena().symbol(Name);
      Eq.UnlessRefractory =
          assume(Value, NotRefractory, false) == Variable &&
          (S.Guarded.count(Name) ||
           (!InTemporary && assume(Value, NotRefractory, true) != Variable));
      // The temporary's statement says more than the copy back.
      if (New)
        Eq.Sources.push_back(New->Begin);
      for (const StepWrite &W : S.Writes)
        if (W.Name == Name)
          Eq.Sources.push_back(W.Begin);
      Result.List.push_back(std::move(Eq));
    }
  }

  bool dependsOnFlag() const {
    return llvm::any_of(Result.List, [&](const DifferentialEquation &Eq) {
      Expr Step = S.Final.at(Eq.Variable);
      return !Eq.UnlessRefractory &&
             contains(Step, Step.arena().symbol(NotRefractory));
    });
  }

  Regime recover(bool NotRefractoryValue) {
    Candidate = SystemCandidate();
    Candidate.Xis = S.Noise;
    Candidate.Constants = S.Constants;
    for (const StepVariable &V : S.Variables)
      if (V.Type == ScalarType::Boolean)
        Candidate.Booleans.insert(V.Name);
    for (const DifferentialEquation &Eq : Result.List) {
      auto Simplified = [&](Expr E) {
        return rationalise(assume(E, NotRefractory, NotRefractoryValue),
                           IsSinglePrecision);
      };
      SystemCandidate::Row Row;
      Expr Step = S.Final.at(Eq.Variable);
      Row.Variable = Step.arena().symbol(Eq.Variable);
      Row.Step = Simplified(Step);
      const StepTemporary *T = S.findTemporary("_BA_" + Eq.Variable);
      if (T && T->Value && Row.Step != Row.Variable)
        Row.BOverA = Simplified(T->Value);
      for (llvm::StringRef Stage : {"__k_", "__k_1_"})
        if (const StepTemporary *K =
                S.findTemporary((Stage + Eq.Variable).str());
            K && K->Value)
          Row.FirstStage = Simplified(K->Value);
      Candidate.Rows.push_back(std::move(Row));
    }
    Best = std::nullopt;
    confirm();
    if (Best)
      return std::move(*Best);
    return {Candidate, std::vector<EquationCheck>(Candidate.Rows.size())};
  }

  /// One equation for both regimes; they differ where an author used
  /// `int(not_refractory)`.
  void joinRegimes(DifferentialEquation &Eq, const SystemCandidate::Row &Held) {
    ExprArena &A = Eq.Drift.arena();
    Expr Flag = A.symbol(NotRefractory);
    auto Join = [&](Expr IfActive, Expr IfHeld) {
      return agreeEverywhere(IfActive, IfHeld, Candidate)
                 ? IfActive
                 : A.select(Flag, IfActive, IfHeld);
    };
    Eq.Drift = Join(Eq.Drift, Held.Drift);
    std::vector<NoiseTerm> Joined;
    for (const std::string &Xi : S.Noise) {
      auto Find = [&](llvm::ArrayRef<NoiseTerm> Terms) {
        for (const NoiseTerm &N : Terms)
          if (N.Xi == Xi)
            return N.Amplitude;
        return A.number(0);
      };
      Expr Amplitude = Join(Find(Eq.Noise), Find(Held.Noise));
      if (!Amplitude.isZero())
        Joined.push_back({Xi, Amplitude});
    }
    Eq.Noise = std::move(Joined);
  }

  /// Where a row is not confirmed, its drift is not what the code does, and may
  /// have been made up from what another row reads: any k is dt*f for some f.
  /// What such a reader's own derivative does not say either is taken back.
  void distrustReaders(std::vector<EquationCheck> &Checks) {
    llvm::SmallVector<bool> Open;
    for (const EquationCheck &Check : Checks)
      Open.push_back(!isConfirmed(Check));
    auto ReadsOpen = [&](const SystemCandidate::Row &Row) {
      for (auto [IsOpen, Other] : llvm::zip(Open, Candidate.Rows))
        if (IsOpen && contains(Row.Drift, Other.Variable))
          return true;
      return false;
    };
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (auto [IsOpen, Row, Check, Own] :
           llvm::zip(Open, Candidate.Rows, Checks, Derived.Rows)) {
        if (IsOpen || !Row.Drift || !ReadsOpen(Row))
          continue;
        IsOpen = Changed = true;
        if (!Own.Drift || !agreeEverywhere(Row.Drift, Own.Drift, Candidate))
          Check = EquationCheck();
      }
    }
  }

  /// Checks the equations at hand against `Wanted` methods (all when empty) and
  /// keeps them when more of them are confirmed than of any before. True when
  /// all are.
  bool attempt(llvm::ArrayRef<Method> Wanted = {}) {
    std::vector<EquationCheck> Checks = reintegrate(Candidate).Rows;
    auto IsWanted = [&](Method M) {
      return Wanted.empty() || llvm::is_contained(Wanted, M);
    };
    for (auto [Check, Row] : llvm::zip(Checks, Candidate.Rows))
      if (Row.Step != Row.Variable && llvm::none_of(Check.Methods, IsWanted))
        Check = EquationCheck();
    distrustReaders(Checks);
    auto Confirmed = [](llvm::ArrayRef<EquationCheck> All) {
      return llvm::count_if(All, isConfirmed);
    };
    if (!Best || Confirmed(Checks) > Confirmed(Best->Checks))
      Best = Regime{Candidate, std::move(Checks)};
    return Confirmed(Best->Checks) == static_cast<long>(Candidate.Rows.size());
  }

  /// Marks every row that moves as integrated by a method of the user's.
  void acceptCustomMethod(unsigned Points) {
    std::vector<EquationCheck> Checks = reintegrate(Candidate).Rows;
    for (auto [Check, Row] : llvm::zip(Checks, Candidate.Rows)) {
      // A variable that is held agrees with every method.
      if (Row.Step == Row.Variable)
        continue;
      Check = EquationCheck();
      Check.IsCustomMethod = true;
      Check.Points = Points;
    }
    Best = Regime{Candidate, std::move(Checks)};
  }

  /// Tries the sources of f in turn, from the plainest reading of the code to
  /// the most far-fetched, until every equation is confirmed.
  void confirm() {
    bool HasStages = hasTemporaryStartingWith("__");
    bool HasSupport = hasTemporaryStartingWith("__x_support_");
    bool Differentiable = differentiateSteps(Candidate);
    Derived = Candidate;
    bool MayBeEuler = !HasStages && !isNamed("_BA_") && mayBeEuler(Derived);
    SystemCandidate Divided = Derived;
    divideIncrements(Divided);

    if (MayBeEuler && isShiftedInTime(Divided, Derived) &&
        !isEulerAtTheseEquations())
      return acceptCustomMethod(/*Points=*/0);
    if (MayBeEuler && looksLikeEulerWithDt(Derived)) {
      Candidate = Divided;
      if (attempt(Method::Euler))
        return;
      Candidate = Derived;
    }
    // Runge-Kutta steps without the names of their stages are more likely
    // Euler steps of an equation that holds dt.
    static constexpr Method StageFree[] = {Method::Exact, Method::Euler,
                                           Method::ExponentialEuler};
    if (Differentiable && (HasStages ? attempt() : attempt(StageFree)))
      return;
    // Stages of a Runge-Kutta method draw their random numbers anew; the
    // equation has one.
    if (mergeDraws(Candidate) && differentiateSteps(Candidate) && attempt())
      return;
    Candidate = Derived;
    static constexpr Method RungeKutta[] = {Method::Rk2, Method::Rk4};
    if (readStages(Candidate) && attempt(RungeKutta))
      return;
    Candidate = Derived;
    if (readExponentials(Candidate) && attempt(Method::ExponentialEuler))
      return;
    static constexpr Method Stochastic[] = {Method::Heun, Method::Milstein};
    Candidate = Divided;
    if (MayBeEuler ? attempt(Method::Euler) : HasSupport && attempt(Stochastic))
      return;
    Candidate = Derived;
    unsigned Points = 0;
    if (HasStages && isConsistentOneStepMethod(Derived, Points))
      return acceptCustomMethod(Points);
    if (Differentiable)
      attempt();
  }

  /// True when Euler's method reproduces every row of the present candidate.
  bool isEulerAtTheseEquations() const {
    return llvm::all_of(
        reintegrate(Candidate).Rows, [](const EquationCheck &Check) {
          return llvm::is_contained(Check.Methods, Method::Euler);
        });
  }

  bool isNamed(llvm::StringRef Prefix) const {
    return llvm::any_of(Result.List, [&](const DifferentialEquation &Eq) {
      return S.findTemporary((Prefix + Eq.Variable).str()) != nullptr;
    });
  }

  bool hasTemporaryStartingWith(llvm::StringRef Prefix) const {
    return llvm::any_of(S.Temporaries, [&](const StepTemporary &T) {
      return llvm::StringRef(T.Name).starts_with(Prefix);
    });
  }

  /// Several methods may reproduce the same step. The generator's own names
  /// for its temporaries tell them apart; what remains is identical code, and
  /// there Brian2's own order of trying decides.
  void choose() {
    bool First = true;
    for (const DifferentialEquation &Eq : Result.List) {
      if (!Eq.Drift)
        continue;
      Result.IsCustomMethod |= Eq.Check.IsCustomMethod;
      if (First)
        Result.Candidates = Eq.Check.Methods;
      else
        llvm::erase_if(Result.Candidates, [&](Method M) {
          return !llvm::is_contained(Eq.Check.Methods, M);
        });
      First = false;
    }
    if (Result.IsCustomMethod || Result.Candidates.empty())
      return;
    auto Has = [&](Method M) {
      return llvm::is_contained(Result.Candidates, M);
    };
    std::optional<Method> Named;
    if (isNamed("_BA_"))
      Named = Method::ExponentialEuler;
    else if (hasTemporaryStartingWith("__k_1_"))
      Named = Method::Rk4;
    else if (hasTemporaryStartingWith("__x_support_"))
      Named =
          hasTemporaryStartingWith("__k_") ? Method::Milstein : Method::Heun;
    else if (hasTemporaryStartingWith("__k_"))
      Named = Method::Rk2;
    if (Named && Has(*Named)) {
      Result.Chosen = Named;
      return;
    }
    // Where Euler's step is exact too, Euler's is what the code looks like.
    if (Has(Method::Exact) && !Has(Method::Euler))
      Result.Chosen = Method::Exact;
    else if (Has(Method::Euler))
      Result.Chosen = Method::Euler;
    else
      Result.Chosen = Result.Candidates.front();
  }
};

} // namespace

Expr inBrianCalls(Expr E) {
  return rewrite(E, [](Expr Node) {
    if (!Node.is(ExprKind::Call) || Node.operands().empty())
      return Node;
    if (Node.isCall("truncdiv") || Node.isCall("truncmod")) {
      Expr A = Node.operand(0), B = Node.operand(1);
      Expr Quotient = Node.arena().call("int", {A / B});
      return Node.isCall("truncdiv") ? Quotient : A - B * Quotient;
    }
    if (!isRandomCall(Node) || !Node.operands().back().isNumber())
      return Node;
    return Node.arena().call(Node.name(), Node.operands().drop_back());
  });
}

Expr DifferentialEquation::rightHandSide() const {
  if (!Drift)
    return Expr();
  ExprArena &A = Drift.arena();
  Expr Sum = Drift;
  for (const NoiseTerm &N : Noise)
    Sum = Sum + N.Amplitude * A.symbol(N.Xi);
  Sum = selectsToInt(Sum);
  return Sum ? inBrianCalls(Sum) : Sum;
}

void forEachExpr(Equations &E, llvm::function_ref<void(Expr &)> Do) {
  auto DoKnown = [&](Expr &Each) {
    if (Each)
      Do(Each);
  };
  for (DifferentialEquation &Eq : E.List) {
    DoKnown(Eq.Drift);
    for (NoiseTerm &N : Eq.Noise)
      DoKnown(N.Amplitude);
  }
  if (E.Refractory) {
    DoKnown(E.Refractory->Duration);
    DoKnown(E.Refractory->Condition);
  }
}

Equations recoverEquations(const Step &S, Diagnostics &Diags) {
  StageTimer Timer(Stage::Equations);
  markPlace(S.Place);
  Equations Result = Recovery(S, Diags).run();
  markPlace({});
  return Result;
}

Equations recoverGslEquations(const Step &S, llvm::StringRef StepType,
                              Diagnostics &Diags) {
  Equations E = recoverEquations(S, Diags);
  std::optional<Method> Gsl;
  for (Method M : {Method::GslRk2, Method::GslRk4, Method::GslRkf45,
                   Method::GslRkck, Method::GslRk8pd})
    if (name(M) == ("gsl_" + StepType).str())
      Gsl = M;
  E.Chosen = Gsl;
  E.Candidates.clear();
  if (Gsl)
    E.Candidates.push_back(*Gsl);
  for (DifferentialEquation &Eq : E.List) {
    bool IsEuler = llvm::is_contained(Eq.Check.Methods, Method::Euler);
    Eq.Check.Methods = E.Candidates;
    if (IsEuler)
      continue;
    Eq.Drift = Expr();
    Eq.Noise.clear();
    Eq.Check = EquationCheck();
  }
  return E;
}

} // namespace brian2lift
