"""Rules that hold for every tracked file."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

MOST_BYTES = 700_000
# Written in pieces, so that this file keeps the rules it checks.
INDEX_ADDRESS = re.compile(
    r"https?://[\w.:@-]*(?:py" r"pi\.org|python" r"hosted\.org|registry\.npm" r"js)|/simple/?\s*$", re.M
)
PERSONAL_PATH = re.compile(r"(?<![\w.])/(?:ho" r"me|Us" r"ers|ro" r"ot)/[\w.-]+/")


def texts(paths: list[Path]) -> list[tuple[Path, str]]:
    found = []
    for path in paths:
        content = path.read_bytes()
        if b"\0" not in content:
            found.append((path, content.decode(errors="replace")))
    return found


def test_no_file_is_heavier_than_a_page_can_bear(tracked: list[Path]) -> None:
    assert [f"{path.name}: {path.stat().st_size}" for path in tracked if path.stat().st_size > MOST_BYTES] == []


@pytest.mark.parametrize("pattern", [INDEX_ADDRESS, PERSONAL_PATH], ids=["index address", "personal path"])
def test_no_file_names(pattern: re.Pattern[str], tracked: list[Path]) -> None:
    assert [f"{path}: {hit.group()}" for path, text in texts(tracked) for hit in pattern.finditer(text)] == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (INDEX_ADDRESS, "htt" + "ps://py" + "pi.org/x"),
        (INDEX_ADDRESS, "anything/sim" + "ple"),
        (PERSONAL_PATH, "sys.path.append('/ho" + "me/ana/ess/')"),
    ],
)
def test_the_patterns_do_catch(pattern: re.Pattern[str], line: str) -> None:
    assert pattern.search(line)


def test_commands_of_the_readme_are_there_and_executable(root: Path) -> None:
    commands = set(re.findall(r"(?<![\w/.])(?:bin|\.ci)/\w+", (root / "README.md").read_text()))
    assert {"bin/run", "bin/test", "bin/lock", ".ci/run"} <= commands
    assert [name for name in commands if not os.access(root / name, os.X_OK)] == []


def test_links_of_the_documents_lead_somewhere(tracked: list[Path], root: Path) -> None:
    broken = []
    for path in tracked:
        if path.suffix == ".md":
            targets = re.findall(r"(?<!!)\[[^\]]+\]\(([^)#:]+)\)", path.read_text())
            broken += [
                f"{path.relative_to(root)}: {target}" for target in targets if not (path.parent / target).exists()
            ]
    assert broken == []


def test_every_embedded_origin_is_attributed(root: Path) -> None:
    manifest = json.loads((root / "geodata/embedded/manifest.json").read_text())
    attributions = (root / "ATTRIBUTIONS.md").read_text()
    origins = [*manifest["packages"], manifest["membership"]]
    assert [origin["attribution"] for origin in origins if origin["attribution"] not in attributions] == []
    assert [p["name"] for p in manifest["packages"] if f"`{p['name']}` {p['version']}" not in attributions] == []
