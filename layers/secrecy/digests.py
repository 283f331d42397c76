"""Digests of files under secrecy: the plain one for who holds the file, one with a key for everybody else.

The sha256 of a small file is its content for who can write down all that it may hold: a table of posts with one cell
hidden is found in as many tries as the cell has values. With a key that nobody has, nothing can be tried.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from layers import durable
from layers.indicators.held import INDICATORS
from layers.manifest import SALT

if TYPE_CHECKING:
    import pandas as pd

    from layers.manifest import Manifest
    from layers.release import Release

FILE: Final = "digests.key"
KEYED: Final = "keyed"
"""Key of a source of a public manifest: whether its ``sha256`` is one with a key."""
_BYTES: Final = 32


class Digests:
    """Digests with the key of a data folder, made when it is first needed; of this process where it cannot be kept."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._key: bytes | None = None

    def __call__(self, plain: str) -> str:
        """HMAC-SHA-256 of a digest, or of any text: 64 hexadecimal digits."""
        self._key = self._key or self._kept() or secrets.token_bytes(_BYTES)
        return hmac.digest(self._key, plain.encode(), hashlib.sha256).hex()

    def _kept(self) -> bytes | None:
        """The key of the folder. The first who writes it has written it for all: it is linked whole, never over one."""
        aside = self._path.with_name(f".{FILE}.{os.getpid()}{durable.ASIDE}")
        try:
            if not self._path.exists():
                aside.unlink(missing_ok=True)
                with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                    file.write(secrets.token_bytes(_BYTES))
                    file.flush()
                    os.fsync(file.fileno())
                try:
                    os.link(aside, self._path)
                except FileExistsError:
                    pass
                finally:
                    aside.unlink()
                durable.flush_folder(self._path.parent)
            return self._path.read_bytes() or None
        except OSError:
            return None

    def of_manifest(self, manifest: Mapping[str, Any], jobs: pd.DataFrame) -> Manifest:
        """A manifest as everybody may read it, *jobs* being that of its release: neither plain digests of files under
        secrecy, wherever they stand, nor those of tables, which are of all that they hold.
        """
        hidden = _files(manifest, jobs)
        told = {key: said for key, said in manifest.items() if key not in (SALT, "tables")}
        tables = {
            name: {key: said for key, said in table.items() if key not in ("sha256", "digest")}
            for name, table in manifest.get("tables", {}).items()
        }
        sources = [{**one, KEYED: one["sha256"] in hidden} for one in manifest["sources"]]
        public: Manifest = _written({**told, "sources": sources}, {plain: self(plain) for plain in hidden})
        return {**public, "tables": tables} if "tables" in manifest else public

    def of_release(self, release: Release) -> Release:
        """A release as it is served: see `of_manifest`."""
        hidden = {plain: self(plain) for plain in _files(release.manifest, release.jobs)}
        tables: dict[str, Any] = {
            name: frame.assign(file_sha256=frame["file_sha256"].replace(hidden))
            for name, frame in release.tables().items()
            if hidden and frame["file_sha256"].isin(list(hidden)).any()
        }
        return replace(release, manifest=self.of_manifest(release.manifest, release.jobs), **tables)


def is_secret(sources: list[dict[str, Any]], jobs: pd.DataFrame) -> bool:
    """Whether a release holds anything under secrecy."""
    return bool(_files({"sources": sources}, jobs))


def _files(manifest: Mapping[str, Any], jobs: pd.DataFrame) -> set[str]:
    """Sha256 of the files under secrecy: those of posts, with all of their kinds, and of what hides small numbers."""
    kinds = set(jobs["source"].unique())
    found = set(jobs["file_sha256"].unique())
    for source in manifest["sources"]:
        if source["kind"] in kinds or any(one.get("fewest") for one in source.get(INDICATORS, ())):
            found.add(source["sha256"])
    return found


def _written(said: Any, digests: Mapping[str, str]) -> Any:
    """JSON with some texts written otherwise."""
    if not digests:
        return said
    if isinstance(said, Mapping):
        return {key: _written(one, digests) for key, one in said.items()}
    if isinstance(said, list | tuple):
        return [_written(one, digests) for one in said]
    return digests.get(said, said) if isinstance(said, str) else said
