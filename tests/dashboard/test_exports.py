"""Exports: what a French spreadsheet opens, with the numbers of the series, and nothing that runs."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import exports
from dashboard.exports import COLUMNS, EXPORTERS
from dashboard.services import View
from layers import demonstration, measure
from layers.indicators import INDICATORS
from tests import factories
from tests.factories import LILLE, ROUBAIX, actor, everywhere, grant, view

STATES: list[dict[str, Any]] = [
    {}, {"level": "commune"}, {"level": "commune", "territory": "3"}, {"indicator": "actors", "perimeter": 85},
    {"indicator": "grants_per_inhabitant", "level": "commune", "year": 2022, "sector": "commerce"},
]  # fmt: skip


def table(shown: View) -> list[dict[str, str]]:
    content = exports.to_csv(shown)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content[3:].decode("utf-8")), delimiter=";"))


@pytest.mark.parametrize("state", STATES, ids=str)
def test_the_numbers_are_those_of_the_series(state: dict[str, Any]) -> None:
    shown = view(demonstration.release(), **state)
    series = measure.series(shown.release, shown.state.series_query())
    found = table(shown)
    assert {row["code"] for row in found} <= {cell.code for cell in series.cells}
    for row in found:
        cell = series.cell(row["code"])
        for column in ("value", "numerator", "denominator"):
            number, text = getattr(cell, column), row[column]
            assert "." not in text
            assert (float(text.replace(",", ".")) if text else None) == (
                None if number is None else pytest.approx(number, rel=1e-11)
            )
        assert (row["name"], row["state"]) == (cell.name, cell.state)


@pytest.mark.parametrize("state", STATES, ids=str)
def test_json_says_the_same(state: dict[str, Any]) -> None:
    shown = view(demonstration.release(), **state)
    found = json.loads(exports.to_json(shown))
    assert found == exports.rows(shown)
    assert [row["code"] for row in found] == [row["code"] for row in table(shown)]


def test_a_territory_exports_its_communes() -> None:
    assert len(table(view(demonstration.release(), level="commune", territory="3"))) == 9
    assert len(table(view(demonstration.release(), level="commune", perimeter=90))) == 90
    assert len(table(view(demonstration.release()))) == 8


@pytest.mark.parametrize("key", INDICATORS)
def test_every_row_says_what_when_where_and_from_what(key: str) -> None:
    release = factories.release(
        actors=[actor()], grants=[grant()], observations=[*everywhere("poverty_rate"), *everywhere("median_income")]
    )
    for row in table(view(release, indicator=key)):
        assert tuple(row) == COLUMNS
        assert all(row[column] for column in ("indicator", "unit", "perimeter", "release", "state"))
        assert row["release"] == release.id
        held = bool(measure.years(release, key))
        assert (bool(row["year"]), bool(row["source"])) == (held, held), "a source of what it holds, none of nothing"
        assert held or (row["value"], row["state"]) == ("", "missing")
        assert row["demonstration"] == ""


def test_the_source_is_told_as_on_the_page() -> None:
    row = table(view(factories.release(actors=[actor()]), indicator="actors_per_1000"))[0]
    assert row["source"].replace("\u202f", " ") == "Liste siae, 2020 ; Insee, populations municipales, 2022"
    assert row["indicator"].startswith("Structures ESS listées")


def test_the_demonstration_is_marked_on_every_row_and_in_the_name() -> None:
    shown = view(demonstration.release(), indicator="actors", level="commune")
    assert {row["demonstration"] for row in table(shown)} == {"données de démonstration, fictives"}
    assert exports.file_name(shown, EXPORTERS["csv"]) == f"ess_actors_commune_{shown.release.id}_demonstration.csv"
    assert (
        exports.file_name(view(factories.release()), EXPORTERS["json"])
        == "ess_actors_per_1000_territory_0123456789ab.json"
    )


def test_what_has_no_number_is_empty_and_has_its_state() -> None:
    hidden = {LILLE: {"value": None, "state": "suppressed"}, ROUBAIX: {"value": None, "state": "missing"}}
    release = factories.release(observations=everywhere("poverty_rate", unlike=hidden))
    found = {
        row["code"]: (row["value"], row["state"])
        for row in table(view(release, indicator="poverty_rate", level="commune"))
    }
    assert (found[LILLE], found[ROUBAIX]) == (("", "suppressed"), ("", "missing"))


@given(st.sampled_from(exports.FORMULA), st.text(max_size=20))
def test_no_text_is_a_formula(first: str, rest: str) -> None:
    written = exports.written(first + rest)
    assert written == f"'{first}{rest}"
    assert not written.startswith(exports.FORMULA)


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (-5.25, "-5,25"), (12.0, "12"), (1 / 3, "0,333333333333"), (2020, "2020")]
)
def test_numbers_are_written_with_a_comma(value: object, text: str) -> None:
    assert exports.written(value) == text


def test_formats_have_their_extension_and_type() -> None:
    office = "application/vnd.openxmlformats-officedocument."
    assert {name: e.content_type.split(";")[0] for name, e in EXPORTERS.items()} == {
        "csv": "text/csv", "json": "application/json", "pdf": "application/pdf", "png": "image/png",
        "svg": "image/svg+xml", "xlsx": f"{office}spreadsheetml.sheet", "docx": f"{office}wordprocessingml.document",
        "pptx": f"{office}presentationml.presentation", "gpkg": "application/geopackage+sqlite3",
        "geojson": "application/geo+json",
    }  # fmt: skip
    assert all(e.extension == name for name, e in EXPORTERS.items())
