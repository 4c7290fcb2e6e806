//===- Project/Project.h - What is on disk ------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The first room: finds out what a folder holds and reads it once. After it no
// room opens a file, however the code's #include lines and symbolic links look;
// but for headers in folders that the user names (HeaderFolders.h).
//
//   Diagnostics Diags;
//   if (auto P = loadProject({"output"}, {}, Diags))
//     P->Files                // main.cpp, objects.cpp, code_objects/..., ...
//
// A project is what a Brian2 device wrote: `main.cpp`, `objects.cpp`,
// `network.cpp`, `run.cpp`, `code_objects/*.cpp`, `brianlib/*.h` for C++
// standalone. Single files may be named instead of a folder: their folder (or
// the parent of `code_objects`) is the project and only they are read besides
// the headers.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_PROJECT_PROJECT_H
#define BRIAN2LIFT_PROJECT_PROJECT_H

#include "Support/Diagnostics.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace brian2lift {

/// Which device wrote the project.
enum class Generator { CppStandalone, GeNN, CudaStandalone };
/// `cpp_standalone`, `genn`, `cuda_standalone`.
llvm::StringRef name(Generator Kind);

/// One file of the project, read into memory.
struct SourceFile {
  std::string Path; ///< relative to Project::Root, with forward slashes
  std::string Text;
};

/// No generated file comes near this many bytes; a larger one is data under a
/// wrong name.
inline constexpr uint64_t MaxFileSize = 16U << 20;

/// A folder in which the code's #include lines may find headers.
struct IncludeFolder {
  /// In the project: relative to Project::Root, empty for the root itself.
  /// Elsewhere: absolute, without symbolic links.
  std::string Path;
  bool IsInProject = false;
};

/// What else the user said about the project.
struct ProjectOptions {
  /// Flags after `--` or from the compilation database: -D, -U, -std, -I,
  /// -isystem, -idirafter.
  std::vector<std::string> CompilerFlags;
  /// See Project::UseRealHeaders.
  bool UseRealHeaders = false;
};

struct Project {
  std::string Root; ///< as the user named it; not printed in any output
  Generator Kind = Generator::CppStandalone;
  /// Sources and headers in a fixed order: by path, bytewise. Files that are
  /// not C++ (Makefiles, `.o`, results) are not in the list.
  std::vector<SourceFile> Files;
  std::vector<std::string> CompilerFlags;
  /// The folders that CompilerFlags name, in the order of search.
  std::vector<IncludeFolder> IncludeFolders;
  /// True when the user wants the headers in these folders to be read, and not
  /// only where no stand-in will do.
  bool UseRealHeaders = false;
  /// Where the headers outside of the project are on disk that were opened; the
  /// file system of openHeaderFolders adds them.
  std::shared_ptr<std::set<std::string>> HeadersRead =
      std::make_shared<std::set<std::string>>();

  const SourceFile *find(llvm::StringRef Path) const;
};

/// The folder of the project that a path names: the folder itself (around
/// `code_objects`, when it is that one), or that of a file.
std::string projectRoot(llvm::StringRef Path);

/// Reads a project's folder, or the files named. Fails when the path does not
/// exist or is no Brian2 project: the reason is reported to `Diags` under its
/// id and is also the error's message. A single unreadable, oversized (> 16
/// MiB) or outward-linked file is only reported and left out.
llvm::Expected<Project> loadProject(llvm::ArrayRef<std::string> Paths,
                                    const ProjectOptions &Options,
                                    Diagnostics &Diags);

/// The preprocessor and language flags (-D, -U, -std, -I, -isystem, -idirafter)
/// of the commands in `Folder`/compile_commands.json, each once, in order.
/// Relative folders are put behind the command's own. Fails when there is no
/// such file or it is not a compilation database.
llvm::Expected<std::vector<std::string>>
readCompilationDatabase(llvm::StringRef Folder);

/// The text of `--dump=project`: the kind, the flags, and a line a file.
void print(llvm::raw_ostream &OS, const Project &P);

} // namespace brian2lift

#endif // BRIAN2LIFT_PROJECT_PROJECT_H
