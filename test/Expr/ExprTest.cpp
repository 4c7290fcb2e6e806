//===- test/Expr/ExprTest.cpp - Equal expressions are the same node -----===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Algebra.h"
#include "RandomExpr.h"

using namespace brian2lift;

namespace {

using ExprTest = Algebra;

/// Pairs that are built as the same node.
TEST_F(ExprTest, CanonicalAsBuilt) {
  const char *Same[][2] = {
      {"(v - El) + El", "v"},
      {"v + v", "2*v"},
      {"v - v", "0"},
      {"w + v", "v + w"},
      {"w*v", "v*w"},
      {"(a + b) + c", "a + (b + c)"},
      {"(a*b)*c", "a*(b*c)"},
      {"v*v", "v**2"},
      {"v/v", "1"},
      {"v*v**-1", "1"},
      {"2*v*3", "6*v"},
      {"0*exp(v)", "0"},
      {"v**0", "1"},
      {"v**1", "v"},
      {"(v**2)**3", "v**6"},
      {"(v*w)**2", "v**2*w**2"},
      {"sqrt(v)*sqrt(v)", "v"},
      {"sqrt(4)", "2"},
      {"(1/4)**0.5", "0.5"},
      {"8**(1/3)", "2"},
      {"(v**a)**2", "v**(2*a)"},
      {"a - (b - c)", "a - b + c"},
      {"a - (b - c)/3 - (b - c)/3 - (b - c)/3", "a - b + c"},
      {"a + (b + c)/2 + (b + c)/2", "a + b + c"},
      {"exp(0)", "1"},
      {"int(True)", "1"},
      {"not not (v > 0)", "v > 0"},
      {"v > 0 and v > 0", "v > 0"},
      {"v > 0 and True", "v > 0"},
      {"v > 0 and False", "False"},
      {"v > 0 or True", "True"},
      {"1 < 2", "True"},
      {"(v if True else w)", "v"},
      {"(v if c else v)", "v"},
      {"(v if not c else w)", "(w if c else v)"},
  };
  for (const auto &[Left, Right] : Same)
    EXPECT_EQ(e(Left), e(Right)) << Left << " and " << Right;
}

/// Pairs that must stay apart: no rule may be wrong at some value, but for the
/// removable points of x/x, and no product is multiplied out.
TEST_F(ExprTest, NotRewritten) {
  const char *Different[][2] = {
      {"a*(b + c)", "a*b + a*c"},
      {"sqrt(v**2)", "v"},
      {"(v**2)**0.5", "v"},
      {"v > w", "w < v"},
      {"v % w", "w % v"},
      {"exp(a + b)", "exp(a)*exp(b)"},
      {"0*mV < v", "0 < v"}, // the zero has a dimension
      {"1/0", "0"},
      {"f(a, b)", "f(b, a)"},
      {"-(v - w)", "w - v"},
      {"a[0]", "a[1]"},
  };
  for (const auto &[Left, Right] : Different)
    EXPECT_NE(e(Left), e(Right)) << Left << " and " << Right;
}

/// Numbers of the code are small, but nothing keeps hostile code from asking
/// for powers whose digits fill the memory.
TEST_F(ExprTest, PowersOfNumbersStaySmall) {
  EXPECT_EQ(e("2**10"), e("1024"));
  EXPECT_TRUE(e("9**999999999").is(ExprKind::Pow));
  EXPECT_TRUE(e("(1e300**200)**100").is(ExprKind::Pow));
  EXPECT_TRUE(e("1e-300**9999").is(ExprKind::Pow));
}

TEST_F(ExprTest, SubstituteReplacesWholeNodes) {
  EXPECT_EQ(substitute(e("v*(v - El)/tau"), {{e("v"), e("w + 1")}}),
            e("(w + 1)*(w + 1 - El)/tau"));
  EXPECT_EQ(substitute(e("exp(v/tau)*x"), {{e("exp(v/tau)"), e("y")}}),
            e("y*x"));
  // All at once, not one after the other.
  EXPECT_EQ(substitute(e("a - b"), {{e("a"), e("b")}, {e("b"), e("a")}}),
            e("b - a"));
  EXPECT_EQ(substitute(e("(a if c else b)"), {{e("c"), A.boolean(true)}}),
            e("a"));
}

TEST_F(ExprTest, RewriteGoesBottomUp) {
  Expr Doubled = rewrite(e("f(f(v)) + w"), [&](Expr E) {
    return E.isCall("f") ? A.number(2) * E.operand(0) : E;
  });
  EXPECT_EQ(Doubled, e("4*v + w"));
}

TEST_F(ExprTest, QueriesWalkEachNodeOnce) {
  Expr E = e("(v - El)*(v - El) + exp(v - El) + (x if flag else _array[i])");
  std::string Names;
  for (Expr S : symbolsOf(E))
    Names += S.name().str() + " ";
  EXPECT_EQ(Names, "El flag i v x ");
  EXPECT_TRUE(contains(E, e("v - El")));
  EXPECT_FALSE(contains(E, e("v + El")));
  Expr Shared = e("v");
  for (int I = 0; I < 200; ++I)
    Shared = A.call("f", {Shared, Shared}); // a tree of 2**200 leaves
  EXPECT_EQ(sizeOf(Shared), 201u);
  EXPECT_TRUE(contains(Shared, e("v")));
}

/// What is printed must not depend on what was built before.
TEST_F(ExprTest, OrderDoesNotDependOnHistory) {
  ExprArena B;
  for (const char *Text : {"w", "tau", "exp(w)", "El"})
    llvm::cantFail(parseBrian(B, Text));
  for (const char *Text :
       {"w*exp(v)*tau + v - El", "(c + b + a)*(z + y)", "b > a and d > c"})
    EXPECT_EQ(toBrian(e(Text)), toBrian(llvm::cantFail(parseBrian(B, Text))));
}

TEST_F(ExprTest, StructuralOrderIsTotal) {
  RandomExpr Random(A, 7);
  std::vector<Expr> Es;
  for (int I = 0; I < 60; ++I)
    Es.push_back(Random.any(2));
  for (Expr L : Es)
    for (Expr R : Es) {
      EXPECT_EQ(structurallyLess(L, R) + structurallyLess(R, L), L != R);
      for (Expr M : Es)
        if (structurallyLess(L, M) && structurallyLess(M, R))
          ASSERT_TRUE(structurallyLess(L, R))
              << toBrian(L) << " | " << toBrian(M) << " | " << toBrian(R);
    }
}

} // namespace
