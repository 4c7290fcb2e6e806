//===- Step/Gsl.cpp -----------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Step/Gsl.h"
#include <map>

namespace brian2lift {

namespace {

constexpr llvm::StringLiteral Holder = "_GSL_dataholder.";
constexpr llvm::StringLiteral StepPrefix = "gsl_odeiv2_step_";

std::string withoutHolder(llvm::StringRef Name) {
  Name.consume_front(Holder);
  return Name.str();
}

class Rewriter {
public:
  Rewriter(const Function &Run, const Function &Rhs, const Function &Fill,
           ExprArena &A)
      : Run(Run), Rhs(Rhs), A(A) {
    for (const Statement &S : Fill.Body)
      if (S.K == Statement::Kind::Assign && S.Target == "_GSL_y" && S.Index &&
          S.Index.isNumber() && S.Value && S.Value.is(ExprKind::Element))
        Variables[S.Index.number().toLong().value_or(-1)] =
            A.element(withoutHolder(S.Value.name()), A.symbol("_idx"));
  }

  GslStateUpdater run() {
    GslStateUpdater Result;
    Function &F = Result.EulerStep;
    F.Name = Run.Name;
    F.Place = Run.Place;
    Statement Loop;
    Loop.K = Statement::Kind::Loop;
    Loop.Target = "_idx";
    for (const Statement &S : Run.Body) {
      if (S.K == Statement::Kind::Loop) {
        findDuration(S);
        Loop.First = S.First;
        Loop.Bound = S.Bound;
        break;
      }
      findStepType(S, Result.StepType);
      if (!isPlumbing(S))
        F.Body.push_back(rewrite(S));
    }
    Loop.Then = rewrite(Rhs.Body);
    for (const auto &[Index, Local] : Locals) {
      Loop.Then.push_back(advance(Index, Local));
      if (auto It = Variables.find(Index); It != Variables.end())
        Loop.Then.push_back(writeBack(It->second, Local));
    }
    F.Body.push_back(std::move(Loop));
    return Result;
  }

private:
  const Function &Run, &Rhs;
  ExprArena &A;
  std::map<long, Expr> Variables;   // index in _GSL_y -> array element
  std::map<long, Statement> Locals; // index -> declaration of its local
  Expr Duration = A.symbol("dt");   // that the library integrates over

  static void findStepType(const Statement &S, std::string &StepType) {
    if (S.Value)
      visit(S.Value, [&](Expr E) {
        if (E.isSymbol() && E.name().starts_with(StepPrefix))
          StepType = E.name().drop_front(StepPrefix.size()).str();
      });
  }

  /// `_GSL_dataholder._ptr_x = _ptr_x;` and what sets the library up.
  static bool isPlumbing(const Statement &S) {
    bool CopiesPointer = S.Value && S.Value.isSymbol(withoutHolder(S.Target));
    llvm::StringRef Target = S.Target;
    return CopiesPointer || S.K == Statement::Kind::Call ||
           Target.starts_with("_sys") || Target == "_GSL_driver" ||
           Target == "_GSL_y" || Target == "_GSL_scale_array" ||
           Target == "_GSL_dataholder" || Target == "_idx";
  }

  Expr rewrite(Expr E) {
    if (!E)
      return E;
    return brian2lift::rewrite(E, [&](Expr Node) {
      if (Node.isSymbol() && Node.name().starts_with(Holder))
        return A.symbol(withoutHolder(Node.name()));
      if (Node.is(ExprKind::Element)) {
        if (Node.name() == "_GSL_y" && Node.operand(0).isNumber()) {
          auto It =
              Variables.find(Node.operand(0).number().toLong().value_or(-1));
          if (It != Variables.end())
            return It->second;
        }
        return A.element(withoutHolder(Node.name()), Node.operand(0));
      }
      return Node;
    });
  }

  std::vector<Statement> rewrite(const std::vector<Statement> &Body) {
    std::vector<Statement> Result;
    for (const Statement &S : Body)
      if (!isPlumbing(S))
        Result.push_back(rewrite(S));
    return Result;
  }

  Statement rewrite(Statement S) {
    if (S.K == Statement::Kind::Declare && S.Value &&
        S.Value.is(ExprKind::Element) && S.Value.name() == "_GSL_y")
      Locals[S.Value.operand(0).isNumber()
                 ? S.Value.operand(0).number().toLong().value_or(-1)
                 : -1] = S;
    if (S.K == Statement::Kind::Assign && S.Target == "f" && S.Index &&
        S.Index.isNumber()) {
      S.Target = slope(S.Index.number().toLong().value_or(-1));
      S.Index = Expr();
    }
    S.Target = withoutHolder(S.Target);
    S.Value = rewrite(S.Value);
    S.Index = rewrite(S.Index);
    S.Condition = rewrite(S.Condition);
    S.Then = rewrite(S.Then);
    S.Else = rewrite(S.Else);
    return S;
  }

  static std::string slope(long Index) {
    return "_slope_" + std::to_string(Index);
  }

  /// The library integrates from t to `t1 = t + dt`.
  void findDuration(const Statement &Loop) {
    for (const Statement &S : Loop.Then)
      if (S.K == Statement::Kind::Declare && S.Target == "t1" && S.Value)
        Duration = S.Value - A.symbol("t");
  }

  /// v = v + dt*f[Index]
  Statement advance(long Index, const Statement &Local) {
    Statement S;
    S.K = Statement::Kind::Assign;
    S.Begin = Local.Begin;
    S.End = Local.End;
    S.Target = Local.Target;
    S.Value = A.symbol(Local.Target) + Duration * A.symbol(slope(Index));
    return S;
  }

  /// _ptr_array_g_v[_idx] = v
  Statement writeBack(Expr Element, const Statement &Local) {
    Statement S;
    S.K = Statement::Kind::Assign;
    S.Begin = Local.Begin;
    S.End = Local.End;
    S.Target = Element.name().str();
    S.Index = Element.operand(0);
    S.Value = A.symbol(Local.Target);
    return S;
  }
};

} // namespace

std::optional<GslStateUpdater> readGsl(const Function &StateUpdater,
                                       const CodeObjects &C) {
  const Function *Rhs = C.findBeside("_GSL_func", StateUpdater);
  const Function *Fill = C.findBeside("_fill_y_vector", StateUpdater);
  if (!Rhs || !Fill)
    return std::nullopt;
  return Rewriter(StateUpdater, *Rhs, *Fill, *C.Arena).run();
}

} // namespace brian2lift
