"""A large file: resumed, checked, put in place whole or not at all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from layers.fetching import download
from layers.fetching.client import ATTEMPTS, Client
from layers.fetching.download import Download, Expected
from layers.fetching.failure import FetchFailed
from tests.layers.fetching.conftest import Hands, full_beyond
from tests.layers.fetching.server import Answer, Asked, Fault, Server, cut, drip, instead, status

CONTENT = bytes(range(256)) * 4000
OTHER = CONTENT[::-1]
SHA1 = hashlib.sha1(CONTENT, usedforsecurity=False).hexdigest()


class Stored:
    """One file with its validators; ranges and ``If-Range`` honoured as RFC 9110 says, unless told otherwise."""

    def __init__(self, content: bytes = CONTENT) -> None:
        self.content, self.etag, self.modified = content, '"first"', "Sun, 01 Nov 2026 08:00:00 GMT"
        self.honours_if_range, self.honours_ranges = True, True

    def __call__(self, asked: Asked) -> Answer:
        headers = {name: value for name, value in (("ETag", self.etag), ("Last-Modified", self.modified)) if value}
        match = re.fullmatch(r"bytes=(\d+)-", asked.headers.get("Range", ""))
        validator = asked.headers.get("If-Range")
        stale = self.honours_if_range and validator not in (None, self.etag, self.modified)
        if match is None or stale or not self.honours_ranges:
            return Answer(200, self.content, headers)
        size, start = len(self.content), int(match[1])
        if start >= size:
            return Answer(416, b"", {**headers, "Content-Range": f"bytes */{size}"})
        body = self.content[start:]
        return Answer(206, body, {**headers, "Content-Range": f"bytes {start}-{size - 1}/{size}"})


@pytest.fixture
def stored(server: Server) -> Stored:
    server.routes["/file"] = found = Stored()
    return found


@pytest.fixture
def make(server: Server, client: Client, tmp_path: Path) -> Callable[..., Download]:
    def made(expected: Expected = Expected(len(CONTENT), "sha1", SHA1)) -> Download:  # noqa: B008
        return Download(client, f"{server.base}/file", tmp_path / "file.bin", expected)

    return made


Make = Callable[..., Download]


def _asked_ranges(server: Server) -> list[str | None]:
    return [asked.headers.get("Range") for asked in server.asked]


def test_a_file_is_brought_whole(make: Make, stored: Stored, tmp_path: Path) -> None:
    sha256 = make().bring()
    assert (tmp_path / "file.bin").read_bytes() == CONTENT
    assert sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert [path.name for path in tmp_path.iterdir()] == ["file.bin"]


@pytest.mark.parametrize("fault", [cut(300_000), cut(1)])
def test_a_cut_is_resumed_where_it_happened(make: Make, stored: Stored, server: Server, fault: Fault) -> None:
    server.faults.append(fault)
    make().bring()
    ranges = _asked_ranges(server)
    assert ranges[0] is None
    assert ranges[1] is not None
    assert server.asked[1].headers["If-Range"] == '"first"'


def test_many_cuts_with_progress_are_not_counted_together(make: Make, stored: Stored, server: Server) -> None:
    server.faults.extend([cut(20_000)] * (3 * ATTEMPTS))
    make().bring()
    assert len(server.asked) == 3 * ATTEMPTS + 1


def test_cuts_without_progress_are_bounded(make: Make, stored: Stored, server: Server, tmp_path: Path) -> None:
    server.faults.extend([cut(0)] * 50)
    with pytest.raises(FetchFailed, match="réponse coupée"):
        make().bring()
    assert len(server.asked) == ATTEMPTS
    assert not (tmp_path / "file.bin").exists()


def test_another_run_goes_on(make: Make, stored: Stored, server: Server, tmp_path: Path) -> None:
    server.faults.extend([cut(500_000), *[status(500)] * 2 * ATTEMPTS])
    with pytest.raises(FetchFailed):
        make().bring()
    server.faults.clear()
    first = make().aside.stat().st_size
    assert first == 500_000
    make().bring()
    assert _asked_ranges(server)[-1] == "bytes=500000-"
    assert (tmp_path / "file.bin").read_bytes() == CONTENT


@pytest.mark.parametrize("honours_if_range", [True, False])
def test_a_file_that_changes_between_two_ranges_is_brought_anew(
    make: Make, stored: Stored, server: Server, tmp_path: Path, honours_if_range: bool
) -> None:
    stored.honours_if_range = honours_if_range

    def change(_asked: Asked, good: Answer) -> Answer:
        stored.content, stored.etag, stored.modified = OTHER, '"second"', "Mon, 02 Nov 2026 08:00:00 GMT"
        return cut(400_000)(_asked, good)

    server.faults.append(change)
    make(Expected(len(OTHER))).bring()
    assert (tmp_path / "file.bin").read_bytes() == OTHER


def test_a_changed_file_without_validators_is_seen_by_its_digest(
    make: Make, stored: Stored, server: Server, tmp_path: Path
) -> None:
    stored.etag = stored.modified = ""

    def change(_asked: Asked, good: Answer) -> Answer:
        stored.content = CONTENT
        return cut(400_000)(_asked, good)

    stored.content = OTHER
    server.faults.append(change)
    make().bring()
    assert (tmp_path / "file.bin").read_bytes() == CONTENT


def test_without_validator_nor_digest_nothing_is_resumed(make: Make, stored: Stored, server: Server) -> None:
    stored.etag = stored.modified = ""
    server.faults.append(cut(400_000))
    make(Expected()).bring()
    assert _asked_ranges(server) == [None, None]


def test_a_weak_validator_is_not_used_to_resume(make: Make, stored: Stored, server: Server) -> None:
    stored.etag = 'W/"first"'
    server.faults.append(cut(400_000))
    make().bring()
    assert server.asked[1].headers["If-Range"] == stored.modified


def test_a_server_without_ranges_sends_all_again(make: Make, stored: Stored, server: Server, tmp_path: Path) -> None:
    stored.honours_ranges = False
    server.faults.append(cut(400_000))
    make().bring()
    assert (tmp_path / "file.bin").read_bytes() == CONTENT


def test_all_bytes_but_not_put_in_place_are_asked_no_more(make: Make, stored: Stored, server: Server) -> None:
    unfinished = make()
    unfinished.aside.write_bytes(CONTENT)
    unfinished.notes.write_text(f'{{"url": "{unfinished.url}", "digest": "{SHA1}", "etag": "\\"first\\""}}')
    make().bring()
    assert _asked_ranges(server) == [f"bytes={len(CONTENT)}-"]


@pytest.mark.parametrize("written", [b"", b"{", b"[]", b'{"url": 1}', b"\xff"])
def test_spoilt_notes_begin_anew(make: Make, stored: Stored, server: Server, tmp_path: Path, written: bytes) -> None:
    make().aside.write_bytes(b"x" * 1000)
    make().notes.write_bytes(written)
    make().bring()
    assert (tmp_path / "file.bin").read_bytes() == CONTENT


def test_a_wrong_digest_is_brought_once_more_then_refused(
    make: Make, stored: Stored, server: Server, tmp_path: Path
) -> None:
    (tmp_path / "file.bin").write_bytes(b"former")
    with pytest.raises(FetchFailed, match="somme de contrôle sha256"):
        make(Expected(len(CONTENT), "sha256", "0" * 64)).bring()
    assert len(server.asked) == 2
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file.bin", b"former")]


def test_one_spoilt_transfer_is_made_good(make: Make, stored: Stored, server: Server, tmp_path: Path) -> None:
    server.faults.append(instead(OTHER))
    make().bring()
    assert (tmp_path / "file.bin").read_bytes() == CONTENT


def test_another_size_than_announced_is_refused(make: Make, stored: Stored) -> None:
    with pytest.raises(FetchFailed, match=f"{len(CONTENT)} octets reçus, 12 annoncés"):
        make(Expected(12)).bring()


def test_a_slow_drip_is_cut(
    make: Make, stored: Stored, server: Server, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "WINDOW", 0.5)
    hands.tick = 0.1
    server.faults.append(drip(0.001))
    brought = make()
    brought.bring()
    assert len(server.asked) >= 2
    assert brought.target.read_bytes() == CONTENT


def test_no_room_is_said_before_anything_is_asked(make: Make, stored: Stored, server: Server) -> None:
    with pytest.raises(FetchFailed, match=r"demande \d+ Mo.*--out"):
        make(Expected(1 << 60)).bring()
    assert server.asked == []


def test_a_disk_that_fills_up_is_said_and_what_came_is_kept(make: Make, stored: Stored, tmp_path: Path) -> None:
    with full_beyond(300_000), pytest.raises(FetchFailed, match=r"Plus de place.*--out"):
        make().bring()
    assert make().aside.stat().st_size == 300_000
    make().bring()
    assert (tmp_path / "file.bin").read_bytes() == CONTENT
