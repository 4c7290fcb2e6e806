//===- Emit/Markup.cpp --------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emit/Markup.h"
#include "llvm/Support/ConvertUTF.h"

namespace brian2lift {

std::string escapeMarkup(llvm::StringRef Text) {
  std::string Escaped;
  const auto *Bytes = reinterpret_cast<const llvm::UTF8 *>(Text.data());
  const llvm::UTF8 *End = Bytes + Text.size();
  while (Bytes < End) {
    unsigned Length = llvm::getUTF8SequenceSize(Bytes, End);
    // What no HTML may hold, escaped or not.
    bool IsControl =
        (*Bytes < 0x20 && *Bytes != '\n' && *Bytes != '\t') || *Bytes == 0x7f ||
        (Length == 2 && *Bytes == 0xc2 && Bytes[1] < 0xa0) ||
        (Length == 3 && *Bytes == 0xef && Bytes[1] == 0xbf && Bytes[2] >= 0xbe);
    if (Length == 0 || IsControl) {
      Escaped += "\ufffd";
      Bytes += std::max(Length, 1U);
      continue;
    }
    switch (*Bytes) {
    case '&':
      Escaped += "&amp;";
      break;
    case '<':
      Escaped += "&lt;";
      break;
    case '>':
      Escaped += "&gt;";
      break;
    case '"':
      Escaped += "&quot;";
      break;
    default:
      Escaped.append(reinterpret_cast<const char *>(Bytes), Length);
    }
    Bytes += Length;
  }
  return Escaped;
}

} // namespace brian2lift
