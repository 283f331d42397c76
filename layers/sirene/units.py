"""Legal units of the establishments kept, drawn out of their stock."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layers.sirene.engine import Broken, broken, execute, one, scan, text
from layers.sirene.opening import StockFile

if TYPE_CHECKING:
    import duckdb

COLUMNS: Final = {
    "siren": "siren",
    "unit_state": "etatAdministratifUniteLegale",
    "legal_category": "categorieJuridiqueUniteLegale",
    "flag": "economieSocialeSolidaireUniteLegale",
    "denomination": "denominationUniteLegale",
    "unit_usual_name": "denominationUsuelle1UniteLegale",
    "acronym": "sigleUniteLegale",
    "rna": "identifiantAssociationUniteLegale",
    "unit_diffusion": "statutDiffusionUniteLegale",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows of the file: all of them, those that are no record, those of establishments kept, repeated ones."""

    rows: int
    broken: list[Broken]
    kept: int
    repeated: int

    @property
    def outside(self) -> int:
        """Legal units without an establishment in the metropole."""
        return self.rows - len(self.broken) - self.kept - self.repeated


def keep(connection: duckdb.DuckDBPyConnection, stock: StockFile, path: Path) -> Counted:
    """Make the table ``units``: one row a legal unit of ``kept``, the first where the file repeats it."""
    rejects = "broken_units"
    columns = ", ".join(f"{text(stock, name)} AS {key}" for key, name in COLUMNS.items())
    rows = one(connection, f"SELECT count(*) FROM {scan(stock, path, 'broken_count')}", stock)  # noqa: S608
    execute(
        connection,
        f"CREATE TABLE found_units AS SELECT * FROM (SELECT {columns} FROM {scan(stock, path, rejects)}) "  # noqa: S608
        "WHERE siren IN (SELECT siren FROM kept)",
        stock,
    )
    execute(
        connection,
        "CREATE TABLE units AS SELECT * FROM found_units "  # noqa: S608
        f"QUALIFY row_number() OVER (PARTITION BY siren {_order()}) = 1",
        stock,
    )
    found = one(connection, "SELECT count(*) FROM found_units", stock)
    kept = one(connection, "SELECT count(*) FROM units", stock)
    counted = rows + len(broken(connection, stock, "broken_count"))
    return Counted(counted, broken(connection, stock, rejects), kept, found - kept)


def _order() -> str:
    """An order that does not depend on that of the threads: an active unit before a ceased one."""
    return "ORDER BY " + ", ".join(f"{key} NULLS LAST" for key in COLUMNS if key != "siren")
