"""The value that an address names, read from its release: what is posted is never believed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode

from dashboard import captions, locale
from dashboard.disputes import others
from dashboard.i18n import FRENCH, _, speaking
from dashboard.portrait.place import METROPOLE, place
from dashboard.viewstate import ViewState
from dashboard.wording import worded
from layers import measure
from layers.secrecy import superseded
from layers.written.disputes import Dispute

if TYPE_CHECKING:
    from dashboard.portrait.place import Place
    from dashboard.services import View
    from layers.indicators import Indicator
    from layers.release import Release
    from layers.series import Cell, Series

PATH, PUBLIC = "/contester", "/contestations"
PLACE = "place"


@dataclass(frozen=True, slots=True)
class Shown:
    """A value of a place as pages print it; ``chosen`` is what is filtered, empty where nothing is."""

    place: Place
    indicator: Indicator
    series: Series
    cell: Cell
    chosen: str

    @property
    def text(self) -> str:
        """The value as printed, or the mark of its state."""
        return locale.cell(self.indicator, self.cell)

    @property
    def year(self) -> int | None:
        """The year that was read."""
        return self.series.query.year


def code_of(view: View) -> str:
    """The place that an address names, by its own key or by those of a view; the metropole for none."""
    told = parse_qs(view.query).get(PLACE, [""])[0]
    return told or view.state.commune or view.state.territory or METROPOLE


def read(view: View) -> Shown:
    """The value that an address names; ``KeyError`` for a place that there is not."""
    where, state = place(view, code_of(view)), view.state
    series = measure.series(view.release, replace(state.series_query(), level=where.level))
    return Shown(where, worded(view.release, state.indicator), series, where.cell(series), captions.choice(series))


def frozen(view: View, shown: Shown) -> ViewState:
    """The view that shows a value on the map, on its release and year, with what is filtered."""
    state, where = view.state, shown.place
    return ViewState(
        indicator=state.indicator,
        year=shown.year,
        level=where.level,
        commune=where.code if where.level == "commune" else None,
        territory=where.territory or None,
        perimeter=state.perimeter,
        release=view.release.id,
        **state.filters,  # type: ignore[arg-type]
    )


def disputed(view: View, reason: str, source: str) -> Dispute:
    """The dispute of the value that an address names, in French whatever the language in force."""
    if (other := others.asked(view)) is not None:
        return Dispute(
            place=place(view, code_of(view)).code,
            indicator=other.key,
            year=view.state.year,
            value=None,
            state="",
            shown="",
            release=view.release.id,
            view=others.kept(view),
            reason=reason,
            source=source,
        )
    with speaking(FRENCH):
        shown = read(view)
        return Dispute(
            place=shown.place.code,
            indicator=shown.indicator.key,
            year=shown.year,
            value=shown.cell.value,
            state=shown.cell.state,
            shown=shown.text,
            release=view.release.id,
            view=frozen(view, shown).to_query(),
            reason=reason,
            source=source,
        )


def address(view: View, shown: Shown) -> str:
    """Address of the form for a value, on its release."""
    state = replace(frozen(view, shown), level="territory", commune=None, territory=None, lang=view.state.lang)
    return f"{PATH}?{urlencode({PLACE: shown.place.code})}&{state.to_query()}"


def of(one: Dispute, release: Release | None = None) -> str:
    """A dispute in words: indicator, year and the value as it was shown.

    Beside a *release*, what another says under secrecy is left out: of the two, the difference would tell some posts.
    """
    label = others.named(one.indicator)
    declared = release.indicators.get(one.indicator) if release and release.id != one.release else None
    if not one.shown or (declared and superseded.under_secrecy(declared)):
        return ", ".join(str(part) for part in (label, one.year) if part)
    return locale.tight(
        _("{indicator}, {year} : {value}").format(indicator=label, year=one.year or "", value=one.shown)
    )
