"""What is kept is bounded in bytes, what all ask for stays, and nothing is made twice at the same time."""

from __future__ import annotations

import ast
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers import cache, demonstration, measure
from layers.cache import ENTRY, Cache, Remembered, in_use, weighed
from layers.series import Query

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("geodata", "layers", "dashboard")
FEW = 512
"""Entries that `lru_cache` may keep of what the program names; of numbers, which have one size, more."""
NUMBERS = {"int", "float", "bool"}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def calls_itself(node: ast.expr) -> str:
    called = node.func if isinstance(node, ast.Call) else node
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


@given(
    st.integers(0, 40_000),
    st.lists(st.tuples(st.booleans(), st.integers(0, 30), st.integers(0, 20_000)), max_size=80),
)
def test_a_cache_is_never_larger_than_its_bound(most: int, asked: list[tuple[bool, int, int]]) -> None:
    kept: Cache[bytes] = Cache("of a test", most)
    for puts, key, length in asked:
        if puts:
            kept.put(key, b"x" * length)
        else:
            assert kept.get(key, lambda length=length: b"x" * length) is not None  # type: ignore[misc]
        assert 0 <= kept.size <= most
        held = [*kept._new.values(), *kept._proven.values()]
        assert kept.size == sum(size for _thing, size in held) == sum(len(thing) + 33 + ENTRY for thing, _size in held)


def test_thousands_of_addresses_asked_for_once_do_not_drive_out_what_all_ask_for() -> None:
    kept: Cache[bytes] = Cache("of a test", 200_000)
    for key in ("home", "map"):
        kept.put(key, b"x" * 2000)
        assert kept.known(key)
    for passing in range(5_000):
        kept.get(passing, lambda: b"x" * 2000)
    assert kept.known("home")
    assert kept.known("map")
    assert kept.known(0) is None
    assert kept.known(4_999) is not None


def test_the_least_recently_used_thing_goes_first() -> None:
    kept: Cache[int] = Cache("of a test", 2 * (ENTRY + 28), lambda _thing: 28)
    for key, thing in ((1, 1), (2, 2)):
        kept.put(key, thing)
    assert kept.known(1) == 1
    kept.put(3, 3)
    assert [kept.known(key) for key in (1, 2, 3)] == [1, None, 3]


def test_two_who_ask_for_one_thing_have_it_made_once() -> None:
    kept: Cache[str] = Cache("of a test", 10_000)
    begun, go_on, made = threading.Event(), threading.Event(), []

    def make() -> str:
        begun.set()
        assert go_on.wait(30)
        made.append("made")
        return "thing"

    told: list[str] = []
    asking = [threading.Thread(target=lambda: told.append(kept.get("key", make))) for _ in range(4)]
    asking[0].start()
    assert begun.wait(30)
    for thread in asking[1:]:
        thread.start()
    go_on.set()
    for thread in asking:
        thread.join(30)
    assert (made, told) == (["made"], ["thing"] * 4)


def test_a_thing_that_cannot_be_made_is_asked_for_again() -> None:
    kept: Cache[str] = Cache("of a test", 10_000)

    def fault() -> str:
        raise KeyError("no")

    for _ in range(2):
        with pytest.raises(KeyError):
            kept.get("key", fault)
    assert kept.get("key", lambda: "thing") == "thing"


def test_a_long_text_is_answered_and_not_remembered() -> None:
    capitals = Remembered("of a test", str.upper, most=2, longest=10)
    assert [capitals(text) for text in ("a", "b", "c", "x" * 1_000)] == ["A", "B", "C", "X" * 1_000]
    assert capitals.size == capitals.most


@pytest.mark.parametrize(
    "thing",
    [
        b"x" * 5_000,
        np.zeros((20, 50)),
        np.array(["abc" * 30] * 500, dtype=object),
        pd.DataFrame({"a": ["text" * 10] * 1_000, "b": range(1_000)}),
        tuple("x" * 100 + str(i) for i in range(300)),
        {i: [float(i)] * 10 for i in range(100)},
    ],
    ids=["bytes", "numbers", "objects", "table", "tuple", "mapping"],
)
def test_things_are_weighed_with_what_they_hold(thing: Any) -> None:
    least = {"bytes": 5_000, "ndarray": 8_000, "DataFrame": 40_000, "tuple": 30_000, "dict": 10_000}
    assert least[type(thing).__name__] <= weighed(thing) <= 15 * least[type(thing).__name__]


def test_a_series_weighs_about_what_its_parts_weigh() -> None:
    for level in ("territory", "commune"):
        series = measure.series(demonstration.release(), Query("actors_per_1000", level=level))
        parts = sum(weighed(cell) for cell in series.cells)
        assert parts / 3 < measure.weighed(series) < parts * 3


def test_each_is_in_the_list_with_its_bound() -> None:
    release = demonstration.release()
    named = {one.name: one for one in in_use()}
    assert {"release", "series", "panels", "cubes", "names"} <= set(named)
    assert all(one.most > 0 for one in in_use())
    assert release.cache in in_use()


def test_nothing_is_kept_by_any_other_means() -> None:
    """``functools.cache`` keeps what has no argument, ``lru_cache`` few things of the program, or numbers."""
    wrong = []
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg]
                kinds = {ast.unparse(one.annotation) for one in arguments if one and one.annotation}
                for decorator in node.decorator_list:
                    name = calls_itself(decorator)
                    if name == "cache" and any(arguments):
                        wrong.append(f"{path}:{node.lineno} cache")
                    if name == "lru_cache" and not _few(decorator) and not kinds <= NUMBERS:
                        wrong.append(f"{path}:{node.lineno} lru_cache")
            if isinstance(node, ast.Call) and calls_itself(node) in ("lru_cache", "cache"):
                wrong += [f"{path}:{node.lineno} no bound"] if _bound(node) is None else []
    assert wrong == []


def test_nothing_is_put_on_a_release_beside_its_cache() -> None:
    """``release.cache`` is asked with `get` alone: no mapping that grows, no name that an address makes."""
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "cache"
        and ast.unparse(node.value).endswith("release")
        and not _asked(tree, node)
    ]
    assert wrong == []


def _asked(tree: ast.Module, node: ast.Attribute) -> bool:
    return any(isinstance(one, ast.Attribute) and one.value is node and one.attr == "get" for one in ast.walk(tree))


def _bound(node: ast.expr) -> int | str | None:
    if not isinstance(node, ast.Call):
        return None
    told = next((one.value for one in node.keywords if one.arg == "maxsize"), None)
    if isinstance(told, ast.Constant):
        return told.value if isinstance(told.value, int) else None
    return None if told is None else ast.unparse(told)


def _few(node: ast.expr) -> bool:
    bound = _bound(node)
    return isinstance(bound, int) and bound <= FEW


def test_the_list_forgets_what_is_gone() -> None:
    kept: Cache[int] = Cache("gone soon", 1_000)
    assert kept in in_use()
    del kept
    assert "gone soon" not in {one.name for one in cache.in_use()}
