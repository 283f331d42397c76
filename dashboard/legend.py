"""Classes and their labels, circles and their sizes: the legend is made from what is painted."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard import french
from layers.breaks import CLASSES, Breaks, breaks
from layers.indicators import Indicator
from layers.series import MISSING, SUPPRESSED, ZERO, Cell

SHARE = 10_000
"""A share of the highest value, as an integer of this many parts."""
MARKS = {ZERO: "z", SUPPRESSED: "s", MISSING: "m"}
"""What stands for a class in the three states that have none."""
TEXTS = {ZERO: "0", SUPPRESSED: "s", MISSING: "n.d."}


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale for all the years of a choice: class bounds, lowest and highest value."""

    breaks: Breaks
    lowest: float
    highest: float

    def share(self, value: float) -> int:
        """``value`` as parts of the highest; 0 where either is not above zero."""
        return max(0, round(SHARE * value / self.highest)) if self.highest > 0 else 0

    def mark(self, cell: Cell) -> str:
        """Class digit of a value, or the letter of its state."""
        return MARKS.get(cell.state) or str(self.breaks.index(cell.value or 0.0))


def scale(values: Sequence[float], level: str, method: str) -> Scale:
    """The scale of the numbers of all years; zeros have a mark of their own and are left out of the classes."""
    above = [value for value in values if value]
    if not above:
        return Scale(Breaks(method, ()), 0.0, 0.0)
    made = breaks(above, method, CLASSES[level])
    if all(value.is_integer() for value in above):
        made = replace(made, bounds=tuple(dict.fromkeys(float(math.ceil(bound)) for bound in made.bounds)))
    return Scale(made, min(above), max(above))


def labels(indicator: Indicator, made: Scale) -> tuple[str, ...]:
    """« moins de 10 », « 10 à 15 », « 22 et plus »; one class is the range of its values."""
    bounds = [_bound(indicator, bound) for bound in made.breaks.bounds]
    if not bounds:
        if not made.highest:
            return ()
        low, high = (french.value(indicator, value) for value in (made.lowest, made.highest))
        return (low if low == high else f"{low} à {high}",)
    between = [f"{low} à {high}" for low, high in itertools.pairwise(bounds)]
    return (f"moins de {bounds[0]}", *between, f"{bounds[-1]} et plus")


def _bound(indicator: Indicator, bound: float) -> str:
    """A bound with the decimals it has, at least none and at most what tells it apart."""
    decimals = len(f"{bound:.10f}".rstrip("0").split(".")[1])
    text = french.number(bound, decimals)
    if indicator.unit == "%":
        return f"{text}{french.NNBSP}%"
    return text


def edges(made: Scale) -> tuple[int, ...]:
    """Ends of the classes as shares: lowest, bounds, highest; empty without values."""
    if not made.highest:
        return ()
    return tuple(made.share(value) for value in (made.lowest, *made.breaks.bounds, made.highest))


def sizes(indicator: Indicator, made: Scale) -> tuple[tuple[str, int], ...]:
    """Three circles of the legend, the largest first: label and share of the highest value."""
    if made.highest <= 0:
        return ()
    rounded = [_round_down(made.highest * part) for part in (1.0, 0.3, 0.06)]
    kept = [value for value in dict.fromkeys(rounded) if value > 0]
    return tuple((french.value(indicator, value), made.share(value)) for value in kept)


def _round_down(value: float) -> float:
    """The largest of 1, 2, 3, 5 times a power of ten that is not above ``value``; whole from 1 up."""
    exponent = 10.0 ** (len(str(int(value))) - 1) if value >= 1 else 0.0
    return max((step * exponent for step in (1, 2, 3, 5) if step * exponent <= value), default=0.0)
