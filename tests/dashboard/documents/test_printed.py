"""The printed documents: what PDF/UA wants is there, nothing is cut, and what is read is what the content holds."""

from __future__ import annotations

import dataclasses
import itertools
import re

import pytest

from dashboard.content import Content, Section, Statement
from dashboard.documents import printed
from dashboard.i18n import speaking
from tests.dashboard.documents import structure
from tests.dashboard.documents.made import LONG, content
from tests.dashboard.documents.structure import Tagged

ORIGIN = "https://ess.example"


@pytest.fixture(scope="module")
def shown() -> Content:
    return content()


@pytest.fixture(scope="module")
def document(shown: Content) -> Tagged:
    return structure.read(printed.document(shown, ORIGIN))


def test_a_document_says_that_it_is_accessible(document: Tagged, shown: Content) -> None:
    root = document.reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert shown.title in str(document.reader.metadata and document.reader.metadata.title)
    assert re.search(r"pdfuaid:part(>|=\")1", document.metadata())


def test_its_headings_are_in_order(document: Tagged) -> None:
    levels = [int(kind[1:]) for kind in document.kinds() if re.fullmatch(r"H\d", kind)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_its_figures_have_words_and_its_tables_headers(document: Tagged, shown: Content) -> None:
    figures = document.of("Figure")
    drawn = sum(len(section.maps) + len(section.drawings) for section in shown.sections)
    assert len(figures) == drawn + 1  # the code
    assert all(str(figure["/Alt"]) for figure in figures)
    sheets = [sheet for section in shown.sections for sheet in section.sheets]
    assert len(document.of("Table")) == len(sheets)
    assert len(document.of("TH")) == sum(len(sheet.columns) + len(sheet.rows) for sheet in sheets)
    assert len(document.of("TD")) == sum((len(sheet.columns) - 1) * len(sheet.rows) for sheet in sheets)


def test_all_that_is_painted_is_marked_or_an_artifact(document: Tagged) -> None:
    assert not structure.unmarked(document)


def test_its_fonts_are_embedded(document: Tagged) -> None:
    fonts = [font.get_object() for page in document.reader.pages for font in page["/Resources"]["/Font"].values()]
    below = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert fonts
    assert all("/FontFile2" in one or "/FontFile3" in one for one in below)


def test_its_text_is_what_the_content_holds(document: Tagged, shown: Content) -> None:
    text = _flat(document.text())
    for section in shown.sections:
        said = [section.title, *section.paragraphs, *(one.text for one in section.statements)]
        said += [one.title for one in (*section.maps, *section.drawings, *section.sheets)]
        said += [one.told for one in section.drawings]
        said += ["".join(cell.text for cell in row) for sheet in section.sheets for row in sheet.rows]
        assert [words for words in said if _flat(words) not in text] == []
    assert [line for line in shown.lines if _flat(line) not in text] == []


def test_every_page_says_what_it_is(document: Tagged, shown: Content) -> None:
    for number, page in enumerate(document.reader.pages, 1):
        text = _flat(page.extract_text())
        assert _flat("Données de démonstration, fictives") in text
        assert shown.release in text
        assert f"{number}/{len(document.reader.pages)}" in text
        assert len(text) > 200, "a page is empty"


def test_what_is_no_demonstration_says_nothing_of_it() -> None:
    assert "fictives" not in structure.read(printed.document(content(demonstration=False), ORIGIN)).text()


def test_its_links_reopen_the_page_on_its_release(document: Tagged, shown: Content) -> None:
    links = {
        str(note.get_object()["/A"]["/URI"])
        for page in document.reader.pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object()
    }
    assert f"{ORIGIN}{shown.address}" in links
    assert f"{ORIGIN}/carte?indicator=actors" in links


def test_a_card_is_one_page_whatever_it_says(shown: Content) -> None:
    card = structure.read(printed.card(shown, ORIGIN))
    assert len(card.reader.pages) == 1
    assert _flat(LONG) in _flat(card.text())
    briefing = shown.sections[0]
    longer = dataclasses.replace(briefing, statements=tuple(Statement(f"{LONG}, {n}.", "Question") for n in range(10)))
    full = structure.read(printed.card(dataclasses.replace(shown, sections=(longer,)), ORIGIN))
    assert len(full.reader.pages) == 1
    assert all(_flat(f"{LONG}, {n}.") in _flat(full.text()) for n in range(10))


def test_what_holds_on_no_page_is_refused(shown: Content) -> None:
    endless = Section("briefing", "Sans fin", tuple(f"{LONG} {n}" for n in range(120)))
    with pytest.raises(printed.TooLongError):
        printed.card(dataclasses.replace(shown, sections=(endless,)), ORIGIN)
    with pytest.raises(KeyError):
        printed.card(dataclasses.replace(shown, sections=()), ORIGIN)


def test_the_language_of_a_document_is_that_in_force(shown: Content) -> None:
    with speaking("en"):
        card = structure.read(printed.card(shown, ORIGIN))
    assert card.reader.trailer["/Root"]["/Lang"] == "en"
    assert "Demonstration data" in card.text()


def _flat(text: str) -> str:
    """Without white space, which a page breaks where it wants."""
    return re.sub(r"\s+", "", text)
