"""A file opened as it was said to be: the sheet, the header, what the columns mean; and the shape it is known by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from layers import corrections
from layers.mapping.declaration import ACTORS, signature
from layers.mapping.known import Mappings
from layers.questions import AMOUNT, HEADER, NO_AMOUNT, SHEET, TABLE, Answers, Known
from layers.readers.answered import answered
from layers.recognition import commune_codes
from layers.recognition.opening import Table, Wanted, open_source
from layers.recognition.tables import IsHeader
from layers.unreadable import UnreadableFile

NO_MAPPING: Final = Mappings()


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file.

    Attributes
    ----------
    source : the table, as it is understood once what was answered is applied.
    answers : what was answered of it.
    shape : what a file of the same kind with the same titles, no more and no fewer, has in common with it.
    kind, mappings : as they were told.
    """

    source: Table
    answers: Answers
    shape: str
    kind: str | None = None
    mappings: Mappings = NO_MAPPING


def opened(
    path: Path,
    tells: IsHeader,
    kind_of: Callable[[Table], str],
    answers: Known | None,
    opening: Callable[[Path, IsHeader, Wanted], Table] = open_source,
) -> Opened:
    """Open a file; *kind_of* says what it is before anything is answered. Raises `UnreadableFile`."""
    given = answers(path, "") if answers else {}

    def is_header(cells: Sequence[str]) -> bool:
        return tells(cells) or (answers is not None and titles_of(cells) in answers.headers)

    source = commune_codes.whole(opening(path, is_header, _wanted(path, given)))
    shape = f"{titles_of(source.header)}-{kind_of(source)}"
    said = _held(answers(source.path, shape)) if answers else {}
    return Opened(answered(source, said), said, shape)


def _held(said: Answers) -> Answers:
    """What was answered, a table whose amounts are not to be read being one of structures."""
    if said.get(AMOUNT) != NO_AMOUNT:
        return said
    return {**{name: told for name, told in said.items() if name != AMOUNT}, TABLE: ACTORS}


def titles_of(header: Sequence[str]) -> str:
    """The signature of the titles of a file, those beside rows that come back corrected apart."""
    return signature([header[at] for at in corrections.own(header)])


def _wanted(path: Path, given: Answers) -> Wanted:
    lines = given.get(HEADER, "")
    told = tuple(int(part) for part in lines.split("-") if part.isdecimal())
    if lines and not (1 <= len(told) <= 2 and "-".join(map(str, told)) == lines):  # noqa: PLR2004
        raise UnreadableFile(path, f"en-tête « {lines} » illisible", "Écrire la ligne, ou deux lignes : 4, ou 3-4.")
    return Wanted(given.get(SHEET, ""), told)
