"""Openings and closures of ESS establishments by year and commune, from dates of the stock and from its history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from layers.sirene.engine import broken, execute, one, scan, text
from layers.sirene.opening import StockFile

if TYPE_CHECKING:
    import duckdb

OPENINGS, CLOSURES = "openings", "closures"
UNKNOWN: Final = "1900"
ACTIVE: Final = "A"
YEAR_DIGITS: Final = 4
Event = tuple[str, str, int]
"""Variable, commune, year."""

Periods = Mapping[str, list[tuple[str, str]]]
"""By SIRET, its changes of state in order: date and new state."""


def periods(
    connection: duckdb.DuckDBPyConnection, stock: StockFile, path: Path, sirets: list[str]
) -> tuple[dict[str, list[tuple[str, str]]], int, int]:
    """Changes of state of these establishments in the history file, the rows of the file and those of them."""
    connection.register("given", pd.DataFrame({"siret": sirets}, dtype="object"))
    execute(connection, "CREATE OR REPLACE TABLE wanted AS SELECT siret::VARCHAR AS siret FROM given", stock)
    connection.unregister("given")
    date, state = text(stock, "dateDebut"), text(stock, "etatAdministratifEtablissement")
    rows = execute(
        connection,
        f"SELECT * FROM (SELECT {text(stock, 'siret')} AS siret, {date} AS since, {state} AS state "  # noqa: S608
        f"FROM {scan(stock, path, 'broken_history')}) WHERE siret IN (SELECT siret FROM wanted) "
        "AND state IN ('A', 'F') ORDER BY siret, since NULLS FIRST",
        stock,
    ).fetchall()
    found: dict[str, list[tuple[str, str]]] = {}
    for siret, since, now in rows:
        changes = found.setdefault(siret, [])
        if not changes or changes[-1][1] != now:
            changes.append((since or UNKNOWN, now))
    count = one(connection, f"SELECT count(*) FROM {scan(stock, path, 'broken_history_count')}", stock)  # noqa: S608
    return found, count + len(broken(connection, stock, "broken_history_count")), len(rows)


def events(candidates: pd.DataFrame, history: Periods) -> Iterable[Event]:
    """Openings and closures of the establishments judged to be of the ESS.

    An establishment opens on its date of creation, and again when its history says that it reopened; it closes on each
    change to closed. Without history, the stock's own ``dateDebut`` of a closed establishment is its closure.
    """
    told = candidates[["siret", "commune", "created", "state", "since"]]
    for siret, commune, created, state, since in told.itertuples(index=False):
        if year := _year(created):
            yield OPENINGS, commune, year
        changes = history.get(siret)
        if changes is None:
            changes = [(since, state)] if state != ACTIVE and not pd.isna(state) else []
        for place, (when, now) in enumerate(changes):
            if not (year := _year(when)):
                continue
            if now != ACTIVE:
                yield CLOSURES, commune, year
            elif place:
                yield OPENINGS, commune, year


def observations(
    found: Iterable[Event], communes: Iterable[str], years: range, origin: Mapping[str, object]
) -> list[dict[str, object]]:
    """One row a variable, commune and year: a commune without an event has a true zero."""
    counted = Counter(found)
    return [
        {
            "commune": commune,
            "variable": variable,
            "year": year,
            "value": float(counted[variable, commune, year]),
            "state": "value" if counted[variable, commune, year] else "zero",
            **origin,
        }
        for variable in (OPENINGS, CLOSURES)
        for commune in sorted(communes)
        for year in years
    ]


def _year(date: str | None) -> int | None:
    if date is None or pd.isna(date) or not date[:YEAR_DIGITS].isdigit() or date.startswith(UNKNOWN):
        return None
    return int(date[:YEAR_DIGITS])
