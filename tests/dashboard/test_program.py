"""The mark of the program: one for the same sources, another when any of them changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import program


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for package in program.PACKAGES:
        (tmp_path / package).mkdir()
        (tmp_path / package / "one.py").write_text("ONE = 1\n")
    monkeypatch.setattr(program, "ROOT", tmp_path)
    program.mark.cache_clear()
    yield tmp_path
    program.mark.cache_clear()


def again() -> str:
    program.mark.cache_clear()
    return program.mark()


def test_the_same_sources_have_the_same_mark(sources: Path) -> None:
    before = program.mark()
    (sources / "layers" / "notes.txt").write_text("not a source")
    assert again() == before
    assert len(before) == 10


@pytest.mark.parametrize("package", program.PACKAGES)
def test_any_change_changes_the_mark(sources: Path, package: str) -> None:
    before = program.mark()
    (sources / package / "one.py").write_text("ONE = 2\n")
    changed = again()
    (sources / package / "one.py").rename(sources / package / "two.py")
    assert len({before, changed, again()}) == 3
