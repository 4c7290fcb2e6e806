//===- Model/Group.cpp --------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model/Group.h"
#include "Model/Statements.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

namespace brian2lift {

const ModelEquation *NeuronGroup::find(llvm::StringRef Name) const {
  auto It = llvm::find_if(
      Equations, [&](const ModelEquation &E) { return E.Name == Name; });
  return It == Equations.end() ? nullptr : &*It;
}

namespace {

constexpr llvm::StringLiteral NotRefractory = "not_refractory";

class Builder {
public:
  Builder(const GroupSources &Sources, Diagnostics &Diags)
      : Sources(Sources), Diags(Diags) {}

  NeuronGroup run() {
    G.Name = Sources.Name;
    readSize();
    readClock();
    readDifferentialEquations();
    G.Equations.insert(G.Equations.end(), Sources.Known.begin(),
                       Sources.Known.end());
    readEvents();
    readRunRegularly();
    readSubexpressions();
    readParameters();
    readIdentifiers();
    refuseUnknownNames(G, Sources, Diags);
    return std::move(G);
  }

private:
  const GroupSources &Sources;
  Diagnostics &Diags;
  NeuronGroup G;

  const ScheduledReading *find(Role R, llvm::StringRef Event = {}) const {
    return Sources.find(R, Event);
  }

  bool isOwn(llvm::StringRef Name) const { return Sources.isOwn(Name); }

  const Array *array(llvm::StringRef Variable) const {
    auto It = Sources.Arrays.find(Variable.str());
    return It == Sources.Arrays.end() ? nullptr : It->second;
  }

  void readSize() {
    const Array *I = array("i");
    if (I && I->Size) {
      G.N = I->Size;
      G.NKnown.Sources.push_back(I->Place);
      return;
    }
    // The size is not there: the group's own code has the number of neurons.
    for (Role R : {Role::StateUpdater, Role::CableSolver, Role::Thresholder,
                   Role::Resetter})
      if (const ScheduledReading *S = find(R))
        if (const StepTemporary *N = S->What->S.findTemporary("_N");
            N && N->Value && !G.N)
          if (auto Number = numberOf(N->Value, S->What->S)) {
            G.N = Number->toLong();
            G.NKnown.Sources.push_back(S->What->F->Place);
          }
    if (!G.N) {
      G.NKnown.S = Evidence::Status::Unrecoverable;
      G.NKnown.Because = "no code says how many neurons there are";
    }
  }

  /// `_N` is a number, or the constant `N` (since Brian2 2.5).
  static std::optional<Rational> numberOf(Expr Count, const Step &S) {
    if (Count.isNumber())
      return Count.number();
    const NamedConstant *K =
        Count.isSymbol() ? S.findConstant(Count.name()) : nullptr;
    return K ? std::optional(K->Value) : std::nullopt;
  }

  ModelClock clock(const std::string &Name) const {
    ModelClock C;
    C.Name = Name;
    auto It = Sources.Run->Clocks.find(Name);
    if (It != Sources.Run->Clocks.end()) {
      C.Dt = It->second.Dt;
      C.Known.Sources.push_back(It->second.Place);
    } else {
      C.Known.S = Evidence::Status::Unrecoverable;
      C.Known.Because = "no number of seconds is set as its step";
    }
    return C;
  }

  /// The clock of the state updater; of any other code that is the group's own
  /// when there is none.
  void readClock() {
    for (Role R : {Role::StateUpdater, Role::CableSolver, Role::Thresholder,
                   Role::Resetter, Role::SubexpressionUpdater})
      if (const ScheduledReading *S = find(R)) {
        G.Clock = clock(S->Clock);
        return;
      }
    std::string Own = G.Name + "_clock";
    bool HasOwn = Sources.Run->Clocks.count(Own) != 0;
    G.Clock = clock(HasOwn ? Own : "defaultclock");
    G.Clock.Known.S = Evidence::Status::Assumed;
    G.Clock.Known.Because =
        "no code of the group says which clock it has; Brian2's default";
  }

  /// True when the state updater is missing, or damaged so that some of what it
  /// does may not show.
  bool isStateUpdaterLost() const {
    const ScheduledReading *S = find(Role::StateUpdater);
    return Sources.findLost(Role::StateUpdater) ||
           (S && S->What->F->HasUnknown && S->What->E.List.empty());
  }

  void readDifferentialEquations() {
    const ScheduledReading *S = find(Role::StateUpdater);
    if (isStateUpdaterLost())
      G.MethodKnown = lostEvidence(S ? S->What->F->Place : SourcePlace());
    if (!S)
      return;
    const Equations &E = S->What->E;
    for (const DifferentialEquation &Eq : E.List) {
      ModelEquation M;
      M.Name = Eq.Variable;
      M.K = ModelEquation::Kind::Differential;
      M.Value = Eq.rightHandSide();
      M.Type = typeOf(Eq.Variable);
      if (const Array *A = array(Eq.Variable); A && isShared(*A, Eq.Variable))
        M.Flags.push_back("shared");
      if (Eq.UnlessRefractory)
        M.Flags.push_back("unless refractory");
      M.Known.Sources = Eq.Sources;
      M.Known.Check = Eq.Check;
      if (M.Value && contains(M.Value, M.Value.arena().symbol("dt"))) {
        M.Known.S = Evidence::Status::Ambiguous;
        M.Known.Because = "the equation holds dt; an update that is no "
                          "integration at all reads the same";
      }
      if (!M.Value && Eq.Drift) {
        lose(M.Known, "equation", M.Name, S->What->F->Place);
        M.Known.Check = std::nullopt;
      } else if (!M.Value) {
        M.Known.S = Evidence::Status::Unrecoverable;
        M.Known.Because =
            "no integration method reproduces the code's update from an "
            "equation that could be read";
      }
      G.Equations.push_back(std::move(M));
    }
    readMethod(E, *S->What);
  }

  void readMethod(const Equations &E, const Reading &R) {
    if (E.List.empty())
      return;
    G.IntegrationMethod = E.Chosen;
    G.HasCustomMethod = !E.Chosen && E.IsCustomMethod;
    G.MethodKnown.Sources.push_back(R.F->Place);
    if (E.Chosen && E.Candidates.size() > 1) {
      G.MethodKnown.S = Evidence::Status::Inferred;
      G.MethodKnown.Because = "several methods reproduce the code; the "
                              "generator's own temporaries and order decide";
    }
    if (E.Chosen == Method::Exact && isDecay(E)) {
      G.MethodKnown.S = Evidence::Status::Ambiguous;
      G.MethodKnown.Because = "of equations like dx/dt = -x/tau "
                              "exponential_euler makes the same code";
    }
    if (!E.Chosen) {
      G.MethodKnown.S = Evidence::Status::Unrecoverable;
      G.MethodKnown.Because =
          E.IsCustomMethod
              ? "a consistent one-step method, but none of Brian2's own"
              : "no method of Brian2 reproduces all of the group's updates";
    }
    for (Method M : E.Candidates)
      if (!E.Chosen || M != *E.Chosen)
        G.MethodKnown.Alternatives.push_back(name(M).str());
  }

  /// True when exponential Euler solves all equations exactly and has no
  /// temporaries that would tell: Brian2 names B/A of A*x + B only where there
  /// is a B.
  static bool isDecay(const Equations &E) {
    return llvm::is_contained(E.Candidates, Method::ExponentialEuler) &&
           llvm::all_of(E.List, [](const DifferentialEquation &Eq) {
             if (!Eq.Drift)
               return false;
             ExprArena &A = Eq.Drift.arena();
             Expr X = A.symbol(Eq.Variable);
             return substitute(Eq.Drift, {{X, A.number(0)}}).isZero();
           });
  }

  ScalarType typeOf(llvm::StringRef Variable) const {
    const Array *A = array(Variable);
    return A ? A->Type : ScalarType::Unknown;
  }

  /// A shared variable is an array of one element, read outside of the loop.
  bool isShared(const Array &A, llvm::StringRef Name) const {
    if (A.Size != 1)
      return false;
    if (G.N && G.N != 1)
      return true;
    for (const ScheduledReading &S : Sources.Readings)
      if (const StepVariable *V = S.What->S.findVariable(Name))
        return V->IsScalar;
    return false;
  }

  /// True when what updates subexpressions is missing, or damaged so that it
  /// may update this one too.
  bool isUpdateLost(const ScheduledReading *Updater,
                    const std::string &Name) const {
    if (!Updater)
      return Sources.findLost(Role::SubexpressionUpdater);
    const Step &S = Updater->What->S;
    return llvm::is_contained(S.Lost, Name) ||
           (!S.Final.count(Name) && mayWrite(Updater->What->F->Body, Name));
  }

  /// A statement that could not be read writes this variable, or does not say
  /// what it writes.
  static bool mayWrite(const std::vector<Statement> &Body,
                       const std::string &Name) {
    return llvm::any_of(Body, [&](const Statement &S) {
      return (S.K == Statement::Kind::Unknown &&
              (S.Targets.empty() || llvm::is_contained(S.Targets, Name))) ||
             mayWrite(S.Then, Name) || mayWrite(S.Else, Name);
    });
  }

  void readParameters() {
    const ScheduledReading *Updater = find(Role::SubexpressionUpdater);
    for (const auto &[Name, Array] : Sources.Arrays) {
      if (isOwn(Name) || G.find(Name) || Array->IsDynamic)
        continue;
      ModelEquation M;
      M.Name = Name;
      M.Type = Array->Type;
      M.Known.Sources.push_back(Array->Place);
      if (isStateUpdaterLost() || isUpdateLost(Updater, Name)) {
        M.K = ModelEquation::Kind::Unknown;
        const ScheduledReading *S =
            isStateUpdaterLost() ? find(Role::StateUpdater) : Updater;
        M.Known = lostEvidence(S ? S->What->F->Place : SourcePlace());
        G.Equations.push_back(std::move(M));
        continue;
      }
      const auto *Updated = Updater ? &Updater->What->S.Final : nullptr;
      if (Updated && Updated->count(Name)) {
        M.K = ModelEquation::Kind::Subexpression;
        Expr Value = selectsToInt(Updated->at(Name));
        M.Value = Value ? inBrianCalls(Value) : Value;
        if (isShared(*Array, Name))
          M.Flags.push_back("shared");
        M.Flags.push_back("constant over dt");
        M.Known.Sources.insert(M.Known.Sources.begin(),
                               Updater->What->F->Place);
      } else {
        if (Sources.Written && !Sources.Written->count(Array->Name)) {
          M.Flags.push_back("constant");
          M.FlagsKnown.S = Evidence::Status::Inferred;
          M.FlagsKnown.Because =
              "no code of any run writes it; whether its author declared it "
              "constant is not in the code";
        }
        if (isShared(*Array, Name))
          M.Flags.push_back("shared");
      }
      G.Equations.push_back(std::move(M));
    }
    readLinkedVariables();
  }

  /// A variable of another group under a name in this group's code; or another
  /// group's subexpression where a monitor records this group.
  void readLinkedVariables() {
    for (const ScheduledReading &S : Sources.Readings) {
      const Step &Code = S.What->S;
      if (S.What->R.R == Role::Recorder) {
        for (const StepTemporary &T : Code.Temporaries)
          if (llvm::StringRef Name = T.Name; Name.consume_front("_source_") &&
                                             T.Foreign &&
                                             T.Foreign->Owner != G.Name)
            addLinked(Name, T.Type, T.Begin, &T, *T.Foreign);
        continue;
      }
      for (const StepVariable &V : Code.Variables)
        if (auto It = Sources.Names->find(V.Array);
            It != Sources.Names->end() && It->second.Owner != G.Name &&
            !Sources.Run->Clocks.count(It->second.Owner))
          addLinked(V.Name, V.Type, V.Place, Code.findTemporary(V.Name),
                    It->second);
    }
  }

  /// `T` computes what it is linked to, where that is a subexpression.
  void addLinked(llvm::StringRef Name, ScalarType Type,
                 const SourcePlace &Place, const StepTemporary *T,
                 const VariableName &To) {
    if (isOwn(Name) || G.find(Name))
      return;
    ModelEquation M;
    M.Name = Name.str();
    M.Type = Type;
    M.Flags.push_back("linked");
    M.Known.Sources.push_back(Place);
    M.Known.Because = T && T->Named && !T->Named.isSymbol()
                          ? "linked to " + toBrian(T->Named) + " of " + To.Owner
                          : "linked to " + To.Owner + "." + To.Variable;
    G.Equations.push_back(std::move(M));
  }

  void readSubexpressions() {
    for (const GroupSources::Subexpression &Each : Sources.Subexpressions)
      if (!G.find(Each.Equation.Name))
        G.Equations.push_back(Each.Equation);
  }

  /// What `threshold` asks for besides `not_refractory`, which Brian2 adds to
  /// the threshold of spikes: null where a neuron would spike without it.
  Expr thresholdOf(const Step &S, llvm::StringRef Event) const {
    const StepTemporary *T = S.findTemporary("_cond");
    if (!T || !T->Value)
      return Expr();
    Expr Value = T->Value;
    Expr Refractory =
        conditionWithoutSelects(assume(Value, NotRefractory, false));
    if (Refractory && Refractory.isFalse())
      Value = assume(Value, NotRefractory, true);
    else if (Event == "spike" && array(NotRefractory))
      return Expr();
    return conditionWithoutSelects(inBrianCalls(Value));
  }

  void readEvents() {
    for (const ScheduledReading &S : Sources.Readings) {
      if (S.What->R.R != Role::Thresholder)
        continue;
      ModelEvent E;
      E.Name = S.What->R.Event;
      E.Threshold = thresholdOf(S.What->S, E.Name);
      const StepTemporary *Condition = S.What->S.findTemporary("_cond");
      E.ThresholdKnown.Sources.push_back(Condition ? Condition->Begin
                                                   : S.What->F->Place);
      if (!E.Threshold)
        lose(E.ThresholdKnown, "threshold", E.Name, S.What->F->Place);
      readReset(E);
      readRefractoriness(E);
      G.Events.push_back(std::move(E));
    }
    for (const LostFunction &L : Sources.Lost) {
      if (L.R.R != Role::Thresholder)
        continue;
      ModelEvent E;
      E.Name = L.R.Event;
      E.ThresholdKnown = lostEvidence(L.Place);
      readReset(E);
      readRefractoriness(E);
      G.Events.push_back(std::move(E));
    }
    readRefractorinessWithoutSpikes();
    llvm::sort(G.Events, [](const ModelEvent &A, const ModelEvent &B) {
      bool SpikeA = A.Name == "spike", SpikeB = B.Name == "spike";
      return SpikeA != SpikeB ? SpikeA : A.Name < B.Name;
    });
  }

  /// A refractory group may have no threshold, or none that is active; its
  /// state updater goes by the time of the last spike all the same.
  void readRefractorinessWithoutSpikes() {
    if (llvm::any_of(G.Events,
                     [](const ModelEvent &E) { return E.Name == "spike"; }))
      return;
    ModelEvent E;
    E.Name = "spike";
    readRefractoriness(E);
    if (!E.Refractory)
      return;
    E.ThresholdKnown.S = Evidence::Status::Unrecoverable;
    E.ThresholdKnown.Because = "no code of this run looks for spikes";
    G.Events.push_back(std::move(E));
  }

  /// The author's statements, if all of them could be read.
  std::optional<std::vector<ModelStatement>>
  readCode(const Reading &R, const std::set<std::string> &Guarded) const {
    if (R.F->HasUnknown)
      return std::nullopt;
    // A local with a variable's name that is stored elsewhere, or nowhere, is
    // not the variable.
    for (const StepWrite &W : R.S.Writes) {
      const Array *Own = array(W.Name);
      const StepVariable *V = R.S.findVariable(W.Name);
      if (Own && (W.IsLocal || (V && V->Array != Own->Name)))
        return std::nullopt;
    }
    return statementsOf(R.S, Guarded);
  }

  void readReset(ModelEvent &E) {
    const ScheduledReading *S = find(Role::Resetter, E.Name);
    const LostFunction *L = Sources.findLost(Role::Resetter, E.Name);
    E.HasReset = S || L;
    if (!S) {
      if (L)
        E.ResetKnown = lostEvidence(L->Place);
      return;
    }
    E.ResetKnown.Sources.push_back(S->What->F->Place);
    if (auto Statements = readCode(*S->What, {})) {
      E.Reset = std::move(*Statements);
      if (!S->What->S.Writes.empty())
        E.ResetKnown.Sources.front() = S->What->S.Writes.front().Begin;
    } else {
      lose(E.ResetKnown, "reset", E.Name, S->What->F->Place);
    }
  }

  void readRefractoriness(ModelEvent &E) {
    if (E.Name != "spike" || !array(NotRefractory))
      return;
    const ScheduledReading *S = find(Role::StateUpdater);
    if (!S) {
      if (const LostFunction *L = Sources.findLost(Role::StateUpdater)) {
        E.Refractory = Refractoriness();
        E.RefractoryKnown = lostEvidence(L->Place);
      }
      return;
    }
    E.Refractory = S->What->E.Refractory;
    if (E.Refractory) {
      E.RefractoryKnown.Sources.push_back(E.Refractory->Begin);
      Expr &Value = E.Refractory->Duration ? E.Refractory->Duration
                                           : E.Refractory->Condition;
      Value = inBrianCalls(substitute(Value, subexpressionsIn(S->What->S)));
    } else {
      E.Refractory = Refractoriness();
      lose(E.RefractoryKnown, "refractoriness", E.Name, S->What->F->Place);
    }
  }

  /// What a function computes under the names of the group's subexpressions.
  llvm::DenseMap<Expr, Expr> subexpressionsIn(const Step &S) const {
    llvm::DenseMap<Expr, Expr> Result;
    for (const StepTemporary *T : Sources.subexpressionsIn(S))
      if (T->Value)
        Result[T->Value] = T->Value.arena().symbol(T->Name);
    return Result;
  }

  void lose(Evidence &E, llvm::StringRef What, llvm::StringRef Of,
            const SourcePlace &Place) {
    loseValue(E, What, Of, Place, Diags);
  }

  void readRunRegularly() {
    for (const ScheduledReading &S : Sources.Readings) {
      if (S.What->R.R != Role::RunRegularly)
        continue;
      ModelRunRegularly R;
      llvm::StringRef Name = S.What->F->Name;
      Name.consume_front("_run_");
      R.Name = Name.take_front(Name.rfind("_codeobject")).str();
      R.Clock = clock(S.Clock);
      for (const std::string &Touched : touchedArrays(*S.What->F))
        if (auto It = Sources.Names->find(Touched);
            It != Sources.Names->end() && It->second.Variable == "_sub_idx")
          R.Subgroup = It->second.Owner;
      R.Known.Sources.push_back(S.What->F->Place);
      // Brian2 itself guards what it writes to `(unless refractory)` variables.
      std::set<std::string> Guarded;
      for (const ModelEquation &E : G.Equations)
        if (llvm::is_contained(E.Flags, "unless refractory"))
          Guarded.insert(E.Name);
      if (auto Code = readCode(*S.What, Guarded))
        R.Code = std::move(*Code);
      else
        lose(R.Known, "regularly run code", R.Name, S.What->F->Place);
      R.HasInlinedConstants = S.What->F->HasInlinedConstants;
      if (R.HasInlinedConstants)
        for (const ModelStatement &Line : R.Code)
          noteNumbers(R.Known, Line.Value);
      G.RunRegularly.push_back(std::move(R));
    }
  }

  /// The named constants that anything printed uses.
  void readIdentifiers() {
    llvm::StringSet<> Used;
    auto Use = [&](Expr E) {
      if (E)
        for (Expr S : symbolsOf(E))
          Used.insert(S.name());
    };
    for (const ModelEquation &E : G.Equations)
      Use(E.Value);
    for (const ModelEvent &E : G.Events) {
      Use(E.Threshold);
      for (const ModelStatement &S : E.Reset)
        Use(S.Value);
      if (E.Refractory) {
        Use(E.Refractory->Duration);
        Use(E.Refractory->Condition);
      }
    }
    for (const ModelRunRegularly &R : G.RunRegularly)
      for (const ModelStatement &S : R.Code)
        Use(S.Value);

    std::map<std::string, ModelIdentifier> Found;
    auto Add = [&](const NamedConstant &K) {
      if (!Used.count(K.Name) || isOwn(K.Name) || G.find(K.Name))
        return;
      auto [It, IsNew] = Found.try_emplace(K.Name);
      if (IsNew)
        It->second.Constant = K;
    };
    for (const ScheduledReading &S : Sources.Readings)
      llvm::for_each(S.What->S.Constants, Add);
    llvm::for_each(Sources.MoreConstants, Add);
    for (auto &[Name, Identifier] : Found)
      G.Identifiers.push_back(std::move(Identifier));
  }
};

} // namespace

const ScheduledReading *GroupSources::find(Role R,
                                           llvm::StringRef Event) const {
  for (const ScheduledReading &S : Readings)
    if (S.What->R.R == R && (Event.empty() || S.What->R.Event == Event))
      return &S;
  return nullptr;
}

const LostFunction *GroupSources::findLost(Role R,
                                           llvm::StringRef Event) const {
  for (const LostFunction &L : Lost)
    if (L.R.R == R && (Event.empty() || L.R.Event == Event))
      return &L;
  return nullptr;
}

std::vector<const StepTemporary *>
GroupSources::subexpressionsIn(const Step &S) const {
  std::vector<const StepTemporary *> Same;
  llvm::StringSet<> Others;
  for (const Subexpression &Each : Subexpressions)
    if (const StepTemporary *T = S.findTemporary(Each.Equation.Name)) {
      if (T->Named == Each.Value)
        Same.push_back(T);
      else
        Others.insert(T->Name);
    }
  // Names of other values make other values of what is said with them.
  auto UsesOther = [&](const StepTemporary *T) {
    return T->Named && llvm::any_of(symbolsOf(T->Named), [&](Expr Symbol) {
             return Others.contains(Symbol.name());
           });
  };
  for (auto It = Same.begin(); It != Same.end();)
    if (UsesOther(*It)) {
      Others.insert((*It)->Name);
      Same.erase(It);
      It = Same.begin();
    } else {
      ++It;
    }
  return Same;
}

bool GroupSources::isOwn(llvm::StringRef Name) const {
  static constexpr llvm::StringLiteral Names[] = {
      "i", "N", "t", "lastspike", "dt", NotRefractory};
  return Name.starts_with("_") || llvm::is_contained(Names, Name) ||
         OwnVariables.count(Name.str());
}

void loseValue(Evidence &E, llvm::StringRef What, llvm::StringRef Of,
               const SourcePlace &Place, Diagnostics &Diags) {
  E.S = Evidence::Status::Unrecoverable;
  E.Because = "the code has a form that is not understood";
  Diags.report(DiagId::ValueNotUnderstood, Place) << What << Of;
}

Evidence lostEvidence(const SourcePlace &Place) {
  Evidence E;
  E.S = Evidence::Status::Unrecoverable;
  E.Because = Place ? "the function that says it could not be read whole"
                    : "the function that says it is missing";
  if (Place)
    E.Sources.push_back(Place);
  return E;
}

NeuronGroup buildGroup(const GroupSources &G, Diagnostics &Diags) {
  return Builder(G, Diags).run();
}

} // namespace brian2lift
