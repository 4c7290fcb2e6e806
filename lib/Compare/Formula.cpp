//===- Compare/Formula.cpp ----------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compare/Formula.h"
#include "Expr/Text.h"
#include "Units/Units.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

namespace brian2lift {
namespace {

/// Of the terms' size: what is exact, and what a generator printed with 15
/// digits.
constexpr double ExactDigits = 1e-15;
constexpr double PrintedDigits = 1e-12;
/// Parts of parts of parts; more is a circle.
constexpr unsigned MaxDepth = 32;

} // namespace

std::optional<Rational> readTime(llvm::StringRef Text) {
  static const std::pair<const char *, long> Units[] = {
      {"s", 0}, {"ms", -3}, {"us", -6}, {"ns", -9}, {"ps", -12}, {"ks", 3}};
  auto [Number, Unit] = Text.split(' ');
  for (auto [Name, Exponent] : Units)
    if (Unit == Name)
      if (auto Value = Rational::fromDecimal(Number))
        return *Value * Rational(10).pow(Exponent);
  return std::nullopt;
}

FormulaComparison::FormulaComparison(const GroupFacts &Old,
                                     const GroupFacts &New)
    : Exactly(A, ExactDigits), ByValue(A, PrintedDigits) {
  for (const GroupFacts *G : {&Old, &New})
    for (const EquationFacts &E : G->Equations)
      Variables.insert(E.Name);
  for (const GroupFacts *G : {&Old, &New})
    for (const EquationFacts &E : G->Equations)
      if (E.Dtype == "boolean")
        for (Equality *Kind : {&Exactly, &ByValue})
          Kind->addTruth(A.symbol(E.Name));
  OldSide = read(Old, New);
  NewSide = read(New, Old);
}

FormulaComparison::Side FormulaComparison::read(const GroupFacts &G,
                                                const GroupFacts &Other) {
  Side S;
  auto HasContent = [](const EquationFacts &E) {
    return E.Type == "subexpression" && E.Right.isKnown();
  };
  for (const EquationFacts &E : G.Equations) {
    // What the other side has under this name without a content is a symbol on
    // both.
    auto Its = llvm::find_if(Other.Equations, [&](const EquationFacts &O) {
      return O.Name == E.Name;
    });
    if (HasContent(E) && (Its == Other.Equations.end() || HasContent(*Its)))
      if (std::optional<Expr> Content = parse(*E.Right.Text))
        S.Parts[A.symbol(E.Name)] = *Content;
  }
  if (G.N.Value)
    S.Values[A.symbol("N")] = A.number(std::lround(*G.N.Value));
  for (const NamedFact &I : G.Identifiers)
    if (std::optional<Expr> Value = valueOf(I.Value))
      S.Values[A.symbol(I.Name)] = *Value;
  return S;
}

std::optional<Expr> FormulaComparison::valueOf(const Fact &Constant) {
  if (Constant.Text == "True" || Constant.Text == "False")
    return A.boolean(Constant.Text == "True");
  if (!Constant.Value || std::isnan(*Constant.Value))
    return std::nullopt;
  Expr Size = A.symbol("inf");
  if (std::isfinite(*Constant.Value)) {
    // As it is written: 0.001 is one thousandth.
    auto Value = Rational::fromDecimal(
        numberText(std::fabs(*Constant.Value), /*IsInteger=*/false));
    if (!Value)
      return std::nullopt;
    Size = A.number(*Value);
  }
  return std::signbit(*Constant.Value) ? -Size : Size;
}

std::optional<Expr> FormulaComparison::parse(llvm::StringRef Text) {
  llvm::Expected<Expr> E = parseBrian(A, Text);
  if (E)
    return *E;
  llvm::consumeError(E.takeError());
  return std::nullopt;
}

std::optional<Expr> FormulaComparison::parseTime(llvm::StringRef Text) {
  if (std::optional<Rational> Time = readTime(Text))
    return A.number(*Time);
  return parse(Text);
}

Verdict FormulaComparison::compare(llvm::StringRef Old, llvm::StringRef New) {
  std::optional<Expr> X = parse(Old), Y = parse(New);
  if (!X || !Y)
    return Old == New ? Verdict::Same : Verdict::Different;
  return compare(X, Y);
}

Verdict FormulaComparison::compareTimes(llvm::StringRef Old,
                                        llvm::StringRef New) {
  std::optional<Expr> X = parseTime(Old), Y = parseTime(New);
  if (!X || !Y)
    return Old == New ? Verdict::Same : Verdict::Different;
  return compare(X, Y);
}

/// A part may use other parts.
static Expr expand(Expr E, const llvm::DenseMap<Expr, Expr> &Parts) {
  for (unsigned I = 0; I < MaxDepth; ++I) {
    Expr Next = substitute(E, Parts);
    if (Next == E)
      break;
    E = Next;
  }
  return E;
}

Verdict FormulaComparison::compare(std::optional<Expr> Old,
                                   std::optional<Expr> New) {
  Expr X = expand(*Old, OldSide.Parts), Y = expand(*New, NewSide.Parts);
  Verdict V = Exactly.compare(X, Y);
  if (V == Verdict::Same)
    return V;
  return ByValue.compare(substitute(X, OldSide.Values),
                         substitute(Y, NewSide.Values));
}

std::optional<FormulaComparison::Assignments>
FormulaComparison::execute(llvm::StringRef Code, const Side &S) {
  Assignments Result;
  llvm::DenseMap<Expr, Expr> Now;
  llvm::SmallVector<llvm::StringRef, 8> Lines;
  Code.split(Lines, '\n', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (llvm::StringRef Line : Lines) {
    auto [Name, Rest] = Line.split(' ');
    auto [Operator, Text] = Rest.split(' ');
    std::optional<Expr> Right = parse(Text);
    if (!Right || !Operator.ends_with("="))
      return std::nullopt;
    Expr Variable = A.symbol(Name);
    Expr Before = substitute(Variable, Now);
    Expr Value = substitute(expand(*Right, S.Parts), Now);
    if (Operator == "+=")
      Value = Before + Value;
    else if (Operator == "-=")
      Value = Before - Value;
    else if (Operator == "*=")
      Value = Before * Value;
    else if (Operator == "/=")
      Value = Before / Value;
    else if (Operator != "=")
      return std::nullopt;
    Now[Variable] = Value;
    auto I = llvm::find_if(
        Result, [Name = Name](const auto &Old) { return Old.first == Name; });
    if (I == Result.end())
      Result.push_back({Name.str(), Value});
    else
      I->second = Value;
  }
  return Result;
}

Verdict FormulaComparison::compareCode(llvm::StringRef Old,
                                       llvm::StringRef New) {
  auto X = execute(Old, OldSide), Y = execute(New, NewSide);
  if (!X || !Y)
    return Old == New ? Verdict::Same : Verdict::Different;
  Verdict Result = Verdict::Same;
  auto Check = [&](const Assignments &From, const Assignments &To,
                   bool IsForth) {
    for (const auto &[Name, Value] : From) {
      const std::string &Wanted = Name;
      auto I = llvm::find_if(
          To, [&](const auto &Other) { return Other.first == Wanted; });
      Verdict V = Verdict::Same;
      // What is not assigned keeps its value; `v = v` says the same.
      if (I != To.end())
        V = IsForth ? compare(Value, I->second) : Verdict::Same;
      else if (Variables.count(Wanted))
        V = compare(Value, A.symbol(Wanted));
      if (V == Verdict::Different || Result == Verdict::Same)
        Result = V;
    }
  };
  Check(*X, *Y, /*IsForth=*/true);
  Check(*Y, *X, /*IsForth=*/false);
  return Result;
}

} // namespace brian2lift
