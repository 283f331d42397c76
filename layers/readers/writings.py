"""What the numbers of a column leave open, and what is asked before they are read: fractions, points of thousands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from layers.questions import WRITING, Question
from layers.values import amount_faults
from layers.values.amounts import amount, writing
from layers.values.numbers import value

if TYPE_CHECKING:
    from layers.readers.intake import Intake

Rewriting = Callable[[str], str]
"""What a cell says, as it is to be read."""
FRACTIONS: Final = ("Des fractions : 0,123 est 12,3 %", "Des pour cent : 0,123 est 0,123 %")
THOUSANDS: Final = ("Des milliers : 1.234 est 1 234", "Des décimales : 1.234 est 1,234")
_OF_FRACTIONS: Final = "Les nombres de « {title} » sont tous entre 0 et 1, et c’est un pourcentage : que sont-ils ?"
_OF_THOUSANDS: Final = "Les nombres de « {title} » ont un point ou une virgule et trois chiffres : que sont-ils ?"
_LEAST: Final = 2
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:[.,]\d{3})+")


def rewriting(intake: Intake, title: str, cells: Sequence[str], *, percent: bool) -> Rewriting:
    """How the cells of a column of numbers are read, asked where they do not tell it."""
    if percent:
        return _of_fractions(intake, title, cells)
    return _of_thousands(intake, title, cells)


def _of_fractions(intake: Intake, title: str, cells: Sequence[str]) -> Rewriting:
    found = [read.number for text in cells if (read := value(text)) is not None and read.number is not None]
    told = all(0 <= one <= 1 for one in found) and len({one for one in found if 0 < one < 1}) >= _LEAST
    if not told or any("%" in text for text in cells):
        return str
    about = _OF_FRACTIONS.format(title=title)
    said = intake.account.ask(Question(WRITING, about, FRACTIONS, FRACTIONS[0], title))
    return _hundredfold if said == FRACTIONS[0] else str


def _hundredfold(text: str) -> str:
    read = value(text)
    if read is None or not read.number:
        return text
    return str(Decimal(repr(read.number)) * 100)


def _of_thousands(intake: Intake, title: str, cells: Sequence[str]) -> Rewriting:
    grouped = [text for text in cells if _GROUPED.fullmatch(text.strip())]
    if len(grouped) < _LEAST:
        return str
    told = writing(cells)
    doubtful = any(amount(text, 1, told).fault == amount_faults.THOUSANDS.slug for text in grouped)
    if doubtful:
        about = _OF_THOUSANDS.format(title=title)
        said = intake.account.ask(Question(WRITING, about, THOUSANDS, THOUSANDS[0], title))
        return _ungrouped if said == THOUSANDS[0] else str
    mark = {".": ",", ",": "."}.get(told.decimal, "")
    return (lambda text: text.replace(mark, "")) if mark and not told.thousandths else str


def _ungrouped(text: str) -> str:
    return re.sub(r"[.,]", "", text) if _GROUPED.fullmatch(text.strip()) else text
