//===- CodeObject/Names.cpp ---------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/Names.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace brian2lift {

using llvm::StringRef;

StringRef brianName(StringRef Name) {
  return llvm::StringSwitch<StringRef>(Name)
      .Case("_clip", "clip")
      .Case("_sign", "sign")
      .Case("_exprel", "exprel")
      .Case("_timestep", "timestep")
      .Case("_rand", "rand")
      .Case("_randn", "randn")
      .Case("_poisson", "poisson")
      .Case("int_", "int")
      .Case("_brian_int", "int")
      .Case("_brian_mod", "%")
      .Case("_brian_floordiv", "//")
      .Case("_brian_abs", "abs")
      .Case("_brian_exp", "exp")
      .Case("_brian_log", "log")
      .Case("_brian_log10", "log10")
      .Case("_brian_sqrt", "sqrt")
      .Case("_brian_sin", "sin")
      .Case("_brian_cos", "cos")
      .Case("_brian_tan", "tan")
      .Case("_brian_sinh", "sinh")
      .Case("_brian_cosh", "cosh")
      .Case("_brian_tanh", "tanh")
      .Case("_brian_ceil", "ceil")
      .Case("_brian_floor", "floor")
      .Case("_brian_asin", "arcsin")
      .Case("_brian_acos", "arccos")
      .Case("_brian_atan", "arctan")
      .Case("_brian_log1p", "log1p")
      .Case("_brian_expm1", "expm1")
      .Case("asin", "arcsin")
      .Case("acos", "arccos")
      .Case("atan", "arctan")
      .Case("fabs", "abs")
      .Default(Name);
}

bool isPower(StringRef Name) { return Name == "pow" || Name == "_brian_pow"; }

bool isRandomFunction(StringRef Name) {
  return Name == "_rand" || Name == "_randn" || Name == "_poisson" ||
         Name.starts_with("_binomial");
}

StringRef constantName(StringRef Name) {
  return llvm::StringSwitch<StringRef>(Name)
      .Case("INFINITY", "inf")
      .Case("NAN", "nan")
      .Default(Name);
}

bool isUniversalSupport(StringRef Name) {
  return brianName(Name) != Name || isPower(Name) ||
         Name.starts_with("_debugmsg_") ||
         llvm::is_contained({"fround", "_brian_clip", "_loggam",
                             "_poisson_mult", "_poisson_ptrs"},
                            Name);
}

} // namespace brian2lift
