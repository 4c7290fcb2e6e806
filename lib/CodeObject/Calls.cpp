//===- CodeObject/Calls.cpp - Calls in expressions ----------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/Expressions.h"
#include "CodeObject/Names.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace brian2lift {

using llvm::StringRef;

StringRef Expressions::calleeName(const clang::CallExpr *Call) {
  if (const clang::FunctionDecl *F = Call->getDirectCallee())
    return F->getIdentifier() ? F->getName() : StringRef();
  const clang::Expr *Callee = stripCasts(Call->getCallee());
  const clang::NamedDecl *Decl = nullptr;
  if (const auto *Overloads = llvm::dyn_cast<clang::OverloadExpr>(Callee)) {
    clang::DeclarationName Name = Overloads->getName();
    return Name.isIdentifier() ? Name.getAsIdentifierInfo()->getName()
                               : StringRef();
  }
  if (const auto *R = llvm::dyn_cast<clang::DeclRefExpr>(Callee))
    Decl = R->getDecl();
  else if (const auto *M = llvm::dyn_cast<clang::MemberExpr>(Callee))
    Decl = M->getMemberDecl();
  return Decl && Decl->getIdentifier() ? Decl->getName() : StringRef();
}

std::vector<Expr>
Expressions::arguments(llvm::ArrayRef<const clang::Expr *> Arguments) {
  std::vector<Expr> Result;
  for (const clang::Expr *Argument : Arguments) {
    if (llvm::isa<clang::CXXDefaultArgExpr>(Argument))
      continue;
    Expr E = argument(Argument);
    if (E && E.isSymbol() && isIndexOfDraw(E.name()))
      continue;
    Result.push_back(E);
  }
  return Result;
}

Expr Expressions::argument(const clang::Expr *E) { return translate(E); }

Expr Expressions::call(const clang::CallExpr *C) {
  StringRef Name = calleeName(C);
  if (Name.empty())
    return {};
  std::vector<Expr> Arguments =
      arguments(llvm::ArrayRef(C->getArgs(), C->getNumArgs()));
  if (!llvm::all_of(Arguments, [](Expr E) { return static_cast<bool>(E); }))
    return {};
  // Brian2 hands the index to functions that give another value every time.
  bool IsRandom =
      isRandomFunction(Name) ||
      llvm::any_of(C->arguments(), [&](const clang::Expr *Argument) {
        return isIndexOfDraw(nameOf(stripCasts(Argument)));
      });
  return namedCall(Name, Arguments, IsRandom);
}

Expr Expressions::namedCall(StringRef Name, llvm::ArrayRef<Expr> Arguments,
                            bool IsRandom) {
  if (isPower(Name) && Arguments.size() == 2)
    return A.pow(asNumber(Arguments[0]), asNumber(Arguments[1]));
  // numeric_limits, and what real headers make of INFINITY and NAN.
  if (Arguments.empty() &&
      llvm::is_contained({"infinity", "__builtin_inff", "__builtin_huge_val"},
                         Name))
    return A.symbol("inf");
  if ((Arguments.empty() && Name == "quiet_NaN") || Name == "__builtin_nanf")
    return A.symbol("nan");
  StringRef Known = brianName(Name);
  if (!IsRandom)
    return A.call(Known, Arguments);
  llvm::SmallVector<Expr, 4> Numbered(Arguments.begin(), Arguments.end());
  Numbered.push_back(A.number(Rational(static_cast<long>(RandomCalls++))));
  return A.call(Known, Numbered);
}

Expr Expressions::memberCall(const clang::CXXMemberCallExpr *C) {
  std::string Object = nameOf(C->getImplicitObjectArgument());
  StringRef Name = calleeName(C);
  if (Object.empty() || Name.empty())
    return {};
  // The data of an array is what its name stands for.
  if (Name == "data" || Name == "get_data_ptr" || Name == "c_str")
    return A.symbol(Object);
  std::vector<Expr> Arguments =
      arguments(llvm::ArrayRef(C->getArgs(), C->getNumArgs()));
  Arguments.insert(Arguments.begin(), A.symbol(Object));
  if (!llvm::all_of(Arguments, [](Expr E) { return static_cast<bool>(E); }))
    return {};
  return A.call(Name, Arguments);
}

Expr Expressions::operatorCall(const clang::CXXOperatorCallExpr *C) {
  switch (C->getOperator()) {
  case clang::OO_Subscript:
  case clang::OO_Star:
    return element(C);
  case clang::OO_Call: {
    Storage S = storage(C, /*AllowIncrement=*/false);
    if (S.IsElement)
      return S.Index ? A.element(S.Name, S.Index) : Expr();
    // A function object: std::random_device, std::function.
    std::vector<Expr> Arguments =
        arguments(llvm::ArrayRef(C->getArgs(), C->getNumArgs()).drop_front());
    std::string Name = nameOf(C->getArg(0));
    if (Name.empty() ||
        !llvm::all_of(Arguments, [](Expr E) { return static_cast<bool>(E); }))
      return {};
    return A.call(Name, Arguments);
  }
  case clang::OO_EqualEqual:
  case clang::OO_ExclaimEqual:
    if (C->getNumArgs() != 2)
      return {};
    return comparison(C->getOperator() == clang::OO_EqualEqual ? clang::BO_EQ
                                                               : clang::BO_NE,
                      translate(C->getArg(0)), translate(C->getArg(1)));
  case clang::OO_Plus:
  case clang::OO_Minus: {
    // Strings, times, iterators: no algebra, but understood.
    std::vector<Expr> Operands =
        arguments(llvm::ArrayRef(C->getArgs(), C->getNumArgs()));
    if (!llvm::all_of(Operands, [](Expr E) { return static_cast<bool>(E); }))
      return {};
    return A.call(clang::getOperatorSpelling(C->getOperator()), Operands);
  }
  default:
    return {};
  }
}

Expr Expressions::construction(const clang::CXXConstructExpr *C) {
  const clang::Expr *Only = nullptr;
  for (const clang::Expr *Argument : C->arguments()) {
    if (llvm::isa<clang::CXXDefaultArgExpr>(Argument))
      continue;
    if (Only)
      return {};
    Only = Argument;
  }
  return Only ? translate(Only) : Expr();
}

} // namespace brian2lift
