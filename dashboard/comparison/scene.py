"""The comparison before a room: at most four places, each with its gap to the metropole, and where the keys lead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dashboard import locale
from dashboard.comparison import choice as chosen
from dashboard.comparison import table
from dashboard.i18n import plural
from dashboard.viewstate import PROJECTION, ViewState
from layers import measure
from layers.choices import offered
from layers.classing import MANUAL
from layers.dimensions import DIMENSIONS, split

if TYPE_CHECKING:
    from dashboard.comparison.choice import Choice
    from dashboard.services import View
    from layers.release import Release

MOST = 4
"""Places that are still read from the back of a room."""
TERRITORIES = "12345678"


@dataclass(frozen=True, slots=True)
class Beside:
    """What is said of a place beside its value; ``verdict`` is that of its gap, or empty."""

    text: str
    verdict: str


def shown(choice: Choice) -> Choice:
    """The first places of a choice: those that the room sees, on one scale in any case."""
    return replace(choice, places=choice.places[:MOST], free=False)


def left_out(choice: Choice) -> str:
    """How many places are not shown; empty where all are."""
    number = max(0, len(choice.places) - MOST)
    told = plural("{n} autre lieu n’est pas montré.", "{n} autres lieux ne sont pas montrés.", number)
    return locale.tight(told.format(n=number)) if number else ""


def besides(view: View, choice: Choice) -> list[Beside]:
    """The gap of each place to the metropole, for the indicator and the filters of the view, or its part of it."""
    found = []
    for place in choice.places:
        entry = table.entry(view, chosen.series(view, place.level), place.code)
        found.append(Beside(entry.beside, entry.gap.verdict if entry.gap else ""))
    return found


def ways(view: View, choice: Choice) -> dict[str, Any]:
    """Where the keys lead: out and in, to the indicators before and after, to each territory put in or taken out."""
    keys = [key for key in view.release.indicators if measure.available(view.release, key)] or [view.state.indicator]
    at = keys.index(view.state.indicator) if view.state.indicator in keys else 0
    mode = None if view.state.mode == PROJECTION else PROJECTION
    return {
        "toggle": _address(view, replace(view.state, mode=mode), choice.codes, choice),
        "steps": [
            _address(view, _about(view.release, view.state, keys[(at + by) % len(keys)]), choice.codes, choice)
            for by in (-1, 1)
        ],
        "territories": {code: _address(view, view.state, _toggled(choice.codes, code), choice) for code in TERRITORIES},
    }


def _address(view: View, state: ViewState, codes: tuple[str, ...], choice: Choice) -> str:
    return chosen.address(replace(view, state=state), codes, free=choice.free)


def _toggled(codes: tuple[str, ...], code: str) -> tuple[str, ...]:
    """The places with a territory put in or, if it is among them and not alone, taken out; the first makes room."""
    if code in codes:
        return tuple(one for one in codes if one != code) or codes
    return (*codes[-(MOST - 1) :], code)


def _about(release: Release, state: ViewState, key: str) -> ViewState:
    """The same view of another indicator, without what that one has not: a year, filters, bounds by hand."""
    names = offered(release, key)
    changes: dict[str, Any] = {
        name: value if set(split(value)) <= set(names.get(name, ())) else None
        for name in DIMENSIONS
        if (value := getattr(state, name)) is not None
    }
    year = state.year if state.year in measure.years(release, key) else None
    if state.method == MANUAL:
        changes |= {"method": ViewState().method, "breaks": None}
    return replace(state, indicator=key, year=year, **changes)
