"""Runs the body of a generated C++ function, at many points at once.

The tool reads such a body with Clang and with algebra.  Here the same text is
parsed by hand and executed on numbers, so that the two share nothing:

    body = parse(text)                    # from '{' on; raises Invalid
    memory = Memory(palette, seed)        # arrays, filled when first read
    run(body, memory)                     # now memory.written tells

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

POINTS = algebra.POINTS
NATURAL = POINTS * 3 // 4  # points at which comparisons compare
ELEMENTS = 2  # of a group
TOKEN = re.compile(r'''
    (?P<space>\s+|//[^\n]*|/\*.*?\*/|\#define[^\n]*|\#[^\n]*)
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?[fFlLuU]*)
  | (?P<name>(?:std::|brian::)?[A-Za-z_]\w*)
  | (?P<string>"(?:[^"\\]|\\.)*")
  | (?P<symbol>\+\+|--|->|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%]=|[-+*/%<>=!&|?:;,.(){}\[\]])
''', re.VERBOSE | re.DOTALL)
DEFINE = re.compile(r'#define\s+(\w+)\(([^)]*)\)\s+([^\n]*)')
TYPES = {'double': 'float', 'float': 'float', 'bool': 'bool', 'char': 'char',
         'std::clock_t': 'int'}
TYPES.update({f'{u}int{n}_t': 'int' for u in ('', 'u') for n in (8, 16, 32, 64)})
TYPES.update({name: 'int' for name in ('int', 'long', 'short', 'unsigned',
                                       'size_t', 'signed')})
QUALIFIERS = {'const', 'static', '__restrict', '__restrict__', 'volatile'}
BINARY = [{'||'}, {'&&'}, {'==', '!='}, {'<', '>', '<=', '>='}, {'+', '-'},
          {'*', '/', '%'}]
ASSIGNMENTS = {'=', '+=', '-=', '*=', '/=', '%='}


class Invalid(Exception):
    """No such C++ compiles, or it is not understood here."""


class Node:
    """A piece of text: what it is, from where to where, what it is made of."""

    def __init__(self, kind, start, end, parts=(), text='', type=None):
        self.kind, self.start, self.end = kind, start, end
        self.parts, self.text, self.type = list(parts), text, type

    def walk(self):
        yield self
        for part in self.parts:
            if part is not None:
                yield from part.walk()


class Parser:
    def __init__(self, text, start=0):
        self.macros = {name: ([each.strip() for each in parameters.split(',')],
                              content)
                       for name, parameters, content in DEFINE.findall(text)}
        self.tokens = list(self._tokens(text, start))
        self.at = 0

    def _tokens(self, text, start):
        depth, position = 0, start
        while position < len(text):
            match = TOKEN.match(text, position)
            if match is None:
                raise Invalid(f'character {text[position]!r}')
            position = match.end()
            if match.lastgroup == 'space':
                continue
            yield match.lastgroup, match.group(), match.start(), match.end()
            depth += {'{': 1, '}': -1}.get(match.group(), 0)
            if depth == 0 and match.group() == '}':
                return
        raise Invalid('unbalanced')

    # tokens
    def peek(self, ahead=0):
        if self.at + ahead < len(self.tokens):
            return self.tokens[self.at + ahead]
        return 'end', '', 0, 0

    def take(self, wanted=None):
        token = self.peek()
        if wanted is not None and token[1] != wanted or token[0] == 'end':
            raise Invalid(f'{token[1]!r} where {wanted!r} is expected')
        self.at += 1
        return token

    def accept(self, wanted):
        if self.peek()[1] == wanted:
            return self.take()
        return None

    def end(self):
        return self.tokens[self.at - 1][3]

    # statements
    def block(self):
        start = self.take('{')[2]
        parts = []
        while self.peek()[1] != '}':
            parts.append(self.statement())
        self.take('}')
        return Node('block', start, self.end(), parts)

    def statement(self):
        kind, text, start, _ = self.peek()
        if text == '{':
            return self.block()
        if self.accept(';'):
            return Node('empty', start, self.end())
        if text == 'if':
            self.take()
            self.take('(')
            condition = self.expression()
            self.take(')')
            then = self.statement()
            other = self.statement() if self.accept('else') else None
            return Node('if', start, self.end(), [condition, then, other])
        if text == 'for':
            self.take()
            self.take('(')
            first = self.statement()
            condition = self.expression()
            self.take(';')
            step = self.expression()
            self.take(')')
            return Node('for', start, self.end(),
                        [first, condition, step, self.statement()])
        if text in ('using', 'return'):
            while self.take()[1] != ';':
                pass
            return Node('empty', start, self.end())
        if self.is_type():
            node = self.declaration()
        else:
            node = Node('do', start, 0, [self.assignment()])
            written = node.parts[0].parts[0].text if node.parts[0].parts else ''
            if (written.startswith('_namespace')
                    or written.endswith('_profiling_info')):
                node = Node('empty', start, 0)
        self.take(';')
        node.end = self.end()
        return node

    def is_type(self):
        name = self.peek()[1]
        return name in TYPES or name in QUALIFIERS

    def type(self):
        """(kind, is constant) of the words of a type."""
        kind, const = None, False
        while self.is_type():
            name = self.take()[1]
            const |= name == 'const'
            kind = TYPES.get(name, kind)
        if kind is None:
            raise Invalid('a declaration without a type')
        return kind, const

    def declaration(self):
        start = self.peek()[2]
        kind, const = self.type()
        parts = []
        while True:
            pointer = False
            while self.peek()[1] in ('*', '&') or self.peek()[1] in QUALIFIERS:
                pointer |= self.take()[1] == '*'
            group, name, at, end = self.take()
            if group != 'name':
                raise Invalid(f'a declaration of {name!r}')
            value = self.expression() if self.accept('=') else None
            parts.append(Node('declarator', at, value.end if value else end,
                              [value], name,
                              'pointer' if pointer else kind))
            parts[-1].const = const and not pointer
            if not self.accept(','):
                return Node('declare', start, 0, parts, type=kind)

    # expressions
    def assignment(self):
        start = self.peek()[2]
        left = self.expression()
        operator = self.peek()
        if operator[1] in ASSIGNMENTS:
            self.take()
            right = self.assignment()
            node = Node('assign', start, self.end(), [left, right], operator[1])
            node.operator = operator[2:4]
            return node
        return left

    def expression(self):
        start = self.peek()[2]
        condition = self.binary(0)
        if self.accept('?'):
            then = self.expression()
            self.take(':')
            other = self.expression()
            return Node('choose', start, self.end(), [condition, then, other])
        return condition

    def binary(self, level):
        if level == len(BINARY):
            return self.unary()
        start = self.peek()[2]
        left = self.binary(level + 1)
        while self.peek()[1] in BINARY[level]:
            _, operator, at, end = self.take()
            right = self.binary(level + 1)
            left = Node('binary', start, self.end(), [left, right], operator)
            left.operator = at, end
        return left

    def unary(self):
        _, text, start, _ = self.peek()
        if text in ('-', '+', '!', '&', '*', '++', '--'):
            self.take()
            operand = self.unary()
            return Node('unary', start, self.end(), [operand], text)
        if text == '(' and (self.peek(1)[1] in TYPES
                            or self.peek(1)[1] in QUALIFIERS):
            self.take()
            kind, _ = self.type()
            pointer = self.accept('*')
            self.take(')')
            operand = self.unary()
            return Node('cast', start, self.end(), [operand],
                        type='pointer' if pointer else kind)
        return self.postfix()

    def postfix(self):
        node = self.primary()
        while True:
            if self.peek()[1] == '[':
                self.take()
                index = self.expression()
                self.take(']')
                node = Node('index', node.start, self.end(), [node, index])
            elif self.peek()[1] in ('++', '--'):
                node = Node('step', node.start, self.peek()[3], [node],
                            self.take()[1])
            elif self.peek()[1] in ('.', '->'):
                self.take()
                self.take()
                raise Invalid('a member')
            else:
                return node

    def primary(self):
        group, text, start, end = self.take()
        if group == 'number':
            return Node('number', start, end, text=text)
        if text == '(':
            node = self.expression()
            self.take(')')
            inner = Node('brackets', start, self.end(), [node])
            return inner
        if group != 'name':
            raise Invalid(f'{text!r} in an expression')
        if self.peek()[1] != '(':
            return Node('name', start, end, text=text)
        if text in self.macros:
            return self.expand(text, start)
        self.take()
        arguments = []
        while not self.accept(')'):
            arguments.append(self.expression())
            if self.peek()[1] != ')':
                self.take(',')
        return Node('call', start, self.end(), arguments, text)

    def expand(self, name, start):
        """A macro's text with the texts of its arguments in place."""
        self.take('(')
        arguments, depth = [[]], 0
        while depth or self.peek()[1] != ')':
            token = self.take()
            depth += {'(': 1, ')': -1}.get(token[1], 0)
            if token[1] == ',' and not depth:
                arguments.append([])
            else:
                arguments[-1].append(token)
        self.take(')')
        parameters, content = self.macros[name]
        inner = Parser('{' + content.split('//')[0] + '}')
        tokens = []
        for token in inner.tokens[1:-1]:
            if token[1] in parameters:
                tokens += arguments[parameters.index(token[1])]
            else:
                tokens.append((token[0], token[1], start, self.end()))
        inner.tokens, inner.at = tokens, 0
        node = inner.expression()
        node.is_macro = True
        return node


def parse(text, start=0):
    """The block that begins at `start`."""
    return Parser(text, start).block()


# ---------------------------------------------------------------------------


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
        value = (size * share).astype(np.longdouble)
        name = array.rsplit('_', 1)[-1]
        if name == 'dt':
            value = np.abs(10**rng.uniform(-5, -2, POINTS)).astype(np.longdouble)
        elif name in ('t', 'lastspike'):
            value = np.abs(value)
        return value

    def read(self, array, index, kind):
        values = self.arrays.setdefault(array, {})
        if isinstance(index, (int, np.integer)):
            if int(index) not in values:
                values[int(index)] = self.fresh(array, int(index), kind)
            return values[int(index)]
        result = np.zeros(POINTS, np.longdouble if kind == 'float' else int)
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
            self.written.add((array, int(each)))


def both(mask, other):
    return other if mask is None else mask & other


def truth(value):
    return bool(value) if isinstance(value, (int, float)) else value != 0


def to_type(value, kind):
    if kind == 'float':
        return (np.longdouble(value) if isinstance(value, (int, float))
                else value.astype(np.longdouble))
    if kind == 'bool':
        value = truth(value)
        return int(value) if isinstance(value, bool) else value.astype(int)
    if isinstance(value, (int, float)):
        return int(float(value))
    if value.dtype.kind == 'f':
        value = value.astype(float)  # as C++ rounds before it truncates
        safe = np.where(np.abs(value) < 2**62, np.trunc(value), 0)
        return safe.astype(np.int64)[()]
    return value


def exprel(x):
    return np.where(x == 0, 1, np.expm1(x) / np.where(x == 0, 1, x))


FUNCTIONS = {'exp': np.exp, 'log': np.log, 'log10': np.log10, 'sqrt': np.sqrt,
             'sin': np.sin, 'cos': np.cos, 'tan': np.tan, 'sinh': np.sinh,
             'cosh': np.cosh, 'tanh': np.tanh, 'asin': np.arcsin,
             'acos': np.arccos, 'atan': np.arctan, 'ceil': np.ceil,
             'floor': np.floor, 'expm1': np.expm1, 'log1p': np.log1p,
             'fabs': np.abs, 'exprel': exprel}
CONSTANTS = {'M_PI': np.pi, 'INFINITY': np.inf, 'NAN': np.nan, 'true': 1,
             'false': 0, 'CLOCKS_PER_SEC': 1}
DRAWS = {'rand', 'randn', 'poisson', 'binomial'}


class Run:
    """One execution.  `back` maps a place of the text to the place in the
    original text, so that a mutant draws the same lots."""

    def __init__(self, memory, back=lambda place: place, draw=None,
                 parameters=()):
        self.memory, self.back, self.elements = memory, back, memory.elements
        self.draw = draw or (lambda name, values, target: None)
        self.parameters = dict(parameters)  # {function: their kinds}
        self.undefined = np.zeros(POINTS, bool)  # where C++ says nothing
        self.scopes, self.mask = [{}], None
        self.loops = []  # which elements were visited
        self.target = ''

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
                value = to_type(value, part.type)
                if part.text == 'N' and isinstance(value, int):
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
            go = truth(self.value(condition)[1])
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

    # expressions: (kind, value)
    def value(self, node):
        return getattr(self, 'is_' + node.kind)(node)

    def is_number(self, node):
        text = node.text.rstrip('fFlLuU')
        if re.fullmatch(r'\d+', text):
            if node.text[-1] in 'fF':
                raise Invalid(f'literal {node.text}')
            return 'int', int(text)
        return 'float', np.longdouble(float(text))

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
                self.memory.read(array, self.place(node.parts[1]), kind))

    def place(self, node):
        kind, index = self.value(node)
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
            self.memory.write(array, self.place(node.parts[1]),
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
            values = [self.value(part)[1] for part in node.parts[:-1]]
            drawn = self.draw(bare, values, self.target)
            if drawn is None:
                drawn = rng_for('draw', bare, self.back(node.start)).uniform(
                    0.1, 2, POINTS)
            return ('float' if bare in ('rand', 'randn') else 'int',
                    to_type(drawn, 'float'))
        values = [self.value(part) for part in node.parts]
        kinds = {kind for kind, _ in values}
        kind = 'float' if 'float' in kinds else 'int'
        values = [value for _, value in values]
        with np.errstate(all='ignore'):
            return self.call(name, bare, kind, values)

    def call(self, name, bare, kind, values):
        count = len(values)
        if bare == 'clock':
            return 'int', 0
        if bare in FUNCTIONS and count == 1:
            return 'float', FUNCTIONS[bare](to_type(values[0], 'float'))
        if bare == 'pow' and count == 2:
            return 'float', np.power(to_type(values[0], 'float'),
                                     to_type(values[1], 'float'))
        if bare == 'abs' and count == 1:
            return kind, abs(values[0])
        if bare == 'sign' and count == 1:
            value = np.sign(to_type(values[0], 'float'))
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
            quotient = np.floor(to_type(values[0], 'float') / values[1])
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


def run(body, memory, **options):
    """Executes a body; what it visited is returned, what it wrote is in
    `memory.written`."""
    this = Run(memory, **options)
    with np.errstate(all='ignore'):
        this.block(body)
    memory.undefined = this.undefined
    return this.loops


def parameters_of(text):
    """{function: kinds of its parameters} of a file's own functions."""
    found = {}
    for name, inner in re.findall(r'\b(\w+)\(([^(){};]*)\)\s*\{', text):
        words = [[word for word in re.findall(r'\w+', each) if word in TYPES]
                 for each in inner.split(',')]
        if all(words):
            found.setdefault(name, [TYPES[each[0]] for each in words])
    return found


def numbers_in(body):
    """The sizes of the literals of a body: a palette."""
    return {float(node.text.rstrip('fFlLuU')) for node in body.walk()
            if node.kind == 'number'}
