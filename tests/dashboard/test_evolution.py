"""The map of changes: signed around zero, never across a break, nothing of what is hidden; the same in every form."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest

from dashboard import evolution, exports, french, legend, locale, packs, slices, valuetable
from dashboard.i18n import speaking
from dashboard.packs import PackKey, classes_of
from dashboard.pages.carte import context
from dashboard.slices import Scope, Slice
from layers import change, demonstration, series_breaks, support
from layers.classing import Classing
from layers.demonstration.jobs import CLAP_LAST
from layers.indicators import INDICATORS, POINTS
from layers.series import MISSING, SUPPRESSED, VALUE, ZERO, Query
from tests import factories
from tests.factories import LILLE, ROUBAIX, actor, view

RELEASE = demonstration.release()
TERRITORIES, COMMUNES = Scope("territory", None, 95), Scope("commune", None, 95)
SINCE = 2019


def made(key: str, scope: Scope = TERRITORIES, *, since: int = SINCE, year: int = 2023, **chosen: str) -> Slice:
    return slices.make(RELEASE, Query(key, scope.level, year=year, **chosen), scope, Classing(), since=since)


def plain(text: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", text)


KEYS = [
    key
    for key in INDICATORS
    if len(series_breaks.run_of(RELEASE, Query(key), 2023)) > 1
    and SINCE in series_breaks.run_of(RELEASE, Query(key), 2023)
]


@pytest.mark.parametrize("scope", [TERRITORIES, COMMUNES, Scope("commune", "3", 95)], ids=str)
@pytest.mark.parametrize("key", KEYS)
def test_every_area_prints_its_change_and_is_on_its_side_of_zero(key: str, scope: Scope) -> None:
    shown, indicator = made(key, scope), INDICATORS[key]
    found = {one.now.code: one for one in change.between(RELEASE, shown.series.query, SINCE, 2023).areas}
    for cell, text, mark, share in zip(shown.cells, shown.texts, shown.marks, shown.shares, strict=True):
        one = found[cell.code]
        assert cell.value == (one.percent if change.is_percent(indicator) else one.absolute)
        if cell.value is None:
            assert (mark, share) == (legend.MARKS[cell.state], 0)
        elif cell.value == 0:
            assert (mark, share) == ("z", 0)
        else:
            assert re.search(r"[+\u2212]", text), text
            assert ("+" in text) == (cell.value > 0) == (mark >= "4") == (share > 0 or cell.value > 0)
    assert shown.diverges or not any(cell.value for cell in shown.cells)


def test_the_kind_of_change_is_the_usage_of_the_field() -> None:
    assert evolution.shown(RELEASE, made("jobs").series, SINCE).unit == "%"
    assert evolution.shown(RELEASE, made("grants_amount").series, SINCE).unit == "%"
    assert evolution.shown(RELEASE, made("ess_job_share").series, SINCE).unit == POINTS
    assert made("ess_job_share").texts[0].endswith("pt")
    assert "€" in made("grants_per_inhabitant").total_text
    for text, key in (("en %", "jobs"), ("en points", "ess_job_share"), ("écart absolu", "actors_per_1000")):
        assert f", {text}, " in plain(made(key).subtitle)


def test_a_change_hides_what_either_year_hides_and_nothing_else_is_lost() -> None:
    shown = made("jobs", COMMUNES)
    found = {one.now.code: one for one in change.between(RELEASE, shown.series.query, SINCE, 2023).areas}
    states = {cell.state for cell in shown.cells}
    assert states >= {VALUE, SUPPRESSED, MISSING}
    for cell, text in zip(shown.cells, shown.texts, strict=True):
        one = found[cell.code]
        assert (cell.state == SUPPRESSED) == (SUPPRESSED in (one.then.state, one.now.state))
        assert (text == "s") == (cell.state == SUPPRESSED)
        assert (cell.numerator, cell.denominator) == (None, None)


def test_across_a_break_all_is_missing_and_said_in_both_languages() -> None:
    broken = made("jobs", since=CLAP_LAST)
    assert {cell.state for cell in (*broken.cells, broken.series.total)} == {MISSING}
    assert (broken.labels, broken.bounds) == ((), ())
    assert "la série est rompue" in broken.headline
    assert "Flores" in broken.notes[0]
    with speaking("en"):
        assert "the series is broken" in made("jobs", since=CLAP_LAST).headline


def test_the_sentence_names_the_ends_the_metropole_and_the_years() -> None:
    shown = made("actors")
    reasons = support.change(RELEASE, shown.series.query, SINCE)
    values = {cell.code: cell.value or 0.0 for cell in shown.cells if not reasons[cell.code]}
    low, high = min(values.values()), max(values.values())
    for said in (*(french.signed(shown.indicator, v) for v in (low, high)), "2019\u20112023"):
        assert said in shown.headline
    assert f"métropole : {plain(shown.total_text)}" in plain(shown.subtitle)
    assert "évolution de 2019 à 2023" in shown.subtitle
    with speaking("en"):
        assert "2019\u20112023" in made("actors").headline
        assert "metropole: " in made("actors").subtitle


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("scope", [TERRITORIES, COMMUNES], ids=["territories", "communes"])
def test_the_sentence_of_a_change_is_short_and_the_subtitle_has_the_rest(scope: Scope, lang: str) -> None:
    """Three lines of a desk and four of a telephone; what is left out stands right under it."""
    narrow = {"sector": "hebergement-restauration", "family": "association"}
    for key in KEYS:
        for chosen in ({}, narrow) if INDICATORS[key].cuts else ({},):
            with speaking(lang):
                shown = made(key, scope, **chosen)
                assert len(shown.headline) <= 125, shown.headline
                for state in (SUPPRESSED, MISSING):
                    number = sum(cell.state == state for cell in shown.cells)
                    if number and any(cell.value is not None for cell in shown.cells):
                        assert re.search(rf"\b{number} (territoire|commune|territor)", plain(shown.subtitle)), (
                            shown.subtitle
                        )


def test_areas_that_changed_alike_are_counted() -> None:
    places = [(commune, year) for commune in (LILLE, ROUBAIX) for year in (2019, 2023)] * 6
    release = factories.release(actors=[actor(commune=commune, year=year) for commune, year in places])
    query = Query("actors", "commune", year=2023)
    shown = slices.make(release, query, COMMUNES, Classing(), since=2019)
    assert plain(shown.headline) == "Structures ESS listées, 2019\u20112023 : aucune évolution établie"
    assert "93 communes sans valeur" in plain(shown.subtitle)


@pytest.mark.parametrize("key", ["jobs", "ess_job_share", "grants_amount"])
def test_zero_is_read_in_the_legend_whichever_side_the_changes_are_on(key: str) -> None:
    for scope in (TERRITORIES, COMMUNES):
        shown = made(key, scope)
        if len(shown.labels) > 1:
            assert any(re.search(r"(^|\s)0(\s|$)", plain(label)) for label in shown.labels), shown.labels
        assert len(shown.labels) == len(shown.class_marks)
        assert list(shown.edges) == sorted(shown.edges)


def test_the_year_it_departs_from_has_changed_nothing_and_says_so() -> None:
    shown = made("actors", year=SINCE)
    assert {cell.state for cell in shown.cells} == {ZERO}
    assert "année de départ" in shown.headline


def test_classes_are_those_of_the_two_years() -> None:
    """A scale of all the years would be that of the longest change."""
    assert made("actors", COMMUNES, year=2020).bounds != made("actors", COMMUNES, year=2023).bounds
    assert any("Seuils recalculés" in note for note in made("actors").notes)


@pytest.mark.parametrize("key", ["actors", "actors_per_1000"])
def test_a_scale_around_the_metropole_parts_changes_at_its_own(key: str) -> None:
    query = Query(key, "commune", year=2023)
    shown = slices.make(RELEASE, query, COMMUNES, Classing(around_mean=True), since=SINCE)
    pivot = shown.series.total.value
    assert pivot is not None
    assert pivot in shown.bounds
    for cell, mark in zip(shown.cells, shown.marks, strict=True):
        if cell.value:
            assert (mark >= "4") == (cell.value >= pivot)
    assert shown.bounds != made(key, COMMUNES).bounds


@pytest.mark.parametrize(("amount", "french_text", "english_text"), [
    (12.34, "+12,3 %", "+12.3%"), (-0.04, "> −0,1 %", ">−0.1%"), (0.04, "< +0,1 %", "<+0.1%"), (0.0, "0,0 %", "0.0%"),
])  # fmt: skip
def test_a_change_has_its_sign_and_is_never_printed_as_a_zero(
    amount: float, french_text: str, english_text: str
) -> None:
    indicator = made("jobs").indicator
    assert plain(locale.value(indicator, amount)) == french_text
    with speaking("en"):
        assert locale.value(indicator, amount) == english_text


def test_packs_hold_every_choice_of_the_years_compared() -> None:
    key = PackKey("jobs", TERRITORIES, Classing(), since=SINCE)
    content: dict[str, Any] = json.loads(packs.pack(RELEASE, key))
    plain_pack = json.loads(packs.pack(RELEASE, PackKey("jobs", TERRITORIES, Classing())))
    assert content["slices"].keys() == plain_pack["slices"].keys()
    assert (content["fill"], content["palette"], plain_pack["fill"]) == (True, "diverging", False)
    packed = content["slices"]["commerce||2023"]
    assert packed["t"] == list(made("jobs", sector="commerce").texts)
    assert "2019" in packed["j"][0]


@pytest.mark.parametrize("key", [
    PackKey("jobs", TERRITORIES, Classing(), since=2019),
    PackKey("jobs", TERRITORIES, Classing("quantile", 5), True, "", 2020),
])  # fmt: skip
def test_the_name_of_a_pack_is_read_back(key: PackKey) -> None:
    assert classes_of(key.path.split("/")[2]) == (key.classing, key.circles, key.since)


@pytest.mark.parametrize(
    "text", ["jenks+since-", "jenks+since-x", "jenks+since-20190", "jenks+since-2019x", "+since-2019"]
)
def test_what_names_no_pack_is_none(text: str) -> None:
    assert classes_of(text) is None


def test_the_page_and_the_table_say_the_same() -> None:
    shown = view(RELEASE, indicator="jobs", compare=SINCE, level="commune")
    page, table = context(shown), valuetable.table(shown)
    printed = {row.code: (row.state, row.text) for row in page["ranked"]}
    listed = {line.code: line.value for line in table.lines if line.code in printed}
    assert {code: text for code, (_state, text) in printed.items()} == listed
    assert page["palette"] == "diverging"
    assert table.heads[-3:] == ("2019", "2023", "Écart")
    assert all(len(line.parts) == 3 for line in table.lines)
    hidden = [line for line in table.lines if line.value == "s"]
    assert hidden
    assert all("s" in line.parts[:2] and line.parts[2] == "s" for line in hidden)


def test_bars_go_either_side_of_one_zero() -> None:
    rows = context(view(RELEASE, indicator="jobs", compare=SINCE, level="commune"))["ranked"]
    below, above = ([row for row in rows if (row.share < 0) is side and row.share] for side in (True, False))
    assert below
    assert above
    zero = {round(row.left, 0) for row in above}
    assert len(zero) == 1
    assert all(row.left + row.width == pytest.approx(above[0].left, abs=0.11) for row in below)
    assert max(row.left + row.width for row in rows) == pytest.approx(100, abs=0.11)


def test_an_export_has_what_changed() -> None:
    shown = view(RELEASE, indicator="jobs", compare=SINCE, year=2023)
    found = change.between(RELEASE, shown.state.series_query(), SINCE, 2023)
    sides = {one.now.code: one for one in found.areas}
    text = exports.to_csv(shown).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 8
    for row in rows:
        one = sides[row["code"]]
        assert float(row["change"].replace(",", ".")) == pytest.approx(one.absolute)
        assert float(row["change_percent"].replace(",", ".")) == pytest.approx(one.percent)
        assert (row["compare"], row["change_state"]) == ("2019", one.state)
    assert "change" not in exports.to_csv(view(RELEASE, indicator="jobs")).decode("utf-8-sig").splitlines()[0]
    assert [row["change"] for row in json.loads(exports.to_json(shown))] == [
        sides[row["code"]].absolute for row in rows
    ]


def test_a_change_from_too_few_is_missing_with_its_reason() -> None:
    rows = [actor(n, LILLE, year=2019) for n in range(4)] + [actor(n, ROUBAIX, year=2019) for n in range(10, 16)]
    rows += [actor(n, place, year=2020) for place in (LILLE, ROUBAIX) for n in range(9)]
    release = factories.release(actors=rows)
    shown = slices.make(release, Query("actors", "commune", year=2020), COMMUNES, Classing(), since=2019)
    told = dict(zip((cell.code for cell in shown.cells), shown.texts, strict=True))
    assert (told[LILLE], plain(told[ROUBAIX])) == ("n.d.", "+50,0 %")
    assert any("moins de cinq" in note for note in shown.notes)
