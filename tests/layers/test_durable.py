from __future__ import annotations

import os
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


def test_a_line_of_which_the_system_takes_a_part_at_a_time_is_written_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = os.write
    monkeypatch.setattr("os.write", lambda descriptor, content: written(descriptor, bytes(content)[:3]))
    path = tmp_path / "journal.jsonl"
    durable.append_line(path, "importé")
    assert path.read_text("utf-8") == "importé\n"
