"""Actors and grants, fifty a page, each with the line of the file it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.api.parameters import Given
from dashboard.api.problems import unknown_value
from dashboard.api.route import BASE, Asked
from dashboard.i18n import _
from geodata.perimeter import members
from layers import directory, measure, stages, unnamed
from layers.account import euros
from layers.dimensions import DIMENSIONS, GRANTS, keep, split
from layers.names import plain

if TYPE_CHECKING:
    from layers.release import Release

PER_PAGE = 50
NOWHERE = {"commune_name": None, "territory": None}
WHO = ("siret", "siren", "rna", "name", "commune", "sector", "family")
ORIGIN = ("located_by", "year", "source", "vintage", "file_sha256", "row")
COLUMNS = {
    "actors": (
        "actor_id",
        *WHO,
        *("ess", "reasons", "legal_category", "ape", "ape_2025", "size_class", "created", "priority_area"),
        *("longitude", "latitude", "position", "sources"),
        *ORIGIN,
    ),
    "grants": (
        "grant_id",
        *WHO,
        "grantor",
        "instrument",
        "kind",
        "amount_cents",
        "beneficiary",
        "found_by",
        "unnamed",
        *ORIGIN,
    ),
}


def actor_years(release: Release, given: Given) -> Sequence[int]:
    """Years that have structures of the standing asked for."""
    return directory.years(release, given["ess"])


def grant_years(release: Release, given: Given) -> Sequence[int]:
    """Years that have grants."""
    return _years(unnamed.listed(release))


def actors(asked: Asked) -> dict[str, Any]:
    """Structures of the year, by name: those that the directory lists."""
    given = asked.values
    year = given["year"] or directory.default_year(asked.release, given["ess"])
    held = directory.directory(asked.release, year, given["ess"])
    choice = {key: _values(key, given[key]) for key in directory.FACETS if given[key] is not None}
    frame = held.frame[held.select(choice, given["q"])]
    return {**_heading(asked, year), **_page(asked, "actors", frame)}


def _values(key: str, text: str) -> tuple[str, ...]:
    return split(text) if key in DIMENSIONS else (text,)


def grants(asked: Asked) -> dict[str, Any]:
    """Grants of the year, the largest first; those of the stage that is measured that year add up to the total.

    One whose beneficiary may not be named (`layers.unnamed`) is there without name, number, place nor line.
    """
    frame, year = _chosen(unnamed.listed(asked.release), asked, "grants_count")
    frame = frame.sort_values(["amount_cents", "name", "grant_id"], ascending=[False, True, True], kind="stable")
    stage = stages.by_year(asked.release).get(year) if year is not None else None
    total = euros(int(frame.loc[frame["kind"].eq(stage), "amount_cents"].sum())) if stage else 0
    return {**_heading(asked, year), "stage": stage, "amount_total": total, **_page(asked, "grants", frame)}


def _years(frame: pd.DataFrame) -> list[int]:
    return sorted(int(year) for year in frame["year"].unique())


def _chosen(frame: pd.DataFrame, asked: Asked, indicator: str) -> tuple[pd.DataFrame, int | None]:
    """The rows that the parameters ask for, and their year: the one asked for, else the one the indicator shows."""
    year = asked.values["year"] or _default_year(frame, measure.default_year(asked.release, indicator))
    frame = frame if year is None else frame[frame["year"] == year]
    frame = _filtered(frame, asked.values)
    for holds in _conditions(asked.values):
        frame = frame[holds(frame)]
    return frame, year


def _default_year(frame: pd.DataFrame, shown: int | None) -> int | None:
    """The year that the application shows first, where these rows have it; else their latest."""
    held = _years(frame)
    return shown if shown in held else max(held, default=None)


def _filtered(frame: pd.DataFrame, given: Given) -> pd.DataFrame:
    """Rows that the filters keep. Raises `Problem` for an instrument that no row of the year has."""
    chosen = {key: split(given[key]) for key in DIMENSIONS if given.get(key)}
    for key, slugs in chosen.items():
        labels = DIMENSIONS[key].labels(frame)
        if unknown := sorted(set(slugs) - set(labels)) if DIMENSIONS[key].open_ else []:
            raise unknown_value(key, unknown[0], _("des valeurs que donne la publication"), [*labels])
    return keep(frame, GRANTS, chosen)


def _conditions(given: Given) -> list[Callable[[pd.DataFrame], Any]]:
    """One condition for each parameter that is given."""
    found: list[Callable[[pd.DataFrame], Any]] = []
    if given["commune"] is not None:
        found.append(lambda frame: frame["place"].eq(given["commune"]).fillna(False).astype(bool))
    if given["territory"] is not None:
        inside = [commune for commune, territory in members().items() if territory == given["territory"]]
        found.append(lambda frame: frame["place"].isin(inside))
    if given["q"] is not None:
        words = given["q"].split()
        found.append(lambda frame: frame["name"].map(lambda name: all(word in plain(name) for word in words)).eq(True))
    return found


def _heading(asked: Asked, year: int | None) -> dict[str, Any]:
    return {**asked.heading(), "year": year}


def _page(asked: Asked, what: str, frame: pd.DataFrame) -> dict[str, Any]:
    page = asked.values["page"]
    pages = max(1, -(-len(frame) // PER_PAGE))
    if page > pages:
        raise unknown_value("page", str(page), _("un entier de 1 à {pages}").format(pages=pages))
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
    known: dict[str, Any] = {str(column): None if pd.isna(value) else value for column, value in row.items()}
    amount = {"amount": euros(known.pop("amount_cents"))} if "amount_cents" in known else {}
    commune = known["commune"]
    place = {"commune_name": names.get(commune), "territory": members().get(commune)} if commune else NOWHERE
    return {**known, **amount, **place}
