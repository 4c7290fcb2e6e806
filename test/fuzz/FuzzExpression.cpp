//===- test/fuzz/FuzzExpression.cpp - Brian's expressions ---------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whatever parses prints, what is printed parses, and that prints as itself.
//
//===----------------------------------------------------------------------===//

#include "Expr/Text.h"
#include "llvm/Support/raw_ostream.h"

using namespace brian2lift;

static Expr parsed(ExprArena &Arena, const std::string &Text) {
  auto E = parseBrian(Arena, Text);
  if (E)
    return *E;
  std::string Why = llvm::toString(E.takeError());
  // Products of numbers may have exponents that no text may have.
  if (llvm::StringRef(Why).contains("not a number"))
    return {};
  llvm::errs() << Text << ": " << Why << '\n';
  std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  ExprArena Arena;
  auto E = parseBrian(Arena, {reinterpret_cast<const char *>(Data), Size});
  if (!E) {
    llvm::consumeError(E.takeError());
    return -1;
  }
  // A product that holds a zero may change its form once.
  Expr Read = parsed(Arena, toBrian(*E));
  if (!Read)
    return 0;
  std::string Text = toBrian(Read);
  // Fractions of numbers of hundreds of digits are read as quotients.
  Expr Again = parsed(Arena, Text);
  if (Text.size() < 400 && Again && Again != Read) {
    llvm::errs() << Text << " is not read as what it was\n";
    std::abort();
  }
  return 0;
}
