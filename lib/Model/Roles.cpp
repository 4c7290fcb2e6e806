//===- Model/Roles.cpp --------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model/Roles.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

namespace brian2lift {

namespace {

/// `spike` of the variable `_spikespace`.
llvm::StringRef eventOf(llvm::StringRef Variable) {
  if (Variable.consume_front("_") && Variable.consume_back("space"))
    return Variable;
  return {};
}

/// The arrays that a function touches, through its pointers or directly.
class Touched {
public:
  explicit Touched(const Function &F) { collect(F.Body); }

  std::set<std::string> All, Written;
  std::set<std::string> Counted; ///< filled as `a[count++] = ...`
  bool HasLoop = false;
  std::set<std::string> Bounds; ///< symbols that bound loops
  std::set<std::string> Locals;

private:
  llvm::StringMap<std::string> Aliases;

  std::string arrayOf(llvm::StringRef Pointer) const {
    auto It = Aliases.find(Pointer);
    return It == Aliases.end() ? Pointer.str() : It->second;
  }

  void note(Expr Root) {
    if (!Root)
      return;
    visit(Root, [&](Expr E) {
      if (E.isSymbol() || E.is(ExprKind::Element))
        All.insert(arrayOf(E.name()));
    });
  }

  void collect(const std::vector<Statement> &Body) {
    for (const Statement &S : Body) {
      note(S.Value);
      if (S.K == Statement::Kind::Declare) {
        Locals.insert(S.Target);
        if (S.IsPointer && S.Value) {
          Expr Base = S.Value;
          while (!Base.operands().empty() && !Base.is(ExprKind::Element))
            Base = Base.operands().back();
          if (Base.isSymbol() || Base.is(ExprKind::Element))
            Aliases[S.Target] = arrayOf(Base.name());
        }
      } else if (S.K == Statement::Kind::Assign && S.Index) {
        std::string Array = arrayOf(S.Target);
        All.insert(Array);
        Written.insert(Array);
        if (S.Index.isCall("++"))
          Counted.insert(Array);
      } else if (S.K == Statement::Kind::Loop) {
        HasLoop = true;
        if (S.Bound && S.Bound.isSymbol())
          Bounds.insert(S.Bound.name().str());
      } else if (S.K == Statement::Kind::Unknown) {
        for (const std::string &Target : S.Targets)
          Written.insert(arrayOf(Target));
      }
      collect(S.Then);
      collect(S.Else);
    }
  }
};

bool solvesCable(const Touched &T, const OwnerArrays &Neuron) {
  return llvm::all_of(
      llvm::ArrayRef({"v", "_v_star"}), [&](const char *Variable) {
        auto It = Neuron.Arrays.find(Variable);
        return It != Neuron.Arrays.end() &&
               llvm::any_of(It->second, [&](const OwnedArray &O) {
                 return T.Written.count(O.A->Name) != 0;
               });
      });
}

/// `neurongroup` of `_run_neurongroup_stateupdater_codeobject_1`.
std::string ownerBySuffix(llvm::StringRef Function, llvm::StringRef Suffix) {
  if (!Function.consume_front("_run_"))
    return {};
  size_t At = Function.rfind(Suffix);
  return At == llvm::StringRef::npos ? std::string()
                                     : Function.take_front(At).str();
}

/// `poissoninput` of `poissoninput_1`.
llvm::StringRef splitNumber(llvm::StringRef Name) {
  auto [Head, Tail] = Name.rsplit('_');
  unsigned Number = 0;
  return Tail.empty() || Tail.getAsInteger(10, Number) ? Name : Head;
}

/// A state monitor copies what a recorded subexpression needs to locals named
/// `__source_<subexpression>_<object>_<variable>`: the object is the first that
/// is named, with the longest name that fits. Empty when that is no group, and
/// when there is none or more than one.
std::string recordedGroup(const std::set<std::string> &Locals,
                          const std::map<std::string, OwnerArrays> &Owners) {
  std::set<std::string> Objects;
  for (llvm::StringRef Local : Locals) {
    if (!Local.consume_front("__source_"))
      continue;
    std::string Best;
    size_t First = llvm::StringRef::npos;
    for (const auto &[Owner, Arrays] : Owners) {
      size_t At = Local.find("_" + Owner + "_");
      if (At < First || (At == First && Owner.size() > Best.size())) {
        Best = Owner;
        First = At;
      }
    }
    if (First != llvm::StringRef::npos)
      Objects.insert(Best);
  }
  if (Objects.size() != 1 ||
      Owners.at(*Objects.begin()).Kind == OwnerKind::Other)
    return {};
  return *Objects.begin();
}

/// A PoissonInput adds draws of a binomial distribution of its own, which
/// Brian2 names after it (input/poissoninput.py).
bool isPoissonInput(const Function &F) {
  llvm::StringRef Name = F.Name;
  Name.consume_front("_run_");
  Name = Name.take_front(Name.rfind("_codeobject"));
  std::string Binomial = (splitNumber(Name) + "_binomial").str();
  bool Found = false;
  llvm::SmallVector<const std::vector<Statement> *, 8> Work{&F.Body};
  while (!Work.empty())
    for (const Statement &S : *Work.pop_back_val()) {
      if (S.Value)
        visit(S.Value, [&](Expr E) {
          Found |=
              E.is(ExprKind::Call) && E.name().ltrim('_').starts_with(Binomial);
        });
      Work.push_back(&S.Then);
      Work.push_back(&S.Else);
    }
  return Found;
}

} // namespace

std::set<std::string> touchedArrays(const Function &F) {
  return Touched(F).All;
}

std::set<std::string> writtenArrays(const Function &F) {
  return Touched(F).Written;
}

std::map<std::string, OwnerArrays> collectOwners(const CodeObjects &C,
                                                 const ArrayNames &Names) {
  std::map<std::string, OwnerArrays> Owners;
  for (const Array &A : C.Arrays) {
    auto It = Names.find(A.Name);
    if (It != Names.end())
      Owners[It->second.Owner].Arrays[It->second.Variable].push_back(
          {It->second.Instance, &A});
  }
  std::set<std::string> Aranges = arangeArrays(C);
  for (auto &Entry : Owners) {
    OwnerArrays &Owner = Entry.second;
    auto Has = [&](llvm::StringRef Variable) {
      return Owner.Arrays.count(Variable.str()) != 0;
    };
    for (auto &Variable : Owner.Arrays)
      llvm::sort(Variable.second, [](const OwnedArray &L, const OwnedArray &R) {
        return L.Instance < R.Instance;
      });
    auto I = Owner.Arrays.find("i");
    if (I == Owner.Arrays.end() || !Aranges.count(I->second.front().A->Name))
      continue;
    // Arrays that only these classes have (spikegeneratorgroup.py,
    // spatialneuron.py).
    if (Has("neuron_index") || Has("_lastindex"))
      Owner.Kind = OwnerKind::SpikeSource;
    else
      Owner.Kind =
          Has("_ab_star0") ? OwnerKind::SpatialNeuron : OwnerKind::NeuronGroup;
  }

  // Poisson groups: nothing but a rate, and spikes by chance.
  ExprArena &A = *C.Arena;
  std::set<std::string> Updated, Reset;
  std::map<std::string, const Function *> Thresholders;
  for (const Function &F : C.Functions) {
    FunctionRole R = roleOf(F, Names, Owners);
    if (R.R == Role::StateUpdater)
      Updated.insert(R.Owner);
    else if (R.R == Role::Resetter)
      Reset.insert(R.Owner);
    else if (R.R == Role::Thresholder)
      Thresholders.try_emplace(R.Owner, &F);
  }
  for (auto &[Name, F] : Thresholders) {
    OwnerArrays &Owner = Owners[Name];
    if (Owner.Kind != OwnerKind::NeuronGroup || Updated.count(Name) ||
        Reset.count(Name) || llvm::StringRef(Name).starts_with("neurongroup"))
      continue;
    bool OnlyRates = llvm::all_of(Owner.Arrays, [](const auto &Entry) {
      return Entry.first == "i" || Entry.first == "rates" ||
             llvm::StringRef(Entry.first).starts_with("_");
    });
    if (!OnlyRates)
      continue;
    Step S = buildStep(*F, C, Names);
    const StepTemporary *Condition = S.findTemporary("_cond");
    if (!Condition || !Condition->Value)
      continue;
    const StepTemporary *Rates = S.findTemporary("rates");
    Expr Rate = Rates && Rates->Value ? Rates->Value : A.symbol("rates");
    Expr Poisson = A.compare(ExprKind::Lt, A.call("rand", {A.number(0)}),
                             Rate * A.symbol("dt"));
    if (Condition->Value == Poisson)
      Owner.Kind = OwnerKind::SpikeSource;
  }
  return Owners;
}

std::string longestOwner(llvm::StringRef Name,
                         const std::map<std::string, OwnerArrays> &Owners,
                         llvm::function_ref<bool(const OwnerArrays &)> Fits) {
  for (size_t End = Name.size(); End != llvm::StringRef::npos;
       End = Name.take_front(End).rfind('_')) {
    auto It = Owners.find(Name.take_front(End).str());
    if (It != Owners.end() && Fits(It->second))
      return It->first;
  }
  return {};
}

FunctionRole roleByName(llvm::StringRef Function,
                        const std::map<std::string, OwnerArrays> &Owners) {
  FunctionRole R;
  for (auto [Suffix, Role] :
       {std::pair{"_stateupdater", Role::StateUpdater},
        std::pair{"_subexpression_update", Role::SubexpressionUpdater},
        std::pair{"_spatialstateupdater", Role::CableSolver},
        std::pair{"_thresholder", Role::Thresholder},
        std::pair{"_resetter", Role::Resetter}}) {
    llvm::StringRef Name = Function;
    size_t At = Name.rfind(Suffix);
    if (!Name.consume_front("_run_") || At == llvm::StringRef::npos)
      continue;
    Name = Function.slice(llvm::StringRef("_run_").size(), At);
    // The longest group that fits; what remains is the event.
    std::string Owner = longestOwner(
        Name, Owners, [](const OwnerArrays &O) { return isModelled(O.Kind); });
    if (Owner.size() > R.Owner.size())
      R = {Role, Owner,
           Name == Owner ? "spike" : Name.drop_front(Owner.size() + 1).str()};
    if ((R.R == Role::StateUpdater || R.R == Role::CableSolver ||
         R.R == Role::SubexpressionUpdater) &&
        Name != R.Owner)
      R = FunctionRole();
  }
  return R;
}

FunctionRole roleOf(const Function &F, const ArrayNames &Names,
                    const std::map<std::string, OwnerArrays> &Owners) {
  FunctionRole R;
  llvm::StringRef Name = F.Name;
  if (!Name.starts_with("_run_"))
    return R;
  auto IsGroup = [&](const std::string &Owner) {
    auto It = Owners.find(Owner);
    return It != Owners.end() && It->second.Kind != OwnerKind::Other;
  };
  for (auto [Suffix, Role] :
       {std::pair{"_stateupdater", Role::StateUpdater},
        std::pair{"_subexpression_update", Role::SubexpressionUpdater}}) {
    std::string Owner = ownerBySuffix(Name, Suffix);
    if (IsGroup(Owner)) {
      R.R = Role;
      R.Owner = Owner;
      return R;
    }
  }

  Touched T(F);
  for (const auto &[Owner, Arrays] : Owners)
    if (Arrays.Kind == OwnerKind::SpatialNeuron && solvesCable(T, Arrays)) {
      R = {Role::CableSolver, Owner, ""};
      return R;
    }
  std::set<std::string> Foreign; // owners that are neither groups nor clocks
  std::set<std::string> WrittenOwners;
  std::string EventOwner, Event;
  for (const std::string &Array : T.All) {
    auto It = Names.find(Array);
    if (It == Names.end())
      continue;
    const std::string &Owner = It->second.Owner;
    const std::string &Variable = It->second.Variable;
    if (llvm::StringRef E = eventOf(Variable); !E.empty() && IsGroup(Owner)) {
      EventOwner = Owner;
      Event = E.str();
      if (T.Counted.count(Array)) {
        R = {Role::Thresholder, Owner, Event};
        return R;
      }
      continue;
    }
    // Clocks and the indices of a subgroup come along.
    bool IsNeutral = Variable == "t" || Variable == "dt" ||
                     Variable == "timestep" || Variable == "_sub_idx";
    if (!IsGroup(Owner) && !IsNeutral)
      Foreign.insert(Owner);
    if (T.Written.count(Array))
      WrittenOwners.insert(Owner);
  }
  if (!Foreign.empty()) {
    // A state monitor records into arrays of its own, by locals of this name.
    bool Records = llvm::any_of(T.Locals, [](llvm::StringRef Local) {
      return Local.starts_with("_to_record_");
    });
    if (Records)
      R = {Role::Recorder, recordedGroup(T.Locals, Owners), ""};
    return R;
  }
  if (!T.HasLoop && WrittenOwners.empty())
    return R;
  if (!EventOwner.empty() && T.Bounds.count("_num_events")) {
    R = {Role::Resetter, EventOwner, Event};
    return R;
  }
  if (isPoissonInput(F))
    return R;
  if (WrittenOwners.size() == 1 && IsGroup(*WrittenOwners.begin()) &&
      EventOwner.empty() && !Name.contains("_group_variable_set"))
    R = {Role::RunRegularly, *WrittenOwners.begin(), ""};
  return R;
}

} // namespace brian2lift
