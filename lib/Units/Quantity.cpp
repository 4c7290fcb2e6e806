//===- Units/Quantity.cpp -----------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Brian2 prints a quantity as numpy prints an array of one number, in the unit
// in which that number is closest to ten. Both are followed step by step here,
// with the same floating point operations in the same order, since ties and
// roundings show.
//
//===----------------------------------------------------------------------===//

#include "Units/Catalogue.h"
#include <charconv>
#include <cmath>

namespace brian2lift {

namespace {

/// The shortest decimal digits that give back `Value`, and where the point is:
/// 0.digits * 10**Point. `Value` is finite and positive.
struct Digits {
  std::string Text;
  int Point = 0;
};

/// Digits of `1.2345e-06`.
Digits digitsOf(llvm::StringRef Scientific) {
  auto [Mantissa, Exponent] = Scientific.split('e');
  Digits D;
  for (char C : Mantissa)
    if (C != '.')
      D.Text += C;
  while (D.Text.size() > 1 && D.Text.back() == '0')
    D.Text.pop_back();
  int E = 0;
  Exponent.consume_front("+");
  Exponent.getAsInteger(10, E);
  D.Point = E + 1;
  return D;
}

Digits shortest(double Value) {
  char Buffer[64];
  std::to_chars_result R = std::to_chars(Buffer, Buffer + sizeof(Buffer), Value,
                                         std::chars_format::scientific);
  return digitsOf(llvm::StringRef(Buffer, R.ptr - Buffer));
}

/// As `printf` with `%.*e`, but whatever the locale.
Digits rounded(double Value, int Precision) {
  char Buffer[512];
  std::to_chars_result R =
      std::to_chars(Buffer, Buffer + sizeof(Buffer), Value,
                    std::chars_format::scientific, Precision);
  return digitsOf(llvm::StringRef(Buffer, R.ptr - Buffer));
}

std::string exponentOf(int E) {
  std::string Text = std::to_string(std::abs(E));
  if (Text.size() < 2)
    Text.insert(0, "0");
  return (E < 0 ? "e-" : "e+") + Text;
}

/// `d.ddd`, with a point always; `12.`, `0.001`.
std::string positional(const Digits &D) {
  int Size = static_cast<int>(D.Text.size());
  if (D.Point <= 0)
    return "0." + std::string(-D.Point, '0') + D.Text;
  if (D.Point >= Size)
    return D.Text + std::string(D.Point - Size, '0') + ".";
  return D.Text.substr(0, D.Point) + "." + D.Text.substr(D.Point);
}

std::string scientific(const Digits &D) {
  return D.Text.substr(0, 1) + "." + D.Text.substr(1) + exponentOf(D.Point - 1);
}

const char *specialText(double Value) {
  return std::isnan(Value) ? "nan" : Value < 0 ? "-inf" : "inf";
}

/// numpy.array_str(numpy.array([Value])) without the brackets: at most eight
/// digits after the point, no trailing zeros, an exponent from 1e8 on and below
/// 1e-4 (numpy/core/arrayprint.py, FloatingFormat).
std::string numpyText(double Value) {
  if (!std::isfinite(Value))
    return specialText(Value);
  const char *Sign = std::signbit(Value) ? "-" : "";
  double Magnitude = std::abs(Value);
  if (Magnitude == 0)
    return std::string(Sign) + "0.";
  constexpr int Precision = 8;
  Digits D = shortest(Magnitude);
  if (Magnitude >= 1e8 || Magnitude < 1e-4) {
    if (D.Text.size() > Precision + 1)
      D = rounded(Magnitude, Precision);
    return Sign + scientific(D);
  }
  // Digits after the point: those beyond the eighth are rounded away, from the
  // exact value, not from the shortest digits.
  if (static_cast<int>(D.Text.size()) - D.Point > Precision)
    D = rounded(Magnitude, D.Point + Precision - 1);
  return Sign + positional(D);
}

struct BestUnit {
  double Value = 1;
  std::string Text;
};

/// UnitRegistry.__getitem__: the unit with the least (log10(x/unit) - 1)**2.
BestUnit bestUnit(double Value, const PoweredUnit &U) {
  auto Scaled = [&](const Prefix &P) {
    BestUnit B;
    B.Value = std::pow(10.0, (P.Scale + U.Base->Scale) * U.Power);
    B.Text = P.Text.str() + U.Base->Text.str();
    if (U.Power != 1)
      B.Text += "^" + std::to_string(U.Power);
    return B;
  };
  // The kelvin has no prefixes; the empty one is the last.
  llvm::ArrayRef<Prefix> Prefixes =
      U.Base->HasPrefixes ? shownPrefixes() : shownPrefixes().take_back();
  BestUnit Best = Scaled(Prefixes.front());
  double Least = 0;
  bool IsFirst = true;
  bool AnyNumber = false;
  for (const Prefix &P : Prefixes) {
    BestUnit B = Scaled(P);
    double Ratio = std::abs(Value) / B.Value;
    // numpy's nansum counts what is not a number, and so what is zero, as no
    // deviation at all.
    double Deviation = 0;
    if (Ratio != 0 && !std::isnan(Ratio)) {
      AnyNumber = true;
      double L = std::log10(Ratio) - 1;
      Deviation = L * L;
    }
    if (IsFirst || Deviation < Least) {
      IsFirst = false;
      Least = Deviation;
      Best = B;
    }
  }
  if (AnyNumber)
    return Best;
  for (const Prefix &P : Prefixes)
    if ((P.Scale + U.Base->Scale) * U.Power == 0)
      return Scaled(P);
  return Best;
}

} // namespace

std::string quantityText(double Value, const Dimension &D) {
  if (D.isDimensionless())
    return numberText(Value, /*IsInteger=*/false);
  if (std::optional<PoweredUnit> U = shownUnit(D)) {
    BestUnit B = bestUnit(Value, *U);
    return numpyText(Value / B.Value) + " " + B.Text;
  }
  return numpyText(Value) + " " + unitText(D);
}

std::string numberText(double Value, bool IsInteger) {
  if (!std::isfinite(Value))
    return specialText(Value);
  std::string Sign = std::signbit(Value) ? "-" : "";
  double Magnitude = std::abs(Value);
  if (IsInteger) {
    char Buffer[512];
    std::to_chars_result R =
        std::to_chars(Buffer, Buffer + sizeof(Buffer), Magnitude,
                      std::chars_format::fixed, 0);
    return (Magnitude == 0 ? "" : Sign) + std::string(Buffer, R.ptr);
  }
  if (Magnitude == 0)
    return Sign + "0.0";
  // Python's float_repr: an exponent below 1e-4 and from 1e16 on.
  Digits D = shortest(Magnitude);
  if (D.Point > 16 || D.Point < -3) {
    if (D.Text.size() == 1)
      return Sign + D.Text + exponentOf(D.Point - 1);
    return Sign + scientific(D);
  }
  std::string Text = positional(D);
  if (Text.back() == '.')
    Text += '0';
  return Sign + Text;
}

} // namespace brian2lift
