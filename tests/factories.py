"""Small releases of invented rows on the embedded geography, for the tests of measures and views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from dashboard.services import View
from dashboard.viewstate import ViewState
from geodata import geography as geographies
from geodata.geography import Geography
from geodata.perimeter import members
from layers import tables
from layers.ess import FAMILIES, SECTORS
from layers.importing import import_files
from layers.release import Release
from layers.store import Store
from tests.layers.invented import actor, grant, sha256, source

COMMUNES = tuple(sorted(members()))
LILLE, ROUBAIX, TOURCOING = "59350", "59512", "59599"
AUBERS, PROVIN = "59025", "59477"
"""Entered in 2017 (Weppes) and in 2020 (Couronne Sud)."""
PLACES = (LILLE, ROUBAIX, TOURCOING, AUBERS, PROVIN, "59332", "59128", None)
REAL_FILES = (
    "actors/siae_les-emplois_2020-12_nord_geocoded.csv",
    "funding/jaune_plf2012_associations_subventionnees_2010_dep59.csv",
    "aggregates/populations_municipales_2013-2021_communes_dep59.csv",
    "aggregates/filosofi_2021_communes_dep59.csv",
)


@cache
def geography() -> Geography:
    """The embedded geography, read once."""
    return geographies.load()


def observation(
    commune: str, value: float | None = None, variable: str = "population", year: int = 2020, **changes: Any
) -> dict[str, Any]:
    """One observation; its state follows from its value unless it is given."""
    state = "missing" if value is None else "value" if value else "zero"
    return {
        "commune": commune,
        "variable": variable,
        "year": year,
        "value": value,
        "state": state,
        "source": "population" if variable == "population" else "filosofi",
        "vintage": str(year),
        "file_sha256": sha256("observations.csv"),
        "row": 2,
        **changes,
    }


def everywhere(
    variable: str = "population", year: int = 2020, unlike: Mapping[str, Mapping[str, Any]] | None = None
) -> list[dict[str, Any]]:
    """An observation in each of the 95 communes, 1000 more at each; ``unlike`` changes some, by code."""
    rows = [observation(code, 1000.0 * (i + 1), variable, year) for i, code in enumerate(COMMUNES)]
    return [{**row, **(unlike or {}).get(row["commune"], {})} for row in rows]


def release(
    actors: Iterable[Mapping[str, Any]] = (),
    grants: Iterable[Mapping[str, Any]] = (),
    observations: Iterable[Mapping[str, Any]] = (),
    jobs: Iterable[Mapping[str, Any]] = (),
) -> Release:
    """A release of these rows; keys that must be unique are numbered."""
    built = {
        "actors": tables.build("actors", [{**row, "actor_id": f"a{n}"} for n, row in enumerate(actors)]),
        "grants": tables.build("grants", [{**row, "grant_id": f"g{n}"} for n, row in enumerate(grants)]),
        "observations": tables.build("observations", [dict(row) for row in observations]),
        "jobs": tables.build("jobs", [dict(row) for row in jobs]),
    }
    origins = {
        (str(kind), str(vintage))
        for frame in built.values()
        for kind, vintage in zip(frame["source"], frame["vintage"], strict=True)
    }
    sources = [source(kind, vintage, title=f"Liste {kind}") for kind, vintage in sorted(origins)]
    manifest = {"sources": sources, "caveats": []}
    return Release("0123456789ab", manifest, demonstration=False, geography=geography(), **built)


def view(shown: Release, **state: Any) -> View:
    """A view of a release."""
    return View(shown, ViewState(**state), ())


def real_release(folder: Path, store: Store) -> Release:
    """The release that the real files make; ``folder`` is the fixture ``shared_data``."""
    report = import_files([folder / name for name in REAL_FILES], store)
    assert report.release is not None, report
    return store.load(report.release)


years = st.sampled_from([2018, 2019, 2021])
places = st.sampled_from(PLACES)
sectors = st.sampled_from([*SECTORS, None])
families = st.sampled_from([*FAMILIES, None])


@st.composite
def actors(draw: st.DrawFn) -> dict[str, Any]:
    """One structure, anywhere, of any kind; one in four is still to be reviewed."""
    return actor(
        commune=draw(places),
        sector=draw(sectors),
        family=draw(families),
        year=draw(years),
        ess=draw(st.sampled_from(["yes", "yes", "yes", "to_review"])),
    )


@st.composite
def grants(draw: st.DrawFn) -> dict[str, Any]:
    """One grant of a few beneficiaries, of any amount up to 100,000 €."""
    return grant(
        cents=draw(st.integers(0, 10_000_000)),
        commune=draw(places),
        sector=draw(sectors),
        family=draw(families),
        year=draw(years),
        instrument=draw(st.sampled_from(["Essai A", "Essai B"])),
        name=draw(st.sampled_from(["Essai 1", "Essai 2", "Essai 3"])),
    )
