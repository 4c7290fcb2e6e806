"""What a SpatialNeuron has besides a group: how it is compared.

`Im` is compared as a whole, with all point currents: the code does not tell
`I : amp (point current)` from an author's own `Im = ... + I/area`.  In the same
way a threshold is compared together with its location.
"""
import re

import algebra

#: Dimensions (m, kg, s, A, K, mol, cd) of the variables that Brian2 adds.
VARIABLES = {
    'v': (2, 1, -3, -1, 0, 0, 0), 'area': (2, 0, 0, 0, 0, 0, 0),
    'Cm': (-4, -1, 4, 2, 0, 0, 0), 'Ri': (3, 1, -3, -2, 0, 0, 0),
    'Ic': (-2, 0, 0, 1, 0, 0, 0), 'volume': (3, 0, 0, 0, 0, 0, 0),
    'length': (1, 0, 0, 0, 0, 0, 0), 'distance': (1, 0, 0, 0, 0, 0, 0),
    'diameter': (1, 0, 0, 0, 0, 0, 0), 'r_length_1': (1, 0, 0, 0, 0, 0, 0),
    'r_length_2': (1, 0, 0, 0, 0, 0, 0)}
METRES = {'': 1, 'm': 1e-3, 'u': 1e-6, 'n': 1e-9}
COORDINATES = dict.fromkeys('xyz', (1, 0, 0, 0, 0, 0, 0))


def is_spatial(true):
    return 'membrane' in true


def own_variables(true):
    """{name: (dtype, dimensions)} of what expressions may use."""
    if not is_spatial(true):
        return {}
    own = dict(VARIABLES)
    if 'x' in true['morphology']:
        own.update(COORDINATES)
    return {name: ('float', list(dim)) for name, dim in own.items()}


def said_current(said):
    """`Im` as the tool prints it, with the point currents that it names."""
    equations = said['equations']
    terms = [equations['Im']['expr']]
    terms += [f'{name}/area' for name, eq in equations.items()
              if 'point current' in (eq.get('flags') or [])]
    return ' + '.join(f'({term})' for term in terms)


def said_threshold(said, event, text):
    location = said.get('threshold_location')
    if location is None or event != 'spike' or not text:
        return text
    return f'({text}) and (i == {location})'


def without_point_currents(true, name, flags):
    """Flags as they are compared: whoever writes `I/area` into `Im` might as
    well have called I a point current."""
    if is_spatial(true) and re.search(
            rf'\b{name}\s*/\s*area\b', true['equations']['Im']['expr']):
        return flags - {'point current'}
    return flags


def score_cable(report, group):
    """Cm, Ri, the threshold's compartment and the morphology."""
    true, said = group.true, group.said
    for name in ('Cm', 'Ri'):
        score_compartments(report, name, true[name], true['N'],
                           said.get(name))
    if 'threshold_location' in true or 'threshold_location' in said:
        report.same('threshold_location',
                    true.get('threshold_location', 'none'),
                    said.get('threshold_location'))
    shape = said.get('morphology') or {}
    report.same('morphology', len(true['morphology']['sections']),
                shape.get('sections'), 'sections')
    for name, values in true['morphology'].items():
        if name != 'sections':
            same = values.count(values[0]) == len(values)
            score_compartments(report, name, values[0] if same else values,
                               len(values), shape.get(name), 'morphology')
    report.same('morphology', [], sorted(set(shape) - set(true['morphology'])),
                'invented')


def is_text_of(text, value):
    """Whether a quantity as Brian2 prints it has this value: a unit without
    a name of its own is printed in base units."""
    read = algebra.quantity(text)
    if read is None:
        number, unit = text.split(' ', 1)
        metres = re.fullmatch(r'([num]?)m(?:\^(\d))?', unit)
        scale = METRES[metres[1]]**int(metres[2] or 1) if metres else 1
        read = float(number) * scale
    return value is not None and abs(read - value) <= 1e-8 * abs(value)


def score_compartments(report, name, true, size, said, field=None):
    """`true` is a number where all compartments have the same, a list of
    their values, or None where only the simulation knows them."""
    said = said or {}
    value = said.get('value_si')
    text = said.get('value')
    why = None
    if value is not None and not (isinstance(true, (int, float))
                                  and value == true):
        why = 'value'
    elif text is not None and not is_text_of(text, value):
        why = 'text'
    elif said and said.get('size') != (1 if name == 'Ri' else size):
        why = 'size'
    elif said and algebra.dimensions(said.get('unit') or '') != tuple(
            (VARIABLES.get(name) or COORDINATES[name])):
        why = 'unit'
    # values in data files are not in the C++
    known = bool(said) and (value is not None or field == 'morphology'
                            or not isinstance(true, (int, float)))
    report.same(field or name, 'right', why or ('right' if known else None),
                name)
