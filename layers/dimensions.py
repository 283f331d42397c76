"""What records can be cut by: each dimension declared once; filters, menus, facets, API and exports follow.

A dimension gives every row of a table a slug, `UNKNOWN` where the source does not say. Labels are French, to be
translated where they are printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import pandas as pd

from layers.cache import Remembered
from layers.ess import FAMILIES, SECTORS

UNKNOWN: Final = "inconnu"
UNMATCHED: Final = "non-rapproche"
"""Of a grant whose beneficiary is among no structures: what is known of them says nothing of it."""
PARTED: Final = ","
Chosen = tuple[str, ...]
"""Slugs of one dimension, in its order, each once; empty for all."""
ACTORS, GRANTS, JOBS = "actors", "grants", "jobs"

SIZES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "nn": ("Non employeuses", ("NN",)),
        "0": ("Aucun salarié au 31 décembre", ("00",)),
        "1-2": ("1 ou 2 salariés", ("01",)),
        "3-5": ("3 à 5 salariés", ("02",)),
        "6-9": ("6 à 9 salariés", ("03",)),
        "10-19": ("10 à 19 salariés", ("11",)),
        "20-49": ("20 à 49 salariés", ("12",)),
        "50-99": ("50 à 99 salariés", ("21",)),
        "100-249": ("100 à 249 salariés", ("22", "31")),
        "250": ("250 salariés et plus", ("32", "41", "42", "51", "52", "53")),
    }
)
"""Size classes of Sirene by slug: label and codes. A class is no head count, and is never added up as one."""
EMPLOYERS: Final = {
    "yes": "Employeuses",
    "zero": "Employeuses sans salarié au 31 décembre",
    "no": "Non employeuses ou tranche non renseignée",
}
"""Domain, section 1: an employer has a class that is neither NN nor null; 00 is shown apart."""
UNMATCHED_LABEL: Final = "Bénéficiaire non rapproché"
IN_QPV, OUT_OF_QPV = "in", "out"
MOST_SLUG: Final = 60


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension.

    ``key`` is its name in addresses, ``every`` what stands for no filter, ``names`` its labels by slug in order: empty
    where the values are those of the data (``open_``). ``tables`` are those whose rows it cuts; ``read`` makes
    the slugs of their rows; ``column`` is null where a row does not say. ``unmatched`` is the label of `UNMATCHED`
    where a grant has it from its beneficiary.
    """

    key: str
    label: str
    every: str
    tables: tuple[str, ...]
    column: str
    read: Callable[[pd.DataFrame], pd.Series]
    names: Mapping[str, str] = field(default_factory=dict)
    unknown: str = "Non renseigné"
    open_: bool = False
    unmatched: str = ""

    @property
    def apart(self) -> dict[str, str]:
        """Labels of what is in none of its values, the last ones of its menu."""
        return {**({UNMATCHED: self.unmatched} if self.unmatched else {}), UNKNOWN: self.unknown}

    def cuts(self, table: str) -> bool:
        """Whether the rows of a table have it."""
        return table in self.tables

    def of(self, frame: pd.DataFrame) -> pd.Series:
        """Slug of every row, in the order of the rows; `UNKNOWN` where the source does not say."""
        return self.read(frame)

    def is_told(self, frame: pd.DataFrame) -> bool:
        """Whether any row says it: where none does, the dimension is without object."""
        return bool(frame[self.column].notna().any())

    def labels(self, frame: pd.DataFrame) -> dict[str, str]:
        """Label by slug, in order: all those declared, or those of the rows where the data name them; the unknown last.

        What is `apart` is there only where a row has it.
        """
        slugs = self.of(frame)
        found = _drawn(frame[self.column]) if self.open_ else dict(self.names)
        return found | {slug: label for slug, label in self.apart.items() if slugs.eq(slug).any()}

    def canonical(self, given: Iterable[str]) -> Chosen:
        """Slugs in order, each once; those that are not declared keep the order of the alphabet, after the others."""
        place = {slug: i for i, slug in enumerate(self.names)}
        return tuple(sorted(set(given), key=lambda slug: (place.get(slug, len(place)), slug == UNKNOWN, slug)))


def split(text: str | None) -> Chosen:
    """Slugs that an address parts by commas."""
    return tuple(part for part in (text or "").split(PARTED) if part)


def written(key: str, text: str | None) -> str | None:
    """The same slugs in the order of the dimension, each once; None for none."""
    if not text:
        return None
    return PARTED.join(DIMENSIONS[key].canonical(split(text))) or None


def slug_of(text: str) -> str:
    """Slug of a text of the data: « Incubateur territorial » is ``incubateur-territorial``."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    ascii_ = "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_).strip("-")[:MOST_SLUG].strip("-") or UNKNOWN


_slug: Remembered[str] = Remembered("slugs", slug_of, most=4096)


def _plain(column: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda frame: frame[column].astype("string").fillna(UNKNOWN)


def _size(frame: pd.DataFrame) -> pd.Series:
    by_code = {code: slug for slug, (_, codes) in SIZES.items() for code in codes}
    return frame["size_class"].map(by_code).astype("string").fillna(UNKNOWN)


def _employer(frame: pd.DataFrame) -> pd.Series:
    size = _size(frame)
    told = size.map({"nn": "no", "0": "zero", UNKNOWN: "no"})
    found: pd.Series = told.fillna("yes").astype("string")
    return found


def _qpv(frame: pd.DataFrame) -> pd.Series:
    told = frame["priority_status"]
    if "priority_area" in frame:
        told = frame["priority_area"].notna().map({True: IN_QPV, False: pd.NA}).astype("string").fillna(told)
    return told.fillna(UNKNOWN)


def _of_structures(read: Callable[[pd.DataFrame], pd.Series]) -> Callable[[pd.DataFrame], pd.Series]:
    """What structures say, and their grants through them (`layers.beneficiaries`)."""

    def slugs(frame: pd.DataFrame) -> pd.Series:
        told = read(frame)
        return told.where(frame["found_by"].notna(), UNMATCHED) if "found_by" in frame else told

    return slugs


def _instrument(frame: pd.DataFrame) -> pd.Series:
    texts = frame["instrument"]
    found: pd.Series = texts.map({text: _slug(text) for text in texts.dropna().unique()}).astype("string")
    return found.fillna(UNKNOWN)


def _drawn(column: pd.Series) -> dict[str, str]:
    """Texts of the data by slug, in the order of the texts; of several with the same slug, the first."""
    found: dict[str, str] = {}
    for text in sorted(column.dropna().unique(), key=lambda text: (_slug(text), text)):
        found.setdefault(_slug(text), str(text))
    return found


DIMENSIONS: Final[Mapping[str, Dimension]] = MappingProxyType(
    {
        dimension.key: dimension
        for dimension in (
            Dimension(
                "sector",
                "Secteur",
                "Tous les secteurs",
                (ACTORS, GRANTS, JOBS),
                "sector",
                _plain("sector"),
                {slug: sector.plural for slug, sector in SECTORS.items()},
                "Secteur non renseigné",
            ),
            Dimension(
                "family",
                "Famille",
                "Toutes les familles",
                (ACTORS, GRANTS, JOBS),
                "family",
                _plain("family"),
                {slug: family.plural for slug, family in FAMILIES.items()},
                "Famille non renseignée",
            ),
            Dimension(
                "size",
                "Tranche d’effectifs",
                "Toutes les tailles",
                (ACTORS, GRANTS),
                "size_class",
                _of_structures(_size),
                {slug: label for slug, (label, _) in SIZES.items()},
                "Tranche non renseignée",
                unmatched=UNMATCHED_LABEL,
            ),
            Dimension(
                "employer",
                "Employeur ou non",
                "Employeuses et non employeuses",
                (ACTORS, GRANTS),
                "size_class",
                _of_structures(_employer),
                EMPLOYERS,
                unmatched=UNMATCHED_LABEL,
            ),
            Dimension(
                "qpv",
                "Quartier prioritaire",
                "Dans et hors quartier prioritaire",
                (ACTORS, GRANTS),
                "priority_status",
                _of_structures(_qpv),
                {IN_QPV: "Dans un quartier prioritaire", OUT_OF_QPV: "Hors quartier prioritaire"},
                "Quartier non renseigné",
                unmatched=UNMATCHED_LABEL,
            ),
            Dimension(
                "instrument",
                "Dispositif",
                "Tous les dispositifs",
                (GRANTS,),
                "instrument",
                _instrument,
                unknown="Dispositif non renseigné",
                open_=True,
            ),
        )
    }
)


def keep(frame: pd.DataFrame, table: str, chosen: Mapping[str, Chosen]) -> pd.DataFrame:
    """Rows of a table that all the dimensions it has keep; those that do not cut the table keep all."""
    for key, slugs in chosen.items():
        if slugs and DIMENSIONS[key].cuts(table):
            frame = frame[DIMENSIONS[key].of(frame).isin(slugs).astype(bool)]
    return frame
