"""How much statistical secrecy hides, by level: what a rehearsal and the page of the method tell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geodata.perimeter import CURRENT
from layers import facts, panel
from layers.cube import HIDDEN, PRESENT
from layers.indicators import INDICATORS
from layers.secrecy.levels import METROPOLE
from layers.secrecy.masks import SCOPES

if TYPE_CHECKING:
    from layers.release import Release

LEVELS: Final = (METROPOLE, "territory", "commune")


@dataclass(frozen=True, slots=True)
class Share:
    """What is hidden of a fact at a level in its last year, of what is not zero.

    ``totals`` of ``all_totals`` areas have their total hidden; so are ``cells`` of ``all_cells``, totals included.
    """

    fact: str
    year: int
    level: str
    totals: int
    all_totals: int
    cells: int
    all_cells: int


def shares(release: Release) -> tuple[Share, ...]:
    """Of each fact under secrecy that the release holds, by level; zeros, which are shown, and n.d. are left out."""
    found: tuple[Share, ...] = release.cache.get("hidden shares", lambda: tuple(_shares(release)))
    return found


def _shares(release: Release) -> list[Share]:
    found = []
    for fact in SCOPES:
        built = facts.cube(release, fact)
        if not facts.is_usable(built):
            continue
        counted = replace(INDICATORS["jobs"], numerator=fact)
        for level in LEVELS:
            made = panel.build(release, counted, "commune" if level == "commune" else "territory", CURRENT)
            at = slice(-1, None) if level == METROPOLE else slice(None, -1)
            states, values = made.states[-1, ..., at], made.values[-1, ..., at]
            hidden = states == HIDDEN
            some = hidden | ((states == PRESENT) & (values != 0))
            whole = (-1, -1)
            found.append(
                Share(
                    fact,
                    made.years[-1],
                    level,
                    int(hidden[whole].sum()),
                    int(some[whole].sum()),
                    int(hidden.sum()),
                    int(some.sum()),
                )
            )
    return found
