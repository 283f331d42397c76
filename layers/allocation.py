"""Rules that share a yearly budget between the territories: pure functions that lose and make no cent.

A share that is no whole number of cents is rounded down, and the cents left go to the largest remainders (Hamilton's
rule), the first area first where two are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from layers.rounding import whole

Cents = dict[str, int]


@dataclass(frozen=True, slots=True)
class Given:
    """What a rule shares, and what it may look at.

    ``budget`` in cents, 0 or more; ``need`` of each area, 0 or more, of which one at least is not; ``existing`` what
    each area has today, in cents, below 0 where more was taken back than given; ``floor`` the least that each is to
    have, in cents.
    """

    budget: int
    need: Mapping[str, float]
    existing: Mapping[str, int]
    floor: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``explained`` says in French what it does; ``uses_floor`` that it looks at the floor."""

    key: str
    label: str
    explained: str
    share: Callable[[Given], Cents]
    uses_floor: bool = False


def proportional(budget: int, weights: Mapping[str, float]) -> Cents:
    """A budget in cents shared as weights are, to the cent.

    Raises
    ------
    ValueError
        A budget or a weight below 0, or no weight at all.

    Examples
    --------
    >>> proportional(100, {"1": 1, "2": 1, "3": 1})
    {'1': 34, '2': 33, '3': 33}
    """
    exact = {code: Fraction(weight) for code, weight in weights.items()}
    whole = sum(exact.values(), Fraction(0))
    if budget < 0 or whole <= 0 or any(one < 0 for one in exact.values()):
        raise ValueError("a budget of 0 or more, and weights of 0 or more of which one is not 0")
    quotas = {code: budget * one / whole for code, one in exact.items()}
    found = {code: int(quota) for code, quota in quotas.items()}
    order = sorted(quotas, key=lambda code: (found[code] - quotas[code], list(quotas).index(code)))
    for code in order[: budget - sum(found.values())]:
        found[code] += 1
    return found


def equal(given: Given) -> Cents:
    """As the need is: every inhabitant, or every job, counts as much wherever it is."""
    return proportional(given.budget, given.need)


def floored(given: Given) -> Cents:
    """The floor to each, the rest as the need is; a floor that the budget cannot pay is lowered to what it can."""
    least = min(given.floor, given.budget // len(given.need))
    rest = proportional(given.budget - least * len(given.need), given.need)
    return {code: least + rest[code] for code in given.need}


def kept(given: Given) -> Cents:
    """What exists is kept and the growth shared as the need is; a smaller budget lowers all in the same proportion.

    Where more was taken back than given, there is nothing to keep.
    """
    existing = {code: max(given.existing.get(code, 0), 0) for code in given.need}
    growth = given.budget - sum(existing.values())
    if growth < 0:
        return proportional(given.budget, existing)
    added = proportional(growth, given.need)
    return {code: existing[code] + added[code] for code in given.need}


RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        rule.key: rule
        for rule in (
            Rule(
                "equal",
                "À parts égales selon le besoin",
                "Chaque territoire reçoit la part du budget qu’il a dans le besoin choisi : "
                "chaque habitant, ou chaque emploi, compte autant partout.",
                equal,
            ),
            Rule(
                "floor",
                "Un plancher par territoire, le reste selon le besoin",
                "Chaque territoire reçoit d’abord le plancher ; ce qui reste du budget est partagé selon le besoin "
                "choisi. Si le budget ne suffit pas aux huit planchers, ils sont abaissés d’autant.",
                floored,
                uses_floor=True,
            ),
            Rule(
                "keep",
                "Garder l’existant, partager la hausse selon le besoin",
                "Chaque territoire garde ce qu’il a reçu l’année de départ ; seule la hausse du budget est partagée, "
                "selon le besoin choisi. Si le budget baisse, tous baissent dans la même proportion.",
                kept,
            ),
        )
    }
)
"""Rules by key, in the order in which they are offered."""


def budgets(first: int, growth: float, years: int) -> tuple[int, ...]:
    """Budgets in cents of some years in a row, each a percentage above the one before, rounded to the euro."""
    found = [first]
    for _ in range(years - 1):
        found.append(whole(found[-1] * (1 + growth / 100) / 100) * 100)
    return tuple(found)
