//===- Readable/Readable.cpp --------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Equations/Reintegrate.h"
#include "Readable/Rewriter.h"

namespace brian2lift {

namespace {

/// Larger ones are not read by anybody, and cost too much.
constexpr size_t MaxNodes = 3000;

/// Points vary constants around their values; Brian2's `e` is no such constant.
Expr withoutEuler(Expr E, const ReadableNames &Names) {
  ExprArena &A = E.arena();
  Expr Euler = eulersNumber(A, Names);
  if (!Euler)
    return E;
  return substitute(E, {{Euler, A.call("exp", {A.number(1)})}});
}

} // namespace

std::vector<Expr> makeReadable(llvm::ArrayRef<Expr> Exprs,
                               const ReadableNames &Names) {
  std::vector<Expr> Result(Exprs);
  std::optional<Rewriter> R;
  SystemCandidate Known;
  Known.Constants = Names.Constants;
  Known.Booleans = Names.Booleans;
  for (Expr &E : Result) {
    if (!E || sizeOf(E) > MaxNodes)
      continue;
    if (!R)
      R.emplace(E.arena(), Names);
    Expr Form = R->equation(E);
    if (Form == E || agreeEverywhere(withoutEuler(E, Names),
                                     withoutEuler(Form, Names), Known))
      E = Form;
  }
  return Result;
}

} // namespace brian2lift
