//===- test/fuzz/FuzzExpression.cpp - Brian's expressions ---------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whatever parses prints, and what is printed is read as what it was.
//
//===----------------------------------------------------------------------===//

#include "Expr/Text.h"
#include "llvm/Support/raw_ostream.h"

using namespace brian2lift;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  ExprArena Arena;
  auto E = parseBrian(Arena, {reinterpret_cast<const char *>(Data), Size});
  if (!E) {
    llvm::consumeError(E.takeError());
    return -1;
  }
  // Near 1,000 digits it depends on the order of operations what is worked out;
  // what is printed of such numbers may be another form of them.
  bool HasLong = false;
  visit(*E, [&](Expr Part) {
    HasLong |= Part.isNumber() && Part.number().toString().size() > 300;
  });
  if (HasLong)
    return 0;
  std::string Text = toBrian(*E);
  auto Again = parseBrian(Arena, Text);
  if (!Again) {
    llvm::errs() << Text << ": " << llvm::toString(Again.takeError()) << '\n';
    std::abort();
  }
  if (*Again != *E) {
    llvm::errs() << Text << " is read as " << toBrian(*Again) << '\n';
    std::abort();
  }
  return 0;
}
