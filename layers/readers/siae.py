"""Insertion structures (ACI, EI, AI, ETTI) and GEIQ: the geocoded list, one line a structure and kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
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
from layers.readers.columns import Column, locate
from layers.readers.intake import SAME_STRUCTURE, Intake, Record
from layers.readers.reader import Reader
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
LOW_SCORE: Final = 0.5

COLUMNS: Final = (
    Column("siret", "siret", meaning="siret"),
    Column("type", "kind", meaning="category"),
    Column("naf", "naf", meaning="ape"),
    Column("name", "name", meaning="name"),
    Column("postcode", "post_code", meaning="postcode"),
    Column("city", "city", meaning="city"),
    Column("department", "department", required=False, meaning="department"),
    Column("longitude", "longitude", required=False),
    Column("latitude", "latitude", required=False),
    Column("score", "geocoding_score", required=False),
)
OTHER_TYPE: Final = ("same_structure_other_type", "Structures déjà lues sous un autre type, comptées une fois")


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
    told = {one.key: (at,) if one.key == "type" else places.get(one.meaning, ()) for one in COLUMNS}
    columns = (replace(one, places=told[one.key], required=one.key in ("type", "name")) for one in COLUMNS)
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


def _actor(intake: Intake, row: Row, seen: Seen) -> Record | None:
    if fault := _fault(row):
        intake.reject(row, *fault)
        return None
    siret = checked_siret(intake, row, "siret")
    if siret is None:
        return None
    where = point(intake, row)
    place = place_of(intake, row, siret.code, where)
    if place is None or is_out(intake, row, *_reasons(row, siret.code)):
        return None
    score = value(row["score"])
    if where and score and score.number is not None and score.number < LOW_SCORE:
        intake.note("geocoding_score_low", "Points géocodés avec un score inférieur à 0,5", row.line)
    identity = actor_id(KIND, siret.code, row["name"], place.commune)
    if _is_repeated(intake, row, identity, seen):
        return None
    sector, position = ess.sector_of(row["naf"] or None), point_in(intake, row, place.commune, where)
    return record(intake, row, place, identity, siret.code, ess="yes", sector=sector, **position)


def _fault(row: Row) -> tuple[str, str, str] | None:
    if not row["name"]:
        return "name", "nom de la structure absent", "Compléter le nom, ou supprimer la ligne."
    if structure_kind(row["type"]) is None:
        known = ", ".join(sorted(KINDS))
        return "type", f"type de structure inconnu (attendu : {known})", "Corriger le type à la source."
    return None


def _reasons(row: Row, siret: str | None) -> Iterator[tuple[object, str, str]]:
    """Why a structure is not of the ESS: a public body, or an excluded activity."""
    public = ess.public_body(siret[:9] if siret else None, row["name"], row["naf"] or None)
    yield public, "public_body", "Portées par une commune, un CCAS ou un autre organisme public : hors ESS"
    yield ess.ape_excluded(row["naf"] or None), "ape_excluded", "Activité (APE) hors du champ de l’ESS"


def _is_repeated(intake: Intake, row: Row, identity: str, seen: Seen) -> bool:
    """A structure is told once, whatever its types; one of another type is said so."""
    typed = (identity, structure_kind(row["type"]))
    note = SAME_STRUCTURE if typed in seen else OTHER_TYPE
    seen.setdefault(typed, row.line)
    return intake.is_seen(row, row["name"], identity, seen, note)


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
    read=listed(_actor),
    vintage=vintages.of_list,
    proof=_is_insertion,
)
