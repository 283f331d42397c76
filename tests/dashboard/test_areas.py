"""Names of areas inside sentences."""

from __future__ import annotations

import pytest

from dashboard.areas import Named, commune, named, territory
from dashboard.locale import listed
from tests import factories


def forms(place: Named) -> tuple[str, str, str]:
    return place.within, place.of, place.than


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Roubaix", ("à Roubaix", "de Roubaix", "que Roubaix")),
        ("La Madeleine", ("à La Madeleine", "de La Madeleine", "que La Madeleine")),
        ("Le Maisnil", ("au Maisnil", "du Maisnil", "que Le Maisnil")),
        ("Les Essais", ("aux Essais", "des Essais", "que Les Essais")),
        ("Armentières", ("à Armentières", "d’Armentières", "qu’Armentières")),
        ("Halluin", ("à Halluin", "d’Halluin", "qu’Halluin")),
        ("Hem", ("à Hem", "de Hem", "que Hem")),
    ],
)
def test_communes(name: str, expected: tuple[str, str, str]) -> None:
    assert forms(commune(name)) == expected
    assert commune(name).plural == name.startswith("Les ")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("1", ("dans les Weppes", "des Weppes", "que les Weppes")),
        ("4", ("dans le territoire de la Lys", "de la Lys", "que la Lys")),
        ("5", ("dans le territoire Est", "de l’Est", "que l’Est")),
        ("6", ("en Couronne Nord", "de la Couronne Nord", "que la Couronne Nord")),
        ("8", ("dans le Lillois", "du Lillois", "que le Lillois")),
    ],
)
def test_territories(code: str, expected: tuple[str, str, str]) -> None:
    assert forms(territory(code)) == expected


def test_the_weppes_alone_are_plural() -> None:
    assert [code for code in "12345678" if territory(code).plural] == ["1"]


@pytest.mark.parametrize("name", sorted(factories.geography().communes["name"]))
def test_no_vowel_meets_a_vowel_in_the_name_of_a_commune(name: str) -> None:
    place = commune(name)
    for form in (place.of, place.than):
        word, _, rest = form.partition(" ")
        assert not (word in ("de", "que") and rest[0].lower() in "aeiouyéèêœ")


def test_an_unknown_territory_has_no_name() -> None:
    with pytest.raises(KeyError):
        territory("9")


def test_a_level_tells_which_names_serve() -> None:
    assert named("territory", "3", "ignored").short == "Roubaisien"
    assert named("commune", "59512", "Roubaix").short == "Roubaix"


def test_lists() -> None:
    assert [listed(names) for names in (["A"], ["A", "B"], ["A", "B", "C"])] == ["A", "A et B", "A, B et C"]
