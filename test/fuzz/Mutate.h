//===- test/fuzz/Mutate.h - Changes that a lexer still understands ------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Flipped bits in C++ end in the lexer. What is of interest is behind it: code
// that parses and means something odd. So words, numbers, operators and whole
// statements are the units of change.
//
//   v = _v + dt * (El - v);      ->      v = _v + dt / (El - v);
//                                        v = _v + dt * (El - lastspike);
//                                        v = _v + 1e999 * (El - v);
//                                        v = _v + dt * (El - v); v = _v + ...;
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_TEST_FUZZ_MUTATE_H
#define BRIAN2LIFT_TEST_FUZZ_MUTATE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <random>
#include <string>
#include <vector>

namespace brian2lift {

/// Cuts text into words, numbers, strings, operators and runs of blanks;
/// together they are the text again.
std::vector<llvm::StringRef> tokenize(llvm::StringRef Text);

/// The text after one to four changes. `Other` is text from which statements
/// and words are taken; it may be the same.
std::string mutate(llvm::StringRef Text, llvm::StringRef Other,
                   std::mt19937 &Random);

} // namespace brian2lift

#endif // BRIAN2LIFT_TEST_FUZZ_MUTATE_H
