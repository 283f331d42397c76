"""DuckDB, held to two threads and a bounded memory, without network nor downloaded extension."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from layers.sirene.opening import AGAIN, StockFile
from layers.unreadable import UnreadableFile

MEMORY: Final = "600MB"
THREADS: Final = 2
MOST_BROKEN: Final = 10_000
WHY: Final = {
    "MISSING COLUMNS": "ligne coupée : il lui manque des champs",
    "TOO MANY COLUMNS": "champs en trop : un séparateur figure sans doute dans un texte",
    "UNQUOTED VALUE": "guillemet mal fermé",
    "INVALID ENCODING": "caractères qui ne sont pas de l’UTF-8",
    "INVALID UNICODE": "caractères qui ne sont pas de l’UTF-8",
    "LINE SIZE OVER MAXIMUM": "ligne d’une longueur démesurée",
}
_SHORT: Final = 160
_STATE: Final = "etatAdministratif"
"""``A``, ``F`` or ``C``, which others publish in full (« Actif », « Fermé », « Cessée »): the first letter."""


@contextmanager
def engine(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that spills into *folder*."""
    settings: dict[str, Any] = {
        "memory_limit": MEMORY,
        "threads": THREADS,
        "temp_directory": str(folder),
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    connection = duckdb.connect(":memory:", config=settings)
    connection.execute("SET enable_progress_bar = false")
    try:
        yield connection
    finally:
        connection.close()


def scan(stock: StockFile, path: Path, rejects: str = "reject_errors") -> str:
    """SQL of the rows of a stock file, every column as text; lines that are no record go to the table *rejects*."""
    quoted = str(path).replace("'", "''")
    if stock.form == "parquet":
        return f"read_parquet('{quoted}')"
    return (
        f"read_csv('{quoted}', header=true, all_varchar=true, delim='{stock.delimiter}', quote='\"', escape='\"', "
        f"auto_detect=false, strict_mode=true, store_rejects=true, rejects_limit=0, rejects_table='{rejects}', "
        f"rejects_scan='{rejects}_scans', max_line_size=1000000, "
        f"columns={{{', '.join(_column(name) for name in stock.header)}}})"
    )


def _column(name: str) -> str:
    text = name.replace("'", "''")
    return f"'{text}': 'VARCHAR'"


def text(stock: StockFile, name: str) -> str:
    """SQL of a column as text without outer spaces, null where it is empty or the file has no such column."""
    if name not in stock.header:
        return "NULL::VARCHAR"
    cell = f"nullif(trim(\"{name}\"::VARCHAR), '')"
    return f"upper(left({cell}, 1))" if name.startswith(_STATE) else cell


def execute(connection: duckdb.DuckDBPyConnection, sql: str, stock: StockFile, *parameters: object) -> Any:
    """Run a statement on a stock file; what DuckDB cannot read is an :class:`UnreadableFile`."""
    try:
        return connection.execute(sql, list(parameters))
    except duckdb.OutOfMemoryException as error:
        raise UnreadableFile(
            stock.path,
            "mémoire ou disque insuffisant pour lire ce fichier",
            "Libérer de la place dans le dossier temporaire, ou changer TMPDIR.",
        ) from error
    except duckdb.Error as error:
        said = " ".join(str(error).split())[:_SHORT]
        raise UnreadableFile(stock.path, f"fichier illisible ou endommagé ({said})", AGAIN) from error


def one(connection: duckdb.DuckDBPyConnection, sql: str, stock: StockFile) -> int:
    """The number that a statement gives; 0 for none."""
    found = execute(connection, sql, stock).fetchall()
    return int(found[0][0] or 0) if found else 0


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that could not be cut into the columns of its file; *line* counts records, the header being 1."""

    line: int
    column: str
    text: str
    reason: str


def broken(connection: duckdb.DuckDBPyConnection, stock: StockFile, rejects: str) -> list[Broken]:
    """Lines put aside by a scan, in order, once each."""
    if stock.form == "parquet" or not _exists(connection, stock, rejects):
        return []
    rows = execute(
        connection,
        f"SELECT line, any_value(column_name), any_value(csv_line), any_value(error_type::VARCHAR) FROM {rejects} "  # noqa: S608
        "GROUP BY line ORDER BY line",
        stock,
    ).fetchall()
    if len(rows) > MOST_BROKEN:
        raise UnreadableFile(
            stock.path, f"plus de {MOST_BROKEN} lignes n’ont pas les colonnes de l’en-tête", AGAIN, int(rows[0][0])
        )
    return [
        Broken(int(line), column or stock.header[-1], (raw or "")[:80], WHY.get(why, "ligne illisible"))
        for line, column, raw, why in rows
    ]


def _exists(connection: duckdb.DuckDBPyConnection, stock: StockFile, rejects: str) -> bool:
    """Whether a scan made its table of rejects: one that only counts makes none where every line is sound."""
    return bool(one(connection, f"SELECT count(*) FROM duckdb_tables() WHERE table_name = '{rejects}'", stock))  # noqa: S608
