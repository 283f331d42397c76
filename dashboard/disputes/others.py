"""Figures that are no indicator of the registry: they are disputed by their name, and their value is not read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlencode

from dashboard.i18n import _, msg
from dashboard.wording import worded
from layers.indicators import INDICATORS

if TYPE_CHECKING:
    from dashboard.services import View
    from layers.release import Release

FIGURE: Final = "figure"
"""Key of the address that names one."""


@dataclass(frozen=True, slots=True)
class Other:
    """A figure, its name as printed, the page that shows it and the section of that page."""

    key: str
    label: str
    path: str
    section: str


OTHERS: Final = {
    one.key: one
    for one in (
        Other("gini", msg("Indice de Gini des subventions"), "/financements", "fairness"),
        Other("hoover", msg("Indice de Hoover des subventions"), "/financements", ""),
        Other("theil", msg("Indice de Theil des subventions"), "/financements", ""),
        Other("by_territory", msg("Subventions de chaque territoire, par étape"), "/financements", "territories"),
        Other("instruments", msg("Subventions de chaque dispositif"), "/financements", "instruments"),
        Other("scenario", msg("Répartition d’un scénario"), "/financements", "scenario"),
        Other("plan_jobs", msg("Emplois suivis du plan"), "/suivi", "jobs"),
        Other("plan_budget", msg("Budget suivi du plan"), "/suivi", "budget"),
        Other("plan_laureates", msg("Lauréats suivis du plan"), "/suivi", "laureates"),
        Other("plan_chain", msg("Étapes et survie des projets suivis"), "/suivi", "chain"),
    )
}


def named(key: str) -> str:
    """The name of an indicator or of another figure, in the language in force; the key where it is neither."""
    found = INDICATORS.get(key) or OTHERS.get(key)
    return _(found.label) if found else key


def labelled(release: Release, key: str) -> str:
    """As `named`, an indicator as a release words it."""
    return worded(release, key).label if key in release.indicators else named(key)


def asked(view: View) -> Other | None:
    """The figure that an address names; ``KeyError`` for one that there is not."""
    told = parse_qs(view.query).get(FIGURE)
    return OTHERS[told[0]] if told else None


def page_of(key: str) -> str:
    """The page that shows an indicator or another figure."""
    return OTHERS[key].path if key in OTHERS else "/carte"


def kept(view: View) -> str:
    """The query string of the page of a figure, as it was asked, on its release."""
    told = {"year": view.state.year, "perimeter": view.state.perimeter, "release": view.release.id}
    return urlencode({key: value for key, value in told.items() if value is not None})
