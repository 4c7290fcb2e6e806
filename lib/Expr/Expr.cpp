//===- Expr/Expr.cpp ----------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Expr/Expr.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Allocator.h"
#include <deque>

namespace brian2lift {

namespace {
/// Numbers beyond this many digits stay symbolic powers: no generator folds
/// them, and an attacker would.
constexpr unsigned MaxPowerDigits = 1000;
} // namespace

struct ExprArena::Tables {
  /// What a node is, before there is one.
  struct Key {
    ExprKind Kind;
    llvm::StringRef Name; ///< interned
    llvm::ArrayRef<Expr> Operands;
    unsigned Hash;

    Key(ExprKind Kind, llvm::StringRef Name, llvm::ArrayRef<Expr> Operands)
        : Kind(Kind), Name(Name), Operands(Operands) {
      uint64_t H = static_cast<uint64_t>(Kind) ^
                   reinterpret_cast<uintptr_t>(Name.data());
      for (Expr E : Operands) {
        H = (H ^ E.id()) * 0x9e3779b97f4a7c15u;
        H ^= H >> 32;
      }
      Hash = static_cast<unsigned>(H);
    }
  };

  struct NodeInfo : llvm::DenseMapInfo<const ExprNode *> {
    static unsigned getHashValue(const ExprNode *N) { return N->Hash; }
    static unsigned getHashValue(const Key &K) { return K.Hash; }
    static bool isEqual(const ExprNode *A, const ExprNode *B) { return A == B; }
    static bool isEqual(const Key &K, const ExprNode *N) {
      return N != getEmptyKey() && N != getTombstoneKey() &&
             N->Kind == K.Kind && N->Name.data() == K.Name.data() &&
             N->Operands == K.Operands;
    }
  };
  struct NumberInfo : llvm::DenseMapInfo<const ExprNode *> {
    static unsigned getHashValue(const ExprNode *N) { return N->Hash; }
    static unsigned getHashValue(const Rational &R) {
      return static_cast<unsigned>(R.hash());
    }
    static bool isEqual(const ExprNode *A, const ExprNode *B) { return A == B; }
    static bool isEqual(const Rational &R, const ExprNode *N) {
      return N != getEmptyKey() && N != getTombstoneKey() && *N->Value == R;
    }
  };

  llvm::BumpPtrAllocator Memory;
  llvm::StringSet<> Names;
  llvm::DenseSet<const ExprNode *, NodeInfo> Nodes;
  llvm::DenseSet<const ExprNode *, NumberInfo> Numbers;
  std::deque<Rational> Values;
  const ExprNode *Booleans[2] = {nullptr, nullptr};
  unsigned NextId = 0;

  const ExprNode *create(const ExprNode &N) {
    auto *New = new (Memory.Allocate<ExprNode>()) ExprNode(N);
    New->Id = NextId++;
    return New;
  }

  Expr unique(ExprArena *Arena, ExprKind Kind, llvm::StringRef Name,
              llvm::ArrayRef<Expr> Operands) {
    llvm::StringRef Interned =
        Name.empty() ? llvm::StringRef() : Names.insert(Name).first->getKey();
    Key K(Kind, Interned, Operands);
    if (auto It = Nodes.find_as(K); It != Nodes.end())
      return Expr(*It);
    Expr *Copy = Memory.Allocate<Expr>(Operands.size());
    // LLVM 19 has no form of this for ranges.
    std::uninitialized_copy(Operands.begin(), Operands.end(), // NOLINT
                            Copy);
    const ExprNode *New = create({Kind,
                                  false,
                                  0,
                                  K.Hash,
                                  Arena,
                                  Interned,
                                  {Copy, Operands.size()},
                                  nullptr});
    Nodes.insert(New);
    return Expr(New);
  }

  /// A number times what has none, neither 0 nor 1 times.
  Expr multiple(ExprArena *Arena, const Rational &Factor, Expr Rest) {
    llvm::SmallVector<Expr, 8> Operands{Arena->number(Factor)};
    if (Rest.is(ExprKind::Mul))
      Operands.append(Rest.operands().begin(), Rest.operands().end());
    else
      Operands.push_back(Rest);
    return unique(Arena, ExprKind::Mul, {}, Operands);
  }

  /// Splits `2*x*y` into 2 and `x*y`; of a number nothing is left.
  std::pair<Rational, Expr> splitCoefficient(ExprArena *Arena, Expr Term) {
    if (Term.isNumber())
      return {Term.number(), Expr()};
    if (!Term.is(ExprKind::Mul) || !Term.operand(0).isNumber())
      return {Rational(1), Term};
    llvm::ArrayRef<Expr> Rest = Term.operands().drop_front();
    return {Term.operand(0).number(),
            Rest.size() == 1 ? Rest.front()
                             : unique(Arena, ExprKind::Mul, {}, Rest)};
  }
};

ExprArena::ExprArena() : T(std::make_unique<Tables>()) {}
ExprArena::~ExprArena() = default;
size_t ExprArena::size() const { return T->NextId; }

Expr ExprArena::number(const Rational &Value) {
  if (auto It = T->Numbers.find_as(Value); It != T->Numbers.end())
    return Expr(*It);
  T->Values.push_back(Value);
  const ExprNode *New = T->create({ExprKind::Number,
                                   false,
                                   0,
                                   static_cast<unsigned>(Value.hash()),
                                   this,
                                   {},
                                   {},
                                   &T->Values.back()});
  T->Numbers.insert(New);
  return Expr(New);
}

Expr ExprArena::copy(Expr Root, llvm::DenseMap<Expr, Expr> &Copies) {
  // Not visit(): it would go through what has been copied before.
  llvm::SmallVector<Expr, 32> Stack{Root};
  while (!Stack.empty()) {
    Expr E = Stack.back();
    size_t Pending = Stack.size();
    if (!Copies.count(E))
      for (Expr Operand : E.operands())
        if (!Copies.count(Operand))
          Stack.push_back(Operand);
    if (Stack.size() > Pending)
      continue;
    Stack.pop_back();
    if (Copies.count(E))
      continue;
    Expr Copy;
    if (E.isNumber()) {
      Copy = number(E.number());
    } else if (E.is(ExprKind::Boolean)) {
      Copy = boolean(E.boolean());
    } else {
      llvm::SmallVector<Expr, 8> Operands;
      for (Expr Operand : E.operands())
        Operands.push_back(Copies.lookup(Operand));
      Copy = T->unique(this, E.kind(), E.name(), Operands);
    }
    Copies[E] = Copy;
  }
  return Copies.lookup(Root);
}

Expr ExprArena::boolean(bool Value) {
  const ExprNode *&Node = T->Booleans[Value];
  if (!Node)
    Node = T->create({ExprKind::Boolean, Value, 0, 0, this, {}, {}, nullptr});
  return Expr(Node);
}

Expr ExprArena::symbol(llvm::StringRef Name) {
  return T->unique(this, ExprKind::Symbol, Name, {});
}

namespace {

/// The order of printing and of operands: a structural order in which a power
/// stands beside its base and a multiple beside what it is a multiple of.
int compareStructure(Expr A, Expr B);

int compareLists(llvm::ArrayRef<Expr> A, llvm::ArrayRef<Expr> B) {
  for (size_t I = 0; I < A.size() && I < B.size(); ++I)
    if (int C = compareStructure(A[I], B[I]))
      return C;
  return A.size() == B.size() ? 0 : A.size() < B.size() ? -1 : 1;
}

int rank(ExprKind K) {
  // Sums come last in a product: 2*g*(E - v).
  switch (K) {
  case ExprKind::Number:
    return 0;
  case ExprKind::Boolean:
    return 1;
  case ExprKind::Symbol:
    return 2;
  case ExprKind::Element:
    return 3;
  case ExprKind::Call:
    return 4;
  case ExprKind::Mul:
    return 5;
  case ExprKind::Add:
    return 6;
  default:
    return 7 + static_cast<int>(K);
  }
}

int compareNames(llvm::StringRef A, llvm::StringRef B) {
  if (int C = A.compare_insensitive(B))
    return C;
  return A.compare(B);
}

int compareStructure(Expr A, Expr B) {
  if (A == B)
    return 0;
  bool PowA = A.is(ExprKind::Pow), PowB = B.is(ExprKind::Pow);
  if (PowA || PowB) {
    if (int C =
            compareStructure(PowA ? A.operand(0) : A, PowB ? B.operand(0) : B))
      return C;
    if (PowA && PowB)
      return compareStructure(A.operand(1), B.operand(1));
    return PowA ? 1 : -1;
  }
  if (A.kind() != B.kind())
    return rank(A.kind()) < rank(B.kind()) ? -1 : 1;
  switch (A.kind()) {
  case ExprKind::Number:
    return A.number() < B.number() ? -1 : 1;
  case ExprKind::Boolean:
    return A.boolean() ? 1 : -1;
  case ExprKind::Symbol:
    return compareNames(A.name(), B.name());
  case ExprKind::Call:
  case ExprKind::Element:
    if (int C = compareNames(A.name(), B.name()))
      return C;
    return compareLists(A.operands(), B.operands());
  case ExprKind::Mul: {
    auto Rest = [](Expr E) {
      return E.operand(0).isNumber() ? E.operands().drop_front() : E.operands();
    };
    if (int C = compareLists(Rest(A), Rest(B)))
      return C;
    auto Factor = [](Expr E) {
      return E.operand(0).isNumber() ? E.operand(0).number() : Rational(1);
    };
    return Factor(A) < Factor(B) ? -1 : 1;
  }
  default:
    return compareLists(A.operands(), B.operands());
  }
}

} // namespace

bool structurallyLess(Expr A, Expr B) { return compareStructure(A, B) < 0; }

Expr ExprArena::add(llvm::ArrayRef<Expr> Terms) {
  struct Multiple {
    Expr Rest;
    Rational Factor;
    Expr Whole; ///< where it is known already
  };
  llvm::SmallVector<Multiple, 8> Collected;
  llvm::SmallDenseMap<Expr, size_t, 16> Position;
  Rational Constant(0);
  auto AddTerm = [&](Expr Rest, const Rational &Factor, Expr Whole) {
    auto [It, IsNew] = Position.try_emplace(Rest, Collected.size());
    if (IsNew) {
      Collected.push_back({Rest, Factor, Whole});
      return;
    }
    Multiple &Known = Collected[It->second];
    Known.Factor = Known.Factor + Factor;
    Known.Whole = Expr();
  };
  // An explicit work list: sums of ten thousand terms arrive nested to the
  // left.
  llvm::SmallVector<std::pair<Expr, bool>, 16> Work;
  for (Expr Term : llvm::reverse(Terms))
    Work.push_back({Term, false});
  while (!Work.empty()) {
    auto [Term, Negate] = Work.pop_back_val();
    if (Term.is(ExprKind::Add)) {
      for (Expr Inner : llvm::reverse(Term.operands()))
        Work.push_back({Inner, Negate});
      continue;
    }
    auto [Factor, Rest] = T->splitCoefficient(this, Term);
    if (Negate)
      Factor = -Factor;
    if (!Rest)
      Constant = Constant + Factor;
    else if (Rest.is(ExprKind::Add) && Factor == Rational(-1))
      for (Expr Inner : llvm::reverse(Rest.operands()))
        Work.push_back({Inner, true});
    else if (Rest.is(ExprKind::Add) && Factor.isOne())
      Work.push_back({Rest, false});
    else
      AddTerm(Rest, Factor, Negate ? Expr() : Term);
  }

  llvm::SmallVector<Expr, 8> Operands;
  for (const Multiple &M : Collected)
    if (M.Whole)
      Operands.push_back(M.Whole);
    else if (!M.Factor.isZero())
      Operands.push_back(
          M.Factor.isOne() ? M.Rest : T->multiple(this, M.Factor, M.Rest));
  if (!Constant.isZero())
    Operands.push_back(number(Constant));
  if (Operands.empty())
    return number(Rational(0));
  if (Operands.size() == 1)
    return Operands.front();
  // Thirds of a sum may have come to the sum itself, whose terms join these.
  if (llvm::any_of(Collected, [](const Multiple &M) {
        return !M.Whole && M.Rest.is(ExprKind::Add) &&
               (M.Factor.isOne() || M.Factor == Rational(-1));
      }))
    return add(Operands);
  llvm::sort(Operands, structurallyLess);
  return T->unique(this, ExprKind::Add, {}, Operands);
}

Expr ExprArena::mul(llvm::ArrayRef<Expr> Factors) {
  Rational Coefficient(1);
  struct Power {
    Expr Base;
    Rational Exponent;
    Expr Whole; ///< where it is known already
  };
  llvm::SmallVector<Power, 8> Collected;
  llvm::SmallDenseMap<Expr, size_t, 16> Position;
  llvm::SmallVector<Expr, 16> Work(Factors.rbegin(), Factors.rend());
  while (!Work.empty()) {
    Expr F = Work.pop_back_val();
    if (F.is(ExprKind::Mul)) {
      Work.append(F.operands().rbegin(), F.operands().rend());
      continue;
    }
    if (F.isNumber()) {
      Coefficient = Coefficient * F.number();
      continue;
    }
    Expr Base = F;
    Rational Exponent(1);
    if (F.is(ExprKind::Pow) && F.operand(1).isNumber()) {
      Base = F.operand(0);
      Exponent = F.operand(1).number();
    }
    auto [It, IsNew] = Position.try_emplace(Base, Collected.size());
    if (IsNew) {
      Collected.push_back({Base, Exponent, F});
      continue;
    }
    Power &Known = Collected[It->second];
    Known.Exponent = Known.Exponent + Exponent;
    Known.Whole = Expr();
  }
  if (Coefficient.isZero())
    return number(Coefficient);

  llvm::SmallVector<Expr, 8> Operands;
  bool Again = false;
  for (const Power &P : Collected) {
    if (!P.Whole && P.Exponent.isZero())
      continue;
    Expr Whole = P.Whole ? P.Whole : pow(P.Base, number(P.Exponent));
    // A collected power may be a number or a product, (2**(1/2))**2, or have
    // become equal to another factor: x**y*x**y beside x**(2*y).
    Again |= Whole.isNumber() || Whole.is(ExprKind::Mul) ||
             (!P.Whole && P.Base.is(ExprKind::Pow));
    Operands.push_back(Whole);
  }
  if (Again) {
    Operands.push_back(number(Coefficient));
    return mul(Operands);
  }
  llvm::sort(Operands, structurallyLess);
  if (!Coefficient.isOne() || Operands.empty())
    Operands.insert(Operands.begin(), number(Coefficient));
  if (Operands.size() == 1)
    return Operands.front();
  return T->unique(this, ExprKind::Mul, {}, Operands);
}

Expr ExprArena::multiple(const Rational &Factor, Expr E) {
  auto [Known, Rest] = T->splitCoefficient(this, E);
  Rational Coefficient = Known * Factor;
  if (!Rest || Coefficient.isZero())
    return number(Coefficient);
  return Coefficient.isOne() ? Rest : T->multiple(this, Coefficient, Rest);
}

Expr ExprArena::pow(Expr Base, Expr Exponent) {
  if (Exponent.isZero())
    return number(Rational(1));
  if (Exponent.isOne() || Base.isOne())
    return Base;
  // All of them are divisions by zero, and are read back as one.
  if (Base.isZero() && Exponent.isNumber() && Exponent.number().sign() < 0)
    Exponent = number(Rational(-1));
  std::optional<long> Whole;
  if (Exponent.isNumber())
    Whole = Exponent.number().toLong();
  if (Base.isNumber() && Exponent.isNumber()) {
    const Rational &B = Base.number();
    if (Whole) {
      bool IsDefined = !B.isZero() || *Whole > 0;
      // All digits count here: 1e300 has few but fills as much memory.
      if (IsDefined &&
          B.toString().size() * static_cast<double>(std::labs(*Whole)) <
              MaxPowerDigits)
        return number(B.pow(*Whole));
    } else if (B.isZero() && Exponent.number().sign() > 0) {
      return Base;
    } else if (auto N = Exponent.number().denominator().toLong();
               N && *N <= 64) {
      auto P = Exponent.number().numerator().toLong();
      if (auto Root = B.root(static_cast<unsigned long>(*N)))
        if (P && std::labs(*P) < 64 && !(Root->isZero() && *P < 0))
          return number(Root->pow(*P));
    }
  }
  if (Whole && Base.is(ExprKind::Pow))
    return pow(Base.operand(0), mul({Base.operand(1), Exponent}));
  if (Whole && Base.is(ExprKind::Mul)) {
    llvm::SmallVector<Expr, 8> Powers;
    for (Expr Factor : Base.operands())
      Powers.push_back(pow(Factor, Exponent));
    return mul(Powers);
  }
  return T->unique(this, ExprKind::Pow, {}, {Base, Exponent});
}

Expr ExprArena::call(llvm::StringRef Name, llvm::ArrayRef<Expr> Arguments) {
  if (Name == "sqrt" && Arguments.size() == 1)
    return pow(Arguments[0], number(Rational(1, 2)));
  if (Arguments.size() == 1 && Arguments[0].isZero() &&
      (Name == "exp" || Name == "exprel" || Name == "cos" || Name == "cosh"))
    return number(Rational(1));
  if (Arguments.size() == 1 && Arguments[0].isZero() &&
      (Name == "sin" || Name == "tan" || Name == "sinh" || Name == "tanh" ||
       Name == "expm1" || Name == "log1p" || Name == "int" || Name == "floor"))
    return Arguments[0];
  if (Name == "int" && Arguments.size() == 1) {
    Expr X = Arguments[0];
    if (X.is(ExprKind::Boolean))
      return number(Rational(X.boolean() ? 1 : 0));
    if (X.isNumber() && X.number().isInteger())
      return X;
  }
  return T->unique(this, ExprKind::Call, Name, Arguments);
}

Expr ExprArena::element(llvm::StringRef Array, Expr Index) {
  return T->unique(this, ExprKind::Element, Array, {Index});
}

Expr ExprArena::zero(Expr Unit) { return call("*", {number(0), Unit}); }

Expr ExprArena::compare(ExprKind Operator, Expr Left, Expr Right) {
  if (Left.isNumber() && Right.isNumber()) {
    const Rational &L = Left.number(), &R = Right.number();
    switch (Operator) {
    case ExprKind::Lt:
      return boolean(L < R);
    case ExprKind::Le:
      return boolean(!(R < L));
    case ExprKind::Gt:
      return boolean(R < L);
    case ExprKind::Ge:
      return boolean(!(L < R));
    case ExprKind::Eq:
      return boolean(L == R);
    default:
      return boolean(L != R);
    }
  }
  return T->unique(this, Operator, {}, {Left, Right});
}

namespace {

/// The conditions of a conjunction (Kind = And, Neutral = true) or disjunction
/// in order, without repetitions and neutral constants; empty optional when the
/// whole is the absorbing constant.
std::optional<llvm::SmallVector<Expr, 4>>
flattenConditions(llvm::ArrayRef<Expr> Conditions, ExprKind Kind,
                  bool Neutral) {
  llvm::SmallVector<Expr, 4> Result;
  llvm::SmallVector<Expr, 8> Work(Conditions.rbegin(), Conditions.rend());
  while (!Work.empty()) {
    Expr C = Work.pop_back_val();
    if (C.is(Kind)) {
      Work.append(C.operands().rbegin(), C.operands().rend());
    } else if (C.is(ExprKind::Boolean)) {
      if (C.boolean() != Neutral)
        return std::nullopt;
    } else if (!llvm::is_contained(Result, C)) {
      Result.push_back(C);
    }
  }
  return Result;
}

} // namespace

Expr ExprArena::conjunction(llvm::ArrayRef<Expr> Conditions) {
  auto List = flattenConditions(Conditions, ExprKind::And, true);
  if (!List)
    return boolean(false);
  if (List->empty())
    return boolean(true);
  return List->size() == 1 ? List->front()
                           : T->unique(this, ExprKind::And, {}, *List);
}

Expr ExprArena::disjunction(llvm::ArrayRef<Expr> Conditions) {
  auto List = flattenConditions(Conditions, ExprKind::Or, false);
  if (!List)
    return boolean(true);
  if (List->empty())
    return boolean(false);
  return List->size() == 1 ? List->front()
                           : T->unique(this, ExprKind::Or, {}, *List);
}

Expr ExprArena::negation(Expr Condition) {
  if (Condition.is(ExprKind::Boolean))
    return boolean(!Condition.boolean());
  if (Condition.is(ExprKind::Not))
    return Condition.operand(0);
  return T->unique(this, ExprKind::Not, {}, {Condition});
}

Expr ExprArena::select(Expr Condition, Expr IfTrue, Expr IfFalse) {
  if (Condition.is(ExprKind::Boolean))
    return Condition.boolean() ? IfTrue : IfFalse;
  if (IfTrue == IfFalse)
    return IfTrue;
  if (Condition.is(ExprKind::Not))
    return select(Condition.operand(0), IfFalse, IfTrue);
  return T->unique(this, ExprKind::Select, {}, {Condition, IfTrue, IfFalse});
}

Expr operator+(Expr A, Expr B) { return A.arena().add({A, B}); }
Expr operator-(Expr A, Expr B) { return A.arena().add({A, -B}); }
Expr operator*(Expr A, Expr B) { return A.arena().mul({A, B}); }
Expr operator/(Expr A, Expr B) { return A * pow(B, Rational(-1)); }
Expr operator-(Expr A) { return Rational(-1) * A; }
Expr operator*(const Rational &A, Expr B) { return B.arena().multiple(A, B); }
Expr pow(Expr A, const Rational &B) {
  return A.arena().pow(A, A.arena().number(B));
}

} // namespace brian2lift
