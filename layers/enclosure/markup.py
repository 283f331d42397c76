"""XML of workbooks, read as it comes: nothing of it is kept, and it may declare no entity."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Final
from xml.parsers import expat

Attributes = dict[str, str]


class DamagedMarkup(ValueError):  # noqa: N818  (says what it is)
    """What no program that writes workbooks writes."""


def parse(
    stream: IO[bytes],
    start: Callable[[str, Attributes], object],
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
) -> None:
    """Tell each element of a document, its names as they are written. Raises `DamagedMarkup`."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.ParseFile(stream)
    except expat.ExpatError as error:
        raise DamagedMarkup(str(error)) from error


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def _refuse(*_: object) -> None:
    raise DamagedMarkup(_DOCTYPE)


_DOCTYPE: Final = "entities are declared"
