"""Runs what is more than one C++ function: kernels of CUDA, steps of the GSL, time
steps of GeNN (genn.py).

    run(body, memory)      # as bodies.run, which knows plain functions only

A *kernel* is executed by every thread of its launch: two blocks of two, which
is more than there are elements.  Its first parts declare its parameters as
what the launch gives them.

A *function* is called by its name, with numbers, arrays and structures.  Where
the GSL is asked to integrate, the midpoint method takes its place: the library
does what its documentation says, and what is asked here is whether it is handed
the right function.  How exact it is told to be is not printed, and not asked.
"""
import numpy as np

import bodies
import cpp
from cpp import Invalid

BLOCK = 2  # threads of a block, and blocks
SUCCESS = {'GSL_SUCCESS': 0}
STEP = 'gsl_odeiv2_step_'
#: What the GSL remembers from step to step.
OF_GSL = ('_last_timestep', '_failed_steps', '_step_count')


class Return(Exception):
    pass


class Structure:
    """`kinds` is {field: kind}, or None where any field is welcome."""

    def __init__(self, name, kinds=None):
        self.name, self.kinds, self.fields = name, kinds, {}

    def kind_of(self, field):
        if self.kinds is None:
            return 'float'
        if field not in self.kinds:
            raise Invalid(f'no field {field}')
        return self.kinds[field]


class Run(bodies.Run):
    def __init__(self, memory, **options):
        super().__init__(memory, **options)
        self.structures, self.is_thread = {}, False
        self.elements_read = {}  # of buffers of random numbers

    # statements
    def do_structure(self, node):
        self.structures[node.text] = node.fields

    def do_function(self, node):
        self.declare(node.text, 'function', node, const=True)

    def do_population(self, node):
        self.block(node.step)

    def do_return(self, node):
        if self.mask is not None:
            raise Invalid('a return that depends on values')
        raise Return

    def enter(self, block, scope):
        """Executes a block that `return` leaves."""
        scopes = self.scopes
        self.scopes = [*scopes, scope]
        try:
            self.block(block)
        except Return:
            pass
        finally:
            self.scopes = scopes

    def do_kernel(self, node):
        *parameters, block = node.parts
        self.is_thread = True
        for thread in range(BLOCK * BLOCK):
            numbers = {'blockIdx.x': thread // BLOCK, 'blockDim.x': BLOCK,
                       'threadIdx.x': thread % BLOCK}
            scopes = self.scopes
            self.scopes = [*scopes, {
                name: ['int', number, True, True]
                for name, number in numbers.items()}]
            for each in parameters:
                self.statement(each)
            self.enter(block, {})
            self.scopes = scopes

    # structures and pointers
    def do_declare(self, node):
        for part in node.parts:
            if part.type == 'array':
                self.declare(part.text, 'pointer',
                             (self.local(part.text), node.type))
                for k, value in enumerate(part.values):
                    self.memory.write(self.local(part.text), k, bodies.to_type(
                        self.value(value)[1], node.type), None, node.type)
            elif node.type == 'structure':
                value = (self.reference(part.parts[0]) if part.parts[0]
                         else Structure(part.text,
                                        self.structures.get(node.of)))
                self.declare(part.text, 'structure', value)
            else:
                super().do_declare(cpp.Node(
                    'declare', node.start, node.end, [part], type=node.type))

    def local(self, name):
        """The name in memory of an array on the stack."""
        return f'local {name}'

    def reference(self, node):
        """A pointer, a structure or a function; None for a number."""
        while node.kind in ('brackets', 'cast') or (
                node.kind == 'unary' and node.text == '&'):
            if node.kind == 'unary' and node.parts[0].kind == 'member':
                return self.field_as_array(node.parts[0])
            node = node.parts[0]
        if node.kind == 'call':
            return self.driver(node)
        if node.kind == 'member':
            kind, value = self.field(node)
            return value if kind in ('pointer', 'structure') else None
        if node.kind != 'name':
            return None
        for scope in reversed(self.scopes):
            if node.text in scope:
                kind, value = scope[node.text][:2]
                return (value if kind in ('pointer', 'structure', 'function')
                        else None)
        return None

    def pointer(self, node):
        value = self.reference(node)
        if isinstance(value, tuple):
            return value
        while node.kind == 'unary' and node.text == '&':
            node = node.parts[0]
        return super().pointer(node)

    def structure(self, node):
        if node.kind == 'member':  # `driver->e`
            owner = self.structure(node.parts[0])
            if owner.kinds is None:
                owner.fields.setdefault(node.text, Structure(node.text))
        value = self.reference(node)
        if not isinstance(value, Structure):
            raise Invalid('a member of something else')
        return value

    def field_as_array(self, node):
        return f'local {self.structure(node.parts[0]).name}.{node.text}', 'int'

    def field(self, node):
        """(kind, value) of a member."""
        owner = self.structure(node.parts[0])
        kind = owner.kind_of(node.text)
        if node.text not in owner.fields:
            if kind == 'pointer':
                raise Invalid(f'{node.text} points nowhere')
            owner.fields[node.text] = self.garbage(node.text, kind)
        value = owner.fields[node.text]
        if isinstance(value, (tuple, Structure)):
            kind = 'pointer' if isinstance(value, tuple) else 'structure'
        return kind, value

    def is_member(self, node):
        kind, value = self.field(node)
        if kind in ('pointer', 'structure'):
            raise Invalid(f'{node.text} is no number')
        return (kind if kind == 'float' else 'int'), value

    def is_assign(self, node):
        left, right = node.parts
        if left.kind == 'member' and node.text == '=':
            value = self.reference(right)
            if value is not None:
                self.structure(left.parts[0]).fields[left.text] = value
                return 'int', 0
        return super().is_assign(node)

    def store(self, node, value):
        if node.kind != 'member':
            return super().store(node, value)
        owner = self.structure(node.parts[0])
        kind = owner.kind_of(node.text)
        if kind == 'pointer':
            raise Invalid('a number for a pointer')
        value = bodies.to_type(value, kind)
        if self.mask is not None:
            value = np.where(self.mask, value, self.field(node)[1])
        owner.fields[node.text] = value

    # expressions
    def arguments_of_draw(self, nodes):
        """But for the buffer, whose rate stands elsewhere."""
        return super().arguments_of_draw(
            [node for node in nodes if self.reference(node) is None])

    def lot(self, node):
        """A thread reads an element of a buffer of random numbers; which one is
        the same, as long as each is read by one thread."""
        if self.is_thread:
            element = node.text, self.value(node.parts[-1])[1]
            return self.elements_read.setdefault(element,
                                                 len(self.elements_read))
        return super().lot(node)

    def is_size(self, node):
        return 'int', self.elements

    def is_name(self, node):
        if node.text in SUCCESS:
            return 'int', SUCCESS[node.text]
        if self.reference(node) is not None:
            raise Invalid(f'{node.text} is no number')
        return super().is_name(node)

    def is_call(self, node):
        if node.text.endswith('atomicAdd') and len(node.parts) == 2:
            return self.atomic_add(*node.parts)
        if node.text.startswith('gsl_odeiv2_'):
            return self.library(node)
        for scope in reversed(self.scopes):
            if node.text in scope and scope[node.text][0] == 'function':
                self.call_function(scope[node.text][1], node.parts)
                return 'int', 0
        return super().is_call(node)

    def atomic_add(self, place, change):
        if place.kind != 'unary' or place.text != '&':
            raise Invalid('an atomic operation on a value')
        kind, old = self.value(place.parts[0])
        self.store(place.parts[0], old + self.value(change)[1])
        return kind, old

    def call_function(self, function, arguments):
        if len(arguments) != len(function.parameters):
            raise Invalid(f'{len(arguments)} arguments of {function.text}')
        scope = {}
        for (name, kind, is_pointer), node in zip(function.parameters,
                                                  arguments):
            value = self.reference(node)
            if is_pointer != (value is not None):
                raise Invalid(f'an argument of {function.text}')
            if is_pointer:
                kind = ('structure' if isinstance(value, Structure)
                        else 'pointer')
            else:
                value = bodies.to_type(self.value(node)[1], kind)
            scope[name] = [kind, value, False, True]
        self.enter(function.parts[0], scope)

    # the GSL
    def driver(self, node):
        if not node.text.startswith('gsl_odeiv2_driver_alloc'):
            return None
        driver = Structure('driver')
        driver.system = self.structure(node.parts[0])
        driver.steps = [part.text for part in node.parts
                        if part.text.startswith(STEP)]
        return driver

    def library(self, node):
        if node.text.endswith(('_driver_apply', '_apply_fixed_step')):
            driver, time, *duration, vector = node.parts
            if time.kind != 'unary' or time.text != '&':
                raise Invalid('a time that cannot move on')
            time = time.parts[0]
            then, *count = (self.value(each)[1] for each in duration)
            if count:  # of steps, of this length
                then = self.value(time)[1] + then * count[0]
            self.integrate(driver, time, then, vector)
        return 'int', 0

    def integrate(self, driver, time, then, vector):
        system = getattr(self.structure(driver), 'system', None)
        if system is None:
            raise Invalid('no driver')
        self.loops.append(('GSL', tuple(self.structure(driver).steps)))
        _, now = self.value(time)
        place, _ = self.pointer(vector)
        size = self.memory.read(f'local {system.name}.dimension', 0, 'int')
        function = system.fields.get('function')
        if not isinstance(size, int) or not 0 < size <= 64 or not isinstance(
                function, cpp.Node) or 'params' not in system.fields:
            raise Invalid('a system that is not complete')
        y = [self.memory.read(place, k, 'float') for k in range(size)]
        slope, middle = ([0] * size,) * 2
        for share in (0, 0.5):
            middle = [a + share * (then - now) * b for a, b in zip(y, slope)]
            slope = self.slope(function, now + share * (then - now), middle,
                               system.fields['params'])
        for k, (a, b) in enumerate(zip(y, slope)):
            self.memory.write(place, k, a + (then - now) * b, self.mask,
                              'float')
        self.store(time, then)

    def slope(self, function, time, y, params):
        for k, value in enumerate(y):
            self.memory.write('local y', k, value, None, 'float')
        values = [('float', time), ('pointer', ('local y', 'float')),
                  ('pointer', ('local f', 'float')), ('structure', params)]
        if len(function.parameters) != len(values):
            raise Invalid('a right-hand side of another form')
        self.enter(function.parts[0], {
            name: [kind, value, False, True] for (name, _, _), (kind, value)
            in zip(function.parameters, values)})
        return [self.memory.read('local f', k, 'float')
                for k in range(len(y))]


def run(body, memory, **options):
    """Executes a body; what it visited is returned, with the steps of the GSL,
    what it wrote is in `memory.written`."""
    this = Run(memory, **options)
    with np.errstate(all='ignore'):
        this.enter(body, {})
    memory.undefined = this.undefined
    return this.loops
