//===- Expr/Rational.cpp ------------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Expr/RationalImpl.h"
#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>
#include <flint/fmpz.h>
#include <new>

namespace brian2lift {

static_assert(sizeof(Rational) == sizeof(fmpq), "a Rational is FLINT's fmpq");

namespace {

/// Exponents beyond double's range cannot come from a generator and would make
/// numbers of arbitrary size.
constexpr long MaxExponent = 400;
/// Powers are worked out to 1,000 digits (Expr.cpp), which are up to four times
/// as many behind a decimal point; what is printed must be read again.
constexpr size_t MaxLiteral = 5000;

std::string toText(const fmpz_t Integer) {
  char *Text = fmpz_get_str(nullptr, 10, Integer);
  std::string Result(Text);
  flint_free(Text);
  return Result;
}

/// Most numbers fit into this; what is asked of them often then needs no text.
using Wide = unsigned __int128;

/// The absolute value, where it fits.
std::optional<Wide> magnitude(const fmpz *Z) {
  if (!COEFF_IS_MPZ(*Z))
    return static_cast<Wide>(std::labs(*Z));
  const __mpz_struct *Large = COEFF_TO_PTR(*Z);
  switch (std::abs(Large->_mp_size)) {
  case 1:
    return Large->_mp_d[0];
  case 2:
    return static_cast<Wide>(Large->_mp_d[1]) << 64 | Large->_mp_d[0];
  default:
    return std::nullopt;
  }
}

/// A number above 0 as 2**Twos * 5**Fives * Rest.
struct Tenfold {
  unsigned Twos = 0, Fives = 0;
  Wide Rest;
};

Tenfold tenfold(Wide Value) {
  Tenfold T;
  for (; (Value & 1) == 0; Value >>= 1)
    ++T.Twos;
  for (; Value > UINT64_MAX && Value % 5 == 0; Value /= 5)
    ++T.Fives;
  if (Value <= UINT64_MAX) {
    // Dividing words is many times faster.
    auto Word = static_cast<uint64_t>(Value);
    for (; Word % 5 == 0; Word /= 5)
      ++T.Fives;
    Value = Word;
  }
  T.Rest = Value;
  return T;
}

/// Of a number above 0.
unsigned digitsOf(Wide Value) {
  unsigned Digits = 0;
  for (; Value > UINT64_MAX; Value /= 10)
    ++Digits;
  for (auto Word = static_cast<uint64_t>(Value); Word != 0; Word /= 10)
    ++Digits;
  return Digits;
}

/// A number above 0 without the zeros at its end.
Wide withoutZeros(Wide Value) {
  while (Value > UINT64_MAX && Value % 10 == 0)
    Value /= 10;
  if (Value > UINT64_MAX)
    return Value;
  auto Word = static_cast<uint64_t>(Value);
  while (Word % 10 == 0)
    Word /= 10;
  return Word;
}

} // namespace

void Rational::set(long Integer) { fmpq_set_si(toFlint(*this), Integer, 1); }

Rational::Rational(long Numerator, long Denominator) : Words{0, 1} {
  static_assert(LargestSmall == COEFF_MAX);
  assert(Denominator != 0);
  if (Denominator < 0)
    fmpq_set_si(toFlint(*this), -Numerator, -static_cast<ulong>(Denominator));
  else
    fmpq_set_si(toFlint(*this), Numerator, Denominator);
}

void Rational::copy(const Rational &O) {
  fmpq_init(toFlint(*this));
  fmpq_set(toFlint(*this), toFlint(O));
}

void Rational::assign(const Rational &O) {
  if (this != &O)
    fmpq_set(toFlint(*this), toFlint(O));
}

void Rational::clear() { fmpq_clear(toFlint(*this)); }

std::optional<Rational> Rational::fromDecimal(llvm::StringRef Text) {
  if (Text.empty() || Text.size() > MaxLiteral)
    return std::nullopt;
  bool IsHex = Text.starts_with_insensitive("0x");
  if (IsHex)
    Text = Text.drop_front(2);
  unsigned Base = IsHex ? 16 : 10;
  auto IsExponent = [&](char C) {
    return IsHex ? (C == 'p' || C == 'P') : (C == 'e' || C == 'E');
  };

  std::string Digits;
  long Scale = 0; // digits behind the point
  bool SawPoint = false;
  size_t I = 0;
  for (; I < Text.size(); ++I) {
    char C = Text[I];
    if (C == '\'')
      continue; // C++14's digit separator
    if (C == '.') {
      if (SawPoint)
        return std::nullopt;
      SawPoint = true;
      continue;
    }
    if (IsExponent(C) || !(IsHex ? llvm::isHexDigit(C) : llvm::isDigit(C)))
      break;
    Digits += C;
    Scale += SawPoint;
  }
  if (Digits.empty())
    return std::nullopt;

  long Exponent = 0;
  if (I < Text.size()) {
    if (!IsExponent(Text[I]) ||
        Text.drop_front(I + 1).getAsInteger(10, Exponent)) {
      // getAsInteger does not read a leading plus.
      llvm::StringRef Rest = Text.drop_front(I + 1);
      if (!IsExponent(Text[I]) || !Rest.consume_front("+") ||
          Rest.starts_with("-") || Rest.getAsInteger(10, Exponent))
        return std::nullopt;
    }
    if (Exponent > 4 * MaxExponent || Exponent < -4 * MaxExponent)
      return std::nullopt;
  }
  if (!IsHex && !SawPoint && Exponent == 0 && Digits.size() > 1 &&
      Digits[0] == '0' && I == Text.size())
    Base = 8; // an octal integer literal

  Rational Result;
  fmpq *Q = toFlint(Result);
  if (fmpz_set_str(fmpq_numref(Q), Digits.c_str(), static_cast<int>(Base)) != 0)
    return std::nullopt;
  long Power = IsHex ? Exponent - 4 * Scale : Exponent - Scale;
  fmpz_t Factor;
  fmpz_init(Factor);
  fmpz_set_ui(Factor, IsHex ? 2 : 10);
  fmpz_pow_ui(Factor, Factor, static_cast<ulong>(std::labs(Power)));
  if (Power >= 0)
    fmpz_mul(fmpq_numref(Q), fmpq_numref(Q), Factor);
  else
    fmpz_set(fmpq_denref(Q), Factor);
  fmpq_canonicalise(Q);
  fmpz_clear(Factor);
  return Result;
}

Rational Rational::fromDouble(double Value) {
  assert(std::isfinite(Value));
  int Exponent = 0;
  double Mantissa = std::frexp(Value, &Exponent);
  auto Integer = static_cast<long>(std::ldexp(Mantissa, 53));
  Rational Result(Integer);
  Rational Two(2);
  return Result * Two.pow(Exponent - 53);
}

int Rational::signOfLarge() const { return fmpq_sgn(toFlint(*this)); }

std::optional<long> Rational::toLong() const {
  const fmpq *Q = toFlint(*this);
  if (!isInteger() || !fmpz_fits_si(fmpq_numref(Q)))
    return std::nullopt;
  return fmpz_get_si(fmpq_numref(Q));
}

double Rational::toDouble() const {
  // fmpq_get_d rounds towards zero; strtod on enough digits rounds to nearest,
  // but a fraction has no finite decimal. So: scale to an integer of 64+ bits,
  // keep a sticky bit, and let ldexp do the last step.
  const fmpq *Q = toFlint(*this);
  if (fmpq_is_zero(Q))
    return 0.0;
  long Bits = static_cast<long>(fmpz_bits(fmpq_numref(Q))) -
              static_cast<long>(fmpz_bits(fmpq_denref(Q)));
  // Below the normal range there are fewer bits to round to.
  long Wanted = 55;
  if (Bits < -1021)
    Wanted = std::max(2L, 55 + (Bits + 1021));
  long Shift = Wanted - Bits;
  fmpz_t Num, Den, Quot, Rem;
  fmpz_init_set(Num, fmpq_numref(Q));
  fmpz_init_set(Den, fmpq_denref(Q));
  fmpz_init(Quot);
  fmpz_init(Rem);
  fmpz_abs(Num, Num);
  if (Shift >= 0)
    fmpz_mul_2exp(Num, Num, static_cast<ulong>(Shift));
  else
    fmpz_mul_2exp(Den, Den, static_cast<ulong>(-Shift));
  fmpz_fdiv_qr(Quot, Rem, Num, Den);
  fmpz_mul_2exp(Quot, Quot, 1);
  if (!fmpz_is_zero(Rem))
    fmpz_add_ui(Quot, Quot, 1); // the sticky bit
  // Quot has at most 57 bits: round it to 53 by hand, half to even.
  auto Value = static_cast<uint64_t>(fmpz_get_ui(Quot));
  fmpz_clear(Num);
  fmpz_clear(Den);
  fmpz_clear(Quot);
  fmpz_clear(Rem);
  long Exponent = -Shift - 1;
  double Result = std::ldexp(static_cast<double>(Value), 0);
  if (Value >> 53) {
    int Drop = 0;
    while (Value >> (53 + Drop))
      ++Drop;
    // In the subnormal range still fewer bits survive.
    long Lowest = Exponent + Drop;
    if (Lowest < -1074)
      Drop += static_cast<int>(-1074 - Lowest);
    uint64_t Kept = Value >> Drop;
    uint64_t Half = uint64_t(1) << (Drop - 1);
    uint64_t Tail = Value & ((uint64_t(1) << Drop) - 1);
    if (Tail > Half || (Tail == Half && (Kept & 1)))
      ++Kept;
    Result = std::ldexp(static_cast<double>(Kept),
                        static_cast<int>(Exponent + Drop));
  } else {
    Result = std::ldexp(Result, static_cast<int>(Exponent));
  }
  return fmpq_sgn(Q) < 0 ? -Result : Result;
}

std::string Rational::toString() const {
  const fmpq *Q = toFlint(*this);
  std::string Text = toText(fmpq_numref(Q));
  if (!isInteger())
    Text += "/" + toText(fmpq_denref(Q));
  return Text;
}

std::optional<std::string> Rational::toDecimal() const {
  const fmpq *Q = toFlint(*this);
  fmpz_t Rest, Two, Five;
  fmpz_init(Rest);
  fmpz_init_set_ui(Two, 2);
  fmpz_init_set_ui(Five, 5);
  slong Twos = fmpz_remove(Rest, fmpq_denref(Q), Two);
  slong Fives = fmpz_remove(Rest, Rest, Five);
  bool IsFinite = fmpz_is_one(Rest);
  std::string Text;
  slong Scale = std::max(Twos, Fives);
  if (IsFinite) {
    // numerator * 2^a * 5^b is an integer with `Scale` digits behind the point.
    fmpz_t Scaled;
    fmpz_init_set(Scaled, fmpq_numref(Q));
    fmpz_pow_ui(Two, Two, static_cast<ulong>(Scale - Twos));
    fmpz_pow_ui(Five, Five, static_cast<ulong>(Scale - Fives));
    fmpz_mul(Scaled, Scaled, Two);
    fmpz_mul(Scaled, Scaled, Five);
    Text = toText(Scaled);
    fmpz_clear(Scaled);
  }
  fmpz_clear(Rest);
  fmpz_clear(Two);
  fmpz_clear(Five);
  if (!IsFinite)
    return std::nullopt;

  std::string Sign;
  if (Text[0] == '-') {
    Sign = "-";
    Text.erase(0, 1);
  }
  // Value = 0.d1d2d3... * 10^Point
  long Point = static_cast<long>(Text.size()) - Scale;
  size_t LastDigit = Text.find_last_not_of('0');
  if (LastDigit == std::string::npos)
    return "0";
  std::string Significant = Text.substr(0, LastDigit + 1);
  auto Length = static_cast<long>(Significant.size());
  if (Point > 0 && Point <= 15) {
    if (Length <= Point)
      return Sign + Significant + std::string(Point - Length, '0');
    return Sign + Significant.substr(0, Point) + "." +
           Significant.substr(Point);
  }
  if (Point <= 0 && Point > -4)
    return Sign + "0." + std::string(-Point, '0') + Significant;
  std::string Mantissa = Significant.substr(0, 1);
  if (Length > 1)
    Mantissa += "." + Significant.substr(1);
  return Sign + Mantissa + "e" + std::to_string(Point - 1);
}

bool Rational::isDecimal() const {
  if (auto Below = magnitude(fmpq_denref(toFlint(*this))))
    return tenfold(*Below).Rest == 1;
  return toDecimal().has_value();
}

unsigned Rational::significantDigits() const {
  if (isZero())
    return 1;
  const fmpq *Q = toFlint(*this);
  auto Above = magnitude(fmpq_numref(Q)), Below = magnitude(fmpq_denref(Q));
  if (Above && Below) {
    Tenfold Parts = tenfold(*Below);
    if (Parts.Rest != 1)
      return digitsOf(*Above) + digitsOf(*Below);
    // The digits are those of the numerator times what the denominator lacks
    // for a power of ten.
    Wide Factor = Parts.Twos > Parts.Fives ? 5 : 2;
    unsigned Missing = Parts.Twos > Parts.Fives ? Parts.Twos - Parts.Fives
                                                : Parts.Fives - Parts.Twos;
    for (; Missing != 0 && *Above <= ~Wide(0) / Factor; --Missing)
      *Above *= Factor;
    if (Missing == 0)
      return digitsOf(withoutZeros(*Above));
  }
  std::optional<std::string> Decimal = toDecimal();
  if (!Decimal)
    return digits();
  std::string Digits(llvm::StringRef(*Decimal).split('e').first);
  llvm::erase_if(Digits, [](char C) { return !llvm::isDigit(C); });
  return static_cast<unsigned>(llvm::StringRef(Digits).trim('0').size());
}

Rational Rational::numerator() const {
  Rational R;
  fmpz_set(fmpq_numref(toFlint(R)), fmpq_numref(toFlint(*this)));
  return R;
}

Rational Rational::denominator() const {
  Rational R;
  fmpz_set(fmpq_numref(toFlint(R)), fmpq_denref(toFlint(*this)));
  return R;
}

Rational Rational::abs() const {
  Rational R;
  fmpq_abs(toFlint(R), toFlint(*this));
  return R;
}

unsigned Rational::digits() const {
  std::string Text = toDecimal().value_or(toString());
  return static_cast<unsigned>(llvm::count_if(Text, llvm::isDigit));
}

Rational Rational::pow(long Exponent) const {
  assert(!(isZero() && Exponent < 0));
  Rational R;
  fmpq_pow_si(toFlint(R), toFlint(*this), Exponent);
  return R;
}

std::optional<Rational> Rational::root(unsigned long N) const {
  const fmpq *Q = toFlint(*this);
  if (N == 0 || fmpq_sgn(Q) < 0)
    return std::nullopt;
  Rational R;
  fmpq *Result = toFlint(R);
  if (!fmpz_root(fmpq_numref(Result), fmpq_numref(Q), static_cast<slong>(N)) ||
      !fmpz_root(fmpq_denref(Result), fmpq_denref(Q), static_cast<slong>(N)))
    return std::nullopt;
  return R;
}

Rational Rational::operator-() const {
  Rational R;
  fmpq_neg(toFlint(R), toFlint(*this));
  return R;
}

Rational Rational::operator+(const Rational &O) const {
  Rational R;
  fmpq_add(toFlint(R), toFlint(*this), toFlint(O));
  return R;
}

Rational Rational::operator-(const Rational &O) const {
  Rational R;
  fmpq_sub(toFlint(R), toFlint(*this), toFlint(O));
  return R;
}

Rational Rational::operator*(const Rational &O) const {
  if (isOne())
    return O;
  if (O.isOne())
    return *this;
  Rational R;
  fmpq_mul(toFlint(R), toFlint(*this), toFlint(O));
  return R;
}

Rational Rational::operator/(const Rational &O) const {
  assert(!O.isZero());
  Rational R;
  fmpq_div(toFlint(R), toFlint(*this), toFlint(O));
  return R;
}

bool Rational::isEqual(const Rational &O) const {
  return fmpq_equal(toFlint(*this), toFlint(O));
}

bool Rational::operator<(const Rational &O) const {
  return fmpq_cmp(toFlint(*this), toFlint(O)) < 0;
}

Rational Rational::gcd(const Rational &A, const Rational &B) {
  Rational Result;
  fmpq_gcd(toFlint(Result), toFlint(A), toFlint(B));
  return Result;
}

size_t Rational::hash() const {
  const fmpq *Q = toFlint(*this);
  // Big integers are pointers; their residues are values.
  constexpr ulong Prime = 0x1fffffffffffffff; // 2^61 - 1
  auto Residue = [](const fmpz *Z) {
    return COEFF_IS_MPZ(*Z) ? fmpz_fdiv_ui(Z, Prime) : static_cast<ulong>(*Z);
  };
  return llvm::hash_combine(Residue(fmpq_numref(Q)), Residue(fmpq_denref(Q)));
}

Rational simplestFraction(const Rational &Decimal, unsigned Digits,
                          long MaxDenominator) {
  std::optional<std::string> Text = Decimal.toDecimal();
  if (!Text || Decimal.isZero() || Decimal.digits() + 1 < Digits)
    return Decimal;
  // A digit was lost when the number became smaller, or was zero.
  Digits = std::min(Digits, Decimal.significantDigits());
  // One unit of the last of `Digits` digits: the number may be a rounded sum
  // of rounded numbers.
  double Magnitude = std::fabs(Decimal.toDouble());
  if (!(Magnitude > 0) || !std::isfinite(Magnitude))
    return Decimal;
  long Exponent = static_cast<long>(std::floor(std::log10(Magnitude))) + 1 -
                  static_cast<long>(Digits);
  Rational Unit = Rational(10).pow(Exponent);
  Rational Value = Decimal.abs();

  // Walk the continued fraction; the convergents are the best approximations.
  Rational P0(0), Q0(1), P1(1), Q1(0), Rest = Value;
  for (int Step = 0; Step < 40; ++Step) {
    Rational Whole;
    fmpz_fdiv_q(fmpq_numref(toFlint(Whole)), fmpq_numref(toFlint(Rest)),
                fmpq_denref(toFlint(Rest)));
    Rational P2 = Whole * P1 + P0, Q2 = Whole * Q1 + Q0;
    if (Rational(MaxDenominator) < Q2)
      return Decimal;
    Rational Fraction = P2 / Q2;
    if (!(Unit < (Fraction - Value).abs())) {
      // With nearly as many digits as the decimal it fits by chance.
      if (3 * Fraction.digits() > 2 * Digits)
        return Decimal;
      return Decimal.sign() < 0 ? -Fraction : Fraction;
    }
    Rational Remainder = Rest - Whole;
    if (Remainder.isZero())
      return Decimal;
    P0 = std::move(P1);
    Q0 = std::move(Q1);
    P1 = std::move(P2);
    Q1 = std::move(Q2);
    Rest = Rational(1) / Remainder;
  }
  return Decimal;
}

} // namespace brian2lift
