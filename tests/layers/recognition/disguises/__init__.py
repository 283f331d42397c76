"""A clean table of grants, and the ways in which people send it: other titles, orders, signs, lines, totals, sheets."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from tests.layers.recognition.disguises import books, clean, siblings
from tests.layers.recognition.disguises.clean import Grant
from tests.layers.recognition.disguises.draft import Draft, Layout, Sheet, draft, layout
from tests.layers.recognition.disguises.rows import CHANGES

STEMS = ("subventions_2023", "subventions_2023", "export_2023-12-31", "scdl-20231231", "liste", "Annexe 3")
_TWO_YEARS, _WORKBOOK, _SEVERAL = 0.06, 0.15, 0.12
_MORE, _OFTEN = 0.35, 0.13
"""How often something that misleads is added, drawn apart; how often each of it then is."""


@dataclass(frozen=True)
class Disguise:
    """A file as it is sent, the grants that it holds, and how it was made."""

    path: Path
    clean: list[Grant]
    how: tuple[str, ...]


def disguise(seed: int, folder: Path) -> Disguise:
    """A clean table, written in one of the ways that are met; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  (tries, not secrets)
    two_years = chance.random() < _TWO_YEARS
    grants = clean.grants(chance)
    if two_years:
        grants = clean.in_two_years(grants, chance)
    how: list[str] = []
    given = layout(chance, two_years=two_years)
    how += given.how
    more = random.Random(f"more {seed}")  # noqa: S311
    sheets, kept = _sheets(given, grants, chance, more, how)
    stem = chance.choice(STEMS)
    how.append(f"file {stem}")
    path, told = _written(sheets, chance, folder, stem)
    return Disguise(path, kept, (*how, *told))


def _sheets(
    given: Layout, grants: list[Grant], chance: random.Random, more: random.Random, how: list[str]
) -> tuple[list[Sheet], list[Grant]]:
    """The sheets of a file, and the grants that they hold."""
    parts = [grants]
    if len(grants) > 3 and chance.random() < _SEVERAL:
        parts = [grants[: len(grants) // 2], grants[len(grants) // 2 :]]
        how.append("several tables")
    drafts = [_misled(draft(given, part, chance), more, how) for part in parts]
    told = [one.told() for one in drafts]
    kept = [grant for one in drafts for grant in one.clean if grant not in one.lost]
    for at, (sheet, name) in enumerate(zip(told[1:], ("Suite", "Fin"), strict=False)):
        sheet.name = f"{name} {at}"
    return _beside(told, kept, given, chance, how), kept


def _misled(found: Draft, more: random.Random, how: list[str]) -> Draft:
    """A draft changed, with what misleads: columns before anything else, rows after."""
    columns: list[siblings.Added] = []
    rows: list[siblings.Told] = []
    if more.random() < _MORE:
        columns = [one for one in siblings.COLUMNS if more.random() < _OFTEN]
        rows = [one for one in siblings.ROWS if more.random() < _OFTEN]
        how += [f"more: {one.__name__}" for one in (*columns, *rows)]
    for column in columns:
        column(found, more)
    of = {id(row): one for row, one in zip(found.body, found.clean, strict=True)}
    _changed(found, how)
    for row in rows:
        row(found, more, of)
    return found


def _changed(found: Draft, how: list[str]) -> Draft:
    for name, change, often in CHANGES:
        if found.chance.random() < often:
            before = (
                len(found.body),
                len(found.heads),
                len(found.above),
                len(found.below),
                len(found.merged),
                found.width,
            )
            change(found)
            if before != (
                len(found.body),
                len(found.heads),
                len(found.above),
                len(found.below),
                len(found.merged),
                found.width,
            ):
                how.append(name)
    return found


def _beside(told: list[Sheet], kept: list[Grant], given: Layout, chance: random.Random, how: list[str]) -> list[Sheet]:
    """What stands beside the tables: sheets in front and behind, other tables on the same sheet."""
    first = told[0]
    if len(told) > 1 and chance.random() < 0.5:
        first.rows += [[""], ["Suite du tableau"], *told[1].rows]
        first.merged += told[1].merged
        told = [first]
        how.append("two tables on one sheet")
    for name, made in (("summary", books.summary), ("ranking", books.ranking)):
        if chance.random() < 0.05:
            other = made(kept, given.write)
            where = chance.choice(("sheet", "below", "right"))
            how.append(f"{name} {where}")
            if where == "sheet":
                told = [*told, other] if chance.random() < 0.5 else [other, *told]
            elif where == "below":
                first.rows += [[""], *other.rows]
            else:
                _side_by_side(first, other)
    if chance.random() < 0.1:
        told = [books.readme(kept, given.write), *told]
        how.append("readme sheet")
    if chance.random() < 0.1:
        hidden = draft(given, clean.grants(chance), chance).told()
        hidden.name, hidden.hidden = "Brouillon", True
        told = [hidden, *told] if chance.random() < 0.5 else [*told, hidden]
        how.append("hidden sheet")
    if chance.random() < 0.04:
        told = [*told, Sheet("Copie", [list(row) for row in first.rows])]
        how.append("copy")
    return told


def _side_by_side(first: Sheet, other: Sheet) -> None:
    width = max(len(row) for row in first.rows) + 1
    while len(first.rows) < len(other.rows):
        first.rows.append([""])
    for row, more in zip(first.rows, other.rows, strict=False):
        row.extend([""] * (width - len(row)) + more)


def _written(sheets: list[Sheet], chance: random.Random, folder: Path, stem: str) -> tuple[Path, list[str]]:
    if chance.random() < _WORKBOOK:
        return chance.choice((books.xlsx, books.xlsx, books.ods))(sheets, chance, folder, stem)
    shown = [one for one in sheets if not one.hidden]
    if len(shown) > 1 or any(one.hidden for one in sheets):
        return books.xlsx(sheets, chance, folder, stem)
    if chance.random() < 0.05 and "(" not in sheets[0].name:
        return books.old(sheets, chance, folder, stem)
    unit = sheets[0].name.partition("(")[2]
    return books.text(sheets[0], chance, folder, f"{stem} ({unit}" if unit else stem)
