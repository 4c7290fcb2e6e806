"""Are two expressions in Brian2's syntax equal?  Asked by evaluation.

Expressions are evaluated at many random points at once (numpy arrays).  With
each value goes a magnitude: the size of the terms it is made of.  Where a
value is tiny beside its magnitude, rounding decides, and the point is skipped;
everywhere else two expressions must agree to `TOLERANCE`.

Functions nobody knows (TimedArrays, the user's) are opaque: any fixed smooth
function will do, the same for the same C++ name.  Random numbers are opaque
functions too: a call is a symbol, by its name and arguments.
"""
import ast
import hashlib
import re
import sys

import numpy as np

import digits

sys.setrecursionlimit(20000)  # long sums are deep trees

TOLERANCE = 1e-7
POINTS = 256
ENOUGH = 24  # valid points without which nothing is said

#: Typical sizes of metre, kilogram, second, ampere, kelvin, mole, candela in
#: neurons: with them 20 mV, 1 nA, 50 nS, 10 ms and 0.5 nF are typical.
TYPICAL = (1e-5, 2e-7, 1e-2, 1e-9, 300.0, 1e-15, 1.0)

PREFIXES = {'': 1.0, 'm': 1e-3, 'u': 1e-6, 'n': 1e-9, 'p': 1e-12, 'f': 1e-15,
            'k': 1e3, 'M': 1e6, 'G': 1e9}
UNITS = {'s': 1.0, 'second': 1.0, 'Hz': 1.0, 'hertz': 1.0, 'V': 1.0,
         'volt': 1.0, 'A': 1.0, 'amp': 1.0, 'S': 1.0, 'siemens': 1.0,
         'F': 1.0, 'farad': 1.0, 'ohm': 1.0}

#: Units that are 1, as every script has them: what `0*volt` is made of.
UNSCALED = {'metre', 'meter', 'kilogram', 'second', 'amp', 'ampere', 'kelvin',
            'mole', 'candela', 'radian', 'hertz', 'newton', 'pascal', 'joule',
            'watt', 'coulomb', 'volt', 'farad', 'ohm', 'siemens', 'weber',
            'tesla', 'henry', 'katal', 'lumen', 'lux', 'gray', 'sievert',
            'becquerel', 'steradian'}

#: The dimensions of units: metre, kilogram, second, ampere, kelvin, mole,
#: candela, and what is derived from them.
DIMENSIONS = {
    'm': (1, 0, 0, 0, 0, 0, 0), 'kg': (0, 1, 0, 0, 0, 0, 0),
    's': (0, 0, 1, 0, 0, 0, 0), 'A': (0, 0, 0, 1, 0, 0, 0),
    'K': (0, 0, 0, 0, 1, 0, 0), 'mol': (0, 0, 0, 0, 0, 1, 0),
    'cd': (0, 0, 0, 0, 0, 0, 1), 'rad': (0,) * 7, '1': (0,) * 7,
    'V': (2, 1, -3, -1, 0, 0, 0), 'S': (-2, -1, 3, 2, 0, 0, 0),
    'F': (-2, -1, 4, 2, 0, 0, 0), 'ohm': (2, 1, -3, -2, 0, 0, 0),
    'Hz': (0, 0, -1, 0, 0, 0, 0), 'C': (0, 0, 1, 1, 0, 0, 0),
    'J': (2, 1, -2, 0, 0, 0, 0), 'W': (2, 1, -3, 0, 0, 0, 0),
    'N': (1, 1, -2, 0, 0, 0, 0), 'Pa': (-1, 1, -2, 0, 0, 0, 0),
    'H': (2, 1, -2, -2, 0, 0, 0), 'Wb': (2, 1, -2, -1, 0, 0, 0),
    'T': (0, 1, -2, -1, 0, 0, 0), 'kat': (0, 0, -1, 0, 0, 1, 0),
    'mM': (-3, 0, 0, 0, 0, 1, 0)}


class Unknown(Exception):
    """A name, function or construct that has no meaning here."""


def unit_value(name):
    """`ms`, `mV`, `second`: a prefix and a unit, or None."""
    for prefix, factor in PREFIXES.items():
        if name.startswith(prefix) and name[len(prefix):] in UNITS:
            return factor
    return None


def quantity(text):
    """The SI value of a quantity as Brian2 prints it (`2. ms`), or None."""
    match = re.fullmatch(
        r'\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*\*?\s*(\w+)?\s*', text)
    if match is None:
        return None
    factor = 1.0 if match[2] is None else unit_value(match[2])
    return None if factor is None else float(match[1]) * factor


def dimensions(text):
    """The exponents of a unit in any of Brian2's notations (`V/s`, `s^-1 V`,
    `m^2 kg s^-4 A^-1`), or None."""
    total = np.zeros(7)
    for sign, part in zip([1] + [-1] * text.count('/'), text.split('/')):
        for factor in re.split(r'[\s*]+', part.strip('() ')):
            match = re.fullmatch(r'([A-Za-z]+|1)(?:\^(-?[\d.]+))?', factor)
            if match is None or match[1] not in DIMENSIONS:
                return None
            total += (sign * float(match[2] or 1)
                      * np.array(DIMENSIONS[match[1]]))
    return tuple(total)


def points_for(variables, seed):
    """{name: POINTS values} for {name: (dtype, dimensions)}, in four blocks:
    typical sizes, near one typical size, widely spread, very small."""
    rng = np.random.default_rng(seed)
    block = np.arange(POINTS) % 4
    points = {}
    for name, (dtype, dimensions) in sorted(variables.items()):
        if dtype == 'boolean':
            points[name] = rng.integers(0, 2, POINTS).astype(bool)
        elif dtype == 'integer':
            points[name] = rng.integers(-3, 10, POINTS).astype(float)
        else:
            scale = np.prod([size**d for size, d in zip(TYPICAL, dimensions)])
            exponent = np.choose(block, [rng.uniform(-1.5, 0.7, POINTS),
                                         rng.uniform(-0.3, 0.3, POINTS),
                                         rng.uniform(-4, 2, POINTS),
                                         rng.uniform(-6, -2, POINTS)])
            sign = np.where((block == 1) | (rng.random(POINTS) < 0.6), 1, -1)
            points[name] = scale * 10**exponent * sign
    return points


def _coefficients(key, count):
    digest = hashlib.sha256(key.encode()).digest()
    return [0.3 + digest[i % 32] / 128 for i in range(count)]


def opaque(key, arguments):
    """Some smooth function of the arguments, sensitive at every size."""
    if not arguments:
        seed = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], 'big')
        value = np.random.default_rng(seed).uniform(0.1, 2, POINTS)
        return value, value
    coefficients = _coefficients(key, len(arguments) + 1)
    phase, condition = coefficients[0], 1.0
    for c, (value, magnitude) in zip(coefficients[1:], arguments):
        phase = phase + c * digits.sign(value) * digits.log1p(
            np.abs(value) * 1e12)
        condition = condition + magnitude / (np.abs(value) + 1e-30)
    return 1.5 + digits.sin(phase), condition


def _exprel(x):
    return np.where(np.abs(x) < 1e-16, 1.0, digits.expm1(x) / x)


#: name -> function of one argument
FUNCTIONS = {name: getattr(digits, name) for name in
             ('exp', 'expm1', 'log', 'log10', 'log1p', 'sqrt', 'sin', 'cos',
              'tan', 'sinh', 'cosh', 'tanh', 'arcsin', 'arccos', 'arctan',
              'floor', 'ceil', 'sign')}
FUNCTIONS.update(abs=np.abs, exprel=_exprel, int=digits.trunc,
                 int_=digits.trunc)
EXACT = {'floor', 'ceil', 'sign', 'int', 'int_'}  # no rounding passes through
CONSTANTS = {'pi': np.pi, 'e': np.e, 'inf': np.inf, 'True': True,
             'False': False}


def _number(value):
    """Booleans count as 0 and 1 in arithmetic."""
    return digits.number(value)


class Scope:
    """The names an expression may use, and what they stand for.

    `points`: variables; `constants`: numbers; `subexpressions`: name -> text,
    evaluated when used, with the variables' current values; `functions`:
    name -> C++ name of those that are opaque.
    """

    def __init__(self, points, constants=(), subexpressions=(), functions=(),
                 units=False):
        self.values = {name: (value, np.abs(_number(value)))
                       for name, value in points.items()}
        self.constants = dict(constants)
        self.subexpressions = dict(subexpressions)
        self.functions = dict(functions)
        self.units = units
        self.active = []  # subexpressions being evaluated

    def with_points(self, points):
        return Scope(points, self.constants, self.subexpressions,
                     self.functions, self.units)

    def evaluate(self, text):
        """(value, magnitude) of an expression."""
        try:
            tree = ast.parse(text.strip().replace('\n', ' '), mode='eval')
        except (SyntaxError, ValueError, RecursionError) as error:
            raise Unknown(f'not an expression: {text!r} ({error})')
        with np.errstate(all='ignore'):
            value, magnitude = self._eval(tree.body)
        return (np.broadcast_to(value, POINTS),
                np.broadcast_to(magnitude, POINTS))

    def name(self, name):
        if name in self.values:
            return self.values[name]
        if name in self.subexpressions:
            if name in self.active:
                raise Unknown(f'{name} refers to itself')
            self.active.append(name)
            try:
                return self.evaluate(self.subexpressions[name])
            finally:
                self.active.pop()
        for known in (self.constants, CONSTANTS):
            if name in known:
                return known[name], np.abs(_number(known[name]))
        if name in UNSCALED:
            return 1.0, 1.0
        if self.units and unit_value(name) is not None:
            return unit_value(name), unit_value(name)
        raise Unknown(f'unknown name {name}')

    def _eval(self, node):
        method = getattr(self, '_' + type(node).__name__, None)
        if method is None:
            raise Unknown(f'construct {type(node).__name__}')
        return method(node)

    def _Constant(self, node):
        if isinstance(node.value, (bool, int, float)):
            value = node.value
            if not isinstance(value, bool):
                value = float(value)
            return value, abs(value)
        raise Unknown(f'constant {node.value!r}')

    def _Name(self, node):
        return self.name(node.id)

    def _UnaryOp(self, node):
        value, magnitude = self._eval(node.operand)
        if isinstance(node.op, ast.Not):
            return np.logical_not(value), 1.0
        if isinstance(node.op, ast.USub):
            return -_number(value), magnitude
        if isinstance(node.op, ast.UAdd):
            return _number(value), magnitude
        raise Unknown(f'operator {type(node.op).__name__}')

    def _BinOp(self, node):
        a, size_a = self._eval(node.left)
        b, size_b = self._eval(node.right)
        a, b = np.asarray(_number(a)), np.asarray(_number(b))
        kind = type(node.op)
        if kind is ast.Add:
            return a + b, size_a + size_b
        if kind is ast.Sub:
            return a - b, size_a + size_b
        if kind is ast.Mult:
            return a * b, size_a * size_b
        if kind is ast.Div:
            return a / b, size_a / np.abs(b) * (size_b / np.abs(b))
        if kind is ast.Pow:
            value = digits.power(a, b)
            relative = (np.abs(b) * (size_a / np.abs(a) - 1)
                        + size_b * np.abs(digits.log(np.abs(a))))
            relative = np.where(digits.isfinite(relative), relative, 0)
            return value, np.abs(value) * (1 + np.abs(relative))
        if kind is ast.Mod:
            value = a - b * digits.floor(a / b)
            return value, size_a + size_b
        if kind is ast.FloorDiv:
            value = digits.floor(a / b)
            return value, np.abs(value)
        raise Unknown(f'operator {kind.__name__}')

    def _BoolOp(self, node):
        combine = (np.logical_and if isinstance(node.op, ast.And)
                   else np.logical_or)
        result = self._eval(node.values[0])[0]
        for other in node.values[1:]:
            result = combine(result, self._eval(other)[0])
        return result, 1.0

    def _Compare(self, node):
        compare = {ast.Lt: np.less, ast.LtE: np.less_equal,
                   ast.Gt: np.greater, ast.GtE: np.greater_equal,
                   ast.Eq: np.equal, ast.NotEq: np.not_equal}
        left, result = self._eval(node.left)[0], True
        for op, right in zip(node.ops, node.comparators):
            if type(op) not in compare:
                raise Unknown(f'comparison {type(op).__name__}')
            right = self._eval(right)[0]
            result = np.logical_and(result, compare[type(op)](left, right))
            left = right
        return result, 1.0

    def _Call(self, node):
        if not isinstance(node.func, ast.Name) or node.keywords:
            raise Unknown('a call of something that is not a name')
        name = node.func.id
        arguments = [(_number(value), magnitude) for value, magnitude
                     in map(self._eval, node.args)]
        if name in self.functions:
            return opaque(self.functions[name].strip('_'), arguments)
        if name in ('rand', 'randn', 'poisson', 'binomial'):
            return opaque(name, arguments)
        if name == 'clip' and len(arguments) == 3:
            (x, size), (low, _), (high, _) = arguments
            return np.minimum(np.maximum(x, low), high), size
        if name == 'timestep' and len(arguments) == 2:
            (t, _), (dt, _) = arguments
            return digits.trunc((t + 1e-3 * dt) / dt), 1.0
        if name in FUNCTIONS and len(arguments) == 1:
            (x, size), = arguments
            value = FUNCTIONS[name](x)
            if name in EXACT:
                return value, np.abs(value)
            noise = np.where(np.abs(x) > 0, size / np.abs(x), 1)
            return value, np.abs(value) * np.maximum(noise, 1) + np.where(
                noise > 1, size, 0)
        raise Unknown(f'unknown function {name}')

    def execute(self, code, kinds):
        """Run statements; `kinds` is {variable: dtype}, for what C++ does
        when it stores a number in an integer or boolean variable."""
        for statement in statements(code):
            try:
                tree = ast.parse(statement).body
            except (SyntaxError, ValueError) as error:
                raise Unknown(f'not a statement: {statement!r} ({error})')
            for node in tree:
                self._store(node, kinds)

    def _store(self, node, kinds):
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, expression = node.targets[0], node.value
        elif isinstance(node, ast.AugAssign):
            target = node.target
            expression = ast.BinOp(node.target, node.op, node.value)
        elif isinstance(node, ast.Pass):
            return
        else:
            raise Unknown(f'statement {type(node).__name__}')
        if not isinstance(target, ast.Name):
            raise Unknown('assignment to something that is not a name')
        with np.errstate(all='ignore'):
            value, magnitude = self._eval(expression)
        kind = kinds.get(target.id)
        if kind == 'integer':
            value = digits.trunc(_number(value))
        elif kind == 'boolean':
            value = np.asarray(value) != 0
        self.values[target.id] = (np.broadcast_to(value, POINTS),
                                  np.broadcast_to(magnitude, POINTS))


def statements(code):
    """The statements of a block of code, without comments."""
    for line in code.splitlines():
        line = line.split('#')[0]
        for statement in line.split(';'):
            if statement.strip():
                yield statement.strip()


def names_in(text):
    """(names, functions) that an expression or statement mentions."""
    names, functions = set(), set()
    for statement in statements(text):
        try:
            tree = ast.parse(statement)
        except (SyntaxError, ValueError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                functions.add(node.func.id)
            elif isinstance(node, ast.Name):
                names.add(node.id)
    return names - functions, functions


def _difference(expected, got):
    """(values, values, indices that tell, indices that differ)."""
    (a, size), (b, size_b) = expected, got
    a, b = np.asarray(_number(a)), np.asarray(_number(b))
    with np.errstate(all='ignore'):
        largest = np.maximum(np.abs(a), np.abs(b))
        valid = (np.isfinite(a) & np.isfinite(b) & (largest < 1e150)
                 & np.isfinite(size) & np.isfinite(size_b))
        rounding = 1e-13 * np.maximum(size, size_b)
        # where rounding decides, a difference says nothing
        telling = valid & ((rounding <= 1e-6 * largest) | (largest == 0))
        wrong = telling & (np.abs(a - b) > TOLERANCE * largest + rounding)
    return a, b, telling, wrong


def compare(expected, got):
    """None if two (value, magnitude) agree, else why they do not."""
    a, b, telling, wrong = _difference(expected, got)
    if wrong.any():
        k = int(np.argmax(wrong))
        return (f'differs at {int(wrong.sum())} of {int(telling.sum())} '
                f'points, e.g. {a[k]:.9g} != {b[k]:.9g}')
    if telling.sum() < ENOUGH:
        return f'only {int(telling.sum())} points that tell'
    return None


def differ(expected, got, where):
    """Whether two (value, magnitude) differ at some of these indices."""
    return bool((_difference(expected, got)[3] & where).any())


def borders(condition, one, other):
    """Where a condition changes: two sets of points, just before and just
    behind, found by bisection between the points of `one` and `other`; with
    each set the indices at which it tells and the condition's values there.
    `condition` is a function of points -> booleans."""
    def at(share):
        mixed = {}
        for name, start in one.items():
            fixed = start.dtype == bool or np.all(start == np.trunc(start))
            mixed[name] = (start if fixed else
                           (1 - share) * start + share * other[name])
        return mixed

    low, high = np.zeros(POINTS), np.ones(POINTS)
    at_start = condition(at(low))
    changes = at_start != condition(at(high))
    for _ in range(45):
        middle = (low + high) / 2
        left = condition(at(middle)) == at_start
        low, high = np.where(left, middle, low), np.where(left, high, middle)
    for share, value in ((low - 1e-8, at_start), (high + 1e-8, ~at_start)):
        points = at(np.clip(share, 0, 1))
        yield points, changes & (condition(points) == value), value


def compare_conditions(expected, got, one, other):
    """None if two conditions agree: at random points, and on both sides of
    the places where the first one changes."""
    for points in (one, other):
        if (expected(points) != got(points)).any():
            return 'differs at random points'
    for points, telling, value in borders(expected, one, other):
        if (telling & (got(points) != value)).any():
            return 'the border lies elsewhere'
    return None


def comparisons_in(text):
    """The comparisons inside an expression, as texts: where a right-hand side
    may jump."""
    tree = ast.parse(text.strip().replace('\n', ' '), mode='eval')
    return [ast.unparse(node) for node in ast.walk(tree)
            if isinstance(node, ast.Compare)]
