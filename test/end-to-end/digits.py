"""Numbers for evaluation: long doubles, or as many digits as it takes.

Differences of nearly equal values leave few digits of a long double, so that a
right reading can look wrong.  Whoever sees a difference asks again:

    with many():
        ...  # real() gives numbers of `BITS` bits (MPFR)

Arrays of such numbers are numpy's arrays of objects.  Whatever numpy cannot do
with objects has a function here, which takes both.
"""
import contextlib

import gmpy2
import numpy as np

#: More than doubles of all sizes need to be added and taken apart again.
BITS = 1200
_are_many = False


@contextlib.contextmanager
def many():
    global _are_many
    before, _are_many = _are_many, True
    try:
        with gmpy2.local_context(gmpy2.context(), precision=BITS), (
                np.errstate(all='ignore')):
            yield
    finally:
        _are_many = before


def _exactly(value):
    if isinstance(value, np.longdouble):
        high = float(value)
        rest = float(value - high) if np.isfinite(high) else 0.0
        return gmpy2.mpfr(high) + rest
    return gmpy2.mpfr(value.item() if isinstance(value, np.generic) else value)


_EXACTLY = np.frompyfunc(_exactly, 1, 1)


def real(value):
    """A number or an array as floating point numbers."""
    if _are_many:
        return _EXACTLY(value)
    return np.asarray(value, np.longdouble)[()]


def number(value):
    """A truth value as 0 or 1, a number as it is."""
    return _EXACTLY(value) if _are_many else value * 1.0


def is_real(value):
    return isinstance(value, (float, np.floating, type(gmpy2.mpfr(0)))) or (
        isinstance(value, np.ndarray) and value.dtype.kind in 'fO')


def _either(name, precise=None, kind=None):
    plain = getattr(np, name)
    others = np.frompyfunc(getattr(gmpy2, precise or name), 1, 1)

    def function(x):
        if not _are_many:
            return plain(x)
        result = others(x)
        return np.asarray(result, kind)[()] if kind else result
    return function


exp, expm1 = _either('exp'), _either('expm1')
log, log10, log1p = _either('log'), _either('log10'), _either('log1p')
sqrt = _either('sqrt')
sin, cos, tan = _either('sin'), _either('cos'), _either('tan')
sinh, cosh, tanh = _either('sinh'), _either('cosh'), _either('tanh')
arcsin, arccos = _either('arcsin', 'asin'), _either('arccos', 'acos')
arctan = _either('arctan', 'atan')
floor, ceil, trunc = _either('floor'), _either('ceil'), _either('trunc')
sign = _either('sign')
isfinite = _either('isfinite', 'is_finite', bool)
isnan = _either('isnan', 'is_nan', bool)


def power(a, b):
    return np.power(real(a), real(b)) if _are_many else np.power(a, b)
