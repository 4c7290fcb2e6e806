//===- CodeObject/Statements.cpp ----------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/Statements.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/SaveAndRestore.h"

namespace brian2lift {
namespace {

using llvm::StringRef;

/// Real bodies are some ten levels deep.
constexpr unsigned MaxDepth = 1000;

/// What glibc makes of `assert(x)`: `x ? void(0) : __assert_fail(...)`.
bool isAssertion(const clang::Expr *E) {
  const auto *C = llvm::dyn_cast<clang::ConditionalOperator>(E);
  const auto *Call =
      C ? llvm::dyn_cast<clang::CallExpr>(strip(C->getFalseExpr())) : nullptr;
  return Call && Expressions::calleeName(Call) == "__assert_fail";
}

/// `while statement` of WhileStmt.
std::string describe(const clang::Stmt *S) {
  if (llvm::isa<clang::Expr>(S))
    return "expression";
  StringRef Class = S->getStmtClassName();
  Class.consume_front("CXX");
  Class.consume_back("Stmt");
  return Class.lower() + " statement";
}

/// The names that `S` may write: targets of assignments, what is incremented,
/// objects whose members are called, what is handed on by address.
void collectTargets(Expressions &X, const clang::Stmt *S,
                    std::vector<std::string> &Targets, unsigned Depth = 0) {
  if (!S || Depth > MaxDepth)
    return;
  auto Add = [&](const clang::Expr *E) {
    std::string Name = X.storage(E, /*AllowIncrement=*/true).Name;
    if (!Name.empty() && !llvm::is_contained(Targets, Name))
      Targets.push_back(std::move(Name));
  };
  if (const auto *B = llvm::dyn_cast<clang::BinaryOperator>(S)) {
    if (B->isAssignmentOp())
      Add(B->getLHS());
  } else if (const auto *U = llvm::dyn_cast<clang::UnaryOperator>(S)) {
    if (U->isIncrementDecrementOp() || U->getOpcode() == clang::UO_AddrOf)
      Add(U->getSubExpr());
  } else if (const auto *M = llvm::dyn_cast<clang::CXXMemberCallExpr>(S)) {
    const clang::CXXMethodDecl *Method = M->getMethodDecl();
    if (!Method || !Method->isConst())
      Add(M->getImplicitObjectArgument());
  } else if (const auto *O = llvm::dyn_cast<clang::CXXOperatorCallExpr>(S)) {
    if (O->isAssignmentOp() || O->getOperator() == clang::OO_PlusPlus ||
        O->getOperator() == clang::OO_MinusMinus)
      Add(O->getArg(0));
  } else if (const auto *D = llvm::dyn_cast<clang::DeclStmt>(S)) {
    for (const clang::Decl *Decl : D->decls())
      if (const auto *V = llvm::dyn_cast<clang::VarDecl>(Decl))
        if (V->getIdentifier() && !llvm::is_contained(Targets, V->getName()))
          Targets.push_back(V->getName().str());
  }
  for (const clang::Stmt *Child : S->children())
    collectTargets(X, Child, Targets, Depth + 1);
}

/// True when one of the statements assigns to the variable `Name`.
bool assigns(llvm::ArrayRef<Statement> List, StringRef Name) {
  return llvm::any_of(List, [&](const Statement &S) {
    return (S.K == Statement::Kind::Assign && S.Target == Name && !S.Index) ||
           llvm::is_contained(S.Targets, Name) || assigns(S.Then, Name) ||
           assigns(S.Else, Name);
  });
}

const clang::Expr *withoutCleanups(const clang::Expr *E) {
  while (const auto *F = llvm::dyn_cast<clang::FullExpr>(E->IgnoreParens()))
    E = F->getSubExpr();
  return E->IgnoreParens();
}

} // namespace

void Statements::translateBody(const clang::FunctionDecl &Decl, Function &F) {
  X.beginFunction();
  HasUnknown = false;
  InKernel = isKernel(Decl);
  Visible.clear();
  for (const clang::ParmVarDecl *P : Decl.parameters())
    if (P->getIdentifier())
      Visible.push_back(P->getName());
  if (const auto *Body =
          llvm::dyn_cast_or_null<clang::CompoundStmt>(Decl.getBody()))
    compound(Body, F.Body);
  F.HasUnknown = HasUnknown;
}

Statement Statements::make(Statement::Kind K, const clang::Stmt *S) {
  Statement Result;
  Result.K = K;
  Result.Begin = Places.at(S->getBeginLoc());
  Result.End = Places.endOf(S->getEndLoc());
  return Result;
}

void Statements::unknown(const clang::Stmt *S, StringRef Text, List &Out) {
  Statement Result = make(Statement::Kind::Unknown, S);
  Result.Text = Text.str();
  collectTargets(X, S, Result.Targets);
  if (!Log.Errors.empty()) {
    Statement Written;
    scanTokens(SM.getFileLoc(S->getBeginLoc()), behind(S), Written);
    for (std::string &Target : Written.Targets)
      if (!llvm::is_contained(Result.Targets, Target))
        Result.Targets.push_back(std::move(Target));
  }
  HasUnknown = true;
  Out.push_back(std::move(Result));
}

void Statements::compound(const clang::CompoundStmt *Block, List &Out) {
  size_t Outer = Visible.size();
  if (Log.Errors.empty()) {
    for (const clang::Stmt *S : Block->body())
      statement(S, Out);
  } else {
    clang::SourceLocation Last =
        SM.getFileLoc(Block->getLBracLoc()).getLocWithOffset(1);
    for (const clang::Stmt *S : Block->body()) {
      lostCode(Last, SM.getExpansionLoc(S->getBeginLoc()), Out);
      statement(S, Out);
      Last = behind(S);
    }
    // The error of a missing brace is at the brace, or at the end of the file.
    lostCode(Last, SM.getFileLoc(Block->getRBracLoc()).getLocWithOffset(1),
             Out);
  }
  Visible.resize(Outer);
}

bool Statements::redeclares(const clang::CompoundStmt *Block) const {
  for (const clang::Stmt *S : Block->body())
    if (const auto *D = llvm::dyn_cast<clang::DeclStmt>(S))
      for (const clang::Decl *Decl : D->decls())
        if (const auto *V = llvm::dyn_cast<clang::VarDecl>(Decl))
          if (V->getIdentifier() && llvm::is_contained(Visible, V->getName()))
            return true;
  return false;
}

void Statements::block(const clang::CompoundStmt *Block, List &Out) {
  // `statement` counts from 1.
  if (!redeclares(Block) && !(InKernel && Depth == 1)) {
    compound(Block, Out);
    return;
  }
  Statement Result = make(Statement::Kind::If, Block);
  Result.Condition = X.arena().boolean(true);
  compound(Block, Result.Then);
  Out.push_back(std::move(Result));
}

/// A body that is a scope of its own, with or without braces.
Statements::List Statements::scope(const clang::Stmt *Body) {
  List Result;
  if (const auto *Block = llvm::dyn_cast_or_null<clang::CompoundStmt>(Body)) {
    compound(Block, Result);
  } else if (Body) {
    size_t Outer = Visible.size();
    statement(Body, Result);
    Visible.resize(Outer);
  }
  return Result;
}

void Statements::statement(const clang::Stmt *S, List &Out) {
  if (!S || llvm::isa<clang::NullStmt>(S))
    return;
  if (Depth >= MaxDepth) {
    unknown(S, "deeply nested statement", Out);
    return;
  }
  llvm::SaveAndRestore<unsigned> Level(Depth, Depth + 1);

  if (const auto *Block = llvm::dyn_cast<clang::CompoundStmt>(S)) {
    block(Block, Out);
  } else if (const auto *If = llvm::dyn_cast<clang::IfStmt>(S)) {
    ifStatement(If, Out);
  } else if (const auto *For = llvm::dyn_cast<clang::ForStmt>(S)) {
    if (!forStatement(For, Out))
      unknown(S, describe(S), Out);
  } else if (!Log.Errors.empty() &&
             hasError(SM.getFileLoc(S->getBeginLoc()), behind(S))) {
    // An error inside a simple statement may have changed its meaning, as may
    // a missing semicolon behind it.
    unknown(S, "damaged statement", Out);
  } else if (const auto *D = llvm::dyn_cast<clang::DeclStmt>(S)) {
    declaration(D, Out);
  } else if (const auto *R = llvm::dyn_cast<clang::ReturnStmt>(S)) {
    Statement Result = make(Statement::Kind::Return, S);
    if (const clang::Expr *Value = R->getRetValue()) {
      Result.Value = X.translate(Value);
      if (!Result.Value) {
        unknown(S, describe(S), Out);
        return;
      }
    }
    Out.push_back(std::move(Result));
  } else if (const auto *E = llvm::dyn_cast<clang::Expr>(S)) {
    expression(withoutCleanups(E), Out);
  } else {
    unknown(S, describe(S), Out);
  }
}

void Statements::declaration(const clang::DeclStmt *D, List &Out) {
  for (const clang::Decl *Decl : D->decls())
    if (const auto *V = llvm::dyn_cast<clang::VarDecl>(Decl))
      variable(V, D, Out);
  // using, typedef and struct say nothing by themselves.
}

void Statements::variable(const clang::VarDecl *V, const clang::Stmt *Whole,
                          List &Out) {
  Statement Result = make(Statement::Kind::Declare, Whole);
  Result.Target = V->getIdentifier() ? V->getName().str() : "";
  clang::QualType T = V->getType();
  Result.Type = scalarType(T);
  Result.IsConst = T.isConstQualified();
  Result.IsPointer =
      T->isAnyPointerType() || T->isReferenceType() || T->isArrayType();
  if (V->isInvalidDecl()) {
    unknown(Whole, "damaged declaration", Out);
    return;
  }
  if (V->isStaticLocal() && V->getInit() && !Result.IsConst) {
    // Its initial value holds in the first call alone.
    unknown(Whole, "static variable", Out);
    return;
  }
  if (const clang::Expr *Init = V->getInit()) {
    bool IsDefault = false;
    if (const auto *C =
            llvm::dyn_cast<clang::CXXConstructExpr>(withoutCleanups(Init)))
      IsDefault = C->getNumArgs() == 0 || C->getArg(0)->isDefaultArgument();
    if (!IsDefault) {
      Result.Value = X.translate(Init);
      // `std::vector<double> &x = y` names y.
      if (!Result.Value && Result.IsPointer) {
        std::string Name = X.nameOf(Init);
        if (!Name.empty())
          Result.Value = X.arena().symbol(Name);
      }
      // An object's value is opaque; it is declared all the same.
      if (!Result.Value && !T->isRecordType()) {
        unknown(Whole, "initial value", Out);
        if (V->getIdentifier())
          Visible.push_back(V->getName());
        return;
      }
    }
  }
  if (V->getIdentifier())
    Visible.push_back(V->getName());
  Out.push_back(std::move(Result));
}

void Statements::expression(const clang::Expr *E, List &Out) {
  if (const auto *B = llvm::dyn_cast<clang::BinaryOperator>(E);
      B && B->isAssignmentOp()) {
    assignment(B, Out);
  } else if (const auto *U = llvm::dyn_cast<clang::UnaryOperator>(E);
             U && U->isIncrementDecrementOp()) {
    increment(U, Out);
  } else if (const auto *C = llvm::dyn_cast<clang::CallExpr>(E)) {
    call(C, Out);
  } else if (const auto *D = llvm::dyn_cast<clang::CXXDeleteExpr>(E)) {
    Statement Result = make(Statement::Kind::Call, E);
    Result.Callee = "delete";
    Result.Arguments = {X.argument(D->getArgument())};
    Out.push_back(std::move(Result));
  } else if (const auto *Cast = llvm::dyn_cast<clang::CStyleCastExpr>(E);
             Cast && Cast->getType()->isVoidType()) {
    return; // (void)unused
  } else if (isAssertion(E)) {
    return;
  } else {
    unknown(E, describe(E), Out);
  }
}

void Statements::store(const clang::Stmt *Whole, const clang::Expr *Left,
                       Expr Value, bool IsCompound, List &Out) {
  Storage S = X.storage(Left, /*AllowIncrement=*/!IsCompound);
  if (S.Name.empty() || (S.IsElement && !S.Index) || !Value) {
    unknown(Whole, "assignment", Out);
    return;
  }
  Statement Result = make(Statement::Kind::Assign, Whole);
  Result.Target = std::move(S.Name);
  Result.Index = S.Index;
  Result.Value = Value;
  Result.IsCompound = IsCompound;
  Out.push_back(std::move(Result));
}

void Statements::assignment(const clang::BinaryOperator *B, List &Out) {
  Expr Right = X.translate(B->getRHS());
  if (B->getOpcode() == clang::BO_Assign) {
    store(B, B->getLHS(), Right, /*IsCompound=*/false, Out);
    return;
  }
  const auto *C = llvm::cast<clang::CompoundAssignOperator>(B);
  Expr Left = X.translate(B->getLHS());
  Expr Value;
  if (Left && Right && B->getType()->isArithmeticType()) {
    // The operation is done in a type of its own: `int i; i *= 0.5`.
    bool IsInteger = C->getComputationResultType()->isIntegerType();
    switch (B->getOpcode()) {
    case clang::BO_AddAssign:
      Value = Left + Right;
      break;
    case clang::BO_SubAssign:
      Value = Left - Right;
      break;
    case clang::BO_MulAssign:
      Value = Left * Right;
      break;
    case clang::BO_DivAssign:
      Value =
          IsInteger ? X.arena().call("truncdiv", {Left, Right}) : Left / Right;
      break;
    case clang::BO_RemAssign:
      Value = X.arena().call("truncmod", {Left, Right});
      break;
    default:
      break;
    }
    if (Value && !IsInteger && B->getType()->isIntegerType())
      Value = X.arena().call("int", {Value});
  }
  store(B, B->getLHS(), Value, /*IsCompound=*/true, Out);
}

void Statements::increment(const clang::UnaryOperator *U, List &Out) {
  Expr Value = X.translate(U->getSubExpr());
  if (!U->getType()->isArithmeticType())
    Value = {};
  Expr One = X.arena().number(Rational(1));
  if (Value)
    Value = U->isIncrementOp() ? Value + One : Value - One;
  store(U, U->getSubExpr(), Value, /*IsCompound=*/true, Out);
}

void Statements::call(const clang::CallExpr *C, List &Out) {
  Statement Result = make(Statement::Kind::Call, C);
  llvm::ArrayRef<const clang::Expr *> Arguments(C->getArgs(), C->getNumArgs());
  if (const auto *O = llvm::dyn_cast<clang::CXXOperatorCallExpr>(C)) {
    if (O->getOperator() == clang::OO_Equal && O->getNumArgs() == 2) {
      store(C, O->getArg(0), X.translate(O->getArg(1)), false, Out);
      return;
    }
    if (O->getOperator() == clang::OO_PlusEqual && O->getNumArgs() == 2) {
      Expr Left = X.translate(O->getArg(0)), Right = X.translate(O->getArg(1));
      Expr Sum = Left && Right ? X.arena().call("+", {Left, Right}) : Expr();
      store(C, O->getArg(0), Sum, /*IsCompound=*/true, Out);
      return;
    }
    // What is printed does not matter.
    if (O->getOperator() != clang::OO_LessLess) {
      unknown(C, "expression", Out);
      return;
    }
    Result.Callee = "<<";
    const clang::Expr *Stream = C;
    while (const auto *Shift = llvm::dyn_cast<clang::CXXOperatorCallExpr>(
               Stream->IgnoreParenImpCasts()))
      Stream = Shift->getArg(0);
    Result.Object = X.nameOf(Stream);
    Out.push_back(std::move(Result));
    return;
  }
  Result.Callee = X.calleeName(C).str();
  if (const auto *M = llvm::dyn_cast<clang::CXXMemberCallExpr>(C)) {
    Result.Object = X.nameOf(M->getImplicitObjectArgument());
    if (Result.Object.empty()) {
      Storage S = X.storage(M->getImplicitObjectArgument(), false);
      Result.Object = std::move(S.Name);
    }
    if (Result.Object.empty())
      Result.Callee.clear();
  }
  if (Result.Callee.empty()) {
    unknown(C, "call", Out);
    return;
  }
  Result.Arguments = X.arguments(Arguments);
  Out.push_back(std::move(Result));
}

void Statements::ifStatement(const clang::IfStmt *S, List &Out) {
  Expr Condition;
  bool IsDamaged =
      !Log.Errors.empty() &&
      hasError(SM.getFileLoc(S->getIfLoc()), SM.getFileLoc(S->getRParenLoc()));
  if (!S->hasInitStorage() && !S->hasVarStorage() && !IsDamaged)
    Condition = X.translate(S->getCond());
  if (!Condition) {
    unknown(S, "condition", Out);
    return;
  }
  Statement Result = make(Statement::Kind::If, S);
  Result.Condition = Condition;
  Result.Then = scope(S->getThen());
  if (S->getElse() && isGivenUp(S->getThen()))
    lostCode(behind(S->getThen()), SM.getFileLoc(S->getElseLoc()), Result.Then);
  Result.Else = scope(S->getElse());
  Out.push_back(std::move(Result));
}

/// `for (int i = First; i < Bound; i++)`; false for any other loop.
bool Statements::forStatement(const clang::ForStmt *S, List &Out) {
  const auto *Init = llvm::dyn_cast_or_null<clang::DeclStmt>(S->getInit());
  if (!Init || !Init->isSingleDecl() || S->getConditionVariable() ||
      !S->getCond() || !S->getInc())
    return false;
  if (!Log.Errors.empty() &&
      hasError(SM.getFileLoc(S->getForLoc()), SM.getFileLoc(S->getRParenLoc())))
    return false;
  const auto *Counter = llvm::dyn_cast<clang::VarDecl>(Init->getSingleDecl());
  if (!Counter || !Counter->getInit() || !Counter->getType()->isIntegerType())
    return false;
  auto IsCounter = [&](const clang::Expr *E) {
    const auto *R = llvm::dyn_cast<clang::DeclRefExpr>(E->IgnoreParenCasts());
    return R && R->getDecl() == Counter;
  };
  const auto *Less =
      llvm::dyn_cast<clang::BinaryOperator>(withoutCleanups(S->getCond()));
  if (!Less || Less->getOpcode() != clang::BO_LT || !IsCounter(Less->getLHS()))
    return false;
  const auto *Step =
      llvm::dyn_cast<clang::UnaryOperator>(withoutCleanups(S->getInc()));
  if (!Step || !Step->isIncrementOp() || !IsCounter(Step->getSubExpr()))
    return false;

  Statement Result = make(Statement::Kind::Loop, S);
  Result.Target = Counter->getName().str();
  Result.Type = scalarType(Counter->getType());
  Result.First = X.translate(Counter->getInit());
  Result.Bound = X.translate(Less->getRHS());
  if (!Result.First || !Result.Bound)
    return false;
  size_t Outer = Visible.size();
  Visible.push_back(Counter->getName());
  Result.Then = scope(S->getBody());
  Visible.resize(Outer);
  // A body that moves the counter on is no plain loop.
  if (assigns(Result.Then, Result.Target))
    return false;
  Out.push_back(std::move(Result));
  return true;
}

} // namespace brian2lift
