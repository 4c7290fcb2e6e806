//===- Units/Rules.cpp --------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Units/Rules.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include <cmath>

namespace brian2lift {

using llvm::StringRef;

namespace {

DimensionForm constant(const Dimension &D) { return {false, {}, D}; }

DimensionForm any() { return {true, {}, {}}; }

DimensionForm scaled(const DimensionForm &F, Fraction Factor) {
  if (F.IsAny)
    return F;
  return {false, addScaled({}, F.Unknowns, Factor), F.Constant.power(Factor)};
}

/// What Brian2's language does with the dimensions of a function's arguments.
enum class CallRule {
  None,     ///< arguments and result without dimension
  Keep,     ///< one argument, the result has its dimension
  Drop,     ///< arguments free, result without dimension
  AllEqual, ///< arguments and result have one dimension
  Timestep,
  Any, ///< nothing is known
  Other
};

CallRule ruleOf(StringRef Name) {
  // `//` is allowed on pure numbers only, and so is int().
  static constexpr llvm::StringLiteral Numbers[] = {
      "exp",     "log",      "log10",  "expm1",   "log1p",   "exprel",
      "sin",     "cos",      "tan",    "sinh",    "cosh",    "tanh",
      "arcsin",  "arccos",   "arctan", "arcsinh", "arccosh", "arctanh",
      "poisson", "binomial", "int",    "//",      "truncdiv"};
  if (llvm::is_contained(Numbers, Name))
    return CallRule::None;
  return llvm::StringSwitch<CallRule>(Name)
      .Case("abs", CallRule::Keep)
      .Case("floor", CallRule::Keep)
      .Case("ceil", CallRule::Keep)
      .Case("trunc", CallRule::Keep)
      .Case("sign", CallRule::Drop)
      // Random numbers are told apart by an argument that counts them.
      .Case("rand", CallRule::Drop)
      .Case("randn", CallRule::Drop)
      .Case("clip", CallRule::AllEqual)
      .Case("%", CallRule::AllEqual)
      .Case("truncmod", CallRule::AllEqual)
      .Case("timestep", CallRule::Timestep)
      .Case("_derivative", CallRule::Any)
      .Default(CallRule::Other);
}

/// `-x`.
bool isNegation(Expr E) {
  return E.operands().size() == 2 && E.operand(0).isNumber(Rational(-1));
}

Fraction toFraction(const Rational &R) {
  std::optional<long> Num = R.numerator().toLong();
  std::optional<long> Den = R.denominator().toLong();
  return Num && Den ? Fraction(*Num, *Den) : Fraction(0, 0);
}

/// The number of a constant as its author wrote it: 1/3 for 0.3333333333333333.
std::optional<Fraction> toFraction(double Value) {
  for (int Denominator = 1; Denominator <= 1000; ++Denominator) {
    double Numerator = std::round(Value * Denominator);
    if (std::abs(Numerator) < 1e6 &&
        std::abs(Value - Numerator / Denominator) <= 1e-14 * std::abs(Value))
      return Fraction(static_cast<int64_t>(Numerator), Denominator);
  }
  return std::nullopt;
}

} // namespace

unsigned DimensionRules::unknown(StringRef Name) {
  auto [It, IsNew] = UnknownOf.try_emplace(Name, Names.size());
  if (IsNew)
    Names.push_back(Name.str());
  return It->second;
}

void DimensionRules::equate(const DimensionForm &A, const DimensionForm &B,
                            std::vector<unsigned> &Implied) {
  if (A.IsAny || B.IsAny)
    return;
  LinearEquation E{addScaled(A.Unknowns, B.Unknowns, -1),
                   B.Constant / A.Constant};
  if (E.Unknowns.empty() && E.Value.isDimensionless())
    return;
  Implied.push_back(Equations.size());
  Equations.push_back(std::move(E));
}

const DimensionForm &DimensionRules::read(Expr E,
                                          std::vector<unsigned> &Implied) {
  visit(E, [&](Expr N) {
    auto [It, IsNew] = IndexOf.try_emplace(N, Nodes.size());
    if (IsNew) {
      std::vector<unsigned> Own;
      DimensionForm F = formOf(N, Own);
      Nodes.push_back({std::move(F), {Own.begin(), Own.end()}});
    }
    const Node &Known = Nodes[IndexOf.find(N)->second];
    Implied.insert(Implied.end(), Known.Implied.begin(), Known.Implied.end());
  });
  return form(E);
}

void DimensionRules::requireNone(Expr E, std::vector<unsigned> &Implied) {
  // A literal is not a quantity where none is allowed.
  if (!E.isNumber() && !P.LiteralsMayBeQuantities)
    equate(form(E), constant(dimensions::None), Implied);
}

DimensionForm DimensionRules::allEqual(llvm::ArrayRef<Expr> Operands,
                                       std::vector<unsigned> &Implied) {
  // What the others are compared with should say as much as possible.
  const DimensionForm *First = nullptr;
  for (Expr E : Operands)
    if (!form(E).IsAny && (!First || form(E).Unknowns.empty()))
      First = &form(E);
  if (!First)
    return any();
  DimensionForm Result = *First;
  for (Expr E : Operands)
    equate(Result, form(E), Implied);
  return Result;
}

DimensionForm DimensionRules::formOfSymbol(StringRef Name) {
  if (P.LiteralsMayBeQuantities && isNoiseName(Name))
    return any();
  if (auto It = P.Known.find(Name); It != P.Known.end())
    return constant(It->second);
  if (!P.Constants.count(Name)) {
    if (isNoiseName(Name))
      return constant(Dimension(0, 0, Fraction(-1, 2)));
    if (Name == "pi" || Name == "inf" || Name == "nan")
      return constant(dimensions::None);
  }
  return {false, {{unknown(Name), 1}}, {}};
}

/// The value of an exponent that is made of constants, as Brian2 needs it to
/// give a power of a quantity its dimension.
std::optional<Fraction> DimensionRules::valueOf(Expr E) const {
  switch (E.kind()) {
  case ExprKind::Number: {
    Fraction F = toFraction(E.number());
    if (F.isValid())
      return F;
    return toFraction(E.number().toDouble());
  }
  case ExprKind::Symbol: {
    auto It = P.Constants.find(E.name());
    return It == P.Constants.end() ? std::nullopt
                                   : toFraction(It->second.Value);
  }
  case ExprKind::Add:
  case ExprKind::Mul: {
    Fraction Result(E.is(ExprKind::Add) ? 0 : 1);
    for (Expr O : E.operands()) {
      std::optional<Fraction> F = valueOf(O);
      if (!F)
        return std::nullopt;
      Result = E.is(ExprKind::Add) ? Result + *F : Result * *F;
    }
    return Result.isValid() ? std::optional(Result) : std::nullopt;
  }
  case ExprKind::Pow: {
    std::optional<Fraction> Base = valueOf(E.operand(0));
    if (!Base || !E.operand(1).isNumber(Rational(-1)))
      return std::nullopt;
    Fraction Inverse = Fraction(1) / *Base;
    return Inverse.isValid() ? std::optional(Inverse) : std::nullopt;
  }
  default:
    return std::nullopt;
  }
}

DimensionForm DimensionRules::formOfPower(Expr E,
                                          std::vector<unsigned> &Implied) {
  Expr Base = E.operand(0), Exponent = E.operand(1);
  requireNone(Exponent, Implied);
  if (std::optional<Fraction> Value = valueOf(Exponent))
    return scaled(form(Base), *Value);
  // A number whose fraction is too large still is a number.
  if (Exponent.isNumber())
    return any();
  requireNone(Base, Implied);
  return constant(dimensions::None);
}

DimensionForm DimensionRules::formOfOtherCall(Expr E,
                                              std::vector<unsigned> &Implied) {
  StringRef Name = E.name();
  auto It = P.Functions.find(Name);
  FunctionUnits Units;
  if (It != P.Functions.end())
    Units = It->second;
  else if (Name.starts_with("_timedarray"))
    Units.Arguments = {dimensions::Second, dimensions::None};
  for (auto [Argument, Dim] : llvm::zip(E.operands(), Units.Arguments))
    if (Dim && !Argument.isNumber())
      equate(form(Argument), constant(*Dim), Implied);
  if (Units.Result)
    return constant(*Units.Result);
  return {false, {{unknown(Name.str() + "()"), 1}}, {}};
}

DimensionForm DimensionRules::formOfCall(Expr E,
                                         std::vector<unsigned> &Implied) {
  // `0*mV`, which is never folded so that this is known.
  // `0*mV`; but 0*g may be `E*g` with E = 0*mV.
  if (E.name() == "*" && E.operands().size() == 2 && P.LiteralsMayBeQuantities)
    return any();
  if (E.name() == "*" && E.operands().size() == 2)
    return form(E.operand(1));
  // A model's own function may have the name of one of the language.
  CallRule Rule =
      P.Functions.count(E.name()) ? CallRule::Other : ruleOf(E.name());
  switch (Rule) {
  case CallRule::None:
    for (Expr Argument : E.operands())
      requireNone(Argument, Implied);
    return constant(dimensions::None);
  case CallRule::Keep:
    return E.operands().size() == 1 ? form(E.operand(0)) : any();
  case CallRule::Drop:
    return constant(dimensions::None);
  case CallRule::AllEqual:
    return allEqual(E.operands(), Implied);
  case CallRule::Timestep:
    // Times may be literals: the generator prints a refractory period as one.
    for (Expr Argument : E.operands())
      if (!Argument.isNumber())
        equate(form(Argument), constant(dimensions::Second), Implied);
    return constant(dimensions::None);
  case CallRule::Any:
    return any();
  case CallRule::Other:
    break;
  }
  return formOfOtherCall(E, Implied);
}

DimensionForm DimensionRules::formOf(Expr E, std::vector<unsigned> &Implied) {
  switch (E.kind()) {
  case ExprKind::Number:
    return E.isZero() || P.LiteralsMayBeQuantities ? any()
                                                   : constant(dimensions::None);
  case ExprKind::Boolean:
    return constant(dimensions::None);
  case ExprKind::Symbol:
    return formOfSymbol(E.name());
  case ExprKind::Add:
    return allEqual(E.operands(), Implied);
  case ExprKind::Mul: {
    if (P.LiteralsMayBeQuantities && !isNegation(E))
      return any();
    DimensionForm Product;
    for (Expr Factor : E.operands()) {
      // The sign of a negated term is no quantity.
      if (Factor.isNumber() && Factor.number().abs().isOne())
        continue;
      const DimensionForm &F = form(Factor);
      if (F.IsAny)
        return any();
      Product.Unknowns = addScaled(Product.Unknowns, F.Unknowns, 1);
      Product.Constant = Product.Constant * F.Constant;
    }
    return Product;
  }
  case ExprKind::Pow:
    if (P.LiteralsMayBeQuantities)
      return any();
    return formOfPower(E, Implied);
  case ExprKind::Call:
    return formOfCall(E, Implied);
  case ExprKind::Element:
    requireNone(E.operand(0), Implied);
    return formOfSymbol(E.name());
  case ExprKind::Lt:
  case ExprKind::Le:
  case ExprKind::Gt:
  case ExprKind::Ge:
  case ExprKind::Eq:
  case ExprKind::Ne:
    allEqual(E.operands(), Implied);
    return constant(dimensions::None);
  case ExprKind::And:
  case ExprKind::Or:
  case ExprKind::Not:
    for (Expr Condition : E.operands())
      requireNone(Condition, Implied);
    return constant(dimensions::None);
  case ExprKind::Select:
    requireNone(E.operand(0), Implied);
    return allEqual({E.operand(1), E.operand(2)}, Implied);
  }
  return any();
}

} // namespace brian2lift
