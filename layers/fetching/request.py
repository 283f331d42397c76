"""What a source is asked with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from layers.fetching.client import Client
from layers.fetching.progress import SILENT, Tell


@dataclass(frozen=True, slots=True)
class Request:
    """One fetch: *source* is its name, *address* the base address of the service, *folder* where files go."""

    source: str
    address: str
    folder: Path
    client: Client
    tell: Tell = SILENT
