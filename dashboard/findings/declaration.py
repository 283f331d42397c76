"""What a finding is: a sentence that the numbers support, and the view that proves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.i18n import _
from dashboard.viewstate import ViewState
from layers.indicators import ACTORS, FUNDING, INDICATORS, Indicator

if TYPE_CHECKING:
    from layers.release import Release

GROUPS = (ACTORS, FUNDING)
"""Groups of indicators that findings speak of; the context is not the ESS."""
DOUBT = 0.05
"""Risk, over all the comparisons that a template makes, of taking chance for a difference."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence; ``strength`` is how far it is from nothing to say, alike for all templates: |ln(ratio)|.

    ``areas`` are the territories it names, ``state`` the view of ``/carte`` that proves it.
    """

    template: str
    indicator: Indicator
    areas: tuple[str, ...]
    sentence: str
    strength: float
    state: ViewState

    @property
    def href(self) -> str:
        """Address of the proof."""
        return f"/carte?{self.state.to_query()}"

    @property
    def label(self) -> str:
        """What kind of finding it is."""
        return _(TEMPLATES[self.template].label)


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of finding: every sentence of the kind that a release supports, in a fixed order."""

    key: str
    label: str
    rule: str
    find: Callable[[Release, ViewState], list[Finding]]


TEMPLATES: dict[str, Template] = {}
"""The registry, filled by `dashboard.findings`."""


def confidence(comparisons: int) -> float:
    """Confidence of each interval where so many areas are compared and the most notable one is told (Bonferroni)."""
    return 1 - DOUBT / comparisons


def spoken(*kinds: str) -> list[Indicator]:
    """Indicators of some kinds that findings may speak of, in the order of the registry."""
    return [one for one in INDICATORS.values() if one.group in GROUPS and one.kind in kinds]


def proof(state: ViewState, indicator: str, year: int | None, **more: str | None) -> ViewState:
    """The view of the map that shows an indicator in a year, with the perimeter and the release of a page."""
    kept = ViewState(perimeter=state.perimeter, release=state.release, lang=state.lang)
    return replace(kept, indicator=indicator, year=year, **more)  # type: ignore[arg-type]
