"""Words of an address: what is a street, what is a commune's name, and what is a post code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from geodata import names
from geodata.gazetteer import Gazetteer, Place

STREET, MAYBE, SURE, WHOLE = range(4)
"""How far a name is trusted to be the city: in a street's name, at its end, at the end of an address, alone."""

STREETS: Final = frozenset({
    "RUE", "R", "AV", "AVE", "AVENUE", "BD", "BLD", "BLVD", "BOULEVARD", "PL", "PLACE", "PLCE", "CHEMIN",
    "CHEM", "CHE", "CH", "ROUTE", "RTE", "IMPASSE", "IMP", "ALLEE", "ALLEES", "ALL", "QUAI", "SQUARE", "SQ",
    "COURS", "CRS", "COUR", "FAUBOURG", "FBG", "FG", "RESIDENCE", "RES", "CITE", "CLOS", "SENTIER", "SENTE",
    "VOIE", "PASSAGE", "PASS", "ESPLANADE", "ESP", "PARVIS", "PROMENADE", "ROND", "RPT", "DOMAINE", "DOM",
    "LOTISSEMENT", "LOT", "HAMEAU", "HAM", "ZI", "ZA", "ZAC", "PARC", "VILLA", "VENELLE", "RUELLE", "CHAUSSEE",
    "CARREFOUR", "MAIL", "PONT", "PORTE", "PAVE", "DREVE", "CARRIERE", "BERGE", "LIEUDIT", "LDT", "CONTOUR",
    "MONTEE", "COTE",
})  # fmt: skip
_LINKS: Final = frozenset({
    "DE", "D", "DU", "DES", "LA", "LE", "LEZ", "L", "AU", "AUX", "EN", "SUR", "SOUS", "VERS", "ET",
})  # fmt: skip
_ARTICLES: Final = frozenset({"LA", "LE", "L", "LEZ"})
_ADJECTIVES: Final = frozenset({
    "VIEUX", "VIEIL", "VIEILLE", "GRAND", "GRANDE", "GRANDS", "PETIT", "PETITE", "NOUVEAU", "NOUVELLE", "HAUT",
    "HAUTE", "BAS", "BASSE", "BEAU", "BELLE", "BON", "BONNE", "ROUGE", "BLANC", "BLANCHE", "NOIR", "NOIRE",
    "VERT", "VERTE", "BLEU", "BLEUE", "FAUBOURG", "PORTE", "ROUTE", "SAINT", "SAINTE",
})  # fmt: skip
_OFFICES: Final = frozenset({"MAIRIE", "VILLE", "COMMUNE"})
_NOISE = re.compile(r"CEDEX|CDX|FRANCE|FR?|NORD|SUD|EST|OUEST|CENTRE|ARR(?:ONDISSEMENT)?|\d{1,2}(?:E|EME|ER|ND)?")
_NO_POSTCODE: Final = frozenset({
    "BP", "CS", "TSA", "BAL", "COMPTE", "CPTE", "CPT", "N", "NO", "NUM", "NUMERO", "ARTICLE", "ART", "TEL",
    "FAX", "INSEE", "CHAPITRE", "NATURE", "SIREN", "SIRET", "RNA",
})  # fmt: skip
_WORDS_TOO: Final = frozenset({"CROIX", "DON", "MADELEINE", "SAINTANDRE"})
"""Names of communes that are words of streets: at the end of a street they prove nothing without a post code."""
_APART = re.compile(r"[\n\r\t,;|()\[\]:]+|\s[-–—/]+\s|\s[-–—/]+$|^[-–—/]+\s")
_GLUED = re.compile(r"(?<=[^\W\d_])(?=\d{5}(?!\d))|(?<!\d)(\d{5})(?=[^\W\d_])")
_MOST_WORDS: Final = 7
_CODE, _HEAD, _TAIL = 5, 2, 3


@dataclass(frozen=True, slots=True)
class Code:
    """Five digits that may be a post code: their segment, and the words they take there."""

    code: str
    segment: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of communes of the gazetteer, where it stands and how far it is trusted."""

    places: tuple[Place, ...]
    text: str
    segment: int
    start: int
    end: int
    trust: int

    @property
    def communes(self) -> frozenset[str]:
        """Present communes that the name may mean."""
        return frozenset(place.commune for place in self.places)


def segments_of(cells: Sequence[str]) -> list[list[str]]:
    """Words of the parts that lines, commas, brackets and spaced dashes set apart; cells are parts too."""
    parts = [part for cell in cells for part in _APART.split(_GLUED.sub(r"\g<0> ", cell))]
    return [words for part in parts if (words := names.words(part))]


def codes_of(segments: Sequence[Sequence[str]]) -> Iterator[Code]:
    """Numbers of five digits, « 59 100 » too, that stand alone and are not said to be another thing."""
    for at, words in enumerate(segments):
        for start, word in enumerate(words):
            if start and words[start - 1] in _NO_POSTCODE:
                continue
            if len(word) == _CODE and word.isdigit():
                yield Code(word, at, start, start + 1)
            elif _is_parted(words, start):
                yield Code(word + words[start + 1], at, start, start + 2)


def _is_parted(words: Sequence[str], start: int) -> bool:
    """« 59 100 » with no figures around but the number of a house: neither a telephone nor an amount."""
    head, tail = words[start], "".join(words[start + 1 : start + 2])
    if (len(head), len(tail)) != (_HEAD, _TAIL) or not (head + tail).isdigit():
        return False
    before, after = words[max(start - 2, 0) : start], words[start + 2 : start + 3]
    if any(word.isdigit() for word in after):
        return False
    figures = [word.isdigit() for word in before]
    return not any(figures[-1:]) or (bool(after) and figures != [True, True])


def hits_of(gazetteer: Gazetteer, segments: Sequence[Sequence[str]], codes: Sequence[Code]) -> Iterator[Hit]:
    """Names of communes, the longest first, with how far each is trusted to be the city."""
    for at, words in enumerate(segments):
        taken = {i for code in codes if code.segment == at for i in range(code.start, code.end)}
        start = 0
        while start < len(words):
            end, places = _longest(gazetteer, words, start)
            if places:
                first = _with_article(words, start, places)
                trust = _trust(words, first, end, taken)
                yield Hit(places, _shown(places, words[first:end]), at, first, end, trust)
            start = end


def _longest(gazetteer: Gazetteer, words: Sequence[str], start: int) -> tuple[int, tuple[Place, ...]]:
    for end in range(min(len(words), start + _MOST_WORDS), start, -1):
        if places := gazetteer.keyed("".join(words[start:end])):
            beside = words[end : end + 2] == ["LEZ", "LILLE"]
            return end + 2 * beside, places
    return start + 1, ()


def _with_article(words: Sequence[str], start: int, places: tuple[Place, ...]) -> int:
    """Where « La » of « La Madeleine » stands before the name, there."""
    before = words[start - 1] if start else ""
    return start - (before in _ARTICLES and any(names.words(place.name)[0] == before for place in places))


def _shown(places: tuple[Place, ...], words: Sequence[str]) -> str:
    """The official name where there is one, else what is written: it is for other evidence to tell them apart."""
    return places[0].name if len(places) == 1 else " ".join(words)


def is_noise(word: str) -> bool:
    """Whether a word beside a city's name changes nothing: CEDEX and its number, a district, the country."""
    return _NOISE.fullmatch(word) is not None


def _trust(words: Sequence[str], start: int, end: int, taken: set[int]) -> int:
    others = [i for i in range(len(words)) if not start <= i < end and i not in taken and not is_noise(words[i])]
    if not others:
        return WHOLE
    ends = not any(i >= end for i in others)
    before = list(words[:start])
    while before and before[-1] in _ADJECTIVES:
        before.pop()
    if not any(word in STREETS for word in words[:start]):
        return _off_street(words, before, end, ends)
    if not ends or not before or before[-1] in STREETS or before[-1] in _LINKS:
        return STREET
    named = "".join(words[start:end]) in _WORDS_TOO or len(before) < start
    return MAYBE if named else SURE


def _off_street(words: Sequence[str], before: list[str], end: int, ends: bool) -> int:
    """A name that no street's word precedes: « Lille, 12 rue », « BP 12 Lille », « Mairie de Lille »."""
    while before and before[-1] in _LINKS:
        before.pop()
        if before and before[-1] in _OFFICES:
            return SURE
        ends = False
    if not before and not ends:
        following = words[end : end + 1]
        return SURE if following and (following[0][0].isdigit() or following[0] in STREETS) else STREET
    return SURE if ends else STREET
