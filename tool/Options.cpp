//===- tool/Options.cpp -------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Options.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/WithColor.h"
#include <cstdlib>

namespace brian2lift {
namespace {

namespace cl = llvm::cl;

cl::OptionCategory OutputOptions("Output");
cl::OptionCategory ReadingOptions("Reading");
cl::OptionCategory UnitOptions("Units");
cl::OptionCategory CheckOptions("Checks");
cl::OptionCategory LimitOptions("Limits");
cl::OptionCategory DebuggingOptions("Debugging");

cl::list<std::string> Paths(cl::Positional, cl::desc("<project or files>"),
                            cl::cat(ReadingOptions));
cl::opt<std::string> CompilationDatabase(
    "p", cl::desc("Use the flags of this folder's compile_commands.json"),
    cl::value_desc("folder"), cl::cat(ReadingOptions));
cl::opt<bool> RealHeaders(
    "real-headers",
    cl::desc("Read headers of the flags' -I and -isystem, no stand-ins (slow)"),
    cl::cat(ReadingOptions));

cl::opt<std::string> OutputFile("o",
                                cl::desc("Write to FILE, whole or not at all"),
                                cl::value_desc("file"), cl::init("-"),
                                cl::cat(OutputOptions));
cl::opt<Format>
    Form("format", cl::desc("What is printed:"),
         cl::values(clEnumValN(Format::Json, "json", "the model (default)"),
                    clEnumValN(Format::Markdown, "markdown",
                               "the same for people, as text"),
                    clEnumValN(Format::Html, "html",
                               "the same as a page to look at")),
         cl::init(Format::Json), cl::cat(OutputOptions));
cl::opt<bool>
    JsonLines("jsonl",
              cl::desc("Each path is a project, each project a line of JSON"),
              cl::cat(OutputOptions));
cl::opt<unsigned> Jobs("j", cl::desc("Read N projects at a time (default 1)"),
                       cl::value_desc("N"), cl::init(1), cl::Prefix,
                       cl::cat(OutputOptions));
cl::opt<std::string> GroupName("group",
                               cl::desc("Print the object of this group alone"),
                               cl::value_desc("name"), cl::cat(OutputOptions));
cl::opt<bool> NoOutline(
    "no-outline",
    cl::desc("Leave large parts of equations in place, without alpha_m, m_inf"),
    cl::cat(OutputOptions));
cl::opt<std::string> DependencyFile(
    "depfile",
    cl::desc("Write a rule for make and ninja: -o's file depends on "
             "every file that was read"),
    cl::value_desc("file"), cl::cat(OutputOptions));
cl::opt<MessageFormat> Messages(
    "diagnostics", cl::desc("Messages on standard error as:"),
    cl::values(clEnumValN(MessageFormat::Text, "text",
                          "file:line:column: ... (default)"),
               clEnumValN(MessageFormat::Json, "json", "JSON, one a line"),
               clEnumValN(MessageFormat::Sarif, "sarif", "SARIF 2.1.0")),
    cl::init(MessageFormat::Text), cl::cat(OutputOptions));

cl::list<std::string>
    Hints("unit", cl::desc("A unit that you know, in all groups or in GROUP"),
          cl::value_desc("[GROUP.]NAME=UNIT"), cl::cat(UnitOptions));
cl::list<std::string>
    HintFiles("units", cl::desc("A file of such hints, one a line, # comments"),
              cl::value_desc("file"), cl::cat(UnitOptions));
cl::opt<bool> NoUnitConventions(
    "no-unit-conventions",
    cl::desc("Do not assume units by names and values, only what follows"),
    cl::cat(UnitOptions));

cl::opt<std::string>
    GoldenFile("check",
               cl::desc("Compare the model with that of this JSON file"),
               cl::value_desc("file"), cl::cat(CheckOptions));
cl::opt<bool> Werror("werror",
                     cl::desc("Exit with status 1 when a value was lost"),
                     cl::cat(CheckOptions));

const WorkerLimits Defaults;
cl::opt<unsigned>
    TimeLimit("time-limit",
              cl::desc("Give up after so much processor time (default 10)"),
              cl::value_desc("seconds"), cl::init(Defaults.Seconds),
              cl::cat(LimitOptions));
cl::opt<unsigned>
    MemoryLimit("memory-limit",
                cl::desc("Give up when more memory is needed (default 1024)"),
                cl::value_desc("MiB"), cl::init(Defaults.Mebibytes),
                cl::cat(LimitOptions));

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
    cl::init(Room::None), cl::cat(DebuggingOptions));
cl::opt<bool> TimeReport("time-report",
                         cl::desc("Print the time that each stage takes"),
                         cl::cat(DebuggingOptions));
cl::opt<bool>
    NoWorker("no-worker",
             cl::desc("Read in this process, without limits; for a debugger"),
             cl::cat(DebuggingOptions));

cl::extrahelp MoreHelp(
    "\n`brian2lift diff A B` compares two models, each a project or a JSON "
    "file.\n"
    "What follows `--` are compiler flags: -D, -U, -I, -std.\n"
    "Exit status: 0 read; 1 a difference, or a value was lost, and --werror; 2 "
    "could not be read.\n"
    "More: man brian2lift\n");

void printVersion(llvm::raw_ostream &OS) {
  OS << "brian2lift " BRIAN2LIFT_VERSION " (LLVM " LLVM_VERSION_STRING ")\n";
}

bool hasColors(const llvm::raw_ostream &OS) {
  // no-color.org: what is set and not empty asks for none.
  const char *No = std::getenv("NO_COLOR");
  return !(No && *No) && OS.has_colors();
}

/// The same for `brian2lift diff`.
llvm::StringRef problemOfDiff() {
  if (Paths.size() != 2)
    return "diff needs two models, each a project's folder or a JSON file (a "
           "project that is called diff is ./diff)";
  if (JsonLines || Dump != Room::None || !GoldenFile.empty() ||
      !DependencyFile.empty() || Form.getNumOccurrences())
    return "diff prints a comparison; --jsonl, --dump, --check, --depfile and "
           "--format are not for it";
  return "";
}

/// What cannot go together, or is missing; empty when nothing is wrong.
llvm::StringRef problem() {
  if (Paths.empty())
    return "no project given; try 'brian2lift --help'";
  if (Form != Format::Json && JsonLines)
    return "--jsonl prints JSON; it cannot be used with another --format";
  if (Form != Format::Json && !GroupName.empty())
    return "--group prints JSON; it cannot be used with another --format";
  if (JsonLines && Dump != Room::None)
    return "--dump prints no JSON; it cannot be used with --jsonl";
  if (!GoldenFile.empty() && (JsonLines || Dump != Room::None))
    return "--check compares one model; --jsonl and --dump are not for it";
  if (!DependencyFile.empty() && OutputFile == "-")
    return "--depfile needs -o: the rule is for its file";
  if (TimeReport && Messages != MessageFormat::Text)
    return "--time-report is text; it cannot be used with --diagnostics=json "
           "and sarif";
  return "";
}

} // namespace

std::optional<Options> parseOptions(int Argc, const char **Argv) {
  // What follows `--` are compiler flags, as in every LibTooling tool.
  const char **End = Argv + Argc;
  const char **Separator = std::find_if(
      Argv, End, [](const char *A) { return llvm::StringRef(A) == "--"; });
  Options O;
  // The word alone; a project of that name is ./diff.
  if (Argc > 1 && llvm::StringRef(Argv[1]) == "diff") {
    O.IsDiff = true;
    ++Argv;
  }
  if (Separator != End)
    O.CompilerFlags.assign(Separator + 1, End);

  cl::HideUnrelatedOptions({&OutputOptions, &ReadingOptions, &UnitOptions,
                            &CheckOptions, &LimitOptions, &DebuggingOptions});
  cl::SetVersionPrinter(printVersion);
  std::string Problem;
  llvm::raw_string_ostream ProblemStream(Problem);
  if (!cl::ParseCommandLineOptions(
          static_cast<int>(Separator - Argv), Argv,
          "Reads the C++ that Brian2 generated and gives the model back.\n",
          &ProblemStream)) {
    llvm::errs() << Problem;
    return std::nullopt;
  }
  if (llvm::StringRef Wrong = O.IsDiff ? problemOfDiff() : problem();
      !Wrong.empty()) {
    llvm::WithColor::error(llvm::errs(), "brian2lift") << Wrong << '\n';
    return std::nullopt;
  }

  O.Paths.assign(Paths.begin(), Paths.end());
  O.CompilationDatabase = CompilationDatabase;
  O.UsesRealHeaders = RealHeaders;
  O.OutputFile = OutputFile;
  O.Form = Form;
  O.IsJsonLines = JsonLines;
  O.Jobs = Jobs;
  O.GroupName = GroupName;
  O.NamesParts = !NoOutline;
  O.DependencyFile = DependencyFile;
  O.Messages = Messages;
  O.MessagesHaveColors = hasColors(llvm::errs());
  O.DataHasColors = O.IsDiff && hasColors(llvm::outs());
  O.Hints.assign(Hints.begin(), Hints.end());
  O.HintFiles.assign(HintFiles.begin(), HintFiles.end());
  O.UsesUnitConventions = !NoUnitConventions;
  O.LossesAreErrors = Werror;
  O.GoldenFile = GoldenFile;
  O.Limits = {TimeLimit, MemoryLimit};
  O.HasWorker = !NoWorker;
  O.Dump = Dump;
  O.ReportsTimes = TimeReport;
  return O;
}

} // namespace brian2lift
