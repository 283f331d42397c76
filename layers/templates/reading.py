"""Filled templates read back: an entry a row, a measure a filled number; requests are grants asked and voted too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from layers import ess, identifiers
from layers.beneficiaries import MULTI_TERRITORY
from layers.headings import normalised
from layers.readers import proof, vintages
from layers.readers.columns import Column, Located
from layers.readers.intake import Intake, Place, Record, Vintage
from layers.readers.reader import Reader, Records
from layers.readers.rows import Row
from layers.recognition.opening import Table
from layers.rounding import whole
from layers.templates import cells
from layers.templates.declaration import DATE, ITSELF, TEMPLATES, Template
from layers.templates.workbook import ROWS
from layers.typography import typeset

GRANTOR: Final = "Métropole européenne de Lille"
NO_INSTRUMENT: Final = "Instrument non précisé"
_ID_LENGTH: Final = 16
_INSEE = re.compile(r"\d{5}")
_CENTS: Final = 100
CALL: Final = "call"
_SIGNED: Final = 5
"""Columns that, all there, are those of a template and of no other table."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a template, read: where it is, its year, and its numbers by field."""

    row: Row
    year: int
    commune: str | None
    territory: str | None
    way: str | None
    numbers: dict[str, float]
    siret: str | None


def reader(template: Template) -> Reader:
    """The reader of a template: its columns are the headers that the workbook has."""
    columns = tuple(
        Column(field.key, typeset(field.header), required=field.required or field.identity) for field in template.fields
    )
    return Reader(
        kind=template.kind,
        title=f"{template.title} (modèle de la métropole)",
        part=f"suivi de la métropole : {template.title.lower()}",
        publisher=GRANTOR,
        licence="Données de la métropole, dont elle décide la publication",
        attribution=f"{GRANTOR}, {template.title.lower()}",
        caveats=("Saisi par les services de la métropole ; une cellule vide veut dire « non connu ».",),
        columns=columns,
        read=lambda intake: _read(intake, template),
        vintage=lambda source, located, year: _vintage(template, source, located, year),
        proof=lambda source: _is_filled(template, source),
    )


def _is_filled(template: Template, source: Table) -> bool:
    """Whether a table of these columns is the template: its sheet, all its many columns, or words that say so.

    ``Année`` and ``Indice``, ``Date`` and ``Objet`` are titles of anything.
    """
    titles = {normalised(title) for title in source.header}
    whole = len(template.fields) >= _SIGNED and {normalised(field.header) for field in template.fields} <= titles
    texts = (*proof.around(source), *source.header)
    inside = proof.cells(source, range(len(source.header))) if template.words else []
    said = [one for one in (*texts, *inside) if not proof.says([one], template.others)]
    told = proof.says(said, template.words) or proof.says(said, [template.title])
    return whole or told or ROWS in source.sheets


def _vintage(template: Template, source: Table, located: Located, year: int | None) -> Vintage:
    return vintages.asked(source.path, year) or vintages.named(source.path) or Vintage(0, "suivi")


def _read(intake: Intake, template: Template) -> Records:
    intake.account.has_amounts = template.theme == CALL
    programme: list[Record] = []
    grants: list[Record] = []
    seen: set[str] = set()
    for row in intake.rows():
        if (entry := _entry(intake, template, row)) is None:
            continue
        identity = _identity(template, row)
        if identity in seen:
            intake.note("same_entry", "Lignes déjà lues plus haut, comptées une fois", row.line)
            intake.repeat(row, next(filter(None, row.cells), ""))
            continue
        seen.add(identity)
        granted = whole(entry.numbers.get("granted", 0) * _CENTS)
        if entry.commune:
            intake.accept(entry.commune, granted)
        else:
            intake.account.accept(entry.territory, granted)
        programme += _measures(intake, template, entry, identity)
        grants += _grants(intake, entry, identity) if template.theme == CALL else ()
    return {"programme": programme, **({"grants": grants} if template.theme == CALL else {})}


def _entry(intake: Intake, template: Template, row: Row) -> Entry | None:
    """One row read; None once it has been refused or ruled outside."""
    for field in template.fields:
        if field.required and not row[field.key]:
            intake.reject(row, field.key, f"« {field.header} » absent", f"Exemple : {field.example or field.meaning}")
            return None
    dated = next(field for field in template.fields if field.key in ("year", "date"))
    year = cells.year(dated, row[dated.key])
    if isinstance(year, cells.Fault):
        intake.reject(row, dated.key, year.reason, year.remedy)
        return None
    numbers: dict[str, float] = {}
    for field in template.fields:
        if not field.measure:
            continue
        found = cells.number(field, row[field.key])
        if isinstance(found, cells.Fault):
            intake.reject(row, field.key, found.reason, found.remedy)
            return None
        if found is not None:
            numbers[field.measure] = found
    siret = identifiers.siret(row["siret"]) if template.has("siret") else identifiers.ABSENT
    if siret.reason:
        intake.reject(row, "siret", siret.reason, siret.remedy)
        return None
    return _placed(intake, template, row, Entry(row, year, None, None, None, numbers, siret.code))


def _placed(intake: Intake, template: Template, row: Row, entry: Entry) -> Entry | None:
    if template.has("territory") and row["territory"] and not cells.is_whole(row["territory"]):
        code = cells.territory(row["territory"])
        if code is None:
            intake.reject(row, "territory", "territoire inconnu", "Un numéro de 1 à 8, ou le nom du territoire.")
            return None
        return _at(entry, None, code, None)
    if not template.has("commune") or (not row["commune"] and not entry.siret):
        return entry
    if cells.is_whole(row["commune"]):
        return _at(entry, None, None, MULTI_TERRITORY)
    said = row["commune"]
    by_code = said if _INSEE.fullmatch(said) else None
    named = said if said and not by_code else None
    attachment = intake.attacher.attach(
        insee=by_code, siret=entry.siret, name=named, department="59" if named else None
    )
    if attachment.status == "unknown" and not said:
        return entry
    place: Place | None = intake.place(row, "commune", attachment)
    return _at(entry, place.commune, intake.territories[place.commune], place.way) if place else None


def _at(entry: Entry, commune: str | None, territory: str | None, way: str | None) -> Entry:
    return Entry(entry.row, entry.year, commune, territory, way, entry.numbers, entry.siret)


def _identity(template: Template, row: Row) -> str:
    said = "|".join(normalised(row[field.key]) for field in template.fields if field.identity)
    return f"{template.kind}:{sha256(said.encode()).hexdigest()[:_ID_LENGTH]}"


def _measures(intake: Intake, template: Template, entry: Entry, identity: str) -> Iterator[Record]:
    """One record a number, and one for the entry itself where it counts for one."""
    units = {field.measure: field.unit for field in template.fields if field.measure}
    itself = {ITSELF[template.theme]: 1.0} if template.theme in ITSELF else {}
    told = {
        field.key: entry.row[field.key]
        for field in template.fields
        if (field.detail or field.kind == DATE or field.key == "name") and entry.row[field.key]
    }
    for measure, number in {**itself, **entry.numbers}.items():
        yield {
            "entry_id": identity,
            "theme": template.theme,
            "title": _title(template, entry),
            "territory": entry.territory,
            "commune": entry.commune,
            "year": entry.year,
            "measure": measure,
            "value": number,
            "unit": units.get(measure) or None,
            "instrument": (entry.row["instrument"] or None) if template.has("instrument") else None,
            "department": (entry.row["department"] or None) if template.has("department") else None,
            "detail": json.dumps(told, ensure_ascii=False) if told else None,
            **intake.origin(entry.row),
        }


def _title(template: Template, entry: Entry) -> str:
    """What a row is about: its title, else its instrument, else what the template holds."""
    for key in ("title", "instrument"):
        if template.has(key):
            return entry.row[key]
    return template.title


def _grants(intake: Intake, entry: Entry, identity: str) -> Iterator[Record]:
    """What was asked for, and what was voted for a laureate; a public body's are no grants to the ESS."""
    row, siren = entry.row, entry.siret[:9] if entry.siret else None
    if ess.public_body(siren, row["name"], None):
        intake.note("public_body", "Porteurs publics : suivis, mais hors des subventions à l’ESS", row.line)
        return
    refused = entry.numbers.get("laureate") == 0
    for stage, measure in (("asked", "asked"), ("voted", "granted")):
        amount = entry.numbers.get(measure)
        if not amount or (stage == "voted" and refused):
            continue
        yield {
            "grant_id": f"{identity}:{stage}",
            "siret": entry.siret,
            "siren": siren,
            "rna": row["rna"].upper() or None,
            "name": row["name"],
            "commune": entry.commune,
            "located_by": entry.way,
            "grantor": GRANTOR,
            "instrument": row["instrument"] or NO_INSTRUMENT,
            "kind": stage,
            "year": entry.year,
            "amount_cents": whole(amount * _CENTS),
            "decision": identity,
            **intake.written(row),
        }


READERS: Final = tuple(reader(template) for template in TEMPLATES.values())
"""One a template, in the order of their declaration."""
