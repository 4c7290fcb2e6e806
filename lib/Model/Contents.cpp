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

class Reader {
public:
  Reader(const Array &A, const CodeObjects &C) : A(A), C(C) {}

  ArrayContents Result;

  /// False when the statement that begins at `End` is reached.
  bool read(const std::vector<Statement> &Body, const SourcePlace &End) {
    for (const Statement &S : Body) {
      if (S.Begin == End)
        return false;
      if (S.K == Statement::Kind::Loop)
        readLoop(S);
      else if (S.K == Statement::Kind::Assign && S.Target == A.Name)
        set(elementIs(S), S);
      else if (S.K == Statement::Kind::Call && S.Object.empty())
        readCall(S);
      if (S.K != Statement::Kind::Loop &&
          (!read(S.Then, End) || !read(S.Else, End)))
        return false;
    }
    return true;
  }

private:
  const Array &A;
  const CodeObjects &C;

  void set(Kind K, const Statement &S) {
    Result.K = K;
    if (K == Kind::Uniform || K == Kind::DataFile)
      Result.Sources.clear();
    Result.Sources.insert(Result.Sources.begin(), S.Begin);
    if (K == Kind::Uniform)
      Result.Value = S.Value.number();
    if (K == Kind::DataFile)
      Result.StaticArray = S.Value.name().str();
  }

  /// `_array_axon_Ri[0] = 1.5;` sets all of an array that has one element.
  Kind elementIs(const Statement &S) const {
    bool IsAll = A.Size == 1 && S.Index && S.Index.isZero();
    return IsAll && S.Value && S.Value.isNumber() ? Kind::Uniform : Kind::Mixed;
  }

  void readLoop(const Statement &Loop) {
    for (const Statement &S : Loop.Then) {
      if (S.K != Statement::Kind::Assign || S.Target != A.Name) {
        if (!S.Then.empty() || !S.Else.empty())
          readLoop(S);
        continue;
      }
      set(loopIs(Loop, S), S);
    }
  }

  /// `_num_<array>`: of the array itself, or of another that is as long.
  bool isSize(Expr Bound) const {
    if (A.Size && Bound.isNumber(Rational(*A.Size)))
      return true;
    llvm::StringRef Name = Bound.isSymbol() ? Bound.name() : "";
    if (!Name.consume_front("_num_"))
      return false;
    const Array *Other = C.findArray(Name);
    return Name == A.Name || (Other && A.Size && Other->Size == A.Size);
  }

  /// Whether a loop sets every element, and to what.
  Kind loopIs(const Statement &Loop, const Statement &S) const {
    bool IsAll =
        Loop.Bound && Loop.First && Loop.First.isZero() && isSize(Loop.Bound);
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

  void readCall(const Statement &S) {
    const Function *F = C.find(S.Callee);
    if (F && writtenArrays(*F).count(A.Name))
      set(Kind::Computed, S);
  }
};

} // namespace

ArrayContents contentsBefore(const Array &A, const ScheduledRun &Run,
                             const CodeObjects &C) {
  Reader R(A, C);
  if (const Function *Main = C.find("main"))
    R.read(Main->Body, Run.Place);
  return std::move(R.Result);
}

} // namespace brian2lift
