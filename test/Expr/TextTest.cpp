//===- test/Expr/TextTest.cpp - What is printed parses to the same ------===//
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

using TextTest = Algebra;

TEST_F(TextTest, PrintsAsAnAuthorWrites) {
  struct {
    const char *Read, *Printed;
  } Cases[] = {
      {"(El - v)/tau", "(El - v)/tau"},
      {"-(v - El)/tau", "-(v - El)/tau"},
      {"1.0*v/tau/2.0", "0.5*v/tau"},
      {"v/3", "v/3"},
      {"2*v/3", "v/1.5"},
      {"3*v/7", "3*v/7"},
      {"a/(b*c)", "a/(b*c)"},
      {"a/b/c", "a/(b*c)"},
      {"a*(b/c)", "a*b/c"},
      {"1/tau", "1/tau"},
      {"tau**-2", "1/tau**2"},
      {"tau**-0.5", "1/sqrt(tau)"},
      {"v**0.5", "sqrt(v)"},
      {"v**1.5", "v**1.5"},
      {"v**(1/3)", "v**(1/3)"},
      {"v**x", "v**x"},
      {"v**(x + 1)", "v**(x + 1)"},
      {"(v**x)**y", "(v**x)**y"},
      {"v**(x**y)", "v**(x**y)"},
      {"-v**2", "-v**2"},
      {"(-v)**2", "v**2"},
      {"(-v)**x", "(-v)**x"},
      {"(-2)**x", "(-2)**x"},
      {"2**-x", "2**(-x)"},
      {"1 - v", "1 - v"},
      {"-1 - v", "-v - 1"},
      {"exp(-v/tau)", "exp(-v/tau)"},
      {"a % b", "a % b"},
      {"a // b * c", "c*(a // b)"},
      {"-a % b", "(-a) % b"},
      {"a - b % c", "a - (b % c)"},
      {"v > 0*mV", "v > 0*mV"},
      {"v > 0*(volt/metre**2)", "v > 0*(volt/metre**2)"},
      {"0*tau*x", "x*(0*tau)"},
      {"-&x", "-(&x)"},
      {"not (a and b)", "not (a and b)"},
      {"not a and b", "not a and b"},
      {"a or b and c", "a or b and c"},
      {"(a or b) and c", "(a or b) and c"},
      {"not v > w", "not v > w"},
      {"int(v > 0) * x", "x*int(v > 0)"},
      {"(a if c else b)", "(a if c else b)"},
      {"(a if c else b if d else x)", "(a if c else (b if d else x))"},
      {"array[i + 1]", "array[i + 1]"},
      {"rand(0)", "rand(0)"},
      {"f()", "f()"},
      {"True", "True"},
      {"0.1", "0.1"},
      {"1e-12", "1e-12"},
      {"1/18", "1/18"},
      {"v + 1/18", "v + 1/18"},
      {"v*(1/18)", "v/18"},
      {"010", "10"}, // Python's number, not C++'s
  };
  for (const auto &Case : Cases) {
    EXPECT_EQ(toBrian(e(Case.Read)), Case.Printed) << Case.Read;
    EXPECT_EQ(e(Case.Printed), e(Case.Read)) << Case.Read;
  }
}

/// Python's rules, each against the fully bracketed form.
TEST_F(TextTest, Precedence) {
  const char *Same[][2] = {
      {"a + b*c", "a + (b*c)"},
      {"a - b - c", "(a - b) - c"},
      {"a / b * c", "(a / b) * c"},
      {"a % b % c", "(a % b) % c"},
      {"a * b % c", "(a * b) % c"},
      {"a // b / c", "(a // b) / c"},
      {"-a**2", "-(a**2)"},
      {"a**-b", "a**(-b)"},
      {"a**b**c", "a**(b**c)"},
      {"2*-a", "2*(-a)"},
      {"a < b + 1", "a < (b + 1)"},
      {"not a == b", "not (a == b)"},
      {"a and not b or c", "(a and (not b)) or c"},
      {"a if b or c else d", "(a if (b or c) else d)"},
      {"\n a\t+ b ", "a+b"},
      {"--a", "a"},
      {"+a", "a"},
  };
  for (const auto &[Text, Bracketed] : Same)
    EXPECT_EQ(e(Text), e(Bracketed)) << Text;
}

TEST_F(TextTest, ErrorsNameTheColumn) {
  struct {
    const char *Text, *Column;
  } Cases[] = {
      {"", "column 1:"},      {"a +", "column 4:"},
      {"a b", "column 3:"},   {"(a", "column 3:"},
      {"f(a,", "column 5:"},  {"a < b < c", "column 7:"},
      {"a ** ", "column 6:"}, {"a[1", "column 4:"},
      {"2 $ 3", "column 3:"}, {"a if b", "column 7:"},
      {"and b", "column 1:"}, {"1e99999", "column 1:"},
      {"a = b", "column 3:"},
  };
  for (const auto &Case : Cases) {
    llvm::Expected<Expr> Parsed = parseBrian(A, Case.Text);
    ASSERT_FALSE(static_cast<bool>(Parsed)) << Case.Text;
    std::string Message = llvm::toString(Parsed.takeError());
    EXPECT_EQ(Message.find(Case.Column), 0u) << Case.Text << ": " << Message;
  }
}

TEST_F(TextTest, LimitsOfLengthAndDepth) {
  auto Fails = [&](const std::string &Text) {
    llvm::Expected<Expr> Parsed = parseBrian(A, Text);
    if (Parsed)
      return false;
    llvm::consumeError(Parsed.takeError());
    return true;
  };
  EXPECT_TRUE(Fails(std::string(200000, ' ')));
  EXPECT_TRUE(Fails(std::string(5000, '(') + "v" + std::string(5000, ')')));
  std::string Tower = "v";
  for (int I = 0; I < 5000; ++I)
    Tower += "**v";
  EXPECT_TRUE(Fails(Tower));
  EXPECT_FALSE(Fails(std::string(900, '(') + "v" + std::string(900, ')')));
  EXPECT_FALSE(Fails(std::string(50000, '-') + "v"));
  std::string Sum = "v";
  for (int I = 0; I < 20000; ++I)
    Sum += "+v";
  EXPECT_EQ(e(Sum), e("20001*v"));
}

/// Depth costs no stack where an expression is walked or printed.
TEST_F(TextTest, PrintsDeepExpressions) {
  Expr E = e("v");
  for (int I = 0; I < 5000; ++I)
    E = A.call("exp", {E});
  EXPECT_EQ(toBrian(E).size(), 5000 * 5 + 1u);
}

TEST_F(TextTest, LongNumbers) {
  // What is read can be printed and read again; the rest is refused at once.
  for (const char *Text : {"1e900", "3*2.0**-3000", "x*1e600/7e300"}) {
    auto E = parseBrian(A, Text);
    ASSERT_TRUE(bool(E)) << Text;
    auto Again = parseBrian(A, toBrian(*E));
    ASSERT_TRUE(bool(Again)) << toBrian(*E);
    EXPECT_EQ(*Again, *E);
  }
  for (const char *Text :
       {"1e1100", "1e600*1e600", "x*1e600*1e600", "1/3e600/7e600",
        "x**(1e600*1e600)", "1e999*v + 1e-999*w + 1e600*1e-10*1e600"}) {
    auto E = parseBrian(A, Text);
    ASSERT_FALSE(bool(E)) << Text;
    EXPECT_NE(llvm::toString(E.takeError()).find("more than 1000 digits"),
              std::string::npos);
  }
}

/// Found by fuzzing: a product with zero below the bar would be zero alone.
TEST_F(TextTest, DivisionByZeroRoundTrips) {
  Expr E = e("tau(x)/0/f(v)");
  EXPECT_EQ(toBrian(E), "tau(x)/0/f(v)");
  EXPECT_EQ(e(toBrian(E)), E);
  E = e("x/0**2/y");
  EXPECT_EQ(e(toBrian(E)), E);
}

TEST_F(TextTest, PowersOfPowersAreCollected) {
  Expr E = e("x**y*x**(2*y)*x**y");
  EXPECT_EQ(E, e("x**(4*y)"));
  EXPECT_EQ(e(toBrian(E)), E);
}

TEST_F(TextTest, InversesOfLongNumbersRoundTrip) {
  Expr E = e("1e999*x/(18*y)");
  EXPECT_EQ(e(toBrian(E)), E) << toBrian(E);
}

TEST_F(TextTest, RandomExpressionsRoundTrip) {
  for (unsigned Seed = 0; Seed < 1000; ++Seed) {
    RandomExpr Random(A, Seed);
    Expr E = Random.any(1 + Seed % 4);
    std::string Text = toBrian(E);
    ASSERT_EQ(e(Text), E) << "seed " << Seed << ": " << Text;
    ASSERT_EQ(toBrian(e(Text)), Text) << "seed " << Seed;
  }
}

TEST_F(TextTest, RandomConditionsRoundTrip) {
  for (unsigned Seed = 0; Seed < 1000; ++Seed) {
    RandomExpr Random(A, Seed);
    Expr E = Random.condition(1 + Seed % 4);
    ASSERT_EQ(e(toBrian(E)), E) << "seed " << Seed << ": " << toBrian(E);
  }
}

} // namespace
