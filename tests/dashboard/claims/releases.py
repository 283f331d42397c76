"""Random releases: few or many, one actor, hidden posts, grants without place or taken back, one year, parts."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from geodata.perimeter import members
from layers.release import Release
from tests import factories
from tests.layers.invented import actor, grant
from tests.layers.secrecy.invented_jobs import job

SECTORS = ("action-sociale", "commerce", "enseignement", None)
COMMUNES = sorted(members())
HOMES = [min(c for c, t in members().items() if t == code) for code in "12345678"]


def drawn(seed: int) -> Release:
    """The release of a seed."""
    source = random.Random(seed)  # noqa: S311
    years = source.choice([(2020,), (2019, 2020), (2018, 2019, 2020)])
    held = source.choice([COMMUNES, HOMES, HOMES[:3], COMMUNES[:1]])
    weights = [source.paretovariate(0.8) for _ in held]
    made = factories.release(
        [one for year in years for one in _actors(source, held, weights, year)],
        [one for year in years for one in _grants(source, held, weights, year)],
        jobs=[one for year in years for one in _jobs(source, year)] if source.random() < 0.15 else [],
    )
    return _refused(made, random.Random(f"refused {seed}"))  # noqa: S311


def _refused(made: Release, source: random.Random) -> Release:
    """The same, of files of which the import refused rows, one time out of four."""
    if source.random() > 0.25:
        return made
    accounts = [
        {"rows_rejected": (n := source.choice([0, 1, 5, 50])), "amounts_by_outcome": {"rejected": 2_000 * n}}
        for _ in made.manifest["sources"]
    ]
    told = [{**one, "account": one["account"] | a} for one, a in zip(made.manifest["sources"], accounts, strict=True)]
    return replace(made, manifest={**made.manifest, "sources": told})


def _many(source: random.Random) -> int:
    return source.choice([0, 1, 2, 6, 15, 25, 60, 200, 400])


def _actors(source: random.Random, held: list[str], weights: list[float], year: int) -> list[dict[str, Any]]:
    kind = "siae" if source.random() < 0.5 else "sirene"
    places = source.choices([*held, None], [*weights, source.choice([0, 0, 0.2]) * sum(weights)], k=_many(source))
    return [
        actor(n, place, year=year, source=kind, vintage=str(year), sector=source.choice(SECTORS))
        for n, place in enumerate(places)
    ]


def _grants(source: random.Random, held: list[str], weights: list[float], year: int) -> list[dict[str, Any]]:
    places = source.choices([*held, None], [*weights, source.choice([0, 0.1, 2]) * sum(weights)], k=_many(source))
    sizes = source.choice([0.0, 0.7, 1.6])
    origin = source.choice([{"source": "jaune", "grantor": "État"}, {"source": "scdl", "grantor": "MEL"}])
    back = source.choice([0, 0, 0.15])
    return [
        grant(n, round(200_000 * source.lognormvariate(0, sizes)) * (-1 if source.random() < back else 1), place,
              year=year, vintage=str(year), name=f"Essai {n}", **origin)
        for n, place in enumerate(places)
    ]  # fmt: skip


def _jobs(source: random.Random, year: int) -> list[dict[str, Any]]:
    rows = []
    for code in COMMUNES:
        units = source.choice([0, 1, 2, 4, 9, 30])
        posts = float(units * source.randint(1, 30))
        most = max(1.0, posts / max(1, units))
        rows.append(job(code, year=year, vintage=str(year), posts=posts, establishments=float(units), largest=most))
    return rows
