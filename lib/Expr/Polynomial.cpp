//===- Expr/Polynomial.cpp ----------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Expr/Polynomial.h"
#include "Expr/RationalImpl.h"
#include "llvm/ADT/STLExtras.h"
#include <flint/fmpq_mpoly.h>
#include <flint/fmpq_mpoly_factor.h>

namespace brian2lift {

namespace {

/// FLINT's context, cleared when it goes.
class Ring {
public:
  explicit Ring(unsigned Variables) {
    fmpq_mpoly_ctx_init(C, Variables, ORD_LEX);
  }
  ~Ring() { fmpq_mpoly_ctx_clear(C); }
  Ring(const Ring &) = delete;
  Ring &operator=(const Ring &) = delete;
  const fmpq_mpoly_ctx_struct *get() const { return C; }

private:
  fmpq_mpoly_ctx_t C;
};

/// FLINT's polynomial, cleared when it goes.
class FlintPolynomial {
public:
  explicit FlintPolynomial(const Ring &R) : R(R) {
    fmpq_mpoly_init(P, R.get());
  }
  FlintPolynomial(const Ring &R, const Polynomial &From) : FlintPolynomial(R) {
    for (const Polynomial::Monomial &M : From.Terms)
      fmpq_mpoly_push_term_fmpq_ui(P, toFlint(M.Coefficient), M.Powers.data(),
                                   R.get());
    fmpq_mpoly_sort_terms(P, R.get());
    fmpq_mpoly_combine_like_terms(P, R.get());
  }
  ~FlintPolynomial() { fmpq_mpoly_clear(P, R.get()); }
  FlintPolynomial(const FlintPolynomial &) = delete;
  FlintPolynomial &operator=(const FlintPolynomial &) = delete;
  fmpq_mpoly_struct *get() { return P; }

private:
  const Ring &R;
  fmpq_mpoly_t P;
};

/// Nullopt where an exponent does not fit.
std::optional<Polynomial> fromFlint(fmpq_mpoly_struct *P, const Ring &R,
                                    unsigned Variables) {
  Polynomial Result(Variables);
  for (slong I = 0; I < fmpq_mpoly_length(P, R.get()); ++I) {
    if (!fmpq_mpoly_term_exp_fits_ui(P, I, R.get()))
      return std::nullopt;
    Rational Coefficient;
    Polynomial::Exponents Powers(Variables);
    fmpq_mpoly_get_term_coeff_fmpq(toFlint(Coefficient), P, I, R.get());
    fmpq_mpoly_get_term_exp_ui(Powers.data(), P, I, R.get());
    Result.add(Coefficient, std::move(Powers));
  }
  return Result;
}

} // namespace

std::optional<Polynomial> divideExactly(const Polynomial &A,
                                        const Polynomial &B) {
  Ring R(A.Variables);
  FlintPolynomial Dividend(R, A), Divisor(R, B), Quotient(R);
  if (fmpq_mpoly_is_zero(Divisor.get(), R.get()) ||
      !fmpq_mpoly_divides(Quotient.get(), Dividend.get(), Divisor.get(),
                          R.get()))
    return std::nullopt;
  return fromFlint(Quotient.get(), R, A.Variables);
}

/// True for x*m + r, where m is one term, neither m nor r holds x, and no
/// variable is in all terms: one factor would have no x, so divide m, and r,
/// and be a number. Most sums are of this kind, and need no algebra.
static bool isPlainlyIrreducible(const Polynomial &P) {
  bool HasLinear = false;
  for (unsigned X = 0; X < P.Variables; ++X) {
    auto Power = [&](const Polynomial::Monomial &M) { return M.Powers[X]; };
    if (llvm::all_of(P.Terms, Power))
      return false;
    HasLinear |=
        llvm::count_if(P.Terms, Power) == 1 &&
        llvm::all_of(P.Terms, [&](const auto &M) { return Power(M) <= 1; });
  }
  // Equal monomials are for FLINT to add up.
  for (size_t I = 0; HasLinear && I < P.Terms.size(); ++I)
    for (size_t J = I + 1; J < P.Terms.size(); ++J)
      HasLinear &= P.Terms[I].Powers != P.Terms[J].Powers;
  return HasLinear && P.Terms.size() > 1 &&
         llvm::none_of(P.Terms, [](const Polynomial::Monomial &M) {
           return M.Coefficient.isZero();
         });
}

/// An irreducible polynomial as FLINT gives it: with integers, the leading one
/// above 0.
static Factorization factorizeIrreducible(Polynomial P) {
  Factorization Result;
  for (const Polynomial::Monomial &M : P.Terms)
    Result.Content = Rational::gcd(Result.Content, M.Coefficient);
  auto Leading = llvm::max_element(P.Terms, [](const auto &L, const auto &R) {
    return L.Powers < R.Powers;
  });
  if (Leading->Coefficient.sign() < 0)
    Result.Content = -Result.Content;
  for (Polynomial::Monomial &M : P.Terms)
    M.Coefficient = M.Coefficient / Result.Content;
  Result.Factors.push_back({std::move(P), 1});
  return Result;
}

std::optional<Factorization> factorize(const Polynomial &P) {
  if (isPlainlyIrreducible(P))
    return factorizeIrreducible(P);
  Ring R(P.Variables);
  FlintPolynomial Whole(R, P);
  if (fmpq_mpoly_is_zero(Whole.get(), R.get()))
    return std::nullopt;
  fmpq_mpoly_factor_t F;
  fmpq_mpoly_factor_init(F, R.get());
  std::optional<Factorization> Result;
  if (fmpq_mpoly_factor(F, Whole.get(), R.get()) &&
      fmpq_mpoly_factor_make_integral(F, R.get())) {
    Result.emplace();
    fmpq_mpoly_factor_get_constant_fmpq(toFlint(Result->Content), F, R.get());
    for (slong I = 0; Result && I < fmpq_mpoly_factor_length(F, R.get()); ++I) {
      auto Base = fromFlint(&F->poly[I], R, P.Variables);
      slong Power = fmpq_mpoly_factor_get_exp_si(F, I, R.get());
      if (Base && Power > 0)
        Result->Factors.push_back(
            {std::move(*Base), static_cast<unsigned long>(Power)});
      else
        Result.reset();
    }
  }
  fmpq_mpoly_factor_clear(F, R.get());
  return Result;
}

} // namespace brian2lift
