"""Classes and their labels, circles and their sizes: the legend is made from what is painted."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard import locale
from dashboard.i18n import _, msg
from layers import scales
from layers.breaks import Breaks
from layers.classing import Classing
from layers.indicators import AMOUNT, Indicator
from layers.series import MISSING, SUPPRESSED, VALUE, ZERO, Cell

SHARE = 10_000
"""A share of the highest value, as an integer of this many parts."""
MARKS = {ZERO: "z", SUPPRESSED: "s", MISSING: "m"}
"""What stands for a class in the three states that have none."""
STATES = ((MARKS[ZERO], "0"), (MARKS[SUPPRESSED], msg("s (secret)")), (MARKS[MISSING], msg("n.d.")))
"""Marks of the three states, as the legend names them."""
PLAIN = (msg("moins de {bound}"), msg("{low} à {high}"), msg("{bound} et plus"))
IN_EUROS = (msg("moins de {bound} €"), msg("{low} à {high} €"), msg("{bound} € et plus"))
"""Labels of the first class, of those between, of the last."""
SIDE = 4
"""Colours on each side of the pivot of a diverging scale: marks 0 to 3 below it, 4 to 7 above."""
DARK = "0167"
"""Marks of a diverging scale on which labels are white."""


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale for all the years of a choice: class bounds, lowest and highest value; ``signed`` for changes."""

    breaks: Breaks
    lowest: float
    highest: float
    signed: bool = False

    def share(self, value: float) -> int:
        """``value`` as parts of the one that is furthest from zero: below zero, it is negative."""
        return round(SHARE * value / self.furthest) if self.furthest else 0

    @property
    def furthest(self) -> float:
        """What is furthest from zero, without its sign: the largest circle, the longest bar."""
        return max(abs(self.lowest), abs(self.highest))

    def mark(self, cell: Cell) -> str:
        """Class digit of a value, or the letter of its state."""
        return MARKS.get(cell.state) or self.marks[self.breaks.index(cell.value or 0.0)]

    @property
    def marks(self) -> str:
        """Marks of the classes in rising order: their numbers, or colours on either side of the pivot."""
        count, below = len(self.breaks), self.breaks.below
        if below is None:
            return "".join(str(i) for i in range(count))
        widest = max(below, count - below)
        return "".join(str(_colour(i - below, widest)) for i in range(count))

    @property
    def dark(self) -> str:
        """Marks on which labels are white."""
        if self.breaks.below is None:
            return self.marks[-1] if len(self.breaks) > 1 else ""
        return DARK


def _colour(step: int, widest: int) -> int:
    """Colour of the class that is ``step`` classes from the pivot, -1 being just under it, of ``widest`` on a side."""
    away = step if step >= 0 else -step - 1
    place = -(-(away + 1) * SIDE // widest) - 1
    return SIDE + place if step >= 0 else SIDE - 1 - place


def scale(
    values: Sequence[float], level: str, classing: Classing, pivot: float | None = None, *, signed: bool = False
) -> Scale:
    """The scale of the numbers of all years; zeros have a mark of their own and are left out of the classes.

    ``pivot`` makes it diverge, unless its bounds are given by hand; ``signed`` is of changes, on either side of zero.
    """
    above = [value for value in values if value]
    if not above:
        return Scale(Breaks(classing.method, ()), 0.0, 0.0, signed)
    return Scale(scales.cut(above, level, classing, pivot), min(above), max(above), signed)


def labels(indicator: Indicator, made: Scale) -> tuple[str, ...]:
    """« moins de 10 », « 10 à 15 », « 22 et plus »; one class is the range of its values."""
    below = made.breaks.below
    bounds = [
        _bound(indicator, bound, pivot=below is not None and i == below - 1)
        for i, bound in enumerate(made.breaks.bounds)
    ]
    if not bounds:
        if not made.furthest:
            return ()
        low, high = (locale.value(indicator, value) for value in (made.lowest, made.highest))
        return (low if low == high else _("{low} à {high}").format(low=low, high=high),)
    euros = not made.signed and (indicator.kind == AMOUNT or indicator.unit.startswith("€"))
    under, between, over = (locale.tight(_(text)) for text in (IN_EUROS if euros else PLAIN))
    first, last = under.format(bound=bounds[0]), over.format(bound=bounds[-1])
    if made.signed:  # the pivot is always read, whichever side the changes are on
        zero = _bound(indicator, 0.0, pivot=True)
        first = between.format(low=zero, high=bounds[0]) if below == 0 else first
        last = between.format(low=bounds[-1], high=zero) if below == len(made.breaks) else last
    return (first, *(between.format(low=low, high=high) for low, high in itertools.pairwise(bounds)), last)


def _bound(indicator: Indicator, bound: float, *, pivot: bool) -> str:
    """A bound with the decimals it has, at least none and at most what tells it apart; a pivot with the indicator's."""
    decimals = indicator.digits if pivot else len(f"{bound:.10f}".rstrip("0").split(".")[1])
    if indicator.signed:
        return locale.value(replace(indicator, digits=decimals if bound else 0), bound)
    return locale.percent(bound, decimals) if indicator.unit == "%" else locale.number(bound, decimals)


def state_of(mark: str) -> str:
    """The state that a mark stands for: a value for every class."""
    return next((state for state, letter in MARKS.items() if letter == mark), VALUE)


def tick(indicator: Indicator, bound: float) -> str:
    """A bound between two classes, with the decimals that tell it apart."""
    return _bound(indicator, bound, pivot=False)


def edges(made: Scale) -> tuple[int, ...]:
    """Ends of the classes as shares: lowest, bounds, highest; empty without values."""
    if not made.furthest:
        return ()
    bounds = made.breaks.bounds
    ends = min(made.lowest, *bounds, made.highest), max(made.highest, made.lowest, *bounds)
    return tuple(made.share(value) for value in (ends[0], *bounds, ends[1]))


def extents(shares: Sequence[int]) -> list[tuple[float, float]]:
    """Bars on one scale that holds zero, in per cent of its width: how wide, and from where at the left."""
    lowest = min((0, *shares))
    span = max((0, *shares)) - lowest or 1
    return [(round(100 * abs(share) / span, 1), round(100 * (min(share, 0) - lowest) / span, 1)) for share in shares]


def sizes(indicator: Indicator, made: Scale) -> tuple[tuple[str, int], ...]:
    """Circles of the legend, the largest first: label, share of the value that is furthest from zero.

    The circle of an amount below zero, whose share is negative, is hollow: one stands for them all.
    """
    above = [_round_down(max(made.highest, 0.0) * part) for part in (1.0, 0.3, 0.06)]
    below = [-_round_down(max(-made.lowest, 0.0))]
    kept = [value for value in dict.fromkeys((*above, *below)) if value]
    return tuple((locale.value(indicator, value), made.share(value)) for value in kept)


def _round_down(value: float) -> float:
    """The largest of 1, 2, 3, 5 times a power of ten that is not above ``value``; whole from 1 up."""
    exponent = 10.0 ** (len(str(int(value))) - 1) if value >= 1 else 0.0
    return max((step * exponent for step in (1, 2, 3, 5) if step * exponent <= value), default=0.0)
