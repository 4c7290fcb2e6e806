//===- Step/Names.cpp - Which variable an array holds -------------------===//
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
               withoutConversion(S.Value).is(ExprKind::Element))
        use(withoutConversion(S.Value).name(), S.Target);
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
  /// Array -> `owner.variable` as set_variable_by_name spells it.
  llvm::StringMap<std::string> Qualified;

private:
  llvm::StringMap<std::string> Aliases;

  /// A local of another type has the name all the same.
  static Expr withoutConversion(Expr Value) {
    return Value.isCall("int") && !Value.operands().empty() ? Value.operand(0)
                                                            : Value;
  }

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

  /// `if (name == "owner.variable") ... set_variable_from_value(name, array)`.
  void literals(const Statement &S) {
    if (S.K != Statement::Kind::If || !S.Condition)
      return;
    std::string Literal;
    visit(S.Condition, [&](Expr E) {
      if (E.isCall("\"") && E.operand(0).name().contains('.'))
        Literal = E.operand(0).name().str();
    });
    if (!Literal.empty())
      qualify(S.Then, Literal);
  }

  void qualify(const std::vector<Statement> &Body, const std::string &Literal) {
    for (const Statement &S : Body) {
      if (S.K == Statement::Kind::Call &&
          llvm::StringRef(S.Callee).starts_with("set_variable_from") &&
          S.Arguments.size() > 1 && S.Arguments[1] && S.Arguments[1].isSymbol())
        Qualified[S.Arguments[1].name()] = Literal;
      qualify(S.Then, Literal);
      qualify(S.Else, Literal);
    }
  }
};

/// Variables that Brian2 adds to groups, clocks, monitors and synapses by
/// itself (core/variables.py, groups/*.py), with the type that they have: they
/// need no evidence of their own.
struct OwnVariable {
  llvm::StringLiteral Name;
  ScalarType Type;
};
constexpr OwnVariable OwnVariables[] = {{"not_refractory", ScalarType::Boolean},
                                        {"lastspike", ScalarType::Float64},
                                        {"_spikespace", ScalarType::Integer},
                                        {"timestep", ScalarType::Integer},
                                        {"_indices", ScalarType::Integer},
                                        {"_sub_idx", ScalarType::Integer},
                                        {"dt", ScalarType::Float64},
                                        {"t", ScalarType::Float64},
                                        {"N", ScalarType::Integer}};

/// Splits `v_1` into `v` and 1; a name without number is its own zeroth.
std::pair<llvm::StringRef, unsigned> splitInstance(llvm::StringRef Name) {
  auto [Head, Tail] = Name.rsplit('_');
  unsigned Number = 0;
  if (Head.empty() || Tail.empty() || Tail.getAsInteger(10, Number) ||
      Number == 0)
    return {Name, 0};
  return {Head, Number};
}

/// `owner_variable` or, for a later array of the same name, `owner_variable_1`.
std::optional<VariableName> matchVariable(llvm::StringRef Stem,
                                          llvm::StringRef Variable) {
  for (auto [Name, Instance] :
       {std::pair<llvm::StringRef, unsigned>(Stem, 0), splitInstance(Stem)}) {
    llvm::StringRef Owner = Name;
    if (Owner.consume_back(Variable) && Owner.consume_back("_") &&
        !Owner.empty())
      return VariableName{Owner.str(), Variable.str(), Instance};
  }
  return std::nullopt;
}

/// Without objects.cpp, which fills them: the integers `i` of what spikes or
/// has code of a group's own. (A group `g` may have a variable `x_i`.)
std::set<std::string> arangeArraysByName(const CodeObjects &C) {
  auto IsGroup = [&](llvm::StringRef Owner) {
    return C.findArray(("_array_" + Owner + "__spikespace").str()) ||
           llvm::any_of(C.Functions, [&](const Function &F) {
             llvm::StringRef Name = F.Name;
             return Name.consume_front("_run_") && Name.consume_front(Owner) &&
                    (Name.starts_with("_stateupdater") ||
                     Name.starts_with("_subexpression_update"));
           });
  };
  std::set<std::string> Result;
  for (const Array &A : C.Arrays) {
    llvm::StringRef Owner = stem(A.Name);
    if (A.Type == ScalarType::Integer && !A.IsDynamic && !A.IsStatic &&
        Owner.consume_back("_i") && IsGroup(Owner))
      Result.insert(A.Name);
  }
  return Result;
}

} // namespace

std::set<std::string> arangeArrays(const CodeObjects &C) {
  const Function *Init = C.find("_init_arrays");
  if (!Init)
    return arangeArraysByName(C);
  std::set<std::string> Result;
  llvm::SmallVector<const std::vector<Statement> *, 8> Work{&Init->Body};
  while (!Work.empty()) {
    for (const Statement &S : *Work.pop_back_val()) {
      if (S.K == Statement::Kind::Assign && S.Index && S.Value &&
          S.Index.isSymbol() && contains(S.Value, S.Index))
        Result.insert(S.Target);
      Work.push_back(&S.Then);
    }
  }
  return Result;
}

ArrayNames nameArrays(const CodeObjects &C) {
  Collector Seen;
  for (const Function &F : C.Functions) {
    Seen.forgetAliases();
    Seen.collect(F.Body);
  }
  ArrayNames Names;
  std::set<std::string> Owners;
  auto Name = [&](const std::string &Array, VariableName Found) {
    Owners.insert(Found.Owner);
    Names[Array] = std::move(Found);
  };

  // 1. `owner.variable` literals: exact. (A TimedArray's values are there too.)
  for (const auto &Entry : Seen.Qualified) {
    if (stem(Entry.getKey()).empty())
      continue;
    auto [Owner, Variable] = llvm::StringRef(Entry.getValue()).split('.');
    unsigned Instance = 0;
    if (stem(Entry.getKey()) != (Owner + "_" + Variable).str())
      Instance = splitInstance(stem(Entry.getKey())).second;
    Name(Entry.getKey().str(), {Owner.str(), Variable.str(), Instance});
  }
  // 2. The local that a function copies the element to, when it is the end of
  // the array's name; the longest one when several fit, since a reader in
  // another group may have linked the variable under a shorter name.
  for (const Array &A : C.Arrays) {
    auto Found = Seen.Locals.find(A.Name);
    if (Names.count(A.Name) || Found == Seen.Locals.end())
      continue;
    std::optional<VariableName> Best;
    for (const std::string &Local : Found->second)
      if (auto Match = matchVariable(stem(A.Name), Local))
        if (!Best || Match->Variable.size() > Best->Variable.size())
          Best = Match;
    if (Best)
      Name(A.Name, *Best);
  }
  // 3. Variables that every object of a kind has: the clock `my_clock` has
  // `_array_my_clock_dt`, the group `my_group` an `i` that counts from 0.
  std::set<std::string> Aranges = arangeArrays(C);
  for (const Array &A : C.Arrays) {
    if (Names.count(A.Name))
      continue;
    std::optional<VariableName> Match;
    if (Aranges.count(A.Name))
      Match = matchVariable(stem(A.Name), "i");
    for (const OwnVariable &V : OwnVariables)
      if (!Match && A.Type == V.Type)
        Match = matchVariable(stem(A.Name), V.Name);
    if (Match)
      Name(A.Name, *Match);
  }
  // 4. Arrays that no function copies (a parameter that nothing uses): the
  // longest known owner that is a prefix.
  for (const Array &A : C.Arrays) {
    if (Names.count(A.Name))
      continue;
    llvm::StringRef Stem = stem(A.Name);
    llvm::StringRef Best;
    for (const std::string &Owner : Owners)
      if (Stem.starts_with(Owner + "_") && Owner.size() > Best.size())
        Best = Owner;
    if (Best.empty())
      continue;
    llvm::StringRef Variable = Stem.drop_front(Best.size() + 1);
    // A number at the end belongs to the variable unless the name without it
    // is an array too.
    auto [Head, Instance] = splitInstance(Variable);
    bool IsLater =
        Instance != 0 && C.findArray(("_array_" + Best + "_" + Head).str());
    Name(A.Name, {Best.str(), (IsLater ? Head : Variable).str(),
                  IsLater ? Instance : 0});
  }
  return Names;
}

} // namespace brian2lift
