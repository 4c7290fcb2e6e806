//===- CodeObject/Print.cpp - The text of --dump=code-objects -----------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/CodeObject.h"
#include "Expr/Text.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {
namespace {

using llvm::StringRef;

StringRef name(ScalarType T) {
  switch (T) {
  case ScalarType::Unknown:
    return "Unknown";
  case ScalarType::Boolean:
    return "Boolean";
  case ScalarType::Integer:
    return "Integer";
  case ScalarType::Float32:
    return "Float32";
  case ScalarType::Float64:
    return "Float64";
  }
  return "";
}

std::string text(Expr E) { return E ? toBrian(E) : "?"; }

class Printer {
public:
  explicit Printer(llvm::raw_ostream &OS) : OS(OS) {}

  void print(const CodeObjects &C) {
    for (const Array &A : C.Arrays) {
      OS << (A.IsDynamic  ? "dynamic array "
             : A.IsStatic ? "static array "
                          : "array ")
         << A.Name << ' ' << name(A.Type);
      if (A.Size)
        OS << " size " << *A.Size;
      OS << '\n';
    }
    for (const GlobalObject &O : C.Objects) {
      OS << "object " << O.Name << ' ' << O.Type;
      list(O.Arguments);
      OS << '\n';
    }
    for (const SupportFunction &S : C.SupportFunctions) {
      OS << (S.IsTimedArray ? "timed array " : "support ") << S.Name;
      parameters(S.Parameters);
      OS << " of " << (S.Owner.empty() ? "?" : S.Owner) << " at " << S.Place
         << '\n';
      body(S.Body, 1);
    }
    for (const Function &F : C.Functions) {
      OS << "function " << F.Name;
      parameters(F.Parameters);
      OS << " at " << F.Place << (F.HasUnknown ? " not fully understood" : "")
         << '\n';
      body(F.Body, 1);
    }
  }

private:
  void parameters(llvm::ArrayRef<Function::Parameter> List) {
    OS << '(';
    llvm::interleaveComma(List, OS, [&](const Function::Parameter &P) {
      OS << name(P.Type) << (P.IsPointer ? " *" : " ") << P.Name;
    });
    OS << ')';
  }

  void list(llvm::ArrayRef<Expr> Arguments) {
    OS << '(';
    llvm::interleaveComma(Arguments, OS, [&](Expr E) { OS << text(E); });
    OS << ')';
  }

  void body(llvm::ArrayRef<Statement> List, unsigned Level) {
    for (const Statement &S : List)
      statement(S, Level);
  }

  void target(const Statement &S) {
    OS << S.Target;
    if (S.Index)
      OS << '[' << text(S.Index) << ']';
  }

  void statement(const Statement &S, unsigned Level) {
    OS.indent(2 * Level);
    switch (S.K) {
    case Statement::Kind::Declare:
      OS << "declare " << S.Target;
      if (S.Value)
        OS << " = " << text(S.Value);
      OS << " (" << (S.IsConst ? "const " : "") << name(S.Type)
         << (S.IsPointer ? " *" : "") << ')';
      break;
    case Statement::Kind::Assign:
      OS << (S.IsCompound ? "update " : "assign ");
      target(S);
      OS << " = " << text(S.Value);
      break;
    case Statement::Kind::If:
      OS << "if " << text(S.Condition);
      break;
    case Statement::Kind::Loop:
      OS << "for " << S.Target << " from " << text(S.First) << " below "
         << text(S.Bound);
      break;
    case Statement::Kind::Call:
      OS << "call " << S.Object << (S.Object.empty() ? "" : ".") << S.Callee;
      list(S.Arguments);
      break;
    case Statement::Kind::Return:
      OS << "return";
      if (S.Value)
        OS << ' ' << text(S.Value);
      break;
    case Statement::Kind::Unknown:
      OS << "unknown " << S.Text;
      if (!S.Targets.empty()) {
        OS << " writing ";
        llvm::interleaveComma(S.Targets, OS);
      }
      break;
    }
    OS << "  ; " << S.Begin.Line << ':' << S.Begin.Column << '-' << S.End.Line
       << ':' << S.End.Column << '\n';
    body(S.Then, Level + 1);
    if (!S.Else.empty()) {
      OS.indent(2 * Level) << "else\n";
      body(S.Else, Level + 1);
    }
  }

  llvm::raw_ostream &OS;
};

} // namespace

void print(llvm::raw_ostream &OS, const CodeObjects &C) {
  Printer(OS).print(C);
}

} // namespace brian2lift
