"""Insertion structures (ACI, EI, AI, ETTI) and GEIQ: the geocoded list, one line a structure and kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from layers import ess
from layers.readers import proof, vintages
from layers.readers.actor_records import Point, actor_id, checked_siret, place_of, point, point_in
from layers.readers.columns import Column, locate
from layers.readers.intake import SAME_STRUCTURE, Intake, Record
from layers.readers.reader import Reader, Records
from layers.readers.rows import Row
from layers.recognition.opening import Table
from layers.values.numbers import value

KIND: Final = "siae"
KINDS: Final = frozenset({"ACI", "EI", "AI", "ETTI", "EITI", "GEIQ"})
PROPER: Final = KINDS - {"EI", "AI"}
"""Kinds that are of nothing else: ``EI`` is an « entreprise individuelle » too."""
WORDS: Final = ("SIAE", "IAE", "GEIQ", "insertion", "structures d’insertion")
_MOST: Final = 0.8
LOW_SCORE: Final = 0.5

COLUMNS: Final = (
    Column("siret", "siret"),
    Column("type", "kind", "kind|type"),
    Column("naf", "naf", "naf|ape|code_ape"),
    Column("name", "name", "name|nom|denomination"),
    Column("postcode", "post_code", "post_?code|code_postal"),
    Column("city", "city", "city|ville|commune"),
    Column("department", "department", "department|departement", required=False),
    Column("longitude", "longitude", required=False),
    Column("latitude", "latitude", required=False),
    Column("score", "geocoding_score", required=False),
)


OTHER_TYPE: Final = ("same_structure_other_type", "Structures déjà lues sous un autre type, comptées une fois")


@dataclass(slots=True)
class _Seen:
    """Structures met so far: the types and the line of each."""

    types: dict[str, set[str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


def _is_insertion(source: Table) -> bool:
    """Whether the types are those of insertion, and one of them, or what the file says, is of nothing else."""
    types = proof.cells(source, locate(COLUMNS, source.header)["type"])
    own = any(text.upper() in PROPER for text in types)
    return proof.mostly(types, KINDS, _MOST) and (own or proof.says(proof.around(source), WORDS))


def _read(intake: Intake) -> Records:
    seen = _Seen()
    found = (_actor(intake, row, seen) for row in intake.rows())
    return {"actors": [record for record in found if record is not None]}


def _actor(intake: Intake, row: Row, seen: _Seen) -> Record | None:
    if fault := _fault(row):
        intake.reject(row, *fault)
        return None
    siret = checked_siret(intake, row, "siret")
    if siret is None:
        return None
    where = point(intake, row)
    place = place_of(intake, row, siret.code, where)
    if place is None or _is_not_ess(intake, row, siret.code):
        return None
    _note_low_score(intake, row, where)
    identity = actor_id(KIND, siret.code, row["name"], place.commune)
    if _is_repeated(intake, row, identity, seen):
        return None
    intake.accept(place.commune)
    return {
        "actor_id": identity,
        "siret": siret.code,
        "siren": siret.code[:9] if siret.code else None,
        "name": row["name"],
        "commune": place.commune,
        "located_by": place.way,
        "sector": ess.sector_of(row["naf"]),
        "ess": "yes",
        "year": intake.vintage.year,
        **point_in(intake, row, place.commune, where),
        **intake.origin(row),
    }


def _fault(row: Row) -> tuple[str, str, str] | None:
    if not row["name"]:
        return "name", "nom de la structure absent", "Compléter le nom, ou supprimer la ligne."
    if row["type"].upper() not in KINDS:
        known = ", ".join(sorted(KINDS))
        return "type", f"type de structure inconnu (attendu : {known})", "Corriger le type à la source."
    return None


def _note_low_score(intake: Intake, row: Row, where: Point | None) -> None:
    score = value(row["score"])
    if where and score and score.number is not None and score.number < LOW_SCORE:
        intake.note("geocoding_score_low", "Points géocodés avec un score inférieur à 0,5", row.line)


def _is_not_ess(intake: Intake, row: Row, siret: str | None) -> bool:
    """Rule out a public body, or an excluded activity; the reason stays in the account."""
    reason = ess.public_body(siret[:9] if siret else None, row["name"], row["naf"])
    if reason:
        intake.note("public_body", "Portées par une commune, un CCAS ou un autre organisme public : hors ESS", row.line)
    elif ess.ape_excluded(row["naf"]):
        intake.note("ape_excluded", "Activité (APE) hors du champ de l’ESS", row.line)
    else:
        return False
    intake.account.count("not_ess")
    return True


def _is_repeated(intake: Intake, row: Row, identity: str, seen: _Seen) -> bool:
    kind = row["type"].upper()
    types = seen.types.setdefault(identity, {kind})
    note = SAME_STRUCTURE if kind in types else OTHER_TYPE
    types.add(kind)
    return intake.is_seen(row, row["name"], identity, seen.lines, note)


READER: Final = Reader(
    kind=KIND,
    title="Structures d’insertion par l’activité économique et GEIQ",
    part="structures d’insertion et GEIQ",
    publisher="Plateforme de l’inclusion (les emplois), d’après la liste de l’ASP",
    licence="Licence des données non précisée par la source ; faits administratifs publics",
    attribution="Plateforme de l’inclusion, liste ASP des structures d’insertion par l’activité économique",
    caveats=(
        "Les structures d’insertion ne sont qu’une partie de l’ESS.",
        "La liste ne donne pas la forme juridique : la famille est inconnue, et des entreprises d’insertion"
        " ou de travail temporaire d’insertion peuvent être des sociétés commerciales (article 2 de la loi"
        " du 31 juillet 2014).",
        "Les structures portées par une commune, un CCAS ou un autre organisme public sont écartées.",
        "Une structure présente sous plusieurs types est comptée une fois.",
    ),
    columns=COLUMNS,
    read=_read,
    vintage=vintages.of_list,
    proof=_is_insertion,
)
