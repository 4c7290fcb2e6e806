//===- Readable/Readable.cpp --------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Equations/Reintegrate.h"
#include "Readable/Numbers.h"
#include "Readable/Rewriter.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

namespace brian2lift {

namespace {

/// Larger ones are not read by anybody, and cost too much.
constexpr size_t MaxNodes = 3000;
/// The rewriter recurses; 900 levels take 4 MiB of stack.
constexpr unsigned MaxDepth = 400;

unsigned depthOf(Expr Root) {
  llvm::DenseMap<Expr, unsigned> Depth;
  visit(Root, [&](Expr E) {
    unsigned Deepest = 0;
    for (Expr Operand : E.operands())
      Deepest = std::max(Deepest, Depth.lookup(Operand));
    Depth[E] = Deepest + 1;
  });
  return Depth.lookup(Root);
}

/// Points vary constants around their values; Brian2's `e` and `pi` are no such
/// constants.
Expr withNumbers(Expr E, const ReadableNames &Names) {
  ExprArena &A = E.arena();
  llvm::DenseMap<Expr, Expr> Values;
  if (Expr Euler = eulersNumber(A, Names))
    Values[Euler] = A.call("exp", {A.number(1)});
  if (!Names.HasOwnPi)
    Values[A.symbol("pi")] = A.number(Rational::fromDouble(M_PI));
  return substitute(E, Values);
}

/// A number with more digits than the generator writes, which is a short one
/// but for rounding: what became of 1/3 in the solution of a linear system.
bool isRounded(const Rational &R) {
  constexpr unsigned MostDigits = 17;
  return R.significantDigits() > MostDigits && !isLong(shortened(R));
}

/// `E` without what rounding left where the exact method's numbers cancel: in
/// `2e-15*x/y + x/z - 1.66666666666667795*z` the first term. A term of another
/// name than those beside it is no such thing. The caller has to confirm it.
Expr withoutResidue(Expr E) {
  constexpr double Residue = 3e-14;
  if (!holds(E, [](Expr Part) {
        return Part.isNumber() && isRounded(Part.number());
      }))
    return E;
  auto CoefficientOf = [](Expr Term) {
    Expr First = Term.is(ExprKind::Mul) ? Term.operand(0) : Term;
    return First.isNumber() ? First.number().abs() : Rational(1);
  };
  return rewrite(E, [&](Expr Node) {
    if (!Node.is(ExprKind::Add))
      return Node;
    ExprArena &A = Node.arena();
    double Largest = 0;
    for (Expr Term : Node.operands())
      Largest = std::max(Largest, CoefficientOf(Term).toDouble());
    llvm::SmallVector<Expr, 8> Kept, Tiny;
    for (Expr Term : Node.operands()) {
      Rational C = CoefficientOf(Term);
      bool IsTiny = C.toDouble() < Residue * Largest;
      (IsTiny ? Tiny : Kept)
          .push_back(isRounded(C) ? shortened(C) / C * Term : Term);
    }
    Expr Rest = A.add(Kept);
    for (Expr Term : Tiny) {
      std::vector<Expr> Names = symbolsOf(Term);
      bool IsResidue = !Names.empty() && llvm::all_of(Names, [&](Expr Name) {
        return contains(Rest, Name);
      });
      if (!IsResidue)
        Kept.push_back(Term);
    }
    return A.add(Kept);
  });
}

/// `E` with 2*pi where the generator wrote 6.28318530717959.
Expr withPi(Expr E, const ReadableNames &Names) {
  if (Names.HasOwnPi)
    return E;
  return rewrite(E, [](Expr Node) {
    if (!Node.isNumber())
      return Node;
    auto Folded = unfoldPi(Node.number().abs());
    if (!Folded)
      return Node;
    ExprArena &A = Node.arena();
    Expr Power = pow(Folded->Factor * A.symbol("pi"), Folded->Power);
    return Node.number().sign() < 0 ? -Power : Power;
  });
}

/// D*sqrt(2/(9*ms)) for 0.471404520791032*D/sqrt(ms).
Expr withUnfoldedRoot(Expr Product) {
  ExprArena &A = Product.arena();
  Expr Coefficient = Product.operand(0);
  if (!Coefficient.isNumber())
    return Product;
  auto Square = unfoldRoot(Coefficient.number().abs());
  if (!Square)
    return Product;
  llvm::SmallVector<Expr, 8> Factors = {A.number(Coefficient.number().sign())};
  Expr Inside = A.number(*Square);
  for (Expr F : Product.operands().drop_front())
    if (F.is(ExprKind::Pow) && (F.operand(1).isNumber(Rational(1, 2)) ||
                                F.operand(1).isNumber(Rational(-1, 2))))
      Inside = Inside * pow(F, 2);
    else
      Factors.push_back(F);
  Factors.push_back(pow(Inside, Rational(1, 2)));
  return A.mul(Factors);
}

/// `E` with long numbers that the generator computed from short ones:
/// 0.2*exp(1) where no exponential is left, a logistic function of numbers, and
/// the root of a fraction.
Expr withUnfoldedNumbers(Expr E) {
  return rewrite(E, [](Expr Node) {
    if (Node.is(ExprKind::Mul))
      return withUnfoldedRoot(Node);
    if (!Node.isNumber() || !isLong(Node.number()))
      return Node;
    ExprArena &A = Node.arena();
    auto Exp = [&](const Rational &R) { return A.call("exp", {A.number(R)}); };
    if (auto P = unfoldLogistic(Node.number().abs())) {
      Expr Logistic = A.number(1) / (A.number(1) + Exp(*P));
      return Node.number().sign() < 0 ? -Logistic : Logistic;
    }
    if (auto Folded = ExpUnfolder().unfold(Node.number(), {{1}, {}}))
      return A.number(Folded->Factor) * Exp(Folded->Exponent);
    return Node;
  });
}

/// Products of numbers have all digits of both.
Expr withPrintableNumbers(Expr E) {
  return rewrite(E, [](Expr Node) {
    return Node.isNumber() ? Node.arena().number(printable(Node.number()))
                           : Node;
  });
}

/// (E - x)/tau for -(x - E)/tau.
Expr withPositiveSteadyState(Expr E, Expr Variable) {
  if (!Variable || !E.is(ExprKind::Mul) || !isNegative(E))
    return E;
  llvm::SmallVector<Expr, 8> Factors(E.operands());
  for (Expr &F : Factors)
    if (F.is(ExprKind::Add) && llvm::is_contained(F.operands(), Variable)) {
      F = scaled(F, -1);
      Factors.push_back(E.arena().number(-1));
      return E.arena().mul(Factors);
    }
  return E;
}

} // namespace

std::vector<Expr> makeReadable(llvm::ArrayRef<Expr> Exprs,
                               const ReadableNames &Names,
                               llvm::ArrayRef<Expr> Variables) {
  assert(Variables.empty() || Variables.size() == Exprs.size());
  std::vector<Expr> Result(Exprs);
  std::optional<Rewriter> R;
  SystemCandidate Known;
  Known.Constants = Names.Constants;
  Known.Booleans = Names.Booleans;
  auto FormOf = [&](Expr E, Expr Variable) {
    if (sizeOf(E) > MaxNodes || depthOf(E) > MaxDepth)
      return Expr();
    if (!R)
      R.emplace(E.arena(), Names);
    Expr Form = withPrintableNumbers(withPositiveSteadyState(
        withUnfoldedNumbers(
            R->equation(withPi(withoutResidue(E), Names), Variable)),
        Variable));
    bool Agrees = Form == E || agreeEverywhere(withNumbers(E, Names),
                                               withNumbers(Form, Names), Known);
    return Agrees ? Form : Expr();
  };
  for (auto [I, E] : llvm::enumerate(Result)) {
    if (!E)
      continue;
    Expr Form = FormOf(E, Variables.empty() ? Expr() : Variables[I]);
    E = Form ? Form : withPrintableNumbers(E, Known);
  }
  return Result;
}

Expr withPrintableNumbers(Expr E, const SystemCandidate &Known) {
  Expr Form = withPrintableNumbers(E);
  return Form == E || agreeEverywhere(E, Form, Known) ? Form : E;
}

} // namespace brian2lift
