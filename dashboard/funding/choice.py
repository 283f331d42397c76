"""What the page of funding is asked: a stage, a need, constant euros or not, and a scenario, all in the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dashboard.navigation import carried
from dashboard.pages import PINNED
from dashboard.viewstate import Ignored
from layers import awards, needs, prices
from layers.allocation import RULES
from layers.awards import Asked
from layers.dimensions import DIMENSIONS, split
from layers.tables import KINDS

if TYPE_CHECKING:
    from dashboard.services import View

PATH = "/financements"
INDICATOR = "grants_amount"
"""The indicator whose years and filters the page offers."""
USUAL_NEED = "population"
CONSTANT = "constant"
SENT = "sent"
"""Key that a form adds: its address is then written again without what is empty or usual."""
MOST_BUDGET, MOST_GROWTH, MOST_YEARS = 100_000_000, 100, 6
USUAL_BUDGET = 700_000
"""Euros a year that the plan of 2011 began with."""
SHARED = (*DIMENSIONS, "year", "perimeter", *PINNED)
"""Keys of the view that the page keeps."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What a scenario is asked: a rule of `layers.allocation`, a budget in euros and how it grows, a floor in euros.

    ``apart`` is what is kept for projects of several territories, in euros; None for as much as in the year shown.
    """

    rule: str
    budget: int = USUAL_BUDGET
    growth: float = 0.0
    years: int = 1
    floor: int = 0
    apart: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What the page shows; ``stage`` is None where the release has no grant at all."""

    stage: str | None
    need: str
    constant: bool
    scenario: Scenario | None
    ignored: tuple[Ignored, ...] = ()


def asked(view: View, choice: Choice) -> Asked:
    """The awards that the page is about."""
    chosen = {key: split(value) for key, value in view.state.filters.items() if value}
    return Asked(choice.stage or KINDS[1], chosen, view.state.perimeter, choice.constant)


def read(view: View) -> Choice:
    """The choice of an address: the keys that the shared reading left aside, each with its default."""
    own: dict[str, str] = {}
    ignored: list[Ignored] = []
    for part in view.ignored:
        if part.key in (*_READ, "scenario", "stage", "need", "euros") and part.key not in own:
            own[part.key] = part.value
        elif part.key != SENT:
            ignored.append(part)
    release = view.release

    def one_of(key: str, allowed: tuple[str, ...], usual: Any) -> Any:
        text = own.get(key)
        if text is None or text in allowed:
            return text or usual
        ignored.append(Ignored(key, text))
        return usual

    stage = one_of("stage", awards.held(release), awards.usual(release, view.state.year))
    need = one_of("need", needs.available(release), USUAL_NEED)
    constant = one_of("euros", (CONSTANT, "current"), "current") == CONSTANT
    if constant and prices.reference(release, awards.years(release.grants)) is None:
        ignored.append(Ignored("euros", CONSTANT))
        constant = False
    scenario = _scenario(own, ignored, one_of("scenario", tuple(RULES), None))
    return Choice(stage, need, constant, scenario, tuple(ignored))


def _scenario(own: dict[str, str], ignored: list[Ignored], rule: str | None) -> Scenario | None:
    found: dict[str, Any] = {}
    for key, parse in _READ.items():
        if key not in own:
            continue
        try:
            found[key] = parse(own[key])
        except ValueError:
            ignored.append(Ignored(key, own[key]))
    return Scenario(rule, **found) if rule else None


def _whole(most: int, least: int = 0) -> Callable[[str], int]:
    def parse(text: str) -> int:
        plain = text.replace("\u202f", "").replace("\u00a0", "").replace(" ", "").removesuffix("€")
        if not (plain.isascii() and plain.isdecimal()) or not least <= int(plain) <= most:
            raise ValueError(text)
        return int(plain)

    return parse


def _growth(text: str) -> float:
    found = float(text.replace(",", ".").replace("%", "").strip())
    if not 0 <= found <= MOST_GROWTH:
        raise ValueError(text)
    return found


_READ: dict[str, Callable[[str], Any]] = {
    "budget": _whole(MOST_BUDGET, 1),
    "growth": _growth,
    "years": _whole(MOST_YEARS, 1),
    "floor": _whole(MOST_BUDGET),
    "apart": _whole(MOST_BUDGET),
}
"""What reads each number of a scenario; ``ValueError`` for a text that is not one, or is out of bounds."""
SCENARIO = ("scenario", *_READ)
"""Keys of a scenario."""


def address(view: View, choice: Choice, *, path: str = PATH, pinned: bool = False) -> str:
    """Address of a choice, all else of the view kept; ``pinned`` names the release, as what is kept outside must."""
    state = replace(view.state, release=view.release.id) if pinned else view.state
    query = carried(state, SHARED)
    own: dict[str, object] = {}
    if choice.stage and choice.stage != awards.usual(view.release, view.state.year):
        own["stage"] = choice.stage
    if choice.need != USUAL_NEED:
        own["need"] = choice.need
    if choice.constant:
        own["euros"] = CONSTANT
    if choice.scenario is not None:
        own |= _written(choice.scenario)
    both = "&".join(one for one in (urlencode(own), query) if one)
    return f"{path}?{both}" if both else path


def _written(scenario: Scenario) -> dict[str, object]:
    usual = Scenario(scenario.rule)
    found: dict[str, object] = {"scenario": scenario.rule}
    for key in _READ:
        value = getattr(scenario, key)
        if value != getattr(usual, key):
            found[key] = f"{value:g}" if isinstance(value, float) else value
    return found
