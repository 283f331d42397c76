"""Actors and grants, fifty a page, each with the line of the file it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.api.parameters import Given
from dashboard.api.problems import unknown_value
from dashboard.api.route import BASE, Asked
from geodata.names import normalise
from geodata.perimeter import members
from layers.account import euros
from layers.cube import UNKNOWN

if TYPE_CHECKING:
    from layers.release import Release

PER_PAGE = 50
WHO = ("siret", "siren", "rna", "name", "commune", "sector", "family")
ORIGIN = ("located_by", "year", "source", "vintage", "file_sha256", "row")
COLUMNS = {
    "actors": ("actor_id", *WHO, "ess", "size_class", "longitude", "latitude", "position", *ORIGIN),
    "grants": ("grant_id", *WHO, "grantor", "instrument", "kind", "amount_cents", *ORIGIN),
}


def actor_years(release: Release, given: Given) -> Sequence[int]:
    """Years that have structures of the standing asked for."""
    return _years(_actors(release, given))


def grant_years(release: Release, given: Given) -> Sequence[int]:
    """Years that have grants."""
    return _years(release.grants)


def actors(asked: Asked) -> dict[str, Any]:
    """Structures of the year, by name."""
    frame, year = _chosen(_actors(asked.release, asked.values), asked.values)
    frame = frame.sort_values(["name", "actor_id"], kind="stable")
    return {**_heading(asked, year), **_page(asked, "actors", frame)}


def grants(asked: Asked) -> dict[str, Any]:
    """Grants of the year, the largest first, and what they add up to in euros."""
    frame, year = _chosen(asked.release.grants, asked.values)
    frame = frame.sort_values(["amount_cents", "name", "grant_id"], ascending=[False, True, True], kind="stable")
    total = euros(int(frame["amount_cents"].sum()))
    return {**_heading(asked, year), "amount_total": total, **_page(asked, "grants", frame)}


def _actors(release: Release, given: Given) -> pd.DataFrame:
    return release.actors[release.actors["ess"] == given["ess"]]


def _years(frame: pd.DataFrame) -> list[int]:
    return sorted(int(year) for year in frame["year"].unique())


def _chosen(frame: pd.DataFrame, given: Given) -> tuple[pd.DataFrame, int | None]:
    """The rows that the parameters ask for, and their year: the one asked for, else the latest."""
    year = given["year"] if given["year"] is not None else max(_years(frame), default=None)
    for keep in _conditions(given):
        frame = frame[keep(frame)]
    return (frame if year is None else frame[frame["year"] == year]), year


def _conditions(given: Given) -> list[Callable[[pd.DataFrame], Any]]:
    """One condition for each parameter that is given."""
    found: list[Callable[[pd.DataFrame], Any]] = []
    if given["territory"] is not None:
        inside = [commune for commune, territory in members().items() if territory == given["territory"]]
        found.append(lambda frame: frame["commune"].isin(inside))
    for column in ("commune", "sector", "family"):
        if given[column] is not None:
            found.append(_equal(column, given[column]))
    if given["q"] is not None:
        found.append(lambda frame: frame["name"].map(normalise).str.contains(given["q"], regex=False).astype(bool))
    return found


def _equal(column: str, wanted: str) -> Callable[[pd.DataFrame], Any]:
    if wanted == UNKNOWN:
        return lambda frame: frame[column].isna()
    return lambda frame: frame[column].eq(wanted).fillna(False).astype(bool)


def _heading(asked: Asked, year: int | None) -> dict[str, Any]:
    return {**asked.heading(), "year": year}


def _page(asked: Asked, what: str, frame: pd.DataFrame) -> dict[str, Any]:
    page = asked.values["page"]
    pages = max(1, -(-len(frame) // PER_PAGE))
    if page > pages:
        raise unknown_value("page", str(page), f"un entier de 1 à {pages}")
    shown = frame.iloc[(page - 1) * PER_PAGE : page * PER_PAGE]
    following = f"{BASE}/{what}?{asked.query(page=page + 1)}" if page < pages else None
    names = asked.release.geography.communes["name"].to_dict()
    return {
        "count": len(frame),
        "page": page,
        "pages": pages,
        "next": following,
        "records": [_record(row, names) for row in shown[list(COLUMNS[what])].to_dict("records")],
    }


def _record(row: Mapping[Any, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """One row with null for what is not known, the name and the territory of its commune, euros for cents."""
    record = {str(column): None if pd.isna(value) else value for column, value in row.items()}
    if "amount_cents" in record:
        record["amount"] = euros(record.pop("amount_cents"))
    commune = record["commune"]
    record["commune_name"] = names.get(commune) if commune else None
    record["territory"] = members().get(commune) if commune else None
    return record
