"""The neuron models in a model file of Brian2GeNN, which are string literals.

    model = model_of(text, 'neurongroup')
    model.sim, model.condition, model.reset   # parsed, with places in the file
    model.parameters                          # {'tau': the node of its value}
    model.variables, model.shared             # {'v': 'double'}

Such code is C++, but that variables are written `$(v)` and lines end in `\\n\\`
(cpp.py knows both), and that a time step is: the simulation code, the condition,
and where it holds a spike and the reset, all on the same locals.
"""
import re

import cpp

LITERAL = r'"((?:[^"\\]|\\.)*)"'
UPDATE = re.compile(r'// Update state variables[^\n]*\n')
#: part -> what stands in front of its literal, until Brian2GeNN 1.2 and since
PARTS = {'sim': r'(?:n\.simCode\s*=\s*|SET_SIM_CODE\()',
         'condition': r'(?:n\.thresholdConditionCode\s*=\s*|'
                      r'SET_THRESHOLD_CONDITION_CODE\()',
         'reset': r'(?:n\.resetCode\s*=\s*|SET_RESET_CODE\()',
         'support': r'(?:n\.supportCode\s*=\s*|SET_SUPPORT_CODE\()'}
#: list -> its name until 1.2, its macro since
LISTS = {'parameters': ('pNames', 'SET_PARAM_NAMES'),
         'variables': ('varNames', 'SET_VARS'),
         'types': ('varTypes', ''),
         'shared': ('extraGlobalNeuronKernelParameters',
                    'SET_EXTRA_GLOBAL_PARAMS'),
         'shared types': ('extraGlobalNeuronKernelParameterTypes', '')}


class Model:
    """`support` is the text of the functions that the code calls."""


def extent_of(text, name):
    """(start, end) of the text that describes a model."""
    since = re.search(rf'class {name}NEURON\b.*?IMPLEMENT_MODEL\({name}NEURON\)',
                      text, re.DOTALL)
    if since is not None:
        return since.span()
    until = re.search(rf'\b{name}NEURON\s*=\s*nModels', text)
    if until is None:
        raise cpp.Invalid(f'no model of {name}')
    starts = [each.start() for each in re.finditer(
        r'n\.varNames\.clear', text[:until.start()])]
    return starts[-1], until.start()


def names_in(text, key):
    """The strings of a list, in either form."""
    old, new = LISTS[key]
    pushed = re.findall(rf'n\.{old}\.push_back\("(\w+)"\)', text)
    macro = re.search(rf'\b{new}\(\{{(.*?)\}}\);', text, re.DOTALL) if new else None
    return pushed or (re.findall(r'"(\w+)"', macro[1]) if macro else [])


def variables_in(text, key, types):
    """{variable: type}"""
    names, kinds = names_in(text, key), names_in(text, types)
    if not kinds:  # {"v", "double"}, ...
        names, kinds = names[::2], names[1::2]
    return dict(zip(names, kinds))


def values_of(text, name):
    """The nodes of the values of a population's parameters."""
    found = re.search(rf'NEURON::ParamValues {name}_p\s*\((.*?)\);', text,
                      re.DOTALL) or re.search(
        rf'double {name}_p\[\d*\]\s*=\s*\{{(.*?)\}};', text, re.DOTALL)
    if found is None:
        return []
    return [cpp.Parser(text, start, start + len(each)).expression()
            for start, each in cpp.pieces(found[1], found.start(1)) if each]


def parser_of(text, start, end):
    """Without macros: `_brian_pow` is one in the support code."""
    parser = cpp.Parser(text, start, end)
    parser.macros = {}
    return parser


def block_of(text, start, end):
    return cpp.Node('block', start, end,
                    parser_of(text, start, end).statements())


def model_of(text, name):
    start, end = extent_of(text, name)
    spans = {}
    for part, head in PARTS.items():
        found = re.compile(head + LITERAL, re.DOTALL).search(text, start, end)
        if found is None:
            raise cpp.Invalid(f'no {part} code')
        spans[part] = found.span(1)
    model, inner = Model(), text[start:end]
    update = UPDATE.search(text, *spans['sim'])
    if update is None:
        raise cpp.Invalid('no state update')  # of a PoissonGroup
    model.sim = block_of(text, update.end(), spans['sim'][1])
    model.reset = block_of(text, *spans['reset'])
    model.condition = parser_of(text, *spans['condition']).expression()
    model.support = text[slice(*spans['support'])].replace('\\n\\', '')
    model.variables = variables_in(inner, 'variables', 'types')
    model.shared = variables_in(inner, 'shared', 'shared types')
    names, values = names_in(inner, 'parameters'), values_of(text, name)
    if len(names) != len(values):
        raise cpp.Invalid('parameters without values')
    model.parameters = dict(zip(names, values))
    return model


def statements(text):
    return cpp.Parser(text, 0, len(text)).statements()


def population(model, group):
    """The node of all that can be changed. It has three programs: `update`,
    `step` (which also has the threshold and the reset), and `resetting`."""
    node = cpp.Node('population', model.sim.start, model.reset.end,
                    [*model.parameters.values(), model.sim, model.condition,
                     model.reset])
    node.model = model
    record = statements(f'_ptr_array_{group}__spikespace[_count++] = _idx;')
    spike = cpp.Node('if', 0, 0, [model.condition, cpp.Node(
        'block', 0, 0, [*record, *model.reset.parts]), None])
    node.update = program(model, group, model.sim.parts)
    node.step = program(model, group, [*model.sim.parts, spike])
    node.resetting = program(model, group, model.reset.parts)
    return node


def program(model, group, body):
    """A function as C++ standalone would have it around this code."""
    arrays = {f'_array_{group}_{name}': kind for name, kind
              in [*model.variables.items(), *model.shared.items()]}
    clock = {'_array_defaultclock_dt': 'double', '_array_defaultclock_t': 'double',
             f'_array_{group}__spikespace': 'int32_t'}
    head = statements(''.join(
        f'{kind}* _ptr{array} = {array};' for array, kind
        in {**arrays, **clock}.items()))
    for name, value in model.parameters.items():
        kind = 'int' if name == 'N' else 'float'  # that one is cut down
        part = cpp.Node('declarator', value.start, value.end, [value], name,
                        kind)
        part.const = True
        head.append(cpp.Node('declare', value.start, value.end, [part],
                             type=kind))
    head += statements(
        'const int64_t _N = 2; int _count = 0;'
        'const double dt = _ptr_array_defaultclock_dt[0];'
        'const double t = _ptr_array_defaultclock_t[0];'
        'const double DT = dt;'
        + ''.join(f'{kind} {name} = _ptr_array_{group}_{name}[0];'
                  for name, kind in model.shared.items()))
    loop, = statements('for (int _idx = 0; _idx < _N; _idx++) {}')
    loop.parts[3].parts = [
        *statements(''.join(f'{kind} {name} = _ptr_array_{group}_{name}[_idx];'
                            for name, kind in model.variables.items())),
        *body,
        *statements(''.join(f'_ptr_array_{group}_{name}[_idx] = {name};'
                            for name in model.variables))]
    return cpp.Node('block', 0, 0, [
        *head, loop, *statements(
            f'_ptr_array_{group}__spikespace[_N] = _count;')])
