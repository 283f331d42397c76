"""What a view must print, worked out from the answers of the API alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard import french
from layers.indicators import INDICATORS
from tests.browser.serving import Server
from tests.browser.views import LILLOIS, Drawn

TEXTS = {"suppressed": "s", "missing": "n.d."}
NAMED = {"value": "valeur", "zero": "zéro", "suppressed": "secret statistique", "missing": "non disponible"}


@dataclass(frozen=True)
class Printed:
    """One area: its value as a reader sees it, its state, its rank ("" without a value), its two parts."""

    code: str
    value: str
    state: str
    rank: str
    parts: tuple[str, ...]


def text(indicator: str, area: dict[str, Any]) -> str:
    """The number of an area in French, or what stands for it."""
    if area["value"] is None:
        return TEXTS[area["state"]]
    return french.value(INDICATORS[indicator], area["value"])


def expected(server: Server, view: Drawn) -> tuple[list[Printed], str]:
    """The areas of a view, highest first, what has no value last; and the text of the metropole."""
    asked = view.query("level", "sector", "family", "year", "territory")
    answer = server.get(f"/api/v1/indicators/{view.indicator}?{asked}")
    areas = answer["values"]
    numbers = [area["value"] for area in areas if area["value"] is not None]
    printed = [
        Printed(
            area["code"],
            text(view.indicator, area),
            area["state"],
            "" if area["value"] is None else str(1 + sum(number > area["value"] for number in numbers)),
            _parts(view.indicator, area),
        )
        for area in areas
    ]
    ordered = sorted(printed, key=lambda area: (area.rank == "", int(area.rank or 0), area.code))
    return ordered, text(view.indicator, answer["total"])


def apart(server: Server, view: Drawn) -> float:
    """What the API says has no commune; nothing where the view is that of one territory."""
    if view.query("territory"):
        return 0
    answer = server.get(f"/api/v1/indicators/{view.indicator}?{view.query('level', 'sector', 'family', 'year')}")
    return float(answer["unlocated"])


def _parts(indicator: str, area: dict[str, Any]) -> tuple[str, ...]:
    if INDICATORS[indicator].denominator is None:
        return ()
    found = (area["numerator"], area["denominator"])
    return tuple("" if part is None else french.number(part, 0 if part == int(part) else 2) for part in found)


def picked(view: Drawn) -> str | None:
    """The commune whose structures are listed."""
    return "59350" if view.territory == LILLOIS and view.level == "commune" else view.commune
