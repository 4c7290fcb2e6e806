//===- Emit/Json.h - JSON inside of this room ---------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the writers of JSON share; included by this room's .cpp files only,
// since nlohmann/json is slow to compile. Objects keep the order of their keys.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EMIT_JSON_H
#define BRIAN2LIFT_EMIT_JSON_H

#include "Support/Diagnostics.h"
#include <nlohmann/json.hpp>

namespace brian2lift {

using Json = nlohmann::ordered_json;

inline Json string(llvm::StringRef S) { return S.str(); }

/// `severity`, `id`, `message`, and `file`, `line`, `column` where there is a
/// place: an element of the output's `diagnostics`.
Json diagnosticJson(const Diagnostic &D);

/// With line breaks and two spaces a level, or in one line (`Indent` -1). Text
/// that is not UTF-8 (a file name, damaged code) is replaced: it must not stop
/// the output.
void write(llvm::raw_ostream &OS, const Json &J, int Indent = 2);

} // namespace brian2lift

#endif // BRIAN2LIFT_EMIT_JSON_H
