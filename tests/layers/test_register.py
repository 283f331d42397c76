from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from geodata import gazetteer, geography
from geodata.attach import Attacher
from layers import register, tables
from layers.importing import Report, import_files
from layers.lookups import FOUND, SEVERAL, Lookup
from layers.store import Store
from tests.layers.invented import actor
from tests.layers.readers.fictitious import JAUNE, SIAE, jaune_detail, jaune_total, siae_row, write

LILLE, ROUBAIX = "59350", "59512"
A, B = "30000001500010", "30000001500028"
UNIT = A[:9]


def known(*actors: dict[str, Any]) -> register.Register | None:
    rows = [{**row, "actor_id": f"essai:{n}"} for n, row in enumerate(actors)]
    return register.known(None, [{"actors": tables.build("actors", rows)}])


def test_nothing_known_is_no_register() -> None:
    assert known() is None
    assert register.known(None, [{}]) is None


def test_the_latest_year_of_a_siret_says_where_it_is() -> None:
    found = known(actor(siret=A, siren=UNIT, year=2026, commune=ROUBAIX), actor(siret=A, siren=UNIT, year=2020))
    assert found is not None
    assert found.establishments == {A: ROUBAIX}
    assert found.units == {UNIT: ROUBAIX}


def test_a_unit_of_two_communes_is_in_neither() -> None:
    found = known(actor(siret=A, siren=UNIT, commune=LILLE), actor(siret=B, siren=UNIT, commune=ROUBAIX))
    assert found is not None
    assert found.establishments == {A: LILLE, B: ROUBAIX}
    assert found.units == {}


def test_lookups_complete_the_lists_and_contradict_none_of_them() -> None:
    found = (
        Lookup(f"siren:{UNIT}", "2026-11-30", FOUND, "75108", UNIT),
        Lookup("name:ESSAI DOUBLE", "2026-11-30", FOUND, "75108", "300000023"),
        Lookup("rna:W595000001", "2026-11-30", FOUND, ROUBAIX, "300000031", "association", is_of_ess=True),
        Lookup("siren:300000049", "2026-11-30", SEVERAL, siren="300000049"),
    )
    rows = [
        {**actor(siret=A, siren=UNIT, commune=LILLE, name="Essai double"), "actor_id": "1"},
        {**actor(siret=B, siren=UNIT, commune=ROUBAIX, name="Essai double"), "actor_id": "2"},
    ]
    actors = tables.build("actors", rows)
    for frames, units, names in (([{"actors": actors}], {}, {}), ([], {UNIT: "75108"}, {"ESSAI DOUBLE": "75108"})):
        made = register.known(None, frames, {one.key: one for one in found})
        assert made is not None
        assert (made.units, made.names, made.associations) == (units, names, {"W595000001": ROUBAIX})
        assert made.is_of_ess("W595000001") and made.is_of_ess("300000031")
        assert made.family(None, "300000031") == "association"


def test_what_a_register_answered_is_followed_where_a_row_tells_no_place() -> None:
    found = Attacher(gazetteer.load(), geography.load(), answers={A: "59355", UNIT: "75108"})
    assert found.attach(siret=A).commune == LILLE
    assert found.attach(siren=UNIT).status == "outside"
    assert found.attach(siret=A, name="Roubaix").commune == ROUBAIX


@pytest.fixture(scope="module")
def attacher() -> Attacher:
    return Attacher(gazetteer.load(), geography.load(), {A: ROUBAIX}, {UNIT: ROUBAIX})


@pytest.mark.parametrize(
    ("said", "status", "commune"),
    [
        ({"siret": A}, "inside", ROUBAIX),
        ({"siren": UNIT}, "inside", ROUBAIX),
        ({"siren": UNIT, "department": "59"}, "inside", ROUBAIX),
        ({"siren": UNIT, "department": "75"}, "outside", None),
        ({"siren": UNIT, "siret": B}, "unknown", None),
        ({"siren": UNIT, "name": "Lille"}, "inside", LILLE),
        ({"siren": UNIT, "name": "Nullepart-lez-Fiction", "department": "59"}, "unknown", None),
        ({"siren": "300000023"}, "unknown", None),
    ],
)
def test_a_siren_speaks_only_where_all_else_is_silent(
    attacher: Attacher, said: dict[str, str], status: str, commune: str | None
) -> None:
    found = attacher.attach(**said)  # type: ignore[arg-type]
    assert (found.status, found.commune) == (status, commune)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A list of structures, and payments to one of them that do not say its commune."""
    rows = [siae_row(1, city="Roubaix", post_code="59100", longitude="", latitude="")]
    listed = write(tmp_path, SIAE, rows, "siae_2010.csv")
    rows = [jaune_total(1, "1 500", "59"), jaune_detail(1, "1 500", "59")]
    return listed, write(tmp_path, JAUNE, rows, "jaune.csv")


def amounts(report: Report) -> dict[str, float]:
    found = report.files[-1]
    assert found["kind"] == "jaune"
    return {code: amount for code, amount in found["amount_by_territory"].items() if amount}


def test_a_list_of_the_same_command_places_a_payment_without_commune(files: tuple[Path, Path], tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    report = import_files(files, store, dry_run=True)
    assert amounts(report) == {"3": 1500.0}
    assert report.files[-1]["rows_rejected"] == 0


def test_a_list_of_the_current_release_places_it_too(files: tuple[Path, Path], tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    assert amounts(import_files(files[1:], store, dry_run=True)) == {}
    import_files(files[:1], store)
    assert amounts(import_files(files[1:], store, dry_run=True)) == {"3": 1500.0}
