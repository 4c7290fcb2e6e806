//===- tool/ModelSource.cpp ---------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelSource.h"
#include "Emit/ModelFile.h"
#include "Lift.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace brian2lift {
namespace {

/// Leaves one group; false when no run has it.
bool keepGroup(ModelFacts &M, llvm::StringRef Name) {
  bool IsThere = false;
  for (RunFacts &R : M.Runs) {
    llvm::erase_if(R.Groups,
                   [&](const GroupFacts &G) { return G.Name != Name; });
    IsThere |= !R.Groups.empty();
  }
  return IsThere;
}

} // namespace

bool isProject(llvm::StringRef Path) {
  return llvm::sys::fs::is_directory(Path) ||
         llvm::is_contained({".cpp", ".cc", ".c", ".cu", ".h"},
                            llvm::sys::path::extension(Path));
}

std::optional<ModelFacts> readModelFromFile(llvm::StringRef File,
                                            Diagnostics &Diags) {
  auto Text = llvm::MemoryBuffer::getFileOrSTDIN(File, /*IsText=*/false,
                                                 /*RequiresNullTerminator=*/
                                                 false);
  if (!Text) {
    Diags.report(DiagId::ModelFileUnreadable)
        << File << Text.getError().message();
    return std::nullopt;
  }
  return readModelFile((*Text)->getBuffer(), File, Diags);
}

std::optional<ModelFacts> readModel(const Options &O, const std::string &Path,
                                    Diagnostics &Diags) {
  if (!isProject(Path))
    return readModelFromFile(Path, Diags);
  Lifted L = lift(O, Path, Diags);
  if (!L.IsRead)
    return std::nullopt;
  return readModelFile(L.Json, Path, Diags);
}

int compare(const Options &O, ModelFacts Old, ModelFacts New,
            Diagnostics &Found) {
  if (!O.GroupName.empty()) {
    const bool IsOld = keepGroup(Old, O.GroupName);
    if (!keepGroup(New, O.GroupName) && !IsOld) {
      Found.report(DiagId::GroupNotFound) << O.GroupName;
      return ExitUnreadable;
    }
  }
  Diagnostics Differences;
  compareModels(Old, New, Differences);
  Found.append(Differences);
  // What could not be compared is a loss.
  return Differences.hasWarnings() ||
                 (O.LossesAreErrors && !Differences.all().empty())
             ? ExitFound
             : ExitRead;
}

} // namespace brian2lift
