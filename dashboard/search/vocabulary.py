"""Words of names, found by their beginning, or with one letter wrong."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from layers.names import plain

FORGIVEN = 4
"""Letters from which a word may have one wrong."""
EMPTY_WORDS = frozenset(
    ["D", "L", "A", "AU", "AUX", "DE", "DES", "DU", "EN", "ET", "LA", "LE", "LES", "LEZ", "UN", "UNE"]
)
"""Words that names have and people forget: they never keep a name from being found."""
EXACT, BEGUN, MISSPELT = 0, 1, 3


def words(text: str) -> list[str]:
    """Words of a text; an elided letter also stands with the word that follows: « d’Ascq » is ASCQ and DASCQ."""
    parts = plain(text).split()
    glued = [one + other for one, other in pairwise(parts) if one in {"D", "L"}]
    return [*parts, *glued]


def asked(text: str) -> list[str]:
    """Words that are looked for: the empty ones only where there are no others."""
    parts = plain(text).split()
    return [part for part in parts if part not in EMPTY_WORDS] or parts


class Vocabulary:
    """Which names have a word; names are given by their place."""

    def __init__(self, names: Iterable[Iterable[str]]) -> None:
        found: dict[str, set[int]] = defaultdict(set)
        for place, said in enumerate(names):
            for word in said:
                found[word].add(place)
        self._places = dict(found)
        self._sorted = sorted(found)
        self._shorter: dict[str, list[str]] = defaultdict(list)
        for word in self._sorted:
            if len(word) >= FORGIVEN and not word.isdecimal():
                for less in {word, *_without_one(word)}:
                    self._shorter[less].append(word)

    def find(self, sought: list[str]) -> dict[int, int]:
        """Places of the names that have all the words sought, each with how far it is from them: 0 at best."""
        found: dict[int, int] | None = None
        for word in sought:
            near = self._near(word)
            found = near if found is None else {at: far + near[at] for at, far in found.items() if at in near}
            if not found:
                return {}
        return found or {}

    def _near(self, word: str) -> dict[int, int]:
        near: dict[int, int] = {}
        for held, far in self._candidates(word):
            for at in self._places[held]:
                near[at] = min(far, near.get(at, far))
        return near

    def _candidates(self, word: str) -> Iterable[tuple[str, int]]:
        begun = self._begun(word)
        yield from ((held, EXACT if held == word else BEGUN) for held in begun)
        if word not in self._places and len(word) >= FORGIVEN and not word.isdecimal():
            close = {held for less in {word, *_without_one(word)} for held in self._shorter.get(less, ())}
            yield from ((held, MISSPELT) for held in sorted(close - {*begun}) if one_apart(word, held))

    def _begun(self, word: str) -> list[str]:
        start = bisect_left(self._sorted, word)
        end = bisect_left(self._sorted, word + "\uffff", start)
        return self._sorted[start:end]


def one_apart(one: str, other: str) -> bool:
    """Whether a letter added, missing, wrong, or two neighbours swapped, is all that parts two words.

    >>> one_apart("ROUBAIS", "ROUBAIX"), one_apart("TOURCONG", "TOURCOING"), one_apart("LILEL", "LILLE")
    (True, True, True)
    >>> one_apart("LENS", "LOOS")
    False
    """
    if one == other:
        return True
    if len(one) > len(other):
        one, other = other, one
    at = next((i for i, letter in enumerate(one) if letter != other[i]), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return len(one) == len(other) and (swapped or one[at + 1 :] == other[at + 1 :])


def _without_one(word: str) -> Iterable[str]:
    return (word[:i] + word[i + 1 :] for i in range(len(word)))
