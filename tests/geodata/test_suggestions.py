"""Communes suggested for what is not one: near, few, and never followed."""

from __future__ import annotations

import pytest

from geodata import gazetteer, geography
from geodata.attach import Attacher
from geodata.suggestions import MOST, Suggester

GAZETTEER = gazetteer.load()
GEOGRAPHY = geography.load()
SUGGESTER = Suggester(GAZETTEER, GEOGRAPHY.communes.index)
ATTACHER = Attacher(GAZETTEER, GEOGRAPHY)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ({"name": "Roubayx"}, "59512"),
        ({"name": "TOURCOIN"}, "59599"),
        ({"name": "Villneuve d'Asq"}, "59009"),
        ({"insee": "59531", "name": "Roubais"}, "59512"),
        ({"insee": "595122"}, "59512"),
        ({"insee": "59100"}, "59512"),
        ({"postcode": "95100"}, "59512"),
    ],
)
def test_the_commune_meant_comes_first(written: dict[str, str], meant: str) -> None:
    found = SUGGESTER.nearest(**written)
    assert found[0] == meant
    assert len(found) <= MOST


@pytest.mark.parametrize("written", [{"name": "Zzyzx"}, {"insee": "ABCDE"}, {"name": " - "}, {}])
def test_nothing_is_suggested_for_what_resembles_nothing(written: dict[str, str]) -> None:
    assert SUGGESTER.nearest(**written) == ()


def test_an_unknown_place_stays_unknown_with_the_nearest_in_its_remedy() -> None:
    found = ATTACHER.attach(name="Roubayx", department="59")
    assert (found.status, found.commune, found.suggestions[0]) == ("unknown", None, "59512")
    assert "Communes proches\u00a0: Roubaix (59512)" in found.remedy


def test_a_code_that_exists_is_never_second_guessed() -> None:
    assert ATTACHER.attach(insee="59512").suggestions == ()
