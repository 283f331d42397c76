"""A clean table of grants: what every disguise of it has to be read to."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, replace

from tests.layers.readers.fictitious import siret

COMMUNES = (("59512", "59100", "Roubaix"), ("59350", "59000", "Lille"), ("59599", "59200", "Tourcoing"))
NAMES = (
    "Association des Fictifs",
    "Association L’Invention",
    "Association Les Essais réunis",
    "Association du Modèle",
    "ASSOCIATION SPORTIVE INVENTÉE",
)
PURPOSES = (
    "Fonctionnement",
    "Festival d’été",
    "Ateliers, sorties et repas",
    "Achat de matériel (bis)",
    "Projet jeunes",
)
SECTIONS = ("Culture", "Sport", "Action sociale")
YEAR = 2023
LEAST, MOST = 2, 12


@dataclass(frozen=True)
class Grant:
    """One grant of the clean table; *before* is what the year before gave, where years stand side by side."""

    name: str
    siret: str
    commune: tuple[str, str, str]
    section: str
    purpose: str
    cents: int
    day: int
    year: int = YEAR
    before: int = 0

    @property
    def parts(self) -> tuple[tuple[int, int], ...]:
        """Year and cents of each grant of the row."""
        return ((self.year, self.cents), *(((self.year - 1, self.before),) if self.before else ()))


def grants(chance: random.Random) -> list[Grant]:
    """A clean table, whose rows all differ; some amounts are the same."""
    usual = chance.choice((_round, _round, _cents, _small))
    return [
        Grant(
            f"{chance.choice(NAMES)} {number}",
            siret(100 + number),
            chance.choice(COMMUNES),
            chance.choice(SECTIONS),
            chance.choice(PURPOSES),
            usual(chance),
            1 + chance.randrange(28),
        )
        for number in range(chance.randint(LEAST, MOST))
    ]


def _round(chance: random.Random) -> int:
    return chance.choice((50_000, 100_000, 150_000, 250_000, 1_000_000, chance.randrange(1, 900) * 10_000))


def _cents(chance: random.Random) -> int:
    return chance.randrange(1_000, 9_000_000)


def _small(chance: random.Random) -> int:
    return chance.randrange(1, 3_000) * 100


def in_two_years(clean: list[Grant], chance: random.Random) -> list[Grant]:
    """The same, each with what it had the year before."""
    return [replace(one, before=_round(chance)) for one in clean]


def parts(clean: list[Grant]) -> Counter[tuple[int, int]]:
    """Year and cents of all the grants, with how many times."""
    return Counter(part for one in clean for part in one.parts)
