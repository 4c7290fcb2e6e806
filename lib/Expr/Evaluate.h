//===- Expr/Evaluate.h - Certified numerical values ---------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whether two expressions are the same is decided by their values at points,
// and a rounding error must never decide it. Values are therefore balls: a
// midpoint and a radius that is proved to hold the exact value (Arb, Johansson
// 2017, "Arb: efficient arbitrary-precision midpoint-radius interval
// arithmetic"). Exponents have no limit, so exp(1000) is a number.
//
//   Valuation At(128);                       // bits
//   At.set(A.symbol("v"), Real(-0.065));
//   Real F = At.value(E);                    // memoised over the DAG
//   if (distance(F, G).Upper < 1e-9) ...     // certainly equal to nine places
//
// A value that cannot be given (a pole, the logarithm of a negative number, a
// comparison or floor that the radius does not decide, a symbol without value)
// is not finite; it never throws or traps.
//
// Functions that the code does not define for us (a TimedArray, a user's
// function, a random number) stand for *some* function: they get a fixed
// smooth function of their arguments, different for each name, so that two
// expressions agree on it exactly when they call it with equal arguments.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EXPR_EVALUATE_H
#define BRIAN2LIFT_EXPR_EVALUATE_H

#include "Expr/Expr.h"
#include <array>
#include <cstdint>

namespace brian2lift {

/// A real number as a ball of Arb. The default value is zero.
class Real {
public:
  Real();
  explicit Real(double Value);
  Real(const Rational &Value, long Bits);
  Real(const Real &O);
  Real(Real &&O) noexcept;
  Real &operator=(const Real &O);
  Real &operator=(Real &&O) noexcept;
  ~Real();

  static Real undefined();
  bool isFinite() const;
  /// True when the ball contains zero.
  bool mayBeZero() const;
  /// The midpoint, rounded.
  double toDouble() const;

  /// Arb's arb_t, for this room only.
  void *raw() { return Words.data(); }
  const void *raw() const { return Words.data(); }

private:
  alignas(8) std::array<std::uint64_t, 6> Words;
};

/// What is certain about |A - B|: it lies between these bounds. Infinite upper
/// bound when one of them is not finite.
struct DistanceBounds {
  double Lower;
  double Upper;
};
DistanceBounds distance(const Real &A, const Real &B);
/// The same of |A - B|/|Scale|, where all three may be far beyond the range of
/// double. `Scale` must not contain zero.
DistanceBounds relativeDistance(const Real &A, const Real &B,
                                const Real &Scale);

/// The nodes that valuations of the same expressions go through. Whoever
/// evaluates them at many points makes one and gives it to each valuation, so
/// that every node is looked up once and not once a point; it must outlive
/// them.
class EvaluationPlan {
public:
  EvaluationPlan() = default;
  /// How far from a number of more than 12 digits what it was written for may
  /// be, relative to it. Its ball holds all that.
  explicit EvaluationPlan(double RoundedTo) : RoundedTo(RoundedTo) {}

private:
  friend class Valuation;
  double RoundedTo = 0;
  struct Node {
    Expr E;
    unsigned FirstOperand; ///< in Operands
    unsigned NumOperands;
    bool HasConditions; ///< among its operands
  };
  llvm::DenseMap<Expr, unsigned> Indices;
  std::vector<Node> Nodes;
  std::vector<unsigned> Operands; ///< indices of nodes

  /// Adds `E` and what it is made of.
  unsigned indexOf(Expr E);
};

/// Values of the symbols of expressions, and of everything built from them.
class Valuation {
public:
  explicit Valuation(long Bits)
      : Bits(Bits), Own(std::make_unique<EvaluationPlan>()), Plan(Own.get()) {}
  Valuation(long Bits, EvaluationPlan &Plan) : Bits(Bits), Plan(&Plan) {}

  long bits() const { return Bits; }
  /// Gives a symbol (or a whole call, such as rand()) its value; forgets what
  /// was computed from the old one.
  void set(Expr E, Real Value);
  /// Forgets all values. Whoever goes on at another point with the same
  /// valuation spares making everything anew, numbers too.
  void clear();
  /// The value of `E`; see above for what makes it not finite.
  Real value(Expr E);
  /// The truth of a condition; nullopt where the values do not decide it.
  std::optional<bool> truth(Expr Condition);

  // Arithmetic at this precision, for methods that combine values.
  Real add(const Real &A, const Real &B) const;
  Real sub(const Real &A, const Real &B) const;
  Real mul(const Real &A, const Real &B) const;
  Real div(const Real &A, const Real &B) const;
  Real sqrt(const Real &A) const;
  Real exp(const Real &A) const;
  Real abs(const Real &A) const;

private:
  enum class State : uint8_t { Unknown, Number, Given, Computed };
  long Bits;
  std::unique_ptr<EvaluationPlan> Own;
  EvaluationPlan *Plan;
  std::vector<Real> Values; ///< by index in the plan
  std::vector<State> States;
  bool HasComputed = false;

  /// Makes room for all nodes of the plan that there are by now.
  unsigned indexOf(Expr E);
  bool isKnown(unsigned Index) const { return States[Index] != State::Unknown; }
  unsigned operand(unsigned Index, size_t I) const {
    return Plan->Operands[Plan->Nodes[Index].FirstOperand + I];
  }
  void know(unsigned Index, const Real &Value);
  void evaluate(unsigned Root);
  void compute(unsigned Index);
  void computeCall(unsigned Index);
  std::optional<bool> truth(unsigned Index);
  std::optional<bool> computeTruth(unsigned Index);
};

} // namespace brian2lift

#endif // BRIAN2LIFT_EXPR_EVALUATE_H
