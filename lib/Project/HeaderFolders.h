//===- Project/HeaderFolders.h - Headers outside of the project ---------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A project is read through stand-in headers, and nothing else on the machine
// is opened. Real headers are read only where the user allows it, by naming
// their folders:
//
//   brian2lift output -- -isystem /usr/include/c++/12 -I /home/me/synapses
//
// The parser sees each such folder under a name of its own, so that what is
// printed does not depend on where the folders are:
//
//   /h/0/cmath    is /usr/include/c++/12/cmath
//   /h/1/mine.h   is /home/me/synapses/mine.h
//
// Whatever leads out of all of them (`..`, symbolic links) does not exist.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_PROJECT_HEADERFOLDERS_H
#define BRIAN2LIFT_PROJECT_HEADERFOLDERS_H

#include "Project/Project.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <optional>
#include <string>
#include <vector>

namespace brian2lift {

/// The folders of -I, -isystem and -idirafter that exist, in the order in which
/// they are searched. A relative path is one in the project when there is such
/// a folder, else one from where the program was started.
std::vector<IncludeFolder> findIncludeFolders(llvm::ArrayRef<std::string> Flags,
                                              llvm::StringRef Root);

/// What the parser calls the folder P.IncludeFolders[I]: `/h/<I>`.
std::string headerFolderName(unsigned I);

/// The folders of `P` that are outside of the project. Files are opened when
/// they are asked for; none above the size that a project's file may have.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
openHeaderFolders(const Project &P);

/// True when a folder outside of the project has the file `Name`
/// (`sys/socket.h`).
bool isReachable(const Project &P, llvm::StringRef Name);

} // namespace brian2lift

#endif // BRIAN2LIFT_PROJECT_HEADERFOLDERS_H
