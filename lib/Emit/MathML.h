//===- Emit/MathML.h - Formulas as mathematics --------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// MathML Core, which browsers show without scripts. A formula is what the text
// of Expr/Text.h says, in the same order, set as on paper:
//
//   gNa*m**3*(ENa - v)/Cm      a fraction, the power above, italic names
//   exp(-v/(10*mV))            e with an exponent; 10 mV with mV upright
//   alpha_m, tau, v_rest       alpha with the index m, the Greek letter, v with
//                              the index `rest`
//
// Different names never look the same: what is not cut at an underscore into a
// name and an index is shown as it is written.
//
// No browser breaks a formula into lines. A long one is therefore several
// pieces, each a `<math>` of its own, between which the page may break.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EMIT_MATHML_H
#define BRIAN2LIFT_EMIT_MATHML_H

#include "Expr/Text.h"
#include <functional>
#include <string>
#include <vector>

namespace brian2lift {

/// How the names of one group look.
struct MathNames {
  const NameRanks *Ranks = nullptr; ///< the order of printing; may be null
  /// The text of the unit that a name stands for, `mV`; empty for other names.
  std::function<std::string(llvm::StringRef)> Unit;
};

/// `E` without `<math>` around it, in pieces between which a line may break.
/// A text without line ends, with everything escaped.
std::vector<std::string> toMathML(Expr E, const MathNames &Names);

/// One name; `alpha_m` is an alpha with an index.
std::string nameToMathML(llvm::StringRef Name);

/// `d Name / d t`.
std::string derivativeToMathML(llvm::StringRef Name);

} // namespace brian2lift

#endif // BRIAN2LIFT_EMIT_MATHML_H
