"""The year of each number of a declared table that has months or quarters: made as its declaration says, or asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from statistics import fmean
from typing import TYPE_CHECKING, Final

from layers.indicators.declaration import AMOUNT
from layers.indicators.declared import LAST, MEAN, MEDIAN, PERIODS, RATE, SUM
from layers.questions import PERIODS as ASKED
from layers.questions import Question
from layers.values.periods import YEARLY, Period, yearly

if TYPE_CHECKING:
    from layers.readers.cells import Kept, Key
    from layers.readers.declared import Layout
    from layers.readers.intake import Intake

CHOICES: Final[Mapping[str, str]] = {
    LAST: "La dernière de l’année",
    MEAN: "La moyenne de l’année",
    SUM: "La somme de l’année",
}
"""How a year is made, as it is asked."""
_ABOUT: Final = "Ce tableau a des mois ou des trimestres : quelle valeur est celle de l’année ?"


def of_parts(intake: Intake, layout: Layout, told: Mapping[Key, Kept]) -> dict[tuple[str, str, int], Kept]:
    """The values by year; those of a year that the file has in part are left out, and that is said."""
    periods = {period for _area, _fact, period in told}
    if all(one.of == YEARLY for one in periods):
        return {(area, fact, period.year): kept for (area, fact, period), kept in told.items()}
    how = _how(intake, layout, periods)
    layout.made.append(PERIODS[how])
    made, lacking = {}, set()
    for year, parts in yearly(periods, last=how == LAST).items():
        if not parts:
            intake.account.warn("part_of_year", f"Année {year} incomplète dans le fichier : laissée sans valeur.")
        for area, fact in dict.fromkeys((area, fact) for area, fact, period in told if period in parts):
            kept = [told[area, fact, part] for part in parts if (area, fact, part) in told]
            if len(kept) == len(parts):
                made[area, fact, year] = _one(kept, how)
            else:
                lacking.add(year)
    if lacking:
        which = ", ".join(map(str, sorted(lacking)))
        intake.account.warn("part_of_year", f"Lieux sans tous leurs mois ou trimestres, sans valeur ({which}).")
    return made


def _how(intake: Intake, layout: Layout, periods: set[Period]) -> str:
    declaration = layout.declaration
    if declaration.periods and ASKED not in intake.account.answers:
        return declaration.periods
    numbers = {one.number for one in declaration.numbers}
    able = {how: told for how, told in CHOICES.items() if how != SUM or not numbers & {MEDIAN, RATE}}
    once = len({one.year for one in periods}) == len(periods)
    guess = declaration.periods or (LAST if once else SUM if numbers == {AMOUNT} else MEAN)
    said = intake.account.ask(Question(ASKED, _ABOUT, tuple(able.values()), able[guess]))
    return next(how for how, told in able.items() if told == said)


def _one(kept: list[Kept], how: str) -> Kept:
    """The value of a year by its parts: a secret hides it, one that is missing leaves it missing."""
    values = [one.value for one in kept]
    if lacking := [one for one in values if one.number is None]:
        hidden = next((one for one in lacking if one.state == "suppressed"), lacking[0])
        return replace(kept[-1], value=hidden)
    numbers = [one.number for one in values if one.number is not None]
    number = fmean(numbers) if how == MEAN else sum(numbers) if how == SUM else numbers[-1]
    return replace(kept[-1], value=replace(values[-1], number=number, state="value" if number else "zero"))
