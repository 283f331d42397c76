"""What is written around a view: what, where, when, unit, source, vintage, perimeter, what is hidden."""

from __future__ import annotations

import re

import pytest

from dashboard import captions
from dashboard.areas import Named, metropole, territory
from dashboard.wording import worded
from geodata.perimeter import PERIMETERS
from layers import demonstration, measure
from layers.cube import FAMILY_AXIS, SECTOR_AXIS
from layers.ess import FAMILIES, SECTORS
from layers.release import Release
from layers.series import Query
from tests import factories
from tests.factories import LILLE, ROUBAIX, actor, everywhere, grant


@pytest.fixture(scope="module")
def release() -> Release:
    hidden = {"value": None, "state": "suppressed"}
    return factories.release(
        actors=[actor(1, LILLE), actor(2, ROUBAIX)],
        grants=[grant(1, 150_000, LILLE), grant(2, 20_000, None), grant(3, 5_000, None, year=2015)],
        observations=[*everywhere("poverty_rate", unlike={LILLE: hidden, ROUBAIX: hidden}), *everywhere(year=2013)],
    )


def plain(text: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", text)


def subtitle(release: Release, query: Query, place: Named | None = None) -> str:
    series = measure.series(release, query)
    return plain(captions.subtitle(worded(release, query.indicator), series, place or metropole()))


def footer(release: Release, query: Query) -> str:
    series = measure.series(release, query)
    return plain(captions.footer(release, series, captions.suppressed(series.cells)))


def test_a_subtitle_says_what_when_and_on_which_perimeter() -> None:
    shown = demonstration.release()
    assert subtitle(shown, Query("actors")) == "Structures ESS, 2023, périmètre de 95 communes (2020)"
    assert subtitle(shown, Query("actors", year=2021, perimeter=85)) == (
        "Structures ESS, 2021, périmètre constant de 85 communes (2016)"
    )


def test_a_subtitle_says_where() -> None:
    said = subtitle(demonstration.release(), Query("actors", "commune"), territory("1"))
    assert said == "Structures ESS, communes des Weppes, 2023, périmètre de 95 communes (2020)"


def test_a_subtitle_says_the_choice_and_keeps_the_capitals_of_its_names() -> None:
    query = Query("actors", sector="sports-loisirs", family="societe_commerciale_ess")
    assert ", sports et loisirs, sociétés commerciales de l’ESS, 2023," in subtitle(demonstration.release(), query)


def test_a_subtitle_says_another_year_of_the_population_and_of_nothing_else(release: Release) -> None:
    assert ", 2020, population 2022, " in subtitle(release, Query("actors_per_1000"))
    assert subtitle(release, Query("population_density", year=2013)) == (
        "Densité de population, 2013, périmètre de 95 communes (2020)"
    )
    assert "2022" not in subtitle(release, Query("grant_mean"))


def test_a_subtitle_says_what_part_a_list_covers(release: Release) -> None:
    assert "Structures ESS listées, 2020, structures d’insertion et GEIQ seulement, " in subtitle(
        release, Query("actors")
    )


def test_a_footer_says_the_source_and_the_release(release: Release) -> None:
    assert footer(release, Query("actors")) == (
        "Source : Liste siae, 2020. Contours IGN et Insee, Licence Ouverte. Publication 0123456789ab. "
        "0 valeur sous secret."
    )


def test_a_ratio_names_the_source_of_both_its_terms(release: Release) -> None:
    assert "Source : Liste siae, 2020 ; Insee, populations municipales, 2022." in footer(
        release, Query("actors_per_1000")
    )
    assert "Source : Liste population, 2013 ; Superficies calculées" in footer(
        release, Query("population_density", year=2013)
    )
    assert footer(release, Query("grant_mean")).count("Liste jaune") == 1


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (Query("grants_amount", year=2010), "200 €"),
        (Query("grants_per_inhabitant", year=2010), "200 €"),
        (Query("grants_count", year=2010), "1 subvention"),
        (Query("grants_amount", year=2015), "50 €"),
    ],
)
def test_what_is_in_no_area_is_told(release: Release, query: Query, said: str) -> None:
    told = f"Multi-territoires ou sans commune : {said}, hors du classement et de la carte."
    assert captions.nowhere(release, query).replace("\u00a0", " ").replace("\u202f", " ") == told


def test_nothing_is_told_of_what_has_no_commune_where_all_have_one(release: Release) -> None:
    assert captions.nowhere(release, Query("actors")) == ""


@pytest.mark.parametrize(
    ("level", "said"), [("commune", "2 valeurs sous secret."), ("territory", "2 valeurs sous secret.")]
)
def test_a_footer_counts_what_is_hidden(release: Release, level: str, said: str) -> None:
    assert said in footer(release, Query("poverty_rate", level))


def test_labels_of_menus_cover_their_axes() -> None:
    assert [captions.sector_label(slug) for slug in SECTOR_AXIS][-1] == "Secteur non renseigné"
    assert [captions.family_label(slug) for slug in FAMILY_AXIS][-1] == "Famille non renseignée"
    assert len({captions.sector_label(slug) for slug in SECTOR_AXIS}) == len(SECTORS) + 1
    assert len({captions.family_label(slug) for slug in FAMILY_AXIS}) == len(FAMILIES) + 1


def test_every_perimeter_has_its_words() -> None:
    assert set(captions.PERIMETER) == set(PERIMETERS)
