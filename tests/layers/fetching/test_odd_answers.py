"""Answers with something changed in them: a file or a sentence, never another error."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from layers.fetching.client import Client
from layers.fetching.failure import FetchFailed
from layers.fetching.query import EPCI
from layers.fetching.sources import fetch
from tests.layers.fetching.companies_service import Companies, units
from tests.layers.fetching.portal_service import Portal
from tests.layers.fetching.server import Answer, Asked, Server, json_answer

ANSWERS = 200
ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    3.5,
    "",
    "x",
    "[ND]",
    [],
    [None],
    {},
    {"x": {}},
    "9" * 400,
    "\u0000",
    "é\n;\"'",
)
SQUARE = {"type": "Polygon", "coordinates": [[[3, 50], [3, 51], [4, 51], [3, 50]]]}


def _spots(said: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of *said* with every key or place in it."""
    keys = list(said) if isinstance(said, dict) else range(len(said)) if isinstance(said, list) else []
    for key in keys:
        yield said, key
        yield from _spots(said[key])


def _changed(said: Any, chance: random.Random) -> Any:
    said = copy.deepcopy(said)
    for _ in range(chance.randint(1, 3)):
        holder, key = chance.choice(list(_spots(said)))
        if isinstance(holder, dict) and chance.random() < 0.3:
            holder.pop(key, None)
        else:
            holder[key] = chance.choice(ODD)
    return said


def _companies(server: Server) -> tuple[str, str]:
    server.routes["/search"] = Companies(units(3))
    return "recherche-entreprises", "/search"


def _list(server: Server) -> tuple[str, str]:
    Portal(server)
    return "ess-france", next(path for path in server.routes if "less" in path)


def _communes(server: Server) -> tuple[str, str]:
    feature = {"geometry": SQUARE, "properties": {"code": "59350", "nom": "Lille", "population": 1}}
    server.routes[f"/epcis/{EPCI}/communes"] = lambda _asked: json_answer({"features": [feature, feature]})
    return "boundaries", f"/epcis/{EPCI}/communes"


@pytest.mark.parametrize("prepare", [_companies, _list, _communes])
def test_odd_answers_end_in_a_file_or_a_sentence(
    prepare: Callable[[Server], tuple[str, str]], server: Server, client: Client, tmp_path: Path
) -> None:
    source, path = prepare(server)
    good = server.routes[path]
    chance = random.Random(source)  # noqa: S311

    def odd(asked: Asked) -> Answer:
        return json_answer(_changed(json.loads(good(asked).body), chance))

    server.routes[path] = odd
    brought = refused = 0
    for number in range(ANSWERS):
        try:
            fetch(source, server.base, tmp_path / str(number), client)
            brought += 1
        except FetchFailed as failed:
            refused += 1
            assert failed.reason.endswith((".", "…")), failed
    assert brought
    assert refused
