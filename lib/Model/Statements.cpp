//===- Model/Statements.cpp ---------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model/Statements.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {

namespace {

/// Finds `x += a` in `x = x + a`, and its kin.
ModelStatement makeStatement(const std::string &Name, Expr Value) {
  ExprArena &A = Value.arena();
  Expr Variable = A.symbol(Name);
  if (Value.is(ExprKind::Add) &&
      llvm::is_contained(Value.operands(), Variable)) {
    Expr Rest = Value - Variable;
    bool Minus = Rest.is(ExprKind::Add)
                     ? llvm::all_of(Rest.operands(), isNegative)
                     : isNegative(Rest);
    return Minus ? ModelStatement{Name, "-=", -Rest}
                 : ModelStatement{Name, "+=", Rest};
  }
  if (Value.is(ExprKind::Mul) &&
      llvm::is_contained(Value.operands(), Variable)) {
    Expr Rest = Value / Variable;
    if (!contains(Rest, Variable)) {
      if (Rest.is(ExprKind::Pow) && Rest.operand(1).isNumber(-1))
        return {Name, "/=", Rest.operand(0)};
      if (Rest.isNumber() && Rest.number().numerator().isOne() &&
          !Rest.number().isDecimal())
        return {Name, "/=", A.number(Rest.number().denominator())};
      return {Name, "*=", Rest};
    }
  }
  return {Name, "=", Value};
}

/// True for a Select of truth values.
bool isConditional(Expr E) {
  while (E.is(ExprKind::Select))
    E = E.operand(1);
  return E.isCondition();
}

} // namespace

std::optional<std::vector<ModelStatement>>
statementsOf(const Step &S, const std::set<std::string> &Guarded) {
  std::vector<ModelStatement> Result;
  if (!S.Lost.empty() || S.HasEntangledWrites)
    return std::nullopt;
  for (const StepWrite &W : S.Writes) {
    Expr Value = W.Value;
    if (Guarded.count(W.Name) &&
        assume(Value, "not_refractory", false) == Value.arena().symbol(W.Name))
      Value = assume(Value, "not_refractory", true);
    Value = isConditional(Value) ? conditionWithoutSelects(Value)
                                 : selectsToInt(Value);
    if (!Value)
      return std::nullopt;
    Value = inBrianCalls(Value);
    Result.push_back(W.IsLocal ? ModelStatement{W.Name, "=", Value}
                               : makeStatement(W.Name, Value));
  }
  return Result;
}

} // namespace brian2lift
