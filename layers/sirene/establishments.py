"""Establishments of the metropole, drawn out of the stock: everything that does not depend on the legal unit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layers.sirene import places
from layers.sirene.engine import Broken, broken, execute, one, scan, text
from layers.sirene.opening import StockFile

if TYPE_CHECKING:
    import duckdb

    from geodata.attach import Attacher
    from layers.sirene.places import Places

COLUMNS: Final = {
    "siret": "siret",
    "siren": "siren",
    "code": "codeCommuneEtablissement",
    "state": "etatAdministratifEtablissement",
    "ape": "activitePrincipaleEtablissement",
    "size_class": "trancheEffectifsEtablissement",
    "diffusion": "statutDiffusionEtablissement",
    "created": "dateCreationEtablissement",
    "since": "dateDebut",
    "treated": "dateDernierTraitementEtablissement",
    "sign": "enseigne1Etablissement",
    "usual_name": "denominationUsuelleEtablissement",
    "easting": "coordonneeLambertAbscisseEtablissement",
    "northing": "coordonneeLambertOrdonneeEtablissement",
}
APE_2025: Final = ("activitePrincipaleNAF25Etablissement", "activitePrincipaleNAF25UniteLegale")


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows of the file: all of them, those that are no record, those kept; and what the commune codes stand for."""

    rows: int
    broken: list[Broken]
    kept: int
    places: Places

    @property
    def outside(self) -> int:
        """Rows of other communes."""
        return self.rows - self.kept - len(self.broken)


def keep(connection: duckdb.DuckDBPyConnection, stock: StockFile, path: Path, attacher: Attacher) -> Counted:
    """Make the table ``kept`` of the rows of the metropole, closed ones included, and count the others.

    Columns: those of `COLUMNS`, ``ape_2025`` and ``commune`` (one of the 95; null where the code is unknown).
    """
    first, second = "broken_codes", "broken_kept"
    found = places.sort(_codes(connection, stock, scan(stock, path, first)), attacher)
    _put_codes(connection, stock, found)
    columns = ", ".join(f"{text(stock, name)} AS {key}" for key, name in COLUMNS.items())
    ape_2025 = f"coalesce({', '.join(text(stock, name) for name in APE_2025)})"
    execute(
        connection,
        "CREATE TABLE kept AS SELECT drawn.*, codes.commune FROM "  # noqa: S608
        f"(SELECT {columns}, {ape_2025} AS ape_2025 FROM {scan(stock, path, second)}) drawn "
        "JOIN codes ON drawn.code = codes.code",
        stock,
    )
    rows = one(connection, "SELECT sum(n) FROM commune_counts", stock) + len(broken(connection, stock, first))
    return Counted(rows, broken(connection, stock, second), one(connection, "SELECT count(*) FROM kept", stock), found)


def _codes(connection: duckdb.DuckDBPyConnection, stock: StockFile, rows: str) -> list[str]:
    """Distinct codes of the department; the rows of every code are counted in ``commune_counts``."""
    code = text(stock, COLUMNS["code"])
    execute(
        connection,
        f"CREATE TABLE commune_counts AS SELECT {code} AS code, count(*) AS n FROM {rows} GROUP BY ALL",  # noqa: S608
        stock,
    )
    found = execute(
        connection,
        f"SELECT code FROM commune_counts WHERE code LIKE '{places.DEPARTMENT}%' ORDER BY code",  # noqa: S608
        stock,
    ).fetchall()
    return [str(code) for (code,) in found]


def _put_codes(connection: duckdb.DuckDBPyConnection, stock: StockFile, found: Places) -> None:
    execute(connection, "CREATE TABLE codes (code VARCHAR, commune VARCHAR)", stock)
    pairs: list[tuple[str, str | None]] = [*found.inside.items(), *((code, None) for code in found.unknown)]
    if pairs:
        connection.executemany("INSERT INTO codes VALUES (?, ?)", pairs)
