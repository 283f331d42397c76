"""A release: the immutable set of tables and geography that the application shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from layers.cache import MB, Cache
from layers.indicators import INDICATORS
from layers.indicators.held import of_sources
from layers.tables import SCHEMAS, empty

if TYPE_CHECKING:
    from geodata.geography import Geography
    from layers.indicators import Indicator

DEMONSTRATION = "demonstration"
"""Source kind of the rows of the demonstration, and of no other."""


ONCE: Final = 1_000 * MB
"""Bytes of what is made once of a release: 60 MB of a metropole; a region takes more, and leaves none of it out."""


class MixedRelease(ValueError):  # noqa: N818  (says what happened)
    """Demonstration rows beside imported ones: never shown, never published."""


@dataclass(frozen=True, eq=False)
class Release:
    """What one name stands for, for ever.

    Attributes
    ----------
    id : twelve hexadecimal digits drawn from the content.
    manifest : sources, licences, digests, rows, caveats (see `layers.manifest`).
    demonstration : whether every row is fictitious. Raises `MixedRelease` where only some are.
    actors, grants, observations, jobs, zones, secrecy, programme : tables of `layers.tables`.
    cache : what is made once of the tables, under names that the release bounds (facts, years, perimeters), never an
        address; goes with the release.
    token : names the release in the caches of what addresses ask for (`layers.cache`), which outlive it.
    """

    id: str
    manifest: Mapping[str, Any]
    demonstration: bool
    geography: Geography
    actors: pd.DataFrame
    grants: pd.DataFrame
    observations: pd.DataFrame
    jobs: pd.DataFrame = field(default_factory=lambda: empty("jobs"))
    zones: pd.DataFrame = field(default_factory=lambda: empty("zones"))
    secrecy: pd.DataFrame = field(default_factory=lambda: empty("secrecy"))
    programme: pd.DataFrame = field(default_factory=lambda: empty("programme"))
    cache: Cache[Any] = field(default_factory=lambda: Cache("release", ONCE), init=False, repr=False)
    token: object = field(default_factory=object, init=False, repr=False)

    def __post_init__(self) -> None:
        refuse_mixture(self.tables(), demonstration=self.demonstration)

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """All its indicators by key: those of the registry, and those that its own files declare."""
        own = self.cache.get("declared", lambda: of_sources(self.manifest.get("sources", ())))
        return {**INDICATORS, **own} if own else INDICATORS

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by name."""
        return {name: getattr(self, name) for name in SCHEMAS}


def refuse_mixture(tables: Mapping[str, pd.DataFrame], *, demonstration: bool) -> None:
    """Raise `MixedRelease` unless every row is of the demonstration, or none is."""
    for name, frame in tables.items():
        fictitious = frame["source"].eq(DEMONSTRATION)
        if (demonstration and not fictitious.all()) or (not demonstration and fictitious.any()):
            raise MixedRelease(
                f"La table «\u00a0{name}\u00a0» mêle démonstration et données importées\u202f: rien n’est publié."
            )
