"""The years as a slider under the map: as many stops as the indicator has years, breaks of the series marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import locale, trends
from dashboard.i18n import _
from layers import measure, series_breaks

if TYPE_CHECKING:
    from dashboard.services import View

TWO = 2


@dataclass(frozen=True, slots=True)
class Stop:
    """One year; ``broken`` where nothing before can be compared with it."""

    year: int
    broken: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """The slider of a view; ``why`` says what breaks the series, or why there is nothing to go through."""

    stops: tuple[Stop, ...]
    at: int
    why: str

    @property
    def idle(self) -> bool:
        """Whether there is a single year, or none."""
        return len(self.stops) < TWO


def timeline(view: View) -> Timeline:
    """The slider of a view."""
    state, release = view.state, view.release
    years = measure.years(release, state.indicator)
    breaks = series_breaks.found(release, state.series_query())
    starts = {one.after for one in breaks}
    shown = state.year if state.year is not None else measure.default_year(release, state.indicator)
    return Timeline(
        stops=tuple(Stop(year, year in starts) for year in years),
        at=years.index(shown) if shown in years else 0,
        why=locale.tight(_why(years, [trends.told(one) for one in breaks])),
    )


def texts() -> dict[str, str]:
    """What the browser writes on it."""
    return {
        "play": _("Lire les années"),
        "pause": _("Pause"),
        "alone": locale.tight(_("Une seule année dans cette publication : {year}.")),
        "none": _("Aucune année dans cette publication."),
        "broken": locale.tight(_("Série rompue. {why}")),
    }


def _why(years: tuple[int, ...], breaks: list[str]) -> str:
    if not years:
        return _("Aucune année dans cette publication.")
    if len(years) < TWO:
        return _("Une seule année dans cette publication : {year}.").format(year=years[0])
    return _("Série rompue. {why}").format(why=" ".join(breaks)) if breaks else ""
