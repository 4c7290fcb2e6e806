//===- CodeObject/Expressions.cpp ---------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/Expressions.h"
#include "CodeObject/Names.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/SaveAndRestore.h"

namespace brian2lift {

using llvm::StringRef;

namespace {

/// Real expressions are some 20 levels deep.
constexpr unsigned MaxDepth = 5000;

bool isCharOrBool(clang::QualType T) {
  return T->isBooleanType() || T->isCharType();
}

bool isNull(const clang::Expr *E) {
  E = stripCasts(E);
  if (const auto *I = llvm::dyn_cast<clang::IntegerLiteral>(E))
    return I->getValue() == 0;
  return llvm::isa<clang::GNUNullExpr, clang::CXXNullPtrLiteralExpr>(E);
}

/// What standard libraries put before the name of each template for strings and
/// streams.
constexpr llvm::StringLiteral OfCharacters = "basic_";

} // namespace

bool isContainer(const clang::CXXRecordDecl &Class) {
  return llvm::isa<clang::ClassTemplateSpecializationDecl>(Class) &&
         !(Class.isInStdNamespace() && Class.getIdentifier() &&
           Class.getName().starts_with(OfCharacters));
}

StringRef nameOfClass(const clang::CXXRecordDecl &Class) {
  StringRef Name = Class.getIdentifier() ? Class.getName() : StringRef();
  if (Class.isInStdNamespace())
    Name.consume_front(OfCharacters);
  return Name;
}

ScalarType scalarType(clang::QualType T) {
  T = T.getNonReferenceType();
  while (true) {
    T = T.getCanonicalType().getUnqualifiedType();
    if (T->isAnyPointerType())
      T = T->getPointeeType();
    else if (const clang::ArrayType *Array = T->getAsArrayTypeUnsafe())
      T = Array->getElementType();
    else
      break;
  }
  if (const clang::CXXRecordDecl *Class = T->getAsCXXRecordDecl();
      Class && isContainer(*Class)) {
    const clang::TemplateArgumentList &Arguments =
        llvm::cast<clang::ClassTemplateSpecializationDecl>(Class)
            ->getTemplateArgs();
    if (Arguments.size() &&
        Arguments[0].getKind() == clang::TemplateArgument::Type)
      return scalarType(Arguments[0].getAsType());
    return ScalarType::Unknown;
  }
  const auto *Builtin = llvm::dyn_cast<clang::BuiltinType>(T.getTypePtr());
  if (!Builtin)
    return T->isEnumeralType() ? ScalarType::Integer : ScalarType::Unknown;
  switch (Builtin->getKind()) {
  case clang::BuiltinType::Bool:
  case clang::BuiltinType::Char_S:
  case clang::BuiltinType::Char_U:
    return ScalarType::Boolean;
  case clang::BuiltinType::Float:
    return ScalarType::Float32;
  case clang::BuiltinType::Double:
  case clang::BuiltinType::LongDouble:
    return ScalarType::Float64;
  default:
    return Builtin->isInteger() ? ScalarType::Integer : ScalarType::Unknown;
  }
}

Expr Expressions::translate(const clang::Expr *E) {
  if (!E || Depth >= MaxDepth)
    return {};
  llvm::SaveAndRestore<unsigned> Level(Depth, Depth + 1);
  return translateNode(strip(E));
}

Expr Expressions::translateNode(const clang::Expr *E) {
  if (const auto *C = llvm::dyn_cast<clang::CastExpr>(E))
    return cast(C);
  if (const auto *R = llvm::dyn_cast<clang::DeclRefExpr>(E)) {
    std::string Name = nameOf(R);
    return symbol(constantName(Name));
  }
  if (const auto *B = llvm::dyn_cast<clang::BinaryOperator>(E))
    return binary(B);
  if (const auto *U = llvm::dyn_cast<clang::UnaryOperator>(E))
    return unary(U);
  if (llvm::isa<clang::ArraySubscriptExpr>(E))
    return element(E);
  if (const auto *O = llvm::dyn_cast<clang::CXXOperatorCallExpr>(E))
    return operatorCall(O);
  if (const auto *M = llvm::dyn_cast<clang::CXXMemberCallExpr>(E))
    return memberCall(M);
  if (const auto *C = llvm::dyn_cast<clang::CallExpr>(E))
    return call(C);
  if (llvm::isa<clang::MemberExpr, clang::CXXThisExpr>(E))
    return symbol(nameOf(E));
  if (const auto *C = llvm::dyn_cast<clang::ConditionalOperator>(E)) {
    // `x.empty() ? NULL : &x[0]` names x.
    if (E->getType()->isAnyPointerType()) {
      if (isNull(C->getTrueExpr()))
        return translate(C->getFalseExpr());
      if (isNull(C->getFalseExpr()))
        return translate(C->getTrueExpr());
      return {};
    }
    Expr If = translate(C->getCond()), Then = translate(C->getTrueExpr()),
         Else = translate(C->getFalseExpr());
    return If && Then && Else ? A.select(If, Then, Else) : Expr();
  }
  if (const auto *C = llvm::dyn_cast<clang::CXXConstructExpr>(E))
    return construction(C);
  return constant(E);
}

Expr Expressions::constant(const clang::Expr *E) {
  if (const auto *F = llvm::dyn_cast<clang::FloatingLiteral>(E))
    return floating(F);
  if (const auto *I = llvm::dyn_cast<clang::IntegerLiteral>(E)) {
    llvm::SmallString<32> Digits;
    I->getValue().toStringUnsigned(Digits);
    auto Value = Rational::fromDecimal(Digits);
    return Value ? A.number(*Value) : Expr();
  }
  if (const auto *B = llvm::dyn_cast<clang::CXXBoolLiteralExpr>(E))
    return A.boolean(B->getValue());
  if (const auto *C = llvm::dyn_cast<clang::CharacterLiteral>(E))
    return A.number(Rational(static_cast<long>(C->getValue())));
  if (const auto *S = llvm::dyn_cast<clang::StringLiteral>(E))
    return A.call("\"", {A.symbol(S->getBytes())});
  if (llvm::isa<clang::GNUNullExpr, clang::CXXNullPtrLiteralExpr>(E))
    return A.symbol("NULL");
  if (const auto *New = llvm::dyn_cast<clang::CXXNewExpr>(E)) {
    if (auto Size = New->getArraySize())
      if (Expr N = translate(*Size))
        return A.call("new", {N});
    return A.call("new", {});
  }
  if (const auto *Size = llvm::dyn_cast<clang::UnaryExprOrTypeTraitExpr>(E)) {
    clang::Expr::EvalResult Result;
    if (!Size->isValueDependent() && Size->EvaluateAsInt(Result, Context))
      return A.number(
          Rational(static_cast<long>(Result.Val.getInt().getExtValue())));
    return {};
  }
  if (llvm::isa<clang::ImplicitValueInitExpr, clang::CXXScalarValueInitExpr>(E))
    return A.number(Rational(0));
  if (const auto *List = llvm::dyn_cast<clang::InitListExpr>(E)) {
    if (!E->getType()->isArrayType() && List->getNumInits() == 1)
      return translate(List->getInit(0));
    llvm::SmallVector<Expr, 8> Elements;
    for (const clang::Expr *Init : List->inits())
      if (Expr Element = translate(Init))
        Elements.push_back(Element);
      else
        return {};
    return A.call("array", Elements);
  }
  return {};
}

/// The value as it is written, not as it is rounded.
Expr Expressions::floating(const clang::FloatingLiteral *F) {
  llvm::SmallString<32> Buffer;
  bool Invalid = false;
  const clang::SourceManager &SM = Context.getSourceManager();
  StringRef Text =
      clang::Lexer::getSpelling(SM.getSpellingLoc(F->getLocation()), Buffer, SM,
                                Context.getLangOpts(), &Invalid);
  if (Invalid)
    return {};
  std::string Digits;
  for (char C : Text)
    if (C != '\'')
      Digits += C;
  StringRef Number = Digits;
  bool IsHex = Number.starts_with_insensitive("0x");
  Number = Number.rtrim(IsHex ? "lL" : "fFlL");
  if (auto Value = Rational::fromDecimal(Number))
    return A.number(*Value);
  // A hexadecimal float, or one that the text does not give (pasted tokens).
  if (F->getValue().isFinite())
    return A.number(Rational::fromDouble(F->getValueAsApproximateDouble()));
  return A.symbol("inf");
}

Expr Expressions::truth(Expr Value, clang::QualType T) {
  if (!Value || Value.isCondition() || isCharOrBool(T))
    return Value;
  if (Value.isCall("int") && Value.operand(0).isCondition())
    return Value.operand(0);
  if (T->isAnyPointerType())
    return A.compare(ExprKind::Ne, Value, A.symbol("NULL"));
  return A.compare(ExprKind::Ne, Value, A.number(Rational(0)));
}

Expr Expressions::asNumber(Expr Value) {
  return Value && Value.isCondition() ? A.call("int", {Value}) : Value;
}

Expr Expressions::cast(const clang::CastExpr *C) {
  const clang::Expr *Sub = C->getSubExpr();
  switch (C->getCastKind()) {
  case clang::CK_NullToPointer:
    return A.symbol("NULL");
  case clang::CK_FloatingToIntegral: {
    Expr Value = translate(Sub);
    return Value ? A.call("int", {Value}) : Value;
  }
  case clang::CK_IntegralToBoolean:
  case clang::CK_FloatingToBoolean:
  case clang::CK_PointerToBoolean:
    return truth(translate(Sub), Sub->getType());
  case clang::CK_IntegralCast:
    // Brian2 stores booleans as char: the condition stays one.
    if (isCharOrBool(C->getType()))
      return translate(Sub);
    return asNumber(translate(Sub));
  case clang::CK_IntegralToFloating:
    return asNumber(translate(Sub));
  case clang::CK_UserDefinedConversion: {
    // Conversion operators of stand-ins (streampos) keep the value.
    const clang::Expr *Inner = strip(Sub);
    if (const auto *Call = llvm::dyn_cast<clang::CXXMemberCallExpr>(Inner))
      return translate(Call->getImplicitObjectArgument());
    return translate(Sub);
  }
  default:
    return translate(Sub);
  }
}

Expr Expressions::unary(const clang::UnaryOperator *U) {
  const clang::Expr *Sub = U->getSubExpr();
  switch (U->getOpcode()) {
  case clang::UO_Plus:
    return translate(Sub);
  case clang::UO_Minus: {
    Expr Value = translate(Sub);
    return Value ? -Value : Value;
  }
  case clang::UO_LNot: {
    Expr Value = translate(Sub);
    return Value ? A.negation(Value) : Value;
  }
  case clang::UO_AddrOf: {
    // &x[0] is x for an array.
    const clang::Expr *Inner = strip(Sub);
    Storage S = storage(Inner, /*AllowIncrement=*/false);
    if (S.Name.empty())
      return {};
    if (!S.IsElement)
      return A.call("&", {A.symbol(S.Name)});
    if (!S.Index)
      return {};
    return S.Index.isZero() ? A.symbol(S.Name)
                            : A.call("&", {A.element(S.Name, S.Index)});
  }
  case clang::UO_Deref:
    return element(U);
  case clang::UO_Extension:
    return translate(Sub);
  default:
    return {};
  }
}

Expr Expressions::binary(const clang::BinaryOperator *B) {
  bool IsArithmetic = B->getType()->isArithmeticType();
  switch (B->getOpcode()) {
  case clang::BO_Add:
  case clang::BO_Sub:
    return IsArithmetic ? sum(B) : Expr();
  case clang::BO_Mul:
  case clang::BO_Div:
    return IsArithmetic ? product(B) : Expr();
  case clang::BO_Rem: {
    Expr L = translate(B->getLHS()), R = translate(B->getRHS());
    return L && R ? A.call("truncmod", {L, R}) : Expr();
  }
  case clang::BO_LAnd:
  case clang::BO_LOr: {
    Expr L = translate(B->getLHS()), R = translate(B->getRHS());
    if (!L || !R)
      return {};
    return B->getOpcode() == clang::BO_LAnd ? A.conjunction({L, R})
                                            : A.disjunction({L, R});
  }
  default:
    if (!B->isComparisonOp())
      return {};
    return comparison(B->getOpcode(), translate(B->getLHS()),
                      translate(B->getRHS()));
  }
}

Expr Expressions::comparison(clang::BinaryOperatorKind Op, Expr L, Expr R) {
  if (!L || !R)
    return {};
  switch (Op) {
  case clang::BO_LT:
    return A.compare(ExprKind::Lt, L, R);
  case clang::BO_LE:
    return A.compare(ExprKind::Le, L, R);
  case clang::BO_GT:
    return A.compare(ExprKind::Gt, L, R);
  case clang::BO_GE:
    return A.compare(ExprKind::Ge, L, R);
  case clang::BO_EQ:
    return A.compare(ExprKind::Eq, L, R);
  case clang::BO_NE:
    return A.compare(ExprKind::Ne, L, R);
  default:
    return {};
  }
}

/// `a + b - c + d` is nested to the left; one sum of four terms is built, in
/// time linear in its length.
Expr Expressions::sum(const clang::BinaryOperator *B) {
  llvm::SmallVector<Expr, 8> Terms;
  const clang::Expr *E = B;
  while (const auto *Node = llvm::dyn_cast<clang::BinaryOperator>(strip(E))) {
    if (!Node->isAdditiveOp() || !Node->getType()->isArithmeticType())
      break;
    Expr R = translate(Node->getRHS());
    if (!R)
      return {};
    Terms.push_back(Node->getOpcode() == clang::BO_Add ? R : -R);
    E = Node->getLHS();
  }
  Expr First = translate(E);
  if (!First)
    return {};
  Terms.push_back(First);
  std::reverse(Terms.begin(), Terms.end());
  return A.add(Terms);
}

Expr Expressions::product(const clang::BinaryOperator *B) {
  // A division of integers is no factor of a product.
  auto IsFactor = [](const clang::BinaryOperator *Node) {
    return Node->getOpcode() == clang::BO_Mul ||
           (Node->getOpcode() == clang::BO_Div &&
            Node->getType()->isRealFloatingType());
  };
  if (!IsFactor(B)) {
    Expr L = translate(B->getLHS()), R = translate(B->getRHS());
    return L && R ? A.call("truncdiv", {L, R}) : Expr();
  }
  llvm::SmallVector<Expr, 8> Factors;
  const clang::Expr *E = B;
  while (const auto *Node = llvm::dyn_cast<clang::BinaryOperator>(strip(E))) {
    if (!Node->isMultiplicativeOp() || !IsFactor(Node))
      break;
    Expr R = translate(Node->getRHS());
    if (!R)
      return {};
    Factors.push_back(
        Node->getOpcode() == clang::BO_Mul ? R : pow(R, Rational(-1)));
    E = Node->getLHS();
  }
  Expr First = translate(E);
  if (!First)
    return {};
  Factors.push_back(First);
  std::reverse(Factors.begin(), Factors.end());
  // `0 * mV` says what dimension it has.
  if (Factors.size() == 2 && Factors[0].isZero() && Factors[1].isSymbol())
    return A.zero(Factors[1]);
  return A.mul(Factors);
}

} // namespace brian2lift
