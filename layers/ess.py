"""What counts as social and solidarity economy: families, sectors, exclusions (domain.md, section 1).

The two registries are declared here; the correspondences by code are the reference tables beside this
module, read on first use. A code that the tables do not settle gives None, never a guess.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from layers.ape import ape_code
from layers.public_bodies import public_body

__all__ = [
    "FAMILIES",
    "SECTORS",
    "Family",
    "LegalCategory",
    "Sector",
    "ape_code",
    "ape_excluded",
    "family_of",
    "legal_categories",
    "public_body",
    "sector_of",
]


@dataclass(frozen=True, slots=True)
class Family:
    """A family of the law of 31 July 2014; labels in French, *order* for menus and legends."""

    slug: str
    label: str
    plural: str
    order: int


@dataclass(frozen=True, slots=True)
class Sector:
    """A group of NAF rev. 2 divisions; *label* for one actor, *plural* as a heading."""

    slug: str
    label: str
    plural: str
    order: int


@dataclass(frozen=True, slots=True)
class LegalCategory:
    """A legal category of the reference table; *confirmed* is False where the table says to confirm."""

    code: str
    label: str
    family: str | None
    sub_family: str
    confirmed: bool


FAMILIES: Final[Mapping[str, Family]] = {
    family.slug: family
    for family in (
        Family("association", "Association", "Associations", 1),
        Family("cooperative", "Coopérative", "Coopératives", 2),
        Family("mutuelle", "Mutuelle", "Mutuelles", 3),
        Family("fondation", "Fondation", "Fondations", 4),
        Family("societe_commerciale_ess", "Société commerciale de l’ESS", "Sociétés commerciales de l’ESS", 5),
    )
}

_SECTOR_LABELS: Final = {
    "action-sociale": ("Action sociale", "Action sociale"),
    "sante-humaine": ("Santé humaine", "Santé humaine"),
    "enseignement": ("Enseignement", "Enseignement"),
    "finance-assurance": ("Finance ou assurance", "Activités financières et d’assurance"),
    "arts-spectacles": ("Arts ou spectacles", "Arts et spectacles"),
    "sports-loisirs": ("Sports ou loisirs", "Sports et loisirs"),
    "soutien-entreprises": ("Soutien aux entreprises", "Soutien aux entreprises"),
    "commerce": ("Commerce", "Commerce"),
    "hebergement-restauration": ("Hébergement ou restauration", "Hébergement et restauration"),
    "construction": ("Construction", "Construction"),
    "agriculture-industrie": ("Agriculture ou industrie", "Agriculture et industrie"),
    "divers": ("Divers", "Divers"),
}
SECTORS: Final[Mapping[str, Sector]] = {
    slug: Sector(slug, label, plural, order)
    for order, (slug, (label, plural)) in enumerate(_SECTOR_LABELS.items(), start=1)
}

OUT_OF_SCOPE: Final = "HORS CHAMP"
EXCLUDED_APE: Final = frozenset({"9411Z", "9420Z", "9491Z", "9492Z"})


def _reference(name: str) -> list[dict[str, str]]:
    text = files("layers").joinpath("reference", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _sector_by_division() -> Mapping[str, str]:
    slug_of = {sector.plural.replace("’", "'"): sector.slug for sector in SECTORS.values()}
    return {
        row["division_naf_rev2"]: slug_of[row["groupe_ess"]]
        for row in _reference("naf_secteurs_ess.csv")
        if row["groupe_ess"] != OUT_OF_SCOPE
    }


@cache
def _excluded_divisions() -> frozenset[str]:
    rows = _reference("naf_secteurs_ess.csv")
    return frozenset(row["division_naf_rev2"] for row in rows if row["groupe_ess"] == OUT_OF_SCOPE)


@cache
def legal_categories() -> Mapping[str, LegalCategory]:
    """Legal categories of the reference table by code; *family* is None outside the five families."""
    return {
        row["cj"]: LegalCategory(
            code=row["cj"],
            label=row["libelle"],
            family=row["famille"] if row["famille"] in FAMILIES else None,
            sub_family=row["sous_famille"],
            confirmed=row["statut"] == "label",
        )
        for row in _reference("categories_juridiques_ess.csv")
    }


def ape_excluded(naf: str | None) -> bool:
    """Whether the APE puts an establishment outside the ESS: divisions 84, 97 to 99, four classes of 94.

    An absent or unreadable APE excludes nothing.
    """
    ape = ape_code(naf)
    return ape is not None and (ape in EXCLUDED_APE or ape[:2] in _excluded_divisions())


def sector_of(naf: str | None) -> str | None:
    """Slug of the sector of an APE; None where it is absent, unreadable, unknown or outside the ESS."""
    ape = ape_code(naf)
    return None if ape is None or ape_excluded(ape) else _sector_by_division().get(ape[:2])


def family_of(legal_category: str | None) -> str | None:
    """Slug of the family of a legal category; None where the table has none, or one still to be confirmed.

    A cooperative or a company of the ESS in SAS form (5710, 5720) cannot be told by its legal category:
    None too.
    """
    category = legal_categories().get((legal_category or "").strip())
    return category.family if category and category.confirmed else None
