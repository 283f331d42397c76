"""Invented posts by commune, sector and family: many small employers, a few large ones, drawn from a seed."""

from __future__ import annotations

from functools import cache
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
    return [*rows, *everyone(rows)]


def everyone(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All the employers of each commune: those of the ESS, and sixty others, the largest of 300 posts."""
    found = []
    for i, commune in enumerate(COMMUNES):
        ess = [row for row in rows if row["commune"] == commune]
        posts, units = sum(row["posts"] for row in ess), sum(row["establishments"] for row in ess)
        largest = max([300.0, *(row["largest"] for row in ess)])
        whole = {"posts": posts + 4000.0 + i, "establishments": units + 60.0, "largest": largest}
        found.append(job(commune, scope="all", sector=None, family=None, **whole))
    return found


def sized(rows: list[dict[str, Any]], seed: int = 11) -> list[dict[str, Any]]:
    """The same posts of the ESS, each row cut in two size classes where it has establishments enough."""
    source = np.random.default_rng(seed)
    found = []
    for row in rows:
        small = int(source.integers(0, int(row["establishments"]))) if row["scope"] == "ess" else 0
        part = min(float(small), row["posts"] - row["largest"])
        size = "10-19" if row["scope"] == "ess" else None
        if small and part > 0:
            rest = {"posts": row["posts"] - part, "establishments": row["establishments"] - small}
            found.append({**row, "size_class": "1-9", "posts": part, "establishments": float(small), "largest": 1.0})
            found.append({**row, **rest, "size_class": size})
        else:
            found.append({**row, "size_class": size})
    return found


@cache
def drawn_release() -> Release:
    """The release of the posts that are drawn first, the same for all tests: what it hides is worked out once."""
    return shown(drawn())


def shown(rows: list[dict[str, Any]]) -> Release:
    """A release of these posts, every commune having people."""
    people = [observation(code, 5000.0 + i, year=2022) for i, code in enumerate(COMMUNES)]
    return release(observations=people, jobs=rows)
