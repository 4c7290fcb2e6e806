//===- Units/Catalogue.h - The units that Brian2 knows ------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Brian2 writes its units out one by one (allunits.py, 8,000 lines); all but a
// handful are a prefix, a base unit and a power, so that is what is kept here.
// test/Units/check_names.py compares every name with Brian2's own.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_UNITS_CATALOGUE_H
#define BRIAN2LIFT_UNITS_CATALOGUE_H

#include "Units/Units.h"

namespace brian2lift {

/// A unit without prefix and power.
struct BaseUnit {
  llvm::StringLiteral Name; ///< `volt`
  llvm::StringLiteral Text; ///< `V`
  Dimension Dim;
  int Scale;        ///< of ten: -3 for gram
  bool HasPrefixes; ///< `kilogram` and `kelvin` have none
  bool IsShown; ///< the one that Brian2 prints for its dimension: hertz, not
                ///< becquerel
};
llvm::ArrayRef<BaseUnit> baseUnits();

struct Prefix {
  llvm::StringLiteral Text;
  int Scale;
};
/// The prefixes with which Brian2 displays, in the order in which its registry
/// holds them (which breaks ties between two units), the empty one last.
llvm::ArrayRef<Prefix> shownPrefixes();

/// The base unit and power that Brian2's standard registry has for a dimension.
struct PoweredUnit {
  const BaseUnit *Base = nullptr;
  int Power = 1;
};
std::optional<PoweredUnit> shownUnit(const Dimension &D);

/// The compound unit of Brian2's additional registry: `J/K`.
std::optional<llvm::StringRef> compoundUnit(const Dimension &D);

/// The dimension of the physical constant of Brian2 that has this value, if no
/// other number is likely to: 96485.33289, whatever it is called.
std::optional<Dimension> dimensionOfConstant(double Value);

} // namespace brian2lift

#endif // BRIAN2LIFT_UNITS_CATALOGUE_H
