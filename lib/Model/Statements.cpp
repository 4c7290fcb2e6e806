//===- Model/Statements.cpp -----------------------------------------------===//
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

bool isNegative(Expr E) {
  return (E.isNumber() && E.number().sign() < 0) ||
         (E.is(ExprKind::Mul) && isNegative(E.operand(0)));
}

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
      return {Name, "*=", Rest};
    }
  }
  return {Name, "=", Value};
}

} // namespace

std::optional<std::vector<ModelStatement>> statementsOf(const Step &S) {
  std::vector<ModelStatement> Result;
  if (!S.Lost.empty())
    return std::nullopt;
  for (const StepWrite &W : S.Writes) {
    Expr Value = selectsToInt(W.Value);
    if (!Value)
      return std::nullopt;
    Value = withoutDrawNumbers(Value);
    Result.push_back(W.IsLocal ? ModelStatement{W.Name, "=", Value}
                               : makeStatement(W.Name, Value));
  }
  return Result;
}

} // namespace brian2lift
