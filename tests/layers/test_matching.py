from __future__ import annotations

from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from layers import facts, matching, tables
from tests.factories import release
from tests.layers.invented import actor

A, B = "30000001500010", "30000001500028"
UNIT = A[:9]


def rows(*given: dict[str, Any]) -> pd.DataFrame:
    return tables.build("actors", [{**row, "actor_id": f"{row['source']}:{n}"} for n, row in enumerate(given)])


def found(*given: dict[str, Any]) -> pd.DataFrame:
    return matching.match(rows(*given)).structures


def test_the_same_siret_in_three_lists_is_one_actor_with_three_sources() -> None:
    made = found(
        actor(siret=A, siren=UNIT, source="siae", family=None),
        actor(siret=A, siren=UNIT, source="sirene", family="association", size_class="11"),
        actor(siret=A, siren=UNIT, source="table"),
    )
    assert made["sources"].tolist() == ["siae sirene table"]
    assert made[["source", "family", "size_class"]].iloc[0].tolist() == ["sirene", "association", "11"]


def test_a_row_without_siret_joins_its_legal_unit_in_its_commune_only() -> None:
    made = found(
        actor(siret=A, siren=UNIT, source="sirene", commune="59350"),
        actor(siret=None, siren=UNIT, source="ess-france", commune="59350"),
        actor(siret=None, siren=UNIT, source="ess-france", commune="59512"),
    )
    assert sorted(made["sources"]) == ["ess-france", "ess-france sirene"]


def test_two_establishments_of_one_legal_unit_in_one_commune_stay_two() -> None:
    made = found(
        actor(siret=A, siren=UNIT, source="sirene"),
        actor(siret=B, siren=UNIT, source="sirene"),
        actor(siret=None, siren=UNIT, source="ess-france"),
    )
    assert len(made) == 2
    assert sorted(made["sources"]) == ["ess-france sirene", "sirene"]


def test_rna_joins_what_has_no_other_number_and_a_name_joins_nothing() -> None:
    made = found(
        actor(siret=A, siren=UNIT, rna="W595000001", source="sirene", name="Un nom"),
        actor(siret=None, siren=None, rna="W595000001", source="rna", name="Un autre"),
        actor(siret=None, siren=None, rna="W595000002", source="rna", name="Un nom"),
        actor(siret=None, siren=None, rna=None, source="table", name="Un nom"),
        actor(siret=None, siren=None, rna=None, source="table", name="Un nom"),
    )
    assert sorted(made["sources"]) == ["rna", "rna sirene", "table", "table"]


def test_lists_of_two_years_are_never_added_up() -> None:
    shown = release([actor(siret=A, siren=UNIT, year=2020), actor(siret=A, siren=UNIT, year=2026, source="sirene")])
    built = facts.cube(shown, "actors")
    assert built.years == (2020, 2026)
    assert built.values.sum(axis=(1, 2, 3)).tolist() == [1, 1]


def test_a_structure_of_two_lists_counts_once_and_both_are_its_sources() -> None:
    shown = release([actor(siret=A, siren=UNIT), actor(siret=A, siren=UNIT, source="sirene", vintage="2020-06")])
    built = facts.cube(shown, "actors")
    assert built.values.sum() == 1
    assert built.sources == {2020: ("siae", "sirene")}
    assert built.vintages == {2020: ("2020", "2020-06")}


def test_yes_in_one_list_is_yes() -> None:
    made = found(
        actor(siret=A, siren=UNIT, source="sirene", ess="to_review"),
        actor(siret=A, siren=UNIT, source="siae", ess="yes"),
    )
    assert made["ess"].tolist() == ["yes"]


def test_partial_diffusion_in_one_list_hides_name_and_point_in_all() -> None:
    made = found(
        actor(siret=A, siren=UNIT, source="sirene", diffusion="P", name=""),
        actor(siret=A, siren=UNIT, source="siae", longitude=3.0, latitude=50.6, position="address", name="Dite ici"),
    )
    only = made.iloc[0]
    assert (only["name"], only["diffusion"], only["position"]) == ("", "P", "commune")
    assert pd.isna(only["longitude"])


def test_a_point_comes_with_its_own_precision() -> None:
    made = found(
        actor(siret=A, siren=UNIT, source="sirene", position="commune"),
        actor(siret=A, siren=UNIT, source="siae", longitude=3.0, latitude=50.6, position="address"),
    )
    assert made[["longitude", "position"]].iloc[0].tolist() == [3.0, "address"]


def test_contradictions_are_listed_with_their_sources() -> None:
    made = matching.match(
        rows(
            actor(siret=A, siren=UNIT, source="siae", commune="59512", family=None),
            actor(siret=A, siren=UNIT, source="sirene", commune="59350", family="association"),
        )
    )
    assert made.structures["commune"].tolist() == ["59350"]
    told = made.contradictions[["field", "values"]].to_numpy().tolist()
    assert told == [["commune", "59350 (sirene), 59512 (siae)"]]


siret_like = st.sampled_from([A, B, "30000002300010", None])


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    siret = draw(siret_like)
    siren = siret[:9] if siret else draw(st.sampled_from([UNIT, "300000023", None]))
    return actor(
        siret=siret,
        siren=siren,
        rna=draw(st.sampled_from(["W595000001", None])),
        source=draw(st.sampled_from(["sirene", "siae", "rna", "table"])),
        commune=draw(st.sampled_from(["59350", "59512", None])),
        year=draw(st.sampled_from([2020, 2021])),
        ess=draw(st.sampled_from(["yes", "to_review"])),
        family=draw(st.sampled_from(["association", "cooperative", None])),
    )


@given(st.lists(records(), max_size=12), st.randoms(use_true_random=False))
def test_nothing_is_lost_and_the_order_of_imports_changes_nothing(drawn: list[dict[str, Any]], chance: Any) -> None:
    table = rows(*drawn)
    shuffled = table.sample(frac=1, random_state=chance.randrange(1000)).reset_index(drop=True)
    made, again = matching.match(table), matching.match(shuffled)
    pd.testing.assert_frame_equal(made.structures, again.structures)
    pd.testing.assert_frame_equal(made.contradictions, again.contradictions)
    structures = made.structures
    assert set(structures["source"]) <= set(table["source"])
    assert {kind for text in structures["sources"] for kind in text.split()} == set(table["source"])
    pairs = table[table["siret"].notna()][["year", "siret"]].drop_duplicates()
    assert len(pairs) == structures["siret"].notna().sum()
    assert len(structures) <= len(table)
    assert set(structures["year"]) == set(table["year"])
