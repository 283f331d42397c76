"""Conformance of a file of grants to the official schema, told by frictionless field by field."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from layers.readers.intake import Intake
from layers.readers.rows import Row
from layers.recognition.columns import settle

KIND: Final = "scdl"
MOST: Final = 20_000
"""Rows that are checked: what a schema says of a file is said by its first rows."""
LATEST, FORMER = "2.1", "2.0"
ONLY_IN_LATEST: Final = ("rnaBeneficiaire", "dispositifAide")
_SIRET, _RNA = r"^\d{14}$", r"^W\d{9}$"
_PERIOD: Final = r"^[0-9]{4}\-[0-9]{2}\-[0-9]{2}(\/[0-9]{4}\-[0-9]{2}\-[0-9]{2})?$"
_MONEY, _KIND = "aide en numéraire", "aide en nature"
_NATURES: Final = [_MONEY, _KIND, f"{_MONEY};{_KIND}", f"{_KIND};{_MONEY}"]
_TEXT: Final = 256
_SAMPLE: Final = 200
FIELDS: Final[dict[str, dict[str, Any]]] = {
    "nomAttribuant": {"type": "string", "constraints": {"required": True}},
    "idAttribuant": {"type": "string", "constraints": {"required": True, "pattern": _SIRET}},
    "dateConvention": {"type": "date", "constraints": {"required": True}},
    "referenceDecision": {"type": "string"},
    "nomBeneficiaire": {"type": "string", "constraints": {"required": True}},
    "idBeneficiaire": {"type": "string"},
    "rnaBeneficiaire": {"type": "string", "constraints": {"pattern": _RNA}},
    "objet": {"type": "string", "constraints": {"required": True, "maxLength": _TEXT}},
    "montant": {"type": "number", "constraints": {"required": True}},
    "nature": {"type": "string", "constraints": {"required": True, "enum": _NATURES}},
    "conditionsVersement": {"type": "string", "constraints": {"required": True, "maxLength": _TEXT}},
    "datesPeriodeVersement": {"type": "string", "constraints": {"required": True, "pattern": _PERIOD}},
    "idRAE": {"type": "string", "constraints": {"maxLength": 5}},
    "notificationUE": {
        "type": "boolean",
        "trueValues": ["true", "True", "TRUE", "1", "oui", "Oui"],
        "falseValues": ["false", "False", "FALSE", "0", "non", "Non"],
        "constraints": {"required": True},
    },
    "pourcentageSubvention": {"type": "number", "constraints": {"required": True, "minimum": 0.01, "maximum": 1}},
    "dispositifAide": {"type": "string"},
}
"""The fields of the schema 2.1 in its order (schema.data.gouv.fr, scdl/subventions)."""
MEANINGS: Final = {
    "nomAttribuant": "grantor",
    "idAttribuant": "grantor_siret",
    "dateConvention": "date",
    "referenceDecision": "reference",
    "nomBeneficiaire": "name",
    "idBeneficiaire": "siret",
    "rnaBeneficiaire": "rna",
    "objet": "purpose",
    "montant": "amount",
    "nature": "nature",
    "conditionsVersement": "conditions",
    "datesPeriodeVersement": "period",
    "idRAE": "rae",
    "notificationUE": "state_aid",
    "pourcentageSubvention": "share",
    "dispositifAide": "scheme",
}
"""Meaning of each field."""
COLUMN_WORDS: Final = {
    "order": "colonnes dans un autre ordre",
    "name": "colonnes intitulées autrement,",
    "absent": "colonnes absentes,",
    "extra": "colonnes en trop,",
}
CELL_WORDS: Final = {"type-error": "d’un autre type", "constraint-error": "non admises"}
"""Faults of the columns are ours to tell, those of the cells are frictionless's."""


@dataclass(frozen=True, slots=True)
class Conformity:
    """What the schema says of a file: the version it was held to, and faults by (field, kind of fault)."""

    version: str
    faults: Counter[tuple[str, str]]

    @property
    def valid(self) -> bool:
        """Whether the file follows its schema to the letter."""
        return not self.faults


def check(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Conformity:
    """Hold the columns and the text of the cells to the schema of the version that the header shows."""
    found = _places(header, rows)
    version = LATEST if any(name in found for name in ONLY_IN_LATEST) else FORMER
    fields = _fields(version)
    places = {name: found.get(name) for name in fields}
    faults = _columns(header, places)
    told = {name: at for name, at in places.items() if at is not None}
    data = [list(told), *[[row[at] for at in told.values()] for row in rows[:MOST]]]
    descriptor = {"fields": [{"name": name, **fields[name]} for name in told]}
    for error in _validated(descriptor, data):
        faults[(str(getattr(error, "field_name", "")), str(error.type))] += 1
    return Conformity(version, faults)


def _places(header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Place of each field in the header: under its own name, else the first column that means it."""
    meant = settle(header, rows[:_SAMPLE])
    found = {name: one.at for name, meaning in MEANINGS.items() for one in reversed(meant) if one.meaning == meaning}
    return found | {name: at for at, name in enumerate(header) if name in MEANINGS}


def _columns(header: Sequence[str], places: dict[str, int | None]) -> Counter[tuple[str, str]]:
    faults: Counter[tuple[str, str]] = Counter()
    known = [at for at in places.values() if at is not None]
    faults.update({(name, "absent"): 1 for name, at in places.items() if at is None})
    faults.update({(name, "name"): 1 for name, at in places.items() if at is not None and header[at] != name})
    faults.update({(label, "extra"): 1 for at, label in enumerate(header) if at not in known})
    if known != sorted(known):
        faults["", "order"] = 1
    return faults


def _fields(version: str) -> dict[str, dict[str, Any]]:
    """Fields of a version; 2.0 has no RNA number, and asks for the SIRET of every beneficiary."""
    if version == LATEST:
        return FIELDS
    kept = {name: told for name, told in FIELDS.items() if name not in ONLY_IN_LATEST}
    return {**kept, "idBeneficiaire": {"type": "string", "constraints": {"required": True, "pattern": _SIRET}}}


def _validated(descriptor: dict[str, Any], data: list[list[str]]) -> list[Any]:
    limit = csv.field_size_limit()
    try:
        from frictionless import Resource, Schema  # noqa: PLC0415 (a second to import, and only here)

        resource = Resource(data=data, schema=Schema.from_descriptor(descriptor))
        tasks = resource.validate(limit_errors=len(data) * len(data[0])).tasks
    finally:
        csv.field_size_limit(limit)  # frictionless lifts it for the whole process
    return [error for task in tasks for error in task.errors]


def report(intake: Intake, rows: Sequence[Row]) -> None:
    """Say in the account how far the file is from its schema: columns by kind of fault, then cells by field."""
    found = check(intake.source.header, [row.cells for row in rows])
    schema = f"Schéma SCDL {found.version}"
    for kind, word in COLUMN_WORDS.items():
        names = [name for name, fault in found.faults if fault == kind]
        told = ", ".join(f"« {name} »" for name in names if name)
        intake.account.warn("schema_columns", f"{schema} : {word} {told}".rstrip() + ".", len(names))
    for (name, kind), count in sorted(found.faults.items()):
        if kind not in COLUMN_WORDS:
            word = CELL_WORDS.get(kind, kind)
            intake.account.warn("schema_cells", f"{schema} : « {name} », valeurs {word} ({count}).", count)
