"""Small stocks of Sirene, row by row: plainly fictitious legal units and establishments."""

from __future__ import annotations

import csv
import gzip
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.sirene_stock import ESTABLISHMENTS, UNITS
from layers.identifiers import luhn

NAMES = {"units": "StockUniteLegale", "establishments": "StockEtablissement"}


def keyed(digits: str) -> str:
    """*digits* and their Luhn key."""
    return next(digits + key for key in "0123456789" if luhn(digits + key))


def siren(number: int) -> str:
    return keyed(f"{30_000_000 + number:08d}")


def siret(number: int, office: int = 1) -> str:
    return keyed(f"{siren(number)}{office:04d}")


def unit(number: int, **changes: str) -> dict[str, str]:
    return {
        "siren": siren(number),
        "statutDiffusionUniteLegale": "O",
        "etatAdministratifUniteLegale": "A",
        "denominationUniteLegale": f"ESSAI FICTIF {number}",
        "categorieJuridiqueUniteLegale": "9220",
        **changes,
    }


def establishment(number: int, office: int = 1, **changes: str) -> dict[str, str]:
    return {
        "siren": siren(number),
        "siret": siret(number, office),
        "statutDiffusionEtablissement": "O",
        "dateCreationEtablissement": "2012-05-04",
        "dateDebut": "2012-05-04",
        "dateDernierTraitementEtablissement": "2026-03-02T08:00:00",
        "trancheEffectifsEtablissement": "11",
        "codeCommuneEtablissement": "59350",
        "etatAdministratifEtablissement": "A",
        "activitePrincipaleEtablissement": "88.99B",
        "activitePrincipaleNAF25Etablissement": "88.99Y",
        **changes,
    }


def write(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, str]], delimiter: str = ",") -> Path:
    """The rows at *path*, in the form its suffix says: ``.csv``, ``.zip``, ``.gz`` or ``.parquet``."""
    columns = list(columns)
    if path.suffix == ".parquet":
        table = {name: pa.array([row.get(name) or None for row in rows], pa.string()) for name in columns}
        pq.write_table(pa.table(table), path)
        return path
    plain = path.with_suffix(".csv")
    with plain.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=delimiter, restval="")
        writer.writeheader()
        writer.writerows(rows)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(plain, plain.name)
        plain.unlink()
    elif path.suffix == ".gz":
        path.write_bytes(gzip.compress(plain.read_bytes()))
        plain.unlink()
    return path


def stock(
    folder: Path, units: Iterable[Mapping[str, str]], establishments: Iterable[Mapping[str, str]], suffix: str = ".csv"
) -> list[Path]:
    """Both stock files of these rows."""
    return [
        write(folder / f"{NAMES['units']}_utf8{suffix}", UNITS, list(units)),
        write(folder / f"{NAMES['establishments']}_utf8{suffix}", ESTABLISHMENTS, list(establishments)),
    ]
