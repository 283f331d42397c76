"""All that is written as one file, and back: lines of JSON that any of the databases can read again."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Table, delete, insert, select

from layers.written.database import Database
from layers.written.schema import TABLES

FORM: Final = "ess-written-1"


class DamagedSave(ValueError):  # noqa: N818  (says what it is)
    """A file that is not a save, or of which a part is missing or was changed."""


def save(database: Database, path: Path) -> dict[str, int]:
    """Write every row of every table; the last line is the digest of the others. Rows by table.

    The file is whole or not there.
    """
    counts: dict[str, int] = {}
    lines = [json.dumps({"form": FORM})]
    if not database.is_new:
        with database.read() as connection:
            for table in TABLES:
                rows = connection.execute(select(table).order_by(*table.primary_key.columns)).mappings().all()
                counts[table.name] = len(rows)
                lines += [json.dumps({"table": table.name, "row": dict(row)}, ensure_ascii=False) for row in rows]
    body = "\n".join(lines) + "\n"
    part = path.with_name(f".{path.name}.part")
    part.write_text(body + json.dumps({"sha256": hashlib.sha256(body.encode()).hexdigest()}) + "\n", encoding="utf-8")
    part.replace(path)
    return counts


def give_back(database: Database, path: Path) -> dict[str, int]:
    """Put a save in the place of all that is written, in one transaction. Rows by table.

    Raises
    ------
    DamagedSave
        Nothing was changed.
    """
    rows = _rows(path)
    known = {table.name: table for table in TABLES}
    with database.write() as connection:
        for table in reversed(TABLES):
            connection.execute(delete(table))
        for name, some in rows.items():
            if some:
                connection.execute(insert(known[name]), [_new(known[name], row) for row in some])
    return {name: len(some) for name, some in rows.items()}


def check(path: Path) -> None:
    """Read a save, and leave it. Raises `DamagedSave`."""
    _rows(path)


def _new(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """A row without the number that the database gives: it is given again, in the same order."""
    numbered = table.autoincrement_column
    return row if numbered is None else {key: value for key, value in row.items() if key != numbered.name}


def _rows(path: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {table.name: [] for table in TABLES}
    try:
        text = path.read_text(encoding="utf-8")
        body, _, last = text.rstrip("\n").rpartition("\n")
        body += "\n"
        if json.loads(last)["sha256"] != hashlib.sha256(body.encode()).hexdigest():
            raise DamagedSave(path.name)
        first, *lines = body.rstrip("\n").split("\n")
        if json.loads(first)["form"] != FORM:
            raise DamagedSave(path.name)
        for line in lines:
            one = json.loads(line)
            found[one["table"]].append(one["row"])
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise DamagedSave(path.name) from error
    return found
