"""Runs the body of a generated C++ function, at many points at once.

The tool reads such a body with Clang and with algebra.  Here the same text is
parsed by hand and executed on numbers, so that the two share nothing:

    body = cpp.parse(text)                # from '{' on; raises Invalid
    memory = Memory(palette)              # arrays, filled when first read
    Run(memory).block(body)               # now memory.written tells

A value is a Python int where it is the same everywhere (indices, sizes), else a
vector of POINTS values.  Sizes are cut down to a few elements.  Random numbers
are symbols: a fixed value for each place that draws one.

At the last points comparisons do not compare: they come out less, equal or
greater by lot, the same for the same place of the text.  So both branches of
each condition are met, and the equality that tells `<` from `<=`.
"""
import hashlib
import re

import numpy as np

import algebra
import digits
from cpp import Invalid

POINTS = algebra.POINTS
NATURAL = POINTS * 3 // 4  # points at which comparisons compare
ELEMENTS = 2  # of a group


def is_space(array):
    """Whether an array holds the indices of neurons with an event."""
    return re.search(r'space(_\d+)?$', array) is not None


def rng_for(*key):
    digest = hashlib.sha256(repr(key).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], 'big'))


class Memory:
    """The arrays of a project: what is read first comes from `palette`, the
    sizes of values that the code itself uses."""

    def __init__(self, palette, elements=ELEMENTS):
        self.elements = elements
        self.palette = sorted({abs(each) for each in palette
                               if each and abs(each) < 1e6} | {1.0})
        self.arrays = {}
        self.written = set()

    def fresh(self, array, index, kind):
        rng = rng_for(array, index)
        if is_space(array):  # the indices of neurons with an event
            return max(self.elements - 1 - index, 0) or (
                self.elements if index == self.elements else 0)
        if kind in ('bool', 'char'):
            return rng.integers(0, 2, POINTS)
        if kind == 'int':
            return rng.integers(-3, 10, POINTS)
        block = np.arange(POINTS) % 4
        size = rng.choice(self.palette, POINTS)
        share = np.choose(block, [rng.uniform(-2, 2, POINTS),
                                  rng.uniform(0.1, 2, POINTS),
                                  rng.choice([-1, 0, 1, 2, 0.5], POINTS),
                                  10**rng.uniform(-4, 0, POINTS)])
        value = digits.real(size * share)
        name = array.rsplit('_', 1)[-1]
        if name == 'dt':
            value = digits.real(10**rng.uniform(-5, -2, POINTS))
        elif name in ('t', 'lastspike'):
            # (near the times that the code asks for, and not at a jump)
            value = np.abs(value) * rng.uniform(0.999, 1.001, POINTS)
        return value

    def read(self, array, index, kind):
        values = self.arrays.setdefault(array, {})
        if isinstance(index, (int, np.integer)):
            if int(index) not in values:
                values[int(index)] = self.fresh(array, int(index), kind)
            return values[int(index)]
        result = np.zeros(POINTS, int)
        if kind == 'float':
            result = digits.real(result)
        for each in np.unique(index):
            result = np.where(index == each,
                              self.read(array, int(each), kind), result)
        return result

    def write(self, array, index, value, mask, kind):
        for each in np.unique(index):
            where = mask
            if not isinstance(index, (int, np.integer)):
                where = both(mask, index == each)
            new = value
            if where is not None:
                new = np.where(where, value, self.read(array, int(each), kind))
            self.arrays.setdefault(array, {})[int(each)] = new
            if not array.startswith('local '):
                self.written.add((array, int(each)))


def both(mask, other):
    return other if mask is None else mask & other


def truth(value):
    return bool(value) if isinstance(value, (int, float)) else value != 0


def to_type(value, kind):
    if kind == 'float':
        return digits.real(value)
    if kind == 'bool':
        value = truth(value)
        return int(value) if isinstance(value, bool) else value.astype(int)
    if isinstance(value, (int, float)):
        return int(float(value))
    if digits.is_real(value):
        value = np.asarray(value).astype(float)  # as C++ rounds before it truncates
        safe = np.where(np.abs(value) < 2**62, np.trunc(value), 0)
        return safe.astype(np.int64)[()]
    return value


def exprel(x):
    return np.where(x == 0, 1, digits.expm1(x) / np.where(x == 0, 1, x))


FUNCTIONS = {name: getattr(digits, name) for name in (
    'exp', 'log', 'log10', 'sqrt', 'sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh',
    'ceil', 'floor', 'expm1', 'log1p')}
FUNCTIONS.update(asin=digits.arcsin, acos=digits.arccos, atan=digits.arctan,
                 fabs=np.abs, exprel=exprel)
CONSTANTS = {'M_PI': np.pi, 'INFINITY': np.inf, 'NAN': np.nan, 'true': 1,
             'false': 0, 'CLOCKS_PER_SEC': 1}
DRAWS = {'rand', 'randn', 'poisson', 'binomial'}


class Run:
    """One execution.  `back` maps a place of the text to the place in the
    original text, so that a mutant draws the same lots.  `size` is the number
    of neurons: until Brian2 2.4.2 it stands in the code as a literal."""

    def __init__(self, memory, back=lambda place: place, draw=None,
                 parameters=(), size=None, of_truths=()):
        self.memory, self.back, self.elements = memory, back, memory.elements
        self.draw = draw or (lambda name, values, target: None)
        self.parameters = dict(parameters)  # {function: their kinds}
        self.size = size
        self.of_truths = of_truths  # functions of a truth value
        self.undefined = np.zeros(POINTS, bool)  # where C++ says nothing
        self.scopes, self.mask = [{}], None
        self.loops = []  # which elements were visited
        self.target = ''
        self.shift = 0  # of the literal that is the number of neurons

    # names
    def declare(self, name, kind, value, const=False):
        if name in self.scopes[-1] and self.scopes[-1][name][3]:
            raise Invalid(f'{name} is declared twice')
        self.scopes[-1][name] = [kind, value, const, True]

    def find(self, name):
        for scope in reversed(self.scopes):
            if name in scope:
                return scope[name]
        raise Invalid(f'{name} is not declared')

    # statements
    def block(self, node):
        self.scopes.append({})
        for part in node.parts:
            self.statement(part)
        self.scopes.pop()

    def statement(self, node):
        getattr(self, 'do_' + node.kind)(node)

    def do_block(self, node):
        self.block(node)

    def do_empty(self, node):
        pass

    def do_declare(self, node):
        for part in node.parts:
            value = None
            self.target = part.text
            if part.type == 'pointer':
                value = self.pointer(part.parts[0])
                value = (value[0], pointee(value, node.type))
            elif part.parts[0] is not None:
                kind, value = self.value(part.parts[0])
                if kind == 'float' and part.type == 'int':
                    self.undefined |= np.logical_not(np.abs(value) < 2**31)
                value = to_type(value, part.type)
                if part.text in ('N', '_N') and isinstance(value, int):
                    self.loops.append(('N', value))
                    value = min(value, self.elements)
                    self.memory.elements = value
            elif part.const:
                raise Invalid('a constant without a value')
            else:
                value = self.garbage(part.text, part.type)
            self.declare(part.text, part.type, value, part.const)

    def garbage(self, name, kind):
        """What a variable holds before it is assigned."""
        return to_type(rng_for('garbage', name).uniform(1, 9, POINTS), kind)

    def pointer(self, node):
        while node.kind == 'brackets':
            node = node.parts[0]
        if node.kind != 'name':
            raise Invalid('a pointer that is no name')
        for scope in reversed(self.scopes):
            if node.text in scope:
                kind, value = scope[node.text][:2]
                if kind != 'pointer':
                    raise Invalid(f'{node.text} is no pointer')
                return value
        if not re.match(r'_(dynamic_)?array_', node.text):
            raise Invalid(f'{node.text} is not declared')
        return node.text, None

    def do_do(self, node):
        self.target = ''
        self.value(node.parts[0])

    def do_if(self, node):
        condition = truth(self.value(node.parts[0])[1])
        then, other = node.parts[1:]
        if isinstance(condition, (bool, np.bool_)):
            if condition:
                self.scoped(then)
            elif other is not None:
                self.scoped(other)
            return
        mask = self.mask
        self.mask = both(mask, condition)
        self.scoped(then)
        if other is not None:
            self.mask = both(mask, ~condition)
            self.scoped(other)
        self.mask = mask

    def scoped(self, node):
        self.scopes.append({})
        self.statement(node)
        self.scopes.pop()

    def do_for(self, node):
        first, condition, step, body = node.parts
        self.scopes.append({})
        self.statement(first)
        visited = []
        name = first.parts[0].text
        for _ in range(4 * self.elements + 8):
            go = truth(self.limit(condition)[1])
            if not isinstance(go, (bool, np.bool_)):
                raise Invalid('a loop that depends on values')
            if not go:
                break
            visited.append(self.find(name)[1])
            self.scoped(body)
            self.value(step)
        else:
            raise Invalid('a loop without an end')
        self.scopes.pop()
        self.loops.append((name, tuple(visited)))

    def limit(self, node):
        """An expression in which the number of neurons may stand."""
        if self.size is None:
            return self.value(node)
        self.shift = self.elements - self.size
        try:
            return self.value(node)
        finally:
            self.shift = 0

    # expressions: (kind, value)
    def value(self, node):
        return getattr(self, 'is_' + node.kind)(node)

    def is_number(self, node):
        text = node.text.rstrip('fFlLuU')
        if re.fullmatch(r'\d+', text):
            if node.text[-1] in 'fF':
                raise Invalid(f'literal {node.text}')
            value = int(text)
            near = self.shift and abs(value - self.size) <= 1
            return 'int', value + self.shift if near else value
        return 'float', digits.real(float(text))

    def is_name(self, node):
        if node.text in CONSTANTS:
            value = CONSTANTS[node.text]
            return ('int' if isinstance(value, int) else 'float'), value
        kind, value, _, _ = self.find(node.text)
        if kind == 'pointer':
            raise Invalid(f'{node.text} is a pointer')
        return (kind if kind == 'float' else 'int'), value

    def is_brackets(self, node):
        return self.value(node.parts[0])

    def is_cast(self, node):
        return node.type, to_type(self.value(node.parts[0])[1], node.type)

    def is_index(self, node):
        array, kind = self.pointer(node.parts[0])
        return ((kind if kind == 'float' else 'int'),
                self.memory.read(array, self.place(node.parts[1], array), kind))

    def place(self, node, array):
        kind, index = (self.limit(node) if is_space(array)
                       else self.value(node))
        if kind == 'float':
            raise Invalid('an index that is no integer')
        return index

    def is_unary(self, node):
        if node.text in ('++', '--'):
            return self.is_step(node)
        kind, value = self.value(node.parts[0])
        if node.text == '-':
            return kind, -value
        if node.text == '!':
            value = truth(value)
            return 'int', (int(not value) if isinstance(value, (bool, np.bool_))
                           else (~value).astype(int))
        if node.text == '+':
            return kind, value
        raise Invalid(f'operator {node.text}')

    def is_step(self, node):
        kind, value = self.value(node.parts[0])
        self.store(node.parts[0], value + (1 if node.text == '++' else -1))
        return kind, value

    def is_choose(self, node):
        condition = truth(self.value(node.parts[0])[1])
        (kind, one), (other_kind, other) = map(self.value, node.parts[1:])
        kind = 'float' if 'float' in (kind, other_kind) else 'int'
        if isinstance(condition, (bool, np.bool_)):
            return kind, one if condition else other
        return kind, np.where(condition, one, other)

    def is_binary(self, node):
        operator = node.text
        (kind, a), (other, b) = map(self.value, node.parts)
        if operator in ('&&', '||'):
            a, b = truth(a), truth(b)
            result = a & b if operator == '&&' else a | b
            return 'int', (int(result) if isinstance(result, (bool, np.bool_))
                           else result.astype(int))
        if operator in COMPARE:
            return 'int', self.compare(node, a, b)
        kind = 'float' if 'float' in (kind, other) else 'int'
        if operator in '/%' and kind == 'int':
            self.undefined |= b == 0
        return kind, arithmetic(operator, kind, a, b)

    def compare(self, node, a, b):
        result = COMPARE[node.text](a, b)
        if isinstance(result, (bool, np.bool_)):
            return int(result)
        if result.ndim == 0:
            return int(result)
        lot = rng_for('lot', self.back(node.operator[0])).integers(
            -1, 2, POINTS)
        forced = COMPARE[node.text](lot, 0)
        return np.where(np.arange(POINTS) < NATURAL, result,
                        forced).astype(int)

    def is_assign(self, node):
        left, right = node.parts
        kind, value = self.value(right)
        if node.text != '=':
            kind_left, old = self.value(left)
            both_kinds = 'float' if 'float' in (kind, kind_left) else 'int'
            value = arithmetic(node.text[0], both_kinds, old, value)
        self.store(left, value)
        return kind, value

    def store(self, node, value):
        while node.kind == 'brackets':
            node = node.parts[0]
        if node.kind == 'index':
            array, kind = self.pointer(node.parts[0])
            self.memory.write(array, self.place(node.parts[1], array),
                              to_type(value, kind), self.mask, kind)
            return
        if node.kind != 'name':
            raise Invalid('an assignment to something that is not a place')
        entry = self.find(node.text)
        if entry[2] or entry[0] == 'pointer':
            raise Invalid(f'{node.text} cannot be assigned to')
        value = to_type(value, entry[0])
        entry[1] = (value if self.mask is None
                    else np.where(self.mask, value, entry[1]))

    def is_call(self, node):
        name = node.text.replace('std::', '')
        bare = re.sub(r'^_(brian_)?|_$', '', name)
        if bare in DRAWS:
            values = self.arguments_of_draw(node.parts[:-1])
            drawn = self.draw(bare, values, self.target)
            if drawn is None:
                drawn = rng_for('draw', bare, self.lot(node)).uniform(
                    0.1, 2, POINTS)
            return ('float' if bare in ('rand', 'randn') else 'int',
                    to_type(drawn, 'float'))
        values = [self.value(part) for part in node.parts]
        kinds = {kind for kind, _ in values}
        kind = 'float' if 'float' in kinds else 'int'
        values = [value for _, value in values]
        if name in self.of_truths:
            values = [to_type(value, 'bool') for value in values]
        with np.errstate(all='ignore'):
            return self.call(name, bare, kind, values)

    def arguments_of_draw(self, nodes):
        return [self.value(node)[1] for node in nodes]

    def lot(self, node):
        """What tells one random number from another."""
        return self.back(node.start)

    def call(self, name, bare, kind, values):
        count = len(values)
        if bare in ('clock', 'omp_get_wtime'):
            return 'int', 0
        if bare in FUNCTIONS and count == 1:
            return 'float', FUNCTIONS[bare](to_type(values[0], 'float'))
        if bare == 'pow' and count == 2:
            return 'float', digits.power(to_type(values[0], 'float'),
                                         to_type(values[1], 'float'))
        if bare == 'abs' and count == 1:
            return kind, abs(values[0])
        if bare == 'sign' and count == 1:
            value = digits.sign(to_type(values[0], 'float'))
            return 'int', to_type(value, 'int')
        if bare in ('int', 'timestep') and count in (1, 2):
            value = values[0]
            if bare == 'timestep':
                value = (value + 1e-3 * values[1]) / values[1]
            return 'int', to_type(value, 'int')
        if bare == 'clip' and count == 3:
            value, low, high = values
            return kind, np.where(value < low, low,
                                  np.where(value > high, high, value))
        if bare in ('mod', 'floordiv') and count == 2:
            self.undefined |= values[1] == 0
            quotient = digits.floor(to_type(values[0], 'float') / values[1])
            value = quotient if bare == 'floordiv' else (
                values[0] - values[1] * quotient)
            return kind, to_type(value, kind)
        if bare in FUNCTIONS or bare in ('pow', 'clip', 'mod', 'abs', 'sign',
                                         'int', 'timestep', 'floordiv'):
            raise Invalid(f'{count} arguments of {name}')
        if not name.startswith('_') and not values:
            raise Invalid(f'unknown function {name}')
        kinds = self.parameters.get(name) or []
        values = [to_type(to_type(value, kind), 'float') for value, kind
                  in zip(values, kinds + ['float'] * count)]
        arguments = [(value, np.abs(value)) for value in values]
        return 'float', algebra.opaque(name.strip('_'), arguments)[0]


def pointee(value, kind):
    """The kind of an array's elements; `char` arrays hold booleans."""
    array, known = value
    return known or kind


COMPARE = {'<': lambda a, b: a < b, '>': lambda a, b: a > b,
           '<=': lambda a, b: a <= b, '>=': lambda a, b: a >= b,
           '==': lambda a, b: a == b, '!=': lambda a, b: a != b}


def arithmetic(operator, kind, a, b):
    with np.errstate(all='ignore'):
        if operator == '+':
            return a + b
        if operator == '-':
            return a - b
        if operator == '*':
            return a * b
        if kind == 'float':
            if operator == '%':
                raise Invalid('% of floating point numbers')
            return to_type(a, 'float') / to_type(b, 'float')
        safe = b if isinstance(b, int) and b else np.where(b == 0, 1, b)
        quotient = to_type(np.trunc(np.asarray(a) / safe), 'int')
        if isinstance(a, int) and isinstance(b, int):
            quotient = int(quotient)
        return quotient if operator == '/' else a - safe * quotient
