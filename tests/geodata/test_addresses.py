from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import elsewhere
from geodata import gazetteer as gazetteers
from geodata import geography as geographies
from geodata.addresses import NOWHERE, PlaceText, place_in
from geodata.attach import Attacher
from geodata.build import elsewhere as making
from geodata.build.official_communes import OfficialCommune

GAZETTEER = gazetteers.load()
GEOGRAPHY = geographies.load()
ATTACHER = Attacher(GAZETTEER, GEOGRAPHY)
MEMBERS = sorted(GEOGRAPHY.communes.index)
NAMES = [str(GEOGRAPHY.communes.name[code]) for code in MEMBERS]


def read(*cells: str) -> tuple[str | None, str | None]:
    found = place_in(GAZETTEER, *cells)
    return found.postcode, found.city


@pytest.mark.parametrize(
    ("cells", "postcode", "city"),
    [
        (("1 rue fictive, 59 100 Roubaix",), "59100", "Roubaix"),
        (("1 rue fictive Lille 59000",), "59000", "Lille"),
        (("LA MADELEINE",), None, "La Madeleine"),
        (("1 rue fictive LA MADELEINE",), None, "La Madeleine"),
        (("1 rue fictive\nTOURCOING",), None, "Tourcoing"),
        (("1 rue fictive 59491 VILLENEUVE D'ASCQ CEDEX 2",), "59491", "Villeneuve-d’Ascq"),
        (("59100ROUBAIX",), "59100", "Roubaix"),
        (("ROUBAIX (59100)",), "59100", "Roubaix"),
        (("59000 - LILLE",), "59000", "Lille"),
        (("F-59000 Lille",), "59000", "Lille"),
        (("Lille 3e",), None, "Lille"),
        (("LILLE CEDEX 9",), None, "Lille"),
        (("59042 LILLE CEDEX",), "59042", "Lille"),
        (("Hellemmes (Lille)",), None, "Lille"),
        (("Lomme",), None, "Lomme"),
        (("Villeneuve d Ascq",), None, "Villeneuve-d’Ascq"),
        (("St André lez Lille",), None, "Saint-André-lez-Lille"),
        (("Saint-André",), None, "SAINT ANDRE"),
        (("Lambersart lez Lille",), None, "Lambersart"),
        (("QUESNOY S/DEULE",), None, "Quesnoy-sur-Deûle"),
        (("Mairie de Roubaix",), None, "Roubaix"),
        (("12 rue de Roubaix, 59000 Lille",), "59000", "Lille"),
        (("place de Lille Roubaix",), None, "Roubaix"),
        (("rue du Faubourg de Roubaix 59800 Lille",), "59800", "Lille"),
        (("Lille 12 rue de Roubaix",), None, "Lille"),
        (("12 rue de Lille 59100",), "59100", None),
        (("12 rue d'Haubourdin 59320 Emmerin",), "59320", "Emmerin"),
        (("12 rue d'Haubourdin 59320",), "59320", None),
        (("59155 FACHES",), "59155", "FACHES"),
        (("59000 Hôtel de ville",), "59000", None),
        (("BP 59100 Lille",), None, "Lille"),
        (("03 20 21 22 23 Lille",), None, "Lille"),
        (("LILLE", "12 rue de Roubaix", "59000"), "59000", "Lille"),
        (("12 rue de Roubaix", "Bât. A", "59155", "FACHES"), "59155", "FACHES"),
        (("", "59100", "12 place de Lille", "Roubaix"), "59100", "Roubaix"),
        (("75011 PARIS",), "75011", "PARIS"),
        (("PARIS", "75011"), "75011", "PARIS"),
        (("12 rue de Lille 69003 LYON 3E",), "69003", "LYON"),
        (("20000 AJACCIO",), "20000", "AJACCIO"),
    ],
)
def test_post_code_and_city_wherever_they_stand(cells: tuple[str, ...], postcode: str | None, city: str | None) -> None:
    assert read(*cells) == (postcode, city)


@pytest.mark.parametrize(
    "text",
    ["65748", "65748 Subventions aux associations", "compte 59100", "W595000001", "200093201", "12, rue de Lille", "",
     "12 rue de la Grande Croix", "rue fictive Croix", "Les amis de Lille", "Roubaix Tennis Club", "Parc", "Château",
     "1 rue fictive Lille 59100", "Lille, Roubaix", "75011 Subventions"],
)  # fmt: skip
def test_what_names_no_place_or_several_names_none(text: str) -> None:
    assert place_in(GAZETTEER, text) == NOWHERE


def test_a_large_city_of_elsewhere_is_known_by_its_bare_name() -> None:
    assert place_in(GAZETTEER, "Le Mans") == PlaceText(city="LE MANS", departments=("72",))


@pytest.mark.parametrize(
    ("record", "status", "commune"),
    [
        ({"address": "1 rue fictive, 59 100 Roubaix"}, "inside", "59512"),
        ({"address": "Hellemmes (Lille)"}, "inside", "59350"),
        ({"address": "LA MADELEINE"}, "inside", "59368"),
        ({"address": ("12 rue de Lille", ""), "postcode": "59100"}, "inside", "59512"),
        ({"address": "59320 Emmerin", "name": "Emmerin"}, "inside", "59193"),
        ({"address": "12 rue de Roubaix Lille", "insee": "59350"}, "inside", "59350"),
        ({"address": "12 rue de Roubaix, Lille", "postcode": "59000", "name": "Lille"}, "inside", "59350"),
        ({"address": "75011 PARIS"}, "outside", None),
        ({"address": "Le Mans"}, "outside", None),
        ({"address": "59140 Dunkerque"}, "outside", None),
        ({"address": "65748"}, "unknown", None),
        ({"address": "12 rue de Lille"}, "unknown", None),
        ({"address": "Saint-André"}, "ambiguous", None),
        ({"address": "12 rue d'Haubourdin 59320"}, "ambiguous", None),
    ],
)
def test_an_address_attaches_a_record(record: dict[str, Any], status: str, commune: str | None) -> None:
    found = ATTACHER.attach(**record)
    assert (found.status, found.commune) == (status, commune)
    assert not found.conflict


def test_an_address_without_place_is_told_and_never_outside() -> None:
    assert "L’adresse ne nomme aucune commune" in ATTACHER.attach(address="65748").reason


def test_a_siren_places_an_address_that_says_nothing() -> None:
    attacher = Attacher(GAZETTEER, GEOGRAPHY, units={"900000001": "59512"})
    assert attacher.attach(address="12 rue fictive", siren="900000001").commune == "59512"
    assert attacher.attach(address="12 rue fictive, Lille", siren="900000001").commune == "59350"


STREETS = st.builds(str.format, st.sampled_from(
    ["12 rue de {}", "place de {}", "3 bis, rue du Faubourg de {}", "avenue {}", "12 rue du Vieux {}",
     "rue de la Porte de {}", "5 impasse de la Grande {}", "BD DE {}", "rue fictive", "Résidence de {} 12"]
), st.sampled_from(NAMES))  # fmt: skip
CODED = ("{street}, {code} {name}", "{street} {name} {code}", "{street}\n{code} {name} CEDEX 2", "{name} ({code})",
         "{code} - {name}", "F-{code} {name}", "{street} {spaced} {name} France", "{name}, {street}, {code}",
         "{code} {name}\n{street}", "{code}{name}", "{street};{code};{name}", "{name};{code};{street}")  # fmt: skip
NAMED = ("{street}\n{name}", "{street} {name}", "{street}, {name}", "{name}", "{name} CEDEX", "{name}, {street}")
SPELLINGS = (
    str, str.upper, lambda name: name.replace("-", " "), lambda name: name.replace("’", " ").replace("-", " ").upper(),
    lambda name: name.replace("Saint", "St"),
    lambda name: "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)).lower(),
)  # fmt: skip


@given(
    st.sampled_from(MEMBERS),
    STREETS,
    st.sampled_from(CODED),
    st.sampled_from(SPELLINGS),
    st.data(),
)
def test_a_commune_is_read_whatever_its_street_is_called(
    code: str, street: str, form: str, spelling: Any, data: st.DataObject
) -> None:
    place = GAZETTEER.place(code)
    assert place is not None
    postcode = data.draw(st.sampled_from(place.postcodes))
    spaced = f"{postcode[:2]} {postcode[2:]}"
    text = form.format(street=street, code=postcode, spaced=spaced, name=spelling(place.name))
    cells = text.split(";")
    assert ATTACHER.attach(address=cells).commune == code, text
    if "{street}" not in form:
        assert ATTACHER.attach(name=text).commune == code, text
        assert ATTACHER.attach(postcode=text).commune == code, text


@given(st.sampled_from(MEMBERS), STREETS, st.sampled_from(NAMED), st.sampled_from(SPELLINGS))
def test_a_commune_without_post_code_is_itself_or_asked_never_another(
    code: str, street: str, form: str, spelling: Any
) -> None:
    text = form.format(street=street, name=spelling(str(GEOGRAPHY.communes.name[code])))
    found = ATTACHER.attach(address=text)
    assert found.commune == code or found.status in ("ambiguous", "unknown"), text
    if form == "{name}":
        assert found.commune == code or found.status == "ambiguous", text


BEYOND = ("B-7784 {}", "{} (Belgique)", "{}, Belgique", "44350 {}", "75012 {}", "{} 33000", "BE 7500 {}")
COLUMNS = st.sampled_from(["name", "address"])


@given(st.sampled_from(MEMBERS), st.sampled_from(BEYOND), st.sampled_from(SPELLINGS), COLUMNS)
def test_a_name_beside_a_code_or_a_country_of_elsewhere_is_never_the_commune(
    code: str, form: str, spelling: Any, column: str
) -> None:
    text = form.format(spelling(str(GEOGRAPHY.communes.name[code])))
    found = ATTACHER.attach(**{column: text})
    assert found.status != "inside", text


@pytest.mark.parametrize(
    "record",
    [
        {"name": "Tournai"}, {"name": "MOUSCRON"}, {"address": "7700 Mouscron"},
        {"postcode": "7780", "name": "Comines"}, {"address": "7784 Warneton"}, {"name": "7780 COMINES"},
        {"postcode": "B-8500", "name": "Kortrijk"}, {"name": "Comines (Belgique)"}, {"address": "1 rue X, Bruxelles"},
        {"postcode": "1000", "name": "Bruxelles"}, {"name": "Londres"}, {"name": "Sénégal"},
        {"name": "Paris 12e"}, {"name": "LYON"}, {"name": "75012 PARIS"}, {"name": "Lens"}, {"postcode": "75 012"},
        {"address": "Dakar, Sénégal"},
    ],
)  # fmt: skip
def test_a_place_known_to_be_elsewhere_is_outside(record: dict[str, Any]) -> None:
    assert ATTACHER.attach(**record).status == "outside"


@pytest.mark.parametrize(
    "text",
    ["ROUBAIX/TOURCOING", "Roubaix Tourcoing", "Lille et Roubaix", "59998 Armées",
     "44350 La Madeleine", "33000 Hem", "59 rue de Lille"],
)  # fmt: skip
def test_what_names_two_places_or_none_is_neither(text: str) -> None:
    assert ATTACHER.attach(address=text).status == ATTACHER.attach(name=text).status == "unknown"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Lille Fives", "59350"), ("LILLE - WAZEMMES", "59350"), ("Lille-Moulins", "59350"),
        ("59160 LILLE (LOMME)", "59350"), ("Lille Sud", "59350"), ("Ville de Roubaix", "59512"),
        ("Roubaix (Nord)", "59512"), ("ROUBAIX (59)", "59512"), ("Roubaix, France", "59512"),
        ("59493 ASCQ", "59009"), ("59777 EURALILLE", "59350"), ("59 - ROUBAIX", "59512"),
    ],
)  # fmt: skip
def test_a_city_cell_is_read_as_an_address(text: str, code: str) -> None:
    assert ATTACHER.attach(name=text).commune == code


@pytest.mark.parametrize("text", ["FR-59100", "F 59100", "59100 ROUBAIX", "59 100", "59100 - Roubaix Cedex 1"])
def test_a_post_code_cell_is_read_as_an_address(text: str) -> None:
    assert ATTACHER.attach(postcode=text).commune == "59512"


@given(STREETS)
def test_the_name_of_a_street_is_no_place(street: str) -> None:
    assert ATTACHER.attach(address=street).status == "unknown"


@given(
    st.lists(
        st.text() | st.sampled_from(["59100", "Lille", "rue de", "\n", "75011", "Paris", "(", "CEDEX"]), max_size=5
    )
)
def test_whatever_the_cells_hold_an_answer_is_whole(cells: list[str]) -> None:
    found = place_in(GAZETTEER, *cells, " ".join(cells))
    assert not found.departments or (found.city and not found.postcode)
    assert ATTACHER.attach(address=cells).status in ("inside", "outside", "ambiguous", "unknown")


def test_names_of_elsewhere_are_made_from_the_official_list() -> None:
    def commune(code: str, name: str, population: int) -> OfficialCommune:
        return OfficialCommune(code, name, True, code, code[:2], (), (), population)

    official = [
        commune("62001", "Le Bourg-Inventé", 20_000),
        commune("62002", "Ailleurs", 10),
        commune("59001", "Ici", 9),
    ]
    assert making.make(official) == {"62": "AILLEURS BOURGINVENTE*"}


def test_the_embedded_names_know_the_cities_of_france() -> None:
    known = elsewhere.load()
    assert known.holds("PARIS", "75")
    assert known.holds("AJACCIO", "2A")
    assert not known.holds("LILLE", "59")
    assert {"MANS", "LYON", "TOULOUSE"} <= known.large
    assert "PARC" not in known.large
