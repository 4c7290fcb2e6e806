"""Does a reading say what the code does?  Asked of numbers alone.

The other way round than the tool: what is printed (equations, method,
threshold, reset, refractoriness) is put to work on random states, the C++ is
executed on the same states (bodies.py), and what they leave behind is compared.

    for problem in problems(group, role, body, names): print(problem)

`group` is the tool's JSON of a group, `names` the variable of each array.
Unknown is raised where nothing can be said.
"""
import re

import numpy as np

import algebra
import bodies
import digits
import programs
import score
import spatial
from algebra import Unknown
from methods import Methods, noise

NATURAL = bodies.NATURAL


class Opaque(dict):
    """Functions that are not Brian2's stand for themselves."""

    def __contains__(self, name):
        return name not in algebra.FUNCTIONS and name not in (
            'clip', 'timestep', 'rand', 'randn', 'poisson', 'binomial')

    def __missing__(self, name):
        return name


class CppScope(algebra.Scope):
    """Where the bounds of `clip` cross, C++ and numpy differ."""

    def _Call(self, node):
        if node.func.id == 'clip' and len(node.args) == 3:
            (x, size), (low, _), (high, _) = map(self._eval, node.args)
            return np.where(x < low, low, np.where(x > high, high, x)), size
        return super()._Call(node)


def variables_of(body):
    """{array: variable} of a function: a local that is copied from an array's
    element or to it has the variable's name."""
    pointers, names = {}, {}
    for node in body.walk():
        if node.kind == 'declarator' and node.type == 'pointer':
            source = node.parts[0]
            if source.kind == 'unary':
                source = source.parts[0]
            if source.kind == 'name':
                pointers[node.text] = pointers.get(source.text, source.text)
    for node in body.walk():
        if node.kind == 'declarator':
            pair = node.parts[0], node.text
        elif node.kind == 'assign' and node.parts[0].kind == 'index':
            pair = node.parts[0], node.parts[1].text
        else:
            continue
        place, name = pair
        if place is not None and place.kind == 'index' and name:
            array = pointers.get(place.parts[0].text)
            if array and not bodies.is_space(array):
                names.setdefault(array, name)
    return names


def draw(name, values, target):
    """Noise has the name of the variable that takes it; other random numbers
    are symbols by their name, as in algebra.py."""
    if name == 'randn' and target.startswith('xi'):
        return noise(target)
    return algebra.opaque(name, [(value * np.ones(algebra.POINTS),
                                  np.abs(value)) for value in values])[0]


class Check:
    """One function against one group's reading."""

    def __init__(self, group, body, names, palette, options, given=()):
        self.group, self.body = group, body
        self.options = options
        self.given = dict(given)  # {array: values of its first element}
        self.arrays = {name: array for array, name in names.items()}
        self.names = names
        self.palette = palette
        self.equations = {name: eq for name, eq
                          in (group.get('equations') or {}).items()
                          if isinstance(eq, dict)}
        self.kinds = {name: eq['dtype'] for name, eq in self.equations.items()
                      if eq.get('type') != 'subexpression'}
        self.constants = {
            name: score.number(entry['value_si']) for name, entry
            in (group.get('identifiers') or {}).items()
            if isinstance(entry, dict) and entry.get('value_si') is not None}
        self.subexpressions = {
            name: eq['expr'] for name, eq in self.equations.items()
            if eq.get('type') == 'subexpression' and eq.get('expr')
            and 'constant over dt' not in eq.get('flags', [])}
        self.before, self.after = self.execute()

    def execute(self, dt=None, without_noise=False):
        """The memory before and after one call."""
        memory = self.fresh(dt)
        texts = ' '.join(eq.get('expr') or ''
                         for eq in self.equations.values())
        known = set(re.findall(r'\bxi\w*', texts))

        def loud(name, values, target):
            # (where the code draws something else, it is no noise)
            return draw(name, values, target if target in known else '')

        def silent(name, values, target):
            return (0 * noise(target) if target in known
                    else draw(name, values, ''))
        loops = programs.run(self.body, memory,
                             draw=silent if without_noise else loud,
                             **self.options)
        self.natural = ~memory.undefined & (np.arange(algebra.POINTS) < NATURAL)
        if any(name not in ('N', 'GSL') and visited != (0,)
               for name, visited in loops):
            raise Unknown('visits other elements')
        return self.fresh(dt), memory

    def fresh(self, dt):
        """A memory that nobody has touched."""
        memory = bodies.Memory(self.palette, elements=1)
        memory.arrays.update({array: {0: value} for array, value
                              in self.given.items()})
        if dt is not None:
            memory.arrays[self.arrays['dt']] = {0: dt}
        return memory

    def old(self, name, memory=None):
        if name not in self.arrays:
            raise Unknown(f'no array of {name}')
        return self.value_in(memory or self.before, self.arrays[name])

    def value_in(self, memory, array):
        value = memory.read(array, 0, self.kind_of(array))
        return np.broadcast_to(value, algebra.POINTS)

    def kind_of(self, array):
        for node in self.body.walk():
            if node.kind == 'declare' and any(
                    part.type == 'pointer' and part.parts[0].text == array
                    for part in node.parts):
                return node.type
        return 'float'

    def scope(self, memory=None, **changed):
        values = {}
        for name in self.arrays:
            value = self.old(name, memory)
            if self.kind_of(self.arrays[name]) in ('char', 'bool'):
                value = value != 0
            values[name] = value
        values.setdefault('i', np.zeros(algebra.POINTS))
        values.setdefault('N', np.ones(algebra.POINTS))
        values.update(changed)
        scope = CppScope(values, self.constants, self.subexpressions,
                          units=True)
        scope.functions = Opaque()
        return scope

    def evaluate(self, text, scope):
        value = scope.evaluate(text)[0]
        return value

    # state updater
    def state_update(self):
        yield from self.refractoriness()
        rows = {name: eq for name, eq in self.equations.items()
                if eq.get('type') == 'differential equation'}
        for array, index in sorted(self.after.written):
            name = self.names.get(array)
            if (name in rows or name == 'not_refractory' or name in programs.OF_GSL
                    or index != 0):
                continue
            if name == 'lastspike' and self.refractory() is None and (
                    self.may_be_refractory()):
                continue  # so that nothing is said of refractoriness
            if not agree(self.value_in(self.before, array),
                         self.value_in(self.after, array)):
                yield f'{name or array} moves and has no equation'
        self.rows = {name: eq for name, eq in rows.items() if eq.get('expr')}
        if not self.rows:
            raise Unknown('no equation')
        self.noises = sorted({name for eq in self.rows.values() for name in
                              algebra.names_in(eq['expr'])[0]
                              if name == 'xi' or name.startswith('xi_')})
        holds_dt = any('dt' in algebra.names_in(eq['expr'])[0]
                       for eq in self.equations.values() if eq.get('expr'))
        self.active = self.activity()
        if not holds_dt:
            yield from self.first_order()
        if len(self.rows) == len(rows):
            yield from self.whole_step(self.group.get('method'))

    def activity(self):
        """The value of not_refractory in the equations."""
        if 'not_refractory' not in self.arrays:
            return np.ones(algebra.POINTS)
        return self.old('not_refractory', self.after) != 0

    def refractoriness(self):
        """Does not_refractory become what is printed?"""
        said = self.refractory()
        written = any(self.names.get(array) == 'not_refractory'
                      for array, _ in self.after.written)
        if not written:
            if said is not None:
                yield 'not_refractory is never computed'
            return
        if said is None:
            return
        becomes = self.old('not_refractory', self.after) != 0
        value = algebra.quantity(said)
        scope = self.scope()
        if value is None:
            value = self.evaluate(said, scope)
        if np.asarray(value).dtype == bool:
            expected = ~value | (self.old('not_refractory') != 0)
        else:
            t, last = map(self.old, ('t', 'lastspike'))
            expected = t - last > value  # until Brian2 2.1.2
            if (expected != becomes)[self.natural].sum() > 2:
                dt = self.old('dt')
                expected = (digits.trunc((t - last + 1e-3 * dt) / dt)
                            >= digits.trunc((value + 1e-3 * dt) / dt))
        # (an infinite time has no number of steps)
        telling = self.natural & digits.isfinite(digits.number(
            np.broadcast_to(value, algebra.POINTS)))
        if (expected != becomes)[telling].sum() > 2:
            yield f'refractory is not {said}'

    def refractory(self):
        for event in (self.group.get('events') or {}).values():
            if isinstance(event, dict) and event.get('refractory') not in (
                    None, False, 'False'):
                return str(event['refractory'])
        return None

    def may_be_refractory(self):
        """Whether a refractoriness is printed, or one that is not known."""
        return any(isinstance(event, dict) and event.get(
            'refractory', False) not in (False, 'False')
            for event in (self.group.get('events') or {}).values())

    def rates(self, values, t=None):
        """(f, {noise: g}) of all rows at values of the variables."""
        changed = dict(values)
        if t is not None and 't' in self.arrays:
            changed['t'] = t
        if 'not_refractory' in self.arrays:
            changed['not_refractory'] = self.active != 0
        quiet = {name: np.zeros(algebra.POINTS) for name in self.noises}

        def at(noises):
            scope = self.scope(self.present, **changed, **noises)
            return {name: self.evaluate(eq['expr'], scope) * 1.0
                    * (self.active if 'unless refractory'
                       in eq.get('flags', []) else 1)
                    for name, eq in self.rows.items()}
        f = at(quiet)
        g = {}
        for each in self.noises:
            loud = at({**quiet, each: np.ones(algebra.POINTS)})
            g[each] = {name: loud[name] - f[name] for name in f}
        return f, g

    def first_order(self):
        """(Phi - x)/dt -> f as dt -> 0, whatever the method is."""
        if 'dt' not in self.arrays:
            return
        self.present = self.before
        x = {name: self.old(name) for name in self.rows}
        f, _ = self.rates(x)
        # (a function nobody knows may do anything at zero)
        moving = np.all([x[name] != 0 for name in x], axis=0)
        for name in f:
            with np.errstate(all='ignore'):
                ratio = np.abs(x[name]) / np.abs(f[name])
                time = np.where(digits.isfinite(ratio) & (ratio > 0),
                                np.clip(ratio, 1e-12, 1e-3), 1e-3)
                quotients = []
                for share in (4e-6, 2e-6, 1e-6):
                    dt = digits.real(time * share)
                    _, after = self.execute(dt=dt, without_noise=True)
                    quotients.append((self.old(name, after) - x[name]) / dt)
                coarse, middle, fine = quotients
                if 'not_refractory' in self.arrays:
                    self.active = self.old('not_refractory', after) != 0
                expected = self.rates(x)[0][name]
                self.active = self.activity()
                rounding = 1e-18 * np.maximum(np.abs(x[name]), 1) / dt
                limit = 2 * fine - middle
                change = np.abs(middle - coarse)
                telling = moving & (rounding <= 1e-5 * np.abs(limit)) & (
                    (change <= 1e-6 * np.abs(limit) + 2 * rounding)
                    | (np.abs(np.abs(fine - middle) / change - 0.5) < 0.1))
                off = np.abs(limit - expected) > (
                    1e-4 * np.abs(limit) + np.abs(fine - middle))
            if many(off & self.natural, np.where(telling, limit, np.nan),
                    expected):
                yield f'd{name}/dt is not {self.rows[name]["expr"]}'

    def whole_step(self, method):
        """The method of the reading, applied to its equations."""
        if (method or '').startswith('gsl_'):
            method = 'gsl'
        methods = Methods(
            self.rates, self.noises, self.scale, has_time='t' in self.arrays,
            may_wake=any('unless refractory' in eq.get('flags', [])
                         for eq in self.rows.values()))
        step = getattr(methods, method or '', None)
        if step is None or 'dt' not in self.arrays:
            return
        self.present = self.before
        x = {name: self.old(name) for name in self.rows}
        dt = self.old('dt')
        results = step(x, dt, self.old('t') if 't' in self.arrays else 0 * dt)
        for name in x:
            code = self.old(name, self.after)
            good = []
            for result, error in results:
                if result.get(name) is None:
                    good.append(True)
                    continue
                with np.errstate(all='ignore'):
                    off = np.abs(code - result[name]) > (
                        1e-7 * np.abs(code - x[name])
                        + 1e-14 * np.abs(x[name]) + error[name])
                good.append(not many(off & self.natural, code, result[name]))
            if good and not any(good):
                yield (f'{method} of d{name}/dt = {self.rows[name]["expr"]} '
                       'is not the step')

    def scale(self, name):
        return np.maximum(np.abs(self.old(name)), 1e-3)

    # the loop over compartments of a cable solver
    def membrane(self):
        """I - g*v is the membrane current."""
        stored = {array.rsplit('__', 1)[-1]: array
                  for array, _ in self.after.written}
        if not (self.equations.get('Im') or {}).get('expr') or (
                not {'I0_all', 'gtot_all'} <= set(stored)):
            raise Unknown('no membrane current')
        for name in ('v', 'area'):
            self.arrays.setdefault(name, stored['gtot_all'].replace(
                '__gtot_all', f'_{name}'))
        current, slope = (self.value_in(self.after, stored[name])
                          for name in ('I0_all', 'gtot_all'))
        expected = self.evaluate(spatial.said_current(self.group),
                                 self.scope())
        got = current - slope * self.old('v')
        size = np.abs(current) + np.abs(slope * self.old('v'))
        off = np.abs(got - expected) > 1e-7 * np.abs(got) + 1e-13 * size
        if many(off & self.natural, got, expected):
            yield 'Im is not the current'

    # thresholder
    def threshold(self, event):
        said = (self.group.get('events') or {}).get(event) or {}
        spaces = [array for array, _ in self.after.written
                  if bodies.is_space(array)]
        if len(set(spaces)) != 1:
            yield 'no list of events is written'
            return
        happens = np.broadcast_to(self.after.read(spaces[0], 1, 'int'),
                                  algebra.POINTS) == 1
        active = np.ones(algebra.POINTS, bool)
        if event == 'spike' and self.may_be_refractory():
            array = self.arrays.get('not_refractory')
            if array is None:
                yield 'fires while refractory'
                return
            active = self.old('not_refractory') != 0
            if said.get('threshold') is not None:
                yield from self.marks_of(happens)
        text = spatial.said_threshold(self.group, event, said.get('threshold'))
        if text is None:
            raise Unknown('no threshold')
        expected = self.evaluate(text, self.scope()) != 0
        if ((expected & active) != happens)[self.natural].sum() > 2:
            yield f'events are not at {text}'

    def threshold_of_population(self, event):
        if event in (self.group.get('events') or {}):
            yield from self.threshold(event)
            return
        count = self.after.read(next(array for array, _ in self.after.written
                                     if bodies.is_space(array)), 1, 'int')
        if np.broadcast_to(count, algebra.POINTS)[self.natural].any():
            yield 'an event that is not printed'

    def marks_of(self, happens):
        """A spike is remembered: lastspike = t, not_refractory = false."""
        for array in self.written_like('_lastspike'):
            last = self.value_in(self.after, array)
            expected = np.where(happens, self.old('t', self.after)
                                if 't' in self.arrays else last,
                                self.value_in(self.before, array))
            if not agree(last, expected):
                yield 'lastspike is not the time of the spike'
        for array in self.written_like('_not_refractory'):
            flag = self.value_in(self.after, array) != 0
            expected = ~happens & (self.value_in(self.before, array) != 0)
            if (flag != expected)[self.natural].any():
                yield 'not_refractory is not false after a spike'

    def written_like(self, suffix):
        return sorted({array for array, _ in self.after.written
                       if array.endswith(suffix)})

    # resetter
    def reset(self, event, of_genn=False):
        """GeNN's resets end with what is remembered of a spike: a part of what
        the threshold says."""
        said = (self.group.get('events') or {}).get(event) or {}
        code = said.get('reset')
        if code is None and 'reset' in said:
            raise Unknown('no reset')
        scope = self.scope()
        scope.execute(code or '', self.kinds)
        for name, array in sorted(self.arrays.items()):
            if of_genn and name in ('lastspike', 'not_refractory'):
                continue
            got = self.value_in(self.after, array)
            if self.kind_of(array) in ('char', 'bool'):
                got = got != 0  # whatever stands for true
            expected = scope.values[name][0] * 1.0
            off = self.natural & (np.abs(got - expected) > 1e-9 * (
                np.abs(got) + np.abs(expected)))
            if many(off, got * 1.0, expected):
                yield f'{name} does not become what the reset says'


def agree(a, b):
    a, b = digits.number(a)[:NATURAL], digits.number(b)[:NATURAL]
    return ((a == b) | (digits.isnan(a) & digits.isnan(b))).all()


def many(off, *values):
    """Whether a difference is more than rounding at an unlucky point."""
    telling = np.ones(algebra.POINTS, bool)
    telling[NATURAL:] = False
    for value in values:
        telling &= digits.isfinite(digits.number(
            np.broadcast_to(value, algebra.POINTS)))
    return (off & telling).sum() > max(2, 0.04 * telling.sum())


def of_population(group, event, population, names, palette, options):
    """What is wrong with a reading of one of GeNN's populations: its update, its
    threshold behind that, its reset."""
    check = Check(group, population.update, names, palette, options)
    whole = Check(group, population.step, names, palette, options)
    whole.before = check.after
    refractory = whole.may_be_refractory()
    given = {whole.arrays['not_refractory']: np.ones(algebra.POINTS, int)} if (
        refractory and 'not_refractory' in whole.arrays) else {}
    resetting = Check(group, population.resetting, names, palette, options,
                      given)
    parts = [check.state_update(), whole.threshold_of_population(event),
             resetting.reset(event, of_genn=True)]
    found, unknown = [], 0
    for part in parts:
        try:
            found += part
        except Unknown:
            unknown += 1
    if unknown == len(parts):
        raise Unknown('nothing is said')
    return found


def problems(group, role, event, body, names, palette, options):
    """What is wrong with a reading, in words."""
    if role == 'population':
        return of_population(group, event, body.parts[0], names, palette,
                             options)
    check = Check(group, body, names, palette, options)
    if role == 'spatialstateupdater':
        return list(check.membrane())
    if role == 'stateupdater':
        return list(check.state_update())
    if role == 'thresholder':
        return list(check.threshold(event))
    return list(check.reset(event))
