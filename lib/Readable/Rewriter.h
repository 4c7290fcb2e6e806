//===- Readable/Rewriter.h - The steps of makeReadable ------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For .cpp files of this room only. An expression goes
//
//   expand     (Expand.cpp)    into a sum of terms, kernels kept together
//   cancel     (Kernels.cpp)   kernels that divide what stands above them
//   sum        (Sums.cpp)      taking common factors out again
//   product    (Products.cpp)  how one term is written
//   linear     (Linear.cpp)    steady states and rates of gating variables
//
// and the cheapest form on the way (Cost.cpp) is kept. All steps are memoised
// by node, and all work is counted against one budget.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_READABLE_REWRITER_H
#define BRIAN2LIFT_READABLE_REWRITER_H

#include "Expr/Polynomial.h"
#include "Readable/Numbers.h"
#include "Readable/Readable.h"
#include "Readable/Terms.h"
#include "llvm/ADT/DenseSet.h"
#include <deque>

namespace brian2lift {

/// What a reader has to read, memoised.
class CostModel {
public:
  explicit CostModel(const llvm::StringSet<> &StateVariables)
      : StateVariables(StateVariables) {}

  /// With the idioms that authors like a little cheaper than they are.
  double of(Expr E);

private:
  const llvm::StringSet<> &StateVariables;
  llvm::DenseMap<Expr, double> Known;

  double compute(Expr E);
  double ofMagnitude(Expr E);
  double ofSum(Expr E);
  int signOfMultiple(Expr E) const;
  unsigned nestedPolynomials(const Rational &Coefficient,
                             llvm::ArrayRef<Expr> Factors) const;
  double ofProduct(const Rational &Coefficient, llvm::ArrayRef<Expr> Factors);
};

class Rewriter {
public:
  Rewriter(ExprArena &A, const ReadableNames &Names);

  /// The form for a whole equation: the one it was given, with readable parts,
  /// unless another is clearly cheaper. Has a budget of its own. `Variable` is
  /// the one that it is the derivative of, or null.
  Expr equation(Expr E, Expr Variable);

private:
  Expr wholeEquation(Expr E, Expr Variable);
  Expr withNoiseApart(Expr E, Expr Variable);

  ExprArena &A;
  const ReadableNames &Names;
  CostModel Costs;
  Expr Euler; ///< the name of exp(1), or null
  /// Steps left for the form at hand; nothing more is tried when it is used up.
  long Budget = 0;
  int UnfoldsLeft = 0; ///< literals that may be tried in vain
  llvm::DenseMap<Expr, Expr> Readable;
  llvm::DenseMap<Expr, const Sum *> Expanded;
  std::deque<Sum> ExpandedSums;
  llvm::DenseMap<Expr, std::optional<FoldedExp>> Unfolded;
  llvm::DenseSet<Expr> Active; ///< being made readable
  ExponentSteps Steps;
  ExpUnfolder ExpUnfold;

  /// So many steps for another form.
  void refill(long Steps);
  bool spend(size_t Steps) {
    Budget -= static_cast<long>(Steps);
    return Budget > 0;
  }
  Summand one() const {
    Summand T;
    T.Exponent = A.number(0);
    return T;
  }
  Summand number(const Rational &R) const {
    Summand T = one();
    T.Coefficient = R;
    return T;
  }
  Expr cheaper(Expr E, Expr Other);
  /// The cheapest form found.
  Expr readable(Expr E);

  // Linear.cpp
  /// The cheapest form of an `E` that is linear in X by that variable; null
  /// where there is none. Where `Form` has rates, or a steady state, only the
  /// other is looked for; `Form` may be null.
  Expr linear(Expr E, Expr X, Expr Form);

  // Expand.cpp
  /// `E` multiplied out, for as long as the rewriter lives; null where that is
  /// too much.
  const Sum *expand(Expr E);
  std::optional<Sum> expandNow(Expr E);
  std::optional<Sum> expandPower(Expr E);
  std::optional<Sum> expandCall(Expr E);
  std::optional<Sum> expandTruth(Expr Condition);
  std::optional<Sum> multiply(llvm::ArrayRef<Summand> L,
                              llvm::ArrayRef<Summand> R);
  Summand atom(Expr E, bool IsTruth = false);
  void unfold(Summand &T);
  /// Remembers the denominators inside exponentials, which folded numbers had.
  void noteExponents(Expr E);

  // Kernels.cpp
  class Generators;
  std::optional<Summand> kernelsOf(llvm::ArrayRef<Summand> S,
                                   const Rational &Power);
  Summand takeContent(Sum &S);
  Summand takeDenominators(Sum &S);
  Summand factorized(Sum S);
  std::optional<Sum> divide(llvm::ArrayRef<Summand> S,
                            llvm::ArrayRef<Summand> By);
  Sum cancel(Sum S);
  bool cancelKernel(Sum &S, Expr Kernel);
  bool cancelExprel(Sum &S, Expr Kernel);

  // Sums.cpp
  Expr sum(const Sum &S);
  Expr sumNow(const Sum &S);
  Summand contentOf(const Sum &S);
  Summand denominatorOf(const Summand &T);
  Expr withContent(const Sum &S, Summand Content);
  Expr plainSum(const Sum &S);
  std::optional<Expr> overCommonDenominator(const Sum &S);
  std::optional<Expr> truthSum(llvm::ArrayRef<Summand> S);
  Sum takeOut(Sum S, unsigned Strategy);
  llvm::DenseMap<Expr, Expr> Sums;

  // Products.cpp
  /// What a kernel is multiplied by where it is written.
  using Multipliers = llvm::SmallDenseMap<Expr, Summand, 2>;
  Expr product(Summand T);
  Expr written(const Summand &T, const Multipliers &By);
  Expr structured(Expr E);
  Expr argument(Expr E);
};

/// Brian2's constant `e` (core/functions.py); null where that is a name of the
/// author's, or not used.
Expr eulersNumber(ExprArena &A, const ReadableNames &Names);

/// True where `A` - `B` starts with a negative term: an order that does not
/// change when something is added to both.
bool isShiftedBefore(Expr A, Expr B);

} // namespace brian2lift

#endif // BRIAN2LIFT_READABLE_REWRITER_H
