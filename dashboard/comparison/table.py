"""All that a release knows of the places: one row an indicator, one column a place, the metropole last."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dashboard import captions, exports, locale
from dashboard.captions import PERIMETER
from dashboard.comparison.choice import Choice, Place, read
from dashboard.comparison.gaps import Gap, gap, part
from dashboard.disputes import figure, noted
from dashboard.disputes.shown import of_series
from dashboard.i18n import _
from dashboard.wording import worded
from layers import measure, support
from layers.indicators import Indicator
from layers.panel import METROPOLE
from layers.series import Query, Series

if TYPE_CHECKING:
    from dashboard.disputes.figure import Figure
    from dashboard.services import View

COLUMNS = (
    "indicator", "label", "unit", "year", "code", "name", "level", "value", "state", "metropole", "gap", "verdict",
    "low", "high", "perimeter", "release", "demonstration", "source", "disputed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell of the table: the text of its value, and what it is beside the metropole."""

    text: str
    state: str
    gap: Gap | None
    part: str
    of: Figure | None = None

    @property
    def beside(self) -> str:
        """What is written under the value."""
        return self.gap.told if self.gap else self.part


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator."""

    indicator: Indicator
    year: int | None
    divided: str
    """What a ratio is divided by, where that is of another year."""
    entries: tuple[Entry, ...]
    total: str
    source: str
    total_of: Figure | None = None

    @property
    def related(self) -> bool:
        """Whether some place has a gap to the metropole."""
        return any(entry.gap for entry in self.entries)


def rows(view: View, choice: Choice) -> list[Row]:
    """The indicators that the release can give, each in the year shown first, all sectors and families together."""
    return [_row(view, choice, key) for key in view.release.indicators if measure.available(view.release, key)]


def both(view: View, key: str) -> dict[str, Series]:
    """The series of an indicator by level, in the year shown first."""
    query = Query(key, perimeter=view.state.perimeter)
    return {level: measure.series(view.release, replace(query, level=level)) for level in ("territory", "commune")}


def _row(view: View, choice: Choice, key: str) -> Row:
    indicator, series = worded(view.release, key), both(view, key)
    total = series["territory"].total
    entries = tuple(entry(view, series[place.level], place.code) for place in choice.places)
    source = captions.sources(view.release, series["territory"])
    return Row(
        indicator,
        series["territory"].query.year,
        captions.divided(series["territory"]),
        entries,
        locale.cell(indicator, total),
        source,
        figure.of(series["territory"], METROPOLE),
    )


def entry(view: View, series: Series, code: str) -> Entry:
    """A place in a series, beside the metropole."""
    indicator, cell, total = worded(view.release, series.query.indicator), series.cell(code), series.total
    backing = support.of(view.release, series.query)
    apart = gap(indicator, cell, total, backing.gap(code))
    beside = part(indicator, series, cell, backing.share(code))
    return Entry(locale.cell(indicator, cell), cell.state, apart, beside, figure.of(series, code))


def to_csv(view: View, origin: str = "") -> bytes:
    """The table as a spreadsheet of the language opens it: one line an indicator and a place, numbers unrounded."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, delimiter=exports.delimiter(), lineterminator="\r\n")
    writer.writeheader()
    for record in records(view, origin):
        writer.writerow({key: exports.written(value) for key, value in record.items()})
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def records(view: View, origin: str = "") -> list[dict[str, Any]]:
    """One record an indicator and a place, the gap and the interval beside the value."""
    choice = read(view)
    found = []
    for key in view.release.indicators:
        if measure.available(view.release, key):
            series = both(view, key)
            found += [_record(view, key, place, series[place.level], origin) for place in choice.places]
    return found


def _record(view: View, key: str, place: Place, series: Series, origin: str) -> dict[str, Any]:
    indicator, cell = worded(view.release, key), series.cell(place.code)
    backing = support.of(view.release, series.query)
    met = of_series(view.disputed, series.query, (place.code, METROPOLE))
    apart = gap(indicator, cell, series.total, backing.gap(place.code))
    bounds = backing.bounds(backing.areas[place.code])
    return {
        "indicator": key,
        "label": indicator.label,
        "unit": indicator.unit,
        "year": series.query.year,
        "code": place.code,
        "name": cell.name,
        "level": place.level,
        "value": cell.value,
        "state": cell.state,
        "metropole": series.total.value,
        "gap": apart.relative if apart else None,
        "verdict": apart.verdict if apart else "",
        "low": bounds[0] if bounds else None,
        "high": bounds[1] if bounds else None,
        "perimeter": PERIMETER[view.state.perimeter],
        "release": view.release.id,
        "demonstration": _("données de démonstration, fictives") if view.release.demonstration else "",
        "source": captions.sources(view.release, series),
        "disputed": " ; ".join(noted.written(noted.remarks(view.release, met), origin)),
    }
