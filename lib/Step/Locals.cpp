//===- Step/Locals.cpp --------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Step/Locals.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

namespace brian2lift {

std::optional<VariableName> partOfForeign(llvm::StringRef Name,
                                          const std::set<std::string> &Owners) {
  std::optional<VariableName> Best;
  size_t BestAt = 0;
  for (const std::string &Owner : Owners) {
    std::string Middle = "_" + Owner + "_";
    size_t At = Name.rfind(Middle);
    if (At == llvm::StringRef::npos || At == 0)
      continue;
    llvm::StringRef Variable = Name.drop_front(At + Middle.size());
    if (Variable.empty() || !llvm::isAlpha(Variable.front()))
      continue;
    if (!Best || At > BestAt ||
        (At == BestAt && Owner.size() > Best->Owner.size())) {
      Best = VariableName{Owner, Variable.str(), 0};
      BestAt = At;
    }
  }
  return Best;
}

bool isNeededFor(llvm::StringRef Rest, const std::set<std::string> &Owners) {
  return llvm::any_of(Owners, [&](llvm::StringRef Owner) {
    llvm::StringRef Variable = Rest;
    return Variable.consume_front(Owner) && Variable.starts_with("_");
  });
}

namespace {

bool reads(Expr E, llvm::StringRef Name) {
  return E && llvm::any_of(symbolsOf(E),
                           [&](Expr Symbol) { return Symbol.isSymbol(Name); });
}

bool reads(const Statement &S, llvm::StringRef Name) {
  auto InBody = [&](const Statement &Inner) { return reads(Inner, Name); };
  return reads(S.Value, Name) || reads(S.Condition, Name) ||
         llvm::any_of(S.Then, InBody) || llvm::any_of(S.Else, InBody);
}

/// True when the statement, or one inside, gives `Name` a value.
bool writes(const Statement &S, llvm::StringRef Name) {
  auto InBody = [&](const Statement &Inner) { return writes(Inner, Name); };
  return ((S.K == Statement::Kind::Assign ||
           (S.K == Statement::Kind::Declare && S.Value)) &&
          !S.Index && S.Target == Name) ||
         llvm::any_of(S.Then, InBody) || llvm::any_of(S.Else, InBody);
}

/// The statements of one block, around a local that is defined there.
class Block {
public:
  Block(llvm::StringRef Local, llvm::ArrayRef<Statement> Body,
        llvm::function_ref<bool(llvm::StringRef)> IsVariable)
      : Local(Local), Body(Body), IsVariable(IsVariable) {}

  LocalOrigin origin() const {
    std::vector<size_t> Definitions;
    for (size_t I = 0; I < Body.size(); ++I)
      if (writes(Body[I], Local))
        Definitions.push_back(I);
    if (Definitions.empty())
      return LocalOrigin::Code;
    // Shared ones are computed before the loop in an order of their own.
    if (llvm::any_of(Body, [](const Statement &S) {
          return S.K == Statement::Kind::Loop;
        }))
      return LocalOrigin::Either;
    size_t First = Definitions.front();
    for (size_t At : Definitions)
      if (!isUsedNext(At))
        return LocalOrigin::Code;
    bool Changes = changesFrom(firstUse(First) + 1);
    if (Definitions.size() == 1) {
      bool IsDeclaration = Body[First].K == Statement::Kind::Declare;
      // What keeps a value from before a change is read as what it is.
      if (isReadAfter(firstUse(First)) && changesFrom(firstUse(First)))
        return LocalOrigin::Code;
      // What is computed in branches, and all that Brian2GeNN declares, does
      // not say whether it is const.
      if (!IsDeclaration || !Changes)
        return LocalOrigin::Either;
      return Body[First].IsConst ? LocalOrigin::Code
                                 : LocalOrigin::Subexpression;
    }
    // Each statement that reads it has a definition of its own.
    for (size_t I = First; I < Body.size(); ++I)
      if (reads(Body[I], Local) && !isDefinition(I) &&
          !llvm::any_of(Definitions,
                        [&](size_t At) { return firstUse(At) == I; }))
        return LocalOrigin::Code;
    return Changes ? LocalOrigin::Subexpression : LocalOrigin::Code;
  }

private:
  llvm::StringRef Local;
  llvm::ArrayRef<Statement> Body;
  llvm::function_ref<bool(llvm::StringRef)> IsVariable;

  /// True for a statement that computes a local which may have an author's
  /// name, or declares one.
  bool isDefinition(size_t I) const {
    const Statement &S = Body[I];
    if (S.K == Statement::Kind::If)
      return !S.Then.empty() && llvm::all_of(S.Then, [&](const Statement &T) {
        return T.K == Statement::Kind::Assign && !T.Index &&
               !isInternalName(T.Target) && !IsVariable(T.Target);
      });
    return (S.K == Statement::Kind::Declare ||
            (S.K == Statement::Kind::Assign && !S.Index)) &&
           !IsVariable(S.Target) &&
           (!isInternalName(S.Target) ||
            (S.K == Statement::Kind::Declare && !S.Value));
  }

  /// The first statement behind a definition that is none itself.
  size_t firstUse(size_t At) const {
    while (At < Body.size() && isDefinition(At))
      ++At;
    return At;
  }

  /// That statement reads it, or another local that is computed in between.
  bool isUsedNext(size_t At) const {
    size_t Use = firstUse(At);
    for (size_t I = At + 1; I <= Use && I < Body.size(); ++I)
      if (reads(Body[I], Local))
        return true;
    return false;
  }

  bool isReadAfter(size_t Use) const {
    for (size_t I = Use + 1; I < Body.size(); ++I)
      if (reads(Body[I], Local))
        return true;
    return false;
  }

  /// True when something that the local is computed from is written by the
  /// statement `Begin` or a later one. The copies back to the arrays do not
  /// count.
  bool changesFrom(size_t Begin) const {
    llvm::StringSet<> Needed;
    for (const Statement &S : Body)
      if (writes(S, Local))
        collect(S, Needed);
    for (size_t I = Begin; I < Body.size(); ++I)
      for (const auto &Name : Needed)
        if (writes(Body[I], Name.first()))
          return true;
    return false;
  }

  static void collect(const Statement &S, llvm::StringSet<> &Names) {
    for (Expr E : {S.Value, S.Condition})
      if (E)
        for (Expr Symbol : symbolsOf(E))
          Names.insert(Symbol.name());
    for (const auto *Inner : {&S.Then, &S.Else})
      for (const Statement &T : *Inner)
        collect(T, Names);
  }
};

/// The block that declares the local; null when several do.
const std::vector<Statement> *blockOf(llvm::StringRef Local,
                                      const std::vector<Statement> &Body) {
  const std::vector<Statement> *Found = nullptr;
  auto Note = [&](const std::vector<Statement> *Where) {
    bool IsSecond = Found && Where;
    Found = Where ? Where : Found;
    return !IsSecond;
  };
  for (const Statement &S : Body) {
    bool IsHere = S.K == Statement::Kind::Declare && S.Target == Local;
    if (!Note(IsHere ? &Body : nullptr) || !Note(blockOf(Local, S.Then)) ||
        !Note(blockOf(Local, S.Else)))
      return nullptr;
  }
  return Found;
}

} // namespace

LocalOrigin originOf(llvm::StringRef Local, const std::vector<Statement> &Body,
                     llvm::function_ref<bool(llvm::StringRef)> IsVariable) {
  const std::vector<Statement> *Where = blockOf(Local, Body);
  return Where ? Block(Local, *Where, IsVariable).origin() : LocalOrigin::Code;
}

} // namespace brian2lift
