"""Stock files as published: Parquet, CSV, CSV in ZIP or GZ; recognised by their columns, given to DuckDB as a scan."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from layers import scratch
from layers.enclosure import door, forms
from layers.enclosure.bounds import BOUNDS
from layers.enclosure.values import AGAIN, EXPANDED
from layers.sirene.columns import STOCKS, kind_of, official
from layers.unreadable import UnreadableFile

__all__ = ["AGAIN", "StockFile", "expanded", "recognise", "sha256"]

DELIMITERS: Final = (",", ";", "\t")
HEAD: Final = 1 << 16
STOCK: Final = replace(BOUNDS, disk=64 << 30, seconds=1800, patience=3600)
"""Seven times the bytes of the largest stock file of 2026, expanded; more is no stock file."""


@dataclass(frozen=True, slots=True)
class StockFile:
    """One recognised stock file.

    Attributes
    ----------
    path, kind : the file as given, and which stock it is (`layers.sirene.columns`).
    form : ``parquet``, ``csv``, ``zip`` or ``gz``.
    delimiter, header : of the CSV, its titles by their official names; empty and the columns for Parquet.
    """

    path: Path
    kind: str
    form: str
    delimiter: str
    header: tuple[str, ...]

    @property
    def encoding(self) -> str:
        """As the account gives it."""
        return "parquet" if self.form == "parquet" else "utf-8"


def recognise(path: Path) -> StockFile | None:
    """The stock file at *path*, by its content; None for any other file, or one that cannot be opened."""
    try:
        if forms.outer(path) in (forms.ZIP, forms.GZIP, forms.PARQUET):
            return _enclosed(path)
        with path.open("rb") as stream:
            return _text(path, "csv", stream.read(HEAD))
    except (OSError, UnreadableFile):
        return None


def _enclosed(path: Path) -> StockFile | None:
    if forms.is_workbook(path):
        return None
    with scratch.folder() as folder:
        told = door.ask("head", path, folder)
        if told["form"] == forms.PARQUET:
            names = tuple(map(str, told["names"]))
            kind = kind_of(names)
            return StockFile(path, kind, "parquet", "", names) if kind else None
        if told["form"] in (forms.ZIP, forms.GZIP):
            with (folder / EXPANDED).open("rb") as stream:
                return _text(path, "gz" if told["form"] == forms.GZIP else "zip", stream.read(HEAD))
    return None


def _text(path: Path, form: str, head: bytes) -> StockFile | None:
    first = head.decode("utf-8-sig", "replace").splitlines()[:1]
    if not first:
        return None
    for delimiter in DELIMITERS:
        header = official(next(csv.reader(io.StringIO(first[0]), delimiter=delimiter), ()))
        if kind := kind_of(header):
            return StockFile(path, kind, form, delimiter, header)
    return None


def sha256(path: Path) -> str:
    """Digest of the file as given."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFile(path, "fichier inaccessible", "Vérifier le chemin et les droits du fichier.") from error


def expanded(stock: StockFile, folder: Path) -> Path:
    """Path that DuckDB can read: the file itself, or its text expanded into *folder*, in bounded memory.

    Raises
    ------
    UnreadableFile
        Cut or damaged archive, one that expands beyond measure, or no room left in *folder*.
    """
    if stock.form in ("parquet", "csv"):
        return stock.path
    door.ask("expansion", stock.path, folder, STOCK)
    return (folder / EXPANDED).rename(folder / f"{STOCKS[stock.kind].name}.csv")
