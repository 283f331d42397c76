"""A mapping: which column of a spreadsheet means what, and what holds for all its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping as Columns
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from layers.ess import FAMILIES
from layers.ess_rule import ESUS, LIST
from layers.headings import normalised
from layers.readers.answered import CHOICES, UNREAD
from layers.recognition.columns import MEANINGS, SINGLE, UNTITLED, keys
from layers.tables import KINDS

ACTORS, GRANTS = "actors", "grants"
CONTENTS: Final[Columns[str, str]] = {GRANTS: "Des subventions", ACTORS: "Des structures"}
"""What a table may be said to hold, and how that is called in French."""
TO_REVIEW: Final = "to_review"
BASES: Final = (LIST, ESUS, TO_REVIEW)
"""Why the structures of a list are of the ESS: the list says so, an ESUS approval, or nothing does."""
_SIGNATURE: Final = 16
_OTHER_LABELS: Final = {"instrument": "scheme", "n_rna": "rna", "code_commune": "insee"}
"""Names that mappings saved by earlier versions give to a meaning."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a spreadsheet is read.

    Attributes
    ----------
    table : ``actors`` or ``grants``.
    title : name of the list, in French, as it is shown.
    columns : a meaning (`layers.readers.answered.CHOICES`) by title; empty for a column that is left aside. Titles
        that are not there are left aside too.
    constants : what holds for every row: ``basis`` (one of `BASES`), ``family``, ``stage`` (of `layers.tables.KINDS`),
        ``grantor``, ``instrument``, ``year``.
    private : the columns left aside are of persons: nothing of them is kept, even of a refused row.
    guessed : nobody gave it: what a column means is as sure as it was recognised.
    """

    table: str
    title: str
    columns: Columns[str, str]
    constants: Columns[str, str] = field(default_factory=dict)
    private: bool = False
    guessed: bool = field(default=False, compare=False)

    @property
    def read(self) -> dict[str, str]:
        """The columns that have a meaning."""
        return {name: meaning for name, meaning in self.columns.items() if meaning}

    def suits(self, header: Sequence[str]) -> bool:
        """Whether *header* has every column that the mapping reads."""
        known = {normalised(name) for name in keys(header)}
        return bool(self.read) and all(normalised(name) in known for name in self.read)

    def is_of(self, header: Sequence[str]) -> bool:
        """Whether *header* has the columns of the mapping and no other: a file of the same shape."""
        return signature(keys(header)) == signature(tuple(self.columns))

    def to_json(self) -> dict[str, Any]:
        """As it is saved, and edited."""
        return {
            "table": self.table,
            "title": self.title,
            "columns": dict(self.columns),
            "constants": dict(self.constants),
            "private": self.private,
        }


def signature(header: Sequence[str]) -> str:
    """What makes two spreadsheets the same list of another day: their headers, in any order."""
    told = "|".join(sorted(normalised(name) for name in header if name and not name.startswith(UNTITLED)))
    return sha256(told.encode()).hexdigest()[:_SIGNATURE]


def from_json(content: Any) -> Mapping:
    """A mapping read back; ``ValueError`` in French where it cannot be used."""
    if not isinstance(content, dict):
        raise ValueError("un objet JSON est attendu")
    table = content.get("table")
    columns, constants = content.get("columns"), content.get("constants", {})
    if table not in (ACTORS, GRANTS):
        raise ValueError(f"« table » : {ACTORS} ou {GRANTS} attendu")
    if not isinstance(columns, dict) or not isinstance(constants, dict):
        raise ValueError("« columns » et « constants » : des objets sont attendus")
    read = {str(name): _meaning(str(said)) if said else "" for name, said in columns.items()}
    _check(table, read, constants)
    told = {str(key): str(value) for key, value in constants.items()}
    return Mapping(table, str(content.get("title") or "Liste"), read, told, bool(content.get("private", False)))


def _meaning(told: str) -> str:
    """A meaning by its key or its label in French."""
    plain = normalised(told)
    able = {**MEANINGS, **CHOICES}
    found = next(
        (key for key, label in able.items() if told == key or plain == normalised(label)), _OTHER_LABELS.get(plain)
    )
    if found is None:
        raise ValueError(f"« {told} » n’est pas une colonne connue : {', '.join(CHOICES.values())}")
    return "" if found == UNREAD else found


def _check(table: str, columns: Columns[str, str], constants: Columns[str, Any]) -> None:
    meanings = [meaning for meaning in columns.values() if meaning]
    if twice := next((one for one in meanings if one in SINGLE and meanings.count(one) > 1), None):
        raise ValueError(f"« {MEANINGS[twice]} » est donné deux fois")
    if "name" not in meanings:
        raise ValueError("une colonne « Nom » est nécessaire")
    if table == GRANTS and not any(meaning.startswith("amount") for meaning in meanings):
        raise ValueError("une colonne « Montant » est nécessaire")
    allowed = {"basis": BASES, "family": tuple(FAMILIES), "stage": KINDS}
    for key, values in allowed.items():
        if key in constants and constants[key] not in values:
            raise ValueError(f"« {key} » : {', '.join(values)}")
    if "year" in constants and not re.fullmatch(r"(?:19|20)\d\d", str(constants["year"])):
        raise ValueError("« year » : une année à quatre chiffres")
