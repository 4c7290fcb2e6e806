//===- Expr/Evaluate.cpp ------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Expr/Evaluate.h"
#include "Expr/RationalImpl.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/xxhash.h"
#include <arb.h>
#include <cmath>
#include <limits>

namespace brian2lift {

static_assert(sizeof(arb_struct) == sizeof(Real), "a Real is Arb's arb_t");

namespace {

arb_ptr ball(Real &R) { return static_cast<arb_ptr>(R.raw()); }
arb_srcptr ball(const Real &R) { return static_cast<arb_srcptr>(R.raw()); }

} // namespace

Real::Real() { arb_init(ball(*this)); }
Real::Real(double Value) : Real() { arb_set_d(ball(*this), Value); }
Real::Real(const Rational &Value, long Bits) : Real() {
  arb_set_fmpq(ball(*this), toFlint(Value), Bits);
}
Real::Real(const Real &O) : Real() { arb_set(ball(*this), ball(O)); }
Real::Real(Real &&O) noexcept : Real() { arb_swap(ball(*this), ball(O)); }
Real &Real::operator=(const Real &O) {
  if (this != &O)
    arb_set(ball(*this), ball(O));
  return *this;
}
Real &Real::operator=(Real &&O) noexcept {
  arb_swap(ball(*this), ball(O));
  return *this;
}
Real::~Real() { arb_clear(ball(*this)); }

Real Real::undefined() {
  Real R;
  arb_indeterminate(ball(R));
  return R;
}
bool Real::isFinite() const { return arb_is_finite(ball(*this)); }
bool Real::mayBeZero() const { return arb_contains_zero(ball(*this)); }
double Real::toDouble() const {
  return arf_get_d(arb_midref(ball(*this)), ARF_RND_NEAR);
}

/// Bounds of |A|.
static DistanceBounds magnitude(const Real &A) {
  if (!A.isFinite())
    return {0, std::numeric_limits<double>::infinity()};
  mag_t Bound;
  mag_init(Bound);
  arb_get_mag_lower(Bound, ball(A));
  double Lower = mag_get_d(Bound);
  arb_get_mag(Bound, ball(A));
  double Upper = mag_get_d(Bound);
  mag_clear(Bound);
  return {Lower, Upper};
}

DistanceBounds distance(const Real &A, const Real &B) {
  Real Difference;
  arb_sub(ball(Difference), ball(A), ball(B), 64);
  return magnitude(Difference);
}

DistanceBounds relativeDistance(const Real &A, const Real &B,
                                const Real &Scale) {
  Real Ratio;
  arb_sub(ball(Ratio), ball(A), ball(B), 64);
  arb_div(ball(Ratio), ball(Ratio), ball(Scale), 64);
  return magnitude(Ratio);
}

Real Valuation::add(const Real &A, const Real &B) const {
  Real R;
  arb_add(ball(R), ball(A), ball(B), Bits);
  return R;
}
Real Valuation::sub(const Real &A, const Real &B) const {
  Real R;
  arb_sub(ball(R), ball(A), ball(B), Bits);
  return R;
}
Real Valuation::mul(const Real &A, const Real &B) const {
  Real R;
  arb_mul(ball(R), ball(A), ball(B), Bits);
  return R;
}
Real Valuation::div(const Real &A, const Real &B) const {
  Real R;
  arb_div(ball(R), ball(A), ball(B), Bits);
  return R;
}
Real Valuation::sqrt(const Real &A) const {
  Real R;
  arb_sqrt(ball(R), ball(A), Bits);
  return R;
}
Real Valuation::exp(const Real &A) const {
  Real R;
  arb_exp(ball(R), ball(A), Bits);
  return R;
}

unsigned EvaluationPlan::indexOf(Expr Root) {
  if (auto It = Indices.find(Root); It != Indices.end())
    return It->second;
  // Operands first, so that they have an index.
  visit(Root, [&](Expr E) {
    if (!Indices.try_emplace(E, Nodes.size()).second)
      return;
    Node N{E, static_cast<unsigned>(Operands.size()),
           static_cast<unsigned>(E.operands().size()), false};
    for (Expr Operand : E.operands()) {
      Operands.push_back(Indices.find(Operand)->second);
      N.HasConditions |= Operand.isCondition();
    }
    Nodes.push_back(N);
  });
  return Indices.find(Root)->second;
}

unsigned Valuation::indexOf(Expr E) {
  unsigned Index = Plan->indexOf(E);
  if (Values.size() < Plan->Nodes.size()) {
    Values.resize(Plan->Nodes.size());
    States.resize(Plan->Nodes.size(), State::Unknown);
  }
  return Index;
}

Real Valuation::abs(const Real &A) const {
  Real R;
  arb_abs(ball(R), ball(A));
  return R;
}

void Valuation::set(Expr E, Real Value) {
  unsigned Index = indexOf(E);
  Values[Index] = std::move(Value);
  States[Index] = State::Given;
  if (HasComputed)
    for (State &S : States)
      S = S == State::Computed ? State::Unknown : S;
  HasComputed = false;
}

void Valuation::clear() {
  for (State &S : States)
    S = S == State::Number ? S : State::Unknown;
  HasComputed = false;
}

void Valuation::know(unsigned Index, const Real &Value) {
  Values[Index] = Value;
  States[Index] = State::Computed;
  HasComputed = true;
}

Real Valuation::value(Expr E) {
  unsigned Index = indexOf(E);
  evaluate(Index);
  return Values[Index];
}

void Valuation::evaluate(unsigned Root) {
  if (isKnown(Root))
    return;
  // Operands first, on a stack of our own. A Select evaluates only the branch
  // that it takes: the other one may have a pole there.
  llvm::SmallVector<unsigned, 32> Stack{Root};
  while (!Stack.empty()) {
    unsigned Index = Stack.back();
    if (isKnown(Index)) {
      Stack.pop_back();
      continue;
    }
    Expr E = Plan->Nodes[Index].E;
    if (E.is(ExprKind::Select)) {
      std::optional<bool> Condition = truth(operand(Index, 0));
      if (!Condition) {
        know(Index, Real::undefined());
        continue;
      }
      unsigned Taken = operand(Index, *Condition ? 1 : 2);
      if (isKnown(Taken))
        know(Index, Values[Taken]);
      else
        Stack.push_back(Taken);
      continue;
    }
    const EvaluationPlan::Node &N = Plan->Nodes[Index];
    size_t Pending = Stack.size();
    for (size_t I = 0; I < N.NumOperands; ++I)
      if (unsigned Operand = operand(Index, I);
          !isKnown(Operand) && !(N.HasConditions && E.operand(I).isCondition()))
        Stack.push_back(Operand);
    if (Stack.size() == Pending) {
      compute(Index);
      Stack.pop_back();
    }
  }
}

std::optional<bool> Valuation::truth(Expr Condition) {
  return truth(indexOf(Condition));
}

std::optional<bool> Valuation::truth(unsigned Index) {
  Expr E = Plan->Nodes[Index].E;
  switch (E.kind()) {
  case ExprKind::Boolean:
    return E.boolean();
  case ExprKind::Not: {
    std::optional<bool> Inner = truth(operand(Index, 0));
    return Inner ? std::optional<bool>(!*Inner) : std::nullopt;
  }
  case ExprKind::And:
  case ExprKind::Or: {
    bool Neutral = E.is(ExprKind::And);
    for (size_t I = 0; I < E.operands().size(); ++I) {
      std::optional<bool> Inner = truth(operand(Index, I));
      if (!Inner || *Inner != Neutral)
        return Inner;
    }
    return Neutral;
  }
  default:
    return computeTruth(Index);
  }
}

std::optional<bool> Valuation::computeTruth(unsigned Index) {
  Expr E = Plan->Nodes[Index].E;
  if (!E.isCondition()) {
    // A boolean variable: any value but zero is true.
    evaluate(Index);
    const Real &V = Values[Index];
    if (!V.isFinite())
      return std::nullopt;
    if (arb_is_zero(ball(V)))
      return false;
    return V.mayBeZero() ? std::nullopt : std::optional<bool>(true);
  }
  evaluate(operand(Index, 0));
  evaluate(operand(Index, 1));
  const Real &L = Values[operand(Index, 0)], &R = Values[operand(Index, 1)];
  if (!L.isFinite() || !R.isFinite())
    return std::nullopt;
  bool Less = arb_lt(ball(L), ball(R)), Greater = arb_gt(ball(L), ball(R));
  bool Equal = arb_is_exact(ball(L)) && arb_is_exact(ball(R)) &&
               arb_equal(ball(L), ball(R));
  if (!Less && !Greater && !Equal)
    return std::nullopt;
  switch (E.kind()) {
  case ExprKind::Lt:
    return Less;
  case ExprKind::Le:
    return Less || Equal;
  case ExprKind::Gt:
    return Greater;
  case ExprKind::Ge:
    return Greater || Equal;
  case ExprKind::Eq:
    return Equal;
  default:
    return !Equal;
  }
}

/// The value is made in its place; operands are known.
void Valuation::compute(unsigned Index) {
  Expr E = Plan->Nodes[Index].E;
  size_t NumOperands = Plan->Nodes[Index].NumOperands;
  // A condition used as a number, `(v > 0)*w`.
  if (Plan->Nodes[Index].HasConditions && !E.isCondition())
    for (size_t I = 0; I < NumOperands; ++I)
      if (E.operand(I).isCondition())
        compute(operand(Index, I));
  States[Index] = E.isNumber() ? State::Number : State::Computed;
  HasComputed = true;
  arb_ptr R = ball(Values[Index]);
  auto Of = [&](size_t I) { return ball(Values[operand(Index, I)]); };
  switch (E.kind()) {
  case ExprKind::Number: {
    const Rational &Exact = E.number();
    arb_set_fmpq(R, toFlint(Exact), Bits);
    if (Plan->RoundedTo != 0 && Exact.significantDigits() > 12) {
      Real Error(Plan->RoundedTo);
      arb_mul(ball(Error), ball(Error), R, Bits);
      arb_add_error(R, ball(Error));
    }
    return;
  }
  case ExprKind::Add:
    arb_add(R, Of(0), Of(1), Bits);
    for (size_t I = 2; I < NumOperands; ++I)
      arb_add(R, R, Of(I), Bits);
    return;
  case ExprKind::Mul:
    // A sign is what most numbers in products are.
    if (E.operand(0).isNumber(-1))
      arb_neg(R, Of(1));
    else
      arb_mul(R, Of(0), Of(1), Bits);
    for (size_t I = 2; I < NumOperands; ++I)
      arb_mul(R, R, Of(I), Bits);
    return;
  case ExprKind::Pow: {
    Expr Exponent = E.operand(1);
    if (Exponent.isNumber()) {
      if (auto Whole = Exponent.number().toLong()) {
        if (*Whole == -1) {
          arb_inv(R, Of(0), Bits);
        } else if (*Whole < 0) {
          arb_pow_ui(R, Of(0), static_cast<ulong>(-*Whole), Bits);
          arb_inv(R, R, Bits);
        } else {
          arb_pow_ui(R, Of(0), static_cast<ulong>(*Whole), Bits);
        }
        return;
      }
      if (Exponent.isNumber(Rational(1, 2))) {
        arb_sqrt(R, Of(0), Bits);
        return;
      }
    }
    arb_pow(R, Of(0), Of(1), Bits);
    return;
  }
  case ExprKind::Call:
    computeCall(Index);
    return;
  case ExprKind::Symbol:
  case ExprKind::Element:
    arb_indeterminate(R); // nothing was said about it
    return;
  default:
    if (std::optional<bool> Truth = truth(Index))
      arb_set_ui(R, *Truth);
    else
      arb_indeterminate(R);
  }
}

namespace {

using Unary = void (*)(arb_t, const arb_t, slong);

/// The functions of Brian's language that have one argument and no corners.
Unary unaryFunction(llvm::StringRef Name) {
  static const std::pair<llvm::StringLiteral, Unary> Functions[] = {
      {"exp", arb_exp},     {"log", arb_log},     {"sin", arb_sin},
      {"cos", arb_cos},     {"tan", arb_tan},     {"sinh", arb_sinh},
      {"cosh", arb_cosh},   {"tanh", arb_tanh},   {"arcsin", arb_asin},
      {"arccos", arb_acos}, {"arctan", arb_atan}, {"expm1", arb_expm1},
      {"log1p", arb_log1p}, {"floor", arb_floor}, {"ceil", arb_ceil}};
  for (const auto &[Known, Function] : Functions)
    if (Known == Name)
      return Function;
  return nullptr;
}

/// Rounds towards zero; undefined where the ball holds a jump.
void truncate(arb_t R, const arb_t X, slong Bits) {
  if (arb_is_negative(X))
    arb_ceil(R, X, Bits);
  else
    arb_floor(R, X, Bits);
}

/// Some smooth function of the arguments that only this name has.
void standIn(arb_t R, llvm::StringRef Name, llvm::ArrayRef<const Real *> Args,
             slong Bits) {
  uint64_t Seed = llvm::xxh3_64bits(Name);
  auto Next = [&Seed] {
    // splitmix64 (Steele, Lea and Flood 2014)
    Seed += 0x9e3779b97f4a7c15u;
    uint64_t Z = Seed;
    Z = (Z ^ (Z >> 30)) * 0xbf58476d1ce4e5b9u;
    Z = (Z ^ (Z >> 27)) * 0x94d049bb133111ebu;
    return static_cast<double>((Z ^ (Z >> 31)) >> 11) * 0x1p-53;
  };
  Real Phase(Next()), Term;
  for (const Real *Arg : Args) {
    arb_set_d(ball(Term), 0.5 + Next());
    arb_addmul(ball(Phase), ball(Term), ball(*Arg), Bits);
  }
  arb_sin(R, ball(Phase), Bits);
  arb_set_d(ball(Term), 1.5 + Next());
  arb_add(R, R, ball(Term), Bits);
}

} // namespace

void Valuation::computeCall(unsigned Index) {
  Expr E = Plan->Nodes[Index].E;
  llvm::StringRef Name = E.name();
  arb_ptr R = ball(Values[Index]);
  // A jump that the radius does not decide leaves no value.
  auto Exactly = [R] {
    if (!arb_is_exact(R))
      arb_indeterminate(R);
  };
  llvm::SmallVector<const Real *, 4> Args;
  for (size_t I = 0; I < E.operands().size(); ++I) {
    const Real &Arg = Values[operand(Index, I)];
    if (!Arg.isFinite()) {
      arb_indeterminate(R);
      return;
    }
    Args.push_back(&Arg);
  }
  if (Args.size() == 1) {
    arb_srcptr X = ball(*Args[0]);
    if (Unary Function = unaryFunction(Name)) {
      Function(R, X, Bits);
      if (Name == "floor" || Name == "ceil")
        Exactly();
      return;
    }
    if (Name == "abs") {
      arb_abs(R, X);
      return;
    }
    if (Name == "log10") {
      arb_log_base_ui(R, X, 10, Bits);
      return;
    }
    if (Name == "exprel") {
      arb_expm1(R, X, Bits);
      arb_div(R, R, X, Bits);
      return;
    }
    if (Name == "int" || Name == "trunc") {
      truncate(R, X, Bits);
      Exactly();
      return;
    }
    if (Name == "sign") {
      arb_sgn(R, X);
      Exactly();
      return;
    }
  }
  if (Args.size() == 2 && Name == "*") {
    arb_mul(R, ball(*Args[0]), ball(*Args[1]), Bits);
    return;
  }
  if (Args.size() == 2 && (Name == "%" || Name == "//" || Name == "truncdiv" ||
                           Name == "truncmod" || Name == "timestep")) {
    Real Quotient;
    arb_div(ball(Quotient), ball(*Args[0]), ball(*Args[1]), Bits);
    if (Name == "timestep") {
      // Brian2's timestep adds a thousandth of a step against rounding.
      Real Slack(1e-3);
      arb_add(ball(Quotient), ball(Quotient), ball(Slack), Bits);
    }
    if (Name == "%" || Name == "//")
      arb_floor(R, ball(Quotient), Bits);
    else
      truncate(R, ball(Quotient), Bits);
    Exactly();
    if (Name == "%" || Name == "truncmod") {
      Real Product;
      arb_mul(ball(Product), R, ball(*Args[1]), Bits);
      arb_sub(R, ball(*Args[0]), ball(Product), Bits);
    }
    return;
  }
  if (Name == "clip" && Args.size() == 3) {
    arb_srcptr X = ball(*Args[0]), Low = ball(*Args[1]), High = ball(*Args[2]);
    // The C++ asks for the lower bound first, and that may be the larger one.
    if (arb_lt(X, Low)) {
      arb_set(R, Low);
    } else if (arb_ge(X, Low) || arb_le(Low, High)) {
      arb_max(R, X, Low, Bits);
      arb_min(R, R, High, Bits);
    } else {
      arb_indeterminate(R);
    }
    return;
  }
  standIn(R, Name, Args, Bits);
}

} // namespace brian2lift
