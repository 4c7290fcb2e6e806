//===- Support/Diagnostics.cpp ------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Support/Diagnostics.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {

llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const SourcePlace &P) {
  OS << P.File;
  if (P.Line)
    OS << ':' << P.Line << ':' << P.Column;
  return OS;
}

namespace {

const DiagnosticKind Kinds[] = {
#define DIAGNOSTIC(Name, Id, Level, Text) {Id, Severity::Level, Text},
#include "Support/Diagnostics.def"
#undef DIAGNOSTIC
};

const DiagnosticKind &kind(DiagId Id) { return Kinds[static_cast<size_t>(Id)]; }

/// Replaces %0 to %9 by the arguments; a missing argument leaves its %N, which
/// a test would show.
std::string fillIn(llvm::StringRef Text,
                   const std::vector<std::string> &Arguments) {
  std::string Out;
  for (size_t I = 0; I < Text.size(); ++I) {
    if (Text[I] == '%' && I + 1 < Text.size() && Text[I + 1] >= '0' &&
        Text[I + 1] <= '9') {
      size_t N = Text[I + 1] - '0';
      if (N < Arguments.size()) {
        Out += Arguments[N];
        ++I;
        continue;
      }
    }
    Out += Text[I];
  }
  return Out;
}

} // namespace

llvm::ArrayRef<DiagnosticKind> diagnosticKinds() { return Kinds; }

llvm::StringRef name(Severity Level) {
  switch (Level) {
  case Severity::Note:
    return "note";
  case Severity::Warning:
    return "warning";
  case Severity::Error:
    return "error";
  }
  return "error";
}

Severity Diagnostic::severity() const { return kind(Kind).Level; }
llvm::StringRef Diagnostic::id() const { return kind(Kind).Id; }

Diagnostics::Builder::Builder(Builder &&O) noexcept
    : Owner(O.Owner), Id(O.Id), Place(std::move(O.Place)),
      Arguments(std::move(O.Arguments)) {
  O.Owner = nullptr;
}

Diagnostics::Builder::~Builder() {
  if (!Owner)
    return;
  Diagnostic D{Id, std::move(Place), fillIn(kind(Id).Text, Arguments)};
  Owner->List.push_back(std::move(D));
}

Diagnostics::Builder &Diagnostics::Builder::operator<<(llvm::StringRef A) {
  // Names come from the code, and a terminal obeys control characters.
  Arguments.push_back(A.str());
  for (char &C : Arguments.back())
    if (static_cast<unsigned char>(C) < 0x20 || C == 0x7f)
      C = '?';
  return *this;
}

Diagnostics::Builder &Diagnostics::Builder::operator<<(unsigned long A) {
  Arguments.push_back(std::to_string(A));
  return *this;
}

bool Diagnostics::hasErrors() const {
  return llvm::any_of(List, [](const Diagnostic &D) {
    return D.severity() == Severity::Error;
  });
}

bool Diagnostics::hasWarnings() const {
  return llvm::any_of(
      List, [](const Diagnostic &D) { return D.severity() != Severity::Note; });
}

void print(llvm::raw_ostream &OS, const Diagnostic &D,
           llvm::StringRef Nowhere) {
  if (D.Place)
    OS << D.Place << ": ";
  else
    OS << Nowhere << ": ";
  llvm::raw_ostream::Colors Color =
      D.severity() == Severity::Error     ? llvm::raw_ostream::RED
      : D.severity() == Severity::Warning ? llvm::raw_ostream::MAGENTA
                                          : llvm::raw_ostream::CYAN;
  if (OS.has_colors())
    OS.changeColor(Color, /*Bold=*/true);
  OS << name(D.severity()) << ": ";
  if (OS.has_colors())
    OS.resetColor();
  OS << D.Message << " [" << D.id() << "]\n";
}

} // namespace brian2lift
