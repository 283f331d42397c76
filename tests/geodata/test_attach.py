from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geodata import gazetteer as gazetteers
from geodata import geography as geographies
from geodata.attach import Attacher
from geodata.gazetteer import Gazetteer
from geodata.geography import Geography

GAZETTEER = gazetteers.load()
GEOGRAPHY = geographies.load()
ATTACHER = Attacher(GAZETTEER, GEOGRAPHY)
MEMBERS = sorted(GEOGRAPHY.communes.index)
TO_DEGREES = Transformer.from_crs("EPSG:2154", "EPSG:4326", always_xy=True)
IN_LILLE = {"longitude": 3.06, "latitude": 50.63}


@pytest.mark.parametrize(
    ("record", "commune", "way"),
    [
        ({"insee": "59350"}, "59350", "insee"),
        ({"insee": "59355"}, "59350", "insee"),  # Lomme
        ({"insee": "59298"}, "59350", "insee"),  # Hellemmes
        ({"insee": "59235"}, "59009", "insee"),  # a code given up in 1970
        ({"insee": " 59 512 "}, "59512", "insee"),
        ({"postcode": "59350", "name": "SAINT-ANDRE-LEZ-LILLE"}, "59527", "postcode+name"),
        ({"postcode": "59260", "name": "HELLEMMES - LILLE"}, "59350", "postcode+name"),
        ({"postcode": "59260", "name": "LEZENNES"}, "59346", "postcode+name"),
        ({"postcode": "59160", "name": "Lomme"}, "59350", "postcode+name"),
        ({"postcode": "59 000", "name": "lille"}, "59350", "postcode+name"),
        ({"postcode": "59184", "name": "SAINGHIN"}, "59524", "postcode+name"),
        ({"postcode": "59042", "name": "LILLE CEDEX"}, "59350", "name"),
        ({"name": "ST ANDRE LEZ LILLE"}, "59527", "name"),
        ({"name": "VILLENEUVE D ASCQ", "department": "Nord"}, "59009", "name"),
        ({"name": "VILLENEUVE DASCQ", "department": "059"}, "59009", "name"),
        ({"name": "CROIX", "department": "59"}, "59163", "name"),
        ({"name": "LE MAISNIL", "postcode": "59001"}, "59371", "name"),
        (IN_LILLE, "59350", "point"),
        ({"postcode": "59000"}, "59350", "postcode"),
        ({"postcode": "59160"} | IN_LILLE, "59350", "point"),
        ({"insee": "59650", "name": "VILLENEUVE D'ASCQ"}, "59009", "name"),  # a post code typed as INSEE code
        ({"insee": "59650", "name": "WATTRELOS", "postcode": "59150"}, "59650", "insee"),
    ],
)
def test_attached(record: dict[str, Any], commune: str, way: str) -> None:
    attached = ATTACHER.attach(**record)
    assert (attached.status, attached.commune, attached.way) == ("inside", commune, way)


@pytest.mark.parametrize(
    "record",
    [
        {"insee": "75056"},
        {"insee": "59183"},
        {"insee": "2A004"},
        {"postcode": "62000", "name": "ARRAS"},
        {"postcode": "59140", "name": "DUNKERQUE"},
        {"postcode": "59140"},
        {"postcode": "97400"},
        {"postcode": "20000"},
        {"name": "MAISNIL", "department": "62"},
        {"name": "AMFROIPRET", "department": "59"},
        {"department": "Pas-de-Calais"},
        {"longitude": 2.35, "latitude": 48.85},
        {"longitude": -4.5, "latitude": 48.4},
    ],
)
def test_outside(record: dict[str, Any]) -> None:
    attached = ATTACHER.attach(**record)
    assert (attached.status, attached.commune) == ("outside", None)
    assert attached.reason.startswith("Hors de la métropole")


@pytest.mark.parametrize(
    ("record", "candidates"),
    [
        ({"name": "CROIX"}, {"59163", "90030"}),
        ({"name": "LE MAISNIL"}, {"59371", "62539"}),
        ({"name": "SAINGHIN", "department": "59"}, {"59523", "59524"}),
        ({"postcode": "59160"}, {"59350", "59128"}),
        ({"postcode": "59780"}, {"59044", "59660", "59124"}),
        ({"postcode": "62000", "name": "ROUBAIX"}, {"59512", "62"}),
        ({"postcode": "59650", "name": "TOULOUSE", "department": "59"}, {"59009"}),
        ({"name": "CROIX"} | IN_LILLE, {"59163", "90030"}),
    ],
)
def test_candidates_are_listed_and_none_is_chosen(record: dict[str, Any], candidates: set[str]) -> None:
    attached = ATTACHER.attach(**record)
    assert attached.status == "ambiguous"
    assert attached.commune is None
    assert set(attached.candidates) == candidates
    assert attached.reason
    assert attached.remedy


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ({}, "ne dit pas où"),
        ({"insee": "99999"}, "n’existe pas"),
        ({"insee": "59800"}, "n’existe pas"),
        ({"postcode": "5900"}, "pas un code postal français"),
        ({"postcode": "59042"}, "ne désigne aucune commune du Nord"),
        ({"name": "VILLE FICTIVE"}, "le département n’est pas indiqué"),
        ({"name": "TOULOUSE", "department": "59"}, "n’est le nom d’aucune commune du Nord"),
        ({"department": "59"}, "Le département seul"),
        ({"siret": "00000000000000"}, "SIRET"),
        ({"longitude": 0.0, "latitude": 0.0}, "n’existe pas ou est vide"),
        ({"longitude": 3.06, "latitude": 506.3}, "n’existe pas ou est vide"),
        ({"longitude": 50.63, "latitude": 3.06}, "semblent inversées"),
        ({"longitude": float("nan"), "latitude": 50.6}, "ne dit pas où"),
    ],
)
def test_unknown_tells_why_and_what_to_do(record: dict[str, Any], told: str) -> None:
    attached = ATTACHER.attach(**record)
    assert (attached.status, attached.commune, attached.candidates) == ("unknown", None, ())
    assert told in attached.reason
    assert attached.remedy


@pytest.mark.parametrize(
    ("record", "commune", "told"),
    [
        (
            {"insee": "59512"} | IN_LILLE,
            "59512",
            "Le code Insee indique Roubaix (59512), mais la position indique Lille (59350).",
        ),
        (
            {"name": "Tourcoing", "postcode": "59100"},
            "59599",
            "Le nom de la commune indique Tourcoing (59599), mais le code postal indique Roubaix (59512).",
        ),
        ({"insee": "59999", "name": "RONCQ", "postcode": "59223"}, "59508", "n’existe pas"),
        ({"name": "Fachès", "postcode": "59155"}, "59220", "est lu"),
        ({"insee": "59512", "postcode": "59100", "name": "Roubaix"}, "59512", ""),
    ],
)
def test_weaker_evidence_that_disagrees_is_told(record: dict[str, Any], commune: str, told: str) -> None:
    attached = ATTACHER.attach(**record)
    assert (attached.status, attached.commune) == ("inside", commune)
    assert told in attached.conflict
    assert bool(told) == bool(attached.conflict)


def test_siret_gives_the_registered_address(gazetteer: Gazetteer, geography: Geography) -> None:
    attacher = Attacher(gazetteer, geography, {"12345678900011": "59355"})
    assert attacher.attach(siret="123 456 789 00011").commune == "59350"
    assert attacher.attach(siret="12345678900011").way == "siret"
    assert attacher.attach(siret="12345678900029", insee="59512").conflict == ""


@pytest.mark.parametrize("code", MEMBERS)
def test_every_commune_is_found_by_every_way(code: str) -> None:
    commune = GEOGRAPHY.communes.loc[code]
    place = GAZETTEER.place(code)
    assert place is not None
    longitude, latitude = TO_DEGREES.transform(commune.label_x, commune.label_y)
    assert ATTACHER.attach(insee=code).commune == code
    assert ATTACHER.attach(name=commune["name"], department="59").commune == code
    assert ATTACHER.attach(longitude=longitude, latitude=latitude).commune == code
    assert place.postcodes
    for postcode in place.postcodes:
        assert ATTACHER.attach(postcode=postcode, name=commune["name"]).commune == code


def test_hellemmes_and_lomme_are_found_by_position() -> None:
    for outline in GEOGRAPHY.orientation.itertuples():
        longitude, latitude = TO_DEGREES.transform(outline.label_x, outline.label_y)
        assert ATTACHER.attach(longitude=longitude, latitude=latitude).commune == "59350"


@given(code=st.sampled_from(MEMBERS), data=st.data())
def test_capitals_accents_hyphens_and_cedex_do_not_matter(code: str, data: st.DataObject) -> None:
    name = GEOGRAPHY.communes.name[code]
    bare = "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))
    variants = [
        name,
        bare,
        name.replace("’", "'"),
        name.replace("-", " "),
        name.replace("Saint", "ST"),
        f"{name} CEDEX 2",
    ]
    written = data.draw(st.sampled_from(variants))
    changed = data.draw(st.sampled_from([str.upper, str.lower, str.title]))(written)
    assert ATTACHER.attach(name=changed, department="59").commune == code


CODES = st.one_of(st.none(), st.sampled_from([*MEMBERS, "59298", "59183", "75056", "99999", "59000"]))
POSTCODES = st.one_of(st.none(), st.sampled_from(["59000", "59160", "59780", "59042", "62000", "abc", ""]))
NAMES = st.one_of(st.none(), st.sampled_from(["Lille", "CROIX", "Sainghin", "Dunkerque", "Toulouse", "Lomme", " "]))
DEGREES = st.one_of(st.none(), st.tuples(st.floats(2.7, 3.4), st.floats(50.4, 50.9)))


@given(insee=CODES, postcode=POSTCODES, name=NAMES, position=DEGREES)
def test_an_answer_is_always_whole(
    insee: str | None, postcode: str | None, name: str | None, position: tuple[float, float] | None
) -> None:
    longitude, latitude = position or (None, None)
    attached = ATTACHER.attach(insee=insee, postcode=postcode, name=name, longitude=longitude, latitude=latitude)
    assert (attached.commune in MEMBERS) == (attached.status == "inside")
    assert (len(attached.candidates) > 0) == (attached.status == "ambiguous")
    assert not attached.suggestions or attached.status == "unknown"
    assert bool(attached.reason) == (attached.status != "inside")
    assert bool(attached.remedy) == (attached.status in {"unknown", "ambiguous"})
    if insee in MEMBERS and name is None and postcode is None:
        assert attached.commune == insee


def test_a_point_on_a_border_is_not_guessed() -> None:
    border = GEOGRAPHY.communes.geometry["59512"].intersection(GEOGRAPHY.communes.geometry["59599"])
    middle = border.interpolate(0.5, normalized=True)
    longitude, latitude = TO_DEGREES.transform(middle.x, middle.y)
    attached = ATTACHER.attach(longitude=longitude, latitude=latitude)
    assert (attached.status, set(attached.candidates)) == ("ambiguous", {"59512", "59599"})
    named = ATTACHER.attach(longitude=longitude, latitude=latitude, name="ROUBAIX")
    assert (named.commune, named.conflict) == ("59512", "")


def test_a_point_on_the_outer_border_may_be_outside() -> None:
    border = GEOGRAPHY.communes.geometry["59279"].boundary.intersection(GEOGRAPHY.communes.union_all().boundary)
    middle = border.interpolate(0.5, normalized=True)
    longitude, latitude = TO_DEGREES.transform(middle.x, middle.y)
    attached = ATTACHER.attach(longitude=longitude, latitude=latitude)
    assert attached.status == "ambiguous"
    assert "59279" in attached.candidates
    assert ATTACHER.attach(longitude=longitude, latitude=latitude, postcode="59250").commune == "59279"
