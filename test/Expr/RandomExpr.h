//===- test/Expr/RandomExpr.h - Random expressions, the same in every run ===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_TEST_EXPR_RANDOMEXPR_H
#define BRIAN2LIFT_TEST_EXPR_RANDOMEXPR_H

#include "Expr/Expr.h"
#include <random>

namespace brian2lift {

/// Draws expressions of every kind. Only the engine is used, whose numbers the
/// standard fixes; its distributions differ between libraries.
class RandomExpr {
public:
  RandomExpr(ExprArena &A, unsigned Seed) : A(A), Engine(Seed) {}

  int below(int N) { return static_cast<int>(Engine() % N); }

  Expr symbol() {
    static const char *const Names[] = {"v", "w", "tau", "x_1", "g_Na", "dt"};
    return A.symbol(Names[below(6)]);
  }

  Rational number() {
    switch (below(5)) {
    case 0:
      return Rational(below(2000) - 1000);
    case 1: // as generators print: 0.0555555555555556
      return Rational(below(1000000000), 1000000000);
    case 2:
      return Rational(below(19) - 9, 1 + below(12));
    case 3:
      return Rational(10).pow(below(40) - 20);
    default:
      return Rational(1 + below(9));
    }
  }

  /// Differentiable everywhere but at poles.
  Expr smooth(int Depth) {
    if (Depth == 0)
      return below(3) ? symbol() : A.number(number());
    switch (below(7)) {
    case 0:
    case 1:
      return A.add(
          {smooth(Depth - 1), smooth(Depth - 1), smooth(below(Depth))});
    case 2:
    case 3:
      return smooth(Depth - 1) * smooth(Depth - 1);
    case 4:
      return smooth(Depth - 1) / smooth(below(Depth));
    case 5:
      return pow(smooth(Depth - 1), Rational(below(7) - 3));
    default: {
      static const char *const Names[] = {"exp",  "sin",    "cos",  "tanh",
                                          "sinh", "exprel", "expm1"};
      return A.call(Names[below(7)], {smooth(Depth - 1)});
    }
    }
  }

  /// Everything that can be printed.
  Expr any(int Depth) {
    if (Depth == 0)
      return smooth(0);
    switch (below(12)) {
    case 0:
      return A.select(condition(Depth - 1), any(Depth - 1), any(below(Depth)));
    case 1:
      return A.element("_array_g_v", any(below(Depth)));
    case 2:
      return A.call(below(2) ? "%" : "//", {any(Depth - 1), any(below(Depth))});
    case 3:
      return A.call("clip", {any(Depth - 1), symbol(), A.number(number())});
    case 4:
      return A.call("int", {condition(Depth - 1)});
    case 5:
      return A.pow(any(Depth - 1), any(below(Depth)));
    case 6:
      return pow(any(Depth - 1), Rational(1, 2));
    case 7:
      return -any(Depth - 1);
    case 8:
      return A.add({any(Depth - 1), any(Depth - 1), any(below(Depth))});
    case 9:
      return any(Depth - 1) * any(Depth - 1);
    case 10:
      return any(Depth - 1) / any(below(Depth));
    default:
      return smooth(Depth);
    }
  }

  Expr condition(int Depth) {
    switch (below(Depth ? 6 : 2)) {
    case 0:
      return A.symbol("not_refractory");
    case 1:
    case 2: {
      auto Kind =
          static_cast<ExprKind>(static_cast<int>(ExprKind::Lt) + below(6));
      return A.compare(Kind, any(below(Depth + 1)), any(below(Depth + 1)));
    }
    case 3:
      return A.conjunction({condition(Depth - 1), condition(Depth - 1)});
    case 4:
      return A.disjunction({condition(Depth - 1), condition(Depth - 1)});
    default:
      return A.negation(condition(Depth - 1));
    }
  }

private:
  ExprArena &A;
  std::mt19937 Engine;
};

} // namespace brian2lift

#endif // BRIAN2LIFT_TEST_EXPR_RANDOMEXPR_H
