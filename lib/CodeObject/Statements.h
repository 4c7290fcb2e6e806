//===- CodeObject/Statements.h - C++ statements as plain values ---------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Translates the body of one function. Two things that C++ has and statements
// have not need care:
//
//  * Plain blocks `{ ... }` are dissolved into what surrounds them. A block
//  that
//    declares a name of its surroundings again is kept as an If whose condition
//    is True, because what follows it means the outer variable. So are the
//    outermost blocks of a kernel: one of them is the code of a single thread.
//  * Clang leaves out statements that it could not parse. In a file with errors
//    an Unknown statement takes the place of code that is in no statement:
//    nothing vanishes.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_CODEOBJECT_STATEMENTS_H
#define BRIAN2LIFT_CODEOBJECT_STATEMENTS_H

#include "CodeObject/CodeObject.h"
#include "CodeObject/Expressions.h"
#include "CodeObject/Parse.h"
#include "clang/AST/Stmt.h"

namespace brian2lift {

class Statements {
public:
  Statements(Expressions &X, const PlaceMap &Places,
             const clang::SourceManager &SM, const ParseLog &Log)
      : X(X), Places(Places), SM(SM), Log(Log) {}

  /// The statements of `F`'s body; F.Body and F.HasUnknown are set.
  void translateBody(const clang::FunctionDecl &Decl, Function &F);

private:
  using List = std::vector<Statement>;

  void statement(const clang::Stmt *S, List &Out);
  void compound(const clang::CompoundStmt *Block, List &Out);
  void block(const clang::CompoundStmt *Block, List &Out);
  List scope(const clang::Stmt *Body);
  void declaration(const clang::DeclStmt *D, List &Out);
  void variable(const clang::VarDecl *V, const clang::Stmt *Whole, List &Out);
  void expression(const clang::Expr *E, List &Out);
  void assignment(const clang::BinaryOperator *B, List &Out);
  void increment(const clang::UnaryOperator *U, List &Out);
  void store(const clang::Stmt *Whole, const clang::Expr *Left, Expr Value,
             bool IsCompound, List &Out);
  void call(const clang::CallExpr *C, List &Out);
  void ifStatement(const clang::IfStmt *S, List &Out);
  bool forStatement(const clang::ForStmt *S, List &Out);
  void unknown(const clang::Stmt *S, llvm::StringRef Text, List &Out);
  void lostCode(clang::SourceLocation From, clang::SourceLocation To,
                List &Out);
  void scanTokens(clang::SourceLocation From, clang::SourceLocation To,
                  Statement &Into) const;
  bool isGivenUp(const clang::Stmt *S) const;
  clang::SourceLocation behind(const clang::Stmt *S) const;

  Statement make(Statement::Kind K, const clang::Stmt *S);
  bool hasError(clang::SourceLocation From, clang::SourceLocation To) const;
  bool isSkipped(clang::SourceLocation L) const;
  bool redeclares(const clang::CompoundStmt *Block) const;

  Expressions &X;
  const PlaceMap &Places;
  const clang::SourceManager &SM;
  const ParseLog &Log;
  std::vector<llvm::StringRef> Visible; ///< locals in scope, innermost last
  unsigned Depth = 0;
  bool InKernel = false;
  bool HasUnknown = false;
};

} // namespace brian2lift

#endif // BRIAN2LIFT_CODEOBJECT_STATEMENTS_H
