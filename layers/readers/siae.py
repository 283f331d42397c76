"""Insertion structures (ACI, EI, AI, ETTI) and GEIQ: the geocoded list, one line a structure and kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from layers import ess
from layers.headings import normalised
from layers.readers import proof, vintages
from layers.readers.actor_records import Point, actor_id, checked_siret, place_of, point, point_in
from layers.readers.columns import Column, locate
from layers.readers.intake import SAME_STRUCTURE, Intake, Record
from layers.readers.reader import Reader, Records
from layers.readers.rows import Row
from layers.recognition.columns import sure
from layers.recognition.opening import Table
from layers.values.numbers import value

KIND: Final = "siae"
KINDS: Final = frozenset({"ACI", "EI", "AI", "ETTI", "EITI", "GEIQ"})
PROPER: Final = KINDS - {"EI", "AI"}
"""Kinds that are of nothing else: ``EI`` is an « entreprise individuelle » too."""
WORDS: Final = ("SIAE", "IAE", "GEIQ", "insertion", "structures d’insertion")
_MOST: Final = 0.8
_IN_WORDS: Final = {
    "entreprise_insertion": "EI",
    "association_intermediaire": "AI",
    "atelier_chantier_insertion": "ACI",
    "chantier_insertion": "ACI",
    "entreprise_travail_temporaire_insertion": "ETTI",
    "entreprise_insertion_travail_independant": "EITI",
    "groupement_employeur_insertion_qualification": "GEIQ",
}
_LINKS: Final = frozenset(["d", "de", "l", "la", "le", "et", "par", "pour"])
_BY_MEANING: Final = {
    "siret": "siret", "naf": "ape", "name": "name", "postcode": "postcode", "city": "city", "department": "department"
}  # fmt: skip
"""Columns by the meaning that recognition gives them."""
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


def structure_kind(text: str) -> str | None:
    """Kind of a structure, written by its letters, in words, or both; None where it is of no insertion.

    >>> structure_kind("Ateliers et chantiers d’insertion"), structure_kind("ACI - chantier"), structure_kind("SARL")
    ('ACI', 'ACI', None)
    """
    words = [word for word in normalised(text).split("_") if word not in _LINKS]
    if words and words[0].upper() in KINDS:
        return words[0].upper()
    return _IN_WORDS.get("_".join(word.removesuffix("s") for word in words))


def by_content(source: Table) -> Reader | None:
    """The reader of a list of any titles, one column of which has the kinds of insertion; None where there is none.

    Its other columns are those that recognition tells: a name, and a post code or a city.
    """
    kinds = (at for at in range(len(source.header)) if _are_insertion(source, (at,)))
    places = {one.meaning: (one.at,) for one in sure(source.columns) if one.meaning}
    if (at := next(kinds, None)) is None or "name" not in places or not places.keys() & {"postcode", "city"}:
        return None
    told = {"type": (at,), **{key: places.get(meaning, ()) for key, meaning in _BY_MEANING.items()}}
    columns = (replace(one, places=told.get(one.key, ()), required=one.key in ("type", "name")) for one in COLUMNS)
    return replace(READER, columns=tuple(columns))


def _is_insertion(source: Table) -> bool:
    """Whether the types are those of insertion, and one of them, or what the file says, is of nothing else."""
    return _are_insertion(source, locate(COLUMNS, source.header)["type"])


def _are_insertion(source: Table, places: Sequence[int]) -> bool:
    kinds = [(text, structure_kind(text)) for text in proof.cells(source, places)]
    known = [kind for _, kind in kinds if kind]
    own = any(kind in PROPER or (kind and len(text) > len(kind)) for text, kind in kinds)
    enough = bool(known) and len(known) >= _MOST * len(kinds)
    return enough and (own or proof.says((*proof.around(source), *source.header), WORDS))


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
        "sector": ess.sector_of(row["naf"] or None),
        "ess": "yes",
        "year": intake.vintage.year,
        **point_in(intake, row, place.commune, where),
        **intake.origin(row),
    }


def _fault(row: Row) -> tuple[str, str, str] | None:
    if not row["name"]:
        return "name", "nom de la structure absent", "Compléter le nom, ou supprimer la ligne."
    if structure_kind(row["type"]) is None:
        known = ", ".join(sorted(KINDS))
        return "type", f"type de structure inconnu (attendu : {known})", "Corriger le type à la source."
    return None


def _note_low_score(intake: Intake, row: Row, where: Point | None) -> None:
    score = value(row["score"])
    if where and score and score.number is not None and score.number < LOW_SCORE:
        intake.note("geocoding_score_low", "Points géocodés avec un score inférieur à 0,5", row.line)


def _is_not_ess(intake: Intake, row: Row, siret: str | None) -> bool:
    """Rule out a public body, or an excluded activity; the reason stays in the account."""
    reason = ess.public_body(siret[:9] if siret else None, row["name"], row["naf"] or None)
    if reason:
        intake.note("public_body", "Portées par une commune, un CCAS ou un autre organisme public : hors ESS", row.line)
    elif ess.ape_excluded(row["naf"] or None):
        intake.note("ape_excluded", "Activité (APE) hors du champ de l’ESS", row.line)
    else:
        return False
    intake.account.count("not_ess")
    return True


def _is_repeated(intake: Intake, row: Row, identity: str, seen: _Seen) -> bool:
    kind = structure_kind(row["type"]) or ""
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
