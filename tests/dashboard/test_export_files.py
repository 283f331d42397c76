"""One truth: the files of a view, each opened by another library, hold the values and states of the series."""

from __future__ import annotations

import io
import json
import math
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pyogrio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image
from typer.testing import CliRunner

from dashboard import assets, exports
from dashboard.cli import app
from dashboard.content import Entry, Section, Sheet
from dashboard.documents import painted
from dashboard.exports import EXPORTERS, carte
from dashboard.exports.geofile import CLASS, LAYER, LAYER_DEGREES
from dashboard.exports.workbook import workbook as to_workbook
from dashboard.i18n import speaking
from dashboard.pages.carte import made_of
from dashboard.services import View
from dashboard.valuetable import table
from layers import demonstration, measure
from layers.indicators import INDICATORS, can_cross
from tests.factories import view

RELEASE = demonstration.release()
AVAILABLE = sorted(key for key in INDICATORS if measure.available(RELEASE, key))
VIEWS: list[dict[str, Any]] = [
    {}, {"level": "commune", "indicator": "actors"}, {"indicator": "actors", "level": "commune", "perimeter": 85},
    {"indicator": "grants_amount", "compare": 2020}, {"paired": "ess_job_share", "level": "commune"},
    {"indicator": "jobs_per_1000", "circles": "1", "lang": "en"}, {"indicator": "poverty_rate"},
    {"level": "commune", "territory": "3", "indicator": "jobs", "sector": "commerce"},
]  # fmt: skip
FONTS = "{http://www.w3.org/2000/svg}text"


def made(shown: View, form: str) -> bytes:
    return exports.file_of(shown, EXPORTERS[form], "https://ess.example")


def workbook(shown: View) -> Any:
    return openpyxl.load_workbook(io.BytesIO(made(shown, "xlsx")))


def layers_of(shown: View, folder: Path) -> dict[str, gpd.GeoDataFrame]:
    path = folder / "view.gpkg"
    path.write_bytes(made(shown, "gpkg"))
    return {layer: gpd.read_file(path, layer=layer) for layer in (LAYER, LAYER_DEGREES)}


def plain(value: Any) -> Any:
    return None if value is None or math.isnan(value) else value


@st.composite
def views(draw: st.DrawFn) -> View:
    key = draw(st.sampled_from(AVAILABLE))
    level = draw(st.sampled_from(["territory", "commune"]))
    year = draw(st.sampled_from([None, *measure.years(RELEASE, key)]))
    other = draw(st.sampled_from([None, "ess_job_share"])) if can_cross(key, "ess_job_share") else None
    perimeter = draw(st.sampled_from([85, 90, 95]))
    return view(RELEASE, indicator=key, level=level, year=year, perimeter=perimeter, paired=other)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shown=views())
def test_every_file_holds_the_values_and_states_of_the_page(shown: View, tmp_path: Path) -> None:
    series = measure.series(shown.release, shown.state.series_query())
    cells = {cell.code: (cell.value, cell.state) for cell in series.within(frozenset(c.code for c in series.cells))}
    printed = {line.code: line for line in table(shown).lines if line.code in cells}

    told = {
        row["code"]: (row["value"], row["state"]) for row in json.loads(made(shown, "json")) if row["code"] in cells
    }
    assert told == {code: cells[code] for code in printed}
    for layer in layers_of(shown, tmp_path).values():
        held = {row["code"]: (plain(row["value"]), row["state"]) for _n, row in layer.iterrows()}
        assert held == {code: (pytest.approx(value) if value is not None else None, state)
                        for code, (value, state) in told.items()}  # fmt: skip
    features = json.loads(made(shown, "geojson"))["features"]
    assert {f["properties"]["code"]: (plain(f["properties"]["value"]), f["properties"]["state"]) for f in features} == {
        code: (pytest.approx(value) if value is not None else None, state) for code, (value, state) in told.items()
    }
    page = workbook(shown).worksheets[0]
    values = {row[0].value: (row[1].value, row[2].value) for row in page.iter_rows(min_row=5)}
    for code, (value, _state) in told.items():
        line = printed[code]
        expected = pytest.approx(value) if value is not None else line.value
        assert values[line.name] == (expected, line.state)


@pytest.mark.parametrize("state", VIEWS, ids=str)
def test_a_geopackage_is_right_for_a_geographic_system(state: dict[str, Any], tmp_path: Path) -> None:
    shown = view(RELEASE, **state)
    layers = layers_of(shown, tmp_path)
    assert [layer.crs.to_epsg() for layer in layers.values()] == [2154, 4326]
    assert all(layer.geometry.is_valid.all() and not layer.geometry.is_empty.any() for layer in layers.values())
    west, south, east, north = layers[LAYER_DEGREES].total_bounds
    assert 2.7 < west < east < 3.4
    assert 50.4 < south < north < 50.9
    made_now = made_of(shown)
    assert dict(zip(layers[LAYER]["code"], layers[LAYER][CLASS], strict=True)) == {
        cell.code: mark for cell, mark in zip(made_now.cells, made_now.marks, strict=True)
    }
    with sqlite3.connect(tmp_path / "view.gpkg") as base:
        styles = base.execute("SELECT f_table_name, styleQML, useAsDefault FROM layer_styles").fetchall()
    assert [(name, default) for name, _qml, default in styles] == [(LAYER, 1), (LAYER_DEGREES, 1)]
    style = etree.fromstring(styles[0][1].encode())
    assert {one.get("value") for one in style.iter("category")} == set(made_now.marks)
    assert shown.release.id in pyogrio.read_info(tmp_path / "view.gpkg", layer=LAYER)["layer_metadata"]["DESCRIPTION"]


@pytest.mark.parametrize("state", VIEWS, ids=str)
def test_geojson_is_valid_and_says_what_it_is(state: dict[str, Any], tmp_path: Path) -> None:
    content = made(view(RELEASE, **state), "geojson")
    told = json.loads(content)
    assert told["demonstration"] is True
    assert told["link"].startswith("https://ess.example/carte?")
    assert RELEASE.id in told["link"]
    (tmp_path / "view.geojson").write_bytes(content)
    read = gpd.read_file(tmp_path / "view.geojson")
    assert read.crs.to_epsg() == 4326
    assert read.geometry.is_valid.all()


@pytest.mark.parametrize("state", VIEWS, ids=str)
def test_a_picture_holds_the_finding_the_values_and_the_source(state: dict[str, Any]) -> None:
    shown = view(RELEASE, **state)
    parsed = etree.fromstring(made(shown, "svg"))
    written = " ".join(one.text or "" for one in parsed.iter(FONTS)).replace("\u202f", " ").replace("\xa0", " ")
    with speaking(shown.state.lang):
        content = carte.content(shown)
    for said in (content.headline, content.subtitle, content.lines[0], shown.release.id):
        assert said.replace("\u202f", " ").replace("\xa0", " ") in written
    if shown.state.level == "territory" and shown.state.paired is None:
        with speaking(shown.state.lang):
            made_now = made_of(shown)
        for text in made_now.texts:
            assert text.replace("\u202f", " ").replace("\xa0", " ") in written


def test_a_png_has_the_density_of_print() -> None:
    with Image.open(io.BytesIO(made(view(RELEASE), "png"))) as picture:
        assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
        assert picture.width == 2280
        assert len(picture.convert("L").getcolors(256) or []) > 5


def test_the_colours_of_a_crossing_are_those_of_the_page() -> None:
    sheet = assets.style("bivariate.css")
    assert all(f"--c{i}: {colour}" in sheet for i, colour in enumerate(painted.CROSSED))


def test_no_cell_of_a_workbook_runs_what_a_file_brought() -> None:
    hostile = '=HYPERLINK("http://x","y")'
    sheet = Sheet(
        "values", hostile, (hostile,), ((Entry(hostile, hostile),), (Entry(None, "s", "suppressed"),)), hostile
    )
    content = replace(
        carte.content(view(RELEASE)), headline=hostile, sections=(Section("values", hostile, sheets=(sheet,)),)
    )
    book = openpyxl.load_workbook(io.BytesIO(to_workbook(content, "https://ess.example")))
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert sum(cell.value == hostile for cell in cells) == 5
    assert {cell.data_type for cell in cells} == {"s"}
    book = workbook(view(RELEASE, indicator="actors", level="commune"))
    assert all(cell.hyperlink is None for page in book for row in page.iter_rows() for cell in row)


def test_a_workbook_says_what_its_numbers_are() -> None:
    said = {str(cell.value) for row in workbook(view(RELEASE)).worksheets[1].iter_rows() for cell in row}
    assert "Données de démonstration, fictives." in said
    assert any(one.startswith("https://ess.example/carte?") and RELEASE.id in one for one in said)


@pytest.mark.parametrize("form", EXPORTERS)
def test_the_command_writes_what_the_page_gives(form: str, tmp_path: Path) -> None:
    out = tmp_path / f"view.{form}"
    asked = [
        "export",
        form,
        "--view",
        "/carte?indicator=actors",
        "--out",
        str(out),
        "--data-dir",
        str(tmp_path / "var"),
    ]
    assert CliRunner().invoke(app, asked).exit_code == 0
    assert out.stat().st_size > 500


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["odt"], "Forme inconnue"),
        (["csv", "--view", "couleur=bleu"], "couleur=bleu"),
        (["csv", "--view", "/x?a=1"], "/x"),
    ],
)
def test_the_command_says_what_it_does_not_understand(asked: list[str], told: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app, ["export", *asked, "--out", str(tmp_path / "x"), "--data-dir", str(tmp_path / "var")]
    )
    assert told in str(done.exception)
    assert not (tmp_path / "x").exists()
