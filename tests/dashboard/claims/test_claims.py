"""No sentence of a random release claims what its rows do not support."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from dashboard import slices
from dashboard.funding import choice as funding
from dashboard.funding.content import headline
from dashboard.funding.spread import spread
from dashboard.pages import accueil
from dashboard.portrait import briefing
from dashboard.portrait.place import place
from dashboard.sentences import RESERVES
from dashboard.services import View
from dashboard.viewstate import ViewState
from layers.classing import Classing
from layers.release import Release
from layers.secrecy import secondary
from tests import factories
from tests.dashboard.claims import releases, sentences
from tests.dashboard.claims.checking import FalseClaim, check
from tests.dashboard.claims.sentences import Said
from tests.layers.invented import actor, grant

NUMBER = int(os.environ.get("ESS_CLAIMS", "250"))
"""Releases that are drawn, at half a second of processor each."""


def test_random_releases_claim_only_what_they_support(monkeypatch: pytest.MonkeyPatch) -> None:
    for effort in ("EFFORT", "TRIALS"):  # which of the safe cells are hidden changes nothing to what may be said
        monkeypatch.setattr(secondary, effort, 0)
    told: Counter[str] = Counter()
    for seed in range(NUMBER):
        shown = releases.drawn(seed)
        for said in sentences.every(shown):
            told["sentences"] += 1
            told["claims"] += check(shown, said)
    print(dict(told))
    assert told["sentences"] > 100 * NUMBER / 2
    assert told["claims"] > NUMBER, "the generator must draw releases that support something"


SOME = factories.release([actor(n, releases.HOMES[n % 8], year=2019 + n % 2) for n in range(12)])
"""A few structures of two years."""


@pytest.mark.parametrize(
    "text",
    [
        "Le Lillois en tête, avec 4 structures ESS",
        "Le Lillois concentre 100 % des structures ESS : 1 sur 1",
        "Les Weppes comptent près de 3 fois plus de structures ESS par habitant que le Lillois : 1 contre 0,3",
        "2,00 structures ESS pour 1 000 habitants dans le Lillois, 1er sur 8 ; métropole : 1,00",
        "Le Lillois réunit 50 % des structures ESS pour 20 % des habitants de la métropole.",
        "+66,7 % depuis 2019",
        "Le Lillois devance tous les autres, et concentre l’essentiel",
    ],
)
def test_a_false_sentence_is_seen(text: str) -> None:
    with pytest.raises(FalseClaim, match="«"):
        check(SOME, Said("essai", text, "actors", year=2020, since=2019, code="8"))


def funded(cents: dict[str, list[int]], **changes: Any) -> Release:
    homes = dict(zip("12345678", releases.HOMES, strict=True))
    return factories.release(
        grants=[grant(1, n, homes[code], **{"year": 2020, **changes}) for code, some in cents.items() for n in some]
    )


def titles(shown: Release) -> list[str]:
    """What the map and the page of funding say of the same ratio."""
    view = View(shown, ViewState(indicator="grants_per_inhabitant"), ())
    choice = funding.read(view)
    made = slices.make(shown, view.state.series_query(), slices.Scope("territory", None, 95), Classing())
    return [made.headline, headline(choice, spread(view, choice))]


@pytest.mark.parametrize(("sizes", "sure"), [([200_000] * 30, True), ([200_000] * 2 + [6_000_000], False)])
def test_the_map_and_the_funding_agree_on_what_is_established(sizes: list[int], sure: bool) -> None:
    every = {code: [50_000] * 30 for code in "2345678"}
    assert ["fois" in one for one in titles(funded({**every, "1": sizes}))] == [sure, sure]


def test_old_money_of_the_state_at_head_offices_is_named_and_is_no_strength() -> None:
    rows = [actor(n, releases.HOMES[n % 8], year=2023) for n in range(80)]
    cents = {code: [100_000 if code != "3" else 400_000] * 40 for code in "12345678"}
    shown = factories.release(rows, list(funded(cents).grants.to_dict("records")))
    now = funded(cents, grantor="MEL", source="scdl", year=2023)
    fresh = factories.release(rows, list(now.grants.to_dict("records")))
    told = []
    for one in (shown, fresh):
        view = View(one, ViewState(), ())
        told.append([side.text for side in briefing.sides(view, place(view, "3"))])
        assert ("compté au siège" in accueil.figures_of(one, view.state)[0][1].when) == (one is shown)
    assert [any("subventions" in text for text in some) for some in told] == [False, True]


def test_the_document_has_every_reserve() -> None:
    written = Path("docs/sentences.md").read_text(encoding="utf-8")
    assert all(told.removeprefix(", ") in written for told in RESERVES.values())
