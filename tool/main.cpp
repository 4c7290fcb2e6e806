//===- tool/main.cpp - brian2lift's command line ------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Data goes to standard output (or -o FILE), messages to standard error. Exit
// status: 0 read; 1 read with losses, and --werror; 2 could not be read.
//
//===----------------------------------------------------------------------===//

#include "CodeObject/CodeObject.h"
#include "Emit/Emit.h"
#include "Equations/Equations.h"
#include "Model/Model.h"
#include "Project/Project.h"
#include "Step/Step.h"
#include "Support/TimeReport.h"
#include "Support/Worker.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/WithColor.h"

using namespace brian2lift;
namespace cl = llvm::cl;

namespace {

constexpr int ExitLosses = 1;
constexpr int ExitUnreadable = 2;

enum class Room { None, Project, CodeObjects, Step, Equations, Model };

cl::OptionCategory Category("brian2lift options");

cl::list<std::string> Paths(cl::Positional, cl::desc("<project or files>"),
                            cl::cat(Category));
cl::opt<std::string> GroupName(
    "group", cl::desc("Print the object of this group or spatial neuron alone"),
    cl::value_desc("name"), cl::cat(Category));
cl::opt<std::string> Output("o",
                            cl::desc("Write to this file, whole or not at all"),
                            cl::value_desc("file"), cl::init("-"),
                            cl::cat(Category));
cl::opt<std::string> BuildPath(
    "p", cl::desc("Folder of a compile_commands.json whose flags are used"),
    cl::value_desc("folder"), cl::cat(Category));
cl::opt<bool> Werror("werror",
                     cl::desc("Exit with status 1 when a value was lost"),
                     cl::cat(Category));
cl::list<std::string>
    Hints("unit", cl::desc("A unit that you know, in all groups or in GROUP"),
          cl::value_desc("[GROUP.]NAME=UNIT"), cl::cat(Category));
cl::list<std::string>
    HintFiles("units", cl::desc("A file of such hints, one a line, # comments"),
              cl::value_desc("file"), cl::cat(Category));
cl::opt<bool> NoUnitConventions(
    "no-unit-conventions",
    cl::desc("Do not assume units by names and values, only what follows"),
    cl::cat(Category));
cl::opt<bool> NoOutline(
    "no-outline",
    cl::desc("Leave large parts of equations in place, without alpha_m, m_inf"),
    cl::cat(Category));
const WorkerLimits Defaults;
cl::opt<unsigned> TimeLimit(
    "time-limit", cl::desc("Give up after so much processor time (default 10)"),
    cl::value_desc("seconds"), cl::init(Defaults.Seconds), cl::cat(Category));
cl::opt<unsigned>
    MemoryLimit("memory-limit",
                cl::desc("Give up when more memory is needed (default 1024)"),
                cl::value_desc("MiB"), cl::init(Defaults.Mebibytes),
                cl::cat(Category));
cl::opt<bool>
    NoWorker("no-worker",
             cl::desc("Read in this process, without limits; for a debugger"),
             cl::cat(Category));
cl::opt<Room> Dump(
    "dump", cl::desc("Print what one stage of the pipeline makes:"),
    cl::values(clEnumValN(Room::Project, "project", "files and generator"),
               clEnumValN(Room::CodeObjects, "code-objects",
                          "the C++ as plain statements"),
               clEnumValN(Room::Step, "step",
                          "each function as a map of variables"),
               clEnumValN(Room::Equations, "equations",
                          "equations with the methods that reproduce them"),
               clEnumValN(Room::Model, "model", "runs and groups")),
    cl::init(Room::None), cl::cat(Category));

cl::opt<bool> TimeReport("time-report",
                         cl::desc("Print the time that each stage takes"),
                         cl::cat(Category));

void printVersion(llvm::raw_ostream &OS) {
  OS << "brian2lift " BRIAN2LIFT_VERSION " (LLVM " LLVM_VERSION_STRING ")\n";
}

bool isStateUpdater(const Function &F) {
  return llvm::StringRef(F.Name).starts_with("_run_") &&
         llvm::StringRef(F.Name).contains("_stateupdater");
}

/// Steps and equations by function, for people who debug one.
void dumpFunctions(llvm::raw_ostream &OS, const CodeObjects &C,
                   Diagnostics &Diags) {
  ArrayNames Names = nameArrays(C);
  for (const Function &F : C.Functions) {
    if (!llvm::StringRef(F.Name).starts_with("_run_"))
      continue;
    if (Dump == Room::Step) {
      print(OS, buildStep(F, C, Names));
    } else if (isStateUpdater(F)) {
      OS << "equations of " << F.Name << '\n';
      print(OS, recoverEquations(buildStep(F, C, Names), Diags));
    }
  }
}

/// What the options say about units; what is wrong with a hint is reported.
llvm::Expected<UnitOptions> unitOptions(Diagnostics &Diags) {
  UnitOptions Options;
  Options.UseConventions = !NoUnitConventions;
  for (const std::string &File : HintFiles) {
    auto Text = llvm::MemoryBuffer::getFile(File, /*IsText=*/true);
    if (!Text)
      return llvm::createFileError(File, Text.getError());
    readUnitHints((*Text)->getBuffer(), File, Options.Hints, Diags);
  }
  for (const std::string &Hint : Hints)
    readUnitHint(Hint, Options.Hints, Diags);
  if (Diags.hasErrors())
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "a hint could not be read");
  return Options;
}

/// Everything from the project's files to text.
llvm::Error lift(llvm::ArrayRef<std::string> Flags, llvm::raw_ostream &OS,
                 Diagnostics &Diags) {
  auto Units = unitOptions(Diags);
  if (!Units)
    return Units.takeError();
  ProjectOptions Options;
  if (!BuildPath.empty()) {
    auto FromDatabase = readCompilationDatabase(BuildPath);
    if (!FromDatabase)
      return FromDatabase.takeError();
    Options.CompilerFlags = std::move(*FromDatabase);
  }
  Options.CompilerFlags.insert(Options.CompilerFlags.end(), Flags.begin(),
                               Flags.end());
  std::vector<std::string> Named(Paths.begin(), Paths.end());
  auto P = [&] {
    StageTimer Timer(Stage::Project);
    return loadProject(Named, Options, Diags);
  }();
  if (!P)
    return P.takeError();
  if (Dump == Room::Project) {
    print(OS, *P);
    return llvm::Error::success();
  }
  auto C = [&] {
    StageTimer Timer(Stage::Extract);
    return extractCodeObjects(*P, Diags);
  }();
  if (!C)
    return C.takeError();
  if (Dump == Room::CodeObjects) {
    print(OS, *C);
    return llvm::Error::success();
  }
  if (Dump == Room::Step || Dump == Room::Equations) {
    dumpFunctions(OS, *C, Diags);
    return llvm::Error::success();
  }
  auto M = [&] {
    StageTimer Timer(Stage::Model);
    return buildModel(*P, *C, Diags, *Units, !NoOutline);
  }();
  if (!M)
    return M.takeError();
  StageTimer Timer(Stage::Emit);
  if (Dump == Room::Model)
    print(OS, *M);
  else if (!GroupName.empty())
    return writeGroup(OS, *M, GroupName);
  else
    writeCollector(OS, *M, Diags.all());
  return llvm::Error::success();
}

/// Writes to a file that appears when it is complete; whatever is not a file (a
/// pipe, a device, a link) is written to as it stands.
llvm::Error writeOutput(llvm::StringRef Path, llvm::StringRef Text) {
  namespace fs = llvm::sys::fs;
  fs::file_status Status;
  bool Exists = !fs::status(Path, Status, /*follow=*/false) &&
                Status.type() != fs::file_type::file_not_found;
  if (Path != "-" && Exists && Status.type() != fs::file_type::regular_file) {
    std::error_code EC;
    llvm::raw_fd_ostream File(Path, EC);
    if (!EC) {
      File << Text;
      File.close();
      EC = File.error();
      File.clear_error();
    }
    return EC ? llvm::createFileError(Path, EC) : llvm::Error::success();
  }
  return llvm::writeToOutput(Path, [&](llvm::raw_ostream &File) {
    File << Text;
    return llvm::Error::success();
  });
}

void reportError(llvm::raw_ostream &OS, llvm::Error E) {
  llvm::handleAllErrors(std::move(E), [&](const llvm::ErrorInfoBase &Info) {
    llvm::WithColor::error(OS, "brian2lift") << Info.message() << '\n';
  });
}

/// Text for standard error, coloured when that is a terminal.
class MessageStream : public llvm::raw_string_ostream {
public:
  explicit MessageStream(std::string &Text) : raw_string_ostream(Text) {
    enable_colors(true);
  }
  bool has_colors() const override { return llvm::errs().has_colors(); }
};

/// What is to be printed, and the exit status.
Answer answer(llvm::ArrayRef<std::string> Flags) {
  Answer A;
  llvm::raw_string_ostream OS(A.Data);
  MessageStream Messages(A.Messages);
  Diagnostics Diags;
  llvm::Error Failure = lift(Flags, OS, Diags);
  for (const Diagnostic &D : Diags.all())
    print(Messages, D);
  if (TimeReport)
    printTimeReport(Messages);
  if (!Failure) {
    A.Status = Werror && Diags.hasWarnings() ? ExitLosses : 0;
    return A;
  }
  A.Status = ExitUnreadable;
  // Where a room has said why with a place, the error repeats it.
  if (Diags.hasErrors())
    llvm::consumeError(std::move(Failure));
  else
    reportError(Messages, std::move(Failure));
  return A;
}

} // namespace

int main(int Argc, const char **Argv) {
  // What follows `--` are compiler flags, as in every LibTooling tool.
  const char **End = Argv + Argc;
  const char **Separator = std::find_if(
      Argv, End, [](const char *A) { return llvm::StringRef(A) == "--"; });
  std::vector<std::string> Flags;
  if (Separator != End)
    Flags.assign(Separator + 1, End);

  cl::HideUnrelatedOptions(Category);
  cl::SetVersionPrinter(printVersion);
  std::string Problem;
  llvm::raw_string_ostream ProblemStream(Problem);
  if (!cl::ParseCommandLineOptions(
          static_cast<int>(Separator - Argv), Argv,
          "Reads the C++ that Brian2 generated and gives the model back.\n",
          &ProblemStream)) {
    llvm::errs() << Problem;
    return ExitUnreadable;
  }
  if (Paths.empty()) {
    llvm::WithColor::error(llvm::errs(), "brian2lift")
        << "no project given; try 'brian2lift --help'\n";
    return ExitUnreadable;
  }

  if (TimeReport)
    enableTimeReport();
  auto Work = [&] { return answer(Flags); };
  Diagnostics Diags;
  std::optional<Answer> A =
      NoWorker ? Work() : runInWorker({TimeLimit, MemoryLimit}, Work, Diags);
  for (const Diagnostic &D : Diags.all())
    print(llvm::errs(), D);
  if (!A)
    return ExitUnreadable;
  llvm::errs() << A->Messages;
  if (A->Status == ExitUnreadable)
    return ExitUnreadable;
  if (llvm::Error E = writeOutput(Output, A->Data)) {
    reportError(llvm::errs(), std::move(E));
    return ExitUnreadable;
  }
  return A->Status;
}
