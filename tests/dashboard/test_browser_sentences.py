"""The sentence that the browser fills from a pack is the one that Python says: run under node where there is one."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from dashboard import bivariate, sentences, slices
from dashboard.assets import FOLDER
from dashboard.i18n import speaking
from dashboard.packs import PackKey, pack
from dashboard.slices import Scope, Slice
from layers import demonstration, measure
from layers.classing import Classing
from layers.indicators import INDICATORS
from layers.release import Release
from layers.series import Query
from tests import factories
from tests.factories import LILLE, ROUBAIX, TOURCOING, actor, everywhere, grant

NODE = shutil.which("node")
FILL = """
const { sentence } = await import(process.argv[2]);
const packs = JSON.parse(await new Response(process.stdin).text());
const told = packs.map(pack => Object.fromEntries(Object.entries(pack.slices).map(
  ([name, slice]) => [name, pack.codes.map((code, i) => sentence(pack, slice, i))])));
process.stdout.write(JSON.stringify(told));
"""
SCOPES = (Scope("territory", None, 95), Scope("commune", "3", 95), Scope("commune", "8", 95))

pytestmark = pytest.mark.skipif(NODE is None, reason="node is not on PATH: the browser tests read the same sentences")


def invented() -> Release:
    """Every state, a tie, a value that prints as less than the least, one area alone."""
    hidden = {ROUBAIX: {"value": None, "state": "suppressed"}, LILLE: {"value": None, "state": "missing"}}
    return factories.release(
        actors=[actor(commune=code) for code in (LILLE, ROUBAIX, ROUBAIX, TOURCOING, TOURCOING)],
        grants=[grant(1, 100, ROUBAIX), grant(2, 5_000_000, "59332")],
        observations=everywhere("poverty_rate", unlike=hidden),
    )


def python_sentences(made: Slice) -> list[str]:
    """What Python says of each area of a slice."""
    among = sum(rank > 0 for rank in made.ranks)
    return [
        sentences.area_sentence(made.indicator, made.series, cell, rank or None, among, mark=mark)
        for cell, rank, mark in zip(made.cells, made.ranks, made.supported, strict=True)
    ]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("make", [invented, demonstration.release])
def test_the_browser_says_a_crossing_as_python_says_it(make: Callable[[], Release], lang: str, tmp_path: Path) -> None:
    release = make()
    program, module = tmp_path / "fill.mjs", tmp_path / "packs.mjs"
    program.write_text(FILL)
    module.write_bytes((FOLDER / "packs.js").read_bytes())
    second = "poverty_rate" if make is invented else "ess_job_share"
    with speaking(lang):
        asked = [PackKey("actors_per_1000", scope, second=second) for scope in SCOPES]
        packed = [json.loads(pack(release, key)) for key in asked]
        answer = subprocess.run(
            [str(NODE), str(program), module.as_uri()],
            input=json.dumps(packed),
            capture_output=True,
            text=True,
            check=True,
        )
        for key, said in zip(asked, json.loads(answer.stdout), strict=True):
            for name, told in said.items():
                sector, family, year = (part or None for part in name.split("|"))
                query = Query(key.indicator, key.scope.level, sector, family, int(year) if year else None)
                made = bivariate.make(release, query, key.scope, second)
                assert made.pair is not None
                assert told == [bivariate.sentence(made, made.pair, cell.code) for cell in made.cells], name


@pytest.mark.parametrize(("make", "every"), [(invented, 1), (demonstration.release, 5)])
def test_the_browser_says_what_python_says(make: Callable[[], Release], every: int, tmp_path: Path) -> None:
    release = make()
    program = tmp_path / "fill.mjs"
    program.write_text(FILL)
    module = tmp_path / "packs.mjs"
    module.write_bytes((FOLDER / "packs.js").read_bytes())
    scopes = SCOPES if every == 1 else SCOPES[1:2]
    asked = [PackKey(key, scope, Classing("jenks")) for key in INDICATORS for scope in scopes]
    asked += [
        PackKey(key, scope, Classing("jenks"), since=measure.years(release, key)[0])
        for key in ("actors", "grants_amount", "grants_per_inhabitant")
        for scope in scopes
        if measure.years(release, key)
    ]
    packed = [json.loads(pack(release, key)) for key in asked]
    answer = subprocess.run(
        [str(NODE), str(program), module.as_uri()], input=json.dumps(packed), capture_output=True, text=True, check=True
    )
    for key, said in zip(asked, json.loads(answer.stdout), strict=True):
        for name, told in islice(said.items(), 0, None, every):
            sector, family, year = (part or None for part in name.split("|"))
            query = Query(key.indicator, key.scope.level, sector, family, int(year) if year else None)
            assert told == python_sentences(
                slices.make(release, query, key.scope, Classing("jenks"), since=key.since)
            ), name
