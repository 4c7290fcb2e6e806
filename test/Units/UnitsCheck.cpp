//===- test/Units/UnitsCheck.cpp - Texts as live Brian2 prints them -----===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   check_units.py cases.tsv && UnitsCheck cases.tsv
//   UnitsCheck --expressions cases.tsv > expressions.tsv    what a script would
//                                         write for each dimension
//                                         (unitExpression)
//
// Compares this room's texts with those of Brian2 in cases.tsv (check_units.py
// says what the lines are) and counts by kind. Exit status 1 on any difference.
//
//===----------------------------------------------------------------------===//

#include "Units/Units.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include <cmath>
#include <cstdlib>
#include <map>

using namespace brian2lift;
using llvm::StringRef;

using Fields = llvm::SmallVector<StringRef, 12>;

static double number(StringRef Text) {
  return std::strtod(Text.str().c_str(), nullptr);
}

/// The fraction that Python's float stood for.
static Fraction fraction(StringRef Text) {
  double Value = number(Text);
  for (int Denominator = 1; Denominator < 100; ++Denominator) {
    double Numerator = std::round(Value * Denominator);
    if (std::abs(Value - Numerator / Denominator) < 1e-12)
      return Fraction(static_cast<int64_t>(Numerator), Denominator);
  }
  return Fraction(0, 0);
}

static Dimension dimension(llvm::ArrayRef<StringRef> F) {
  Dimension D;
  for (size_t I = 0; I < 7; ++I)
    D.Exponents[I] = fraction(F[I]);
  return D;
}

static std::string textOf(const std::optional<BrianUnit> &U,
                          const Dimension &D) {
  if (!U)
    return "-";
  return U->Dim == D ? U->Text : "wrong dimension " + dimensionText(U->Dim);
}

static std::string actual(const Fields &F) {
  llvm::ArrayRef<StringRef> Rest = llvm::ArrayRef(F).drop_front();
  if (F[0] == "unit")
    return unitText(dimension(Rest));
  if (F[0] == "dim")
    return dimensionText(dimension(Rest));
  if (F[0] == "quantity")
    return quantityText(number(F[8]), dimension(Rest));
  if (F[0] == "number")
    return numberText(number(F[1]), F[2] == "1");
  if (F[0] == "name")
    return textOf(brianUnit(F[1], number(F[2])), dimension(Rest.drop_front(2)));
  if (F[0] == "constant")
    return textOf(physicalConstant(F[1], number(F[2])),
                  dimension(Rest.drop_front(2)));
  return "unknown kind of case";
}

int main(int Count, char **Arguments) {
  bool Expressions = Count == 3 && StringRef(Arguments[1]) == "--expressions";
  if (Count != 2 && !Expressions) {
    llvm::errs() << "usage: UnitsCheck [--expressions] cases.tsv\n";
    return 2;
  }
  auto Buffer = llvm::MemoryBuffer::getFile(Arguments[Count - 1]);
  if (!Buffer) {
    llvm::errs() << Arguments[Count - 1] << ": " << Buffer.getError().message()
                 << '\n';
    return 2;
  }
  struct Tally {
    unsigned Cases = 0, Different = 0;
  };
  std::map<std::string, Tally> Tallies;
  unsigned Shown = 0, Different = 0;
  StringRef Text = (*Buffer)->getBuffer();
  while (!Text.empty()) {
    auto [Line, Rest] = Text.split('\n');
    Text = Rest;
    Fields F;
    Line.split(F, '\t');
    if (Expressions) {
      if (F[0] == "unit")
        llvm::outs() << Line.substr(5, Line.rfind('\t') - 5) << '\t'
                     << unitExpression(
                            dimension(llvm::ArrayRef(F).drop_front()))
                     << '\n';
      continue;
    }
    Tally &T = Tallies[F[0].str()];
    ++T.Cases;
    std::string Got = actual(F);
    if (Got == F.back())
      continue;
    ++T.Different;
    ++Different;
    if (++Shown <= 40)
      llvm::outs() << Line << "\n  got " << Got << '\n';
  }
  if (Expressions)
    return 0;
  for (const auto &[Kind, T] : Tallies)
    llvm::outs() << Kind << ": " << T.Cases << " cases, " << T.Different
                 << " different\n";
  return Different != 0 || Tallies.empty();
}
