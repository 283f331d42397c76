"""The place in a free text: post code and city wherever they stand in an address, one cell or several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from geodata import abroad, elsewhere, names
from geodata.address_words import (
    MAYBE,
    STREET,
    STREETS,
    SURE,
    WHOLE,
    Code,
    Hit,
    codes_of,
    hits_of,
    is_noise,
    segments_of,
)
from geodata.gazetteer import HOME_DEPARTMENT, Gazetteer


@dataclass(frozen=True)
class PlaceText:
    """What an address says of its place; nothing where it names none, or several between which it does not decide.

    *departments*: where *city* is a large commune of elsewhere that stands alone, the departments that have it.
    *is_abroad*: another country is said.
    """

    postcode: str | None = None
    city: str | None = None
    departments: tuple[str, ...] = ()
    is_abroad: bool = False


NOWHERE = PlaceText()
ABROAD = PlaceText(is_abroad=True)


def place_in(gazetteer: Gazetteer, *cells: str) -> PlaceText:
    """Post code and city of the cells of an address, in any order and any writing.

    A commune in the name of a street is not the city. Five digits are a post code of the Nord, or of another
    department where the name of one of its communes stands beside; any other number is none. A city without post code
    stands alone on its line, between commas, or at the end of the address.

    >>> from geodata import gazetteer
    >>> place_in(gazetteer.load(), "12 rue de Roubaix, 59 000 Lille")
    PlaceText(postcode='59000', city='Lille', departments=(), is_abroad=False)
    """
    return _Address(gazetteer, cells).place()


class _Address:
    def __init__(self, gazetteer: Gazetteer, cells: Sequence[str]) -> None:
        self._gazetteer = gazetteer
        self._segments = segments_of(cells)
        self._codes = list(codes_of(self._segments))
        self._hits = list(hits_of(gazetteer, self._segments, self._codes))

    def place(self) -> PlaceText:
        home = [code for code in self._codes if self._gazetteer.delivered_by(code.code)]
        if home:
            return self._settled({self._at_home(code) for code in home})
        if any(abroad.is_said(words) for words in self._segments):
            return ABROAD
        beyond = [place for code in self._codes if (place := self._beyond(code))]
        return beyond[0] if beyond else self._by_name()

    def _settled(self, found: set[PlaceText]) -> PlaceText:
        """Of several post codes, the only one whose city is named."""
        if len(found) > 1:
            found = {place for place in found if self._agrees(place)}
        return found.pop() if len(found) == 1 else NOWHERE

    def _agrees(self, place: PlaceText) -> bool:
        delivered = self._gazetteer.delivered_by(place.postcode or "")
        return place.city is not None and any(one in self._gazetteer.named(place.city) for one in delivered)

    def _at_home(self, code: Code) -> PlaceText:
        """The city that the post code delivers, wherever it is named; else what stands beside the code."""
        delivered = {place.commune for place in self._gazetteer.delivered_by(code.code)}
        told = [hit for hit in self._hits if hit.trust > STREET and hit.communes & delivered]
        after = next((hit for hit in self._hits if self._follows(code, hit)), None)
        if after and not after.communes & delivered:
            return NOWHERE if told else PlaceText(code.code, after.text)
        named = after or _only(told, WHOLE) or _only(told, MAYBE) or self._before(code, told)
        if named:
            return PlaceText(code.code, named.text)
        return PlaceText(code.code) if told else self._contradicted(code)

    def _contradicted(self, code: Code) -> PlaceText:
        """No name of the post code's communes: another commune's, one that is shortened or misspelt, or none."""
        alone = [hit for hit in self._hits if hit.trust == WHOLE]
        if alone:
            return PlaceText(code.code, hit.text) if (hit := _only(alone, WHOLE)) else NOWHERE
        if any(hit.trust >= MAYBE for hit in self._hits):
            return NOWHERE
        close = (text for text in self._beside(code) if self._is_close(code.code, text))
        return PlaceText(code.code, next(close, None))

    def _is_close(self, code: str, text: str) -> bool:
        near = {place.commune for place in self._gazetteer.delivered_by(code) if names.close(place.name, text)}
        return len(near) == 1 or names.key(text) in elsewhere.load().large

    def _beyond(self, code: Code) -> PlaceText | None:
        """A post code of elsewhere beside the name of a commune of its department; CEDEX codes of the Nord too."""
        department = self._gazetteer.department_of_postcode(code.code)
        if department == HOME_DEPARTMENT:
            beside = [hit for hit in self._hits if self._follows(code, hit)] or self._ending_at(code)
            return PlaceText(code.code, beside[0].text) if beside else None
        if department is None or any(hit.trust == WHOLE and hit.segment != code.segment for hit in self._hits):
            return None
        for text in self._parts_beside(code):
            if elsewhere.load().holds(names.key(text), department):
                return PlaceText(code.code, text)
        return None

    def _by_name(self) -> PlaceText:
        sure = [hit for hit in self._hits if hit.trust >= SURE and not self._has_rival(hit)]
        if any(self._is_of_elsewhere(code, hit) for code in self._codes for hit in sure):
            return NOWHERE
        if sure:
            found = _only(sure, WHOLE) or (None if any(hit.trust == WHOLE for hit in sure) else _only(sure, SURE))
            return PlaceText(city=found.text) if found else NOWHERE
        if any(abroad.is_town(_bare(words)) for words in self._segments):
            return ABROAD
        known = elsewhere.load()
        alone = {key: text for text in map(_bare, self._segments) if (key := names.key(text)) in known.large}
        if len(alone) != 1:
            return NOWHERE
        ((key, text),) = alone.items()
        return PlaceText(city=text, departments=known.departments[key])

    def _has_rival(self, hit: Hit) -> bool:
        """Whether another commune is named in the same part, which is no street: « Roubaix-Tourcoing » is neither."""
        words = self._segments[hit.segment]
        beside = [one for one in self._hits if one.segment == hit.segment and one.communes != hit.communes]
        return bool(beside) and not any(word in STREETS for word in words)

    def _is_of_elsewhere(self, code: Code, hit: Hit) -> bool:
        """Whether a post code of another department stands beside a name: a hamlet there may bear it.

        Post codes end by a zero, but in the largest cities: other numbers of five digits are none.
        """
        department = self._gazetteer.department_of_postcode(code.code)
        if department in (None, HOME_DEPARTMENT) or not (code.code.endswith("0") or department in _BY_DISTRICT):
            return False
        return self._follows(code, hit) or (hit.segment, hit.end) == (code.segment, code.start)

    def _follows(self, code: Code, hit: Hit) -> bool:
        """Whether the name stands just behind the code, at the head of the next part where the code ends its own."""
        if hit.segment == code.segment:
            return hit.start == code.end
        ended = code.end == len(self._segments[code.segment])
        return ended and hit.segment == code.segment + 1 and hit.start == 0 and hit.trust == WHOLE

    def _ending_at(self, code: Code) -> list[Hit]:
        return [
            hit for hit in self._hits if (hit.segment, hit.end) == (code.segment, code.start) and hit.trust > STREET
        ]

    def _before(self, code: Code, told: Sequence[Hit]) -> Hit | None:
        return next((hit for hit in self._ending_at(code) if hit in told), None)

    def _beside(self, code: Code) -> Iterator[str]:
        """Whole texts after the code and before it, that are no street and bear no number."""
        for words in self._neighbours(code):
            text = _bare(words)
            if text and not any(word in STREETS or word[0].isdigit() for word in text.split()):
                yield text

    def _parts_beside(self, code: Code) -> Iterator[str]:
        """Names of any length that begin just behind the code, or end just before it."""
        after, before = self._neighbours(code)
        yield from (" ".join(after[:end]) for end in range(len(after), 0, -1))
        yield from (" ".join(before[start:]) for start in range(len(before)))

    def _neighbours(self, code: Code) -> tuple[list[str], list[str]]:
        """Words behind the code and before it, in its own part, or in the part beside where it is at the edge."""
        words = self._segments[code.segment]
        after, before = words[code.end :], words[: code.start]
        if not any(not is_noise(word) for word in after):
            after = next(iter(self._segments[code.segment + 1 : code.segment + 2]), [])
        if not before and code.segment:
            before = self._segments[code.segment - 1]
        return list(after), list(before)


_BY_DISTRICT = frozenset({"13", "69", "75"})
"""Departments of the cities whose districts have post codes of their own."""


def _only(hits: Iterable[Hit], least: int) -> Hit | None:
    """The hit of this trust or more, where all of them mean the same communes."""
    kept = [hit for hit in hits if hit.trust >= least]
    return kept[-1] if kept and len({hit.communes for hit in kept}) == 1 else None


def _bare(words: Iterable[str]) -> str:
    return " ".join(word for word in words if not is_noise(word))
