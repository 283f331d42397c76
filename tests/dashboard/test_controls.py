"""The controls of the map: what can be chosen, and what cannot."""

from __future__ import annotations

from typing import Any

from dashboard.pages.controls import METHOD_LABELS, PERIMETER_LABELS, Control, controls, labels, options_by_indicator
from geodata.perimeter import PERIMETERS
from layers import demonstration
from layers.classing import CLASSINGS
from layers.cube import FAMILY_AXIS, SECTOR_AXIS
from layers.dimensions import DIMENSIONS
from layers.indicators import INDICATORS
from tests import factories
from tests.factories import actor, grant, view


def by_id(shown: Any, **state: Any) -> dict[str, Control]:
    return {control.id: control for control in controls(view(shown, **state))}


def values(control: Control) -> list[str]:
    return [option.value for _, options in control.groups for option in options]


def chosen(control: Control) -> list[str]:
    return [option.value for _, options in control.groups for option in options if option.selected]


def test_there_is_one_choice_in_each_control() -> None:
    shown = by_id(demonstration.release(), indicator="grants_amount", sector="commerce", year=2022, perimeter=85)
    assert {id_: chosen(control) for id_, control in shown.items()} == {
        "indicator": ["grants_amount"], "sector": ["commerce"], "family": [""],
        "size": [""], "employer": [""], "qpv": [""], "instrument": [""], "year": ["2022"],
        "level": ["territory"],
        "method": ["jenks"], "classes": [""], "scale": [""], "circles": [""], "with": [""], "index": [""],
        "yearly": [""],
        "compare": [""], "perimeter": ["85"],
    }  # fmt: skip


def test_the_year_shown_is_the_one_chosen() -> None:
    release = factories.release(actors=[actor(year=2018), actor(year=2018), actor(year=2018), actor(year=2020)])
    assert chosen(by_id(release, indicator="actors")["year"]) == ["2018"]


def test_every_indicator_is_shown_in_its_group() -> None:
    control = by_id(demonstration.release())["indicator"]
    assert values(control) == list(INDICATORS)
    assert [title for title, _ in control.groups] == ["Acteurs", "Financements", "Contexte"]


def test_what_the_release_does_not_hold_says_so() -> None:
    options = {o.value: o for _, options in by_id(demonstration.release())["indicator"].groups for o in options}
    assert options["openings"].label == "Établissements ESS ouverts (pas de données)"
    assert [options["openings"].disabled, options["actors"].disabled] == [True, False]


def test_an_indicator_without_data_that_the_address_asks_for_stays_chosen() -> None:
    control = by_id(demonstration.release(), indicator="openings")["indicator"]
    assert chosen(control) == ["openings"]


def test_a_control_without_a_choice_is_disabled() -> None:
    shown = by_id(factories.release(actors=[actor()]), indicator="population")
    assert {id_ for id_, control in shown.items() if control.disabled} == {
        *DIMENSIONS,
        "year",
        "circles",
        "with",
        "index",
        "compare",
    }
    assert {control.why for id_, control in shown.items() if id_ in DIMENSIONS} == {
        "",
        "Sans objet pour cet indicateur.",
    }


def test_a_change_has_scales_of_its_own_and_no_bounds_by_hand() -> None:
    usual, changed = (
        by_id(demonstration.release(), indicator="actors_per_1000", compare=year) for year in (None, 2020)
    )
    assert (values(usual["scale"]), values(changed["scale"])) == (["", "free", "mean"], ["", "mean"])
    assert set(values(usual["method"])) - set(values(changed["method"])) == {"manual"}
    assert usual["scale"].why == ""
    assert "deux années" in changed["scale"].why
    assert [option.label for _, options in changed["scale"].groups for option in options] == [
        "Autour de zéro",
        "Autour de l’évolution de la métropole",
    ]


def test_several_values_are_one_choice_of_the_select() -> None:
    shown = by_id(demonstration.release(), sector="commerce,divers", size="10-19")
    assert chosen(shown["sector"]) == ["commerce,divers"]
    assert chosen(shown["size"]) == ["10-19"]
    assert "2 choix réunis" in [option.label for _, options in shown["sector"].groups for option in options]


def test_why_a_filter_has_no_choice() -> None:
    release = factories.release(actors=[actor(size_class=None)])
    assert by_id(release, indicator="actors")["size"].why == "La source ne le dit pas."
    assert by_id(release, indicator="actors")["instrument"].why == "Sans objet pour cet indicateur."


def test_sectors_are_those_that_the_sources_tell() -> None:
    shown = by_id(factories.release(grants=[grant(sector=None, family="association")]), indicator="grants_amount")
    assert values(shown["sector"]) == [""]
    assert len(values(shown["family"])) == 6


def test_every_method_and_perimeter_has_a_label() -> None:
    assert tuple(METHOD_LABELS) == CLASSINGS
    assert {int(perimeter) for perimeter in PERIMETER_LABELS} == set(PERIMETERS)


def test_the_browser_knows_the_same_choices() -> None:
    release = demonstration.release()
    options = options_by_indicator(release)
    assert set(options) <= set(INDICATORS)
    for key, allowed in options.items():
        shown = by_id(release, indicator=key)
        assert [str(year) for year in allowed["years"]] == values(shown["year"])
        assert ["", *allowed["sectors"]] == values(shown["sector"])
        assert ["", *allowed["families"]] == values(shown["family"])
        assert chosen(shown["year"]) == [str(allowed["year"])]
        assert allowed["fill"] == INDICATORS[key].fill


def test_labels_cover_the_axes() -> None:
    assert set(labels()["sector"]) == set(SECTOR_AXIS)
    assert set(labels()["family"]) == set(FAMILY_AXIS)
