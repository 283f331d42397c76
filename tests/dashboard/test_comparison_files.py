"""The documents of a comparison keep every place that was asked for, and the metropole."""

from __future__ import annotations

import io
import re

from flask.testing import FlaskClient
from pptx import Presentation
from pypdf import PdfReader

from geodata.territories import TERRITORIES
from tests.dashboard.test_contents import content_of, file, squeezed

EIGHT = "/comparer?areas=1,2,3,4,5,6,7,8&indicator=jobs"


def plain(text: str) -> str:
    """Without spaces nor hyphens, by which narrow heads are cut."""
    return re.sub(r"[-\u00ad\u2010]", "", squeezed(text))


def test_the_documents_of_a_comparison_keep_every_place_and_the_metropole(demo: FlaskClient) -> None:
    names = [one.short_name for one in TERRITORIES.values()]
    slides = Presentation(io.BytesIO(file(demo, EIGHT, "pptx")))
    tables = [shape.table for slide in slides.slides for shape in slide.shapes if shape.has_table]
    heads = {cell.text for table in tables for cell in table.rows[0].cells}
    assert {*names, "Métropole"} <= heads
    chart = next(shape.chart for slide in slides.slides for shape in slide.shapes if shape.has_chart)
    assert {*names} <= set(chart.plots[0].categories)
    printed = plain("".join(one.extract_text() for one in PdfReader(io.BytesIO(file(demo, EIGHT, "pdf"))).pages))
    assert all(plain(name) in printed for name in (*names, "Métropole"))
    made = content_of(EIGHT)
    values = [entry.text for section in made.sections for one in section.sheets for row in one.rows for entry in row]
    in_slides = {squeezed(cell.text) for table in tables for row in table.rows for cell in row.cells}
    assert [text for text in values if squeezed(text) not in in_slides or plain(text) not in printed] == []
