"""What a file lacks for the reader that was chosen for it, or has twice."""

from __future__ import annotations

from collections.abc import Sequence

from layers.readers.columns import Column, missing, repeated
from layers.readers.reader import Reader
from layers.recognition.opening import Table
from layers.unreadable import UnreadableFile


def check(source: Table, reader: Reader) -> None:
    """Raise `UnreadableFile` where a column that a reader needs is absent, or is there twice."""
    if lacking := missing(reader.columns, source.header):
        raise UnreadableFile(
            source.path,
            f"{_lacks(lacking)} pour « {reader.title} »",
            f"Colonnes attendues : {_names(reader.columns)}. Colonnes lues : {_shown(source.header)}.",
            source.header_lines[-1],
            lacking[0].name,
        )
    if twice := [column for column in repeated(reader.columns, source.header) if column.required]:
        raise UnreadableFile(
            source.path,
            f"colonne présente deux fois : {_names(twice)}",
            "N’en garder qu’une.",
            source.header_lines[-1],
            twice[0].name,
        )


def _lacks(columns: Sequence[Column]) -> str:
    plural = "s" if len(columns) > 1 else ""
    return f"colonne{plural} absente{plural} : {_names(columns)}"


def _names(columns: Sequence[Column]) -> str:
    return ", ".join(column.name for column in columns if column.required)


def _shown(header: Sequence[str]) -> str:
    shown = [name[:40] or "(sans nom)" for name in header[:12]]
    return ", ".join(shown) + ("…" if len(header) > len(shown) else "")
