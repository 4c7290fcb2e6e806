//===- Support/Diagnostics.h - What could not be read, and where --------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A construct that is not understood costs only the value that depends on it.
// The room that meets it reports a diagnostic and goes on; the value stays
// absent. Every kind of diagnostic is registered in Diagnostics.def under a
// stable id, so that users can filter on it and every id has a test.
//
//   Diagnostics Diags;
//   Diags.report(DiagId::EquationCheckFailed, Place)
//       << "v" ;                       // fills the next %N of the message
//
// To add a diagnostic: one line in Diagnostics.def, one test that provokes it
// (test/Support/every-diagnostic.test fails until there is one).
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_SUPPORT_DIAGNOSTICS_H
#define BRIAN2LIFT_SUPPORT_DIAGNOSTICS_H

#include "Support/Source.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace brian2lift {

/// How bad: a Note explains, a Warning says that a value was lost or assumed,
/// an Error says that nothing can be said at all (exit status 2).
enum class Severity { Note, Warning, Error };

enum class DiagId {
#define DIAGNOSTIC(Name, Id, Severity, Text) Name,
#include "Support/Diagnostics.def"
#undef DIAGNOSTIC
};

/// What is registered of one kind.
struct DiagnosticKind {
  llvm::StringRef Id; ///< the stable identifier that users see
  Severity Level;
  llvm::StringRef Text; ///< with %0, %1, ... where arguments go
};
/// All kinds, in the order of DiagId.
llvm::ArrayRef<DiagnosticKind> diagnosticKinds();
/// `note`, `warning`, `error`.
llvm::StringRef name(Severity Level);

struct Diagnostic {
  DiagId Kind;
  SourcePlace Place;   ///< may be nowhere
  std::string Message; ///< text with every %N filled

  Severity severity() const;
  /// The stable identifier that users see, as "equation-check-failed".
  llvm::StringRef id() const;
};

/// The diagnostics of one run of the tool, in the order of their discovery.
class Diagnostics {
public:
  /// Fills %0, %1, ... of the message as values are streamed into it, and
  /// records the diagnostic when it goes out of scope.
  class Builder {
  public:
    Builder(Diagnostics &Owner, DiagId Id, SourcePlace Place)
        : Owner(&Owner), Id(Id), Place(std::move(Place)) {}
    Builder(Builder &&O) noexcept;
    Builder(const Builder &) = delete;
    Builder &operator=(const Builder &) = delete;
    Builder &operator=(Builder &&) = delete;
    ~Builder();
    Builder &operator<<(llvm::StringRef Argument);
    Builder &operator<<(unsigned long Argument);

  private:
    Diagnostics *Owner;
    DiagId Id;
    SourcePlace Place;
    std::vector<std::string> Arguments;
  };

  Builder report(DiagId Id, SourcePlace Place = {}) {
    return Builder(*this, Id, std::move(Place));
  }

  const std::vector<Diagnostic> &all() const { return List; }
  void add(Diagnostic D) { List.push_back(std::move(D)); }
  /// Adds those of `O` behind these.
  void append(const Diagnostics &O) {
    List.insert(List.end(), O.List.begin(), O.List.end());
  }
  bool hasErrors() const;
  bool hasWarnings() const;

private:
  std::vector<Diagnostic> List;
};

/// Clang's style: `file:line:column: warning: message [id]`, without colours
/// unless the stream has them. What has no place stands at `Nowhere`.
void print(llvm::raw_ostream &OS, const Diagnostic &D,
           llvm::StringRef Nowhere = "brian2lift");

} // namespace brian2lift

#endif // BRIAN2LIFT_SUPPORT_DIAGNOSTICS_H
