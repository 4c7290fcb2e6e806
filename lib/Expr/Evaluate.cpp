//===- Expr/Evaluate.cpp ------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Expr/Evaluate.h"
#include "Expr/RationalImpl.h"
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

DistanceBounds distance(const Real &A, const Real &B) {
  if (!A.isFinite() || !B.isFinite())
    return {0, std::numeric_limits<double>::infinity()};
  Real Difference;
  arb_sub(ball(Difference), ball(A), ball(B), 64);
  mag_t Bound;
  mag_init(Bound);
  arb_get_mag_lower(Bound, ball(Difference));
  double Lower = mag_get_d(Bound);
  arb_get_mag(Bound, ball(Difference));
  double Upper = mag_get_d(Bound);
  mag_clear(Bound);
  return {Lower, Upper};
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

void Valuation::set(Expr E, Real Value) {
  Given[E] = std::move(Value);
  Known.clear();
}

Real Valuation::value(Expr Root) {
  auto It = Known.find(Root);
  if (It != Known.end())
    return It->second;
  // Operands first, on a stack of our own. A Select evaluates only the branch
  // that it takes: the other one may have a pole there.
  llvm::SmallVector<Expr, 32> Stack{Root};
  while (!Stack.empty()) {
    Expr E = Stack.back();
    if (Known.count(E)) {
      Stack.pop_back();
      continue;
    }
    if (auto Found = Given.find(E); Found != Given.end()) {
      Known[E] = Found->second;
      Stack.pop_back();
      continue;
    }
    if (E.is(ExprKind::Select)) {
      std::optional<bool> Condition = truth(E.operand(0));
      if (!Condition) {
        Known[E] = Real::undefined();
        Stack.pop_back();
        continue;
      }
      Expr Taken = E.operand(*Condition ? 1 : 2);
      auto Value = Known.find(Taken);
      if (Value == Known.end()) {
        Stack.push_back(Taken);
        continue;
      }
      Real Copy = Value->second;
      Known[E] = std::move(Copy);
      Stack.pop_back();
      continue;
    }
    size_t Pending = Stack.size();
    for (Expr Operand : E.operands())
      if (!Operand.isCondition() && !Known.count(Operand))
        Stack.push_back(Operand);
    if (Stack.size() > Pending)
      continue;
    Real Value = compute(E);
    Known[E] = std::move(Value);
    Stack.pop_back();
  }
  return Known.find(Root)->second;
}

std::optional<bool> Valuation::truth(Expr E) {
  switch (E.kind()) {
  case ExprKind::Boolean:
    return E.boolean();
  case ExprKind::Not: {
    std::optional<bool> Inner = truth(E.operand(0));
    return Inner ? std::optional<bool>(!*Inner) : std::nullopt;
  }
  case ExprKind::And:
  case ExprKind::Or: {
    bool Neutral = E.is(ExprKind::And);
    for (Expr Operand : E.operands()) {
      std::optional<bool> Inner = truth(Operand);
      if (!Inner || *Inner != Neutral)
        return Inner;
    }
    return Neutral;
  }
  default:
    return computeTruth(E);
  }
}

std::optional<bool> Valuation::computeTruth(Expr E) {
  if (!E.isCondition()) {
    // A boolean variable: any value but zero is true.
    Real V = value(E);
    if (!V.isFinite())
      return std::nullopt;
    if (arb_is_zero(ball(V)))
      return false;
    return V.mayBeZero() ? std::nullopt : std::optional<bool>(true);
  }
  Real L = value(E.operand(0)), R = value(E.operand(1));
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

Real Valuation::compute(Expr E) {
  Real R;
  // A condition used as a number, `(v > 0)*w`.
  if (!E.isCondition())
    for (Expr Operand : E.operands())
      if (Operand.isCondition())
        Known[Operand] = compute(Operand);
  switch (E.kind()) {
  case ExprKind::Number:
    return Real(E.number(), Bits);
  case ExprKind::Add:
    for (Expr Operand : E.operands())
      arb_add(ball(R), ball(R), ball(Known[Operand]), Bits);
    return R;
  case ExprKind::Mul:
    arb_one(ball(R));
    for (Expr Operand : E.operands())
      arb_mul(ball(R), ball(R), ball(Known[Operand]), Bits);
    return R;
  case ExprKind::Pow: {
    Expr Exponent = E.operand(1);
    const Real &Base = Known[E.operand(0)];
    if (Exponent.isNumber()) {
      if (auto Whole = Exponent.number().toLong()) {
        if (*Whole < 0) {
          arb_pow_ui(ball(R), ball(Base), static_cast<ulong>(-*Whole), Bits);
          arb_inv(ball(R), ball(R), Bits);
        } else {
          arb_pow_ui(ball(R), ball(Base), static_cast<ulong>(*Whole), Bits);
        }
        return R;
      }
      if (Exponent.isNumber(Rational(1, 2))) {
        arb_sqrt(ball(R), ball(Base), Bits);
        return R;
      }
    }
    arb_pow(ball(R), ball(Base), ball(Known[Exponent]), Bits);
    return R;
  }
  case ExprKind::Call:
    return computeCall(E);
  case ExprKind::Symbol:
  case ExprKind::Element:
    return Real::undefined(); // nothing was said about it
  default: {
    std::optional<bool> Truth = truth(E);
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

Real Valuation::computeCall(Expr E) {
  llvm::StringRef Name = E.name();
  llvm::SmallVector<const Real *, 4> Args;
  for (Expr Operand : E.operands()) {
    auto It = Known.find(Operand);
    if (!It->second.isFinite())
      return Real::undefined();
    Args.push_back(&It->second);
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
