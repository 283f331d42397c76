"""A slice: everything that a page prints of one choice agrees with its series."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import french, slices
from dashboard.slices import Scope
from geodata.perimeter import PERIMETERS, members
from layers import demonstration, measure
from layers.breaks import METHODS
from layers.classing import Classing
from layers.indicators import INDICATORS
from layers.release import Release
from layers.series import MISSING, SUPPRESSED, Query
from tests import factories
from tests.factories import LILLE, ROUBAIX, TOURCOING, actor, everywhere, grant

SCOPES = [Scope("territory", None, p) for p in PERIMETERS] + [
    Scope("commune", territory, p) for p in PERIMETERS for territory in (None, *"12345678")
]


@pytest.fixture(scope="module")
def release() -> Release:
    """One of each state: rates hidden in two communes, no grant in most."""
    hidden = {LILLE: {"value": None, "state": "suppressed"}, ROUBAIX: {"value": None, "state": "missing"}}
    return factories.release(
        actors=[actor(n, code) for n, code in enumerate((LILLE, LILLE, ROUBAIX, TOURCOING))],
        grants=[grant(1, 100_000, LILLE), grant(2, 5_000, TOURCOING)],
        observations=everywhere("poverty_rate", unlike=hidden),
    )


def made(release: Release, key: str, scope: Scope, method: str = "jenks") -> slices.Slice:
    return slices.make(release, Query(key, scope.level, perimeter=scope.perimeter), scope, Classing(method))


@pytest.mark.parametrize("key", INDICATORS)
@pytest.mark.parametrize("scope", [Scope("territory", None, 95), Scope("commune", "3", 85)], ids=lambda s: s.key)
def test_texts_marks_shares_and_ranks_follow_the_cells(release: Release, key: str, scope: Scope) -> None:
    found = made(release, key, scope)
    count = len(scope.codes())
    assert [cell.code for cell in found.cells] == list(scope.codes())
    assert len(found.texts) == len(found.marks) == len(found.shares) == len(found.ranks) == count
    for cell, text, mark, share, rank in zip(
        found.cells, found.texts, found.marks, found.shares, found.ranks, strict=True
    ):
        assert text == french.cell(INDICATORS[key], cell)
        assert mark == {"zero": "z", "suppressed": "s", "missing": "m"}.get(cell.state, mark)
        assert mark.isdigit() == (cell.state == "value")
        assert (rank > 0) == (cell.value is not None)
        assert (share > 0) <= (cell.state == "value")
    assert all(int(mark) < len(found.labels) for mark in found.marks if mark.isdigit())


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.key)
def test_a_scope_lists_its_areas(scope: Scope) -> None:
    belongs = members(scope.perimeter)
    codes = scope.codes()
    if scope.level == "territory":
        assert codes == tuple("12345678")
    elif scope.territory is None:
        assert codes == tuple(sorted(belongs))
    else:
        assert codes == tuple(sorted(code for code, territory in belongs.items() if territory == scope.territory))
    assert list(codes) == sorted(codes)


def test_the_name_of_a_scope() -> None:
    assert [Scope("territory", None, 95).key, Scope("commune", "3", 85).key] == ["territory-all-95", "commune-3-85"]
    assert Scope("commune", "3", 85).place.within == "dans le Roubaisien"
    assert Scope("territory", None, 85).place.within == "dans la métropole"


def test_the_areas_around_a_scope_keep_their_mark(release: Release) -> None:
    found = made(release, "actors", Scope("commune", "3", 95))
    assert len(found.around) == 95
    assert made(release, "actors", Scope("commune", None, 95)).around == ""


def test_the_largest_share_is_the_highest_value_of_the_level(release: Release) -> None:
    found = made(release, "actors", Scope("commune", None, 95))
    assert max(found.shares) == 10_000
    assert found.total_share == 20_000


def test_years_share_one_scale() -> None:
    rows = [actor(n, LILLE, year=2018) for n in range(30)] + [actor(n, ROUBAIX, year=2019) for n in range(3)]
    release = factories.release(actors=rows)
    scope = Scope("commune", None, 95)
    found = [slices.make(release, Query("actors", "commune", year=year), scope, Classing()) for year in (2018, 2019)]
    assert found[0].labels == found[1].labels
    assert [max(made.shares) for made in found] == [10_000, 1_000]


def test_what_is_hidden_and_missing_is_counted(release: Release) -> None:
    found = made(release, "poverty_rate", Scope("commune", None, 95))
    assert (found.hidden(SUPPRESSED), found.hidden(MISSING)) == (1, 1)
    assert found.packed()["x"] == [1, 1]
    assert "1 valeur sous secret" in found.source


@pytest.mark.parametrize("key", ["poverty_rate", "median_income"])
def test_what_is_not_additive_says_where_to_look(release: Release, key: str) -> None:
    assert "niveau «\u00a0Communes\u00a0»" in " ".join(made(release, key, Scope("territory", None, 95)).notes)
    assert "niveau «\u00a0Communes\u00a0»" not in " ".join(made(release, key, Scope("commune", None, 95)).notes)


def test_the_whole_is_the_territory_where_there_is_one(release: Release) -> None:
    assert made(release, "actors", Scope("territory", None, 95)).whole == (
        "4",
        "structures ESS listées dans la métropole",
    )
    value, rest = made(release, "actors", Scope("commune", "3", 95)).whole
    assert (value, rest.split("\u202f;")[0]) == ("1", "structure ESS listée dans le Roubaisien")
    assert made(release, "poverty_rate", Scope("commune", "3", 95)).whole[1].startswith("Valeur non disponible")


def test_neighbours_too_close_to_be_ranked_are_named() -> None:
    counts = {LILLE: 10, ROUBAIX: 100, TOURCOING: 98}
    release = factories.release(actors=[actor(commune=code) for code, n in counts.items() for _ in range(n)])
    unranked = "Sans numéro dans la liste\u00a0: rang non établi."
    assert made(release, "actors", Scope("territory", None, 95)).notes == (
        unranked,
        "Écart faible\u00a0: Roubaisien et Tourquennois.",
    )
    assert made(release, "actors", Scope("commune", None, 95)).notes == (unranked,)
    found = made(demonstration.release(), "population_under_20_share", Scope("territory", None, 95)).notes
    assert found == (
        unranked,
        "Écarts faibles entre la plupart des voisins du classement\u00a0: l’ordre dit peu.",
    )


@settings(max_examples=30)
@given(st.sampled_from(sorted(INDICATORS)), st.sampled_from(SCOPES), st.sampled_from(METHODS))
def test_any_slice_can_be_packed(key: str, scope: Scope, method: str) -> None:
    packed = made(demonstration.release(), key, scope, method).packed()
    assert json.loads(json.dumps(packed)) is not None
    assert packed["h"]
    assert packed["d"]
    assert str(packed["f"]).endswith(".")


def test_a_slice_shows_the_series_of_its_query(release: Release) -> None:
    query = Query("grants_amount", "commune")
    assert slices.make(release, query, Scope("commune", None, 95), Classing()).series == measure.series(release, query)
