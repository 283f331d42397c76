"""What changed between two years: the table of the page, the file to download and the API say the same."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.dashboard.changed import COUNTED, agree

ROW = re.compile(r'<tr data-code="(\w+)">(.*?)</tr>')
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>")
COLUMNS = {"then": "from", "change": "absolute", "change_percent": "percent"}
VIEWS = {
    "amounts": "grants_amount?year=2023&compare=2020",
    "a ratio": "actors_per_1000?year=2023&compare=2020",
    "backwards": "actors?year=2020&compare=2022",
    "secrets, in one territory": "jobs?year=2022&compare=2019&level=commune&territory=5",
    "a filter, every commune": "grants_amount?year=2022&compare=2021&level=commune&sector=enseignement",
}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_table_file_and_api_are_one(demo: FlaskClient, view: str) -> None:
    key, _, asked = view.partition("?")
    answer: dict[str, Any] = demo.get(f"/api/v1/indicators/{key}?{asked}").get_json()
    page = demo.get(f"/table?indicator={key}&{asked}").text
    table = {code: CELL.findall(cells) for code, cells in ROW.findall(page)}
    file = demo.get(f"/export/csv?indicator={key}&{asked}").data.decode("utf-8-sig")
    lines = {line["code"]: line for line in csv.DictReader(io.StringIO(file), delimiter=";")}
    first, last = answer["change"]["from"], answer["change"]["to"]
    assert re.findall(r"<th scope=\"col\"[^>]*>(\d{4})</th>", page) == [str(first), str(last)]
    agree(answer, table, percent=key in COUNTED)
    for area in answer["values"]:
        line, change = lines[area["code"]], area["change"]
        exactly = {"value": area["value"], **{column: change[name] for column, name in COLUMNS.items()}}
        for column, exact in exactly.items():
            assert number(line[column]) == (None if exact is None else pytest.approx(exact, rel=1e-9)), line
        assert line["change_state"] == change["state"]


def test_an_area_has_a_secret_in_one_of_the_views(demo: FlaskClient) -> None:
    """Or the comparison above would prove nothing of secrets."""
    key, _, asked = VIEWS["secrets, in one territory"].partition("?")
    answer = demo.get(f"/api/v1/indicators/{key}?{asked}").get_json()
    assert {"value", "suppressed"} <= {area["change"]["state"] for area in answer["values"]}


def number(text: str) -> float | None:
    """A number of the file, None where its cell is empty."""
    return float(text.replace(",", ".")) if text else None
