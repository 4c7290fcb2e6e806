//===- CodeObject/Names.h - Functions of C++ and of Brian ---------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which function of the generated code is which function of Brian's equations.
// Callees are matched by name alone: the overload that C++ picks says nothing
// that the algebra wants to know.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_CODEOBJECT_NAMES_H
#define BRIAN2LIFT_CODEOBJECT_NAMES_H

#include "llvm/ADT/StringRef.h"

namespace brian2lift {

/// `_clip` is `clip`, `asin` is `arcsin`; any other name is itself.
llvm::StringRef brianName(llvm::StringRef Name);
/// `pow`, `_brian_pow`.
bool isPower(llvm::StringRef Name);
/// True for functions whose every call gives another value.
bool isRandomFunction(llvm::StringRef Name);
/// The argument that a random function has besides those of Brian's language:
/// the neuron's index, or the state of GeNN's random numbers.
bool isIndexOfDraw(llvm::StringRef Argument);
/// `INFINITY` is `inf`, `NAN` is `nan`; any other name is itself.
llvm::StringRef constantName(llvm::StringRef Name);
/// True for the support functions that Brian2 itself writes into code objects.
bool isUniversalSupport(llvm::StringRef Name);

} // namespace brian2lift

#endif // BRIAN2LIFT_CODEOBJECT_NAMES_H
