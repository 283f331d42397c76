from __future__ import annotations

from pathlib import Path

import pytest

from layers import durable


def test_a_write_that_fails_leaves_the_former_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "current"
    durable.write(path, b"former")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        durable.write(path, b"new")
    assert path.read_bytes() == b"former"
    assert len(durable.left_aside(tmp_path)) == 1


def test_a_line_after_one_cut_short_stands_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    durable.append_line(path, "one")
    path.write_bytes(path.read_bytes() + b"cut sho")
    durable.append_line(path, "two")
    durable.append_line(path, "three")
    assert path.read_text() == "one\ncut sho\ntwo\nthree\n"
