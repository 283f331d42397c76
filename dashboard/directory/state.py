"""The address of the directory: facets (several values each, parted by commas), text, order, page, structure picked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, quote, urlencode

from dashboard.i18n import FRENCH, LANGUAGES
from dashboard.viewstate import KEYS, Ignored
from geodata.perimeter import CURRENT, PERIMETERS, members
from geodata.territories import TERRITORIES
from layers import directory
from layers.cube import UNKNOWN
from layers.ess_rule import REVIEW, YES

if TYPE_CHECKING:
    from layers.release import Release

PATH: Final = "/acteurs"
ORDERS: Final = ("name", "commune", "sector", "family", "size")
"""Columns that the list may be ordered by; a hyphen before one turns the order round."""
STANDINGS: Final = (YES, REVIEW)
MOST_TEXT: Final = 100
MOST_PAGE_DIGITS: Final = 6
MOST_KEY: Final = 200
OWN: Final = ("q", "sort", "page", "actor", "ess", "year", "perimeter", "release", "lang")
KEPT: Final = frozenset(KEYS) - {*OWN, *directory.FACETS, "mode"}
"""Keys of the map that mean nothing here, and are kept for the way back."""


@dataclass(frozen=True, slots=True)
class DirectoryState:
    """One view of the directory; what is a default is not written in its address.

    ``chosen`` holds the values by facet of `layers.directory.FACETS`; ``year`` None is the year shown first; ``actor``
    the key of the structure picked out; ``kept`` what the map will need on the way back.
    """

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    q: str = ""
    sort: str = "name"
    page: int = 1
    actor: str | None = None
    ess: str = YES
    year: int | None = None
    perimeter: int = CURRENT
    release: str | None = None
    lang: str = FRENCH
    kept: tuple[tuple[str, str], ...] = ()

    def to_query(self) -> str:
        """The query string, without « ? », of all that is not a default."""
        default = DirectoryState()
        own = {name: getattr(self, name) for name in OWN}
        told = [(key, ",".join(self.chosen[key])) for key in directory.FACETS if self.chosen.get(key)]
        told += [(key, str(own[key])) for key in OWN if own[key] is not None and own[key] != getattr(default, key)]
        return urlencode([*told, *self.kept], safe=",:")

    @property
    def href(self) -> str:
        """Address of the view."""
        return address(PATH, self.to_query())

    def with_choice(self, key: str, values: tuple[str, ...]) -> DirectoryState:
        """The same with other values of a facet, from its first page."""
        return replace(self, chosen={**self.chosen, key: values}, page=1, actor=None)

    def without(self, key: str, value: str) -> DirectoryState:
        """The same without a value of a facet."""
        return self.with_choice(key, tuple(kept for kept in self.chosen.get(key, ()) if kept != value))

    def cleared(self) -> DirectoryState:
        """Nothing chosen; release, language and order stay."""
        return DirectoryState(sort=self.sort, release=self.release, lang=self.lang, kept=self.kept)

    @property
    def sought(self) -> str:
        """What is looked for, normalised."""
        return directory.wanted(self.q)

    @property
    def bounds(self) -> int | None:
        """The perimeter that narrows the list: none for today's, where what has no commune is listed too."""
        return None if self.perimeter == CURRENT else self.perimeter

    def sheet(self, key: str) -> str:
        """Address of the sheet of a structure, which leads back to this view."""
        return address(f"{PATH}/{quote(key, safe=':')}", replace(self, actor=None).to_query())


def address(path: str, query: str) -> str:
    """A path with its query, where there is one."""
    return f"{path}?{query}" if query else path


def parse(query: str, release: Release) -> tuple[DirectoryState, tuple[Ignored, ...]]:
    """Read a query string on a release; what is not understood is listed, in order. Never raises."""
    chosen: dict[str, tuple[str, ...]] = {}
    found: dict[str, str | int] = {}
    kept: dict[str, str] = {}
    ignored: list[Ignored] = []
    given = parse_qsl(query.removeprefix("?"), keep_blank_values=False)
    ess = next((text for key, text in given if key == "ess" and text in STANDINGS), YES)
    for key, text in given:
        if key in directory.FACETS:
            values, refused = _values(key, text, release)
            chosen[key] = tuple(dict.fromkeys([*chosen.get(key, ()), *values]))
            ignored += [Ignored(key, value) for value in refused]
        elif key in KEPT:
            kept.setdefault(key, text)
        elif key != "mode":
            read = None if key in found else _read(key, text, release, ess)
            if read is None:
                ignored.append(Ignored(key, text))
            else:
                found[key] = read
    chosen = {key: values for key, values in chosen.items() if values}
    if "year" in found and found["year"] == directory.default_year(release, ess):
        del found["year"]
    return DirectoryState(chosen=chosen, kept=tuple(kept.items()), **found), tuple(ignored)  # type: ignore[arg-type]


def allowed(key: str, release: Release) -> Collection[str]:
    """Values that a facet may take on a release, whether or not a structure has them."""
    if key == "source":
        return sorted(set(release.actors["source"]))
    places: dict[str, Collection[str]] = {"territory": TERRITORIES, "commune": members()}
    return [*places.get(key, directory.FACETS[key].axis), UNKNOWN]


def _values(key: str, text: str, release: Release) -> tuple[list[str], list[str]]:
    known = allowed(key, release)
    parts = [part for part in text.split(",") if part]
    return [part for part in parts if part in known], [part for part in parts if part not in known]


def _read(key: str, text: str, release: Release, ess: str) -> str | int | None:
    """Value of a key; None where it is not understood."""
    if key == "page":
        right = text.isascii() and text.isdecimal() and len(text) <= MOST_PAGE_DIGITS and int(text) > 0
        return int(text) if right else None
    if key in {"year", "perimeter"}:
        known = directory.years(release, ess) if key == "year" else PERIMETERS
        return int(text) if text in {str(value) for value in known} else None
    if key == "q":
        return text.strip() if directory.wanted(text) and len(text) <= MOST_TEXT else None
    if key == "actor":
        return text if len(text) <= MOST_KEY else None
    choices: dict[str, Collection[str]] = {
        "sort": [*ORDERS, *(f"-{name}" for name in ORDERS)],
        "ess": STANDINGS,
        "release": (release.id,),
        "lang": LANGUAGES,
    }
    return text if text in choices.get(key, ()) else None
