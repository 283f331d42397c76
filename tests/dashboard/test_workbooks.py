"""Every workbook of every page: numbers are numbers, areas have their code, states and units are told."""

from __future__ import annotations

import csv
import io
import itertools
import re
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import create_server
from dashboard.content import STATES, Entry, Sheet
from dashboard.exports import grid
from dashboard.exports.workbook import HEAD
from dashboard.i18n import speaking
from dashboard.settings import Settings
from geodata import geography
from geodata.territories import TERRITORIES
from layers.indicators import INDICATORS

PAGES = (
    *("/territoire/3", "/territoire/mel", "/territoire/59350", "/financements", "/suivi", "/suivi?territory=3"),
    *("/comparer?areas=3,8", "/financements?stage=asked", "/comparer?areas=3,59350,mel", "/acteurs?family=mutuelle"),
)
NUMBER = re.compile(r"[+\-\u2212]?[\d][\d\s\u00a0\u202f.,]*\s*(?:%|€)?")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("workbooks")
    return create_server(Settings(ESS_DATA_DIR=folder)).test_client()


def tables(client: Any, address: str) -> list[tuple[str, list[list[Any]]]]:
    path, _mark, query = address.partition("?")
    answer = client.get(f"/export/xlsx?{query}" if path == "/carte" else f"{path}.xlsx?{query}")
    assert answer.status_code == 200, address
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    return [(page.title, [list(row) for row in page.iter_rows(min_row=HEAD + 1)]) for page in book.worksheets[:-1]]


def check(client: Any, address: str) -> None:
    areas = {
        *geography.load().communes["name"],
        *(name for one in TERRITORIES.values() for name in (one.name, one.short_name)),
    }
    for title, (heads, *rows) in tables(client, address):
        told = [str(cell.value or "") for cell in heads]
        codes = [at for at, head in enumerate(told) if head.endswith("(code)") or head in ("SIRET", "SIREN")]
        for row in rows:
            for at, cell in enumerate(row):
                said = cell.value if isinstance(cell.value, str) else ""
                assert at in codes or not NUMBER.fullmatch(said), (address, title, told[at], said)
                assert at not in codes or cell.data_type != "n" or cell.value is None, (address, title, told[at])
        first = [str(row[0].value) for row in rows if row[0].value]
        if first and 2 * sum(name in areas for name in first) >= len(first):
            assert any(head.endswith("(code)") for head in told), (address, title, told)
        for at, head in enumerate(told):
            if head.endswith("(état)"):
                assert {row[at].value for row in rows if row[at].value} <= set(STATES.values()), (address, title)


@pytest.mark.parametrize("address", PAGES)
def test_no_number_of_a_page_is_a_text_and_areas_have_their_code(client: Any, address: str) -> None:
    check(client, address)


views = st.fixed_dictionaries(
    {"indicator": st.sampled_from(sorted(INDICATORS)), "level": st.sampled_from(["territory", "commune"])},
    optional={
        "compare": st.sampled_from(["2019", "2021"]),
        "with": st.just("poverty_rate"),
        "territory": st.sampled_from(sorted(TERRITORIES)),
        "sector": st.just("commerce"),
    },
)


@settings(deadline=None, max_examples=10)
@given(view=views)
def test_no_number_of_a_map_is_a_text_and_areas_have_their_code(client: Any, view: dict[str, str]) -> None:
    check(client, "/carte?" + "&".join(f"{key}={value}" for key, value in view.items()))


def test_the_terms_of_a_ratio_are_those_of_the_map_and_add_up(client: Any) -> None:
    (_title, (heads, *rows)), = tables(client, "/carte?indicator=actors_per_1000&level=territory")  # fmt: skip
    told = [cell.value for cell in heads]
    assert told[3].startswith("Numérateur (") and told[4].startswith("Dénominateur (")
    held = {row[0].value: row for row in rows if row[0].value}
    areas = [row for name, row in held.items() if name in {one.name for one in TERRITORIES.values()}]
    assert len(areas) == len(TERRITORIES)
    for at in (3, 4):
        assert sum(row[at].value for row in areas) <= held["Métropole"][at].value
    for row in areas:
        assert row[1].value == pytest.approx(1000 * row[3].value / row[4].value)
        assert row[3].number_format.startswith("#,##0")
    assert {row[5].value for row in areas} == set(TERRITORIES)


def test_a_change_is_told_with_the_values_that_it_lies_between(client: Any) -> None:
    (_title, (heads, *rows)), = tables(client, "/carte?indicator=actors&level=territory&compare=2019")  # fmt: skip
    assert heads[1].value.startswith("Évolution")
    for row in (row for row in rows if isinstance(row[1].value, int | float)):
        then, now = row[3].value, row[4].value
        assert row[1].value == pytest.approx(100 * (now - then) / then)
        assert row[5].value == now - then


@pytest.mark.parametrize("address", ["/suivi", "/financements", "/territoire/3"])
def test_text_tables_have_the_columns_of_workbooks(client: Any, address: str) -> None:
    lines = list(csv.reader(io.StringIO(client.get(f"{address}.csv").data.decode("utf-8-sig")), delimiter=";"))
    for title, (heads, *rows) in tables(client, address):
        told = [str(cell.value) for cell in heads]
        assert told in lines, (title, told)
        at = lines.index(told)
        codes = [place for place, head in enumerate(told) if head.endswith("(code)")]
        told_of = list(itertools.takewhile(bool, lines[at + 1 :]))
        held = [[str(row[place].value or "") for place in codes] for row in rows[: len(told_of)]]
        assert not codes or [[line[place] for place in codes] for line in told_of] == held


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1\u202f234,5\u202f%", 1234.5, "%"), ("\u22123,2", -3.2, ""), ("+12\u202f%", 12, "%"), ("2023", 2023, ""),
        ("1\u202f234\u202f€", 1234, "€"), ("0", 0, ""), ("0,50", 0.5, ""),
    ],
)  # fmt: skip
def test_a_printed_number_is_read_back(text: str, value: float, unit: str) -> None:
    with speaking("fr"):
        read = grid.number(text)
    assert read is not None and (read.value, read.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize("text", ["59350", "99900001100018", "2 à 3", "W595000001", "s", "n.d.", "", "12,", "1.2.3"])
def test_a_code_a_range_or_a_word_is_no_number(text: str) -> None:
    with speaking("fr"):
        assert grid.number(text) is None


def test_units_that_differ_have_a_column_of_their_own() -> None:
    rows = ((Entry("a", "a"), Entry(12.0, "12 %")), (Entry("b", "b"), Entry(3.0, "3 €")))
    with speaking("fr"):
        mixed = grid.columns(Sheet("x", "x", ("Nom", "Valeur"), rows))
        alike = grid.columns(Sheet("x", "x", ("Nom", "Valeur"), rows[:1] * 2))
    assert [column.head for column in mixed] == ["Nom", "Valeur", "Valeur (unité)"]
    assert [cell.value for cell in mixed[2].cells] == ["%", "€"]
    assert [column.head for column in alike] == ["Nom", "Valeur (%)"]
