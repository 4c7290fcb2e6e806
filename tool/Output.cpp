//===- tool/Output.cpp --------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Output.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <optional>

namespace brian2lift {
namespace {

namespace fs = llvm::sys::fs;

/// A file whose content is on disk under another name.
class PendingFile {
public:
  PendingFile(llvm::StringRef Path, llvm::StringRef Text)
      : Path(Path), Text(Text) {}
  PendingFile(const PendingFile &) = delete;
  PendingFile &operator=(const PendingFile &) = delete;
  ~PendingFile() {
    if (Temporary)
      llvm::consumeError(Temporary->discard());
  }

  llvm::Error prepare() {
    fs::file_status Status;
    bool Exists = !fs::status(Path, Status, /*follow=*/false) &&
                  Status.type() != fs::file_type::file_not_found;
    IsFile = Path != "-" &&
             (!Exists || Status.type() == fs::file_type::regular_file);
    if (!IsFile)
      return llvm::Error::success();
    auto Created = fs::TempFile::create(Path + ".%%%%%%%%.tmp");
    if (!Created)
      return llvm::createFileError(Path, Created.takeError());
    Temporary.emplace(std::move(*Created));
    llvm::raw_fd_ostream OS(Temporary->FD, /*shouldClose=*/false);
    return write(OS);
  }

  llvm::Error finish() {
    if (!IsFile) {
      std::error_code EC;
      llvm::raw_fd_ostream OS(Path, EC);
      if (EC)
        return llvm::createFileError(Path, EC);
      return write(OS);
    }
    llvm::Error E = Temporary->keep(Path);
    Temporary.reset();
    return E ? llvm::createFileError(Path, std::move(E)) : std::move(E);
  }

private:
  llvm::Error write(llvm::raw_fd_ostream &OS) {
    OS << Text;
    OS.flush();
    std::error_code EC = OS.error();
    OS.clear_error();
    return EC ? llvm::createFileError(Path, EC) : llvm::Error::success();
  }

  llvm::StringRef Path, Text;
  bool IsFile = true;
  std::optional<fs::TempFile> Temporary;
};

/// A name in a rule. Both tools take a backslash before a space, `#` and `:`,
/// and `$$`; backslashes elsewhere stand for themselves.
std::string escape(llvm::StringRef Name) {
  std::string Text;
  for (size_t I = 0; I < Name.size(); ++I) {
    char C = Name[I];
    if (C == ' ' || C == '#') {
      // Those before it would escape each other.
      for (size_t J = I; J > 0 && Name[J - 1] == '\\'; --J)
        Text += '\\';
      Text += '\\';
    } else if (C == '$') {
      Text += '$';
    } else if (C == ':') {
      Text += '\\';
    }
    Text += C;
  }
  return Text;
}

} // namespace

llvm::Error writeOutputs(llvm::StringRef File, llvm::StringRef Text,
                         llvm::StringRef DependencyFile, llvm::StringRef Rule) {
  PendingFile Output(File, Text), Dependencies(DependencyFile, Rule);
  const bool HasDependencies = !DependencyFile.empty();
  if (llvm::Error E = Output.prepare())
    return E;
  if (HasDependencies) {
    if (llvm::Error E = Dependencies.prepare())
      return E;
    if (llvm::Error E = Dependencies.finish())
      return E;
  }
  return Output.finish();
}

llvm::Expected<std::string>
dependencyRule(llvm::StringRef Target, llvm::ArrayRef<llvm::StringRef> Files) {
  if (Target.contains('%'))
    return llvm::createStringError(
        llvm::inconvertibleErrorCode(),
        "make would take '%s' for a pattern: it holds a %%",
        Target.str().c_str());
  std::string Rule = escape(Target) + ":";
  std::string Phony;
  for (llvm::StringRef File : Files) {
    if (File.contains('\n'))
      return llvm::createStringError(
          llvm::inconvertibleErrorCode(),
          "a path with a line break cannot be written into a rule");
    Rule += " \\\n  " + escape(File);
    // As targets these would be patterns or variables.
    if (!File.contains('%') && !File.contains('='))
      Phony += "\n" + escape(File) + ":\n";
  }
  return Rule + "\n" + Phony;
}

} // namespace brian2lift
