"""Two ratios crossed: nine classes that say both, the states kept, colours that can be told apart and labelled."""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import bivariate, exports, legend, valuetable
from dashboard.assets import FOLDER
from dashboard.i18n import speaking
from dashboard.packs import PackKey, pack, second_of
from dashboard.services import View
from dashboard.slices import Scope
from dashboard.viewstate import ViewState
from layers import demonstration, measure
from layers.release import Release
from layers.series import MISSING, SUPPRESSED, VALUE, ZERO, Cell, Query
from tests import factories
from tests.factories import LILLE, ROUBAIX, TOURCOING, actor, everywhere

COMMUNES = Scope("commune", None, 95)
FIRST, SECOND = "actors_per_1000", "ess_job_share"
INK, WHITE = "#16232b", "#ffffff"


@pytest.fixture(scope="module")
def release() -> Release:
    return demonstration.release()


def cell(state: str, value: float | None = None) -> Cell:
    return Cell("59350", "Lille", value, state, value, None)


@given(st.lists(st.floats(0.01, 1e6), min_size=2, max_size=2, unique=True).map(sorted), st.floats(0.001, 2e6))
def test_a_third_is_that_of_its_bounds(bounds: list[float], value: float) -> None:
    low, high = bounds
    assert bivariate.third((low, high), value) == (2 if value >= high else 1 if value >= low else 0)


def test_tied_values_make_two_thirds_or_one() -> None:
    assert [bivariate.third((5.0,), value) for value in (4.9, 5.0)] == [0, 2]
    assert bivariate.third((), 5.0) == 1


def test_a_mark_says_both_thirds() -> None:
    bounds = ((1.0, 2.0), (10.0, 20.0))
    found = [bivariate.mark(cell(VALUE, a), cell(VALUE, b), bounds) for b in (5, 15, 25) for a in (0.5, 1.5, 2.5)]
    assert found == list("012345678")
    assert [bivariate.words(found[i]) for i in (0, 2, 6, 8)] == [
        "faible\u00a0– faible", "fort\u00a0– faible", "faible\u00a0– fort", "fort\u00a0– fort",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "mark"),
    [
        (MISSING, VALUE, "m"), (VALUE, MISSING, "m"), (MISSING, SUPPRESSED, "m"), (SUPPRESSED, VALUE, "s"),
        (VALUE, SUPPRESSED, "s"), (ZERO, SUPPRESSED, "s"), (ZERO, VALUE, "z"), (VALUE, ZERO, "z"), (ZERO, ZERO, "z"),
    ],
)  # fmt: skip
def test_a_state_of_either_is_kept(first: str, second: str, mark: str) -> None:
    def told(state: str) -> Cell:
        return cell(state, {VALUE: 1.0, ZERO: 0.0}.get(state))

    assert bivariate.mark(told(first), told(second), ((1.0, 2.0), (1.0, 2.0))) == mark


def test_the_thirds_hold_as_many_areas_and_are_those_of_the_shared_years(release: Release) -> None:
    query = Query(FIRST, "commune", year=2023)
    shared = [y for y in measure.years(release, FIRST) if y in measure.years(release, SECOND)]
    assert 1 < len(shared) < len(measure.years(release, SECOND))
    held = [c.value for y in shared for c in measure.series(release, Query(SECOND, "commune", year=y)).cells if c.value]
    bounds = bivariate.thirds(release, Query(SECOND, "commune", year=2023), FIRST)
    counts = [sum(bivariate.third(bounds, value) == i for value in held) for i in range(3)]
    assert max(counts) - min(counts) <= 0.1 * len(held)
    asked, _dropped = bivariate.beside(release, query, SECOND)
    assert bounds == bivariate.thirds(release, asked, FIRST)


def test_hidden_values_of_either_are_neither_painted_nor_printed() -> None:
    hidden = {ROUBAIX: {"value": None, "state": "suppressed"}, LILLE: {"value": None, "state": "missing"}}
    release = factories.release(
        actors=[actor(n, code) for n, code in enumerate((LILLE, LILLE, ROUBAIX, TOURCOING))],
        observations=everywhere("poverty_rate", unlike=hidden),
    )
    made = bivariate.make(release, Query(FIRST, "commune"), COMMUNES, "poverty_rate")
    assert made.pair is not None
    found = {c.code: (mark, text) for c, mark, text in zip(made.cells, made.marks, made.pair.texts, strict=True)}
    assert found[ROUBAIX] == ("s", "s")
    assert found[LILLE] == ("m", "n.d.")
    assert found[TOURCOING][0].isdecimal()
    assert "secret" in bivariate.sentence(made, made.pair, ROUBAIX)
    assert "fort" not in bivariate.sentence(made, made.pair, LILLE)


def test_every_mark_is_the_class_of_the_two_values(release: Release) -> None:
    made = bivariate.make(release, Query(FIRST, "commune"), COMMUNES, SECOND)
    assert made.pair is not None
    assert len(set(made.marks) & set("012345678")) >= 5
    for first, second, mark in zip(made.cells, made.pair.cells, made.marks, strict=True):
        if VALUE == first.state == second.state:
            a, b = (
                sum(v.value >= bound for bound in of) for v, of in zip((first, second), made.pair.bounds, strict=True)
            )  # type: ignore[operator]
            assert mark == str(3 * b + a)
        else:
            assert mark in "smz"


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "fr",
            "Roubaisien : 4,56 structures ESS pour 1 000 habitants et 53,7 postes ESS pour 1 000 habitants ; "
            "fort – fort",
        ),
        (
            "en",
            "Roubaisien: 4.56 SSE organisations per 1,000 inhabitants and 53.7 SSE jobs per 1,000 inhabitants; "
            "high – high",
        ),
    ],
)
def test_the_sentence_of_an_area(release: Release, lang: str, told: str) -> None:
    with speaking(lang):
        made = bivariate.make(release, Query(FIRST, "territory"), Scope("territory", None, 95), "jobs_per_1000")
        assert made.pair is not None
        assert re.sub(r"[\u00a0\u202f]", " ", bivariate.sentence(made, made.pair, "3")) == told


def test_subtitle_and_footer_name_both_with_their_years_and_sources(release: Release) -> None:
    made = bivariate.make(release, Query(FIRST, "commune", year=2020), COMMUNES, "vacant_housing_share")
    assert "2020" in made.subtitle
    assert "Part des logements vacants, 2021" in made.subtitle
    assert made.source.count("Insee") >= 2


def test_a_filter_that_the_second_has_not_is_said(release: Release) -> None:
    query = Query(FIRST, "commune", sector="commerce")
    made = bivariate.make(release, query, COMMUNES, "vacant_housing_share")
    assert made.pair is not None
    assert made.series.query.sector == "commerce"
    assert made.pair.series.query.sector is None
    assert any("ne permet pas le filtre" in note for note in made.notes)


def view(release: Release) -> View:
    return View(release, ViewState(paired=SECOND, level="commune", territory="3"), ())


def test_the_table_has_both_columns(release: Release) -> None:
    table = valuetable.table(view(release))
    assert all(len(line.parts) == 3 for line in table.lines)
    assert len(table.heads) == 7
    roubaix = next(line for line in table.lines if line.code == ROUBAIX)
    exported = next(row for row in exports.rows(view(release)) if row["code"] == ROUBAIX)
    assert roubaix.parts[2] == exported["class"] != ""
    assert exported["with_year"] == 2023
    assert roubaix.parts[0].startswith(f"{exported['with_value']:.1f}".replace(".", ","))


def test_a_csv_has_the_columns_of_the_second(release: Release) -> None:
    head, *lines = exports.to_csv(view(release)).decode("utf-8-sig").splitlines()
    assert head.split(";")[-len(exports.CROSSED_COLUMNS) :] == list(exports.CROSSED_COLUMNS)
    assert len(lines) == len(Scope("commune", "3", 95).codes())


def test_a_pack_holds_both_and_its_name_is_read_back(release: Release) -> None:
    key = PackKey(FIRST, Scope("territory", None, 95), second=SECOND)
    held: dict[str, Any] = json.loads(pack(release, key))
    assert second_of(key.path.rsplit("/", 1)[1]) == ("jenks", SECOND)
    assert held["palette"] == "bivariate"
    assert all(len(one["k"]["t"]) == len(one["c"]) == 8 for one in held["slices"].values())
    assert set("".join(one["c"] for one in held["slices"].values())) <= set("012345678smz")


def colours() -> list[str]:
    style = (FOLDER / "bivariate.css").read_text()
    return [re.findall(rf"--c{i}: (#[0-9a-f]{{6}})", style)[0] for i in range(9)]


def linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_diagonal_darkens_and_each_line_too() -> None:
    light = [luminance(colour) for colour in colours()]
    assert light[0] > 2 * light[4] * 0.8 > 4 * light[8]
    for line in ((0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8)):
        assert light[line[0]] > light[line[1]] > light[line[2]]


def test_labels_have_the_contrast_of_the_projection_on_each_colour() -> None:
    for mark, colour in enumerate(colours()):
        label = WHITE if str(mark) in bivariate.DARK else INK
        assert contrast(colour, label) >= 7, (mark, colour)


SIGHTS = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
"""What the cones of a reader make of linear red, green and blue (Machado, Oliveira and Fernandes, 2009)."""
XYZ = ((0.4339, 0.3762, 0.1899), (0.2127, 0.7152, 0.0722), (0.0178, 0.1095, 0.8727))


def lab(colour: str, sight: str) -> tuple[float, float, float]:
    def through(matrix: Any, found: list[float]) -> list[float]:
        return [sum(a * b for a, b in zip(row, found, strict=True)) for row in matrix]

    seen = [min(1.0, max(0.0, part)) for part in through(SIGHTS[sight], linear(colour))]
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in through(XYZ, seen))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_nine_colours_are_told_apart(sight: str) -> None:
    seen = [lab(colour, sight) for colour in colours()]
    apart = [sum((a - b) ** 2 for a, b in zip(*pair, strict=True)) ** 0.5 for pair in itertools.combinations(seen, 2)]
    assert min(apart) > 15


def test_states_keep_their_marks(release: Release) -> None:
    assert not set(legend.MARKS.values()) & set(
        bivariate.make(release, Query(FIRST, "commune"), COMMUNES, SECOND).class_marks
    )
