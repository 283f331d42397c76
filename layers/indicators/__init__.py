"""The registry of indicators: one frozen declaration each; menus, checks, legend, method page and API follow."""

from __future__ import annotations

from collections.abc import Mapping

from layers.indicators import actors, context, funding
from layers.indicators.declaration import (
    ACTORS,
    ADDED,
    AMOUNT,
    CONTEXT,
    COUNT,
    FUNDING,
    LEVEL,
    POINTS,
    POISSON,
    RATIO,
    WILSON,
    Indicator,
)

__all__ = [
    "ACTORS", "ADDED", "AMOUNT", "CONTEXT", "COUNT", "DEFAULT", "FUNDING", "INDICATORS", "LEVEL", "POINTS", "POISSON",
    "RATIO", "WILSON", "Indicator", "can_cross",
]  # fmt: skip

INDICATORS: dict[str, Indicator] = {
    indicator.key: indicator for indicator in (*actors.DECLARED, *funding.DECLARED, *context.DECLARED)
}
DEFAULT = "actors_per_1000"


def can_cross(first: str, second: str, known: Mapping[str, Indicator] = INDICATORS) -> bool:
    """Whether two indicators can be read together as classes of each: two different ratios or levels, never a count.

    *known* are those of the release (`layers.release.Release.indicators`).
    """
    return first != second and all(key in known and known[key].fill for key in (first, second))
