"""The geography of a release: its files kept as objects, so that an old release keeps its own outlines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geodata import geography
from geodata.geography import Geography
from layers import scratch
from layers.cache import MB, Cache
from layers.manifest import canonical
from layers.objects import DamagedRelease, Objects

MANIFEST = "manifest.json"
KEPT = 64 * MB
"""Bytes of geographies that a store keeps, beside those of the releases in memory: four of one, about."""


class GeographyFiles:
    """Geographies of a store, each read once."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._read: Cache[Geography] = Cache("geographies", KEPT)

    def put(self, folder: Path) -> dict[str, Any]:
        """Keep the files of a folder; return sha256 of the whole, files by name, attributions."""
        contents = _contents(folder)
        for content in contents.values():
            self._objects.put(content)
        return entry(folder)

    def load(self, described: Mapping[str, Any]) -> Geography:
        """The geography that `put` described. Raises `DamagedRelease`."""
        contents = {name: self._objects.get(sha256) for name, sha256 in described["files"].items()}
        sha256 = described["sha256"]
        return self._read.get(sha256, lambda: _load(contents, sha256))


def entry(folder: Path) -> dict[str, Any]:
    """What a manifest says of a geography: ``sha256``, ``files`` (sha256 by name), ``attributions``."""
    contents = _contents(folder)
    files = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    built = json.loads(contents[MANIFEST]) if MANIFEST in contents else {}
    return {
        "sha256": hashlib.sha256(canonical(files)).hexdigest(),
        "files": files,
        "attributions": [package["attribution"] for package in built.get("packages", ())],
    }


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if _is_data(path)}


def _is_data(path: Path) -> bool:
    return path.is_file() and path.suffix not in {".py", ".pyc"} and not path.name.startswith(".")


def _load(contents: Mapping[str, bytes], sha256: str) -> Geography:
    with scratch.folder() as folder:
        for file, content in contents.items():
            (folder / file).write_bytes(content)
        try:
            return geography.load(folder)
        except (OSError, ValueError, KeyError) as error:
            raise DamagedRelease(f"Géographie illisible ({sha256[:12]})\u202f: {error}") from error
