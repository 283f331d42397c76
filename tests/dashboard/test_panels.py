"""The panels below the map: the table says what the map says, the charts send nothing away."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard import french, panels, slices, valuetable
from dashboard.pages.carte import scope_of
from dashboard.services import View
from layers import demonstration
from layers.classing import Classing
from layers.indicators import INDICATORS
from tests import factories
from tests.dashboard.reading import components, kind, text
from tests.factories import LILLE, ROUBAIX, actor, everywhere, view


def rows(shown: View) -> list[list[str]]:
    return [[line.rank, line.name, line.value, line.state, *line.parts] for line in valuetable.table(shown).lines]


@pytest.mark.parametrize("key", ["actors", "grants_per_inhabitant", "population_density", "median_income"])
@pytest.mark.parametrize(
    "state", [{}, {"level": "commune"}, {"level": "commune", "territory": "3", "year": None}], ids=str
)
def test_the_table_shows_the_values_of_the_map_highest_first(key: str, state: dict[str, Any]) -> None:
    shown = view(demonstration.release(), indicator=key, **state)
    made = slices.make(shown.release, shown.state.series_query(), scope_of(shown.state), Classing("jenks"))
    found = rows(shown)
    apart = [row for row in found if row[1] == "Multi-territoires ou sans commune"]
    assert len(apart) == (key == "grants_per_inhabitant" and "territory" not in state)
    found = [row for row in found if row not in apart]
    assert len(found) == len(made.cells) + 1
    expected = {
        cell.name: (str(rank or ""), said)
        for cell, rank, said in zip(made.cells, made.told_ranks, made.texts, strict=True)
    }
    assert {row[1]: (row[0], row[2]) for row in found[:-1]} == expected
    order = {cell.name: rank or 999 for cell, rank in zip(made.cells, made.ranks, strict=True)}
    ranks = [order[row[1]] for row in found[:-1]]
    assert ranks == sorted(ranks)
    assert found[-1][:3] == ["", "Métropole", made.total_text]


def test_a_ratio_shows_both_its_terms() -> None:
    found = rows(view(demonstration.release(), indicator="actors_per_1000"))
    for row in found:
        above, below = (float(part.replace("\u202f", "")) for part in row[4:])
        assert row[2] == french.value(INDICATORS["actors_per_1000"], 1000 * above / below)


def test_terms_keep_their_cents() -> None:
    assert [valuetable._part(amount) for amount in (None, 1234.0, 0.5)] == ["", "1\u202f234", "0,50"]


def test_every_state_has_its_word() -> None:
    hidden = {LILLE: {"value": None, "state": "suppressed"}, ROUBAIX: {"value": None, "state": "missing"}}
    release = factories.release(observations=everywhere("poverty_rate", unlike=hidden), actors=[actor()])
    words = {row[1]: row[2:4] for row in rows(view(release, indicator="poverty_rate", level="commune"))}
    assert [words["Lille"], words["Roubaix"]] == [["s", "secret statistique"], ["n.d.", "non disponible"]]
    words = {row[1]: row[2:4] for row in rows(view(release, indicator="actors", level="commune"))}
    assert [words["Lille"], words["Roubaix"]] == [["1", "valeur"], ["0", "zéro"]]


@pytest.mark.parametrize(("release", "told"), [(demonstration.release, True), (factories.release, False)])
def test_the_caption_says_that_the_data_are_fictitious(release: Any, told: bool) -> None:
    caption = valuetable.table(view(release(), indicator="population")).caption
    assert caption.endswith(". Données de démonstration, fictives.") == told


def test_the_head_of_a_partial_list_says_so() -> None:
    heads = valuetable.table(view(factories.release(actors=[actor()]), indicator="actors")).heads
    assert heads == ("Rang", "Zone", "Structures ESS listées", "État")


def test_tables_can_be_read_by_a_screen_reader() -> None:
    tables = kind(panels.charts(view(demonstration.release())), "Table")
    assert len(tables) == 5
    for table in tables:
        assert kind(table, "Caption")
        assert {head.scope for head in kind(table, "Th")} == {"col", "row"}


def test_no_chart_offers_to_send_data_away() -> None:
    graphs = kind(panels.charts(view(demonstration.release())), "Graph")
    assert len(graphs) == 5
    for graph in graphs:
        assert graph.config["showSendToCloud"] is False
        assert graph.config["displayModeBar"] is False


def test_every_chart_has_a_sentence_a_table_and_a_source() -> None:
    for section in kind(panels.charts(view(demonstration.release(), territory="5")), "Section"):
        paragraphs = [text(part) for part in kind(section, "P")]
        assert len(paragraphs) >= 2
        assert all(paragraphs)
        assert "Source" in paragraphs[-1]
        assert kind(section, "Summary")


def test_the_charts_name_their_area() -> None:
    titles = [text(kind(panels.charts(view(demonstration.release(), territory=code)), "H2")) for code in ("1", None)]
    assert titles == ["Détail\u00a0: les Weppes", "Détail\u00a0: la métropole"]


def test_identifiers_are_not_shared() -> None:
    shown = panels.charts(view(demonstration.release()))
    ids = [part.id for part in components(shown) if getattr(part, "id", None)]
    assert len(set(ids)) == len(ids)


def test_without_data_the_charts_say_so() -> None:
    assert text(panels.charts(view(factories.release()))).startswith("Cette publication n’a ni structures")
