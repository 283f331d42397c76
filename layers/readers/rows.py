"""Rows of a source file as a reader sees them: complete ones, by column key; the others are refused here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from layers.account import Account, Reject
from layers.readers.columns import Located
from layers.sourcefile import SourceFile

_WHOLE_FILE = "Vérifier cette ligne dans le fichier d’origine, ou le télécharger à nouveau."


@dataclass(frozen=True, slots=True)
class Row:
    """One complete record: its line in the file and its cells, stripped of outer spaces only."""

    line: int
    cells: tuple[str, ...]
    located: Located

    def __getitem__(self, key: str) -> str:
        """Text of the column *key*; empty where the file has no such column."""
        positions = self.located[key]
        return self.cells[positions[0]] if positions else ""


def complete_rows(source: SourceFile, account: Account, located: Located) -> Iterator[Row]:
    """Yield the complete rows of *source*; count each row read, and refuse blank, cut and overlong ones.

    A row that has only empty cells beyond the header is taken as complete.
    """
    width = len(source.header)
    for line, raw in source.rows:
        account.read()
        cells = tuple(cell.strip() for cell in raw)
        while len(cells) > width and not cells[-1]:
            cells = cells[:-1]
        if fault := _fault(source, line, cells):
            account.reject(fault)
        else:
            yield Row(line, cells, located)


def _fault(source: SourceFile, line: int, cells: tuple[str, ...]) -> Reject | None:
    header, width = source.header, len(source.header)
    if not any(cells):
        return Reject(line, header[0], "", "ligne vide", "Supprimer cette ligne.")
    if len(cells) < width:
        return Reject(
            line,
            header[len(cells)],
            cells[-1][:80],
            f"ligne coupée : {len(cells)} champs au lieu de {width}",
            _WHOLE_FILE,
        )
    if len(cells) > width:
        return Reject(
            line,
            header[-1],
            cells[width][:80],
            f"champs en trop : {len(cells)} au lieu de {width}, un séparateur figure sans doute dans un texte",
            "Mettre entre guillemets le texte qui contient le séparateur.",
        )
    return None
