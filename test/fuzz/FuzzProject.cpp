//===- test/fuzz/FuzzProject.cpp - From bytes to all outputs ------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An input is a project in one file: the texts of its files, each after a line
// that names it. seeds.py writes such files from real projects.
//
//   //--- main.cpp
//   int main() {...}
//   //--- code_objects/neurongroup_stateupdater_codeobject.cpp
//   ...
//
// What is printed has to be read back, and is the same model as itself.
//
//===----------------------------------------------------------------------===//

#include "CodeObject/CodeObject.h"
#include "Emit/Emit.h"
#include "Emit/ModelFile.h"
#include "Model/Model.h"
#include "Project/Project.h"
#include "llvm/ADT/STLExtras.h"

using namespace brian2lift;
using llvm::StringRef;

static Project projectOf(StringRef Text) {
  constexpr llvm::StringLiteral Mark = "//--- ";
  Project P;
  while (true) {
    size_t Begin = Text.find(Mark);
    if (Begin == StringRef::npos)
      break;
    auto [Name, Rest] = Text.drop_front(Begin + Mark.size()).split('\n');
    StringRef File = Rest.take_front(Rest.find(Mark));
    Text = Rest.drop_front(File.size());
    // As Project.cpp takes them.
    if (Name.empty() || Name.contains('"') || Name.contains('\\') ||
        Name.starts_with("/") || P.find(Name) ||
        llvm::any_of(Name, [](unsigned char C) { return C < 0x20; }))
      continue;
    P.Files.push_back({Name.str(), File.str()});
    if (Name.ends_with(".cu"))
      P.Kind = Generator::CudaStandalone;
    else if (Name.ends_with("_model.cpp"))
      P.Kind = Generator::GeNN;
    llvm::sort(P.Files, [](const SourceFile &A, const SourceFile &B) {
      return A.Path < B.Path;
    });
  }
  return P;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  Project P = projectOf({reinterpret_cast<const char *>(Data), Size});
  Diagnostics Diags;
  auto C = extractCodeObjects(P, Diags);
  if (!C) {
    llvm::consumeError(C.takeError());
    return 0;
  }
  auto M = buildModel(P, *C, Diags, UnitOptions(), /*Outline=*/true);
  if (!M) {
    llvm::consumeError(M.takeError());
    return 0;
  }
  std::string Json;
  llvm::raw_string_ostream OS(Json);
  writeCollector(OS, *M, Diags.all());
  Diagnostics Found;
  std::optional<ModelFacts> Facts = readModelFile(Json, "model.json", Found);
  if (Facts)
    compareModels(*Facts, *Facts, Found);
  if (!Facts || Found.hasWarnings()) {
    for (const Diagnostic &D : Found.all())
      print(llvm::errs(), D);
    llvm::errs() << Json;
    abort();
  }
  llvm::raw_null_ostream Nowhere;
  writeMarkdown(Nowhere, *M, Diags.all());
  writeHtml(Nowhere, *M, Diags.all(), P);
  return 0;
}
