"""Invented posts by commune, sector and family: many small employers, a few large ones, drawn from a seed."""

from __future__ import annotations

from typing import Any

import numpy as np

from layers.ess import FAMILIES, SECTORS
from layers.release import Release
from tests.factories import COMMUNES, observation, release
from tests.layers.invented import sha256

EMPLOYERS = 700


def job(commune: str = "59350", **changes: Any) -> dict[str, Any]:
    """One row of the table ``jobs``; its state follows from its posts."""
    row: dict[str, Any] = {
        "commune": commune,
        "year": 2022,
        "scope": "ess",
        "sector": "action-sociale",
        "family": "association",
        "posts": 100.0,
        "establishments": 10.0,
        "largest": 20.0,
        "source": "flores",
        "vintage": "2022",
        "file_sha256": sha256("flores.csv"),
        "row": 2,
        **changes,
    }
    posts = row["posts"]
    return {"state": "suppressed" if posts is None else "value" if posts else "zero", **row}


def drawn(seed: int = 7, employers: int = EMPLOYERS) -> list[dict[str, Any]]:
    """Rows of as many employers, those of the ESS by sector and family, all of them by sector."""
    source = np.random.default_rng(seed)
    cells: dict[tuple[str, str, str], list[int]] = {}
    weights = 1 / np.arange(1, len(COMMUNES) + 1)
    for _ in range(employers):
        commune = COMMUNES[source.choice(len(COMMUNES), p=weights / weights.sum())]
        sector = list(SECTORS)[min(int(source.exponential(3)), len(SECTORS) - 1)]
        family = list(FAMILIES)[min(int(source.exponential(0.6)), len(FAMILIES) - 1)]
        cells.setdefault((commune, sector, family), []).append(int(np.ceil(source.lognormal(1.5, 1.3))))
    rows = [
        job(
            commune,
            sector=sector,
            family=family,
            posts=float(sum(posts)),
            establishments=float(len(posts)),
            largest=float(max(posts)),
        )
        for (commune, sector, family), posts in cells.items()
    ]
    everyone = [
        job(commune, scope="all", family=None, posts=4000.0 + i, establishments=60.0, largest=300.0)
        for i, commune in enumerate(COMMUNES)
    ]
    return [*rows, *everyone]


def shown(rows: list[dict[str, Any]]) -> Release:
    """A release of these posts, every commune having people."""
    people = [observation(code, 5000.0 + i, year=2022) for i, code in enumerate(COMMUNES)]
    return release(observations=people, jobs=rows)
