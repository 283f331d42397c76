"""Optimistic locking: a row is changed from the version that was read, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, update


class Conflict(Exception):  # noqa: N818  (says what happened)
    """Another changed the entry in between: ``now`` is what it is."""

    def __init__(self, now: Any) -> None:
        super().__init__(now.id)
        self.now = now


class Invalid(ValueError):  # noqa: N818  (says what it is)
    """A field has not an allowed value; ``field`` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def write(connection: Connection, table: Table, before: Any, version: int, values: Mapping[str, Any]) -> None:
    """Change the row of an entry that was read at a version.

    Raises `Conflict` where it has another by now, even since the transaction read it.
    """
    if before.version != version:
        raise Conflict(before)
    kept = connection.execute(
        update(table).where(table.c.id == before.id, table.c.version == version).values(dict(values))
    )
    if kept.rowcount != 1:
        raise Conflict(before)
