"""The town of a list whose rows do not say where they are: the one that its title or its name writes, and asked."""

from __future__ import annotations

from typing import Final

from geodata import geography
from layers.questions import PLACE, Question
from layers.readers.intake import Intake, Place
from layers.readers.proof import around, says

_SAID: Final = ("insee", "postcode", "city", "postcode_city")
_ABOUT: Final = "Des lignes ne disent pas leur commune, et le titre du fichier dit « {town} » : y sont-elles toutes ?"
YES, NO = "Oui", "Non : laisser ces lignes sans lieu"
_METROPOLE: Final = ("métropole", "metropole", "MEL")


def written(intake: Intake) -> str | None:
    """The code of the only commune of the metropole that a list names above its rows; None where a column says it."""
    texts = [text for text in around(intake.source) if not says([text], _METROPOLE)]
    if any(intake.located[key] for key in _SAID):
        return None
    names = geography.load().communes["name"]
    told = [code for code, name in names.items() if says(texts, [name])]
    return str(told[0]) if len(told) == 1 else None


def place(intake: Intake, code: str | None) -> Place | None:
    """The commune of a row that says none, once it is asked whether all such rows are there."""
    if code is None:
        return None
    about = _ABOUT.format(town=geography.load().communes.loc[code, "name"])
    if intake.account.ask(Question(PLACE, about, (YES, NO), YES)) == NO:
        return None
    return Place(code, "name")
