//===- Expr/PolynomialTest.cpp ------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Expr/Polynomial.h"
#include "gtest/gtest.h"

using namespace brian2lift;

namespace {

/// x**2 - y**2
Polynomial squares() {
  Polynomial P(2);
  P.add(1, {2, 0});
  P.add(-1, {0, 2});
  return P;
}

TEST(PolynomialTest, DividesExactlyOrNotAtAll) {
  Polynomial Difference(2), Other(2);
  Difference.add(1, {1, 0});
  Difference.add(-1, {0, 1});
  auto Quotient = divideExactly(squares(), Difference);
  ASSERT_TRUE(Quotient);
  EXPECT_EQ(Quotient->Terms.size(), 2U);
  for (const Polynomial::Monomial &M : Quotient->Terms)
    EXPECT_EQ(M.Coefficient, Rational(1));
  Other.add(1, {1, 0});
  Other.add(2, {0, 1});
  EXPECT_FALSE(divideExactly(squares(), Other));
  EXPECT_FALSE(divideExactly(squares(), Polynomial(2)));
}

TEST(PolynomialTest, Factorizes) {
  Polynomial P = squares();
  P.add(Rational(-1, 2), {2, 0}); // equal monomials add up
  P.add(Rational(1, 2), {0, 2});
  auto F = factorize(P);
  ASSERT_TRUE(F);
  EXPECT_EQ(F->Factors.size(), 2U);
  EXPECT_EQ(F->Content.abs(), Rational(1, 2));
  EXPECT_FALSE(factorize(Polynomial(2)));
}

} // namespace
