"""Whole headlines, as a mayor reads them."""

from __future__ import annotations

import re

import pytest

from dashboard.areas import metropole, territory
from dashboard.headlines import headline
from layers.indicators import INDICATORS
from layers.notes import EMPTY, Note, note
from tests.dashboard.invented_series import Told, backing, series

LILLE, ROUBAIX, HEM, HALLUIN, ENGLOS, MAISNIL, LANNOY = "59350", "59512", "59299", "59279", "59195", "59371", "59332"


def said(key: str, told: dict[str, Told], place: str = "", **choice: str | int | None) -> str:
    """The headline with plain spaces."""
    made = series(key, told, **choice)
    where = territory(place) if place else metropole()
    return re.sub("[\u00a0\u202f]", " ", headline(INDICATORS[key], made, made.cells, where, backing(made)))


@pytest.mark.parametrize(
    ("key", "told", "sentence"),
    [
        ("actors", {"8": 1307, "3": 1033, "1": 180}, "Le Lillois compte 52 % des structures ESS : 1 307 sur 2 520"),
        ("actors", {"8": 1307, "3": 103, "1": 18}, "Le Lillois concentre 92 % des structures ESS : 1 307 sur 1 428"),
        ("actors", {"1": 80, "3": 10, "2": 10}, "Les Weppes concentrent 80 % des structures ESS : 80 sur 100"),
        ("actors", {"1": 300, "3": 200, "2": 100}, "Les Weppes comptent 50 % des structures ESS : 300 sur 600"),
        ("grants_amount", {"1": 30, "3": 20, "2": 10}, "Les Weppes reçoivent 50 % des subventions : 30 € sur 60 €"),
        ("grants_count", {"5": 90, "3": 10}, "L’Est reçoit 90 % des subventions : 90 sur 100"),
        ("actors", {"5": 1994, "3": 6}, "L’Est compte plus de 99 % des structures ESS : 1 994 sur 2 000"),
        (
            "population",
            {"6": 9000, "3": 900, "4": 100},
            "La Couronne Nord concentre 90 % des habitants : 9 000 sur 10 000",
        ),
    ],
)
def test_shares_of_what_adds_up(key: str, told: dict[str, Told], sentence: str) -> None:
    assert said(key, told) == sentence


def test_a_share_names_the_territory_it_is_a_part_of() -> None:
    told: dict[str, Told] = {ROUBAIX: 550, HEM: 100, LANNOY: 10}
    assert said("actors", told, "3") == "Roubaix concentre 83 % des structures ESS du Roubaisien : 550 sur 660"


@pytest.mark.parametrize(
    ("key", "told", "sentence"),
    [
        ("actors", {"5": 1, "3": 0}, "1 structure ESS dans la métropole : aucune comparaison possible"),
        ("actors", {"5": 9, "3": 0}, "9 structures ESS dans la métropole : aucune comparaison possible"),
        ("actors", {"5": 30, "3": 0},
         "Structures ESS : jusqu’à 30 dans le territoire Est ; zéro dans le Roubaisien, trop peu pour comparer"),
        ("actors", {"5": 30, "3": 25},
         "Structures ESS : de 25 dans le Roubaisien à 30 dans le territoire Est, "
         "écart que les petits nombres n’établissent pas"),
        ("jobs", {"7": 528, "3": 300, "1": "s", "2": "s"},
         "Emplois ESS : de 300 dans le Roubaisien à 528 en Couronne Sud ; "
         "2 territoires sous secret, aucun classement"),
    ],
)  # fmt: skip
def test_where_nothing_is_supported_the_title_says_what_is_there(
    key: str, told: dict[str, Told], sentence: str
) -> None:
    assert said(key, told) == sentence


def test_a_ratio_of_few_is_not_ahead() -> None:
    made = series("actors_per_1000", {"59643": 8.58, LILLE: 2.0, HEM: 1.0})
    few = backing(made, units=2)
    assert "en tête" not in headline(INDICATORS["actors_per_1000"], made, made.cells, metropole(), few)
    assert "trop peu pour comparer" in headline(INDICATORS["actors_per_1000"], made, made.cells, metropole(), few)


def test_what_has_no_commune_may_change_who_is_ahead() -> None:
    made = series("grants_amount", {"8": 300, "3": 100, "1": 50})
    told = headline(INDICATORS["grants_amount"], made, made.cells, metropole(), backing(made, adrift=250.0))
    assert told.endswith("ordre non établi")


@pytest.mark.parametrize(
    ("key", "told", "place", "sentence"),
    [
        ("population", {"3": 20, "6": 20}, "",
         "Le Roubaisien et la Couronne Nord en tête à égalité, avec 20 habitants chacun, sur 40 dans la métropole"),
        ("population", {MAISNIL: 100, ENGLOS: 100, LANNOY: 50}, "1",
         "Le Maisnil et Englos en tête à égalité, avec 100 habitants chacune, sur 250 dans les Weppes"),
        ("jobs", dict.fromkeys((MAISNIL, ENGLOS, LANNOY, HEM), 1000), "",
         "4 communes en tête à égalité, avec 1 000 postes ESS chacune, sur 4 000 dans la métropole"),
        ("actors", {"3": 40, "6": 40}, "", "Structures ESS : 40 dans 2 territoires, "
         "écart que les petits nombres n’établissent pas"),
    ],
)  # fmt: skip
def test_ties_are_told(key: str, told: dict[str, Told], place: str, sentence: str) -> None:
    assert said(key, told, place) == sentence


@pytest.mark.parametrize(
    ("key", "told", "sentence"),
    [
        ("population", {LILLE: 9000, ROUBAIX: 1000, HEM: "s"},
         "Population municipale : de 1 000 (Roubaix) à 9 000 (Lille) ; 1 commune sous secret, aucun classement"),
        ("population", {LILLE: 9000, ROUBAIX: 1000, HEM: "n.d.", ENGLOS: "n.d.", LANNOY: "s"},
         "Population municipale : de 1 000 (Roubaix) à 9 000 (Lille) ; "
         "1 commune sous secret, 2 communes sans valeur, aucun classement"),
        ("population", {LILLE: 9, ROUBAIX: 9, HEM: "n.d."},
         "Population municipale : 9 dans 2 communes ; 1 commune sans valeur, aucun classement"),
    ],
)  # fmt: skip
def test_a_partial_sum_is_never_told(key: str, told: dict[str, Told], sentence: str) -> None:
    assert said(key, told) == sentence


@pytest.mark.parametrize(
    ("key", "told", "sentence"),
    [
        ("actors_per_1000", {"8": 5.48, "1": 2.40, "3": 3.0},
         "Le Lillois compte 2,3 fois plus de structures ESS par habitant que les Weppes : "
         "5,48 contre 2,40 pour 1 000 habitants"),
        ("actors_per_1000", {"1": 4.8, "5": 2.4},
         "Les Weppes comptent 2 fois plus de structures ESS par habitant que l’Est : "
         "4,80 contre 2,40 pour 1 000 habitants"),
        ("grants_per_inhabitant", {"8": 0.85, "5": 0.14},
         "Le Lillois reçoit 6,1 fois plus de subventions par habitant que l’Est : 0,85 € contre 0,14 € par habitant"),
        ("grants_per_inhabitant", {"1": 4.7, "6": 1.0},
         "Les Weppes reçoivent 4,7 fois plus de subventions par habitant que la Couronne Nord : "
         "4,70 € contre 1,00 € par habitant"),
        ("population_density", {LANNOY: 10329.0, HALLUIN: 1638.0},
         "Lannoy compte 6,3 fois plus d’habitants au km² qu’Halluin : 10 329 contre 1 638 habitants par km²"),
        ("population_density", {LILLE: 6808.0, HEM: 513.0},
         "Lille compte 13 fois plus d’habitants au km² que Hem : 6 808 contre 513 habitants par km²"),
    ],
)  # fmt: skip
def test_how_many_times_more(key: str, told: dict[str, Told], sentence: str) -> None:
    assert said(key, told) == sentence


@pytest.mark.parametrize(
    ("key", "told", "sentence"),
    [
        ("population_density", {LANNOY: 10329.0, ENGLOS: 55.0},
         "Densité de population (habitants par km²) : de 55 (Englos) à 10 329 (Lannoy)"),
        ("actors_per_1000", {"7": 0.1143, "1": 0.0261},
         "Structures ESS pour 1 000 habitants : de 0,03 dans les Weppes à 0,11 en Couronne Sud"),
        ("population_65_share", {"8": 10.8, "6": 18.0},
         "Part des 65 ans et plus : de 10,8 % dans le Lillois à 18,0 % en Couronne Nord"),
        ("poverty_rate", {ROUBAIX: 46.0, HEM: 5.0, ENGLOS: 5.0, LANNOY: "s", HALLUIN: "s"},
         "Taux de pauvreté : de 5,0 % (Hem et Englos) à 46,0 % (Roubaix) ; 2 communes sous secret"),
        ("grant_mean", {LILLE: 72715.0, **dict.fromkeys((ROUBAIX, HEM, ENGLOS, LANNOY), 1000.0)},
         "Montant moyen d’une subvention : de 1 000 € (Roubaix et 3 autres) à 72 715 € (Lille)"),
        ("median_income", {ROUBAIX: 14580.0, ENGLOS: 37210.0},
         "Niveau de vie médian (par an) : de 14 580 € (Roubaix) à 37 210 € (Englos)"),
        ("actors_per_1000", {"2": 5.2, "8": 5.4},
         "Structures ESS pour 1 000 habitants : écart faible, de 5,20 dans le Tourquennois à 5,40 dans le Lillois"),
        ("grant_mean", {ROUBAIX: 1000.0, HEM: 1000.0}, "Montant moyen d’une subvention : 1 000 € dans 2 communes"),
        ("population_65_share", {"2": 12.31, "8": 12.33}, "Part des 65 ans et plus : 12,3 % dans 2 territoires"),
        ("location_quotient", {"2": 0.87, "8": 1.16},
         "Quotient de localisation de l’ESS (1 = métropole) : de 0,87 dans le Tourquennois à 1,16 dans le Lillois"),
        ("location_quotient", {"1": 0.5, "3": 1.5},
         "Quotient de localisation de l’ESS (1 = métropole) : de 0,50 dans les Weppes à 1,50 dans le Roubaisien"),
    ],
)  # fmt: skip
def test_from_the_lowest_to_the_highest(key: str, told: dict[str, Told], sentence: str) -> None:
    assert said(key, told) == sentence


@pytest.mark.parametrize(
    ("key", "told", "sentence"),
    [
        ("actors_per_1000", {ENGLOS: 4.87, ROUBAIX: 1.0, MAISNIL: 0.0},
         "Englos en tête, avec 4,87 structures ESS pour 1 000 habitants ; zéro au Maisnil"),
        ("grants_per_inhabitant", {LILLE: 102.09, ROUBAIX: 0.0, HEM: 0.0},
         "Subventions par habitant : jusqu’à 102,09 € (Lille) ; 2 communes sur 3 à zéro, trop peu pour comparer"),
        ("grants_per_inhabitant", {"1": 1.5, "2": 0.8, "5": 0.0},
         "Les Weppes en tête, avec 1,50 € de subventions par habitant ; zéro dans le territoire Est"),
        ("actors_per_1000", {LILLE: 0.0, ROUBAIX: 0.0},
         "Structures ESS pour 1 000 habitants : zéro partout dans la métropole"),
        ("actors", {"1": 0, "2": 0}, "Structures ESS : zéro partout dans la métropole"),
        ("actors", {"1": 0, "2": 0, "3": "s"}, "Structures ESS : zéro ; 1 territoire sous secret"),
        ("grants_per_inhabitant", {LILLE: 3.0, HEM: 0.004},
         "Subventions par habitant : de < 0,01 € (Hem) à 3,00 € (Lille)"),
    ],
)  # fmt: skip
def test_zeros(key: str, told: dict[str, Told], sentence: str) -> None:
    assert said(key, told) == sentence


@pytest.mark.parametrize(
    ("key", "told", "sentence"),
    [
        ("actors", {LILLE: 1}, "1 structure ESS à Lille"),
        ("actors", {LILLE: 0}, "0 structure ESS à Lille"),
        ("population", {LILLE: 238695}, "238 695 habitants à Lille"),
        ("poverty_rate", {"8": 27.0, "1": "s", "2": "n.d."},
         "27,0 % de personnes sous le seuil de pauvreté dans le Lillois, seule valeur disponible"),
        ("median_income", {LILLE: 20520.0}, "20 520 € de niveau de vie médian par an à Lille"),
    ],
)  # fmt: skip
def test_one_value(key: str, told: dict[str, Told], sentence: str) -> None:
    assert said(key, told) == sentence


@pytest.mark.parametrize(
    ("key", "told", "notes", "sentence"),
    [
        ("jobs", {"1": "n.d.", "2": "n.d."}, (note(EMPTY),),
         "Cette publication n’a aucune donnée pour cet indicateur"),
        ("median_income", {"1": "n.d.", "2": "n.d."}, (),
         "Niveau de vie médian : publié par commune seulement, ne s’additionne pas"),
        ("poverty_rate", {ENGLOS: "s", LANNOY: "s"}, (), "Taux de pauvreté : tout est sous secret statistique"),
        ("grants_per_job", {"1": "n.d."}, (), "Subventions par emploi ESS : aucune valeur pour ce choix"),
    ],
)  # fmt: skip
def test_nothing_to_say(key: str, told: dict[str, Told], notes: tuple[Note, ...], sentence: str) -> None:
    made = series(key, told, notes=notes)
    assert headline(INDICATORS[key], made, made.cells, metropole(), backing(made)).replace("\u00a0", " ") == sentence


def test_the_choice_of_sector_and_family_is_told() -> None:
    told: dict[str, Told] = {"8": 30, "3": 10, "1": 5}
    assert said("actors", told, sector="sports-loisirs") == (
        "Le Lillois concentre 67 % des structures ESS : 30 sur 45 – sports et loisirs"
    )
    assert said("actors", told, sector="inconnu", family="societe_commerciale_ess").endswith(
        " – secteur non renseigné, sociétés commerciales de l’ESS"
    )
