//===- CodeObject/StandIns.h - Headers that are not read from disk ------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Generated code includes the standard library, sometimes GSL and OpenMP, and
// Brian2's own brianlib. The real headers are megabytes, differ between
// machines and may be missing; all that the meaning of generated code needs of
// them is that names are declared with the right types. These stand-ins declare
// just that, in some hundred lines, so that a project reads the same everywhere
// and twenty times faster.
//
// They are all in StandIns.cpp (Brian2's own libraries, GSL, OpenMP, what newer
// versions use), StandInsLibrary.cpp (C and C++), StandInsCuda.cpp and
// StandInsGenn.cpp. Above each is why it exists, and in the larger ones above
// each part of the text who uses it. test/end-to-end/headers.py compares what
// is read through them with what real headers give. docs/Contributing.md says
// how to add one.
//
// Where code needs more than they have, and the user's flags reach the real
// headers, the project is read through those instead (Headers::Real in Unit.h).
//
// Rules for the texts:
//  * few macros: authors call their variables I, N, E, and a macro would eat
//    them; INFINITY and NAN are variables for the same reason;
//  * mathematical functions are declared once, for double: one declaration
//    takes every arithmetic argument, and overload sets cost milliseconds;
//  * nothing is defined, because bodies are skipped and declarations are
//    enough; but for what takes a lambda, whose instance nobody else could
//    define, which Clang complains of.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_CODEOBJECT_STANDINS_H
#define BRIAN2LIFT_CODEOBJECT_STANDINS_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

namespace brian2lift {

/// A header that several names stand for: `#include <vector>` and
/// `#include <map>` both mean the umbrella of the containers.
struct StandIn {
  llvm::StringRef Text;
  /// The names that lead to it, separated by blanks.
  llvm::StringRef Names;
  /// True when the real header never takes its place: its text says what the
  /// rest of the room looks for, or is for another compiler.
  bool IsAlways = false;
};

extern const StandIn CLibrary, CoreLibrary, MoreLibrary;
extern const StandIn CudaRuntime, CudaRandom, Thrust, CudaBrianlib;
extern const StandIn Genn;

/// Visits the stand-ins for the standard library, GSL, OpenMP, CUDA, GeNN.
void forEachStandIn(llvm::function_ref<void(const StandIn &)> Visitor);

/// Visits the stand-ins for what Brian2 copies into every project
/// (`brianlib/...`, `randomkit.h`), for projects that came without it.
void forEachBrianlibStandIn(llvm::function_ref<void(const StandIn &)> Visitor);

} // namespace brian2lift

#endif // BRIAN2LIFT_CODEOBJECT_STANDINS_H
