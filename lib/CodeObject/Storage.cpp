//===- CodeObject/Storage.cpp - Variables and elements ------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/Expressions.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/SmallVector.h"

namespace brian2lift {

using llvm::StringRef;

const clang::Expr *strip(const clang::Expr *E) {
  for (;;) {
    E = E->IgnoreParens();
    if (const auto *F = llvm::dyn_cast<clang::FullExpr>(E))
      E = F->getSubExpr();
    else if (const auto *M = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(E))
      E = M->getSubExpr();
    else if (const auto *T = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(E))
      E = T->getSubExpr();
    else if (const auto *S =
                 llvm::dyn_cast<clang::SubstNonTypeTemplateParmExpr>(E))
      E = S->getReplacement();
    else
      return E;
  }
}

const clang::Expr *stripCasts(const clang::Expr *E) {
  for (;;) {
    E = strip(E);
    const auto *C = llvm::dyn_cast<clang::CastExpr>(E);
    if (!C)
      return E;
    E = C->getSubExpr();
  }
}

namespace {

bool isDynamicArray(clang::QualType T) {
  const clang::CXXRecordDecl *Class =
      T.getNonReferenceType()->getAsCXXRecordDecl();
  return Class && Class->getIdentifier() &&
         Class->getName().starts_with("DynamicArray");
}

} // namespace

Expr Expressions::element(const clang::Expr *E) {
  Storage S = storage(E, /*AllowIncrement=*/false);
  if (!S.IsElement || S.Name.empty() || !S.Index)
    return {};
  return A.element(S.Name, S.Index);
}

std::string Expressions::nameOf(const clang::Expr *E) {
  E = stripCasts(E);
  if (const auto *R = llvm::dyn_cast<clang::DeclRefExpr>(E))
    return R->getDecl()->getIdentifier() ? R->getDecl()->getName().str() : "";
  if (const auto *M = llvm::dyn_cast<clang::MemberExpr>(E)) {
    if (!M->getMemberDecl()->getIdentifier())
      return "";
    StringRef Member = M->getMemberDecl()->getName();
    if (llvm::isa<clang::CXXThisExpr>(stripCasts(M->getBase())))
      return Member.str();
    std::string Base = nameOf(M->getBase());
    return Base.empty() ? "" : Base + "." + Member.str();
  }
  if (llvm::isa<clang::CXXThisExpr>(E))
    return "this";
  if (const auto *U = llvm::dyn_cast<clang::UnaryOperator>(E)) {
    if (U->getOpcode() == clang::UO_Deref)
      return nameOf(U->getSubExpr());
    if (U->getOpcode() == clang::UO_AddrOf) {
      Storage S = storage(U->getSubExpr(), /*AllowIncrement=*/false);
      if (!S.IsElement || (S.Index && S.Index.isZero()))
        return S.Name;
    }
  }
  return "";
}

Storage Expressions::storage(const clang::Expr *E, bool AllowIncrement) {
  E = stripCasts(E);
  Storage S;
  llvm::SmallVector<const clang::Expr *, 2> Indices;
  const clang::Expr *Base = nullptr;
  if (const auto *Subscript = llvm::dyn_cast<clang::ArraySubscriptExpr>(E)) {
    Base = Subscript->getBase();
    Indices.push_back(Subscript->getIdx());
  } else if (const auto *O = llvm::dyn_cast<clang::CXXOperatorCallExpr>(E)) {
    if (O->getOperator() == clang::OO_Star && O->getNumArgs() == 1) {
      S = {nameOf(O->getArg(0)), A.number(Rational(0)), true};
      return S;
    }
    // x[i], and x(i, j) of a two-dimensional dynamic array.
    const auto *Object = O->getNumArgs() ? O->getArg(0) : nullptr;
    bool IsArrayCall = O->getOperator() == clang::OO_Call &&
                       O->getNumArgs() >= 2 &&
                       isDynamicArray(Object->getType());
    if (!Object || (O->getOperator() != clang::OO_Subscript && !IsArrayCall))
      return S;
    Base = Object;
    for (unsigned I = 1; I < O->getNumArgs(); ++I)
      Indices.push_back(O->getArg(I));
  } else if (const auto *U = llvm::dyn_cast<clang::UnaryOperator>(E);
             U && U->getOpcode() == clang::UO_Deref) {
    S = {nameOf(U->getSubExpr()), A.number(Rational(0)), true};
    return S;
  } else {
    S.Name = nameOf(E);
    return S;
  }

  S.IsElement = true;
  llvm::SmallVector<Expr, 2> Values;
  // a[i][j] and a(i)[j] are elements of a at (i, j).
  Storage Outer = storage(Base, /*AllowIncrement=*/false);
  S.Name = Outer.Name;
  bool IsRow =
      Outer.IsElement && !(Outer.Index && Outer.Index.isZero() &&
                           llvm::isa<clang::UnaryOperator>(stripCasts(Base)));
  if (IsRow) {
    if (!Outer.Index)
      return S;
    Values.push_back(Outer.Index);
  }
  for (const clang::Expr *Index : Indices) {
    const auto *U = llvm::dyn_cast<clang::UnaryOperator>(stripCasts(Index));
    Expr Value;
    if (AllowIncrement && U && U->isPostfix()) {
      std::string Counter = nameOf(U->getSubExpr());
      if (!Counter.empty())
        Value = A.call(U->isIncrementOp() ? "++" : "--", {A.symbol(Counter)});
    } else {
      Value = translate(Index);
    }
    if (!Value)
      return S;
    Values.push_back(Value);
  }
  S.Index = Values.size() == 1 ? Values.front() : A.call("at", Values);
  return S;
}

} // namespace brian2lift
