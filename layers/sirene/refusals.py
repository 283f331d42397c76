"""Rows of the metropole that are refused: bad SIRET, unknown commune code, no legal unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from layers import identifiers
from layers.account import Reject
from layers.sirene import candidates, lines
from layers.sirene.engine import Broken, execute
from layers.sirene.opening import StockFile
from layers.unreadable import UnreadableFile

if TYPE_CHECKING:
    import duckdb

    from geodata.attachment import Attachment
    from layers.sirene.establishments import Counted

SIRET_DIGITS: Final = 14
MOST: Final = 10_000
MOST_WITHOUT_UNIT: Final = 0.5
CUT: Final = "Reprendre cette ligne dans le fichier d’origine, ou le télécharger à nouveau."
Reason = tuple[str, str, str]
"""Column, reason, remedy."""


@dataclass(frozen=True, slots=True)
class Refusals:
    """Refused rows, in the order of the file, and the SIRET that are on them."""

    rejects: list[Reject]
    sirets: frozenset[str]


def refusals(connection: duckdb.DuckDBPyConnection, stock: StockFile, path: Path, counted: Counted) -> Refusals:
    """Refuse what must be among the rows kept; each with its line."""
    reasons = {siret: _why(siret) for siret in _bad_sirets(connection, stock)}
    for siret in _without_unit(connection, stock, counted.kept):
        reasons.setdefault(
            siret,
            ("siren", "unité légale absente du fichier StockUniteLegale", "Donner les deux fichiers du même mois."),
        )
    rejects = [broken_reject(line) for line in counted.broken]
    codes = counted.places.unknown
    _put(connection, stock, sorted(reasons), sorted(codes))
    if reasons or codes:
        wanted = (
            "code IN (SELECT code FROM refused_codes) OR "
            "(code IN (SELECT code FROM codes) AND coalesce(siret, '') IN (SELECT siret FROM refused))"
        )
        for line, row in lines.of_rows(connection, stock, path, wanted, counted.broken):
            rejects.append(_reject(line, row, reasons, codes))
    if len(rejects) > MOST:
        reason = f"{len(rejects)} lignes de la métropole seraient rejetées, dont la ligne {rejects[0].row}"
        raise UnreadableFile(stock.path, f"{reason} : {rejects[0].reason}", CUT, rejects[0].row, rejects[0].column)
    return Refusals(sorted(rejects, key=lambda reject: reject.row), frozenset(reasons))


def broken_reject(line: Broken) -> Reject:
    """The refusal of a line that could not be cut into columns."""
    return Reject(line.line, line.column, line.text, line.reason, CUT)


def _reject(line: int, row: dict[str, str], reasons: dict[str, Reason], codes: dict[str, Attachment]) -> Reject:
    if row["code"] in codes:
        why = codes[row["code"]]
        return Reject(
            line, "codeCommuneEtablissement", row["code"], why.reason, why.remedy, why.candidates or why.suggestions
        )
    column, reason, remedy = reasons[row["siret"]]
    return Reject(line, column, row[column][:80], reason, remedy)


def _why(siret: str) -> Reason:
    found = identifiers.siret(siret)
    if found.reason:
        return "siret", found.reason, found.remedy
    return "siret", "SIRET absent ou fait de zéros", "Corriger le numéro à la source."


def _bad_sirets(connection: duckdb.DuckDBPyConnection, stock: StockFile) -> list[str]:
    """Distinct SIRET of ``kept`` that are no number of fourteen digits with its key; absent ones as empty text."""
    malformed = execute(
        connection,
        "SELECT DISTINCT coalesce(siret, '') FROM kept WHERE siret IS NULL "
        "OR NOT regexp_full_match(siret, '[0-9]{14}') OR siret = '00000000000000'",
        stock,
    ).fetchall()
    whole = execute(
        connection, "SELECT siret FROM kept WHERE regexp_full_match(siret, '[0-9]{14}')", stock
    ).fetchnumpy()["siret"]
    return [str(siret) for (siret,) in malformed] + _wrong_keys(np.asarray(whole, dtype=f"S{SIRET_DIGITS}"))


def _wrong_keys(sirets: np.ndarray) -> list[str]:
    """Those whose key is wrong by Luhn, and by the rule of La Poste too."""
    if not len(sirets):
        return []
    digits = sirets.view(np.uint8).reshape(len(sirets), SIRET_DIGITS).astype(np.int16) - ord("0")
    digits[:, ::2] *= 2
    digits[digits > 9] -= 9  # noqa: PLR2004
    suspects = np.unique(sirets[digits.sum(axis=1) % 10 != 0])
    return [text for text in (suspect.decode("ascii") for suspect in suspects) if identifiers.siret(text).reason]


def _without_unit(connection: duckdb.DuckDBPyConnection, stock: StockFile, kept: int) -> list[str]:
    found = candidates.without_unit(connection, stock)
    if len(found) > MOST or len(found) > MOST_WITHOUT_UNIT * kept:
        raise UnreadableFile(
            stock.path,
            f"l’unité légale de {len(found)} établissements actifs de la métropole n’est pas dans StockUniteLegale",
            "Donner les deux fichiers complets, du même mois.",
            column="siren",
        )
    return found


def _put(connection: duckdb.DuckDBPyConnection, stock: StockFile, sirets: Sequence[str], codes: Sequence[str]) -> None:
    for table, column, values in (("refused", "siret", sirets), ("refused_codes", "code", codes)):
        execute(connection, f"CREATE OR REPLACE TABLE {table} ({column} VARCHAR)", stock)
        if values:
            connection.executemany(f"INSERT INTO {table} VALUES (?)", [(value,) for value in values])  # noqa: S608
