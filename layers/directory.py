"""The directory of a release: its structures of one year and standing, each once, with the facets to choose them by.

A structure in partial diffusion is counted, never listed, named or placed, in any year; nor is a natural person.
The page, its export and the API choose through this module, and so show the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.perimeter import members
from geodata.territories import TERRITORIES
from layers import matching, measure
from layers.dimensions import ACTORS, DIMENSIONS, UNKNOWN
from layers.ess_rule import NATURAL_PERSON
from layers.names import plain

if TYPE_CHECKING:
    from layers.release import Release

Mask = npt.NDArray[np.bool_]
Choice = Mapping[str, tuple[str, ...]]
"""Values chosen, by facet; several of one facet are as many ways in, and the facets narrow each other."""

IDENTIFIER: Final = 9
"""Digits from which a searched number is looked for in SIRET, SIREN and RNA."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to choose structures: ``read`` gives the value of each row, `UNKNOWN` where no source tells it.

    ``axis`` orders the values; a value outside it comes after, by text. ``several``: a row may have several values,
    parted by spaces.
    """

    key: str
    read: Callable[[pd.DataFrame], pd.Series]
    axis: tuple[str, ...] = ()
    several: bool = False


def _column(name: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda frame: frame[name]


def _territory(frame: pd.DataFrame) -> pd.Series:
    return frame["commune"].map(members())


FACETS: Final[Mapping[str, Facet]] = {
    facet.key: facet
    for facet in (
        Facet("territory", _territory, tuple(TERRITORIES)),
        Facet("commune", _column("commune")),
        *(
            Facet(dimension.key, dimension.of, tuple(dimension.names))
            for dimension in DIMENSIONS.values()
            if dimension.cuts(ACTORS)
        ),
        Facet("source", _column("sources"), several=True),
    )
}


@dataclass(frozen=True, eq=False)
class Directory:
    """Structures of one year and standing.

    Attributes
    ----------
    frame : the structures that may be listed, by name: columns of `layers.matching.Matched.structures` and ``key``.
    hidden : those in partial diffusion, which are only counted.
    """

    frame: pd.DataFrame
    hidden: pd.DataFrame
    masks: dict[str, dict[str, Mask]] = field(init=False, repr=False)
    _hidden_masks: dict[str, dict[str, Mask]] = field(init=False, repr=False)
    _plain: list[str] = field(init=False, repr=False)
    _numbers: list[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "masks", {key: _masks(facet, self.frame) for key, facet in FACETS.items()})
        put(self, "_hidden_masks", {key: _masks(facet, self.hidden) for key, facet in FACETS.items()})
        put(self, "_plain", [plain(name) for name in self.frame["name"]])
        put(self, "_numbers", _joined(self.frame))

    def select(self, choice: Choice, q: str | None = None, perimeter: int | None = None) -> Mask:
        """Which rows of ``frame`` are chosen; ``q`` is looked for in names and numbers, see `wanted`."""
        found = _within(self.masks, len(self.frame), choice, perimeter)
        return found & self.naming(q) if q else found

    def counts(self, choice: Choice, q: str | None = None, perimeter: int | None = None) -> dict[str, dict[str, int]]:
        """For each value of each facet, the rows it would show beside the choices made in the *other* facets."""
        text = self.naming(q) if q else np.ones(len(self.frame), dtype=bool)
        found = {}
        for key, masks in self.masks.items():
            others = {other: values for other, values in choice.items() if other != key}
            base = text & _within(self.masks, len(self.frame), others, perimeter)
            found[key] = {value: int(np.count_nonzero(mask & base)) for value, mask in masks.items()}
        return found

    def unnamed(self, choice: Choice, q: str | None = None, perimeter: int | None = None) -> int:
        """How many of the choice are in partial diffusion: none where a name is looked for, since they have none."""
        return 0 if q else int(np.count_nonzero(_within(self._hidden_masks, len(self.hidden), choice, perimeter)))

    def naming(self, q: str) -> Mask:
        """Rows whose name has all the words of a normalised text, or one of whose numbers begins by its digits."""
        digits = q.replace(" ", "")
        if digits.isdecimal() and len(digits) >= IDENTIFIER:
            return np.fromiter((f" {digits}" in numbers for numbers in self._numbers), bool, len(self._numbers))
        words = q.split()
        return np.fromiter((all(word in name for word in words) for name in self._plain), bool, len(self._plain))


def directory(release: Release, year: int | None, ess: str = "yes") -> Directory:
    """The directory of a year and of a standing (``yes``, ``to_review``), made once for a release."""
    year = held_year(release, year, ess)
    name = ("directory", year, ess)

    def made() -> Directory:
        frame = keyed(release)
        frame = frame[frame["ess"].eq(ess) & frame["year"].eq(year or 0)]
        hidden = frame["key"].isin(partial(release))
        listed = frame[~hidden]
        named = listed.assign(_plain=[plain(name) for name in listed["name"]])
        ordered = named.sort_values(["_plain", "name", "actor_id"], kind="stable")
        return Directory(ordered.drop(columns="_plain").reset_index(drop=True), frame[hidden].reset_index(drop=True))

    found: Directory = release.cache.get(name, made)
    return found


def keyed(release: Release) -> pd.DataFrame:
    """All the structures of a release with their ``key``, natural persons apart."""
    found = matching.matched(release)
    frame = found.structures.assign(key=found.keys)
    return frame[~frame["legal_category"].str.startswith(NATURAL_PERSON).fillna(value=False).astype(bool)]


def partial(release: Release) -> frozenset[str]:
    """Keys of the structures that are in partial diffusion in any year: no older list names them either."""

    def hidden() -> frozenset[str]:
        frame = keyed(release)
        diffused = frame["diffusion"].eq(matching.PARTIAL).fillna(value=False).astype(bool)
        return frozenset(frame.loc[diffused, "key"])

    found: frozenset[str] = release.cache.get("partial_keys", hidden)
    return found


def years(release: Release, ess: str = "yes") -> tuple[int, ...]:
    """Years that have structures of a standing, in order."""

    def held() -> tuple[int, ...]:
        frame = matching.structures(release)
        return tuple(sorted(int(year) for year in frame.loc[frame["ess"].eq(ess), "year"].unique()))

    found: tuple[int, ...] = release.cache.get(("years", ess), held)
    return found


def held_year(release: Release, year: int | None, ess: str) -> int | None:
    """The year where a release has structures of a standing in it, else None: any other names the same, nobody."""
    return year if year in years(release, ess) else None


def default_year(release: Release, ess: str = "yes") -> int | None:
    """The year that the application shows first, where structures of this standing have it; else their latest."""
    held, shown = years(release, ess), measure.default_year(release, "actors")
    return shown if shown in held else max(held, default=None)


def wanted(text: str) -> str:
    """What is looked for, from what was typed: normalised; empty where it holds no letter nor digit."""
    return plain(text)


def _masks(facet: Facet, frame: pd.DataFrame) -> dict[str, Mask]:
    told = facet.read(frame).astype("object")
    values = told.where(told.notna(), UNKNOWN).to_numpy(dtype=object)
    if facet.several:
        kinds = sorted({kind for text in set(values) for kind in text.split()})
        return {kind: np.fromiter((kind in text.split() for text in values), bool, len(values)) for kind in kinds}
    held = set(values)
    ordered = [*facet.axis, *sorted(held - set(facet.axis) - {UNKNOWN})]
    ordered += [UNKNOWN] if UNKNOWN in held and UNKNOWN not in ordered else []
    return {value: values == value for value in ordered if value in held}


def _within(masks: Mapping[str, Mapping[str, Mask]], length: int, choice: Choice, perimeter: int | None) -> Mask:
    found = np.ones(length, dtype=bool)
    for key, values in choice.items():
        if values:
            found &= _any(masks[key], length, values)
    if perimeter is not None:
        found &= _any(masks["commune"], length, (*members(perimeter),))
    return found


def _any(masks: Mapping[str, Mask], length: int, values: tuple[str, ...]) -> Mask:
    found = np.zeros(length, dtype=bool)
    for value in values:
        if value in masks:
            found |= masks[value]
    return found


def _joined(frame: pd.DataFrame) -> list[str]:
    columns = [frame[name].fillna("").astype(str) for name in ("siret", "siren", "rna")]
    return [" " + " ".join(numbers) for numbers in zip(*columns, strict=True)]
