//===- Units/Solve.h - Linear equations between dimensions --------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// [x] + 1/2*[y] - [z] = volt is one equation; the unknowns are dimensions, all
// seven exponents share the coefficients. Gaussian elimination, one equation at
// a time, with the combination of equations that each row stands for: an
// equation that contradicts the earlier ones then comes with exactly those that
// it contradicts, and a solution with exactly those that it rests on.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_UNITS_SOLVE_H
#define BRIAN2LIFT_UNITS_SOLVE_H

#include "Units/Units.h"
#include "llvm/ADT/SmallVector.h"

namespace brian2lift {

/// Coefficient of the unknown or equation `Index`.
struct Term {
  unsigned Index;
  Fraction Coefficient;
};
/// Sorted by index, without zeros.
using Terms = llvm::SmallVector<Term, 4>;

/// A + Factor*B.
Terms addScaled(llvm::ArrayRef<Term> A, llvm::ArrayRef<Term> B,
                Fraction Factor);

/// The sum of `Unknowns` is `Value`.
struct LinearEquation {
  Terms Unknowns;
  Dimension Value;
};

class DimensionSolver {
public:
  /// `Weights` says how much one wants an unknown to stay free when something
  /// has to; one for each unknown.
  explicit DimensionSolver(std::vector<unsigned> Weights)
      : Weights(std::move(Weights)), PivotRow(this->Weights.size(), -1) {}

  /// What an equation that follows from, or contradicts, earlier ones is made
  /// of: a combination of it and of exactly these is 0 = 0, or 0 = something.
  struct Circuit {
    bool IsContradiction = false;
    std::vector<unsigned> Equations;
  };
  /// Adds equation number `Index`, unless it says nothing new; then the result
  /// tells why. An equation too large for Fractions is left out, too.
  std::optional<Circuit> add(unsigned Index, const LinearEquation &E);

  struct Solution {
    Dimension Value;
    std::vector<unsigned> Equations;
  };
  std::optional<Solution> solution(unsigned Unknown) const;
  /// The unknown in terms of free ones: the product of powers of `Unknowns` and
  /// `Value`. A free one is itself.
  LinearEquation formOf(unsigned Unknown) const;
  /// True when the unknown can be chosen freely and others follow from it.
  bool isFree(unsigned Unknown) const { return PivotRow[Unknown] < 0; }

private:
  struct Row {
    unsigned Pivot; ///< has the coefficient 1 here and is in no other row
    Terms Unknowns;
    Dimension Value;
    Terms Equations;
  };
  static void subtract(Row &From, const Row &R, Fraction Factor);
  static bool isValid(const Row &R);

  std::vector<unsigned> Weights;
  std::vector<Row> Rows;
  std::vector<int> PivotRow; ///< by unknown; -1 for none
};

} // namespace brian2lift

#endif // BRIAN2LIFT_UNITS_SOLVE_H
