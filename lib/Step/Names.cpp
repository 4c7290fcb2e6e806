//===- Step/Names.cpp - Which variable an array holds --------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Step/Step.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include <set>

namespace brian2lift {

namespace {

constexpr llvm::StringLiteral Prefixes[] = {"_dynamic_array_", "_array_"};

/// `my_group_x` of `_array_my_group_x`; empty for other names.
llvm::StringRef stem(llvm::StringRef Array) {
  for (llvm::StringRef Prefix : Prefixes)
    if (Array.consume_front(Prefix))
      return Array;
  return {};
}

/// Collects what the functions say about the arrays that they read and write.
class Collector {
public:
  void collect(const std::vector<Statement> &Body) {
    for (const Statement &S : Body) {
      if (S.K == Statement::Kind::Declare && S.IsPointer)
        alias(S);
      else if (S.K == Statement::Kind::Declare && S.Value &&
               S.Value.is(ExprKind::Element))
        use(S.Value.name(), S.Target);
      else if (S.K == Statement::Kind::Assign && S.Index && S.Value &&
               S.Value.isSymbol())
        use(S.Target, S.Value.name());
      literals(S);
      collect(S.Then);
      collect(S.Else);
    }
  }

  void forgetAliases() { Aliases.clear(); }

  /// Array -> names of locals that hold its elements.
  llvm::StringMap<std::set<std::string>> Locals;
  /// `owner.variable` as set_variable_by_name spells it.
  std::set<std::string> Qualified;

private:
  llvm::StringMap<std::string> Aliases;

  void alias(const Statement &S) {
    if (!S.Value)
      return;
    // The pointer's own name repeats the array's: _ptr_array_g_v.
    visit(S.Value, [&](Expr E) {
      if ((E.isSymbol() || E.is(ExprKind::Element)) && !stem(E.name()).empty())
        Aliases[S.Target] = E.name().str();
    });
  }

  void use(llvm::StringRef Pointer, llvm::StringRef Local) {
    auto It = Aliases.find(Pointer);
    Locals[It == Aliases.end() ? Pointer : llvm::StringRef(It->second)].insert(
        Local.str());
  }

  void literals(const Statement &S) {
    auto Look = [&](Expr Root) {
      if (Root)
        visit(Root, [&](Expr E) {
          if (E.isCall("\"") && E.operand(0).name().contains('.'))
            Qualified.insert(E.operand(0).name().str());
        });
    };
    Look(S.Value);
    Look(S.Condition);
    for (Expr Argument : S.Arguments)
      Look(Argument);
  }
};

/// Variables that Brian2 adds to groups, clocks, monitors and synapses by
/// itself (core/variables.py, groups/*.py): they need no evidence of their own.
constexpr llvm::StringLiteral OwnVariables[] = {
    "not_refractory", "lastspike", "_spikespace", "timestep", "_indices",
    "_sub_idx",       "dt",        "t",           "N",        "i"};

} // namespace

ArrayNames nameArrays(const CodeObjects &C) {
  Collector Seen;
  for (const Function &F : C.Functions) {
    Seen.forgetAliases();
    Seen.collect(F.Body);
  }

  ArrayNames Names;
  std::set<std::string> Owners;
  auto Name = [&](const std::string &Array, llvm::StringRef Variable) {
    llvm::StringRef Owner = stem(Array);
    if (!Owner.consume_back(Variable) || !Owner.consume_back("_") ||
        Owner.empty())
      return false;
    Names[Array] = {Owner.str(), Variable.str()};
    Owners.insert(Owner.str());
    return true;
  };

  // 1. `owner.variable` literals: exact.
  for (const Array &A : C.Arrays)
    for (const std::string &Pair : Seen.Qualified) {
      auto [Owner, Variable] = llvm::StringRef(Pair).split('.');
      if (stem(A.Name) == (Owner + "_" + Variable).str()) {
        Names[A.Name] = {Owner.str(), Variable.str()};
        Owners.insert(Owner.str());
      }
    }
  // 2. Variables that every object of a kind has give the owners: the group
  // `my_group` has `_array_my_group_i`, its clock `_array_my_clock_dt`.
  for (const Array &A : C.Arrays) {
    if (Names.count(A.Name))
      continue;
    for (llvm::StringRef Variable : OwnVariables)
      if (stem(A.Name).ends_with(Variable.str().insert(0, "_"))) {
        Name(A.Name, Variable);
        break;
      }
  }
  // 3. The local that a function copies the element to, when it is the end of
  // the array's name and what remains is a known owner; the longest such owner
  // when several locals fit.
  for (const Array &A : C.Arrays) {
    auto Found = Seen.Locals.find(A.Name);
    if (Names.count(A.Name) || Found == Seen.Locals.end())
      continue;
    llvm::StringRef Best;
    for (const std::string &Local : Found->second) {
      llvm::StringRef Owner = stem(A.Name);
      if (Owner.consume_back(Local) && Owner.consume_back("_") &&
          Owners.count(Owner.str()) && Local.size() > Best.size())
        Best = Local;
    }
    if (!Best.empty())
      Name(A.Name, Best.str());
  }
  // 4. Arrays that no function copies (a parameter that nothing uses): the
  // longest known owner that is a prefix. `_array_my_group_x_y` with the groups
  // `my_group` and `my_group_x` stays ambiguous in principle; the longer owner
  // is the only one for which step 3 would have had no say.
  for (const Array &A : C.Arrays) {
    if (Names.count(A.Name))
      continue;
    llvm::StringRef Stem = stem(A.Name);
    llvm::StringRef Best;
    for (const std::string &Owner : Owners)
      if (Stem.starts_with(Owner + "_") && Owner.size() > Best.size())
        Best = Owner;
    if (!Best.empty())
      Name(A.Name, Stem.drop_front(Best.size() + 1).str());
  }
  return Names;
}

} // namespace brian2lift
