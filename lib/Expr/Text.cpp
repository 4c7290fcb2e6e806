//===- Expr/Text.cpp ------------------------------------------------------===//
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

class Printer {
public:
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

  static bool isReciprocal(Expr E) {
    return E.is(ExprKind::Pow) && E.operand(1).isNumber() &&
           E.operand(1).number().sign() < 0;
  }

  static bool isNegative(Expr E) {
    return (E.isNumber() && E.number().sign() < 0) ||
           (E.is(ExprKind::Mul) && isNegative(E.operand(0)));
  }

  /// `Coefficient * Factors`, with a bar for reciprocals. The coefficient is
  /// not negative.
  Piece product(Rational Coefficient, llvm::ArrayRef<Expr> Factors) {
    llvm::SmallVector<std::string, 8> Above, Below;
    auto Put = [](llvm::SmallVectorImpl<std::string> &List, const Piece &P,
                  Precedence Context) {
      List.push_back(P.Prec < Context ? "(" + P.Text + ")" : P.Text);
    };
    Rational Denominator(1);
    if (!Coefficient.toDecimal()) {
      Denominator = Coefficient.denominator();
      Coefficient = Coefficient.numerator();
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
    // Positive terms first, as authors write them; numbers last among each.
    llvm::SmallVector<Expr, 8> Order(Terms.begin(), Terms.end());
    llvm::sort(Order, [](Expr A, Expr B) {
      auto Key = [](Expr E) { return 2 * isNegative(E) + E.isNumber(); };
      return Key(A) != Key(B) ? Key(A) < Key(B) : structurallyLess(A, B);
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

/// Recursive descent over Python's expression grammar.
class Parser {
public:
  Parser(ExprArena &A, llvm::StringRef Text) : A(A), Text(Text) {}

  llvm::Expected<Expr> parse() {
    if (Text.size() > MaxLength)
      return error("the expression is too long");
    Expr E = select();
    skipSpace();
    if (!Failed && Pos != Text.size())
      fail("unexpected '" + Text.substr(Pos, 1).str() + "'");
    if (Failed)
      return error(Message);
    return E;
  }

private:
  static constexpr size_t MaxLength = 100000;
  static constexpr unsigned MaxDepth = 1000;
  ExprArena &A;
  llvm::StringRef Text;
  size_t Pos = 0, FailedAt = 0;
  unsigned Depth = 0;
  bool Failed = false;
  std::string Message;

  llvm::Error error(const std::string &Why) const {
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "column %zu: %s", FailedAt + 1, Why.c_str());
  }

  Expr fail(const std::string &Why) {
    if (!Failed) {
      Failed = true;
      FailedAt = Pos;
      Message = Why;
    }
    return A.number(0);
  }

  void skipSpace() {
    while (Pos < Text.size() && llvm::isSpace(Text[Pos]))
      ++Pos;
  }

  static bool isWord(char C) { return llvm::isAlnum(C) || C == '_'; }

  /// Consumes a word or an operator when it comes next.
  bool accept(llvm::StringRef Token) {
    skipSpace();
    if (Failed || !Text.substr(Pos).starts_with(Token))
      return false;
    size_t End = Pos + Token.size();
    if (isWord(Token.front()) && End < Text.size() && isWord(Text[End]))
      return false;
    Pos = End;
    return true;
  }

  /// An operator that is not the beginning of a longer one.
  bool acceptOperator(llvm::StringRef Token, llvm::StringRef Longer) {
    skipSpace();
    if (Text.substr(Pos).starts_with(Longer))
      return false;
    return accept(Token);
  }

  void expect(llvm::StringRef Token) {
    if (!accept(Token))
      fail("expected '" + Token.str() + "'");
  }

  Expr select() {
    if (++Depth > MaxDepth)
      return fail("the expression is nested too deeply");
    Expr E = disjunction();
    if (accept("if")) {
      Expr Condition = disjunction();
      expect("else");
      Expr IfFalse = select();
      E = Failed ? E : A.select(Condition, E, IfFalse);
    }
    --Depth;
    return E;
  }

  Expr disjunction() {
    llvm::SmallVector<Expr, 4> Parts{conjunction()};
    while (accept("or"))
      Parts.push_back(conjunction());
    return Parts.size() == 1 ? Parts[0] : A.disjunction(Parts);
  }

  Expr conjunction() {
    llvm::SmallVector<Expr, 4> Parts{inversion()};
    while (accept("and"))
      Parts.push_back(inversion());
    return Parts.size() == 1 ? Parts[0] : A.conjunction(Parts);
  }

  Expr inversion() {
    bool Negate = false;
    while (accept("not"))
      Negate = !Negate;
    Expr E = comparison();
    return Negate ? A.negation(E) : E;
  }

  Expr comparison() {
    Expr Left = sum();
    static const std::pair<llvm::StringRef, ExprKind> Operators[] = {
        {"<=", ExprKind::Le}, {">=", ExprKind::Ge}, {"==", ExprKind::Eq},
        {"!=", ExprKind::Ne}, {"<", ExprKind::Lt},  {">", ExprKind::Gt}};
    for (auto [Token, Kind] : Operators)
      if (accept(Token))
        return A.compare(Kind, Left, sum());
    return Left;
  }

  Expr sum() {
    llvm::SmallVector<Expr, 8> Terms{product()};
    while (!Failed) {
      if (accept("+"))
        Terms.push_back(product());
      else if (accept("-"))
        Terms.push_back(-product());
      else
        break;
    }
    return Terms.size() == 1 ? Terms[0] : A.add(Terms);
  }

  Expr product() {
    Expr E = unary();
    while (!Failed) {
      if (accept("//"))
        E = A.call("//", {E, unary()});
      else if (acceptOperator("*", "**")) {
        Expr Right = unary();
        E = E.isZero() && Right.isSymbol() ? A.zero(Right) : E * Right;
      }
      else if (accept("/"))
        E = E / unary();
      else if (accept("%"))
        E = A.call("%", {E, unary()});
      else
        break;
    }
    return E;
  }

  Expr unary() {
    bool Negate = false;
    while (true) {
      if (accept("-"))
        Negate = !Negate;
      else if (!accept("+"))
        break;
    }
    if (accept("&"))
      return A.call("&", {atom()});
    Expr E = power();
    return Negate ? -E : E;
  }

  Expr power() {
    Expr Base = atom();
    if (!accept("**"))
      return Base;
    if (++Depth > MaxDepth)
      return fail("the expression is nested too deeply");
    Expr Exponent = unary(); // right-associative, binds a unary minus
    --Depth;
    return A.pow(Base, Exponent);
  }

  Expr atom() {
    skipSpace();
    if (Failed || Pos >= Text.size())
      return fail("expected an expression");
    char C = Text[Pos];
    if (accept("(")) {
      Expr E = select();
      expect(")");
      return E;
    }
    if (accept("\"")) {
      size_t End = Text.find('"', Pos);
      if (End == llvm::StringRef::npos)
        return fail("unterminated string");
      Expr E = A.call("\"", {A.symbol(Text.slice(Pos, End))});
      Pos = End + 1;
      return E;
    }
    if (llvm::isDigit(C) || C == '.')
      return literal();
    if (!llvm::isAlpha(C) && C != '_')
      return fail(std::string("unexpected '") + C + "'");
    return word();
  }

  Expr literal() {
    size_t Start = Pos;
    auto Digits = [&] {
      while (Pos < Text.size() && llvm::isDigit(Text[Pos]))
        ++Pos;
    };
    Digits();
    if (Pos < Text.size() && Text[Pos] == '.') {
      ++Pos;
      Digits();
    }
    if (Pos < Text.size() && (Text[Pos] == 'e' || Text[Pos] == 'E')) {
      size_t Sign = Pos + 1 < Text.size() &&
                    (Text[Pos + 1] == '-' || Text[Pos + 1] == '+');
      if (Pos + 1 + Sign < Text.size() && llvm::isDigit(Text[Pos + 1 + Sign])) {
        Pos += 1 + Sign;
        Digits();
      }
    }
    llvm::StringRef Spelling = Text.slice(Start, Pos);
    // 010 is octal in C++ but not a number in Python.
    auto Value = Spelling.size() > 1 && Spelling.find_first_not_of("0123456789") ==
                                            llvm::StringRef::npos
                     ? Rational::fromDecimal((Spelling + ".").str())
                     : Rational::fromDecimal(Spelling);
    if (!Value) {
      Pos = Start;
      return fail("not a number: '" + Spelling.str() + "'");
    }
    return A.number(*Value);
  }

  Expr word() {
    size_t Start = Pos;
    // `a.b` names a member, which only dumps of code objects hold.
    while (Pos < Text.size() &&
           (isWord(Text[Pos]) ||
            (Text[Pos] == '.' && Pos + 1 < Text.size() &&
             (llvm::isAlpha(Text[Pos + 1]) || Text[Pos + 1] == '_'))))
      ++Pos;
    llvm::StringRef Name = Text.slice(Start, Pos);
    if (Name == "True" || Name == "False")
      return A.boolean(Name == "True");
    for (llvm::StringRef Reserved : {"if", "else", "and", "or", "not"})
      if (Name == Reserved) {
        Pos = Start;
        return fail("unexpected '" + Name.str() + "'");
      }
    if (accept("[")) {
      Expr Index = select();
      expect("]");
      return A.element(Name, Index);
    }
    if (!accept("("))
      return A.symbol(Name);
    llvm::SmallVector<Expr, 4> Arguments;
    if (!accept(")")) {
      do
        Arguments.push_back(select());
      while (accept(","));
      expect(")");
    }
    return A.call(Name, Arguments);
  }
};

} // namespace

std::string toBrian(Expr E) { return Printer().piece(E).Text; }

llvm::Expected<Expr> parseBrian(ExprArena &Arena, llvm::StringRef Text) {
  return Parser(Arena, Text).parse();
}

} // namespace brian2lift
