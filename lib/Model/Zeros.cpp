//===- Model/Zeros.cpp - Zeros that are quantities ------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Brian2 writes `v = 0*mV` as `v = 0`, which it does not accept for a variable
// in volt: a number has no dimension, zero neither. Products and sums with a
// zero are gone, so what is left stands alone: assigned, compared, or the bound
// of a clip.
//
//===----------------------------------------------------------------------===//

#include "Expr/Text.h"
#include "Model/Group.h"

namespace brian2lift {

namespace {

class Zeros {
public:
  Zeros(NeuronGroup &G, ExprArena &Arena) : G(G), Arena(Arena) {
    addGroupVariables(P);
    if (G.Spatial)
      addSpatialVariables(P);
    for (const ModelEquation &E : G.Equations) {
      P.Known.erase(E.Name);
      if (E.Unit)
        P.Known[E.Name] = *E.Unit;
    }
    for (const ModelIdentifier &I : G.Identifiers)
      if (I.Unit)
        P.Known[I.Constant.Name] = *I.Unit;
  }

  void run() {
    for (ModelEquation &E : G.Equations) {
      std::optional<Dimension> D = E.Unit;
      if (D && E.K == ModelEquation::Kind::Differential)
        D = *D / dimensions::Second;
      alone(E.Value, D);
    }
    for (ModelEvent &E : G.Events) {
      inside(E.Threshold);
      statements(E.Reset);
      if (E.Refractory)
        inside(E.Refractory->Condition);
    }
    for (ModelRunRegularly &R : G.RunRegularly)
      statements(R.Code);
  }

private:
  NeuronGroup &G;
  ExprArena &Arena;
  UnitProblem P;

  void statements(std::vector<ModelStatement> &Code) {
    for (ModelStatement &S : Code) {
      auto It = P.Known.find(S.Name);
      alone(S.Value, It == P.Known.end() || S.Operator != "="
                         ? std::nullopt
                         : std::optional<Dimension>(It->second));
    }
  }

  /// The whole right-hand side, which has dimension `D`.
  void alone(Expr &Value, const std::optional<Dimension> &D) {
    if (Value && Value.isZero() && D)
      Value = zero(*D, Value);
    else
      inside(Value);
  }

  void inside(Expr &Value) {
    if (!Value)
      return;
    Value = rewrite(Value, [&](Expr E) {
      if (E.isComparison())
        return Arena.compare(E.kind(), like(E.operand(0), E.operand(1)),
                             like(E.operand(1), E.operand(0)));
      if (E.isCall("clip") && E.operands().size() == 3)
        return Arena.call("clip",
                          {E.operand(0), like(E.operand(1), E.operand(0)),
                           like(E.operand(2), E.operand(0))});
      return E;
    });
  }

  /// `E`, with the dimension of `Other` when it is zero and that is known.
  Expr like(Expr E, Expr Other) {
    if (!E.isZero() || Other.isNumber() || Other.isCondition())
      return E;
    // What has no name of Brian's is nobody's name.
    Expr Unknown = Arena.symbol("zero*");
    UnitProblem Here = P;
    Here.Facts.push_back(sameDimension(Unknown, Other, SourcePlace()));
    UnitResult R = inferUnits(Here);
    const InferredUnit *Found = R.find("zero*");
    return Found && Found->Dim ? zero(*Found->Dim, E) : E;
  }

  /// `0*mV` with a unit that the group uses anyway, else `0*volt`. `Zero` where
  /// that name is the author's.
  Expr zero(const Dimension &D, Expr Zero) {
    if (D.isDimensionless())
      return Zero;
    for (const ModelIdentifier &I : G.Identifiers)
      if (I.Unit == D &&
          brianUnit(I.Constant.Name, I.Constant.Value.toDouble()))
        return Arena.zero(Arena.symbol(I.Constant.Name));
    llvm::Expected<Expr> Unit = parseBrian(Arena, unitExpression(D));
    if (!Unit) {
      llvm::consumeError(Unit.takeError());
      return Zero;
    }
    for (Expr Name : symbolsOf(*Unit))
      if (isTaken(Name.name()))
        return Zero;
    return Arena.zero(*Unit);
  }

  bool isTaken(llvm::StringRef Name) const {
    if (G.find(Name))
      return true;
    for (const ModelIdentifier &I : G.Identifiers)
      if (I.Constant.Name == Name)
        return true;
    return false;
  }
};

} // namespace

void giveZerosUnits(NeuronGroup &G, ExprArena &Arena) { Zeros(G, Arena).run(); }

} // namespace brian2lift
