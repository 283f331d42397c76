from __future__ import annotations

import pytest

from layers import ess

SECTORS = [
    "action-sociale",
    "sante-humaine",
    "enseignement",
    "finance-assurance",
    "arts-spectacles",
    "sports-loisirs",
    "soutien-entreprises",
    "commerce",
    "hebergement-restauration",
    "construction",
    "agriculture-industrie",
    "divers",
]
FAMILIES = ["association", "cooperative", "mutuelle", "fondation", "societe_commerciale_ess"]


def test_the_registries_have_the_slugs_of_the_contract_in_order() -> None:
    assert list(ess.SECTORS) == SECTORS
    assert list(ess.FAMILIES) == FAMILIES
    assert [sector.order for sector in ess.SECTORS.values()] == list(range(1, 13))
    assert all(entry.label and entry.plural for entry in [*ess.SECTORS.values(), *ess.FAMILIES.values()])


@pytest.mark.parametrize(
    ("naf", "sector"),
    [
        ("88.99B", "action-sociale"),
        ("8899b", "action-sociale"),
        ("8610Z", "sante-humaine"),
        ("85.59A", "enseignement"),
        ("6419Z", "finance-assurance"),
        ("9001Z", "arts-spectacles"),
        ("9312Z", "sports-loisirs"),
        ("7820Z", "soutien-entreprises"),
        ("4941B", "soutien-entreprises"),
        ("4778C", "commerce"),
        ("5610A", "hebergement-restauration"),
        ("4334Z", "construction"),
        ("01.13Z", "agriculture-industrie"),
        ("3832Z", "agriculture-industrie"),
        ("9499Z", "divers"),
        ("9412Z", "divers"),
    ],
)
def test_sector_of_an_activity(naf: str, sector: str) -> None:
    assert ess.sector_of(naf) == sector
    assert not ess.ape_excluded(naf)


@pytest.mark.parametrize("naf", ["8411Z", "84.30C", "9411Z", "94.20Z", "9491Z", "9492Z", "9700Z", "9810Z", "9900Z"])
def test_excluded_activities_have_no_sector(naf: str) -> None:
    assert ess.ape_excluded(naf)
    assert ess.sector_of(naf) is None


@pytest.mark.parametrize("naf", [None, "", "88", "8899", "banane", "0000Z", "٨٨٩٩Z"])
def test_an_activity_that_is_not_known_excludes_nothing_and_has_no_sector(naf: str | None) -> None:
    assert ess.sector_of(naf) is None
    assert not ess.ape_excluded(naf)


@pytest.mark.parametrize(
    ("category", "family"),
    [
        ("9220", "association"), ("9260", "association"), ("5458", "cooperative"), ("6317", "cooperative"),
        ("8210", "mutuelle"), ("6411", "mutuelle"), ("9300", "fondation"),
        ("9210", None), ("5191", None), ("9900", None), ("5710", None), ("7210", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_family_of_a_legal_category_is_never_guessed(category: str | None, family: str | None) -> None:
    assert ess.family_of(category) == family


def test_every_confirmed_category_has_a_family_and_doubtful_ones_none() -> None:
    categories = ess.legal_categories()
    assert len(categories) == 70
    assert {code for code, category in categories.items() if not category.confirmed} == {
        "5191", "5195", "9210", "9224", "9240", "9900", "9970", "8310", "8311",
    }  # fmt: skip
    assert {ess.family_of(code) for code, category in categories.items() if category.confirmed} <= set(FAMILIES)
    assert None not in {ess.family_of(code) for code, category in categories.items() if category.confirmed}
