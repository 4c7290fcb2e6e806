//===- Equations/Reintegrate.cpp ----------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Equations/Reintegrate.h"
#include "Equations/Points.h"
#include "Equations/Series.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include <array>
#include <cmath>
#include <memory>

namespace brian2lift {

namespace {

constexpr unsigned WantedPoints = 64;
/// Points far from usual values can only refute a method: there an expression
/// often is what it is for one of its terms alone.
constexpr unsigned FarPoints = 32;
constexpr unsigned EnoughPoints = 12;
/// Rounding does not lose the value of one side at so many.
constexpr unsigned MaxOneSided = 3;
constexpr unsigned MaxAttempts = 256;
/// Agreement is measured against the increment, not against the value: at small
/// dt all methods agree on the value.
constexpr double Tolerance = 1e-9;
constexpr long FirstBits = 128;
constexpr long LastBits = 1024;

constexpr Method Methods[] = {
    Method::Exact, Method::Euler, Method::Heun,    Method::ExponentialEuler,
    Method::Rk2,   Method::Rk4,   Method::Milstein};
constexpr size_t NumMethods = std::size(Methods);

using Vector = std::vector<Real>;
using Point = std::vector<std::pair<Expr, double>>;

/// The valuations that one point needs, made once for all points.
class Valuations {
public:
  Valuations(long Bits, EvaluationPlan &Plan) : Bits(Bits), Plan(Plan) {}

  /// An empty one; it is the caller's until `restart`.
  Valuation &take() {
    if (Used == All.size())
      All.push_back(std::make_unique<Valuation>(Bits, Plan));
    else
      All[Used]->clear();
    return *All[Used++];
  }
  void restart() { Used = 0; }

private:
  long Bits;
  EvaluationPlan &Plan;
  std::vector<std::unique_ptr<Valuation>> All;
  size_t Used = 0;
};

/// All methods at one point, with a given number of bits.
class AtPoint {
public:
  /// `Slopes` are df/dx of each row, null where there is no f. One at a time
  /// can use `Storage`.
  AtPoint(const SystemCandidate &S, llvm::ArrayRef<Expr> Slopes, const Point &P,
          Valuations &Storage)
      : S(S), Slopes(Slopes), P(P), Storage(Storage), Here(first(Storage)),
        A(S.Rows[0].Variable.arena()), DtSymbol(A.symbol("dt")),
        TSymbol(A.symbol("t")) {
    setAll(Here);
    Dt = Here.value(DtSymbol);
    for (const auto &Row : S.Rows)
      X.push_back(Here.value(Row.Variable));
  }

  Real code(size_t I) { return Here.value(S.Rows[I].Step); }
  Real change(size_t I) { return Here.sub(code(I), X[I]); }

  Real apply(Method M, size_t I) {
    switch (M) {
    case Method::Euler:
      return euler(I);
    case Method::Heun:
      return heun(I);
    case Method::ExponentialEuler:
      return exponentialEuler(I);
    case Method::Rk2:
      return rk2(I);
    case Method::Rk4:
      return rk4(I);
    case Method::Milstein:
      return milstein(I);
    default:
      return Real::undefined();
    }
  }

  /// d(Phi)/d(dt) and f(Phi): equal for an exact step, which is the flow of
  /// its equation. Functions of t are constant over a step in Brian2's exact
  /// method; `MoveTime` evaluates them at t + dt instead (`independent`).
  std::pair<Real, Real> flow(size_t I, Expr StepDerivative, bool MoveTime) {
    Valuation *&Next = AfterStep[MoveTime];
    if (!Next) {
      Vector New;
      for (size_t J = 0; J < S.Rows.size(); ++J)
        New.push_back(code(J));
      Next = &moved(New, MoveTime ? Real(1.0) : Real(0.0));
    }
    return {Here.value(StepDerivative), Next->value(S.Rows[I].Drift)};
  }

private:
  const SystemCandidate &S;
  llvm::ArrayRef<Expr> Slopes;
  const Point &P;
  Valuations &Storage;
  Valuation &Here;
  ExprArena &A;
  Expr DtSymbol, TSymbol;
  Real Dt;
  Vector X;
  Valuation *AfterStep[2] = {};
  Valuation *HalfStep = nullptr;
  std::optional<std::array<Vector, 4>> Rk4Stages;
  std::vector<Valuation *> HeunSupport, MilsteinSupport;

  static Valuation &first(Valuations &Storage) {
    Storage.restart();
    return Storage.take();
  }

  void setAll(Valuation &V) const {
    for (const auto &[Symbol, Value] : P)
      V.set(Symbol, Real(Value));
  }

  /// The point with other values of the variables, and t moved by
  /// `TimeFactor * dt`.
  Valuation &moved(const Vector &New, const Real &TimeFactor) {
    Valuation &V = Storage.take();
    setAll(V);
    for (size_t I = 0; I < S.Rows.size(); ++I)
      V.set(S.Rows[I].Variable, New[I]);
    Real T = Here.value(TSymbol);
    if (T.isFinite())
      V.set(TSymbol, Here.add(T, Here.mul(TimeFactor, Dt)));
    return V;
  }

  Real drift(size_t I, Valuation &At) {
    return S.Rows[I].Drift ? At.value(S.Rows[I].Drift) : Real::undefined();
  }

  Real amplitude(size_t I, const std::string &Xi, Valuation &At) {
    for (const NoiseTerm &N : S.Rows[I].Noise)
      if (N.Xi == Xi)
        return At.value(N.Amplitude);
    return Real();
  }

  /// sqrt(dt)*xi.
  Real increment(const std::string &Xi) {
    return Here.mul(Here.sqrt(Dt), Here.value(A.symbol(Xi)));
  }

  Real euler(size_t I) {
    Real R = Here.add(X[I], Here.mul(Dt, drift(I, Here)));
    for (const NoiseTerm &N : S.Rows[I].Noise)
      R = Here.add(R, Here.mul(Here.value(N.Amplitude), increment(N.Xi)));
    return R;
  }

  Real rk2(size_t I) {
    if (!S.Rows[I].Noise.empty())
      return Real::undefined();
    if (!HalfStep) {
      Vector Half;
      Real HalfDt = Here.mul(Dt, Real(0.5));
      for (size_t J = 0; J < S.Rows.size(); ++J)
        Half.push_back(Here.add(X[J], Here.mul(HalfDt, drift(J, Here))));
      HalfStep = &moved(Half, Real(0.5));
    }
    return Here.add(X[I], Here.mul(Dt, drift(I, *HalfStep)));
  }

  Real rk4(size_t I) {
    if (!S.Rows[I].Noise.empty())
      return Real::undefined();
    if (!Rk4Stages) {
      Rk4Stages.emplace();
      static constexpr double Fractions[] = {0, 0.5, 0.5, 1};
      for (int Stage = 0; Stage < 4; ++Stage) {
        Real Fraction(Fractions[Stage]);
        Vector Shifted = X;
        if (Stage > 0)
          for (size_t J = 0; J < X.size(); ++J)
            Shifted[J] =
                Here.add(X[J], Here.mul(Fraction, (*Rk4Stages)[Stage - 1][J]));
        Valuation &At = moved(Shifted, Fraction);
        for (size_t J = 0; J < X.size(); ++J)
          (*Rk4Stages)[Stage].push_back(Here.mul(Dt, drift(J, At)));
      }
    }
    const auto &K = *Rk4Stages;
    Real Two(2.0);
    Real Sum = Here.add(K[0][I], K[3][I]);
    Sum = Here.add(Sum, Here.mul(Two, Here.add(K[1][I], K[2][I])));
    return Here.add(X[I], Here.div(Sum, Real(6.0)));
  }

  /// Stochastic Heun (Stratonovich): the support point moves along the noise
  /// alone, for each noise variable by itself.
  Real heun(size_t I) {
    if (HeunSupport.empty())
      for (const std::string &Xi : S.Xis) {
        Vector Support;
        for (size_t J = 0; J < X.size(); ++J)
          Support.push_back(
              Here.add(X[J], Here.mul(amplitude(J, Xi, Here), increment(Xi))));
        HeunSupport.push_back(&moved(Support, Real(1.0)));
      }
    Real R = Here.add(X[I], Here.mul(Dt, drift(I, Here)));
    for (size_t K = 0; K < S.Xis.size(); ++K) {
      const std::string &Xi = S.Xis[K];
      Real Sum =
          Here.add(amplitude(I, Xi, Here), amplitude(I, Xi, *HeunSupport[K]));
      R = Here.add(R, Here.mul(Here.mul(Real(0.5), increment(Xi)), Sum));
    }
    return R;
  }

  /// Derivative-free Milstein (Stratonovich).
  Real milstein(size_t I) {
    Real Root = Here.sqrt(Dt);
    if (MilsteinSupport.empty())
      for (const std::string &Xi : S.Xis) {
        Vector Support;
        for (size_t J = 0; J < X.size(); ++J) {
          Real Shift = Here.add(Here.mul(Dt, drift(J, Here)),
                                Here.mul(Root, amplitude(J, Xi, Here)));
          Support.push_back(Here.add(X[J], Shift));
        }
        MilsteinSupport.push_back(&moved(Support, Real(0.0)));
      }
    Real R = euler(I);
    for (size_t K = 0; K < S.Xis.size(); ++K) {
      const std::string &Xi = S.Xis[K];
      Real Change = Here.sub(amplitude(I, Xi, *MilsteinSupport[K]),
                             amplitude(I, Xi, Here));
      Real W = increment(Xi);
      Real Factor = Here.div(Here.mul(W, W), Here.mul(Real(2.0), Root));
      R = Here.add(R, Here.mul(Factor, Change));
    }
    return R;
  }

  /// (x + B/A)*exp(A*dt) - B/A for f = A*x + B.
  Real exponentialEuler(size_t I) {
    const auto &Row = S.Rows[I];
    if (!Row.Noise.empty() || !Row.Drift)
      return Real::undefined();
    Real F = drift(I, Here);
    Real Slope, Quotient; // A and B/A
    if (Row.BOverA) {
      // Which terms count as A*x is the generator's choice when f is not
      // linear in x (sympy's collect); its own B/A tells.
      Quotient = Here.value(Row.BOverA);
      Slope = Here.div(F, Here.add(X[I], Quotient));
    } else if (contains(Slopes[I], Row.Variable)) {
      Slope = Here.div(F, X[I]); // not linear, B = 0
    } else {
      Slope = Here.value(Slopes[I]);
      if (Slope.mayBeZero())
        return euler(I);
      Quotient = Here.sub(Here.div(F, Slope), X[I]);
    }
    Real Sum = Here.add(X[I], Quotient);
    Real Grown = Here.mul(Sum, Here.exp(Here.mul(Slope, Dt)));
    return Here.sub(Grown, Quotient);
  }
};

/// Skipped: there is no value to compare. Unknown: more bits may decide.
enum class Verdict { Same, Different, Unknown, Skipped };

/// |A - B| against a scale that is an increment. Exponentials of exponentials
/// leave the range of double at many points: no step may go through one.
Verdict judge(const Real &A, const Real &B, const Real &Scale, double &Error) {
  if (!A.isFinite() || !B.isFinite() || !Scale.isFinite())
    return Verdict::Skipped;
  bool IsRelative = !Scale.mayBeZero();
  DistanceBounds D =
      IsRelative ? relativeDistance(A, B, Scale) : distance(A, B);
  double Allowed = IsRelative ? Tolerance : 0;
  if (D.Upper <= Allowed) {
    Error = D.Upper;
    return Verdict::Same;
  }
  return D.Lower > Allowed ? Verdict::Different : Verdict::Unknown;
}

/// The generator writes what it computed from an author's numbers with 15
/// digits. A steep function may turn that into any difference.
constexpr double RoundedTo = 5e-15;

/// Scores of one method on one row.
struct Score {
  bool Alive = true;
  unsigned Same = 0;
  unsigned Skipped = 0;  ///< points at which it could not be compared
  unsigned OneSided = 0; ///< points at which one of the two has a value
  double MaxError = 0;
};

/// The exact method counts twice: with functions of t held, and moved.
struct Entry {
  Method M;
  bool MoveTime;
};

/// The scores of all methods on one row.
struct RowScores {
  std::array<std::pair<Entry, Score>, NumMethods + 1> All;
  RowScores() {
    for (size_t I = 0; I < NumMethods; ++I)
      All[I].first = {Methods[I], false};
    All[NumMethods].first = {Method::Exact, true};
  }
  std::pair<Entry, Score> *begin() { return All.data(); }
  std::pair<Entry, Score> *end() { return All.data() + All.size(); }
};

class Comparison {
public:
  explicit Comparison(const SystemCandidate &S)
      : S(S), Dt(S.Rows[0].Variable.arena().symbol("dt")),
        Scores(S.Rows.size()), StepDerivatives(S.Rows.size()) {
    for (const auto &Row : S.Rows)
      Slopes.push_back(Row.Drift ? differentiate(Row.Drift, Row.Variable)
                                 : Expr());
  }

  ReintegrationResult run() {
    std::vector<Expr> Roots{Dt};
    for (const auto &Row : S.Rows) {
      Roots.push_back(Row.Variable);
      Roots.push_back(Row.Step);
      if (Row.Drift)
        Roots.push_back(Row.Drift);
      if (Row.BOverA)
        Roots.push_back(Row.BOverA);
    }
    PointSource Source(Roots, S.Constants, S.Booleans);
    for (size_t I = 0; I < S.Rows.size(); ++I)
      if (!S.Rows[I].Drift)
        for (auto &[M, Sc] : Scores[I])
          Sc.Alive = false;
    // An equation that holds dt is no differential equation to solve exactly.
    bool HoldsDt = llvm::any_of(S.Rows, [&](const auto &Row) {
      return Row.Drift && contains(Row.Drift, Dt);
    });
    for (RowScores &Row : Scores)
      for (auto &[E, Sc] : Row)
        Sc.Alive &= !(HoldsDt && E.M == Method::Exact);
    unsigned Valid = 0;
    for (unsigned N = 0; N < MaxAttempts && Valid < WantedPoints; ++N)
      Valid += tryPoint(Source.point(N), /*Counts=*/true);
    for (unsigned N = 0; N < FarPoints; ++N)
      tryPoint(Source.farPoint(N), /*Counts=*/false);
    return collect();
  }

private:
  const SystemCandidate &S;
  Expr Dt;
  EvaluationPlan Plan, Rounded{RoundedTo};
  /// Most points need no more bits.
  Valuations Storage{FirstBits, Plan};
  std::vector<RowScores> Scores;
  std::vector<std::optional<Expr>> StepDerivatives;
  std::vector<Expr> Slopes;

  /// Null where a function without known derivative is in the way.
  Expr stepDerivative(size_t I) {
    std::optional<Expr> &Known = StepDerivatives[I];
    if (!Known) {
      Known = differentiate(S.Rows[I].Step, Dt);
      if (hasUnknownDerivative(*Known))
        Known = Expr();
    }
    return *Known;
  }

  /// One method on one row; the exact one where it has a derivative.
  Verdict judgeMethod(AtPoint &At, size_t I, const Entry &E, const Real &Scale,
                      double &Error) {
    if (E.M != Method::Exact)
      return judge(At.code(I), At.apply(E.M, I), Scale, Error);
    auto [Slope, Drift] = At.flow(I, stepDerivative(I), E.MoveTime);
    return judge(Slope, Drift, Slope, Error);
  }

  /// True when some comparison at this point was decided.
  bool tryPoint(const Point &P, bool Counts) {
    bool Decided = false, Undecided = true;
    for (long Bits = FirstBits; Undecided && Bits <= LastBits; Bits *= 2) {
      Undecided = false;
      Valuations WithMore(Bits, Plan), WithBlur(Bits, Rounded);
      AtPoint At(S, Slopes, P, Bits == FirstBits ? Storage : WithMore);
      std::optional<AtPoint> Blurred; // made when asked for
      for (size_t I = 0; I < S.Rows.size(); ++I) {
        Real Code = At.code(I);
        if (!Code.isFinite()) {
          for (auto &[E, Sc] : Scores[I])
            if (Sc.Alive && Bits == FirstBits)
              noteOneSided(At, I, E, Sc, /*CodeHasValue=*/false);
          continue;
        }
        Real Scale = At.change(I);
        for (auto &[E, Sc] : Scores[I]) {
          if (!Sc.Alive)
            continue;
          if (E.M == Method::Exact && !stepDerivative(I)) {
            Sc.Alive = false;
            continue;
          }
          double Error = 0;
          Verdict V = judgeMethod(At, I, E, Scale, Error);
          if (V == Verdict::Different) {
            if (!Blurred)
              Blurred.emplace(S, Slopes, P, WithBlur);
            double Any = 0;
            if (judgeMethod(*Blurred, I, E, Blurred->change(I), Any) !=
                Verdict::Different)
              V = Verdict::Skipped;
          }
          if (V == Verdict::Different) {
            Sc.Alive = false;
            Decided = true;
          } else if (V == Verdict::Unknown) {
            Undecided = true;
          } else if (V == Verdict::Same && Counts &&
                     Pending.insert({I, &Sc}).second) {
            ++Sc.Same;
            Sc.MaxError = std::max(Sc.MaxError, Error);
            Decided = true;
          } else if (V == Verdict::Skipped && Counts && Bits == FirstBits) {
            ++Sc.Skipped;
            noteOneSided(At, I, E, Sc, /*CodeHasValue=*/true);
          }
        }
      }
    }
    Pending.clear();
    if (Counts)
      giveUp();
    return Decided;
  }

  /// An explicit method does what the code does: both have a value at a point,
  /// or none. Rounding may lose one, but not at this many.
  static void noteOneSided(AtPoint &At, size_t I, const Entry &E, Score &Sc,
                           bool CodeHasValue) {
    if (E.M != Method::Exact && At.apply(E.M, I).isFinite() != CodeHasValue &&
        ++Sc.OneSided >= MaxOneSided)
      Sc.Alive = false;
  }

  /// Where the code always has a value and a method never has one (four stages
  /// of exponentials of exponentials), it is not the code's as long as another
  /// one is; its stages are the most expensive.
  void giveUp() {
    for (RowScores &Row : Scores) {
      bool HasAnother = llvm::any_of(Row, [](const auto &Each) {
        return Each.second.Alive && Each.second.Same >= EnoughPoints;
      });
      for (auto &[E, Sc] : Row)
        if (HasAnother && Sc.Same == 0 && Sc.Skipped >= EnoughPoints)
          Sc.Alive = false;
    }
  }

  /// What has been counted at the present point with fewer bits.
  llvm::DenseSet<std::pair<size_t, const Score *>> Pending;

  ReintegrationResult collect() {
    ReintegrationResult R;
    for (RowScores &Row : Scores) {
      EquationCheck Check;
      for (auto &[E, Sc] : Row) {
        if (!Sc.Alive || Sc.Same < EnoughPoints ||
            llvm::is_contained(Check.Methods, E.M))
          continue;
        Check.Methods.push_back(E.M);
        Check.Points = std::max(Check.Points, Sc.Same);
        Check.MaxRelativeError = std::max(Check.MaxRelativeError, Sc.MaxError);
      }
      llvm::sort(Check.Methods);
      R.Rows.push_back(std::move(Check));
    }
    return R;
  }
};

} // namespace

ReintegrationResult reintegrate(const SystemCandidate &S) {
  return Comparison(S).run();
}

bool isConsistentOneStepMethod(const SystemCandidate &S, unsigned &Points) {
  ExprArena &A = S.Rows[0].Variable.arena();
  Series Expansion(A);
  llvm::DenseMap<Expr, Expr> NoNoise;
  for (const std::string &Xi : S.Xis)
    NoNoise[A.symbol(Xi)] = A.number(0);
  std::vector<Expr> Seconds, Elementary, Roots;
  if (!llvm::all_of(S.Rows, [](const auto &Row) { return bool(Row.Drift); }))
    return false;
  for (const auto &Row : S.Rows) {
    Expr Second = Expansion.coefficient(substitute(Row.Step, NoNoise), 4);
    Expr Sum = differentiate(Row.Drift, A.symbol("t"));
    for (const auto &Other : S.Rows)
      Sum = Sum + differentiate(Row.Drift, Other.Variable) * Other.Drift;
    if (!Second || hasUnknownDerivative(Sum))
      return false;
    Seconds.push_back(Second);
    Elementary.push_back(Sum);
    Roots.push_back(Second);
    Roots.push_back(Sum);
  }
  PointSource Source(Roots, S.Constants, S.Booleans);
  EvaluationPlan Plan;
  std::optional<Real> Ratio;
  Points = 0;
  Valuation At(256, Plan);
  for (unsigned N = 0; N < MaxAttempts && Points < WantedPoints; ++N) {
    At.clear();
    for (const auto &[Symbol, Value] : Source.point(N))
      At.set(Symbol, Real(Value));
    for (size_t I = 0; I < Seconds.size(); ++I) {
      Real Second = At.value(Seconds[I]), Sum = At.value(Elementary[I]);
      if (!Second.isFinite() || !Sum.isFinite())
        continue;
      if (Sum.mayBeZero()) {
        if (!Second.mayBeZero())
          return false;
        continue;
      }
      Real Here = At.div(Second, Sum);
      if (!Ratio)
        Ratio = Here;
      if (distance(Here, *Ratio).Upper > 1e-9)
        return false;
      ++Points;
    }
  }
  return Points >= EnoughPoints;
}

/// With each number of bits in turn until a point is decided.
static std::optional<Agreement> agreement(Expr A, Expr B,
                                          const SystemCandidate &S,
                                          llvm::ArrayRef<long> BitsToTry) {
  PointSource Source({A, B}, S.Constants, S.Booleans);
  EvaluationPlan Plan;
  Agreement Result;
  std::vector<Valuation> All;
  for (long Bits : BitsToTry)
    All.emplace_back(Bits, Plan);
  auto At = [&](const Point &P, Valuation &V) {
    V.clear();
    for (const auto &[Symbol, Value] : P)
      V.set(Symbol, Real(Value));
    Real Left = V.value(A), Right = V.value(B);
    Real Scale = V.add(V.abs(Left), V.abs(Right));
    double Error = 0;
    Verdict Is = judge(Left, Right, Scale, Error);
    return std::pair(Is, Error);
  };
  for (unsigned N = 0; N < MaxAttempts && Result.Points < EnoughPoints; ++N) {
    Point P = Source.point(N);
    for (Valuation &V : All) {
      auto [Is, Error] = At(P, V);
      if (Is == Verdict::Different)
        return std::nullopt;
      if (Is != Verdict::Same)
        continue;
      ++Result.Points;
      Result.MaxRelativeError = std::max(Result.MaxRelativeError, Error);
      break;
    }
  }
  return Result.Points >= EnoughPoints ? std::optional(Result) : std::nullopt;
}

std::optional<Agreement> agreement(Expr A, Expr B, const SystemCandidate &S) {
  return agreement(A, B, S, {LastBits});
}

bool agreeEverywhere(Expr A, Expr B, const SystemCandidate &S) {
  return A == B || agreement(A, B, S, {FirstBits, LastBits});
}

} // namespace brian2lift
