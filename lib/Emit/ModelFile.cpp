//===- Emit/ModelFile.cpp -----------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emit/ModelFile.h"
#include "Emit/Json.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>
#include <cstdlib>

namespace brian2lift {
namespace {

constexpr long NewestVersion = 1;

/// Where and why a text is no JSON. (Without exceptions this is the way to
/// ask.)
class ErrorPlace : public nlohmann::json_sax<Json> {
public:
  size_t Position = 0;
  std::string Why;

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t &) override { return true; }
  bool string(string_t &) override { return true; }
  bool binary(binary_t &) override { return true; }
  bool start_object(size_t) override { return true; }
  bool key(string_t &) override { return true; }
  bool end_object() override { return true; }
  bool start_array(size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(size_t At, const std::string &,
                   const nlohmann::json::exception &E) override {
    Position = At;
    // `[json.exception.parse_error.101] parse error at line 1, column 2: why`
    llvm::StringRef Text = E.what();
    auto [Place, Rest] = Text.split(": ");
    Why = (Rest.empty() ? Text : Rest).str();
    return false;
  }
};

/// A value and its JSON pointer.
struct Node {
  const Json *J;
  std::string Path;

  explicit operator bool() const { return J != nullptr; }
};

class Reader {
public:
  Reader(const Json &Root, llvm::StringRef File, Diagnostics &Diags)
      : Root(Root), File(File), Diags(Diags) {}

  std::optional<ModelFacts> read() {
    if (!Root.is_object() || !Root.contains("format") ||
        Root["format"] != "brian2lift") {
      fail("it is no output of brian2lift ('format' is not \"brian2lift\")");
      return std::nullopt;
    }
    Node Top{&Root, ""};
    keys(Top, {"format", "version", "generator", "runs", "evidence",
               "diagnostics", "project"});
    Node Version = member(Top, "version");
    if (!Version || !Version.J->is_number_integer()) {
      fail("'/version' is no integer");
      return std::nullopt;
    }
    if (Version.J->get<long>() > NewestVersion) {
      fail("its format is of version " +
           std::to_string(Version.J->get<long>()) +
           ", newer than this brian2lift reads (" +
           std::to_string(NewestVersion) + ")");
      return std::nullopt;
    }
    if (Node E = object(member(Top, "evidence")))
      Evidence = E.J;
    ModelFacts M;
    for (const Node &Run : elements(required(Top, "runs")))
      M.Runs.push_back(run(Run));
    if (HasFailed)
      return std::nullopt;
    return M;
  }

private:
  void fail(llvm::StringRef Why) {
    // What follows from the first error is not worth saying.
    if (!HasFailed)
      Diags.report(DiagId::ModelFileUnreadable, {File.str(), 0, 0})
          << File << Why;
    HasFailed = true;
  }

  void keys(const Node &N, std::initializer_list<llvm::StringRef> Known) {
    for (auto I = N.J->begin(); I != N.J->end(); ++I)
      if (!llvm::is_contained(Known, llvm::StringRef(I.key())))
        Diags.report(DiagId::ModelKeyUnknown, {File.str(), 0, 0})
            << I.key() << (N.Path.empty() ? "/" : N.Path);
  }

  /// A member of an object; none when it is not there.
  static Node member(const Node &N, const std::string &Key) {
    if (!N || !N.J->is_object() || !N.J->contains(Key))
      return {nullptr, ""};
    return {&(*N.J)[Key], N.Path + "/" + escape(Key)};
  }

  Node required(const Node &N, const std::string &Key) {
    Node M = member(N, Key);
    if (!M)
      fail(("'" + llvm::Twine(N.Path.empty() ? "/" : N.Path) + "' has no '" +
            Key + "'")
               .str());
    return M;
  }

  static std::string escape(llvm::StringRef Key) {
    std::string Text;
    for (char C : Key)
      Text += C == '~' ? "~0" : C == '/' ? "~1" : std::string(1, C);
    return Text;
  }

  void wrongType(const Node &N, llvm::StringRef Wanted) {
    fail(("'" + llvm::Twine(N.Path) + "' is no " + Wanted).str());
  }

  Node object(Node N) {
    if (N && !N.J->is_object()) {
      wrongType(N, "object");
      return {nullptr, ""};
    }
    return N;
  }

  std::vector<Node> elements(const Node &N) {
    std::vector<Node> List;
    if (!N)
      return List;
    if (!N.J->is_array()) {
      wrongType(N, "list");
      return List;
    }
    for (const Json &Element : *N.J)
      List.push_back({&Element, N.Path + "/" + std::to_string(List.size())});
    return List;
  }

  /// Name and value of each member.
  std::vector<std::pair<std::string, Node>> members(const Node &N) {
    std::vector<std::pair<std::string, Node>> List;
    if (Node Object = object(N))
      for (auto I = Object.J->begin(); I != Object.J->end(); ++I)
        List.push_back({I.key(), member(Object, I.key())});
    return List;
  }

  /// A string, or empty for null and for nothing.
  std::string text(const Node &N) {
    if (!N || N.J->is_null())
      return "";
    if (!N.J->is_string()) {
      wrongType(N, "text");
      return "";
    }
    return N.J->get<std::string>();
  }

  /// A string, number or null, with its evidence (that of `KnownAs`, where the
  /// value's own pointer is not the one).
  Fact fact(const Node &N, llvm::StringRef KnownAs = "") {
    Fact F;
    if (N) {
      F.IsThere = true;
      if (N.J->is_string()) {
        F.Text = N.J->get<std::string>();
      } else if (N.J->is_number()) {
        F.Value = N.J->get<double>();
        F.Text = N.J->dump();
      } else if (!N.J->is_null()) {
        wrongType(N, "text, number or null");
      }
    }
    evidence(F, KnownAs.empty() ? N.Path : KnownAs.str());
    return F;
  }

  /// A number of SI units with the text of the quantity.
  Fact quantity(const Node &Text, const Node &Value, llvm::StringRef KnownAs) {
    Fact F = fact(Value, KnownAs);
    if (!F.isKnown())
      return F;
    // Infinity is written as text.
    if (!F.Value) {
      char *End = nullptr;
      double Number = std::strtod(F.Text->c_str(), &End);
      if (*End || F.Text->empty())
        wrongType(Value, "number");
      else
        F.Value = Number;
    }
    if (std::string Shown = text(Text); !Shown.empty())
      F.Text = Shown;
    return F;
  }

  /// A time that is written as text alone.
  Fact time(const Node &N, llvm::StringRef KnownAs) {
    Fact F = fact(N, KnownAs);
    if (!F.isKnown())
      return F;
    if (std::optional<Rational> Seconds = readTime(*F.Text))
      F.Value = Seconds->toDouble();
    else
      wrongType(N, "time");
    return F;
  }

  void evidence(Fact &F, const std::string &Path) {
    if (!Evidence || !Evidence->contains(Path))
      return;
    Node E = object({&(*Evidence)[Path], "/evidence/" + escape(Path)});
    if (!E)
      return;
    F.Status = text(member(E, "status"));
    F.Because = text(member(E, "because"));
    for (const Node &A : elements(member(E, "alternatives")))
      F.Alternatives.push_back(text(A));
    std::vector<Node> Sources = elements(member(E, "sources"));
    if (!Sources.empty())
      F.Place = place(text(Sources.front()));
  }

  /// `file:line:column`, or a file alone.
  static SourcePlace place(llvm::StringRef Text) {
    SourcePlace P;
    auto [Front, Column] = Text.rsplit(':');
    auto [Name, Line] = Front.rsplit(':');
    if (!Column.getAsInteger(10, P.Column) && !Line.getAsInteger(10, P.Line))
      P.File = Name.str();
    else
      P = {Text.str(), 0, 0};
    return P;
  }

  RunFacts run(const Node &N) {
    RunFacts R;
    if (!object(N))
      return R;
    keys(N, {"duration", "duration_si", "components"});
    R.Duration = quantity(member(N, "duration"), required(N, "duration_si"),
                          N.Path + "/duration");
    Node Components = required(N, "components");
    if (object(Components))
      keys(Components, {"neurongroup", "spatialneuron"});
    for (const char *Class : {"neurongroup", "spatialneuron"})
      for (const Node &G : elements(member(Components, Class)))
        if (object(G))
          R.Groups.push_back(group(G, Class));
    return R;
  }

  GroupFacts group(const Node &N, llvm::StringRef Class) {
    GroupFacts G;
    G.Class = Class.str();
    if (Class == "neurongroup")
      keys(N, {"name", "N", "method", "equations", "identifiers", "events",
               "clock", "run_regularly"});
    else
      keys(N, {"name", "N", "method", "equations", "identifiers", "events",
               "clock", "run_regularly", "Cm", "Ri", "threshold_location",
               "morphology"});
    G.Name = text(required(N, "name"));
    G.N = fact(required(N, "N"));
    G.Method = method(N);
    for (const auto &[Name, E] : members(required(N, "equations")))
      G.Equations.push_back(equation(Name, E));
    Node Identifiers = required(N, "identifiers");
    for (const auto &[Name, I] : members(Identifiers))
      G.Identifiers.push_back({Name, identifier(I)});
    if (Identifiers) {
      Fact Known;
      evidence(Known, Identifiers.Path);
      G.HasIdentifiers = Known.Status != "unrecoverable";
    }
    for (const auto &[Name, E] : members(member(N, "events")))
      G.Events.push_back(event(Name, E));
    Node Clock = required(N, "clock");
    if (object(Clock))
      keys(Clock, {"dt", "name"});
    G.Dt = time(required(Clock, "dt"), Clock.Path);
    for (const Node &R : elements(member(N, "run_regularly")))
      G.RunRegularly.push_back(regular(R));
    if (Class == "spatialneuron")
      compartments(N, G);
    return G;
  }

  /// Null without evidence that it was lost means that there is none.
  Fact method(const Node &N) {
    Fact F = fact(required(N, "method"));
    if (!F.isKnown() && F.Status != "unrecoverable")
      F.Text = "none";
    return F;
  }

  EquationFacts equation(const std::string &Name, const Node &N) {
    EquationFacts E;
    E.Name = Name;
    if (!object(N))
      return E;
    keys(N, {"expr", "unit", "type", "dtype", "flags"});
    E.Type = text(required(N, "type"));
    E.Dtype = text(required(N, "dtype"));
    Node Right = member(N, "expr");
    E.Right = fact(Right, Right ? Right.Path : N.Path);
    E.Unit = fact(required(N, "unit"));
    for (const Node &Flag : elements(member(N, "flags")))
      E.Flags.insert(text(Flag));
    return E;
  }

  Fact identifier(const Node &N) {
    if (!object(N))
      return {};
    keys(N, {"value", "unit", "value_si"});
    return quantity(member(N, "value"), required(N, "value_si"), N.Path);
  }

  EventFacts event(const std::string &Name, const Node &N) {
    EventFacts E;
    E.Name = Name;
    if (!object(N))
      return E;
    keys(N, {"threshold", "reset", "refractory"});
    E.Threshold = fact(required(N, "threshold"));
    E.Reset = fact(member(N, "reset"));
    E.Refractory = fact(member(N, "refractory"));
    return E;
  }

  RegularFacts regular(const Node &N) {
    RegularFacts R;
    if (!object(N))
      return R;
    keys(N, {"name", "code", "dt", "subgroup"});
    R.Name = text(required(N, "name"));
    R.Subgroup = text(member(N, "subgroup"));
    R.Code = fact(required(N, "code"), N.Path);
    R.Dt = time(required(N, "dt"), N.Path);
    return R;
  }

  void compartments(const Node &N, GroupFacts &G) {
    auto Add = [&](const std::string &Name, const Node &Value) {
      if (!object(Value))
        return;
      keys(Value, {"value", "unit", "value_si", "size", "static_array"});
      Fact F = quantity(member(Value, "value"), required(Value, "value_si"),
                        Value.Path);
      // The values are not in the C++ then, on no side.
      if (F.isKnown() || F.Status != "unrecoverable")
        G.Others.push_back({Name, F});
      G.Others.push_back({Name + ".size", fact(required(Value, "size"))});
    };
    Add("Cm", required(N, "Cm"));
    Add("Ri", required(N, "Ri"));
    if (Node Location = member(N, "threshold_location"))
      G.Others.push_back({"threshold_location", fact(Location)});
    for (const auto &[Name, Value] : members(required(N, "morphology"))) {
      if (Name == "sections")
        G.Others.push_back({"morphology.sections", fact(Value)});
      else
        Add("morphology." + Name, Value);
    }
  }

  const Json &Root;
  llvm::StringRef File;
  Diagnostics &Diags;
  const Json *Evidence = nullptr;
  bool HasFailed = false;
};

/// Line and column of a byte, both from 1.
SourcePlace placeOf(llvm::StringRef Text, size_t Byte, llvm::StringRef File) {
  llvm::StringRef Before = Text.take_front(Byte ? Byte - 1 : 0);
  SourcePlace P{File.str(), 1, 1};
  P.Line += Before.count('\n');
  P.Column += Before.size() - (Before.rfind('\n') + 1);
  return P;
}

} // namespace

std::optional<ModelFacts>
readModelFile(llvm::StringRef Text, llvm::StringRef File, Diagnostics &Diags) {
  Json Root = Json::parse(Text.begin(), Text.end(), nullptr,
                          /*allow_exceptions=*/false);
  if (Root.is_discarded()) {
    ErrorPlace Error;
    Json::sax_parse(Text.begin(), Text.end(), &Error);
    Diags.report(DiagId::ModelFileUnreadable,
                 placeOf(Text, Error.Position, File))
        << File << Error.Why;
    return std::nullopt;
  }
  return Reader(Root, File, Diags).read();
}

} // namespace brian2lift
