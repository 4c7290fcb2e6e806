//===- Emit/Page.cpp ----------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emit/Page.h"
#include "Emit/Texts.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <charconv>
#include <set>

namespace brian2lift {

namespace {

/// What an entry is called in a list of doubts.
std::string subjectOf(const PageEntry &Entry, llvm::StringRef Of) {
  if (Entry.Formulas.empty() || !Entry.Name.empty())
    return Entry.Name == Of || Entry.Name.empty()
               ? Of.str()
               : Entry.Name + (llvm::StringRef(Entry.Name).ends_with(Of)
                                   ? ""
                                   : " (" + Of.str() + ")");
  return (Of + " of " + Entry.Formulas.front().Left).str();
}

void addDoubt(std::vector<PageDoubt> &List, const PageGroup *G,
              std::string What, const Evidence &Known) {
  std::string Name = G ? G->Group->Name : "", Anchor = G ? G->Anchor : "";
  for (PageDoubt &D : List)
    if (D.Anchor == Anchor && D.Known.Because == Known.Because &&
        D.Known.S == Known.S) {
      if (!llvm::is_contained(D.What, What))
        D.What.push_back(std::move(What));
      return;
    }
  List.push_back({Name, Anchor, {std::move(What)}, Known});
}

void addDoubts(Page &P, const PageGroup *G,
               const std::vector<PageEntry> &Entries) {
  for (const PageEntry &Entry : Entries)
    for (const PageEvidence &E : Entry.Known) {
      using Status = Evidence::Status;
      if (E.Known.S == Status::Unrecoverable)
        addDoubt(P.Lost, G, subjectOf(Entry, E.Of), E.Known);
      else if (E.Known.S == Status::Assumed || E.Known.S == Status::Ambiguous)
        addDoubt(P.Assumed, G, subjectOf(Entry, E.Of), E.Known);
    }
}

/// What an entry is about, whatever it says.
std::string topicOf(const PageEntry &E) {
  return E.Name.empty() ? E.Formulas.front().Left : E.Name;
}

/// What a form of a group lacks that its base has.
std::vector<std::string> absentFrom(const std::vector<PageSection> &Sections,
                                    const std::vector<PageSection> &Base) {
  std::set<std::string> Topics;
  for (const PageSection &S : Sections)
    for (const PageEntry &E : S.Entries)
      Topics.insert(topicOf(E));
  std::vector<std::string> Absent;
  for (const PageSection &S : Base)
    for (const PageEntry &E : S.Entries)
      if (!Topics.count(topicOf(E)))
        Absent.push_back(topicOf(E));
  return Absent;
}

/// Only what a form of a group has otherwise than its base.
void keepDifferences(std::vector<PageSection> &Sections,
                     const std::vector<PageSection> &Base) {
  for (PageSection &S : Sections)
    llvm::erase_if(S.Entries, [&](const PageEntry &Entry) {
      return llvm::any_of(Base, [&](const PageSection &B) {
        return B.Title == S.Title && llvm::is_contained(B.Entries, Entry);
      });
    });
  llvm::erase_if(Sections,
                 [](const PageSection &S) { return S.Entries.empty(); });
}

std::string anchorFor(llvm::StringRef Name, std::set<std::string> &Taken) {
  std::string Anchor = "group-";
  for (char C : Name)
    Anchor += llvm::isAlnum(C) || C == '_' ? C : '-';
  std::string Unique = Anchor;
  for (unsigned I = 2; !Taken.insert(Unique).second; ++I)
    Unique = Anchor + "-" + std::to_string(I);
  return Unique;
}

void addGroups(Page &P, const Model &M) {
  // A form of a group, before what it shares with its base is left out.
  std::vector<std::vector<PageSection>> Whole;
  std::set<std::string> Anchors;
  for (auto [Index, Run] : llvm::enumerate(M.Runs))
    for (const auto *List : {&Run.NeuronGroups, &Run.SpatialNeurons})
      for (const NeuronGroup &G : *List) {
        std::vector<PageSection> Sections = makeSections(G);
        const PageGroup *Base = nullptr;
        bool IsKnown = false;
        for (size_t I = 0; I < P.Groups.size() && !IsKnown; ++I) {
          PageGroup &Other = *P.Groups[I];
          if (Other.Group->Name != G.Name ||
              Other.Group->Spatial.has_value() != G.Spatial.has_value())
            continue;
          if (!Base)
            Base = &Other;
          IsKnown = Whole[I] == Sections;
          if (IsKnown)
            Other.Runs.push_back(static_cast<unsigned>(Index) + 1);
        }
        if (IsKnown)
          continue;
        auto New = std::make_unique<PageGroup>();
        New->Group = &G;
        New->Anchor = anchorFor(G.Name, Anchors);
        New->Runs.push_back(static_cast<unsigned>(Index) + 1);
        New->Base = Base;
        New->Code = brianScript(G);
        New->Sections = Sections;
        if (Base)
          for (size_t I = 0; I < P.Groups.size(); ++I)
            if (P.Groups[I].get() == Base) {
              New->Absent = absentFrom(Sections, Whole[I]);
              keepDifferences(New->Sections, Whole[I]);
            }
        Whole.push_back(std::move(Sections));
        P.Groups.push_back(std::move(New));
      }
}

/// The step is the code's own, not a library's, and some method gives it.
bool isIntegratedAgain(const ModelEquation &E) {
  return E.Known.Check && !E.Known.Check->Methods.empty() &&
         E.Known.Check->Methods.front() < Method::GslRk2;
}

std::string summary(const Page &P, const Model &M) {
  size_t All = 0, Confirmed = 0, Integrated = 0;
  for (const auto &G : P.Groups)
    for (const ModelEquation &E : G->Group->Equations)
      if (!G->Base && E.K == ModelEquation::Kind::Differential) {
        ++All;
        Confirmed += bool(E.Value);
        Integrated += E.Value && isIntegratedAgain(E);
      }
  std::string Text = "Read back from the C++ that Brian2's device ";
  Text += name(M.Device);
  Text += " wrote, in ";
  Text += M.IsSinglePrecision ? "single" : "double";
  Text += " precision. ";
  if (Confirmed < All)
    Text += "Of " + std::to_string(All) + " differential equations, " +
            std::to_string(Confirmed) + (Confirmed == 1 ? " was" : " were") +
            " recovered. ";
  if (Integrated == 1 && Confirmed == 1)
    Text += "Integrated again, its differential equation gives the code's own "
            "step.";
  else if (Integrated && Integrated == Confirmed)
    Text += "Integrated again, its " + std::to_string(Confirmed) +
            " differential equations give the code's own steps.";
  else if (Confirmed)
    Text += "Its differential equations were compared with the code; each says "
            "how.";
  return Text;
}

} // namespace

Page makePage(const Model &M) {
  Page P;
  P.Of = &M;
  PageEntry Device;
  Device.Name = "device";
  Device.Value = name(M.Device).str();
  P.Origin.push_back(std::move(Device));
  for (const VersionRange &R : M.Versions) {
    auto [Text, Known] = versionText(R);
    P.Origin.push_back(makeFact(name(R.P), Text, Known));
  }
  if (M.OpenMpThreads) {
    PageEntry Threads;
    Threads.Name = "OpenMP threads";
    Threads.Value = std::to_string(M.OpenMpThreads);
    P.Origin.push_back(std::move(Threads));
  }
  for (auto [Index, Run] : llvm::enumerate(M.Runs)) {
    PageEntry E =
        makeFact("duration", durationText(Run.Duration), Run.DurationKnown);
    E.Name = "run " + std::to_string(Index + 1);
    E.Detail = Run.Network;
    P.Runs.push_back(std::move(E));
  }
  addGroups(P, M);
  addDoubts(P, nullptr, P.Origin);
  addDoubts(P, nullptr, P.Runs);
  for (const auto &G : P.Groups)
    for (const PageSection &S : G->Sections)
      addDoubts(P, G.get(), S.Entries);
  std::vector<std::string> Names;
  for (const auto &G : P.Groups)
    if (!G->Base)
      Names.push_back(G->Group->Name);
  constexpr size_t MostNames = 3;
  for (size_t I = 0; I < std::min(Names.size(), MostNames); ++I)
    P.Title += (I ? ", " : "") + Names[I];
  if (Names.size() > MostNames)
    P.Title += " and " + std::to_string(Names.size() - MostNames) + " more";
  if (Names.empty())
    P.Title = "no groups";
  P.Summary = summary(P, M);
  return P;
}

std::string formulasText(const PageEntry &E, llvm::StringRef Separator) {
  std::string Text;
  for (const PageFormula &F : E.Formulas) {
    if (!Text.empty())
      Text += Separator;
    Text += F.Text;
  }
  return Text;
}

std::string runsText(const std::vector<unsigned> &Runs) {
  std::string Text;
  for (size_t I = 0; I < Runs.size();) {
    size_t End = I + 1;
    while (End < Runs.size() && Runs[End] == Runs[End - 1] + 1)
      ++End;
    if (!Text.empty())
      Text += ", ";
    Text += std::to_string(Runs[I]);
    if (End - I > 1)
      Text += (End - I > 2 ? " to " : ", ") + std::to_string(Runs[End - 1]);
    I = End;
  }
  return Text;
}

std::string subjects(const std::vector<std::string> &What) {
  // By what they have in common, in order of first mention.
  std::vector<std::pair<std::string, std::vector<llvm::StringRef>>> Kinds;
  for (llvm::StringRef Each : What) {
    auto [Kind, Name] = Each.split(" of ");
    auto It = llvm::find_if(Kinds, [Kind = Kind, Name = Name](const auto &K) {
      return K.first == Kind && K.second.front().empty() == Name.empty();
    });
    if (It == Kinds.end())
      Kinds.push_back({Kind.str(), {Name}});
    else
      It->second.push_back(Name);
  }
  std::string Text;
  for (const auto &[Kind, Names] : Kinds) {
    Text += (Text.empty() ? "" : ", ") + Kind;
    if (Names.front().empty())
      continue;
    Text += Names.size() > 1 && !llvm::StringRef(Kind).ends_with("s") ? "s of "
                                                                      : " of ";
    for (auto [I, Name] : llvm::enumerate(Names))
      Text += (I == 0                  ? ""
               : I + 1 == Names.size() ? " and "
                                       : ", ") +
              Name.str();
  }
  return Text;
}

/// `2.1e-35`: two digits are enough to judge it by.
static std::string roughly(double Value) {
  char Buffer[32];
  std::to_chars_result R =
      std::to_chars(Buffer, std::end(Buffer), Value,
                    std::chars_format::scientific, /*precision=*/1);
  return Value == 0 ? "0" : std::string(Buffer, R.ptr);
}

std::string checkText(const EquationCheck &C) {
  std::string Points = " at " + std::to_string(C.Points) + " points";
  if (C.IsCustomMethod)
    return "The code's step is that of a consistent method of the author's "
           "own for this equation, compared" +
           Points + ".";
  std::string Error = roughly(C.MaxRelativeError);
  if (C.IsLinearisation)
    return "The code's slope of this current over v is its derivative, "
           "compared" +
           Points + "; largest relative deviation " + Error + ".";
  if (!C.Methods.empty() && C.Methods.front() >= Method::GslRk2)
    return "The right-hand side that the code hands to the GSL is this one, "
           "compared" +
           Points + "; largest relative deviation " + Error + ".";
  auto Names = llvm::map_range(C.Methods, [](Method M) { return name(M); });
  return "Integrated again with " +
         llvm::join(Names.begin(), Names.end(), ", ") +
         " it gives the code's own step, compared" + Points +
         "; largest relative deviation " + Error + ".";
}

llvm::StringRef className(const NeuronGroup &G) {
  return G.Spatial ? "SpatialNeuron" : "NeuronGroup";
}

} // namespace brian2lift
