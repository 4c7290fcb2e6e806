"""Changes the meaning of a generated C++ function in one place.

    for each in sites(body, text):       # all that can be done
        each.kind, each.edits            # 'sign', [(start, end, new text)]

Sites are found in the parsed body (bodies.py), so that an edit is one of C++'s
meaning and not of its layout; which of them are used is drawn by lot.
"""
import re

from cpp import TYPES

#: kind of a mutation -> what it does
KINDS = {
    'sign': 'a minus in front of an operand, or one less',
    'plus and minus': 'exchanged',
    'times and divide': 'exchanged',
    'comparison': 'turned round',
    'border': '< becomes <=, and so on',
    'logic': '&& and || exchanged, ! added or left out',
    'constant': 'another value of a literal',
    'small constant': 'a literal with other last digits',
    'variable': 'another variable of the same kind in its place',
    'swap': 'two variables of one statement exchanged',
    'term': 'one side of a sum left out',
    'factor': 'one side of a product left out',
    'function': 'another function, or method of the GSL',
    'arguments': 'exchanged',
    'assignment': '=, += and -= exchanged',
    'statement': 'left out',
    'twice': 'a statement repeated',
    'order': 'two statements exchanged',
    'branch': 'two branches exchanged',
    'type': 'a floating point number becomes an integer',
    'index': 'the first element in place of each one',
}
OPERATORS = {'+': ('plus and minus', '-'), '-': ('plus and minus', '+'),
             '*': ('times and divide', '/'), '/': ('times and divide', '*'),
             '&&': ('logic', '||'), '||': ('logic', '&&')}
TURNED = {'<': '>', '>': '<', '<=': '>=', '>=': '<=', '==': '!=', '!=': '=='}
BORDER = {'<': '<=', '>': '>=', '<=': '<', '>=': '>'}
FUNCTIONS = {'exp': 'sinh', 'sin': 'cos', 'cos': 'sin', 'tanh': 'sinh',
             'sinh': 'cosh', 'cosh': 'sinh', 'sqrt': 'exp', 'log': 'exp',
             '_exprel': 'exp', 'floor': 'ceil', 'ceil': 'floor',
             'int_': 'fabs', '_randn': '_rand', '_rand': '_randn',
             '_brian_abs': 'exp', 'tan': 'sin'}
STEPS = {'rk2': 'rk4', 'rk4': 'rk2', 'rkf45': 'rkck', 'rkck': 'rkf45',
         'rk8pd': 'rk4'}


class Site:
    """`edits` are (start, end, new text) or, where the new text is that of
    another place, (start, end, new text, place)."""

    def __init__(self, kind, *edits):
        self.kind, self.edits = kind, sorted(edits)

    def apply(self, text):
        for start, end, new, *_ in reversed(self.edits):
            text = text[:start] + new + text[end:]
        return text

    def back(self, place):
        """The place in the original text of a place in the mutant."""
        for start, end, new, *origin in self.edits:
            if place < start:
                break
            if place < start + len(new):
                return place - start + origin[0] if origin else start
            place += end - start - len(new)
        return place


class Finder:
    def __init__(self, text):
        self.text = text
        self.used = set()  # the names that are not only declared
        self.scopes = [{}]
        self.spelled = {}  # names that are written in another way
        self.found = []

    def add(self, kind, *edits):
        self.found.append(Site(kind, *edits))

    def of(self, node):
        return self.text[node.start:node.end]

    def exchanged(self, one, other):
        return ((one.start, one.end, self.of(other), other.start),
                (other.start, other.end, self.of(one), one.start))

    def statements(self, parts):
        movable = [part for part in parts if part.kind in ('do', 'if')]
        for part in movable:
            self.add('statement', (part.start, part.end, ';'))
            self.add('twice', (part.end, part.end, self.of(part), part.start))
        for one, other in zip(parts, parts[1:]):
            if {one.kind, other.kind} & {'do', 'if'} and (
                    'empty' not in (one.kind, other.kind)):
                self.add('order', *self.exchanged(one, other))
        for part in parts:
            self.statement(part)

    def statement(self, node):
        self.scopes.append({})
        if node.kind == 'block':
            self.statements(node.parts)
        elif node.kind == 'if':
            condition, then, other = node.parts
            self.add('logic', (condition.start, condition.start, '!('),
                     (condition.end, condition.end, ')'))
            if other is not None:
                self.add('branch', *self.exchanged(then, other))
                self.add('statement', (then.end, other.end, ''))
            self.expressions(node, [condition])
            self.statement(then)
            if other is not None:
                self.statement(other)
        elif node.kind == 'kernel':
            *parameters, block = node.parts
            self.launch(parameters)
            for each in parameters:
                self.statement(each)
            self.scopes[-2].update(self.scopes[-1])
            self.statements(block.parts)
            self.scopes[-2].clear()
        elif node.kind == 'function':
            self.statements(node.parts[0].parts)
        elif node.kind == 'population':
            self.population(node.model)
        elif node.kind == 'for':
            self.statement(node.parts[0])
            self.scopes[-2].update(self.scopes[-1])
            self.expressions(node, node.parts[1:2])
            self.statement(node.parts[3])
        self.scopes.pop()
        if node.kind == 'declare':
            self.declaration(node)
        elif node.kind == 'do':
            self.expressions(node, node.parts)

    def population(self, model):
        """Of GeNN: its code, and the values of its parameters."""
        values = list(model.parameters.values())
        for one, other in zip(values, values[1:]):
            self.add('arguments', *self.exchanged(one, other))
        for value in values:
            for each in value.walk():
                self.expression(each, True)
        kinds = {**model.variables, **model.shared}
        self.scopes.append({name: TYPES[kind] for name, kind in kinds.items()})
        self.scopes[-1].update(dict.fromkeys(model.parameters, 'float'))
        self.spelled = {name: f'$({name})' for name in self.scopes[-1]}
        self.scopes[-1].update(t='float', DT='float')
        self.scopes.append({})
        self.statements(model.sim.parts)
        condition = model.condition
        self.add('logic', (condition.start, condition.start, '!('),
                 (condition.end, condition.end, ')'))
        self.expressions(condition, [condition])
        self.scopes[-1] = {}
        self.statements(model.reset.parts)
        del self.scopes[-2:]

    def launch(self, parameters):
        """Arguments of the same kind exchanged."""
        for one, other in zip(parameters, parameters[1:]):
            if (one.type, one.parts[0].type) == (
                    other.type, other.parts[0].type):
                self.add('arguments', *self.exchanged(one, other))

    def declaration(self, node):
        if not any(part.text in self.used for part in node.parts):
            return
        values = [part.parts[0] for part in node.parts
                  if part.parts[0] is not None]
        self.expressions(node, values, are_pointers=any(
            part.type == 'pointer' for part in node.parts))
        if node.type == 'float' and len(node.parts) == 1 and values and (
                node.parts[0].type == 'float'):
            word = re.compile('double|float').search(
                self.text, node.start, node.end)
            self.add('type', (word.start(), word.end(), 'int32_t'))
        for part in node.parts:
            self.scopes[-1][part.text] = (
                f'{node.type} pointer' if part.type == 'pointer' else part.type)

    def kind_of(self, name):
        for scope in reversed(self.scopes):
            if name in scope:
                return scope[name]
        return None

    def visible(self, kind):
        return sorted({name for scope in self.scopes for name in scope
                       if self.kind_of(name) == kind})

    def expressions(self, statement, roots, are_pointers=False):
        names, targets = [], set()
        for root in roots:
            if root.kind == 'assign' and root.parts[0].kind == 'name':
                targets.add(root.parts[0])
            for node in root.walk():
                if getattr(node, 'is_macro', False):
                    return
                if node.kind == 'name':
                    names.append(node)
                self.expression(node, node in targets or are_pointers)
        for node in names:
            kind = self.kind_of(node.text)
            if kind is None and are_pointers:
                continue  # the arrays of a project
            others = [name for name in self.visible(kind) if name != node.text]
            for other in others[:12]:
                self.add('variable', (node.start, node.end,
                                      self.spelled.get(other, other)))
            for other in names:
                if (node.start < other.start and node.text != other.text
                        and kind is not None
                        and self.kind_of(other.text) == kind):
                    self.add('swap', (node.start, node.end, self.of(other)),
                             (other.start, other.end, self.of(node)))

    def expression(self, node, is_target):
        text = self.of(node)
        getattr(self, 'at_' + node.kind, lambda *_: None)(node, text)
        if (node.kind in ('name', 'call', 'brackets') and not is_target
                and (self.kind_of(node.text) or 'float') == 'float'):
            self.add('sign', (node.start, node.end, f'(- {text})'))

    def at_number(self, node, text):
        digits = text.rstrip('fFlLuU')
        suffix = text[len(digits):]
        if re.fullmatch(r'\d+', digits):
            self.add('constant', (node.start, node.end,
                                  f'{int(digits) + 1}{suffix}'))
            return
        value = float(digits)
        for kind, other in (('constant', value * 1.5 or 0.5),
                            ('small constant', value * (1 + 2e-6) or 1e-7)):
            other = repr(other)
            if suffix and not re.search(r'[.e]', other):
                other += '.0'
            if not (suffix and kind == 'small constant'):
                self.add(kind, (node.start, node.end, other + suffix))

    def at_name(self, node, text):
        if text.startswith('gsl_odeiv2_step_'):
            head, _, step = text.rpartition('_')
            self.add('function', (node.start, node.end,
                                  f'{head}_{STEPS[step]}'))

    def keep(self, kind, node, part):
        self.add(kind, (node.start, node.end, f' {self.of(part)}',
                        part.start - 1))

    def at_unary(self, node, text):
        if node.text == '-':
            self.keep('sign', node, node.parts[0])
        elif node.text == '!':
            self.keep('logic', node, node.parts[0])

    def at_binary(self, node, text):
        start, end = node.operator
        left, right = node.parts
        if node.text in OPERATORS:
            kind, other = OPERATORS[node.text]
            self.add(kind, (start, end, other))
        if node.text in TURNED:
            self.add('comparison', (start, end, TURNED[node.text]))
        if node.text in BORDER:
            self.add('border', (start, end, BORDER[node.text]))
        if node.text in '+-':
            self.keep('term', node, left)
            if node.text == '+':
                self.keep('term', node, right)
            else:
                self.add('term', (left.start, left.end, ''))
        if node.text in '*/':
            self.keep('factor', node, left)
            if node.text == '*':
                self.keep('factor', node, right)
        if node.text in ('&&', '||'):
            self.keep('logic', node, left)
            self.keep('logic', node, right)

    def at_call(self, node, text):
        if node.text in FUNCTIONS:
            self.add('function', (node.start, node.start + len(node.text),
                                  FUNCTIONS[node.text]))
        for one, other in zip(node.parts, node.parts[1:]):
            self.add('arguments', *self.exchanged(one, other))

    def at_assign(self, node, text):
        start, end = node.operator
        other = {'=': '+=', '+=': '-=', '-=': '+=', '*=': '/=', '/=': '*='}
        self.add('assignment', (start, end, other[node.text]))
        if node.text != '=':
            self.add('assignment', (start, end, '='))

    def at_index(self, node, text):
        index = node.parts[1]
        if index.kind == 'name':
            self.add('index', (index.start, index.end, '0'))


def sites(body, text):
    """Every mutation of a body, in the order of the text."""
    finder = Finder(text)
    finder.used = {node.text for node in body.walk() if node.kind == 'name'}
    finder.statements(body.parts)
    return finder.found
