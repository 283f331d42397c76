"""A stock of Sirene of any size, with its official columns, drawn from a seed: invented rows, for measures and tests.

``python -m benchmarks.sirene_stock --establishments 500000 --out FOLDER [--form parquet|zip]``
"""

from __future__ import annotations

import argparse
import zipfile
from pathlib import Path
from typing import Final

import duckdb

from geodata.perimeter import members

SHARE_INSIDE: Final = 0.02
"""About that of the metropole among the establishments of France."""
UNITS_PER_ESTABLISHMENT: Final = 0.8
CHUNK: Final = 1 << 20
MOST_SIRENS: Final = 99_999_999

UNITS: Final = [
    "siren",
    "statutDiffusionUniteLegale",
    "unitePurgeeUniteLegale",
    "dateCreationUniteLegale",
    "sigleUniteLegale",
    "sexeUniteLegale",
    "prenom1UniteLegale",
    "prenom2UniteLegale",
    "prenom3UniteLegale",
    "prenom4UniteLegale",
    "prenomUsuelUniteLegale",
    "pseudonymeUniteLegale",
    "identifiantAssociationUniteLegale",
    "trancheEffectifsUniteLegale",
    "anneeEffectifsUniteLegale",
    "dateDernierTraitementUniteLegale",
    "nombrePeriodesUniteLegale",
    "categorieEntreprise",
    "anneeCategorieEntreprise",
    "dateDebut",
    "etatAdministratifUniteLegale",
    "nomUniteLegale",
    "nomUsageUniteLegale",
    "denominationUniteLegale",
    "denominationUsuelle1UniteLegale",
    "denominationUsuelle2UniteLegale",
    "denominationUsuelle3UniteLegale",
    "categorieJuridiqueUniteLegale",
    "activitePrincipaleUniteLegale",
    "nomenclatureActivitePrincipaleUniteLegale",
    "nicSiegeUniteLegale",
    "economieSocialeSolidaireUniteLegale",
    "societeMissionUniteLegale",
    "caractereEmployeurUniteLegale",
    "activitePrincipaleNAF25UniteLegale",
]
ESTABLISHMENTS: Final = [
    "siren",
    "nic",
    "siret",
    "statutDiffusionEtablissement",
    "dateCreationEtablissement",
    "trancheEffectifsEtablissement",
    "anneeEffectifsEtablissement",
    "activitePrincipaleRegistreMetiersEtablissement",
    "dateDernierTraitementEtablissement",
    "etablissementSiege",
    "nombrePeriodesEtablissement",
    "complementAdresseEtablissement",
    "numeroVoieEtablissement",
    "indiceRepetitionEtablissement",
    "dernierNumeroVoieEtablissement",
    "indiceRepetitionDernierNumeroVoieEtablissement",
    "typeVoieEtablissement",
    "libelleVoieEtablissement",
    "codePostalEtablissement",
    "libelleCommuneEtablissement",
    "libelleCommuneEtrangerEtablissement",
    "distributionSpecialeEtablissement",
    "codeCommuneEtablissement",
    "codeCedexEtablissement",
    "libelleCedexEtablissement",
    "codePaysEtrangerEtablissement",
    "libellePaysEtrangerEtablissement",
    "identifiantAdresseEtablissement",
    "coordonneeLambertAbscisseEtablissement",
    "coordonneeLambertOrdonneeEtablissement",
    "complementAdresse2Etablissement",
    "numeroVoie2Etablissement",
    "indiceRepetition2Etablissement",
    "typeVoie2Etablissement",
    "libelleVoie2Etablissement",
    "codePostal2Etablissement",
    "libelleCommune2Etablissement",
    "libelleCommuneEtranger2Etablissement",
    "distributionSpeciale2Etablissement",
    "codeCommune2Etablissement",
    "codeCedex2Etablissement",
    "libelleCedex2Etablissement",
    "codePaysEtranger2Etablissement",
    "libellePaysEtranger2Etablissement",
    "dateDebut",
    "etatAdministratifEtablissement",
    "enseigne1Etablissement",
    "enseigne2Etablissement",
    "enseigne3Etablissement",
    "denominationUsuelleEtablissement",
    "activitePrincipaleEtablissement",
    "nomenclatureActivitePrincipaleEtablissement",
    "caractereEmployeurEtablissement",
    "activitePrincipaleNAF25Etablissement",
]
CATEGORIES: Final = ("9220", "1000", "5710", "5499", "9220", "6540", "5458", "8210", "9300", "7210", "9210", "5599")
ACTIVITIES: Final = ("88.99B", "94.99Z", "85.59A", "68.20B", "47.11F", "90.01Z", "93.12Z", "84.11Z", "94.91Z", "62.01Z")
SIZES: Final = ("NN", "NN", "NN", "00", "01", "02", "03", "11", "12", "21", "32", "")


def _picked(values: tuple[str, ...], salt: str) -> str:
    quoted = ", ".join(f"'{value}'" for value in values)
    return f"[{quoted}][1 + (hash(i, '{salt}') % {len(values)})::INT]"


def _macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Luhn keys by arithmetic on the number: the digit at 10^k is (n // 10^k) % 10."""
    odd = " + ".join(f"luhn_twice((n // {10**k}) % 10)" for k in range(0, 13, 2))
    even = " + ".join(f"(n // {10**k}) % 10" for k in range(1, 13, 2))
    connection.execute("CREATE MACRO luhn_twice(d) AS 2 * d - CASE WHEN d > 4 THEN 9 ELSE 0 END")
    connection.execute(f"CREATE MACRO luhn_key(n) AS (10 - ({odd} + {even}) % 10) % 10")


def _siren(number: str) -> str:
    base = f"(30000000 + ({number}))"
    return f"({base} * 10 + luhn_key({base}))"


def units(count: int) -> str:
    """SQL of *count* legal units."""
    given = {
        "siren": f"{_siren('i')}::VARCHAR",
        "statutDiffusionUniteLegale": "CASE WHEN i % 53 = 0 THEN 'P' ELSE 'O' END",
        "dateCreationUniteLegale": "(DATE '1970-01-01' + (hash(i, 'c') % 20000)::INT)::VARCHAR",
        "trancheEffectifsUniteLegale": _picked(SIZES, "s"),
        "dateDernierTraitementUniteLegale": "'2026-03-02T08:00:00'",
        "dateDebut": "'2008-01-01'",
        "etatAdministratifUniteLegale": "CASE WHEN i % 4 = 3 THEN 'C' ELSE 'A' END",
        "denominationUniteLegale": "CASE WHEN i % 53 = 0 THEN '[ND]' ELSE 'ESSAI FICTIF ' || i END",
        "categorieJuridiqueUniteLegale": _picked(CATEGORIES, "j"),
        "activitePrincipaleUniteLegale": _picked(ACTIVITIES, "a"),
        "nomenclatureActivitePrincipaleUniteLegale": "'NAFRev2'",
        "nicSiegeUniteLegale": "'00001'",
        "economieSocialeSolidaireUniteLegale": "CASE hash(i, 'e') % 10 WHEN 0 THEN 'O' WHEN 1 THEN 'N' END",
        "activitePrincipaleNAF25UniteLegale": _picked(ACTIVITIES, "a"),
    }
    return _select(UNITS, given, count)


def establishments(count: int, legal_units: int) -> str:
    """SQL of *count* establishments of *legal_units* legal units, `SHARE_INSIDE` of them in the metropole."""
    inside = _picked(tuple(sorted(members())), "m")
    commune = (
        f"CASE WHEN hash(i, 'w') % 1000 < {int(SHARE_INSIDE * 1000)} THEN {inside} "
        "ELSE lpad((1001 + hash(i, 'o') % 57000)::VARCHAR, 5, '0') END"
    )
    number = f"(({_siren(f'i % {legal_units}')}) * 10000 + i // {legal_units})"
    given = {
        "siren": f"({_siren(f'i % {legal_units}')})::VARCHAR",
        "nic": f"lpad((({number}) % 10000)::VARCHAR, 4, '0') || luhn_key({number})",
        "siret": f"({number} * 10 + luhn_key({number}))::VARCHAR",
        "statutDiffusionEtablissement": f"CASE WHEN (i % {legal_units}) % 53 = 0 THEN 'P' ELSE 'O' END",
        "dateCreationEtablissement": "(DATE '1970-01-01' + (hash(i, 'c') % 20000)::INT)::VARCHAR",
        "trancheEffectifsEtablissement": _picked(SIZES, "s"),
        "anneeEffectifsEtablissement": "'2023'",
        "dateDernierTraitementEtablissement": "'2026-03-02T08:00:00'",
        "etablissementSiege": f"(i < {legal_units})::VARCHAR",
        "numeroVoieEtablissement": "(1 + hash(i, 'n') % 200)::VARCHAR",
        "typeVoieEtablissement": "'RUE'",
        "libelleVoieEtablissement": "'DE L''ESSAI, ' || hash(i, 'v') % 1000000",
        "identifiantAdresseEtablissement": "'59350_' || hash(i, 'r') % 100000000 || '_B'",
        "coordonneeLambertAbscisseEtablissement": "(690000 + hash(i, 'x') % 3000000 / 100.0)::VARCHAR",
        "coordonneeLambertOrdonneeEtablissement": "(7050000 + hash(i, 'y') % 3000000 / 100.0)::VARCHAR",
        "codePostalEtablissement": "'59000'",
        "libelleCommuneEtablissement": "'ESSAI'",
        "codeCommuneEtablissement": commune,
        "dateDebut": "(DATE '2010-01-01' + (hash(i, 'd') % 5000)::INT)::VARCHAR",
        "etatAdministratifEtablissement": "CASE WHEN hash(i, 'f') % 5 < 2 THEN 'F' ELSE 'A' END",
        "activitePrincipaleEtablissement": _picked(ACTIVITIES, "a"),
        "nomenclatureActivitePrincipaleEtablissement": "'NAFRev2'",
        "caractereEmployeurEtablissement": "'N'",
        "activitePrincipaleNAF25Etablissement": _picked(ACTIVITIES, "a"),
    }
    return _select(ESTABLISHMENTS, given, count)


def _select(columns: list[str], given: dict[str, str], count: int) -> str:
    drawn = ", ".join(f"{given.get(name, 'NULL::VARCHAR')} AS {name}" for name in columns)
    return f"SELECT {drawn} FROM range({count}) numbers(i)"  # noqa: S608


def write(folder: Path, count: int, form: str = "parquet") -> list[Path]:
    """Write both stock files of *count* establishments; ``form`` is ``parquet``, ``csv`` or ``zip``."""
    legal_units = max(1, int(count * UNITS_PER_ESTABLISHMENT))
    if legal_units > MOST_SIRENS:
        raise ValueError(f"at most {MOST_SIRENS} legal units")
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(":memory:", config={"threads": 2, "preserve_insertion_order": False}) as connection:
        connection.execute("SET enable_progress_bar = false")
        _macros(connection)
        return [
            _written(connection, sql, folder / f"{name}_utf8", form)
            for name, sql in (
                ("StockUniteLegale", units(legal_units)),
                ("StockEtablissement", establishments(count, legal_units)),
            )
        ]


def _written(connection: duckdb.DuckDBPyConnection, sql: str, stem: Path, form: str) -> Path:
    if form == "parquet":
        path = stem.with_suffix(".parquet")
        connection.execute(f"COPY ({sql}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
        return path
    path = stem.with_suffix(".csv")
    connection.execute(f"COPY ({sql}) TO '{path}' (FORMAT csv, HEADER)")
    if form == "csv":
        return path
    archive = stem.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
        zipped.write(path, path.name)
    path.unlink()
    return archive


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--establishments", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--form", choices=("parquet", "csv", "zip"), default="parquet")
    given = parser.parse_args()
    for path in write(given.out, given.establishments, given.form):
        print(path, f"{path.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
