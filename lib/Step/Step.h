//===- Step/Step.h - What one call of a code object does ----------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A generated function copies array elements to locals, computes temporaries
// (`_lio_1` hoisted out of the loop, `__k_2_v` of a Runge-Kutta stage, the
// values of subexpressions), and writes array elements back. This room executes
// the loop's body once with symbols and substitutes the temporaries away. What
// remains is a map from the variables' old values to their new ones:
//
//   const double _lio_1 = 1.0f*1.0/tau;          v -> v + dt*(El - v)/tau
//   double v = _ptr_array_neurongroup_v[_idx];
//   const double _v = (dt * (_lio_1 * (El - v))) + v;
//   v = _v;
//   _ptr_array_neurongroup_v[_idx] = v;
//
// There are two views of the same execution, because a state updater is read
// as one simultaneous map and a reset as statements in order:
//
//  * `Final`: each written variable's new value, in old values only;
//  * `Writes`: the assignments in order, each in the values that hold at that
//    moment, so that `v = v_r; u += v` stays what its author wrote.
//
// Branches become Select values. The flag `not_refractory` is updated at the
// start of a state updater and used after it; there `not_refractory` means its
// new value everywhere but in `Final["not_refractory"]`.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_STEP_STEP_H
#define BRIAN2LIFT_STEP_STEP_H

#include "CodeObject/CodeObject.h"
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace brian2lift {

/// Which variable of which Brian object an array of the code holds.
struct VariableName {
  std::string Owner;    ///< `my_group`
  std::string Variable; ///< `x_l`
  /// Brian2 adds `_1`, `_2` where a name is taken already: by an object of the
  /// same name in an earlier run, or by `g_x` + `v` next to `g` + `x_v`.
  unsigned Instance = 0;
};

/// From an array's name to its owner and variable. Both may hold underscores,
/// so the name alone does not tell where to split it: the locals that functions
/// copy the elements to do (`double x = _ptr_array_my_group_x[_idx]`), as do
/// the literals of `set_variable_by_name` (Brian2 2.6 and later), as do the
/// variables that Brian2 gives to every group of a kind (`i`, `N`, `t`, `dt`).
/// Arrays whose split is not known are absent.
using ArrayNames = std::map<std::string, VariableName, std::less<>>;
ArrayNames nameArrays(const CodeObjects &C);

/// Arrays that start as 0, 1, 2, ...: the indices `i` of groups. Where what
/// fills arrays is missing, those of groups that the code's names tell of.
std::set<std::string> arangeArrays(const CodeObjects &C);

/// A named number of the code, `const double tau = 0.01;`.
struct NamedConstant {
  std::string Name;
  Rational Value;
  ScalarType Type = ScalarType::Unknown;
  SourcePlace Place;
  /// The value when it is infinite or not a number, in place of `Value`.
  std::optional<double> Special;
};

/// A local that stands for an element of an array. A variable that is linked to
/// a subexpression of another group is one too: its array is then the one that
/// the subexpression reads.
struct StepVariable {
  std::string Name;  ///< as the code names the local, Brian's own name for it
  std::string Array; ///< `_array_neurongroup_v`
  ScalarType Type = ScalarType::Unknown;
  bool IsScalar = false; ///< element 0, outside of the loop: a shared variable
  SourcePlace Place;
};

/// One assignment to a variable.
struct StepWrite {
  std::string Name; ///< of the variable, or of a local that must stay a
                    ///< statement of its own (IsLocal)
  Expr Value;       ///< in the values that hold before the assignment
  bool IsLocal = false;
  bool IsScalar = false;
  SourcePlace Begin, End;
};

/// Where a local with a name of the author's comes from, by what
/// make_statements (codegen/translation.py) does: a subexpression is computed
/// directly before the statement that needs it, again before each later one
/// when something in it changes, and is `const` otherwise.
enum class LocalOrigin {
  Either,        ///< both would be the same code
  Subexpression, ///< of the equations
  Code           ///< the author's code defines it
};

/// A temporary of the code with its value in old values; kept because a
/// generator's names for its temporaries tell methods apart that compute the
/// same, and because subexpressions survive as temporaries.
struct StepTemporary {
  std::string Name;
  Expr Value; ///< null when it depends on something that was not understood
  /// The same as the code says it: in variables and in those temporaries that
  /// may have names of the author's. Null like Value, and when the code gives
  /// it different values one after the other.
  Expr Named;
  /// What it is, where the code computes another object's subexpression.
  std::optional<VariableName> Foreign;
  LocalOrigin Origin = LocalOrigin::Either;
  ScalarType Type = ScalarType::Unknown;
  bool IsScalar = false; ///< computed outside of the loop
  SourcePlace Begin, End;
};

struct Step {
  std::string Function; ///< `_run_neurongroup_stateupdater_codeobject`
  SourcePlace Place;
  std::vector<NamedConstant> Constants;
  std::vector<StepVariable> Variables;
  std::vector<StepWrite> Writes;
  std::map<std::string, Expr> Final;
  std::vector<StepTemporary> Temporaries;
  /// Names of the stochastic variables (`xi`, `xi_1`). In all values
  /// `sqrt(dt)*xi` is the increment that the code drew: the symbol is the
  /// standard normal variable.
  std::vector<std::string> Noise;
  /// Variables that a statement under `if (not_refractory)` writes, with
  /// whatever value: also with the one that they had.
  std::set<std::string> Guarded;
  /// Variables whose values depend on something that was not understood.
  std::vector<std::string> Lost;
  /// Variables and temporaries whose values grew beyond what a model has, and
  /// the statements where they did. What depends on them is lost, too.
  std::vector<std::pair<std::string, SourcePlace>> TooLarge;
  /// True when the assignments cannot be said one after the other: a branch
  /// writes several variables, and its condition asks about one of them.
  /// `Writes` is then empty; `Final` holds all the same.
  bool HasEntangledWrites = false;

  const StepVariable *findVariable(llvm::StringRef Name) const;
  const NamedConstant *findConstant(llvm::StringRef Name) const;
  const StepTemporary *findTemporary(llvm::StringRef Name) const;
};

/// Calls `Do` for every expression of `S` that is not null.
void forEachExpr(Step &S, llvm::function_ref<void(Expr &)> Do);

/// Executes a function symbolically. `Names` serves elements that are read
/// without a local of their own. Temporaries in `Kept` stay names in all values
/// but their own `Named`.
Step buildStep(const Function &F, const CodeObjects &C, const ArrayNames &Names,
               const std::set<std::string> &Kept = {});

/// Removes the Selects of `E` as Brian's syntax says it: `(a if flag else b)`
/// is `b + (a - b)*int(flag)`. Null when too many conditions decide.
Expr selectsToInt(Expr E);

/// The same for a condition: `(a if flag else b)` of conditions is `flag and a
/// or not flag and b`, simplified where a branch is constant. Null like above.
Expr conditionWithoutSelects(Expr E);

/// Not `Condition`, with as few `not` as De Morgan's laws allow: of a
/// refractory condition `tired or t < 2*ms` the code says when neither holds.
Expr simplestOpposite(Expr Condition);

/// `E` with a boolean variable fixed; Selects and conditions fold.
Expr assume(Expr E, llvm::StringRef BooleanVariable, bool Value);

/// The text of `--dump=step`.
void print(llvm::raw_ostream &OS, const Step &S);

} // namespace brian2lift

#endif // BRIAN2LIFT_STEP_STEP_H
