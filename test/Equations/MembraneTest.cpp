//===- test/Equations/MembraneTest.cpp - Point currents -----------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Equations/Membrane.h"
#include "../Expr/Algebra.h"
#include "llvm/ADT/StringExtras.h"

using namespace brian2lift;

namespace {

class PointCurrentsTest : public Algebra {
protected:
  /// `Im; names`; variables that begin with I may be point currents.
  std::string separate(llvm::StringRef Total) {
    PointCurrents P = separatePointCurrents(
        e(Total), [](llvm::StringRef Name) { return Name.starts_with("I"); });
    return toBrian(P.Rest) + "; " + llvm::join(P.Names, ", ");
  }
};

TEST_F(PointCurrentsTest, TermsOverTheArea) {
  EXPECT_EQ(separate("g*(E - v) + I/area"), "g*(E - v); I");
  EXPECT_EQ(separate("I1/area + I2/area"), "0; I1, I2");
}

TEST_F(PointCurrentsTest, OneFraction) {
  EXPECT_EQ(separate("(E*g*area + I - h*v)/area - g*v"),
            "E*g - h*v/area - g*v; I");
}

TEST_F(PointCurrentsTest, OnlyWholeVariables) {
  EXPECT_EQ(separate("2*I/area - v*g"), "2*I/area - g*v; ");
  EXPECT_EQ(separate("x/area - v*g"), "x/area - g*v; ");
}

TEST_F(PointCurrentsTest, NotWhatIsUsedTwice) {
  EXPECT_EQ(separate("I/area + I*v"), "I/area + I*v; ");
  EXPECT_EQ(separate("(I + I*m)/area"), "(I + I*m)/area; ");
}

TEST_F(PointCurrentsTest, NotTheAuthorsOwnArea) {
  EXPECT_EQ(separate("I/area + g*area"), "area*g + I/area; ");
  EXPECT_EQ(separate("I/area + exp(area)"), "exp(area) + I/area; ");
  EXPECT_EQ(separate("I/area + J/area**2"), "J/area**2 + I/area; ");
}

} // namespace
