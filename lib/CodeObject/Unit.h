//===- CodeObject/Unit.h - Many files as one translation unit -----------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A project has a file for every code object, and each includes the same
// headers. Parsing them one by one costs ten milliseconds a file, nearly all of
// it for the headers; as one unit it costs a fraction of that. The unit
// includes all headers first and puts each code object into a namespace of its
// own, because all of them define the same support functions:
//
//   #include "objects.h"
//   ...
//   namespace __tu3 {
//   #include "code_objects/neurongroup_stateupdater_codeobject.cpp"
//   }
//   #undef _brian_pow
//   #include "main.cpp"
//
// Places in diagnostics and results are those of the real files.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_CODEOBJECT_UNIT_H
#define BRIAN2LIFT_CODEOBJECT_UNIT_H

#include "CodeObject/FileScan.h"
#include "Project/Project.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace brian2lift {

/// Where the project's files and the stand-ins are in the in-memory file
/// system: those for headers whose real text says too little or too much (see
/// StandIn::IsAlways), and those that real headers can take the place of.
inline constexpr llvm::StringLiteral ProjectFolder = "/p/";
inline constexpr llvm::StringLiteral StandInFolder = "/s/";
inline constexpr llvm::StringLiteral LibraryFolder = "/l/";

/// What an #include that leads out of the project finds: stand-ins alone; or,
/// before those of libraries, the headers in P.IncludeFolders.
enum class Headers { StandIns, Real };

/// The project's files as they are parsed: without the table of types that
/// every code object repeats, and with CUDA's launches as calls. Lines and
/// columns are those of the real files.
std::vector<SourceFile> readableFiles(const Project &P);

/// The only file system that the parser sees: the files, without those that are
/// too complex, and the headers. Nothing else is there: an #include that leads
/// elsewhere fails. `Files` must outlive it.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
makeFileSystem(const Project &P, llvm::ArrayRef<SourceFile> Files,
               llvm::ArrayRef<FileScan> Scans, Headers From);

/// The text of a unit that reads the given files (indices into P.Files and
/// Scans). `Declarations` come before everything else.
std::string unitText(const Project &P, llvm::ArrayRef<FileScan> Scans,
                     llvm::ArrayRef<unsigned> Files,
                     llvm::StringRef Declarations);

} // namespace brian2lift

#endif // BRIAN2LIFT_CODEOBJECT_UNIT_H
