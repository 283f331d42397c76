"""Communes that an unknown name, code or post code may have meant: nearest first, suggested and never followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from geodata import names
from geodata.gazetteer import HOME_DEPARTMENT, Gazetteer, Place

MOST = 3
"""Communes suggested at most."""
LIKENESS = 0.75
"""Part of the letters that a name must share with another to be suggested."""
NEAR = 0.25
"""How much less near than the nearest one a commune may be, and still be suggested."""
MOST_NAMES = 2_000
"""Distinct names for which suggestions are looked for: a file with more of them is not about the department."""


class Suggester:
    """Suggests communes of the department; remembers, as files repeat the same few errors.

    >>> from geodata import gazetteer
    >>> Suggester(gazetteer.load(), {"59512"}).nearest(name="Roubayx")
    ('59512',)
    """

    def __init__(self, gazetteer: Gazetteer, members: Iterable[str]) -> None:
        self._members = frozenset(members)
        self._places = [place for place in gazetteer.places if place.department == HOME_DEPARTMENT]
        self._names = [(names.normalise(name), place) for place in self._places for name in _names(place)]
        self._found: dict[tuple[str | None, str | None, str | None], tuple[str, ...]] = {}

    def nearest(
        self, *, insee: str | None = None, postcode: str | None = None, name: str | None = None
    ) -> tuple[str, ...]:
        """Codes of the communes that may have been meant, those of the metropole first among equals; often none."""
        key = (insee, postcode, name)
        if key not in self._found:
            if len(self._found) >= MOST_NAMES:
                return ()
            self._found[key] = self._look(insee, postcode, name)
        return self._found[key]

    def _look(self, insee: str | None, postcode: str | None, name: str | None) -> tuple[str, ...]:
        total: dict[str, float] = {}
        for way in (self._by_name(name), self._by_insee(insee), self._by_postcode(postcode)):
            best: dict[str, float] = {}
            for score, place in way:
                best[place.commune] = max(score, best.get(place.commune, 0.0))
            for code, score in best.items():
                total[code] = total.get(code, 0.0) + score
        near = [code for code, score in total.items() if score and score >= max(total.values()) - NEAR]
        return tuple(sorted(near, key=lambda code: (-round(total[code], 6), code not in self._members, code))[:MOST])

    def _by_name(self, name: str | None) -> Iterator[tuple[float, Place]]:
        written = names.normalise(name) if name else ""
        if written:
            yield from ((_likeness(known, written), place) for known, place in self._names)

    def _by_insee(self, insee: str | None) -> Iterator[tuple[float, Place]]:
        """Codes a slip away; and the communes of a post code, put in the wrong column."""
        for place in self._places if insee else ():
            yield 1.0 if insee in place.postcodes else _slip(place.code, insee or ""), place

    def _by_postcode(self, postcode: str | None) -> Iterator[tuple[float, Place]]:
        for place in self._places if postcode else ():
            yield max((_slip(code, postcode or "") for code in place.postcodes), default=0.0), place


def _names(place: Place) -> tuple[str, ...]:
    return tuple(dict.fromkeys((place.name, *place.other_names)))


def _likeness(known: str, written: str) -> float:
    """Part of the letters in common; 0 under `LIKENESS`."""
    matcher = SequenceMatcher(None, known, written, autojunk=False)
    if matcher.real_quick_ratio() < LIKENESS or matcher.quick_ratio() < LIKENESS:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= LIKENESS else 0.0


def _slip(known: str, written: str) -> float:
    """How likely one slip of the keyboard makes a code of another: two digits swapped, one lost or added, one wrong."""
    if known == written or not known or not written:
        return 0.0
    if len(known) == len(written):
        apart = [i for i, (one, other) in enumerate(zip(known, written, strict=True)) if one != other]
        if len(apart) == 1:
            return 0.5
        swapped = len(apart) == 2 and apart[1] == apart[0] + 1  # noqa: PLR2004
        return 0.8 if swapped and known[apart[0]] == written[apart[1]] and known[apart[1]] == written[apart[0]] else 0.0
    short, long = sorted((known, written), key=len)
    lost = len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    return 0.7 if lost else 0.0
