//===- Units/Conventions.cpp --------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Units/Conventions.h"
#include "Units/Catalogue.h"
#include "Units/Units.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>

namespace brian2lift {

using llvm::StringRef;

namespace {

/// What is usual for a dimension: the band in which nearly all values lie, the
/// wider one outside of which none does, and whether they may be negative.
struct UsualDimension {
  Dimension Dim;
  double Low, High;   ///< of usual absolute values
  double Least, Most; ///< of possible ones
  int Usual;          ///< score of a value between Low and High
  int Rare;           ///< of a value beyond, between Least and Most
  int IfNegative;     ///< added for a negative value
  int Unnamed;        ///< score of a symbol whose name says nothing
};

constexpr int Impossible = -600;
/// Of a value of ten digits that only one quantity has.
constexpr int Certain = 400;

const Dimension Area = dimensions::Metre.power(2);
constexpr Dimension Molar(-3, 0, 0, 0, 0, 1);

/// Neurons are small: potentials of some 10 mV, currents of pA and nA. Numbers
/// without a unit are what people write down: 0.5, 2, 30.
llvm::ArrayRef<UsualDimension> usualDimensions() {
  static const UsualDimension Table[] = {
      {{}, 0.01, 1e3, 1e-4, 1e6, 50, -120, -60, 0},
      {dimensions::Volt, 1e-3, 0.15, 1e-5, 2, 110, -150, 40, -40},
      {dimensions::Second, 1e-4, 10, 1e-6, 1e4, 60, -150, -500, -60},
      {dimensions::Hertz, 0.1, 1e3, 1e-3, 1e5, 50, -150, -300, -70},
      {dimensions::Amp, 1e-12, 1e-8, 1e-15, 1e-4, 110, -100, 0, -60},
      {dimensions::Amp / Area, 1e-3, 1e2, 1e-5, 1e4, 10, -150, 0, -70},
      {dimensions::Siemens, 1e-11, 1e-4, 1e-14, 0.1, 110, -60, -500, -60},
      {dimensions::Siemens / Area, 0.05, 5e3, 1e-3, 1e5, 10, -200, -500, -70},
      {dimensions::Farad, 1e-12, 1e-8, 1e-14, 1e-3, 110, -60, -500, -70},
      {dimensions::Farad / Area, 2e-3, 0.1, 1e-4, 1, 60, -200, -500, -70},
      {dimensions::Ohm, 1e4, 1e10, 1, 1e12, 60, -200, -500, -70},
      {dimensions::Metre, 1e-7, 1e-2, 1e-9, 10, 20, -150, -100, -80},
      {dimensions::Kelvin, 250, 330, 1, 1e4, 60, -200, -500, -80},
      {Molar, 1e-4, 200, 1e-6, 1e4, 50, -200, -500, -80},
  };
  return Table;
}

constexpr int UnnamedCompound = -130;

const UsualDimension *usual(const Dimension &D) {
  const auto *It = llvm::find_if(
      usualDimensions(), [&](const UsualDimension &U) { return U.Dim == D; });
  return It == usualDimensions().end() ? nullptr : It;
}

/// `v`, `V1`, `v_rest`, `Vt`, `VCa`; not `value`.
bool isInitial(StringRef Name, char Lower, unsigned MostLetters) {
  if (Name.empty() || llvm::toLower(Name.front()) != Lower)
    return false;
  StringRef Rest = Name.drop_front();
  if (Rest.empty() || Rest.front() == '_' || llvm::isDigit(Rest.front()) ||
      (llvm::isUpper(Rest.front())))
    return true;
  return Rest.take_while(llvm::isAlpha).size() <= MostLetters;
}

bool hasWord(StringRef Name, StringRef Word) {
  return Name.starts_with_insensitive(Word) || Name.ends_with_insensitive(Word);
}

/// What kind of quantity a name stands for, by custom.
enum class NameKind {
  None,
  Potential,
  Reversal, ///< `E_L`; but `E` is the excitatory population, too
  Time,
  Capacitance,
  Conductance,
  Current,
  Resistance,
  Rate,
  Concentration,
  Length,
  Number
};

NameKind kindOf(StringRef Name) {
  if (hasWord(Name, "tau"))
    return NameKind::Time;
  // A learning rate is a number.
  if ((hasWord(Name, "rate") || hasWord(Name, "rates") ||
       hasWord(Name, "freq")) &&
      !hasWord(Name, "learning"))
    return NameKind::Rate;
  if (hasWord(Name, "dist") || hasWord(Name, "length") ||
      hasWord(Name, "diameter") || hasWord(Name, "radius"))
    return NameKind::Length;
  if (hasWord(Name, "conc"))
    return NameKind::Concentration;
  // The slope factor of exponential models, unlike a `delta_t`.
  if (Name.starts_with_insensitive("delta") &&
      (Name.ends_with("taT") || Name.ends_with("_T")))
    return NameKind::Potential;
  if (isInitial(Name, 'v', 2))
    return NameKind::Potential;
  if ((Name.starts_with("E") && isInitial(Name, 'e', 3)) ||
      Name.starts_with("e_"))
    return NameKind::Reversal;
  if (isInitial(Name, 'g', 2) || Name.starts_with_insensitive("gleak") ||
      Name.starts_with_insensitive("gmax") ||
      Name.starts_with_insensitive("gbar"))
    return NameKind::Conductance;
  if (isInitial(Name, 'i', 0) || Name.starts_with("I"))
    return NameKind::Current;
  if ((Name.starts_with("C") || Name.starts_with("c_m")) &&
      isInitial(Name, 'c', 2))
    return NameKind::Capacitance;
  if (Name.starts_with("R") && isInitial(Name, 'r', 2))
    return NameKind::Resistance;
  if (Name.size() == 1 && StringRef("mnh").contains(Name.front()))
    return NameKind::Number;
  return NameKind::None;
}

/// How well a kind of name goes with a dimension. `Else` is for the dimensions
/// that are not listed.
int nameScore(NameKind Kind, const Dimension &D) {
  auto Is = [&](const Dimension &Usual) { return D == Usual; };
  switch (Kind) {
  case NameKind::None: {
    const UsualDimension *U = usual(D);
    return U ? U->Unnamed : UnnamedCompound;
  }
  case NameKind::Potential:
    return Is(dimensions::Volt) ? 120 : D.isDimensionless() ? 0 : -150;
  case NameKind::Reversal:
    return Is(dimensions::Volt)    ? 120
           : D.isDimensionless()   ? 0
           : Is(dimensions::Hertz) ? -70
                                   : -150;
  case NameKind::Time:
    return Is(dimensions::Second) ? 200 : D.isDimensionless() ? -200 : -300;
  case NameKind::Capacitance:
    return Is(dimensions::Farad) || Is(dimensions::Farad / Area) ? 120
           : D.isDimensionless()                                 ? 0
                                                                 : -120;
  case NameKind::Conductance:
    return Is(dimensions::Siemens) || Is(dimensions::Siemens / Area) ? 80
           : D.isDimensionless()                                     ? 20
           : Is(dimensions::Volt) || Is(dimensions::Amp)             ? 0
                                                                     : -150;
  case NameKind::Current:
    return Is(dimensions::Amp) || Is(dimensions::Amp / Area) ? 40
           : D.isDimensionless() || Is(dimensions::Volt)     ? 20
           : Is(dimensions::Hertz) || Is(dimensions::Volt / dimensions::Second)
               ? -40
               : -150;
  case NameKind::Resistance:
    return Is(dimensions::Ohm)           ? 100
           : D.isDimensionless()         ? 0
           : D == dimensions::Ohm * Area ? 40
                                         : -150;
  case NameKind::Rate:
    return Is(dimensions::Hertz) ? 100 : D.isDimensionless() ? 0 : -150;
  case NameKind::Concentration:
    return D == Molar ? 100 : D.isDimensionless() ? 0 : -150;
  case NameKind::Length:
    return Is(dimensions::Metre) ? 120 : D.isDimensionless() ? 0 : -150;
  case NameKind::Number:
    return D.isDimensionless() ? 40 : usual(D) ? -30 : -100;
  }
  return 0;
}

/// What people write without a prefix: 3, 3*Hz, 3*second, 310*kelvin; and
/// 1*mmolar, which is 1 in SI.
bool isOftenUnscaled(const Dimension &D) {
  return D.isDimensionless() || D == dimensions::Hertz ||
         D == dimensions::Second || D == dimensions::Kelvin || D == Molar;
}

int valueScore(double Value, const Dimension &D) {
  if (std::optional<Dimension> Exact = dimensionOfConstant(Value))
    return *Exact == D ? Certain : Impossible;
  const UsualDimension *U = usual(D);
  if (!U || Value == 0 || !std::isfinite(Value))
    return 0;
  double Size = std::abs(Value);
  // Values are often computed: 360*msiemens/cm**2 is not 3600 to the last bit.
  constexpr double Slack = 1e-9;
  auto IsWithin = [&](double Low, double High) {
    return Size >= Low * (1 - Slack) && Size <= High * (1 + Slack);
  };
  int Score = IsWithin(U->Low, U->High)     ? U->Usual
              : IsWithin(U->Least, U->Most) ? U->Rare
                                            : Impossible;
  // A whole number, or a half, is what somebody wrote down.
  if (isOftenUnscaled(D) && Score > Impossible && Size < 1e4 &&
      std::floor(2 * Size) == 2 * Size)
    Score += 50;
  if (Value < 0)
    Score += U->IfNegative;
  return Score;
}

} // namespace

int plausibility(const NamedValues &Symbol, const Dimension &D) {
  if (!Symbol.IsSymbol)
    return 0;
  int Score = nameScore(kindOf(Symbol.Name), D);
  for (double Value : Symbol.Values)
    Score += valueScore(Value, D);
  return Score;
}

namespace {

/// A symbol whose dimension follows from one free one: Constant * Free**Power.
struct Dependent {
  unsigned Unknown;
  Fraction Power;
  Dimension Constant;
};

/// How sure one must be: the best dimension's lead over the second.
constexpr int Margin = 150;
/// What a name that speaks for a dimension by itself scores at least.
constexpr int Telling = 80;

struct Choice {
  Dimension Dim;
  int Score = 0, Lead = 0;
};

std::optional<Choice> chooseFor(llvm::ArrayRef<Dependent> Dependents,
                                llvm::ArrayRef<NamedValues> Symbols) {
  std::vector<Dimension> Candidates;
  auto Try = [&](const Dependent &D, const Dimension &Dim) {
    Dimension Free = (Dim / D.Constant).power(Fraction(1) / D.Power);
    if (Free.isValid() && !llvm::is_contained(Candidates, Free))
      Candidates.push_back(Free);
  };
  for (const Dependent &D : Dependents) {
    for (const UsualDimension &U : usualDimensions())
      Try(D, U.Dim);
    for (double Value : Symbols[D.Unknown].Values)
      if (std::optional<Dimension> Exact = dimensionOfConstant(Value))
        Try(D, *Exact);
  }
  std::optional<Choice> Best;
  int Second = 0;
  for (const Dimension &Free : Candidates) {
    int Score = 0;
    // Names that say nothing say it once: in a model of rates none of them
    // does.
    std::vector<Dimension> Unnamed;
    for (const Dependent &D : Dependents) {
      const NamedValues &S = Symbols[D.Unknown];
      Dimension Dim = D.Constant * Free.power(D.Power);
      Score += plausibility(S, Dim);
      if (!S.IsSymbol || kindOf(S.Name) != NameKind::None)
        continue;
      if (llvm::is_contained(Unnamed, Dim))
        Score -= nameScore(NameKind::None, Dim);
      else
        Unnamed.push_back(Dim);
    }
    if (!Best || Score > Best->Score) {
      Second = Best ? Best->Score : Impossible;
      Best = Choice{Free, Score, 0};
    } else {
      Second = std::max(Second, Score);
    }
  }
  if (Best)
    Best->Lead = Best->Score - Second;
  return Best;
}

enum class Support { None, AsNumber, ByName };

/// Values alone fit too many dimensions: some name must say so, too, but for
/// numbers, which have no names of their own. And names alone say too little:
/// whose `v` has no unit calls the threshold `v_th` all the same. A number that
/// makes another constant a quantity, although its name does not tell, is none:
/// in `q10*Ra*(v - tha)` it is Ra, per second and volt, and not q10.
Support supportOf(const Choice &C, llvm::ArrayRef<Dependent> Dependents,
                  llvm::ArrayRef<NamedValues> Symbols) {
  bool HasName = false, HasValue = false, HasNumber = false, HasOdd = false;
  for (const Dependent &D : Dependents) {
    const NamedValues &S = Symbols[D.Unknown];
    Dimension Dim = D.Constant * C.Dim.power(D.Power);
    HasOdd |= S.IsSymbol && !S.Values.empty() && !Dim.isDimensionless() &&
              nameScore(kindOf(S.Name), Dim) < Telling;
    if (!S.IsSymbol || plausibility(S, Dim) <= 0)
      continue;
    HasNumber |= Dim.isDimensionless();
    HasName |= nameScore(kindOf(S.Name), Dim) >= Telling ||
               llvm::any_of(S.Values, [](double Value) {
                 return dimensionOfConstant(Value).has_value();
               });
    HasValue |= llvm::any_of(
        S.Values, [&](double Value) { return valueScore(Value, Dim) > 0; });
  }
  if (C.Score <= 0 || !HasValue)
    return Support::None;
  return HasName                ? Support::ByName
         : HasNumber && !HasOdd ? Support::AsNumber
                                : Support::None;
}

/// Names those that speak most clearly for the choice.
std::string reason(const Choice &C, llvm::ArrayRef<Dependent> Dependents,
                   llvm::ArrayRef<NamedValues> Symbols) {
  std::vector<std::pair<int, unsigned>> Speakers;
  for (unsigned I = 0; I < Dependents.size(); ++I) {
    const Dependent &D = Dependents[I];
    Dimension Dim = D.Constant * C.Dim.power(D.Power);
    if (int Score = plausibility(Symbols[D.Unknown], Dim); Score > 0)
      Speakers.emplace_back(-Score, I);
  }
  llvm::sort(Speakers);
  std::string Text = "convention: ";
  constexpr size_t Shown = 3;
  for (size_t K = 0; K < std::min(Shown, Speakers.size()); ++K) {
    const Dependent &D = Dependents[Speakers[K].second];
    const NamedValues &S = Symbols[D.Unknown];
    if (K)
      Text += ", ";
    Text += S.Name;
    if (!S.Values.empty())
      Text += " = " + numberText(S.Values.front(), false);
    Text += ": " + unitText(D.Constant * C.Dim.power(D.Power));
  }
  return Text;
}

} // namespace

std::optional<Assumption> nextAssumption(const DimensionSolver &Solver,
                                         llvm::ArrayRef<NamedValues> Symbols) {
  std::vector<std::vector<Dependent>> ByFree(Symbols.size());
  // Constants that depend on another free dimension, too, may yet turn out to
  // be odd: numbers among what they depend on wait.
  llvm::BitVector MustWait(Symbols.size());
  for (unsigned U = 0; U < Symbols.size(); ++U) {
    LinearEquation Form = Solver.formOf(U);
    if (Form.Unknowns.size() == 1)
      ByFree[Form.Unknowns.front().Index].push_back(
          {U, Form.Unknowns.front().Coefficient, Form.Value});
    else if (Symbols[U].IsSymbol && !Symbols[U].Values.empty())
      for (const auto &Unknown : Form.Unknowns)
        MustWait.set(Unknown.Index);
  }
  std::optional<Choice> Best;
  unsigned BestFree = 0;
  bool IsBestFirst = false;
  for (unsigned Free = 0; Free < Symbols.size(); ++Free) {
    if (ByFree[Free].empty() ||
        llvm::any_of(ByFree[Free], [&](const Dependent &D) {
          return Symbols[D.Unknown].IsDoubtful;
        }))
      continue;
    std::optional<Choice> C = chooseFor(ByFree[Free], Symbols);
    if (!C || C->Lead < Margin)
      continue;
    Support S = supportOf(*C, ByFree[Free], Symbols);
    bool IsFirst = S == Support::ByName || !MustWait[Free];
    if (S == Support::None)
      continue;
    if (!Best ||
        std::pair(IsFirst, C->Lead) > std::pair(IsBestFirst, Best->Lead)) {
      IsBestFirst = IsFirst;
      Best = C;
      BestFree = Free;
    }
  }
  if (!Best)
    return std::nullopt;
  return Assumption{BestFree, Best->Dim,
                    reason(*Best, ByFree[BestFree], Symbols)};
}

} // namespace brian2lift
