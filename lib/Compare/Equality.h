//===- Compare/Equality.h - The same value everywhere --------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Two expressions are the same when they have the same value for all values of
// their symbols. That is decided by values at many points, in arithmetic with
// proven error bounds (Expr/Evaluate.h); numbers are exact, so one changed
// digit shows.
//
// What jumps is not decided so: whether `v > -50*mV` and `v > -50.1*mV` differ
// would depend on a point between the two. A comparison, and a function with
// jumps (`floor`, `clip`, `%`), is therefore a symbol, and two of them are the
// same symbol when what they compare is the same up to a positive factor, or
// their arguments are the same.
//
//   Equality Same(A);
//   Same.compare(*parseBrian(A, "-(v - El)/tau"),
//                *parseBrian(A, "El/tau - v/tau"))          // Same
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_COMPARE_EQUALITY_H
#define BRIAN2LIFT_COMPARE_EQUALITY_H

#include "Expr/Expr.h"
#include "llvm/ADT/DenseSet.h"
#include <vector>

namespace brian2lift {

enum class Verdict {
  Same,
  Different,
  Undecided ///< no point could be found at which both have a value
};

/// Compares expressions of one arena; remembers comparisons and jumps, so that
/// all expressions of a group should be compared by one of these.
class Equality {
public:
  /// Values may differ by this much of the size of their terms: nothing for
  /// exact numbers but what the precision costs, more for such as a generator
  /// has printed with 15 digits.
  Equality(ExprArena &A, double Tolerance) : A(A), Tolerance(Tolerance) {}

  /// A variable that is a truth value: `int(active)` is 1 or 0.
  void addTruth(Expr Symbol) { Truths.insert(Symbol); }

  Verdict compare(Expr Left, Expr Right);

private:
  struct Atom {
    Expr Symbol;
    Expr Original; ///< what it stands for, of symbols of other atoms
  };
  Expr withoutJumps(Expr E);
  Expr comparison(Expr E);
  Expr jump(Expr E);
  Expr symbolFor(std::vector<Atom> &Atoms, Expr Original,
                 llvm::function_ref<bool(Expr Known)> IsSame);
  bool haveSameSign(Expr Left, Expr Right, bool OnlyZeroCounts);
  Verdict compareValues(Expr Left, Expr Right);
  bool isLogical(Expr E) const;
  llvm::DenseSet<Expr> truthsOf(llvm::ArrayRef<Expr> Roots) const;

  ExprArena &A;
  const double Tolerance;
  std::vector<Atom> Comparisons, Jumps;
  llvm::DenseSet<Expr> Truths; ///< of symbols, those of comparisons among them
};

} // namespace brian2lift

#endif // BRIAN2LIFT_COMPARE_EQUALITY_H
