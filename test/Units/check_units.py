#!/usr/bin/python3
"""Writes what Brian2 itself says about units, for UnitsCheck to compare.

    check_units.py OUTPUT.tsv [SEED]
    check_units.py --read EXPRESSIONS.tsv

The second form reads what UnitsCheck --expressions wrote, seven exponents and a
unit expression a line, and has Brian2's equations read each expression.

In the first form, one case a line, fields separated by tabs; the last one is the text expected:

    unit      seven exponents                str(get_unit(dim))
    dim       seven exponents                str(dim)
    quantity  seven exponents, value         str(Quantity(value, dim=dim))
    number    value, integer?                str(value)
    name      name, value, seven exponents   str(unit), or - where Brian2 has none
    constant  the same for brian2.units.constants

Needs Brian2 (Debian's python3-brian, 2.5.1). The seed is fixed, so that a
failure comes back.
"""
import random
import sys
import warnings

warnings.simplefilter("ignore")
import brian2
import numpy as np
from brian2 import Quantity, Unit
from brian2.core.namespace import DEFAULT_UNITS
from brian2.equations.equations import dimensions_and_type_from_string
from brian2.units import allunits, constants
from brian2.units.fundamentalunits import (Dimension, _siprefixes,
                                           additional_unit_register,
                                           get_or_create_dimension, get_unit,
                                           standard_unit_register)

# get_unit would register each new dimension as a unit of the user's.
Unit.automatically_register_units = False
# Brian2 compares dimensions with numpy.allclose, and Python's hash(-1) is
# hash(-2): thousands of dimensions in a dictionary take minutes to compare.
Dimension.__eq__ = lambda self, other: (self is other or
                                        self._dims == getattr(other, "_dims", None))

SPECIAL = [0.0, -0.0, float("inf"), float("-inf"), float("nan"), 5e-324, -5e-324,
           2.2250738585072014e-308, 1.7976931348623157e308, 1e22, 1e23, 9e15,
           9007199254740993.0, 1e16, 123456789012345678.0, 0.1 + 0.2, 1 / 3,
           2 / 3, 1e8, 99999999.99999999, 99999999.5, 1e-4, 9.9999999999e-5,
           0.00010000000000000002, 0.999999999, 0.9999999999, 9.999999995,
           1.000000005, 1.000000015, 1.000000025, 0.000000005, 12345678.123456789,
           67108865.12345678, 0.125, 0.0625, 2.0 ** -20, 2.0 ** 60, 1e-8, 1e4,
           1e-2, 1e-10, 1e10]


#: Dimensions that have units of their own; get_unit adds to the registries.
REGISTERED = list(standard_unit_register.units_for_dimensions)
REGISTERED += [d for d in additional_unit_register.units_for_dimensions
               if d not in REGISTERED]


def exponent(rng):
    """Mostly small integers; now and then a fraction."""
    kind = rng.random()
    if kind < 0.55:
        return 0
    if kind < 0.93:
        return rng.choice([-4, -3, -2, -1, 1, 2, 3, 4])
    return rng.choice([0.5, -0.5, 1.5, 0.25, 1 / 3, -2 / 3, 0.2])


def value(rng):
    """As authors write values, as arithmetic leaves them, and anything."""
    kind = rng.randrange(6)
    sign = rng.choice([1, 1, -1])
    power = rng.randint(-30, 30)
    if kind == 0:  # 20*mV, 0.3*nA
        return sign * rng.choice([1, 2, 2.5, 5, 8, 10, 15, 20, 50, 65, 100, 250,
                                  0.1, 0.3, 0.75]) * 10.0 ** rng.randint(-15, 6)
    if kind == 1:  # products such as 20000*um**2 * 1*uF/cm**2
        return (sign * rng.randint(1, 999) * 10.0 ** rng.randint(-12, 3)
                * rng.choice([1e-3, 1e-6, 1e-9, 1e-12, 1e-2, 1.0])
                / rng.choice([1, 3, 7, 1e-2, 1e-4, 12.5]))
    if kind == 2:
        return sign * float(f"{rng.uniform(1, 10):.{rng.randint(0, 12)}f}e{power}")
    if kind == 3:  # a tie between units of areas and the like
        return sign * 10.0 ** power
    if kind == 4:  # a last digit of five, where rounding shows
        return sign * (rng.randint(1, 10 ** 9) + 0.5) * 10.0 ** rng.randint(-17, -1)
    return sign * rng.uniform(1, 10) * 10.0 ** power


def exponents(dim):
    return "\t".join(repr(float(e)) for e in dim._dims)


def units(out, rng):
    dims = list(REGISTERED)
    for _ in range(4000):
        dims.append(get_or_create_dimension([exponent(rng) for _ in range(7)]))
    for a in REGISTERED:
        for b in REGISTERED[::5]:
            dims.append(a * b)
            dims.append(a / b)
    for dim in dims:
        out("unit", exponents(dim), get_unit(dim))
        out("dim", exponents(dim), dim)


def quantities(out, rng):
    for dim in REGISTERED:
        for v in SPECIAL + [-v for v in SPECIAL]:
            out("quantity", exponents(dim), repr(v), Quantity(v, dim=dim))
    for n in range(30000):
        dim = rng.choice(REGISTERED) if n % 4 else get_or_create_dimension(
            [exponent(rng) for _ in range(7)])
        v = value(rng)
        out("quantity", exponents(dim), repr(v), Quantity(v, dim=dim))
    for v in SPECIAL + [value(rng) for _ in range(5000)]:
        out("number", repr(v), 0, v)
    for v in [0, 1, -1, 1000, 10 ** 15, -(10 ** 9), 2 ** 53, 2 ** 63]:
        out("number", v, 1, v)


def names(out):
    everything = {n: u for n, u in vars(allunits).items() if isinstance(u, Unit)}
    del everything["unit"]  # a loop variable of allunits.py
    offered = {n for n, u in vars(brian2).items() if isinstance(u, Unit)}
    offered |= set(DEFAULT_UNITS)
    # Not offered as such, but cm2 and cm3 are these.
    offered |= {"cmetre2", "cmetre3", "cmeter2", "cmeter3"}
    # `from brian2 import *` gives pylab's gray(), an equation the unit.
    everything.update({n: u for n, u in vars(brian2).items() if isinstance(u, Unit)})
    for name, unit in everything.items():
        text = unit if name in offered else "-"
        out("name", name, repr(float(unit)), exponents(unit.dim), text)
        out("name", name, repr(float(unit) * 1.000001), exponents(unit.dim), "-")
        out("name", name, repr(float(unit) * 10), exponents(unit.dim), "-")
        if name not in ("kelvin", "kilogram"):
            continue
        for prefix, power in _siprefixes.items():
            if prefix and prefix + name not in everything:
                out("name", prefix + name, repr(float(unit) * 10.0 ** power),
                    exponents(unit.dim), "-")
    none = "\t".join(["0.0"] * 7)
    for name in ["m", "s", "V", "A", "F", "S", "M", "g", "l", "tau", "mS2", "ms2",
                 "", "2", "mv", "nm", "pS", "kV", "GHz", "mF", "K", "N", "kelvin4"]:
        for power in range(-12, 4):
            out("name", name, repr(10.0 ** power), none, "-")
    for name, c in vars(constants).items():
        if isinstance(c, Quantity) and not isinstance(c, Unit):
            out("constant", name, repr(float(c)), exponents(c.dim), c)
            out("constant", name, repr(float(c) * 1.0001), exponents(c.dim), "-")


def read_expressions(path):
    """Number of unit expressions that an equation takes for something else."""
    cases = wrong = 0
    with open(path, encoding="utf-8") as file:
        for line in file:
            *dims, text = line.rstrip("\n").split("\t")
            cases += 1
            try:
                dim, _ = dimensions_and_type_from_string(text)
                # A script evaluates it as it is.
                assert text == "1" or "candle" in text or (
                    eval(text, vars(brian2)).dim is dim)
            except Exception as error:
                dim = error
            if not np.allclose(getattr(dim, "_dims", np.nan),
                               [float(d) for d in dims]):
                wrong += 1
                print(line.strip(), "read as", dim)
    print(f"expression: {cases} cases, {wrong} different")
    return wrong


def main():
    if sys.argv[1] == "--read":
        sys.exit(read_expressions(sys.argv[2]) != 0)
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 20240229)
    with open(sys.argv[1], "w", encoding="utf-8") as file, \
            np.errstate(all="ignore"):
        def out(*fields):
            print(*fields, sep="\t", file=file)
        units(out, rng)
        quantities(out, rng)
        names(out)


if __name__ == "__main__":
    main()
