from __future__ import annotations

from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from layers import beneficiaries, facts, measure
from layers.beneficiaries import MULTI_TERRITORY
from layers.series import Query
from tests.factories import release
from tests.layers.invented import actor, grant

A, B = "30000001500010", "30000001500028"
UNIT = A[:9]
LILLE, ROUBAIX = "59350", "59512"


def only(found: pd.DataFrame) -> dict[str, Any]:
    assert len(found) == 1
    return {key: None if pd.isna(value) else value for key, value in found.iloc[0].to_dict().items()}


def of(actors: list[dict[str, Any]], **told: Any) -> dict[str, Any]:
    return only(beneficiaries.completed(release(actors, [grant(**{"sector": None, "family": None, **told})])))


def test_a_siret_gives_sector_family_and_the_place_that_the_file_does_not_say() -> None:
    found = of([actor(siret=A, siren=UNIT, sector="commerce", commune=ROUBAIX)], siret=A, commune=None)
    assert (found["beneficiary"], found["found_by"]) == ("a0", "siret")
    assert (found["commune"], found["located_by"]) == (ROUBAIX, "bénéficiaire")
    assert (found["sector"], found["family"]) == ("commerce", "association")


def test_a_grant_keeps_the_place_of_its_file_and_the_other_is_told() -> None:
    found = of([actor(siret=A, siren=UNIT, commune=ROUBAIX)], siret=A, commune=LILLE)
    assert (found["commune"], found["elsewhere"], found["located_by"]) == (LILLE, ROUBAIX, None)


def test_a_grant_for_several_territories_is_given_to_none() -> None:
    found = of([actor(siret=A, siren=UNIT)], siret=A, commune=None, located_by=MULTI_TERRITORY)
    assert (found["commune"], found["beneficiary"]) == (None, "a0")


def test_a_unit_of_two_communes_has_no_place_but_what_they_share() -> None:
    there = [actor(siret=A, siren=UNIT, sector="commerce"), actor(2, ROUBAIX, siret=B, siren=UNIT, sector="divers")]
    found = of(there, siren=UNIT, commune=None)
    assert (found["found_by"], found["commune"], found["beneficiary"]) == ("siren", None, None)
    assert (found["family"], found["sector"]) == ("association", None)


def test_a_unit_of_two_communes_is_found_in_that_of_the_grant() -> None:
    there = [actor(siret=A, siren=UNIT, sector="commerce"), actor(2, ROUBAIX, siret=B, siren=UNIT, sector="divers")]
    found = of(there, siren=UNIT, commune=ROUBAIX)
    assert (found["found_by"], found["beneficiary"], found["sector"]) == ("siren_in_commune", "a1", "divers")


def test_a_name_is_followed_in_its_commune_only_and_never_moves_a_grant() -> None:
    there = [actor(name="Les Fictifs d’Étaples")]
    assert of(there, name="LES FICTIFS D ETAPLES", commune=LILLE)["beneficiary"] == "a0"
    assert of(there, name="LES FICTIFS D ETAPLES", commune=ROUBAIX)["found_by"] is None
    assert of(there, name="LES FICTIFS D ETAPLES", commune=None)["commune"] is None


def test_two_structures_of_one_name_are_not_told_apart() -> None:
    found = of([actor(1, name="Fictif"), actor(2, name="Fictif")], name="Fictif")
    assert (found["beneficiary"], found["found_by"]) == (None, "name_in_commune")


def test_a_number_that_nobody_bears_leaves_the_next_key_to_speak() -> None:
    found = of([actor(rna="W595000001", name="Ici")], siret=B, siren=B[:9], rna="W595000001", name="Ailleurs")
    assert (found["found_by"], found["beneficiary"]) == ("rna", "a0")


def test_a_unit_in_partial_diffusion_is_not_named_as_beneficiary() -> None:
    found = of([actor(siret=A, siren=UNIT, diffusion="P", name="", commune=ROUBAIX)], siret=A, commune=None)
    assert (found["beneficiary"], found["commune"], found["found_by"]) == (None, ROUBAIX, "siret")


def test_the_latest_year_of_a_structure_speaks() -> None:
    there = [
        actor(siret=A, siren=UNIT, year=2020, commune=LILLE),
        actor(siret=A, siren=UNIT, year=2026, commune=ROUBAIX),
    ]
    assert of(there, siret=A, commune=None)["commune"] == ROUBAIX


def test_a_sector_known_through_the_beneficiary_is_counted_in_it() -> None:
    shown = release([actor(siret=A, siren=UNIT, sector="commerce")], [grant(siret=A), grant(2, cents=50_000)])
    assert measure.series(shown, Query("grants_amount", sector="commerce")).total.value == 1500
    assert measure.series(shown, Query("grants_amount")).total.value == 2000


def test_a_register_that_comes_later_places_what_had_no_commune() -> None:
    grants = [grant(siret=A, siren=UNIT, commune=None), grant(2, cents=10_000, commune=None)]
    assert facts.cube(release([], grants), "amount").unlocated == (1600,)
    assert facts.cube(release([actor(siret=A, siren=UNIT)], grants), "amount").unlocated == (100,)


numbers = st.sampled_from([None, A, B])
communes = st.sampled_from([None, LILLE, ROUBAIX])


@given(
    st.lists(st.tuples(numbers, communes.filter(bool), st.sampled_from(["Un", "Deux", ""])), max_size=6),
    st.lists(st.tuples(numbers, communes, st.sampled_from(["Un", "Deux"])), min_size=1, max_size=6),
)
def test_no_euro_is_lost_nor_moved_from_a_commune_that_is_said(
    structures: list[tuple[str | None, str, str]], given_to: list[tuple[str | None, str | None, str]]
) -> None:
    there = [
        actor(n, commune, siret=siret, siren=siret and siret[:9], name=name)
        for n, (siret, commune, name) in enumerate(structures)
    ]
    grants = [grant(n, siret=siret, commune=commune, name=name) for n, (siret, commune, name) in enumerate(given_to)]
    before = release(there, grants).grants
    found = beneficiaries.completed(release(there, grants))
    assert found["grant_id"].tolist() == before["grant_id"].tolist()
    assert found["amount_cents"].sum() == before["amount_cents"].sum()
    said = before["commune"].notna()
    assert found.loc[said, "commune"].tolist() == before.loc[said, "commune"].tolist()
    assert found["beneficiary"].dropna().isin([f"a{n}" for n in range(len(there))]).all()
