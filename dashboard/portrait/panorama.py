"""The 28 indicators of a diagnostic for one place: the value, or the page that shows it, or what is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dashboard import captions, locale
from dashboard.content import Entry, Section, Sheet
from dashboard.disputes import figure
from dashboard.i18n import _
from dashboard.pages import PAGES
from dashboard.wording import worded
from layers import awards, employers, measure, programme, series_breaks
from layers.choices import offered
from layers.dimensions import DIMENSIONS
from layers.panorama import PANORAMA, Asked
from layers.series import Query
from layers.survival import survival

if TYPE_CHECKING:
    from dashboard.portrait.place import Place
    from dashboard.services import View
    from layers.release import Release


def section(view: View, place: Place) -> Section:
    """All of them, in their order."""
    rows = tuple(_row(view, place, one) for one in PANORAMA)
    missing = sum(not _held(view.release, one) for one in PANORAMA)
    told = _("{number} indicateurs du diagnostic, dont {missing} que cette publication ne permet pas.").format(
        number=len(PANORAMA), missing=missing
    )
    heads = (_("Indicateur"), _("Année"), place.named.short, _("Où le lire, ou ce qui manque"))
    title = _("Les {number} indicateurs du diagnostic").format(number=len(PANORAMA))
    sheet = Sheet("panorama", title, heads, rows)
    return Section("panorama", title, (locale.tight(told),), sheets=(sheet,), reference=True)


def _row(view: View, place: Place, one: Asked) -> tuple[Entry, ...]:
    name, said = f"{one.number}. {_(one.label)}", _where(view.release, one)
    if not (one.indicator and measure.available(view.release, one.indicator)):
        return Entry(name, name), Entry("", ""), Entry("", ""), Entry(said, said)
    indicator = worded(view.release, one.indicator)
    series = measure.series(view.release, Query(one.indicator, place.level, perimeter=view.state.perimeter))
    cell, year = place.cell(series), str(series.query.year or "")
    name = ", ".join(filter(None, (name, captions.divided(series))))
    value = Entry(cell.value, locale.cell(indicator, cell), cell.state, of=figure.of(series, place.code))
    return Entry(name, name), Entry(year, year), value, Entry(said, said)


def _where(release: Release, one: Asked) -> str:
    """The page that tells it, or what is missing."""
    if not _held(release, one):
        return locale.tight(_("Manque : {what}.").format(what=_(one.lacks)))
    if one.page:
        pages = {page.path: page for page in PAGES.values()}
        return locale.tight(_("Page « {page} »").format(page=_(pages[one.page].title)))
    return ""


def _held(release: Release, one: Asked) -> bool:
    """Whether a release can tell it."""
    if one.indicator:
        return measure.available(release, one.indicator)
    return bool(one.page) and _HELD[one.number](release)


def _told(dimension: str) -> Callable[[Release], bool]:
    return lambda release: DIMENSIONS[dimension].is_told(release.actors)


def _sized(release: Release) -> bool:
    year = measure.default_year(release, "actors")
    return year is not None and employers.told(release, year)


def _run(release: Release) -> bool:
    year = measure.default_year(release, "actors")
    return year is not None and len(series_breaks.run_of(release, Query("actors"), year)) > 1


def _called(column: str) -> Callable[[Release], bool]:
    return lambda release: programme.total(programme.entries(release, "call"), column) is not None


_HELD: dict[int, Callable[[Release], bool]] = {
    9: _told("sector"),
    10: lambda release: "sector" in offered(release, "ess_job_share"),
    11: _told("sector"),
    12: _sized,
    14: _run,
    20: lambda release: bool(awards.held(release)),
    21: _called("laureate"),
    23: lambda release: not programme.entries(release, "jobs").empty,
    25: _called("project_budget"),
    26: lambda release: bool(survival(release)),
    27: _told("qpv"),
    28: lambda release: bool(awards.held(release)),
}
"""Whether a release holds what is no indicator of its own, by number."""
