"""The text to complete: headings, native tables, maps with words, places for the workshop."""

from __future__ import annotations

import io
import itertools
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from dashboard.content import Content
from dashboard.documents import word
from dashboard.i18n import speaking
from tests.dashboard.documents.made import content

ORIGIN = "https://ess.example"


@pytest.fixture(scope="module")
def shown() -> Content:
    return content()


@pytest.fixture(scope="module")
def made(shown: Content) -> Any:
    return Document(io.BytesIO(word.document(shown, ORIGIN)))


def test_its_headings_are_styles_in_order(made: Any, shown: Content) -> None:
    headings = [p for p in made.paragraphs if p.style.name.startswith("Heading")]
    levels = [int(p.style.name[-1]) for p in headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    firsts = [p.text for p in headings if p.style.name == "Heading 1"]
    assert firsts[: len(shown.sections)] == [section.title for section in shown.sections]
    assert firsts[len(shown.sections) :] == [
        "Atouts, faiblesses, opportunités, menaces", "Enjeux", "Actions", "Compte rendu de l’atelier", "Définitions",
        "Provenance",
    ]  # fmt: skip


def test_its_tables_are_those_of_the_content(made: Any, shown: Content) -> None:
    wanted = []
    for section in shown.sections:
        wanted += [[drawn.columns, *drawn.rows] for drawn in section.drawings]
        wanted += [[one.columns, *(tuple(c.text for c in row) for row in one.rows)] for one in section.sheets]
    found = [[tuple(cell.text for cell in row.cells) for row in table.rows] for table in made.tables]
    assert found[:-1] == wanted
    for table in made.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_its_pictures_have_words(made: Any, shown: Content) -> None:
    told = [picture._inline.docPr.get("descr") for picture in made.inline_shapes]
    assert len(told) == 1 + sum(len(section.maps) + len(section.drawings) for section in shown.sections)
    assert all(told)


def test_a_workshop_has_its_places(made: Any) -> None:
    assert sum(p.text == "À compléter en atelier" for p in made.paragraphs) == 6
    assert made.tables[-1].rows[0].cells[0].text == "Action"
    assert made.tables[-1].rows[1].cells[0].text == "À compléter en atelier"


def test_it_says_where_it_comes_from(made: Any, shown: Content) -> None:
    said = {p.text.replace("\u00a0", " ").replace("\u202f", " ") for p in made.paragraphs}
    assert set(shown.lines) <= said
    assert f"{ORIGIN}{shown.address}" in said
    assert "Données de démonstration, fictives" in made.sections[0].header.paragraphs[0].text
    assert shown.release in made.sections[0].footer.paragraphs[0].text
    links = {part.target_ref for part in made.part.rels.values() if part.is_external}
    assert {f"{ORIGIN}{shown.address}", f"{ORIGIN}/carte?indicator=actors"} <= links


def test_it_speaks_the_language_in_force(shown: Content) -> None:
    with speaking("en"):
        made = Document(io.BytesIO(word.document(shown, ORIGIN)))
    assert "To be completed in the workshop" in {p.text for p in made.paragraphs}
    assert {lang.get(qn("w:val")) for lang in made.styles.element.iter(qn("w:lang"))} == {"en-GB"}
