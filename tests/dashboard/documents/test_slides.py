"""The slides: one finding a slide, legible before a room, charts and areas that can be edited."""

from __future__ import annotations

import dataclasses
import io
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from shapely.geometry import MultiPolygon, Polygon

from dashboard import geometry
from dashboard.content import Content, Section
from dashboard.documents import slide_charts, slide_maps, slides
from tests.dashboard.documents.made import content, drawing, invented

ORIGIN = "https://ess.example"
TEXT, LABEL = 24, 18


@pytest.fixture(scope="module")
def shown() -> Content:
    return content()


@pytest.fixture(scope="module")
def made(shown: Content) -> Any:
    return Presentation(io.BytesIO(slides.document(shown, ORIGIN)))


def test_each_finding_is_the_title_of_a_slide(made: Any, shown: Content) -> None:
    titles = [slide.shapes.title.text_frame.text.replace("\u202f", " ") for slide in made.slides]
    assert titles[0] == shown.title
    assert titles[-1] == "Provenance"
    said = [one.text for section in shown.sections for one in section.statements]
    assert [title for title in titles if title in said] == said


def test_the_numbers_of_a_chart_are_those_of_its_drawing(made: Any, shown: Content) -> None:
    charts = [shape.chart for slide in made.slides for shape in slide.shapes if shape.has_chart]
    (wanted,) = (drawn for section in shown.sections for drawn in section.drawings)
    (found,) = charts
    assert list(found.plots[0].categories) == [row[0] for row in wanted.rows]
    assert [series.values for series in found.plots[0].series] == [tuple(row[0] for row in wanted.numbers)]


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (9, 1), (10, 1), (31, 2), (7, 6)])
def test_a_long_chart_takes_more_slides_and_loses_nothing(rows: int, columns: int) -> None:
    drawn = drawing(rows, columns)
    made = slide_charts.parts(drawn)
    assert [name for part in made for name in part.names] == [row[0] for row in drawn.rows]
    for place in range(columns):
        values = [value for part in made for value in part.series[place][1]]
        assert values == [row[place] for row in drawn.numbers]
    assert all(len(part.names) * columns <= max(slide_charts.BARS, 3 * columns) for part in made)


def test_a_chart_of_two_slides_goes_with_one_finding(shown: Content) -> None:
    statements = shown.sections[0].statements[:2]
    section = Section("structure", "Structure", statements=statements, drawings=(drawing(12),))
    made = Presentation(io.BytesIO(slides.document(dataclasses.replace(shown, sections=(section,)), ORIGIN)))
    told = [(slide.shapes.title.text_frame.text, any(s.has_chart for s in slide.shapes)) for slide in made.slides]
    assert [drawn for __, drawn in told] == [False, True, True, False, False]
    assert told[2][0] == "Structures par secteur (2/2)"


def test_numbers_may_hold_one_for_the_header_of_their_row() -> None:
    drawn = drawing(4)
    headed = dataclasses.replace(drawn, numbers=tuple((None, *row) for row in drawn.numbers))
    assert slide_charts.parts(headed) == slide_charts.parts(drawn)
    assert slide_charts.parts(dataclasses.replace(drawn, numbers=())) == []


def test_areas_are_shapes_with_their_name_and_value(made: Any, shown: Content) -> None:
    for section in shown.sections:
        for one in section.maps:
            wanted = {shape.told for shape in one.drawn.shapes}
            assert any(
                wanted == {s.name for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.FREEFORM}
                for slide in made.slides
            )


def test_the_rings_of_an_area_are_its_outline() -> None:
    drawn = geometry.drawing(invented(), 95)
    geometry_of = invented().geography.communes.geometry
    for code, shape in drawn.shapes("commune").items():
        rings = [Polygon(ring) for ring in slide_maps.rings(shape.path)]
        surface = MultiPolygon(rings[:1]).area * drawn.paths.metres_per_unit**2
        assert surface == pytest.approx(geometry_of[code].area, rel=0.02) or len(rings) > 1


def test_what_is_written_can_be_read_from_the_back_of_a_room(made: Any) -> None:
    for slide in made.slides:
        title = [p.font.size.pt for p in slide.shapes.title.text_frame.paragraphs]
        assert min(title) >= TEXT
        for shape in slide.shapes:
            if shape.has_text_frame and shape != slide.shapes.title:
                sizes = [p.font.size.pt for p in shape.text_frame.paragraphs if p.text]
                assert all(size >= LABEL for size in sizes)
            if shape.has_chart:
                assert shape.chart.font.size.pt >= LABEL


def test_nothing_stands_outside_of_a_slide(made: Any) -> None:
    for slide in made.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= made.slide_width
            assert shape.top + shape.height <= made.slide_height


def test_notes_tell_source_caveat_and_proof(made: Any, shown: Content) -> None:
    for slide in list(made.slides)[1:-1]:
        notes = slide.notes_slide.notes_text_frame.text
        assert all(line.replace(" :", "\u00a0:") in notes.replace("\u202f:", "\u00a0:") for line in shown.lines)
        assert "Liste partielle" in notes
        assert ORIGIN in notes
    first = list(made.slides)[1]
    assert f"{ORIGIN}/carte?indicator=actors" in first.notes_slide.notes_text_frame.text


def test_every_slide_bears_the_mark_and_the_last_the_code(made: Any, shown: Content) -> None:
    for slide in made.slides:
        said = " ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
        assert "Données de démonstration, fictives" in said
        assert shown.release in said
    pictures = [s for s in list(made.slides)[-1].shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert [picture.click_action.hyperlink.address for picture in pictures] == [f"{ORIGIN}{shown.address}"]


def test_a_long_table_takes_more_slides(shown: Content) -> None:
    long = content(rows=20).sections[1].sheets[0]
    section = Section("values", "Valeurs", sheets=(long,))
    made = Presentation(io.BytesIO(slides.document(dataclasses.replace(shown, sections=(section,)), ORIGIN)))
    tables = [s.table for slide in made.slides for s in slide.shapes if s.has_table]
    rows = [tuple(cell.text for cell in row.cells) for table in tables for row in list(table.rows)[1:]]
    assert rows == [tuple(cell.text for cell in row) for row in long.rows]
