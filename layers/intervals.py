"""What chance alone may do to a number: intervals of counts, of proportions and of amounts; pure functions."""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist
from typing import Final

CONFIDENCE: Final = 0.95
LEAST_RATE, LEAST_RANKING = 5, 20
"""Units under which no rate is compared, and no areas are ranked (domain, section 3: small numbers)."""

Interval = tuple[float, float]


@lru_cache(maxsize=1 << 14)
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


def amount(number: float, total: float, squares: float, back: float = 0.0, confidence: float = CONFIDENCE) -> Interval:
    """Interval of a sum of amounts whose number and sizes vary by chance alone: a compound Poisson variable.

    The modified gamma interval of weighted counts (Fay and Feuer, 1997; Tiwari, Clegg and Zou, 2006); it is that of
    `poisson` where all the amounts are equal. Where some are negative, that of the normal law of the same variance.

    Parameters
    ----------
    number : amounts added up, above 0.
    total, squares : their sum and the sum of their squares, in the unit of the amount and in its square.
    back : what the negative ones take back, as a number above zero.
    confidence : as in `poisson`.

    Returns
    -------
    Lower and upper bound, in the unit of the amount.

    Examples
    --------
    >>> amount(6, 6.0, 6.0) == poisson(6)
    True
    """
    if number <= 0 or squares < 0:
        raise ValueError(f"no interval of {number!r} amounts of squares {squares!r}")
    more = 1 + 1 / number
    if back > 0 or total <= 0:
        half = NormalDist().inv_cdf((1 + confidence) / 2) * math.sqrt(squares * more)
        return total - half, total + half
    alike, one = total * total / squares, squares / total
    return one * _gamma(alike, (1 - confidence) / 2), one * _gamma(alike * more, (1 + confidence) / 2)


def _gamma(shape: float, at: float) -> float:
    from scipy.special import gammaincinv  # noqa: PLC0415  (as in `poisson`)

    return float(gammaincinv(shape, at))
