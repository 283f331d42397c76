"""``ess import --review``: each file as it is understood, then what it leaves open, asked one by one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import typer
from click import IntRange
from rich.console import Console
from rich.table import Table

from layers.mapping.declaration import CONTENTS
from layers.mapping.known import Mappings
from layers.questions import TABLE, Answers, Known
from layers.readers.answered import CHOICES, UNREAD, choice, unit_of
from layers.readers.opened import Opened
from layers.readers.registry import open_file
from layers.recognition.columns import ColumnMeaning, keys, settle
from layers.recognition.titles import LIKELY, concepts
from layers.report import Report
from layers.sirene.opening import recognise
from layers.typography import typeset
from layers.unreadable import UnreadableFile
from layers.values.amounts import Unit

_HOW: Final = (
    'Pour changer un choix : --answer "column:TITRE=SENS" (par exemple "column:Tiers=Nom", ou « Non lu »), '
    '--answer "unit:TITRE=1000", --answer header=LIGNE, --answer sheet=FEUILLE, --answer table=grants ou actors.'
)
_HOLDS: Final = "Que contient ce tableau ?"
_UNITS: Final[dict[Unit, str]] = {1_000: ", en k€", 1_000_000: ", en M€"}
_LONGEST: Final = 30


def show(files: Sequence[Path], kind: str | None, mappings: Mappings, answers: Known, console: Console) -> None:
    """Print each file that opens as a table: its sheet, its header, each column with its meaning and three values."""
    shown = False
    for path in files:
        if recognise(path) is not None:
            continue
        try:
            opened = open_file(path, kind, mappings, answers)
        except UnreadableFile:
            continue  # the import says why
        shown = True
        _file(opened, console)
    if shown:
        console.print(typeset(_HOW), markup=False)


def _file(opened: Opened, console: Console) -> None:
    source = opened.source
    sheet = f"feuille « {', '.join(source.sheets)} », " if source.sheets else ""
    lines = " et ".join(map(str, source.header_lines))
    table = Table(title=typeset(f"{source.path.name} : {sheet}en-têtes en ligne {lines}"), title_justify="left")
    for title in ("Colonne", "Sens", "Sûreté", "Pourquoi", "Exemples"):
        table.add_column(title, overflow="fold")
    names = keys(source.header)
    for one in source.columns or settle(source.header, source.sample):
        private = "PERSON" in concepts(one.name)
        samples = "" if private else typeset(" ; ".join(cell[:_LONGEST] for cell in one.content.samples))
        table.add_row(names[one.at], _meaning(opened, one), _sure(one), one.why, samples)
    console.print(table)


def _meaning(opened: Opened, one: ColumnMeaning) -> str:
    told = CHOICES[choice(one)]
    unit = unit_of(opened.source, one, opened.answers) if one.meaning == "amount" else 1
    year = f" {one.money.year}" if one.money.year else ""
    return f"{told}{year}{_UNITS.get(unit, '')}"


def _sure(one: ColumnMeaning) -> str:
    if choice(one) == UNREAD:
        return "ignoré"
    return "sûr" if one.confidence >= LIKELY else "à vérifier"


def asked(report: Report, before: Answers) -> dict[str, str]:
    """Answers to the questions of the files, asked one by one; an empty line takes the best guess.

    What a table holds is asked where nothing tells it, and nobody answered it *before*.
    """
    said = {}
    for file in report.files:
        if file["table"] and not file["rows_read"] and not {TABLE, f"{file['file']}/{TABLE}"} & before.keys():
            told = _prompt(f"{file['file']}\u202f: {typeset(_HOLDS)}", list(CONTENTS.values()), None)
            said[f"{file['file']}/{TABLE}"] = next(key for key, label in CONTENTS.items() if label == told)
        for question in file.get("questions", ()):
            told = _prompt(f"{file['file']}\u202f: {question['about']}", question["choices"], question["guess"])
            said[f"{file['file']}/{question['id']}"] = told
    return said


def _prompt(about: str, choices: Sequence[str], guess: str | None) -> str:
    print(f"\n{about}")
    for number, told in enumerate(choices, start=1):
        print(f"  {number}. {told}")
    default = None if guess is None else choices.index(guess) + 1
    return choices[int(typer.prompt("Votre choix", default=default, type=IntRange(1, len(choices)))) - 1]
