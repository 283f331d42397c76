"""Files of the pages made of a content: every form of every page, charts alone, one truth, their turn, the commands."""

from __future__ import annotations

import csv
import io
import itertools
import re
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from flask.testing import FlaskClient
from lxml import etree
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from dashboard.cli_errors import WrongUsage
from dashboard.cli_export import export, write
from dashboard.content import STATES, Content
from dashboard.drawing.drawing import BARS, LINES
from dashboard.exports.contents import FORMS
from dashboard.exports.making import Busy, Line
from dashboard.exports.pages import asked
from dashboard.i18n import speaking
from dashboard.services import Services
from dashboard.settings import Settings
from layers import demonstration
from tests.dashboard.documents import structure

RELEASE = demonstration.release()
PAGES = (
    "/territoire/3",
    "/territoire/mel",
    "/comparer?areas=3,59512",
    "/financements?scenario=keep&budget=900000",
    "/suivi",
)
SVG = "{http://www.w3.org/2000/svg}"


class _Current:
    def get(self, _id: str | None = None) -> object:
        return RELEASE


SERVICES = Services(None, _Current())  # type: ignore[arg-type]


def content_of(address: str) -> Content:
    path, _, query = address.partition("?")
    found = asked(SERVICES, path, f"{query}&release={RELEASE.id}")
    assert found.ignored == ()
    with speaking("fr"):
        return found.make()


def file(client: FlaskClient, address: str, form: str, **more: str) -> bytes:
    path, _, query = address.partition("?")
    written = "&".join([query, f"release={RELEASE.id}", *(f"{key}={value}" for key, value in more.items())])
    answer = client.get(f"{path}.{form}?{written}")
    assert answer.status_code == 200, answer.text[:200]
    assert "_demonstration." in answer.headers["Content-Disposition"]
    return answer.data


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def shown_as(cell: Any, text: str) -> bool:
    """Whether a cell shows as many decimals as the page: two that differ would show a measure of equity as 0."""
    decimals = len(cell.number_format.partition(".")[2])
    return decimals == len(re.sub(r"\D", "", text.partition(",")[2]))


@pytest.mark.parametrize("address", PAGES)
def test_workbook_csv_word_and_print_hold_the_values_of_the_page(demo: FlaskClient, address: str) -> None:
    made = content_of(address)
    sheets = [one for section in made.sections for one in section.sheets if one.rows]
    book = load_workbook(io.BytesIO(file(demo, address, "xlsx")))
    rows = list(csv.reader(io.StringIO(file(demo, address, "csv").decode("utf-8-sig")), delimiter=";"))
    document = Document(io.BytesIO(file(demo, address, "docx")))
    in_word = {tuple(squeezed(cell.text) for cell in row.cells) for table in document.tables for row in table.rows}
    printed = squeezed("".join(one.extract_text() for one in PdfReader(io.BytesIO(file(demo, address, "pdf"))).pages))
    html, tidy = demo.get(address).text, not address.startswith("/comparer")
    for one in sheets:
        cells = next(page for page in book if page.cell(1, 1).value == one.title)
        assert not re.search(r"\w-\w", cells.title), "a sheet is named in the words of the page, never by a key"
        at = rows.index([one.title]) if tidy else 0
        for line, row in enumerate(one.rows):
            told = [entry.text for entry in row]
            assert tuple(map(squeezed, told)) in in_word, (one.key, told)
            for place, entry in enumerate(row, start=1):
                if isinstance(entry.value, int | float):
                    assert shown_as(cells.cell(line + 5, place), entry.text), (one.key, entry.text)
                    assert cells.cell(line + 5, place).value == pytest.approx(entry.value)
                    assert not tidy or f"{entry.value:.12g}".replace(".", ",") in rows[at + 2 + line]
                assert squeezed(entry.text) in printed, (one.key, entry.text)
                if entry.state and tidy:
                    assert f'data-state="{entry.state}"' in html
        states = {STATES[entry.state] for row in one.rows for entry in row if entry.state}
        listed = {cell for line in rows[at + 1 : at + 2 + len(one.rows)] for cell in line}
        assert states <= listed or not tidy
    assert rows[-1][0].endswith(made.address) or not tidy


@pytest.mark.parametrize("address", PAGES)
def test_slides_hold_the_numbers_of_the_charts(demo: FlaskClient, address: str) -> None:
    made = content_of(address)
    slides = Presentation(io.BytesIO(file(demo, address, "pptx")))
    drawn = [shape.chart for slide in slides.slides for shape in slide.shapes if shape.has_chart]
    told = [
        value
        for chart in drawn
        for plot in chart.plots
        for one in plot.series
        for value in one.values
        if value is not None
    ]
    for one in (one for section in made.sections for one in section.drawings):
        if one.key in ("flows", "lorenz"):
            continue
        bars = one.numbers[: len(one.numbers) - 1] if one.mark and one.native == BARS else one.numbers
        for row in bars:
            for value in row:
                assert value is None or any(value == pytest.approx(other) for other in told), one.key
        if one.mark and one.native != LINES:
            assert one.mark.text in {shape.name for slide in slides.slides for shape in slide.shapes}, one.key
        if one.mark and one.native == BARS:
            assert not {one.rows[-1][0]} & {name for chart in drawn for plot in chart.plots for name in plot.categories}
    assert all(slide.has_notes_slide for slide in slides.slides)


@pytest.mark.parametrize("address", PAGES)
def test_every_chart_is_a_file_of_its_own(demo: FlaskClient, address: str) -> None:
    made, html = content_of(address), demo.get(address).text
    drawings = [one for section in made.sections for one in section.drawings]
    assert drawings
    for one in drawings:
        if not address.startswith("/comparer"):
            assert f"drawing={one.key}" in html
        root = etree.fromstring(file(demo, address, "svg", drawing=one.key))
        assert root.find(f"{SVG}title").text == one.title
        text = squeezed("".join(root.itertext()))
        assert squeezed(one.told) in text
        assert "Donnéesdedémonstration" in text
        assert squeezed(made.address) in text
    with Image.open(io.BytesIO(file(demo, address, "png", drawing=drawings[0].key))) as drawn:
        assert drawn.size[0] == 2280
        assert round(drawn.info["dpi"][0]) == 300
    path, _, query = address.partition("?")
    assert demo.get(f"{path}.svg?{query}&drawing=nothing").status_code == 404
    assert demo.get(f"{path}.pdf?{query}&drawing={drawings[0].key}").status_code == 404


def test_a_map_is_a_picture_where_there_is_one(demo: FlaskClient) -> None:
    assert b"<svg" in file(demo, "/comparer?areas=3,8", "svg")
    assert demo.get("/suivi.svg").status_code == 404
    assert demo.get("/suivi.card").status_code == 404


def test_heavy_files_are_made_one_at_a_time_and_the_line_is_short() -> None:
    line, running, most = Line(most=1, patience=5), [0], [0]
    refused: list[int] = []

    def make(number: int) -> None:
        try:
            with line.turn():
                running[0] += 1
                most[0] = max(most[0], running[0])
                time.sleep(0.2)
                running[0] -= 1
        except Busy:
            refused.append(number)

    threads = [threading.Thread(target=make, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]
    assert len(refused) == 4, "one is served, one waits, the others are sent away at once"
    with line.turn():
        pass


def test_one_who_waits_too_long_is_sent_away() -> None:
    line = Line(most=1, patience=0.05)
    with line.turn(), pytest.raises(Busy), line.turn():
        pass


def test_a_full_line_is_told_with_when_to_ask_again(demo: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.exports.answers.LINE", Line(most=-1))
    for path in ("/territoire/3.pdf", "/export/pdf?indicator=actors", "/suivi.docx"):
        answer = demo.get(path)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "5"
        assert "réessayez" in answer.text
    assert "try again" in demo.get("/territoire/3.pdf?lang=en").text
    assert demo.get("/territoire/3.xlsx").status_code == 200, "what is quick waits for nobody"


@pytest.mark.parametrize("form", [form for form in FORMS if form != "card"])
def test_the_command_writes_what_the_page_gives(demo: FlaskClient, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"file.{form}"
    export(Settings(ESS_DATA_DIR=tmp_path / "data"), form, "/comparer?areas=3,8", out=out, address="http://localhost")
    given = demo.get(f"/comparer.{form}?areas=3,8")
    assert given.status_code == 200
    if form in ("svg", "csv"):
        told = out.read_bytes()
        assert told == given.data if form == "csv" else told[:4] == b"<svg"
    assert out.stat().st_size > 500


def test_the_command_writes_a_chart_alone(tmp_path: Path) -> None:
    out = tmp_path / "lorenz.svg"
    export(Settings(ESS_DATA_DIR=tmp_path / "data"), "svg", "financements?need=jobs", out=out, drawing="lorenz")
    assert b"Lorenz" in out.read_bytes()


@pytest.mark.parametrize(
    ("form", "view", "drawing", "said"),
    [
        ("exe", "/territoire/3", None, "Forme inconnue"),
        ("gpkg", "/territoire/3", None, "Forme inconnue"),
        ("pdf", "/nulle-part", None, "Page inconnue"),
        ("pdf", "/territoire/9", None, "Page inconnue"),
        ("card", "/suivi", None, "pas de forme"),
        ("pdf", "/suivi?couleur=bleu", None, "couleur=bleu"),
        ("svg", "/suivi", "rien", "Graphique inconnu"),
        ("pdf", "/suivi", "jobs-target", "Forme inconnue"),
    ],
)
def test_what_the_command_does_not_understand_is_told(
    tmp_path: Path, form: str, view: str, drawing: str | None, said: str
) -> None:
    out = tmp_path / "out"
    with pytest.raises(WrongUsage, match=said):
        export(Settings(ESS_DATA_DIR=tmp_path / "data"), form, view, out=out, drawing=drawing)
    assert not out.exists()


def test_a_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "file.pdf"
    write(out, b"first")

    def interrupted(_self: Path, _content: bytes) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(out, b"second")
    assert out.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [out]


def test_the_directory_is_a_workbook_whose_text_never_runs(demo: FlaskClient, imported: FlaskClient) -> None:
    answer = demo.get("/acteurs.xlsx?family=mutuelle&territory=3")
    assert "_demonstration.xlsx" in answer.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.data))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=5)]
    listed = list(csv.DictReader(
        io.StringIO(demo.get("/acteurs.csv?family=mutuelle&territory=3").data.decode("utf-8-sig")), delimiter=";"
    ))  # fmt: skip
    assert [row[0] for row in rows if row[0]] == [row["name"] for row in listed]
    assert {row[2] for row in rows if row[0]} == {"Roubaisien"}
    book = load_workbook(io.BytesIO(imported.get("/acteurs.xlsx").data))
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    assert any(cell.value == "<b>Essai</b>" for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


@pytest.mark.parametrize("address", PAGES)
def test_the_print_of_every_page_is_one_that_an_assistive_program_reads(demo: FlaskClient, address: str) -> None:
    made, tagged = content_of(address), structure.read(file(demo, address, "pdf"))
    kinds = tagged.kinds()
    levels = [int(kind[1:]) for kind in kinds if re.fullmatch(r"H\d", kind)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    drawn = sum(len(section.maps) + len(section.drawings) for section in made.sections)
    assert len(tagged.of("Figure")) == drawn + 1
    assert all(str(figure["/Alt"]) for figure in tagged.of("Figure"))
    tables = sum(bool(one.rows) for section in made.sections for one in section.sheets)
    assert len(tagged.of("Table")) >= tables, "one that goes on over a page is one on each, with its headers"
    assert not structure.unmarked(tagged)
    assert 1 <= len(tagged.reader.pages) <= 9


@pytest.mark.parametrize("code", ["mel", *"12345678", "59350", "59025"])
def test_a_portrait_is_printed_on_four_to_eight_pages(demo: FlaskClient, code: str) -> None:
    pages = len(PdfReader(io.BytesIO(file(demo, f"/territoire/{code}", "pdf"))).pages)
    assert 4 <= pages <= 8
