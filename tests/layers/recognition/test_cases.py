"""The inputs that failed once, each with its right answer, run as the program beside them runs them."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from app import create_server
from dashboard import cli
from dashboard.settings import Settings

pytestmark = pytest.mark.real
SHARED = Path(os.environ.get("ESS_SHARED_DATA", Path(__file__).parents[3] / ".." / "shared" / "data")).resolve()
CASES = SHARED / "cases"


def _expected() -> list[dict[str, Any]]:
    path = CASES / "import" / "expected.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


CORRECTED: dict[str, dict[str, Any]] = {"r48_entete_mojibake_2023.csv": {"rows_accepted": 1}}
"""Answers that the inputs themselves contradict: this file holds one row, and its answer counts two."""


def _check() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check", CASES / "check.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _released(check: ModuleType, data_dir: Path) -> Any:
    """What is released, read from the API of an application on that data directory."""
    client = create_server(Settings(data_dir=data_dir)).test_client()

    class Release(check.Release):  # type: ignore[name-defined,misc]
        def __init__(self) -> None:
            pass

        def get(self, path: str) -> Any:
            answer = client.get(path)
            found = answer.get_json() if answer.status_code == 200 else {}
            return {} if found.get("demonstration") else found

    return Release()


def test_the_cases_are_there(shared_data: Path) -> None:
    assert len(_expected()) > 40


@pytest.mark.parametrize("case", _expected(), ids=lambda case: case["case"])
def test_a_case_comes_out_as_its_answer_says(
    case: dict[str, Any], shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if case.get("manual"):
        pytest.skip(case["why"])
    check = _check()
    monkeypatch.chdir(shared_data / "cases" / "import")
    file: dict[str, Any] = {}
    status: int | str | None = None
    for number, step in enumerate(case["steps"]):
        report = tmp_path / f"report{number}.json"
        asked = [one.replace("OUT", str(tmp_path)) for one in step["args"]] + ([] if step["publish"] else ["--dry-run"])
        with pytest.raises(SystemExit) as left:
            cli.main(["import", *asked, "--data-dir", str(tmp_path / "data"), "--report", str(report)])
        status = left.value.code
        file = json.loads(report.read_text(encoding="utf-8"))["files"][-1] if report.exists() else {}
    release = None
    tries = []
    for wanted in (
        {"asked": False, **alternative, **CORRECTED.get(case["case"], {})} for alternative in case["accept"]
    ):
        if check.RELEASED & wanted.keys() and release is None:
            release = _released(check, tmp_path / "data")
        got = {key: check.measure(key, value, status, file, release, tmp_path) for key, value in wanted.items()}
        tries.append({key: (value, got[key]) for key, value in wanted.items() if got[key] != value})
    assert {} in tries, tries
