"""How much secrecy hides by level is told as it is: on the page of the method, and by a rehearsal."""

from __future__ import annotations

from dashboard import hidden_shares as said
from layers.hidden_shares import LEVELS, shares
from layers.indicators import INDICATORS
from layers.panel import build
from tests.factories import COMMUNES
from tests.layers.secrecy.invented_jobs import drawn_release, job, shown


def test_shares_are_those_of_the_panel() -> None:
    made = drawn_release()
    found = {one.level: one for one in shares(made) if one.fact == "jobs"}
    assert list(found) == list(LEVELS)
    panel = build(made, INDICATORS["jobs"], "commune", 95)
    states = panel.states[-1, -1, -1, :-1]
    assert found["commune"].totals == int((states == 1).sum()) > 0
    assert found["commune"].all_totals == int(((states == 1) | (panel.values[-1, -1, -1, :-1] > 0)).sum())
    assert found["mel"].all_totals == 1
    assert found["territory"].totals <= found["commune"].totals


def test_each_fact_has_its_sentence() -> None:
    lines = said.of_release(shown([job(code, establishments=2.0 if code == "59512" else 10.0) for code in COMMUNES]))
    assert len(lines) == len({line.split(",")[0] for line in lines}) == 2
    assert lines[0].startswith("Postes salariés de l’ESS, cachés en 2022 : métropole, ")
    assert "communes, 2 des 95 totaux" in lines[0]


def test_a_level_of_which_nothing_is_hidden_says_so() -> None:
    level = {"fact": "jobs", "year": 2022, "totals": 0, "all_totals": 8, "cells": 0, "all_cells": 300}
    (line,) = said.told([{**level, "level": "mel"}, {**level, "level": "territory", "cells": 3}])
    assert line.endswith("métropole, aucun nombre ; territoires, 0 des 8 totaux et 1 % des cases.")


def test_nothing_is_said_without_posts() -> None:
    assert said.of_release(shown([])) == []
