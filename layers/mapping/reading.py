"""A spreadsheet read by its mapping: structures with the reason why they are listed, or grants."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from layers import ess, identifiers
from layers.headings import normalised
from layers.mapping import town
from layers.mapping.choosing import NUMBERS, PLACES, columns_of
from layers.mapping.declaration import GRANTS, TO_REVIEW, Mapping
from layers.questions import TABLE
from layers.readers import audit, vintages
from layers.readers.actor_records import Seen, actor_id, is_out, listed, record
from layers.readers.columns import Located
from layers.readers.grants import layout
from layers.readers.grants.declaration import Layout
from layers.readers.grants.layout import located_columns
from layers.readers.intake import Intake, Place, Record, Vintage
from layers.readers.reader import Reader, Records
from layers.readers.rows import Row
from layers.recognition.contents import is_over
from layers.recognition.opening import Table

KIND: Final = "table"
PERHAPS_A_LIST: Final = "perhaps_a_list"
"""Code of the warning that a table of grants may be a list of structures."""
_PERHAPS: Final = (
    "Lu comme des subventions, dont aucune ne va à une structure connue de l’ESS. Si le tableau liste des structures,"
    " le dire : « Des structures » dans « Ce que contient ce tableau » (en ligne de commande : --answer table=actors)."
)
_TOTAL: Final = re.compile(r"(?:sous_|grand_)?tota(?:l|ux)(?:_.*)?|ensemble|nombre_(?:total_)?de_structures")
HIDDEN: Final = "(non repris)"
_CAVEAT: Final = "Tableau lu par une correspondance de colonnes : à relire avant toute conclusion."


def reader(mapping: Mapping, table: Table) -> Reader:
    """The reader of a mapping for an open table."""
    about = {
        "kind": KIND,
        "title": mapping.title,
        "part": mapping.title,
        "publisher": "Producteur de la liste, à préciser",
        "licence": "Licence à préciser",
        "attribution": mapping.title,
        "caveats": (_CAVEAT,),
    }
    columns = columns_of(table, mapping)
    if mapping.table == GRANTS:
        found = Layout(**about, stage="voted", constants=mapping.constants, private=mapping.private)  # type: ignore[arg-type]
        made = layout.reader(found, columns)
        return replace(made, read=lambda intake: _read_grants(intake, made)) if mapping.guessed else made
    return Reader(
        **about,  # type: ignore[arg-type]
        columns=located_columns(columns),
        read=lambda intake: _read(intake, mapping),
        vintage=lambda source, located, year: _vintage(mapping, source, located, year),
    )


def masked(table: Table, mapping: Mapping) -> Table:
    """A table whose columns that are left aside say nothing, not even in the account of a refused row."""
    kept = {one.at for one in columns_of(table, mapping) if one.meaning}
    return replace(table, rows=_masked(kept, table.rows))


def _vintage(mapping: Mapping, source: Table, located: Located, year: int | None) -> Vintage:
    """The year, and the title: two lists of one year do not replace each other."""
    told = int(mapping.constants["year"]) if "year" in mapping.constants else year
    found = vintages.of_list(source, located, told)
    return replace(found, label=f"{mapping.title}, {found.label}")


def _read(intake: Intake, mapping: Mapping) -> Records:
    audit.left_out(intake)
    if mapping.guessed and TABLE not in intake.account.answers:
        audit.no_grants(intake)
    home = town.written(intake)
    return listed(lambda one, row, seen: _actor(one, mapping, row, seen, home))(intake)


def _read_grants(intake: Intake, made: Reader) -> Records:
    """Grants of a table that was only taken for one: where none is, that it may be a list of structures is said."""
    found, told = made.read(intake), intake.account
    if TABLE not in told.answers and told.rows["not_ess"] and not told.rows["accepted"]:
        told.warn(PERHAPS_A_LIST, _PERHAPS)
    return found


def _masked(kept: set[int], rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for line, cells in rows:
        yield line, [cell if at in kept or not cell.strip() else HIDDEN for at, cell in enumerate(cells)]


def _actor(intake: Intake, mapping: Mapping, row: Row, seen: Seen, home: str | None) -> Record | None:
    if _is_total(row):
        intake.note("list_totals", "Lignes de total d’une liste, non comptées", row.line)
        intake.account.count("control")
        return None
    who = _who(intake, row)
    if who is None:
        return None
    siret, siren, rna, name = who
    place = _place(intake, row, siret, siren, home)
    if place is None:
        return None
    ape = row["ape"] or None
    out = ess.public_body(siren, name, ape) or ess.ape_excluded(ape)
    over = any(is_over(row.cells[at], datetime.now(tz=UTC).date()) for at in intake.located["closed"])
    gone = (over, "closed", "Structures dissoutes, fermées ou dont l’activité a cessé : hors du champ")
    if is_out(intake, row, gone, (out, "not_ess", "Organismes publics, ou activités hors du champ : hors ESS")):
        return None
    identity = actor_id(f"{KIND}:{normalised(mapping.title)}", siret, name, place.commune)
    if intake.is_seen(row, name, identity, seen):
        return None
    basis = mapping.constants.get("basis", TO_REVIEW)
    told = {
        "siren": siren,
        "rna": rna,
        "name": name,
        "sector": ess.sector_of(ape),
        "ape": ape,
        "family": mapping.constants.get("family") or ("association" if rna else None),
        "ess": "to_review" if basis == TO_REVIEW else "yes",
        "reasons": None if basis == TO_REVIEW else basis,
    }
    return record(intake, row, place, identity, siret, **told)


def _is_total(row: Row) -> bool:
    """Whether a row of a list counts the others: it is called a total, and has neither number nor place."""
    return _TOTAL.fullmatch(normalised(row["name"])) is not None and not any(row[key] for key in (*NUMBERS, *PLACES))


def _who(intake: Intake, row: Row) -> tuple[str | None, str | None, str | None, str] | None:
    """SIRET, SIREN, RNA number and name; None once the row has been refused for one of them."""
    name = " ".join(row["name"].split())
    if not name:
        intake.reject(row, "name", "nom absent", "Compléter le nom, ou supprimer la ligne.")
        return None
    siret, siren = identifiers.siret(row["siret"]), identifiers.siren(row["siren"])
    for key, found in (("siret", siret), ("siren", siren)):
        if found.reason:
            intake.reject(row, key, found.reason, found.remedy)
            return None
    rna = identifiers.rna(row["rna"])
    if row["rna"] and rna is None:
        intake.note("rna_ignored", "Numéros RNA mal formés, laissés de côté", row.line)
    return siret.code, siret.code[:9] if siret.code else siren.code, rna, name


def _place(intake: Intake, row: Row, siret: str | None, siren: str | None, home: str | None) -> Place | None:
    """Place by code, post code and name, what the address says, or *home*; None once the row has been ruled on."""
    attachment = intake.written_place(row, siret=siret, siren=siren)
    if attachment.status == "inside" and attachment.commune:
        return intake.place(row, "city", attachment)
    if attachment.status == "outside":
        intake.account.count("outside")
        return None
    if attachment.status == "unknown" and (there := town.place(intake, home)) is not None:
        return there
    intake.seek(row)
    key = next((key for key in ("city", "postcode", "insee", "address") if intake.located[key]), "name")
    shown = "" if key == "address" else None
    intake.reject(row, key, attachment.reason, attachment.remedy, value=shown)
    return None
