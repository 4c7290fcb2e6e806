//===- Expr/Expr.cpp ----------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Expr/Expr.h"
#include "llvm/ADT/FoldingSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Allocator.h"
#include <deque>
#include <unordered_map>

namespace brian2lift {

/// Name and Operands point into the arena's own storage.
struct ExprNode : llvm::FoldingSetNode {
  ExprNode(ExprKind Kind, unsigned Id, ExprArena *Arena, llvm::StringRef Name,
           llvm::ArrayRef<Expr> Operands, const Rational *Value, bool Truth)
      : Kind(Kind), Truth(Truth), Id(Id), Arena(Arena), Name(Name),
        Operands(Operands), Value(Value) {}

  ExprKind Kind;
  bool Truth;
  unsigned Id;
  ExprArena *Arena;
  llvm::StringRef Name;
  llvm::ArrayRef<Expr> Operands;
  const Rational *Value;

  static void profile(llvm::FoldingSetNodeID &ID, ExprKind Kind,
                      llvm::StringRef Name, llvm::ArrayRef<Expr> Operands) {
    ID.AddInteger(static_cast<unsigned>(Kind));
    ID.AddPointer(Name.data()); // names are interned
    for (Expr E : Operands)
      ID.AddPointer(E.node());
  }
  void Profile(llvm::FoldingSetNodeID &ID) const { // NOLINT: FoldingSet's name
    profile(ID, Kind, Name, Operands);
  }
};

namespace {
struct HashRational {
  size_t operator()(const Rational &R) const { return R.hash(); }
};

/// Numbers beyond this many digits stay symbolic powers: no generator folds
/// them, and an attacker would.
constexpr unsigned MaxPowerDigits = 1000;
} // namespace

struct ExprArena::Tables {
  llvm::BumpPtrAllocator Memory;
  llvm::StringSet<> Names;
  std::unordered_map<Rational, const ExprNode *, HashRational> Numbers;
  llvm::FoldingSet<ExprNode> Nodes;
  std::deque<Rational> Values;
  const ExprNode *Booleans[2] = {nullptr, nullptr};
  unsigned NextId = 0;

  const ExprNode *create(ExprArena *Arena, ExprKind Kind, llvm::StringRef Name,
                         llvm::ArrayRef<Expr> Operands, const Rational *Value,
                         bool Truth) {
    Expr *Copy = Memory.Allocate<Expr>(Operands.size());
    // LLVM 19 has no form of this for ranges.
    std::uninitialized_copy(Operands.begin(), Operands.end(), // NOLINT
                            Copy);
    return new (Memory.Allocate<ExprNode>())
        ExprNode(Kind, NextId++, Arena, Name,
                 llvm::ArrayRef<Expr>(Copy, Operands.size()), Value, Truth);
  }

  Expr unique(ExprArena *Arena, ExprKind Kind, llvm::StringRef Name,
              llvm::ArrayRef<Expr> Operands) {
    llvm::StringRef Interned = Names.insert(Name).first->getKey();
    llvm::FoldingSetNodeID ID;
    ExprNode::profile(ID, Kind, Interned, Operands);
    void *InsertAt = nullptr;
    if (ExprNode *Found = Nodes.FindNodeOrInsertPos(ID, InsertAt))
      return Expr(Found);
    auto *New = const_cast<ExprNode *>(
        create(Arena, Kind, Interned, Operands, nullptr, false));
    Nodes.InsertNode(New, InsertAt);
    return Expr(New);
  }
};

ExprKind Expr::kind() const { return Node->Kind; }
unsigned Expr::id() const { return Node->Id; }
ExprArena &Expr::arena() const { return *Node->Arena; }
llvm::StringRef Expr::name() const { return Node->Name; }
llvm::ArrayRef<Expr> Expr::operands() const { return Node->Operands; }
const Rational &Expr::number() const {
  assert(isNumber());
  return *Node->Value;
}
bool Expr::boolean() const {
  assert(is(ExprKind::Boolean));
  return Node->Truth;
}
bool Expr::isCondition() const {
  switch (kind()) {
  case ExprKind::Boolean:
  case ExprKind::Lt:
  case ExprKind::Le:
  case ExprKind::Gt:
  case ExprKind::Ge:
  case ExprKind::Eq:
  case ExprKind::Ne:
  case ExprKind::And:
  case ExprKind::Or:
  case ExprKind::Not:
    return true;
  default:
    return false;
  }
}

ExprArena::ExprArena() : T(std::make_unique<Tables>()) {}
ExprArena::~ExprArena() = default;
size_t ExprArena::size() const { return T->NextId; }

Expr ExprArena::number(const Rational &Value) {
  auto It = T->Numbers.find(Value);
  if (It != T->Numbers.end())
    return Expr(It->second);
  T->Values.push_back(Value);
  const ExprNode *New =
      T->create(this, ExprKind::Number, {}, {}, &T->Values.back(), false);
  T->Numbers.emplace(Value, New);
  return Expr(New);
}

Expr ExprArena::boolean(bool Value) {
  const ExprNode *&Node = T->Booleans[Value];
  if (!Node)
    Node = T->create(this, ExprKind::Boolean, {}, {}, nullptr, Value);
  return Expr(Node);
}

Expr ExprArena::symbol(llvm::StringRef Name) {
  return T->unique(this, ExprKind::Symbol, Name, {});
}

namespace {

/// Splits `2*x*y` into 2 and `x*y`.
std::pair<Rational, Expr> splitCoefficient(ExprArena &A, Expr Term) {
  if (Term.isNumber())
    return {Term.number(), Expr()};
  if (Term.is(ExprKind::Mul) && Term.operand(0).isNumber())
    return {Term.operand(0).number(), A.mul(Term.operands().drop_front())};
  return {Rational(1), Term};
}

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
  llvm::SmallVector<std::pair<Expr, Rational>, 8> Collected;
  llvm::DenseMap<Expr, size_t> Position;
  Rational Constant(0);
  auto AddTerm = [&](Expr Rest, const Rational &Factor) {
    auto [It, IsNew] = Position.try_emplace(Rest, Collected.size());
    if (IsNew)
      Collected.push_back({Rest, Factor});
    else
      Collected[It->second].second = Collected[It->second].second + Factor;
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
    auto [Factor, Rest] = splitCoefficient(*this, Term);
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
      AddTerm(Rest, Factor);
  }

  llvm::SmallVector<Expr, 8> Operands;
  for (auto &[Rest, Factor] : Collected)
    if (!Factor.isZero())
      Operands.push_back(Factor.isOne() ? Rest : mul({number(Factor), Rest}));
  if (!Constant.isZero())
    Operands.push_back(number(Constant));
  if (Operands.empty())
    return number(Rational(0));
  if (Operands.size() == 1)
    return Operands.front();
  llvm::sort(Operands, structurallyLess);
  return T->unique(this, ExprKind::Add, {}, Operands);
}

Expr ExprArena::mul(llvm::ArrayRef<Expr> Factors) {
  Rational Coefficient(1);
  llvm::SmallVector<std::pair<Expr, Rational>, 8> Collected;
  llvm::DenseMap<Expr, size_t> Position;
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
    if (IsNew)
      Collected.push_back({Base, Exponent});
    else
      Collected[It->second].second = Collected[It->second].second + Exponent;
  }
  if (Coefficient.isZero())
    return number(Coefficient);

  llvm::SmallVector<Expr, 8> Operands;
  bool Again = false;
  for (auto &[Base, Exponent] : Collected) {
    if (Exponent.isZero())
      continue;
    Expr Power = pow(Base, number(Exponent));
    // A collected power may be a number or a product: (2**(1/2))**2.
    Again |= Power.isNumber() || Power.is(ExprKind::Mul);
    Operands.push_back(Power);
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

Expr ExprArena::pow(Expr Base, Expr Exponent) {
  if (Exponent.isZero())
    return number(Rational(1));
  if (Exponent.isOne() || Base.isOne())
    return Base;
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
Expr operator*(const Rational &A, Expr B) {
  return B.arena().mul({B.arena().number(A), B});
}
Expr pow(Expr A, const Rational &B) {
  return A.arena().pow(A, A.arena().number(B));
}

} // namespace brian2lift
