"""Releases drawn at random: few rows or many, hidden, without place, of several stages, taken back, of some years.

`ESS_RANDOM_RELEASES` is how many a test draws (`number`); a few in the ordinary run.
"""

from __future__ import annotations

import os
import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from layers import demonstration
from layers.ess import FAMILIES, SECTORS
from layers.release import Release
from tests import factories
from tests.layers.invented import actor, grant, sha256

YEARS = (2017, 2018, 2019, 2021, 2023)
STAGES = ("asked", "voted", "contracted", "paid")
GRANTORS = ("Essai A", "Essai B", "Essai C")
SOURCES = ("jaune", "scdl", "table")


def number(few: int) -> int:
    """How many releases are drawn: `ESS_RANDOM_RELEASES`, else *few*."""
    return int(os.environ.get("ESS_RANDOM_RELEASES", few))


def release(seed: int) -> Release:
    """The release of a seed, the same on every machine."""
    chance = random.Random(seed)  # noqa: S311
    made = factories.release(
        actors=_actors(chance), grants=_grants(chance), observations=_observations(chance), jobs=_jobs(chance)
    )
    return replace(made, id=f"{seed:012x}", manifest={**demonstration.release().manifest, **made.manifest})


def _places(chance: random.Random) -> tuple[str | None, ...]:
    """A few communes or all of them, and none."""
    return (*chance.sample(factories.COMMUNES, chance.choice((1, 4, 30, 95))), None)


def _actors(chance: random.Random) -> list[dict[str, Any]]:
    places, years = _places(chance), chance.sample(YEARS, chance.randint(1, 3))
    return [
        actor(
            commune=chance.choice(places),
            sector=chance.choice([*SECTORS, None]),
            family=chance.choice([*FAMILIES, None]),
            year=chance.choice(years),
            ess=chance.choice(["yes", "yes", "yes", "to_review"]),
            name=f"Essai {n}",
            source=chance.choice(("siae", "sirene")),
        )
        for n in range(chance.choice((0, 1, 6, 60, 300)))
    ]


def _cents(chance: random.Random, recovered: float) -> int:
    size = chance.choice((50, 100_000, 2_000_000, 900_000_000))
    return chance.randint(0, size) * (-1 if chance.random() < recovered else 1)


def _grants(chance: random.Random) -> list[dict[str, Any]]:
    places, years = _places(chance), chance.sample(YEARS, chance.randint(1, 4))
    stages, recovered = chance.sample(STAGES, chance.randint(1, 4)), chance.choice((0, 0, 0.05, 0.5, 1))
    instruments = chance.choice((1, 3, 12))
    return [
        grant(
            cents=_cents(chance, recovered),
            commune=(commune := chance.choice(places)),
            located_by=chance.choice(("multi_territory", None)) if commune is None else "insee",
            year=chance.choice(years),
            kind=chance.choice(stages),
            instrument=f"Dispositif {chance.randrange(instruments)}",
            grantor=chance.choice(GRANTORS),
            sector=chance.choice([*SECTORS, None]),
            family=chance.choice([*FAMILIES, None]),
            name=f"Essai {chance.randrange(40)}",
            source=chance.choice(SOURCES),
        )
        for n in range(chance.choice((0, 1, 3, 12, 80, 300)))
    ]


def _observations(chance: random.Random) -> list[dict[str, Any]]:
    rows = factories.everywhere(year=chance.choice(YEARS)) if chance.random() < 0.7 else []
    if chance.random() < 0.5:
        unlike: Mapping[str, Mapping[str, Any]] = {
            code: {"value": None, "state": chance.choice(("suppressed", "missing"))}
            for code in chance.sample(factories.COMMUNES, chance.randint(0, 20))
        }
        rows += factories.everywhere("poverty_rate", 2021, unlike)
    return rows


def _jobs(chance: random.Random) -> list[dict[str, Any]]:
    if chance.random() < 0.3:
        return []
    years, by_sector = chance.sample(YEARS, chance.randint(1, 3)), chance.random() < 0.5
    return [
        _posts(chance, commune, year, scope, sector)
        for year in years
        for scope in ("ess", "all")
        for commune in factories.COMMUNES
        for sector in ([*SECTORS] if by_sector else [None])
    ]


def _posts(chance: random.Random, commune: str, year: int, scope: str, sector: str | None) -> dict[str, Any]:
    employers = chance.choice((0, 1, 2, 5, 20)) + (20 if scope == "all" else 0)
    posts = employers * chance.randint(1, 12)
    return {
        "commune": commune, "year": year, "scope": scope, "sector": sector, "family": None, "size_class": None,
        "posts": float(posts), "establishments": float(employers), "largest": float(-(-posts // max(employers, 1))),
        "state": "value" if posts else "zero", "source": "flores", "vintage": str(year),
        "file_sha256": sha256("postes.csv"), "row": 2,
    }  # fmt: skip
