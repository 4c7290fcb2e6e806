//===- CodeObject/Unit.cpp ----------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/Unit.h"
#include "CodeObject/StandIns.h"
#include "Project/HeaderFolders.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>

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

/// Every code object begins with the same table of 25 or 36 specialisations of
/// `_higher_type`, which says what C++ says by itself: the type of x*y. Reading
/// it takes a third of the time that a project takes, so the table is left out;
/// lines stay where they are.
std::string withoutTypeTable(const std::string &Original) {
  constexpr llvm::StringLiteral Table =
      "template < typename T1, typename T2 > struct _higher_type;";
  constexpr llvm::StringLiteral Entry = "template < > struct _higher_type<";
  StringRef Rest = Original;
  size_t Begin = Rest.find(Table);
  if (Begin == StringRef::npos)
    return Original;
  std::string Text;
  Text.reserve(Original.size() + 64);
  Text += Rest.take_front(Begin);
  Text += "template < typename T1, typename T2 > struct _higher_type "
          "{ typedef decltype(T1() * T2()) type; };";
  Rest = Rest.drop_front(Begin + Table.size());
  while (!Rest.empty()) {
    auto [Line, Below] = Rest.split('\n');
    StringRef Code = Line.trim();
    if (!Code.starts_with(Entry) || !Code.ends_with("};"))
      Text += Line;
    if (Line.size() < Rest.size())
      Text += '\n';
    // Nothing but blank lines stands between the entries.
    if (!Code.empty() && !Code.starts_with(Entry)) {
      Text += Below;
      break;
    }
    Rest = Below;
  }
  return Text;
}

/// A launch `f<<<blocks, threads>>>(x)` becomes the call `f(x)`, at the same
/// places: how many threads there are says nothing about what each does.
void blankLaunches(std::string &Text) {
  if (!StringRef(Text).contains("<<<"))
    return;
  clang::LangOptions Options;
  Options.CPlusPlus = Options.CPlusPlus11 = Options.CUDA = true;
  Options.LineComment = Options.RawStringLiterals = true;
  const std::string Original = Text;
  const char *Begin = Original.c_str();
  clang::Lexer Lex(clang::SourceLocation(), Options, Begin, Begin,
                   Begin + Original.size());
  std::optional<size_t> Start;
  for (clang::Token T; !Lex.LexFromRawLexer(T);) {
    size_t End = Lex.getCurrentBufferOffset();
    if (T.is(clang::tok::lesslessless)) {
      Start = End - T.getLength();
    } else if (T.isOneOf(clang::tok::semi, clang::tok::l_brace)) {
      Start.reset();
    } else if (T.is(clang::tok::greatergreatergreater) && Start) {
      for (size_t I = *Start; I < End; ++I)
        if (Text[I] != '\n' && Text[I] != '\r')
          Text[I] = ' ';
      Start.reset();
    }
  }
}

void addStandIn(llvm::vfs::InMemoryFileSystem &FS, const StandIn &S) {
  llvm::SmallVector<StringRef, 64> Names;
  S.Names.split(Names, ' ');
  for (StringRef Name : Names)
    FS.addFile(
        (S.IsAlways ? StandInFolder : LibraryFolder) + Name, 0,
        Name == Names.front()
            ? llvm::MemoryBuffer::getMemBuffer(S.Text)
            : llvm::MemoryBuffer::getMemBufferCopy(
                  ("#pragma once\n#include <" + Names.front() + ">\n").str()));
}

} // namespace

std::vector<SourceFile> readableFiles(const Project &P) {
  std::vector<SourceFile> Files;
  Files.reserve(P.Files.size());
  for (const SourceFile &File : P.Files) {
    Files.push_back({File.Path, withoutTypeTable(File.Text)});
    if (P.Kind == Generator::CudaStandalone)
      blankLaunches(Files.back().Text);
  }
  return Files;
}

llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
makeFileSystem(const Project &P, llvm::ArrayRef<SourceFile> Files,
               llvm::ArrayRef<FileScan> Scans, Headers From) {
  auto FS = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  // In memory this cannot fail.
  FS->setCurrentWorkingDirectory( // NOLINT(bugprone-unused-return-value)
      ProjectFolder.rtrim('/'));
  for (auto [File, Scan] : llvm::zip(Files, Scans))
    if (Scan.TooComplex.empty())
      FS->addFile(ProjectFolder + File.Path, 0,
                  llvm::MemoryBuffer::getMemBuffer(File.Text, File.Path));
  forEachStandIn([&](const StandIn &S) { addStandIn(*FS, S); });
  // The project's own brianlib is found before these are.
  forEachBrianlibStandIn([&](const StandIn &S) {
    bool IsThere = llvm::any_of(Files, [](const SourceFile &F) {
      return StringRef(F.Path).starts_with("brianlib/");
    });
    if (!IsThere)
      addStandIn(*FS, S);
  });
  if (From == Headers::StandIns)
    return FS;
  auto Both = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(FS);
  Both->pushOverlay(openHeaderFolders(P));
  return Both;
}

std::string unitText(const Project &P, llvm::ArrayRef<FileScan> Scans,
                     llvm::ArrayRef<unsigned> Files, StringRef Declarations) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  // `using namespace brian` in a code object whose headers are missing.
  OS << "namespace brian {}\n" << Declarations;
  // nvcc includes it by itself.
  if (P.Kind == Generator::CudaStandalone)
    OS << "#include <cuda_runtime.h>\n";
  llvm::StringSet<> Seen;
  for (unsigned I : Files)
    for (const std::string &Include : Scans[I].Includes) {
      std::string Name = seenFromRoot(P, P.Files[I].Path, Include);
      // Brian2GeNN's main.h may be included once only; engine.cpp needs it.
      if (Name == "\"main.h\"" || Name == "\"engine.cpp\"" ||
          !Seen.insert(Name).second)
        continue;
      if (P.find(StringRef(Name).trim('"')))
        OS << "#include " << Name << '\n';
      else
        OS << "#if __has_include(" << Name << ")\n#include " << Name
           << "\n#endif\n";
    }
  // Brian2GeNN's main.cpp declares what engine.cpp uses, and includes it.
  llvm::SmallVector<unsigned, 32> Ordered(Files.begin(), Files.end());
  if (auto *Main = llvm::find_if(
          Ordered, [&](unsigned I) { return P.Files[I].Path == "main.cpp"; });
      P.Kind == Generator::GeNN && Main != Ordered.end())
    std::rotate(Ordered.begin(), Main, Main + 1);
  for (unsigned I : Ordered) {
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
