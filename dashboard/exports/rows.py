"""What a view of the map shows, a row an area: the numbers unrounded, with their states, as every file has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import bivariate, captions
from dashboard.areas import title
from dashboard.captions import PERIMETER
from dashboard.disputes import noted, shown
from dashboard.i18n import _
from dashboard.pages.carte import made_of, scope_of
from dashboard.services import View
from dashboard.wording import worded
from layers import change, measure, series_breaks
from layers.series import Cell, Query

if TYPE_CHECKING:
    from layers.change import Change

COLUMNS = (
    "code", "name", "value", "state", "numerator", "denominator", "indicator", "unit", "sector", "family", "year",
    "perimeter", "release", "demonstration", "source", "breaks",
    "size", "employer", "qpv", "instrument", "disputed",
)  # fmt: skip
CHANGE_COLUMNS = ("compare", "then", "change", "change_percent", "change_state")
"""Columns more where the view compares with another year: that year, and what changed between the two."""
CROSSED_COLUMNS = (
    "with_value", "with_state", "with_numerator", "with_denominator", "with_indicator", "with_unit", "with_year",
    "with_source", "class",
)  # fmt: skip
"""Columns more where the view crosses two indicators: the second, and the class that the two make."""


def rows(view: View, origin: str = "") -> list[dict[str, Any]]:
    """One row for each area that the view lists, numbers unrounded; then what has no commune, where there is any.

    ``disputed`` tells what is disputed of the area and not answered, with its address; ``origin`` is « https://host ».
    """
    state = view.state
    series = measure.series(view.release, state.series_query())
    indicator = worded(view.release, state.indicator)
    source = captions.sources(view.release, series)
    sides = _changes(view, series.query)
    crossed = _crossed(view)
    told_of = _disputed(view, origin)
    broken = " ".join(one.told() for one in series_breaks.found(view.release, state.series_query()))
    return [
        {
            "code": cell.code,
            "name": title(cell),
            "value": cell.value,
            "state": cell.state,
            "numerator": cell.numerator,
            "denominator": cell.denominator,
            "indicator": indicator.label,
            "unit": indicator.unit,
            **{key: text or "" for key, text in state.filters.items()},
            "year": series.query.year,
            "perimeter": _(PERIMETER[state.perimeter]),
            "release": view.release.id,
            "demonstration": _("données de démonstration, fictives") if view.release.demonstration else "",
            "source": source,
            "breaks": broken,
            "disputed": told_of.get(cell.code, ""),
            **(told(state.compare, sides[cell.code]) if cell.code in sides else {}),
            **crossed.get(cell.code, {}),
        }
        for cell in (*series.within(frozenset(scope_of(state).codes())), *_nowhere(view, series.query))
    ]


def _disputed(view: View, origin: str) -> dict[str, str]:
    """What is disputed of each area, for those of which something is."""
    found: dict[str, list[str]] = {}
    for one in shown.of_map(view):
        found.setdefault(one.place, []).extend(noted.written(noted.remarks(view.release, [one]), origin))
    return {code: " ; ".join(said) for code, said in found.items()}


def columns(view: View) -> tuple[str, ...]:
    """The columns of a view."""
    crossed = CROSSED_COLUMNS if view.state.paired is not None else ()
    return (*COLUMNS, *(CHANGE_COLUMNS if view.state.compare is not None else ()), *crossed)


def _changes(view: View, query: Query) -> dict[str, Change]:
    """What changed since the year compared with, by area; what has no commune is in none."""
    if view.state.compare is None or query.year is None:
        return {}
    found = change.between(view.release, query, view.state.compare, query.year)
    return {one.now.code: one for one in found.areas}


def told(since: int | None, one: Change) -> dict[str, Any]:
    """The change of an area as columns, from the earlier year to the later; ``then`` is the earlier value."""
    return {
        "compare": since,
        "then": one.then.value,
        "change": one.absolute,
        "change_percent": one.percent,
        "change_state": one.state,
    }


def _crossed(view: View) -> dict[str, dict[str, Any]]:
    """The columns of the second indicator by area; empty where none is crossed."""
    made = made_of(view) if view.state.paired is not None else None
    if made is None or made.pair is None:
        return {}
    pair = made.pair
    source = captions.sources(view.release, pair.series)
    return {
        cell.code: {
            "with_value": cell.value,
            "with_state": cell.state,
            "with_numerator": cell.numerator,
            "with_denominator": cell.denominator,
            "with_indicator": pair.indicator.label,
            "with_unit": pair.indicator.unit,
            "with_year": pair.series.query.year,
            "with_source": source,
            "class": bivariate.words(mark),
        }
        for cell, mark in zip(pair.cells, made.marks, strict=True)
    }


def _nowhere(view: View, query: Query) -> list[Cell]:
    apart = None if scope_of(view.state).territory else measure.nowhere(view.release, query)
    return [apart] if apart else []
