"""Ten thousand pairs of questions to the API: no sum, no difference of what it answers is a value that it hides."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app import create_server
from dashboard.settings import Settings
from geodata.folders import EMBEDDED
from geodata.perimeter import PERIMETERS, members
from layers import facts
from layers.ess import FAMILIES, SECTORS
from layers.preparation import secrecy
from layers.secrecy import masks, secondary
from layers.secrecy.system import System
from layers.store import Store
from tests.factories import COMMUNES
from tests.layers.invented import source
from tests.layers.secrecy.invented_jobs import drawn, shown

PAIRS = 10_000
Cell = tuple[frozenset[str], str | None, str | None]
"""Communes, sector, family: what a number of the API is the sum over."""


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return drawn()


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]) -> dict[Cell, float | None]:
    return asked(tmp_path_factory.mktemp("secrecy"), rows)


def asked(folder: Path, rows: list[dict[str, Any]]) -> dict[Cell, float | None]:
    """Every answer of the API on posts: a number, or None where it is hidden."""
    tables = shown(rows).tables()
    Store(folder).publish({**tables, "secrecy": secrecy(tables)}, [source("flores", "2022")], EMBEDDED)
    client = create_server(Settings(data_dir=folder)).test_client()
    found: dict[Cell, float | None] = {}
    for level, perimeter, sector, family in product(
        ("territory", "commune"), PERIMETERS, (None, *SECTORS), (None, *FAMILIES)
    ):
        query = {"level": level, "perimeter": str(perimeter)}
        query |= {"sector": sector} if sector else {}
        query |= {"family": family} if family else {}
        answer = client.get("/api/v1/indicators/jobs", query_string=query)
        assert answer.status_code == 200, answer.text
        body = json.loads(answer.text)
        belongs = members(perimeter)
        for value in body["values"]:
            code = value["code"]
            inside = {code} if level == "commune" else {c for c, t in belongs.items() if t == code}
            if value["state"] != "missing":
                cell = (frozenset(inside), sector, family)
                assert found.get(cell, value["value"]) == value["value"], "one cell, two answers"
                found[cell] = value["value"]
    return found


def truth(rows: list[dict[str, Any]], cell: Cell) -> float:
    return sum(row["posts"] for row in rows if row["scope"] == "ess" and holds(cell, row))


def pairs(cells: list[Cell]) -> Iterator[tuple[Cell, Cell]]:
    """Shown cells drawn two by two, the second within the first: its area, its sector or its family is narrower."""
    chance = np.random.default_rng(20261124)
    by_category: dict[tuple[str | None, str | None], list[Cell]] = {}
    by_area: dict[frozenset[str], list[Cell]] = {}
    for cell in cells:
        by_category.setdefault(cell[1:], []).append(cell)
        by_area.setdefault(cell[0], []).append(cell)
    drawn = 0
    while drawn < PAIRS:
        first = cells[chance.integers(len(cells))]
        alike = [by_category[first[1:]], by_area[first[0]]][chance.integers(2)]
        second = alike[chance.integers(len(alike))]
        if second != first and is_within(second, first):
            drawn += 1
            yield first, second


def is_within(second: Cell, first: Cell) -> bool:
    if second[0] != first[0]:
        return second[1:] == first[1:] and second[0] < first[0]
    narrower = [a != b for a, b in zip(second[1:], first[1:], strict=True)]
    return sum(narrower) == 1 and all(a is None for a, b in zip(first[1:], second[1:], strict=True) if a != b)


def given_away(answers: dict[Cell, float | None], rows: list[dict[str, Any]]) -> int:
    """How many pairs of answers differ by posts of one or two establishments, or of one above 85 %."""
    numbers = [cell for cell, value in answers.items() if value is not None]
    ess = [row for row in rows if row["scope"] == "ess"]
    told = 0
    for first, second in pairs(numbers):
        rest = [row for row in ess if holds(first, row) and not holds(second, row)]
        posts = sum(row["posts"] for row in rest)
        assert answers[first] - answers[second] == pytest.approx(posts)
        units, largest = sum(row["establishments"] for row in rest), max((row["largest"] for row in rest), default=0)
        told += 0 < units < 3 or largest > 0.85 * posts
    return told


def holds(cell: Cell, row: dict[str, Any]) -> bool:
    communes, sector, family = cell
    return row["commune"] in communes and sector in (None, row["sector"]) and family in (None, row["family"])


def test_ten_thousand_pairs_give_nothing_away(answers: dict[Cell, float | None], rows: list[dict[str, Any]]) -> None:
    assert sum(value is None for value in answers.values()) > 200
    assert given_away(answers, rows) == 0


def test_shown_numbers_are_true(answers: dict[Cell, float | None], rows: list[dict[str, Any]]) -> None:
    numbers = [cell for cell, value in answers.items() if value is not None]
    chance = np.random.default_rng(1)
    for place in chance.integers(len(numbers), size=300):
        assert answers[numbers[place]] == pytest.approx(truth(rows, numbers[place]))


def test_all_the_answers_together_give_nothing_away(answers: dict[Cell, float | None]) -> None:
    """Every sum of published cells that is a published cell is an equation: none pins a hidden one."""
    cells = list(answers)
    place = {cell: i for i, cell in enumerate(cells)}
    lines = []
    for communes, sector, family in cells:
        total = place[communes, sector, family]
        for parts in (
            [(communes, each, family) for each in SECTORS] if sector is None else [],
            [(communes, sector, each) for each in FAMILIES] if family is None else [],
            [(frozenset([code]), sector, family) for code in sorted(communes)] if len(communes) > 1 else [],
        ):
            inside = [place[part] for part in parts if part in place and answers[part] != 0]
            if inside and all(part in place for part in parts):
                lines.append(secondary.Line(total, np.array(inside)))
    hidden = np.array([answers[cell] is None for cell in cells])
    assert len(lines) > 500
    assert System(lines, len(cells)).known(hidden) == []


def test_without_secondary_suppression_the_pairs_would_tell(
    tmp_path: Path, rows: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(masks, "protect", lambda table, **_: secondary.statuses(table))
    assert given_away(asked(tmp_path, rows), rows) > 0


def test_communes_of_the_drawn_release_are_those_of_the_metropole(rows: list[dict[str, Any]]) -> None:
    assert {row["commune"] for row in rows} == set(COMMUNES)
    assert "jobs" in facts.FACTS
