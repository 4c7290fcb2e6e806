//===- test/fuzz/FuzzQuantity.cpp - Quantities and units ----------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Eight bytes are a value, two each the exponents of a dimension. Every
// quantity prints, and the names of its dimension are read as that dimension.
//
//===----------------------------------------------------------------------===//

#include "Units/Units.h"
#include "llvm/Support/raw_ostream.h"
#include <cstring>

using namespace brian2lift;

static void expect(const std::optional<Dimension> &Read, const Dimension &D,
                   const std::string &Text) {
  if (Read && *Read == D)
    return;
  llvm::errs() << dimensionText(D) << " is printed as " << Text
               << (Read ? ", which is " + dimensionText(*Read)
                        : ", which is not read")
               << '\n';
  std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  double Value = 0;
  Dimension D;
  if (Size < sizeof(Value) + 2 * D.Exponents.size())
    return -1;
  std::memcpy(&Value, Data, sizeof(Value));
  Data += sizeof(Value);
  for (Fraction &Exponent : D.Exponents) {
    // Mostly whole.
    Exponent = Fraction(static_cast<int8_t>(Data[0]) % 8,
                        Data[1] % 16 ? 1 : 1 + Data[1] / 16);
    Data += 2;
  }
  (void)quantityText(Value, D);
  (void)numberText(Value, /*IsInteger=*/Size % 2);
  expect(parseUnitText(unitText(D)), D, unitText(D));
  expect(parseUnit(unitExpression(D)), D, unitExpression(D));
  return 0;
}
