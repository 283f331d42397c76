"""``/financements``: numbers of the layers, an address that says all, scenarios that give every euro, files alike."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from dashboard.content import Content, Sheet
from dashboard.funding import scenario
from dashboard.funding.choice import Choice, Scenario, address, read
from dashboard.funding.content import content
from dashboard.funding.spread import Spread, measures, spread
from dashboard.i18n import speaking
from dashboard.services import Services, View
from geodata.territories import TERRITORIES
from layers import awards, demonstration, equity, measure, needs
from layers.allocation import RULES
from layers.awards import Asked
from layers.series import Query
from tests import factories
from tests.factories import view

RELEASE = demonstration.release()
RESIDUE = re.compile(r"[{}]|  |\bNone\b|\bnan\b|\b(?:de le|de les|à le|à les)(?= [A-Z])|,,|\.\.")
RULE_KEYS = st.sampled_from([*RULES])


def shown(lang: str = "fr", **state: object) -> View:
    return view(RELEASE, indicator="grants_amount", lang=lang, **state)


def usual(**changes: object) -> Choice:
    return Choice(**{"stage": "voted", "need": "population", "constant": False, "scenario": None, **changes})  # type: ignore[arg-type]


def sheet(made: Content, key: str) -> Sheet:
    return next(one for section in made.sections for one in section.sheets if one.key == key)


@pytest.mark.parametrize("stage", ["asked", "voted", "paid"])
@pytest.mark.parametrize("year", [2019, 2023])
def test_the_table_of_territories_is_made_of_the_awards(stage: str, year: int) -> None:
    made = content(shown(year=year), usual(stage=stage))
    rows = {row[0].text: row for row in sheet(made, "by-territory").rows}
    frame = awards.awards(RELEASE, Asked(stage))
    now = frame[frame["year"].eq(year)]
    people = needs.numbers(RELEASE, "population")
    for code, territory in TERRITORIES.items():
        row, inside = rows[territory.short_name], now[now["place"].eq(code)]
        assert row[1].value == inside["cents"].sum() / 100
        assert row[3].value == len(inside)
        assert row[5].value == pytest.approx(inside["cents"].sum() / 100 / (people[code].value or 0))
    assert rows["Total"][1].value == now["cents"].sum() / 100
    assert rows["Total"][1].value == pytest.approx(
        sum(row[1].value for name, row in rows.items() if name not in ("Total", "Huit territoires ensemble"))  # type: ignore[misc]
    )
    flows = next(one for section in made.sections for one in section.drawings if one.key == "flows")
    assert sum(map(sum, flows.numbers)) == pytest.approx(now["cents"].sum() / 100)  # type: ignore[arg-type]


@pytest.mark.parametrize("year", [2010, 2016, 2020])
def test_ratios_are_those_of_the_map_whatever_years_populations_have(year: int) -> None:
    """One truth: the population of the nearest year that the source has, as everywhere."""
    some = [
        factories.observation(code, 1000.0 * n, year=at)
        for n, at in enumerate((2009, 2015, 2021), start=1)
        for code in factories.COMMUNES
    ]
    grants = [factories.grant(n, 100_000 * n, code, year=year) for n, code in enumerate(("59350", "59512"), start=1)]
    release = factories.release(grants=grants, observations=some)
    seen = view(release, indicator="grants_amount")
    found = spread(seen, usual(stage=awards.usual(release)))
    series = measure.series(release, Query("grants_per_inhabitant", year=year))
    assert found.year == year
    for line in (*found.lines, found.whole):
        cell = series.total if line.code == "mel" else series.cell(line.code)
        assert line.ratios["population"].value == pytest.approx(cell.value)


def test_measures_are_those_of_the_layers_and_theil_adds_up() -> None:
    seen, choice = shown(), usual()
    rows = sheet(content(seen, choice), "equity").rows
    found = spread(seen, choice)
    assert [row[0].text for row in rows] == [str(year) for year in found.years]
    for row, year in zip(rows, found.years, strict=True):
        told = measures(seen, choice, found, year)
        assert told is not None
        assert (row[1].value, row[2].value, row[3].value) == (told.gini, told.hoover, told.theil)
        assert row[4].value == pytest.approx(told.theil), "between territories, whether communes are looked at or not"
        frame = found.frame[found.frame["year"].eq(year) & found.frame["commune"].notna()]
        people = needs.numbers(RELEASE, "population", "commune")
        codes = [code for code in people if code != "mel"]
        cents = awards.sums(frame, "commune")
        whole = equity.theil([people[c].value or 0 for c in codes], [cents.get(c, 0) for c in codes])
        assert row[4].value + row[5].value == pytest.approx(whole)  # type: ignore[operator]


@settings(max_examples=60)
@given(
    rule=RULE_KEYS,
    budget=st.integers(1, 5_000_000),
    growth=st.sampled_from([0.0, 2.5, 10.0]),
    years=st.integers(1, 6),
    floor=st.integers(0, 200_000),
    apart=st.none() | st.integers(0, 900_000),
    need=st.sampled_from(["population", "jobs"]),
)
def test_a_scenario_gives_every_euro(
    *, rule: str, budget: int, growth: float, years: int, floor: int, apart: int | None, need: str
) -> None:
    seen = shown()
    choice = usual(need=need, scenario=Scenario(rule, budget, growth, years, floor, apart))
    made = scenario.outcome(choice.scenario, spread(seen, choice))  # type: ignore[arg-type]
    assert made is not None
    assert made.totals[0] == budget * 100
    for total, aside, shares in zip(made.totals, made.apart, made.years, strict=True):
        assert sum(shares.values()) + aside == total
        assert min(shares.values()) >= 0
    written = address(seen, choice)
    again = read(seen_at(written))
    assert again == choice, "the address says the whole scenario"


def seen_at(written: str) -> View:
    """The view of an address, as the page reads it."""
    return SERVICES.view(f"indicator=grants_amount&{written.partition('?')[2]}")


class _Current:
    def get(self, _id: str | None = None) -> object:
        return RELEASE


SERVICES = Services(None, _Current())  # type: ignore[arg-type]


def test_equal_shares_are_equal_and_what_is_kept_is_kept() -> None:
    seen = shown()
    found = spread(seen, usual())
    equal = scenario.outcome(Scenario("equal", 900_000), found)
    kept = scenario.outcome(Scenario("keep", 900_000), found)
    assert equal is not None
    assert kept is not None
    need = [found.need[code].value or 0 for code in TERRITORIES]
    assert equity.gini(need, list(equal.years[0].values())) == pytest.approx(0, abs=1e-6)
    assert all(kept.years[0][code] >= kept.before[code] for code in TERRITORIES)


def hidden(found: Spread) -> Spread:
    from dataclasses import replace  # noqa: PLC0415

    one = found.need["4"]
    return replace(found, need={**found.need, "4": replace(one, value=None, state="suppressed")})


def test_what_is_under_secrecy_is_not_shared_by() -> None:
    found = hidden(spread(shown(), usual(need="jobs")))
    assert scenario.outcome(Scenario("equal"), found) is None


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("rule", [None, *RULES])
def test_sentences_have_no_residue(lang: str, rule: str | None) -> None:
    seen = shown(lang)
    with speaking(lang):
        for stage in awards.held(RELEASE):
            made = content(seen, usual(stage=stage, scenario=Scenario(rule) if rule else None))
            said = [made.headline, made.subtitle, *made.lines]
            for section in made.sections:
                said += [section.title, *section.paragraphs]
                said += [text for one in section.drawings for text in (one.title, one.told)]
                said += [entry.text for one in section.sheets for row in one.rows for entry in row]
            assert [one for one in said if RESIDUE.search(one)] == []


def test_a_form_is_answered_by_the_address_it_makes(demo: FlaskClient) -> None:
    sent = (
        "sent=1&stage=voted&year=&need=population&euros=current&sector=&family=commerce&scenario=equal&budget=700+000"
    )
    answer = demo.get(f"/financements?{sent}&growth=&years=1&floor=0&apart=")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/financements?scenario=equal"
    answer = demo.get("/financements?sent=1&stage=paid&need=jobs&scenario=keep&budget=900000&growth=2,5&lang=en")
    assert answer.headers["Location"] == (
        "/financements?stage=paid&need=jobs&scenario=keep&budget=900000&growth=2.5&lang=en"
    )


def test_what_is_not_understood_is_said(demo: FlaskClient) -> None:
    text = demo.get("/financements?stage=donne&need=poor&budget=beaucoup&euros=constant&couleur=bleu").text
    told = text[text.index('id="ignored"') :].partition("</p>")[0]
    for part in ("stage=donne", "need=poor", "budget=beaucoup", "euros=constant", "couleur=bleu"):
        assert part in told


@pytest.mark.parametrize("form", ["xlsx", "pdf", "docx", "pptx"])
def test_files_hold_what_the_page_holds(demo: FlaskClient, form: str) -> None:
    query = f"scenario=keep&budget=900000&release={RELEASE.id}"
    answer = demo.get(f"/financements.{form}?{query}")
    assert answer.status_code == 200
    assert f"demonstration.{form}" in answer.headers["Content-Disposition"]
    with speaking("fr"):
        seen = seen_at(f"?{query}")
        made = content(seen, read(seen))
    if form == "xlsx":
        book = load_workbook(BytesIO(answer.data))
        for one in (one for section in made.sections for one in section.sheets):
            page = next(page for page in book if page.cell(1, 1).value == one.title)
            for line, row in enumerate(one.rows, start=5):
                for at, entry in enumerate(row, start=1):
                    if isinstance(entry.value, float | int):
                        assert page.cell(line, at).value == pytest.approx(entry.value)
    if form == "pdf":
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
        plain = re.sub(r"\s+", "", text)
        for row in sheet(made, "scenario-amounts").rows:
            assert all(re.sub(r"\s+", "", entry.text) in plain for entry in row)
        assert RELEASE.id in text
        assert "Donnéesdedémonstration" in plain


def test_an_unknown_file_is_not_found(demo: FlaskClient) -> None:
    assert demo.get("/financements.exe").status_code == 404


def test_a_release_without_grants_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    from tests.dashboard import serving  # noqa: PLC0415
    from tests.factories import LILLE  # noqa: PLC0415
    from tests.layers.invented import actor  # noqa: PLC0415

    client = serving.client(tmp_path_factory.mktemp("none"), actors=[actor(1, LILLE)])
    page = client.get("/financements?scenario=equal")
    assert page.status_code == 200
    assert "Aucune subvention pour ce choix." in page.text


def test_without_a_register_what_is_missing_is_named(imported: FlaskClient) -> None:
    text = imported.get("/financements").text
    assert "Aucun registre de demandes dans cette publication" in text
    assert "Cette publication ne dit pas les demandes" in text
