"""The program's own mark: what browsers keep for ever under a release must change when the program does."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("geodata", "layers", "dashboard")
SOURCES = (".py", ".po")
"""Kinds of file that what is sent depends on: the program, and its texts in other languages."""


@cache
def mark() -> str:
    """Ten hexadecimal digits drawn from the sources of the packages, computed once in a process."""
    found = hashlib.sha256()
    for package in PACKAGES:
        for path in sorted(path for path in (ROOT / package).rglob("*") if path.suffix in SOURCES):
            found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:10]
