//===- Units/Rules.h - What an expression says about dimensions ---------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Brian2's own rules (parsing/expressions.py, parse_expression_dimensions),
// read backwards: Brian2 computes an expression's dimension from the variables'
// dimensions; here the variables' dimensions are unknown, so an expression has
// a linear form in them, and every check that Brian2 makes is an equation.
//
//   x**2*exp(y/z)      form 2*[x];  equation [y] - [z] = 0
//   a + b              form [a];    equation [a] - [b] = 0
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_UNITS_RULES_H
#define BRIAN2LIFT_UNITS_RULES_H

#include "Units/Solve.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

namespace brian2lift {

/// The dimension of an expression: a sum over unknowns and a constant part, or
/// any dimension (zero; a literal that may be a quantity).
struct DimensionForm {
  bool IsAny = false;
  Terms Unknowns;
  Dimension Constant;
};

class DimensionRules {
public:
  explicit DimensionRules(const UnitProblem &P) : P(P) {}

  /// Equations that an expression's parts imply are added to `Equations`; the
  /// indices of all of them, also those of parts that were met before, to
  /// `Implied`.
  const DimensionForm &read(Expr E, std::vector<unsigned> &Implied);
  /// Adds A = B, if both are known to be anything in particular.
  void equate(const DimensionForm &A, const DimensionForm &B,
              std::vector<unsigned> &Implied);
  /// The unknown for a symbol or `f()`; numbered in order of first use.
  unsigned unknown(llvm::StringRef Name);

  const std::vector<LinearEquation> &equations() const { return Equations; }
  const std::vector<std::string> &names() const { return Names; }

private:
  struct Node {
    DimensionForm Form;
    llvm::SmallVector<unsigned, 2> Implied;
  };
  const DimensionForm &form(Expr E) const {
    return Nodes[IndexOf.find(E)->second].Form;
  }
  DimensionForm formOf(Expr E, std::vector<unsigned> &Implied);
  DimensionForm formOfSymbol(llvm::StringRef Name);
  DimensionForm formOfPower(Expr E, std::vector<unsigned> &Implied);
  DimensionForm formOfCall(Expr E, std::vector<unsigned> &Implied);
  DimensionForm formOfOtherCall(Expr E, std::vector<unsigned> &Implied);
  DimensionForm allEqual(llvm::ArrayRef<Expr> Operands,
                         std::vector<unsigned> &Implied);
  void requireNone(Expr E, std::vector<unsigned> &Implied);
  std::optional<Fraction> valueOf(Expr Exponent) const;

  const UnitProblem &P;
  llvm::DenseMap<Expr, unsigned> IndexOf;
  std::vector<Node> Nodes;
  std::vector<LinearEquation> Equations;
  llvm::StringMap<unsigned> UnknownOf;
  std::vector<std::string> Names;
};

} // namespace brian2lift

#endif // BRIAN2LIFT_UNITS_RULES_H
