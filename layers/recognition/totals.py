"""Which rows of a table are totals: by what they add up, above or below, and not by their word alone."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import median_low
from typing import Final

_SAYS = re.compile(
    r"(?:(?:sous_?|s+_?|grand_)?tota(?:l|ux)|ensemble|somme|cumul|montant_total|a_reporter|report)(?:_.*)?|.*_tota(?:l|ux)"
)
_BARE: Final = ("ensemble", "somme", "cumul", "total", "totaux", "grand_total", "a_reporter")
_OF = re.compile(
    r"(?:(?:sous_?|s+_?|grand_)?tota(?:l|ux)|montant_total)(?:_.*)?|(?:soit|arrete)_.*tota(?:l|ux)(?:_.*)?|.*_tota(?:l|ux)"
)
_OF_ALL = re.compile(
    r"(?:grand_|montant_)?tota(?:l|ux)(?:_general.*|_en_euros|_des_subventions|_(?:19|20)\d\d)?|ensemble"
)
_OF_SOMETHING = re.compile(
    r"total_(?!generale?\b|genera(?:l|ux)|en_|des?_|du_|d_|l_|la_|les_|subvention|attribu|accord|vote|verse|pour|par|ttc"
    r"|hors|et_|(?:19|20)\d\d)(.+)|(?!(?:sous|grand|montant|s|soit|arrete)_)(.+)_total"
)
"""« Total Danse »: of what nothing else says, or somebody of that name."""
_COUNTED = re.compile(
    r"(\d+)_(?:associations?|beneficiaires?|subventions?|dossiers?|structures?|organismes?|lignes?|projets?)"
)
_SPELLED = re.compile(r"[a-z](?:_[a-z])+")
_FAR: Final = 60
"""Other totals between a total and the first of the rows that it adds up."""
_MANY: Final = 4
"""Rows of which one is hardly the sum of the others by chance."""
_SHARE: Final = 100
"""A printed total may differ by a cent for each of so many rows that were rounded."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that holds an amount.

    Attributes
    ----------
    texts : its other cells that say something, normalised.
    money : cents of each column of amounts, None where it has none.
    identified : whether it has a number of somebody.
    """

    texts: tuple[str, ...]
    money: tuple[int | None, ...]
    identified: bool


@dataclass(frozen=True, slots=True)
class Total:
    """A row that is a total: whether arithmetic proves it, whether that is all that tells it, and what it announces
    beside what was added."""

    proved: bool
    doubtful: bool = False
    announced: int = 0
    added: int = 0


def totals(entries: Sequence[Entry], starts: Sequence[int] = ()) -> dict[int, Total]:
    """The totals among the rows of a table that hold amounts, by place.

    A row is one that says so and fills less than the others, or has no text, or one text alone where the others have
    several; and that adds up the rows that stand next to it, above or below. Where it only says so, it is one that is
    wrong; where only arithmetic says so, it is doubtful unless all rows that look alike add up too. *starts* are places
    where a part of the table begins: under a title, on another sheet.
    """
    usual = median_low([len(one.texts) for one in entries if len(one.texts) > 1] or [1])
    kinds = {at: kind for at, one in enumerate(entries) if (kind := _likeness(one, usual))}
    kinds |= _at_the_edge(entries, kinds) if usual == 1 else {}
    alone = {at for at, kind in kinds.items() if kind == _ALONE}
    for unproved in (_ALONE, _SAID, _SILENT):
        found = _proofs(entries, kinds, starts)
        kinds = {at: kind for at, kind in kinds.items() if kind != unproved or found[at]}
    found = _proofs(entries, kinds, starts)
    all_proved = len(alone) > 1 and all(found.get(at) for at in alone) and any(_size(found.get(at)) > 1 for at in alone)
    return {
        at: _proved(entries, at, kinds, proof, sure=all_proved) if (proof := found[at]) else _wrong(entries, at, kinds)
        for at, kind in kinds.items()
        if found[at] or kind == _TITLED
    }


def _at_the_edge(entries: Sequence[Entry], kinds: dict[int, str]) -> dict[int, str]:
    """The first or the last row of a table of names and amounts, where it is the sum of all the others, many of them.

    Rows that other words tell to be totals add nothing.
    """
    data = [at for at in range(len(entries)) if at not in kinds]
    for at in (data[-1], data[0]) if len(data) > _MANY else ():
        others = [entries[other].money for other in data if other != at]
        sums = [sum(one or 0 for one in column) for column in zip(*others, strict=True)]
        told = [(one, added) for one, added in zip(entries[at].money, sums, strict=True) if one is not None]
        if not entries[at].identified and told and all(one == added for one, added in told):
            return {at: _ALONE}
    return {}


_TITLED, _SAID, _SILENT, _ALONE = "titled", "said", "silent", "alone"
"""A row that says it is a total, of what; that says a word of totals; that says nothing; that says one thing."""
_Proof = tuple[int, int] | None


def _likeness(one: Entry, usual: int) -> str:
    if one.identified or (len(one.texts) >= usual > 1):
        return ""
    if not one.texts:
        return _SILENT
    if any(is_titled(text) for text in one.texts):
        return _TITLED
    if any(_SAYS.fullmatch(text) for text in one.texts):
        return _SAID
    return _ALONE if len(one.texts) == 1 < usual else ""


def is_titled(text: str) -> bool:
    """Whether a normalised text says « total », of something or of all: « Total », « Sous-total culture »."""
    plain = text.replace("_", "") if _SPELLED.fullmatch(text) else text
    return plain in _BARE or any(form.fullmatch(plain) for form in (_OF, _COUNTED))


def _proofs(entries: Sequence[Entry], kinds: dict[int, str], starts: Sequence[int]) -> dict[int, _Proof]:
    """The rows that each adds up, first and last but one; None where it adds up none."""
    firsts = sorted({0, *starts, *(at + 1 for at in kinds)})
    lasts = sorted({*starts, *kinds, len(entries)})
    sums = [[0, *accumulate(0 if at in kinds else one.money[k] or 0 for at, one in enumerate(entries))]
            for k in range(len(entries[0].money))] if entries else []  # fmt: skip
    counts = [0, *accumulate(at not in kinds for at in range(len(entries)))]

    def agrees(money: Sequence[int | None], first: int, last: int) -> bool:
        rows = counts[last] - counts[first]
        pairs = [(one, own[last] - own[first]) for one, own in zip(money, sums, strict=True) if one is not None]
        near = all(abs(one - added) <= 1 + rows // _SHARE for one, added in pairs)
        return rows > 0 and near and any(added for _, added in pairs)

    def proof(at: int) -> _Proof:
        before = firsts[: bisect_right(firsts, at)][-_FAR:][::-1]
        after = lasts[bisect_left(lasts, at + 1) :][:_FAR]
        ways = [(first, at) for first in dict.fromkeys((*before, 0))]
        ways += [(at + 1, last) for last in dict.fromkeys((*after, len(entries)))]
        return next((way for way in ways if agrees(entries[at].money, *way)), None)

    return {at: proof(at) for at in kinds}


def _size(proof: _Proof) -> int:
    return proof[1] - proof[0] if proof else 0


def _proved(entries: Sequence[Entry], at: int, kinds: dict[int, str], proof: tuple[int, int], *, sure: bool) -> Total:
    own = [entry for place, entry in enumerate(entries[slice(*proof)], start=proof[0]) if place not in kinds]
    known = sure or kinds[at] in (_TITLED, _SILENT) or any(_is_of(text, own) for text in entries[at].texts)
    return Total(proved=True, doubtful=not known)


def _wrong(entries: Sequence[Entry], at: int, kinds: dict[int, str]) -> Total:
    """A row that says it is a total, and adds nothing up: beside what stands since the last one, or since the first."""
    money = entries[at].money
    column = next(k for k, one in enumerate(money) if one is not None)
    of_all = any(_OF_ALL.fullmatch(text) for text in entries[at].texts)
    first = 0 if of_all else max((mark + 1 for mark in kinds if mark < at), default=0)
    added = sum(entries[place].money[column] or 0 for place in range(first, at) if place not in kinds)
    named = next((match[1] or match[2] for text in entries[at].texts if (match := _OF_SOMETHING.fullmatch(text))), "")
    known = not named or any(
        named in text for place, one in enumerate(entries) if place not in kinds for text in one.texts
    )
    return Total(proved=False, doubtful=not known, announced=money[column] or 0, added=added)


def _is_of(text: str, rows: Sequence[Entry]) -> bool:
    """Whether a text is what all the rows say too, or how many they are: « Culture », « 12 associations »."""
    counted = _COUNTED.fullmatch(text)
    return (counted is not None and int(counted[1]) == len(rows)) or all(text in row.texts for row in rows)
