"""Several values of several dimensions: what is shown is the sum of its parts, counted from the records themselves."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.perimeter import members
from layers import counting, demonstration, entry, facts, measure
from layers.cache import in_use
from layers.choices import is_told, offered, reason
from layers.dimensions import DIMENSIONS, keep, split
from layers.ess import FAMILIES, SECTORS
from layers.indicators import INDICATORS
from layers.matching import structures
from layers.series import MISSING, SUPPRESSED, Query
from tests.layers.secrecy.invented_jobs import drawn, shown

RELEASE = demonstration.release()
JOBS = shown(drawn())
RECORDED = ("actors", "actors_per_1000", "grants_count", "grants_amount", "grants_beneficiaries", "grant_mean")


@st.composite
def queries(draw: st.DrawFn, indicators: tuple[str, ...] = RECORDED) -> Query:
    indicator = draw(st.sampled_from(indicators))
    chosen = {
        key: ",".join(draw(st.lists(st.sampled_from([*labels]), max_size=3, unique=True))) or None
        for key, labels in offered(RELEASE, indicator).items()
    }
    level = draw(st.sampled_from(["territory", "commune"]))
    year = draw(st.sampled_from(measure.years(RELEASE, indicator)))
    return Query(indicator, level, year=year, perimeter=draw(st.sampled_from([85, 90, 95])), **chosen)  # type: ignore[arg-type]


def fact_name(query: Query) -> str:
    return INDICATORS[query.indicator].numerator


@settings(deadline=None, max_examples=40)
@given(queries(("actors", "grants_count")))
def test_a_count_is_that_of_the_rows(query: Query) -> None:
    fact = facts.RECORDS[INDICATORS[query.indicator].numerator]
    rows = keep(fact.rows(RELEASE), fact.table, query.chosen)
    rows = rows[rows["year"] == query.year]
    belongs = members(query.perimeter)
    series = measure.series(RELEASE, query)
    area = rows["commune"].map(belongs) if query.level == "territory" else rows["commune"]
    sums = area[rows["commune"].isin(belongs.keys())].value_counts()
    codes = tuple(cell.code for cell in series.cells)
    outside = dict(zip(codes, entry.before(RELEASE, fact_name(query), (int(query.year or 0),), codes)[0], strict=True))
    told = {code: None if outside[code] and code not in sums else sums.get(code, 0) for code in codes}
    assert {cell.code: cell.value for cell in series.cells} == told
    assert series.total.value == sums.sum()
    assert measure.unlocated(RELEASE, query) == rows["commune"].isna().sum()


@settings(deadline=None, max_examples=40)
@given(queries(), st.data())
def test_several_values_are_the_sum_of_each(query: Query, data: st.DataObject) -> None:
    several = [key for key in query.chosen if not (key == "instrument" and query.indicator == "grants_beneficiaries")]
    if not several:
        return
    key = data.draw(st.sampled_from(several))
    whole = measure.series(RELEASE, query)
    parts = [measure.series(RELEASE, query.filtered(key, slug)) for slug in query.chosen[key]]
    for i, cell in enumerate((*whole.cells, whole.total)):
        each = [(*part.cells, part.total)[i] for part in parts]
        if cell.numerator is not None and all(other.numerator is not None for other in each):
            assert cell.numerator == pytest.approx(sum(other.numerator or 0 for other in each))


@settings(deadline=None, max_examples=25)
@given(queries(), st.sampled_from([None, "3", "8"]))
def test_what_is_counted_beside_a_choice_is_what_it_shows(query: Query, territory: str | None) -> None:
    found = counting.counts(RELEASE, query, territory)
    assert list(found) == list(offered(RELEASE, query.indicator))
    numerator = INDICATORS[query.indicator].numerator
    counted = {"amount": "grants_count", "grants": "grants_count", "beneficiaries": "grants_beneficiaries"}
    for key, numbers in found.items():
        for slug, count in numbers.items():
            asked = query.filtered(key, slug)
            asked = Query(
                counted.get(numerator, "actors"),
                year=asked.year,
                perimeter=asked.perimeter,
                **{name: getattr(asked, name) for name in DIMENSIONS},
            )
            series = measure.series(RELEASE, asked)
            cell = series.total if territory is None else series.cell(territory)
            assert (count.state, count.number) == (cell.state, cell.value)


def test_slugs_have_one_order_whatever_that_of_the_address() -> None:
    again = Query("actors", sector="enseignement,commerce,enseignement")
    assert again == Query("actors", sector="enseignement,commerce")
    assert again.sector is not None
    assert again.sector.count(",") == 1
    assert Query("actors", sector="commerce,enseignement") == Query("actors", sector="enseignement,commerce")
    assert Query("actors", sector="").chosen == {}
    assert Query("actors", sector="commerce").is_ready
    assert not Query("actors", sector="commerce,divers").is_ready
    assert not Query("actors", size="nn").is_ready


def test_a_filter_without_object_is_explained_and_shows_no_number() -> None:
    for query in (Query("population", sector="commerce,divers"), Query("actors", instrument="amorcage")):
        series = measure.series(RELEASE, query)
        assert {cell.state for cell in (*series.cells, series.total)} == {MISSING}
        assert "sans objet" in str(series.notes[0])
    assert reason(RELEASE, "actors", "instrument")
    assert not reason(RELEASE, "actors", "size")


def test_what_a_source_does_not_say_is_not_counted_as_no() -> None:
    actors = RELEASE.actors.assign(size_class=RELEASE.actors["size_class"].where(RELEASE.actors["year"] == 2023))
    year = 2022
    partial = type(RELEASE)(
        "x", RELEASE.manifest, True, RELEASE.geography, actors, RELEASE.grants, RELEASE.observations
    )
    assert is_told(partial, "actors", "employer", 2023)
    assert not is_told(partial, "actors", "employer", year)
    series = measure.series(partial, Query("actors", employer="no", year=year))
    assert series.total.value is None
    assert "les sources de 2022 ne le disent pas" in str(series.notes[0])


def test_an_unknown_slug_is_refused() -> None:
    for query in (
        Query("actors", sector="commerce,rien"),
        Query("actors", size="12"),
        Query("grants_count", instrument="x"),
    ):
        with pytest.raises(KeyError):
            measure.series(RELEASE, query)


def test_filters_that_readers_make_do_not_fill_the_memory() -> None:
    fresh = type(RELEASE)(
        *(
            getattr(RELEASE, name)
            for name in ("id", "manifest", "demonstration", "geography", "actors", "grants", "observations")
        )
    )
    measure.series(fresh, Query("actors"))
    once = len(fresh.cache)
    for sizes in product(["nn", "0", "1-2", "3-5"], ["6-9", "10-19", "20-49"], ["50-99", "100-249", "250"]):
        measure.series(fresh, Query("actors", sector="commerce", size=",".join(sizes)))
        measure.series(fresh, Query("actors", family="mutuelle", size=",".join(sizes)))
    assert len(fresh.cache) < once + 10
    assert facts.CUBES.size > 0
    assert all(one.size <= one.most for one in in_use())


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_sum_of_posts_is_shown_only_where_each_part_is(data: st.DataObject) -> None:
    """What is shown of several values follows from what is shown of each: it tells nothing more."""
    sectors = data.draw(st.lists(st.sampled_from([*SECTORS]), min_size=1, max_size=4, unique=True))
    families = data.draw(st.lists(st.sampled_from([*FAMILIES]), max_size=3, unique=True))
    level = data.draw(st.sampled_from(["territory", "commune"]))
    query = Query("jobs", level, ",".join(sectors), ",".join(families) or None)
    whole = measure.series(JOBS, query)
    parts = [
        measure.series(JOBS, query.filtered("sector", sector).filtered("family", family))
        for sector in split(query.sector)
        for family in split(query.family) or (None,)
    ]
    for i, cell in enumerate((*whole.cells, whole.total)):
        each = [(*part.cells, part.total)[i] for part in parts]
        if any(other.state == SUPPRESSED for other in each):
            assert (cell.state, cell.value, cell.numerator) == (SUPPRESSED, None, None)
        elif all(other.value is not None for other in each):
            assert cell.value == pytest.approx(sum(other.value or 0 for other in each))


def test_there_are_sums_of_posts_that_are_hidden() -> None:
    pairs = [",".join(pair) for pair in product([*SECTORS][:6], [*SECTORS][6:])]
    states = {cell.state for pair in pairs for cell in measure.series(JOBS, Query("jobs", "commune", pair)).cells}
    assert SUPPRESSED in states
    assert {"value", "zero"} & states


def test_structures_of_a_filter_are_those_that_are_counted() -> None:
    kept = keep(structures(RELEASE), "actors", {"employer": ("yes",), "sector": ("commerce", "divers")})
    assert set(kept["sector"]) == {"commerce", "divers"}
    assert not kept["size_class"].isin(["NN", "00"]).any()
