"""The chart of the change between two years: bars, table and sentence say the same."""

from __future__ import annotations

import re
from typing import Any

from dashboard import charts
from dashboard.charts import Chart
from layers import demonstration
from layers.demonstration.jobs import CLAP_LAST
from tests.factories import view


def shown(**state: Any) -> Chart | None:
    return charts.indicator_change(view(demonstration.release(), **state))


def plain(text: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", text)


def test_there_is_none_unless_another_year_is_compared_with() -> None:
    assert shown(indicator="jobs") is None
    assert shown(indicator="jobs", year=2019, compare=2019) is None


def test_bars_and_table_are_signed_and_in_one_order() -> None:
    chart = shown(indicator="jobs", compare=2017)
    assert chart is not None
    drawn = dict(zip(chart.figure.data[0].y, chart.figure.data[0].text, strict=True))
    assert drawn == {row[0]: row[4] for row in chart.rows[:-1]}
    assert list(chart.figure.data[0].x) == sorted(chart.figure.data[0].x, reverse=True)
    assert all(row[3][0] in "+−" for row in chart.rows)
    assert chart.rows[0][4] in chart.summary
    assert chart.heads[1:3] == ("2017", "2023")


def test_across_a_break_the_values_stay_and_no_change_is_told() -> None:
    chart = shown(indicator="jobs", compare=CLAP_LAST)
    assert chart is not None
    assert chart.figure is None
    assert "la série est rompue" in plain(chart.summary)
    assert "Flores" in chart.notes[0]
    assert {row[3:] for row in chart.rows} == {("n.d.", "n.d.")}
    assert all(row[1] != "n.d." for row in chart.rows)


def test_the_communes_of_a_territory_are_told_and_no_others() -> None:
    chart = shown(indicator="actors", level="commune", territory="6", compare=2019)
    assert chart is not None
    assert len(chart.rows) == 11 + 1


def test_many_areas_have_the_extremes_as_bars_and_all_in_the_table() -> None:
    chart = shown(indicator="actors", level="commune", compare=2019)
    assert chart is not None
    assert len(chart.figure.data[0].x) == 20
    assert len(chart.rows) == 95 + 1
