//===- test/Step/SelectsTest.cpp - Branches as one expression -----------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Expr/Algebra.h"
#include "Expr/Evaluate.h"
#include "Step/Step.h"

using namespace brian2lift;

namespace {

using SelectsTest = Algebra;

TEST_F(SelectsTest, BecomesInt) {
  struct {
    const char *Branches, *Flat;
  } Cases[] = {
      {"v", "v"},
      {"(v + w if flag else v)", "v + int(flag)*w"},
      {"(v if flag else 0)", "int(flag)*v"},
      {"(0 if flag else v)", "int(not flag)*v"},
      {"(1 if v > w else 0)", "int(v > w)"},
      {"exp((2*v if flag else v))", "exp(v) + int(flag)*(exp(2*v) - exp(v))"},
      // A condition that decides twice is one condition.
      {"(v if flag else w) - (v if flag else w)", "0"},
      {"(v if flag else w)*(w if flag else v)", "v*w"},
  };
  for (const auto &Case : Cases) {
    Expr Flat = selectsToInt(e(Case.Branches));
    Valuation At(128);
    At.set(e("v"), Real(0.3));
    At.set(e("w"), Real(0.7));
    for (double Flag : {0.0, 1.0}) {
      At.set(e("flag"), Real(Flag));
      EXPECT_LT(distance(At.value(Flat), At.value(e(Case.Flat))).Upper, 1e-30)
          << Case.Branches << " is not " << toBrian(Flat);
    }
    visit(Flat, [&](Expr E) {
      EXPECT_FALSE(E.is(ExprKind::Select)) << toBrian(Flat);
    });
  }
}

/// Every combination of three flags, as Brian2's boolean simplification splits.
TEST_F(SelectsTest, EachCombinationKeepsItsValue) {
  Expr E = e("((a if f1 else (b if f2 else x))*(y if f3 and f1 else 1) if "
             "f2 or not f3 else (a if f3 else b))");
  Expr Flat = selectsToInt(E);
  ASSERT_TRUE(Flat);
  for (int Flags = 0; Flags < 8; ++Flags) {
    Valuation At(128);
    for (const auto &[Name, Value] : {std::pair{"a", 2.0}, std::pair{"b", 3.0},
                                      std::pair{"x", 5.0}, std::pair{"y", 7.0}})
      At.set(A.symbol(Name), Real(Value));
    At.set(e("f1"), Real(Flags & 1 ? 1.0 : 0.0));
    At.set(e("f2"), Real(Flags & 2 ? 1.0 : 0.0));
    At.set(e("f3"), Real(Flags & 4 ? 1.0 : 0.0));
    EXPECT_EQ(At.value(Flat).toDouble(), At.value(E).toDouble())
        << Flags << ": " << toBrian(Flat);
  }
}

TEST_F(SelectsTest, ASharedConditionIsASelectInASelect) {
  Expr Active = A.select(e("leak"), A.boolean(true), e("u < limit"));
  Expr E = A.select(Active, e("v > 1"), A.boolean(false));
  EXPECT_EQ(toBrian(conditionWithoutSelects(E)),
            "v > 1 and (u < limit or leak)");
}

TEST_F(SelectsTest, GivesUpOnTooManyConditions) {
  Expr E = e("v");
  for (int I = 0; I < 9; ++I)
    E = A.select(A.symbol("flag" + std::to_string(I)), E + e("w"), E);
  EXPECT_FALSE(selectsToInt(E));
}

TEST_F(SelectsTest, AssumeFixesOneFlag) {
  Expr E = e("(v + 1 if not_refractory and v > 0 else w)");
  EXPECT_EQ(assume(E, "not_refractory", false), e("w"));
  EXPECT_EQ(assume(E, "not_refractory", true), e("(v + 1 if v > 0 else w)"));
  EXPECT_EQ(assume(e("int(not_refractory)*v"), "not_refractory", true), e("v"));
  EXPECT_EQ(assume(e("int(not not_refractory)*v"), "not_refractory", true),
            e("0"));
}

} // namespace
