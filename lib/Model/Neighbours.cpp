//===- Model/Neighbours.cpp ---------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model/Neighbours.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

namespace brian2lift {

using llvm::StringRef;

namespace {

/// `v` of `v_post`, as synapses call a variable of the group that they target.
StringRef withoutSide(StringRef Local) {
  if (!Local.consume_back("_pre"))
    Local.consume_back("_post");
  return Local;
}

/// Names that Brian2 keeps for itself, with what they are; `i` and `N` have no
/// dimension, and one name stands for all of them.
std::optional<StringRef> ownName(StringRef Name) {
  if (Name == "t" || Name == "dt")
    return Name;
  if (Name == "i" || Name == "j" || Name == "t_in_timesteps")
    return StringRef("i");
  if (Name == "N" || Name.starts_with("N_"))
    return StringRef("N");
  return std::nullopt;
}

/// Temporaries that hold a condition or a probability that somebody wrote.
constexpr llvm::StringLiteral Conditions[] = {"_cond", "_p", "_iter_p"};

std::vector<std::string> symbolsIn(Expr E) {
  std::vector<std::string> Found;
  visit(E, [&](Expr Part) {
    if (Part.isSymbol())
      Found.push_back(Part.name().str());
    else if (Part.is(ExprKind::Call) && Part.name().starts_with("_timedarray"))
      Found.push_back(Part.name().str() + "()");
  });
  return Found;
}

bool hasElement(Expr E) {
  return holds(E, [](Expr Part) { return Part.is(ExprKind::Element); });
}

} // namespace

void Neighbours::read(
    llvm::function_ref<const Step &(const Function &)> StepOf) {
  for (const Function &F : C.Functions) {
    // Where values stand in place of constants a number may be a quantity.
    if (!StringRef(F.Name).starts_with("_run_") || F.HasInlinedConstants)
      continue;
    // Monitors copy; a cable solver's own quantities are not the author's.
    Role R = roleOf(F, Names, Owners).R;
    if (R != Role::Recorder && R != Role::CableSolver)
      read(F, StepOf(F));
  }
}

/// The object whose code this is, by the longest name that fits.
std::string Neighbours::ownerOf(const Function &F) const {
  StringRef Name = F.Name;
  Name.consume_front("_run_");
  return longestOwner(Name.take_front(Name.rfind('_')), Owners,
                      [](const OwnerArrays &) { return true; });
}

Expr Neighbours::symbolOf(const NamedConstant &K, const std::string &Owner) {
  if (std::optional<StringRef> Own = ownName(K.Name))
    return C.Arena->symbol(*Own);
  double Value = K.Special ? *K.Special : K.Value.toDouble();
  // Two namespaces may well have a `k = 2` each, of different dimensions; that
  // both call something `tau` and give it 0.0137 is no accident.
  bool IsRound = std::floor(Value) == Value;
  std::string Symbol = K.Name + " = " + numberText(Value, false);
  if (IsRound)
    Symbol += " in " + Owner;
  if (Constants.insert({Symbol, {K.Name, IsRound ? Owner : "", Value, K.Place}})
          .second)
    SymbolsOf[K.Name].push_back(Symbol);
  std::optional<BrianUnit> Unit = brianUnit(K.Name, Value);
  if (!Unit)
    Unit = physicalConstant(K.Name, Value);
  if (Unit && !isAmbiguousUnit(K.Name))
    Known[Symbol] = Unit->Dim;
  if (isLanguageConstant(K.Name, Value))
    Known[Symbol] = dimensions::None;
  return C.Arena->symbol(Symbol);
}

Expr Neighbours::symbolOf(const StepVariable &V, const Function &F) {
  if (std::optional<StringRef> Own = ownName(V.Name))
    return C.Arena->symbol(*Own);
  auto It = Names.find(V.Array);
  // A local of another name may be a subexpression that reads the array.
  bool IsElement =
      It != Names.end() && (V.Name == It->second.Variable ||
                            withoutSide(V.Name) == It->second.Variable);
  if (!IsElement)
    return C.Arena->symbol(V.Name + " in " + F.Name);
  if (V.Type == ScalarType::Integer || V.Type == ScalarType::Boolean)
    Known[V.Array] = dimensions::None;
  if (It->second.Variable == "lastspike" || It->second.Variable == "lastupdate")
    Known[V.Array] = dimensions::Second;
  return C.Arena->symbol(V.Array);
}

void Neighbours::add(Expr Left, Expr Right, const SourcePlace &Place,
                     const Function &F,
                     const llvm::DenseMap<Expr, Expr> &Renamed) {
  // An element of an array without a name could be of any array.
  if (hasElement(Right))
    return;
  Fact New{&F, Left, Right, Place, {}};
  for (Expr *Side : {&New.Left, &New.Right}) {
    if (!*Side)
      continue;
    llvm::DenseMap<Expr, Expr> Put = Renamed;
    for (Expr S : symbolsOf(*Side)) {
      if (Put.count(S))
        continue;
      std::optional<StringRef> Own = ownName(S.name());
      Expr Local = C.Arena->symbol(S.name().str() + " in " + F.Name);
      // What a step calls xi is a normal variable that sqrt(dt) scales.
      if (isNoiseName(S.name()))
        Known[Local.name().str()] = dimensions::None;
      Put[S] = Own ? C.Arena->symbol(*Own) : Local;
    }
    *Side = substitute(*Side, Put);
    std::vector<std::string> Symbols = symbolsIn(*Side);
    New.Symbols.insert(New.Symbols.end(), Symbols.begin(), Symbols.end());
  }
  for (const std::string &S : New.Symbols)
    FactsOf[S].push_back(Facts.size());
  Facts.push_back(std::move(New));
}

void Neighbours::read(const Function &F, const Step &S) {
  llvm::DenseMap<Expr, Expr> Renamed;
  std::string Owner = ownerOf(F);
  for (const NamedConstant &K : S.Constants)
    Renamed[C.Arena->symbol(K.Name)] = symbolOf(K, Owner);
  for (const StepVariable &V : S.Variables)
    Renamed[C.Arena->symbol(V.Name)] = symbolOf(V, F);
  auto IsLost = [&](const std::string &Name) {
    return llvm::is_contained(S.Lost, Name);
  };
  for (const StepWrite &W : S.Writes)
    if (W.Value && !IsLost(W.Name))
      add(C.Arena->symbol(W.Name), W.Value, W.Begin, F, Renamed);
  if (S.HasEntangledWrites)
    for (const auto &[Name, Value] : S.Final)
      if (Value && !IsLost(Name))
        add(C.Arena->symbol(Name), Value, F.Place, F, Renamed);
  for (const StepTemporary &T : S.Temporaries) {
    if (!T.Value || IsLost(T.Name))
      continue;
    if (llvm::is_contained(Conditions, T.Name))
      add(Expr(), T.Value, T.Begin, F, Renamed);
    // A summed variable is a sum of these.
    std::set<std::string> Written;
    if (T.Name == "_synaptic_var")
      Written = writtenArrays(F);
    if (Written.size() != 1)
      continue;
    Expr Sum = C.Arena->symbol("the sum");
    Renamed[Sum] = C.Arena->symbol(*Written.begin());
    add(Sum, T.Value, T.Begin, F, Renamed);
  }
}

void Neighbours::addTo(UnitProblem &P, const OwnNames &Own) const {
  llvm::DenseMap<Expr, Expr> Renamed;
  std::set<std::string, std::less<>> Reached;
  auto Rename = [&](const std::string &From, const std::string &To) {
    Renamed[C.Arena->symbol(From)] = C.Arena->symbol(To);
    Reached.insert(From);
  };
  for (const auto &[Array, Variable] : Own.VariableOf)
    Rename(Array, Variable);
  for (const auto &[Name, Value] : Own.Constants)
    if (auto It = SymbolsOf.find(Name); It != SymbolsOf.end())
      for (const std::string &Symbol : It->second) {
        const Constant &K = Constants.find(Symbol)->second;
        if (K.Value == Value && (K.Owner.empty() || K.Owner == Own.Group))
          Rename(Symbol, Name);
      }
  // What is known connects nothing.
  auto Connects = [&](const std::string &Symbol) {
    return !Known.count(Symbol) && !ownName(Symbol);
  };
  std::set<size_t> Taken;
  std::vector<std::string> Work(Reached.begin(), Reached.end());
  while (!Work.empty()) {
    auto It = FactsOf.find(Work.back());
    bool IsPath = It != FactsOf.end() && Connects(Work.back());
    Work.pop_back();
    if (!IsPath)
      continue;
    for (size_t I : It->second) {
      const Fact &F = Facts[I];
      if (Own.Functions.count(F.F) || !Taken.insert(I).second)
        continue;
      for (const std::string &S : F.Symbols)
        if (Reached.insert(S).second)
          Work.push_back(S);
    }
  }
  for (size_t I : Taken) {
    const Fact &F = Facts[I];
    Expr Right = substitute(F.Right, Renamed);
    P.Facts.push_back(
        F.Left ? sameDimension(substitute(F.Left, Renamed), Right, F.Place)
               : wellFormed(Right, F.Place));
    P.Facts.back().Rank = FactRank::Neighbour;
    for (const std::string &S : F.Symbols) {
      if (Renamed.count(C.Arena->symbol(S)))
        continue;
      if (auto It = Known.find(S); It != Known.end())
        P.Known.insert(*It);
      else if (auto It = Constants.find(S); It != Constants.end())
        P.Constants[S] = {It->second.Value, It->second.Place};
      if (auto It = Constants.find(S); It != Constants.end())
        P.Aliases[S] = It->second.Name;
      else
        P.Aliases[S] = "";
    }
  }
}

} // namespace brian2lift
