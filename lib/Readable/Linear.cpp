//===- Readable/Linear.cpp ----------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Equations that are linear in their variable, dx/dt = A*x + B, as exponential
// Euler has taken them apart: their authors wrote a steady state and a time
// constant, or the rates of an open and a closed state.
//
//===----------------------------------------------------------------------===//

#include "Readable/Fractions.h"
#include "Readable/Gates.h"
#include "Readable/Rewriter.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {

Expr Rewriter::linear(Expr E, Expr X, Expr Form) {
  // Noise is written beside the rest.
  if (llvm::any_of(symbolsOf(E), [](Expr S) { return isNoiseName(S.name()); }))
    return Expr();
  Expr Rate = -differentiate(E, X), B = substitute(E, {{X, A.number(0)}});
  if (hasUnknownDerivative(Rate) || contains(Rate, X) || B.isZero() ||
      Rate.isZero())
    return Expr();
  constexpr long StepsPerForm = 6000;
  Expr Best;
  auto Try = [&](auto Write) {
    refill(StepsPerForm);
    Expr Written = Write();
    Best = Best ? cheaper(Best, Written) : Written;
  };
  // (gL*(EL - vs) + gc*(vd - vs) + I)/C, which the exact method of two coupled
  // compartments has over products of conductances.
  if (Expr Whole = Form ? asOneFraction(Form) : Expr())
    Try([&] { return readable(Whole); });
  std::optional<GateParts> Gate = findGate(Form, X);
  if (!Gate || Gate->SteadyState) {
    Expr Opening = asOneFraction(B), Closing = asOneFraction(Rate - B);
    // Common factors of one of them are not always found in the other.
    Expr OtherOpening = Closing ? asOneFraction(Rate - Closing) : Expr();
    for (Expr Alpha : {Opening, OtherOpening})
      if (Alpha && Closing)
        Try([&] {
          return readable(Alpha) * (A.number(1) - X) - readable(Closing) * X;
        });
  }
  if (!Gate || Gate->Alpha)
    if (Expr Steady = asOneFraction(B * pow(Rate, -1)))
      for (Expr Decay : {asOneFraction(Rate), Rate})
        if (Decay)
          Try([&] { return (readable(Steady) - X) * readable(Decay); });
  return Best;
}

} // namespace brian2lift
