"""What an indicator is: one frozen declaration; menus, checks, legend, method page and API follow.

A ratio is always numerator over denominator, both added up before they are divided.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from layers.typography import NARROW, typeset

COUNT, AMOUNT, RATIO, LEVEL = "count", "amount", "ratio", "level"
"""Kinds: a count and an amount are drawn as circles, a ratio and a level (not additive) as fills."""

POISSON, WILSON = "poisson", "wilson"
"""Models of what chance does to an indicator: to a count, alone or related to what is known; to a proportion."""

POINTS = "points"
"""Unit of the difference of two percentages."""
TEXTS = ("label", "unit", "noun", "noun_one", "per", "definition", "formula", "caveat")
_GROUPS = re.compile(r"(?<=\d) (?=\d{3}\b)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One declaration, written with plain spaces: its texts are typeset as they are declared.

    ``numerator`` and ``denominator`` name facts (`layers.facts`); the value is ``scale * numerator /
    denominator``. ``digits`` is how many decimals a reader is shown. ``noun`` and ``noun_one`` are what the
    sentence counts, ``per`` how it relates it (« par habitant »), ``verb`` what an area does with it.
    ``secrecy`` says that statistical secrecy applies; ``cuts`` that it can be told by sector and by family;
    ``least`` is the denominator under which no value is given (domain, section 3: small numbers), of
    what ``counted`` names in the plural;
    ``pivot`` is the value from which a diverging scale departs, where there is a meaningful one;
    ``weak_gap`` is the relative gap under which two areas are said to differ little;
    ``chance`` is the model of its intervals, `POISSON` or `WILSON`, where small numbers make it vary by chance alone;
    ``stands_on`` is the key of the count that must reach the fewest in both years for a change in per cent to be given;
    ``signed`` that its numbers are changes, printed with their sign;
    ``levels`` are those at which it can be told, the first one being that at which it is shown first: of what does not
    add up, the communes alone unless they are said;
    ``fewest`` is the number of units under which a number, or what makes it up, is hidden (`layers.secrecy`).
    """

    key: str
    label: str
    kind: str
    unit: str
    numerator: str
    denominator: str | None = None
    scale: float = 1.0
    digits: int = 0
    noun: str = ""
    noun_one: str = ""
    per: str = ""
    verb: tuple[str, str] = ("compte", "comptent")
    definition: str
    formula: str
    caveat: str
    secrecy: bool = False
    cuts: bool = True
    pivot: float | None = None
    least: int = 0
    counted: str = ""
    weak_gap: float = 0.05
    chance: str | None = None
    stands_on: str | None = None
    signed: bool = False
    group: str
    levels: tuple[str, ...] = ()
    fewest: int = 0

    def __post_init__(self) -> None:
        for name in TEXTS:
            object.__setattr__(self, name, typeset(_GROUPS.sub(NARROW, getattr(self, name))))
        if not self.levels:
            object.__setattr__(self, "levels", ("commune",) if self.kind == LEVEL else ("territory", "commune"))

    @property
    def fill(self) -> bool:
        """Whether the polygon is filled; a count is a circle of proportional area instead."""
        return self.kind in (RATIO, LEVEL)


ACTORS, FUNDING, CONTEXT, ADDED = "Acteurs", "Financements", "Contexte", "Données ajoutées"

NEEDS_JOBS = (
    "Postes salariés (Insee, Flores), comptés au lieu de travail et non au siège ; une tranche d’effectifs n’est pas "
    "un effectif. Sous secret statistique."
)
