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
    Nodes.push_back({E, static_cast<unsigned>(Operands.size())});
    for (Expr Operand : E.operands())
      Operands.push_back(Indices.find(Operand)->second);
  });
  return Indices.find(Root)->second;
}

const Real &EvaluationPlan::number(unsigned Index, long Bits) {
  auto It = Numbers.find({Bits, Index});
  if (It == Numbers.end()) {
    const Rational &Exact = Nodes[Index].E.number();
    Real Ball(Exact, Bits);
    if (RoundedTo != 0 && Exact.significantDigits() > 12) {
      Real Error(RoundedTo);
      arb_mul(ball(Error), ball(Error), ball(Ball), Bits);
      arb_add_error(ball(Ball), ball(Error));
    }
    It = Numbers.emplace(std::pair(Bits, Index), std::move(Ball)).first;
  }
  return It->second;
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
      S = S == State::Given ? S : State::Unknown;
  HasComputed = false;
}

void Valuation::know(unsigned Index, Real Value) {
  Values[Index] = std::move(Value);
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
    size_t Pending = Stack.size();
    for (auto [I, Operand] : llvm::enumerate(E.operands()))
      if (!Operand.isCondition() && !isKnown(operand(Index, I)))
        Stack.push_back(operand(Index, I));
    if (Stack.size() == Pending)
      know(Index, compute(Index));
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

Real Valuation::compute(unsigned Index) {
  Expr E = Plan->Nodes[Index].E;
  Real R;
  // A condition used as a number, `(v > 0)*w`.
  if (!E.isCondition())
    for (auto [I, Operand] : llvm::enumerate(E.operands()))
      if (Operand.isCondition())
        know(operand(Index, I), compute(operand(Index, I)));
  auto Of = [&](size_t I) { return ball(Values[operand(Index, I)]); };
  switch (E.kind()) {
  case ExprKind::Number:
    return Plan->number(Index, Bits);
  case ExprKind::Add:
    arb_add(ball(R), Of(0), Of(1), Bits);
    for (size_t I = 2; I < E.operands().size(); ++I)
      arb_add(ball(R), ball(R), Of(I), Bits);
    return R;
  case ExprKind::Mul:
    // A sign is what most numbers in products are.
    if (E.operand(0).isNumber(-1))
      arb_neg(ball(R), Of(1));
    else
      arb_mul(ball(R), Of(0), Of(1), Bits);
    for (size_t I = 2; I < E.operands().size(); ++I)
      arb_mul(ball(R), ball(R), Of(I), Bits);
    return R;
  case ExprKind::Pow: {
    Expr Exponent = E.operand(1);
    if (Exponent.isNumber()) {
      if (auto Whole = Exponent.number().toLong()) {
        if (*Whole == -1) {
          arb_inv(ball(R), Of(0), Bits);
        } else if (*Whole < 0) {
          arb_pow_ui(ball(R), Of(0), static_cast<ulong>(-*Whole), Bits);
          arb_inv(ball(R), ball(R), Bits);
        } else {
          arb_pow_ui(ball(R), Of(0), static_cast<ulong>(*Whole), Bits);
        }
        return R;
      }
      if (Exponent.isNumber(Rational(1, 2))) {
        arb_sqrt(ball(R), Of(0), Bits);
        return R;
      }
    }
    arb_pow(ball(R), Of(0), Of(1), Bits);
    return R;
  }
  case ExprKind::Call:
    return computeCall(Index);
  case ExprKind::Symbol:
  case ExprKind::Element:
    return Real::undefined(); // nothing was said about it
  default: {
    std::optional<bool> Truth = truth(Index);
    return Truth ? Real(*Truth ? 1.0 : 0.0) : Real::undefined();
  }
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

Real Valuation::computeCall(unsigned Index) {
  Expr E = Plan->Nodes[Index].E;
  llvm::StringRef Name = E.name();
  llvm::SmallVector<const Real *, 4> Args;
  for (size_t I = 0; I < E.operands().size(); ++I) {
    const Real &Arg = Values[operand(Index, I)];
    if (!Arg.isFinite())
      return Real::undefined();
    Args.push_back(&Arg);
  }
  Real R;
  if (Args.size() == 1) {
    if (Unary Function = unaryFunction(Name)) {
      Function(ball(R), ball(*Args[0]), Bits);
      if ((Name == "floor" || Name == "ceil") && !arb_is_exact(ball(R)))
        return Real::undefined();
      return R;
    }
    if (Name == "abs") {
      arb_abs(ball(R), ball(*Args[0]));
      return R;
    }
    if (Name == "log10") {
      arb_log_base_ui(ball(R), ball(*Args[0]), 10, Bits);
      return R;
    }
    if (Name == "exprel") {
      arb_expm1(ball(R), ball(*Args[0]), Bits);
      arb_div(ball(R), ball(R), ball(*Args[0]), Bits);
      return R;
    }
    if (Name == "int" || Name == "trunc") {
      truncate(ball(R), ball(*Args[0]), Bits);
      return arb_is_exact(ball(R)) ? R : Real::undefined();
    }
    if (Name == "sign") {
      arb_sgn(ball(R), ball(*Args[0]));
      return arb_is_exact(ball(R)) ? R : Real::undefined();
    }
  }
  if (Args.size() == 2 && Name == "*") {
    arb_mul(ball(R), ball(*Args[0]), ball(*Args[1]), Bits);
    return R;
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
      arb_floor(ball(R), ball(Quotient), Bits);
    else
      truncate(ball(R), ball(Quotient), Bits);
    if (!arb_is_exact(ball(R)))
      return Real::undefined();
    if (Name == "%" || Name == "truncmod") {
      Real Product;
      arb_mul(ball(Product), ball(R), ball(*Args[1]), Bits);
      arb_sub(ball(R), ball(*Args[0]), ball(Product), Bits);
    }
    return R;
  }
  if (Name == "clip" && Args.size() == 3) {
    arb_max(ball(R), ball(*Args[0]), ball(*Args[1]), Bits);
    arb_min(ball(R), ball(R), ball(*Args[2]), Bits);
    return R;
  }
  standIn(ball(R), Name, Args, Bits);
  return R;
}

} // namespace brian2lift
