"""The review queue: what the sources leave in doubt, for the staff to settle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard import locale
from dashboard.captions import family_label, sector_label
from dashboard.i18n import _, msg
from layers import matching, unnamed

if TYPE_CHECKING:
    import pandas as pd

    from layers.release import Release

FIRST: Final = 60
FIELDS: Final = {"commune": msg("commune"), "family": msg("famille"), "sector": msg("secteur")}
CONFLICTS: Final = {
    "category_yes_flag_no": msg("sa catégorie juridique dit l’ESS, Sirene dit non ; comptée"),
}
TO_REVIEW: Final = msg("aucune source ne dit si elle est de l’ESS ; comptée nulle part")


@dataclass(frozen=True, slots=True)
class Doubt:
    """One line of the queue: the structure, the year, and what is to be settled."""

    name: str
    year: int
    identifier: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Queue:
    """The first doubts, and how many there are in all; ``unnamed`` of them are not diffused, hence not listed."""

    doubts: tuple[Doubt, ...]
    total: str
    more: str
    unnamed: str


def queue(release: Release) -> Queue | None:
    """Doubts of a release, contradictions first; None where there is none, or where all is invented."""
    if release.demonstration:
        return None
    found = matching.matched(release)
    structures = found.structures
    named = structures["name"].ne("")
    conflicts, waiting = structures["conflict"].notna(), structures["ess"].eq("to_review")
    doubts = [
        *_contradictions(found.contradictions[found.contradictions["name"].ne("")], structures),
        *_displaced(release),
        *(_doubt(row, _(CONFLICTS[str(row["conflict"])])) for row in _rows(structures, conflicts & named)),
        *(_doubt(row, _(TO_REVIEW)) for row in _rows(structures, waiting & named)),
    ]
    hidden = int(((conflicts | waiting) & ~named).sum())
    total = len(doubts) + hidden
    if not total:
        return None
    more = len(doubts) - FIRST
    return Queue(
        tuple(doubts[:FIRST]),
        locale.number(total),
        locale.number(more) if more > 0 else "",
        locale.number(hidden) if hidden else "",
    )


def _rows(structures: pd.DataFrame, kept: pd.Series) -> list[dict[str, object]]:
    columns = ["name", "year", "siret", "siren", "rna", "conflict"]
    chosen = structures.loc[kept.fillna(value=False).astype(bool), columns].sort_values(["year", "name"])
    return [{str(key): value for key, value in row.items()} for row in chosen.to_dict("records")]


def _doubt(row: dict[str, object], doubt: str) -> Doubt:
    number = next((str(row[key]) for key in ("siret", "siren", "rna") if isinstance(row[key], str)), "")
    return Doubt(str(row["name"]), int(str(row["year"])), number, locale.tight(doubt))


def _contradictions(told: pd.DataFrame, structures: pd.DataFrame) -> list[Doubt]:
    numbers = structures.set_index(["year", "actor_id"])["siret"].to_dict()
    doubts = []
    for row in told.to_dict("records"):
        field, number = str(row["field"]), numbers.get((row["year"], row["actor_id"]))
        said = _("{field} : les listes diffèrent, {values}").format(
            field=_(FIELDS[field]), values=_values(field, str(row["values"]))
        )
        known = number if isinstance(number, str) else ""
        doubts.append(Doubt(str(row["name"]), int(row["year"]), known, locale.tight(said)))
    return doubts


def _displaced(release: Release) -> list[Doubt]:
    """Grants whose file says another commune than the register of their beneficiary; that of the file is kept."""
    grants = unnamed.listed(release)
    names = release.geography.communes["name"]
    chosen = grants[grants["elsewhere"].notna()].drop_duplicates(["siret", "commune", "year"])
    doubts = []
    for row in chosen.sort_values(["year", "name"]).to_dict("records"):
        said, known = names[row["commune"]], names[row["elsewhere"]]
        told = _(
            "subvention située à {commune} par son fichier, que l’on suit ; cet établissement est à {other}"
        ).format(commune=said, other=known)
        doubts.append(Doubt(str(row["name"]), int(row["year"]), str(row["siret"]), locale.tight(told)))
    return doubts


def _values(field: str, text: str) -> str:
    """What each source says, in words."""
    label = {"family": family_label, "sector": sector_label}.get(field)
    if label is None:
        return text
    parts = (part.partition(" (") for part in text.split(", "))
    return ", ".join(f"{label(slug)} ({source}" for slug, _, source in parts)
