//===- CodeObject/Expressions.h - C++ expressions as algebra ------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Translates one expression of Clang's AST by the rules in CodeObject.h. What
// is not understood is a null Expr, and so is every expression around it: the
// statement becomes Unknown instead of half right.
//
// A use of `x++` inside an expression is not understood either, because it
// would be a write that no statement shows, with one exception: the index of an
// assignment's target, `_spikespace[_count++] = _idx`, which is
// element("_spikespace", call("++", {_count})).
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_CODEOBJECT_EXPRESSIONS_H
#define BRIAN2LIFT_CODEOBJECT_EXPRESSIONS_H

#include "CodeObject/CodeObject.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "clang/AST/ExprCXX.h"

namespace brian2lift {

/// What an assignment writes: a variable, or an element when Index is set.
struct Storage {
  std::string Name;
  brian2lift::Expr Index;
  bool IsElement = false;
};

/// The element type of a variable: `double`, `double *`, `vector<double>`.
/// A string is no array of booleans, although Brian2 stores these as char.
ScalarType scalarType(clang::QualType T);
/// True for a class that holds elements: `vector<double>`.
bool isContainer(const clang::CXXRecordDecl &Class);
/// The class's name; real headers call `std::string` a `basic_string<char>`.
llvm::StringRef nameOfClass(const clang::CXXRecordDecl &Class);

/// Removes what does not change the value: parentheses, temporaries.
const clang::Expr *strip(const clang::Expr *E);
/// The same without any cast: only the name of a variable matters.
const clang::Expr *stripCasts(const clang::Expr *E);

class Expressions {
public:
  Expressions(ExprArena &Arena, clang::ASTContext &Context)
      : A(Arena), Context(Context) {}

  /// Random calls are numbered from the beginning of each function.
  void beginFunction() { RandomCalls = 0; }

  /// The value of `E`, a condition when its type is bool; null when it is not
  /// understood.
  Expr translate(const clang::Expr *E);
  /// What stands for `E` in Statement::Arguments.
  Expr argument(const clang::Expr *E);
  /// The arguments of a call, without defaults and `_vectorisation_idx`.
  /// Some may be null.
  std::vector<Expr> arguments(llvm::ArrayRef<const clang::Expr *> Arguments);

  /// Where an assignment to `E` writes; an empty Name when it is not
  /// understood. An element whose index is not understood has a null Index.
  Storage storage(const clang::Expr *E, bool AllowIncrement);

  /// `x` of `x`, `(*x)`, `&x[0]`, `a->x` (as `a.x`); empty for anything else.
  std::string nameOf(const clang::Expr *E);
  /// The name of the function that a call calls, as the code gives it.
  static llvm::StringRef calleeName(const clang::CallExpr *Call);

  ExprArena &arena() { return A; }
  const clang::LangOptions &languageOptions() const {
    return Context.getLangOpts();
  }

private:
  Expr translateNode(const clang::Expr *E);
  Expr cast(const clang::CastExpr *C);
  Expr unary(const clang::UnaryOperator *U);
  Expr binary(const clang::BinaryOperator *B);
  Expr sum(const clang::BinaryOperator *B);
  Expr product(const clang::BinaryOperator *B);
  Expr comparison(clang::BinaryOperatorKind Op, Expr L, Expr R);
  Expr call(const clang::CallExpr *C);
  Expr namedCall(llvm::StringRef Name, llvm::ArrayRef<Expr> Arguments,
                 bool IsRandom);
  Expr memberCall(const clang::CXXMemberCallExpr *C);
  Expr operatorCall(const clang::CXXOperatorCallExpr *C);
  Expr construction(const clang::CXXConstructExpr *C);
  Expr constant(const clang::Expr *E);
  Expr floating(const clang::FloatingLiteral *F);
  Expr element(const clang::Expr *E);
  /// A number as a condition: `x != 0`; a char or bool variable is itself.
  Expr truth(Expr Value, clang::QualType T);
  /// A condition as a number: `int(c)`.
  Expr asNumber(Expr Value);
  Expr symbol(llvm::StringRef Name) {
    return Name.empty() ? Expr() : A.symbol(Name);
  }

  ExprArena &A;
  clang::ASTContext &Context;
  unsigned RandomCalls = 0;
  unsigned Depth = 0;
};

} // namespace brian2lift

#endif // BRIAN2LIFT_CODEOBJECT_EXPRESSIONS_H
