//===- Emit/MathML.cpp --------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emit/MathML.h"
#include "Emit/Markup.h"
#include "Expr/Arrange.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace brian2lift {

namespace {

/// How tightly a piece holds together, loosest first. A fraction needs no
/// parentheses as a factor, but does as the base of a power.
enum Precedence {
  PrecOr,
  PrecAnd,
  PrecNot,
  PrecCompare,
  PrecSum,
  PrecProduct,
  PrecUnary,
  PrecFraction,
  PrecPower,
  PrecAtom
};

struct Piece {
  std::string Markup;
  Precedence Prec;
  /// Begins with a digit: after another number it needs a dot between.
  bool IsNumeric = false;
};

/// Exponents that are longer are hard to read above a line.
constexpr size_t LongestExponent = 48; ///< characters of the text
/// A sum above a bar cannot be broken; a longer one is put behind the bar.
constexpr size_t LongestNumerator = 56; ///< characters of the text

constexpr llvm::StringLiteral Minus = "<mo form=\"prefix\">\u2212</mo>";

llvm::StringRef greek(llvm::StringRef Name) {
  return llvm::StringSwitch<llvm::StringRef>(Name)
      .Case("alpha", "\u03b1")
      .Case("beta", "\u03b2")
      .Case("gamma", "\u03b3")
      .Case("delta", "\u03b4")
      .Case("epsilon", "\u03b5")
      .Case("zeta", "\u03b6")
      .Case("eta", "\u03b7")
      .Case("theta", "\u03b8")
      .Case("iota", "\u03b9")
      .Case("kappa", "\u03ba")
      .Case("mu", "\u03bc")
      .Case("nu", "\u03bd")
      .Case("xi", "\u03be")
      .Case("pi", "\u03c0")
      .Case("rho", "\u03c1")
      .Case("sigma", "\u03c3")
      .Case("tau", "\u03c4")
      .Case("upsilon", "\u03c5")
      .Case("phi", "\u03c6")
      .Case("chi", "\u03c7")
      .Case("psi", "\u03c8")
      .Case("omega", "\u03c9")
      .Case("Gamma", "\u0393")
      .Case("Delta", "\u0394")
      .Case("Theta", "\u0398")
      .Case("Lambda", "\u039b")
      .Case("Xi", "\u039e")
      .Case("Pi", "\u03a0")
      .Case("Sigma", "\u03a3")
      .Case("Phi", "\u03a6")
      .Case("Psi", "\u03a8")
      .Case("Omega", "\u03a9")
      .Default("");
}

/// One letter is italic by itself; longer names are by their class.
std::string identifier(llvm::StringRef Name) {
  if (llvm::StringRef Letter = greek(Name); !Letter.empty())
    return ("<mi>" + Letter + "</mi>").str();
  return (Name.size() == 1 ? "<mi>" : "<mi class=\"name\">") +
         escapeMarkup(Name) + "</mi>";
}

std::string upright(llvm::StringRef Text) {
  return "<mi mathvariant=\"normal\">" + escapeMarkup(Text) + "</mi>";
}

std::string digits(llvm::StringRef Text) {
  return "<mn>" + escapeMarkup(Text) + "</mn>";
}

std::string row(llvm::StringRef Markup) {
  return ("<mrow>" + Markup + "</mrow>").str();
}

std::string parenthesized(llvm::StringRef Markup) {
  return ("<mrow><mo>(</mo>" + Markup + "<mo>)</mo></mrow>").str();
}

std::string fraction(llvm::StringRef Above, llvm::StringRef Below) {
  return ("<mfrac><mrow>" + Above + "</mrow><mrow>" + Below + "</mrow></mfrac>")
      .str();
}

std::string raised(llvm::StringRef Base, llvm::StringRef Exponent) {
  return ("<msup><mrow>" + Base + "</mrow><mrow>" + Exponent + "</mrow></msup>")
      .str();
}

/// `mV`, `uS` with a Greek mu, `cm^2` with a power.
std::string unit(llvm::StringRef Text) {
  std::string Markup;
  for (llvm::StringRef Factor : llvm::split(Text, ' ')) {
    auto [Name, Power] = Factor.split('^');
    std::string Shown = Name.str();
    if (Name == "ohm")
      Shown = "\u03a9";
    else if (Name.size() > 1 && Name.front() == 'u')
      Shown = ("\u00b5" + Name.drop_front()).str();
    if (!Markup.empty())
      Markup += "<mspace width=\"0.17em\"/>";
    Markup +=
        Power.empty() ? upright(Shown) : raised(upright(Shown), digits(Power));
  }
  return Markup;
}

/// Makes the markup of each node once, operands first, so that depth costs no
/// stack.
class Typesetter {
public:
  explicit Typesetter(const MathNames &Names) : Names(Names) {}

  std::vector<std::string> pieces(Expr E) {
    make(E);
    if (E.is(ExprKind::Add))
      return terms(E);
    if (E.is(ExprKind::And) || E.is(ExprKind::Or))
      return joined(E);
    if (!E.is(ExprKind::Mul))
      return {piece(E).Markup};
    std::vector<std::string> Parts = behindTheBar(E);
    Parts.front().insert(0, sign(E, true, true));
    return Parts;
  }

private:
  const MathNames &Names;
  llvm::DenseMap<Expr, Piece> Done;

  void make(Expr Root) {
    visit(Root, [&](Expr E) {
      if (!Done.count(E))
        Done.try_emplace(E, typeset(E));
    });
  }

  const Piece &piece(Expr E) {
    auto It = Done.find(E);
    if (It != Done.end())
      return It->second;
    make(E);
    return Done.find(E)->second;
  }

  std::string text(Expr E, Precedence Context) {
    const Piece &P = piece(E);
    return P.Prec < Context ? parenthesized(P.Markup) : P.Markup;
  }

  static Piece number(const Rational &R) {
    std::string Sign = R.sign() < 0 ? Minus.str() : "";
    Rational Size = R.abs();
    auto Decimal = Size.toDecimal();
    if (!Decimal)
      return {Sign + fraction(digits(Size.numerator().toString()),
                              digits(Size.denominator().toString())),
              Sign.empty() ? PrecFraction : PrecUnary};
    auto [Mantissa, Exponent] = llvm::StringRef(*Decimal).split('e');
    std::string Markup = digits(Mantissa);
    Precedence Prec = PrecAtom;
    if (!Exponent.empty()) {
      Exponent.consume_front("+");
      std::string Power = Exponent.consume_front("-") ? Minus.str() : "";
      Power += digits(Exponent.ltrim('0'));
      std::string Ten = raised(digits("10"), Power);
      Markup = Mantissa == "1" ? Ten : Markup + "<mo>\u00d7</mo>" + Ten;
      Markup = row(Markup);
      Prec = PrecFraction;
    }
    return {Sign + Markup, Sign.empty() ? Prec : PrecUnary, Sign.empty()};
  }

  static Piece asFactor(const Piece &P) {
    return P.Prec < PrecFraction ? Piece{parenthesized(P.Markup), PrecAtom} : P;
  }

  /// Factors side by side, with a thin space; `1` for none. One alone is as it
  /// is: above or below a bar it needs no parentheses.
  static Piece sideBySide(llvm::ArrayRef<Piece> Factors) {
    if (Factors.empty())
      return {digits("1"), PrecAtom, true};
    if (Factors.size() == 1)
      return Factors.front();
    Piece Whole{"", PrecProduct, Factors.front().IsNumeric};
    for (const Piece &F : Factors) {
      if (!Whole.Markup.empty())
        Whole.Markup += F.IsNumeric ? "<mo>\u22c5</mo>"
                                    : "<mo lspace=\"0.08em\" rspace=\"0.08em\">"
                                      "\u2062</mo>";
      Whole.Markup += asFactor(F).Markup;
    }
    return Whole;
  }

  Piece reciprocal(Expr Divisor) {
    Rational Exponent = -Divisor.operand(1).number();
    return power(Divisor.operand(0), Exponent);
  }

  Piece power(Expr Base, const Rational &Exponent) {
    if (Exponent.isOne())
      return piece(Base);
    if (Exponent == Rational(1, 2))
      return {"<msqrt>" + piece(Base).Markup + "</msqrt>", PrecAtom};
    return {raised(text(Base, PrecAtom), number(Exponent).Markup), PrecPower,
            piece(Base).IsNumeric};
  }

  /// What stands above and below the bar.
  std::pair<std::vector<Piece>, std::vector<Piece>> bar(const Product &P) {
    std::vector<Piece> Above, Below;
    if (!P.Above.isOne())
      Above.push_back(number(P.Above));
    for (Expr F : P.Factors)
      Above.push_back(piece(F));
    if (!P.Below.isOne())
      Below.push_back(number(P.Below));
    for (Expr F : P.Divisors)
      Below.push_back(reciprocal(F));
    return {Above, Below};
  }

  Piece product(Expr E) {
    auto [Above, Below] = bar(arrangeProduct(E, Names.Ranks));
    Piece Whole = sideBySide(Above);
    if (Below.empty())
      return Above.size() == 1 ? asFactor(Whole) : Whole;
    return {fraction(Whole.Markup, sideBySide(Below).Markup), PrecFraction};
  }

  /// A term without its sign.
  Piece magnitude(Expr Term) {
    if (Term.isNumber())
      return number(Term.number().abs());
    if (Term.is(ExprKind::Mul))
      return product(Term);
    return piece(Term);
  }

  /// The sign before a term; after the first it has space around it. Where a
  /// piece begins, the page's own space is on the left.
  static std::string sign(Expr Term, bool IsFirst, bool BeginsPiece) {
    if (IsFirst)
      return isNegative(Term) ? Minus.str() : "";
    std::string Space = BeginsPiece ? " lspace=\"0\" rspace=\"0.22em\">" : ">";
    return "<mo form=\"infix\"" + Space + (isNegative(Term) ? "\u2212" : "+") +
           "</mo>";
  }

  /// A term without its sign, as it stands in a sum.
  std::string inSum(Expr Term) {
    Piece P = magnitude(Term);
    return P.Prec < PrecProduct ? parenthesized(P.Markup) : P.Markup;
  }

  Piece sum(Expr Sum) {
    std::string Markup;
    for (Expr Term : arrangeSum(Sum, Names.Ranks))
      Markup += sign(Term, Markup.empty(), false) + inSum(Term);
    return {Markup, PrecSum};
  }

  /// A piece for each term, and more for those that are long.
  std::vector<std::string> terms(Expr Sum) {
    std::vector<std::string> Parts;
    for (Expr Term : arrangeSum(Sum, Names.Ranks)) {
      std::string Sign = sign(Term, Parts.empty(), true);
      std::vector<std::string> More = behindTheBar(Term);
      More.front().insert(0, Sign);
      llvm::append_range(Parts, More);
    }
    return Parts;
  }

  /// Conditions with the word before all but the first.
  std::vector<std::string> joined(Expr E) {
    bool IsAnd = E.is(ExprKind::And);
    std::vector<std::string> Parts;
    for (Expr Operand : E.operands())
      Parts.push_back((Parts.empty() ? ""
                       : IsAnd       ? "<mtext>and\u00a0</mtext>"
                                     : "<mtext>or\u00a0</mtext>") +
                      text(Operand, IsAnd ? PrecNot : PrecAnd));
    return Parts;
  }

  /// A term without its sign. A long sum in it is broken:
  /// `1/C (a` ` + b` ` + c)`.
  std::vector<std::string> behindTheBar(Expr E) {
    if (!E.is(ExprKind::Mul))
      return {inSum(E)};
    Product P = arrangeProduct(E, Names.Ranks);
    Expr Longest;
    size_t Length = LongestNumerator;
    for (Expr F : P.Factors)
      if (F.is(ExprKind::Add))
        if (size_t Size = toBrian(F, Names.Ranks).size(); Size > Length) {
          Longest = F;
          Length = Size;
        }
    if (!Longest)
      return {inSum(E)};
    llvm::erase(P.Factors, Longest);
    auto [Above, Below] = bar(P);
    std::string Front;
    if (!Below.empty())
      Front = fraction(sideBySide(Above).Markup, sideBySide(Below).Markup);
    else if (!Above.empty())
      Front = Above.size() == 1 ? asFactor(Above.front()).Markup
                                : sideBySide(Above).Markup;
    if (!Front.empty())
      Front += "<mo lspace=\"0\" rspace=\"0\">\u2062</mo>";
    std::vector<std::string> Parts = terms(Longest);
    // Parentheses of one piece would not grow with those of another.
    Parts.front().insert(0, Front + "<mo stretchy=\"false\">(</mo>");
    Parts.back() += "<mo stretchy=\"false\">)</mo>";
    return Parts;
  }

  std::string arguments(Expr E) {
    std::string Markup;
    for (Expr Operand : E.operands()) {
      if (!Markup.empty())
        Markup += "<mo>,</mo>";
      Markup += piece(Operand).Markup;
    }
    return Markup;
  }

  Piece call(Expr E) {
    llvm::StringRef Name = E.name();
    llvm::ArrayRef<Expr> Operands = E.operands();
    auto Between = [&](llvm::StringRef Left, llvm::StringRef Right) -> Piece {
      return {("<mrow><mo>" + Left + "</mo>" + arguments(E) + "<mo>" + Right +
               "</mo></mrow>")
                  .str(),
              PrecAtom};
    };
    if (Operands.size() == 2) {
      if (Name == "%")
        return {text(Operands[0], PrecFraction) +
                    "<mspace width=\"0.22em\"/><mi mathvariant=\"normal\">mod"
                    "</mi><mspace width=\"0.22em\"/>" +
                    text(Operands[1], PrecFraction),
                PrecProduct};
      if (Name == "//")
        return {
            "<mrow><mo>\u230a</mo>" +
                fraction(piece(Operands[0]).Markup, piece(Operands[1]).Markup) +
                "<mo>\u230b</mo></mrow>",
            PrecAtom};
      if (Name == "*")
        return sideBySide({piece(Operands[0]), piece(Operands[1])});
    }
    if (Operands.size() == 1) {
      if (Name == "exp" &&
          toBrian(Operands[0], Names.Ranks).size() <= LongestExponent &&
          !holdsExponential(Operands[0]))
        return {raised(upright("e"), piece(Operands[0]).Markup), PrecPower};
      if (Name == "abs")
        return Between("|", "|");
      if (Name == "floor")
        return Between("\u230a", "\u230b");
      if (Name == "ceil")
        return Between("\u2308", "\u2309");
    }
    return {
        row(upright(Name) + "<mo>\u2061</mo>" + parenthesized(arguments(E))),
        PrecAtom};
  }

  static bool holdsExponential(Expr E) {
    return holds(E, [](Expr Part) { return Part.isCall("exp"); });
  }

  static llvm::StringRef comparison(ExprKind K) {
    switch (K) {
    case ExprKind::Lt:
      return "<mo>&lt;</mo>";
    case ExprKind::Le:
      return "<mo>\u2264</mo>";
    case ExprKind::Gt:
      return "<mo>&gt;</mo>";
    case ExprKind::Ge:
      return "<mo>\u2265</mo>";
    case ExprKind::Eq:
      return "<mo>=</mo>";
    default:
      return "<mo>\u2260</mo>";
    }
  }

  Piece typeset(Expr E) {
    switch (E.kind()) {
    case ExprKind::Number:
      return number(E.number());
    case ExprKind::Boolean:
      return {upright(E.boolean() ? "True" : "False"), PrecAtom};
    case ExprKind::Symbol:
      if (std::string Unit = Names.Unit ? Names.Unit(E.name()) : "";
          !Unit.empty())
        return {unit(Unit), PrecAtom};
      return {nameToMathML(E.name()), PrecAtom};
    case ExprKind::Add:
      return sum(E);
    case ExprKind::Mul: {
      Piece P = product(E);
      if (!isNegative(E))
        return P;
      return {Minus.str() + P.Markup, PrecUnary};
    }
    case ExprKind::Pow: {
      Expr Exponent = E.operand(1);
      if (isReciprocal(E))
        return product(E);
      if (Exponent.isNumber())
        return power(E.operand(0), Exponent.number());
      return {raised(text(E.operand(0), PrecAtom), piece(Exponent).Markup),
              PrecPower, piece(E.operand(0)).IsNumeric};
    }
    case ExprKind::Call:
      return call(E);
    case ExprKind::Element:
      return {row(nameToMathML(E.name()) + "<mo>[</mo>" +
                  piece(E.operand(0)).Markup + "<mo>]</mo>"),
              PrecAtom};
    case ExprKind::And:
    case ExprKind::Or: {
      std::string Markup = llvm::join(joined(E), "<mtext>\u00a0</mtext>");
      return {Markup, E.is(ExprKind::And) ? PrecAnd : PrecOr};
    }
    case ExprKind::Not:
      return {"<mtext>not\u00a0</mtext>" + text(E.operand(0), PrecAtom),
              PrecNot};
    case ExprKind::Select:
      return {"<mrow><mo>{</mo><mtable><mtr><mtd>" +
                  piece(E.operand(1)).Markup +
                  "</mtd><mtd><mtext>if\u00a0"
                  "</mtext>" +
                  piece(E.operand(0)).Markup + "</mtd></mtr><mtr><mtd>" +
                  piece(E.operand(2)).Markup +
                  "</mtd><mtd><mtext>otherwise</mtext></mtd></mtr></mtable>"
                  "</mrow>",
              PrecAtom};
    default:
      return {text(E.operand(0), PrecSum) + comparison(E.kind()).str() +
                  text(E.operand(1), PrecSum),
              PrecCompare};
    }
  }
};

} // namespace

std::vector<std::string> toMathML(Expr E, const MathNames &Names) {
  return Typesetter(Names).pieces(E);
}

std::string nameToMathML(llvm::StringRef Name) {
  llvm::SmallVector<llvm::StringRef, 4> Parts;
  Name.split(Parts, '_');
  // `_x`, `x_`, `x__y`: as they are.
  if (Parts.size() < 2 ||
      llvm::any_of(Parts, [](llvm::StringRef P) { return P.empty(); }))
    return identifier(Name);
  // The part before the first underscore is the name. An index of one letter is
  // italic like a variable, a word is upright.
  std::string Index;
  for (llvm::StringRef Part : llvm::drop_begin(Parts)) {
    if (!Index.empty())
      Index += "<mo>,</mo>";
    if (llvm::all_of(Part, llvm::isDigit))
      Index += digits(Part);
    else if (Part == "inf")
      Index += "<mi>\u221e</mi>";
    else if (llvm::StringRef Letter = greek(Part); !Letter.empty())
      Index += ("<mi>" + Letter + "</mi>").str();
    else
      Index += Part.size() == 1 ? identifier(Part) : upright(Part);
  }
  return "<msub>" + identifier(Parts.front()) + "<mrow>" + Index +
         "</mrow></msub>";
}

std::string derivativeToMathML(llvm::StringRef Name) {
  return fraction("<mi mathvariant=\"normal\">d</mi>" + nameToMathML(Name),
                  "<mi mathvariant=\"normal\">d</mi><mi>t</mi>");
}

} // namespace brian2lift
