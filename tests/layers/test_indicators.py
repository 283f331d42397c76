"""The registry of indicators, walked: nothing undocumented, nothing undefined, French as it is printed."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, replace

import pytest

from layers.facts import FACTS
from layers.indicators import ACTORS, AMOUNT, CONTEXT, COUNT, DEFAULT, FUNDING, INDICATORS, LEVEL, RATIO, Indicator
from layers.indicators.declaration import TEXTS

CONTRACT = (
    "population", "actors", "actors_per_1000", "jobs", "jobs_per_1000", "ess_job_share", "location_quotient",
    "grants_count", "grants_amount", "grants_per_inhabitant", "grants_per_job", "grant_mean", "median_income",
    "poverty_rate",
)  # fmt: skip
PLAIN_SPACES = re.compile(r" [:;!?%€»]|« |\d \d{3}\b")
STRAIGHT = re.compile(r"['\"]")

every_indicator = pytest.mark.parametrize("indicator", INDICATORS.values(), ids=lambda indicator: indicator.key)


def test_the_keys_of_the_contract_are_there() -> None:
    assert set(CONTRACT) <= set(INDICATORS)
    assert DEFAULT in INDICATORS


def test_a_declaration_is_found_under_its_own_key() -> None:
    assert [key for key, indicator in INDICATORS.items() if indicator.key != key] == []


def test_labels_are_not_shared() -> None:
    labels = [indicator.label for indicator in INDICATORS.values()]
    assert len(set(labels)) == len(labels)


def test_groups_follow_each_other() -> None:
    groups = [indicator.group for indicator in INDICATORS.values()]
    assert [group for i, group in enumerate(groups) if i == 0 or group != groups[i - 1]] == [ACTORS, FUNDING, CONTEXT]


@every_indicator
def test_it_is_documented(indicator: Indicator) -> None:
    assert all(getattr(indicator, name) for name in TEXTS if name != "per")
    assert indicator.definition.endswith(".")
    assert indicator.caveat.endswith(".")


@every_indicator
def test_it_is_made_of_known_facts(indicator: Indicator) -> None:
    assert indicator.kind in (COUNT, AMOUNT, RATIO, LEVEL)
    assert indicator.numerator in FACTS
    assert (indicator.denominator in FACTS) if indicator.kind == RATIO else indicator.denominator is None
    assert indicator.fill == (indicator.kind in (RATIO, LEVEL))


@every_indicator
def test_it_has_a_scale_that_its_unit_tells(indicator: Indicator) -> None:
    told = {"%": 100.0, "pour 1\u202f000 habitants": 1000.0}
    scale = told.get(indicator.unit, 1.0) if indicator.kind == RATIO else 1.0
    assert indicator.scale == scale
    assert 0 <= indicator.digits <= 2
    assert 0 < indicator.weak_gap < 1


@every_indicator
def test_it_is_in_good_french_typography(indicator: Indicator) -> None:
    texts = [getattr(indicator, name) for name in TEXTS]
    assert [text for text in texts if PLAIN_SPACES.search(text) or STRAIGHT.search(text) or "  " in text] == []


@every_indicator
def test_words_stay_typeset_when_they_are_changed(indicator: Indicator) -> None:
    changed = replace(indicator, caveat="Attention : 1 000 € ou 5 % ?")
    assert changed.caveat == "Attention\u00a0: 1\u202f000\u202f€ ou 5\u202f%\u202f?"
    assert replace(changed, caveat=indicator.caveat) == indicator


def test_the_pattern_of_the_typography_does_catch() -> None:
    assert [bool(PLAIN_SPACES.search(text)) for text in ("1 000 habitants", "a : b", "5 %", "« a »", "en 2021, b")] == [
        True, True, True, True, False,
    ]  # fmt: skip


def test_a_declaration_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        INDICATORS[DEFAULT].label = "Autre"  # type: ignore[misc]


@every_indicator
def test_a_count_has_a_singular(indicator: Indicator) -> None:
    if indicator.kind == COUNT:
        assert indicator.noun_one != indicator.noun
        assert not indicator.noun_one.split()[0].endswith("s")
