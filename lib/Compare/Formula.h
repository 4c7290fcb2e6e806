//===- Compare/Formula.h - The texts of two groups as algebra -----------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The expressions of one group, on both sides, in one arena. Names of parts are
// replaced by what they stand for, first; where the results differ, so are
// names of constants by their values: `m_inf` and `tau` need not be on both
// sides.
//
//   FormulaComparison Formulas(Old, New);
//   Formulas.compare("-(v - El)/tau", "-100*(v + 0.07)")   // Same, if they are
//
// A text that is no expression is compared as text.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_COMPARE_FORMULA_H
#define BRIAN2LIFT_COMPARE_FORMULA_H

#include "Compare/Compare.h"
#include "Compare/Equality.h"

namespace brian2lift {

class FormulaComparison {
public:
  FormulaComparison(const GroupFacts &Old, const GroupFacts &New);

  /// Two expressions.
  Verdict compare(llvm::StringRef Old, llvm::StringRef New);
  /// Two times, or what else a refractoriness can be: `2. ms`, `ref`,
  /// `2*ms*(a + 1)`.
  Verdict compareTimes(llvm::StringRef Old, llvm::StringRef New);
  /// Two pieces of code, `v = El\nw += b`: by what each variable is at the end.
  /// Names that no equation has are the code's own.
  Verdict compareCode(llvm::StringRef Old, llvm::StringRef New);

private:
  /// What the names of one side stand for.
  struct Side {
    llvm::DenseMap<Expr, Expr> Parts;
    llvm::DenseMap<Expr, Expr> Values;
  };
  using Assignments = std::vector<std::pair<std::string, Expr>>;

  Side read(const GroupFacts &G, const GroupFacts &Other);
  std::optional<Expr> valueOf(const Fact &Constant);
  std::optional<Expr> parse(llvm::StringRef Text);
  std::optional<Expr> parseTime(llvm::StringRef Text);
  std::optional<Assignments> execute(llvm::StringRef Code, const Side &S);
  Verdict compare(std::optional<Expr> Old, std::optional<Expr> New);

  ExprArena A;
  Equality Exactly, ByValue;
  std::set<std::string> Variables; ///< of both sides
  Side OldSide, NewSide;
};

} // namespace brian2lift

#endif // BRIAN2LIFT_COMPARE_FORMULA_H
