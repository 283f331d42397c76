"""Scripts, styles and pictures of the application: one digest for all, so that every address is for ever."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "assets"
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png"}
IMPORT = re.compile(r"^import .* from '\./([\w-]+\.js)';$", re.MULTILINE)


@cache
def files() -> Mapping[str, bytes]:
    """Contents by name."""
    return {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*")) if path.suffix in KINDS}


def kind(name: str) -> str:
    """Content type of a file of the folder."""
    return KINDS[Path(name).suffix]


@cache
def digest() -> str:
    """Ten hexadecimal digits that change when any file of the folder does."""
    found = hashlib.sha256()
    for name, content in files().items():
        found.update(name.encode() + b"\0" + content)
    return found.hexdigest()[:10]


@lru_cache(maxsize=64)
def style(*names: str) -> str:
    """Styles of every page, then those named, as one text put in the page: no request before the first map."""
    return "\n".join(
        files()[name].decode() for name in ("base.css", "search.css", "shortcuts.css", "about.css", *names)
    )


@lru_cache(maxsize=64)
def modules(*entries: str) -> tuple[str, ...]:
    """The scripts ``entries`` and all that they import, each once: what a page fetches in one go."""
    found = dict.fromkeys(entries)
    left = list(entries)
    while left:
        for name in IMPORT.findall(files()[left.pop()].decode()):
            if name not in found:
                found[name] = None
                left.append(name)
    return tuple(found)


def base() -> str:
    """Folder of the files in an address; the scripts import each other from it."""
    return f"/assets/{digest()}"
