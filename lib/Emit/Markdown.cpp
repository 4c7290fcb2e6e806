//===- Emit/Markdown.cpp ------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emit/Emit.h"
#include "Emit/Page.h"
#include "Emit/Texts.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <algorithm>

namespace brian2lift {

namespace {

/// Text of the project outside of code: on one line, and nothing in it is
/// Markdown or HTML.
std::string escape(llvm::StringRef Text) {
  std::string Escaped;
  for (auto [I, Given] : llvm::enumerate(Text)) {
    char C = Given == '\n' || Given == '\r' || Given == '\t' ? ' ' : Given;
    if (static_cast<unsigned char>(C) < 0x20)
      continue;
    // Within a word it is no Markdown.
    bool IsInWord = C == '_' && I && I + 1 < Text.size() &&
                    llvm::isAlnum(Text[I - 1]) && llvm::isAlnum(Text[I + 1]);
    if (C == '<')
      Escaped += "&lt;";
    else if (C == '&')
      Escaped += "&amp;";
    else if (!IsInWord && llvm::StringRef("\\`*_[]#|~").contains(C))
      (Escaped += '\\') += C;
    else
      Escaped += C;
  }
  return Escaped;
}

/// A fence that `Text` does not hold.
std::string fence(llvm::StringRef Text, size_t Shortest) {
  size_t Longest = 0, Run = 0;
  for (char C : Text) {
    Run = C == '`' ? Run + 1 : 0;
    Longest = std::max(Longest, Run);
  }
  return std::string(std::max(Longest + 1, Shortest), '`');
}

/// Code within a line; in a table, `|` is written as GitHub wants it.
std::string code(llvm::StringRef Text) {
  std::string Line = Text.str();
  for (char &C : Line)
    C = C == '\n' ? ' ' : C;
  std::string Fence = fence(Line, 1);
  std::string Space = llvm::StringRef(Line).contains('`') ? " " : "";
  std::string Escaped;
  for (char C : Line) {
    if (C == '|')
      Escaped += '\\';
    Escaped += C;
  }
  return Fence + Space + Escaped + Space + Fence;
}

void block(llvm::raw_ostream &OS, llvm::StringRef Language,
           llvm::StringRef Text) {
  std::string Fence = fence(Text, 3);
  OS << Fence << Language << '\n'
     << Text << (Text.ends_with("\n") ? "" : "\n") << Fence << "\n\n";
}

std::string textOf(const PageEntry &E) {
  if (E.Formulas.empty())
    return E.Value.empty() ? "?" : E.Value;
  return formulasText(E, "; ");
}

/// How one part of an entry is known, without the places.
std::string wordsFor(const PageEvidence &Part, bool WithName) {
  std::string Text = WithName ? escape(Part.Of) + " " : "";
  Text += text(Part.Known.S);
  if (!Part.Known.Because.empty())
    Text += " (" + escape(Part.Known.Because) + ")";
  if (!Part.Known.Alternatives.empty())
    Text += ", or " + llvm::join(Part.Known.Alternatives, ", ");
  return Text;
}

/// All that is not plainly in the code; `recovered` when everything is.
std::string knownText(const PageEntry &E) {
  std::vector<std::string> Parts;
  for (const PageEvidence &Part : E.Known)
    if (Part.Known.S != Evidence::Status::Recovered)
      Parts.push_back(wordsFor(Part, E.Known.size() > 1));
  return Parts.empty() ? "recovered" : llvm::join(Parts, "; ");
}

std::string placesText(const PageEntry &E) {
  std::vector<std::string> Places;
  for (const PageEvidence &Part : E.Known)
    for (const SourcePlace &Place : Part.Known.Sources)
      if (Place && Places.size() < 3 &&
          !llvm::is_contained(Places, code(text(Place))))
        Places.push_back(code(text(Place)));
  return llvm::join(Places, ", ");
}

void doubts(llvm::raw_ostream &OS, llvm::StringRef Title,
            const std::vector<PageDoubt> &List) {
  if (List.empty())
    return;
  OS << "**" << Title << "**\n\n";
  for (const PageDoubt &D : List) {
    OS << "- ";
    if (!D.Group.empty())
      OS << code(D.Group) << ": ";
    OS << escape(subjects(D.What));
    if (!D.Known.Because.empty())
      OS << ": " << escape(D.Known.Because);
    OS << '\n';
  }
  OS << '\n';
}

void equations(llvm::raw_ostream &OS, const PageSection &S) {
  std::string Text;
  for (const PageEntry &E : S.Entries) {
    Text += E.Formulas.front().Text + " : " + E.Unit;
    if (!E.Notes.empty())
      Text += " (" + llvm::join(E.Notes, ", ") + ")";
    Text += '\n';
  }
  block(OS, "", Text);
  for (const PageEntry &E : S.Entries) {
    OS << "- " << code(E.Formulas.front().Left) << ": " << knownText(E) << '.';
    for (const PageEvidence &Part : E.Known)
      if (Part.Known.Check)
        OS << ' ' << escape(checkText(*Part.Known.Check));
    if (std::string Places = placesText(E); !Places.empty())
      OS << ' ' << Places;
    OS << '\n';
  }
  OS << '\n';
}

void table(llvm::raw_ostream &OS, const PageSection &S) {
  bool HasValues = S.K != PageSection::Kind::Parameters;
  bool HasSi = S.K == PageSection::Kind::Constants;
  OS << "| name | " << (HasValues ? "value | " : "")
     << (HasSi ? "in SI base units | " : "") << "unit | known | where |\n|---|"
     << (HasValues ? "---|" : "") << (HasSi ? "---|" : "") << "---|---|---|\n";
  for (const PageEntry &E : S.Entries) {
    std::string Name = E.Formulas.empty() ? E.Name : E.Formulas.front().Left;
    OS << "| " << code(Name) << " | ";
    if (HasValues)
      OS << (E.Value.empty() ? "?" : code(E.Value)) << " | ";
    if (HasSi)
      OS << (E.Detail.empty() ? "" : code(E.Detail)) << " | ";
    OS << (E.Unit.empty() ? "" : code(E.Unit));
    if (!E.Notes.empty())
      OS << ' ' << escape(llvm::join(E.Notes, ", "));
    if (!HasSi && !E.Detail.empty())
      OS << ' ' << escape(E.Detail);
    OS << " | " << knownText(E) << " | " << placesText(E) << " |\n";
  }
  OS << '\n';
}

void list(llvm::raw_ostream &OS, const PageSection &S) {
  for (const PageEntry &E : S.Entries) {
    OS << "- " << escape(E.Name) << ": " << code(textOf(E));
    if (!E.Detail.empty())
      OS << ", " << escape(E.Detail);
    if (!E.Notes.empty())
      OS << ", " << escape(llvm::join(E.Notes, ", "));
    OS << ". " << knownText(E);
    if (std::string Places = placesText(E); !Places.empty())
      OS << ", " << Places;
    OS << '\n';
  }
  OS << '\n';
}

void group(llvm::raw_ostream &OS, const PageGroup &G, bool HasRuns) {
  OS << "## " << code(G.Group->Name) << "\n\n" << className(*G.Group);
  if (HasRuns)
    OS << (G.Runs.size() > 1 ? " in runs " : " in run ") << runsText(G.Runs);
  if (G.Base)
    OS << ", as in run " << G.Base->Runs.front() << " but for what follows";
  OS << ".\n\n";
  if (!G.Absent.empty())
    OS << "Not in this run: " << escape(llvm::join(G.Absent, ", ")) << ".\n\n";
  for (const PageSection &S : G.Sections) {
    using Kind = PageSection::Kind;
    if (!S.Title.empty())
      OS << "### " << S.Title << "\n\n";
    switch (S.K) {
    case Kind::Equations:
      equations(OS, S);
      break;
    case Kind::Facts:
    case Kind::Events:
      list(OS, S);
      break;
    case Kind::Parameters:
    case Kind::Constants:
    case Kind::Morphology:
      table(OS, S);
      break;
    }
  }
  OS << "### As a Brian2 script\n\n";
  block(OS, "python", G.Code);
}

} // namespace

void writeMarkdown(llvm::raw_ostream &OS, const Model &M,
                   const std::vector<Diagnostic> &Diags) {
  Page P = makePage(M);
  OS << "# " << escape(P.Title) << "\n\n" << escape(P.Summary) << "\n\n";
  for (const PageEntry &E : P.Origin) {
    OS << "- " << escape(E.Name) << ": "
       << (E.Value.empty() ? "not known" : code(E.Value));
    if (!E.Known.empty())
      OS << ", " << knownText(E);
    OS << '\n';
  }
  OS << '\n';
  doubts(OS, "What could not be recovered", P.Lost);
  doubts(OS, "What was assumed, or could be read otherwise", P.Assumed);
  if (!P.Runs.empty()) {
    OS << "## Runs\n\n| run | duration | network | groups "
          "|\n|---|---|---|---|\n";
    for (auto [Index, Run] : llvm::enumerate(P.Runs)) {
      std::vector<std::string> Names;
      for (const auto &G : P.Groups)
        if (llvm::is_contained(G->Runs, Index + 1))
          Names.push_back(code(G->Group->Name));
      OS << "| " << Index + 1 << " | "
         << (Run.Value.empty() ? "?" : code(Run.Value)) << " | "
         << code(Run.Detail) << " | " << llvm::join(Names, ", ") << " |\n";
    }
    OS << '\n';
  }
  for (const auto &G : P.Groups)
    group(OS, *G, P.Runs.size() > 1);
  if (Diags.empty())
    return;
  OS << "## Messages\n\n";
  for (const Diagnostic &D : Diags) {
    OS << "- " << name(D.severity()) << ": " << escape(D.Message) << " \\["
       << D.id() << "\\]";
    if (D.Place)
      OS << ' ' << code(text(D.Place));
    OS << '\n';
  }
}

} // namespace brian2lift
