//===- Expr/Expr.h - What the code computes, as algebra -----------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one expression type of brian2lift. Generated code repeats large terms, so
// expressions are a DAG: immutable nodes, each built once (hash-consed), equal
// expressions are the same pointer. Sums and products are n-ary and collect
// equal terms and factors as they are built, numbers are exact rationals, and
// nothing else is rewritten: no product is ever multiplied out.
//
//   ExprArena A;
//   Expr V = A.symbol("v"), El = A.symbol("El"), Tau = A.symbol("tau");
//   Expr F = -(V - El) / Tau;
//   toBrian(F)                                  // "-(v - El)/tau" or alike
//   (V - El) + El == V                          // true: the same node
//
// Nodes live as long as their arena; an Expr is a plain pointer to one. An
// arena is written to by one thread at a time. The same sequence of calls
// builds the same nodes with the same ids, so nothing depends on addresses.
//
// Conditions are expressions too (Boolean, comparisons, And, Or, Not), and a
// value that depends on one is a Select. `Element` is one element of an array
// whose index is known only as an expression.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EXPR_EXPR_H
#define BRIAN2LIFT_EXPR_EXPR_H

#include "Expr/Rational.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace brian2lift {

class ExprArena;
struct ExprNode;

enum class ExprKind : uint8_t {
  Number,  ///< exact rational
  Boolean, ///< True or False
  Symbol,  ///< a name
  Add,     ///< n-ary sum, at least two operands, at most one Number
  Mul,     ///< n-ary product, at least two operands, a Number comes first
  Pow,     ///< base, exponent
  Call,    ///< name(arguments); `%` and `//` are calls of those names
  Element, ///< name[index]
  Lt,
  Le,
  Gt,
  Ge,
  Eq,
  Ne,
  And,   ///< n-ary
  Or,    ///< n-ary
  Not,   ///< of one condition
  Select ///< condition, value if true, value if false
};

/// A handle to an immutable node. Null only when default-constructed.
class Expr {
public:
  Expr() = default;
  explicit Expr(const ExprNode *Node) : Node(Node) {}

  explicit operator bool() const { return Node != nullptr; }
  /// Pointer equality, which is structural equality within an arena.
  bool operator==(Expr O) const { return Node == O.Node; }
  bool operator!=(Expr O) const { return Node != O.Node; }

  ExprKind kind() const;
  /// Number of the node in its arena, in order of creation.
  unsigned id() const;
  ExprArena &arena() const;
  /// Name of a Symbol, Call or Element.
  llvm::StringRef name() const;
  llvm::ArrayRef<Expr> operands() const;
  Expr operand(size_t I) const { return operands()[I]; }
  /// Value of a Number.
  const Rational &number() const;
  /// Value of a Boolean.
  bool boolean() const;

  bool is(ExprKind K) const { return kind() == K; }
  bool isNumber() const { return is(ExprKind::Number); }
  bool isNumber(const Rational &R) const { return isNumber() && number() == R; }
  bool isZero() const { return isNumber() && number().isZero(); }
  bool isOne() const { return isNumber() && number().isOne(); }
  bool isTrue() const { return is(ExprKind::Boolean) && boolean(); }
  bool isFalse() const { return is(ExprKind::Boolean) && !boolean(); }
  bool isSymbol() const { return is(ExprKind::Symbol); }
  bool isSymbol(llvm::StringRef Name) const {
    return isSymbol() && name() == Name;
  }
  bool isCall(llvm::StringRef Name) const {
    return is(ExprKind::Call) && name() == Name;
  }
  bool isComparison() const {
    return kind() >= ExprKind::Lt && kind() <= ExprKind::Ne;
  }
  /// True for comparisons, And, Or, Not and Boolean.
  bool isCondition() const {
    return is(ExprKind::Boolean) ||
           (kind() >= ExprKind::Lt && kind() <= ExprKind::Not);
  }

  const ExprNode *node() const { return Node; }

private:
  const ExprNode *Node = nullptr;
};

} // namespace brian2lift

namespace llvm {
template <> struct DenseMapInfo<brian2lift::Expr> {
  using Info = DenseMapInfo<const brian2lift::ExprNode *>;
  static brian2lift::Expr getEmptyKey() {
    return brian2lift::Expr(Info::getEmptyKey());
  }
  static brian2lift::Expr getTombstoneKey() {
    return brian2lift::Expr(Info::getTombstoneKey());
  }
  static unsigned getHashValue(brian2lift::Expr E) {
    return Info::getHashValue(E.node());
  }
  static bool isEqual(brian2lift::Expr A, brian2lift::Expr B) { return A == B; }
};
} // namespace llvm

namespace brian2lift {

/// What an Expr points to. Name and Operands point into the arena's storage;
/// all names are interned.
struct ExprNode {
  ExprKind Kind;
  bool Truth;
  unsigned Id;
  unsigned Hash; ///< of what it is, see ExprArena::Tables
  ExprArena *Arena;
  llvm::StringRef Name;
  llvm::ArrayRef<Expr> Operands;
  const Rational *Value;
};

inline ExprKind Expr::kind() const { return Node->Kind; }
inline unsigned Expr::id() const { return Node->Id; }
inline ExprArena &Expr::arena() const { return *Node->Arena; }
inline llvm::StringRef Expr::name() const { return Node->Name; }
inline llvm::ArrayRef<Expr> Expr::operands() const { return Node->Operands; }
inline const Rational &Expr::number() const {
  assert(isNumber());
  return *Node->Value;
}
inline bool Expr::boolean() const {
  assert(is(ExprKind::Boolean));
  return Node->Truth;
}

/// Owns nodes and builds them; every function returns the canonical node.
class ExprArena {
public:
  ExprArena();
  ~ExprArena();
  ExprArena(const ExprArena &) = delete;
  ExprArena &operator=(const ExprArena &) = delete;

  Expr number(const Rational &Value);
  Expr boolean(bool Value);
  Expr symbol(llvm::StringRef Name);
  /// Flattens nested sums, adds numbers, collects equal terms.
  Expr add(llvm::ArrayRef<Expr> Terms);
  /// Flattens nested products, multiplies numbers, collects equal bases whose
  /// exponents are numbers. Zero times anything is zero.
  Expr mul(llvm::ArrayRef<Expr> Factors);
  /// mul() of a number and something.
  Expr multiple(const Rational &Factor, Expr E);
  /// x**0 = 1, x**1 = x, number**integer is a number, (x**a)**n = x**(a*n) and
  /// (x*y)**n = x**n*y**n for integer n. Zero to a negative power is kept.
  Expr pow(Expr Base, Expr Exponent);
  /// A function of the language or the user's, by Brian's name. `sqrt(x)` is
  /// built as x**(1/2).
  Expr call(llvm::StringRef Name, llvm::ArrayRef<Expr> Arguments);
  Expr element(llvm::StringRef Array, Expr Index);
  /// `0*Unit`: zero, but with the dimension of a unit, which a comparison
  /// `v > 0*mV` needs. Built as a call of `*`, it is never folded.
  Expr zero(Expr Unit);
  /// Lt, Le, Gt, Ge, Eq or Ne; folds when both sides are numbers.
  Expr compare(ExprKind Operator, Expr Left, Expr Right);
  /// Flatten, drop duplicates and constants, keep the order of first use.
  Expr conjunction(llvm::ArrayRef<Expr> Conditions);
  Expr disjunction(llvm::ArrayRef<Expr> Conditions);
  Expr negation(Expr Condition);
  /// Folds a constant condition and equal branches; a negated condition swaps
  /// the branches.
  Expr select(Expr Condition, Expr IfTrue, Expr IfFalse);

  /// `E` of another arena in this one: the same nodes over copies of its
  /// operands. `Copies` holds what has been copied from there before.
  Expr copy(Expr E, llvm::DenseMap<Expr, Expr> &Copies);

  size_t size() const; ///< number of nodes

private:
  struct Tables;
  std::unique_ptr<Tables> T;
};

Expr operator+(Expr A, Expr B);
Expr operator-(Expr A, Expr B);
Expr operator*(Expr A, Expr B);
Expr operator/(Expr A, Expr B);
Expr operator-(Expr A);
Expr operator*(const Rational &A, Expr B);
/// A**B.
Expr pow(Expr A, const Rational &B);

/// Rebuilds `E` bottom-up: every node is rebuilt from its rewritten operands
/// and then passed to `Rewrite`, whose result replaces it (return the argument
/// to keep it). Each distinct node is visited once.
Expr rewrite(Expr E, llvm::function_ref<Expr(Expr)> Rewrite);

/// Replaces whole nodes by others; operands of a replaced node are not visited.
Expr substitute(Expr E, const llvm::DenseMap<Expr, Expr> &Replacements);

/// Multiplies a factor into a sum where that cancels a denominator, and only
/// there: `(v + b/a)*a` is `a*v + b`.
Expr cancelDenominators(Expr E);

/// Symbols of `E` in order of their names, each once.
std::vector<Expr> symbolsOf(Expr E);
/// True when `Needle` is a node of `E`.
bool contains(Expr E, Expr Needle);
/// Visits each distinct node of `E` once, operands before users.
void visit(Expr E, llvm::function_ref<void(Expr)> Visitor);
/// True when `E` is, or has as a part, what `Is` says.
bool holds(Expr E, llvm::function_ref<bool(Expr)> Is);
/// Number of distinct nodes.
size_t sizeOf(Expr E);

/// True for the names of Brian2's stochastic variables: `xi`, `xi_1`.
inline bool isNoiseName(llvm::StringRef Name) {
  return Name == "xi" || Name.starts_with("xi_");
}
/// True for a call of one of Brian2's random functions (core/functions.py).
bool isRandomCall(Expr E);
/// True when `E` holds such a call.
bool drawsRandomNumbers(Expr E);
/// True when the text of `E` starts with a minus sign that a subtraction could
/// take over: a negative number, or a product with one.
bool isNegative(Expr E);

/// The partial derivative with respect to a symbol. Functions without a known
/// derivative (floor, clip, `%`, comparisons inside, TimedArrays, user
/// functions) become `call("_derivative", ...)` where their argument depends on
/// the symbol; see hasUnknownDerivative.
Expr differentiate(Expr E, Expr Symbol);
bool hasUnknownDerivative(Expr E);

/// A total order by structure and names, not by ids: what is printed must not
/// depend on what was built before.
bool structurallyLess(Expr A, Expr B);

} // namespace brian2lift

#endif // BRIAN2LIFT_EXPR_EXPR_H
