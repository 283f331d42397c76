"""Which disputes are of the values that a view, a portrait, a comparison or the page of funding shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from dashboard.disputes.others import OTHERS
from geodata.perimeter import PERIMETERS, members
from layers.cache import Remembered
from layers.dimensions import DIMENSIONS, split
from layers.indicators import FUNDING, INDICATORS
from layers.panel import METROPOLE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dashboard.comparison.choice import Choice
    from dashboard.portrait.place import Place
    from dashboard.services import View
    from layers.dimensions import Chosen
    from layers.series import Query
    from layers.written.disputes import Dispute

Found = tuple["Dispute", ...]
Cut = tuple[int, frozenset[tuple[str, frozenset[str]]]]
"""Perimeter, and what is filtered."""


def of_map(view: View, *, through: bool = False) -> Found:
    """Of the values of the map: its areas and the metropole, both indicators, the year and that compared with.

    ``through`` the years too, as the charts below it show them.
    """
    from dashboard.pages.carte import scope_of  # noqa: PLC0415  (the page reads this too)

    state = view.state
    keys = {state.indicator, *([state.paired] if state.paired else [])}
    codes = {*scope_of(state).codes(), METROPOLE}
    found = [one for one in view.disputed if one.indicator in keys and one.place in codes]
    cut = cut_of(state.series_query())
    years = None if through else {shown_year(view), state.compare}
    return tuple(one for one in found if cut_of_dispute(one) == cut and (years is None or one.year in years))


def of_series(found: Found, query: Query, codes: Collection[str]) -> Found:
    """Of the values of a series, in the year that it shows."""
    cut = cut_of(query)
    return tuple(
        one
        for one in found
        if (one.indicator, one.year) == (query.indicator, query.year)
        and one.place in codes
        and cut_of_dispute(one) == cut
    )


def of_portrait(view: View, place: Place) -> Found:
    """Of the place and of the metropole, all indicators and years; of what is inside the place, that of its map."""
    from dashboard.pages.accueil import shown  # noqa: PLC0415  (the page reads this too)

    whole = (view.state.perimeter, frozenset[tuple[str, frozenset[str]]]())
    inside = members(view.state.perimeter)
    return tuple(
        one
        for one in view.disputed
        if cut_of_dispute(one) == whole
        and one.indicator in view.release.indicators
        and (
            one.place in (place.code, METROPOLE)
            or (one.indicator == shown(view.release) and _parent(inside, one.place) == place.code)
        )
    )


def of_comparison(view: View, choice: Choice) -> Found:
    """Of the places compared and of the metropole: all indicators; that of the view by commune and with its filters."""
    state, inside = view.state, members(view.state.perimeter)
    own, whole = cut_of(state.series_query()), (state.perimeter, frozenset[tuple[str, frozenset[str]]]())

    def shows(one: Dispute) -> bool:
        cut, is_own = cut_of_dispute(one), one.indicator == state.indicator
        if one.place in (*choice.codes, METROPOLE):
            return cut == whole or (is_own and cut == own)
        return is_own and cut == own and inside.get(one.place) in choice.codes

    return tuple(one for one in view.disputed if one.indicator in view.release.indicators and shows(one))


def of_funding(view: View) -> Found:
    """Of the indicators of funding, by territory, with the filters of the page or without."""
    own, whole = cut_of(view.state.series_query()), (view.state.perimeter, frozenset[tuple[str, frozenset[str]]]())
    codes = {*members(view.state.perimeter).values(), METROPOLE}
    return tuple(
        one for one in view.disputed if is_funding(one) and one.place in codes and cut_of_dispute(one) in (own, whole)
    )


def of_page(view: View, path: str) -> Found:
    """Of the figures of a page that are no indicators of the registry."""
    return tuple(one for one in view.disputed if one.indicator in OTHERS and OTHERS[one.indicator].path == path)


def of_figures(view: View, wanted: Collection[tuple[str | None, str]]) -> Found:
    """Of some indicators of some places, whatever the year: what findings stand on, what actions are to change."""
    return tuple(one for one in view.disputed if (one.indicator, one.place) in wanted)


def is_funding(one: Dispute) -> bool:
    """Whether an indicator of funding is disputed."""
    return one.indicator in INDICATORS and INDICATORS[one.indicator].group == FUNDING


def cut_of(query: Query) -> Cut:
    """Perimeter and filters of a query."""
    return query.perimeter, _filters(query.chosen)


def shown_year(view: View) -> int | None:
    """The year that the map of a view shows."""
    from layers import measure  # noqa: PLC0415  (as above)

    return measure.series(view.release, view.state.series_query()).query.year


def cut_of_dispute(one: Dispute) -> Cut:
    """Perimeter and filters of what is disputed."""
    return CUTS(one.view)


def _read_cut(query: str) -> Cut:
    told = parse_qs(query)
    perimeter = next((one for one in PERIMETERS if [str(one)] == told.get("perimeter")), PERIMETERS[-1])
    return perimeter, _filters({key: split(told[key][0]) for key in DIMENSIONS if key in told})


CUTS: Final[Remembered[Cut]] = Remembered("disputed cuts", _read_cut, most=1024, longest=500)


def _filters(chosen: Mapping[str, Chosen]) -> frozenset[tuple[str, frozenset[str]]]:
    return frozenset((key, frozenset(slugs)) for key, slugs in chosen.items() if slugs)


def _parent(inside: Mapping[str, str], code: str) -> str:
    """The territory of a commune, the metropole for a territory."""
    return inside.get(code, METROPOLE)
