//===- Model/Subexpressions.cpp -------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model/Subexpressions.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {

bool mayHoldSubexpressions(const Function &F) {
  llvm::SmallVector<const std::vector<Statement> *, 8> Work{&F.Body};
  while (!Work.empty())
    for (const Statement &S : *Work.pop_back_val()) {
      if (S.K == Statement::Kind::Declare && !S.IsPointer &&
          S.Type != ScalarType::Unknown &&
          (S.Value ? !S.Value.is(ExprKind::Element) && !S.Value.isNumber()
                   : !llvm::StringRef(S.Target).starts_with("_")))
        return true;
      Work.push_back(&S.Then);
      Work.push_back(&S.Else);
    }
  return false;
}

namespace {

/// The one group whose variables the function gives values; empty for none and
/// for several.
std::string onlyWritten(const Function &F, const ArrayNames &Names) {
  std::set<std::string> Groups;
  for (const std::string &Array : writtenArrays(F))
    if (auto It = Names.find(Array); It != Names.end())
      Groups.insert(It->second.Owner);
  return Groups.size() == 1 ? *Groups.begin() : std::string();
}

/// The group that `x_pre` or `x_post` belongs to in code of synapses: that of
/// the other variables with this ending.
std::string connectedGroup(const Step &S, llvm::StringRef Ending,
                           const ArrayNames &Names) {
  std::set<std::string> Groups;
  for (const StepVariable &V : S.Variables)
    if (auto It = Names.find(V.Array);
        It != Names.end() && llvm::StringRef(V.Name).ends_with(Ending))
      Groups.insert(It->second.Owner);
  for (const StepTemporary &T : S.Temporaries)
    if (T.Foreign && llvm::StringRef(T.Name).ends_with(Ending))
      Groups.insert(T.Foreign->Owner);
  return Groups.size() == 1 ? *Groups.begin() : std::string();
}

/// Which group's subexpression a local may be, and under which name.
std::optional<VariableName>
subexpressionOf(const StepTemporary &T, const Function &F,
                const FunctionRole &R, const Step &S, const ArrayNames &Names) {
  llvm::StringRef Name = T.Name;
  if (T.Foreign) {
    // In a group's own code, and where a monitor records the group, a name of
    // the group's that is linked to the subexpression, which may have another.
    bool IsLinked = R.R == Role::Recorder
                        ? R.Owner != T.Foreign->Owner
                        : R.R != Role::Other && !Name.starts_with("_");
    return IsLinked ? std::nullopt : T.Foreign;
  }
  if (R.R == Role::Recorder) {
    if (Name.consume_front("_source_") &&
        S.findTemporary(("_to_record_" + Name).str()))
      return VariableName{R.Owner, Name.str(), 0};
    return std::nullopt;
  }
  if (Name.starts_with("_"))
    return std::nullopt;
  if (R.R != Role::Other)
    return VariableName{R.Owner, T.Name, 0};
  for (llvm::StringRef Ending : {"_pre", "_post"})
    if (Name.consume_back(Ending))
      return VariableName{connectedGroup(S, Ending, Names), Name.str(), 0};
  // Initial values: `G.v = 'x'` (core/variables.py, set_with_expression).
  if (llvm::StringRef(F.Name).contains("_group_variable_set"))
    return VariableName{onlyWritten(F, Names), T.Name, 0};
  return std::nullopt;
}

bool mayDefineLocals(Role R) {
  return R == Role::Resetter || R == Role::RunRegularly;
}

/// All places where one name of a group is computed, in one run.
class Candidate {
public:
  void add(const NamedLocal &L) { Places.push_back(&L); }

  /// The place to read it from; null when it is no subexpression or when the
  /// places contradict each other.
  const NamedLocal *choose() {
    auto Keep = [&](auto Which) {
      if (llvm::any_of(Places, Which))
        llvm::erase_if(Places, [&](const NamedLocal *L) { return !Which(L); });
    };
    Keep([](const NamedLocal *L) {
      return L->Origin == LocalOrigin::Subexpression;
    });
    const NamedLocal *First = Places.front();
    if (llvm::any_of(Places, [&](const NamedLocal *L) {
          return L->Local->Named != First->Local->Named;
        }))
      return nullptr;
    if (First->Origin == LocalOrigin::Subexpression)
      return First;
    // Two pieces of code that define the same share a subexpression.
    if (llvm::any_of(Places,
                     [&](const NamedLocal *L) { return L->F != First->F; }))
      return First;
    IsAmbiguous = true;
    // Code of several lines, and integers, are where authors define locals.
    bool IsLikelyOwn =
        (First->R == Role::RunRegularly && First->S->Writes.size() > 1) ||
        First->Local->Type == ScalarType::Integer ||
        First->Local->Named.isCall("int"); // of which old versions make floats
    return IsLikelyOwn ? nullptr : First;
  }

  bool IsAmbiguous = false;

private:
  std::vector<const NamedLocal *> Places;
};

/// The constants that a value needs; none where the group knows one of them
/// with another value.
std::optional<std::vector<NamedConstant>>
constantsFor(const NamedLocal &L, const GroupSources &Sources) {
  std::vector<NamedConstant> Needed;
  for (Expr Symbol : symbolsOf(L.Local->Named)) {
    const NamedConstant *K = L.S->findConstant(Symbol.name());
    if (!K)
      continue;
    for (const ScheduledReading &R : Sources.Readings)
      if (const NamedConstant *Other = R.What->S.findConstant(Symbol.name());
          Other && Other->Value != K->Value)
        return std::nullopt;
    Needed.push_back(*K);
  }
  return Needed;
}

/// Brian2 computes shared subexpressions outside of the loop.
bool isShared(const GroupSources &Sources, llvm::StringRef Name) {
  return llvm::any_of(Sources.Readings, [&](const ScheduledReading &S) {
    const StepTemporary *T = S.What->S.findTemporary(Name);
    return T && T->IsScalar;
  });
}

std::optional<ModelEquation> equationOf(const NamedLocal &L, bool IsAmbiguous,
                                        const GroupSources &Sources) {
  const StepTemporary &T = *L.Local;
  Expr Value = T.Type == ScalarType::Boolean ? conditionWithoutSelects(T.Named)
                                             : selectsToInt(T.Named);
  if (!Value)
    return std::nullopt;
  ModelEquation M;
  M.Name = L.Variable;
  M.K = ModelEquation::Kind::Subexpression;
  M.Value = inBrianCalls(Value);
  M.Type = T.Type;
  if (T.IsScalar || isShared(Sources, L.Variable))
    M.Flags.push_back("shared");
  M.Known.Sources.push_back(T.Begin);
  if (IsAmbiguous) {
    M.Known.S = Evidence::Status::Ambiguous;
    M.Known.Because = "code that defines this name for itself alone would be "
                      "the same";
  }
  M.HasInlinedConstants = L.F->HasInlinedConstants;
  if (M.HasInlinedConstants)
    noteNumbers(M.Known, M.Value);
  return M;
}

/// True for code of this run, and for code outside of all runs that is about
/// the arrays that the group has in this one.
bool belongsTo(const NamedLocal &L, const GroupSources &Sources) {
  if (llvm::any_of(Sources.Run->Calls, [&](const ScheduledCall &Call) {
        return Call.Function == L.F->Name;
      }))
    return true;
  std::set<std::string> Touched = touchedArrays(*L.F);
  return llvm::any_of(Sources.Arrays, [&](const auto &Entry) {
    return Touched.count(Entry.second->Name) != 0;
  });
}

} // namespace

void collectNamedLocals(const Function &F, const FunctionRole &R, const Step &S,
                        const ArrayNames &Names,
                        const std::map<std::string, OwnerArrays> &Owners,
                        NamedLocals &Locals) {
  for (const StepTemporary &T : S.Temporaries) {
    // A global, such as the time that profiling adds up, has no declaration
    // here that says its type.
    if (!T.Named || T.Type == ScalarType::Unknown || T.Named.isSymbol(T.Name))
      continue;
    std::optional<VariableName> Is = subexpressionOf(T, F, R, S, Names);
    if (!Is)
      continue;
    auto Owner = Owners.find(Is->Owner);
    if (Owner == Owners.end() || !isModelled(Owner->second.Kind))
      continue;
    LocalOrigin Origin = !T.Foreign && mayDefineLocals(R.R)
                             ? T.Origin
                             : LocalOrigin::Subexpression;
    if (Origin != LocalOrigin::Code)
      Locals[Is->Owner].push_back({Is->Variable, &T, &F, R.R, &S, Origin});
  }
}

void findSubexpressions(GroupSources &Sources,
                        llvm::ArrayRef<NamedLocal> Locals) {
  llvm::MapVector<llvm::StringRef, Candidate> Candidates;
  for (const NamedLocal &L : Locals)
    if (!Sources.isOwn(L.Variable) && !Sources.Arrays.count(L.Variable) &&
        belongsTo(L, Sources))
      Candidates[L.Variable].add(L);
  for (auto &[Name, C] : Candidates) {
    const NamedLocal *L = C.choose();
    if (!L)
      continue;
    auto Constants = constantsFor(*L, Sources);
    std::optional<ModelEquation> M =
        Constants ? equationOf(*L, C.IsAmbiguous, Sources) : std::nullopt;
    if (!M)
      continue;
    Sources.Subexpressions.push_back({std::move(*M), L->Local->Named});
    llvm::append_range(Sources.MoreConstants, *Constants);
  }
}

} // namespace brian2lift
