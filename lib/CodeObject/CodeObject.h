//===- CodeObject/CodeObject.h - The C++ as plain values ----------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The only room that knows Clang. It parses a whole project once, as one
// synthetic translation unit over an in-memory file system, and returns what
// the generated functions do as plain values: declarations, assignments, `if`,
// loops and calls, whose right-hand sides are expressions (Expr/Expr.h). No AST
// pointer outlives extractCodeObjects.
//
// Every generator is brought to the same form here; nothing after this room
// asks whether the code came from C++ standalone, GeNN or CUDA.
//
//   double v = _ptr_array_neurongroup_v[_idx];
//   const double _v = dt * (1.0f*(- v)/tau) + v;
//   v = _v;
//   _ptr_array_neurongroup_v[_idx] = v;
//
// becomes
//
//   declare v    = _ptr_array_neurongroup_v[_idx]       (Float64)
//   declare _v   = v - dt*v/tau                         (Float64)
//   assign  v    = _v
//   assign  _ptr_array_neurongroup_v[_idx] = v
//
// How C++ becomes algebra:
//  * literals are exact; `1.0f*a/b` is a/b; implicit conversions that keep the
//    value are dropped; a conversion of a floating value to an integer type is
//    `int(x)`, a division of two integers is `truncdiv(a, b)`, and `%` on
//    integers is `truncmod(a, b)`;
//  * functions get Brian's names: `_brian_pow`, `pow` are powers; `_clip` clip,
//    `int_`, `_brian_int` int, `_brian_mod` `%`, `_brian_floordiv` `//`,
//    `asin`, `acos`, `atan` arcsin, arccos, arctan, `fabs`, `_brian_abs`,
//    `std::abs` abs, `_exprel` exprel, `_timestep` timestep, `_sign` sign; a
//    `_vectorisation_idx` argument is dropped (`_rand(i)` is `rand()`); each
//    call of a random function is made distinct by a last argument that is a
//    Number counting them through the function: `rand(0)`, `rand(1)`;
//    any other function keeps the name that the code gives it;
//  * `&&`, `||`, `!`, comparisons are conditions; a char or bool variable used
//    as a condition is its Symbol.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_CODEOBJECT_CODEOBJECT_H
#define BRIAN2LIFT_CODEOBJECT_CODEOBJECT_H

#include "CodeObject/Version.h"
#include "Expr/Expr.h"
#include "Project/Project.h"
#include "Support/Diagnostics.h"
#include "Support/Source.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace brian2lift {

/// The element type of a variable, as Brian2's dtypes (float, integer, boolean
/// in the collector's words). Brian2 stores booleans as `char`.
enum class ScalarType { Unknown, Boolean, Integer, Float32, Float64 };

/// One statement of a generated function. Which fields are set depends on the
/// kind; the others are empty.
struct Statement {
  enum class Kind {
    Declare, ///< Target (new local), Type, IsConst; Value may be null
    Assign,  ///< Target, Index when it is an element; Value; compound
             ///< assignments are already spelled out (x += y is x = x + y)
             ///< with IsCompound set
    If,      ///< Condition, Then, Else
    Loop,    ///< Target is the counter, First and Bound its range, Then the
             ///< body; a loop over something else is Unknown
    Call,    ///< Object (`magicnetwork`, empty for a plain call), Callee,
             ///< Arguments
    Return,  ///< Value may be null
    Unknown  ///< not understood; Text says what it is ("while statement");
             ///< Targets lists what it may write
  };
  Kind K = Kind::Unknown;
  SourcePlace Begin; ///< where the statement begins
  SourcePlace End;   ///< its last character

  std::string Target;
  ScalarType Type = ScalarType::Unknown;
  bool IsConst = false;
  bool IsPointer = false;  ///< Declare: the local is a pointer (an alias of the
                           ///< array that Value names)
  bool IsCompound = false; ///< Assign: written as `op=`
  Expr Index;
  Expr Value;
  Expr Condition;
  Expr First, Bound;
  std::vector<Statement> Then, Else;
  std::string Object, Callee;
  std::vector<Expr> Arguments; ///< `&x` is call("&", x); a function's address
                               ///< is its Symbol; a string literal is
                               ///< call("\"", symbol(text)); what is not
                               ///< understood is a null Expr
  std::string Text;
  std::vector<std::string> Targets;
};

/// One function of the project that was kept: `_run_*`, `_before_run_*`,
/// `_after_run_*`, `main`, `_init_arrays`, `brian_start`,
/// `set_variable_by_name`, GSL's `_GSL_func` and the like.
struct Function {
  std::string Name;
  SourcePlace Place; ///< of its name
  struct Parameter {
    std::string Name;
    ScalarType Type = ScalarType::Unknown;
    bool IsPointer = false;
  };
  std::vector<Parameter> Parameters;
  std::vector<Statement> Body;
  /// True when some statement of the body is Unknown.
  bool HasUnknown = false;
  /// True where the generator wrote the values of constants in place of their
  /// names: Brian2 before 2.5, and Brian2GeNN in what runs on the CPU. Any
  /// number may then be a quantity.
  bool HasInlinedConstants = false;
};

/// A support function defined beside a code object (a TimedArray, a user's C++
/// function); only its existence matters to the algebra.
struct SupportFunction {
  std::string Name;  ///< as calls in expressions name it
  std::string Owner; ///< the `_run_...` function whose file defines it, if any
  SourcePlace Place;
  unsigned Arity = 0;
  /// True for a TimedArray. Its values are in the Array `<Name>_values`; its
  /// time step and sizes are constants of the body, which is kept for it alone.
  bool IsTimedArray = false;
  std::vector<Function::Parameter> Parameters;
  std::vector<Statement> Body;
};

/// A variable at namespace scope in objects.cpp.
struct Array {
  std::string Name; ///< `_array_neurongroup_v`, `_dynamic_array_...`, ...
  SourcePlace Place;
  ScalarType Type = ScalarType::Unknown;
  /// From `_num_<Name>`; nullopt for dynamic arrays and where it is missing.
  std::optional<long> Size;
  bool IsDynamic = false;
  bool IsStatic = false; ///< `_static_array_...` or TimedArray values: read
                         ///< from a file when the simulation starts
};

/// A clock, a network or a synaptic pathway.
struct GlobalObject {
  std::string Name; ///< `defaultclock`, `magicnetwork`, `synapses_pre`
  std::string Type; ///< `Clock`, `EventClock`, `Network`, `SynapticPathway`
  SourcePlace Place;
  /// Of its constructor: SynapticPathway(<sources>, <start>, <stop>).
  std::vector<Expr> Arguments;
};

/// All that the later rooms know of the C++. Expressions belong to `Arena`.
struct CodeObjects {
  std::shared_ptr<ExprArena> Arena;
  std::vector<Function> Functions; ///< in the order of the project's files
  std::vector<SupportFunction> SupportFunctions;
  std::vector<Array> Arrays; ///< in the order of objects.cpp
  std::vector<GlobalObject> Objects;
  /// What wrote the project; Brian2's range first.
  std::vector<VersionRange> Versions;
  /// Arrays that code changes which is none of the functions (Brian2GeNN's
  /// synapses, which GeNN itself writes).
  std::set<std::string> WrittenElsewhere;

  const Function *find(llvm::StringRef Name) const;
  /// The function of that name in the same file: each code object that GSL
  /// integrates has its own `_GSL_func`.
  const Function *findBeside(llvm::StringRef Name, const Function &F) const;
  const Array *findArray(llvm::StringRef Name) const;
};

/// Reads the project's C++. Damaged files, unknown constructs and functions
/// that are missing are reported to `Diags` and cost only themselves; an error
/// is returned when nothing at all can be read. Never opens a file: all it
/// sees is `P.Files` and the built-in stand-in headers.
llvm::Expected<CodeObjects> extractCodeObjects(const Project &P,
                                               Diagnostics &Diags);

/// The text of `--dump=code-objects`, one statement a line as in the example
/// above.
void print(llvm::raw_ostream &OS, const CodeObjects &C);

} // namespace brian2lift

#endif // BRIAN2LIFT_CODEOBJECT_CODEOBJECT_H
