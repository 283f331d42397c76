"""What a file does not settle, and a person must before it is published."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from layers import durable

Answers = Mapping[str, str]
"""What was answered, by the name of a question (`Question.id`)."""
FOLDER: Final = "answers"
FILE, ANSWERS = "file", "answers"
"""Keys of what is saved: the file that the answers were given of, and the answers."""
YEAR, AMOUNT, NAME, SHEET, GRANTOR, SCOPE = "year", "amount", "name", "sheet", "grantor", "scope"
TOTALS, UNIT, SHARE, RULING, VERSION, DECLARED = "totals", "unit", "share", "ruling", "version", "declared"
PERIODS, WRITING, PLACE = "periods", "writing", "place"
YEARS, AMOUNTS, CHECK = "unusual-years", "unusual-amounts", "check"
"""What questions are about."""
HEADER, COLUMN, TABLE = "header", "column", "table"
"""What may be answered without being asked: the lines of the header, what a column means (``column:TITLE``, with
``unit:TITLE`` and ``year:TITLE`` for an amount), what the table holds; ``sheet`` alone is the sheet that is read."""
NO_AMOUNT: Final = "Je ne sais pas : lire les structures, pas les montants"
"""An answer to which amount is the grant: the table is then read as a list of structures, to be reviewed."""
OF_ONE_FILE: Final = frozenset({YEAR, PLACE, SHEET, HEADER, TOTALS, SHARE, VERSION, DECLARED, YEARS, AMOUNTS, CHECK})
"""What is answered for a file alone, and not for the next one of its shape."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes
    ----------
    key : what it is about, one of those above.
    about : the question, in French.
    choices : what it can be answered.
    guess : the best of them, which is taken meanwhile.
    subject : of what, where a file may ask the same of several things; empty otherwise.
    """

    key: str
    about: str
    choices: tuple[str, ...]
    guess: str
    subject: str = ""

    @property
    def id(self) -> str:
        """Its name, by which it is answered."""
        return f"{self.key}:{self.subject}" if self.subject else self.key

    def to_json(self) -> dict[str, Any]:
        """As in the report of the contract, with its name."""
        return {"id": self.id, "about": self.about, "choices": list(self.choices), "guess": self.guess}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known to be answered of files: *given* in words, else saved in *folder* for their shape.

    An answer is given by the name of a question, or by ``FILE/QUESTION`` where it is of one file of a command.
    *headers* are the signatures of the titles of the tables for which something is saved.
    """

    folder: Path
    given: Answers
    headers: frozenset[str]

    def __call__(self, path: Path, shape: str) -> Answers:
        """The answers of a file, by its path and its shape; of any shape where that is empty."""
        own = {
            name.removeprefix(f"{path.name}/"): said
            for name, said in self.given.items()
            if name.startswith(f"{path.name}/")
        }
        return {**saved(self.folder, shape), **self.given, **own}


def known(folder: Path, given: Answers) -> Known:
    """What is known to be answered, saved in *folder* and *given* with the files."""
    found = (folder / FOLDER).glob("*.json")
    return Known(folder, given, frozenset(path.stem.partition("-")[0] for path in found))


def saved(folder: Path, shape: str) -> dict[str, str]:
    """What was answered for the files of a shape (`layers.readers.opened`); nothing where none was."""
    try:
        return told(json.loads((folder / FOLDER / f"{shape}.json").read_text(encoding="utf-8")))[1]
    except (OSError, ValueError):
        return {}


def told(content: Any) -> tuple[str, dict[str, str]]:
    """The file that saved answers were given of, empty where it was not kept, and the answers."""
    if not isinstance(content, dict):
        return "", {}
    answers = content.get(ANSWERS, content)
    file = str(content.get(FILE, "")) if answers is not content else ""
    return file, {str(name): str(said) for name, said in answers.items()} if isinstance(answers, dict) else {}


def save(folder: Path, shape: str, answers: Answers, file: str = "", *, holds: bool = True) -> None:
    """Keep for the next file of a shape what is not answered for one *file* alone.

    Where a table no more *holds* what it was said to, having been declared since, that answer is forgotten.
    """
    before = saved(folder, shape)
    if not holds and TABLE in before:
        del before[TABLE]
        answers = {**before, **answers}
        (folder / FOLDER / f"{shape}.json").unlink(missing_ok=True)
    kept = {name: said for name, said in answers.items() if name.partition(":")[0] not in OF_ONE_FILE}
    if kept:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        whole = {FILE: file, ANSWERS: {**before, **kept}}
        content = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
        durable.write(folder / FOLDER / f"{shape}.json", content.encode())
