"""Workbooks of rejected rows: the columns put beside those of the file, and the file that they come from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, TypeVar

from layers.headings import normalised
from layers.sourcefile import SourceFile

Source = TypeVar("Source", bound=SourceFile)

FROM: Final = "Rejet : fichier d’origine"
BESIDE: Final = ("Rejet : ligne", "Rejet : colonne", "Rejet : motif", "Rejet : remède", FROM)
"""Columns put before those of the file; no reader knows them, so none minds them when the workbook comes back."""
_FROM: Final = re.compile(r"(?P<file>.+) \(sha256 (?P<sha256>[0-9a-f]{64})\)")


@dataclass(frozen=True, slots=True)
class Origin:
    """The file of which rejected rows come back corrected."""

    file: str
    sha256: str

    def __str__(self) -> str:
        return f"{self.file} (sha256 {self.sha256})"

    @property
    def stem(self) -> str:
        """The name of the file without its ending, as it may name a list."""
        return self.file.rpartition(".")[0] or self.file


def origin(header: Sequence[str], cells: Sequence[str]) -> Origin | None:
    """The origin that a row tells; None for a row of a file that is no workbook of rejected rows."""
    at = next((at for at, name in enumerate(header) if normalised(name) == normalised(FROM)), len(cells))
    found = _FROM.fullmatch(" ".join(cells[at].split())) if at < len(cells) else None
    return Origin(found["file"], found["sha256"]) if found else None


def opened(source: Source) -> tuple[Source, Origin | None]:
    """An open file, none of its rows lost, and the origin that its first row tells."""
    first = next(source.rows, None)
    if first is None:
        return source, None
    return replace(source, rows=chain([first], source.rows)), origin(source.header, first[1])


def own(header: Sequence[str]) -> list[int]:
    """Places of the columns of the file itself, those beside them apart."""
    beside = {normalised(name) for name in BESIDE}
    return [at for at, name in enumerate(header) if normalised(name) not in beside]
