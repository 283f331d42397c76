"""A mapping guessed from the headers of a spreadsheet, then from what its cells hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from layers import identifiers
from layers.ess_rule import ESUS
from layers.headings import normalised
from layers.mapping.declaration import ACTORS, BY_KEY, GRANTS, OF_GRANTS_ALONE, TARGETS, TO_REVIEW, Mapping
from layers.readers.dates import day
from layers.readers.numbers import cents

BY_HEADER, BY_CONTENT, LEFT = "d’après son titre", "d’après son contenu", "laissée de côté"
MOST_ROWS: Final = 200
_SHARE: Final = 0.8
"""Part of the filled cells that must be of a kind for a column to be taken for it."""
_POSTCODE = re.compile(r"\d{5}")
_RNA = re.compile(r"W\d{9}", re.IGNORECASE)
_APE = re.compile(r"\d{2}\.?\d{2}[A-Z]")


@dataclass(frozen=True, slots=True)
class Guess:
    """A mapping, and how each column was told: (header, label or empty, why)."""

    mapping: Mapping
    told: tuple[tuple[str, str, str], ...]


CONTENTS: Final[dict[str, Callable[[str], bool]]] = {
    "siret": lambda text: len(re.sub(r"\D", "", text)) == 14 and identifiers.siret(text).code is not None,  # noqa: PLR2004
    "rna": lambda text: _RNA.fullmatch(text) is not None,
    "siren": lambda text: len(re.sub(r"\D", "", text)) == 9 and identifiers.siren(text).code is not None,  # noqa: PLR2004
    "ape": lambda text: _APE.fullmatch(text) is not None,
    "date": lambda text: day(text) is not None,
    "postcode": lambda text: _POSTCODE.fullmatch(text) is not None,
    "amount": lambda text: ("," in text or "." in text or "€" in text or " " in text) and cents(text) is not None,
}
"""Tried in this order on the columns that no header told."""


def guess(title: str, header: Sequence[str], sample: Sequence[Sequence[str]]) -> Guess:
    """The mapping of a spreadsheet by its header and its first rows: grants where there is an amount, else actors."""
    found: dict[int, tuple[str, str]] = {}
    for target in TARGETS:
        at = next((i for i, name in enumerate(header) if i not in found and target.matches(name)), None)
        if at is not None:
            found[at] = target.key, BY_HEADER
    for key, holds in CONTENTS.items():
        if key not in {known for known, _ in found.values()}:
            at = next((i for i in range(len(header)) if i not in found and _is(holds, i, sample)), None)
            if at is not None:
                found[at] = key, BY_CONTENT
    table = GRANTS if "amount" in {key for key, _ in found.values()} else ACTORS
    kept = {at: pair for at, pair in found.items() if table == GRANTS or pair[0] not in OF_GRANTS_ALONE}
    columns = {header[at]: key for at, (key, _) in sorted(kept.items())}
    told = tuple(
        (name, BY_KEY[kept[at][0]].label if at in kept else "", kept[at][1] if at in kept else LEFT)
        for at, name in enumerate(header)
    )
    esus = ESUS in normalised(title).split("_")
    constants = {"stage": "voted"} if table == GRANTS else {"basis": ESUS if esus else TO_REVIEW}
    return Guess(Mapping(table, title, columns, constants), told)


def _is(holds: Callable[[str], bool], at: int, sample: Sequence[Sequence[str]]) -> bool:
    filled = [row[at].strip() for row in sample[:MOST_ROWS] if at < len(row) and row[at].strip()]
    return len(filled) > 1 and sum(map(holds, filled)) >= _SHARE * len(filled)
