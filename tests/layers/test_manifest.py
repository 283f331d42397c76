from __future__ import annotations

import copy
from typing import Any

import pytest

from layers import demonstration
from layers.manifest import identity, is_release_id, ordered
from tests.layers.invented import source


def manifest() -> dict[str, Any]:
    account = {"warnings": [{"code": "vintage", "count": 1, "message": ""}], "rows_read": 3}
    return {
        **copy.deepcopy(dict(demonstration.release().manifest)),
        "sources": [source(account=account)],
        "demonstration": False,
    }


def test_times_parent_software_and_what_was_replaced_do_not_name_a_release() -> None:
    first, second = manifest(), manifest()
    second |= {"published": "2031-01-01T00:00:00+00:00", "parent": "0" * 12, "software": "another"}
    second["sources"][0]["imported"] = "2031-01-01"
    second["sources"][0]["account"]["warnings"].append({"code": "replaces", "count": 4, "message": ""})
    second["tables"]["actors"]["sha256"] = "0" * 64
    assert identity(first) == identity(second)


@pytest.mark.parametrize(
    "path",
    [
        ("tables", "actors", "digest"),
        ("tables", "grants", "rows"),
        ("sources", 0, "sha256"),
        ("sources", 0, "vintage"),
        ("sources", 0, "account", "rows_read"),
        ("geography", "sha256"),
        ("demonstration",),
        ("caveats",),
    ],
)
def test_all_that_a_release_says_names_it(path: tuple[Any, ...]) -> None:
    changed = manifest()
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = ["other"] if path[-1] == "caveats" else 1
    assert identity(changed) != identity(manifest())


def test_sources_have_one_order() -> None:
    sources = [source(kind, vintage, file) for kind in "ba" for vintage in ("2", "1") for file in ("y", "x")]
    assert ordered(sources) == ordered(reversed(sources))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0123456789ab", True), ("0123456789AB", False), ("0123456789ab\n", False), ("../123456789", False), ("", False)],
)
def test_form_of_a_release_name(text: str, expected: bool) -> None:
    assert is_release_id(text) is expected
