"""The places of a table of communes or of territories: by code or by name, as its cells write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from geodata import gazetteer as gazetteers
from geodata.gazetteer import HOME_DEPARTMENT, Gazetteer
from geodata.territories import TERRITORIES
from layers import identifiers
from layers.headings import normalised
from layers.readers.insee_long import geography_of

if TYPE_CHECKING:
    from geodata.attach import Attacher
    from geodata.attachment import Attachment
    from layers.recognition.opening import Table

INSIDE, OUTSIDE, WHOLE, UNKNOWN, ASSOCIATED = "inside", "outside", "whole", "unknown", "associated"
_TITLES: Final = (
    "codgeo code_insee codeinsee insee insee_com insee_commune com code_commune code_commune_insee code_geo depcom "
    "depcom_arm geo code_territoire territoire nom_territoire commune nom_commune libelle_commune "
    "nom_de_la_commune libgeo libelle zone nom code"
)
TITLES: Final = tuple(_TITLES.split())
"""Normalised titles of the column of the places, the surest first."""
_OF_ALL: Final = (
    "mel metropole metropole_europeenne_de_lille lille_metropole metropole_de_lille ensemble total total_general "
    "ensemble_mel total_mel ensemble_de_la_metropole 200093201 245900410"
)
_WHOLE: Final = frozenset(_OF_ALL.split())
_COMMUNE_LEVELS: Final = ("", "COM")
_ENOUGH: Final = 0.5
_HOME: Final = 0.8
_CODES: Final = {
    normalised(text): code
    for code, one in TERRITORIES.items()
    for text in (one.name, one.short_name, one.full, one.article, f"t{code}", f"territoire {code}")
}


@cache
def _gazetteer() -> Gazetteer:
    return gazetteers.load()


@dataclass(frozen=True, slots=True)
class Area:
    """What a cell means: the code of a commune of the metropole or of a territory, or why there is none."""

    status: str
    code: str = ""
    attachment: Attachment | None = None


@dataclass(slots=True)
class Areas:
    """The places of one file.

    *at_home*: its names, almost all of the metropole, are of the Nord where several departments have one of that name.
    """

    attacher: Attacher
    at_home: bool = False
    gazetteer: Gazetteer = field(default_factory=_gazetteer)
    _known: dict[tuple[str, str, bool], Area] = field(default_factory=dict)

    def of(self, text: str, level: str = "", *, territories: bool = False) -> Area:
        """The place of a cell; *level* is that of its row in Insee's form, *territories* whether a digit is one."""
        key = (text, level, territories)
        if key not in self._known:
            self._known[key] = self._of(*geography_of(text, level), territories=territories)
        return self._known[key]

    def _of(self, level: str, text: str, *, territories: bool) -> Area:
        plain = normalised(text)
        if plain in _WHOLE:
            return Area(WHOLE)
        if level not in _COMMUNE_LEVELS:
            return Area(OUTSIDE)
        digit = plain.lstrip("0") if territories else ""
        if code := _CODES.get(plain) or (digit if digit in TERRITORIES else ""):
            return Area(INSIDE, code)
        read = identifiers.insee(text)
        if read.code is not None:
            return self._placed(self.attacher.attach(insee=read.code), read.code)
        if any(letter.isdigit() for letter in text):
            return Area(UNKNOWN)
        named = self.attacher.attach(name=text, department=HOME_DEPARTMENT if self.at_home else None)
        return self._placed(named, self._code_of(text, named))

    def _code_of(self, name: str, found: Attachment) -> str | None:
        """The code of the place of a name: that of an associated commune, which is attached to another."""
        places = [place for place in self.gazetteer.named(name) if place.commune == found.commune]
        return places[0].code if places else found.commune

    def _placed(self, found: Attachment, code: str | None) -> Area:
        if found.status == "inside" and found.commune is not None:
            return Area(INSIDE if found.commune == code else ASSOCIATED, found.commune, found)
        return Area(OUTSIDE if found.status == "outside" else UNKNOWN, "", found)

    def share(self, cells: Sequence[str], *, territories: bool = False) -> float:
        """Part of some cells that are places, inside or not, by their own text alone."""
        told = [self.of(text, territories=territories).status for text in cells if text]
        return sum(status != UNKNOWN for status in told) / len(told) if told else 0.0


def column(source: Table, attacher: Attacher) -> tuple[int | None, Areas]:
    """Position of the column of the places of a table, codes before names; None where none is; and its places."""
    areas = Areas(attacher)
    home, found = Areas(attacher, at_home=True, gazetteer=areas.gazetteer), []
    for at, title in enumerate(source.header):
        plain, cells = normalised(title), _cells(source, at)
        rank: float = TITLES.index(plain) if plain in TITLES else len(TITLES)
        if rank == len(TITLES) and _are_codes(cells):
            rank = TITLES.index("commune") - 0.5
        share = home.share(cells, territories="territ" in plain)
        if share >= _ENOUGH and (rank < len(TITLES) or _varies(cells)):
            found.append((rank, -share, at))
    if not found:
        return None, areas
    at = min(found)[2]
    return at, of_column(source, at, attacher)


def of_column(source: Table, at: int, attacher: Attacher) -> Areas:
    """The places of a column: at home where almost all its names are of the metropole."""
    home = Areas(attacher, at_home=True)
    told = [home.of(text).status for text in _cells(source, at) if text]
    home.at_home = bool(told) and sum(status in (INSIDE, ASSOCIATED, WHOLE) for status in told) >= _HOME * len(told)
    return home if home.at_home else Areas(attacher, gazetteer=home.gazetteer)


def _cells(source: Table, at: int) -> list[str]:
    return [row[at].strip() for row in source.sample if at < len(row)]


def _are_codes(cells: Sequence[str]) -> bool:
    """Whether the cells of a column are codes of communes, each once: a column of numbers is not."""
    told = [text for text in cells if text]
    return len(told) > 1 and len(set(told)) == len(told) and all(identifiers.insee(text).code for text in told)


def _varies(cells: Sequence[str]) -> bool:
    """Whether the texts of a column are of several places, and no numbers that look like codes."""
    told = {text for text in cells if text}
    return len(told) > 1 and not all(text.replace(",", ".").replace(".", "", 1).isdigit() for text in told)
