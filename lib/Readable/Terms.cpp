//===- Readable/Terms.cpp -----------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Readable/Terms.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {

const Factor *Summand::find(Expr Base) const {
  for (const Factor &F : Factors)
    if (F.Base == Base)
      return &F;
  return nullptr;
}

Rational Summand::powerOf(Expr Base) const {
  const Factor *F = find(Base);
  return F ? F->Power : Rational(0);
}

void Summand::multiply(const Factor &F) {
  if (F.Power.isZero())
    return;
  auto *It =
      llvm::lower_bound(Factors, F, [](const Factor &A, const Factor &B) {
        return A.Base.id() < B.Base.id();
      });
  if (It == Factors.end() || It->Base != F.Base) {
    It = Factors.insert(It, F);
  } else {
    It->Power = It->Power + F.Power;
    if (It->Power.isZero()) {
      Factors.erase(It);
      return;
    }
  }
  if (It->IsTruth && It->Power.sign() > 0)
    It->Power = 1;
  if (It->Base.is(ExprKind::Mul) && It->Power.isInteger()) {
    // Two roots of a product: no root any more.
    Factor Whole = *It;
    Factors.erase(It);
    for (Expr Part : Whole.Base.operands()) {
      bool IsPower = Part.is(ExprKind::Pow) && Part.operand(1).isNumber();
      multiply(
          {IsPower ? Part.operand(0) : Part,
           IsPower ? Part.operand(1).number() * Whole.Power : Whole.Power});
    }
  }
}

void Summand::multiplyExp(Expr Argument) {
  if (!Argument.isZero())
    Exponent = Exponent.isZero() ? Argument : Exponent + Argument;
}

Summand operator*(const Summand &A, const Summand &B) {
  Summand Result = A;
  Result.Coefficient = A.Coefficient * B.Coefficient;
  for (const Factor &F : B.Factors)
    Result.multiply(F);
  Result.multiplyExp(B.Exponent);
  return Result;
}

Summand power(const Summand &T, long Exponent) {
  Summand Result = T;
  Result.Coefficient = T.Coefficient.pow(Exponent);
  for (Factor &F : Result.Factors)
    if (!F.IsTruth || Exponent < 0)
      F.Power = F.Power * Rational(Exponent);
  Result.Exponent = scaled(T.Exponent, Exponent);
  return Result;
}

Expr scaled(Expr E, const Rational &Factor) {
  if (!E.is(ExprKind::Add))
    return Factor * E;
  llvm::SmallVector<Expr, 8> Terms;
  for (Expr T : E.operands())
    Terms.push_back(Factor * T);
  return E.arena().add(Terms);
}

Expr monomialOf(ExprArena &A, const Summand &T) {
  llvm::SmallVector<Expr, 8> Product;
  for (const Factor &F : T.Factors)
    Product.push_back(pow(F.Base, F.Power));
  if (!T.Exponent.isZero())
    Product.push_back(A.call("exp", {T.Exponent}));
  return Product.empty() ? A.number(1) : A.mul(Product);
}

Expr toExpr(ExprArena &A, const Summand &T) {
  return A.mul({A.number(T.Coefficient), monomialOf(A, T)});
}

Expr toExpr(ExprArena &A, llvm::ArrayRef<Summand> S) {
  llvm::SmallVector<Expr, 8> Terms;
  for (const Summand &T : S)
    Terms.push_back(toExpr(A, T));
  return Terms.empty() ? A.number(0) : A.add(Terms);
}

Sum collect(ExprArena &A, llvm::ArrayRef<Summand> Terms) {
  Sum Result;
  llvm::DenseMap<Expr, size_t> Position;
  for (const Summand &T : Terms) {
    auto [It, IsNew] = Position.try_emplace(monomialOf(A, T), Result.size());
    if (IsNew)
      Result.push_back(T);
    else
      Result[It->second].Coefficient =
          Result[It->second].Coefficient + T.Coefficient;
  }
  llvm::erase_if(Result,
                 [](const Summand &T) { return T.Coefficient.isZero(); });
  return Result;
}

} // namespace brian2lift
