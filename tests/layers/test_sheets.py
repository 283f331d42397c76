"""The sheet of a structure: every word of every list, what differs, and grants that are never mixed up."""

from __future__ import annotations

from typing import Any

from layers import sheets
from tests import factories
from tests.factories import LILLE, ROUBAIX, actor, grant

NUMBER = {"siret": "12345678200010", "siren": "123456782"}
KEY = NUMBER["siret"]


def sheet(
    actors: list[dict[str, Any]], grants: list[dict[str, Any]] | None = None, **asked: Any
) -> sheets.Sheet | None:
    release = factories.release(actors=actors, grants=grants or [])
    return sheets.sheet(release, asked.get("key", KEY), asked.get("year"))


def test_every_list_is_quoted_and_what_differs_is_marked() -> None:
    rows = [
        actor(1, LILLE, name="ESSAI", sector="divers", **NUMBER),
        actor(2, LILLE, name="Essai", sector="commerce", size_class="12", source="sirene", vintage="2020-12", **NUMBER),
    ]
    found = sheet(rows)
    assert found is not None
    assert found.rows["source"].tolist() == ["sirene", "siae"]
    assert found.kept["sector"] == "commerce"
    assert found.disagreements == {"sector"}, "a name written otherwise, or a silence, is no disagreement"


def test_the_year_asked_for_else_the_latest() -> None:
    rows = [actor(n, LILLE, year=year, name=str(year), **NUMBER) for n, year in enumerate((2018, 2020))]
    shown = [sheet(rows, year=year) for year in (2018, 2019, None)]
    assert [(one.year, one.kept["name"], one.years) for one in shown if one] == [
        (2018, "2018", (2018, 2020)), (2020, "2020", (2018, 2020)), (2020, "2020", (2018, 2020)),
    ]  # fmt: skip


def test_no_sheet_of_who_may_not_be_named_nor_of_who_is_absent() -> None:
    rows = [
        actor(1, LILLE, year=2019, **NUMBER),
        actor(2, LILLE, name="", diffusion="P", source="sirene", vintage="2020", **NUMBER),
        actor(3, LILLE, legal_category="1000", siret="98765432400018", siren="987654324"),
    ]
    assert [sheet(rows, key=key) for key in (KEY, "98765432400018", "absente", "")] == [None] * 4


def test_grants_are_its_own_and_those_of_its_unit_stand_apart() -> None:
    rows = [
        actor(1, LILLE, **NUMBER),
        actor(2, ROUBAIX, siret="12345678200028", siren="123456782"),
        actor(3, LILLE, siret="98765432400018", siren="987654324", name="Autre"),
    ]
    grants = [
        grant(1, 100, LILLE, siret=KEY, year=2010),
        grant(2, 200, LILLE, siret=KEY, year=2012, kind="voted"),
        grant(3, 400, None, siren="123456782", name="Unité"),
        grant(4, 800, LILLE, siret="98765432400018"),
    ]
    found = sheet(rows, grants)
    assert found is not None
    assert found.grants["amount_cents"].tolist() == [200, 100]
    assert found.unit_grants["amount_cents"].tolist() == [400]
