//===- Expr/Print.cpp ---------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Expr/Arrange.h"
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

  /// With a bar for reciprocals, without the sign.
  Piece product(Expr E) {
    Product P = arrangeProduct(E, Ranks);
    llvm::SmallVector<std::string, 8> Above, Below;
    auto Put = [](llvm::SmallVectorImpl<std::string> &List, const Piece &Part) {
      List.push_back(Part.Prec < PrecPower ? "(" + Part.Text + ")" : Part.Text);
    };
    if (!P.Above.isOne())
      Put(Above, number(P.Above));
    for (Expr F : P.Factors)
      Put(Above, piece(F));
    if (!P.Below.isOne())
      Put(Below, number(P.Below));
    for (Expr F : P.Divisors)
      Put(Below, power(F.operand(0), -F.operand(1).number()));
    std::string Text = Above.empty() ? "1" : llvm::join(Above, "*");
    // 0*x would be read as 0.
    bool HasZero =
        llvm::any_of(P.Divisors, [](Expr F) { return F.operand(0).isZero(); });
    if (Below.size() == 1 || HasZero)
      Text += "/" + llvm::join(Below, "/");
    else if (!Below.empty())
      Text += "/(" + llvm::join(Below, "*") + ")";
    bool IsSingle = Above.size() == 1 && Below.empty();
    return {Text, IsSingle ? PrecPower : PrecProduct};
  }

  /// The text of a term without its sign.
  Piece magnitude(Expr Term) {
    if (Term.isNumber())
      return number(Term.number().abs());
    if (Term.is(ExprKind::Mul))
      return product(Term);
    return piece(Term);
  }

  Piece sum(Expr Sum) {
    std::string Text;
    for (Expr Term : arrangeSum(Sum, Ranks)) {
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
      return sum(E);
    case ExprKind::Mul: {
      Piece P = magnitude(E);
      if (!isNegative(E))
        return P;
      return {"-" + P.Text, P.Prec < PrecUnary ? P.Prec : PrecUnary};
    }
    case ExprKind::Pow: {
      Expr Exponent = E.operand(1);
      if (isReciprocal(E))
        return product(E);
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
