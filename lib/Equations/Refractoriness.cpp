//===- Equations/Refractoriness.cpp -------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Equations/Equations.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {

constexpr llvm::StringLiteral NotRefractory = "not_refractory";

static bool dependsOn(Expr E, llvm::StringRef Symbol) {
  return contains(E, E.arena().symbol(Symbol));
}

/// timestep(t - lastspike, dt) >= timestep(x, dt), or the older
/// (t - lastspike) > x; one of them in each branch where x uses booleans.
static std::optional<Refractoriness> readDuration(Expr Value) {
  Refractoriness R;
  ExprArena &A = Value.arena();
  if (Value.is(ExprKind::Select)) {
    std::optional<Refractoriness> IfTrue = readDuration(Value.operand(1));
    std::optional<Refractoriness> IfFalse = readDuration(Value.operand(2));
    if (!IfTrue || !IfFalse || IfTrue->IsLegacy != IfFalse->IsLegacy)
      return std::nullopt;
    R.Duration = selectsToInt(
        A.select(Value.operand(0), IfTrue->Duration, IfFalse->Duration));
    R.IsLegacy = IfTrue->IsLegacy;
    return R.Duration ? std::optional<Refractoriness>(R) : std::nullopt;
  }
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

std::optional<Refractoriness> readRefractoriness(const Step &S) {
  auto It = S.Final.find(NotRefractory.str());
  if (It == S.Final.end())
    return std::nullopt;
  // Then it is no longer the time of a spike.
  if (S.Final.count("lastspike") || llvm::is_contained(S.Lost, "lastspike"))
    return std::nullopt;
  Refractoriness R;
  for (const StepWrite &W : S.Writes)
    if (W.Name == NotRefractory)
      R.Begin = W.Begin;
  Expr Value = It->second;
  // A condition: the flag returns as soon as it does not hold. With the flag
  // up it stays up. One that never holds (`refractory=False`) leaves only that.
  if (dependsOn(Value, NotRefractory) || Value.isTrue()) {
    if (!assume(Value, NotRefractory, true).isTrue())
      return std::nullopt;
    // Boolean variables in the condition split it into branches.
    Expr Ends = conditionWithoutSelects(assume(Value, NotRefractory, false));
    if (!Ends)
      return std::nullopt;
    R.Condition = simplestOpposite(Ends);
    return R;
  }
  std::optional<Refractoriness> Duration = readDuration(Value);
  if (Duration)
    Duration->Begin = R.Begin;
  return Duration;
}

} // namespace brian2lift
