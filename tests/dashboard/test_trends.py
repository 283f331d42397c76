"""The chart of the indicator: figure, table and sentence say the same, and stop at breaks and gaps."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dashboard import charts, trends
from dashboard.charts import Chart
from layers import demonstration, measure, trend
from layers.demonstration.jobs import CLAP_LAST
from layers.release import Release
from layers.series import Query
from tests import factories
from tests.factories import AUBERS, LILLE, actor, view


def shown(release: Release | None = None, **state: Any) -> Chart:
    chart = charts.indicator_trend(view(release or demonstration.release(), **state))
    assert chart is not None
    return chart


def plain(text: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", text)


def test_no_line_goes_over_a_break() -> None:
    chart = shown(indicator="jobs", territory="3")
    lines = [list(line.x) for line in chart.figure.data]
    assert len(lines) == 2
    assert max(lines[0]) == CLAP_LAST < min(lines[1])
    assert "Flores a remplacé Clap" in chart.notes[0]
    assert "en 2017" in chart.summary


def test_an_index_says_what_it_leaves_out() -> None:
    chart = shown(indicator="jobs", territory="3", index=2017)
    rows = {row[0]: row[1:] for row in chart.rows}
    assert rows["2017"] == ("100,0", "100,0")
    assert rows[str(CLAP_LAST)] == ("n.d.", "n.d.")
    assert "aucun indice n’est calculé à travers une rupture" in plain(" ".join(chart.notes))
    assert all(min(line.x) >= 2017 for line in chart.figure.data)


def test_a_hidden_year_is_a_gap_and_is_written() -> None:
    chart = shown(indicator="jobs", level="commune", territory="1", commune=AUBERS)
    states = {row[0]: row[1] for row in chart.rows}
    drawn = {year for line in chart.figure.data for year in line.x}
    hidden = {int(year) for year, text in states.items() if text in ("s", "n.d.")}
    assert hidden
    assert not drawn & hidden
    assert {note.x for note in chart.figure.layout.annotations if note.text == "s"} == hidden


@pytest.mark.parametrize("perimeter", [85, 90, 95])
def test_the_table_holds_the_values_of_the_map_at_every_year(perimeter: int) -> None:
    chart = shown(indicator="actors", territory="7", perimeter=perimeter)
    for year, area, metropole in chart.rows:
        series = measure.series(demonstration.release(), Query("actors", year=int(year), perimeter=perimeter))
        told = [float(re.sub(r"\D", "", text)) for text in (area, metropole)]
        assert told == [series.cell("7").value, series.total.value]
    assert "Périmètre constant" in chart.notes[-1]


def test_filters_of_the_view_hold_in_its_chart() -> None:
    whole, part = shown(indicator="actors"), shown(indicator="actors", sector="commerce")
    assert whole.rows != part.rows


def test_a_single_year_is_no_trend() -> None:
    assert charts.indicator_trend(view(factories.release(actors=[actor(commune=LILLE)]), indicator="actors")) is None


def test_segments_join_what_follows_in_a_run() -> None:
    found = trend.of(demonstration.release(), Query("jobs"), None)
    assert trends.segments(found, found.metropole) == [[0, 1], [2, 3, 4, 5, 6]]


def test_changes_are_signed() -> None:
    assert [trends.signed(n, 1) for n in (2.0, -2.0, 0.01)] == ["+2,0", "−2,0", "0,0"]
