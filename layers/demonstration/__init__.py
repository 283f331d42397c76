"""The demonstration: what is shown while nothing was imported. Every structure, euro and post is fictitious.

Drawn from a fixed seed with integers only, so that every machine draws the same. The populations, the areas and
the outlines are the real embedded ones.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geodata import geography as geographies
from geodata.folders import EMBEDDED
from layers import geofiles
from layers.demonstration.grants import voted
from layers.demonstration.hidden import recorded
from layers.demonstration.jobs import posts
from layers.demonstration.origin import FILE_SHA256, SEED, VINTAGE
from layers.demonstration.programme import programme
from layers.demonstration.requests import payments, requests
from layers.demonstration.structures import by_year, draw, typed
from layers.manifest import identity, software
from layers.objects import digest
from layers.release import DEMONSTRATION, Release
from layers.tables import empty

if TYPE_CHECKING:
    from geodata.geography import Geography

TITLE = "Données de démonstration, fictives"
CAVEAT = (
    "Données de démonstration\u202f: structures, subventions et emplois sont fictifs, tirés au hasard. "
    "Aucun chiffre ne décrit l’économie sociale et solidaire de la métropole."
)


def tables(geography: Geography, seed: int = SEED) -> dict[str, pd.DataFrame]:
    """The tables: structures, grants and follow-up of `YEARS`, posts of `JOB_YEARS`, no observation."""
    source = np.random.Generator(np.random.PCG64(seed))
    structures = draw(geography, source)
    jobs = posts(geography, structures, np.random.Generator(np.random.PCG64([seed, 2])))
    granted = voted(structures, source)
    asked = requests(granted, structures, np.random.Generator(np.random.PCG64([seed, 3])))
    paid = payments(granted, np.random.Generator(np.random.PCG64([seed, 4])))
    grants = typed("grants", pd.concat([granted, asked, paid], ignore_index=True))
    return {
        "actors": by_year(structures),
        "grants": grants,
        "observations": empty("observations"),
        "jobs": jobs,
        "secrecy": recorded(jobs),
        "programme": programme(grants, np.random.Generator(np.random.PCG64([seed, 5]))),
    }


@cache
def release() -> Release:
    """The demonstration release, drawn once in a process."""
    geography = geographies.load()
    drawn = tables(geography)
    manifest: dict[str, Any] = {
        "published": None,
        "demonstration": True,
        "geography": geofiles.entry(EMBEDDED),
        "tables": {name: _described(frame) for name, frame in drawn.items()},
        "sources": [_source()],
        "caveats": [CAVEAT],
        "software": software(),
        "parent": None,
    }
    named = {"id": identity(manifest), **manifest}
    return Release(id=named["id"], manifest=named, demonstration=True, geography=geography, **drawn)


def _described(frame: pd.DataFrame) -> dict[str, Any]:
    said = digest(frame)
    return {"sha256": said, "digest": said, "rows": len(frame), "columns": list(frame.columns)}


def _source() -> dict[str, Any]:
    return {
        "kind": DEMONSTRATION,
        "title": TITLE,
        "file": "",
        "sha256": FILE_SHA256,
        "publisher": "",
        "licence": "",
        "attribution": "",
        "vintage": VINTAGE,
        "encoding": "",
        "delimiter": "",
        "imported": None,
        "retrieved": None,
        "account": None,
    }
