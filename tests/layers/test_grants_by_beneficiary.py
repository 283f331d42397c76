"""Grants cut by what is known of their beneficiary: what pandas adds up, and nothing is dropped in silence."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.perimeter import members
from layers import beneficiaries, choices, counting, demonstration, measure
from layers.dimensions import DIMENSIONS, SIZES, UNKNOWN, UNMATCHED
from layers.notes import BENEFICIARY
from layers.series import MISSING, Query
from tests import factories
from tests.factories import LILLE, ROUBAIX
from tests.layers.invented import actor, grant

RELEASE = demonstration.release()
KEYS = ("size", "employer", "qpv")
CUT = ("grants_count", "grants_amount", "grants_beneficiaries", "grants_per_inhabitant", "grant_mean")
A, B = "30000001500010", "30000002300014"
YEARS = sorted(set(RELEASE.grants["year"]))


def joined() -> pd.DataFrame:
    """Grants of the demonstration with their beneficiary, found by its name in its commune, in its latest year."""
    latest = RELEASE.actors.sort_values("year").drop_duplicates(["name", "commune"], keep="last")
    told = latest[["name", "commune", "size_class", "priority_status"]]
    made = RELEASE.grants[RELEASE.grants["kind"].eq("voted")].merge(
        told, on=["name", "commune"], how="left", indicator=True
    )
    return made.assign(matched=made["_merge"].eq("both"), territory=made["commune"].map(members()))


JOINED = joined()
IS: dict[str, Any] = {
    "size": lambda frame, slug: frame["size_class"].isin(SIZES[slug][1]),
    "employer": lambda frame, slug: {
        "yes": frame["size_class"].notna() & ~frame["size_class"].isin(["NN", "00"]),
        "zero": frame["size_class"].eq("00"),
        "no": frame["size_class"].eq("NN"),
    }[slug],
    "qpv": lambda frame, slug: frame["priority_status"].eq(slug),
}


def of(actors: list[dict[str, Any]], *grants: dict[str, Any]) -> Any:
    return factories.release(actors=actors, grants=grants)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(("key", "slug"), [(key, slug) for key in KEYS for slug in DIMENSIONS[key].names])
def test_a_filtered_amount_is_the_sum_of_the_grants_of_such_beneficiaries(key: str, slug: str, year: int) -> None:
    held = JOINED[JOINED["year"].eq(year) & IS[key](JOINED, slug).fillna(value=False).astype(bool)]
    by = held.groupby("territory")["amount_cents"].agg(["sum", "size"])
    for indicator, column, scale in (("grants_amount", "sum", 100), ("grants_count", "size", 1)):
        series = measure.series(RELEASE, Query(indicator, year=year, **{key: slug}))
        for cell in series.cells:
            assert cell.value == (by[column].get(cell.code, 0) / scale)
        assert series.total.value == by[column].sum() / scale


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("year", YEARS)
def test_the_values_of_a_dimension_add_up_to_all_of_the_grants(key: str, year: int) -> None:
    whole = Query("grants_amount", year=year)
    parts = [whole.filtered(key, slug) for slug in choices.offered(RELEASE, "grants_amount")[key]]
    assert sum(measure.series(RELEASE, part).total.value or 0 for part in parts) == pytest.approx(
        measure.series(RELEASE, whole).total.value
    )
    assert sum(measure.unlocated(RELEASE, part) for part in parts) == pytest.approx(measure.unlocated(RELEASE, whole))


@pytest.mark.parametrize("key", KEYS)
def test_grants_without_a_commune_stay_as_not_matched_in_the_bucket_apart(key: str) -> None:
    assert choices.offered(RELEASE, "grants_amount")[key][UNMATCHED] == "Bénéficiaire non rapproché"
    apart = JOINED[~JOINED["matched"] & JOINED["year"].eq(2023)]
    assert apart["commune"].isna().all()
    query = Query("grants_amount", year=2023, **{key: UNMATCHED})
    assert measure.unlocated(RELEASE, query) == apart["amount_cents"].sum() / 100 > 0
    assert measure.series(RELEASE, query).total.value == 0


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("indicator", CUT)
def test_all_the_indicators_of_grants_alone_are_cut_and_say_whose_attribute_it_is(indicator: str, key: str) -> None:
    slug = next(iter(DIMENSIONS[key].names))
    series = measure.series(RELEASE, Query(indicator, year=2023, **{key: slug}))
    assert series.total.numerator is not None
    assert BENEFICIARY in [note.text for note in series.notes]
    assert BENEFICIARY not in [note.text for note in measure.series(RELEASE, Query(indicator, sector="divers")).notes]


@pytest.mark.parametrize("key", KEYS)
def test_grants_are_not_cut_over_posts_that_are_not(key: str) -> None:
    slug = next(iter(DIMENSIONS[key].names))
    assert key not in choices.offered(RELEASE, "grants_per_job")
    assert {"sector", "instrument"} <= set(choices.offered(RELEASE, "grants_per_job"))
    for indicator in ("grants_per_job", "jobs", "ess_job_share"):
        assert choices.reason(RELEASE, indicator, key) == choices.POSTS
        series = measure.series(RELEASE, Query(indicator, **{key: slug}))
        assert {cell.state for cell in (*series.cells, series.total)} == {MISSING}
        assert "sans objet" in str(series.notes[0])
    assert choices.reason(RELEASE, "population", key) == choices.NO_OBJECT
    assert choices.reason(RELEASE, "jobs", "instrument") == choices.NO_OBJECT


def test_numbers_beside_choices_are_those_of_the_series() -> None:
    query = Query("grants_amount", year=2023, sector="divers,action-sociale")
    counted = counting.counts(RELEASE, query)
    for key in KEYS:
        for slug, count in counted[key].items():
            series = measure.series(RELEASE, query.filtered(key, slug))
            assert (
                count.number
                == measure.series(
                    RELEASE, Query("grants_count", year=2023, sector=query.sector, **{key: slug})
                ).total.value
            )
            assert bool(count.number) == bool(series.total.value)


def test_a_grant_is_matched_not_matched_or_matched_and_not_told() -> None:
    there = [
        actor(1, siret=A, size_class="12", priority_area="QN05911M"),
        actor(2, ROUBAIX, siret=B, priority_status="out"),
    ]
    shown = of(
        there,
        grant(1, 100_00, siret=A),
        grant(2, 200_00, ROUBAIX, siret=B),
        grant(3, 400_00, name="Personne"),
    )
    for key, slug, euros in (
        ("size", "20-49", 100), ("size", UNKNOWN, 200), ("size", UNMATCHED, 400), ("size", "nn", 0),
        ("employer", "yes", 100), ("employer", "no", 200), ("employer", UNMATCHED, 400),
        ("qpv", "in", 100), ("qpv", "out", 200), ("qpv", UNMATCHED, 400),
    ):  # fmt: skip
        query = Query("grants_amount", **{key: slug})
        assert measure.series(shown, query).total.value == euros, (key, slug)
    assert list(choices.offered(shown, "grants_amount")["size"])[-2:] == [UNMATCHED, UNKNOWN]
    (told, _) = [str(note) for note in measure.series(shown, Query("grants_amount", size="20-49")).notes]
    assert told == (
        "Tranche d’effectifs inconnue pour 86 % du total, avec ce qui n’a pas de commune : cette part n’est dans "
        "aucune tranche."
    )


def test_what_has_neither_match_nor_commune_is_told_beside_every_choice() -> None:
    year, apart = 2023, measure.unlocated(RELEASE, Query("grants_amount", year=2023))
    whole = apart + (measure.series(RELEASE, Query("grants_amount", year=year)).total.value or 0)
    notes = [str(note) for note in measure.series(RELEASE, Query("grants_amount", year=year, size="20-49")).notes]
    assert f"pour {round(100 * apart / whole)} % du total" in notes[0]
    both = measure.series(RELEASE, Query("grants_amount", year=year, size=f"20-49,{UNMATCHED}"))
    assert [note.text for note in both.notes] == [BENEFICIARY], "nothing is left out"


def test_several_structures_that_differ_leave_what_they_say_unknown() -> None:
    there = [
        actor(1, siren=A[:9], size_class="12", siret=A),
        actor(2, siren=A[:9], size_class="01", siret=A[:9] + "00028"),
    ]
    shown = of(there, grant(1, siren=A[:9]))
    assert measure.series(shown, Query("grants_count", size=UNKNOWN)).total.value is None, "no grant tells a class"
    (row,) = beneficiaries.completed(shown).to_dict("records")
    assert row["found_by"] == "siren_in_commune"
    assert pd.isna(row["size_class"])
    assert DIMENSIONS["size"].of(beneficiaries.completed(shown)).tolist() == [UNKNOWN]


def test_nothing_of_a_unit_in_partial_diffusion_is_told_through_its_grants() -> None:
    there = [actor(1, siret=A, size_class="12", priority_status="in", diffusion="P", name="")]
    completed = beneficiaries.completed(of(there, grant(1, siret=A)))
    assert completed["found_by"].tolist() == ["siret"]
    for key in ("size", "qpv"):
        assert DIMENSIONS[key].of(completed).tolist() == [UNKNOWN]


def test_where_no_structure_tells_it_the_filter_says_so() -> None:
    shown = of([actor(1, siret=A)], grant(1, siret=A))
    for key in KEYS:
        assert key not in choices.offered(shown, "grants_amount")
        assert choices.reason(shown, "grants_amount", key) == choices.NOT_TOLD


@settings(max_examples=15)
@given(st.lists(factories.actors(), max_size=6), st.lists(factories.grants(), min_size=1, max_size=8), st.data())
def test_no_euro_is_lost_between_the_values(
    actors: list[dict[str, Any]], grants: list[dict[str, Any]], data: st.DataObject
) -> None:
    sizes = st.sampled_from(["NN", "00", "12", None])
    names = st.sampled_from(["Essai 1", "Essai 2", "Essai 9"])
    there = [
        {
            **row,
            "size_class": data.draw(sizes),
            "name": data.draw(names),
            "priority_status": data.draw(st.sampled_from(["in", "out", None])),
        }
        for row in actors
    ]
    shown = factories.release(actors=there, grants=grants)
    completed = beneficiaries.completed(shown)
    for key in KEYS:
        slugs = DIMENSIONS[key].of(completed)
        assert set(slugs) <= {*DIMENSIONS[key].names, *DIMENSIONS[key].apart}
        assert slugs.eq(UNMATCHED).tolist() == completed["found_by"].isna().tolist()
        for year in measure.years(shown, "grants_amount"):
            if not choices.is_told(shown, "grants_amount", key, year):
                continue
            parts = [
                measure.series(shown, Query("grants_amount", year=year, **{key: slug})).total.value
                for slug in choices.offered(shown, "grants_amount")[key]
            ]
            whole = measure.series(shown, Query("grants_amount", year=year)).total.value
            assert sum(part or 0 for part in parts) == pytest.approx(whole)


def test_lille_is_one_commune_and_one_territory_under_a_filter_too() -> None:
    for level, code in (("territory", "8"), ("commune", LILLE)):
        series = measure.series(RELEASE, Query("grants_amount", level, year=2023, size="20-49,50-99"))
        assert (
            series.cell(code).value
            == JOINED[JOINED["year"].eq(2023) & JOINED["commune"].eq(LILLE) & JOINED["size_class"].isin(["12", "21"])][
                "amount_cents"
            ].sum()
            / 100
        )
