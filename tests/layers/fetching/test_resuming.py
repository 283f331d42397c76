"""A fetch from the company-search API that stops, and is run again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from layers.fetching.client import Client
from layers.fetching.companies import JOURNAL
from layers.fetching.companies import KIND as SOURCE
from layers.fetching.failure import FetchFailed
from layers.fetching.sources import fetch
from tests.layers.fetching.companies_service import Companies, units
from tests.layers.fetching.conftest import Hands, full_beyond
from tests.layers.fetching.server import Server, status


def _serve(server: Server, found: Sequence[dict[str, Any]]) -> None:
    server.routes["/search"] = Companies(found)


def test_a_stop_is_taken_up_where_it_was(server: Server, client: Client, tmp_path: Path) -> None:
    _serve(server, units(400))
    (calm,) = fetch(SOURCE, server.base, tmp_path / "calm", client)
    whole = len(server.asked)
    server.asked.clear()
    server.faults.extend([None] * 7 + [status(400)])
    with pytest.raises(FetchFailed, match=r"erreur 400"):
        fetch(SOURCE, server.base, tmp_path / "out", client)
    assert not list((tmp_path / "out").glob("*.csv"))
    (found,) = fetch(SOURCE, server.base, tmp_path / "out", client)
    assert found.path.read_bytes() == calm.path.read_bytes()
    assert len(server.asked) == whole + 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        ".ess-fetch.lock",
        found.path.name,
        f"{found.path.name}.manifest.json",
    ]


def test_a_disk_that_fills_up_keeps_what_came(server: Server, client: Client, tmp_path: Path) -> None:
    _serve(server, units(200))
    (calm,) = fetch(SOURCE, server.base, tmp_path / "calm", client)
    whole = len(server.asked)
    server.asked.clear()
    with full_beyond(60_000), pytest.raises(FetchFailed, match=r"Plus de place.*--out"):
        fetch(SOURCE, server.base, tmp_path / "out", client)
    (found,) = fetch(SOURCE, server.base, tmp_path / "out", client)
    assert found.path.read_bytes() == calm.path.read_bytes()
    assert whole < len(server.asked) <= whole + 2


@pytest.mark.parametrize(
    "header",
    [b"", b"{", b'{"key": ""}', b'{"key": "", "version": 1, "address": "%s", "began": 3}', b"\xff\x00", b"[1]\n\n3"],
)
def test_a_spoilt_journal_is_begun_anew(server: Server, client: Client, tmp_path: Path, header: bytes) -> None:
    _serve(server, units(60))
    (calm,) = fetch(SOURCE, server.base, tmp_path / "calm", client)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / JOURNAL).write_bytes(header.replace(b"%s", server.base.encode()))
    (found,) = fetch(SOURCE, server.base, tmp_path / "out", client)
    assert found.path.read_bytes() == calm.path.read_bytes()


@pytest.mark.parametrize("hours", [30, -2])
def test_answers_of_another_day_are_asked_again(
    server: Server, client: Client, hands: Hands, tmp_path: Path, hours: int
) -> None:
    _serve(server, units(100))
    server.faults.extend([None] * 2 + [status(400)])
    with pytest.raises(FetchFailed):
        fetch(SOURCE, server.base, tmp_path / "out", client)
    hands.elapsed += hours * 3600
    server.asked.clear()
    fetch(SOURCE, server.base, tmp_path / "out", client)
    assert server.asked[0].query["page"] == "1"


def test_a_journal_of_another_service_is_not_used(server: Server, client: Client, tmp_path: Path) -> None:
    _serve(server, units(60))
    server.routes["/v2/search"] = server.routes["/search"]
    server.faults.extend([None, status(400)])
    with pytest.raises(FetchFailed):
        fetch(SOURCE, server.base, tmp_path, client)
    server.asked.clear()
    fetch(SOURCE, f"{server.base}/v2", tmp_path, client)
    assert server.asked[0].query["page"] == "1"
