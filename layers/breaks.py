"""Class breaks: where a legend cuts the values. Rounded bounds that change no class.

Rules: ``k`` of about 1 + 3.3 log10(n) classes, three or four for the eight territories and five for the
communes; a value equal to a bound belongs to the class above it. Natural breaks follow Fisher (1958).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

METHODS = ("jenks", "quantile", "equal", "rounded")
CLASSES = {"territory": 4, "commune": 5}


@dataclass(frozen=True, slots=True)
class Breaks:
    """Inner bounds in rising order: ``len(bounds) + 1`` classes, each closed below and open above.

    ``below`` is how many classes are under the pivot of a diverging scale; None for a scale that has none.
    """

    method: str
    bounds: tuple[float, ...]
    below: int | None = None

    def __len__(self) -> int:
        return len(self.bounds) + 1

    def index(self, value: float) -> int:
        """Class of ``value``, from 0."""
        return bisect_right(self.bounds, value)


def breaks(values: Sequence[float], method: str, k: int) -> Breaks:
    """Cut ``values`` into at most ``k`` classes.

    There are fewer classes than asked where there are fewer distinct values. ``ValueError`` for an unknown
    method, for ``k`` below 1 or for a value that is not finite.
    """
    if method not in METHODS or k < 1:
        raise ValueError(f"unknown method {method!r} or number of classes {k!r}")
    ordered = np.sort(np.asarray(values, dtype=float))
    if not np.isfinite(ordered).all():
        raise ValueError("class breaks need finite values")
    distinct, counts = np.unique(ordered, return_counts=True)
    if len(distinct) < 2 or k == 1:  # noqa: PLR2004
        return Breaks(method, ())
    cut = {"jenks": _fisher_jenks, "quantile": _quantile, "equal": _equal, "rounded": _rounded}[method]
    return Breaks(method, cut(distinct, counts, min(k, len(distinct))))


def diverging(values: Sequence[float], method: str, k: int, pivot: float) -> Breaks:
    """Cut ``values`` on either side of a pivot, which is a bound, into at most ``k // 2`` classes a side.

    Where all the values are on one side, the pivot is no bound, and ``below`` says on which side they are.
    """
    side = max(1, k // 2)
    under = breaks([value for value in values if value < pivot], method, side)
    over = breaks([value for value in values if value >= pivot], method, side)
    if all(value >= pivot for value in values):
        return Breaks(method, over.bounds, 0)
    if all(value < pivot for value in values):
        return Breaks(method, under.bounds, len(under))
    return Breaks(method, (*under.bounds, pivot, *over.bounds), len(under))


def _between(distinct: np.ndarray, firsts: Sequence[int]) -> tuple[float, ...]:
    """The roundest bound in each gap before ``distinct[first]``."""
    return tuple(roundest(float(distinct[i - 1]), float(distinct[i])) for i in sorted(set(firsts)))


def _quantile(distinct: np.ndarray, counts: np.ndarray, k: int) -> tuple[float, ...]:
    """Classes of as equal a number as ties allow: equal values stay together."""
    below = np.concatenate([[0], np.cumsum(counts)[:-1]])
    targets = [counts.sum() * step / k for step in range(1, k)]
    firsts = {int(np.abs(below[1:] - target).argmin()) + 1 for target in targets}
    return _between(distinct, sorted(firsts))


def _equal(distinct: np.ndarray, counts: np.ndarray, k: int) -> tuple[float, ...]:
    """Classes of one width; a bound is made round only as far as no value changes class."""
    low, high = float(distinct[0]), float(distinct[-1])
    step = (high - low) / k
    half = step / 20
    exact = [float(f"{low + step * i:.12g}") for i in range(1, k)]
    places = np.searchsorted(distinct, exact)
    bounds = [
        roundest(max(float(distinct[i - 1]), bound - half), min(float(distinct[i]), bound + half))
        for bound, i in zip(exact, places, strict=True)
        if 0 < i < len(distinct)
    ]
    return tuple(sorted(set(bounds)))


def _rounded(distinct: np.ndarray, counts: np.ndarray, k: int) -> tuple[float, ...]:
    """Multiples of the smallest round step (1, 2, 2.5 or 5 times a power of ten) that makes ``k`` classes or fewer."""
    low, high = float(distinct[0]), float(distinct[-1])
    power = 10.0 ** math.floor(math.log10((high - low) / k) - 1)
    steps = (factor * power * 10**exponent for exponent in range(4) for factor in (1.0, 2.0, 2.5, 5.0))
    for step in steps:
        first, last = math.floor(low / step) + 1, math.floor(high / step)
        if last - first + 1 < k:
            return tuple(float(f"{step * i:.12g}") for i in range(first, last + 1))
    raise ValueError(f"no round step between {low} and {high}")


def _fisher_jenks(distinct: np.ndarray, counts: np.ndarray, k: int) -> tuple[float, ...]:
    """Least sum of squared deviations within classes, by dynamic programming on the distinct values."""
    cost = _deviations(distinct, counts)
    n = len(distinct)
    best = cost(np.zeros(n, dtype=int), np.arange(n))
    choices = []
    for _ in range(1, k):
        following = np.full(n, np.inf)
        choice = np.zeros(n, dtype=int)
        for last in range(1, n):
            starts = np.arange(1, last + 1)
            totals = best[starts - 1] + cost(starts, np.full(last, last))
            choice[last] = starts[totals.argmin()]
            following[last] = totals.min()
        choices.append(choice)
        best = following
    firsts, last = [], n - 1
    for choice in reversed(choices):
        first = int(choice[last])
        if first == 0:
            break
        firsts.append(first)
        last = first - 1
    return _between(distinct, firsts)


def _deviations(distinct: np.ndarray, counts: np.ndarray) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """Sum of squared deviations of ``distinct[i..j]``, weighted by their counts, for arrays of i and j."""
    centred = distinct - distinct.mean()
    zero = np.zeros(1)
    weight = np.concatenate([zero, np.cumsum(counts)])
    total = np.concatenate([zero, np.cumsum(counts * centred)])
    square = np.concatenate([zero, np.cumsum(counts * centred**2)])

    def cost(i: np.ndarray, j: np.ndarray) -> np.ndarray:
        sums = total[j + 1] - total[i]
        spread: np.ndarray = square[j + 1] - square[i] - sums**2 / (weight[j + 1] - weight[i])
        return spread.clip(0.0)

    return cost


def roundest(low: float, high: float) -> float:
    """The multiple of the largest step (a power of ten, its half, its quarter) that has one in ``(low, high]``.

    ``ValueError`` unless low < high.

    Examples
    --------
    >>> roundest(9.4, 10.8), roundest(1.23, 1.27), roundest(-3, 4)
    (10.0, 1.25, 0.0)
    """
    if not low < high:
        raise ValueError(f"no number in ({low}, {high}]")
    if low < 0 <= high:
        return 0.0
    exponent = math.floor(math.log10(max(abs(low), abs(high)))) + 1
    for power in range(exponent, exponent - 18, -1):
        for factor in (1.0, 0.5, 0.25):
            bound = _multiple_in(low, high, factor, power)
            if bound is not None:
                return bound
    return high


def _multiple_in(low: float, high: float, factor: float, power: int) -> float | None:
    """The multiple of ``factor * 10**power`` in ``(low, high]`` nearest to the middle, if any."""
    step = factor * 10.0**power
    first, last = math.floor(low / step) + 1, math.floor(high / step)
    if first > last:
        return None
    nearest = min(max(round((low + high) / 2 / step), first), last)
    bound = float(f"{nearest * step:.12g}")
    return bound if low < bound <= high else None
