"""The syntax of the C++ that Brian2 generates, as a tree.

    node = parse(text, start)     # the block that begins at `start`
    for each in node.walk(): each.kind, each.start, each.end, each.parts

Only what generated bodies hold is known: statements, expressions, declarations
of numbers and pointers, and in the strings of GeNN `$(v)` and ends of lines.
Anything else is Invalid.
"""
import re

TOKEN = re.compile(r'''
    (?P<space>\s+|\\n\\\n|//[^\n]*|/\*.*?\*/|\#define[^\n]*|\#[^\n]*)
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?[fFlLuU]*)
  | (?P<name>(?:std::|brian::)?[A-Za-z_]\w*|\$\(\w+\))
  | (?P<string>"(?:[^"\\]|\\.)*")
  | (?P<symbol>\+\+|--|->|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%]=|[-+*/%<>=!&|?:;,.(){}\[\]])
''', re.VERBOSE | re.DOTALL)
DEFINE = re.compile(r'#define\s+(\w+)\(([^)]*)\)\s+([^\n]*)')
TYPES = {'double': 'float', 'float': 'float', 'bool': 'bool', 'char': 'char',
         'std::clock_t': 'int'}
TYPES.update({f'{u}int{n}_t': 'int' for u in ('', 'u') for n in (8, 16, 32, 64)})
TYPES.update({name: 'int' for name in ('int', 'long', 'short', 'unsigned',
                                       'size_t', 'signed')})
TYPES.update({name: 'structure' for name in (
    '_dataholder', 'gsl_odeiv2_system', 'gsl_odeiv2_driver')})
#: Macros that say no more than their names.
DRAWS = {'_rand', '_randn', '_poisson', '_binomial'}
QUALIFIERS = {'struct', 'const', 'static', '__restrict', '__restrict__', 'volatile'}
BINARY = [{'||'}, {'&&'}, {'==', '!='}, {'<', '>', '<=', '>='}, {'+', '-'},
          {'*', '/', '%'}]
THREAD = {'threadIdx', 'blockIdx', 'blockDim', 'gridDim'}
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
    def __init__(self, text, start=0, end=None):
        self.macros = {name: ([each.strip() for each in parameters.split(',')],
                              content)
                       for name, parameters, content in DEFINE.findall(text)
                       if name not in DRAWS}
        self.tokens = list(self._tokens(text, start, end))
        self.at = 0

    def _tokens(self, text, start, end):
        """To `end`, or to the end of the block that begins at `start`."""
        depth, position = 0, start
        while position < (len(text) if end is None else end):
            match = TOKEN.match(text, position)
            if match is None:
                raise Invalid(f'character {text[position]!r}')
            position = match.end()
            if match.lastgroup == 'space':
                continue
            word = match.group()
            if word.startswith('$('):
                word = word[2:-1]
            yield match.lastgroup, word, match.start(), match.end()
            depth += {'{': 1, '}': -1}.get(match.group(), 0)
            if depth == 0 and end is None and match.group() == '}':
                return
        if end is None:
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
    def statements(self):
        """All that is left."""
        parts = []
        while self.at < len(self.tokens):
            parts.append(self.statement())
        return parts

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
            return Node('return' if text == 'return' else 'empty', start,
                        self.end())
        if 'auto' in (text, self.peek(1)[1]) or (
                text.endswith('_profiling_info')):
            while self.take()[1] != ';':
                pass
            return Node('empty', start, self.end())
        if self.is_type():
            node = self.declaration()
        else:
            node = Node('do', start, 0, [self.assignment()])
            written = node.parts[0].parts[0].text if node.parts[0].parts else ''
            if written.startswith('_namespace'):
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
        of = self.tokens[self.at - 1][1]  # the name of a structure
        parts = []
        while True:
            pointer = False
            while self.peek()[1] in ('*', '&') or self.peek()[1] in QUALIFIERS:
                pointer |= self.take()[1] == '*'
            group, name, at, end = self.take()
            if group != 'name':
                raise Invalid(f'a declaration of {name!r}')
            if self.peek()[1] == '[':
                parts.append(self.array(name, at))
                if not self.accept(','):
                    return Node('declare', start, 0, parts, type=kind)
                continue
            value = self.expression() if self.accept('=') else None
            parts.append(Node('declarator', at, value.end if value else end,
                              [value], name,
                              'pointer' if pointer else kind))
            parts[-1].const = const and not pointer
            if not self.accept(','):
                node = Node('declare', start, 0, parts, type=kind)
                node.of = of
                return node

    def array(self, name, start):
        """The rest of `double y[2]`, with its values."""
        while self.take()[1] != ']':
            pass
        values = []
        if self.accept('='):
            self.take('{')
            while not self.accept('}'):
                values.append(self.expression())
                self.accept(',')
        node = Node('declarator', start, self.end(), [None], name, 'array')
        node.values, node.const = values, False
        return node

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
                member = self.take()
                text = member[1]
                if node.text in THREAD:
                    node = Node('name', node.start, self.end(),
                                text=f'{node.text}.{text}')
                else:
                    node = Node('member', node.start, self.end(), [node], text)
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


def pieces(text, start=0):
    """[(start, text)] of what commas separate, without comments around it."""
    text = re.sub(r'//[^\n]*', lambda comment: ' ' * len(comment[0]), text)
    found, depth, last = [], 0, 0
    for k, letter in enumerate(text + ','):
        depth += {'(': 1, '[': 1, ')': -1, ']': -1}.get(letter, 0)
        if letter == ',' and not depth:
            part = text[last:k]
            begin = last + len(part) - len(part.lstrip())
            found.append((start + begin, part.strip()))
            last = k + 1
    return found


def parameters(text):
    """[(name, kind, is a pointer)] of a function's parameters."""
    found = []
    for _, each in pieces(text):
        words = re.findall(r'\w+', each)
        if not words:
            continue
        kinds = [TYPES[word] for word in words if word in TYPES]
        is_pointer = '*' in each or '[' in each
        if not kinds and not is_pointer:
            raise Invalid(f'parameter {each!r}')
        found.append((words[-1], kinds[0] if kinds else 'structure',
                      is_pointer))
    return found


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
