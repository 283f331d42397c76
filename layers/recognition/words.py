"""The words of a title: « MTSUBV_attribuée (k€) » says an amount, a subsidy, that it was granted, and thousands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from layers.cache import Remembered
from layers.headings import normalised
from layers.recognition.encodings import repaired
from layers.recognition.vocabulary import CONCEPTS, LINKS, SHORT

_CAMEL = re.compile(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Ý])|(?<=[A-ZÀ-Ý])(?=[A-ZÀ-Ý][a-zà-ÿ])")
_BEFORE = re.compile(r"(?<![A-Za-z])n\s?[-–−]\s?\d(?!\d)", re.IGNORECASE)
"""« N-1 »."""
_IN_KIND = re.compile(r"\bmises?\s+[àa]\s+dispo\w*|\ben\s+nature\b(?!.*num[ée]r)", re.IGNORECASE)
"""What is lent or given without money."""
_UNKNOWN: Final = re.compile("\ufffd+|(?<=[^\\W\\d_])\\?(?=[^\\W\\d_])")
_LOST: Final = "0lost0"
_LONG: Final = 300
"""Characters of a title that are read."""
_LEAST_STEM: Final = 3
_FUZZY: Final = 5
"""Letters that a word needs before a slip of the keyboard is forgiven; two slips from twice as many."""
_LIKE: Final[Mapping[str, Sequence[str]]] = {
    letter: [word for word in CONCEPTS if word[0] == letter and len(word) >= _FUZZY]
    for letter in {word[0] for word in CONCEPTS}
}
"""Words that a slip may have changed, by their first letter: it is the last that one gets wrong."""
_SHORTENED: Final = range(4, 7)
"""Letters of the head of a word that stands for it; a longer one is a word."""
_END: Final = 2
"""Letters at the end that two slips leave alone: « disposition » is no « dispositif »."""


def words(title: str) -> tuple[str, ...]:
    """Words of a title without accents, capitals, plurals, articles, and with those that were glued parted.

    >>> words("dateperiodedversement"), words("N° SIRET attributaire"), words("mtsubv")
    (('date', 'periode', 'versement'), ('numero', 'siret', 'attributaire'), ('mt', 'subv'))
    """
    return _words(title[:_LONG])


def _read(title: str) -> tuple[str, ...]:
    plain = repaired(title).replace("n°", " numero ").replace("N°", " numero ").replace("%", " pourcentage ")
    plain = _BEFORE.sub(" precedent ", _CAMEL.sub(" ", _IN_KIND.sub(" prestation ", plain.replace("€", " euros "))))
    parted = normalised(_UNKNOWN.sub(_LOST, plain)).split("_")
    return tuple(word for part in parted if part for word in _known(part) if word not in LINKS)


_words: Final[Remembered[tuple[str, ...]]] = Remembered("titles", _read, most=8192, longest=_LONG)


def _known(part: str) -> tuple[str, ...]:
    """A word of the vocabulary, or those that it was made of, or the one that it was meant to be, or itself."""
    if part in SHORT:
        return (SHORT[part],)
    if part in CONCEPTS or part in LINKS or part.isdecimal():
        return (part,)
    if _LOST in part:
        return (_completed(part),)
    if _singular(part) in CONCEPTS:
        return (_singular(part),)
    whole = _whole(part)
    return (whole,) if whole else _parted(part) or (_meant(part) or part,)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith(("s", "x")) else word


def _whole(part: str) -> str | None:
    """The word of which a part is the head (« exer », « orga »), where all those that begin so say the same."""
    if len(part) not in _SHORTENED or not part.isalpha():
        return None
    begun = sorted(word for word in CONCEPTS if word.startswith(part))
    told = {CONCEPTS[word] for word in begun}
    return begun[0] if begun and frozenset.intersection(*told) in told else None


def _completed(word: str) -> str:
    """The word whose accented letters were lost on the way."""
    pattern = re.compile(r"\w{1,2}".join(map(re.escape, word.split(_LOST))))
    return next((known for known in CONCEPTS if pattern.fullmatch(known)), word.replace(_LOST, ""))


def _parted(part: str) -> tuple[str, ...]:
    """Words of the vocabulary of which a word is glued, with at most two letters, or a number, of something else."""
    best: list[tuple[int, tuple[str, ...]] | None] = [(0, ()), *[None] * len(part)]
    for end in range(1, len(part) + 1):
        for start in range(end):
            piece, before = part[start:end], best[start]
            if before is None:
                continue
            cost = _cost(piece)
            if cost is not None and (best[end] is None or before[0] + cost < (best[end] or (0,))[0]):
                best[end] = before[0] + cost, (*before[1], piece)
    found = best[-1]
    if found is None:
        return ()
    known = tuple(piece for piece in found[1] if piece in CONCEPTS)
    strange = any(piece not in CONCEPTS and not piece.isdecimal() and len(piece) == 1 for piece in found[1])
    if strange and max(map(len, known), default=0) <= _LEAST_STEM:
        return ()  # « cadre » is no « adr », « annuel » no « ue »
    return known if sum(map(len, known)) >= max(_LEAST_STEM, len(part) - 3) else ()


def _cost(piece: str) -> int | None:
    """What a piece of a glued word costs: little for a word of the vocabulary, much for letters of nothing."""
    if piece in CONCEPTS and len(piece) > 1:
        return 1 if len(piece) >= _LEAST_STEM else 3
    if piece in LINKS:
        return 2
    if piece.isdecimal() and len(piece) <= 4:  # noqa: PLR2004  (a year)
        return 2
    return 6 * len(piece) if len(piece) <= 2 else None  # noqa: PLR2004


def _meant(part: str) -> str | None:
    """The word of the vocabulary that differs by one slip (two in a long word), where there is only one."""
    if len(part) < _FUZZY - 1 or not part.isalpha():
        return None
    allowed = 2 if len(part) >= 2 * _FUZZY - 1 else 1
    near = {
        known
        for known in _LIKE.get(part[0], ())
        if (slips := _slips(part, known, allowed)) <= allowed and (slips == 1 or known[-_END:] == part[-_END:])
    }
    return min(near, key=lambda known: (_slips(part, known, allowed), known), default=None)


def _slips(one: str, other: str, most: int) -> int:
    """Letters changed, added, left out or swapped between two words; `most` + 1 where there are more."""
    if abs(len(one) - len(other)) > most or one[0] != other[0]:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, start=1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
