//===- test/Expr/Algebra.h - Tests that read as algebra -----------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_TEST_EXPR_ALGEBRA_H
#define BRIAN2LIFT_TEST_EXPR_ALGEBRA_H

#include "Expr/Text.h"
#include "gtest/gtest.h"

namespace brian2lift {

/// A test whose expressions are written as text, all in one arena.
class Algebra : public testing::Test {
protected:
  ExprArena A;

  Expr e(llvm::StringRef Text) {
    llvm::Expected<Expr> Parsed = parseBrian(A, Text);
    if (Parsed)
      return *Parsed;
    ADD_FAILURE() << Text.str() << ": " << llvm::toString(Parsed.takeError());
    return A.symbol("unparsable");
  }
};

/// GoogleTest prints expressions of failed comparisons with this.
inline void PrintTo(Expr E, std::ostream *OS) {
  *OS << (E ? toBrian(E) : "null");
}
inline void PrintTo(const Rational &R, std::ostream *OS) {
  *OS << R.toString();
}

} // namespace brian2lift

#endif // BRIAN2LIFT_TEST_EXPR_ALGEBRA_H
