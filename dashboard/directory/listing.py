"""What the directory shows of an address: rows in their order, facets with counts, chips, and why there is nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from dashboard.directory import labels
from dashboard.directory.state import DirectoryState
from dashboard.i18n import _
from layers import directory
from layers.dimensions import SIZES, UNKNOWN
from layers.ess import FAMILIES, SECTORS

if TYPE_CHECKING:
    from layers.directory import Directory, Mask
    from layers.release import Release

PER_PAGE = 50
SIZE_RANK = {code: rank for rank, code in enumerate(code for _, codes in SIZES.values() for code in codes)}
NO_RANK = -1


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet: how many it would show beside the other choices."""

    value: str
    label: str
    count: int
    checked: bool

    @property
    def disabled(self) -> bool:
        """Whether choosing it would show nothing."""
        return not self.count and not self.checked


@dataclass(frozen=True, slots=True)
class FacetShown:
    """One facet; ``told`` is False where no source of the release says it."""

    key: str
    label: str
    options: tuple[Option, ...]
    told: bool

    @property
    def chosen(self) -> int:
        """How many of its values are chosen."""
        return sum(option.checked for option in self.options)


@dataclass(frozen=True, slots=True)
class Chip:
    """One active choice, and the address without it; ``count``: what that would show."""

    kind: str
    label: str
    href: str
    count: int = 0


@dataclass(frozen=True)
class Listing:
    """The directory of a state on a release."""

    release: Release
    state: DirectoryState

    @cached_property
    def year(self) -> int | None:
        """The year shown; None where the release has no such structure."""
        return self.state.year or directory.default_year(self.release, self.state.ess)

    @cached_property
    def held(self) -> Directory:
        """The directory chosen from."""
        return directory.directory(self.release, self.year, self.state.ess)

    @cached_property
    def mask(self) -> Mask:
        """Which of its rows are shown."""
        return self.held.select(self.state.chosen, self.state.sought, self.state.bounds)

    @cached_property
    def count(self) -> int:
        """How many."""
        return int(np.count_nonzero(self.mask))

    @property
    def pages(self) -> int:
        """Pages of the list; one at least."""
        return max(1, -(-self.count // PER_PAGE))

    @cached_property
    def order(self) -> Any:
        """Places in the directory of the rows shown, in the order asked for."""
        at = np.flatnonzero(self.mask)
        name = self.state.sort.removeprefix("-")
        down = self.state.sort.startswith("-")
        if name == "name":
            return at[::-1] if down else at
        ranks = _ranks(self.release, self.held.frame, name)[at]
        known = ranks != NO_RANK
        sorted_ = np.argsort(np.where(known, -ranks if down else ranks, np.iinfo(np.int64).max), kind="stable")
        return at[sorted_]

    @property
    def rows(self) -> pd.DataFrame:
        """Rows of the page asked for, with ``at``, their place in the directory."""
        page = min(self.state.page, self.pages)
        at = self.order[(page - 1) * PER_PAGE : page * PER_PAGE]
        found: pd.DataFrame = self.held.frame.iloc[at].assign(at=at)
        return found

    def whole(self) -> pd.DataFrame:
        """All the rows shown, in their order."""
        found: pd.DataFrame = self.held.frame.iloc[self.order]
        return found

    @cached_property
    def unnamed(self) -> int:
        """How many more are counted, and never named."""
        return self.held.unnamed(self.state.chosen, self.state.sought, self.state.bounds)

    def facets(self) -> list[FacetShown]:
        """The facets in their order."""
        counts = self.held.counts(self.state.chosen, self.state.sought, self.state.bounds)
        return [self._facet(key, counts[key]) for key in directory.FACETS]

    def _facet(self, key: str, counts: Mapping[str, int]) -> FacetShown:
        chosen = self.state.chosen.get(key, ())
        values = [*counts, *(value for value in chosen if value not in counts)]
        options = [
            Option(value, labels.value_label(self.release, key, value), counts.get(value, 0), value in chosen)
            for value in values
        ]
        if key == "commune":
            options = sorted((o for o in options if not o.disabled), key=lambda o: (o.value == UNKNOWN, o.label))
        return FacetShown(key, labels.facet_label(key), tuple(options), told=set(counts) != {UNKNOWN})

    def chips(self) -> list[Chip]:
        """The choices made, each with what the list would be without it."""
        state = self.state
        made = [
            self._chip(labels.facet_label(key), labels.value_label(self.release, key, value), state.without(key, value))
            for key in directory.FACETS
            for value in state.chosen.get(key, ())
        ]
        if state.q:
            made.append(self._chip(_("Recherche"), state.q, replace(state, q="", page=1)))
        if state.bounds is not None:
            label = _("{n} communes").format(n=state.perimeter)
            made.append(self._chip(_("Périmètre"), label, replace(state, perimeter=DirectoryState().perimeter, page=1)))
        if state.ess != DirectoryState().ess:
            made.append(self._chip(_("Statut"), _("à vérifier"), replace(state, ess=DirectoryState().ess, page=1)))
        if state.year is not None:
            made.append(self._chip(_("Année"), str(state.year), replace(state, year=None, page=1)))
        return made

    def _chip(self, kind: str, label: str, without: DirectoryState) -> Chip:
        return Chip(kind, label, without.href, 0 if self.count else Listing(self.release, without).count)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of the lists that name any structure of the directory."""
        return tuple(self.held.masks["source"])


def _ranks(release: Release, frame: pd.DataFrame, name: str) -> Any:
    """Rank of each row in the order of a column; `NO_RANK` where it has no value, which comes last either way."""
    if name == "size":
        values = frame["size_class"].map(SIZE_RANK)
    elif name == "commune":
        places = release.geography.communes["name"].sort_values(key=lambda names: names.map(directory.wanted))
        values = frame["commune"].map({code: rank for rank, code in enumerate(places.index)})
    else:
        axis = SECTORS if name == "sector" else FAMILIES
        values = frame[name].map({slug: rank for rank, slug in enumerate(axis)})
    return values.astype("Float64").fillna(NO_RANK).to_numpy(dtype=np.int64)
