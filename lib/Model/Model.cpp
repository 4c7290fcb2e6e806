//===- Model/Model.cpp --------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model/Model.h"
#include "Model/Contents.h"
#include "Model/Group.h"
#include "Model/Spatial.h"
#include "Model/Subexpressions.h"
#include "Step/Cable.h"
#include "Step/Gsl.h"
#include "Support/Parallel.h"
#include "Support/TimeReport.h"
#include "llvm/ADT/STLExtras.h"
#include <deque>

namespace brian2lift {

void noteNumbers(Evidence &Known, Expr Value) {
  if (Known.S != Evidence::Status::Recovered || !Known.Because.empty() ||
      !Value)
    return;
  if (holds(Value, [](Expr Part) { return Part.isNumber(); }))
    Known.Because = "numbers are in SI units; some were named constants";
}

namespace {

/// `Whole` in another arena.
template <class T> T copyTo(ExprArena &A, T Whole) {
  llvm::DenseMap<Expr, Expr> Copies;
  forEachExpr(Whole, [&](Expr &E) { E = A.copy(E, Copies); });
  return Whole;
}

/// A state updater on its way to equations, which it finds in an arena of its
/// own.
struct StateUpdater {
  FunctionRole R;
  std::optional<GslStateUpdater> Gsl;
  Step S; ///< GSL's is that of the Euler step with the same right-hand sides
  std::unique_ptr<ExprArena> Own;
  Equations E;
  Diagnostics Found;

  void recover() {
    Own = std::make_unique<ExprArena>();
    const Step Copy = copyTo(*Own, S);
    E = Gsl ? recoverGslEquations(Copy, Gsl->StepType, Found)
            : recoverEquations(Copy, Found);
  }
};

class ModelBuilder {
public:
  ModelBuilder(const CodeObjects &C, const UnitOptions &Units, bool NamesParts,
               Diagnostics &Diags)
      : C(C), Units(Units), NamesParts(NamesParts), Diags(Diags),
        Names(nameArrays(C)), Owners(collectOwners(C, Names)),
        Others(C, Names, Owners), Contents(C) {
    for (const Function &F : C.Functions)
      Functions.try_emplace(F.Name, &F);
  }

  std::vector<ModelRun> run(const Function &Main) {
    Schedule = readSchedule(Main, C, Names);
    recoverAhead();
    Written = C.WrittenElsewhere;
    for (const ScheduledRun &Run : Schedule)
      for (const ScheduledCall &Call : Run.Calls)
        if (const Function *F = Functions.lookup(Call.Function)) {
          Written.merge(writtenArrays(*F));
          IsComplete &= !hasDamage(F->Body);
        }
    for (const ScheduledRun &Run : Schedule)
      for (const ScheduledCall &Call : Run.Calls)
        if (const Reading *R = read(Call.Function); R && !R->R.Owner.empty())
          Active.insert(R->R.Owner);
    for (const ScheduledRun &Run : Schedule)
      for (const ScheduledCall &Call : Run.Calls)
        if (!Call.Function.empty() && !Functions.lookup(Call.Function)) {
          Active.insert(promisedRole(Call.Function).Owner);
          IsComplete = false;
        }
    collectLocals();
    std::vector<ModelRun> Runs;
    Runs.reserve(Schedule.size());
    for (const ScheduledRun &Run : Schedule)
      Runs.push_back(build(Run));
    makeReadable(Runs);
    return Runs;
  }

private:
  const CodeObjects &C;
  const UnitOptions &Units;
  bool NamesParts;
  Diagnostics &Diags;
  ArrayNames Names;
  std::map<std::string, OwnerArrays> Owners;
  Neighbours Others;
  InitialContents Contents;
  llvm::StringMap<const Function *> Functions;
  llvm::DenseMap<const Function *, std::unique_ptr<Step>> Steps; ///< see stepOf
  std::vector<ScheduledRun> Schedule;
  std::set<std::string> Written;
  bool IsComplete = true; ///< every function of every run could be read whole
  std::set<std::string> Active; ///< groups that have code in some run
  std::map<std::string, FunctionRole> Promised; ///< by the functions' names
  std::map<std::string, Reading> Readings;
  std::map<std::string, StateUpdater> Ahead; ///< until they are read
  std::deque<Reading> Changed; ///< see separateConstants, keepSubexpressions
  NamedLocals Locals;

  /// What a function does to its variables, worked out once.
  const Step &stepOf(const Function &F) {
    std::unique_ptr<Step> &S = Steps[&F];
    if (!S)
      S = std::make_unique<Step>(buildStep(F, C, Names));
    return *S;
  }

  /// Reads a function once; null when the code has none of that name.
  const Reading *read(const std::string &Name) {
    if (Name.empty())
      return nullptr;
    if (auto It = Readings.find(Name); It != Readings.end())
      return It->second.F ? &It->second : nullptr;
    Reading &R = Readings[Name];
    R.F = Functions.lookup(Name);
    if (!R.F)
      return nullptr;
    auto Known = Ahead.find(Name);
    R.R = Known != Ahead.end() ? Known->second.R : roleOf(*R.F, Names, Owners);
    if (R.R.R == Role::Other || !isOfModel(R.R)) {
      // Where its name promises a part of the model, that is lost.
      if (R.F->HasUnknown && promisedRole(Name).R != Role::Other)
        reportUnknown(R.F->Body);
      return &R;
    }
    if (R.R.R == Role::CableSolver) {
      readSolver(R);
      return &R;
    }
    // A monitor's bookkeeping is of no interest here.
    if (R.F->HasUnknown && R.R.R != Role::Recorder)
      reportUnknown(R.F->Body);
    if (Known == Ahead.end()) {
      R.S = stepOf(*R.F);
    } else {
      R.S = std::move(Known->second.S);
      R.E = std::move(Known->second.E);
      Diags.append(Known->second.Found);
    }
    for (const auto &[Name, Place] : R.S.TooLarge)
      Diags.report(DiagId::ValueTooLarge, Place) << Name;
    return &R;
  }

  bool isOfModel(const FunctionRole &R) const {
    auto Owner = Owners.find(R.Owner);
    return Owner != Owners.end() && isModelled(Owner->second.Kind);
  }

  /// Recovers the equations of all state updaters that run, and what the other
  /// code says about units: the largest part of the work, of which no piece
  /// needs the others.
  void recoverAhead() {
    std::vector<StateUpdater *> All;
    for (const ScheduledRun &Run : Schedule)
      for (const ScheduledCall &Call : Run.Calls) {
        const Function *F = Functions.lookup(Call.Function);
        if (!F || Ahead.count(Call.Function))
          continue;
        FunctionRole R = roleOf(*F, Names, Owners);
        if (R.R != Role::StateUpdater || !isOfModel(R))
          continue;
        StateUpdater &U = Ahead[Call.Function];
        U.R = R;
        U.Gsl = readGsl(*F, C, Names);
        U.S = U.Gsl ? buildStep(U.Gsl->EulerStep, C, Names) : stepOf(*F);
        All.push_back(&U);
      }
    forEachIndex(All.size() + 1, [&](size_t I) {
      if (I == 0)
        Others.read(
            [&](const Function &F) -> const Step & { return stepOf(F); });
      else
        All[I - 1]->recover();
    });
    for (StateUpdater *U : All) {
      U->E = copyTo(*C.Arena, std::move(U->E));
      U->Own.reset();
    }
  }

  const FunctionRole &promisedRole(const std::string &Function) {
    auto [It, IsNew] = Promised.try_emplace(Function);
    if (IsNew)
      It->second = roleByName(Function, Owners);
    return It->second;
  }

  /// Only what a cable solver computes for each compartment is of interest.
  void readSolver(Reading &R) {
    std::optional<CableSolver> Solver = readCable(*R.F, C, Names);
    if (!Solver)
      return;
    reportUnknown(Solver->Compartment.Body);
    R.S = buildStep(Solver->Compartment, C, Names);
  }

  /// What may be subexpressions, in the code of all runs and in what sets
  /// initial values.
  void collectLocals() {
    for (const Function &F : C.Functions) {
      auto It = Readings.find(F.Name);
      if (It != Readings.end() && !It->second.S.Temporaries.empty()) {
        const Reading &R = It->second;
        // Names of a method's own are none of the author's.
        if (R.R.R != Role::StateUpdater || R.E.Chosen || R.E.List.empty())
          collectNamedLocals(F, R.R, R.S, Names, Owners, Locals);
        continue;
      }
      if (!llvm::StringRef(F.Name).starts_with("_run_") ||
          !mayHoldSubexpressions(F))
        continue;
      FunctionRole R = roleOf(F, Names, Owners);
      if (R.R != Role::Other && R.R != Role::Recorder)
        continue;
      collectNamedLocals(F, R, stepOf(F), Names, Owners, Locals);
    }
  }

  /// Code that uses a subexpression says so by its name.
  void keepSubexpressions(GroupSources &Sources) {
    for (ScheduledReading &Scheduled : Sources.Readings) {
      const Reading &R = *Scheduled.What;
      if (R.R.R == Role::StateUpdater || R.R.R == Role::CableSolver ||
          R.R.R == Role::Recorder)
        continue;
      std::set<std::string> Kept;
      for (const StepTemporary *T : Sources.subexpressionsIn(R.S))
        if (!T->Foreign)
          Kept.insert(T->Name);
      if (Kept.empty())
        continue;
      Changed.push_back(R);
      Changed.back().S = buildStep(*R.F, C, Names, Kept);
      Scheduled.What = &Changed.back();
    }
  }

  /// A constant that has another value in one function than in those before it
  /// (code with a namespace of its own) is replaced there by its value.
  /// True when there is one.
  bool separateConstants(GroupSources &Sources) {
    std::map<std::string, Rational> First;
    bool Found = false;
    for (ScheduledReading &Scheduled : Sources.Readings) {
      llvm::DenseMap<Expr, Expr> Values;
      for (const NamedConstant &K : Scheduled.What->S.Constants) {
        auto [It, IsNew] = First.try_emplace(K.Name, K.Value);
        // A subgroup's code has the subgroup's N.
        if (IsNew || K.Name == "N" || It->second == K.Value)
          continue;
        Values[C.Arena->symbol(K.Name)] = C.Arena->number(K.Value);
        Diags.report(DiagId::ConstantConflict, K.Place)
            << K.Name << Sources.Name;
      }
      if (Values.empty())
        continue;
      Changed.push_back(*Scheduled.What);
      substituteIn(Changed.back(), Values);
      Scheduled.What = &Changed.back();
      Found = true;
    }
    return Found;
  }

  static void substituteIn(Reading &R,
                           const llvm::DenseMap<Expr, Expr> &Values) {
    auto Put = [&](Expr &E) { E = substitute(E, Values); };
    forEachExpr(R.S, Put);
    forEachExpr(R.E, Put);
    llvm::erase_if(R.S.Constants, [&](const NamedConstant &K) {
      return llvm::any_of(Values, [&](const auto &Pair) {
        return Pair.first.isSymbol(K.Name);
      });
    });
  }

  /// True for code that is not even C++ (CodeObject's "damaged code"); any
  /// other statement of unknown shape says what it may write.
  static bool hasDamage(const std::vector<Statement> &Body) {
    return llvm::any_of(Body, [](const Statement &S) {
      return (S.K == Statement::Kind::Unknown && S.Text == "damaged code") ||
             hasDamage(S.Then) || hasDamage(S.Else);
    });
  }

  /// A function that is missing or in which something was not understood.
  static bool isLost(const Reading *R) { return !R || R->F->HasUnknown; }

  void reportUnknown(const std::vector<Statement> &Body) {
    for (const Statement &S : Body) {
      if (S.K == Statement::Kind::Unknown)
        Diags.report(DiagId::StatementNotUnderstood, S.Begin) << S.Text;
      reportUnknown(S.Then);
      reportUnknown(S.Else);
    }
  }

  /// One array a variable: the one that the run's code touches; of variables
  /// that no code touches, the one with the number that the others have.
  static std::map<std::string, const Array *>
  arraysInRun(const OwnerArrays &Owner,
              llvm::ArrayRef<ScheduledReading> Readings) {
    std::set<std::string> Touched;
    for (const ScheduledReading &R : Readings)
      Touched.merge(touchedArrays(*R.What->F));
    std::map<std::string, const Array *> Result;
    std::map<unsigned, unsigned> Votes;
    for (const auto &[Variable, Arrays] : Owner.Arrays)
      for (const OwnedArray &O : Arrays)
        if (Touched.count(O.A->Name)) {
          Result[Variable] = O.A;
          ++Votes[O.Instance];
        }
    unsigned Usual = 0;
    for (auto [Instance, Count] : Votes)
      if (Count > Votes[Usual])
        Usual = Instance;
    for (const auto &[Variable, Arrays] : Owner.Arrays)
      for (const OwnedArray &O : Arrays)
        if (O.Instance == Usual)
          Result.try_emplace(Variable, O.A);
    return Result;
  }

  /// A group without any code is part of a run as far as the code says, unless
  /// it is set up only afterwards or there are several of its name.
  static bool isPresent(const std::string &Name, const OwnerArrays &Owner,
                        const ScheduledRun &Run) {
    return !Run.AssignedLater.count(Name) && Owner.Arrays.at("i").size() == 1;
  }

  /// Says of all that holds numbers that these may have had names.
  static void noteInlinedConstants(NeuronGroup &G) {
    G.IdentifiersKnown.S = Evidence::Status::Unrecoverable;
    G.IdentifiersKnown.Because =
        "the generator wrote the values of constants in place of their names "
        "(Brian2 before 2.5)";
    for (ModelEquation &E : G.Equations)
      noteNumbers(E.Known, E.Value);
    for (ModelEvent &E : G.Events) {
      noteNumbers(E.ThresholdKnown, E.Threshold);
      for (const ModelStatement &S : E.Reset)
        noteNumbers(E.ResetKnown, S.Value);
      if (E.Refractory)
        noteNumbers(E.RefractoryKnown, E.Refractory->Duration
                                           ? E.Refractory->Duration
                                           : E.Refractory->Condition);
    }
  }

  UnitSources unitSources(const GroupSources &Sources) const {
    UnitSources Result;
    Result.Others = &Others;
    for (const auto &[Variable, A] : Sources.Arrays) {
      Result.Names.VariableOf[A->Name] = Variable;
      ArrayContents Before = Contents.before(*A, *Sources.Run);
      if (Before.K == ArrayContents::Kind::Uniform)
        Result.Samples[Variable] = {Before.Value.toDouble()};
    }
    for (const ScheduledReading &R : Sources.Readings) {
      if (R.What->R.R == Role::Recorder)
        continue;
      Result.Names.Functions.insert(R.What->F);
      // A linked variable, unless it is linked to a subexpression, which has
      // another name than what it reads.
      for (const StepVariable &V : R.What->S.Variables)
        if (auto It = Names.find(V.Array); It != Names.end() &&
                                           V.Name == It->second.Variable &&
                                           !Sources.Arrays.count(V.Name))
          Result.Names.VariableOf.try_emplace(V.Array, V.Name);
    }
    return Result;
  }

  /// Last: what follows from the code follows from it as it stands.
  void makeReadable(std::vector<ModelRun> &Runs) {
    std::vector<NeuronGroup *> Groups;
    for (ModelRun &Run : Runs)
      for (auto *List : {&Run.NeuronGroups, &Run.SpatialNeurons})
        for (NeuronGroup &G : *List)
          Groups.push_back(&G);
    makeGroupsReadable(Groups, *C.Arena);
    for (NeuronGroup *G : Groups) {
      if (NamesParts)
        nameParts(*G);
      giveZerosUnits(*G, *C.Arena);
    }
  }

  ModelRun build(const ScheduledRun &Run) {
    ModelRun M;
    M.Duration = Run.Duration;
    M.Network = Run.Network;
    M.Place = Run.Place;
    M.DurationKnown.Sources.push_back(Run.Place);
    if (!Run.Duration) {
      M.DurationKnown.S = Evidence::Status::Unrecoverable;
      M.DurationKnown.Because = "the code takes it from elsewhere, such as an "
                                "argument of the program";
    }
    // The calls that each group has to do with.
    std::map<std::string, std::vector<const ScheduledCall *>> CallsOf;
    for (const ScheduledCall &Call : Run.Calls) {
      const Reading *R = read(Call.Function);
      std::string Promised = promisedRole(Call.Function).Owner;
      if (R && R->R.Owner != Promised)
        CallsOf[R->R.Owner].push_back(&Call);
      CallsOf[Promised].push_back(&Call);
    }
    for (const auto &[Name, Owner] : Owners) {
      if (!isModelled(Owner.Kind))
        continue;
      GroupSources Sources;
      Sources.Name = Name;
      Sources.Names = &Names;
      Sources.Run = &Run;
      Sources.Contents = &Contents;
      Sources.Written = IsComplete ? &Written : nullptr;
      for (const ScheduledCall *Each : CallsOf[Name]) {
        const ScheduledCall &Call = *Each;
        const Reading *R = read(Call.Function);
        const FunctionRole &Promised = promisedRole(Call.Function);
        bool DoesOther =
            R && R->R.R != Promised.R &&
            (Promised.R == Role::Thresholder || Promised.R == Role::Resetter);
        if (R && R->R.Owner == Name && !DoesOther)
          Sources.Readings.push_back({R, Call.Clock});
        if ((isLost(R) || DoesOther) && Promised.Owner == Name &&
            !(R && R->R.R == Promised.R)) {
          Sources.Lost.push_back({Promised, R ? R->F->Place : SourcePlace()});
          if (DoesOther)
            Diags.report(DiagId::ValueNotUnderstood, R->F->Place)
                << (Promised.R == Role::Resetter ? "reset" : "threshold")
                << Promised.Event;
        }
      }
      if (Sources.Readings.empty() && Sources.Lost.empty() &&
          (Active.count(Name) || !isPresent(Name, Owner, Run)))
        continue;
      Sources.Arrays = arraysInRun(Owner, Sources.Readings);
      bool IsSpatial = Owner.Kind == OwnerKind::SpatialNeuron;
      if (IsSpatial)
        nameSpatialVariables(Sources);
      if (auto It = Locals.find(Name); It != Locals.end())
        findSubexpressions(Sources, It->second);
      keepSubexpressions(Sources);
      bool HasSeparated = separateConstants(Sources);
      // Brian2GeNN runs some code on the CPU with other habits.
      bool AreInlined =
          llvm::any_of(Sources.Readings, [](const ScheduledReading &R) {
            return R.What->R.R != Role::RunRegularly &&
                   R.What->R.R != Role::Recorder &&
                   R.What->F->HasInlinedConstants;
          });
      UnitSources KnownUnits = unitSources(Sources);
      KnownUnits.LiteralsMayBeQuantities = HasSeparated || AreInlined;
      NeuronGroup G = IsSpatial
                          ? buildSpatialNeuron(std::move(Sources), C, Diags)
                          : buildGroup(Sources, Diags);
      if (AreInlined)
        noteInlinedConstants(G);
      {
        StageTimer Timer(Stage::Units);
        inferGroupUnits(G, *C.Arena, std::move(KnownUnits), Units, Diags);
      }
      (IsSpatial ? M.SpatialNeurons : M.NeuronGroups).push_back(std::move(G));
    }
    return M;
  }
};

} // namespace

/// True when Brian2's preference is single precision, and not only the dtype of
/// some variable: what is left in double precision then are times, for which
/// Brian2 has no choice.
static bool isSinglePrecision(llvm::ArrayRef<Array> Arrays) {
  bool HasSingle = false;
  for (const Array &A : Arrays) {
    llvm::StringRef Name = A.Name;
    bool IsTime = llvm::any_of(
        llvm::ArrayRef<llvm::StringRef>{"_t", "_dt", "_lastspike",
                                        "_lastupdate", "_last_timestep"},
        [&](llvm::StringRef Suffix) { return Name.ends_with(Suffix); });
    if (A.Type == ScalarType::Float64 && !A.IsStatic && !IsTime)
      return false;
    HasSingle |= A.Type == ScalarType::Float32;
  }
  return HasSingle;
}

/// `omp_set_num_threads(2);` in main; 0 without OpenMP.
static long openMpThreads(const std::vector<Statement> &Body) {
  for (const Statement &S : Body) {
    if (S.K == Statement::Kind::Call && S.Callee == "omp_set_num_threads" &&
        S.Arguments.size() == 1 && S.Arguments[0] && S.Arguments[0].isNumber())
      return S.Arguments[0].number().toLong().value_or(0);
    if (long Inner = openMpThreads(S.Then))
      return Inner;
  }
  return 0;
}

/// True when some group has what the hint is about.
static bool isUsed(const UnitHint &Hint, const Model &M) {
  auto Has = [&](const NeuronGroup &G) {
    auto IsIt = [&](llvm::StringRef Name) { return Hint.isFor(G.Name, Name); };
    return llvm::any_of(G.Equations,
                        [&](const auto &E) { return IsIt(E.Name); }) ||
           llvm::any_of(G.Identifiers,
                        [&](const auto &I) { return IsIt(I.Constant.Name); });
  };
  return llvm::any_of(M.Runs, [&](const ModelRun &R) {
    return llvm::any_of(R.NeuronGroups, Has) ||
           llvm::any_of(R.SpatialNeurons, Has);
  });
}

static void reportUnusedHints(const Model &M, const UnitOptions &Units,
                              Diagnostics &Diags) {
  for (const UnitHint &Hint : Units.Hints)
    if (!isUsed(Hint, M))
      Diags.report(DiagId::HintUnused, Hint.Place) << Hint.Text;
}

llvm::Expected<Model> buildModel(const Project &P, const CodeObjects &C,
                                 Diagnostics &Diags, const UnitOptions &Units,
                                 bool NamesParts) {
  const Function *Main = C.find("main");
  if (!Main) {
    Diags.report(DiagId::NoMain);
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "no function 'main' could be read");
  }
  Model M;
  M.Device = P.Kind;
  M.Versions = C.Versions;
  M.Arena = C.Arena;
  M.OpenMpThreads = openMpThreads(Main->Body);
  M.IsSinglePrecision = isSinglePrecision(C.Arrays);
  M.Runs = ModelBuilder(C, Units, NamesParts, Diags).run(*Main);
  reportUnusedHints(M, Units, Diags);
  if (!C.Arrays.empty())
    return M;
  if (M.Runs.empty()) {
    Diags.report(DiagId::NotABrianProject, Main->Place)
        << P.Root << "'main' runs no network";
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   Diags.all().back().Message);
  }
  Diags.report(DiagId::NoArrays, Main->Place);
  return M;
}

} // namespace brian2lift
