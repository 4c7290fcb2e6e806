//===- Emit/Findings.cpp ------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emit/Findings.h"
#include "Emit/Json.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace brian2lift {
namespace {

namespace path = llvm::sys::path;

/// Where brian2lift was started: the base of relative URIs. Its own URI is not
/// in the log, which is the same on every machine.
constexpr const char *StartBase = "%SRCROOT%";

/// A path as the path of a URI (RFC 3986).
std::string uriPath(llvm::StringRef Path) {
  std::string Uri;
  for (unsigned char C : Path) {
    if (llvm::isAlnum(C) || llvm::StringRef("-._~/").contains(C))
      Uri += static_cast<char>(C);
    else
      Uri += "%" + llvm::utohexstr(C, /*LowerCase=*/false, /*Width=*/2);
  }
  return Uri;
}

bool leadsUpwards(llvm::StringRef Path) {
  return llvm::is_contained(
      llvm::make_range(path::begin(Path), path::end(Path)), "..");
}

Json artifact(llvm::StringRef File) {
  llvm::SmallString<256> Path(File);
  if (path::is_absolute(Path) || leadsUpwards(Path)) {
    // It fails where this folder is gone; no URI is better than a wrong one.
    if (llvm::sys::fs::make_absolute(Path))
      return Json::object();
    path::remove_dots(Path, /*remove_dot_dot=*/true);
    return {{"uri", "file://" + uriPath(Path)}};
  }
  path::remove_dots(Path);
  return {{"uri", uriPath(Path)}, {"uriBaseId", StartBase}};
}

Json location(const SourcePlace &Place, const Origin &From) {
  llvm::SmallString<256> File(Place.File);
  if (From.isInProject(Place) && !From.Root.empty()) {
    File = From.Root;
    path::append(File, Place.File);
  }
  Json Physical = {{"artifactLocation", artifact(File)}};
  if (Place.Line)
    Physical["region"] = {{"startLine", Place.Line},
                          {"startColumn", std::max(Place.Column, 1U)}};
  return {{"physicalLocation", std::move(Physical)}};
}

/// The text of a kind, where arguments are not known.
std::string shortDescription(llvm::StringRef Text) {
  std::string Out;
  for (size_t I = 0; I < Text.size(); ++I) {
    if (Text[I] == '%' && I + 1 < Text.size() && llvm::isDigit(Text[I + 1])) {
      Out += "...";
      ++I;
    } else {
      Out += Text[I];
    }
  }
  return Out;
}

Json rules() {
  Json List = Json::array();
  for (const DiagnosticKind &K : diagnosticKinds())
    List.push_back(
        {{"id", string(K.Id)},
         {"shortDescription", {{"text", shortDescription(K.Text)}}},
         {"defaultConfiguration", {{"level", string(name(K.Level))}}}});
  return List;
}

} // namespace

bool Origin::isInProject(const SourcePlace &Place) const {
  return Place && !llvm::is_contained(OtherFiles, Place.File);
}

Json diagnosticJson(const Diagnostic &D) {
  Json J = {{"severity", string(name(D.severity()))},
            {"id", string(D.id())},
            {"message", D.Message}};
  if (D.Place) {
    J["file"] = D.Place.File;
    if (D.Place.Line) {
      J["line"] = D.Place.Line;
      J["column"] = D.Place.Column;
    }
  }
  return J;
}

void write(llvm::raw_ostream &OS, const Json &J, int Indent) {
  OS << J.dump(Indent, ' ', false, Json::error_handler_t::replace) << '\n';
}

void writeFinding(llvm::raw_ostream &OS, const Diagnostic &D,
                  const Origin &From) {
  Json J = diagnosticJson(D);
  if (!From.Project.empty())
    J["project"] = From.Project;
  write(OS, J, /*Indent=*/-1);
}

void writeSarifResult(llvm::raw_ostream &OS, const Diagnostic &D,
                      const Origin &From) {
  Json J = {{"ruleId", string(D.id())},
            {"ruleIndex", static_cast<unsigned>(D.Kind)},
            {"level", string(name(D.severity()))},
            {"message", {{"text", D.Message}}}};
  // `<command line>` is no file.
  if (D.Place && !llvm::StringRef(D.Place.File).starts_with("<"))
    J["locations"] = Json::array({location(D.Place, From)});
  write(OS, J, /*Indent=*/-1);
}

void writeSarifLog(llvm::raw_ostream &OS, llvm::StringRef Results,
                   llvm::StringRef ToolVersion, int ExitStatus) {
  Json List = Json::array();
  llvm::SmallVector<llvm::StringRef, 16> Lines;
  Results.split(Lines, '\n', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (llvm::StringRef Line : Lines)
    List.push_back(Json::parse(Line.begin(), Line.end()));
  Json Driver = {{"name", "brian2lift"},
                 {"semanticVersion", string(ToolVersion)},
                 {"rules", rules()}};
  Json Run;
  Run["tool"] = {{"driver", std::move(Driver)}};
  Run["invocations"] = Json::array(
      {{{"executionSuccessful", ExitStatus != 2}, {"exitCode", ExitStatus}}});
  Run["originalUriBaseIds"] = {
      {StartBase,
       {{"description", {{"text", "where brian2lift was started"}}}}}};
  Run["results"] = std::move(List);
  Json Log;
  Log["$schema"] = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/"
                   "schemas/sarif-schema-2.1.0.json";
  Log["version"] = "2.1.0";
  Log["runs"] = Json::array({std::move(Run)});
  write(OS, Log);
}

} // namespace brian2lift
