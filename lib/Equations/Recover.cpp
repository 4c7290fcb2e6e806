//===- Equations/Recover.cpp - From a step to equations ------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Equations/Equations.h"
#include "Equations/Reintegrate.h"
#include "Equations/Series.h"
#include "Expr/Text.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace brian2lift {

llvm::StringRef name(Method M) {
  switch (M) {
  case Method::Exact:
    return "exact";
  case Method::Euler:
    return "euler";
  case Method::Heun:
    return "heun";
  case Method::ExponentialEuler:
    return "exponential_euler";
  case Method::Rk2:
    return "rk2";
  case Method::Rk4:
    return "rk4";
  case Method::Milstein:
    return "milstein";
  case Method::GslRk2:
    return "gsl_rk2";
  case Method::GslRk4:
    return "gsl_rk4";
  case Method::GslRkf45:
    return "gsl_rkf45";
  case Method::GslRkck:
    return "gsl_rkck";
  case Method::GslRk8pd:
    return "gsl_rk8pd";
  }
  return "";
}

namespace {

constexpr llvm::StringLiteral NotRefractory = "not_refractory";

/// sympy prints 15 digits, and numpy 8 of a single-precision number (of which
/// the last is the type's own error); fractions with larger denominators are
/// not what anybody folded.
constexpr unsigned DoubleDigits = 15, SingleDigits = 7;
constexpr long DoubleDenominator = 10000, SingleDenominator = 100;

/// Literals that the generator rounded, as the fractions that they were.
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

bool dependsOn(Expr E, llvm::StringRef Symbol) {
  return contains(E, E.arena().symbol(Symbol));
}

/// What the refractory flag's update says about its duration or condition.
std::optional<Refractoriness> readRefractoriness(const Step &S) {
  auto It = S.Final.find(NotRefractory.str());
  if (It == S.Final.end())
    return std::nullopt;
  Refractoriness R;
  for (const StepWrite &W : S.Writes)
    if (W.Name == NotRefractory)
      R.Begin = W.Begin;
  Expr Value = It->second;
  ExprArena &A = Value.arena();
  // A condition: the flag returns as soon as it does not hold. With the flag
  // up it stays up.
  if (dependsOn(Value, NotRefractory)) {
    if (!assume(Value, NotRefractory, true).isTrue())
      return std::nullopt;
    R.Condition = A.negation(assume(Value, NotRefractory, false));
    return R;
  }
  // A time: timestep(t - lastspike, dt) >= timestep(x, dt), or the older
  // (t - lastspike) > x.
  Expr Elapsed = A.symbol("t") - A.symbol("lastspike");
  Expr Dt = A.symbol("dt");
  if (Value.is(ExprKind::Ge) &&
      Value.operand(0) == A.call("timestep", {Elapsed, Dt}) &&
      Value.operand(1).isCall("timestep") &&
      Value.operand(1).operands().size() == 2 &&
      Value.operand(1).operand(1) == Dt) {
    R.Duration = Value.operand(1).operand(0);
    return R;
  }
  if (Value.is(ExprKind::Gt) && Value.operand(0) == Elapsed) {
    R.Duration = Value.operand(1);
    R.IsLegacy = true;
    return R;
  }
  return std::nullopt;
}

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
    if (Result.List.empty())
      return std::move(Result);
    Regime Active = recover(/*NotRefractory=*/true);
    // While the group is refractory other rows may follow other equations, and
    // the stages of a method see the held variables standing still.
    std::optional<Regime> Held;
    if (dependsOnFlag())
      Held = recover(/*NotRefractory=*/false);
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
      if (Confirmed)
        continue;
      Eq.Drift = Expr();
      Eq.Noise.clear();
      Eq.Check = EquationCheck();
      Diags.report(DiagId::EquationCheckFailed, S.Place) << Eq.Variable;
    }
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
  SystemCandidate Candidate; // of the regime at hand
  bool IsSinglePrecision;

  static bool isConfirmed(const EquationCheck &C) {
    return !C.Methods.empty() || C.IsCustomMethod;
  }

  /// The variables that the step moves.
  void collect() {
    for (const auto &[Name, Value] : S.Final) {
      if (Name == NotRefractory || Name == "lastspike")
        continue;
      DifferentialEquation Eq;
      Eq.Variable = Name;
      // `if (not_refractory) v = _v;` holds v still; `int(not_refractory)` in
      // the equation does so too, but there the temporary itself does.
      const StepTemporary *New = S.findTemporary("_" + Name);
      bool InTemporary = New && New->Value == Value;
      Expr Variable = Value.arena().symbol(Name);
      Eq.UnlessRefractory = !InTemporary &&
                            assume(Value, NotRefractory, false) == Variable &&
                            assume(Value, NotRefractory, true) != Variable;
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
      return !Eq.UnlessRefractory &&
             dependsOn(S.Final.at(Eq.Variable), NotRefractory);
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
      Candidate.Rows.push_back(std::move(Row));
    }
    std::vector<EquationCheck> Checks = confirm();
    return {std::move(Candidate), std::move(Checks)};
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

  bool hasStageTemporaries() const {
    return llvm::any_of(S.Temporaries, [](const StepTemporary &T) {
      return llvm::StringRef(T.Name).starts_with("__");
    });
  }

  /// Tries the sources of f in turn until every equation is confirmed.
  std::vector<EquationCheck> confirm() {
    std::vector<EquationCheck> Best(Candidate.Rows.size());
    SystemCandidate BestCandidate = Candidate;
    auto Try = [&](bool Found) {
      if (!Found)
        return false;
      ReintegrationResult R = reintegrate(Candidate);
      auto Confirmed = [](llvm::ArrayRef<EquationCheck> Checks) {
        return llvm::count_if(
            Checks, [](const EquationCheck &C) { return !C.Methods.empty(); });
      };
      if (Confirmed(R.Rows) > Confirmed(Best)) {
        Best = R.Rows;
        BestCandidate = Candidate;
      }
      return Confirmed(Best) == static_cast<long>(Best.size());
    };
    auto Settle = [&] {
      Candidate = BestCandidate;
      return Best;
    };
    bool Differentiable = differentiateSteps();
    SystemCandidate Derived = Candidate;
    if (isEulerWithDt()) {
      divideIncrements();
      if (!isShiftedInTime(Derived) && Try(true))
        return Settle();
      Candidate = Derived;
    }
    if (Try(Differentiable))
      return Settle();
    // Stages of a Runge-Kutta method draw their random numbers anew; the
    // equation has one.
    if (mergeDraws() && Try(differentiateSteps()))
      return Settle();
    Candidate = Derived;
    // An equation that holds dt itself is what the derivative cannot see. The
    // first stage of a method is dt*f.
    for (llvm::StringRef Stage : {"__k_", "__k_1_"})
      if (Try(readStage(Stage)))
        return Settle();
    Candidate = Derived;
    if (!hasStageTemporaries()) {
      divideIncrements();
      if (isShiftedInTime(Derived)) {
        // A method of the user's that evaluates f at t + c*dt.
        Candidate = Derived;
        for (EquationCheck &Check : Best)
          Check = customCheck(/*Points=*/0);
        return Best;
      }
      if (Try(true))
        return Settle();
    } else if (unsigned Points = 0; isConsistentOneStepMethod(Derived, Points)) {
      for (auto [Check, Row] : llvm::zip(Best, Derived.Rows)) {
        // A variable that is held agrees with every method.
        if (Row.Step == Row.Variable)
          continue;
        Check = customCheck(Points);
      }
      Candidate = Derived;
      return Best;
    }
    return Settle();
  }

  static EquationCheck customCheck(unsigned Points) {
    EquationCheck Check;
    Check.IsCustomMethod = true;
    Check.Points = Points;
    return Check;
  }

  /// True when the increments over dt are the equations of `Derived` at a later
  /// time t + c*dt, and hold dt in no other way.
  bool isShiftedInTime(const SystemCandidate &Derived) const {
    static const Rational Fractions[] = {{1, 2}, {1, 1}, {1, 3}, {2, 3},
                                         {1, 4}, {3, 4}, {2, 5}, {3, 5}};
    ExprArena &A = Candidate.Rows[0].Step.arena();
    Expr T = A.symbol("t"), Dt = A.symbol("dt");
    return llvm::any_of(Fractions, [&](const Rational &C) {
      for (size_t I = 0; I < Candidate.Rows.size(); ++I) {
        Expr Increment = Candidate.Rows[I].Drift, F = Derived.Rows[I].Drift;
        if (!F)
          return false;
        Expr Moved = substitute(F, {{T, T + C * Dt}});
        if (!agreeEverywhere(Increment, Moved, Candidate))
          return false;
      }
      return true;
    });
  }

  /// f and g as coefficients of the step's series at dt = 0.
  bool differentiateSteps() {
    bool Found = false;
    ExprArena &A = Candidate.Rows[0].Step.arena();
    Series Expansion(A);
    llvm::DenseMap<Expr, Expr> NoNoise;
    for (const std::string &Xi : Candidate.Xis)
      NoNoise[A.symbol(Xi)] = A.number(0);
    for (auto &Row : Candidate.Rows) {
      Row.Drift = Expr();
      Row.Noise.clear();
      Expr Quiet = substitute(Row.Step, NoNoise);
      bool Regular = true;
      for (int K = std::min(Expansion.lowest(Quiet), 0); K < 2 && Regular; ++K) {
        Expr C = Expansion.coefficient(Quiet, K);
        // A step of no time is no step.
        Regular = C && (K == 0 ? agreeEverywhere(C, Row.Variable, Candidate)
                               : C.isZero());
      }
      Expr Drift = Regular ? Expansion.coefficient(Quiet, 2) : Expr();
      if (!Drift)
        continue;
      for (const std::string &Xi : Candidate.Xis) {
        Expr Slope = substitute(differentiate(Row.Step, A.symbol(Xi)), NoNoise);
        Expr Amplitude = Expansion.coefficient(Slope, 1);
        if (!Amplitude || hasUnknownDerivative(Amplitude)) {
          Drift = Expr();
          break;
        }
        if (!Amplitude.isZero())
          Row.Noise.push_back({Xi, Amplitude});
      }
      if (!Drift || hasUnknownDerivative(Drift))
        continue;
      Row.Drift = Drift;
      Found = true;
    }
    return Found;
  }

  /// An equation that holds dt can make Euler's step look like an exact one:
  /// x + dt*(x*(exp(-dt/tau) - 1)/dt). Euler's always has the term x by itself,
  /// a solution of linear equations has it in every row only when no row has an
  /// exponential.
  bool isEulerWithDt() const {
    if (hasStageTemporaries() || isNamed("_BA_"))
      return false;
    bool HasFunctionOfDt = false;
    for (const auto &Row : Candidate.Rows) {
      if (!Row.Step.is(ExprKind::Add) ||
          !llvm::is_contained(Row.Step.operands(), Row.Variable))
        return false;
      visit(Row.Step, [&](Expr E) {
        HasFunctionOfDt |= E.is(ExprKind::Call) && dependsOn(E, "dt");
      });
    }
    return HasFunctionOfDt;
  }

  bool mergeDraws() {
    bool Changed = false;
    for (auto &Row : Candidate.Rows) {
      Expr Merged = withoutDrawNumbers(Row.Step);
      Changed |= Merged != Row.Step;
      Row.Step = Merged;
    }
    return Changed;
  }

  /// f = k/dt where the code names the first stage of a method.
  bool readStage(llvm::StringRef Prefix) {
    bool Found = false;
    for (auto &Row : Candidate.Rows) {
      Row.Drift = Expr();
      const StepTemporary *T =
          S.findTemporary((Prefix + Row.Variable.name()).str());
      if (!T || !T->Value)
        continue;
      Row.Drift = divideByDt(rationalise(T->Value, IsSinglePrecision));
      Found = true;
    }
    return Found;
  }

  /// f = (Phi - x)/dt without noise, g = dPhi/dxi / sqrt(dt): an Euler step of
  /// equations that hold dt.
  bool divideIncrements() {
    ExprArena &A = Candidate.Rows[0].Step.arena();
    llvm::DenseMap<Expr, Expr> NoNoise;
    for (const std::string &Xi : Candidate.Xis)
      NoNoise[A.symbol(Xi)] = A.number(0);
    for (auto &Row : Candidate.Rows) {
      Row.Noise.clear();
      Expr Quiet = substitute(Row.Step, NoNoise);
      Row.Drift = divideByDt(Quiet - Row.Variable);
      for (const std::string &Xi : Candidate.Xis) {
        Expr Slope = substitute(differentiate(Row.Step, A.symbol(Xi)), NoNoise);
        if (!Slope.isZero())
          Row.Noise.push_back(
              {Xi, Slope * pow(A.symbol("dt"), Rational(-1, 2))});
      }
    }
    return true;
  }

  static Expr divideByDt(Expr E) {
    ExprArena &A = E.arena();
    Expr PerDt = pow(A.symbol("dt"), -1);
    if (!E.is(ExprKind::Add))
      return E * PerDt;
    llvm::SmallVector<Expr, 8> Terms;
    for (Expr Term : E.operands())
      Terms.push_back(Term * PerDt);
    return A.add(Terms);
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
      Named = hasTemporaryStartingWith("__k_") ? Method::Milstein : Method::Heun;
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

Expr withoutDrawNumbers(Expr E) {
  return rewrite(E, [](Expr Node) {
    if (!Node.is(ExprKind::Call) || Node.operands().empty())
      return Node;
    static constexpr llvm::StringLiteral Draws[] = {"rand", "randn", "poisson",
                                                    "binomial"};
    if (!llvm::is_contained(Draws, Node.name()) ||
        !Node.operands().back().isNumber())
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
  return Sum ? withoutDrawNumbers(Sum) : Sum;
}

Equations recoverEquations(const Step &S, Diagnostics &Diags) {
  return Recovery(S, Diags).run();
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

void print(llvm::raw_ostream &OS, const Equations &E) {
  for (const DifferentialEquation &Eq : E.List) {
    Expr Right = Eq.rightHandSide();
    OS << "d" << Eq.Variable << "/dt = "
       << (Right ? toBrian(Right) : std::string("?"));
    if (Eq.UnlessRefractory)
      OS << " (unless refractory)";
    OS << "  [";
    llvm::ListSeparator LS;
    for (Method M : Eq.Check.Methods)
      OS << LS << name(M);
    if (Eq.Check.IsCustomMethod)
      OS << LS << "custom";
    OS << "]\n";
  }
  if (E.Refractory)
    OS << "refractory "
       << toBrian(E.Refractory->Duration ? E.Refractory->Duration
                                         : E.Refractory->Condition)
       << '\n';
  OS << "method "
     << (E.Chosen ? name(*E.Chosen)
                  : llvm::StringRef(E.IsCustomMethod ? "unknown" : "none"))
     << '\n';
}

} // namespace brian2lift
