//===- Expr/Print.cpp ---------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Expr/Text.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

namespace brian2lift {

namespace {

/// Python's precedence, loosest first.
enum Precedence {
  PrecSelect,
  PrecOr,
  PrecAnd,
  PrecNot,
  PrecCompare,
  PrecSum,
  PrecProduct,
  PrecUnary,
  PrecPower,
  PrecAtom
};

struct Piece {
  std::string Text;
  Precedence Prec;
};

/// Behind all names: elements, calls, sums, and noise.
enum Rank : unsigned {
  RankUnknown = 1,
  RankElement = 10,
  RankCall,
  RankSum,
  RankNoise
};

class Printer {
public:
  explicit Printer(const NameRanks *Ranks) : Ranks(Ranks) {}

  std::string text(Expr E, Precedence Context) {
    const Piece &P = piece(E);
    return P.Prec < Context ? "(" + P.Text + ")" : P.Text;
  }

  /// Texts are made once a node, operands first, so that depth costs no stack.
  const Piece &piece(Expr Root) {
    auto It = Done.find(Root);
    if (It != Done.end())
      return It->second;
    visit(Root, [&](Expr E) {
      if (!Done.count(E))
        Done.try_emplace(E, make(E));
    });
    return Done.find(Root)->second;
  }

private:
  const NameRanks *Ranks;
  llvm::DenseMap<Expr, Piece> Done;

  static Expr baseOf(Expr E) {
    return E.is(ExprKind::Pow) && E.operand(1).isNumber() ? E.operand(0) : E;
  }

  unsigned rankOfName(llvm::StringRef Name) const {
    if (isNoiseName(Name))
      return RankNoise;
    auto It = Ranks->find(Name);
    return It == Ranks->end() ? RankUnknown : It->second;
  }

  unsigned rankOfFactor(Expr E) const {
    Expr Base = baseOf(E);
    if (Base.isSymbol())
      return rankOfName(Base.name());
    return Base.is(ExprKind::Element) ? RankElement
           : Base.is(ExprKind::Call)  ? RankCall
                                      : RankSum;
  }

  /// The highest rank of the names in it.
  unsigned rankOfTerm(Expr E) const {
    unsigned Highest = 0;
    visit(E, [&](Expr Part) {
      if (Part.isSymbol())
        Highest = std::max(Highest, rankOfName(Part.name()));
    });
    return Highest;
  }

  /// Among factors of one rank the higher powers first: m**3*h.
  bool isFactorBefore(Expr A, Expr B) const {
    auto Power = [](Expr E) {
      return baseOf(E) == E ? Rational(1) : E.operand(1).number().abs();
    };
    unsigned RankA = rankOfFactor(A), RankB = rankOfFactor(B);
    if (RankA != RankB)
      return RankA < RankB;
    if (Power(A) != Power(B))
      return Power(B) < Power(A);
    return structurallyLess(A, B);
  }

  static Piece number(const Rational &R) {
    if (auto Decimal = R.toDecimal())
      return {*Decimal, R.sign() < 0 ? PrecUnary : PrecAtom};
    return {R.toString(), PrecProduct};
  }

  std::string joined(llvm::ArrayRef<Expr> Es, Precedence Context,
                     llvm::StringRef Separator) {
    std::string Text;
    for (Expr E : Es) {
      if (!Text.empty())
        Text += Separator;
      Text += text(E, Context);
    }
    return Text;
  }

  /// The text of `Base**Exponent` for a positive number as exponent.
  Piece power(Expr Base, const Rational &Exponent) {
    if (Exponent.isOne())
      return piece(Base);
    if (Exponent == Rational(1, 2))
      return {"sqrt(" + piece(Base).Text + ")", PrecAtom};
    Piece E = number(Exponent);
    if (E.Prec < PrecAtom)
      E.Text = "(" + E.Text + ")";
    return {text(Base, PrecAtom) + "**" + E.Text, PrecPower};
  }

  /// Significant digits.
  static size_t digitsIn(const Rational &R) {
    std::string Text = R.toDecimal().value_or(R.toString());
    llvm::erase_if(Text, [](char C) { return C == '.'; });
    return llvm::StringRef(Text).trim('0').size();
  }

  static bool isReciprocal(Expr E) {
    return E.is(ExprKind::Pow) && E.operand(1).isNumber() &&
           E.operand(1).number().sign() < 0;
  }

  /// `Coefficient * Factors`, with a bar for reciprocals. The coefficient is
  /// not negative.
  Piece product(Rational Coefficient, llvm::ArrayRef<Expr> Given) {
    llvm::SmallVector<Expr, 8> Factors(Given);
    if (Ranks)
      llvm::sort(Factors, [&](Expr A, Expr B) { return isFactorBefore(A, B); });
    llvm::SmallVector<std::string, 8> Above, Below;
    auto Put = [](llvm::SmallVectorImpl<std::string> &List, const Piece &P,
                  Precedence Context) {
      List.push_back(P.Prec < Context ? "(" + P.Text + ")" : P.Text);
    };
    Rational Denominator(1);
    if (!Coefficient.toDecimal()) {
      // x/16.7 or 3*x/7.
      Rational Inverse = Rational(1) / Coefficient;
      bool IsInverse = Inverse.toDecimal().has_value();
      Denominator = IsInverse ? Inverse : Coefficient.denominator();
      Coefficient = IsInverse ? Rational(1) : Coefficient.numerator();
    }
    // x/(10*ms), but 0.5*exp(x)/ms.
    if (Ranks && !Coefficient.isOne() && Coefficient.numerator().isOne() &&
        digitsIn(Rational(1) / Coefficient) <
            digitsIn(Coefficient) + llvm::any_of(Factors, isReciprocal) &&
        llvm::any_of(Factors, [](Expr F) { return !isReciprocal(F); }) &&
        llvm::none_of(Factors, [](Expr F) { return F.is(ExprKind::Call); })) {
      Denominator = Rational(1) / Coefficient;
      Coefficient = 1;
    }
    if (!Coefficient.isOne())
      Put(Above, number(Coefficient), PrecPower);
    if (!Denominator.isOne())
      Put(Below, number(Denominator), PrecPower);
    for (Expr F : Factors) {
      if (isReciprocal(F))
        Put(Below, power(F.operand(0), -F.operand(1).number()), PrecPower);
      else
        Put(Above, piece(F), PrecPower);
    }
    std::string Text = Above.empty() ? "1" : llvm::join(Above, "*");
    if (Below.size() == 1)
      Text += "/" + Below.front();
    else if (!Below.empty())
      Text += "/(" + llvm::join(Below, "*") + ")";
    bool IsSingle = Above.size() == 1 && Below.empty();
    return {Text, IsSingle ? PrecPower : PrecProduct};
  }

  /// The text of a term without its sign.
  Piece magnitude(Expr Term) {
    if (Term.isNumber())
      return number(Term.number().abs());
    if (Term.is(ExprKind::Mul)) {
      Expr First = Term.operand(0);
      if (First.isNumber())
        return product(First.number().abs(), Term.operands().drop_front());
      return product(Rational(1), Term.operands());
    }
    return piece(Term);
  }

  Piece sum(llvm::ArrayRef<Expr> Terms) {
    // Positive terms first, as authors write them; numbers last among each, but
    // 1 + exp(x).
    llvm::SmallVector<Expr, 8> Order(Terms.begin(), Terms.end());
    bool IsNumberFirst = Ranks && Terms.size() == 2 &&
                         llvm::any_of(Terms, [](Expr E) { return E.isOne(); });
    llvm::sort(Order, [&](Expr A, Expr B) {
      auto Key = [&](Expr E) {
        unsigned Sign = 2 * isNegative(E);
        return Sign + (E.isNumber() != (IsNumberFirst && Sign == 0));
      };
      if (Key(A) != Key(B))
        return Key(A) < Key(B);
      if (Ranks && rankOfTerm(A) != rankOfTerm(B))
        return rankOfTerm(A) < rankOfTerm(B);
      return structurallyLess(A, B);
    });
    std::string Text;
    for (Expr Term : Order) {
      bool Minus = isNegative(Term);
      Piece P = magnitude(Term);
      if (P.Prec < PrecProduct)
        P.Text = "(" + P.Text + ")";
      if (Text.empty())
        Text = (Minus ? "-" : "") + P.Text;
      else
        Text += (Minus ? " - " : " + ") + P.Text;
    }
    return {Text, PrecSum};
  }

  static llvm::StringRef comparison(ExprKind K) {
    switch (K) {
    case ExprKind::Lt:
      return " < ";
    case ExprKind::Le:
      return " <= ";
    case ExprKind::Gt:
      return " > ";
    case ExprKind::Ge:
      return " >= ";
    case ExprKind::Eq:
      return " == ";
    default:
      return " != ";
    }
  }

  Piece call(Expr E) {
    llvm::StringRef Name = E.name();
    if ((Name == "%" || Name == "//") && E.operands().size() == 2)
      return {text(E.operand(0), PrecPower) + " " + Name.str() + " " +
                  text(E.operand(1), PrecPower),
              PrecProduct};
    if (Name == "*" && E.operands().size() == 2)
      return {text(E.operand(0), PrecPower) + "*" +
                  text(E.operand(1), PrecPower),
              PrecProduct};
    if (Name == "\"")
      return {"\"" + E.operand(0).name().str() + "\"", PrecAtom};
    if (Name == "&" && E.operands().size() == 1)
      return {"&" + text(E.operand(0), PrecAtom), PrecUnary};
    return {Name.str() + "(" + joined(E.operands(), PrecSelect, ", ") + ")",
            PrecAtom};
  }

  Piece make(Expr E) {
    switch (E.kind()) {
    case ExprKind::Number:
      return number(E.number());
    case ExprKind::Boolean:
      return {E.boolean() ? "True" : "False", PrecAtom};
    case ExprKind::Symbol:
      return {E.name().str(), PrecAtom};
    case ExprKind::Add:
      return sum(E.operands());
    case ExprKind::Mul: {
      Piece P = magnitude(E);
      if (!isNegative(E))
        return P;
      return {"-" + P.Text, P.Prec < PrecUnary ? P.Prec : PrecUnary};
    }
    case ExprKind::Pow: {
      Expr Exponent = E.operand(1);
      if (isReciprocal(E))
        return product(Rational(1), E);
      if (Exponent.isNumber())
        return power(E.operand(0), Exponent.number());
      return {text(E.operand(0), PrecAtom) + "**" + text(Exponent, PrecAtom),
              PrecPower};
    }
    case ExprKind::Call:
      return call(E);
    case ExprKind::Element:
      return {E.name().str() + "[" + piece(E.operand(0)).Text + "]", PrecAtom};
    case ExprKind::And:
      return {joined(E.operands(), PrecNot, " and "), PrecAnd};
    case ExprKind::Or:
      return {joined(E.operands(), PrecAnd, " or "), PrecOr};
    case ExprKind::Not:
      return {"not " + text(E.operand(0), PrecCompare), PrecNot};
    case ExprKind::Select:
      return {"(" + text(E.operand(1), PrecOr) + " if " +
                  text(E.operand(0), PrecOr) + " else " +
                  text(E.operand(2), PrecOr) + ")",
              PrecAtom};
    default:
      return {text(E.operand(0), PrecSum) + comparison(E.kind()).str() +
                  text(E.operand(1), PrecSum),
              PrecCompare};
    }
  }
};

} // namespace

std::string toBrian(Expr E, const NameRanks *Ranks) {
  return Printer(Ranks).piece(E).Text;
}

} // namespace brian2lift
