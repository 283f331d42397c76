"""The one error by which a file is refused as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from layers.typography import typeset


class UnreadableFile(Exception):  # noqa: N818  (says what it is)
    """A file that cannot be read: which one, where in it, why, and what to do, in French.

    Attributes
    ----------
    file : str
        Name of the file, without its folder.
    line : int or None
        Line of the file, the header being 1; None where no line is to blame.
    column : str or None
        Name of the column, None where none is to blame.
    reason, remedy : str
        Sentences in French.
    table : dict
        How the table was understood, as in the report of the contract; empty where the file could not be opened.
    """

    def __init__(
        self, path: Path | str, reason: str, remedy: str, line: int | None = None, column: str | None = None
    ) -> None:
        self.file = Path(path).name
        self.line = line
        self.column = column
        self.table: dict[str, Any] = {}
        self.reason = typeset(reason)
        self.remedy = typeset(remedy)
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The whole message: file, line, column, reason, remedy."""
        where = self.file
        if self.line is not None:
            where += f", ligne {self.line}"
        if self.column:
            where += f", colonne « {self.column} »"
        return typeset(f"{where} : {self.reason}. {self.remedy}")
