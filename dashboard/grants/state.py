"""The address of the list of grants: place, funder, instrument, stage, year, text, order, page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode

from dashboard.i18n import FRENCH, LANGUAGES
from dashboard.viewstate import KEYS, Ignored
from geodata.perimeter import members
from geodata.territories import TERRITORIES
from layers import directory, measure, stages, unnamed
from layers.dimensions import slug_of
from layers.measure import NOWHERE
from layers.tables import KINDS

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.services import View
    from layers.release import Release

PATH: Final = "/financements/subventions"
INDICATOR: Final = "grants_amount"
ORDERS: Final = ("amount", "name", "commune", "grantor", "instrument")
"""Columns that the list may be ordered by; a hyphen before one turns the order round."""
FALLING: Final = "-amount"
MOST_TEXT: Final = 100
MOST_DIGITS: Final = 6
PLACES: Final = ("territory", "commune")


@dataclass(frozen=True, slots=True)
class GrantsState:
    """One view of the list; what is a default is not written in its address.

    ``grantor`` and ``instrument`` are slugs of texts of the release; ``stage`` None is that at which the year is
    measured, ``year`` None the year shown first.
    """

    territory: str | None = None
    commune: str | None = None
    grantor: str | None = None
    instrument: str | None = None
    stage: str | None = None
    year: int | None = None
    q: str = ""
    sort: str = FALLING
    page: int = 1
    release: str | None = None
    lang: str = FRENCH

    def to_query(self) -> str:
        """The query string, without « ? », of all that is not a default."""
        usual = GrantsState()
        told = {name: getattr(self, name) for name in NAMES}
        return urlencode({key: value for key, value in told.items() if value != getattr(usual, key)})

    @property
    def href(self) -> str:
        """Address of the view."""
        return self.at(PATH)

    def at(self, path: str) -> str:
        """Address of the same grants at another path."""
        query = self.to_query()
        return f"{path}?{query}" if query else path


NAMES: Final = tuple(GrantsState.__dataclass_fields__)


def address_in(view: View, code: str = "", year: int | None = None) -> str:
    """Address of the list for a commune, a territory, or all of the metropole, as a view has its release and language.

    The year is that of the view, or another that is given.
    """
    state = view.state
    asked = GrantsState(
        territory=code if code in TERRITORIES else None,
        commune=code if code in members() else None,
        year=year or state.year,
        release=state.release,
        lang=state.lang,
    )
    return asked.href


def of_year(release: Release, year: int | None) -> pd.DataFrame:
    """The grants of a year as they may be told (`layers.unnamed.listed`)."""
    frame = unnamed.listed(release)
    found: pd.DataFrame = frame[frame["year"].eq(year or 0)]
    return found


def years(release: Release) -> tuple[int, ...]:
    """Years that have grants, in order."""
    return tuple(sorted(int(year) for year in release.grants["year"].unique()))


def shown_year(release: Release, state: GrantsState) -> int | None:
    """The year of a view: that of its address, else the one that the application shows first."""
    held, usual = years(release), measure.default_year(release, INDICATOR)
    return state.year or (usual if usual in held else max(held, default=None))


def shown_stage(release: Release, state: GrantsState) -> str | None:
    """The stage of a view: that of its address, else the one at which its year is measured; None where none is."""
    return state.stage or stages.by_year(release).get(shown_year(release, state) or 0)


def named(release: Release, column: str) -> dict[str, str]:
    """Texts of a column of the grants by slug, in the order of the texts."""

    def found() -> dict[str, str]:
        texts = sorted({str(text) for text in release.grants[column].unique()}, key=lambda text: (slug_of(text), text))
        told: dict[str, str] = {}
        for text in texts:
            told.setdefault(slug_of(text), text)
        return told

    kept: dict[str, str] = release.cache.get(("slugs", column), found)
    return kept


def parse(query: str, release: Release) -> tuple[GrantsState, tuple[Ignored, ...]]:
    """Read a query string on a release; what is not understood is listed, in order. Never raises.

    Keys of the other pages that mean nothing here are left out without a word.
    """
    found: dict[str, str | int] = {}
    ignored: list[Ignored] = []
    for key, text in parse_qsl(query.removeprefix("?"), keep_blank_values=False):
        value = None if key in found else _read(key, text, release)
        if value is not None and key in NAMES:
            found[key] = value
        elif key in NAMES or key not in KEYS:
            ignored.append(Ignored(key, text))
    state = GrantsState(**found)  # type: ignore[arg-type]
    if state.commune:
        state = replace(state, territory=members().get(state.commune))
    if state.year == shown_year(release, GrantsState()):
        state = replace(state, year=None)
    if state.stage == stages.by_year(release).get(shown_year(release, state) or 0):
        state = replace(state, stage=None)
    return state, tuple(ignored)


def _read(key: str, text: str, release: Release) -> str | int | None:
    """Value of a key; None where it is not understood."""
    if key == "page":
        right = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS and int(text) > 0
        return int(text) if right else None
    if key == "year":
        return int(text) if text in {str(year) for year in years(release)} else None
    if key == "q":
        return text.strip() if directory.wanted(text) and len(text) <= MOST_TEXT else None
    choices: dict[str, Collection[str]] = {
        "territory": (*TERRITORIES, NOWHERE),
        "commune": members(),
        "stage": KINDS,
        "sort": (*ORDERS, *(f"-{name}" for name in ORDERS)),
        "release": (release.id,),
        "lang": LANGUAGES,
    }
    if key in ("grantor", "instrument"):
        return text if text in named(release, key) else None
    return text if text in choices.get(key, ()) else None
