//===- Equations/Points.cpp ---------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Equations/Points.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/xxhash.h"
#include <cmath>

namespace brian2lift {

namespace {

/// Repeatable numbers that depend on what they are for and on nothing else.
class Draw {
public:
  Draw(llvm::StringRef Name, unsigned Index)
      : State(llvm::xxh3_64bits(Name) + 0x9e3779b97f4a7c15u * (Index + 1)) {}

  /// Uniform in [0, 1): splitmix64 (Steele, Lea and Flood 2014).
  double uniform() {
    State += 0x9e3779b97f4a7c15u;
    uint64_t Z = State;
    Z = (Z ^ (Z >> 30)) * 0xbf58476d1ce4e5b9u;
    Z = (Z ^ (Z >> 27)) * 0x94d049bb133111ebu;
    return static_cast<double>((Z ^ (Z >> 31)) >> 11) * 0x1p-53;
  }
  double between(double Low, double High) {
    return Low + (High - Low) * uniform();
  }

private:
  uint64_t State;
};

} // namespace

/// The numbers and constants, and their products, that `E` is made of.
static void collectNumbers(Expr E, const llvm::StringMap<double> &Constants,
                           std::vector<double> &Numbers) {
  auto ValueOf = [&](Expr Part) {
    if (Part.isNumber())
      return Part.number().toDouble();
    return Part.isSymbol() ? Constants.lookup(Part.name()) : 0.0;
  };
  visit(E, [&](Expr Part) {
    double Value = ValueOf(Part);
    if (Part.is(ExprKind::Mul)) {
      Value = 1;
      for (Expr Factor : Part.operands())
        if (double Known = ValueOf(Factor); Known != 0)
          Value *= Known;
    }
    if (Value != 0 && std::isfinite(Value))
      Numbers.push_back(std::fabs(Value));
  });
}

PointSource::PointSource(llvm::ArrayRef<Expr> Roots,
                         llvm::ArrayRef<NamedConstant> Constants,
                         const llvm::StringSet<> &Booleans)
    : Booleans(Booleans) {
  llvm::DenseSet<Expr> Seen;
  for (Expr Root : Roots) {
    visit(Root, [&](Expr E) {
      if (E.isNumber() && !E.isZero()) {
        FarScales.push_back(std::fabs(E.number().toDouble()));
      } else if (E.isSymbol() || E.is(ExprKind::Element)) {
        if (Seen.insert(E).second)
          Symbols.push_back(E);
      } else if (E.is(ExprKind::Not) || E.is(ExprKind::And) ||
                 E.is(ExprKind::Or)) {
        for (Expr Operand : E.operands())
          if (Operand.isSymbol())
            this->Booleans.insert(Operand.name());
      } else if (E.is(ExprKind::Select) && E.operand(0).isSymbol()) {
        this->Booleans.insert(E.operand(0).name());
      }
    });
  }
  llvm::sort(Symbols, structurallyLess);
  Scales.push_back(1.0);
  FarScales.push_back(1.0);
  for (const NamedConstant &K : Constants) {
    double Value = K.Special ? 0.0 : K.Value.toDouble();
    ConstantValues[K.Name] = Value;
    double Scale = std::fabs(Value);
    if (Scale > 1e-3 && Scale < 1e3)
      Scales.push_back(Scale);
    if (Scale > 0) {
      FarScales.push_back(Scale);
      Nearby.push_back(Value);
    }
  }
  // What happens at 50 s is seen by no one who does not look there.
  for (Expr Root : Roots) {
    Expr T = Root.arena().symbol("t");
    visit(Root, [&](Expr E) {
      bool IsTimed = E.is(ExprKind::Call) || E.isCondition();
      if (IsTimed && !E.isCall("exp") && contains(E, T))
        collectNumbers(E, ConstantValues, Times);
    });
  }
  for (std::vector<double> *Each : {&FarScales, &Times}) {
    llvm::sort(*Each);
    Each->erase(llvm::unique(*Each), Each->end());
  }
}

std::vector<std::pair<Expr, double>> PointSource::point(unsigned Index) const {
  std::vector<std::pair<Expr, double>> Values;
  static constexpr double Steps[] = {1e-4, 1e-2, 1.0};
  bool Positive = Index % 2 != 0;
  for (Expr S : Symbols) {
    Draw D(S.name(), Index);
    double Value = 0;
    auto Constant = ConstantValues.find(S.name());
    if (S.isSymbol("dt"))
      Value = Steps[Index % 3] * D.between(0.5, 1.5);
    else if (S.isSymbol("t"))
      Value = D.between(0.0, 2.0);
    else if (Booleans.count(S.name()))
      Value = D.uniform() < 0.5 ? 0.0 : 1.0;
    else if (Constant != ConstantValues.end() && Constant->second != 0)
      Value = Constant->second * D.between(0.6, 1.6);
    else {
      double Scale = Scales[static_cast<size_t>(
          D.uniform() * static_cast<double>(Scales.size()))];
      Value = Scale * (Positive ? D.between(0.1, 2.0) : D.between(-2.0, 2.0));
    }
    Values.push_back({S, Value});
  }
  return Values;
}

std::vector<std::pair<Expr, double>>
PointSource::farPoint(unsigned Index) const {
  std::vector<std::pair<Expr, double>> Values = point(Index);
  for (auto &[S, Value] : Values) {
    if (S.isSymbol("dt") || Booleans.count(S.name()) ||
        ConstantValues.count(S.name()))
      continue;
    Draw D(S.name(), Index);
    if (Index % 2 != 0 && !S.isSymbol("t") && !Nearby.empty()) {
      Value = D.between(0.9, 1.1) *
              Nearby[static_cast<size_t>(D.uniform() *
                                         static_cast<double>(Nearby.size()))];
      continue;
    }
    // Each size has its turn for t, by which an equation often changes.
    if (S.isSymbol("t")) {
      const std::vector<double> &Sizes = Times.empty() ? FarScales : Times;
      Value =
          Sizes[Sizes.size() - 1 - Index % Sizes.size()] * D.between(0.1, 2.0);
      continue;
    }
    auto Size = static_cast<size_t>(D.uniform() *
                                    static_cast<double>(FarScales.size()));
    Value = FarScales[Size] * D.between(-2.0, 2.0);
  }
  return Values;
}

} // namespace brian2lift
