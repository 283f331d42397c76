"""What a file says of itself beside its cells: proof of its kind where its columns have titles that many files have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from layers.headings import normalised
from layers.recognition.opening import Table

OF_GRANTS: Final = ("subvention", "subventions", "aides", "dotations", "concours", "financements")
"""Words of the title of a table of grants."""


def around(source: Table) -> tuple[str, ...]:
    """The name of a file, those of its sheets, and the titles above its table."""
    return (source.path.stem, *source.sheets, *source.above)


def says(texts: Iterable[str], words: Iterable[str]) -> bool:
    """Whether one of *texts* has one of *words*, or a run of words, whole, whatever their accents.

    >>> says(["Série de l’IPC_2023"], ["ipc"]), says(["Siaepartout"], ["siae"])
    (True, False)
    """
    wanted = [f"_{normalised(word)}_" for word in words]
    return any(word in f"_{normalised(text)}_" for text in texts for word in wanted)


def cells(source: Table, places: Iterable[int]) -> list[str]:
    """What the first rows hold in these columns, empty cells apart."""
    at = list(places)
    return [row[one].strip() for row in source.sample for one in at if one < len(row) and row[one].strip()]


def mostly(found: list[str], known: Iterable[str], part: float) -> bool:
    """Whether at least *part* of the texts is among *known*, in capitals; not where there is no text."""
    vocabulary = frozenset(known)
    return bool(found) and sum(text.upper() in vocabulary for text in found) >= part * len(found)
