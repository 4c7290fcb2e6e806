//===- Expr/Parse.cpp ---------------------------------------------------===//
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
    if (!Failed)
      visit(E, [&](Expr Part) { bounded(Part); });
    if (Failed)
      return error(Message);
    return E;
  }

private:
  static constexpr size_t MaxLength = 100000;
  static constexpr unsigned MaxDepth = 1000;
  static constexpr size_t MaxDigits = 1000;
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

  /// Numbers are worked out while an expression is built. One that is too long
  /// to be printed and read again is refused, and so are its multiples: before
  /// the next one makes it longer still.
  Expr bounded(Expr E) {
    Expr Number = E.is(ExprKind::Mul) ? E.operand(0) : E;
    if (Failed || !Number.isNumber())
      return E;
    for (const Rational &Part :
         {Number.number().numerator(), Number.number().denominator()})
      if (!Part.toLong() && Part.abs().toString().size() > MaxDigits)
        return fail("a number of more than " + std::to_string(MaxDigits) +
                    " digits");
    return E;
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
    return Terms.size() == 1 ? Terms[0] : bounded(A.add(Terms));
  }

  /// `mV`, `volt/metre**2`: zero times that is not `0`, see ExprArena::zero.
  static bool isUnit(Expr E) {
    return E.isSymbol() ||
           (E.is(ExprKind::Pow) && E.operand(0).isSymbol() &&
            E.operand(1).isNumber()) ||
           (E.is(ExprKind::Mul) && llvm::all_of(E.operands(), isUnit));
  }

  Expr product() {
    Expr E = unary();
    while (!Failed) {
      if (accept("//"))
        E = A.call("//", {E, unary()});
      else if (acceptOperator("*", "**")) {
        Expr Right = unary();
        E = E.isZero() && isUnit(Right) ? A.zero(Right) : E * Right;
      } else if (accept("/"))
        E = E / unary();
      else if (accept("%"))
        E = A.call("%", {E, unary()});
      else
        break;
      E = bounded(E);
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
    Expr E = accept("&") ? A.call("&", {atom()}) : power();
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
    return bounded(A.pow(Base, Exponent));
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
    auto Value =
        Spelling.size() > 1 && Spelling.find_first_not_of("0123456789") ==
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

llvm::Expected<Expr> parseBrian(ExprArena &Arena, llvm::StringRef Text) {
  return Parser(Arena, Text).parse();
}

} // namespace brian2lift
