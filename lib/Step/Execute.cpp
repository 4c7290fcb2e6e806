//===- Step/Execute.cpp - Symbolic execution of one function ------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Step/Frame.h"
#include "Step/Locals.h"
#include "Step/Step.h"
#include "Support/TimeReport.h"
#include "Support/Worker.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace brian2lift {

const StepVariable *Step::findVariable(llvm::StringRef Name) const {
  auto It = llvm::find_if(
      Variables, [&](const StepVariable &V) { return V.Name == Name; });
  return It == Variables.end() ? nullptr : &*It;
}

const NamedConstant *Step::findConstant(llvm::StringRef Name) const {
  auto It = llvm::find_if(
      Constants, [&](const NamedConstant &V) { return V.Name == Name; });
  return It == Constants.end() ? nullptr : &*It;
}

const StepTemporary *Step::findTemporary(llvm::StringRef Name) const {
  auto It = llvm::find_if(
      Temporaries, [&](const StepTemporary &V) { return V.Name == Name; });
  return It == Temporaries.end() ? nullptr : &*It;
}

namespace {

constexpr llvm::StringLiteral NotRefractory = "not_refractory";

/// Values of locals. A local that was declared without a value and not yet
/// assigned is absent.
using Environment = llvm::DenseMap<Expr, Expr>;

/// A value as it would be printed.
struct Measure {
  double Size = 0;    ///< nodes, where each use counts, and digits
  unsigned Depth = 0; ///< of nesting
  bool Draws = false; ///< random numbers
};
/// No model's value is larger: the largest real one, a step of rk4, has a size
/// of 88,000 and a depth of 44. What doubles with each statement would take
/// all memory, and what is nested as deep as there are statements all time.
constexpr double MaxSize = 1e6;
constexpr unsigned MaxDepth = 300;
/// No code has so many temporaries (the most is 134), of which each would be
/// looked for in all statements.
constexpr size_t MaxLocals = 2000;

/// True for `sqrt(dt)*randn(...)`, what Brian2 draws for a stochastic variable.
bool isNoiseIncrement(Expr Value) {
  if (!Value.is(ExprKind::Mul) || Value.operands().size() != 2)
    return false;
  bool HasRoot = false, HasNormal = false;
  for (Expr F : Value.operands()) {
    HasRoot |= F.is(ExprKind::Pow) && F.operand(0).isSymbol("dt") &&
               F.operand(1).isNumber(Rational(1, 2));
    HasNormal |= F.isCall("randn");
  }
  return HasRoot && HasNormal;
}

class Executor {
public:
  Executor(const Function &F, const CodeObjects &C, const ArrayNames &Names,
           const std::set<std::string> &Kept)
      : F(F), C(C), Arena(*C.Arena), Names(Names), Kept(Kept) {}

  Step run() {
    scan(F.Body);
    Damage = findFrameDamage(F, C, Names, Aliases, Backed);
    // The first pass finds the temporaries that cannot be substituted into the
    // statements that use them; the second one keeps those as statements.
    execute();
    if (!Materialised.empty()) {
      Result = {};
      execute();
    }
    return std::move(Result);
  }

private:
  const Function &F;
  const CodeObjects &C;
  ExprArena &Arena;
  const ArrayNames &Names;
  const std::set<std::string> &Kept;
  mutable std::set<std::string> KnownOwners;
  Step Result;
  llvm::StringMap<std::string> Aliases; // pointer local -> array
  llvm::StringMap<StepVariable> Backed; // local -> the array it stands for
  std::vector<std::string> BackedOrder;
  llvm::StringMap<std::string> LocalOfArray; // array -> its local
  llvm::StringMap<ScalarType> Types;         // of locals
  llvm::StringMap<std::string> Foreign;      // local -> another group's array
  llvm::StringMap<std::string> Copies; // local of an internal name -> its array
  Environment KeptValues;              // of the names in Kept
  Environment Old;                     // in old values
  Environment Now;                     // in current values
  Environment Named;                   // in names that an author may have given
  llvm::DenseSet<Expr> Renamed;        // locals with several values in Named
  llvm::DenseSet<Expr> Stale;     // temporaries older than a write they need
  llvm::StringSet<> Materialised; // temporaries that stay statements
  llvm::DenseMap<Expr, unsigned> RandomUses;
  llvm::DenseMap<Expr, Measure> Measures;
  llvm::StringSet<> Noted; // temporaries in the result
  llvm::StringSet<> ConstantNames;
  llvm::StringSet<> Outdated; // kept names older than a write they need
  FrameDamage Damage;
  llvm::StringSet<> Poisoned; // locals with a value that was not understood
  unsigned LoopDepth = 0, BranchDepth = 0;
  bool IsSynaptic = false; // reads elements of what synapses connect
  bool HasNames = false;   // some local may have an author's name

  std::string arrayOf(llvm::StringRef Pointer) const {
    auto It = Aliases.find(Pointer);
    return It == Aliases.end() ? Pointer.str() : It->second;
  }

  /// Finds the pointers' arrays and the locals that stand for elements.
  void scan(const std::vector<Statement> &Body) {
    for (const Statement &S : Body) {
      HasNames |= isNamedLocal(S);
      if (S.K == Statement::Kind::Declare && S.IsConst && S.Value &&
          S.Value.isNumber())
        ConstantNames.insert(S.Target);
      if (S.K == Statement::Kind::Declare && S.IsPointer && S.Value) {
        Expr Base = S.Value;
        while (Base.isCall("&") && !Base.operands().empty())
          Base = Base.operand(0);
        if (Base.is(ExprKind::Select)) // x.empty() ? NULL : &x[0]
          Base = Base.operand(2).isCall("&") ? Base.operand(2).operand(0)
                                             : Base.operand(1);
        while (Base.isCall("&") && !Base.operands().empty())
          Base = Base.operand(0);
        if (Base.isSymbol() || Base.is(ExprKind::Element))
          Aliases[S.Target] = arrayOf(Base.name());
      } else if (S.K == Statement::Kind::Declare && S.Value &&
                 S.Value.is(ExprKind::Element) && !isInternalName(S.Target)) {
        back(S.Target, S.Value, S.Type, S.Begin);
      } else if (isCopy(S)) {
        std::string Array = arrayOf(S.Value.name());
        IsSynaptic |= S.Value.operand(0).isSymbol("_presynaptic_idx") ||
                      S.Value.operand(0).isSymbol("_postsynaptic_idx");
        Copies[S.Target] = Array;
        if (!isRecorded(S.Target))
          Foreign[S.Target] = Array;
      } else if (S.K == Statement::Kind::Assign && S.Index && S.Value &&
                 S.Value.isSymbol() && !isInternalName(S.Value.name()) &&
                 !ConstantNames.contains(S.Value.name())) {
        back(S.Value.name(), Arena.element(S.Target, S.Index),
             ScalarType::Unknown, S.Begin);
      }
      scan(S.Then);
      scan(S.Else);
    }
  }

  /// A local that is computed, or given a value later, under a name that may be
  /// the author's.
  static bool isNamedLocal(const Statement &S) {
    if (S.K != Statement::Kind::Declare || S.IsPointer ||
        isNoiseName(S.Target) ||
        (isInternalName(S.Target) && !isRecorded(S.Target)))
      return false;
    return !S.Value || (!S.Value.is(ExprKind::Element) && !S.Value.isNumber());
  }

  /// A local with an internal name that copies a variable's element: a part of
  /// what another group's subexpression computes.
  bool isCopy(const Statement &S) const {
    return S.K == Statement::Kind::Declare && S.Value &&
           S.Value.is(ExprKind::Element) && S.Target != "_idx" &&
           Names.count(arrayOf(S.Value.name()));
  }

  /// A state monitor's `_source_v`, which it records.
  static bool isRecorded(llvm::StringRef Local) {
    return Local.ltrim('_').starts_with("source_");
  }

  void back(llvm::StringRef Local, Expr Element, ScalarType Type,
            const SourcePlace &Place) {
    std::string Array = arrayOf(Element.name());
    if (Backed.count(Local))
      return;
    StepVariable V;
    V.Name = Local.str();
    V.Array = Array;
    V.Type = Type;
    V.IsScalar = Element.operand(0).isZero();
    V.Place = Place;
    Backed[Local] = V;
    BackedOrder.push_back(V.Name);
    LocalOfArray.try_emplace(Array, V.Name);
  }

  void execute() {
    KeptValues.clear();
    Old.clear();
    Now.clear();
    Named.clear();
    Renamed.clear();
    Stale.clear();
    RandomUses.clear();
    Noted.clear();
    Outdated.clear();
    Poisoned = Damage.Locals;
    Result.Lost.assign(Damage.Variables.begin(), Damage.Variables.end());
    Result.Function = F.Name;
    Result.Place = F.Place;
    for (const std::string &Name : BackedOrder)
      Result.Variables.push_back(Backed[Name]);
    run(F.Body);
    for (StepTemporary &T : Result.Temporaries)
      if (!Poisoned.count(T.Name))
        finish(T);
    if (Result.HasEntangledWrites)
      Result.Writes.clear();
    for (auto &[Name, Value] : Result.Final)
      if (Poisoned.count(Name) && !llvm::is_contained(Result.Lost, Name))
        Result.Lost.push_back(Name);
    for (const std::string &Name : Result.Lost)
      Result.Final.erase(Name);
  }

  /// What is known of a temporary when all branches have been merged.
  void finish(StepTemporary &T) {
    Expr Local = Arena.symbol(T.Name);
    T.Value = Old.lookup(Local);
    if (!HasNames)
      return;
    T.Foreign = foreign(T.Name);
    if (isInternalName(T.Name) && !isRecorded(T.Name) && !T.Foreign)
      return;
    if (!Renamed.count(Local))
      T.Named = Named.lookup(Local);
    // Inside of a branch it has several values one after the other.
    if (T.Named && contains(T.Named, Local))
      T.Named = Expr();
    if (T.Foreign)
      return;
    T.Origin = Result.Temporaries.size() > MaxLocals
                   ? LocalOrigin::Code
                   : originOf(T.Name, F.Body, [&](llvm::StringRef Name) {
                       return Backed.count(Name) != 0;
                     });
  }

  /// Most functions have nothing that asks for them.
  const std::set<std::string> &owners() const {
    if (KnownOwners.empty())
      for (const auto &Name : Names)
        KnownOwners.insert(Name.second.Owner);
    return KnownOwners;
  }

  /// Which subexpression a local computes, when what it needs comes from
  /// another object's variables.
  std::optional<VariableName> foreign(llvm::StringRef Local) const {
    std::optional<VariableName> Part;
    const std::string Prefix = ("_" + Local + "_").str();
    auto Note = [&](llvm::StringRef Other) {
      if (!Part && Other.starts_with(Prefix) &&
          isNeededFor(Other.drop_front(Prefix.size()), owners()))
        Part = partOfForeign(Other, owners());
    };
    for (const auto &Copy : Copies)
      Note(Copy.first());
    for (const StepTemporary &T : Result.Temporaries)
      if (isInternalName(T.Name))
        Note(T.Name);
    if (!Part)
      return std::nullopt;
    llvm::StringRef Variable = Local;
    std::optional<VariableName> Own = partOfForeign(Local, owners());
    if (Own && Own->Owner == Part->Owner)
      Variable = Own->Variable;
    else if (!Variable.consume_front("_source_") && IsSynaptic)
      (void)(Variable.consume_back("_pre") || Variable.consume_back("_post"));
    return VariableName{Part->Owner, Variable.str(), 0};
  }

  /// `E` in the names that its author may have given: what stands for another
  /// object's variable is that variable.
  Expr evaluateNamed(Expr E) {
    llvm::DenseMap<Expr, Expr> Replacements;
    visit(E, [&](Expr Node) {
      if (Node.is(ExprKind::Element)) {
        Replacements[Node] = elementSymbol(Node);
      } else if (Node.isSymbol() && isInternalName(Node.name())) {
        std::optional<VariableName> Variable;
        if (Copies.count(Node.name()) || foreign(Node.name()))
          Variable = partOfForeign(Node.name(), owners());
        if (Variable)
          Replacements[Node] = Arena.symbol(Variable->Variable);
        else if (auto It = Copies.find(Node.name()); It != Copies.end())
          Replacements[Node] =
              Arena.symbol(Names.find(It->second)->second.Variable);
        else if (Expr Value = Named.lookup(Node))
          Replacements[Node] = Value;
      }
    });
    return Replacements.empty() ? E : substitute(E, Replacements);
  }

  void defineNamed(Expr Local, Expr Value) {
    if (!HasNames)
      return;
    Value = evaluateNamed(Value);
    Expr Before = Named.lookup(Local);
    if (Before && Before != Value && BranchDepth == 0)
      Renamed.insert(Local);
    Named[Local] = Value;
  }

  void run(const std::vector<Statement> &Body) {
    for (const Statement &S : Body)
      run(S);
  }

  void run(const Statement &S) {
    switch (S.K) {
    case Statement::Kind::Declare:
      if (!S.IsPointer)
        declare(S);
      return;
    case Statement::Kind::Assign:
      assign(S);
      return;
    case Statement::Kind::If:
      branch(S);
      return;
    case Statement::Kind::Loop:
      ++LoopDepth;
      run(S.Then);
      --LoopDepth;
      return;
    case Statement::Kind::Unknown:
      for (const std::string &Target : S.Targets)
        poison(Target);
      return;
    case Statement::Kind::Call:
    case Statement::Kind::Return:
      return;
    }
  }

  void poison(llvm::StringRef Target) {
    std::string Array = arrayOf(Target);
    auto It = LocalOfArray.find(Array);
    std::string Local = It != LocalOfArray.end() ? It->second : Target.str();
    Poisoned.insert(Local);
    if (Backed.count(Local))
      Result.Final[Local] = Arena.symbol(Local);
  }

  /// The symbol that a read of an array element stands for.
  Expr elementSymbol(Expr E) {
    std::string Array = arrayOf(E.name());
    if (auto It = LocalOfArray.find(Array); It != LocalOfArray.end())
      return Arena.symbol(It->second);
    if (auto It = Names.find(Array); It != Names.end())
      return Arena.symbol(It->second.Variable);
    return E;
  }

  /// `E` with locals replaced by their values in `Env`.
  Expr evaluate(Expr E, const Environment &Env) {
    llvm::DenseMap<Expr, Expr> Replacements;
    visit(E, [&](Expr Node) {
      Expr Symbol = Node.is(ExprKind::Element) ? elementSymbol(Node) : Node;
      if (auto It = Env.find(Symbol); It != Env.end())
        Replacements[Node] = It->second;
      else if (Symbol != Node)
        Replacements[Node] = Symbol;
    });
    return Replacements.empty() ? E : substitute(E, Replacements);
  }

  /// Of `Root` and all that it is made of, each worked out once.
  const Measure &measure(Expr Root) {
    llvm::SmallVector<Expr, 16> Work{Root};
    while (!Work.empty()) {
      Expr E = Work.back();
      size_t Above = Work.size();
      if (!Measures.count(E))
        for (Expr Operand : E.operands())
          if (!Measures.count(Operand))
            Work.push_back(Operand);
      if (Work.size() > Above)
        continue;
      Work.pop_back();
      Measure M;
      M.Size = E.isNumber() ? E.number().digits() : 1;
      M.Draws = isRandomCall(E);
      for (Expr Operand : E.operands()) {
        const Measure &Inner = Measures[Operand];
        M.Size += Inner.Size;
        M.Depth = std::max(M.Depth, Inner.Depth + 1);
        M.Draws |= Inner.Draws;
      }
      Measures[E] = M;
    }
    return Measures[Root];
  }

  bool isTooLarge(Expr Value) {
    const Measure &M = measure(Value);
    return M.Size > MaxSize || M.Depth > MaxDepth;
  }

  /// Gives up a name whose value is too large, and what is computed of it.
  void loseLarge(const Statement &S, Expr Name) {
    if (!Poisoned.count(Name.name()))
      Result.TooLarge.push_back({Name.name().str(), S.Begin});
    poison(Name.name());
    for (Environment *Env : {&Old, &Now, &Named})
      (*Env)[Name] = Name;
  }

  bool dependsOnPoison(Expr E) {
    return llvm::any_of(symbolsOf(E), [&](Expr S) {
      return Poisoned.contains(S.name()) || Outdated.contains(S.name());
    });
  }

  /// Notes which temporaries `E` reads that must stay statements.
  void noteReads(Expr E) {
    for (Expr S : symbolsOf(E)) {
      if (Stale.count(S))
        Materialised.insert(S.name());
      if (auto It = RandomUses.find(S); It != RandomUses.end())
        if (++It->second > 1)
          Materialised.insert(S.name());
    }
  }

  void declare(const Statement &S) {
    Expr Local = Arena.symbol(S.Target);
    if (Backed.count(S.Target)) {
      // A copy of an element, or a variable that is written before it is read.
      if (S.Value && !S.Value.is(ExprKind::Element))
        assign(S);
      return;
    }
    if (S.Type != ScalarType::Unknown)
      Types[S.Target] = S.Type;
    if (!S.Value || Foreign.count(S.Target))
      return;
    if (dependsOnPoison(S.Value))
      Poisoned.insert(S.Target);
    if (isNamedConstant(S)) {
      addConstant(S);
      return;
    }
    define(S, Local, S.Value);
  }

  void define(const Statement &S, Expr Local, Expr Value) {
    noteReads(Value);
    Expr OldValue = evaluate(Value, Old);
    if (isTooLarge(OldValue)) {
      loseLarge(S, Local);
      addTemporary(S);
      return;
    }
    defineNamed(Local, Value);
    if (!isInternalName(S.Target) && !Foreign.empty())
      for (Expr Symbol : symbolsOf(OldValue))
        if (auto It = Foreign.find(Symbol.name()); It != Foreign.end()) {
          Result.Variables.push_back({S.Target, It->second, S.Type,
                                      /*IsScalar=*/false, S.Begin});
          addTemporary(S);
          return;
        }
    if (isNoiseName(S.Target) && isNoiseIncrement(OldValue)) {
      Result.Noise.push_back(S.Target);
      Expr Increment = pow(Arena.symbol("dt"), Rational(1, 2)) * Local;
      Old[Local] = Increment;
      Now[Local] = Increment;
      return;
    }
    if (Kept.count(S.Target)) {
      KeptValues[Local] = evaluate(Value, Now);
      Outdated.erase(S.Target);
      Old[Local] = Now[Local] = Local;
      addTemporary(S);
      return;
    }
    Old[Local] = OldValue;
    Expr NowValue = evaluate(Value, Now);
    if (Materialised.count(S.Target)) {
      Result.Writes.push_back({S.Target, NowValue, /*IsLocal=*/true,
                               LoopDepth == 0, S.Begin, S.End});
      NowValue = Local;
    } else if (measure(NowValue).Draws) {
      RandomUses[Local] = 0;
    }
    Now[Local] = NowValue;
    Stale.erase(Local);
    addTemporary(S);
  }

  void addTemporary(const Statement &S) {
    if (!Noted.insert(S.Target).second)
      return;
    // Its values are filled in at the end, when all branches have been merged.
    StepTemporary T;
    T.Name = S.Target;
    T.Type = Types.lookup(S.Target);
    T.IsScalar = LoopDepth == 0;
    T.Begin = S.Begin;
    T.End = S.End;
    Result.Temporaries.push_back(std::move(T));
  }

  /// `const double tau = 0.01;` with a name that an author could have given.
  bool isNamedConstant(const Statement &S) {
    return S.IsConst && !isInternalName(S.Target) && LoopDepth == 0 &&
           (S.Value.isNumber() || S.Value.is(ExprKind::Boolean) ||
            specialValue(S.Value)) &&
           !isNoiseName(S.Target);
  }

  static std::optional<double> specialValue(Expr E) {
    if (E.isSymbol("inf"))
      return std::numeric_limits<double>::infinity();
    if (E.isSymbol("nan"))
      return std::numeric_limits<double>::quiet_NaN();
    if (E.is(ExprKind::Mul) && E.operands().size() == 2 &&
        E.operand(0).isNumber(-1) && E.operand(1).isSymbol("inf"))
      return -std::numeric_limits<double>::infinity();
    return std::nullopt;
  }

  void addConstant(const Statement &S) {
    NamedConstant K;
    K.Name = S.Target;
    K.Type = S.Type;
    K.Place = S.Begin;
    if (S.Value.isNumber())
      K.Value = S.Value.number();
    else if (S.Value.is(ExprKind::Boolean))
      K.Value = Rational(S.Value.boolean() ? 1 : 0);
    else
      K.Special = specialValue(S.Value);
    Result.Constants.push_back(std::move(K));
  }

  void assign(const Statement &S) {
    if (S.Index) {
      assignElement(S);
      return;
    }
    Expr Local = Arena.symbol(S.Target);
    if (!S.Value || dependsOnPoison(S.Value)) {
      poison(S.Target);
      if (!S.Value)
        return;
    }
    if (!Backed.count(S.Target)) {
      define(S, Local, S.Value);
      return;
    }
    write(S, S.Target, S.Value);
  }

  /// `_ptr_array_g_v[_idx] = v` copies back what was written already; anything
  /// else is a write of its own (`_ptr_array_g_lastspike[_idx] = t`).
  void assignElement(const Statement &S) {
    std::string Array = arrayOf(S.Target);
    auto It = LocalOfArray.find(Array);
    if (It != LocalOfArray.end() && S.Value && S.Value.isSymbol(It->second))
      return;
    if (It == LocalOfArray.end() || !S.Value)
      return;
    write(S, It->second, S.Value);
  }

  void write(const Statement &S, const std::string &Name, Expr Value) {
    noteReads(Value);
    Expr Variable = Arena.symbol(Name);
    if (Name == "dt") { // of a clock; no group moves it
      poison(Name);
      return;
    }
    Expr NewOld = evaluate(Value, Old);
    if (isTooLarge(NewOld)) {
      loseLarge(S, Variable);
      return;
    }
    Expr NewNow = evaluate(Value, Now);
    Result.Final[Name] = NewOld;
    Result.Writes.push_back({Name, NewNow, /*IsLocal=*/false,
                             Backed[Name].IsScalar, S.Begin, S.End});
    // The flag's new value is what the rest of the function means by it, and
    // nothing has used the old one.
    if (Name == NotRefractory) {
      if (!Value.isFalse())
        for (const auto &[Local, Current] : Old)
          if (Local != Variable && dependsOn(Current, Variable))
            poison(Local.name());
      return;
    }
    Old[Variable] = NewOld;
    // By its name, a subexpression would be that of the new value.
    for (auto &[Local, Value] : KeptValues)
      if (dependsOn(Value, Variable))
        Outdated.insert(Local.name());
    for (auto &[Local, Current] : Now)
      if (Local != Variable && Current != Local && dependsOn(Current, Variable))
        Stale.insert(Local);
  }

  /// True when a value holds the variable, or a name that stays and whose value
  /// does.
  bool dependsOn(Expr Value, Expr Variable) const {
    llvm::SmallVector<Expr, 8> Work{Value};
    llvm::DenseSet<Expr> Seen; // damaged code may define names by each other
    while (!Work.empty())
      for (Expr Symbol : symbolsOf(Work.pop_back_val())) {
        if (Symbol == Variable)
          return true;
        if (Expr Inner = KeptValues.lookup(Symbol);
            Inner && Seen.insert(Symbol).second)
          Work.push_back(Inner);
      }
    return false;
  }

  /// Both branches on copies of the state; what differs becomes a Select.
  void branch(const Statement &S) {
    Expr OldCondition = evaluate(S.Condition, Old);
    Expr NowCondition = evaluate(S.Condition, Now);
    noteReads(S.Condition);
    if (dependsOnPoison(S.Condition)) {
      poisonTargets(S.Then);
      poisonTargets(S.Else);
      return;
    }
    Environment OldBefore = Old, NowBefore = Now, NamedBefore = Named;
    Expr NamedCondition = HasNames ? evaluateNamed(S.Condition) : Expr();
    ++BranchDepth;
    auto FinalBefore = Result.Final;
    size_t WritesBefore = Result.Writes.size();
    run(S.Then);
    Environment OldThen = std::move(Old), NowThen = std::move(Now),
                NamedThen = std::move(Named);
    auto FinalThen = std::move(Result.Final);
    std::vector<StepWrite> WritesThen(Result.Writes.begin() + WritesBefore,
                                      Result.Writes.end());
    Result.Writes.resize(WritesBefore);
    Old = OldBefore;
    Now = NowBefore;
    Named = NamedBefore;
    Result.Final = FinalBefore;
    run(S.Else);
    std::vector<StepWrite> WritesElse(Result.Writes.begin() + WritesBefore,
                                      Result.Writes.end());
    Result.Writes.resize(WritesBefore);
    merge(Old, OldThen, OldBefore, OldCondition);
    merge(Now, NowThen, NowBefore, NowCondition);
    merge(Named, NamedThen, NamedBefore, NamedCondition);
    --BranchDepth;
    if (BranchDepth == 0)
      for (const auto &[Local, Value] : NamedBefore)
        if (Named.lookup(Local) != Value)
          Renamed.insert(Local);
    for (auto &[Name, Value] : FinalThen) {
      auto Other = Result.Final.find(Name);
      Expr IfFalse =
          Other != Result.Final.end() ? Other->second : Arena.symbol(Name);
      Result.Final[Name] = Arena.select(OldCondition, Value, IfFalse);
    }
    for (auto &[Name, Value] : Result.Final)
      if (!FinalThen.count(Name))
        Value = Arena.select(OldCondition, Arena.symbol(Name), Value);
    if (S.Condition.isSymbol(NotRefractory))
      for (const StepWrite &W : WritesThen)
        Result.Guarded.insert(W.Name);
    mergeWrites(NowCondition, WritesThen, WritesElse);
  }

  /// Locals assigned in a branch. A local without a value on one side is one
  /// that the code declared without a value: its chain of branches is complete.
  void merge(Environment &Else, const Environment &Then,
             const Environment &Before, Expr Condition) {
    for (const auto &[Local, ThenValue] : Then) {
      auto Other = Else.find(Local);
      if (Other == Else.end()) {
        bool IsVariable = Backed.count(Local.name()) != 0;
        Else[Local] =
            IsVariable ? Arena.select(Condition, ThenValue, Local) : ThenValue;
      } else {
        Other->second = Arena.select(Condition, ThenValue, Other->second);
      }
    }
    for (auto &[Local, ElseValue] : Else)
      if (!Then.count(Local) && !Before.count(Local) &&
          Backed.count(Local.name()))
        ElseValue = Arena.select(Condition, Local, ElseValue);
  }

  void mergeWrites(Expr Condition, const std::vector<StepWrite> &Then,
                   const std::vector<StepWrite> &Else) {
    // The usual case: the same single variable on both sides.
    if (Then.size() == 1 && Else.size() == 1 && Then[0].Name == Else[0].Name) {
      StepWrite W = Then[0];
      W.Value = Arena.select(Condition, Then[0].Value, Else[0].Value);
      W.End = Else[0].End;
      Result.Writes.push_back(std::move(W));
      return;
    }
    llvm::StringSet<> Written;
    auto Note = [&](const StepWrite &W) {
      Result.HasEntangledWrites |=
          llvm::any_of(symbolsOf(Condition), [&](Expr Symbol) {
            return Written.contains(Symbol.name());
          });
      Written.insert(W.Name);
    };
    for (const StepWrite &T : Then) {
      Note(T);
      StepWrite W = T;
      W.Value = Arena.select(Condition, T.Value, Arena.symbol(T.Name));
      Result.Writes.push_back(std::move(W));
    }
    for (const StepWrite &E : Else) {
      Note(E);
      StepWrite W = E;
      W.Value = Arena.select(Condition, Arena.symbol(E.Name), E.Value);
      Result.Writes.push_back(std::move(W));
    }
  }

  void poisonTargets(const std::vector<Statement> &Body) {
    for (const Statement &S : Body) {
      if (!S.Target.empty())
        poison(S.Target);
      for (const std::string &Target : S.Targets)
        poison(Target);
      poisonTargets(S.Then);
      poisonTargets(S.Else);
    }
  }
};

} // namespace

void forEachExpr(Step &S, llvm::function_ref<void(Expr &)> Do) {
  auto DoKnown = [&](Expr &E) {
    if (E)
      Do(E);
  };
  for (StepWrite &W : S.Writes)
    DoKnown(W.Value);
  for (auto &Final : S.Final)
    DoKnown(Final.second);
  for (StepTemporary &T : S.Temporaries) {
    DoKnown(T.Value);
    DoKnown(T.Named);
  }
}

Step buildStep(const Function &F, const CodeObjects &C, const ArrayNames &Names,
               const std::set<std::string> &Kept) {
  StageTimer Timer(Stage::Step);
  markPlace(F.Place);
  Step Result = Executor(F, C, Names, Kept).run();
  markPlace({});
  return Result;
}

} // namespace brian2lift
