//===- CodeObject/Collect.cpp -------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/Collect.h"
#include "CodeObject/FileScan.h"
#include "CodeObject/Names.h"
#include "CodeObject/Statements.h"
#include "Support/Worker.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {
namespace {

using llvm::StringRef;

class Collector {
public:
  Collector(clang::ASTContext &Context, const ParseLog &Log, Collection &Into)
      : SM(Context.getSourceManager()), Places(SM, Context.getLangOpts()),
        X(*Into.Result.Arena, Context), Bodies(X, Places, SM, Log), Into(Into) {
  }

  void walk(const clang::DeclContext *Context) {
    for (const clang::Decl *D : Context->decls()) {
      if (const auto *Namespace = llvm::dyn_cast<clang::NamespaceDecl>(D)) {
        if (!Namespace->getIdentifier() || Namespace->getName() != "std")
          walk(Namespace);
      } else if (const auto *Linkage =
                     llvm::dyn_cast<clang::LinkageSpecDecl>(D)) {
        walk(Linkage);
      } else if (const auto *F = llvm::dyn_cast<clang::FunctionDecl>(D)) {
        function(F);
      } else if (const auto *T =
                     llvm::dyn_cast<clang::FunctionTemplateDecl>(D)) {
        support(T->getTemplatedDecl());
      } else if (const auto *V = llvm::dyn_cast<clang::VarDecl>(D)) {
        if (V->getIdentifier())
          global(V);
      }
    }
  }

private:
  void function(const clang::FunctionDecl *F) {
    if (!F->getIdentifier())
      return;
    StringRef Name = F->getName();
    if (!F->isThisDeclarationADefinition()) {
      if (isCodeObjectFunction(Name))
        Into.declare(Name, Places.at(F->getLocation()));
      return;
    }
    if (isKept(*F))
      kept(F);
    else if (!isKernel(*F))
      support(F);
  }

  void kept(const clang::FunctionDecl *F) {
    Function Result;
    Result.Name = F->getName().str();
    if (const auto *M = llvm::dyn_cast<clang::CXXMethodDecl>(F))
      Result.Name = (M->getParent()->getName() + "::" + F->getName()).str();
    Result.Place = Places.at(F->getLocation());
    // Headers are read with every file that is read alone.
    if (!Result.Place || !F->getBody() || !isNew(Result.Place))
      return;
    markPlace(Result.Place);
    Result.Parameters = parameters(F);
    Bodies.translateBody(*F, Result);
    (isKernel(*F)       ? Into.Kernels.Kernels
     : fillsBuffers(*F) ? Into.Kernels.Fillers
                        : Into.Result.Functions)
        .push_back(std::move(Result));
  }

  bool isNew(const SourcePlace &Place) {
    std::string Key;
    llvm::raw_string_ostream(Key) << Place;
    return Into.Places.insert(Key).second;
  }

  static std::vector<Function::Parameter>
  parameters(const clang::FunctionDecl *F) {
    std::vector<Function::Parameter> Result;
    for (const clang::ParmVarDecl *P : F->parameters()) {
      clang::QualType T = P->getType();
      Result.push_back({P->getIdentifier() ? P->getName().str() : "",
                        scalarType(T),
                        T->isAnyPointerType() || T->isReferenceType()});
    }
    return Result;
  }

  /// Functions beside a code object that are the author's or a TimedArray's.
  void support(const clang::FunctionDecl *F) {
    if (!F->getIdentifier() || isUniversalSupport(F->getName()) ||
        isRandomFunction(F->getName()) || !F->isThisDeclarationADefinition())
      return;
    SourcePlace Place = Places.at(F->getLocation());
    if (!StringRef(Place.File).starts_with("code_objects/") || !isNew(Place))
      return;
    SupportFunction Result;
    Result.Name = F->getName().str();
    Result.Place = std::move(Place);
    Result.Arity = F->getNumParams();
    Result.Parameters = parameters(F);
    if (isTimedArray(*F)) {
      Result.IsTimedArray = true;
      Function Body;
      Bodies.translateBody(*F, Body);
      Result.Body = std::move(Body.Body);
    }
    Into.Result.SupportFunctions.push_back(std::move(Result));
  }

  void global(const clang::VarDecl *V) {
    StringRef Name = V->getName();
    bool IsDefinition =
        V->isThisDeclarationADefinition() == clang::VarDecl::Definition ||
        V->hasInit();
    clang::QualType T = V->getType();
    if (Name.starts_with("_num_") && T->isIntegerType()) {
      size(V);
      return;
    }
    // Aliases of a TimedArray's values are no arrays of their own.
    if (V->isInAnonymousNamespace())
      return;
    const clang::CXXRecordDecl *Class = T->getAsCXXRecordDecl();
    ScalarType Type = scalarType(T);
    bool IsPointer = T->isAnyPointerType();
    bool IsDynamic = Class && isContainer(*Class);
    if (Type == ScalarType::Unknown && (IsPointer || IsDynamic || !Class))
      return;
    if (!IsPointer && !Class)
      return;
    auto [It, IsNew] = Into.Globals.try_emplace(Name, IsDefinition);
    if (!IsNew && (It->second || !IsDefinition))
      return;
    It->second = IsDefinition;
    SourcePlace Place = Places.at(V->getLocation());
    if (!Place)
      return;
    // A definition takes the place of an earlier `extern` declaration.
    if (!IsNew) {
      auto IsOld = [&](const auto &Old) { return Old.Name == Name; };
      llvm::erase_if(Into.Result.Arrays, IsOld);
      llvm::erase_if(Into.Result.Objects, IsOld);
    }
    if (IsPointer || IsDynamic)
      Into.Result.Arrays.push_back(
          {Name.str(), std::move(Place), Type, std::nullopt, IsDynamic,
           !Name.starts_with("_array_") && !Name.starts_with("_dynamic_")});
    else if (Class->getIdentifier())
      Into.Result.Objects.push_back({Name.str(), nameOfClass(*Class).str(),
                                     std::move(Place),
                                     constructorArguments(V)});
  }

  std::vector<Expr> constructorArguments(const clang::VarDecl *V) {
    const auto *C = llvm::dyn_cast_or_null<clang::CXXConstructExpr>(
        V->getInit() ? V->getInit()->IgnoreImplicit() : nullptr);
    if (!C)
      return {};
    return X.arguments(llvm::ArrayRef(C->getArgs(), C->getNumArgs()));
  }

  void size(const clang::VarDecl *V) {
    const clang::Expr *Init = V->getInit();
    if (!Init)
      return;
    // `(0, 1)` is the generator's way of saying that it does not know.
    Expr Value = X.translate(Init);
    if (!Value || !Value.isNumber())
      return;
    if (auto Size = Value.number().toLong())
      Into.Sizes[V->getName().drop_front(5)] = *Size;
  }

  const clang::SourceManager &SM;
  PlaceMap Places;
  Expressions X;
  Statements Bodies;
  Collection &Into;
};

/// Sizes for arrays that nothing defines (there is no objects.cpp): each code
/// object says beside the pointers that it takes how long they are.
///
///   const int _numv = 10;
///   double *_ptr_array_g_v = _array_g_v;
///
/// `_num` is followed by the local's name, which only the array's name tells,
/// so that two arrays with such an end are told apart by no one.
void addSizesFromCode(Collection &C) {
  std::map<std::string, std::optional<long>> Found; // nullopt: contradictory
  for (const Function &F : C.Result.Functions) {
    llvm::SmallVector<StringRef, 16> Arrays;
    llvm::SmallVector<std::pair<StringRef, long>, 16> Sizes;
    for (const Statement &S : F.Body) {
      if (S.K != Statement::Kind::Declare || !S.Value)
        continue;
      StringRef Local = S.Target;
      if (S.IsPointer && S.Value.isSymbol() &&
          S.Value.name().starts_with("_array_"))
        Arrays.push_back(S.Value.name());
      else if (Local.consume_front("_num") && S.IsConst && S.Value.isNumber())
        if (auto Size = S.Value.number().toLong())
          Sizes.push_back({Local, *Size});
    }
    for (auto [Local, Size] : Sizes) {
      std::string End = ("_" + Local).str();
      auto IsIts = [&](StringRef Array) { return Array.ends_with(End); };
      if (llvm::count_if(Arrays, IsIts) != 1)
        continue;
      auto [It, IsNew] =
          Found.try_emplace(llvm::find_if(Arrays, IsIts)->str(), Size);
      if (!IsNew && It->second != Size)
        It->second = std::nullopt;
    }
  }
  for (const auto &[Array, Size] : Found)
    if (Size)
      C.Sizes.try_emplace(Array, *Size);
}

} // namespace

void collect(clang::ASTContext &Context, const ParseLog &Log,
             Collection &Into) {
  Collector(Context, Log, Into).walk(Context.getTranslationUnitDecl());
}

void finish(Collection &C) {
  auto ByPlace = [](const auto &A, const auto &B) {
    return std::tie(A.Place.File, A.Place.Line, A.Place.Column) <
           std::tie(B.Place.File, B.Place.Line, B.Place.Column);
  };
  llvm::sort(C.Result.Functions, ByPlace);
  llvm::sort(C.Result.SupportFunctions, ByPlace);
  llvm::sort(C.Result.Arrays, ByPlace);
  llvm::sort(C.Result.Objects, ByPlace);
  addSizesFromCode(C);
  for (Array &A : C.Result.Arrays)
    if (auto It = C.Sizes.find(A.Name); It != C.Sizes.end())
      A.Size = It->second;
  for (SupportFunction &S : C.Result.SupportFunctions)
    for (const Function &F : C.Result.Functions)
      if (F.Place.File == S.Place.File && isCodeObjectFunction(F.Name))
        S.Owner = F.Name;
}

} // namespace brian2lift
