//===- Step/Cable.cpp ---------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Step/Cable.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include <map>
#include <set>

namespace brian2lift {

namespace {

class Reader {
public:
  Reader(const Function &F, const CodeObjects &C, const ArrayNames &Names)
      : F(F), C(C), A(*C.Arena), Names(Names) {
    for (const Statement &S : F.Body)
      if (S.K == Statement::Kind::Declare && S.IsPointer && S.Value &&
          S.Value.isSymbol())
        Aliases[S.Target] = S.Value.name().str();
  }

  std::optional<CableSolver> read() {
    findUses(F.Body);
    if (Currents.size() != 1)
      return std::nullopt;
    for (const Statement &S : F.Body)
      if (S.K == Statement::Kind::Loop && isOverCompartments(S))
        if (auto Values = valuesStoredBy(S))
          return cut(S, *Values);
    return std::nullopt;
  }

private:
  const Function &F;
  const CodeObjects &C;
  ExprArena &A;
  const ArrayNames &Names;
  llvm::StringMap<std::string> Aliases; // pointer local -> array
  // What the solver uses in the places of I and of g, by variable. The pivots
  // of other systems are differences too, so there may be several for g.
  std::set<std::string> Currents, Conductances;
  // How often a variable's elements are read, of these in such a place, and how
  // often they are written.
  std::map<std::string, unsigned> Reads, Uses, Writes;

  struct Stored {
    const Statement *Current = nullptr, *Conductance = nullptr;
  };

  std::string variableOf(llvm::StringRef Pointer) const {
    auto Alias = Aliases.find(Pointer);
    llvm::StringRef Array =
        Alias == Aliases.end() ? Pointer : llvm::StringRef(Alias->second);
    auto It = Names.find(Array);
    return It == Names.end() ? std::string() : It->second.Variable;
  }

  /// `E` with each array element named by its variable.
  Expr byVariables(Expr E) {
    return rewrite(E, [&](Expr Node) {
      if (!Node.is(ExprKind::Element))
        return Node;
      std::string Variable = variableOf(Node.name());
      return Variable.empty() ? Node : A.element(Variable, Node.operand(0));
    });
  }

  void findUses(const std::vector<Statement> &Body) {
    for (const Statement &S : Body) {
      for (Expr E : {S.Value, S.Index, S.Condition, S.First, S.Bound})
        countReads(E);
      if (S.K == Statement::Kind::Assign && S.Index)
        ++Writes[variableOf(S.Target)];
      if (S.K == Statement::Kind::Assign && S.Value &&
          S.Value.is(ExprKind::Add)) {
        if (S.Index)
          findCurrent(byVariables(S.Value), S.Index);
        else
          findConductance(byVariables(S.Value));
      }
      findUses(S.Then);
      findUses(S.Else);
    }
  }

  void countReads(Expr Root) {
    if (!Root)
      return;
    llvm::SmallVector<Expr, 8> Work{Root};
    while (!Work.empty()) {
      Expr E = Work.pop_back_val();
      if (E.is(ExprKind::Element))
        ++Reads[variableOf(E.name())];
      Work.append(E.operands().begin(), E.operands().end());
    }
  }

  /// Whether the solver does nothing else with I and g: then Im is what moves
  /// v.
  bool isUsedAsSuch(const std::string &Variable) const {
    auto Count = [&](const std::map<std::string, unsigned> &Counts) {
      auto It = Counts.find(Variable);
      return It == Counts.end() ? 0 : It->second;
    };
    return Count(Reads) == Count(Uses) && Count(Writes) == 1;
  }

  /// `-(Cm[j]*v[j]/dt) - I[j]`
  void findCurrent(Expr Value, Expr Index) {
    Expr Old = A.element("Cm", Index) * A.element("v", Index) /
               A.element("dt", A.number(0));
    Expr Rest = -(Value + Old);
    if (Rest.is(ExprKind::Element) && Rest.operand(0) == Index)
      use(Currents, Rest);
  }

  /// `a[j] - g[j]`
  void findConductance(Expr Value) {
    if (Value.operands().size() != 2)
      return;
    for (auto [Diagonal, Other] :
         {std::pair{Value.operand(0), -Value.operand(1)},
          std::pair{Value.operand(1), -Value.operand(0)}})
      if (Diagonal.is(ExprKind::Element) && Other.is(ExprKind::Element) &&
          Diagonal.operand(0) == Other.operand(0))
        use(Conductances, Other);
  }

  void use(std::set<std::string> &Variables, Expr Element) {
    Variables.insert(Element.name().str());
    ++Uses[Element.name().str()];
  }

  /// Whether a loop visits each compartment, once: to `N`, or to its value.
  bool isOverCompartments(const Statement &Loop) const {
    if (!Loop.First || !Loop.First.isZero() || !Loop.Bound)
      return false;
    if (Loop.Bound.isSymbol()) // and not `_threads`, of which nothing is known
      return llvm::any_of(F.Body, [&](const Statement &S) {
        return S.K == Statement::Kind::Declare && Loop.Bound.isSymbol(S.Target);
      });
    return llvm::any_of(C.Arrays, [&](const Array &A) {
      return Names.count(A.Name) && variableOf(A.Name) == "v" && A.Size &&
             Loop.Bound.isNumber(*A.Size);
    });
  }

  /// What a loop stores for each compartment: I and g, each once.
  std::optional<Stored> valuesStoredBy(const Statement &Loop) const {
    Stored Result;
    for (const Statement &S : Loop.Then) {
      if (S.K != Statement::Kind::Assign || !S.Index)
        continue;
      std::string Variable = variableOf(S.Target);
      bool IsCurrent = Currents.count(Variable) != 0;
      if (!IsCurrent && !Conductances.count(Variable))
        continue;
      const Statement *&Stores =
          IsCurrent ? Result.Current : Result.Conductance;
      if (Stores || !S.Value || !isUsedAsSuch(Variable) ||
          !(S.Index.isSymbol("_idx") || S.Index.isSymbol(Loop.Target)))
        return std::nullopt;
      Stores = &S;
    }
    if (!Result.Current || !Result.Conductance)
      return std::nullopt;
    return Result;
  }

  static Statement declare(llvm::StringRef Name, const Statement &Stores) {
    Statement S;
    S.K = Statement::Kind::Declare;
    S.Target = Name.str();
    S.Type = ScalarType::Float64;
    S.IsConst = true;
    S.Value = Stores.Value;
    S.Begin = Stores.Begin;
    S.End = Stores.End;
    return S;
  }

  CableSolver cut(const Statement &Loop, const Stored &Values) const {
    CableSolver Result;
    Function &G = Result.Compartment;
    G.Name = F.Name;
    G.Place = F.Place;
    for (const Statement &S : F.Body) {
      if (&S == &Loop)
        break;
      // Loops before it prepare the linear system.
      if (S.K != Statement::Kind::Loop)
        G.Body.push_back(S);
    }
    Statement Compartment = Loop;
    llvm::erase_if(Compartment.Then, [&](const Statement &S) {
      return S.K == Statement::Kind::Assign && S.Index;
    });
    Compartment.Then.push_back(declare(CableCurrent, *Values.Current));
    Compartment.Then.push_back(declare(CableConductance, *Values.Conductance));
    G.HasUnknown = hasUnknown(Compartment.Then) || hasUnknown(G.Body);
    G.Body.push_back(std::move(Compartment));
    return Result;
  }

  static bool hasUnknown(const std::vector<Statement> &Body) {
    return llvm::any_of(Body, [](const Statement &S) {
      return S.K == Statement::Kind::Unknown || hasUnknown(S.Then) ||
             hasUnknown(S.Else);
    });
  }
};

} // namespace

std::optional<CableSolver> readCable(const Function &F, const CodeObjects &C,
                                     const ArrayNames &Names) {
  return Reader(F, C, Names).read();
}

} // namespace brian2lift
