"""Answers already received, kept beside the output so that a second run asks only for the others."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from layers import durable
from layers.fetching.failure import writing

VERSION: Final = 1
KEPT: Final = timedelta(hours=24)
"""The service is updated every day: answers of two days are not put together."""


@dataclass(slots=True)
class Pages:
    """Journal of the pages received: one line each, flushed; a line cut by a crash is asked for again."""

    path: Path
    began: datetime
    found: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def opened(cls, path: Path, address: str, now: datetime) -> Pages:
        """Take up the journal at *path* where it is of the same address and day, else begin anew."""
        kept = _read(path)
        began = _began(kept.pop("", {}), address)
        if began is not None and timedelta(0) <= now - began < KEPT:
            return cls(path, began, kept)
        pages = cls(path, now)
        with writing(path.parent):
            header = {"key": "", "version": VERSION, "address": address, "began": now.isoformat()}
            durable.write(path, (json.dumps(header) + "\n").encode())
        return pages

    def get(self, key: str) -> dict[str, Any] | None:
        """The page named *key*, None where it is still to be asked for."""
        return self.found.get(key)

    def keep(self, key: str, page: dict[str, Any]) -> None:
        """Write one page down before anything is done with it."""
        with writing(self.path.parent):
            durable.append_line(self.path, json.dumps({"key": key, **page}, ensure_ascii=False, separators=(",", ":")))
        self.found[key] = page

    def forget(self) -> None:
        """Remove the journal, once what it was for is in place."""
        with writing(self.path.parent):
            self.path.unlink(missing_ok=True)


def _began(header: dict[str, Any], address: str) -> datetime | None:
    """When the journal of *address* was begun; None where it is of something else."""
    try:
        same = header["version"] == VERSION and header["address"] == address
        return datetime.fromisoformat(header["began"]).astimezone(UTC) if same else None
    except (KeyError, TypeError, ValueError):
        return None


def _read(path: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError:
        return found
    for line in lines:
        try:
            page = json.loads(line)
            found.setdefault(page.pop("key"), page)
        except (ValueError, KeyError, AttributeError, TypeError):
            continue
    return found
