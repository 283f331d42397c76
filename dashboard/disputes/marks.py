"""What pages tell of the values that are disputed, until they are answered, and the link by which one disputes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from dashboard.areas import metropole, territory
from dashboard.disputes.others import OTHERS
from dashboard.disputes.reading import Open
from dashboard.disputes.value import PATH, PLACE, PUBLIC, of
from dashboard.i18n import FRENCH, language
from dashboard.navigation import carried
from dashboard.pages import CHOSEN, PINNED
from dashboard.portrait.place import METROPOLE
from geodata.perimeter import members
from geodata.territories import TERRITORIES
from layers.indicators import FUNDING

if TYPE_CHECKING:
    from dashboard.services import View
    from layers.release import Release
    from layers.written.database import Database
    from layers.written.disputes import Dispute

CARRIED: Final = (*CHOSEN, *PINNED)
OF_A_PLACE: Final = re.compile(r"^/(?:territoire|diagnostic)/(\w+)$")
MOST: Final = 5
"""Marks on a page; the list has them all."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One disputed value: of which place, in words, and the address of the dispute."""

    code: str
    place: str
    told: str
    href: str


@dataclass(frozen=True, slots=True)
class Contest:
    """The link by which one disputes a value of a page; ``carries`` as of `dashboard.navigation.Link`."""

    href: str
    carries: str


class Marks:
    """The disputes that are open, for the pages; without a database there are none."""

    def __init__(self, database: Database | None) -> None:
        self.open = Open(database)

    def stamp(self) -> tuple[str, ...]:
        """What changes when a mark appears or goes."""
        return tuple(one.id for one in self.open())

    def of(self, page: str, view: View, path: str) -> list[Mark]:
        """The disputes of what a page shows, the latest first."""
        found = [one for one in self.open() if _shows(page, view, path, one)]
        return [mark(view.release, one) for one in found[:MOST]]


def mark(release: Release, one: Dispute) -> Mark:
    """A dispute as a page tells it."""
    return Mark(one.place, name(release, one.place), of(one, release), address(one.id))


def name(release: Release, code: str) -> str:
    """The short name of a place; its code where the release has it no more."""
    if code == METROPOLE:
        return metropole().short
    if code in TERRITORIES:
        return territory(code).short
    communes = release.geography.communes
    return str(communes.loc[code, "name"]) if code in communes.index else code


def address(ident: str = "") -> str:
    """Address of a dispute, or of all of them, in the language in force."""
    lang = "" if language() == FRENCH else f"?lang={language()}"
    return f"{PUBLIC}/{ident}{lang}" if ident else f"{PUBLIC}{lang}"


def contest(view: View, path: str) -> Contest:
    """The link of a page: the form opens on the value that the page is about, and offers the others."""
    place = OF_A_PLACE.match(path)
    own = urlencode({PLACE: place[1]}) if place else ""
    query = "&".join(part for part in (own, carried(view.state, CARRIED)) if part)
    return Contest(f"{PATH}?{query}" if query else PATH, " ".join(CARRIED))


def _shows(page: str, view: View, path: str, one: Dispute) -> bool:
    """Whether a page shows the value that is disputed, or may."""
    if one.indicator in OTHERS:
        return path == OTHERS[one.indicator].path
    if page in ("carte", "comparer"):
        return one.indicator in (view.state.indicator, view.state.paired)
    if place := OF_A_PLACE.match(path):
        return one.place == place[1] or members(view.state.perimeter).get(one.place) == place[1]
    if page in ("financements", "suivi"):
        return one.indicator in view.release.indicators and view.release.indicators[one.indicator].group == FUNDING
    return page in ("accueil", "methode")
