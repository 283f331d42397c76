"""On which line of its file a refused row stands: looked for once the refused rows are known, as they are few."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layers.sirene.engine import Broken, execute, scan, text
from layers.sirene.opening import StockFile

if TYPE_CHECKING:
    import duckdb

Place = tuple[str, str]
"""SIRET and commune code, as written."""
HEADER: Final = 1


def of_rows(
    connection: duckdb.DuckDBPyConnection,
    stock: StockFile,
    path: Path,
    wanted: str,
    broken: Sequence[Broken],
) -> list[tuple[int, dict[str, str]]]:
    """Line (header = 1) and values ``siret``, ``siren``, ``code`` of the rows for which the SQL *wanted* holds."""
    connection.execute("SET preserve_insertion_order = true")
    columns = {"siret": "siret", "siren": "siren", "code": "codeCommuneEtablissement"}
    columns["state"] = "etatAdministratifEtablissement"
    drawn = ", ".join(f"{text(stock, name)} AS {key}" for key, name in columns.items())
    rows = execute(
        connection,
        f"SELECT n, siret, siren, code FROM (SELECT row_number() OVER () AS n, {drawn} "  # noqa: S608
        f"FROM {scan(stock, path, 'broken_lines')}) WHERE {wanted} ORDER BY n",
        stock,
    ).fetchall()
    connection.execute("SET preserve_insertion_order = false")
    lines = [line.line for line in broken]
    return [
        (_line(int(n), lines), {"siret": siret or "", "siren": siren or "", "code": code or ""})
        for n, siret, siren, code in rows
    ]


def _line(number: int, broken: Sequence[int]) -> int:
    """Line of the good row *number*, the first being 1, where the lines *broken* (sorted) were put aside."""
    line = number + HEADER
    while (after := number + HEADER + bisect_right(broken, line)) != line:
        line = after
    return line
