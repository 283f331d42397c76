"""Numbers, dates and words as the language in force writes them; `french` and `english` offer the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import ModuleType
from typing import TYPE_CHECKING

from dashboard import english, french
from dashboard.i18n import ENGLISH, FRENCH, language

if TYPE_CHECKING:
    from layers.indicators import Indicator
    from layers.series import Cell

WRITERS: dict[str, ModuleType] = {FRENCH: french, ENGLISH: english}
"""What writes each language."""


def number(value: float, digits: int = 0) -> str:
    """« 1 234,5 », “1,234.5”: the decimals are always written, ties go away from zero."""
    return str(WRITERS[language()].number(value, digits))


def value(indicator: Indicator, amount: float) -> str:
    """A number of an indicator: « 12,5 % », “12.5%”, « 1 234 € », “€1,234”."""
    return str(WRITERS[language()].value(indicator, amount))


def cell(indicator: Indicator, shown: Cell) -> str:
    """A cell in any state: its value, or the mark of its state."""
    return str(WRITERS[language()].cell(indicator, shown))


def percent(amount: float, digits: int = 0) -> str:
    """« 12 % », “12%”."""
    return str(WRITERS[language()].percent(amount, digits))


def euros(amount: float, digits: int | None = None) -> str:
    """« 1 234,50 € », “€1,234.50”; by default with two decimals where there are cents, else none."""
    kept = (0 if float(amount).is_integer() else 2) if digits is None else digits
    return str(WRITERS[language()].euros(amount, kept))


def ordinal(rank: int, *, feminine: bool = False) -> str:
    """« 1er », « 2e », “1st”, “2nd”."""
    return str(WRITERS[language()].ordinal(rank, feminine=feminine))


def day(when: date) -> str:
    """« 14 mars 2020 », “14 March 2020”."""
    return str(WRITERS[language()].day(when))


def day_of(moment: str) -> str:
    """The day of a moment as it is written (ISO 8601)."""
    return day(date.fromisoformat(moment[:10]))


def clock(hour: int, minute: int) -> str:
    """« 9 h 05 », “9:05”."""
    return str(WRITERS[language()].clock(hour, minute))


def of(noun: str) -> str:
    """« d’habitants », « de logements »; the noun as it is in English, whose sentences put their own words."""
    return str(WRITERS[language()].of(noun))


def times(ratio: float) -> str:
    """« 2,5 fois », « près de 5 fois », “2.5 times”, “twice”."""
    return str(WRITERS[language()].times(ratio))


def listed(names: Sequence[str]) -> str:
    """« Comines, Roncq et Wavrin », “Comines, Roncq and Wavrin”."""
    last = str(WRITERS[language()].AND)
    return last.join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def tight(text: str) -> str:
    """The text with the spaces that its language does not break; English has none to put."""
    return str(WRITERS[language()].tight(text))


def capital(sentence: str) -> str:
    """The sentence with a capital first letter, the rest untouched."""
    return french.capital(sentence)


def inside(label: str) -> str:
    """A label as it is written inside a sentence: without its capital, unless it begins with an acronym."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def one() -> str:
    """What the text of a number matches that takes the singular; the browser tests the same."""
    return str(WRITERS[language()].ONE)


def decimal() -> str:
    """The decimal mark."""
    return str(WRITERS[language()].DECIMAL)


def separator() -> str:
    """What parts numbers in a list: « ; » where the comma is the decimal mark."""
    return str(WRITERS[language()].SEPARATOR)
