"""Parts of a portrait: trends that break where series do, employers that may be named, the 28 indicators, findings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard import findings
from dashboard.findings.__main__ import written
from dashboard.portrait import briefing, employers, evolution, panorama
from dashboard.portrait.place import METROPOLE, place
from geodata.perimeter import members
from layers import demonstration, measure, trend
from layers import employers as largest
from layers.indicators import INDICATORS
from layers.panorama import PANORAMA
from layers.series import Query
from tests import factories
from tests.factories import LILLE, ROUBAIX, view

RELEASE = demonstration.release()
PLACES = (METROPOLE, "3", "8", LILLE)
DOCUMENT = Path(__file__).parents[3] / "docs" / "findings.md"


@pytest.mark.parametrize("code", PLACES)
def test_indices_are_those_of_the_trend_and_no_line_goes_over_a_break(code: str) -> None:
    seen = view(RELEASE)
    where = place(seen, code)
    made = evolution.section(seen, where)
    assert made is not None
    assert any("Rupture entre 2016 et 2017" in one for one in made.paragraphs)
    for drawn in made.drawings:
        key = drawn.key.removeprefix("evolution-")
        query = Query(key, where.level)
        found = trend.of(RELEASE, query, None if where.is_whole else code)
        base = 2017 if key == "jobs" else 2019
        cells = found.metropole if found.area is None else found.area
        for row, one in zip(drawn.numbers, trend.indices(found, cells, base, found.first_runs), strict=True):
            assert row[0] == one.value
        assert [row[0] for row in drawn.rows] == [str(year) for year in measure.years(RELEASE, key)]
        if key == "jobs":
            before = [row for row, numbers in zip(drawn.rows, drawn.numbers, strict=True) if int(row[0]) < 2017]
            assert before
            assert all(
                numbers[0] is None for row, numbers in zip(drawn.rows, drawn.numbers, strict=True) if row in before
            )
        assert str(drawn.body).count("<polyline") == len(drawn.columns) - 1, (
            "one line each: years out of the run are not joined"
        )


def test_employers_are_the_highest_classes_and_never_those_in_partial_diffusion() -> None:
    inside = frozenset(code for code, territory in members().items() if territory == "3")
    found = largest.largest(RELEASE, inside, 2023)
    orders = [largest.ORDER[one.size] for one in found]
    assert len(found) == largest.MOST
    assert orders == sorted(orders, reverse=True)
    assert all(one.commune in inside for one in found)
    top = RELEASE.actors[RELEASE.actors["year"].eq(2023) & RELEASE.actors["commune"].isin(inside)]
    highest = int(top["size_class"].isin(["32", "41", "42", "51", "52", "53"]).sum())
    assert sum(one.size == "250" for one in found) == min(highest, largest.MOST)
    first = found[0].actor_id
    hidden = replace(RELEASE, grants=RELEASE.grants)
    diffusion = RELEASE.actors["diffusion"].mask(RELEASE.actors["actor_id"].eq(first), "P")
    object.__setattr__(hidden, "actors", RELEASE.actors.assign(diffusion=diffusion))
    assert first not in {one.actor_id for one in largest.largest(hidden, inside, 2023)}


def test_without_classes_what_is_missing_is_said() -> None:
    small = factories.release(actors=[factories.actor(n, ROUBAIX, size_class=None) for n in range(3)])
    seen = view(small)
    made = employers.section(seen, place(seen, "3"))
    assert made is not None
    assert "le stock Sirene les dit" in made.paragraphs[0]
    assert made.sheets == ()


def test_the_28_indicators_are_all_told_or_named_with_what_is_missing() -> None:
    assert [one.number for one in PANORAMA] == list(range(1, 29))
    assert {one.indicator for one in PANORAMA if one.indicator} <= set(INDICATORS)
    seen = view(RELEASE)
    rows = panorama.section(seen, place(seen, "3")).sheets[0].rows
    assert len(rows) == 28
    for one, row in zip(PANORAMA, rows, strict=True):
        assert row[0].text.startswith(f"{one.number}. ")
        assert row[2].text or row[3].text, "a value, a page, or what is missing"
        if row[2].text:
            cell = measure.series(RELEASE, Query(one.indicator)).cell("3")
            assert (row[2].value, row[2].state) == (cell.value, cell.state)
    nothing = factories.release(actors=[factories.actor(1, ROUBAIX)])
    bare = view(nothing)
    told = panorama.section(bare, place(bare, "3")).sheets[0].rows
    assert sum(row[3].text.startswith("Manque") for row in told) > 20


@pytest.mark.parametrize("code", [METROPOLE, *"12345678"])
def test_findings_name_the_place_and_lead_to_their_proof(demo: FlaskClient, code: str) -> None:
    seen = view(RELEASE)
    made = briefing.notable(seen, place(seen, code))
    assert made is not None
    labels = {template.label for template in findings.TEMPLATES.values()}
    for one in made.statements:
        assert one.kind in labels
        assert one.text.endswith(".")
        assert demo.get(one.href).status_code == 200
        if code != METROPOLE:
            assert place(seen, code).named.short in one.text
    assert len({one.text for one in made.statements}) == len(made.statements)


def test_the_document_of_the_templates_is_up_to_date() -> None:
    assert DOCUMENT.read_text() == written(), "python -m dashboard.findings > docs/findings.md"


def test_home_and_map_lead_to_the_portrait(demo: FlaskClient) -> None:
    assert 'href="/territoire/3"' in demo.get("/").text
    assert 'id="to-portrait" href="/territoire/3"' in demo.get("/carte?territory=3&level=commune").text
    assert (
        'id="to-portrait" href="/territoire/59512?perimeter=85"' in demo.get("/carte?commune=59512&perimeter=85").text
    )
    assert 'id="to-portrait" href="/territoire/mel" hidden' in demo.get("/carte").text
