"""The fields of the two forms of ``/financements``: what is shown, and a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import locale
from dashboard.funding import words
from dashboard.funding.choice import CONSTANT, MOST_GROWTH, MOST_YEARS, Scenario, asked
from dashboard.i18n import _
from dashboard.pages.controls import Option, controls
from layers import awards, needs, prices
from layers.allocation import RULES

if TYPE_CHECKING:
    from dashboard.funding.choice import Choice
    from dashboard.services import View

DIMENSIONS = ("instrument", "sector", "family", "size", "qpv", "perimeter")
"""Controls of the map that the page has too."""


@dataclass(frozen=True, slots=True)
class Field:
    """A select; ``groups`` are (title or "", options). ``why`` says why there is nothing to choose."""

    id: str
    label: str
    groups: tuple[tuple[str, tuple[Option, ...]], ...]
    disabled: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A number to write, with its unit and what is allowed."""

    id: str
    label: str
    value: str
    unit: str
    told: str = ""


def fields(view: View, choice: Choice) -> list[Field]:
    """What is shown: stage, year, need, euros, then the filters."""
    release = view.release
    frame = awards.awards(release, asked(view, choice))
    years = awards.years(frame)
    year = view.state.year if view.state.year in years else max(years, default=None)
    return [
        _field("stage", _("Montants"), [(kind, words.noun(kind)) for kind in awards.held(release)], choice.stage or ""),
        _field("year", _("Année"), [(str(one), str(one)) for one in years], str(year or "")),
        _need(view, choice),
        _euros(view, choice),
        *(
            Field(one.id, one.label, one.groups, one.disabled, one.why)
            for one in sorted(
                (one for one in controls(view) if one.id in DIMENSIONS), key=lambda one: DIMENSIONS.index(one.id)
            )
        ),
    ]


def _field(key: str, label: str, options: Sequence[tuple[str, str]], selected: str, why: str = "") -> Field:
    made = tuple(Option(value, text, selected=value == selected) for value, text in options)
    return Field(key, label, (("", made),), disabled=len(made) < 2, why=why)  # noqa: PLR2004


def _need(view: View, choice: Choice) -> Field:
    held = needs.available(view.release)
    lacking = [locale.inside(_(one.label)) for key, one in needs.NEEDS.items() if key not in held]
    why = _("Absent de cette publication : {lacking}.").format(lacking=locale.listed(lacking)) if lacking else ""
    options = [(key, _(needs.NEEDS[key].label)) for key in held]
    return _field("need", _("Comparé au besoin"), options, choice.need, locale.tight(why))


def _euros(view: View, choice: Choice) -> Field:
    at = prices.reference(view.release, awards.years(view.release.grants))
    options = [("current", _("Euros courants"))]
    options += [(CONSTANT, _("Euros constants de {year}").format(year=at))] if at is not None else []
    why = "" if at is not None else _("Euros constants : aucun indice des prix dans cette publication.")
    return _field("euros", _("Euros"), options, CONSTANT if choice.constant else "current", locale.tight(why))


def scenario_fields(view: View, choice: Choice) -> tuple[Field, Field, list[Entry]]:
    """The rule, the need, and the numbers of a scenario."""
    now = choice.scenario or Scenario("equal")
    rules = _field("scenario", _("Règle"), [(key, _(rule.label)) for key, rule in RULES.items()], now.rule)
    entries = [
        Entry("budget", _("Budget de la première année"), str(now.budget), "€"),
        Entry(
            "growth",
            _("Hausse par an"),
            f"{now.growth:g}".replace(".", locale.decimal()),
            "%",
            _("De 0 à {most}.").format(most=MOST_GROWTH),
        ),
        Entry("years", _("Nombre d’années"), str(now.years), "", _("De 1 à {most}.").format(most=MOST_YEARS)),
        Entry("floor", _("Plancher par territoire"), str(now.floor), "€", _("Pour la règle du plancher.")),
        Entry(
            "apart",
            _("Gardé pour plusieurs territoires"),
            "" if now.apart is None else str(now.apart),
            "€",
            _("Vide : autant que l’année montrée."),
        ),
    ]
    return rules, _need(view, choice), entries
