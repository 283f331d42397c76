"""Rows that stand right under a header: the unit, the number, the type or the technical name of each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_UNITS = re.compile(
    r"\(?(?:en )?(?:[km]?\s?€|[km]?eur(?:o?s)?|euros?|milliers d.euros|millions d.euros|centimes?)\)?", re.I
)
_TYPES = re.compile(
    r"texte?|nombre|num[ée]ri(?:que|c)|date|string|integer|number|float|decimal|varchar.*|bool\w*", re.I
)
_FIELD = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+")
_ORDINAL = re.compile(r"[(\[]?(?:col(?:onne)?\.? ?)?(\d+)[)\]]?", re.I)
_FEW: Final = 2


def is_unit(text: str) -> bool:
    """Whether a cell says a unit of money and nothing else."""
    return _UNITS.fullmatch(text.strip()) is not None


def is_under_header(cells: Sequence[str]) -> bool:
    """Whether a row stands under a header and says the unit, the number, the type or the name of its columns."""
    told = [text.strip() for text in cells if text.strip()]
    if all(_UNITS.fullmatch(text) or _TYPES.fullmatch(text) for text in told):
        return bool(told)
    numbers = sorted(int(match[1]) for text in told if (match := _ORDINAL.fullmatch(text)))
    if len(told) > 1 and len(numbers) == len(told) and numbers[1:] == [one + 1 for one in numbers[:-1]]:
        return numbers[0] <= 1
    return len(told) > _FEW and all(_FIELD.fullmatch(text) for text in told)
