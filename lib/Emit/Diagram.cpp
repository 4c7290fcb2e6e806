//===- Emit/Diagram.cpp -------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emit/Diagram.h"
#include "Emit/Markup.h"
#include "Emit/Texts.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {

namespace {

constexpr unsigned HeaderHeight = 44, ClockHeight = 34, RowHeight = 30;
constexpr unsigned NarrowestColumn = 30;

/// About as wide as a letter of the diagram's font is.
constexpr unsigned LetterWidth = 7;

/// One group, or one operation of a group, in one run.
struct Bar {
  std::string Text;
  std::string Short; ///< where Text has no room
  bool IsOperation = false;
};

struct Row {
  std::string Label, Anchor;
  std::map<size_t, Bar> Bars; ///< by column
};

struct ClockRows {
  std::string Name;
  std::map<size_t, std::string> Dt; ///< by column
  std::vector<Row> Rows;
};

struct Column {
  unsigned First, Last; ///< runs, from 1
  std::string Duration; ///< of each
  std::string Contents; ///< all that is drawn
};

bool beginsLetter(char C) {
  return (static_cast<unsigned char>(C) & 0xC0) != 0x80;
}

unsigned widthOf(llvm::StringRef Text) {
  return LetterWidth *
         static_cast<unsigned>(llvm::count_if(Text, beginsLetter));
}

/// `Text` or as much of it as fits.
std::string fitted(llvm::StringRef Text, unsigned Width) {
  if (widthOf(Text) <= Width)
    return Text.str();
  std::string Part;
  unsigned Letters = 0;
  for (char C : Text) {
    Letters += beginsLetter(C);
    if ((Letters + 1) * LetterWidth > Width)
      break;
    Part += C;
  }
  return Part.empty() ? "" : Part + "\u2026";
}

/// `Text`, or nothing where not all of it fits.
std::string whole(llvm::StringRef Text, unsigned Width) {
  return widthOf(Text) <= Width ? Text.str() : "";
}

class Drawing {
public:
  Drawing(llvm::raw_ostream &OS, const Page &P, unsigned Width)
      : OS(OS), P(P), LabelWidth(Width < 600 ? 112 : 170) {
    for (auto [Index, Run] : llvm::enumerate(P.Of->Runs))
      add(Run, static_cast<unsigned>(Index) + 1);
    unsigned Count = std::max(1U, static_cast<unsigned>(Columns.size()));
    ColumnWidth = std::max(NarrowestColumn, (Width - LabelWidth) / Count);
    FullWidth = LabelWidth + ColumnWidth * Count;
    Height = HeaderHeight + 8;
    for (const ClockRows &C : Clocks)
      Height += ClockHeight + RowHeight * static_cast<unsigned>(C.Rows.size());
  }

  void write(llvm::StringRef Id) {
    OS << "<svg class=\"" << Id << "\" role=\"group\" aria-labelledby=\"" << Id
       << "-title " << Id << "-desc\" width=\"" << FullWidth << "\" height=\""
       << Height << "\" viewBox=\"0 0 " << FullWidth << ' ' << Height
       << "\">\n<title id=\"" << Id
       << "-title\">Groups, clocks and runs</title>\n<desc id=\"" << Id
       << "-desc\">" << escapeMarkup(description()) << "</desc>\n";
    header();
    unsigned Y = HeaderHeight;
    for (const ClockRows &C : Clocks)
      Y = clock(C, Y);
    OS << "</svg>\n";
  }

private:
  llvm::raw_ostream &OS;
  const Page &P;
  unsigned LabelWidth;
  unsigned ColumnWidth = 0, FullWidth = 0, Height = 0;
  std::vector<Column> Columns;
  std::vector<ClockRows> Clocks; ///< in order of first use

  /// What the run has, as text: equal for runs that look alike.
  static std::string contents(const ModelRun &Run) {
    std::string Text;
    llvm::raw_string_ostream Out(Text);
    for (const auto *List : {&Run.NeuronGroups, &Run.SpatialNeurons})
      for (const NeuronGroup &G : *List) {
        Out << G.Name << ' ' << barText(G) << ' ' << G.Clock.Name << ' '
            << durationText(G.Clock.Dt) << '\n';
        for (const ModelRunRegularly &R : G.RunRegularly)
          Out << R.Name << ' ' << R.Clock.Name << ' '
              << durationText(R.Clock.Dt) << '\n';
      }
    return Text;
  }

  static std::string sizeText(const NeuronGroup &G) {
    return G.N ? std::to_string(*G.N) : "?";
  }

  static std::string barText(const NeuronGroup &G) {
    std::string Text = "N = " + sizeText(G);
    std::string Method = methodText(G);
    return Method.empty() ? Text : Text + ", " + Method;
  }

  ClockRows &clockRows(llvm::StringRef Name) {
    for (ClockRows &C : Clocks)
      if (C.Name == Name)
        return C;
    Clocks.push_back({Name.str(), {}, {}});
    return Clocks.back();
  }

  void addBar(const ModelClock &Clock, llvm::StringRef Label,
              llvm::StringRef Anchor, Bar B) {
    size_t At = Columns.size() - 1;
    ClockRows &C = clockRows(Clock.Name);
    std::string Dt = readableQuantity(durationText(Clock.Dt));
    C.Dt[At] = Dt.empty() ? "?" : Dt;
    for (Row &R : C.Rows)
      if (R.Label == Label && !R.Bars.count(At)) {
        R.Bars[At] = std::move(B);
        return;
      }
    C.Rows.push_back({Label.str(), Anchor.str(), {{At, std::move(B)}}});
  }

  std::string anchorOf(const NeuronGroup &G) const {
    for (const auto &Group : P.Groups)
      if (Group->Group->Name == G.Name)
        return Group->Anchor;
    return "";
  }

  void add(const ModelRun &Run, unsigned Number) {
    std::string Duration = durationText(Run.Duration);
    std::string Contents = contents(Run);
    if (!Columns.empty() && Columns.back().Duration == Duration &&
        Columns.back().Contents == Contents) {
      Columns.back().Last = Number;
      return;
    }
    Columns.push_back({Number, Number, Duration, Contents});
    for (const auto *List : {&Run.NeuronGroups, &Run.SpatialNeurons})
      for (const NeuronGroup &G : *List)
        addBar(G.Clock, G.Name, anchorOf(G), {barText(G), sizeText(G), false});
    for (const auto *List : {&Run.NeuronGroups, &Run.SpatialNeurons})
      for (const NeuronGroup &G : *List)
        for (const ModelRunRegularly &R : G.RunRegularly)
          addBar(R.Clock, G.Name + ": code", anchorOf(G), {R.Name, "", true});
  }

  std::string description() const {
    std::string Text;
    for (size_t At = 0; At < Columns.size(); ++At) {
      const Column &C = Columns[At];
      Text += C.First == C.Last ? "Run " + std::to_string(C.First)
                                : "Runs " + std::to_string(C.First) + " to " +
                                      std::to_string(C.Last);
      Text += C.Duration.empty() ? ": duration not known"
                                 : ": " + readableQuantity(C.Duration);
      for (const ClockRows &Clock : Clocks)
        for (const Row &R : Clock.Rows)
          if (auto It = R.Bars.find(At); It != R.Bars.end())
            Text += "; " + R.Label + " (" + It->second.Text + ") on " +
                    Clock.Name + ", dt " + Clock.Dt.find(At)->second;
      Text += ". ";
    }
    return Text;
  }

  unsigned left(size_t At) const {
    return LabelWidth + ColumnWidth * static_cast<unsigned>(At);
  }

  void text(unsigned X, unsigned Y, llvm::StringRef Class,
            llvm::StringRef Text) {
    if (!Text.empty())
      OS << "<text class=\"" << Class << "\" x=\"" << X << "\" y=\"" << Y
         << "\">" << escapeMarkup(Text) << "</text>\n";
  }

  void header() {
    for (size_t At = 0; At < Columns.size(); ++At) {
      const Column &C = Columns[At];
      unsigned X = left(At), Room = ColumnWidth - 8;
      std::string Numbers = std::to_string(C.First);
      if (C.Last != C.First)
        Numbers += "\u2013" + std::to_string(C.Last);
      std::string Name = (C.First == C.Last ? "run " : "runs ") + Numbers;
      text(X + 4, 16, "run", whole(Name, Room).empty() ? Numbers : Name);
      std::string Duration =
          C.Duration.empty() ? "duration ?" : readableQuantity(C.Duration);
      std::string Each = (C.First != C.Last ? "each " : "") + Duration;
      if (whole(Each, Room).empty())
        Each = whole(Duration, Room);
      text(X + 4, 34, "faint", Each);
      OS << "<path class=\"line\" d=\"M" << X << " 4V" << Height - 6
         << "\"/>\n";
    }
  }

  unsigned clock(const ClockRows &C, unsigned Y) {
    text(0, Y + 22, "clock", fitted(C.Name, LabelWidth - 6));
    for (const auto &[At, Dt] : C.Dt) {
      unsigned X = left(At);
      std::string Shown = whole("dt " + Dt, ColumnWidth - 8);
      if (Shown.empty())
        Shown = whole(Dt, ColumnWidth - 8);
      text(X + 4, Y + 22, "faint", Shown);
      // The clock's ticks, behind its text.
      unsigned From = X + 10 + widthOf(Shown);
      OS << "<path class=\"ticks\" d=\"";
      for (unsigned T = From; T < X + ColumnWidth - 4; T += 8)
        OS << 'M' << T << ' ' << Y + 13 << "v10";
      OS << "\"/>\n";
    }
    Y += ClockHeight;
    for (const Row &R : C.Rows) {
      if (!R.Anchor.empty())
        OS << "<a href=\"#" << R.Anchor << "\">\n";
      text(10, Y + 18, "name", fitted(R.Label, LabelWidth - 14));
      for (const auto &[At, B] : R.Bars) {
        OS << "<rect class=\"" << (B.IsOperation ? "operation" : "bar")
           << "\" x=\"" << left(At) + 2 << "\" y=\"" << Y + 3 << "\" width=\""
           << ColumnWidth - 4 << "\" height=\"" << RowHeight - 7
           << "\" rx=\"3\"/>\n";
        std::string Shown = whole(B.Text, ColumnWidth - 14);
        if (Shown.empty())
          Shown = whole(B.Short, ColumnWidth - 14);
        text(left(At) + 10, Y + 18, "in", Shown);
      }
      if (!R.Anchor.empty())
        OS << "</a>\n";
      Y += RowHeight;
    }
    return Y;
  }
};

} // namespace

void writeDiagram(llvm::raw_ostream &OS, const Page &P, unsigned Width,
                  llvm::StringRef Id) {
  Drawing(OS, P, Width).write(Id);
}

} // namespace brian2lift
