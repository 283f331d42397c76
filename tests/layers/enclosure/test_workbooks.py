"""What the door gives of workbooks: sheets, hidden ones, merged cells, true numbers of rows, cells as text."""

from __future__ import annotations

import math
import random
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from layers.enclosure import door
from layers.enclosure.cells import text
from layers.enclosure.values import Sheet
from tests.layers.enclosure.biff import xls
from tests.layers.enclosure.hostile import changed
from tests.layers.test_containers import HEADER, ROWS, ods, xlsx

FORMATS = (
    "General",
    "0",
    "0.00%",
    '#,##0.00 "jours"',
    "dd/mm/yyyy",
    "d mmm yyyy hh:mm",
    "hh:mm",
    "[h]:mm:ss",
    "[Red]0",
)


def sheets(path: Path) -> tuple[Sheet, ...]:
    found = door.contents(path).workbook
    assert found is not None
    return found.sheets


def written(path: Path, seed: int) -> Path:
    """A workbook of cells of every kind, at places and in formats drawn by chance."""
    chance = random.Random(seed)  # noqa: S311
    with xlsxwriter.Workbook(str(path), {"date_1904": bool(seed % 2), "use_future_functions": True}) as book:
        formats = [book.add_format({"num_format": one}) for one in FORMATS]
        for name in ("Un", "Deux"):
            sheet = book.add_worksheet(name)
            for _ in range(150):
                place, shape = (chance.randrange(60), chance.randrange(60)), chance.choice(formats)
                number = chance.choice([0.1, 61, 45107, 45107.5, 1234567890123456, -2.5, chance.random(), 1e-7, 3e20])
                sheet.write_number(*place, number, shape if 0 <= number < 1e5 else None)
                sheet.write_string(
                    chance.randrange(60), chance.randrange(60), chance.choice(["Été", " a ", "a_x0041_b", "<&>"])
                )
            sheet.write_boolean(61, 2, True)
            sheet.write_formula(61, 4, "=1/0", None, "#DIV/0!")
            sheet.write_formula(61, 5, '="a"', None, "dit")
            sheet.write_rich_string(61, 6, "a", book.add_format({"bold": True}), "b", "c")
    return path


def dense(path: Path, name: str) -> list[tuple[int, tuple[str, ...]]]:
    """The rows that calamine reads, trimmed."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python(skip_empty_area=False)
    found = [(number, [text(cell) for cell in row]) for number, row in enumerate(rows, start=1)]
    return [
        (number, tuple(cells[: max(at for at, cell in enumerate(cells) if cell) + 1]))
        for number, cells in found
        if any(cells)
    ]


@pytest.mark.parametrize("seed", range(4))
def test_cells_are_those_that_another_reader_gives(tmp_path: Path, seed: int) -> None:
    path = written(tmp_path / "a.xlsx", seed)
    for sheet in sheets(path):
        assert list(sheet.rows) == dense(path, sheet.name)
        assert len(sheet.rows) == len(list(sheet.rows))


def test_dates_hours_and_durations_are_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for at, (value, shape) in enumerate(
            [
                (date(2023, 6, 30), "dd/mm/yy"), (datetime(2023, 6, 30, 9, 5), "dd/mm/yy hh:mm"),
                (time(6, 30), "hh:mm"), (timedelta(hours=30), "[h]:mm"),
            ]
        ):  # fmt: skip
            sheet.write_datetime(0, at, value, book.add_format({"num_format": shape}))
    assert list(sheets(path)[0].rows) == [(1, ("2023-06-30", "2023-06-30 09:05:00", "06:30:00", "1 day, 6:00:00"))]


def test_hidden_sheets_merged_cells_and_empty_ones_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Vide")
        book.add_worksheet("Cachée").hide()
        sheet = book.add_worksheet("Très cachée")
        sheet.very_hidden()
        sheet.merge_range(2, 1, 4, 3, "Roubaix")
    found = sheets(path)
    assert [(one.name, one.hidden, len(one.rows)) for one in found] == [
        ("Vide", False, 0),
        ("Cachée", True, 0),
        ("Très cachée", True, 1),
    ]
    assert found[2].merged == ((3, 1, 5, 3),)
    assert list(found[2].rows) == [(3, ("", "Roubaix"))]


PREFIXED = """\
<?xml version="1.0"?>
<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>
<x:row>
<x:c t="inlineStr"><x:is><x:r><x:t>si</x:t></x:r><x:rPh><x:t>non</x:t></x:rPh><x:r><x:t>ret</x:t></x:r></x:is></x:c>
</x:row>
<x:row r="4"><x:c/><x:c><x:v>1500</x:v></x:c><x:c t="d"><x:v>2023-06-30T00:00:00</x:v></x:c></x:row>
</x:sheetData><x:mergeCells><x:mergeCell ref="A1:$B$2"/></x:mergeCells></x:worksheet>
"""


def test_prefixes_capitals_and_rows_without_number(tmp_path: Path) -> None:
    """What other programs write: a prefix on every name, no position on rows nor cells, parts named with capitals."""
    path = xlsx(tmp_path / "a.xlsx", [HEADER])
    sheet = PREFIXED.encode()
    (found,) = sheets(changed(path, "xl/worksheets/sheet1.xml", lambda _content: sheet))
    assert list(found.rows) == [(1, ("siret",)), (4, ("", "1500", "2023-06-30"))]
    assert found.merged == ((1, 0, 2, 1),)


ODS = """\
<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s">
<office:automatic-styles>
<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style>
<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="Vue" table:style-name="ta1">
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3"/></table:table-row>
<table:table-row table:number-rows-repeated="2">
<table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="2" office:value-type="string">
<office:annotation><text:p>une note</text:p></office:annotation>
<text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p>
</table:table-cell>
<table:covered-table-cell/>
<table:table-cell office:value-type="percentage" office:value="0.5"/>
<table:table-cell table:number-columns-repeated="2" office:value-type="currency" office:value="12"/>
<table:table-cell office:value-type="date" office:date-value="2023-06-30T00:00:00"/>
<table:table-cell office:value-type="boolean" office:boolean-value="true"/>
<table:table-cell office:value-type="time" office:time-value="PT09H05M00S"/>
</table:table-row>
</table:table>
<table:table table:name="Non" table:style-name="ta2"></table:table>
</office:spreadsheet></office:body></office:document-content>
"""


def test_an_ods_tells_hidden_sheets_merged_cells_repeats_and_every_kind_of_value(tmp_path: Path) -> None:
    content = ODS.encode()
    shown, hidden = sheets(changed(ods(tmp_path / "a.ods"), "content.xml", lambda _content: content))
    cells = ("a  b\nc", "", "0.5", "12", "12", "2023-06-30", "oui", "09:05:00")
    assert list(shown.rows) == [(3, cells), (4, cells)]
    assert shown.merged == ((3, 0, 4, 1),)
    assert (shown.hidden, hidden.hidden, hidden.name) == (False, True, "Non")


def test_an_xls_tells_hidden_sheets_and_merged_cells(tmp_path: Path) -> None:
    (found,) = sheets(xls(tmp_path / "a.xls", [[], ["", *HEADER], ["", *ROWS[0]]], merged=(1, 1, 2, 1), hidden=True))
    assert list(found.rows) == [(2, ("", *HEADER)), (3, ("", *ROWS[0]))]
    assert (found.name, found.hidden, found.merged) == ("Données", True, ((2, 1, 3, 1),))


def test_a_workbook_is_opened_once_for_all_who_hold_it(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [HEADER, *ROWS])
    held = door.contents(path)
    assert door.contents(path) is held
    folder = held.scratch.path
    xlsx(path, [HEADER, *ROWS, ["1", "autre fichier", "2"]])
    assert door.contents(path) is not held
    del held
    assert not folder.exists()


def test_numbers_keep_their_figures() -> None:
    assert [text(one) for one in (1500.0, 0.1, 1e15, 12345678901234.0, math.pi)] == [
        "1500",
        "0.1",
        "1000000000000000.0",
        "12345678901234",
        "3.141592653589793",
    ]
