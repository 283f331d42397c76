"""The manifest beside a fetched file: where it comes from, when it was retrieved, and whether it is whole."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from layers import durable
from layers.typography import sentence

SUFFIX: Final = ".manifest.json"


@dataclass(frozen=True, slots=True)
class Record:
    """What is said of one fetched file.

    Attributes
    ----------
    source, title, publisher, licence : of the data, as the official service or portal gives them.
    address, query : what was asked, and with which parameters.
    retrieved : date and time (UTC) at which the retrieval began.
    sha256, bytes, rows : of the file; *rows* None where it has none.
    incomplete : in French, what is missing or cannot be shown not to be; empty for a whole file.
    reserves : in French, what the service itself does not allow to be sure of.
    details : what the source adds (published date and digest, counts, differences).
    """

    file: str
    source: str
    title: str
    publisher: str
    licence: str
    address: str
    query: dict[str, str]
    retrieved: str
    sha256: str
    bytes: int
    rows: int | None
    incomplete: list[str] = field(default_factory=list)
    reserves: list[str] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)


def path_of(file: Path) -> Path:
    """Path of the manifest of *file*."""
    return file.with_name(file.name + SUFFIX)


def write(folder: Path, record: Record) -> None:
    """Put the manifest beside its file."""
    text = json.dumps(asdict(record), ensure_ascii=False, indent=1) + "\n"
    durable.write(path_of(folder / record.file), text.encode())


def read(file: Path, sha256: str) -> dict[str, Any] | None:
    """The manifest beside *file* where it speaks of these very bytes; None otherwise."""
    try:
        found = json.loads(path_of(file).read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and found.get("sha256") == sha256 else None


def retrieved_on(found: dict[str, Any] | None) -> str | None:
    """Day (ISO) at which the bytes were retrieved; None where nothing readable says it."""
    try:
        return datetime.fromisoformat(str(found["retrieved"])).date().isoformat() if found else None
    except (KeyError, ValueError):
        return None


def caveats(found: dict[str, Any] | None) -> list[str]:
    """What the manifest says is missing from the file, or may be."""
    said = [text for key in ("incomplete", "reserves") for text in _texts((found or {}).get(key))]
    return [sentence(text) for text in said]


def _texts(said: object) -> list[str]:
    return [str(text) for text in said] if isinstance(said, list) else []


def digest(content: bytes) -> str:
    """The sha256 of a content."""
    return hashlib.sha256(content).hexdigest()


def month(day: date | datetime) -> str:
    """``2026-11``: how files are named, and what import reads their vintage from."""
    return f"{day.year:04d}-{day.month:02d}"


def manifest(file: Path) -> dict[str, Any]:
    """The manifest beside *file*, written just before."""
    found: dict[str, Any] = json.loads(path_of(file).read_bytes())
    return found
