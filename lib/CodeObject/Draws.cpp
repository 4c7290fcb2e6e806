//===- CodeObject/Draws.cpp ---------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/Draws.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {

using llvm::StringRef;

namespace {

/// A function that fills buffers: those of cuRAND, which are called for what
/// runs once, and Brian2CUDA's own around them.
struct Filler {
  StringRef Name, Function;
  unsigned Buffer;    ///< argument
  unsigned Rate;      ///< argument, for poisson
  unsigned Parameter; ///< first of mean and deviation; 0 for none
};

constexpr Filler Fillers[] = {
    {"refill_uniform_numbers", "rand", 1, 0, 0},
    {"refill_normal_numbers", "randn", 1, 0, 0},
    {"refill_poisson_numbers", "poisson", 2, 0, 0},
    {"curandGenerateUniform", "rand", 1, 0, 0},
    {"curandGenerateUniformDouble", "rand", 1, 0, 0},
    {"curandGenerateNormal", "randn", 1, 0, 3},
    {"curandGenerateNormalDouble", "randn", 1, 0, 3},
    {"curandGeneratePoisson", "poisson", 1, 3, 0},
};

Draw drawOf(const Filler &F, llvm::ArrayRef<Expr> Arguments) {
  auto Number = [&](unsigned I) {
    return I < Arguments.size() && Arguments[I] && Arguments[I].isNumber()
               ? Arguments[I]
               : Expr();
  };
  if (F.Function == "poisson")
    return Number(F.Rate) ? Draw{F.Function, Number(F.Rate)} : Draw{};
  if (F.Parameter) {
    Expr Mean = Number(F.Parameter), Deviation = Number(F.Parameter + 1);
    if (!Mean || !Mean.isZero() || !Deviation || !Deviation.isOne())
      return {};
  }
  return {F.Function, {}};
}

void note(StringRef Callee, llvm::ArrayRef<Expr> Arguments, DrawMap &Draws) {
  const auto *F = llvm::find_if(
      Fillers, [&](const Filler &Each) { return Each.Name == Callee; });
  if (F == std::end(Fillers) || F->Buffer >= Arguments.size())
    return;
  Expr Buffer = Arguments[F->Buffer];
  if (!Buffer || !Buffer.isSymbol())
    return;
  Draw D = drawOf(*F, Arguments);
  auto [It, IsNew] = Draws.try_emplace(Buffer.name(), D);
  if (!IsNew && !(It->second == D))
    It->second = {};
}

} // namespace

void findDraws(const std::vector<Statement> &Body, DrawMap &Draws) {
  for (const Statement &S : Body) {
    if (S.K == Statement::Kind::Call) {
      note(S.Callee, S.Arguments, Draws);
      // `CUDA_SAFE_CALL(curandGenerateUniform(...))`
      for (Expr Argument : S.Arguments)
        if (Argument)
          visit(Argument, [&](Expr E) {
            if (E.is(ExprKind::Call))
              note(E.name(), E.operands(), Draws);
          });
    }
    findDraws(S.Then, Draws);
    findDraws(S.Else, Draws);
  }
}

Expr drawnFrom(Expr Node, const DrawMap &Draws, DrawNumbers &Numbers,
               ExprArena &A) {
  auto Find = [&](StringRef Buffer) {
    auto It = Draws.find(Buffer);
    return It == Draws.end() ? Draw() : It->second;
  };
  if (Node.isCall("poisson") && Node.operand(0).isSymbol()) {
    Draw D = Find(Node.operand(0).name());
    return D.Function == "poisson"
               ? A.call("poisson", {D.Rate, Node.operands().back()})
               : Node;
  }
  if (!Node.is(ExprKind::Element))
    return Node;
  Draw D = Find(Node.name());
  if (D.Function.empty() || D.Function == "poisson")
    return Node;
  unsigned Number = Numbers.try_emplace(Node, Numbers.size()).first->second;
  return A.call(D.Function, {A.number(Rational(static_cast<long>(Number)))});
}

} // namespace brian2lift
