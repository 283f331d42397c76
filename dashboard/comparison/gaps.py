"""How a place differs from the metropole, in numbers and in words that small numbers do not exceed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import french, locale, sentences
from dashboard.findings.evolution import signed
from dashboard.i18n import _
from layers.indicators import AMOUNT, COUNT, RATIO, Indicator
from layers.parts import obstacle
from layers.support import DRIVEN

if TYPE_CHECKING:
    from layers.series import Cell, Series

WEAK, UNSURE, SURE = "weak", "unsure", "sure"
"""What is said of a gap: under the threshold, within what chance may do, or neither."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap to the metropole: ``relative`` is 0.12 for 12 % more; ``verdict`` one of three, ``reason`` why unsure."""

    relative: float
    text: str
    verdict: str
    reason: str = ""

    @property
    def told(self) -> str:
        """The gap in words: « +12 % », « écart faible »."""
        said = {WEAK: _("écart faible"), UNSURE: _("écart non établi")}.get(self.verdict)
        if self.reason == DRIVEN:
            said = _("moyenne tirée par un seul lieu")
        return f"{self.text}, {said}" if said else self.text


def gap(indicator: Indicator, cell: Cell, total: Cell, reason: str) -> Gap | None:
    """The gap of a value to that of the metropole; None where one of them is lacking, where it is a part of it,
    or where the metropole has nothing or less, of which there is no percentage.

    ``reason`` is what `layers.support.Support.gap` has against it.
    """
    if indicator.kind != RATIO or cell.value is None or total.value is None or total.value <= 0:
        return None
    relative = cell.value / total.value - 1
    text = points(cell.value - total.value, indicator.digits) if indicator.unit == "%" else signed(relative)
    low, high = sorted((cell, total), key=lambda one: one.value or 0)
    if sentences.weak(indicator, low, high) or cell.value == total.value:
        return Gap(relative, text, WEAK)
    return Gap(relative, text, UNSURE if reason else SURE, reason)


def points(difference: float, digits: int) -> str:
    """« +2,1 points »: the difference of two percentages."""
    text = locale.number(abs(difference), digits)
    sign = french.MINUS if difference < 0 and text != locale.number(0, digits) else "+"
    return _("{sign}{number} pt").format(sign=sign, number=text)


def part(indicator: Indicator, series: Series, cell: Cell, reason: str) -> str:
    """« 12 % de la métropole », of what adds up and of which no area has less than nothing; empty otherwise.

    ``reason`` is what `layers.support.Support.share` has against it.
    """
    total = series.total.value
    if reason or indicator.kind not in (COUNT, AMOUNT) or cell.value is None or total is None:
        return ""
    if obstacle([total, *(one.value or 0.0 for one in series.cells)]):
        return ""
    return _("{share} de la métropole").format(share=locale.percent(100 * cell.value / total))
