"""Which value a cell of a page is: what marks it where it is disputed, and what opens the form on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboard.disputes import others
from dashboard.disputes.marks import address, name
from dashboard.disputes.shown import Cut, cut_of, cut_of_dispute, shown_year
from dashboard.disputes.value import PATH, PLACE
from dashboard.i18n import FRENCH, _, language
from dashboard.origin.address import of_figure
from layers.measure import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dashboard.content import Entry
    from dashboard.services import View
    from dashboard.slices import Slice
    from layers.series import Series
    from layers.written.disputes import Dispute

SIGN = "⚑"
"""What marks a disputed value, beside its number: no colour, so that paper and grey keep it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of the registry: an indicator of a place in a year, with its perimeter and filters."""

    indicator: str
    place: str
    year: int | None
    cut: Cut


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and what it is about in words."""

    href: str
    told: str


def of(series: Series, code: str) -> Figure | None:
    """The value of an area in a series; None for what has no place, which nobody can name in the form."""
    query = series.query
    return None if code == NOWHERE else Figure(query.indicator, code, query.year, cut_of(query))


def of_slice(made: Slice, code: str) -> tuple[Figure, ...]:
    """The values of an area that a slice prints: of its year, of the year compared with, of the second indicator."""
    own = of(made.series, code)
    if own is None:
        return ()
    since = (replace(own, year=made.since),) if made.since is not None else ()
    second = (of(made.pair.series, code),) if made.pair else ()
    return (own, *since, *(one for one in second if one))


def disputed(one: Dispute) -> Figure:
    """The value that is disputed."""
    return Figure(one.indicator, one.place, one.year, cut_of_dispute(one))


def flagged(view: View) -> frozenset[Figure]:
    """The values that are disputed and not answered."""
    return frozenset(map(disputed, view.disputed))


def signed(text: str, figures: Sequence[Figure | None], found: Collection[Figure]) -> str:
    """A text with the sign of disputed values where one of ``figures`` is disputed."""
    return f"{text}\u00a0{SIGN}" if any(one in found for one in figures) else text


class Beside:
    """What templates put beside the values of a view."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._found: dict[Figure, list[Dispute]] = {}
        for one in view.disputed:
            self._found.setdefault(disputed(one), []).append(one)

    def flags(self, *figures: Figure | None) -> list[Link]:
        """The disputes of some values, the latest of each."""
        met = [self._found[one][0] for one in dict.fromkeys(figures) if one in self._found]
        return [Link(address(one.id), self._told(disputed(one))) for one in met]

    def contest(self, figure: Figure | None) -> Link | None:
        """The form, open on a value on its release."""
        if figure is None:
            return None
        perimeter, filters = figure.cut
        query = {
            PLACE: figure.place, "indicator": figure.indicator, "year": figure.year,
            **{key: ",".join(sorted(slugs)) for key, slugs in sorted(filters)},
            "perimeter": perimeter, "release": self._view.release.id,
            "lang": None if language() == FRENCH else language(),
        }  # fmt: skip
        asked = urlencode({key: value for key, value in query.items() if value is not None})
        return Link(f"{PATH}?{asked}", self._told(figure))

    def origin(self, figure: Figure | None) -> str:
        """The page that says what a value is made of; empty for what is no indicator of the release."""
        known = figure is not None and figure.indicator in self._view.release.indicators
        return of_figure(figure, self._view.release.id) if figure is not None and known else ""

    def here(self, code: str, year: int | None = None) -> Figure:
        """The value of an area for the indicator of the view, in the year shown or in another."""
        query = self._view.state.series_query()
        return Figure(query.indicator, code, year or shown_year(self._view), cut_of(query))

    def section(self, path: str, key: str) -> Link | None:
        """The form, open on the figure of a section that is no indicator of the registry."""
        found = next((one for one in others.OTHERS.values() if (one.path, one.section) == (path, key)), None)
        if found is None:
            return None
        state = self._view.state
        lang = {} if language() == FRENCH else {"lang": language()}
        place = {PLACE: state.territory} if state.territory else {}
        query = urlencode({others.FIGURE: found.key, **place, **lang})
        return Link(f"{PATH}?{query}&{others.kept(self._view)}", _(found.label))

    def first(self, row: Sequence[Entry]) -> Figure | None:
        """The first value of a row of a table."""
        return next((entry.of for entry in row if entry.of is not None), None)

    def _told(self, figure: Figure) -> str:
        release = self._view.release
        label = others.labelled(release, figure.indicator)
        return ", ".join(str(part) for part in (label, name(release, figure.place), figure.year) if part)
