//===- Equations/Equations.h - Differential equations from one step -----===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Lift by differentiation, identify by re-integration. A generator turns
// dx/dt = f(x) + g(x) xi into a step x -> Phi(x, dt, xi). Every consistent
// one-step method has
//
//   f = dPhi/d(dt) at dt = 0 and xi = 0,   g = dPhi/dxi / sqrt(dt) as dt -> 0,
//
// so one inversion serves them all and no template of a method is matched:
//
//   exponential_euler   _v = -_BA_v + (_BA_v + v)*exp(dt*A)   f = (v + _BA_v)*A
//   rk4                 v + (k_1 + 2*k_2 + 2*k_3 + k_4)/6     f = k_1/dt at 0
//
// Then each method that Brian2 has is applied, numerically, to the recovered
// f and g and compared with Phi. The methods that reproduce the code name the
// method, and are the proof that the equation is right; an equation that no
// method reproduces is not given back. Methods: Brian2's stateupdaters/
// (explicit.py, exact.py, exponential_euler.py).
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EQUATIONS_EQUATIONS_H
#define BRIAN2LIFT_EQUATIONS_EQUATIONS_H

#include "Step/Step.h"
#include "Support/Diagnostics.h"
#include <optional>
#include <string>
#include <vector>

namespace brian2lift {

/// Brian2's methods in the order in which Brian2 itself would try them.
enum class Method {
  Exact,
  Euler,
  Heun,
  ExponentialEuler,
  Rk2,
  Rk4,
  Milstein,
  GslRk2,
  GslRk4,
  GslRkf45,
  GslRkck,
  GslRk8pd
};
/// `exact`, `exponential_euler`, ...
llvm::StringRef name(Method M);

/// How an equation was confirmed.
struct EquationCheck {
  /// All methods whose step, applied to the recovered equations, is the code's.
  std::vector<Method> Methods;
  unsigned Points = 0; ///< at how many random points they were compared
  double MaxRelativeError = 0;
  /// No known method reproduces the code, but the step is that of some
  /// consistent explicit method applied to this equation: its second-order term
  /// is a fixed multiple of f'f (a B-series; Hairer, Nørsett and Wanner,
  /// Solving ODEs I, II.2).
  bool IsCustomMethod = false;
  /// Of a membrane current (Equations/Membrane.h): its derivative by v is what
  /// the code uses for it. No method integrates it.
  bool IsLinearisation = false;
};

struct NoiseTerm {
  std::string Xi;
  Expr Amplitude;
};

struct DifferentialEquation {
  std::string Variable;
  Expr Drift; ///< f; null when the equation could not be confirmed
  std::vector<NoiseTerm> Noise;
  bool UnlessRefractory = false;
  EquationCheck Check;
  std::vector<SourcePlace> Sources;

  /// f plus noise terms, with Selects on boolean variables as int(...), and
  /// random numbers as Brian writes them; null like Drift.
  Expr rightHandSide() const;
};

/// How long a group is refractory, in one of Brian2's two forms.
struct Refractoriness {
  Expr Duration;         ///< a time: a constant, a variable or an expression
  Expr Condition;        ///< refractory as long as this holds
  bool IsLegacy = false; ///< `(t - lastspike) > x`, Brian2 2.1.2 and before
  SourcePlace Begin;
};

struct Equations {
  std::vector<DifferentialEquation> List; ///< by name
  std::optional<Refractoriness> Refractory;
  /// The method; none when there is no equation or when none reproduces all.
  std::optional<Method> Chosen;
  /// All methods that reproduce every equation.
  std::vector<Method> Candidates;
  bool IsCustomMethod = false;
};

/// Calls `Do` for every expression of `E` that is not null.
void forEachExpr(Equations &E, llvm::function_ref<void(Expr &)> Do);

/// Reads the equations out of a state updater's step.
Equations recoverEquations(const Step &S, Diagnostics &Diags);

/// The same where the GSL integrates with the given step type (`rk4`): `S` is
/// then one Euler step of the equations that the library is given (Step/Gsl.h),
/// and the method is the library's.
Equations recoverGslEquations(const Step &S, llvm::StringRef StepType,
                              Diagnostics &Diags);

/// What the update of `not_refractory` says about the duration or condition;
/// nullopt when there is none or it has a form that is not understood.
std::optional<Refractoriness> readRefractoriness(const Step &S);

/// `E` with the calls that Brian's language has: random numbers without the
/// counter that keeps them apart (`rand(0)` is `rand()`), C++'s division of
/// integers as `int(a/b)` and its remainder as `a - b*int(a/b)`.
Expr inBrianCalls(Expr E);

/// `E` with literals that the generator rounded as the fractions that they
/// were: 0.0555555555555556 is 1/18. In single precision the last digit of
/// numpy's text is the type's own error.
Expr rationalise(Expr E, bool IsSinglePrecision);

/// The text of `--dump=equations`.
void print(llvm::raw_ostream &OS, const Equations &E);

} // namespace brian2lift

#endif // BRIAN2LIFT_EQUATIONS_EQUATIONS_H
