"""What chance alone may do to a number: intervals of counts and of proportions, and what they allow to be said."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import NormalDist
from typing import TYPE_CHECKING, Final

from layers import measure
from layers.indicators import POISSON, WILSON, Indicator
from layers.series import ZERO, Cell, Query, Series

if TYPE_CHECKING:
    from layers.release import Release

CONFIDENCE: Final = 0.95
LEAST_RATE, LEAST_RANKING = 5, 20
"""Units under which no rate is compared, and no areas are ranked (domain, section 3: small numbers)."""
COUNTED: Final = {"amount": "grants_count"}
"""The indicator that counts what an amount is made of, by fact."""

Interval = tuple[float, float]


def poisson(count: float, confidence: float = CONFIDENCE) -> Interval:
    """Exact interval of a count that chance alone makes vary (Garwood, 1936).

    Parameters
    ----------
    count : events counted, 0 or more.
    confidence : probability that the interval holds the mean, between 0 and 1.

    Returns
    -------
    Lower and upper bound, in events.

    Examples
    --------
    >>> low, high = poisson(6)
    >>> round(low, 1), round(high, 1)
    (2.2, 13.1)
    """
    from scipy.special import gammaincinv  # noqa: PLC0415  (0.1 s, and only for intervals)

    if count < 0 or not 0 < confidence < 1:
        raise ValueError(f"no interval of {count!r} at {confidence!r}")
    tail = (1 - confidence) / 2
    low = 0.0 if count == 0 else float(gammaincinv(count, tail))
    return low, float(gammaincinv(count + 1, 1 - tail))


def wilson(part: float, whole: float, confidence: float = CONFIDENCE) -> Interval:
    """Score interval of a proportion (Wilson, 1927): it stays between 0 and 1, also for few and for none.

    Parameters
    ----------
    part, whole : units that have a property, and all of them; ``0 <= part <= whole``, ``whole > 0``.
    confidence : probability that the interval holds the proportion, between 0 and 1.

    Returns
    -------
    Lower and upper bound of ``part / whole``.
    """
    if not 0 <= part <= whole or whole <= 0 or not 0 < confidence < 1:
        raise ValueError(f"no interval of {part!r} in {whole!r} at {confidence!r}")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, over = part / whole, 1 + z * z / whole
    middle = (share + z * z / (2 * whole)) / over
    half = z / over * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return (0.0 if part == 0 else middle - half), (1.0 if part == whole else middle + half)


def interval(indicator: Indicator, cell: Cell, confidence: float = CONFIDENCE) -> Interval | None:
    """Interval of a value, in the unit of the indicator; None where it has no value or where chance is not a model.

    An amount, a median or posts, which come by establishments, have none: `Indicator.chance` declares which do.
    """
    if cell.value is None or cell.numerator is None or indicator.chance is None:
        return None
    if indicator.chance == WILSON and cell.denominator:
        low, high = wilson(min(cell.numerator, cell.denominator), cell.denominator, confidence)
        return indicator.scale * low, indicator.scale * high
    if indicator.chance == POISSON:
        low, high = poisson(cell.numerator, confidence)
        by = indicator.scale / (cell.denominator or 1.0)
        return low * by, high * by
    return None


def apart(indicator: Indicator, low: Cell, high: Cell, confidence: float = CONFIDENCE) -> bool:
    """Whether chance alone does not explain that two values differ: their intervals have nothing in common.

    True where the indicator has no interval: it counts what is there, and draws nothing.
    """
    under, over = interval(indicator, low, confidence), interval(indicator, high, confidence)
    return under is None or over is None or under[1] < over[0]


def firm(low: Cell, high: Cell, under: Cell, over: Cell, confidence: float = CONFIDENCE) -> bool:
    """Whether two amounts differ by more than chance does to the numbers of grants that they are made of.

    ``under`` and ``over`` are the cells of `units` behind ``low`` and ``high``; each amount is made to vary as its
    number of grants does, its mean being what it is.
    """
    if not under.numerator or not over.numerator:
        return False
    return _ends(low, under, confidence)[1] < _ends(high, over, confidence)[0]


def _ends(amount: Cell, counted: Cell, confidence: float) -> Interval:
    """What an amount would be of fewer and of more grants: of a negative one, more take more back."""
    number = counted.numerator or 1.0
    few, many = sorted((amount.value or 0) * end / number for end in poisson(number, confidence))
    return few, many


def units(release: Release, query: Query) -> Series:
    """How many units stand behind the values of a query, by area: those it counts, the grants of an amount."""
    counted = COUNTED.get(release.indicators[query.indicator].numerator)
    return measure.series(release, replace(query, indicator=counted) if counted else query)


def enough(counted: Cell, least: int = LEAST_RATE) -> bool:
    """Whether a cell of `units` counts at least so many."""
    return counted.state != ZERO and (counted.numerator or 0) >= least
