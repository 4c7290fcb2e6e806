//===- Emit/Markup.h - Text that is not to be read as markup ------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a project says may look like anything: a line of code may hold
// `</pre><script>`. On a page it is text.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EMIT_MARKUP_H
#define BRIAN2LIFT_EMIT_MARKUP_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace brian2lift {

/// Text for HTML or XML, between tags or in an attribute with `"`. Control
/// characters and what is not UTF-8 become U+FFFD.
std::string escapeMarkup(llvm::StringRef Text);

} // namespace brian2lift

#endif // BRIAN2LIFT_EMIT_MARKUP_H
