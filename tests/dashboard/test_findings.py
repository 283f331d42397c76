"""Findings are true of the numbers they name, and small numbers support none."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import findings, locale
from dashboard.findings import TEMPLATES, Finding
from dashboard.findings.declaration import GROUPS
from dashboard.findings.evolution import signed
from dashboard.viewstate import ViewState
from geodata.perimeter import members
from layers import demonstration, measure
from layers.release import Release
from tests import factories
from tests.factories import geography, release
from tests.layers.invented import actor, grant

HOME = {code: min(c for c, t in members().items() if t == code) for code in "12345678"}
"""A commune of each territory."""
WEPPES = "1"


def people(code: str) -> float:
    return float(geography().territories.loc[code, "population"])


def spread(per_1000: float, unlike: Mapping[str, float] | None = None, **changes: Any) -> list[dict[str, Any]]:
    """As many structures by inhabitant in every territory; ``unlike`` multiplies those of some."""
    return [
        actor(1, HOME[code], **changes)
        for code in HOME
        for _ in range(round(per_1000 * people(code) / 1000 * (unlike or {}).get(code, 1)))
    ]


def told(shown: Release, template: str) -> list[Finding]:
    return TEMPLATES[template].find(shown, ViewState())


def specialised(of_ten: int, rate: float = 2) -> Release:
    """One structure in ten is a shop, but in the Weppes so many in ten."""
    rows = spread(rate)
    for n, row in enumerate(rows):
        row["sector"] = "commerce" if n % 10 < (of_ten if row["commune"] == HOME[WEPPES] else 1) else "action-sociale"
    return release(rows)


def tripled() -> Release:
    return release(spread(0.3, {WEPPES: 3, "4": 0.5}))


CASES: dict[str, tuple[Callable[[], Release], str]] = {
    "gap": (tripled, "pour 1 000 habitants : de 0,15 dans le territoire de la Lys à 0,89 dans les Weppes."),
    "rank": (tripled, "dans les Weppes, 1er sur 8 ; métropole :"),
    "trend": (
        lambda: release([*spread(0.5, year=2019), *spread(1, year=2020)]),
        "De 2019 à 2020, structures ESS listées dans la métropole : de 595 à 1 196 (+101 %).",
    ),
    "concentration": (tripled, "Les Weppes réunissent 17 % des structures ESS listées pour 6 % des habitants"),
    "specialisation": (
        lambda: specialised(5),
        "Commerce : 50 % des structures ESS listées dans les Weppes, contre 13 % dans la métropole.",
    ),
}  # fmt: skip
"""A release that supports one sentence of each kind, and what the sentence says."""


@pytest.mark.parametrize("key", CASES)
def test_each_template_tells_what_is_there(key: str) -> None:
    make, sentence = CASES[key]
    found = told(make(), key)
    assert any(plain(sentence) in plain(one.sentence) for one in found), [one.sentence for one in found]
    assert all(one.sentence.endswith(".") and one.label == TEMPLATES[key].label for one in found)


def test_every_template_has_its_case() -> None:
    assert CASES.keys() == TEMPLATES.keys()


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize("key", ["gap", "rank", "concentration", "specialisation"])
def test_what_is_the_same_everywhere_is_not_told(key: str) -> None:
    assert told(release(spread(0.5)), key) == []
    assert told(specialised(1), key) == []


@pytest.mark.parametrize("key", ["gap", "rank", "concentration"])
def test_the_same_ratio_of_small_numbers_is_not_told(key: str) -> None:
    few = release(spread(0.1, {WEPPES: 2}))
    assert min(cell.value for cell in measure.series(few, measure.Query("actors")).cells) >= 5
    assert told(few, key) == []
    assert told(release(spread(2, {WEPPES: 2})), key)


def test_a_specialisation_of_few_is_not_told() -> None:
    assert told(specialised(2, rate=0.4), "specialisation") == []
    assert told(specialised(2, rate=4), "specialisation")


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [(0.05, 0.06, {}), (1, 1.02, {}), (1, 2, {"source": "sirene"}), (0.01, 0.015, {})],
    ids=["chance", "little", "another source", "few"],
)
def test_no_trend(before: float, after: float, changes: Mapping[str, Any]) -> None:
    assert told(release([*spread(before, year=2019), *spread(after, year=2020, **changes)]), "trend") == []


def test_amounts_need_grants_and_not_euros() -> None:
    def funded(of_each: int) -> Release:
        cents = {code: 900_000_00 if code == WEPPES else 1_000_00 for code in HOME}
        return release(
            spread(0.3), [grant(1, cents[code], HOME[code], year=2020) for code in HOME for _ in range(of_each)]
        )

    assert [one for one in findings.every(funded(2), ViewState()) if one.indicator.numerator == "amount"] == []
    assert [one.areas[0] for one in told(funded(8), "gap")] == [WEPPES]


@settings(max_examples=20)
@given(st.lists(factories.actors(), max_size=19), st.lists(factories.grants(), max_size=19))
def test_fewer_than_twenty_units_support_nothing(actors: list[dict[str, Any]], grants: list[dict[str, Any]]) -> None:
    assert findings.every(release(actors, grants), ViewState()) == []


def test_a_change_of_amounts_is_told_of_many_grants_only() -> None:
    def funded(number: int) -> Release:
        paid = [
            grant(1, cents, HOME[WEPPES], year=year)
            for year, cents in ((2010, 100), (2011, 140))
            for _ in range(number)
        ]
        return release(grants=paid)

    assert [one for one in told(funded(25), "trend") if one.indicator.kind == "amount"] == []
    assert [one.indicator.key for one in told(funded(200), "trend")] == ["grants_amount"]


def test_the_picked_are_of_as_many_kinds_and_always_the_same() -> None:
    rows = [row for n in (1, 2) for row in spread(0.3 * n, {WEPPES: 3, "4": 0.5}, year=2018 + n)]
    chosen = findings.pick(release(rows), ViewState())
    assert len({one.template for one in chosen}) == findings.SHOWN
    random.Random(7).shuffle(rows)  # noqa: S311
    assert [one.sentence for one in findings.pick(release(rows), ViewState())] == [one.sentence for one in chosen]


def test_the_view_of_a_finding_proves_it() -> None:
    shown = demonstration.release()
    found = findings.every(shown, ViewState(perimeter=85))
    assert found
    for one in found:
        assert one.state.perimeter == 85
        assert one.indicator.group in GROUPS
        series = measure.series(shown, one.state.series_query())
        texts = {code: locale.cell(one.indicator, series.cell(code)) for code in one.areas}
        if one.template in ("gap", "rank"):
            assert all(text in one.sentence for text in texts.values())
        if one.template == "concentration":
            share = 100 * (series.cell(one.areas[0]).value or 0) / (series.total.value or 1)
            assert locale.percent(share) in one.sentence
        if one.template == "trend":
            assert locale.cell(one.indicator, series.total) in one.sentence


def test_a_partial_list_is_never_called_the_ess() -> None:
    for one in findings.every(tripled(), ViewState()):
        assert not re.search("structures ESS(?! listées)", one.sentence), one.sentence


def test_a_change_has_its_sign() -> None:
    assert (plain(signed(0.12)), plain(signed(-0.034)), plain(signed(0))) == ("+12 %", "−3 %", "+0 %")


@pytest.mark.real
def test_the_findings_of_the_real_files(shared_data: Any, tmp_path: Any) -> None:
    from layers.store import Store  # noqa: PLC0415

    shown = factories.real_release(shared_data, Store(tmp_path))
    found = findings.pick(shown, ViewState())
    assert found
    for one in found:
        print(one.label, one.sentence, one.href)
