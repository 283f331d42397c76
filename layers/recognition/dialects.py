"""The delimiter of a text, told by how much its first records are then understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from layers import sourcefile
from layers.enclosure.values import AGAIN
from layers.recognition import tables
from layers.recognition.encodings import repaired
from layers.recognition.tables import Header, IsHeader
from layers.sourcefile import Text
from layers.unreadable import UnreadableFile

_BETTER: Final = 2.0
"""How much more has to be understood by a delimiter for it to be taken before one that parts more lines alike."""
SAMPLE: Final = 400
"""Records of a text by which its dialect and its header are told."""


def dialect(
    text: Text, is_header: IsHeader | None, said: tuple[int, ...]
) -> tuple[str, Header | None, list[sourcefile.Read], Iterator[sourcefile.Read]]:
    """The delimiter by which the first records are understood best, its header, the sample and what follows it."""
    tried = []
    for delimiter in text.delimiters:
        try:
            records = text.records(delimiter)
            sample = list(islice(records, SAMPLE))
        except UnreadableFile:
            if len(text.delimiters) == 1:
                raise
            continue
        header = tables.header([(line, cells) for line, cells, _ in sample], is_header, said)
        tried.append((delimiter, header, sample, records))
    if not tried:
        text = replace(text, delimiters=text.delimiters[:1])
        return dialect(text, is_header, said)
    known = [one for one in tried if one[1] is not None and one[1].official]
    best = (known or tried)[0]
    rival = max(tried, key=lambda one: one[1].score if one[1] else 0.0)
    return (
        rival
        if not known and (rival[1].score if rival[1] else 0.0) >= _BETTER + (best[1].score if best[1] else 0.0)
        else best
    )


def first(path: Path, sample: Sequence[sourcefile.Read]) -> Header:
    """The first record that is as wide as a table, where none is known for a header."""
    at = widest([cells for _, cells, _ in sample])
    if at is None:
        raise UnreadableFile(path, "fichier sans en-tête ni donnée", AGAIN)
    line, cells, _ = sample[at]
    return Header(at, at, (line,), tuple(cell.strip() for cell in cells), (), 0.0, official=False)


def widest(rows: Sequence[Sequence[str]]) -> int | None:
    """The first row of several cells where most have several, else the first that says something."""
    told = [sum(bool(cell.strip()) for cell in cells) for cells in rows]
    several = sum(count > 1 for count in told) > len(told) / 2
    return next((at for at, count in enumerate(told) if count > int(several)), None)


def texts(rows: Sequence[sourcefile.Read]) -> tuple[str, ...]:
    """What the cells of records say."""
    return tuple(repaired(cell.strip()) for _, cells, _ in rows for cell in cells if cell.strip())
