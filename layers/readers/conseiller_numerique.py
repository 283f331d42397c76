"""Places that host a digital adviser: associations, but also town halls, CCAS and public groupings, told apart."""

from __future__ import annotations

import re
from typing import Final

from layers import ess
from layers.headings import normalised
from layers.readers import proof, vintages
from layers.readers.actor_records import (
    Seen,
    actor_id,
    checked_siret,
    is_out,
    listed,
    place_of,
    point,
    point_in,
    record,
)
from layers.readers.columns import Column, Located
from layers.readers.intake import Intake, Record, Vintage
from layers.readers.reader import Reader
from layers.readers.rows import Row
from layers.recognition.opening import Table, open_source

KIND: Final = "conseiller-numerique"

COLUMNS: Final = (
    Column("siret", "pivot", meaning="siret"),
    Column("name", "nom", meaning="name"),
    Column("postcode", "code_postal", meaning="postcode"),
    Column("city", "commune", meaning="city"),
    Column("services", "services"),
    Column("department", "departement", required=False, meaning="department"),
    Column("longitude", "longitude", required=False),
    Column("latitude", "latitude", required=False),
    Column("updated", "date_maj", required=False),
)

_YEAR_MONTH = re.compile(r"20\d{2}-(?:0[1-9]|1[0-2])(?=-|$)")

# A name that opens with the legal form, of a body with a checked private SIRET: the only proof that this
# list gives.
_ASSOCIATION = re.compile(r"(?:association|assoc|asso|ass)\b\.?\s", re.IGNORECASE)


_PUBLIC: Final = "Communes, CCAS, groupements et autres organismes publics : hors ESS"
WORDS: Final = ("conseiller numérique", "conseillers numériques", "médiation numérique", "CnFS")


def _is_advisers(source: Table) -> bool:
    """Whether the number is called ``pivot``, as the list has it, or the file says what it is."""
    titles = [normalised(title) for title in source.header]
    return "pivot" in titles or proof.says((*proof.around(source), *source.header), WORDS)


def _vintage(source: Table, located: Located, year: int | None) -> Vintage:
    return (
        vintages.asked(source.path, year)
        or vintages.named(source.path)
        or _latest_update(source, located)
        or vintages.assumed_current(source.path)
    )


def _latest_update(source: Table, located: Located) -> Vintage | None:
    """Edition by the latest date of update in the file itself, read once more for it."""
    if not (positions := located["updated"]):
        return None
    dates = (cells[positions[0]] for _, cells in open_source(source.path).rows if len(cells) > positions[0])
    latest = max((match[0] for text in dates if (match := _YEAR_MONTH.match(text.strip()))), default=None)
    return Vintage(int(latest[:4]), latest) if latest else None


def _actor(intake: Intake, row: Row, seen: Seen) -> Record | None:
    if not row["name"]:
        intake.reject(row, "name", "nom du lieu absent", "Compléter le nom, ou supprimer la ligne.")
        return None
    siret = checked_siret(intake, row, "siret")
    if siret is None:
        return None
    where = point(intake, row)
    place = place_of(intake, row, siret.code, where)
    public = ess.public_body(siret.code[:9] if siret.code else None, row["name"], None)
    if place is None or is_out(intake, row, (public, "public_body", _PUBLIC)):
        return None
    identity = actor_id(KIND, siret.code, row["name"], place.commune)
    if intake.is_seen(row, row["name"], identity, seen):
        return None
    proven = siret.code is not None and _ASSOCIATION.match(row["name"]) is not None
    told = {"family": "association" if proven else None, "ess": "yes" if proven else "to_review"}
    return record(intake, row, place, identity, siret.code, **told, **point_in(intake, row, place.commune, where))


READER: Final = Reader(
    kind=KIND,
    title="Lieux d’accueil des conseillers numériques",
    part="lieux d’accueil de conseillers numériques",
    publisher="Agence nationale de la cohésion des territoires (ANCT)",
    licence="Licence des données non précisée par la source",
    attribution="ANCT, cartographie nationale des lieux d’inclusion numérique",
    caveats=(
        "La liste mêle associations, communes et CCAS ; les organismes publics sont écartés.",
        "Sans forme juridique ni activité, la plupart des structures restent à vérifier ; seules sont retenues"
        " celles dont le nom dit l’association et dont le SIRET est valide.",
        "La moitié environ des lieux n’a pas de SIRET.",
    ),
    columns=COLUMNS,
    read=listed(_actor),
    vintage=_vintage,
    proof=_is_advisers,
)
