"""What was said of files and serves for the next ones of their shape: choices, mappings, declarations; and its end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from layers import questions
from layers.indicators.declared import INDICATORS
from layers.mapping import known
from layers.questions import COLUMN
from layers.readers import declarations

CHOICES, MAPPINGS, DECLARATIONS = questions.FOLDER, known.FOLDER, declarations.FOLDER
KINDS: Final = (CHOICES, MAPPINGS, DECLARATIONS)


@dataclass(frozen=True, slots=True)
class Remembered:
    """One thing that is remembered.

    Attributes
    ----------
    id : by which it is forgotten: one of `KINDS`, a slash, the shape of the files that it serves.
    on : when it was last said, in universal time.
    file : the file that it was said of, the title of a mapping or the source of a declaration; empty where none is
        kept, or where it cannot be read.
    said : what was said, by the name of a question (``column:TITLE`` for what a column is), or by the label of an
        indicator, which is read from a column.
    """

    id: str
    on: datetime
    file: str
    said: Mapping[str, str]

    @property
    def kind(self) -> str:
        """One of `KINDS`."""
        return self.id.partition("/")[0]


def all_of(folder: Path) -> list[Remembered]:
    """All that a data folder remembers, the latest first; what cannot be read too, for it to be forgotten."""
    found = []
    for kind in KINDS:
        for path in (folder / kind).glob("*.json"):
            on = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            found.append(Remembered(f"{kind}/{path.stem}", on, *_read(kind, path)))
    return sorted(found, key=lambda one: (one.on, one.id), reverse=True)


def forget(folder: Path, name: str) -> bool:
    """Forget what is remembered by that `Remembered.id`; whether there was such a thing. Releases stay as they are."""
    if name not in {one.id for one in all_of(folder)}:
        return False
    (folder / f"{name}.json").unlink(missing_ok=True)
    return True


def _read(kind: str, path: Path) -> tuple[str, dict[str, str]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if kind == CHOICES:
            return questions.told(content)
        if kind == MAPPINGS:
            return str(content["title"]), _of_mapping(content)
        return str(content["source"]), {str(one["label"]): str(one["numerator"]) for one in content[INDICATORS]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "", {}


def _of_mapping(content: Mapping[str, Any]) -> dict[str, str]:
    columns = {f"{COLUMN}:{title}": str(meaning) for title, meaning in content["columns"].items() if meaning}
    return {questions.TABLE: str(content["table"]), **columns}
