"""Which of the answers of a telephone counts, and the end of the link between the two."""

from __future__ import annotations

import uuid

from sqlalchemy import Connection, delete, select, update

from layers.written.schema import CONTRIBUTIONS

FINDING, RANK, VALUE, DOTS = "finding", "rank", "value", "dots"
ONCE = (RANK, VALUE, DOTS)
"""Kinds of which the last of a telephone, in a scene, is the one that counts."""


def standing(connection: Connection, meeting: str, scene: str | None = None) -> list[str]:
    """Identifiers of the answers that count: all on paper, and the last of each telephone that is in time.

    An answer that is late counts only where the telephone has no other.
    """
    table = CONTRIBUTIONS.c
    asked = select(table.id, table.scene, table.kind, table.device, table.late).where(
        table.meeting == meeting, table.kind.in_(ONCE)
    )
    if scene is not None:
        asked = asked.where(table.scene == scene)
    last: dict[tuple[str, ...], str] = {}
    for row in connection.execute(asked.order_by(table.late.desc(), table.at, table.id)).mappings():
        own = (row["device"],) if row["device"] else ("", row["id"])
        last[(row["scene"], row["kind"], *own)] = row["id"]
    return list(last.values())


def unlink(connection: Connection, meeting: str, at: str) -> None:
    """Drop the answers that others of the same telephone took the place of, then forget what tells telephones apart.

    The name that a telephone gave to what it sent goes too, and the moment at which it came: either would tell it.
    """
    table = CONTRIBUTIONS.c
    kept = standing(connection, meeting)
    connection.execute(
        delete(CONTRIBUTIONS).where(table.meeting == meeting, table.kind.in_(ONCE), table.id.not_in(kept))
    )
    for ident in connection.execute(select(table.id).where(table.meeting == meeting)).scalars().all():
        connection.execute(
            update(CONTRIBUTIONS).where(table.id == ident).values(id=uuid.uuid4().hex, device=None, at=at)
        )
