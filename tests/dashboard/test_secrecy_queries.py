"""Ten thousand pairs of questions to the API: no sum, no difference of what it answers is a value that it hides."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
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
from layers.secrecy.table import Line
from layers.store import Store
from tests.factories import COMMUNES
from tests.layers.invented import source
from tests.layers.secrecy.invented_jobs import drawn, shown
from tests.layers.secrecy.projection import System

PAIRS = 10_000
UNIONS = 150
Cell = tuple[frozenset[str], str | None, str | None]
"""Communes, sector, family: what a number of the API is the sum over."""


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return drawn()


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]) -> dict[Cell, float | None]:
    return asked(tmp_path_factory.mktemp("secrecy"), rows)


def asked(
    folder: Path,
    rows: list[dict[str, Any]],
    perimeters: Iterable[int] = PERIMETERS,
    families: Iterable[str | None] = (None, *FAMILIES),
) -> dict[Cell, float | None]:
    """Answers of the API on posts, every one unless fewer are asked for: a number, or None where it is hidden."""
    tables = shown(rows).tables()
    Store(folder).publish({**tables, "secrecy": secrecy(tables)}, [source("flores", "2022")], EMBEDDED)
    client = create_server(Settings(data_dir=folder)).test_client()
    found: dict[Cell, float | None] = {}
    for level, perimeter, sector, family in product(
        ("territory", "commune"), tuple(perimeters), (None, *SECTORS), tuple(families)
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
                lines.append(Line(total, np.array(inside)))
    hidden = np.array([answers[cell] is None for cell in cells])
    assert len(lines) > 500
    assert System(lines, len(cells)).known(hidden) == []


def test_without_secondary_suppression_the_pairs_would_tell(
    tmp_path: Path, rows: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(masks, "protect", lambda table, **_: secondary.statuses(table))
    assert given_away(asked(tmp_path, rows, perimeters=(95,), families=(None,)), rows) > 0


def test_communes_of_the_drawn_release_are_those_of_the_metropole(rows: list[dict[str, Any]]) -> None:
    assert {row["commune"] for row in rows} == set(COMMUNES)
    assert "jobs" in facts.FACTS


Union = tuple[frozenset[str], frozenset[str], frozenset[str]]
"""Communes, sectors, families: what an answer to several values is the sum over; no family for all of them."""


@pytest.fixture(scope="module")
def unions(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]) -> dict[Union, float | None]:
    """Answers of the API to several sectors, and to several families, drawn: a number, or None where it is hidden."""
    folder = tmp_path_factory.mktemp("unions")
    tables = shown(rows).tables()
    Store(folder).publish({**tables, "secrecy": secrecy(tables)}, [source("flores", "2022")], EMBEDDED)
    client = create_server(Settings(data_dir=folder)).test_client()
    chance = np.random.default_rng(20261125)
    found: dict[Union, float | None] = {}
    for _ in range(UNIONS):
        sectors = sorted(chance.choice([*SECTORS], size=chance.integers(2, 5), replace=False).tolist())
        families = sorted(chance.choice([*FAMILIES], size=chance.integers(0, 4), replace=False).tolist())
        query = {"sector": ",".join(sectors)} | ({"family": ",".join(families)} if families else {})
        for level in ("territory", "commune"):
            body = json.loads(client.get("/api/v1/indicators/jobs", query_string={"level": level, **query}).text)
            for value in body["values"]:
                code = value["code"]
                inside = {code} if level == "commune" else {c for c, t in members().items() if t == code}
                if value["state"] != "missing":
                    found[frozenset(inside), frozenset(sectors), frozenset(families)] = value["value"]
    return found


def parts_of(union: Union) -> list[Cell]:
    communes, sectors, families = union
    return [(communes, sector, family) for sector in sorted(sectors) for family in sorted(families) or [None]]


def test_sums_that_are_shown_are_true_and_others_are_hidden(
    unions: dict[Union, float | None], answers: dict[Cell, float | None], rows: list[dict[str, Any]]
) -> None:
    shown_sums = [union for union, value in unions.items() if value is not None]
    assert len(shown_sums) > 100
    assert len(unions) - len(shown_sums) > 100
    for union, value in unions.items():
        parts = [answers[part] for part in parts_of(union) if part in answers]
        if value is None:
            assert any(part is None for part in parts)
        else:
            assert value == pytest.approx(sum(truth(rows, part) for part in parts_of(union)))


def sensitive_sums(unions: dict[Union, float | None], answers: dict[Cell, float | None], shown_only: bool) -> list[int]:
    """Hidden cells that follow from the answers to one value and to several, all taken as one system.

    A sum of hidden cells may follow: what the cells hidden of a line hold together can be published.
    """
    cells: list[Any] = [*answers, *unions]
    place = {cell: i for i, cell in enumerate(cells)}
    values = {**answers, **unions}
    lines = []
    for communes, sector, family in answers:
        total = place[communes, sector, family]
        for parts in (
            [(communes, each, family) for each in SECTORS] if sector is None else [],
            [(communes, sector, each) for each in FAMILIES] if family is None else [],
            [(frozenset([code]), sector, family) for code in sorted(communes)] if len(communes) > 1 else [],
        ):
            inside = [place[part] for part in parts if part in place and answers[part] != 0]
            if inside and all(part in place for part in parts):
                lines.append(Line(total, np.array(inside)))
    for union in unions:
        parts = [part for part in parts_of(union) if part in answers and answers[part] != 0]
        if parts:
            lines.append(Line(place[union], np.array([place[part] for part in parts])))
    hidden = [values[cell] is None and (shown_only or cell in answers) for cell in cells]
    return [cell for cell in System(lines, len(cells)).known(np.array(hidden)) if cell < len(answers)]


def test_several_values_give_away_no_cell_that_is_hidden(
    unions: dict[Union, float | None], answers: dict[Cell, float | None]
) -> None:
    assert sensitive_sums(unions, answers, shown_only=True) == []


def test_sums_shown_over_hidden_cells_would_give_some_away(
    unions: dict[Union, float | None], answers: dict[Cell, float | None]
) -> None:
    assert len(sensitive_sums(unions, answers, shown_only=False)) > 0
