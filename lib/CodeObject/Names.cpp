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
  // Brian2 wraps functions of the C library, Brian2CUDA all of them.
  StringRef Own = Name;
  if (Own.consume_front("_brian_")) {
    if (Own == "mod")
      return "%";
    if (Own == "floordiv")
      return "//";
  }
  return llvm::StringSwitch<StringRef>(Own)
      .Case("_clip", "clip")
      .Case("_sign", "sign")
      .Case("sign_", "sign")
      .Case("_exprel", "exprel")
      .Case("_timestep", "timestep")
      .Case("_rand", "rand")
      .Case("_randn", "randn")
      .Case("_poisson", "poisson")
      .Case("int_", "int")
      .Case("asin", "arcsin")
      .Case("acos", "arccos")
      .Case("atan", "arctan")
      .Case("fabs", "abs")
      .Default(Own);
}

bool isPower(StringRef Name) { return Name == "pow" || Name == "_brian_pow"; }

bool isRandomFunction(StringRef Name) {
  return Name == "_rand" || Name == "_randn" || Name == "_poisson" ||
         Name.starts_with("_binomial");
}

bool isIndexOfDraw(StringRef Argument) {
  return Argument == "_vectorisation_idx" || Argument == "_seed";
}

StringRef constantName(StringRef Name) {
  return llvm::StringSwitch<StringRef>(Name)
      .Case("INFINITY", "inf")
      .Case("NAN", "nan")
      .Default(Name);
}

bool isUniversalSupport(StringRef Name) {
  return brianName(Name) != Name || isPower(Name) ||
         Name.starts_with("_debugmsg_") || Name.starts_with("_host_") ||
         llvm::is_contained(
             {"fround", "_loggam", "_poisson_mult", "_poisson_ptrs"}, Name);
}

} // namespace brian2lift
