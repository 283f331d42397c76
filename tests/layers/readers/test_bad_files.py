"""Files as they should not be: each is refused as a whole or row by row, never by accident, and nothing is lost."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.attach import Attacher
from layers import tables
from layers.account import OUTCOMES
from layers.readers import read_file
from layers.unreadable import UnreadableFile
from tests.layers.readers.fictitious import VALID, text, write

MEGABYTE = 1 << 20
kinds = pytest.mark.parametrize("kind", VALID)
SPECIALS = [
    "", '"', '""', ";", ",", "\n", "\r", "\n\n", "\t", "|", "\x00", "é",
    "\ufeff", "s", "nd", "-", "0", "1e5", "4.18664E+13",
    "00000000000000", "1004", "99999", "5 000 ", "1 23", "-1", "9" * 400, " - 59 ",
    " - 75 PARIS", "A" * 200, "59355", "LE", "=1+1",
]  # fmt: skip


@kinds
def test_an_empty_file(kind: str, tmp_path: Path, attacher: Attacher) -> None:
    path = tmp_path / "vide.csv"
    path.touch()
    with pytest.raises(UnreadableFile, match=r"^vide\.csv.*fichier vide"):
        read_file(path, kind, None, attacher)


@kinds
def test_a_pdf_renamed(kind: str, tmp_path: Path, attacher: Attacher) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n")
    with pytest.raises(UnreadableFile, match=r"^liste\.csv, ligne 1.*un document PDF.*tableau d’origine"):
        read_file(path, kind, None, attacher)


@kinds
def test_a_header_alone(kind: str, tmp_path: Path, attacher: Attacher) -> None:
    with pytest.raises(UnreadableFile, match="ne contient que sa ligne d’en-tête"):
        read_file(write(tmp_path, VALID[kind][0], []), kind, None, attacher)


@kinds
def test_a_huge_line(kind: str, tmp_path: Path, attacher: Attacher) -> None:
    path = tmp_path / "enorme.csv"
    with path.open("wb") as stream:
        stream.write(text(*VALID[kind]).encode())
        for _ in range(20):
            stream.write(b"0;" * (MEGABYTE // 2))
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFile) as caught:
            read_file(path, kind, None, attacher)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert caught.value.line == len(VALID[kind][1]) + 2
    assert peak < 8 * MEGABYTE


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, bytes]:
    """A valid file of some kind, with a few pieces of its text replaced, cut, repeated or inserted."""
    kind = draw(st.sampled_from(sorted(VALID)))
    content = text(*VALID[kind])
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.sampled_from([0, 0, 1, 3, 10, 40])))
        piece = draw(st.one_of(st.sampled_from(SPECIALS), st.just(content[start:end] * 2), st.text(max_size=4)))
        content = content[:start] + piece + content[end:]
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-16", "cp1252"]))
    return kind, content.encode(encoding, "replace")


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutations())
def test_a_damaged_file_is_refused_or_wholly_accounted_for(
    tmp_path: Path, attacher: Attacher, mutation: tuple[str, bytes]
) -> None:
    kind, content = mutation
    path = tmp_path / "fiction_2021.csv"
    path.write_bytes(content)
    try:
        reading = read_file(path, kind, None, attacher)
    except UnreadableFile as error:
        assert error.file == "fiction_2021.csv"
        assert error.reason and error.remedy
        return
    report = reading.account.to_json()
    assert report["rows_read"] == sum(report[f"rows_{outcome}"] for outcome in OUTCOMES)
    assert all(reject["reason"] and reject["remedy"] and reject["column"] is not None for reject in report["rejects"])
    nowhere = sum(int(frame["commune"].isna().sum()) for name, frame in reading.tables.items() if name == "grants")
    assert sum(report["accepted_by_territory"].values()) == report["rows_accepted"] - nowhere
    for name, frame in reading.tables.items():
        tables.check(name, frame)
    for name in {"actors", "grants"} & reading.tables.keys():
        assert len(reading.tables[name]) == report["rows_accepted"]
    if "grants" in reading.tables:
        assert reading.tables["grants"]["amount_cents"].sum() == reading.account.amount_cents
