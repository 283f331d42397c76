"""What the benchmark computes, without a browser."""

from __future__ import annotations

import pytest

from benchmarks import table
from benchmarks.traffic import Exchange
from benchmarks.visit import Change, Visit


def visit(first_map: float, *changes: float, plotly: float | None = None) -> Visit:
    made = [Change("Commerce", ms, 0, 500) for ms in changes]
    return Visit(first_map, first_map + 100, 20_000, 300_000, 2, 20, plotly, [], made)


def test_medians_are_of_visits_and_of_all_their_changes() -> None:
    measured = {"ours": {"lan": [visit(100, 10, 20), visit(300, 90), visit(200)]}}
    found = table.medians(measured)
    assert found["map_ms"] == {"ours": 200}
    assert found["change_ms"] == {"ours": 20}
    assert found["kb_before_map"] == {"ours": 20}


def test_a_network_that_was_not_measured_has_no_line() -> None:
    found = table.medians({"ours": {"lan": [visit(100, 10)]}, "peer": {"lan": [visit(900, 400)]}})
    assert "map_4g_ms" not in found
    assert "| first map, ms | 100 | 900 ×9.0 |" in table.markdown(found, ["ours", "peer"])


@pytest.mark.parametrize(("asked", "expected"), [(None, 0), (150, 100), (250, 0)])
def test_plotly_comes_first_only_where_it_is_asked_for_before_the_map_answers(
    asked: float | None, expected: float
) -> None:
    assert table.plotly_first(visit(100, plotly=asked)) == expected


@pytest.mark.parametrize(("ours", "other", "text"), [(10, 120, "×12"), (10, 14, "×1.4"), (10, 99.6, "×10"), (0, 5, "")])
def test_ratio(ours: float, other: float, text: str) -> None:
    assert table.ratio(ours, other) == text


def test_bytes_that_had_come_by_a_moment() -> None:
    exchange = Exchange("/carte", sent=0, pieces=[(10, 400), (20, 600)], ended=25, received=1_100)
    assert [exchange.by(at) for at in (5, 10, 20, 25)] == [0, 400, 1_000, 1_100]
