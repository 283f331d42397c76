"""What is said of a file in which what was to be read is not."""

from __future__ import annotations

from pathlib import Path

from layers.enclosure.values import AGAIN
from layers.lines import line_of
from layers.unreadable import UnreadableFile


def absent(path: Path, sheet: str, lines: tuple[int, ...]) -> UnreadableFile:
    """What is said of a sheet or a header that was chosen, and that the file does not have."""
    where = f"la feuille « {sheet} »" if sheet else "le fichier"
    told = " et ".join(str(line) for line in lines)
    reason = f"{where} n’a pas d’en-tête en ligne {told}" if told else f"{where} est absente, ou vide"
    return UnreadableFile(path, reason, "Choisir une autre feuille, ou une autre ligne d’en-tête.")


def alone(path: Path, line: int) -> UnreadableFile:
    """What is said of a file that has a header, at this line, and nothing below."""
    return UnreadableFile(path, "le fichier ne contient que sa ligne d’en-tête", AGAIN, line_of(line))
