//===- Emit/Texts.cpp ---------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emit/Texts.h"
#include "llvm/ADT/StringExtras.h"

namespace brian2lift {

llvm::StringRef text(Evidence::Status S) {
  switch (S) {
  case Evidence::Status::Recovered:
    return "recovered";
  case Evidence::Status::Inferred:
    return "inferred";
  case Evidence::Status::Assumed:
    return "assumed";
  case Evidence::Status::Ambiguous:
    return "ambiguous";
  case Evidence::Status::Unrecoverable:
    return "unrecoverable";
  }
  return "";
}

llvm::StringRef text(ModelEquation::Kind K) {
  switch (K) {
  case ModelEquation::Kind::Differential:
    return "differential equation";
  case ModelEquation::Kind::Subexpression:
    return "subexpression";
  case ModelEquation::Kind::Parameter:
    return "parameter";
  case ModelEquation::Kind::Unknown:
    return "";
  }
  return "";
}

llvm::StringRef text(ScalarType T) {
  switch (T) {
  case ScalarType::Boolean:
    return "boolean";
  case ScalarType::Integer:
    return "integer";
  case ScalarType::Float32:
  case ScalarType::Float64:
    return "float";
  case ScalarType::Unknown:
    return "";
  }
  return "";
}

std::string text(const SourcePlace &P) {
  std::string S;
  llvm::raw_string_ostream OS(S);
  OS << P;
  return S;
}

std::pair<std::string, Evidence> versionText(const VersionRange &R) {
  std::string Text;
  Evidence E;
  E.S = Evidence::Status::Inferred;
  auto Add = [&](const std::optional<VersionBound> &Bound,
                 llvm::StringRef Operator, llvm::StringRef Words) {
    if (!Bound)
      return;
    if (!Text.empty()) {
      Text += ",";
      E.Because += "; ";
    }
    Text += (Operator + Bound->Version).str();
    E.Because += (llvm::Twine(Bound->IsAbsent ? "no '" : "'") + Bound->Word +
                  "': " + Words + " " + Bound->Version)
                     .str();
    E.Sources.push_back(Bound->Place);
  };
  Add(R.Since, ">=", "at least");
  Add(R.Until, "<", "before");
  if (Text.empty()) {
    E.S = Evidence::Status::Unrecoverable;
    E.Because = "no pattern of the code is known to differ between versions";
  } else if (!R.isConsistent()) {
    E.S = Evidence::Status::Ambiguous;
    E.Because += "; parts of the project are of different versions";
    Text.clear();
  }
  return {Text, E};
}

std::optional<BrianUnit> unitOf(const ModelIdentifier &I) {
  double Value = valueOf(I);
  auto Unit = brianUnit(I.Constant.Name, Value);
  return Unit ? Unit : physicalConstant(I.Constant.Name, Value);
}

double valueOf(const ModelIdentifier &I) {
  return I.Constant.Special ? *I.Constant.Special : I.Constant.Value.toDouble();
}

bool isInteger(const ModelIdentifier &I) {
  return I.Constant.Type == ScalarType::Integer ||
         I.Constant.Type == ScalarType::Boolean;
}

std::string valueText(const ModelIdentifier &I) {
  double Value = valueOf(I);
  if (auto Unit = unitOf(I))
    return Unit->Text;
  if (I.Unit && !I.Unit->isDimensionless())
    return quantityText(Value, *I.Unit);
  if (I.Constant.Type == ScalarType::Boolean)
    return Value != 0 ? "True" : "False";
  return numberText(Value, isInteger(I));
}

std::string durationText(std::optional<double> Seconds) {
  return Seconds ? quantityText(*Seconds, dimensions::Second) : "";
}

std::string refractoryText(const Refractoriness &R, const NameRanks *Ranks) {
  if (R.Duration && R.Duration.isNumber())
    return quantityText(R.Duration.number().toDouble(), dimensions::Second);
  Expr E = R.Duration ? R.Duration : R.Condition;
  return E ? toBrian(E, Ranks) : "";
}

std::string statementText(const ModelStatement &S, const NameRanks *Ranks) {
  return S.Name + " " + S.Operator + " " + toBrian(S.Value, Ranks);
}

std::string statementsText(const std::vector<ModelStatement> &Code,
                           const NameRanks *Ranks) {
  std::string Text;
  for (const ModelStatement &S : Code) {
    if (!Text.empty())
      Text += '\n';
    Text += statementText(S, Ranks);
  }
  return Text;
}

std::string valueText(const CompartmentArray &A) {
  return A.Contents.K == ArrayContents::Kind::Uniform && A.Unit
             ? quantityText(A.Contents.Value.toDouble(), *A.Unit)
             : "";
}

static std::string reasonForNull(ArrayContents::Kind K) {
  switch (K) {
  case ArrayContents::Kind::Uniform:
    return "";
  case ArrayContents::Kind::Unset:
    return "main does not set it before this run";
  case ArrayContents::Kind::DataFile:
    return "the values are in a data file that the simulation reads";
  case ArrayContents::Kind::Mixed:
    return "main sets some of its elements apart from the others";
  case ArrayContents::Kind::Computed:
    return "a function that main calls computes it";
  }
  return "";
}

Evidence evidenceOf(const CompartmentArray &A) {
  Evidence Known;
  Known.Sources = A.Contents.Sources;
  if (A.Contents.K != ArrayContents::Kind::Uniform)
    Known.S = Evidence::Status::Unrecoverable;
  Known.Because = reasonForNull(A.Contents.K);
  return Known;
}

std::string methodText(const NeuronGroup &G) {
  return G.IntegrationMethod ? name(*G.IntegrationMethod).str()
         : G.HasCustomMethod ? "unknown"
                             : "";
}

/// `-2` as small digits above the line; as it is where it has other characters.
static std::string raised(llvm::StringRef Exponent) {
  static constexpr const char *Digits[] = {
      "\u2070", "\u00b9", "\u00b2", "\u00b3", "\u2074",
      "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
  std::string Text;
  for (char C : Exponent) {
    if (C == '-')
      Text += "\u207b";
    else if (llvm::isDigit(C))
      Text += Digits[C - '0'];
    else
      return "^" + Exponent.str();
  }
  return Text;
}

std::string readableQuantity(llvm::StringRef Text) {
  std::string Readable;
  for (llvm::StringRef Word : llvm::split(Text, ' ')) {
    if (!Readable.empty())
      Readable += "\u00a0";
    bool IsNumber =
        !Word.empty() && (llvm::isDigit(Word.front()) || Word.front() == '-');
    if (IsNumber) {
      Word.consume_back(".");
      if (Word.consume_front("-"))
        Readable += "\u2212";
      auto [Mantissa, Exponent] = Word.split('e');
      Mantissa.consume_back(".");
      Readable += Mantissa;
      if (!Exponent.empty()) {
        Exponent.consume_front("+");
        bool IsNegative = Exponent.consume_front("-");
        Readable += "\u00b7"
                    "10" +
                    raised((IsNegative ? "-" : "") + Exponent.ltrim('0').str());
      }
      continue;
    }
    auto [Name, Exponent] = Word.split('^');
    if (Name == "ohm")
      Name = "\u03a9";
    else if (Name.size() > 1 && Name.consume_front("u"))
      Readable += "\u00b5";
    Readable += Name;
    if (!Exponent.empty())
      Readable += raised(Exponent);
  }
  return Readable;
}

} // namespace brian2lift
