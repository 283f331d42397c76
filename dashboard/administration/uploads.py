"""Files that a form sends, written to the data folder as they come, under harmless names."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from werkzeug.formparser import FormDataParser

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Request

LONGEST: Final = 120
"""Characters of a name that are kept, its ending included."""
PARTS: Final = 100
FIELDS: Final = 100_000
"""Bytes that the fields of a form may weigh, files apart."""
_UNUSUAL: Final = re.compile(r"[^\w.()\- ]+")


def receive(request: Request, folder: Path, limit: int) -> Mapping[str, str]:
    """Write the files of a form into ``folder``; return its other fields.

    Raises ``RequestEntityTooLarge`` above ``limit`` bytes, and ``OSError`` where the disk takes no more.
    """
    opened: list[IO[bytes]] = []

    def stream(*_: object, **__: object) -> IO[bytes]:
        opened.append((folder / f".{len(opened)}.part").open("w+b"))
        return opened[-1]

    request.max_content_length = limit
    parser = FormDataParser(
        stream_factory=stream, max_form_memory_size=FIELDS, max_content_length=limit, max_form_parts=PARTS
    )
    try:
        _, form, files = parser.parse(request.stream, request.mimetype, request.content_length, request.mimetype_params)
    finally:
        for file in opened:
            file.close()
    for sent in chain.from_iterable(files.listvalues()):
        path = Path(str(sent.stream.name))
        if not sent.filename or not path.stat().st_size:
            path.unlink()
        else:
            path.rename(_free(folder, file_name(sent.filename)))
    return {name: form.get(name, "") for name in form}


def file_name(given: str) -> str:
    """A name without folder, hidden mark nor control character, which still tells the year and the kind.

    >>> file_name("../../etc/passwd"), file_name("C:\\\\données\\\\siae 2020-12.csv"), file_name("..")
    ('passwd', 'siae 2020-12.csv', 'fichier')
    """
    bare = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1]
    plain = _UNUSUAL.sub("_", bare).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    kept = (
        f"{stem[: LONGEST - len(ending) - 1]}{dot}{ending}" if dot and len(ending) < LONGEST // 2 else plain[:LONGEST]
    )
    return kept or "fichier"


def _free(folder: Path, name: str) -> Path:
    """A path that no file has: a name given twice is numbered."""
    stem, dot, ending = name.partition(".")
    number = 1
    path = folder / name
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}{dot}{ending}"
    return path
