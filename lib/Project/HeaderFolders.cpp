//===- Project/HeaderFolders.cpp ----------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Project/HeaderFolders.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace brian2lift {
namespace {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;
using llvm::StringRef;

constexpr llvm::StringLiteral Prefix = "/h/";

/// What is left of `Path` below `Folder`; nullopt when it is not there. Both
/// are absolute and without symbolic links.
std::optional<StringRef> below(StringRef Path, StringRef Folder) {
  Folder = Folder.rtrim('/');
  if (!Path.consume_front(Folder) || !(Path.empty() || Path.starts_with("/")))
    return std::nullopt;
  return Path.ltrim('/');
}

std::optional<IncludeFolder> findFolder(StringRef Folder, StringRef Root) {
  llvm::SmallString<256> RealRoot, Real;
  if (Folder.empty() || fs::real_path(Root, RealRoot))
    return std::nullopt;
  if (path::is_relative(Folder)) {
    llvm::SmallString<256> Inside = RealRoot;
    path::append(Inside, Folder);
    if (!fs::real_path(Inside, Real) && fs::is_directory(Real))
      if (auto Relative = below(Real, RealRoot))
        return IncludeFolder{Relative->str(), true};
  }
  if (fs::real_path(Folder, Real) || !fs::is_directory(Real))
    return std::nullopt;
  if (auto Relative = below(Real, RealRoot))
    return IncludeFolder{Relative->str(), true};
  return IncludeFolder{Real.str().str(), false};
}

class HeaderFolders : public llvm::vfs::FileSystem {
public:
  explicit HeaderFolders(const Project &P)
      : Folders(P.IncludeFolders), Opened(P.HeadersRead) {}

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine &Name) override {
    auto Path = allowed(Name);
    if (!Path)
      return Path.getError();
    auto Status = Disk->status(*Path);
    if (!Status)
      return Status;
    return llvm::vfs::Status::copyWithNewName(*Status, Name);
  }

  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>>
  openFileForRead(const llvm::Twine &Name) override {
    auto Path = allowed(Name);
    if (!Path)
      return Path.getError();
    auto File = Disk->openFileForRead(*Path);
    if (File)
      Opened->insert(*Path);
    return llvm::vfs::File::getWithPath(std::move(File), Name);
  }

  /// Nobody lists a folder of headers.
  llvm::vfs::directory_iterator dir_begin(const llvm::Twine &,
                                          std::error_code &EC) override {
    EC = std::make_error_code(std::errc::no_such_file_or_directory);
    return {};
  }
  /// All names are absolute.
  llvm::ErrorOr<std::string> getCurrentWorkingDirectory() const override {
    return Prefix.str();
  }
  std::error_code setCurrentWorkingDirectory(const llvm::Twine &) override {
    return {};
  }

private:
  /// Where the file or folder `Name` is on disk, without symbolic links, if it
  /// may be read.
  llvm::ErrorOr<std::string> allowed(const llvm::Twine &Name) const {
    auto Missing = std::make_error_code(std::errc::no_such_file_or_directory);
    llvm::SmallString<256> Mapped;
    Name.toVector(Mapped);
    path::remove_dots(Mapped, /*remove_dot_dot=*/true);
    StringRef Rest = Mapped;
    unsigned I = 0;
    if (!Rest.consume_front(Prefix) || Rest.consumeInteger(10, I) ||
        I >= Folders.size() || Folders[I].IsInProject ||
        !(Rest.empty() || Rest.starts_with("/")))
      return Missing;
    llvm::SmallString<256> Path(Folders[I].Path), Real;
    path::append(Path, Rest);
    fs::file_status Status;
    if (fs::real_path(Path, Real) || fs::status(Real, Status))
      return Missing;
    bool IsFile = Status.type() == fs::file_type::regular_file &&
                  Status.getSize() <= MaxFileSize;
    if (!IsFile && Status.type() != fs::file_type::directory_file)
      return Missing;
    for (const IncludeFolder &F : Folders)
      if (!F.IsInProject && below(Real, F.Path))
        return Real.str().str();
    return Missing;
  }

  std::vector<IncludeFolder> Folders;
  std::shared_ptr<std::set<std::string>> Opened;
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Disk =
      llvm::vfs::getRealFileSystem();
};

} // namespace

std::vector<IncludeFolder> findIncludeFolders(llvm::ArrayRef<std::string> Flags,
                                              StringRef Root) {
  // As compilers search: all of one kind before the next.
  constexpr llvm::StringLiteral Kinds[] = {"-I", "-isystem", "-idirafter"};
  std::vector<IncludeFolder> Result;
  for (StringRef Kind : Kinds)
    for (size_t I = 0; I < Flags.size(); ++I) {
      StringRef Folder = Flags[I];
      if (!Folder.consume_front(Kind))
        continue;
      if (Folder.empty() && I + 1 < Flags.size())
        Folder = Flags[++I];
      if (auto Found = findFolder(Folder, Root))
        Result.push_back(std::move(*Found));
    }
  return Result;
}

std::string headerFolderName(unsigned I) {
  return (Prefix + llvm::Twine(I)).str();
}

llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
openHeaderFolders(const Project &P) {
  return llvm::makeIntrusiveRefCnt<HeaderFolders>(P);
}

bool isReachable(const Project &P, StringRef Name) {
  auto FS = openHeaderFolders(P);
  for (unsigned I = 0; I < P.IncludeFolders.size(); ++I) {
    auto Status = FS->status(headerFolderName(I) + "/" + Name);
    if (Status && Status->isRegularFile())
      return true;
  }
  return false;
}

} // namespace brian2lift
