//===- Expr/RationalImpl.h - FLINT's view of a Rational -----------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For .cpp files of this room only: the two words of a Rational are an fmpq.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EXPR_RATIONALIMPL_H
#define BRIAN2LIFT_EXPR_RATIONALIMPL_H

#include "Expr/Rational.h"
#include <flint/fmpq.h>

namespace brian2lift {

inline fmpq *toFlint(Rational &R) { return static_cast<fmpq *>(R.raw()); }
inline const fmpq *toFlint(const Rational &R) {
  return static_cast<const fmpq *>(R.raw());
}

} // namespace brian2lift

#endif // BRIAN2LIFT_EXPR_RATIONALIMPL_H
