"""What an action is to change: its baseline, what is measured since, and its target, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import locale
from dashboard.content import Entry
from dashboard.disputes import figure
from dashboard.i18n import _
from dashboard.wording import worded
from layers import measure
from layers.rounding import rounded
from layers.series import SUPPRESSED, VALUE, ZERO, Cell, Query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.portrait.place import Place
    from dashboard.services import View
    from layers.written.actions import Action, Year


def latest(view: View, place: Place, key: str) -> tuple[Cell, int | None]:
    """The value of an indicator for a place in the release of the view, and its year."""
    series = measure.series(view.release, Query(key, place.level, perimeter=view.state.perimeter))
    return place.cell(series), series.query.year


def told(view: View, place: Place, one: Action, years: Sequence[Year]) -> list[tuple[str, str]]:
    """Baseline, last value and target, each with its year and its state; what nobody wrote is left out."""
    if one.indicator in view.release.indicators:
        return _of_ours(view, place, one)
    found = [(_("Départ"), started(view, one))] if one.baseline is not None else []
    followed = [year for year in years if year.value is not None]
    if followed:
        last = followed[-1]
        found.append((_("Dernière valeur comptée"), _dated(counted(last.value or 0.0), last.year)))
    if one.target is not None:
        found.append((_("Cible"), aimed(view, one)))
        if followed:
            found.append((_("Reste à faire"), counted(one.target - (followed[-1].value or 0.0))))
    return found


def _of_ours(view: View, place: Place, one: Action) -> list[tuple[str, str]]:
    indicator = worded(view.release, str(one.indicator))
    found = [(_("Départ"), started(view, one))]
    cell, year = latest(view, place, indicator.key)
    now = _dated(locale.cell(indicator, cell), year)
    found.append((_("Mesuré maintenant"), _of_release(now, view.release.id)))
    if one.target is not None:
        found.append((_("Cible"), aimed(view, one)))
        if cell.state in (VALUE, ZERO) and cell.value is not None:
            found.append((_("Reste à faire"), locale.value(indicator, one.target - cell.value)))
    return [(label, locale.tight(text)) for label, text in found]


def followed(view: View, place: Place, one: Action, years: Sequence[Year]) -> list[tuple[int, str, Entry, Entry]]:
    """Year by year what was done, what was counted by hand, and what the release of the view measures of a place.

    An indicator of ours is measured for the years that somebody followed, and for every one after the baseline.
    """
    told = {year.year: year for year in years}
    measured = _measured(view, place, one, set(told))
    found = []
    for year in sorted(set(told) | set(measured)):
        said = told.get(year)
        value = said.value if said else None
        hand = Entry(value, "" if value is None else counted(value))
        found.append((year, said.done if said else "", hand, measured.get(year, Entry(None, ""))))
    return found


def _measured(view: View, place: Place, one: Action, told: set[int]) -> dict[int, Entry]:
    if one.indicator is None or not measure.available(view.release, one.indicator):
        return {}
    indicator, start, found = worded(view.release, one.indicator), one.baseline_year, {}
    for year in measure.years(view.release, indicator.key):
        if year in told or (start is not None and year > start):
            series = measure.series(
                view.release, Query(indicator.key, place.level, year=year, perimeter=view.state.perimeter)
            )
            cell = place.cell(series)
            found[year] = Entry(
                cell.value, locale.tight(locale.cell(indicator, cell)), cell.state, of=figure.of(series, place.code)
            )
    return found


def started(view: View, one: Action) -> str:
    """The baseline with its year, and the release where it is of one; empty where nobody wrote it."""
    if one.indicator is not None and one.indicator in view.release.indicators:
        base = Cell(one.place, "", one.baseline, one.baseline_state or "missing", None, None)
        if view.withheld(one.baseline_release, one.indicator, one.baseline_year):
            base = Cell(one.place, "", None, SUPPRESSED, None, None)
        start = _dated(locale.cell(worded(view.release, one.indicator), base), one.baseline_year)
        return locale.tight(_of_release(start, one.baseline_release))
    return "" if one.baseline is None else _dated(counted(one.baseline), one.baseline_year)


def aimed(view: View, one: Action) -> str:
    """The target with its year; empty where nobody wrote it."""
    if one.target is None:
        return ""
    ours = one.indicator in view.release.indicators
    told = locale.value(worded(view.release, str(one.indicator)), one.target) if ours else counted(one.target)
    return locale.tight(_dated(told, one.target_year))


def _of_release(value: str, release: str | None) -> str:
    return _("{value} (publication {release})").format(value=value, release=release) if release else value


def counted(value: float) -> str:
    """A number that people typed, with the decimals that it has, two at most."""
    return locale.number(value, next((n for n in (0, 1) if rounded(value, n) == rounded(value, 2)), 2))


def _dated(text: str, year: int | None) -> str:
    return text if year is None else _("{value} en {year}").format(value=text, year=year)
