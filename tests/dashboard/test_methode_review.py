from __future__ import annotations

from dashboard.pages.methode_review import queue
from layers import demonstration
from tests.factories import release
from tests.layers.invented import actor

A, B, C = "30000001500010", "30000002300014", "30000003100017"


def test_conflicts_doubts_and_contradictions_are_listed_and_counted() -> None:
    shown = release(
        [
            actor(siret=A, source="sirene", conflict="category_yes_flag_no", name="Essai en conflit"),
            actor(siret=B, source="sirene", ess="to_review", name="Essai à confirmer", family=None),
            actor(siret=C, source="sirene", family="association", name="Essai contredit"),
            actor(siret=C, source="siae", family="cooperative"),
        ]
    )
    found = queue(shown)
    assert found
    assert [doubt.name for doubt in found.doubts] == ["Essai contredit", "Essai en conflit", "Essai à confirmer"]
    assert [doubt.identifier for doubt in found.doubts] == [C, A, B]
    assert "Coopératives (siae)" in found.doubts[0].doubt
    assert "Associations (sirene)" in found.doubts[0].doubt
    assert (found.total, found.more, found.unnamed) == ("3", "", "")


def test_a_structure_in_partial_diffusion_is_counted_and_not_named() -> None:
    hidden = actor(siret=A, source="sirene", conflict="category_yes_flag_no", name="", diffusion="P")
    found = queue(release([hidden]))
    assert found
    assert (found.doubts, found.total, found.unnamed) == ((), "1", "1")


def test_nothing_in_doubt_is_no_section() -> None:
    assert queue(release([actor(siret=A)])) is None
    assert queue(demonstration.release()) is None
