"""The national register of associations (RNA): declared associations, alive or dissolved.

Two files: « waldec », and « import » for those declared before it and unchanged since, whose number is of another form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from layers import ess, identifiers
from layers.ess_rule import CATEGORY
from layers.readers import vintages
from layers.readers.actor_records import Seen, is_out, listed, record
from layers.readers.columns import Column
from layers.readers.intake import Intake, Record
from layers.readers.reader import Reader
from layers.readers.rows import Row

KIND: Final = "rna"
HOME: Final = "59"
ALIVE: Final = "A"
WORSHIP: Final = "U"
_NUMBER = re.compile(r"W[0-9][0-9A-Z][0-9]{7}")
_BEFORE_WALDEC = re.compile(r"[0-9][0-9A-Z][0-9][0-9A-Z][0-9]{8}")
"""Office of declaration and number in its book: a key of the file « import », and no RNA number."""
_DATE = re.compile(r"(1[89]|20)\d\d-\d\d-\d\d")
_UNKNOWN: Final = frozenset({"1900-01-01", "1901-01-01"})

COLUMNS: Final = (
    Column("rna", "id"),
    Column("siret", "siret", required=False),
    Column("position", "position"),
    Column("nature", "nature", required=False),
    Column("name", "titre"),
    Column("insee", "adrs_codeinsee"),
    Column("postcode", "adrs_codepostal"),
    Column("city", "adrs_libcommune", meaning="city"),
    Column("created", "date_creat", required=False),
)


def _actor(intake: Intake, row: Row, seen: Seen) -> Record | None:
    if _is_elsewhere(row):
        intake.account.count("outside")
        return None
    attachment = intake.attacher.attach(
        insee=row["insee"] or None, postcode=row["postcode"] or None, name=row["city"] or None
    )
    place = intake.place(row, "insee", attachment)
    if place is None or is_out(intake, row, *_reasons(row)):
        return None
    number = row["rna"].upper()
    is_rna = _NUMBER.fullmatch(number) is not None
    if not (is_rna or _BEFORE_WALDEC.fullmatch(number)) or not row["name"]:
        key, reason = ("name", "titre absent") if row["name"] == "" else ("rna", "numéro RNA illisible")
        remedy = "Vérifier la ligne à la source : W et neuf chiffres (ou le numéro d’avant Waldec), et un titre."
        intake.reject(row, key, reason, remedy)
        return None
    if intake.is_seen(row, number, number, seen):
        return None
    created = row["created"] if _DATE.fullmatch(row["created"]) and row["created"] not in _UNKNOWN else None
    numbers = {"siret": _siret(intake, row), "rna": number if is_rna else None}
    told = {"family": "association", "ess": "yes", "reasons": CATEGORY, "created": created}
    return record(intake, row, place, f"{KIND}:{number}", **numbers, **told)


def _is_elsewhere(row: Row) -> bool:
    """Whether the code of the commune, or the post code, is of another department."""
    code = row["insee"] or row["postcode"]
    return len(code) == 5 and code.isalnum() and not code.startswith(HOME)  # noqa: PLR2004


def _reasons(row: Row) -> Iterator[tuple[object, str, str]]:
    """Why an association is out: dissolved, religious or public."""
    gone = row["position"].upper() != ALIVE
    yield gone, "not_alive", "Associations dissoutes, supprimées ou reprises : hors du champ"
    yield row["nature"].upper() == WORSHIP, "worship", "Associations cultuelles : hors du champ de l’ESS"
    yield ess.public_body(None, row["name"], None), "public_body", "Organismes publics : hors ESS"


def _siret(intake: Intake, row: Row) -> str | None:
    found = identifiers.siret(row["siret"])
    if found.reason:
        intake.note("siret_ignored", "SIRET illisibles : associations gardées par leur numéro RNA", row.line)
    return found.code


READER: Final = Reader(
    kind=KIND,
    title="Répertoire national des associations",
    part="associations déclarées",
    publisher="Ministère de l’Intérieur",
    licence="Licence Ouverte 2.0",
    attribution="Ministère de l’Intérieur, répertoire national des associations (RNA)",
    caveats=(
        "Associations déclarées et non dissoutes, le plus souvent sans salarié ; beaucoup n’ont plus d’activité et ne"
        " l’ont pas déclaré.",
        "L’objet social n’est pas une activité : le secteur n’est connu que si une autre source le dit.",
        "Les associations cultuelles sont écartées. Les associations de droit local n’y figurent pas.",
        "Aucun nom de personne n’est lu.",
    ),
    columns=COLUMNS,
    read=listed(_actor),
    vintage=vintages.of_list,
)
