"""The directory: who is listed, who is only counted, and what each choice would show."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.perimeter import members
from layers import directory, matching
from tests import factories
from tests.factories import AUBERS, LILLE, ROUBAIX, actor

SIRENE = {"source": "sirene", "vintage": "2020-12"}


def held(*rows: dict[str, Any], **asked: Any) -> directory.Directory:
    release = factories.release(actors=rows)
    return directory.directory(release, asked.get("year", 2020), asked.get("ess", "yes"))


def names(found: directory.Directory, choice: dict[str, tuple[str, ...]] | None = None, q: str = "") -> list[str]:
    return found.frame[found.select(choice or {}, directory.wanted(q))]["name"].tolist()


def test_names_are_ordered_as_they_are_read() -> None:
    found = held(
        actor(1, name="École Zola"), actor(2, name="Atelier"), actor(3, name="St-André"), actor(4, name="Rose")
    )
    assert names(found) == ["Atelier", "École Zola", "Rose", "St-André"]


def test_values_of_a_facet_add_up_and_facets_narrow_each_other() -> None:
    rows = [
        actor(1, LILLE, name="A", sector="divers"),
        actor(2, ROUBAIX, name="B", sector="commerce"),
        actor(3, ROUBAIX, name="C", sector="divers", size_class="12"),
        actor(4, None, name="D", sector=None, size_class="NN"),
    ]
    found = held(*rows)
    assert names(found, {"territory": ("3", "8")}) == ["A", "B", "C"]
    assert names(found, {"territory": ("3",), "sector": ("divers", "inconnu")}) == ["C"]
    assert names(found, {"commune": ("inconnu",)}) == names(found, {"territory": ("inconnu",)}) == ["D"]
    assert names(found, {"employer": ("yes",)}) == ["C"]
    assert names(found, {"size": ("nn",)}) == ["D"]
    assert names(found, {"sector": ("construction",)}) == []


@pytest.mark.parametrize(
    ("q", "listed"),
    [("saint andre", ["St-André Solidaire"]), ("ST ANDRÉ", ["St-André Solidaire"]), ("oeuvre", ["L’Œuvre"]),
     ("l'œuvre", ["L’Œuvre"]), ("solid and", ["St-André Solidaire"]), ("absente", []), ("123 456 782", ["Numéro"]),
     ("12345678200010", ["Numéro"]), ("345678200", [])],
)  # fmt: skip
def test_names_are_found_as_people_type_them(q: str, listed: list[str]) -> None:
    rows = [
        actor(1, name="St-André Solidaire"),
        actor(2, name="L’Œuvre"),
        actor(3, name="Numéro", siret="12345678200010", siren="123456782"),
    ]
    assert names(held(*rows), q=q) == listed


def test_who_asked_not_to_be_named_is_counted_only_in_every_year() -> None:
    number = {"siret": "12345678200010", "siren": "123456782"}
    rows = [
        actor(1, ROUBAIX, name="Nommée hier", year=2019, **number),
        actor(2, ROUBAIX, name="", diffusion="P", **number, **SIRENE),
        actor(3, LILLE, name="Autre"),
    ]
    release = factories.release(actors=rows)
    assert len(directory.directory(release, 2019).frame) == 0
    now = directory.directory(release, 2020)
    assert now.frame["name"].tolist() == ["Autre"]
    assert [now.unnamed(choice) for choice in ({}, {"territory": ("3",)}, {"territory": ("8",)})] == [1, 1, 0]
    assert now.unnamed({}, "NOMMEE") == 0


def test_a_natural_person_is_never_listed_nor_counted_apart() -> None:
    found = held(actor(1, name="Personne", legal_category="1000"), actor(2, name="Association", legal_category="9220"))
    assert (names(found), found.unnamed({})) == (["Association"], 0)


def test_a_perimeter_leaves_out_who_entered_later_and_who_has_no_commune() -> None:
    found = held(actor(1, LILLE, name="L"), actor(2, AUBERS, name="A"), actor(3, None, name="N"))
    shown = [found.frame[found.select({}, None, perimeter)]["name"].tolist() for perimeter in (None, 95, 90, 85)]
    assert shown == [["A", "L", "N"], ["A", "L"], ["A", "L"], ["L"]]


@settings(max_examples=12)
@given(st.lists(factories.actors(), max_size=25), st.data())
def test_counts_are_those_of_the_lists_they_lead_to(rows: list[dict[str, Any]], data: st.DataObject) -> None:
    release = factories.release(actors=rows)
    for year, ess in product((2018, 2021), ("yes", "to_review")):
        found = directory.directory(release, year, ess)
        choice = {
            "territory": tuple(data.draw(st.lists(st.sampled_from("38"), unique=True))),
            "family": tuple(data.draw(st.lists(st.sampled_from(["association", "inconnu"]), unique=True))),
        }
        for key, counts in found.counts(choice).items():
            for value, count in counts.items():
                assert count == found.select({**choice, key: (value,)}).sum()
        everyone = matching.structures(release)
        assert len(found.frame) == ((everyone["year"] == year) & (everyone["ess"] == ess)).sum()


def test_keys_are_numbers_that_stay_from_one_year_to_the_next() -> None:
    rows = [actor(1, LILLE, siret="12345678200010", siren="123456782", year=year) for year in (2019, 2020)] + [
        actor(2, ROUBAIX, siren="987654324", name="Unité"),
        actor(3, LILLE, rna="W595000001", name="Waldec"),
        actor(4, LILLE, name="Sans numéro"),
    ]
    release = factories.release(actors=rows)
    keys = directory.keyed(release)
    assert keys[keys["siret"].notna()]["key"].tolist() == ["12345678200010"] * 2
    others = keys[keys["siret"].isna()].set_index("name")["key"]
    assert others.to_dict() == {"Unité": "987654324-59512", "Waldec": "W595000001", "Sans numéro": "siae:a4"}


def test_every_territory_has_its_communes() -> None:
    rows = [actor(n, commune) for n, commune in enumerate(sorted(members()))]
    found = held(*rows)
    counts = found.counts({})["territory"]
    assert counts == {code: list(members().values()).count(code) for code in "12345678"}
