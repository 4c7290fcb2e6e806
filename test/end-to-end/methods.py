"""One step of each of Brian2's methods, from equations alone.

    methods = Methods(rates, noises, scale, may_wake=False, has_time=True)
    results = methods.rk4({'v': v}, dt, t)

`rates(x, t)` gives (f, {noise: g}) of all rows at values of the variables,
`scale(name)` how large a variable is. Each method gives a list of (values,
error): there is one entry for each way in which Brian2 may do it, and a value
of None, or none, where the text does not say what it does.
"""
import numpy as np

import algebra
import bodies
import digits

SUBSTEPS = 48  # of the numerical solution that `exact` is compared with
NATURAL = bodies.NATURAL


def noise(name):
    return bodies.rng_for('noise', name).normal(size=algebra.POINTS)


class Methods:
    """`may_wake`: a row is held while refractory. `has_time`: t is known."""

    def __init__(self, rates, noises, scale, *, may_wake, has_time):
        self.rates = rates
        self.noises = noises
        self.scale = scale
        self.may_wake = may_wake
        self.has_time = has_time

    def exactly(self, result):
        return [(result, {name: 0 for name in result})]

    def shifted(self, x, factor, slope):
        return {name: x[name] + factor * slope[name] for name in x}

    def euler(self, x, dt, t):
        f, g = self.rates(x, t)
        result = self.shifted(x, dt, f)
        for each in self.noises:
            result = self.shifted(result, digits.sqrt(dt) * noise(each), g[each])
        return self.exactly(result)

    def rk2(self, x, dt, t):
        f, _ = self.rates(x, t)
        f, _ = self.rates(self.shifted(x, dt / 2, f), t + dt / 2)
        return self.exactly(self.shifted(x, dt, f))

    def gsl(self, x, dt, t):
        """As programs.py does it; t may be computed before the step."""
        if self.may_wake:
            return []  # it may become active within a step
        results = []
        for moves in (0, 1):
            f, _ = self.rates(x, t)
            f, _ = self.rates(self.shifted(x, dt / 2, f), t + moves * dt / 2)
            results += self.exactly(self.shifted(x, dt, f))
        return results

    def rk4(self, x, dt, t):
        return self.exactly(self.runge_kutta(x, dt, t, dt))

    def runge_kutta(self, x, dt, t, moved):
        k1, _ = self.rates(x, t)
        k2, _ = self.rates(self.shifted(x, dt / 2, k1), t + moved / 2)
        k3, _ = self.rates(self.shifted(x, dt / 2, k2), t + moved / 2)
        k4, _ = self.rates(self.shifted(x, dt, k3), t + moved)
        return {name: x[name] + dt / 6 * (k1[name] + 2 * k2[name]
                                          + 2 * k3[name] + k4[name])
                for name in x}

    def exact(self, x, dt, t):
        """By small steps; Brian2's `exact` holds t, `independent` moves it."""
        found = []
        for moves in ((0, 1) if self.has_time else (0,)):
            ends = []
            for count in (SUBSTEPS // 2, SUBSTEPS):
                now, h = x, dt / count
                for k in range(count):
                    now = self.runge_kutta(now, h, t + moves * k * h, moves * h)
                ends.append(now)
            found.append((ends[1], {name: np.abs(ends[1][name]
                                                 - ends[0][name])
                                    for name in x}))
        return found

    def exponential_euler(self, x, dt, t):
        result, error = {}, {}
        for name in x:
            at = {}
            for share in (0.0, 1.0, 3.0):
                moved = {**x, name: x[name] * 0 + share * self.scale(name)}
                at[share] = self.rates(moved, t)[0][name]
            b, size = at[0.0], self.scale(name)
            with np.errstate(all='ignore'):
                a = (at[1.0] - b) / size
                line = b + 3 * size * a
                straight = np.abs(line - at[3.0]) <= 1e-9 * (
                    np.abs(line) + np.abs(b))
                if not straight[:NATURAL].all():
                    continue  # which terms count as A*x is not in the text
                result[name] = np.where(
                    a == 0, x[name] + dt * b,
                    (x[name] + b / a) * digits.exp(a * dt) - b / a)
                # Where b is large, the difference that gives a has few digits.
                lost = 1e-15 * np.abs(b) / (size * np.abs(a))
                error[name] = np.where(
                    a == 0, np.where(np.abs(b) < 1e12 * size, 0, np.inf),
                    np.abs(b / a) * lost * np.minimum(np.abs(a * dt), 1))
        return [(result, error)]

    def heun(self, x, dt, t):
        f, g = self.rates(x, t)
        result = self.shifted(x, dt, f)
        for each in self.noises:
            w = digits.sqrt(dt) * noise(each)
            _, later = self.rates(self.shifted(x, w, g[each]), t + dt)
            result = self.shifted(result, w / 2, g[each])
            result = self.shifted(result, w / 2, later[each])
        return self.exactly(result)

    def milstein(self, x, dt, t):
        f, g = self.rates(x, t)
        result = self.shifted(x, dt, f)
        for each in self.noises:
            w = digits.sqrt(dt) * noise(each)
            support = self.shifted(self.shifted(x, dt, f), digits.sqrt(dt),
                                   g[each])
            _, later = self.rates(support, t)
            result = self.shifted(result, w, g[each])
            factor = w**2 / (2 * digits.sqrt(dt))
            result = {name: result[name] + factor
                      * (later[each][name] - g[each][name]) for name in x}
        return self.exactly(result)
