//===- MathMLTest.cpp -----------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emit/MathML.h"
#include "../Expr/RandomExpr.h"
#include "Emit/Markup.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "gtest/gtest.h"

using namespace brian2lift;

namespace {

/// The structure of MathML on a line: `frac{v}{tau}`, `sup{m}{3}`, words and
/// unit names in quotes, names of several letters in angle brackets.
std::string outline(llvm::StringRef Markup) {
  std::string Text;
  bool IsUpright = false, IsName = false;
  while (!Markup.empty()) {
    if (!Markup.consume_front("<")) {
      auto Inner = Markup.take_until([](char C) { return C == '<'; });
      Markup = Markup.drop_front(Inner.size());
      Text += IsUpright ? "'" + Inner.str() + "'"
              : IsName  ? "<" + Inner.str() + ">"
                        : Inner.str();
      continue;
    }
    auto [Tag, Rest] = Markup.split('>');
    Markup = Rest;
    IsUpright = Tag.contains("normal") || Tag == "mtext";
    IsName = Tag.contains("name");
    llvm::StringRef Element = Tag.split(' ').first;
    Text += llvm::StringSwitch<llvm::StringRef>(Element)
                .Case("mrow", "{")
                .Case("/mrow", "}")
                .Case("mfrac", "frac")
                .Case("msup", "sup")
                .Case("msub", "sub")
                .Case("msqrt", "sqrt{")
                .Case("/msqrt", "}")
                .Default("");
  }
  return Text;
}

/// The pieces of an expression, with `|` where a line may break.
std::string pieces(llvm::StringRef Text) {
  ExprArena A;
  auto E = parseBrian(A, Text);
  EXPECT_TRUE(bool(E)) << Text.str();
  NameRanks Ranks;
  MathNames Names;
  Names.Ranks = &Ranks;
  Names.Unit = [](llvm::StringRef Name) -> std::string {
    return Name == "mV" || Name == "ms" || Name == "uS" ? Name.str() : "";
  };
  std::string All;
  for (const std::string &Piece : toMathML(*E, Names))
    All += (All.empty() ? "" : "|") + outline(Piece);
  return All;
}

const std::string Times = "\u2062", Minus = "\u2212";

TEST(MathMLTest, FractionsAndPowers) {
  EXPECT_EQ(pieces("v/tau"), "frac{v}{\u03c4}");
  EXPECT_EQ(pieces("(a - v)/tau"), "frac{a" + Minus + "v}{\u03c4}");
  EXPECT_EQ(pieces("m**3"), "sup{m}{3}");
  EXPECT_EQ(pieces("(a + b)**2"), "sup{{(a+b)}}{2}");
  EXPECT_EQ(pieces("(a/b)**2"), "frac{sup{a}{2}}{sup{b}{2}}");
  EXPECT_EQ(pieces("(a/b)**c"), "sup{{(frac{a}{b})}}{c}");
  EXPECT_EQ(pieces("x**(1/3)"), "sup{x}{frac{1}{3}}");
  EXPECT_EQ(pieces("1/sqrt(x)"), "frac{1}{sqrt{x}}");
}

TEST(MathMLTest, NumbersThatMeetHaveADotBetween) {
  EXPECT_EQ(pieces("2*3**x"), "2\u22c5sup{3}{x}");
  EXPECT_EQ(pieces("2*x"), "2" + Times + "x");
  EXPECT_EQ(pieces("3e-12*x"), "{3×sup{10}{" + Minus + "12}}" + Times + "x");
}

TEST(MathMLTest, ExponentialsAreE) {
  EXPECT_EQ(pieces("exp(-v/(10*mV))"),
            "sup{'e'}{" + Minus + "frac{v}{10" + Times + "'mV'}}");
  EXPECT_EQ(pieces("exp(x)**2"), "sup{{(sup{'e'}{x})}}{2}");
  // What would be too small above the line is not put there.
  EXPECT_EQ(pieces("exp(exp(x))"), "{'exp'\u2061{(sup{'e'}{x})}}");
}

TEST(MathMLTest, Names) {
  auto Of = [](llvm::StringRef Name) { return outline(nameToMathML(Name)); };
  EXPECT_EQ(Of("v"), "v");
  EXPECT_EQ(Of("alpha_m"), "sub\u03b1{m}");
  EXPECT_EQ(Of("v_rest"), "subv{'rest'}");
  EXPECT_EQ(Of("m_inf"), "subm{\u221e}");
  EXPECT_EQ(Of("tau_m_1"), "sub\u03c4{m,1}");
  EXPECT_EQ(Of("gNa"), "<gNa>");
  // Names that differ look different.
  EXPECT_EQ(Of("_v"), "<_v>");
  EXPECT_EQ(Of("v_"), "<v_>");
  EXPECT_EQ(Of("v__rest"), "<v__rest>");
  EXPECT_EQ(Of("taum"), "<taum>");
}

TEST(MathMLTest, UnitsAreUpright) {
  EXPECT_EQ(pieces("3*uS"), "3" + Times + "'\u00b5S'");
  EXPECT_EQ(pieces("v > 0*mV"), "v&gt;0" + Times + "'mV'");
}

TEST(MathMLTest, ConditionsAndFunctions) {
  EXPECT_EQ(pieces("a < b and not c"), "a&lt;b|'and\u00a0''not\u00a0'c");
  EXPECT_EQ(pieces("(a or b) and c"), "{(a'\u00a0''or\u00a0'b)}|'and\u00a0'c");
  EXPECT_EQ(pieces("abs(x - y)"), "{|x" + Minus + "y|}");
  EXPECT_EQ(pieces("clip(x, -1, 1)"), "{'clip'\u2061{(x," + Minus + "1,1)}}");
  EXPECT_EQ(pieces("(a if c else b)"), "{{a'if\u00a0'cb'otherwise'}");
}

TEST(MathMLTest, SumsBreakBetweenTerms) {
  EXPECT_EQ(pieces("a - b + c"), "a|+c|" + Minus + "b");
  EXPECT_EQ(pieces("-a"), Minus + "a");
  EXPECT_EQ(pieces("-(a + b)"), Minus + "{(a+b)}");
  // A numerator that is too long for a bar is a factor behind it.
  EXPECT_EQ(pieces("-(first_current + second_current + third_current + "
                   "fourth_current)/C"),
            Minus + "frac{1}{C}" + Times +
                "(sub<first>{'current'}|+sub<fourth>{'current'}"
                "|+sub<second>{'current'}|+sub<third>{'current'})");
}

/// Reads MathML as a reader does, and gives it back in Brian's syntax. Only
/// what can be seen counts: a base has no parentheses but those that are
/// written.
class Reader {
public:
  explicit Reader(llvm::StringRef Markup) : Rest(Markup) {}

  std::string read() {
    std::string Text;
    while (!Rest.empty() && !Rest.starts_with("</"))
      Text += element();
    return Text;
  }

private:
  llvm::StringRef Rest;

  std::string element() {
    auto [Tag, After] = Rest.drop_front().split('>');
    Rest = After;
    if (Tag.ends_with("/"))
      return "";
    llvm::StringRef Name = Tag.split(' ').first;
    std::string Text;
    if (Name == "mi" || Name == "mn" || Name == "mo" || Name == "mtext") {
      Text = leaf(Rest.take_until([](char C) { return C == '<'; }));
      Rest = Rest.drop_until([](char C) { return C == '<'; });
    } else if (Name == "mfrac") {
      Text = "((" + element() + ")/";
      Text += "(" + element() + "))";
    } else if (Name == "msup") {
      Text = element();
      std::string Exponent = element();
      Text =
          Text == "e" ? "exp(" + Exponent + ")" : Text + "**(" + Exponent + ")";
    } else if (Name == "msub") {
      Text = element();
      Text += "_" + element();
    } else {
      Text = (Name == "msqrt" ? "sqrt(" : "") + read() +
             (Name == "msqrt" ? ")" : "");
    }
    Rest = Rest.split('>').second; // the end of the element
    return Text;
  }

  static std::string leaf(llvm::StringRef Text) {
    return llvm::StringSwitch<std::string>(Text)
        .Case("\u2062", "*")
        .Case("\u22c5", "*")
        .Case("\u00d7", "*")
        .Case("\u2212", "-")
        .Case("\u2061", "")
        .Case("\u03c4", "tau")
        .Case("&lt;", "<")
        .Case("&gt;", ">")
        .Case("\u2264", "<=")
        .Case("\u2265", ">=")
        .Case("=", "==")
        .Case("\u2260", "!=")
        .Case("and\u00a0", " and ")
        .Case("or\u00a0", " or ")
        .Case("not\u00a0", "not ")
        .Case("\u00a0", "")
        .Default(Text.str());
  }
};

TEST(MathMLTest, SaysWhatTheExpressionSays) {
  ExprArena A;
  RandomExpr Draw(A, 7);
  NameRanks Ranks;
  unsigned Compared = 0;
  for (int I = 0; I < 4000; ++I) {
    Expr E = I % 4 ? Draw.any(1 + I % 5) : Draw.condition(1 + I % 4);
    bool IsReadable = true;
    visit(E, [&](Expr Part) {
      IsReadable &= !Part.is(ExprKind::Select) && !Part.is(ExprKind::Element) &&
                    !Part.isCall("%") && !Part.isCall("//") &&
                    !Part.isZero(); // (1/(0*x) is folded when read)
    });
    if (!IsReadable)
      continue;
    for (const NameRanks *Order : {&Ranks, static_cast<NameRanks *>(nullptr)}) {
      MathNames Names;
      Names.Ranks = Order;
      std::string Markup = llvm::join(toMathML(E, Names), "");
      std::string Text = Reader(Markup).read();
      auto Read = parseBrian(A, Text);
      ASSERT_TRUE(bool(Read)) << Text << "\n"
                              << llvm::toString(Read.takeError());
      ASSERT_EQ(toBrian(*Read), toBrian(E)) << Text;
      ++Compared;
    }
  }
  EXPECT_GT(Compared, 3000U);
}

TEST(MathMLTest, DeepExpressionsCostNoStack) {
  ExprArena A;
  Expr E = A.symbol("x");
  for (int I = 0; I < 1000; ++I)
    E = A.call("f", {E});
  EXPECT_EQ(toMathML(E, {}).size(), 1U);
}

TEST(MathMLTest, NothingOfTheProjectIsMarkup) {
  EXPECT_EQ(escapeMarkup("a<b && \"c\""), "a&lt;b &amp;&amp; &quot;c&quot;");
  EXPECT_EQ(escapeMarkup("</pre><script>"), "&lt;/pre&gt;&lt;script&gt;");
  EXPECT_EQ(escapeMarkup(llvm::StringRef("a\0b\x1b", 4)), "a\ufffdb\ufffd");
  EXPECT_EQ(escapeMarkup("\xff\u03b1\xc3"), "\ufffd\u03b1\ufffd");
  ExprArena A;
  std::string Markup = toMathML(A.symbol("<script>_</mi>"), {}).front();
  EXPECT_EQ(Markup.find("<script"), std::string::npos);
  Markup = toMathML(A.call("</math><b>", {A.symbol("x")}), {}).front();
  EXPECT_EQ(Markup.find("<b>"), std::string::npos);
}

} // namespace
