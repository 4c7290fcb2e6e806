//===- tool/Lift.cpp ----------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lift.h"
#include "CodeObject/CodeObject.h"
#include "Emit/Emit.h"
#include "Equations/Equations.h"
#include "Model/Model.h"
#include "Project/Project.h"
#include "Step/Step.h"
#include "Support/TimeReport.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace brian2lift {
namespace {

bool isStateUpdater(const Function &F) {
  return llvm::StringRef(F.Name).starts_with("_run_") &&
         llvm::StringRef(F.Name).contains("_stateupdater");
}

/// Steps or equations by function, for people who debug one.
void dumpFunctions(llvm::raw_ostream &OS, const CodeObjects &C, Room What,
                   Diagnostics &Diags) {
  ArrayNames Names = nameArrays(C);
  for (const Function &F : C.Functions) {
    if (!llvm::StringRef(F.Name).starts_with("_run_"))
      continue;
    if (What == Room::Step) {
      print(OS, buildStep(F, C, Names));
    } else if (isStateUpdater(F)) {
      OS << "equations of " << F.Name << '\n';
      print(OS, recoverEquations(buildStep(F, C, Names), Diags));
    }
  }
}

class Lifter {
public:
  Lifter(const Options &O, llvm::ArrayRef<std::string> Paths,
         Diagnostics &Diags)
      : O(O), Paths(Paths), Diags(Diags), OS(Result.Text) {}

  Lifted run() {
    if (llvm::Error E = lift()) {
      std::string Message = llvm::toString(std::move(E));
      // Where a room has said why, under its id, the error only repeats it.
      if (!Diags.hasErrors())
        Diags.report(DiagId::InputUnreadable) << Message;
    }
    Result.IsRead = !Diags.hasErrors();
    if (!Result.IsRead)
      Result.Text.clear();
    return std::move(Result);
  }

private:
  llvm::Error lift() {
    auto Units = unitOptions();
    if (!Units)
      return Units.takeError();
    auto Flags = compilerFlags();
    if (!Flags)
      return Flags.takeError();
    auto P = [&] {
      StageTimer Timer(Stage::Project);
      return loadProject(Paths, {std::move(*Flags), O.UsesRealHeaders}, Diags);
    }();
    if (!P)
      return P.takeError();
    for (const SourceFile &F : P->Files)
      Result.FilesRead.push_back(inFolder(P->Root, F.Path));
    if (O.Dump == Room::Project) {
      print(OS, *P);
      return llvm::Error::success();
    }
    auto C = [&] {
      StageTimer Timer(Stage::Extract);
      return extractCodeObjects(*P, Diags);
    }();
    Result.FilesRead.insert(Result.FilesRead.end(), P->HeadersRead->begin(),
                            P->HeadersRead->end());
    if (!C)
      return C.takeError();
    if (O.Dump == Room::CodeObjects) {
      print(OS, *C);
      return llvm::Error::success();
    }
    if (O.Dump == Room::Step || O.Dump == Room::Equations) {
      dumpFunctions(OS, *C, O.Dump, Diags);
      return llvm::Error::success();
    }
    auto M = [&] {
      StageTimer Timer(Stage::Model);
      return buildModel(*P, *C, Diags, *Units, O.NamesParts);
    }();
    if (!M)
      return M.takeError();
    StageTimer Timer(Stage::Emit);
    write(*M, *P);
    return llvm::Error::success();
  }

  /// What the options say about units; what is wrong with a hint is reported.
  llvm::Expected<UnitOptions> unitOptions() {
    UnitOptions Units;
    Units.UseConventions = O.UsesUnitConventions;
    for (const std::string &File : O.HintFiles) {
      auto Text = llvm::MemoryBuffer::getFile(File, /*IsText=*/true);
      if (!Text)
        return llvm::createFileError(File, Text.getError());
      readUnitHints((*Text)->getBuffer(), File, Units.Hints, Diags);
      Result.FilesRead.push_back(File);
    }
    for (const std::string &Hint : O.Hints)
      readUnitHint(Hint, Units.Hints, Diags);
    if (Diags.hasErrors())
      return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                     "a hint could not be read");
    return Units;
  }

  /// Those of the compilation database, then those of the command line.
  llvm::Expected<std::vector<std::string>> compilerFlags() {
    std::vector<std::string> Flags;
    if (!O.CompilationDatabase.empty()) {
      auto FromDatabase = readCompilationDatabase(O.CompilationDatabase);
      if (!FromDatabase)
        return FromDatabase.takeError();
      Flags = std::move(*FromDatabase);
      Result.FilesRead.push_back(
          inFolder(O.CompilationDatabase, "compile_commands.json"));
    }
    Flags.insert(Flags.end(), O.CompilerFlags.begin(), O.CompilerFlags.end());
    return Flags;
  }

  void write(const Model &M, const Project &P) {
    if (!O.GoldenFile.empty() || O.IsDiff) {
      llvm::raw_string_ostream JsonStream(Result.Json);
      writeCollector(JsonStream, M, {});
    }
    if (O.IsDiff)
      return;
    OneLine Named{Paths.front()};
    const OneLine *Line = O.IsJsonLines ? &Named : nullptr;
    if (O.Dump == Room::Model)
      print(OS, M);
    else if (O.Form == Format::Markdown)
      writeMarkdown(OS, M, Diags.all());
    else if (O.Form == Format::Html)
      writeHtml(OS, M, Diags.all(), P);
    else if (O.GroupName.empty())
      writeCollector(OS, M, Diags.all(), Line);
    else if (!writeGroup(OS, M, O.GroupName, Line))
      Diags.report(DiagId::GroupNotFound) << O.GroupName;
  }

  /// `./x` is `x`: what a build tool compares are texts.
  static std::string inFolder(llvm::StringRef Folder, llvm::StringRef File) {
    llvm::SmallString<256> Path(Folder);
    llvm::sys::path::append(Path, File);
    llvm::StringRef Short = Path;
    while (Short.consume_front("./"))
      Short = Short.ltrim('/');
    return Short.str();
  }

  const Options &O;
  llvm::ArrayRef<std::string> Paths;
  Diagnostics &Diags;
  Lifted Result;
  llvm::raw_string_ostream OS;
};

} // namespace

Lifted lift(const Options &O, llvm::ArrayRef<std::string> Paths,
            Diagnostics &Diags) {
  return Lifter(O, Paths, Diags).run();
}

} // namespace brian2lift
