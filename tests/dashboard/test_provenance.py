"""Sources as a reader is told of them, and the words of partial lists."""

from __future__ import annotations

import pytest

from dashboard import provenance
from dashboard.wording import worded
from layers import demonstration
from layers.facts import CENSUS, EMBEDDED, FACTS, OUTLINES, cube
from layers.indicators import INDICATORS
from layers.readers import READERS
from tests import factories
from tests.factories import actor, everywhere, grant


def test_a_source_is_told_with_its_vintage() -> None:
    release = factories.release(actors=[actor()], grants=[grant()])
    assert provenance.sentence(release, ("siae",), ("2020",)) == "Liste siae, 2020"
    assert provenance.sentence(release, ("siae", "jaune"), ()) == "Liste jaune, 2010 ; Liste siae, 2020"


def test_only_the_vintages_asked_for_are_told() -> None:
    release = factories.release(observations=[*everywhere(year=2013), *everywhere(year=2014)])
    assert provenance.sentence(release, ("population",), ("2014",)) == "Liste population, 2014"
    assert len(provenance.told(release, ("population",), ())) == 2


def test_nothing_is_said_to_be_nothing() -> None:
    assert provenance.sentence(factories.release(), ("siae",), ()) == "aucune"


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
