//===- Model/Contents.cpp -----------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model/Contents.h"
#include "Model/Roles.h"

namespace brian2lift {

namespace {

using Kind = ArrayContents::Kind;

/// `_num_<array>`: of the array itself, or of another that is as long.
bool isSize(Expr Bound, const Array &A, const CodeObjects &C) {
  if (A.Size && Bound.isNumber(Rational(*A.Size)))
    return true;
  llvm::StringRef Name = Bound.isSymbol() ? Bound.name() : "";
  if (!Name.consume_front("_num_"))
    return false;
  const Array *Other = Name == A.Name ? nullptr : C.findArray(Name);
  return Name == A.Name || (Other && A.Size && Other->Size == A.Size);
}

/// `_array_axon_Ri[0] = 1.5;` sets all of an array that has one element.
Kind elementIs(const Statement &S, const Array &A) {
  bool IsAll = A.Size == 1 && S.Index && S.Index.isZero();
  return IsAll && S.Value && S.Value.isNumber() ? Kind::Uniform : Kind::Mixed;
}

/// Whether a loop sets every element, and to what.
Kind loopIs(const Statement &Loop, const Statement &S, const Array &A,
            const CodeObjects &C) {
  bool IsAll = Loop.Bound && Loop.First && Loop.First.isZero() &&
               isSize(Loop.Bound, A, C);
  if (!IsAll || !S.Index || !S.Index.isSymbol(Loop.Target) || !S.Value)
    return Kind::Mixed;
  if (S.Value.isNumber())
    return Kind::Uniform;
  const Array *From =
      S.Value.is(ExprKind::Element) ? C.findArray(S.Value.name()) : nullptr;
  return From && From->IsStatic && S.Value.operand(0) == S.Index
             ? Kind::DataFile
             : Kind::Mixed;
}

} // namespace

InitialContents::InitialContents(const CodeObjects &C) : C(C) {
  if (const Function *Main = C.find("main"))
    read(Main->Body);
}

void InitialContents::read(const std::vector<Statement> &Body) {
  for (const Statement &S : Body) {
    size_t Order = Begins.size();
    Begins.try_emplace({S.Begin.File, S.Begin.Line, S.Begin.Column}, Order);
    if (S.K == Statement::Kind::Loop) {
      readLoop(S, Order);
      continue;
    }
    if (S.K == Statement::Kind::Assign)
      Changes[S.Target].push_back({Order, &S, nullptr});
    else if (S.K == Statement::Kind::Call && S.Object.empty())
      if (const Function *F = C.find(S.Callee))
        for (const std::string &Array : writtenArrays(*F))
          Changes[Array].push_back({Order, &S, nullptr});
    read(S.Then);
    read(S.Else);
  }
}

void InitialContents::readLoop(const Statement &Loop, size_t Order) {
  for (const Statement &S : Loop.Then) {
    if (S.K == Statement::Kind::Assign)
      Changes[S.Target].push_back({Order, &S, &Loop});
    if (!S.Then.empty() || !S.Else.empty())
      readLoop(S, Order);
  }
}

ArrayContents InitialContents::before(const Array &A,
                                      const ScheduledRun &Run) const {
  ArrayContents Result;
  auto All = Changes.find(A.Name);
  if (All == Changes.end())
    return Result;
  auto End = Begins.find({Run.Place.File, Run.Place.Line, Run.Place.Column});
  for (const Change &Each : All->second) {
    if (End != Begins.end() && Each.Order >= End->second)
      break;
    const Statement &S = *Each.S;
    Result.K = S.K == Statement::Kind::Call ? Kind::Computed
               : Each.Loop                  ? loopIs(*Each.Loop, S, A, C)
                                            : elementIs(S, A);
    if (Result.K == Kind::Uniform || Result.K == Kind::DataFile)
      Result.Sources.clear();
    Result.Sources.insert(Result.Sources.begin(), S.Begin);
    if (Result.K == Kind::Uniform)
      Result.Value = S.Value.number();
    if (Result.K == Kind::DataFile)
      Result.StaticArray = S.Value.name().str();
  }
  return Result;
}

} // namespace brian2lift
