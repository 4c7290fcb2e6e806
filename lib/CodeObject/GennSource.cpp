//===- CodeObject/GennSource.cpp -----------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/GennLowering.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace brian2lift {

using llvm::StringRef;
using namespace genn;

namespace {

bool isIdentifierPart(char C) { return llvm::isAlnum(C) || C == '_'; }

/// GeNN's `$(v)`, `$(f, x)` and `DT` as C++ of the same length.
std::string inPlainCpp(StringRef Line) {
  std::string Text;
  while (!Line.empty()) {
    if (Line.consume_front("$(")) {
      StringRef Name = Line.take_while(isIdentifierPart);
      Line = Line.drop_front(Name.size());
      Text += "  " + Name.str();
      if (Line.consume_front(")"))
        Text += ' ';
      else if (Line.consume_front(","))
        Text += '(';
    } else if (isIdentifierPart(Line.front())) {
      StringRef Word = Line.take_while(isIdentifierPart);
      Text += Word == "DT" ? "dt" : Word;
      Line = Line.drop_front(Word.size());
    } else {
      Text += Line.front();
      Line = Line.drop_front();
    }
  }
  return Text;
}

class SourceWriter {
public:
  explicit SourceWriter(const GennPopulation &P) : P(P), OS(Text) {}

  std::string run() {
    // What GeNN defines around its own code; on the GPU these would be
    // attributes.
    OS << "#define CPU_ONLY\n#define SUPPORT_CODE_FUNC inline\n"
          "#include \"objects.h\"\nextern unsigned long long iT;\nnamespace "
          "{\n";
    code(P.Support);
    OS << "}\n";
    if (!P.Subexpressions.empty())
      function(Subexpressions, P.Subexpressions.front().Place,
               [&] { loop([&] { code(P.Subexpressions); }); });
    if (!P.RunRegularly.empty())
      function(RunRegularly, P.RunRegularly.front().Place,
               [&] { loop([&] { code(P.RunRegularly); }); });
    if (!P.StateUpdate.empty())
      function(StateUpdater, P.StateUpdate.front().Place,
               [&] { loop([&] { code(P.StateUpdate); }); });
    if (P.HasThreshold) {
      if (!P.LacksStateUpdate)
        thresholder(P.StateUpdate);
      if (!P.Reset.empty())
        resetter();
    }
    return std::move(OS.str());
  }

private:
  const GennPopulation &P;
  std::string Text;
  llvm::raw_string_ostream OS;

  /// What is written next stands at `Place`.
  void at(const SourcePlace &Place) {
    OS << "#line " << Place.Line << " \"" << Place.File << "\"\n";
    OS.indent(Place.Column > 0 ? Place.Column - 1 : 0);
  }

  void code(const GennCode &Code) {
    for (const GennLine &Line : Code) {
      at(Line.Place);
      OS << inPlainCpp(Line.Text) << '\n';
    }
  }

  void function(StringRef CodeObject, const SourcePlace &Place,
                llvm::function_ref<void()> Body) {
    OS << "void\n"; // the place of a function is that of its name
    at(Place);
    OS << functionName(P, CodeObject) << "() { using namespace brian;\n";
    for (const GennParameter &K : P.Parameters) {
      at(K.Place);
      OS << "const double " << K.Name << " = " << K.Value << ";\n";
    }
    if (!hasParameter("N")) {
      at(P.Place);
      OS << "const int64_t N = " << P.Size << ";\n";
    }
    OS << "const double dt = _array_defaultclock_dt[0];\n"
          "const double t = _array_defaultclock_t[0];\n";
    for (const GennVariable &V : P.Variables)
      if (V.IsShared) {
        at(V.Place);
        OS << V.Type << ' ' << V.Name << " = " << arrayOf(P, V.Name)
           << "[0];\n";
      }
    Body();
    OS << "}\n";
  }

  bool hasParameter(StringRef Name) const {
    return llvm::any_of(P.Parameters,
                        [&](const GennParameter &K) { return K.Name == Name; });
  }

  void locals() {
    OS << "unsigned long " << Seed << ";\n";
    for (const GennVariable &V : P.Variables)
      if (!V.IsShared && V.Name != Seed) {
        at(V.Place);
        OS << V.Type << ' ' << V.Name << " = " << arrayOf(P, V.Name)
           << "[_idx];\n";
      }
  }

  void loop(llvm::function_ref<void()> Body) {
    OS << "for (int _idx = 0; _idx < " << P.Size << "; _idx++) {\n";
    locals();
    Body();
    OS << "}\n";
  }

  void thresholder(const GennCode &StateUpdate) {
    function(Thresholder, P.ThresholdCondition.front().Place, [&] {
      OS << "long _count = 0;\n";
      loop([&] {
        code(StateUpdate);
        // `_cond` of the simulation code, a condition, or, of a PoissonGroup, a
        // declaration that GeNN takes as one.
        StringRef Condition =
            StringRef(P.ThresholdCondition.front().Text).trim();
        if (Condition != "_cond") {
          if (!Condition.starts_with("char _cond"))
            OS << "const bool _cond =\n";
          code(P.ThresholdCondition);
          OS << ";\n";
        }
        OS << "if (_cond) { " << arrayOf(P, "_spikespace")
           << "[_count++] = _idx; }\n";
      });
      OS << arrayOf(P, "_spikespace") << '[' << P.Size << "] = _count;\n";
    });
  }

  void resetter() {
    function(Resetter, P.Reset.front().Place, [&] {
      std::string Space = arrayOf(P, "_spikespace");
      OS << "const int32_t *_events = " << Space
         << ";\nconst int32_t _num_events = " << Space << '[' << P.Size
         << "];\nfor (int32_t _index_events = 0; _index_events < _num_events; "
            "_index_events++) {\nconst int _idx = _events[_index_events];\n";
      locals();
      code(P.Reset);
      OS << "}\n";
    });
  }
};

} // namespace

std::vector<SourceFile>
sourcesOfPopulations(llvm::ArrayRef<GennPopulation> Populations) {
  std::vector<SourceFile> Files;
  for (const GennPopulation &P : Populations)
    Files.push_back(
        {(PopulationFolder + P.Name + ".cpp").str(), SourceWriter(P).run()});
  return Files;
}

SourcePlace placeInModel(const SourceFile &Source, const SourcePlace &Place) {
  SourcePlace Result = Place;
  StringRef Rest = Source.Text;
  unsigned Line = 1;
  for (; Line < Place.Line && !Rest.empty(); ++Line) {
    StringRef Text;
    std::tie(Text, Rest) = Rest.split('\n');
    unsigned Number = 0;
    if (Text.consume_front("#line ") && !Text.consumeInteger(10, Number))
      Result = {Text.trim(" \"").str(), Number, Place.Column};
    else
      ++Result.Line;
  }
  return Result;
}

SourceFile declarationsOfGenn(const SourceFile &Model) {
  StringRef Stem = Model.Path;
  Stem.consume_back(".cpp");
  return {(Stem + "_CODE/definitions.h").str(),
          "#pragma once\n#include <modelSpec.h>\n#include \"objects.h\"\n"
          "namespace b2g { extern int FULL_MONTY; }\nextern const double DT;\n"
          "extern double t;\nextern unsigned long long iT;\n"};
}

} // namespace brian2lift
