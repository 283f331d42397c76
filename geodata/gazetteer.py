"""Every name, post code and commune code by which a place of the Nord may be meant."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from geodata import names
from geodata.folders import EMBEDDED

FILE = "gazetteer.json"
HOME_DEPARTMENT = "59"


@dataclass(frozen=True)
class Place:
    """A commune, or a commune associated with another (`commune` is then the other's code)."""

    code: str
    name: str
    commune: str
    department: str
    postcodes: tuple[str, ...]
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gazetteer:
    """All the places of the Nord, and those of France that bear the name of a commune of the metropole.

    `departments`: name by code, overseas included. `former`: present commune by code out of use.
    `existing`: every commune code of France, present or past.
    """

    places: tuple[Place, ...]
    departments: Mapping[str, str]
    former: Mapping[str, str]
    existing: frozenset[str]
    _by_code: dict[str, Place] = field(init=False, repr=False)
    _by_name: dict[str, tuple[Place, ...]] = field(init=False, repr=False)
    _by_postcode: dict[str, tuple[Place, ...]] = field(init=False, repr=False)
    _departments_by_name: dict[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "_by_code", {place.code: place for place in self.places})
        put(self, "_by_name", _index((names.key(n), p) for p in self.places for n in (p.name, *p.other_names)))
        put(self, "_by_postcode", _index((code, p) for p in self.places for code in p.postcodes))
        put(self, "_departments_by_name", {names.key(name): code for code, name in self.departments.items()})

    def place(self, code: str) -> Place | None:
        """The place of this code; None for a code out of use or of another department."""
        return self._by_code.get(code)

    def commune_of(self, code: str) -> str | None:
        """Present commune of a code: Lille for Lomme; the code itself elsewhere in France; None if it never existed."""
        place = self._by_code.get(code)
        if place:
            return place.commune
        return self.former.get(code) or (code if code in self.existing else None)

    def named(self, name: str) -> tuple[Place, ...]:
        """Places of this name, capitals, accents, hyphens, `ST` and CEDEX aside."""
        return self.keyed(names.key(name))

    def keyed(self, key: str) -> tuple[Place, ...]:
        """Places whose name has this key (`names.key`)."""
        return self._by_name.get(key, ())

    def beginning_with(self, name: str, department: str = HOME_DEPARTMENT) -> tuple[Place, ...]:
        """Places of the department whose name begins with these words: « Sainghin » has two."""
        words = names.normalise(name)
        return tuple(
            place
            for place in self.places
            if words and place.department == department and names.normalise(place.name).startswith(words + " ")
        )

    def delivered_by(self, postcode: str) -> tuple[Place, ...]:
        """Places of this post code; empty for a CEDEX code or another department's."""
        return self._by_postcode.get(postcode, ())

    def department(self, text: str) -> str | None:
        """Code of a department given by code or name; None if there is none.

        >>> load().department("Nord"), load().department("059"), load().department("1")
        ('59', '59', '01')
        """
        code = text.strip().upper()
        for attempt in (code, code.zfill(2), code.removeprefix("0")):
            if attempt in self.departments:
                return attempt
        return self._departments_by_name.get(names.key(text))

    def department_of_postcode(self, postcode: str) -> str | None:
        """Department by the first digits of a post code (20 is Corsica, 97 and 98 overseas)."""
        if len(postcode) != _POSTCODE_LENGTH or not postcode.isdigit():
            return None
        prefix = {"200": "2A", "201": "2A", "202": "2B", "206": "2B"}.get(postcode[:3])
        start = prefix or (postcode[:3] if postcode[:2] in {"97", "98"} else postcode[:2])
        return start if start in self.departments else None


_POSTCODE_LENGTH = 5


def load(folder: Path | None = None) -> Gazetteer:
    """Read the gazetteer of `folder` (default: the embedded one)."""
    content = json.loads(((folder or EMBEDDED) / FILE).read_text(encoding="utf-8"))
    return Gazetteer(
        places=tuple(
            Place(code, name, commune, department, tuple(postcodes), tuple(other_names))
            for code, name, commune, department, postcodes, other_names in content["places"]
        ),
        departments=content["departments"],
        former=content["former"],
        existing=frozenset(_codes(content["codes"])),
    )


def _index(pairs: Iterable[tuple[str, Place]]) -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for key, place in pairs:
        if place not in found[key]:
            found[key].append(place)
    return {key: tuple(places) for key, places in found.items()}


def _codes(ranges: Mapping[str, str]) -> Iterator[str]:
    for prefix, numbers in ranges.items():
        width = _POSTCODE_LENGTH - len(prefix)
        for span in numbers.split():
            first, _, last = span.partition("-")
            for number in range(int(first), int(last or first) + 1):
                yield f"{prefix}{number:0{width}d}"
