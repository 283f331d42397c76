"""The mappings that are known: those of the project, and those that were saved beside the releases."""

from __future__ import annotations

import json
from collections.abc import Mapping as Declared
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from layers import edited
from layers.headings import normalised
from layers.indicators.declared import Declaration
from layers.mapping.declaration import ACTORS, GRANTS, TO_REVIEW, Mapping, from_json, signature

Declarations = Declared[str, Declaration]
FOLDER: Final = "mappings"
_RESERVE: Final = {
    "grantor": "État (réserve parlementaire)",
    "instrument": "Réserve parlementaire",
    "stage": "voted",
    "family": "association",
}
BUILT_IN: Final = (
    Mapping(
        GRANTS,
        "Réserve parlementaire",
        {"Bénéficiaire": "name", "Adresse": "address", "Montant": "amount", "Programme budgétaire": "scheme"},
        _RESERVE,
        private=True,
    ),
    Mapping(
        ACTORS,
        "Établissements sanitaires et sociaux (FINESS)",
        {"rs": "name", "siret": "siret", "ligneacheminement": "postcode_city", "codeape": "ape"},
        {"basis": TO_REVIEW},
    ),
)
"""Lists that are published with the same columns each year; names of members of parliament are never read."""
_ONLY_OF: Final = {
    "Réserve parlementaire": ("groupe", "nom", "prenom"),
    "Établissements sanitaires et sociaux (FINESS)": ("nofinesset",),
}


@dataclass(frozen=True, slots=True)
class Mappings:
    """The mapping given for this reading, if any, and those that were saved; declarations of tables the same way.

    *declared* are the declarations given for this reading, by the name of their file, empty for all its files;
    *declarations* those that were saved, by the shape of their tables (`layers.readers.declarations`).
    """

    given: Mapping | None = None
    kept: tuple[Mapping, ...] = ()
    declared: Declarations = field(default_factory=dict)
    declarations: Declarations = field(default_factory=dict)

    def of(self, header: Sequence[str]) -> Mapping | None:
        """The mapping for a header: the given one, a saved one, one of the project; None where none suits."""
        if self.given is not None:
            return self.given if self.given.suits(header) else None
        return suiting(header, self.kept)

    def declaration(self, path: Path) -> Declaration | None:
        """The declaration that is given for a file."""
        return self.declared.get(path.name) or self.declared.get("")


def saved(folder: Path) -> list[Mapping]:
    """Mappings saved in the data directory, one that cannot be read left aside."""
    found = []
    for path in sorted((folder / FOLDER).glob("*.json")):
        try:
            found.append(from_json(json.loads(path.read_text(encoding="utf-8"))))
        except (OSError, ValueError):
            continue
    return found


def save(folder: Path, header: Sequence[str], mapping: Mapping) -> Path:
    """Keep a mapping for the next file with these headers."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    path = folder / FOLDER / f"{signature(header)}.json"
    write(path, mapping)
    return path


def write(path: Path, mapping: Mapping) -> None:
    """Write a mapping, to be edited."""
    edited.write(path, mapping.to_json())


def read(path: Path) -> Mapping:
    """Read a mapping given by hand. Raises `UnreadableFile`, as `layers.edited.read`."""
    return edited.read(path, from_json, "correspondance", "--mapping", "La corriger.")


def suiting(header: Sequence[str], kept: Sequence[Mapping]) -> Mapping | None:
    """The mapping for a header: the saved one of a file of the same columns, no more and no fewer, else one of ours."""
    alike = next((one for one in kept if one.is_of(header)), None)
    return alike or next((one for one in BUILT_IN if one.suits(header) and _is_of(one, header)), None)


def _is_of(mapping: Mapping, header: Sequence[str]) -> bool:
    known = {normalised(name) for name in header}
    return all(name in known for name in _ONLY_OF.get(mapping.title, ()))
