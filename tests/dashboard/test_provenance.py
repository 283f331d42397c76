"""Sources as a reader is told of them, and the words of partial lists."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard import captions, provenance, slices
from dashboard.areas import metropole
from dashboard.exports.carte import lines
from dashboard.slices import Scope
from dashboard.wording import worded
from layers import demonstration, measure
from layers.classing import Classing
from layers.facts import CENSUS, EMBEDDED, FACTS, OUTLINES, cube
from layers.indicators import INDICATORS
from layers.readers import READERS
from layers.series import Query
from tests import factories
from tests.factories import actor, everywhere, grant, view

CITY = Scope("territory", None, 95)


def test_a_source_is_told_with_its_vintage() -> None:
    release = factories.release(actors=[actor()], grants=[grant()])
    assert provenance.sentence(release, ("siae",), ("2020",)) == "Liste siae, 2020"
    assert provenance.sentence(release, ("siae", "jaune"), ()) == "Liste jaune, 2010 ; Liste siae, 2020"


def test_only_the_vintages_asked_for_are_told() -> None:
    release = factories.release(observations=[*everywhere(year=2013), *everywhere(year=2014)])
    assert provenance.sentence(release, ("population",), ("2014",)) == "Liste population, 2014"
    assert len(provenance.told(release, ("population",), ())) == 2


def test_nothing_has_no_line_of_sources() -> None:
    release = factories.release()
    assert provenance.sentence(release, (), ()) == ""
    assert provenance.line(release, (), ()) == []


@pytest.mark.parametrize("kind", [EMBEDDED, CENSUS, OUTLINES])
def test_what_is_embedded_has_a_title_and_a_licence(kind: str) -> None:
    (found,) = provenance.told(factories.release(), (kind,), ("2021",))
    assert str(found).endswith(", 2021")
    assert found.licence == "Licence Ouverte"


def test_a_vintage_that_the_title_says_is_not_repeated() -> None:
    assert str(provenance.Told("a", "Liste de 2020", "2020", "", "")) == "Liste de 2020"


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_of_the_demonstration_has_a_source_that_is_told(fact: str) -> None:
    release = demonstration.release()
    built = cube(release, fact)
    for year in built.years:
        assert provenance.told(release, built.sources[year], built.vintages[year])


@pytest.mark.parametrize("kind", READERS)
def test_a_partial_list_is_called_a_list(kind: str) -> None:
    release = factories.release(actors=[actor(source=kind)])
    indicator = worded(release, "actors_per_1000")
    part = provenance.part((kind,))
    assert part == READERS[kind].part
    assert (
        ("listées" in indicator.label) == ("listées" in indicator.per) == ("listée" in indicator.noun_one) == bool(part)
    )


def test_the_demonstration_keeps_its_words() -> None:
    assert worded(demonstration.release(), "actors") == INDICATORS["actors"]


def test_grants_are_not_structures() -> None:
    release = factories.release(actors=[actor()], grants=[grant()])
    assert worded(release, "grants_amount").label == "Montant des subventions"
    assert worded(release, "population") == INDICATORS["population"]


@pytest.mark.parametrize("vintage", ["Ville fictive, 2023", "Fonds A, B et C, 2021-2023", "2023"])
def test_an_edition_that_holds_a_comma_keeps_its_source(vintage: str) -> None:
    grants = [grant(n, kind="voted", year=2023, source="scdl", vintage=vintage) for n in range(3)]
    release = factories.release(grants=grants)
    series = measure.series(release, Query("grants_amount"))
    assert series.vintages == (vintage,)
    assert "Liste scdl" in captions.sources(release, series)
    shown = view(release, indicator="grants_amount")
    told = " ".join(lines(shown, slices.make(release, shown.state.series_query(), CITY, Classing())))
    assert "Liste scdl" in told
    assert "aucune" not in told


def test_a_list_read_by_a_mapping_is_partial_and_is_not_beside_a_whole_one() -> None:
    assert provenance.part(("table",))
    assert provenance.part(("table", "siae")) == f"{provenance.LISTED}, {READERS['siae'].part}"
    assert provenance.part(("table", "sirene")) == provenance.part(("demonstration",)) == ""
    release = factories.release(actors=[actor(source="table")])
    assert provenance.LISTED in captions.subtitle(
        worded(release, "actors"), measure.series(release, Query("actors")), metropole()
    )


def test_what_was_refused_and_what_has_no_place_stand_beside_the_amount() -> None:
    release = factories.release(grants=[grant(1, 500_000), grant(2, 120_000, commune=None)])
    refused = [{**one, "account": {"amounts_by_outcome": {"rejected": 7_000}}} for one in release.manifest["sources"]]
    release = replace(release, manifest={**release.manifest, "sources": refused})
    series = measure.series(release, Query("grants_amount"))
    told = captions.whole(release, series).replace("\u202f", " ")
    assert "1 200 €" in told
    assert "6 200 €" in told
    assert "7 000 €" in told
    assert "7 000 €" in captions.nowhere(release, series.query).replace("\u202f", " ")
    assert captions.whole(release, measure.series(release, Query("population"))) == ""
