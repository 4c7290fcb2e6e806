//===- test/fuzz/FuzzHints.cpp - The user's units -----------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A file of hints, and a text that Brian2 could have printed for a unit. Each
// line is a hint or is reported.
//
//===----------------------------------------------------------------------===//

#include "Units/Hints.h"
#include "Units/Units.h"

using namespace brian2lift;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  llvm::StringRef Text(reinterpret_cast<const char *>(Data), Size);
  Diagnostics Diags;
  std::vector<UnitHint> Hints;
  readUnitHints(Text, "hints", Hints, Diags);
  (void)parseUnitText(Text);
  return 0;
}
