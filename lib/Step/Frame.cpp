//===- Step/Frame.cpp ---------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Step/Frame.h"
#include "Step/Locals.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {

namespace {

/// Conditions of more names than this are not tried out.
constexpr size_t MaxConditionNames = 10;

bool isEventSpace(llvm::StringRef Variable) {
  return Variable.starts_with("_") && Variable.ends_with("space");
}

/// The truth of a condition of names alone; nullopt where it holds more.
std::optional<bool> truthOf(Expr E, const llvm::StringMap<bool> &Values) {
  if (E.is(ExprKind::Boolean))
    return E.boolean();
  if (E.isSymbol()) {
    auto It = Values.find(E.name());
    return It == Values.end() ? std::nullopt : std::optional(It->second);
  }
  if (!E.is(ExprKind::Not) && !E.is(ExprKind::And) && !E.is(ExprKind::Or))
    return std::nullopt;
  bool Result = !E.is(ExprKind::Or);
  for (Expr Operand : E.operands()) {
    std::optional<bool> Truth = truthOf(Operand, Values);
    if (!Truth)
      return std::nullopt;
    if (E.is(ExprKind::Not))
      return !*Truth;
    Result = E.is(ExprKind::And) ? Result && *Truth : Result || *Truth;
  }
  return Result;
}

/// True when one of the conditions always holds.
bool isComplete(llvm::ArrayRef<Expr> Conditions) {
  std::set<std::string> Names;
  for (Expr C : Conditions)
    for (Expr S : symbolsOf(C))
      Names.insert(S.name().str());
  if (Names.size() > MaxConditionNames)
    return false;
  for (unsigned Bits = 0; Bits < 1u << Names.size(); ++Bits) {
    llvm::StringMap<bool> Values;
    unsigned Rest = Bits;
    for (const std::string &Name : Names) {
      Values[Name] = Rest & 1;
      Rest >>= 1;
    }
    if (llvm::none_of(Conditions, [&](Expr C) {
          return truthOf(C, Values).value_or(false);
        }))
      return false;
  }
  return true;
}

class Inspector {
public:
  Inspector(const Function &F, const CodeObjects &C, const ArrayNames &Names,
            const llvm::StringMap<std::string> &Arrays,
            const llvm::StringMap<StepVariable> &Backed)
      : F(F), C(C), Names(Names), Arrays(Arrays), Backed(Backed) {}

  FrameDamage run() {
    IsThresholder = collectsEvents(F.Body);
    inspect(F.Body);
    leave(/*Depth=*/0);
    if (IsThresholder && !isWholeThresholder())
      Result.Locals.insert("_cond");
    return std::move(Result);
  }

private:
  const Function &F;
  const CodeObjects &C;
  const ArrayNames &Names;
  const llvm::StringMap<std::string> &Arrays;
  const llvm::StringMap<StepVariable> &Backed;
  FrameDamage Result;
  bool IsThresholder = false;

  /// What holds at a point of the function.
  struct State {
    std::set<std::string> Unset; ///< locals without a value
    std::set<std::string> Dirty; ///< locals newer than their elements
  };
  State Now;

  struct LoopFrame {
    std::string Counter;
    Expr Bound;
    bool StartsAtZero = false;
  };
  std::vector<LoopFrame> Loops;
  unsigned BranchDepth = 0;

  llvm::StringMap<Rational> Numbers;   ///< of constants
  llvm::StringMap<std::string> Counts; ///< local -> event space it counts
  std::string EventCounter; ///< counts events, of which `_idx` is the neuron
  bool ChoosesElements = false;
  std::optional<Rational> Elements;     ///< how many `_idx` runs over
  llvm::StringMap<Expr> Indices;        ///< array -> how it is indexed
  llvm::StringSet<> Overwritten;        ///< locals older than their elements
  llvm::StringMap<unsigned> DepthOf;    ///< of locals: loops around them
  llvm::StringMap<unsigned> BranchesOf; ///< of locals: branches around them
  llvm::StringMap<bool> IsConst;        ///< of locals

  std::string arrayOf(llvm::StringRef Pointer) const {
    auto It = Arrays.find(Pointer);
    return It == Arrays.end() ? Pointer.str() : It->second;
  }

  llvm::StringRef variableOf(llvm::StringRef Array) const {
    auto It = Names.find(Array);
    return It == Names.end() ? llvm::StringRef() : It->second.Variable;
  }

  std::optional<Rational> numberOf(Expr E) const {
    if (!E)
      return std::nullopt;
    if (E.isNumber())
      return E.number();
    auto It = E.isSymbol() ? Numbers.find(E.name()) : Numbers.end();
    return It == Numbers.end() ? std::nullopt : std::optional(It->second);
  }

  void damage(llvm::StringRef Local) { Result.Locals.insert(Local); }

  /// All that is declared or assigned in these statements.
  void damageAll(const std::vector<Statement> &Body) {
    for (const Statement &S : Body) {
      if (!S.Target.empty() && !S.Index)
        damage(S.Target);
      damageAll(S.Then);
      damageAll(S.Else);
    }
  }

  void inspect(const std::vector<Statement> &Body) {
    for (const Statement &S : Body)
      inspect(S);
  }

  void inspect(const Statement &S) {
    switch (S.K) {
    case Statement::Kind::Declare:
      if (!S.IsPointer)
        declare(S);
      return;
    case Statement::Kind::Assign:
      S.Index ? store(S) : assign(S);
      return;
    case Statement::Kind::If:
      branch(S);
      return;
    case Statement::Kind::Loop:
      loop(S);
      return;
    case Statement::Kind::Call:
    case Statement::Kind::Return:
    case Statement::Kind::Unknown:
      return;
    }
  }

  /// Notes what an expression reads; false where it reads an element that is
  /// not the neuron's own.
  bool read(Expr Root) {
    bool IsOwn = true;
    if (Root)
      visit(Root, [&](Expr E) {
        if (E.isSymbol() &&
            (Now.Unset.count(E.name().str()) || Overwritten.contains(E.name())))
          damage(E.name());
        if (E.is(ExprKind::Element))
          IsOwn &= isOwnElement(arrayOf(E.name()), E.operand(0));
      });
    return IsOwn;
  }

  /// Element `_idx` of an array that has as many as the loop runs over, or the
  /// only one of a shared variable; or one that is always the same.
  bool isOwnElement(const std::string &Array, Expr Index) {
    const brian2lift::Array *A = C.findArray(Array);
    auto HasSize = [&](const std::optional<Rational> &N) {
      return !A || !A->Size || !N || *N == Rational(*A->Size);
    };
    if (Index.isNumber())
      return Index.isZero() && HasSize(Rational(1));
    if (Index.isSymbol("_idx"))
      return HasSize(Elements);
    if (isEventSpace(variableOf(Array)))
      return true; // see declareIndex and noteCount
    if (Index.isSymbol() &&
        !(isInternalName(Index.name()) &&
          (Index.name().ends_with("idx") || Index.name().ends_with("indices"))))
      return Loops.empty() ? !A
                           : Index.isSymbol(Loops.back().Counter) &&
                                 Index.name() != EventCounter;
    return Indices.try_emplace(Array, Index).first->second == Index;
  }

  void declare(const Statement &S) {
    bool IsOwn = read(S.Value);
    if (S.Target == "_idx")
      return declareIndex(S);
    DepthOf[S.Target] = static_cast<unsigned>(Loops.size());
    BranchesOf[S.Target] = BranchDepth;
    IsConst[S.Target] = S.IsConst;
    if (!S.Value) {
      Now.Unset.insert(S.Target);
      return;
    }
    Now.Unset.erase(S.Target);
    if (std::optional<Rational> Value = numberOf(S.Value); Value && S.IsConst)
      Numbers.try_emplace(S.Target, *Value);
    if (!IsOwn || isConverted(S))
      damage(S.Target);
    if (S.Value.is(ExprKind::Element))
      noteCount(S.Target, S.Value);
    auto It = Backed.find(S.Target);
    if (It == Backed.end())
      return;
    if (!S.Value.is(ExprKind::Element)) {
      Now.Dirty.insert(S.Target);
    } else if (!isCopyOf(S, It->second.Array)) {
      damage(S.Target);
    }
  }

  /// `int32_t v = _ptr_array_g_v[_idx]`: has the variable's name, and is not
  /// it.
  bool isConverted(const Statement &S) const {
    return !S.Value.is(ExprKind::Element) && holds(S.Value, [&](Expr E) {
      return E.is(ExprKind::Element) &&
             variableOf(arrayOf(E.name())) == S.Target;
    });
  }

  /// `_num_events = _ptr_array_g__spikespace[N]`: the last element counts.
  void noteCount(llvm::StringRef Local, Expr Element) {
    std::string Array = arrayOf(Element.name());
    const brian2lift::Array *A = C.findArray(Array);
    std::optional<Rational> Last = numberOf(Element.operand(0));
    if (A && A->Size && isEventSpace(variableOf(Array)) && Last &&
        *Last == Rational(*A->Size - 1))
      Counts[Local] = Array;
  }

  /// Whether a local is declared as a copy of its array's element: of the same
  /// type, and under the variable's name unless it belongs to another group.
  bool isCopyOf(const Statement &S, const std::string &Array) const {
    if (arrayOf(S.Value.name()) != Array)
      return false;
    const brian2lift::Array *A = C.findArray(Array);
    auto IsWhole = [](ScalarType T) {
      return T == ScalarType::Integer || T == ScalarType::Boolean;
    };
    if (A && A->Type != ScalarType::Unknown && !IsWhole(A->Type) &&
        IsWhole(S.Type))
      return false;
    auto Named = Names.find(Array);
    if (Named == Names.end() || Named->second.Variable == S.Target)
      return true;
    static constexpr llvm::StringLiteral Own[] = {"t", "dt", "lastspike",
                                                  "not_refractory", "i"};
    if (llvm::is_contained(Own, S.Target))
      return false;
    std::string Prefix = "_run_" + Named->second.Owner + "_";
    return !llvm::StringRef(F.Name).starts_with(Prefix) ||
           llvm::none_of(Names, [&](const auto &Entry) {
             return Entry.second.Owner == Named->second.Owner &&
                    Entry.second.Variable == S.Target;
           });
  }

  /// `_idx = _events[_index_events]`, `_idx = _sub_idx[...]`, `_idx = i`.
  void declareIndex(const Statement &S) {
    Elements = std::nullopt;
    Expr Counter =
        S.Value && S.Value.is(ExprKind::Element) ? S.Value.operand(0) : S.Value;
    if (!Counter || Loops.empty() || !Counter.isSymbol(Loops.back().Counter)) {
      // (code of synapses has indices of its own)
      bool IsEvent = S.Value && S.Value.is(ExprKind::Element) &&
                     isEventSpace(variableOf(arrayOf(S.Value.name())));
      if (IsEvent || (Counter && (Counter == S.Value || !Counter.isSymbol() ||
                                  !isInternalName(Counter.name()))))
        damage("_idx");
      return;
    }
    if (S.Value.isSymbol()) {
      Elements = numberOf(Loops.back().Bound);
      return;
    }
    std::string Array = arrayOf(S.Value.name());
    if (!isEventSpace(variableOf(Array)))
      return;
    EventCounter = Loops.back().Counter;
    Expr Bound = Loops.back().Bound;
    auto Count =
        Bound && Bound.isSymbol() ? Counts.find(Bound.name()) : Counts.end();
    const brian2lift::Array *A = C.findArray(Array);
    if (Count == Counts.end() || Count->second != Array || !A)
      damage("_idx");
    else if (A->Size)
      Elements = Rational(*A->Size - 1);
  }

  void assign(const Statement &S) {
    // Threads of a monitor of Brian2CUDA: `_idx = indices[_vectorisation_idx]`.
    ChoosesElements |=
        S.Target == "_idx" && S.Value && S.Value.is(ExprKind::Element);
    if (!read(S.Value))
      damage(S.Target);
    Now.Unset.erase(S.Target);
    if (Backed.count(S.Target))
      Now.Dirty.insert(S.Target);
  }

  void store(const Statement &S) {
    bool IsOwn = read(S.Value);
    if (IsThresholder) // see isWholeThresholder
      return;
    std::string Array = arrayOf(S.Target);
    IsOwn &= isOwnElement(Array, S.Index);
    if (S.Value && S.Value.isSymbol()) {
      std::string Local = S.Value.name().str();
      auto It = Backed.find(Local);
      if (It != Backed.end() && It->second.Array == Array) {
        if (!IsOwn || BranchDepth != BranchesOf.lookup(Local) ||
            Now.Unset.count(Local)) {
          damage(Local);
          Result.Variables.insert(Local);
        }
        Now.Dirty.erase(Local);
        return;
      }
    }
    bool HasLocal = false;
    for (const auto &Entry : Backed) {
      if (Entry.second.Array != Array)
        continue;
      HasLocal = true;
      auto Known = IsConst.find(Entry.first());
      if (!IsOwn || (Known != IsConst.end() && !Known->second))
        damage(Entry.first());
      else if (Known != IsConst.end())
        Overwritten.insert(Entry.first());
    }
    llvm::StringRef Variable = variableOf(Array);
    if (!HasLocal && !Variable.empty() && !isInternalName(Variable))
      Result.Variables.insert(Variable.str());
  }

  void branch(const Statement &S) {
    ++BranchDepth;
    State Before = Now;
    State After;
    std::vector<Expr> Conditions;
    auto Join = [&] {
      After.Unset.insert(Now.Unset.begin(), Now.Unset.end());
      After.Dirty.insert(Now.Dirty.begin(), Now.Dirty.end());
    };
    const Statement *Link = &S;
    while (true) {
      Now = Before;
      if (!read(Link->Condition)) {
        damageAll(Link->Then);
        damageAll(Link->Else);
      }
      Conditions.push_back(Link->Condition);
      inspect(Link->Then);
      Join();
      if (Link->Else.size() != 1 || Link->Else[0].K != Statement::Kind::If)
        break;
      Link = &Link->Else[0];
    }
    Now = Before;
    if (!Link->Else.empty() || !isComplete(Conditions)) {
      inspect(Link->Else);
      Join();
    }
    Now = After;
    --BranchDepth;
  }

  void loop(const Statement &S) {
    read(S.First);
    Loops.push_back({S.Target, S.Bound, S.First && S.First.isZero()});
    if (S.Target == "_idx" && !ChoosesElements)
      Elements = numberOf(S.Bound).value_or(Rational(-1));
    if (!Loops.back().StartsAtZero)
      damageAll(S.Then);
    inspect(S.Then);
    leave(static_cast<unsigned>(Loops.size()));
    if (Result.Locals.contains("_idx"))
      damageAll(S.Then);
    Loops.pop_back();
  }

  /// At the end of a loop or of the function every local is written back.
  void leave(unsigned Depth) {
    for (auto It = Now.Dirty.begin(); It != Now.Dirty.end();) {
      if (DepthOf.lookup(*It) != Depth) {
        ++It;
        continue;
      }
      damage(*It);
      It = Now.Dirty.erase(It);
    }
  }

  static bool collectsEvents(const std::vector<Statement> &Body) {
    return llvm::any_of(Body, [](const Statement &S) {
      return (S.K == Statement::Kind::Assign && S.Index &&
              S.Index.isCall("++")) ||
             collectsEvents(S.Then) || collectsEvents(S.Else);
    });
  }

  bool isWholeThresholder() const {
    const Statement *Loop = nullptr, *Count = nullptr;
    unsigned Counters = 0;
    for (const Statement &S : F.Body) {
      if (S.K == Statement::Kind::Loop) {
        if (Loop)
          return false;
        Loop = &S;
      } else if (S.Target == "_count") {
        if (S.K != Statement::Kind::Declare || Loop || !S.Value ||
            !S.Value.isZero())
          return false;
        ++Counters;
      } else if (S.K == Statement::Kind::Assign && S.Index) {
        if (!Loop || Count)
          return false;
        Count = &S;
      }
    }
    if (!Loop || !Count || Counters != 1 || Loop->Target != "_idx" ||
        Loop->Then.empty())
      return false;
    for (const Statement &S : llvm::drop_end(Loop->Then))
      if (S.Index || S.Target == "_count" || writesElements(S.Then) ||
          writesElements(S.Else))
        return false;
    const Statement &Guard = Loop->Then.back();
    if (Guard.K != Statement::Kind::If || !Guard.Condition.isSymbol("_cond") ||
        !Guard.Else.empty())
      return false;
    return collectsOnce(Guard.Then, *Count);
  }

  static bool writesElements(const std::vector<Statement> &Body) {
    return llvm::any_of(Body, [](const Statement &S) {
      return S.Index || S.Target == "_count" || writesElements(S.Then) ||
             writesElements(S.Else);
    });
  }

  /// The event goes into the list, and a refractory group remembers it.
  bool collectsOnce(const std::vector<Statement> &Body,
                    const Statement &Count) const {
    std::string Space;
    std::set<llvm::StringRef> Marks;
    for (const Statement &S : Body) {
      if (S.K != Statement::Kind::Assign || !S.Index || !S.Value)
        return false;
      std::string Array = arrayOf(S.Target);
      if (S.Index.isCall("++")) {
        if (!Space.empty() || !S.Index.operand(0).isSymbol("_count") ||
            !S.Value.isSymbol("_idx"))
          return false;
        Space = Array;
        continue;
      }
      llvm::StringRef Variable = variableOf(Array);
      bool IsMark = S.Index.isSymbol("_idx") &&
                    ((Variable == "lastspike" && isTime(S.Value)) ||
                     (Variable == "not_refractory" &&
                      (S.Value.isFalse() || S.Value.isZero())));
      if (!IsMark || !Marks.insert(Variable).second)
        return false;
    }
    if (Space.empty() || arrayOf(Count.Target) != Space ||
        !Count.Value.isSymbol("_count"))
      return false;
    const brian2lift::Array *A = C.findArray(Space);
    std::optional<Rational> Last = numberOf(Count.Index);
    if (A && A->Size && (!Last || *Last != Rational(*A->Size - 1)))
      return false;
    return Marks.size() == (isRefractory(Space) ? 2u : 0u);
  }

  bool isTime(Expr E) const {
    if (E.is(ExprKind::Element))
      return E.operand(0).isZero() && variableOf(arrayOf(E.name())) == "t";
    return E.isSymbol("t");
  }

  /// Whether these events make neurons refractory: spikes of a group with a
  /// refractory period.
  bool isRefractory(const std::string &Space) const {
    auto Named = Names.find(Space);
    return Named != Names.end() && Named->second.Variable == "_spikespace" &&
           llvm::any_of(Names, [&](const auto &Entry) {
             return Entry.second.Owner == Named->second.Owner &&
                    Entry.second.Variable == "not_refractory";
           });
  }
};

} // namespace

FrameDamage findFrameDamage(const Function &F, const CodeObjects &C,
                            const ArrayNames &Names,
                            const llvm::StringMap<std::string> &ArrayOf,
                            const llvm::StringMap<StepVariable> &Backed) {
  return Inspector(F, C, Names, ArrayOf, Backed).run();
}

} // namespace brian2lift
