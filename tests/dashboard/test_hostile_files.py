"""Hostile files given to the command and to the page: each is told by its name, those beside it are accounted for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.cli import main
from layers import scratch
from layers.drafts.draft import FOLDER
from layers.store import Store
from tests.dashboard.desk import GOOD, NAME, Desk, csv
from tests.layers.enclosure.biff import xls
from tests.layers.enclosure.hostile import HOG, HOSTILE, PANIC
from tests.layers.test_containers import HEADER, ROWS

TRIED = ("xls under a password", "ods cut within its XML", "parquet that lies", "zip in a zip", "json", "docx")


@pytest.fixture
def aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (folder := tmp_path / "aside").mkdir()
    monkeypatch.setattr(scratch.tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def hostile(tmp_path: Path) -> dict[str, Path]:
    """A panic, a demand of memory, and some others, by their names."""
    (folder := tmp_path / "sent").mkdir()
    paths = [
        xls(folder / "panique_2023.xls", [HEADER, *ROWS], extra=PANIC),
        xls(folder / "memoire_2023.xls", [HEADER, *ROWS], extra=HOG),
        *(HOSTILE[name][0](folder / f"essai{at}_2023.dat") for at, name in enumerate(TRIED)),
    ]
    return {path.name: path for path in paths}


def test_the_command_tells_each_and_accounts_for_the_others(
    tmp_path: Path, aside: Path, hostile: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    (good := tmp_path / NAME).write_bytes(csv(*GOOD))
    written, data = tmp_path / "report.json", tmp_path / "data"
    files = [hostile["panique_2023.xls"], good, *list(hostile.values())[1:]]
    with pytest.raises(SystemExit) as left:
        main(["import", *map(str, files), "--report", str(written), "--data-dir", str(data)])
    said = capsys.readouterr()
    assert left.value.code == 1
    assert "Traceback" not in said.out + said.err
    report = json.loads(written.read_text("utf-8"))["files"]
    assert [file["file"] for file in report] == [path.name for path in files]
    for file in report:
        if file["file"] == NAME:
            assert file["rows_accepted"] == len(GOOD)
        else:
            assert file["rejects"][0]["reason"]
            assert file["rejects"][0]["remedy"]
            assert file["file"] in said.err
    assert Store(data).current() is None
    assert list(aside.iterdir()) == []


def test_the_page_tells_each(desk: Desk, aside: Path, hostile: dict[str, Path]) -> None:
    sent = desk.send((NAME, csv(*GOOD)), *((name, path.read_bytes()) for name, path in hostile.items()))
    page = desk.client.get(sent.location).text.replace("\u00a0", " ").replace("\u202f", " ")
    assert page.count("sa lecture s’est interrompue") >= 1
    assert "plus de 2 Go de mémoire" in page
    assert "protégé par un mot de passe" in page
    assert all(name in page for name in (NAME, *hostile))
    assert len(list((desk.data / FOLDER).iterdir())) == 1
    assert list(aside.iterdir()) == []
