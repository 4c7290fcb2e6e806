//===- Step/Gsl.cpp -----------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Step/Gsl.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include <map>
#include <set>

namespace brian2lift {

namespace {

using Kind = Statement::Kind;
using llvm::StringRef;

constexpr llvm::StringLiteral Holder = "_GSL_dataholder";
constexpr llvm::StringLiteral Vector = "_GSL_y";
constexpr llvm::StringLiteral Driver = "_GSL_driver";
constexpr llvm::StringLiteral StepPrefix = "gsl_odeiv2_step_";

/// `_lio_1` of `_GSL_dataholder._lio_1`; empty for anything else.
StringRef fieldOf(StringRef Name) {
  return Name.consume_front(Holder) && Name.consume_front(".") ? Name
                                                               : StringRef();
}

std::string withoutHolder(StringRef Name) {
  StringRef Field = fieldOf(Name);
  return (Field.empty() ? Name : Field).str();
}

/// What the library remembers of a neuron's last step.
bool isRemembered(StringRef Pointer) {
  return Pointer.ends_with("__last_timestep") ||
         Pointer.ends_with("__failed_steps") ||
         Pointer.ends_with("__step_count");
}

bool isAddressOf(Expr E, StringRef Name) {
  return E && E.isCall("&") && E.operand(0).isSymbol(Name);
}

long numberOf(Expr E) {
  return E && E.isNumber() ? E.number().toLong().value_or(-1) : -1;
}

/// The functions that a state updater hands to the library or calls itself.
struct Helpers {
  const Function &Rhs, &Fill, &Empty, &Dimension;
};

/// Nothing of the plumbing is taken for granted: what is filled into the
/// vector, what comes out of it and what is integrated follows from the
/// statements. What is put together in another way is lost.
class Rewriter {
public:
  Rewriter(const Function &Run, const Helpers &H, ExprArena &A,
           const ArrayNames &Names)
      : Run(Run), H(H), A(A), Names(Names) {}

  GslStateUpdater run() {
    GslStateUpdater Result;
    Function &F = Result.EulerStep;
    F.Name = Run.Name;
    F.Place = Run.Place;
    for (const Statement &S : Run.Body) {
      if (S.K == Kind::Loop) {
        F.Body.push_back(step(S));
        break;
      }
      findStepType(S, Result.StepType);
      if (!isPlumbing(S))
        F.Body.push_back(rewrite(S));
    }
    return Result;
  }

private:
  const Function &Run;
  const Helpers &H;
  ExprArena &A;
  const ArrayNames &Names;
  llvm::StringMap<std::string> Pointers; // field of the holder -> pointer
  std::map<long, Expr> Old;              // of the vector: elements of arrays
  std::map<long, std::vector<Statement>> Locals; // index -> declarations of it
  std::set<long> Slopes, Emptied; // what has an f, what is written back
  bool HasFunction = false, HasParameters = false, HasDimension = false;
  bool IsBroken = false;

  static void findStepType(const Statement &S, std::string &StepType) {
    if (S.Value)
      visit(S.Value, [&](Expr E) {
        if (E.isSymbol() && E.name().starts_with(StepPrefix))
          StepType = E.name().drop_front(StepPrefix.size()).str();
      });
  }

  /// What sets the library and the holder up.
  bool isPlumbing(const Statement &S) {
    StringRef Target = S.Target;
    if (S.K == Kind::Call) {
      if (S.Callee == H.Dimension.Name)
        HasDimension = S.Arguments.size() == 1 && S.Arguments[0] &&
                       isAddressOf(S.Arguments[0], "_sys.dimension");
      return S.Callee == H.Dimension.Name ||
             StringRef(S.Callee).starts_with("gsl_");
    }
    if (Target == "_sys.function")
      HasFunction = S.Value && S.Value.isSymbol(H.Rhs.Name);
    else if (Target == "_sys.params")
      HasParameters = isAddressOf(S.Value, Holder);
    else if (Target == Driver)
      IsBroken |= !S.Value || !S.Value.is(ExprKind::Call) ||
                  S.Value.operands().empty() ||
                  !isAddressOf(S.Value.operand(0), "_sys");
    if (StringRef Field = fieldOf(Target); Field.starts_with("_ptr_")) {
      Pointers[Field] = S.Value && S.Value.isSymbol() && !S.IsCompound
                            ? S.Value.name().str()
                            : "";
      return true;
    }
    return Target.starts_with("_sys") || Target == Driver || Target == Vector ||
           Target == "_GSL_scale_array" || Target == Holder;
  }

  /// The pointer that a name stands for, in or out of the holder.
  std::string pointerOf(StringRef Name) {
    StringRef Field = fieldOf(Name);
    if (!Field.starts_with("_ptr_"))
      return withoutHolder(Name);
    auto It = Pointers.find(Field);
    if (It != Pointers.end() && !It->second.empty())
      return It->second;
    IsBroken = true;
    return Field.str();
  }

  Expr rewrite(Expr E) {
    if (!E)
      return E;
    return brian2lift::rewrite(E, [&](Expr Node) {
      if (Node.isSymbol() && Node.name().starts_with(Holder))
        return A.symbol(withoutHolder(Node.name()));
      if (!Node.is(ExprKind::Element))
        return Node;
      if (Node.name() != Vector)
        return A.element(pointerOf(Node.name()), Node.operand(0));
      auto It = Old.find(numberOf(Node.operand(0)));
      IsBroken |= It == Old.end();
      return It == Old.end() ? Node : It->second;
    });
  }

  std::vector<Statement> rewrite(const std::vector<Statement> &Body) {
    std::vector<Statement> Result;
    Result.reserve(Body.size());
    for (const Statement &S : Body)
      Result.push_back(rewrite(S));
    return Result;
  }

  Statement rewrite(Statement S) {
    if (S.K == Kind::Assign && S.Target == "f" && S.Index) {
      IsBroken |= !Old.count(numberOf(S.Index));
      Slopes.insert(numberOf(S.Index));
      S.Target = slope(numberOf(S.Index));
      S.Index = Expr();
    }
    S.Target = S.Index ? pointerOf(S.Target) : withoutHolder(S.Target);
    S.Value = rewrite(S.Value);
    S.Index = rewrite(S.Index);
    S.Condition = rewrite(S.Condition);
    S.Then = rewrite(S.Then);
    S.Else = rewrite(S.Else);
    return S;
  }

  static std::string slope(long Index) {
    return "_slope_" + std::to_string(Index);
  }

  /// The loop over neurons.
  Statement step(const Statement &Loop) {
    Statement Result = Loop;
    Result.Then.clear();
    std::vector<Statement> &Body = Result.Then;
    bool HasIndex = false, IsFilled = false, IsDone = false, IsEmptied = false;
    for (const Statement &S : Loop.Then) {
      if (S.K == Kind::Call && S.Callee == H.Fill.Name) {
        IsBroken |= IsDone || !isCopy(S, Loop.Target);
        IsFilled = true;
        fill();
      } else if (S.K == Kind::Call && S.Callee == H.Empty.Name) {
        IsBroken |= !IsDone || IsEmptied || !isCopy(S, Loop.Target);
        IsEmptied = true;
        empty(Body);
      } else if (Expr Call = callOfLibrary(S)) {
        IsBroken |=
            !IsFilled || IsDone || !HasIndex || !S.Condition.is(ExprKind::Ne);
        IsDone = true;
        integrate(Call, Loop, Body);
      } else if (fieldOf(S.Target) == "_idx") {
        HasIndex = S.Value && S.Value.isSymbol(Loop.Target) && !S.IsCompound;
      } else if (!isOwn(S)) {
        IsBroken |= IsDone;
        Body.push_back(rewrite(S));
      }
    }
    if (IsBroken || !IsEmptied)
      lose(Loop, Body);
    return Result;
  }

  /// What the library is told of the last step, and says of this one; and times
  /// for it, which integrate() looks at.
  static bool isOwn(const Statement &S) {
    if (S.K == Kind::Call)
      return StringRef(S.Callee).starts_with("gsl_");
    return (S.K == Kind::Assign && isRemembered(S.Target)) ||
           (S.K == Kind::Declare && (S.Target == "t" || S.Target == "t1"));
  }

  /// `_fill_y_vector(&_GSL_dataholder, _GSL_y, _idx)`
  static bool isCopy(const Statement &S, StringRef Index) {
    return S.Arguments.size() == 3 && isAddressOf(S.Arguments[0], Holder) &&
           S.Arguments[1] && S.Arguments[1].isSymbol(Vector) &&
           S.Arguments[2] && S.Arguments[2].isSymbol(Index);
  }

  /// `_GSL_y[0] = _GSL_dataholder._ptr_array_g_v[_idx]`
  void fill() {
    for (const Statement &S : H.Fill.Body) {
      if (S.K == Kind::Return)
        break;
      bool IsElement =
          S.K == Kind::Assign && S.Target == Vector && S.Index && S.Value &&
          S.Value.is(ExprKind::Element) && !S.IsCompound &&
          (S.Value.operand(0).isSymbol("_idx") || S.Value.operand(0).isZero());
      IsBroken |= !IsElement;
      if (IsElement)
        Old[numberOf(S.Index)] = rewrite(S.Value);
    }
    HasDimension &= llvm::any_of(H.Dimension.Body, [&](const Statement &S) {
      return S.K == Kind::Assign && S.Index && S.Index.isZero() && S.Value &&
             S.Value.isNumber(static_cast<long>(Old.size()));
    });
    // numbered from zero on
    IsBroken |= Old.empty() || Old.begin()->first != 0 ||
                Old.rbegin()->first + 1 != static_cast<long>(Old.size());
  }

  /// The call in `if (gsl_odeiv2_driver_apply(...) != GSL_SUCCESS)`.
  static Expr callOfLibrary(const Statement &S) {
    if (S.K == Kind::If && S.Condition)
      for (Expr Side : S.Condition.operands())
        if (Side.is(ExprKind::Call) &&
            Side.name().starts_with("gsl_odeiv2_driver_apply"))
          return Side;
    return {};
  }

  /// The right-hand sides at the beginning of the step. The library integrates
  /// from t to `t1 = t + dt`, or does so many steps of dt.
  void integrate(Expr Call, const Statement &Loop,
                 std::vector<Statement> &Body) {
    llvm::ArrayRef<Expr> Arguments = Call.operands();
    bool IsFixed = Call.name().ends_with("_fixed_step");
    IsBroken |= Arguments.size() != (IsFixed ? 5 : 4) ||
                !Arguments[0].isSymbol(Driver) ||
                !isAddressOf(Arguments[1], "t") ||
                !Arguments.back().isSymbol(Vector) || !HasFunction ||
                !HasParameters || !HasDimension;
    if (Old.empty()) // the variables are lost, but have their names
      fill();
    if (Arguments.size() < 4)
      return;
    for (const Statement &Each : Loop.Then) {
      if (Each.K != Kind::Declare || !Each.Value || !isOwn(Each))
        continue;
      if (Each.Target == "t")
        IsBroken |= !Each.Value.is(ExprKind::Element) ||
                    !Each.Value.operand(0).isZero() ||
                    !isClock(Each.Value.name());
      else if (Expr Span = Each.Value - A.symbol("t");
               Arguments[2].isSymbol(Each.Target))
        Duration = Span;
    }
    if (IsFixed)
      Duration = Arguments[2] * Arguments[3];
    IsBroken |= !Duration || !Duration.isSymbol("dt");
    // Without a value: one that is not set on some way has none.
    for (const auto &[Index, Element] : Old) {
      Statement Slope;
      Slope.K = Kind::Declare;
      Slope.Begin = Slope.End = Loop.Begin;
      Slope.Target = slope(Index);
      Slope.Type = ScalarType::Float64;
      Body.push_back(std::move(Slope));
    }
    for (const Statement &Each : H.Rhs.Body) {
      if (Each.K == Kind::Return)
        break;
      if (Each.Target == Holder ||
          (Each.K == Kind::Declare && Each.Target == "_idx")) {
        IsBroken |=
            !Each.Value || !(Each.Value.isSymbol("params") ||
                             (Each.Target == "_idx" &&
                              Each.Value.isSymbol("_GSL_dataholder._idx")));
        continue;
      }
      if (Each.K == Kind::Declare && Each.Value &&
          Each.Value.is(ExprKind::Element) && Each.Value.name() == Vector)
        Locals[numberOf(Each.Value.operand(0))].push_back(Each);
      Body.push_back(rewrite(Each));
    }
    IsBroken |= Slopes.size() != Old.size();
  }

  /// `_GSL_dataholder._ptr_array_g_v[_idx] = _GSL_y[0]`, with the new value
  /// v + dt*f[0].
  void empty(std::vector<Statement> &Body) {
    for (const Statement &S : H.Empty.Body) {
      if (S.K == Kind::Return)
        break;
      bool IsElement = S.K == Kind::Assign && S.Index && !S.IsCompound &&
                       S.Value && S.Value.is(ExprKind::Element) &&
                       S.Value.name() == Vector && Duration;
      long Index = IsElement ? numberOf(S.Value.operand(0)) : -1;
      auto It = Old.find(Index);
      if (It == Old.end()) {
        IsBroken = true;
        continue;
      }
      Statement Write = S;
      Write.Target = pointerOf(S.Target);
      Write.Index = rewrite(S.Index);
      // Back to where it came from, or the library integrates something else.
      IsBroken |= A.element(Write.Target, Write.Index) != It->second;
      IsBroken |= !Emptied.insert(Index).second;
      Write.Value = It->second + Duration * A.symbol(slope(Index));
      if (!Locals.count(Index))
        declareUnread(Index, S, Body);
      // The variable's own name, where the code has one.
      if (auto Local = Locals.find(Index);
          Local != Locals.end() && Local->second.size() == 1) {
        const Statement &Declared = Local->second.front();
        Statement Advance;
        Advance.K = Kind::Assign;
        Advance.Begin = Write.Begin = Declared.Begin;
        Advance.End = Write.End = Declared.End;
        Advance.Target = Declared.Target;
        Advance.Value =
            A.symbol(Declared.Target) + Duration * A.symbol(slope(Index));
        Write.Value = A.symbol(Declared.Target);
        Body.push_back(std::move(Advance));
      }
      Body.push_back(std::move(Write));
    }
    IsBroken |= Emptied.size() != Old.size();
  }

  /// A variable that no right-hand side reads has no local, either: dx/dt =
  /// 300*Hz. It gets the one that it would have.
  void declareUnread(long Index, const Statement &Empty,
                     std::vector<Statement> &Body) {
    Expr Element = Old[Index];
    auto Pointer = llvm::find_if(Run.Body, [&](const Statement &S) {
      return S.K == Kind::Declare && S.IsPointer && S.Value &&
             S.Value.isSymbol() && S.Target == Element.name();
    });
    auto It = Pointer == Run.Body.end() ? Names.end()
                                        : Names.find(Pointer->Value.name());
    if (It == Names.end())
      return;
    Statement Declared;
    Declared.K = Kind::Declare;
    Declared.Begin = Empty.Begin;
    Declared.End = Empty.End;
    Declared.Target = It->second.Variable;
    Declared.Type = ScalarType::Float64;
    Declared.Value = Element;
    Locals[Index].push_back(Declared);
    Body.push_back(std::move(Declared));
  }

  /// All that the step could move becomes unknown.
  void lose(const Statement &Loop, std::vector<Statement> &Body) {
    Statement S;
    S.K = Kind::Unknown;
    S.Begin = Loop.Begin;
    S.End = Loop.End;
    S.Text = "integration by the GSL in another form";
    for (const auto &[Index, Element] : Old)
      S.Targets.push_back(Element.name().str());
    for (const Function *Each : {&H.Empty, &H.Rhs})
      for (const Statement &Write : Each->Body)
        if (Write.Index && Write.Target != "f")
          S.Targets.push_back(pointerOf(Write.Target));
    Body.push_back(std::move(S));
  }

  static bool isClock(StringRef Pointer) { return Pointer.ends_with("_t"); }

  Expr Duration; // that the library integrates over
};

} // namespace

std::optional<GslStateUpdater> readGsl(const Function &StateUpdater,
                                       const CodeObjects &C,
                                       const ArrayNames &Names) {
  const Function *Rhs = C.findBeside("_GSL_func", StateUpdater);
  const Function *Fill = C.findBeside("_fill_y_vector", StateUpdater);
  const Function *Empty = C.findBeside("_empty_y_vector", StateUpdater);
  const Function *Dimension = C.findBeside("set_dimension", StateUpdater);
  if (!Rhs || !Fill || !Empty || !Dimension)
    return std::nullopt;
  return Rewriter(StateUpdater, {*Rhs, *Fill, *Empty, *Dimension}, *C.Arena,
                  Names)
      .run();
}

} // namespace brian2lift
