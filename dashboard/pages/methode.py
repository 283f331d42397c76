"""``/methode``: what the data are, where they come from, how each figure is made. Server-rendered, no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard import findings, hidden_shares, locale
from dashboard.api.problems import KINDS
from dashboard.api.route import BASE
from dashboard.api.routes import ROUTES
from dashboard.areas import metropole
from dashboard.i18n import _
from dashboard.pages import methode_indicators, methode_release, methode_review, methode_sources
from dashboard.pages import methode_words as words
from dashboard.pages.controls import METHOD_LABELS
from geodata import perimeter
from layers.breaks import CLASSES
from layers.classing import CLASSINGS
from layers.intervals import LEAST_RANKING, LEAST_RATE
from layers.readers import READERS

if TYPE_CHECKING:
    from dashboard.services import View
    from layers.release import Release


@dataclass(frozen=True, slots=True)
class Place:
    """One territory of the table: communes in each perimeter, inhabitants, km²."""

    code: str
    name: str
    communes: tuple[int, ...]
    population: str
    area: str


def context(view: View, manifests: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """All that the template ``methode.html`` prints; ``manifests`` are those of the other releases."""
    release = view.release
    geography = release.geography
    return {
        "title": _("Données et méthode"),
        "when": methode_release.when(release.manifest),
        "figures": methode_release.contents(release),
        "hidden": hidden_shares.of_release(release),
        "limits": methode_release.limits(release),
        "software": release.manifest["software"],
        "cards": methode_sources.cards(release),
        "review": methode_review.queue(release),
        "groups": methode_indicators.groups(release),
        "lacking": methode_indicators.lacking(release),
        "places": places(release),
        "population_year": int(geography.communes["population_year"].iloc[0]),
        "perimeters": [(number, perimeter.label(number)) for number in perimeter.PERIMETERS],
        "entries": list(perimeter.ENTRIES.values()),
        "handled": [(_(what), _(how)) for what, how in words.PERIMETERS.items()],
        "states": {key: tuple(map(_, told)) for key, told in words.STATES.items()},
        "methods": [(_(METHOD_LABELS[key]), _(words.METHODS[key])) for key in CLASSINGS],
        "classes": CLASSES,
        "templates": list(findings.TEMPLATES.values()),
        "least": {"rate": LEAST_RATE, "ranking": LEAST_RANKING},
        "boundaries": geography.manifest,
        "attributions": release.manifest["geography"]["attributions"],
        "geography_sha256": release.manifest["geography"]["sha256"],
        "readers": list(READERS.values()),
        "routes": list(ROUTES.values()),
        "problems": list(KINDS.values()),
        "base": BASE,
        "releases": methode_release.listed(manifests, release),
        "pinned": f"release={release.id}",
    }


def places(release: Release) -> list[Place]:
    """The eight territories, and the metropole last."""
    counted = {number: list(perimeter.members(number).values()) for number in perimeter.PERIMETERS}
    frame = release.geography.territories
    found = [
        _place(code, row["name"], tuple(some.count(code) for some in counted.values()), row)
        for code, row in frame.iterrows()
    ]
    whole = frame[["population", "area_km2"]].sum()
    return [*found, _place("", metropole().short, tuple(len(some) for some in counted.values()), whole)]


def _place(code: Any, name: str, communes: tuple[int, ...], row: Any) -> Place:
    return Place(str(code), name, communes, locale.number(int(row["population"])), locale.number(row["area_km2"], 1))
