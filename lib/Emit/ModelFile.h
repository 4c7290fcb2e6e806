//===- Emit/ModelFile.h - The JSON read back ----------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whatever prints also parses: what writeCollector wrote, as facts that can be
// compared with those of another file. A file on disk may be of another version
// or edited by hand. It has to be of this format and each value of the right
// type; keys that are not known are named and passed over, since they hold
// something that will not be compared.
//
//   Diagnostics Diags;
//   if (auto Golden = readModelFile(Text, "golden.json", Diags))
//     compareModels(*Golden, ...);
//   // else: golden.json:3:12: error: cannot read a model from 'golden.json':
//   ...
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EMIT_MODELFILE_H
#define BRIAN2LIFT_EMIT_MODELFILE_H

#include "Compare/Compare.h"
#include "Support/Diagnostics.h"

namespace brian2lift {

/// Reads the text of a whole file (not of a group's object). `File` is its name
/// in messages. Without a result an error says why, at a line and column where
/// the text is no JSON, else with the JSON pointer of the value.
std::optional<ModelFacts>
readModelFile(llvm::StringRef Text, llvm::StringRef File, Diagnostics &Diags);

} // namespace brian2lift

#endif // BRIAN2LIFT_EMIT_MODELFILE_H
