"""What can be searched of a release, and what answers a text: grouped by kind, the nearest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from dashboard import i18n, locale
from dashboard.directory.labels import commune_name
from dashboard.directory.state import PATH, address
from dashboard.i18n import _
from dashboard.search.vocabulary import Vocabulary, asked, words
from geodata import gazetteer
from geodata.perimeter import members
from geodata.territories import TERRITORIES
from layers import directory, measure
from layers.indicators import INDICATORS
from layers.names import plain

if TYPE_CHECKING:
    from layers.release import Release

TERRITORY, COMMUNE, POSTCODE, INDICATOR, ACTOR = "territory", "commune", "postcode", "indicator", "actor"
KINDS: Final = (TERRITORY, COMMUNE, POSTCODE, INDICATOR, ACTOR)
CAPS: Final = {TERRITORY: 3, COMMUNE: 5, POSTCODE: 5, INDICATOR: 4, ACTOR: 6}
"""How many of each kind are suggested; the page of results shows `ON_PAGE`."""
ON_PAGE: Final = 50
MOST_TEXT: Final = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found: its label, what tells it from others, where it leads; ``said`` are its names."""

    kind: str
    label: str
    detail: str
    path: str
    query: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind, and how many there are in all."""

    kind: str
    label: str
    entries: tuple[Entry, ...]
    count: int


class Index:
    """The entries of a release in one language."""

    def __init__(self, release: Release) -> None:
        self._entries = [
            *_territories(),
            *_communes(release),
            *_postcodes(release),
            *_indicators(release),
            *_actors(release),
        ]
        self._vocabulary = Vocabulary([word for name in entry.said for word in words(name)] for entry in self._entries)
        self._plain = [tuple(plain(name) for name in entry.said) for entry in self._entries]
        self._first_actor = next((i for i, e in enumerate(self._entries) if e.kind == ACTOR), len(self._entries))
        self._directory = directory.directory(release, directory.default_year(release))

    def find(self, text: str, caps: dict[str, int] | None = None) -> list[Group]:
        """Groups in the order of `KINDS`, the empty ones left out; at most ``caps`` of each."""
        near = self._vocabulary.find(asked(text))
        near |= {self._first_actor + at: 0 for at in self._numbered(text)}
        whole = plain(text)
        ranked = sorted(near, key=lambda at: (*self._rank(at, whole), near[at], len(self._entries[at].label), at))
        groups = []
        for kind in KINDS:
            found = [self._entries[at] for at in ranked if self._entries[at].kind == kind]
            if found:
                cap = (caps or CAPS)[kind]
                groups.append(Group(kind, _kind_label(kind), tuple(found[:cap]), len(found)))
        return groups

    def _rank(self, at: int, whole: str) -> tuple[int]:
        names = self._plain[at]
        if whole in names:
            return (0,)
        return (1,) if any(name.startswith(whole) for name in names) else (2,)

    def _numbered(self, text: str) -> list[int]:
        """Structures by the first digits of their number."""
        digits = plain(text).replace(" ", "")
        if not digits.isdecimal() or len(digits) < directory.IDENTIFIER:
            return []
        return [int(at) for at in np.flatnonzero(self._directory.naming(digits))]


def index(release: Release) -> Index:
    """The index of a release in the language in force, made once."""
    found: Index = release.cache.get(("search", i18n.language()), lambda: Index(release))
    return found


def _kind_label(kind: str) -> str:
    return {
        TERRITORY: _("Territoires"),
        COMMUNE: _("Communes"),
        POSTCODE: _("Codes postaux"),
        INDICATOR: _("Indicateurs"),
        ACTOR: _("Structures"),
    }[kind]


def _territories() -> Iterator[Entry]:
    for code, one in TERRITORIES.items():
        count = sum(territory == code for territory in members().values())
        detail = i18n.plural("{n} commune", "{n} communes", count).format(n=count)
        yield Entry(
            TERRITORY, one.name, detail, "/carte", f"level=commune&territory={code}", (one.short_name, one.name)
        )


@cache
def _gazetteer() -> gazetteer.Gazetteer:
    return gazetteer.load()


def _communes(release: Release) -> Iterator[Entry]:
    for place in _gazetteer().places:
        if place.commune not in members():
            continue
        name = commune_name(release, place.commune)
        territory = TERRITORIES[members()[place.commune]].short_name
        associated = place.code != place.commune
        label = place.name if associated else name
        detail = _("commune associée à {name}").format(name=name) if associated else territory
        said = (label, *place.other_names)
        yield Entry(COMMUNE, label, detail, "/carte", f"commune={place.commune}", said)


def _postcodes(release: Release) -> Iterator[Entry]:
    found = {
        (postcode, place.commune)
        for place in _gazetteer().places
        if place.commune in members()
        for postcode in place.postcodes
    }
    for postcode, commune in sorted(found):
        yield Entry(POSTCODE, postcode, commune_name(release, commune), "/carte", f"commune={commune}", (postcode,))


def _indicators(release: Release) -> Iterator[Entry]:
    for key, one in release.indicators.items():
        if key not in INDICATORS and not measure.available(release, key):
            continue
        label = locale.tight(_(one.label))
        yield Entry(INDICATOR, label, locale.tight(_(one.group)), "/carte", f"indicator={key}", (label,))


def _actors(release: Release) -> Iterator[Entry]:
    """Structures of the year shown first, in the order of the directory: those that may be named."""
    frame = directory.directory(release, directory.default_year(release)).frame
    for key, name, commune in zip(frame["key"], frame["name"], frame["commune"], strict=True):
        where = commune_name(release, commune) if isinstance(commune, str) else ""
        yield Entry(ACTOR, str(name), where, f"{PATH}/{key}", "", (str(name),))


def href(entry: Entry, release: str | None) -> str:
    """Address of an entry, which keeps the release that the reader had pinned, and the language."""
    kept = [f"release={release}"] if release else []
    kept += [f"lang={i18n.language()}"] if i18n.language() != i18n.FRENCH else []
    return address(entry.path, "&".join(filter(None, [entry.query, *kept])))
