//===- Emit/Script.cpp --------------------------------------------------===//
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

namespace brian2lift {

namespace {

constexpr llvm::StringLiteral NotKnown = "  # unit not known";

/// `0.01*second`: every digit of the C++.
std::string exactText(double Value, const std::optional<Dimension> &D,
                      bool IsInteger = false) {
  std::string Number = numberText(Value, IsInteger);
  if (Number == "inf" || Number == "-inf" || Number == "nan")
    Number = "float('" + Number + "')";
  return D && !D->isDimensionless() ? Number + "*" + unitExpression(*D)
                                    : Number;
}

std::string quoted(llvm::StringRef Text) {
  llvm::StringRef Quote = Text.contains('\n') ? "'''" : "'";
  return (Quote + Text + Quote).str();
}

void writeConstants(llvm::raw_ostream &OS, const NeuronGroup &G) {
  for (const ModelIdentifier &I : G.Identifiers) {
    llvm::StringRef Name = I.Constant.Name;
    if (brianUnit(Name, valueOf(I)))
      continue;
    if (physicalConstant(Name, valueOf(I))) {
      OS << "from brian2.units.constants import " << Name << '\n';
      continue;
    }
    OS << Name << " = ";
    if (I.Constant.Type == ScalarType::Boolean) {
      OS << valueText(I) << '\n';
      continue;
    }
    OS << exactText(valueOf(I), I.Unit, isInteger(I));
    if (!I.Unit)
      OS << NotKnown;
    else if (!I.Unit->isDimensionless())
      OS << "  # " << valueText(I);
    OS << '\n';
  }
}

void writeEquation(llvm::raw_ostream &OS, const ModelEquation &E,
                   const NameRanks &Ranks) {
  using Kind = ModelEquation::Kind;
  bool IsLost = E.K == Kind::Unknown || (E.K != Kind::Parameter && !E.Value);
  if (IsLost) {
    OS << "# " << E.Name << ": not recovered\n";
    return;
  }
  if (E.K == Kind::Differential)
    OS << 'd' << E.Name << "/dt = " << toBrian(E.Value, &Ranks);
  else if (E.K == Kind::Subexpression)
    OS << E.Name << " = " << toBrian(E.Value, &Ranks);
  else
    OS << E.Name;
  OS << " : ";
  bool IsFloat = E.Type != ScalarType::Integer && E.Type != ScalarType::Boolean;
  if (!IsFloat)
    OS << text(E.Type);
  else
    OS << (E.Unit ? unitExpression(*E.Unit) : "1");
  if (!E.Flags.empty())
    OS << " (" << llvm::join(E.Flags, ", ") << ')';
  if (IsFloat && !E.Unit)
    OS << NotKnown;
  OS << '\n';
}

/// The arguments after the equations, one a line.
void writeArguments(llvm::raw_ostream &OS, const NeuronGroup &G) {
  auto Argument = [&OS](llvm::StringRef Name, llvm::StringRef Value) {
    OS << ",\n    " << Name << '=' << Value;
  };
  std::string Events;
  for (const ModelEvent &E : G.Events) {
    std::string Condition =
        E.Threshold ? quoted(toBrian(E.Threshold, &G.Ranks)) : "";
    if (E.Name != "spike") {
      if (E.Threshold)
        Events +=
            (Events.empty() ? "" : ", ") + quoted(E.Name) + ": " + Condition;
      continue;
    }
    if (E.Threshold)
      Argument("threshold", Condition);
    if (!E.Reset.empty())
      Argument("reset", quoted(statementsText(E.Reset, &G.Ranks)));
    if (!E.Refractory)
      continue;
    if (Expr Time = E.Refractory->Duration; Time && Time.isNumber())
      Argument("refractory",
               exactText(Time.number().toDouble(), dimensions::Second));
    else if (std::string Text = refractoryText(*E.Refractory, &G.Ranks);
             !Text.empty())
      Argument("refractory", quoted(Text));
  }
  if (!Events.empty())
    Argument("events", "{" + Events + "}");
  if (G.Spatial && G.Spatial->ThresholdLocation)
    Argument("threshold_location",
             std::to_string(*G.Spatial->ThresholdLocation));
  if (G.IntegrationMethod)
    Argument("method", quoted(name(*G.IntegrationMethod)));
  if (G.Clock.Dt)
    Argument("dt", exactText(*G.Clock.Dt, dimensions::Second));
}

/// What the script has to say besides.
void writeComments(llvm::raw_ostream &OS, const NeuronGroup &G) {
  if (G.HasCustomMethod)
    OS << "# method: none of Brian2's own\n";
  for (const ModelEvent &E : G.Events) {
    if (!E.Threshold)
      OS << "# " << E.Name << ": the threshold was not recovered\n";
    if (E.HasReset && E.ResetKnown.S == Evidence::Status::Unrecoverable)
      OS << "# " << E.Name << ": the reset was not recovered\n";
  }
  for (const ModelEquation &E : G.Equations)
    if (llvm::is_contained(E.Flags, "linked"))
      OS << "# " << G.Name << '.' << E.Name << " = linked_var(...)\n";
}

void writeCode(llvm::raw_ostream &OS, const NeuronGroup &G) {
  for (const ModelEvent &E : G.Events)
    if (E.Name != "spike" && !E.Reset.empty())
      OS << G.Name << ".run_on_event(" << quoted(E.Name) << ", "
         << quoted(statementsText(E.Reset, &G.Ranks)) << ")\n";
  for (const ModelRunRegularly &R : G.RunRegularly) {
    if (R.Code.empty()) {
      OS << "# " << R.Name << ": not recovered\n";
      continue;
    }
    if (!R.Subgroup.empty())
      OS << "# of its subgroup " << R.Subgroup << ":\n# ";
    std::string Call =
        G.Name + ".run_regularly(" + quoted(statementsText(R.Code, &G.Ranks));
    if (R.Clock.Dt)
      Call += ", dt=" + exactText(*R.Clock.Dt, dimensions::Second);
    OS << (R.Subgroup.empty() ? Call
                              : llvm::join(llvm::split(Call, '\n'), "\n# "))
       << ")\n";
  }
}

} // namespace

std::string brianScript(const NeuronGroup &G) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  OS << "from brian2 import *\n\n";
  writeConstants(OS, G);
  OS << "eqs = '''\n";
  for (const ModelEquation &E : G.Equations)
    writeEquation(OS, E, G.Ranks);
  OS << "'''\n";
  writeComments(OS, G);
  OS << G.Name << " = ";
  if (G.Spatial) {
    auto Value = [](const CompartmentArray &A) {
      return A.Contents.K == ArrayContents::Kind::Uniform
                 ? exactText(A.Contents.Value.toDouble(), A.Unit)
                 : "...";
    };
    OS << "SpatialNeuron(morphology, eqs,  # the morphology is yours\n    Cm="
       << Value(G.Spatial->Cm) << ",\n    Ri=" << Value(G.Spatial->Ri);
  } else {
    OS << "NeuronGroup(" << (G.N ? std::to_string(*G.N) : "...") << ", eqs";
  }
  writeArguments(OS, G);
  OS << ")\n";
  writeCode(OS, G);
  return Text;
}

} // namespace brian2lift
