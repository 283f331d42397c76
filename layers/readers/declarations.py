"""Declarations of tables: read from a file, kept for the next table of the same shape, and found again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from layers import corrections, edited
from layers.headings import normalised
from layers.indicators.declared import YEAR, Declaration, from_json
from layers.mapping import known
from layers.mapping.declaration import Mapping as ColumnMapping
from layers.mapping.known import Mappings
from layers.questions import DECLARED, Answers, Question
from layers.recognition.opening import Table
from layers.values.periods import COLUMN as PERIOD

FOLDER: Final = "declarations"
NOT_IT: Final = "Un autre tableau"
_DIGITS: Final = 16
_YEAR: Final = re.compile(rf"(?<!\d)(?:{PERIOD})(?!\d)|(?<!\d)(?:(?:19|20)\d\d|(?<=[a-z])\d\d)(?!\d)")
_PLAIN: Final = "valeur value nombre nb total effectif effectifs montant taux part obs_value number chiffre donnee"
_GENERIC: Final = frozenset(_PLAIN.split())
_WORDS: Final = 2


def shape(header: Sequence[str]) -> str:
    """What makes two tables the same of another year: their titles in any order, years apart."""
    told = {_YEAR.sub("#", normalised(name)) for name in header if name}
    return sha256("|".join(sorted(told)).encode()).hexdigest()[:_DIGITS]


def question(declaration: Declaration) -> Question | None:
    """What is asked before a table is read as another of its shape was: nothing where its titles name its numbers."""
    said = {word for one in declaration.numbers for title in one.columns for word in _words(title)}
    if not declaration.measure and len(said) >= _WORDS:
        return None
    about = f"Ce tableau a les colonnes de « {declaration.source} » : est-ce lui, mis à jour ?"
    return Question(DECLARED, about, (declaration.source, NOT_IT), declaration.source)


@dataclass(frozen=True, slots=True)
class Known:
    """The declaration that reads a table, the shape of the table, and what is asked before it is published."""

    declaration: Declaration
    shape: str
    questions: tuple[Question, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As the account of a file keeps it until the file is published."""
        return {"shape": self.shape, "declaration": self.declaration.to_json()}


def of(source: Table, mappings: Mappings, answers: Answers, is_official: Callable[[], bool]) -> Known | None:
    """The declaration that reads a table: the one given for its file, else that of its shape if it is not official."""
    of_table = shape([source.header[at] for at in corrections.own(source.header)])
    if (given := mappings.declaration(source.path)) is not None:
        return Known(given, of_table)
    kept = mappings.declarations.get(of_table)
    if kept is None or is_official():
        return None
    asked = question(kept)
    if asked is not None and answers.get(asked.id) == NOT_IT:
        return None
    return Known(kept, of_table, (asked,) if asked else ())


def _words(title: str) -> list[str]:
    plain = normalised(title.replace(YEAR, ""))
    return [word for word in plain.split("_") if len(word) > 1 and word not in _GENERIC]


def saved(folder: Path) -> dict[str, Declaration]:
    """Declarations by the shape of their tables, one that cannot be read left aside."""
    found = {}
    for path in sorted((folder / FOLDER).glob("*.json")):
        try:
            found[path.stem] = from_json(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            continue
    return found


def save(folder: Path, told: Mapping[str, Any]) -> None:
    """Keep what `Known.to_json` gave, for the next table of its shape; nothing where it is empty."""
    if told:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        write(folder / FOLDER / f"{told['shape']}.json", from_json(told["declaration"]))


def write(path: Path, declaration: Declaration) -> None:
    """Write a declaration, to be edited."""
    edited.write(path, declaration.to_json())


def read(path: Path) -> Declaration:
    """Read a declaration given by hand. Raises `UnreadableFile`, as `layers.edited.read`."""
    remedy = "La corriger ; « ess template indicateur » en écrit un modèle expliqué."
    return edited.read(path, from_json, "déclaration", "--declare", remedy)


def of_folder(
    folder: Path, mapping: ColumnMapping | None = None, declared: Mapping[str, Declaration] | None = None
) -> Mappings:
    """All by which spreadsheets are read: what is given for this reading, and what a data folder remembers."""
    return Mappings(mapping, tuple(known.saved(folder)), declared or {}, saved(folder))
