//===- CodeObject/Unit.cpp -------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/Unit.h"
#include "CodeObject/StandIns.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace brian2lift {
namespace {

using llvm::StringRef;

/// Code objects define the same names, so each gets a namespace; the files at
/// the root are the only ones of their kind.
bool needsNamespace(StringRef Path) { return Path.contains('/'); }

/// `"x.h"` in code_objects/ means code_objects/x.h when there is one; seen from
/// the unit, which is at the root, it needs its folder.
std::string seenFromRoot(const Project &P, StringRef Path, StringRef Include) {
  StringRef Folder = llvm::sys::path::parent_path(Path);
  if (!Folder.empty() && Include.starts_with("\"")) {
    std::string Beside = (Folder + "/" + Include.trim('"')).str();
    if (P.find(Beside))
      return '"' + Beside + '"';
  }
  return Include.str();
}

void addStandIn(llvm::vfs::InMemoryFileSystem &FS, const StandIn &S) {
  llvm::SmallVector<StringRef, 64> Names;
  S.Names.split(Names, ' ');
  for (StringRef Name : Names)
    FS.addFile(StandInFolder + Name, 0,
               Name == Names.front()
                   ? llvm::MemoryBuffer::getMemBuffer(S.Text)
                   : llvm::MemoryBuffer::getMemBufferCopy(
                         ("#pragma once\n#include <" + Names.front() + ">\n")
                             .str()));
}

} // namespace

llvm::IntrusiveRefCntPtr<llvm::vfs::InMemoryFileSystem>
makeFileSystem(const Project &P) {
  auto FS = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  FS->setCurrentWorkingDirectory(ProjectFolder.rtrim('/'));
  for (const SourceFile &F : P.Files)
    FS->addFile(ProjectFolder + F.Path, 0,
                llvm::MemoryBuffer::getMemBuffer(F.Text, F.Path));
  forEachStandIn([&](const StandIn &S) { addStandIn(*FS, S); });
  // The project's own brianlib is found before these are.
  forEachBrianlibStandIn([&](const StandIn &S) {
    bool IsThere = llvm::any_of(P.Files, [](const SourceFile &F) {
      return StringRef(F.Path).starts_with("brianlib/");
    });
    if (!IsThere)
      addStandIn(*FS, S);
  });
  return FS;
}

std::string unitText(const Project &P, llvm::ArrayRef<FileScan> Scans,
                     llvm::ArrayRef<unsigned> Files, StringRef Declarations) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  // `using namespace brian` in a code object whose headers are missing.
  OS << "namespace brian {}\n" << Declarations;
  llvm::StringSet<> Seen;
  for (unsigned I : Files)
    for (const std::string &Include : Scans[I].Includes) {
      std::string Name = seenFromRoot(P, P.Files[I].Path, Include);
      if (Seen.insert(Name).second)
        OS << "#if __has_include(" << Name << ")\n#include " << Name
           << "\n#endif\n";
    }
  for (unsigned I : Files) {
    StringRef Path = P.Files[I].Path;
    bool Wrap = needsNamespace(Path) && Files.size() > 1;
    if (Wrap)
      OS << "namespace __tu" << I << " {\n";
    OS << "#include \"" << Path << "\"\n";
    if (Wrap)
      OS << "}\n";
    // A macro of one file is not one of the next.
    for (const std::string &Macro : Scans[I].Macros)
      OS << "#undef " << Macro << '\n';
  }
  return Text;
}

} // namespace brian2lift
