"""The portrait of every place: numbers of the series, sentences that read well, nothing that chance explains."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from dashboard.comparison.gaps import SURE
from dashboard.i18n import speaking
from dashboard.portrait import briefing
from dashboard.portrait.content import content
from dashboard.portrait.place import METROPOLE, place
from dashboard.services import View
from layers import demonstration, measure
from layers.indicators import INDICATORS
from layers.series import Query
from layers.store import Store
from tests import factories
from tests.dashboard.reading import Page
from tests.factories import LILLE, ROUBAIX, view

RELEASE = demonstration.release()
PLACES = (METROPOLE, *"12345678", LILLE, ROUBAIX, "59025")
RESIDUE = re.compile(
    r"[{}]|  |\bNone\b|\bnan\b|\b1 (?:structures|postes)\b|"
    r"\b(?:de le|de les|à le|à les|de l’)(?= [A-Z])|,,|\.\."
)


def shown(code: str, lang: str = "fr", **state: object) -> View:
    return view(RELEASE, lang=lang, **state)


@pytest.mark.parametrize("code", PLACES)
def test_every_number_is_that_of_its_series(code: str) -> None:
    seen = shown(code)
    where = place(seen, code)
    by_label = {one.label: key for key, one in INDICATORS.items()}
    told = 0
    for section in content(seen, where).sections:
        if section.key not in ("actors", "context", "funding"):
            continue
        for row in (row for sheet in section.sheets for row in sheet.rows):
            name, _, divisor = row[0].text.partition(", population ")
            key = by_label[name] if name in by_label else by_label[name.rpartition(" (")[0]]
            series = measure.series(RELEASE, Query(key, where.level))
            cell = where.cell(series)
            assert row[1].text == str(series.query.year)
            other = series.denominator_year not in (None, series.query.year)
            assert divisor == (str(series.denominator_year) if other else "")
            assert (row[2].value, row[2].state) == (cell.value, cell.state)
            told += 1
    assert told == sum(measure.available(RELEASE, key) for key in INDICATORS)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("code", PLACES)
def test_sentences_have_no_residue_and_a_proof_where_they_compare(code: str, lang: str) -> None:
    seen = shown(code, lang)
    with speaking(lang):
        made = content(seen, place(seen, code))
    said = [made.headline, made.subtitle, *made.lines, *(p for s in made.sections for p in s.paragraphs)]
    statements = [one for section in made.sections for one in section.statements]
    for text in (*said, *(one.text for one in statements)):
        assert not RESIDUE.search(text.replace("\u202f", " ").replace("\xa0", " ")), text
        assert text[:1] == text[:1].upper()
    for one in statements:
        assert one.text.rstrip()[-1] in ".?"
        assert one.href or one.text.endswith("?")
    assert 1 <= sum(one.text.endswith("?") for one in statements) <= briefing.QUESTIONS


@pytest.mark.parametrize("code", "12345678")
def test_strengths_and_alerts_are_gaps_that_are_established(code: str) -> None:
    seen = shown(code)
    where = place(seen, code)
    established = {one.indicator.noun for one in briefing.apart_of(seen, where)}
    for one in briefing.sides(seen, where):
        assert any(noun in one.text for noun in established)
    assert all(one.gap and one.gap.verdict == SURE for one in briefing.apart_of(seen, where))


def test_few_structures_make_no_rank_and_no_statement() -> None:
    small = factories.release(
        actors=[factories.actor(n, ROUBAIX) for n in range(6)], observations=factories.everywhere()
    )
    seen = view(small)
    where = place(seen, "3")
    assert all(one.rank == "" for one in briefing.values(seen, where) if one.indicator.key.startswith("actors"))


@pytest.mark.parametrize("code", PLACES)
def test_the_page_prints_its_content(demo: FlaskClient, code: str) -> None:
    answer = demo.get(f"/territoire/{code}")
    page = Page(answer.get_data(as_text=True))
    assert answer.status_code == 200
    released = demo.get("/health").get_json()["release"]
    assert next(a for name, a in page.elements if name == "body")["data-release"] == released
    heads = [text for (name, _a), text in zip(page.elements, page.texts, strict=True) if name == "h2"]
    assert len(heads) >= 4


@pytest.mark.parametrize("path", ["/territoire/9", "/territoire/zz", "/territoire/59350x", "/territoire/3.exe"])
def test_an_unknown_place_or_form_is_not_found(demo: FlaskClient, path: str) -> None:
    assert demo.get(path).status_code == 404


@pytest.mark.parametrize("form", ["pdf", "card", "docx", "pptx", "xlsx"])
def test_files_are_given_under_their_name(demo: FlaskClient, form: str) -> None:
    answer = demo.get(f"/territoire/3.{form}")
    assert answer.status_code == 200
    assert "portrait_3_" in answer.headers["Content-Disposition"]
    assert "_demonstration." in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("code", PLACES)
def test_the_card_is_one_page_and_holds_the_values(demo: FlaskClient, code: str, tmp_path: Path) -> None:
    path = tmp_path / "card.pdf"
    path.write_bytes(demo.get(f"/territoire/{code}.card").data)
    reader = PdfReader(path)
    assert len(reader.pages) == 1
    text = re.sub(r"\s+", "", reader.pages[0].extract_text())
    seen = shown(code)
    for row in content(seen, place(seen, code)).sections[0].sheets[0].rows:
        assert re.sub(r"\s+", "", row[1].text) in text


@pytest.mark.real
def test_on_real_files_what_is_missing_is_named(shared_data: Path, tmp_path: Path) -> None:
    seen = view(factories.real_release(shared_data, Store(tmp_path)))
    for code in (METROPOLE, "3", LILLE):
        made = content(seen, place(seen, code))
        assert not made.demonstration
        lacking = " ".join(p for s in made.sections for p in s.paragraphs)
        assert "mplois ESS" in lacking or "mplois ess" in lacking.lower()
        for one in (one for section in made.sections for one in section.statements):
            assert not RESIDUE.search(one.text.replace("\u202f", " ").replace("\xa0", " ")), one.text
