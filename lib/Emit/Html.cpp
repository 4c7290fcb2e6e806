//===- Emit/Html.cpp ----------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emit/Diagram.h"
#include "Emit/Emit.h"
#include "Emit/Markup.h"
#include "Emit/MathML.h"
#include "Emit/Page.h"
#include "Emit/Style.h"
#include "Emit/Texts.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <set>

namespace brian2lift {

namespace {

constexpr unsigned WideDiagram = 888, NarrowDiagram = 350; ///< pixels
/// Of a line of code, around the place that is meant. Brian2GeNN's code is a
/// string of one line.
constexpr size_t LongestLine = 400;
constexpr size_t MostLines = 24; ///< for one value
/// Fractions of full size, though the formula stands in a line that may break.
constexpr llvm::StringLiteral DisplayMath = "<math displaystyle=\"true\">";
constexpr size_t OpenDoubts = 6; ///< as many are shown without a click

std::string escape(llvm::StringRef Text) { return escapeMarkup(Text); }

/// `<span class="Class">Text</span>`.
std::string span(llvm::StringRef Class, llvm::StringRef Text) {
  return ("<span class=\"" + Class + "\">" + escape(Text) + "</span>").str();
}

std::string code(llvm::StringRef Text) {
  return "<code>" + escape(Text) + "</code>";
}

/// The words for how a value is known; empty where the code says it.
llvm::StringRef statusWord(Evidence::Status S) {
  switch (S) {
  case Evidence::Status::Recovered:
    return "";
  case Evidence::Status::Unrecoverable:
    return "not known";
  default:
    return text(S);
  }
}

class Writer {
public:
  Writer(llvm::raw_ostream &OS, const Page &P, const Project &Source)
      : OS(OS), P(P) {
    for (const SourceFile &File : Source.Files) {
      auto &Lines = Files[File.Path];
      llvm::StringRef(File.Text).split(Lines, '\n');
    }
  }

  void write(const std::vector<Diagnostic> &Diags) {
    OS << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta "
          "charset=\"utf-8\">\n"
       << "<meta name=\"viewport\" content=\"width=device-width, "
          "initial-scale=1\">\n<title>"
       << escape(P.Title) << " \u2013 recovered by brian2lift</title>\n<style>"
       << PageStyle << "</style>\n</head>\n<body>\n<main>\n";
    head();
    doubts("What could not be recovered", P.Lost);
    doubts("What was assumed, or could be read otherwise", P.Assumed);
    OS << "<figure class=\"diagram\">\n";
    writeDiagram(OS, P, WideDiagram, "wide");
    writeDiagram(OS, P, NarrowDiagram, "narrow");
    OS << "</figure>\n";
    runs();
    for (const auto &G : P.Groups)
      group(*G);
    foot(Diags);
    OS << "</main>\n</body>\n</html>\n";
  }

private:
  llvm::raw_ostream &OS;
  const Page &P;
  std::map<std::string, llvm::SmallVector<llvm::StringRef, 0>, std::less<>>
      Files;
  MathNames Names;                   ///< of the group that is being written
  std::optional<Method> Integration; ///< its method

  void head() {
    OS << "<header>\n<p class=\"kicker\">A model read back from generated "
          "C++</p>\n<h1>"
       << escape(P.Title) << "</h1>\n<p>" << escape(P.Summary)
       << "</p>\n<ul class=\"origin small\">\n";
    for (const PageEntry &E : P.Origin)
      OS << "<li>" << escape(E.Name) << ' '
         << (E.Value.empty() ? std::string("not known") : code(E.Value))
         << "</li>\n";
    OS << "</ul>\n";
    std::vector<PageEntry> Known;
    llvm::copy_if(P.Origin, std::back_inserter(Known),
                  [](const PageEntry &E) { return !E.Known.empty(); });
    if (!Known.empty())
      details("how the versions are known", Known);
    OS << "</header>\n";
    if (P.Groups.size() < 2)
      return;
    OS << "<nav aria-label=\"Groups\"><ul>\n";
    for (const auto &G : P.Groups)
      OS << "<li><a href=\"#" << G->Anchor << "\">" << escape(G->Group->Name)
         << (G->Base ? " in run " + runsText(G->Runs) : "") << "</a></li>\n";
    OS << "</ul></nav>\n";
  }

  void doubts(llvm::StringRef Title, const std::vector<PageDoubt> &List) {
    if (List.empty())
      return;
    OS << "<section class=\"doubts\">\n<details"
       << (List.size() <= OpenDoubts ? " open" : "") << "><summary>"
       << escape(Title) << " (" << List.size() << ")</summary>\n<ul>\n";
    for (const PageDoubt &D : List) {
      OS << "<li>";
      if (!D.Group.empty())
        OS << "<a href=\"#" << D.Anchor << "\">" << escape(D.Group) << "</a>: ";
      OS << escape(subjects(D.What));
      if (!D.Known.Because.empty())
        OS << " \u2013 " << span("small", D.Known.Because);
      OS << "</li>\n";
    }
    OS << "</ul>\n</details>\n</section>\n";
  }

  void runs() {
    if (P.Runs.empty())
      return;
    OS << "<details><summary>" << (P.Runs.size() == 1 ? "The run" : "The runs")
       << " in words</summary>\n<ol>\n";
    for (auto [Index, Run] : llvm::enumerate(P.Runs)) {
      OS << "<li>"
         << (Run.Value.empty() ? std::string("duration not known")
                               : escape(readableQuantity(Run.Value)))
         << ", network " << code(Run.Detail) << ": ";
      bool IsFirst = true;
      for (const auto &G : P.Groups)
        if (llvm::is_contained(G->Runs, Index + 1)) {
          OS << (IsFirst ? "" : ", ") << "<a href=\"#" << G->Anchor << "\">"
             << escape(G->Group->Name) << "</a>";
          IsFirst = false;
        }
      OS << (IsFirst ? "no groups" : "") << "\n";
      evidence(Run.Known);
      OS << "</li>\n";
    }
    OS << "</ol>\n</details>\n";
  }

  void group(const PageGroup &G) {
    Names.Ranks = &G.Group->Ranks;
    Integration = G.Group->IntegrationMethod;
    Names.Unit = [&G](llvm::StringRef Name) -> std::string {
      for (const ModelIdentifier &I : G.Group->Identifiers)
        if (I.Constant.Name == Name) {
          auto Unit = brianUnit(Name, valueOf(I));
          return Unit ? Unit->Text : "";
        }
      if (G.Group->find(Name))
        return "";
      // `0*volt`: the unit that a zero needs is no constant of the code.
      auto Unit = brianUnit(Name, 1);
      return Unit ? Unit->Text : "";
    };
    OS << "<section class=\"group\" id=\"" << G.Anchor << "\">\n<h2>"
       << escape(G.Group->Name) << "</h2>\n<p class=\"small\">"
       << className(*G.Group);
    if (P.Runs.size() > 1)
      OS << (G.Runs.size() > 1 ? " in runs " : " in run ") << runsText(G.Runs);
    OS << "</p>\n";
    if (G.Base)
      OS << "<p>As in run " << runsText({G.Base->Runs.front()})
         << " (<a href=\"#" << G.Base->Anchor << "\">" << escape(G.Group->Name)
         << "</a>), but for what follows.</p>\n";
    if (!G.Absent.empty())
      OS << "<p>Not in this run: " << escape(llvm::join(G.Absent, ", "))
         << ".</p>\n";
    for (const PageSection &S : G.Sections)
      section(S);
    OS << "<details class=\"script\"><summary>As a Brian2 script</summary>\n"
          "<pre><code>"
       << escape(G.Code) << "</code></pre>\n</details>\n</section>\n";
  }

  void section(const PageSection &S) {
    using Kind = PageSection::Kind;
    if (!S.Title.empty())
      OS << "<h3>" << escape(S.Title) << "</h3>\n";
    switch (S.K) {
    case Kind::Facts:
      OS << "<dl class=\"facts\">\n";
      for (const PageEntry &E : S.Entries)
        OS << "<div><dt class=\"label\">" << escape(E.Name) << "</dt><dd>"
           << value(E) << badges(E) << "</dd></div>\n";
      OS << "</dl>\n";
      details("how these are known", S.Entries);
      break;
    case Kind::Equations:
      for (const PageEntry &E : S.Entries)
        equation(E);
      break;
    case Kind::Events:
      for (const PageEntry &E : S.Entries)
        event(E);
      break;
    case Kind::Parameters:
    case Kind::Constants:
    case Kind::Morphology:
      OS << "<div class=\"cells\">\n";
      for (const PageEntry &E : S.Entries)
        cell(E);
      OS << "</div>\n";
      break;
    }
  }

  static std::string value(const PageEntry &E) {
    std::string Text = E.Value.empty() ? "?" : readableQuantity(E.Value);
    Text = escape(Text);
    if (!E.Detail.empty())
      Text += " " + span("small", E.Detail);
    return Text;
  }

  static std::string unit(llvm::StringRef Unit) {
    if (Unit.empty())
      return "";
    llvm::StringRef Title = Unit == "?"   ? "unit not known"
                            : Unit == "1" ? "without dimension"
                                          : "unit";
    return "<span class=\"unit\" title=\"" + Title.str() + "\">" +
           escape(readableQuantity(Unit)) + "</span>";
  }

  /// Words for what is not simply said by the code.
  static std::string badges(const PageEntry &E) {
    std::string Text;
    for (const PageEvidence &Part : E.Known) {
      using Status = Evidence::Status;
      if (Part.Known.S == Status::Recovered || Part.Known.S == Status::Inferred)
        continue;
      // A unit that is not known is shown as such already.
      bool IsLost = Part.Known.S == Status::Unrecoverable;
      std::string Word = statusWord(Part.Known.S).str();
      if (E.Known.size() > 1)
        Word.insert(0, Part.Of + " ");
      Text += " " + span(IsLost ? "badge lost" : "badge", Word);
    }
    return Text;
  }

  void math(const PageFormula &F) {
    OS << "<div class=\"math\">";
    if (!F.Value) {
      OS << "<math>"
         << (F.IsDerivative ? derivativeToMathML(F.Left) : nameToMathML(F.Left))
         << "<mo>=</mo><mtext>?</mtext></math></div>\n";
      return;
    }
    std::string Left;
    if (F.IsDerivative)
      Left = derivativeToMathML(F.Left);
    else if (!F.Left.empty())
      Left = nameToMathML(F.Left);
    if (!Left.empty()) {
      llvm::StringRef Operator = F.Operator;
      // += and its kin as one sign
      std::string Sign = Operator == "=" ? "=" : Operator.str();
      Left += "<mo>" + escape(Sign) + "</mo>";
    }
    for (const std::string &Piece : toMathML(F.Value, Names)) {
      OS << DisplayMath << (Left.empty() ? "" : "<mrow>") << Left
         << (Left.empty() ? "" : "</mrow>") << Piece << "</math> ";
      Left.clear();
    }
    OS << "</div>\n";
  }

  void equation(const PageEntry &E) {
    OS << "<div class=\"equation\">\n<div class=\"formula\">\n";
    for (const PageFormula &F : E.Formulas)
      math(F);
    OS << unit(E.Unit) << "</div>\n";
    words(E);
    OS << "</div>\n";
  }

  /// What is known of an entry, one click away.
  void words(const PageEntry &E) {
    std::vector<std::string> Words;
    llvm::append_range(Words, llvm::map_range(E.Notes, escapeMarkup));
    for (const PageEvidence &Part : E.Known)
      if (Part.Known.Check && !Part.Known.Check->Methods.empty()) {
        const std::vector<Method> &All = Part.Known.Check->Methods;
        bool HasOwn = Integration && llvm::is_contained(All, *Integration);
        Words.push_back("checked with " +
                        escape(name(HasOwn ? *Integration : All.front())));
      }
    if (Words.empty())
      Words.push_back("evidence");
    OS << "<details><summary>" << llvm::join(Words, " \u00b7 ") << badges(E)
       << "</summary>\n";
    evidence(E.Known, "In Brian2's syntax:", formulasText(E, "\n"));
    OS << "</details>\n";
  }

  void event(const PageEntry &E) {
    OS << "<div class=\"entry\"><div class=\"label\">"
       << escape(readableName(E)) << "</div>\n<div>";
    for (const PageFormula &F : E.Formulas)
      math(F);
    if (E.Formulas.empty())
      OS << "<div class=\"math\">"
         << (E.Value.empty() ? "?" : escape(readableQuantity(E.Value)))
         << "</div>";
    OS << "</div>\n";
    words(E);
    OS << "</div>\n";
  }

  /// `every 2. ms` is a quantity within words.
  static std::string readableName(const PageEntry &E) {
    llvm::StringRef Name = E.Name;
    return Name.consume_front("every ") ? "every " + readableQuantity(Name)
                                        : E.Name;
  }

  void cell(const PageEntry &E) {
    OS << "<details><summary><span class=\"what\">";
    if (!E.Formulas.empty())
      OS << "<math>" << nameToMathML(E.Formulas.front().Left) << "</math>";
    else
      OS << escape(E.Name);
    if (!E.Value.empty())
      OS << (E.Formulas.empty() ? ": " : " = ")
         << escape(readableQuantity(E.Value));
    OS << "</span>";
    if (!E.Notes.empty())
      OS << span("small", llvm::join(E.Notes, ", "));
    OS << badges(E);
    // A quantity has its unit.
    if (E.Value.empty() || E.Unit == "?")
      OS << unit(E.Unit);
    OS << "</summary>\n";
    if (E.Detail.empty())
      evidence(E.Known);
    else if (E.Formulas.empty())
      evidence(E.Known, E.Detail);
    else
      evidence(E.Known, "Exactly, in SI base units:",
               E.Formulas.front().Left + " = " + E.Detail);
    OS << "</details>\n";
  }

  void details(llvm::StringRef Title, const std::vector<PageEntry> &Entries) {
    std::vector<PageEvidence> Known;
    for (const PageEntry &E : Entries)
      Known.insert(Known.end(), E.Known.begin(), E.Known.end());
    OS << "<details><summary>" << escape(Title) << "</summary>\n";
    evidence(Known);
    OS << "</details>\n";
  }

  /// A sentence and some code, then how each part of an entry is known.
  void evidence(const std::vector<PageEvidence> &Known,
                llvm::StringRef Sentence = "", llvm::StringRef Code = "") {
    OS << "<div class=\"evidence\">\n";
    if (!Sentence.empty())
      OS << "<p>" << escape(Sentence) << "</p>\n";
    if (!Code.empty())
      OS << "<pre><code>" << escape(Code) << "</code></pre>\n";
    std::vector<SourcePlace> Shown;
    for (const PageEvidence &Part : Known) {
      const Evidence &E = Part.Known;
      OS << "<p><strong>" << escape(Part.Of) << "</strong> "
         << (E.S == Evidence::Status::Recovered ? "is in the code"
                                                : escape(statusWord(E.S)));
      if (!E.Because.empty())
        OS << ": " << escape(E.Because);
      if (!E.Alternatives.empty())
        OS << "; could as well be " << escape(llvm::join(E.Alternatives, ", "));
      OS << "</p>\n";
      if (E.Check)
        OS << "<p class=\"check\">" << escape(checkText(*E.Check)) << "</p>\n";
      // The unit of an equation mostly follows from the same lines.
      if (!llvm::all_of(E.Sources, [&Shown](const SourcePlace &Place) {
            return llvm::is_contained(Shown, Place);
          }))
        sources(E.Sources);
      Shown.insert(Shown.end(), E.Sources.begin(), E.Sources.end());
    }
    OS << "</div>\n";
  }

  /// The lines themselves, a block for each file.
  void sources(const std::vector<SourcePlace> &Places) {
    std::vector<std::string> Order;
    std::map<std::string, std::map<unsigned, unsigned>> Lines;
    size_t Count = 0;
    for (const SourcePlace &Place : Places) {
      if (!Place || Count == MostLines)
        continue;
      if (!Lines.count(Place.File))
        Order.push_back(Place.File);
      Count += Lines[Place.File].emplace(Place.Line, Place.Column).second;
    }
    for (const std::string &File : Order) {
      OS << "<figure><figcaption>" << escape(File) << "</figcaption>";
      lines(File, Lines[File]);
      OS << "</figure>\n";
    }
    if (Count == MostLines && Places.size() > Count)
      OS << "<p class=\"small\">and further places</p>\n";
  }

  void lines(const std::string &File,
             const std::map<unsigned, unsigned> &Columns) {
    auto It = Files.find(File);
    if (It == Files.end())
      return;
    auto Line = [&](unsigned Number) {
      return Number && Number <= It->second.size()
                 ? It->second[Number - 1].rtrim("\r")
                 : llvm::StringRef();
    };
    size_t Indent = llvm::StringRef::npos;
    for (auto [Number, Column] : Columns)
      Indent = std::min(Indent, Line(Number).find_first_not_of(" \t"));
    if (Indent == llvm::StringRef::npos)
      Indent = 0;
    // A word that the file lacks has no line.
    if (llvm::all_of(Columns, [&](const auto &Place) {
          return Line(Place.first).trim().empty();
        }))
      return;
    OS << "<pre><code>";
    bool IsFirst = true;
    for (auto [Number, Column] : Columns) {
      if (!IsFirst)
        OS << '\n';
      IsFirst = false;
      OS << "<span class=\"n\">" << Number << "</span>"
         << escape(window(Line(Number), Indent, Column));
    }
    OS << "</code></pre>";
  }

  /// What is near to the column, of a line that is too long to show.
  static std::string window(llvm::StringRef Line, size_t Indent,
                            unsigned Column) {
    if (Line.size() <= Indent + LongestLine)
      return Line.drop_front(Indent).str();
    size_t At = Column ? Column - 1 : 0;
    size_t From = At < Indent + LongestLine / 4 ? Indent : At - LongestLine / 4;
    std::string Text = From > Indent ? "\u2026 " : "";
    Text += Line.substr(From, LongestLine);
    if (From + LongestLine < Line.size())
      Text += " \u2026";
    return Text;
  }

  void foot(const std::vector<Diagnostic> &Diags) {
    OS << "<footer>\n";
    if (!Diags.empty()) {
      OS << "<h3>Messages</h3>\n<ul>\n";
      for (const Diagnostic &D : Diags) {
        OS << "<li>" << escape(name(D.severity())) << ": " << escape(D.Message)
           << " [" << escape(D.id()) << "]";
        if (D.Place)
          OS << " at " << code(text(D.Place));
        OS << "</li>\n";
      }
      OS << "</ul>\n";
    }
    OS << "<p>Written by brian2lift. A value without a mark is in the code, or "
          "follows from it; what is marked is assumed, could be read in "
          "another way, or is not known. Each value opens to its reasons.</p>\n"
          "</footer>\n";
  }
};

} // namespace

void writeHtml(llvm::raw_ostream &OS, const Model &M,
               const std::vector<Diagnostic> &Diags, const Project &Source) {
  Page P = makePage(M);
  Writer(OS, P, Source).write(Diags);
}

} // namespace brian2lift
