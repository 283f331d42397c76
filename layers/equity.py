"""How unequally an amount is spread over areas, compared with what they need.

Domain, section 3: ``p`` is the share of an area in a need (inhabitants, jobs…), ``f`` its share in the amount. With
eight areas the measures describe, they do not test: they are shown with the ranked bars, never alone.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from layers.parts import obstacle

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Equity:
    """The three measures of one spread.

    ``gini`` and ``hoover`` are between 0 (each its equal share) and 1; ``theil`` is 0 or more, infinite where an area
    without any need receives something. ``between`` and ``within`` add up to ``theil`` where areas were grouped.
    """

    gini: float
    theil: float
    hoover: float
    between: float | None = None
    within: float | None = None


def lorenz(need: Sequence[float], amount: Sequence[float]) -> tuple[Point, ...]:
    """The curve: shares of the need against shares of the amount, added up from the least served area.

    Parameters
    ----------
    need, amount : one number an area, 0 or more, in the same order; neither is 0 in all.

    Returns
    -------
    Points from (0, 0) to (1, 1); areas with neither need nor amount give none.

    Raises
    ------
    ValueError
        Numbers below 0, lengths that differ, or nothing to share.
    """
    found: list[Point] = [(0.0, 0.0)]
    for p, f in sorted(_shares(need, amount), key=lambda one: one[1] / one[0] if one[0] else math.inf):
        found.append((found[-1][0] + p, found[-1][1] + f))
    return (*found[:-1], (1.0, 1.0))


def gini(need: Sequence[float], amount: Sequence[float]) -> float:
    """Gini index: ``1 − Σ p_i (Φ_i + Φ_{i−1})``, areas from the least served on, ``Φ`` the amount added up.

    Examples
    --------
    >>> gini([1, 1], [0, 1])
    0.5
    """
    points = lorenz(need, amount)
    return 1.0 - math.fsum((x1 - x0) * (y1 + y0) for (x0, y0), (x1, y1) in pairwise(points))


def theil(need: Sequence[float], amount: Sequence[float]) -> float:
    """Theil index: ``Σ f_i ln(f_i / p_i)``, terms without amount being 0.

    Examples
    --------
    >>> round(theil([1, 1], [0, 1]), 3)
    0.693
    """
    return math.fsum(_term(p, f) for p, f in _shares(need, amount))


def hoover(need: Sequence[float], amount: Sequence[float]) -> float:
    """Hoover index: ``½ Σ |f_i − p_i|``, the part of the amount to move for each to have its equal share.

    Examples
    --------
    >>> hoover([1, 1], [0, 1])
    0.5
    """
    return math.fsum(abs(f - p) for p, f in _shares(need, amount)) / 2


def equity(need: Sequence[float], amount: Sequence[float], groups: Sequence[Hashable] | None = None) -> Equity | None:
    """The measures of a spread; None where there is nothing to share, nobody to share it between, or no share of it.

    A negative amount is no share: the measures are of parts of a whole, and `layers.parts.obstacle` says which it is.

    Parameters
    ----------
    groups : the group of each area (its territory): Theil is then split between groups and within them.
    """
    if obstacle(need) or obstacle(amount):
        return None
    between, within = decomposed(need, amount, groups) if groups is not None else (None, None)
    return Equity(gini(need, amount), theil(need, amount), hoover(need, amount), between, within)


def decomposed(need: Sequence[float], amount: Sequence[float], groups: Sequence[Hashable]) -> tuple[float, float]:
    """Theil between groups and within them: their sum is that of the areas.

    ``between = Σ_g F_g ln(F_g / P_g)``, ``within = Σ_g F_g T_g``, ``T_g`` being the index inside the group.
    """
    shares = _shares(need, amount)
    found: dict[Hashable, list[Point]] = {}
    for group, one in zip(groups, shares, strict=True):
        found.setdefault(group, []).append(one)
    sums = {group: (math.fsum(p for p, _ in all_), math.fsum(f for _, f in all_)) for group, all_ in found.items()}
    between = math.fsum(_term(p, f) for p, f in sums.values())
    within = math.fsum(
        sums[group][1] * _term(p / sums[group][0] if sums[group][0] else 0.0, f / sums[group][1])
        for group, all_ in found.items()
        for p, f in all_
        if sums[group][1] > 0
    )
    return between, within


def equal_share(need: Mapping[str, float], total: float) -> dict[str, float]:
    """What each area would have if the total were shared as the need is, by code."""
    whole = math.fsum(need.values())
    return {code: total * one / whole if whole else 0.0 for code, one in need.items()}


def _term(p: float, f: float) -> float:
    if f <= 0:
        return 0.0
    return math.inf if p <= 0 else f * math.log(f / p)


def _shares(need: Sequence[float], amount: Sequence[float]) -> list[Point]:
    """Shares in the need and in the amount, by area."""
    if len(need) != len(amount) or any(not one >= 0 for one in (*need, *amount)):
        raise ValueError("a need and an amount of 0 or more for each area")
    needed, spent = math.fsum(need), math.fsum(amount)
    if needed <= 0 or spent <= 0:
        raise ValueError("nothing to share")
    return [(p / needed, f / spent) for p, f in zip(need, amount, strict=True)]
