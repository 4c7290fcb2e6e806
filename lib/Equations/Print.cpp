//===- Equations/Print.cpp ----------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Equations/Equations.h"
#include "Expr/Text.h"
#include "llvm/ADT/StringExtras.h"

namespace brian2lift {

llvm::StringRef name(Method M) {
  switch (M) {
  case Method::Exact:
    return "exact";
  case Method::Euler:
    return "euler";
  case Method::Heun:
    return "heun";
  case Method::ExponentialEuler:
    return "exponential_euler";
  case Method::Rk2:
    return "rk2";
  case Method::Rk4:
    return "rk4";
  case Method::Milstein:
    return "milstein";
  case Method::GslRk2:
    return "gsl_rk2";
  case Method::GslRk4:
    return "gsl_rk4";
  case Method::GslRkf45:
    return "gsl_rkf45";
  case Method::GslRkck:
    return "gsl_rkck";
  case Method::GslRk8pd:
    return "gsl_rk8pd";
  }
  return "";
}

void print(llvm::raw_ostream &OS, const Equations &E) {
  for (const DifferentialEquation &Eq : E.List) {
    Expr Right = Eq.rightHandSide();
    OS << "d" << Eq.Variable
       << "/dt = " << (Right ? toBrian(Right) : std::string("?"));
    if (Eq.UnlessRefractory)
      OS << " (unless refractory)";
    OS << "  [";
    llvm::ListSeparator LS;
    for (Method M : Eq.Check.Methods)
      OS << LS << name(M);
    if (Eq.Check.IsCustomMethod)
      OS << LS << "custom";
    OS << "]\n";
  }
  if (E.Refractory)
    OS << "refractory "
       << toBrian(E.Refractory->Duration ? E.Refractory->Duration
                                         : E.Refractory->Condition)
       << '\n';
  OS << "method "
     << (E.Chosen ? name(*E.Chosen)
                  : llvm::StringRef(E.IsCustomMethod ? "unknown" : "none"))
     << '\n';
}

} // namespace brian2lift
