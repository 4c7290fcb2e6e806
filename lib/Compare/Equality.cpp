//===- Compare/Equality.cpp ----------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compare/Equality.h"
#include "Expr/Evaluate.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>
#include <random>

namespace brian2lift {
namespace {

constexpr long Bits = 192;
/// So many points at which both have a value are enough.
constexpr unsigned EnoughPoints = 24;
constexpr unsigned FewestPoints = 3;
constexpr unsigned MaxPoints = 96;
/// Orders of magnitude of the symbols. The exponentials of `exp((v -
/// VT)/DeltaT)` drown everything else, or vanish, but where their arguments are
/// small.
constexpr double Scales[] = {1, 0.1, 1e-3, 10, 1e-2, 100};

/// The symbols' values at point number `Index`, the same in every run.
class Point {
public:
  explicit Point(unsigned Index) : Index(Index), Source(Index * 7919 + 1) {}

  Rational next(bool IsTruth) {
    // The bits of the generator are the same everywhere, distributions are not.
    const unsigned long Draw = Source() >> 11;
    if (IsTruth)
      return Rational(long(Draw & 1));
    // From 1/4 to 5/4 of the scale, positive at every other point: roots and
    // logarithms want that.
    Rational Value = Rational(1, 4) + Rational(long(Draw >> 13), 1L << 40);
    if (Index % 2 && (Draw & 1))
      Value = -Value;
    const double Scale = Scales[Index / 2 % std::size(Scales)];
    return Value * (Scale < 1 ? Rational(1, std::lround(1 / Scale))
                              : Rational(std::lround(Scale)));
  }

private:
  unsigned Index;
  std::mt19937_64 Source;
};

/// The size of the terms that make up a value: a small difference of two large
/// terms is only as exact as those are.
class Sizes {
public:
  explicit Sizes(Valuation &At) : At(At) {}

  double of(Expr E) {
    auto I = Known.find(E);
    if (I != Known.end())
      return I->second;
    double Size = std::max(std::fabs(At.value(E).toDouble()), ofTerms(E));
    Known[E] = Size;
    return Size;
  }

private:
  double ofTerms(Expr E) {
    double Sum = 0, Product = 1;
    switch (E.kind()) {
    case ExprKind::Add:
      for (Expr Term : E.operands())
        Sum += of(Term);
      return Sum;
    case ExprKind::Mul:
      for (Expr Factor : E.operands())
        Product *= of(Factor);
      return Product;
    case ExprKind::Call:
      // A rounded argument costs as many digits as it is large.
      if (E.isCall("exp"))
        return std::fabs(At.value(E).toDouble()) * of(E.operand(0));
      return E.isCall("sin") || E.isCall("cos") ? of(E.operand(0)) : 0;
    default:
      return 0;
    }
  }

  Valuation &At;
  llvm::DenseMap<Expr, double> Known;
};

/// Functions whose value jumps or has corners. `timestep` rounds.
bool hasJumps(Expr E) {
  if (!E.is(ExprKind::Call))
    return false;
  static const char *const Names[] = {"floor", "ceil", "sign",     "clip",
                                      "%",     "//",   "timestep", "int"};
  return llvm::is_contained(Names, E.name());
}

} // namespace

bool Equality::isLogical(Expr E) const {
  return E.isCondition() || Truths.contains(E);
}

/// The symbols that are truth values: those that are known to be, and what is
/// used as one.
llvm::DenseSet<Expr> Equality::truthsOf(llvm::ArrayRef<Expr> Roots) const {
  llvm::DenseSet<Expr> Found = Truths;
  auto Add = [&](Expr E) {
    if (E.isSymbol())
      Found.insert(E);
  };
  for (Expr Root : Roots)
    visit(Root, [&](Expr E) {
      if (E.is(ExprKind::And) || E.is(ExprKind::Or) || E.is(ExprKind::Not))
        llvm::for_each(E.operands(), Add);
      else if (E.is(ExprKind::Select))
        Add(E.operand(0));
    });
  return Found;
}

Expr Equality::symbolFor(std::vector<Atom> &Atoms, Expr Original,
                         llvm::function_ref<bool(Expr)> IsSame) {
  for (const Atom &Known : Atoms)
    if (IsSame(Known.Original))
      return Known.Symbol;
  const bool IsTruth = &Atoms == &Comparisons;
  Expr Symbol =
      A.symbol((IsTruth ? "?c" : "?j") + std::to_string(Atoms.size()));
  if (IsTruth)
    Truths.insert(Symbol);
  Atoms.push_back({Symbol, Original});
  return Symbol;
}

/// True when both are positive, zero and negative together: equal, but for a
/// positive factor; where only zero counts, a negative one will do.
bool Equality::haveSameSign(Expr Left, Expr Right, bool OnlyZeroCounts) {
  if (compareValues(Left, Right) == Verdict::Same)
    return true;
  if (Left.isZero() || Right.isZero())
    return false;
  Expr Ratio = Left / Right;
  Valuation At(Bits);
  Point P(2);
  llvm::DenseSet<Expr> AreTrue = truthsOf(Ratio);
  for (Expr S : symbolsOf(Ratio))
    At.set(S, Real(P.next(AreTrue.contains(S)), Bits));
  const double Factor = At.value(Ratio).toDouble();
  if (!std::isfinite(Factor) || Factor == 0 || (Factor < 0 && !OnlyZeroCounts))
    return false;
  return compareValues(Left, Rational::fromDouble(Factor) * Right) ==
         Verdict::Same;
}

/// `Left < Right` is the truth of `Left - Right < 0`; each of the other five is
/// that, or that something is zero, or the opposite of one.
Expr Equality::comparison(Expr E) {
  Expr Left = E.operand(0), Right = E.operand(1);
  // Truth values are compared as what they are.
  if (isLogical(Left) || isLogical(Right))
    return E;
  const bool IsEquality = E.is(ExprKind::Eq) || E.is(ExprKind::Ne);
  const bool IsOpposite =
      E.is(ExprKind::Ne) || E.is(ExprKind::Le) || E.is(ExprKind::Ge);
  Expr Difference =
      E.is(ExprKind::Lt) || E.is(ExprKind::Ge) ? Left - Right : Right - Left;
  Expr Original = A.call(IsEquality ? "== 0" : "< 0", Difference);
  Expr Symbol = symbolFor(Comparisons, Original, [&](Expr Known) {
    return Known.name() == Original.name() &&
           haveSameSign(Difference, Known.operand(0), IsEquality);
  });
  return IsOpposite ? A.negation(Symbol) : Symbol;
}

Expr Equality::jump(Expr E) {
  // The number of a truth value has no jumps.
  if (E.isCall("int") && isLogical(E.operand(0)))
    return A.select(E.operand(0), A.number(1), A.number(0));
  return symbolFor(Jumps, E, [&](Expr Known) {
    if (Known.name() != E.name() ||
        Known.operands().size() != E.operands().size())
      return false;
    return llvm::all_of(
        llvm::zip(Known.operands(), E.operands()), [&](const auto &Pair) {
          auto [Left, Right] = Pair;
          return Left == Right || compareValues(Left, Right) == Verdict::Same;
        });
  });
}

Expr Equality::withoutJumps(Expr E) {
  return rewrite(E, [&](Expr Node) -> Expr {
    if (Node.isComparison())
      return comparison(Node);
    // `0*mV` is a zero with a unit.
    if (Node.isCall("*"))
      return A.number(0);
    return Node.is(ExprKind::Call) && hasJumps(Node) ? jump(Node) : Node;
  });
}

Verdict Equality::compareValues(Expr Left, Expr Right) {
  if (Left == Right)
    return Verdict::Same;
  // A variable that is a truth value may stand for a condition.
  auto MayBeTruth = [&](Expr E) { return isLogical(E) || E.isSymbol(); };
  const bool AreTruths = isLogical(Left) || isLogical(Right);
  if (AreTruths && (!MayBeTruth(Left) || !MayBeTruth(Right)))
    return Verdict::Different;
  const Expr Both[] = {Left, Right};
  std::vector<Expr> Symbols = symbolsOf(A.call("?", Both));
  llvm::DenseSet<Expr> AreTrue = truthsOf(Both);
  if (AreTruths)
    for (Expr E : Both)
      if (E.isSymbol())
        AreTrue.insert(E);
  unsigned Decided = 0;
  Valuation At(Bits);
  // Some code has the number where other code has Brian2's constant.
  const Rational Pi = Rational::fromDouble(M_PI);
  for (unsigned I = 0; I < MaxPoints && Decided < EnoughPoints; ++I) {
    Point P(I);
    At.clear();
    for (Expr S : Symbols)
      At.set(S,
             Real(S.name() == "pi" ? Pi : P.next(AreTrue.contains(S)), Bits));
    if (AreTruths) {
      std::optional<bool> X = At.truth(Left), Y = At.truth(Right);
      if (!X || !Y)
        continue;
      if (*X != *Y)
        return Verdict::Different;
      ++Decided;
      continue;
    }
    Real X = At.value(Left), Y = At.value(Right);
    if (!X.isFinite() || !Y.isFinite())
      continue;
    Sizes Size(At);
    const double Allowed = Tolerance * std::max(Size.of(Left), Size.of(Right));
    if (!std::isfinite(Allowed))
      continue;
    DistanceBounds D = distance(X, Y);
    if (D.Lower > Allowed)
      return Verdict::Different;
    if (D.Upper <= Allowed || D.Upper == 0)
      ++Decided;
  }
  return Decided >= FewestPoints ? Verdict::Same : Verdict::Undecided;
}

Verdict Equality::compare(Expr Left, Expr Right) {
  if (Left == Right)
    return Verdict::Same;
  return compareValues(withoutJumps(Left), withoutJumps(Right));
}

} // namespace brian2lift
