//===- tool/Messages.cpp ------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Messages.h"
#include "ModelSource.h"
#include "Project/Project.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include <chrono>

namespace brian2lift {
namespace {

/// Text that has the colours of the stream which it will be written to.
class ColoredString : public llvm::raw_string_ostream {
public:
  ColoredString(std::string &Text, bool HasColors)
      : raw_string_ostream(Text), HasColors(HasColors) {
    enable_colors(HasColors);
  }
  bool has_colors() const override { return HasColors; }

private:
  const bool HasColors;
};

double now() {
  using namespace std::chrono;
  return duration<double>(steady_clock::now().time_since_epoch()).count();
}

} // namespace

Origin originOf(const Options &O, llvm::StringRef Path) {
  Origin From{Path.str(), "", O.HintFiles};
  if (isProject(Path))
    From.Root = projectRoot(Path);
  From.OtherFiles.push_back(O.GoldenFile);
  if (O.IsDiff)
    From.OtherFiles.insert(From.OtherFiles.end(), O.Paths.begin(),
                           O.Paths.end());
  return From;
}

std::string messages(const Options &O, const Diagnostics &Diags,
                     const Origin &From) {
  return messages(O, Diags, From, O.MessagesHaveColors);
}

std::string messages(const Options &O, const Diagnostics &Diags,
                     const Origin &From, bool HasColors) {
  std::string Text;
  ColoredString OS(Text, HasColors);
  for (const Diagnostic &D : Diags.all()) {
    switch (O.Messages) {
    case MessageFormat::Text: {
      if (!O.IsJsonLines && !O.IsDiff) {
        print(OS, D);
        break;
      }
      Diagnostic Named = D;
      if (From.isInProject(D.Place)) {
        llvm::SmallString<256> File(From.Root);
        llvm::sys::path::append(File, D.Place.File);
        Named.Place.File = File.str();
      }
      print(OS, Named,
            From.Project.empty() ? llvm::StringRef("brian2lift")
                                 : From.Project);
      break;
    }
    case MessageFormat::Json:
      writeFinding(OS, D, From);
      break;
    case MessageFormat::Sarif:
      writeSarifResult(OS, D, From);
      break;
    }
  }
  return Text;
}

void MessageStream::add(llvm::StringRef Messages) {
  if (O.Messages == MessageFormat::Sarif)
    Results += Messages;
  else
    To << Messages;
}

void MessageStream::finish(int ExitStatus) {
  if (O.Messages == MessageFormat::Sarif)
    writeSarifLog(To, Results, BRIAN2LIFT_VERSION, ExitStatus);
}

Progress::Progress(const Options &O, size_t Count)
    : Count(Count), IsSeen(O.Messages == MessageFormat::Text &&
                           llvm::sys::Process::StandardErrIsDisplayed()),
      Start(now()) {}

void Progress::show(size_t Ended) {
  const double Seconds = now() - Start;
  if (!IsSeen || Seconds < 1)
    return;
  llvm::errs() << "\rreading: ";
  if (Count > 1)
    llvm::errs() << Ended << " of " << Count << " projects, ";
  llvm::errs() << static_cast<unsigned>(Seconds) << " s";
  IsThere = true;
}

void Progress::clear() {
  if (IsThere)
    llvm::errs() << "\r\033[K";
  IsThere = false;
}

} // namespace brian2lift
