//===- Expr/Arrange.cpp -------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Expr/Arrange.h"
#include "llvm/ADT/STLExtras.h"
#include <map>

namespace brian2lift {

namespace {

/// Before all names pi, behind them elements, calls, sums, and noise.
enum Rank : unsigned {
  RankPi = 0, ///< 2*pi*f
  RankUnknown = 2,
  RankElement = 10,
  RankCall,
  RankSum,
  RankNoise
};

Expr baseOf(Expr E) {
  return E.is(ExprKind::Pow) && E.operand(1).isNumber() ? E.operand(0) : E;
}

unsigned rankOfName(llvm::StringRef Name, const NameRanks &Ranks) {
  if (isNoiseName(Name))
    return RankNoise;
  if (Name == "pi")
    return RankPi;
  auto It = Ranks.find(Name);
  return It == Ranks.end() ? RankUnknown : It->second;
}

unsigned rankOfFactor(Expr E, const NameRanks &Ranks) {
  Expr Base = baseOf(E);
  if (Base.isSymbol())
    return rankOfName(Base.name(), Ranks);
  return Base.is(ExprKind::Element) ? RankElement
         : Base.is(ExprKind::Call)  ? RankCall
                                    : RankSum;
}

/// The highest rank of the names in it.
unsigned rankOfTerm(Expr E, const NameRanks &Ranks) {
  unsigned Highest = 0;
  visit(E, [&](Expr Part) {
    if (Part.isSymbol())
      Highest = std::max(Highest, rankOfName(Part.name(), Ranks));
  });
  return Highest;
}

/// Among factors of one rank the higher powers first: m**3*h.
bool isFactorBefore(Expr A, Expr B, const NameRanks &Ranks) {
  auto Power = [](Expr E) {
    return baseOf(E) == E ? Rational(1) : E.operand(1).number().abs();
  };
  unsigned RankA = rankOfFactor(A, Ranks), RankB = rankOfFactor(B, Ranks);
  if (RankA != RankB)
    return RankA < RankB;
  if (Power(A) != Power(B))
    return Power(B) < Power(A);
  return structurallyLess(A, B);
}

/// A term like 0.04*v**2/mV: v and 2. Null where it is none.
std::pair<Expr, Rational> powerIn(Expr Term) {
  std::pair<Expr, Rational> Found;
  llvm::ArrayRef<Expr> Factors(Term);
  if (Term.is(ExprKind::Mul))
    Factors = Term.operands();
  for (Expr F : Factors) {
    if (F.isNumber() || isReciprocal(F))
      continue;
    Expr Base = baseOf(F);
    if (Found.first || !Base.isSymbol())
      return {};
    Found = {Base, Base == F ? Rational(1) : F.operand(1).number()};
  }
  return Found;
}

/// 0.04*v**2 + 5*v, as polynomials are written; v - v**3 stays as it is.
void putHigherPowersFirst(llvm::MutableArrayRef<Expr> Terms) {
  while (!Terms.empty()) {
    Expr First = Terms.front(), Base = powerIn(First).first;
    size_t Length = 1;
    while (Base && Length < Terms.size() &&
           powerIn(Terms[Length]).first == Base &&
           isNegative(Terms[Length]) == isNegative(First))
      ++Length;
    // Equal powers stay in their order.
    std::multimap<Rational, Expr> ByPower;
    for (Expr Term : Terms.take_front(Length))
      ByPower.emplace(-powerIn(Term).second, Term);
    for (auto [Place, Entry] : llvm::zip(Terms, ByPower))
      Place = Entry.second;
    Terms = Terms.drop_front(Length);
  }
}

/// Significant digits.
size_t digitsIn(const Rational &R) {
  std::string Text = R.toDecimal().value_or(R.toString());
  llvm::erase_if(Text, [](char C) { return C == '.'; });
  return llvm::StringRef(Text).trim('0').size();
}

} // namespace

bool isReciprocal(Expr E) {
  return E.is(ExprKind::Pow) && E.operand(1).isNumber() &&
         E.operand(1).number().sign() < 0;
}

Product arrangeProduct(Expr E, const NameRanks *Ranks) {
  Product P;
  llvm::ArrayRef<Expr> Given(E);
  if (E.is(ExprKind::Mul)) {
    Given = E.operands();
    if (Given.front().isNumber()) {
      P.Above = Given.front().number().abs();
      Given = Given.drop_front();
    }
  }
  llvm::SmallVector<Expr, 8> Factors(Given);
  if (Ranks)
    llvm::sort(Factors,
               [&](Expr A, Expr B) { return isFactorBefore(A, B, *Ranks); });
  if (!P.Above.isDecimal()) {
    // x/16.7 or 3*x/7.
    Rational Inverse = Rational(1) / P.Above;
    // Numbers near the longest that are worked out stay as they are: their
    // inverse would be read back as a power.
    constexpr size_t Longest = 300;
    // 8*z/3, not z/0.375; sqrt(2/(9*ms)) is what a noise of variance 1 has.
    auto IsDigit = [](const Rational &R) { return R < Rational(10); };
    bool IsFraction =
        (Ranks && Rational(1) < P.Above && IsDigit(P.Above.numerator()) &&
         IsDigit(P.Above.denominator())) ||
        (P.Above.numerator() == Rational(2) && !Factors.empty() &&
         llvm::all_of(Factors, isReciprocal));
    bool IsInverse = !IsFraction && Inverse.isDecimal() &&
                     Inverse.toString().size() < Longest;
    P.Below = IsInverse ? Inverse : P.Above.denominator();
    P.Above = IsInverse ? Rational(1) : P.Above.numerator();
  }
  // x/(10*ms), but 0.5*exp(x)/ms, 0.1*x/sqrt(tau) and 0.1*xi/tau.
  auto IsDivisor = [](Expr F) {
    return isReciprocal(F) && F.operand(1).number().isInteger();
  };
  if (Ranks && !P.Above.isOne() && P.Above.numerator().isOne() &&
      P.Above.denominator() < Rational(1000000) &&
      digitsIn(Rational(1) / P.Above) <
          digitsIn(P.Above) + llvm::any_of(Factors, IsDivisor) &&
      llvm::any_of(Factors, [](Expr F) { return !isReciprocal(F); }) &&
      llvm::none_of(Factors, [](Expr F) {
        return F.is(ExprKind::Call) || (F.isSymbol() && isNoiseName(F.name()));
      })) {
    P.Below = Rational(1) / P.Above;
    P.Above = 1;
  }
  for (Expr F : Factors) {
    if (isReciprocal(F))
      P.Divisors.push_back(F);
    else
      P.Factors.push_back(F);
  }
  return P;
}

llvm::SmallVector<Expr, 8> arrangeSum(Expr Sum, const NameRanks *Ranks) {
  llvm::ArrayRef<Expr> Terms = Sum.operands();
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
    if (Ranks && rankOfTerm(A, *Ranks) != rankOfTerm(B, *Ranks))
      return rankOfTerm(A, *Ranks) < rankOfTerm(B, *Ranks);
    return structurallyLess(A, B);
  });
  if (Ranks)
    putHigherPowersFirst(Order);
  return Order;
}

} // namespace brian2lift
