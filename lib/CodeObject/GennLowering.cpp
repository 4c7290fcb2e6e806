//===- CodeObject/GennLowering.cpp ---------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/GennLowering.h"
#include "CodeObject/Threads.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

namespace brian2lift {

using llvm::StringRef;
using namespace genn;

std::string genn::functionName(const GennPopulation &P, StringRef CodeObject) {
  return ("_run_" + P.Name + "_" + CodeObject + "_codeobject").str();
}

std::string genn::arrayOf(const GennPopulation &P, StringRef Variable) {
  return ("_array_" + P.Name + "_" + Variable).str();
}

namespace {

/// Code of the CPU may have the same name (run_regularly since Brian2GeNN 1.4).
bool isOfModel(const Function &F, const GennPopulation &P) {
  return F.Place.File == P.Place.File;
}

/// Whether the model file should hold a code object and does not.
bool isLost(const GennPopulation &P, StringRef CodeObject) {
  if (CodeObject == StateUpdater)
    return P.LacksStateUpdate;
  if (CodeObject == Thresholder)
    return P.LacksThreshold || (P.HasThreshold && P.LacksStateUpdate);
  return CodeObject == Resetter &&
         (P.LacksThreshold || (P.HasThreshold && P.LacksReset));
}

using Body = std::vector<Statement>;

/// Whether a statement writes one of these variables; damaged code may write
/// any.
bool writes(const Statement &S, const llvm::StringSet<> &Variables) {
  bool Writes = S.K == Statement::Kind::Assign && !S.Index &&
                Variables.contains(S.Target);
  if (S.K == Statement::Kind::Unknown)
    Writes |= S.Targets.empty() ||
              llvm::any_of(S.Targets, [&](const std::string &Target) {
                return Variables.contains(Target);
              });
  auto Inner = [&](const Statement &T) { return writes(T, Variables); };
  return Writes || llvm::any_of(S.Then, Inner) || llvm::any_of(S.Else, Inner);
}

bool reads(const Statement &S, StringRef Local) {
  bool Reads = false;
  eachExpr(llvm::ArrayRef(S), [&](Expr E) {
    Reads |= mentions(E, [&](StringRef Name) { return Name == Local; });
  });
  return Reads;
}

/// Whether the value that a local has in front of `Code` is read there.
bool readsBefore(llvm::ArrayRef<Statement> Code, StringRef Local) {
  for (const Statement &S : Code) {
    if (reads(S, Local))
      return true;
    if (S.K == Statement::Kind::Assign && !S.Index && S.Target == Local)
      return false;
  }
  return false;
}

Statement assignment(std::string Array, Expr Index, Expr Value) {
  Statement S;
  S.K = Statement::Kind::Assign;
  S.Target = std::move(Array);
  S.Index = Index;
  S.Value = Value;
  return S;
}

class PopulationFinisher {
public:
  PopulationFinisher(CodeObjects &C, const GennPopulation &P) : C(C), P(P) {
    for (const GennVariable &V : P.Variables)
      Variables.insert(V.Name);
  }

  void run() {
    markIntegers();
    splitUpdateAndThreshold();
    tidyReset();
    mergeSharedRunRegularly();
    for (StringRef CodeObject :
         {Subexpressions, RunRegularly, StateUpdater, Resetter})
      if (Function *F = find(CodeObject))
        copyBack(*F);
    noteInputs();
    renameArrays();
    addSizes();
  }

private:
  CodeObjects &C;
  const GennPopulation &P;
  llvm::StringSet<> Variables;

  Function *find(StringRef CodeObject) const {
    std::string Name = functionName(P, CodeObject);
    auto I = llvm::find_if(C.Functions, [&](const Function &F) {
      return F.Name == Name && isOfModel(F, P);
    });
    return I == C.Functions.end() ? nullptr : &*I;
  }

  void remove(StringRef CodeObject) {
    std::string Name = functionName(P, CodeObject);
    llvm::erase_if(C.Functions,
                   [&](const Function &F) { return F.Name == Name; });
  }

  static Body *loopOf(Function &F) {
    for (Statement &S : F.Body)
      if (S.K == Statement::Kind::Loop)
        return &S.Then;
    return nullptr;
  }

  /// GeNN computes with all parameters as floating point numbers; how Brian2
  /// printed one tells what it was.
  void markIntegers() {
    for (const GennParameter &K : P.Parameters) {
      StringRef Digits = StringRef(K.Value).ltrim("- ");
      if (Digits.empty() || !llvm::all_of(Digits, llvm::isDigit))
        continue;
      for (Function &F : C.Functions)
        for (Statement &S : F.Body)
          if (isOfModel(F, P) && S.K == Statement::Kind::Declare &&
              S.Target == K.Name && S.IsConst)
            S.Type = ScalarType::Integer;
    }
  }

  /// Behind the locals of the variables.
  size_t firstOfCode(const Body &Code) const {
    size_t First = 0;
    for (size_t I = 0; I < Code.size(); ++I)
      if (Code[I].K == Statement::Kind::Declare &&
          (Variables.contains(Code[I].Target) || Code[I].Target == "_idx"))
        First = I + 1;
    return First;
  }

  /// Behind the last statement that writes a variable.
  size_t endOfUpdate(const Body &Code) const {
    size_t End = firstOfCode(Code);
    for (size_t I = End; I < Code.size(); ++I)
      if (writes(Code[I], Variables))
        End = I + 1;
    return End;
  }

  /// What was computed before the update is not what its name says behind it.
  static void makeOutdated(Body &Code, size_t First, size_t End) {
    Body Locals;
    for (size_t I = First; I < End; ++I)
      if (Code[I].K == Statement::Kind::Declare &&
          readsBefore(llvm::ArrayRef(Code).drop_front(End), Code[I].Target)) {
        Statement &S = Locals.emplace_back();
        S.K = Statement::Kind::Unknown;
        S.Begin = Code[I].Begin;
        S.End = Code[I].End;
        S.Text = "a value from before the update";
        S.Targets = {Code[I].Target};
      }
    Code.erase(Code.begin() + First, Code.begin() + End);
    Code.insert(Code.begin() + First, Locals.begin(), Locals.end());
  }

  void splitUpdateAndThreshold() {
    if (Function *F = find(Thresholder))
      if (Body *Code = loopOf(*F))
        makeOutdated(*Code, firstOfCode(*Code), endOfUpdate(*Code));
    if (Function *F = find(StateUpdater))
      if (Body *Code = loopOf(*F)) {
        size_t First = firstOfCode(*Code), End = endOfUpdate(*Code);
        Code->erase(Code->begin() + End, Code->end());
        if (First == End && !F->HasUnknown)
          remove(StateUpdater); // nothing but a threshold
      }
  }

  /// Brian2GeNN ends a reset with what Brian2's thresholder does.
  void tidyReset() {
    Function *F = find(Resetter), *Other = find(Thresholder);
    Body *Code = F ? loopOf(*F) : nullptr;
    Body *Loop = Other ? loopOf(*Other) : nullptr;
    auto Mark = [&](StringRef Name, Expr Value) {
      if (!Loop || Loop->empty())
        return;
      Statement S =
          assignment(arrayOf(P, Name), C.Arena->symbol("_idx"), Value);
      auto Condition = llvm::find_if(
          *Loop, [](const Statement &T) { return T.Target == "_cond"; });
      if (Condition != Loop->end()) {
        S.Begin = Condition->Begin;
        S.End = Condition->End;
      }
      Loop->back().Then.push_back(std::move(S));
    };
    // Where the reset is damaged the threshold is not.
    bool IsDamaged = F ? F->HasUnknown : isLost(P, Resetter);
    if (IsDamaged && Variables.contains("not_refractory")) {
      Mark("not_refractory", C.Arena->boolean(false));
      Mark("lastspike", C.Arena->symbol("t"));
    }
    if (!Code)
      return;
    auto MoveEnd = [&](StringRef Name, llvm::function_ref<bool(Expr)> Is) {
      if (Code->size() == firstOfCode(*Code) ||
          Code->back().K != Statement::Kind::Assign ||
          Code->back().Target != Name || !Code->back().Value ||
          !Is(Code->back().Value))
        return;
      if (!IsDamaged)
        Mark(Name, Code->back().Value);
      Code->pop_back();
    };
    MoveEnd("not_refractory", [](Expr E) { return E.isFalse() || E.isZero(); });
    MoveEnd("lastspike", [](Expr E) { return E.isSymbol("t"); });
    // Where a variable is `(unless refractory)` the reset asks for what the
    // threshold has asked for already.
    for (size_t I = firstOfCode(*Code); I < Code->size(); ++I) {
      Statement &S = (*Code)[I];
      if (S.K != Statement::Kind::If || !S.Else.empty() || !S.Condition ||
          !S.Condition.isSymbol("not_refractory"))
        continue;
      Body Inner = std::move(S.Then);
      Code->erase(Code->begin() + I);
      Code->insert(Code->begin() + I, Inner.begin(), Inner.end());
    }
    if (Code->size() == firstOfCode(*Code))
      remove(Resetter);
  }

  /// Up to Brian2GeNN 1.3 an operation stands under `if (iT % steps == 0)` in
  /// the simulation code, and its shared part is a code object of the CPU.
  void mergeSharedRunRegularly() {
    Function *F = find(RunRegularly);
    Body *Code = F ? loopOf(*F) : nullptr;
    if (!Code)
      return;
    for (size_t I = firstOfCode(*Code); I < Code->size(); ++I)
      if ((*Code)[I].K == Statement::Kind::If && (*Code)[I].Else.empty()) {
        Body Inner = std::move((*Code)[I].Then);
        Code->erase(Code->begin() + I);
        Code->insert(Code->begin() + I, Inner.begin(), Inner.end());
        break;
      }
    std::string Shared = "_run_" + P.Name + "_" + RunRegularly.str();
    auto S = llvm::find_if(C.Functions,
                           [&](const Function &G) { return G.Name == Shared; });
    if (S == C.Functions.end())
      return;
    auto Loop = llvm::find_if(F->Body, [](const Statement &T) {
      return T.K == Statement::Kind::Loop;
    });
    // Its table of pointers names arrays that it does not use; an event space
    // among them would make this another kind of code.
    Body SharedPart = std::move(S->Body);
    llvm::erase_if(SharedPart, [](const Statement &T) {
      return T.K == Statement::Kind::Declare && T.IsPointer &&
             StringRef(T.Target).ends_with("space");
    });
    F->Body.insert(Loop, SharedPart.begin(), SharedPart.end());
    F->HasUnknown |= S->HasUnknown;
    F->HasInlinedConstants |= S->HasInlinedConstants;
    C.Functions.erase(S);
  }

  /// Of the population; none where that is no number.
  std::optional<long> elements() const {
    long Elements = 0;
    if (StringRef(P.Size).getAsInteger(10, Elements))
      return std::nullopt;
    return Elements;
  }
  std::optional<long> sizeOf(const GennVariable &V) const {
    return V.IsShared ? 1 : elements();
  }

  /// `g_x`'s array of `v` has a number behind its name when `g`'s of `x_v` has
  /// taken the name; the sizes tell.
  std::string nameOfArray(const GennVariable &V) const {
    std::string Name = arrayOf(P, V.Name);
    std::optional<long> Size = sizeOf(V);
    auto HasSize = [&](const std::string &Name) {
      const Array *A = C.findArray(Name);
      return Size && A && A->Size == *Size;
    };
    bool IsOther = C.findArray(Name) && !HasSize(Name) && HasSize(Name + "_1");
    return IsOther ? Name + "_1" : Name;
  }

  void noteInputs() {
    for (const GennVariable &V : P.Variables)
      if (V.IsInput)
        C.WrittenElsewhere.insert(nameOfArray(V));
  }

  void renameArrays() {
    llvm::StringMap<std::string> NewNames;
    for (const GennVariable &V : P.Variables)
      if (std::string Old = arrayOf(P, V.Name), New = nameOfArray(V);
          Old != New)
        NewNames[Old] = New;
    if (NewNames.empty())
      return;
    for (StringRef CodeObject :
         {Subexpressions, RunRegularly, StateUpdater, Thresholder, Resetter})
      if (Function *F = find(CodeObject))
        rename(F->Body, NewNames);
  }

  /// Of arrays that nothing defines (there is no objects.cpp).
  void addSizes() {
    std::optional<long> Elements = elements();
    if (!Elements)
      return;
    auto Add = [&](StringRef Variable, long Size) {
      for (Array &A : C.Arrays)
        if (A.Name == arrayOf(P, Variable) && !A.Size)
          A.Size = Size;
    };
    Add("i", *Elements);
    Add("_spikespace", *Elements + 1);
    for (const GennVariable &V : P.Variables)
      Add(V.Name, *sizeOf(V));
  }

  static void rename(Body &Code, const llvm::StringMap<std::string> &NewNames) {
    for (Statement &S : Code) {
      if (auto It = NewNames.find(S.Target); It != NewNames.end() && S.Index)
        S.Target = It->second;
      if (S.Value)
        S.Value = rewrite(S.Value, [&](Expr E) {
          auto It = E.is(ExprKind::Element) ? NewNames.find(E.name())
                                            : NewNames.end();
          return It == NewNames.end()
                     ? E
                     : E.arena().element(It->second, E.operand(0));
        });
      rename(S.Then, NewNames);
      rename(S.Else, NewNames);
    }
  }

  /// `_array_g_v[_idx] = v` for each variable that the code writes.
  void copyBack(Function &F) {
    Body *Code = loopOf(F);
    if (!Code)
      return;
    ExprArena &A = *C.Arena;
    for (const GennVariable &V : P.Variables) {
      llvm::StringSet<> One;
      One.insert(V.Name);
      if (llvm::none_of(*Code,
                        [&](const Statement &S) { return writes(S, One); }))
        continue;
      Statement S =
          assignment(arrayOf(P, V.Name), A.symbol("_idx"), A.symbol(V.Name));
      if (V.IsShared) { // each neuron has a copy, which is not kept
        S = {};
        S.Text = "change of a value that neurons share";
        S.Targets = {V.Name, arrayOf(P, V.Name)};
        F.HasUnknown = true;
      }
      S.Begin = S.End = V.Place;
      Code->push_back(std::move(S));
    }
  }
};

/// Puts the calls of the time loop into `main`.
class Scheduler {
public:
  Scheduler(CodeObjects &C, llvm::ArrayRef<GennPopulation> Populations)
      : C(C), A(*C.Arena), Populations(Populations) {}

  void run() {
    auto Main = llvm::find_if(
        C.Functions, [](const Function &F) { return F.Name == "main"; });
    if (Main == C.Functions.end())
      return;
    auto Run = llvm::find_if(Main->Body, [](const Statement &S) {
      return S.K == Statement::Kind::Call && S.Callee == "run";
    });
    if (Run == Main->Body.end())
      return;
    Begin = Run->Begin;
    Calls.push_back(call("clear", {}));
    readEngine();
    if (Populations.empty())
      return; // nobody knows what runs
    for (const GennPopulation &P : Populations)
      for (StringRef CodeObject :
           {Subexpressions, RunRegularly, StateUpdater, Thresholder, Resetter})
        if (std::string Name = functionName(P, CodeObject);
            C.find(Name) && isOfModel(*C.find(Name), P))
          add(CodeObject == RunRegularly ? slowClock(P) : DefaultClock.str(),
              Name);
        else if (isLost(P, CodeObject)) // later rooms must miss it
          add(DefaultClock, Name);
    Calls.push_back(call("run", Run->Arguments));
    Run = Main->Body.erase(Run);
    Main->Body.insert(Run, Calls.begin(), Calls.end());
    if (llvm::none_of(C.Objects, [](const GlobalObject &O) {
          return O.Type == "Network";
        }))
      C.Objects.push_back({Network.str(), "Network", Begin, {}});
  }

private:
  static constexpr llvm::StringLiteral Network = "magicnetwork";
  static constexpr llvm::StringLiteral DefaultClock = "defaultclock";

  CodeObjects &C;
  ExprArena &A;
  llvm::ArrayRef<GennPopulation> Populations;
  SourcePlace Begin;
  Body Calls;

  Statement call(StringRef Callee, std::vector<Expr> Arguments) {
    Statement S;
    S.K = Statement::Kind::Call;
    S.Begin = S.End = Begin;
    S.Object = Network.str();
    S.Callee = Callee.str();
    S.Arguments = std::move(Arguments);
    return S;
  }

  void add(StringRef Clock, StringRef Function) {
    Calls.push_back(
        call("add", {A.call("&", {A.symbol(Clock)}), A.symbol(Function)}));
  }

  /// `if (i % 20 == 0) { ... _run_x_codeobject(); ... }`, and calls without a
  /// condition.
  void readEngine() {
    if (const Function *Engine = C.find("engine::run"))
      readEngine(Engine->Body, Expr());
  }

  void readEngine(const Body &Code, Expr Steps) {
    for (const Statement &S : Code) {
      if (S.K == Statement::Kind::Call && S.Object.empty() &&
          StringRef(S.Callee).starts_with("_run_") && C.find(S.Callee))
        add(clockOf(S.Callee, Steps), S.Callee);
      readEngine(S.Then,
                 S.K == Statement::Kind::If ? stepsOf(S.Condition) : Expr());
      readEngine(S.Else, Expr());
    }
  }

  /// 20 of `i % 20 == 0`; null for any other condition.
  static Expr stepsOf(Expr Condition) {
    if (!Condition || !Condition.is(ExprKind::Eq))
      return Expr();
    Expr Left = Condition.operand(0);
    return Left.isCall("truncmod") && Left.operand(1).isNumber()
               ? Left.operand(1)
               : Expr();
  }

  /// An operation with a step of its own has a clock, whose array tells the
  /// step.
  std::string clockOf(StringRef Function, Expr Steps) {
    StringRef Name = Function;
    Name.consume_front("_run_");
    Name.consume_back("_codeobject");
    std::string Clock = (Name + "_clock").str();
    bool IsEveryStep = !Steps || Steps.number().isOne();
    return IsEveryStep || !C.findArray("_array_" + Clock + "_dt")
               ? DefaultClock.str()
               : Clock;
  }

  /// Brian2GeNN 1.2 and 1.3 have only the number of steps; their clock is put
  /// where a clock of C++ standalone would be.
  std::string slowClock(const GennPopulation &P) {
    auto K = llvm::find_if(P.Parameters, [](const GennParameter &K) {
      return K.Name == RunRegularlySteps;
    });
    double Steps = 0;
    if (K == P.Parameters.end() || StringRef(K->Value).getAsDouble(Steps) ||
        Steps == 1)
      return DefaultClock.str();
    std::optional<Rational> Dt = defaultStep();
    std::optional<Rational> Factor = Rational::fromDecimal(K->Value);
    if (!Dt || !Factor)
      return DefaultClock.str();
    std::string Clock = P.Name + "_" + RunRegularly.str() + "_clock";
    std::string Array = "_array_" + Clock + "_dt";
    if (!C.findArray(Array))
      C.Arrays.push_back(
          {Array, K->Place, ScalarType::Float64, 1, false, false});
    Statement S = assignment(Array, A.number(0), A.number(*Dt * *Factor));
    S.Begin = S.End = K->Place;
    Calls.push_back(std::move(S));
    return Clock;
  }

  /// `_array_defaultclock_dt[0] = 0.0001;`
  std::optional<Rational> defaultStep() const {
    for (const Statement &S : C.find("main")->Body)
      if (S.K == Statement::Kind::Assign &&
          S.Target == "_array_defaultclock_dt" && S.Value && S.Value.isNumber())
        return S.Value.number();
    return std::nullopt;
  }
};

} // namespace

void finishPopulations(CodeObjects &C,
                       llvm::ArrayRef<GennPopulation> Populations) {
  for (const GennPopulation &P : Populations)
    PopulationFinisher(C, P).run();
  Scheduler(C, Populations).run();
}

} // namespace brian2lift
