//===- Expr/Text.h - Expressions in Brian's syntax ----------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whatever prints also parses: parseBrian(A, toBrian(E)) == E for every
// expression (but for numbers of more than 1,000 digits, which are refused),
// which keeps tests readable (they are written as algebra) and the printer
// honest. The syntax is that of Brian2's equations: Python operators
// and precedence, `**`, `//`, `%`, `and`, `or`, `not`, True and False.
//
//   toBrian(*parseBrian(A, "-(v - El) / tau + int(v > 0*mV)"))
//
// Two notations go beyond Brian's, for values that Brian's equations cannot
// say: `array[index]` for an Element and `(a if c else b)` for a Select.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EXPR_TEXT_H
#define BRIAN2LIFT_EXPR_TEXT_H

#include "Expr/Expr.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"

namespace brian2lift {

/// In which order an author names things: names of smaller rank first, names
/// without an entry as of rank 2.
using NameRanks = llvm::StringMap<unsigned>;

/// The text of `E`; the same for equal expressions, whatever else is in the
/// arena. Python's rules: `-x**2` is -(x**2), comparisons do not chain. With
/// ranks, factors and terms follow them (`gNa*m**3*h*(ENa - v)`), noise comes
/// last, and `1 + exp(x)` and `x/(10*ms)` are written so.
std::string toBrian(Expr E, const NameRanks *Ranks = nullptr);

/// Parses one expression of at most 100,000 characters, 1,000 levels of nesting
/// and 1,000 digits in each number. The error's message names the column (from
/// 1).
llvm::Expected<Expr> parseBrian(ExprArena &Arena, llvm::StringRef Text);

} // namespace brian2lift

#endif // BRIAN2LIFT_EXPR_TEXT_H
