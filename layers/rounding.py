"""Rounding, half away from zero: the one rule for every number that is printed or kept in cents.

Half to even, which Python and number formats apply, prints 0.5 as 0 and 2.5 as 2: a reader who checks the figure finds
another one, and a spreadsheet, which rounds half away from zero, shows it.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_EXACT = 15
"""Significant digits that a float keeps: what is beyond them is noise of a division, 14.499999999999998 for 14.5."""


def rounded(value: float | Decimal, digits: int = 0) -> Decimal:
    """``value`` with so many decimals, or tens where ``digits`` is below zero; zero has no sign.

    Raises
    ------
    decimal.InvalidOperation
        A value that is no number.

    Examples
    --------
    >>> rounded(0.5), rounded(-2.5), rounded(2.675, 2), rounded(-0.004, 2)
    (Decimal('1'), Decimal('-3'), Decimal('2.68'), Decimal('0.00'))
    """
    exact = value if isinstance(value, Decimal) else Decimal(f"{value:.{_EXACT}g}")
    found = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return found if found else abs(found)


def whole(value: float | Decimal) -> int:
    """The nearest whole number.

    >>> whole(432.5), whole(-0.5), whole(1.4)
    (433, -1, 1)
    """
    return int(rounded(value))
