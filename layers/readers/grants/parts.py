"""What titles between the rows of a file of grants, or above each of its tables, say of the rows below them alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from layers.readers import audit
from layers.readers.grants.context import ASKED_FOR, TOLD, Context
from layers.readers.intake import Intake
from layers.readers.rows import Row
from layers.recognition import sections, titles
from layers.recognition.contents import stage
from layers.recognition.encodings import repaired
from layers.values.amounts import Unit

Line = tuple[int, list[str]]
_UNITS: Final = (
    "Le titre « {said} » dit de ce qui le suit que c’est en {unit} : tous les montants du fichier sont-ils en {read} ?",
    "les tableaux du fichier ne sont pas tous dans la même unité",
    "Mettre dans un fichier à part les montants en {unit}, ou les écrire tous dans la même unité.",
)
_YEARS: Final = (
    "Des titres entre les lignes disent d’autres années ({years}) : les lignes qui les suivent sont-elles de ces"
    " années ?",
    "les années des titres ({years}) ne sont pas celles des lignes qui les suivent",
    "Ajouter au tableau une colonne « année ».",
)
_STAGES: Final = (
    "Des titres disent des subventions votées, d’autres des subventions versées : sont-ce bien d’autres subventions, à"
    " additionner ?",
    "des subventions votées y sont redites quand elles sont versées",
    "Ne garder que les lignes des subventions votées, ou que celles des subventions versées.",
)


def asked(intake: Intake, known: Context, rows: Sequence[Row], held: Sequence[Line]) -> None:
    """Ask where titles tell several units, or years by which rows were read; *held* are all those below the header."""
    if known.said is None:
        for text, unit in _other_units(intake, known, held):
            said = audit.shown(intake, text)
            audit.confirm(intake, f"unit {said}", _UNITS, said=said, unit=TOLD[unit], read=TOLD[known.unit])
    if len({titles.PAID, titles.VOTED} & {stage(row.under.title) for row in rows}) > 1:
        audit.confirm(intake, "stages", _STAGES)
    told = {row.under.year for row in rows if not row["year"] and not row["date"]} - {0}
    told -= {sections.under(above).year for above in intake.source.parts.values()}
    if told and known.how != ASKED_FOR:
        audit.confirm(intake, "years", _YEARS, years=", ".join(map(str, sorted(told))))


def _other_units(intake: Intake, known: Context, held: Sequence[Line]) -> Iterator[tuple[str, Unit]]:
    """Titles that tell another unit than that of the amounts, where no column of them tells its own."""
    places = [at for one in known.amounts.granted for at in one.places]
    if any(at in known.own or titles.told_unit(known.columns[at].name) for at in places):
        return
    first = {unit for text in intake.source.above if (unit := titles.told_unit(text))} or {known.unit}
    texts = [text for above in intake.source.parts.values() for text in above]
    for text in dict.fromkeys(texts):
        unit = titles.told_unit(text)
        if unit is not None and unit != known.unit:
            yield text, unit
    for text in dict.fromkeys(_between(places, held)):
        unit = titles.told_unit(text)
        if unit is not None and first != {unit, known.unit}:
            yield text, unit


def _between(places: Sequence[int], held: Sequence[Line]) -> Iterator[str]:
    """The titles that stand between rows that hold amounts."""
    alone: list[str] = []
    begun = False
    for _, cells in held:
        told = [text for text in cells if text.strip()]
        if len(told) == 1:
            alone += map(repaired, told)
        elif any(at < len(cells) and any(map(str.isdigit, cells[at])) for at in places):
            yield from alone if begun else ()
            alone, begun = [], True
