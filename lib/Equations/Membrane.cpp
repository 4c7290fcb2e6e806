//===- Equations/Membrane.cpp -------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Equations/Membrane.h"
#include "Equations/Reintegrate.h"
#include "Step/Cable.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {

namespace {

/// Coefficients by powers of a symbol; those of a sum or product of polynomials
/// and of a division by a power.
using Powers = std::map<long, Expr>;

/// More terms than any membrane current has: code that explodes is not read.
constexpr size_t MaxPowers = 16;

std::optional<Powers> powersOf(Expr E, Expr Symbol);

Powers product(const Powers &L, const Powers &R) {
  Powers Result;
  for (auto [I, A] : L)
    for (auto [J, B] : R) {
      Expr &Sum = Result[I + J];
      Sum = Sum ? Sum + A * B : A * B;
    }
  return Result;
}

std::optional<Powers> powersOfPower(Expr E, Expr Symbol) {
  if (!E.operand(1).isNumber())
    return std::nullopt;
  std::optional<long> Exponent = E.operand(1).number().toLong();
  if (!Exponent)
    return std::nullopt;
  if (E.operand(0) == Symbol)
    return Powers{{*Exponent, E.arena().number(1)}};
  auto Base = powersOf(E.operand(0), Symbol);
  if (!Base || *Exponent < 1 || *Exponent > 4)
    return std::nullopt;
  Powers Result = *Base;
  for (long I = 1; I < *Exponent; ++I)
    Result = product(Result, *Base);
  return Result;
}

/// `E` as a Laurent polynomial in `Symbol`; nullopt when it is none.
std::optional<Powers> powersOf(Expr E, Expr Symbol) {
  if (!contains(E, Symbol))
    return Powers{{0, E}};
  if (E == Symbol)
    return Powers{{1, E.arena().number(1)}};
  if (E.is(ExprKind::Pow))
    return powersOfPower(E, Symbol);
  if (!E.is(ExprKind::Add) && !E.is(ExprKind::Mul))
    return std::nullopt;
  Powers Result;
  if (E.is(ExprKind::Mul))
    Result[0] = E.arena().number(1);
  for (Expr Operand : E.operands()) {
    auto Part = powersOf(Operand, Symbol);
    if (!Part || Part->size() > MaxPowers || Result.size() > MaxPowers)
      return std::nullopt;
    if (E.is(ExprKind::Mul))
      Result = product(Result, *Part);
    else
      for (auto [Power, Coefficient] : *Part) {
        Expr &Sum = Result[Power];
        Sum = Sum ? Sum + Coefficient : Coefficient;
      }
  }
  for (auto It = Result.begin(); It != Result.end();)
    It = It->second.isZero() ? Result.erase(It) : std::next(It);
  return Result;
}

} // namespace

MembraneCurrent recoverMembraneCurrent(const Step &S) {
  MembraneCurrent Result;
  const StepTemporary *Current = S.findTemporary(CableCurrent);
  const StepTemporary *Conductance = S.findTemporary(CableConductance);
  if (!Current || !Conductance)
    return Result;
  Result.Sources = {Current->Begin, Conductance->Begin};
  if (!Current->Value || !Conductance->Value)
    return Result;
  Expr V = Current->Value.arena().symbol("v");
  Expr Total = Current->Value - Conductance->Value * V;
  Expr Slope = differentiate(Total, V);
  if (hasUnknownDerivative(Slope))
    return Result;
  SystemCandidate Values;
  Values.Constants = S.Constants;
  for (const StepVariable &Variable : S.Variables)
    if (Variable.Type == ScalarType::Boolean)
      Values.Booleans.insert(Variable.Name);
  auto Agrees = agreement(Slope, -Conductance->Value, Values);
  if (!Agrees)
    return Result;
  Result.Total = Total;
  Result.Check.Points = Agrees->Points;
  Result.Check.MaxRelativeError = Agrees->MaxRelativeError;
  Result.Check.IsLinearisation = true;
  return Result;
}

PointCurrents
separatePointCurrents(Expr Total,
                      llvm::function_ref<bool(llvm::StringRef)> Eligible) {
  PointCurrents Result{Total, {}};
  Expr Area = Total.arena().symbol("area");
  auto ByArea = powersOf(Total, Area);
  if (!ByArea || !ByArea->count(-1))
    return Result;
  // Anything else than a density and a current over the area is the author's
  // own use of `area`.
  for (auto [Power, Coefficient] : *ByArea)
    if (Power != 0 && Power != -1)
      return Result;
  Expr Density = ByArea->count(0) ? ByArea->at(0) : Total.arena().number(0);
  Expr Current = ByArea->at(-1);
  llvm::SmallVector<Expr, 8> Terms = {Current};
  if (Current.is(ExprKind::Add))
    Terms.assign(Current.operands().begin(), Current.operands().end());
  for (Expr Term : Terms) {
    if (!Term.isSymbol() || !Eligible(Term.name()))
      continue;
    Expr Others = Current - Term;
    if (contains(Others, Term) || contains(Density, Term))
      continue;
    Current = Others;
    Result.Names.push_back(Term.name().str());
  }
  if (!Result.Names.empty())
    Result.Rest = Density + Current / Area;
  return Result;
}

} // namespace brian2lift
