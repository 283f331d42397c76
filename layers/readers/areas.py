"""The places of a table of communes or of territories: by code or by name, as its cells write them."""

from __future__ import annotations

import re
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
from layers.unreadable import UnreadableFile

if TYPE_CHECKING:
    from geodata.attach import Attacher
    from geodata.attachment import Attachment
    from layers.recognition.opening import Table

INSIDE, OUTSIDE, WHOLE, UNKNOWN, ASSOCIATED = "inside", "outside", "whole", "unknown", "associated"
ABOVE: Final = "above"
"""Of a department, a region or the country: larger than the metropole, and no part of a total of it."""
_TITLES: Final = (
    "codgeo code_insee codeinsee insee insee_com insee_commune com code_commune code_commune_insee code_geo depcom "
    "depcom_arm geo code_territoire territoire nom_territoire commune nom_commune libelle_commune "
    "nom_de_la_commune libgeo libelle zone nom code"
)
TITLES: Final = tuple(_TITLES.split())
"""Normalised titles of the column of the places, the surest first."""
_LATE: Final = ("com", "geo", "zone", "code")
"""Titles that are of codes or of names: their cells tell."""
_OF_ALL: Final = (
    "mel metropole metropole_europeenne_de_lille lille_metropole metropole_de_lille ensemble total total_general "
    "ensemble_mel total_mel ensemble_de_la_metropole 200093201 245900410"
)
_WHOLE: Final = frozenset(_OF_ALL.split())
_LARGER: Final = re.compile(
    r"france(?:_(?:metropolitaine|entiere|hors_\w+|de_province))?|(?:province|europe|ue)"
    r"|(?:(?:region|departement)_(?:de_la_|de_l_|des_|du_|de_)?)?(?:hauts_de_france|nord_pas_de_calais|nord|pas_de_calais)"
    r"(?:_(?:59|62|32))?|(?:arrondissement|zone_d_emploi|bassin_d_emploi|aire_d_attraction)_(?:de_)?lille"
)
_DEPARTMENT: Final = re.compile(r"(.*[^\W\d_].*?)\s*\(\s*(\d{2,3}|2[ABab]|Nord|Pas-de-Calais)\s*\)", re.IGNORECASE)
_CODE_AND_NAME: Final = re.compile(
    r"(?P<code>\d{5})[\s:–-]+(?P<name>[^\W\d_]\D*)|(?P<first>[^\W\d_]\D*?)[\s:(–-]+(?P<last>\d{5})\)?"
)
_COMMUNE_LEVELS: Final = ("", "COM")
_ENOUGH: Final = 0.5
_HOME: Final = 0.8
_CODES: Final = {
    normalised(text): code
    for code, one in TERRITORIES.items()
    for text in (one.name, one.short_name, one.full, one.article, f"t{code}", f"territoire {code}")
}


POSTCODES: Final = (
    "tableau par code postal : un code postal n’est pas une commune (plusieurs communes ont le même, et Lille en a"
    " plusieurs)",
    "Demander la même donnée par commune (code Insee), ou ajouter une colonne de codes Insee ou de noms de communes.",
)
"""Why a table by post code is not read, and what to do."""


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
        return Area(ABOVE) if _LARGER.fullmatch(plain) else self._named(text)

    def _named(self, text: str) -> Area:
        """A place by its name, with its department or its code beside it."""
        if (both := _CODE_AND_NAME.fullmatch(text.strip())) is not None:
            return self._of_both(both["code"] or both["last"], (both["name"] or both["first"]).strip())
        within = _DEPARTMENT.fullmatch(text.strip())
        text, department = within.groups() if within else (text, HOME_DEPARTMENT if self.at_home else None)
        if any(letter.isdigit() for letter in text):
            return Area(UNKNOWN)
        named = self.attacher.attach(name=text, department=department)
        return self._placed(named, self._code_of(text, named))

    def _of_both(self, code: str, name: str) -> Area:
        """A place by its code, of the commune or of the post, and its name in one cell."""
        insee = self.attacher.attach(insee=code)
        named = [place.code for place in self.gazetteer.named(name)]
        if code in named and insee.status in ("inside", "outside"):
            return self._placed(insee, code)
        found = self.attacher.attach(postcode=code, name=name)
        return self._placed(found, self._code_of(name, found))

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
        if tells_postcodes(title):
            continue
        if (rank == len(TITLES) or plain in _LATE) and _are_codes(cells):
            rank = TITLES.index("commune") - 0.5
        share = home.share(cells, territories="territ" in plain)
        if share >= _ENOUGH and (rank < len(TITLES) or _varies(cells)):
            found.append((rank, -share, at))
    if not found:
        return None, areas
    at = min(found)[2]
    return at, of_column(source, at, attacher)


def tells_postcodes(title: str) -> bool:
    """Whether a title is of post codes: five figures too, and other places than those of communes."""
    plain = normalised(title)
    return "postal" in plain or plain in ("cp", "zip", "zipcode")


def of_column(source: Table, at: int, attacher: Attacher) -> Areas:
    """The places of a column: at home where almost all its names are of the metropole.

    Raises
    ------
    UnreadableFile
        It is one of post codes, which are no places of the map.
    """
    if tells_postcodes(source.header[at]):
        raise UnreadableFile(source.path, *POSTCODES, source.header_lines[-1], source.header[at])
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
