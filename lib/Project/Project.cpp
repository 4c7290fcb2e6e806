//===- Project/Project.cpp ----------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Project/Project.h"
#include "Project/HeaderFolders.h"
#include "Support/Worker.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace brian2lift {
namespace {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;
using llvm::StringRef;

/// Stops the walk in a folder that is no project (somebody's home).
constexpr unsigned MaxEntries = 200000;

bool isHeader(StringRef Path) {
  return llvm::is_contained({".h", ".hpp", ".cuh"}, path::extension(Path));
}

bool isSource(StringRef Path) {
  return llvm::is_contained({".cpp", ".cc", ".c", ".cu"},
                            path::extension(Path));
}

/// Paths end up in #include lines and in diagnostics, one a line.
bool isPlainName(StringRef Path) {
  return llvm::all_of(Path, [](unsigned char C) {
    return C >= 0x20 && C != 0x7f && C != '"' && C != '\\';
  });
}

std::string printable(StringRef Path) {
  std::string Result = Path.str();
  for (char &C : Result)
    if (static_cast<unsigned char>(C) < 0x20 || C == 0x7f)
      C = '?';
  return Result;
}

/// Reports `Id` and returns it as an error, so that the reason has both a
/// stable id and a way up.
template <typename... Arguments>
llvm::Error fail(Diagnostics &Diags, DiagId Id, const Arguments &...A) {
  {
    Diagnostics::Builder B = Diags.report(Id);
    (void)(B << ... << A);
  }
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 Diags.all().back().Message);
}

/// The files below one root, read with one rule: nothing outside the root.
class Reader {
public:
  Reader(StringRef Root, Project &P, Diagnostics &Diags)
      : Root(Root), P(P), Diags(Diags) {
    if (fs::real_path(Root, RealRoot))
      RealRoot = Root;
  }

  /// Walks the folder. With a non-empty `Only`, sources that it does not name
  /// are passed over.
  void readAll(const llvm::StringSet<> &Only) {
    // In the order of their names: what is reported must not depend on the
    // order in which the file system lists a folder.
    for (const auto &[Path, Type] : walk()) {
      std::string Relative = relative(Path);
      if (Type == fs::file_type::symlink_file) {
        if (!staysInside(Path)) {
          if (wanted(Relative, Only) || fs::is_directory(Path))
            Diags.report(DiagId::LinkOutOfProject) << Relative;
          continue;
        }
        if (fs::is_directory(Path))
          continue; // its files are read under their own names
      }
      if (wanted(Relative, Only))
        readFile(Path, std::move(Relative));
    }
    llvm::sort(P.Files, [](const SourceFile &A, const SourceFile &B) {
      return A.Path < B.Path;
    });
  }

private:
  /// Everything below the root but hidden files, sorted.
  std::vector<std::pair<std::string, fs::file_type>> walk() {
    std::vector<std::pair<std::string, fs::file_type>> Entries;
    std::vector<std::string> Folders = {Root.str()};
    while (!Folders.empty()) {
      std::string Folder = std::move(Folders.back());
      Folders.pop_back();
      std::error_code EC;
      fs::directory_iterator I(Folder, EC, /*follow_symlinks=*/false);
      for (; !EC && I != fs::directory_iterator(); I.increment(EC)) {
        if (path::filename(I->path()).starts_with("."))
          continue;
        if (Entries.size() >= MaxEntries) {
          Diags.report(DiagId::FileUnreadable)
              << "." << "too many files; the rest is left out";
          Folders.clear();
          break;
        }
        Entries.push_back({I->path(), I->type()});
        if (I->type() == fs::file_type::directory_file)
          Folders.push_back(I->path());
      }
      if (EC)
        reportUnreadable(Folder == Root ? "." : relative(Folder), {}, EC);
    }
    llvm::sort(Entries, llvm::less_first());
    return Entries;
  }

  /// Of a folder without `Place`: no file of that name is at fault.
  void reportUnreadable(StringRef Relative, SourcePlace Place,
                        std::error_code EC) {
    if (EC == std::errc::not_enough_memory)
      llvm::report_bad_alloc_error("reading a file");
    Diags.report(DiagId::FileUnreadable, std::move(Place))
        << Relative << EC.message();
  }

  std::string relative(StringRef Path) const {
    Path.consume_front(Root);
    return path::convert_to_slash(Path.ltrim('/'));
  }

  static bool wanted(StringRef Relative, const llvm::StringSet<> &Only) {
    return isHeader(Relative) ||
           (isSource(Relative) && (Only.empty() || Only.contains(Relative)));
  }

  bool staysInside(StringRef Path) const {
    llvm::SmallString<256> Real;
    if (fs::real_path(Path, Real))
      return false;
    StringRef Rest = Real;
    return Rest.consume_front(RealRoot) &&
           (Rest.empty() || Rest.starts_with("/"));
  }

  void readFile(StringRef Path, std::string Relative) {
    markPlace({Relative, 0, 0});
    fs::file_status Status;
    if (std::error_code EC = fs::status(Path, Status))
      return reportUnreadable(Relative, {}, EC);
    if (Status.type() != fs::file_type::regular_file)
      return; // a folder named x.h, a pipe
    if (!isPlainName(Relative)) {
      Diags.report(DiagId::FileUnreadable)
          << printable(Relative)
          << "its name cannot be written in an #include line";
      return;
    }
    if (Status.getSize() > MaxFileSize) {
      Diags.report(DiagId::FileTooLarge, {Relative, 0, 0})
          << Relative << Status.getSize();
      return;
    }
    auto Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false,
                                              /*RequiresNullTerminator=*/false,
                                              /*IsVolatile=*/true);
    if (!Buffer)
      return reportUnreadable(Relative, {Relative, 0, 0}, Buffer.getError());
    P.Files.push_back({std::move(Relative), (*Buffer)->getBuffer().str()});
  }

  StringRef Root;
  Project &P;
  Diagnostics &Diags;
  llvm::SmallString<256> RealRoot;
};

/// `a/b///` is `a/b`; nothing is `.`.
std::string withoutTrailingSlashes(StringRef Path) {
  StringRef Short = Path.rtrim('/');
  if (Short.empty())
    return Path.empty() ? "." : "/";
  return Short.str();
}

/// The project that a named file belongs to.
std::string projectOfFile(StringRef File) {
  StringRef Folder = path::parent_path(File);
  if (path::filename(Folder) == "code_objects")
    Folder = path::parent_path(Folder);
  return Folder.empty() ? "." : Folder.str();
}

/// Which device writes files of these names; nullopt for no Brian2 project.
std::optional<Generator> recognise(const Project &P) {
  bool Standalone = false, GeNN = false, Cuda = false;
  for (const SourceFile &F : P.Files) {
    StringRef Path = F.Path;
    // GeNN too writes such files, into a folder of its own.
    if (Path.ends_with(".cu") && !Path.contains("_CODE/"))
      Cuda = true;
    else if (!Path.contains('/') && Path.ends_with("_model.cpp"))
      GeNN = true;
    else if (Path == "main.cpp" ||
             (Path.starts_with("code_objects/") && isSource(Path)))
      Standalone = true;
  }
  if (Cuda)
    return Generator::CudaStandalone;
  if (GeNN)
    return Generator::GeNN;
  if (Standalone)
    return Generator::CppStandalone;
  return std::nullopt;
}

std::string whyNoProject(StringRef Folder) {
  std::error_code EC;
  fs::directory_iterator I(Folder, EC);
  if (EC)
    return "it cannot be read: " + EC.message();
  return I == fs::directory_iterator()
             ? "the folder is empty"
             : "it has neither main.cpp nor code_objects/";
}

} // namespace

StringRef name(Generator Kind) {
  switch (Kind) {
  case Generator::CppStandalone:
    return "cpp_standalone";
  case Generator::GeNN:
    return "genn";
  case Generator::CudaStandalone:
    return "cuda_standalone";
  }
  return "";
}

std::string projectRoot(StringRef Named) {
  std::string Path = withoutTrailingSlashes(Named);
  if (!fs::is_directory(Path))
    return projectOfFile(Path);
  // The folder of the code objects means the project around it.
  return path::filename(Path) == "code_objects" ? projectOfFile(Path + "/x")
                                                : Path;
}

const SourceFile *Project::find(StringRef Path) const {
  auto I = llvm::partition_point(
      Files, [&](const SourceFile &F) { return F.Path < Path; });
  return I != Files.end() && I->Path == Path ? &*I : nullptr;
}

llvm::Expected<Project> loadProject(llvm::ArrayRef<std::string> Paths,
                                    const ProjectOptions &Options,
                                    Diagnostics &Diags) {
  Project P;
  P.CompilerFlags = Options.CompilerFlags;
  P.UseRealHeaders = Options.UseRealHeaders;
  llvm::StringSet<> Only;
  if (Paths.empty())
    return fail(Diags, DiagId::NotABrianProject, "", "nothing was named");
  for (const std::string &Named : Paths) {
    std::string Path = withoutTrailingSlashes(Named);
    if (Named.empty() || !fs::exists(Path))
      return fail(Diags, DiagId::ProjectNotFound, Named);
    std::string Root = projectRoot(Path);
    if (fs::is_directory(Path)) {
      if (Paths.size() > 1)
        return fail(Diags, DiagId::NotABrianProject, Named,
                    "name one folder, or files of one project; --jsonl takes "
                    "several projects");
    } else {
      if (!isSource(Path) && !isHeader(Path))
        return fail(Diags, DiagId::NotABrianProject, Named,
                    "it is no folder and no C++ file");
      StringRef Relative = Path;
      if (Root != "." || Relative.starts_with("./"))
        Relative = Relative.drop_front(Root.size()).ltrim('/');
      Only.insert(Relative);
    }
    if (!P.Root.empty() && P.Root != Root)
      return fail(Diags, DiagId::NotABrianProject, Named,
                  "it belongs to another folder than '" + P.Root + "'");
    P.Root = std::move(Root);
  }

  P.IncludeFolders = findIncludeFolders(P.CompilerFlags, P.Root);
  Reader(P.Root, P, Diags).readAll(Only);
  markPlace({});
  if (std::optional<Generator> Kind = recognise(P)) {
    P.Kind = *Kind;
  } else if (Only.empty()) {
    return fail(Diags, DiagId::NotABrianProject, P.Root, whyNoProject(P.Root));
  }
  return P;
}

void print(llvm::raw_ostream &OS, const Project &P) {
  OS << "project " << name(P.Kind) << '\n';
  for (const std::string &Flag : P.CompilerFlags)
    OS << "flag " << Flag << '\n';
  for (const SourceFile &F : P.Files)
    OS << "file " << F.Path << ' ' << F.Text.size() << '\n';
}

} // namespace brian2lift
