"""The structures of a view: the list beside the map and the points on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import geometry, locale
from dashboard.captions import family_label, sector_label
from dashboard.directory.state import parse
from dashboard.i18n import _, plural
from dashboard.services import View
from dashboard.viewstate import ViewState
from geodata.perimeter import members
from layers import dimensions, directory, matching, measure
from layers.cube import UNKNOWN

if TYPE_CHECKING:
    import pandas as pd

    from layers.release import Release

LISTED = 300
"""Structures listed beside the map; all of them have their point."""


def select(release: Release, state: ViewState) -> pd.DataFrame:
    """Rows of ``actors`` in the area and of the choice of a view, by name; the year nearest to the view's.

    They are those that the indicators count: in a commune of the perimeter, the earlier of two years as near.
    """
    frame = matching.structures(release)
    frame = frame[frame["ess"] == "yes"]
    held = sorted(frame["year"].unique())
    if not held:
        return frame
    asked = state.year or measure.default_year(release, state.indicator) or held[-1]
    year = min(held, key=lambda y: (abs(y - asked), y))
    inside = {c for c, t in members(state.perimeter).items() if state.territory in (None, t)}
    frame = frame[(frame["year"] == year) & frame["commune"].isin({state.commune} if state.commune else inside)]
    frame = dimensions.keep(frame, dimensions.ACTORS, state.series_query().chosen)
    found: pd.DataFrame = frame.sort_values(["name", "actor_id"], kind="stable")
    return found


def content(view: View) -> dict[str, Any]:
    """Title, lines (name, detail, address of the sheet), points (x, y on the map, 1 where only the commune is known).

    ``all`` is the label and the address of the directory for the same choice.
    """
    frame = select(view.release, view.state)
    year = int(frame["year"].iloc[0]) if len(frame) else None
    named = frame.assign(key=matching.matched(view.release).keys[frame.index])
    listed = named[~named["key"].isin(directory.partial(view.release))]
    state, _ignored = parse(address_query(view.state, year), view.release)
    shown = listed.head(LISTED)
    return {
        "title": _title(len(frame), year),
        "lines": [
            [name, _detail(sector, family), state.sheet(key)]
            for name, sector, family, key in zip(
                shown["name"], shown["sector"], shown["family"], shown["key"], strict=True
            )
        ],
        "all": [_("Voir ces structures dans l’annuaire"), state.href],
        "more": max(0, len(listed) - LISTED),
        "demonstration": view.release.demonstration,
        "notes": {
            "above": _("Noms et adresses fictifs.") if view.release.demonstration and len(shown) else "",
            "more": _more(len(listed) - LISTED),
            "unnamed": _unnamed(len(frame) - len(listed)),
            "vague": locale.tight(_("Point creux : seule la commune est connue.")),
        },
        "points": _points(view.release, listed),
    }


def _title(count: int, year: int | None) -> str:
    if year is None:
        return _("Aucune structure ESS pour ce choix")
    told = plural("{n} structure ESS, {year}", "{n} structures ESS, {year}", count)
    return told.format(n=locale.number(count), year=year)


def _more(count: int) -> str:
    """How many are not listed, and how to find them."""
    if count <= 0:
        return ""
    told = plural(
        "et {n} autre : filtrez par secteur ou par famille.",
        "et {n} autres : filtrez par secteur ou par famille.",
        count,
    )
    return locale.tight(told.format(n=locale.number(count)))


def address_query(state: ViewState, year: int | None) -> str:
    """The query of the directory for the choice of a view, for the year whose structures are listed."""
    kept = {"indicator", "perimeter", "release", "lang", "territory" if state.commune is None else "commune"}
    kept |= {*dimensions.DIMENSIONS}
    return ViewState(year=year, **{key: getattr(state, key) for key in kept}).to_query()


def _unnamed(count: int) -> str:
    """Structures in partial diffusion: counted, and why they are not named."""
    if not count:
        return ""
    told = plural(
        "{n} autre structure, qui a demandé à n’être pas diffusée : comptée, jamais nommée.",
        "{n} autres structures, qui ont demandé à n’être pas diffusées : comptées, jamais nommées.",
        count,
    )
    return locale.tight(told.format(n=locale.number(count)))


def _detail(sector: Any, family: Any) -> str:
    said = [
        sector_label(sector if isinstance(sector, str) else UNKNOWN),
        family_label(family if isinstance(family, str) else UNKNOWN),
    ]
    return " · ".join(said)


def _points(release: Release, frame: pd.DataFrame) -> list[list[int]]:
    located = frame[frame["longitude"].notna() & frame["latitude"].notna()]
    if located.empty:
        return []
    placed = geometry.place(release, located["longitude"].to_numpy(), located["latitude"].to_numpy())
    vague = (located["position"] != "address").astype(int)
    return [[x, y, rough] for (x, y), rough in zip(placed, vague, strict=True)]
