"""Grants that were taken back: every page, file and answer of releases that hold them, wherever they are."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pptx import Presentation

from app import create_server
from dashboard.content import Content, Sheet
from dashboard.exports import EXPORTERS
from dashboard.exports.contents import FORMS
from dashboard.funding import scenario
from dashboard.funding.choice import Choice, Scenario
from dashboard.funding.content import content
from dashboard.funding.spread import spread
from dashboard.settings import Settings
from geodata.territories import TERRITORIES
from layers import demonstration
from layers.allocation import RULES
from layers.indicators import FUNDING, INDICATORS
from tests import factories
from tests.dashboard import recoveries
from tests.factories import view
from tests.page_views import VIEWS

Opened = Callable[[str], FlaskClient]
MONEY = [key for key, one in INDICATORS.items() if one.group == FUNDING]
PLACES = (*TERRITORIES, "mel", "59512", "59350", "59025")
STAGES = ("asked", "voted", "contracted", "paid")
SHARED = [address for views in VIEWS.values() for address in views]
MAPS = [
    f"/carte?indicator={key}&{more}"
    for key in MONEY
    for more in (
        "level=territory&year=2019", "level=territory&year=2023", "level=commune&year=2019", "level=commune&year=2023",
        "territory=3&level=commune", "compare=2019", "compare=2019&level=commune", "scale=mean", "circles=1",
        "method=rounded", "method=quantile&classes=3", "with=actors_per_1000", "mode=projection",
    )
]  # fmt: skip
AROUND = [
    address
    for key in MONEY
    for address in (
        f"/table?indicator={key}&compare=2019&level=commune", f"/comparer?indicator={key}&areas=1,2,3,8",
        f"/comparer?indicator={key}&areas=59512,59350&free=1", f"/comparer?indicator={key}&areas=3,8&mode=projection",
        f"/api/v1/indicators/{key}?level=territory", f"/api/v1/indicators/{key}?level=commune",
    )
]  # fmt: skip
PORTRAITS = [f"/territoire/{code}" for code in PLACES]
FUNDED = [
    *(f"/financements?stage={stage}&year={year}&need={need}" for stage in STAGES for year in (2019, 2023)
      for need in ("population", "jobs")),
    *(f"/financements?scenario={rule}&need=jobs&floor=1000&budget={budget}" for rule in RULES
      for budget in (1, 900_000, 100_000_000)),
    "/api/v1/grants",
]  # fmt: skip
DRAWINGS = ("flows", "lorenz", "gaps", "per-need", "years")


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """The application on the release of a case."""

    def client(case: str) -> FlaskClient:
        shown = recoveries.release(case)
        monkeypatch.setattr(demonstration, "release", lambda: shown)
        return create_server(Settings(ESS_DATA_DIR=tmp_path)).test_client()

    return client


@pytest.mark.parametrize("case", recoveries.CASES)
def test_no_page_fails_nor_prints_what_is_no_number(opened: Opened, case: str) -> None:
    """Each case has one in ten of the portraits and pages of the funding, so all are seen; of the rest, one in 40.

    With `ESS_EVERY_RECOVERY`, each case has all of the former and one in four of the rest.
    """
    client, found = opened(case), {}
    near = recoveries.part([*PORTRAITS, *FUNDED], case, 1 if recoveries.EVERY else 10)
    far = recoveries.part([*SHARED, *MAPS, *AROUND], case, 4 if recoveries.EVERY else 40)
    for address in ("/", "/financements", *near, *far):
        answer = client.get(address, follow_redirects=True)
        what = recoveries.unsound(answer.text) if answer.status_code < 500 else [f"{answer.status_code}"]
        found |= {address: what} if what else {}
    assert found == {}


@pytest.mark.parametrize("case", ["one huge", "all"])
def test_every_file_is_made_of_numbers(opened: Opened, case: str) -> None:
    client, quick = opened(case), case == "all" or not recoveries.EVERY
    addresses = [
        f"/export/{form}?indicator=grants_amount" for form, one in EXPORTERS.items() if not (quick and one.heavy)
    ]
    addresses += [f"/financements.{form}" for form in FORMS if form != "card" and not (quick and form == "pdf")]
    for address in addresses if recoveries.EVERY else addresses[case == "all" :: 2]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        form = address.partition("?")[0].rpartition("/" if "export" in address else ".")[2]
        if form in ("svg", "csv", "json", "geojson"):
            assert recoveries.unsound(answer.text) == [], address
        elif form == "pptx":
            assert all(map(math.isfinite, charted(answer.data))), address
        elif form == "xlsx":
            cells = [cell.value for page in load_workbook(io.BytesIO(answer.data)) for row in page for cell in row]
            assert all(math.isfinite(value) for value in cells if isinstance(value, float)), address
    for drawing in DRAWINGS:
        answer = client.get(f"/financements.svg?drawing={drawing}")
        assert answer.status_code in (200, 404), drawing
        assert recoveries.unsound(answer.text) == [], drawing


def charted(slides: bytes) -> list[float]:
    """All the numbers of the charts of some slides."""
    shapes = [shape for slide in Presentation(io.BytesIO(slides)).slides for shape in slide.shapes if shape.has_chart]
    series = [one for shape in shapes for plot in shape.chart.plots for one in plot.series]
    return [float(value) for one in series for value in one.values if value is not None]


def usual(**changes: object) -> Choice:
    return Choice(**{"stage": "voted", "need": "population", "constant": False, "scenario": None, **changes})  # type: ignore[arg-type]


def made(case: str, choice: Choice | None = None) -> Content:
    return content(view(recoveries.release(case), indicator="grants_amount"), choice or usual())


def sheet(shown: Content, key: str) -> Sheet:
    return next(one for section in shown.sections for one in section.sheets if one.key == key)


def test_shares_and_measures_of_what_was_taken_back_are_not_computable_and_say_why() -> None:
    shown = made("a territory")
    for key in ("by-territory", "by-grantor", "by-instrument"):
        found = sheet(shown, key)
        place = found.columns.index("Part")
        negative = any(isinstance(row[1].value, float) and row[1].value < 0 for row in found.rows)
        told = {(row[place].value, row[place].text, row[place].state) for row in found.rows}
        assert (told == {(None, "non calculable", "missing")}) == negative
        assert ("négatif" in found.note) == negative
    assert any(row[1].value < 0 for row in sheet(shown, "by-territory").rows)  # type: ignore[operator]
    fair = next(one for one in shown.sections if one.key == "fairness")
    assert any("Non calculable en 2023" in said and "Roubaisien" in said for said in fair.paragraphs)
    assert fair.drawings == ()
    assert {entry.text for row in sheet(shown, "equity").rows for entry in row[1:]} == {"non calculable"}


def test_a_territory_that_gave_back_all_it_had_is_no_divisor_of_the_title() -> None:
    told = made("a territory at zero", usual(stage="asked")).headline
    assert "0\u202f€" in told
    assert "fois" not in told


def test_a_year_without_recoveries_keeps_its_measures_beside_one_that_has_some() -> None:
    rows = {row[0].text: row[1:] for row in sheet(made("a year"), "equity").rows}
    assert {entry.text for entry in rows.pop(str(recoveries.LAST))} == {"non calculable"}
    assert all(entry.state == "value" for row in rows.values() for entry in row)


def test_what_was_taken_back_is_drawn_on_no_band_and_stands_in_the_table() -> None:
    shown = made("one huge")
    flows = next(one for section in shown.sections for one in section.drawings if one.key == "flows")
    total = spread(view(recoveries.release("one huge"), indicator="grants_amount"), usual()).total.cents / 100
    assert sum(value or 0 for row in flows.numbers for value in row) == pytest.approx(total)
    assert "sommes reprises" in flows.told
    assert made("all").headline
    assert not [one for section in made("all").sections for one in section.drawings if one.key == "flows"]


@pytest.mark.parametrize("case", ["a territory", "all", "one huge without a commune", "none at all"])
@settings(max_examples=10)
@given(
    rule=st.sampled_from([*RULES]),
    budget=st.integers(1, 5_000_000),
    apart=st.none() | st.integers(0, 900_000),
    years=st.integers(1, 3),
)
def test_a_scenario_gives_every_euro_and_no_more(
    case: str, rule: str, budget: int, apart: int | None, years: int
) -> None:
    found = spread(view(recoveries.release(case), indicator="grants_amount"), usual())
    outcome = scenario.outcome(Scenario(rule, budget, 5.0, years, 1000, apart), found)
    assert outcome is not None
    for total, aside, shares in zip(outcome.totals, outcome.apart, outcome.years, strict=True):
        assert 0 <= aside <= total
        assert sum(shares.values()) + aside == total
        assert min(shares.values()) >= 0


def test_a_negative_amount_is_a_hollow_circle_of_its_size_on_the_map_in_the_legend_and_in_files(
    opened: Opened,
) -> None:
    client = opened("one huge")
    page = client.get("/carte?indicator=grants_amount").text
    assert page.count('data-of="3" class="hollow"') == 1
    assert page.count('class="hollow"') == 2, "one circle, and the one of the legend"
    assert "stroke-dasharray" in client.get("/export/svg?indicator=grants_amount").text
    slides = Presentation(io.BytesIO(client.get("/export/pptx?indicator=grants_amount").data))
    dashed = [
        shape.name
        for slide in slides.slides
        for shape in slide.shapes
        if not shape.is_placeholder and hasattr(shape, "line") and shape.line.dash_style is not None
    ]
    assert [name for name in dashed if name.startswith("Roubaisien")]


def test_the_page_says_under_a_table_why_its_shares_are_not_computable(opened: Opened) -> None:
    page = opened("a territory").get("/financements").text
    assert "Parts non calculables" in page.partition('id="by-territory"')[2].partition("<table")[0]


def test_no_area_is_said_to_hold_a_share_of_a_whole_that_others_lessen(opened: Opened) -> None:
    client = opened("a territory")
    page = client.get("/carte?indicator=grants_amount").text
    headline = page.partition('id="headline"')[2].partition("</h1>")[0]
    assert "%" not in headline
    assert "−" in headline
    assert "de la métropole" not in client.get("/comparer?indicator=grants_amount&areas=1,3&mode=projection").text


amounts = st.integers(-10_000_000, 10_000_000) | st.just(0)


@st.composite
def taken(draw: st.DrawFn) -> dict[str, object]:
    """One grant of any amount, above zero or below."""
    return {**draw(factories.grants()), "amount_cents": draw(amounts)}


@settings(max_examples=25 if recoveries.EVERY else 6)
@given(grants=st.lists(taken(), min_size=1, max_size=25), rule=st.sampled_from([None, *RULES]))
def test_any_release_of_grants_is_told(grants: list[dict[str, object]], rule: str | None) -> None:
    release = factories.release(grants=grants, observations=factories.everywhere())
    shown = view(release, indicator="grants_amount")
    told = content(shown, usual(stage="paid", scenario=Scenario(rule, 1000) if rule else None))
    drawn = [str(one.svg()) for section in told.sections for one in section.drawings]
    said = [entry.text for section in told.sections for one in section.sheets for row in one.rows for entry in row]
    assert recoveries.unsound(f"<p>{'</p><p>'.join([told.headline, *said, *drawn])}</p>") == []
