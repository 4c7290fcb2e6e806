//===- Step/Print.cpp ---------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Expr/Text.h"
#include "Step/Step.h"

namespace brian2lift {

void print(llvm::raw_ostream &OS, const Step &S) {
  OS << "step " << S.Function << '\n';
  for (const NamedConstant &K : S.Constants) {
    OS << "  constant " << K.Name << " = ";
    if (K.Special)
      OS << *K.Special << '\n';
    else
      OS << K.Value.toDecimal().value_or(K.Value.toString()) << '\n';
  }
  for (const StepVariable &V : S.Variables)
    OS << "  variable " << V.Name << " in " << V.Array
       << (V.IsScalar ? " (shared)" : "") << '\n';
  for (const std::string &Xi : S.Noise)
    OS << "  noise " << Xi << '\n';
  for (const StepTemporary &T : S.Temporaries)
    if (T.Value)
      OS << "  temporary " << T.Name << " = " << toBrian(T.Value) << '\n';
  for (const StepWrite &W : S.Writes)
    OS << "  write " << W.Name << " = " << toBrian(W.Value) << '\n';
  if (S.HasEntangledWrites)
    OS << "  entangled writes\n";
  for (const auto &[Name, Value] : S.Final)
    OS << "  final " << Name << " = " << toBrian(Value) << '\n';
  for (const std::string &Name : S.Lost)
    OS << "  lost " << Name << '\n';
}

} // namespace brian2lift
