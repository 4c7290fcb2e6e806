//===- Units/Solve.cpp --------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Units/Solve.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

namespace brian2lift {

Terms addScaled(llvm::ArrayRef<Term> A, llvm::ArrayRef<Term> B,
                Fraction Factor) {
  Terms Sum;
  Sum.reserve(A.size() + B.size());
  while (!A.empty() || !B.empty()) {
    if (B.empty() || (!A.empty() && A.front().Index < B.front().Index)) {
      Sum.push_back(A.front());
      A = A.drop_front();
      continue;
    }
    Fraction C = B.front().Coefficient * Factor;
    unsigned Index = B.front().Index;
    B = B.drop_front();
    if (!A.empty() && A.front().Index == Index) {
      C = C + A.front().Coefficient;
      A = A.drop_front();
    }
    if (!C.isZero())
      Sum.push_back({Index, C});
  }
  return Sum;
}

void DimensionSolver::subtract(Row &From, const Row &R, Fraction Factor) {
  From.Unknowns = addScaled(From.Unknowns, R.Unknowns, -Factor);
  From.Equations = addScaled(From.Equations, R.Equations, -Factor);
  if (!R.Value.isDimensionless())
    From.Value = From.Value / R.Value.power(Factor);
}

bool DimensionSolver::isValid(const Row &R) {
  auto IsValid = [](const Term &T) { return T.Coefficient.isValid(); };
  return R.Value.isValid() && llvm::all_of(R.Unknowns, IsValid) &&
         llvm::all_of(R.Equations, IsValid);
}

std::optional<DimensionSolver::Circuit>
DimensionSolver::add(unsigned Index, const LinearEquation &E) {
  Row New{0, E.Unknowns, E.Value, {{Index, 1}}};
  // No row holds another row's pivot, so one pass removes them all.
  for (const Term &T : E.Unknowns)
    if (PivotRow[T.Index] >= 0)
      subtract(New, Rows[PivotRow[T.Index]], T.Coefficient);
  if (!isValid(New))
    return std::nullopt;
  if (New.Unknowns.empty()) {
    Circuit C;
    C.IsContradiction = !New.Value.isDimensionless();
    for (const Term &T : New.Equations)
      C.Equations.push_back(T.Index);
    return C;
  }

  const Term &Pivot =
      *std::min_element( // NOLINT(llvm-use-ranges): not in LLVM 19
          New.Unknowns.begin(), New.Unknowns.end(),
          [&](const Term &A, const Term &B) {
            return Weights[A.Index] < Weights[B.Index];
          });
  New.Pivot = Pivot.Index;
  Fraction Scale = Fraction(1) / Pivot.Coefficient;
  for (Term &T : New.Unknowns)
    T.Coefficient = T.Coefficient * Scale;
  for (Term &T : New.Equations)
    T.Coefficient = T.Coefficient * Scale;
  New.Value = New.Value.power(Scale);
  if (!isValid(New))
    return std::nullopt;

  std::vector<Row> Changed;
  for (Row &R : Rows) {
    const Term *T = llvm::find_if(
        R.Unknowns, [&](const Term &X) { return X.Index == New.Pivot; });
    if (T == R.Unknowns.end())
      continue;
    Changed.push_back(R);
    subtract(Changed.back(), New, T->Coefficient);
    if (!isValid(Changed.back()))
      return std::nullopt;
  }
  for (Row &R : Changed)
    Rows[PivotRow[R.Pivot]] = std::move(R);
  PivotRow[New.Pivot] = static_cast<int>(Rows.size());
  Rows.push_back(std::move(New));
  return std::nullopt;
}

std::optional<DimensionSolver::Solution>
DimensionSolver::solution(unsigned Unknown) const {
  if (isFree(Unknown))
    return std::nullopt;
  const Row &R = Rows[PivotRow[Unknown]];
  if (R.Unknowns.size() != 1)
    return std::nullopt;
  Solution S{R.Value, {}};
  for (const Term &T : R.Equations)
    S.Equations.push_back(T.Index);
  return S;
}

LinearEquation DimensionSolver::formOf(unsigned Unknown) const {
  if (isFree(Unknown))
    return {{{Unknown, 1}}, {}};
  const Row &R = Rows[PivotRow[Unknown]];
  LinearEquation Form{{}, R.Value};
  for (const Term &T : R.Unknowns)
    if (T.Index != Unknown)
      Form.Unknowns.push_back({T.Index, -T.Coefficient});
  return Form;
}

} // namespace brian2lift
