"""Titles of columns declared as tables write them, and known however they are spelled, dated or glued.

A title is declared as a person would write it: ``"Population municipale (en) {year}"``. What stands in parentheses may
be left out, ``{year}`` is a year of two digits or four, alone or at the end of a word (``P{year}``: there only),
``{period}`` a month or a quarter of a year, and ``…`` whatever may be there; between two words, one more at least.
Capitals, accents, punctuation, articles, plurals, words that are glued and the two ways to write « nombre » change
nothing; nor does the day of a year (« au 1er janvier 2021 »).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from layers.cache import Remembered
from layers.headings import normalised
from layers.values.periods import YEARLY, Period, period_of

YEAR, PERIOD, ANY = "{year}", "{period}", "…"
_MARKS: Final = {YEAR: "0000", PERIOD: "9999"}
"""How a mark is written while a title is normalised."""
_GLUED: Final = "#"
"""Where the year was at the end of a word: « P21 » is ``p#``, and « Q2 2021 » no « Q221 »."""
_LINKS: Final = frozenset(["de", "du", "des", "d", "la", "le", "les", "l", "au", "aux"])
_SAME: Final = dict.fromkeys(["nombre", "nbre"], "nb")
_FIRST_DAYS: Final = (("1er", "janvier"), ("01", "01"))
_CENTURY: Final = 2000
_FIRST_CENSUS: Final = 68
"""Two digits from here on are of the century before."""
_PLURAL: Final = 4
_MOST_WORDS: Final = 24
_LONGEST_PERIOD: Final = 3

Dated = tuple[str, Period]


@dataclass(frozen=True, slots=True)
class Spellings:
    """Every way to write one title or several (`spelled`): without a date, with a year, with a part of one.

    *opened* are those of which a part may be anything, and *never* the words that none of them has.
    """

    plain: frozenset[str] = frozenset()
    yearly: frozenset[str] = frozenset()
    parted: frozenset[str] = frozenset()
    opened: tuple[re.Pattern[str], ...] = ()
    never: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether any title is declared."""
        return bool(self.plain or self.yearly or self.parted or self.opened)

    def says(self, title: str) -> bool:
        """Whether a normalised title is one of these."""
        if any(one.fullmatch(title) for one in self.opened):
            return not self.never.intersection(title.split("_"))
        keys, dated = _readings(title)
        return not self.plain.isdisjoint(keys) or any(key in self._dated(period) for key, period in dated)

    def period(self, title: str) -> Period | None:
        """The year, or its part, that a normalised title of these tells; None where it tells none."""
        return next((period for key, period in _readings(title)[1] if key in self._dated(period)), None)

    def among(self, titles: Iterable[str]) -> tuple[int, ...]:
        """Positions of these among normalised titles."""
        return tuple(at for at, title in enumerate(titles) if self.says(title))

    def _dated(self, period: Period) -> frozenset[str]:
        return self.yearly if period.of == YEARLY else self.parted


NONE: Final = Spellings()


def spelled(*titles: str, never: str = "") -> Spellings:
    """The spellings of titles that are declared in words; *never* are words that no title of these has.

    >>> told = spelled("PMUN ({year})", "population municipale (en) {year}")
    >>> [told.says(normalised(one)) for one in ("PMUN21", "Population municipale au 1er janvier 2021", "Population")]
    [True, True, False]
    """
    found = NONE
    for title in titles:
        for written in _with_and_without(title):
            found = _added(found, written)
    return replace(found, never=frozenset(normalised(never).split("_")) - {""})


def _added(found: Spellings, written: str) -> Spellings:
    if ANY in written:
        return replace(found, opened=(*found.opened, _opened(written)))
    told = written
    for mark, digits in _MARKS.items():
        told = told.replace(mark, digits)
    words = normalised(told).split("_")
    kind = "yearly" if YEAR in written else "parted" if PERIOD in written else "plain"
    keys = frozenset(_keys([one for word in words if (one := _unmarked(word))]))
    return replace(found, **{kind: getattr(found, kind) | keys})


def _unmarked(word: str) -> str:
    digits = next((one for one in _MARKS.values() if word.endswith(one)), "")
    stem = word.removesuffix(digits)
    return stem + _GLUED if digits and stem else stem


def _with_and_without(title: str) -> Iterator[str]:
    """A title with what stands in parentheses, and without it."""
    parts = re.split(r"[()]", title)
    for held in product((True, False), repeat=len(parts) // 2):
        yield "".join(part for at, part in enumerate(parts) if at % 2 == 0 or held[at // 2])


def _opened(written: str) -> re.Pattern[str]:
    """What a normalised title matches where a part may be anything: of a word, or whole words that may not be there."""
    told, before = "", None
    for part in written.split(ANY):
        if before is not None:
            told += _between(before, part)
        told += "_".join(map(_numbered, normalised(part).split("_")))
        before = part
    return re.compile(told)


def _numbered(word: str) -> str:
    """A word of a title that is opened, which a plural says too; one that is declared in the plural is that alone."""
    return f"{word}s?" if len(word) >= _PLURAL and word == _singular(word) else word


def _between(before: str, after: str) -> str:
    left, right = before.endswith(" "), after.startswith(" ")
    if not before or not after:
        return ".*" if not (left or right) else "(?:_.*)?" if left else "(?:.*_)?"
    return {(True, True): "_.+_", (True, False): "_.*", (False, True): ".*_", (False, False): ".*"}[left, right]


def _keys(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a title in one: without articles and plurals, without articles, as they are."""
    told = [_SAME.get(word, word) for word in words if word not in _LINKS]
    return tuple({"".join(map(_singular, told)), "".join(told), "".join(words)})


def _singular(word: str) -> str:
    return word[:-1] if len(word) >= _PLURAL and word.endswith(("s", "x")) else word


def _read(title: str) -> tuple[tuple[str, ...], tuple[Dated, ...]]:
    """What a normalised title may be without a date; then with each of those that it may tell."""
    words = title.split("_")
    able = len(words) <= _MOST_WORDS and any(map(str.isdigit, title))
    return _keys(words), tuple(_dates(words)) if able else ()


_readings: Final[Remembered[tuple[tuple[str, ...], tuple[Dated, ...]]]] = Remembered(
    "spellings", _read, most=4096, longest=200
)


def _dates(words: Sequence[str]) -> Iterator[Dated]:
    for at, word in enumerate(words):
        after_a_code = at == 1 == len(words) - 1 and words[0].isalpha()  # « PMUN 21 »
        for stem, year in _years(word, alone=after_a_code):
            rest = _without_day(words[:at]), words[at + 1 :]
            for left in (stem + _GLUED, stem) if stem else ("",):
                yield from ((key, Period(year, 1, YEARLY)) for key in _keys([*rest[0], left, *rest[1]]))
        for end in range(at + 1, min(at + _LONGEST_PERIOD, len(words)) + 1):
            period = period_of("_".join(words[at:end]))
            if period is not None and period.of != YEARLY:
                yield from ((key, period) for key in _keys([*words[:at], *words[end:]]))


def _years(word: str, *, alone: bool) -> Iterator[tuple[str, int]]:
    """What comes before a year at the end of a word, and the year: of four digits, else of two after letters.

    *alone*: two digits may be a year by themselves.
    """
    if word[-4:].isdigit() and word[-4:-2] in ("19", "20"):
        yield word[:-4], int(word[-4:])
    elif word[-2:].isdigit() and (word[0].isalpha() or (alone and len(word) == len("21"))):
        short = int(word[-2:])
        yield word[:-2], short + (_CENTURY - 100 if short >= _FIRST_CENSUS else _CENTURY)


def _without_day(words: Sequence[str]) -> Sequence[str]:
    return words[:-2] if tuple(words[-2:]) in _FIRST_DAYS else words
