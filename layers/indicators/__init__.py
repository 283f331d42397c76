"""The registry of indicators: one frozen declaration each; menus, checks, legend, method page and API follow."""

from __future__ import annotations

from layers.indicators import actors, context, funding
from layers.indicators.declaration import (
    ACTORS,
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
    "ACTORS", "AMOUNT", "CONTEXT", "COUNT", "DEFAULT", "FUNDING", "INDICATORS", "LEVEL", "POINTS", "POISSON", "RATIO",
    "WILSON", "Indicator",
]  # fmt: skip

INDICATORS: dict[str, Indicator] = {
    indicator.key: indicator for indicator in (*actors.DECLARED, *funding.DECLARED, *context.DECLARED)
}
DEFAULT = "actors_per_1000"
