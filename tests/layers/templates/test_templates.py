"""A workbook written empty, filled in, is read back as it was filled; what is wrong is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from geodata.attach import Attacher
from layers import measure
from layers.beneficiaries import MULTI_TERRITORY
from layers.importing import import_files
from layers.readers import READERS, Reading, detect, read_file
from layers.series import Query
from layers.store import Store
from layers.tables import THEMES
from layers.templates import TEMPLATES, Template, workbook
from layers.templates.declaration import ITSELF, MULTI
from layers.typography import typeset
from layers.unreadable import UnreadableFile
from tests.layers.readers.conftest import attacher
from tests.layers.readers.fictitious import siret

__all__ = ["attacher"]

kinds = pytest.mark.parametrize("kind", TEMPLATES)


def filled(folder: Path, template: Template, *rows: dict[str, Any], name: str = "suivi.xlsx") -> Path:
    """The template with rows typed in it, by field; what is left out is its example."""
    path = folder / name
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(workbook.ROWS)
        sheet.write_row(0, 0, [typeset(field.header) for field in template.fields])
        for at, row in enumerate(rows, start=1):
            sheet.write_row(at, 0, [row.get(field.key, field.example) for field in template.fields])
    return path


def records(reading: Reading, table: str = "programme") -> list[dict[str, Any]]:
    frame = reading.tables[table].astype(object)
    return frame.where(frame.notna(), None).to_dict("records")  # type: ignore[return-value]


def measures(reading: Reading) -> dict[str, float]:
    return {row["measure"]: row["value"] for row in records(reading)}


@kinds
def test_the_workbook_has_its_headers_and_says_what_they_mean(kind: str, tmp_path: Path) -> None:
    template = TEMPLATES[kind]
    workbook.write(template, path := tmp_path / "modele.xlsx")
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == [workbook.ROWS, workbook.NOTICE]
    assert book.get_sheet_by_name(workbook.ROWS).to_python() == [[typeset(field.header) for field in template.fields]]
    notice = "\n".join(str(cell) for row in book.get_sheet_by_name(workbook.NOTICE).to_python() for cell in row)
    assert all(typeset(field.meaning) in notice for field in template.fields)
    assert template.theme in THEMES


@kinds
def test_an_empty_template_is_recognised_and_said_to_be_empty(kind: str, tmp_path: Path, attacher: Attacher) -> None:
    workbook.write(TEMPLATES[kind], path := tmp_path / "modele.xlsx")
    assert detect([typeset(field.header) for field in TEMPLATES[kind].fields]) is READERS[kind]
    with pytest.raises(UnreadableFile, match="que sa ligne d’en-tête"):
        read_file(path, None, None, attacher)


@kinds
def test_examples_are_read_back_as_they_are_written(kind: str, tmp_path: Path, attacher: Attacher) -> None:
    template = TEMPLATES[kind]
    numbers = {field.key: 3 for field in template.fields if field.measure and field.kind != "yes_no"}
    reading = read_file(filled(tmp_path, template, numbers), None, None, attacher)
    assert reading.reader.kind == kind
    assert reading.account.rows["accepted"] == 1
    expected = {field.measure: 1.0 if field.kind == "yes_no" else 3.0 for field in template.fields if field.measure}
    expected |= {ITSELF[template.theme]: 1.0} if template.theme in ITSELF else {}
    assert measures(reading) == expected
    assert {row["year"] for row in records(reading)} == {2024}
    assert {row["theme"] for row in records(reading)} == {template.theme}


CALL = TEMPLATES["appel-a-projets"]


def test_a_request_is_asked_and_what_is_voted_is_a_grant_of_its_commune(tmp_path: Path, attacher: Attacher) -> None:
    reading = read_file(filled(tmp_path, CALL, {"asked": 20000, "granted": 12000.5}), None, None, attacher)
    asked, voted = records(reading, "grants")
    assert (asked["kind"], asked["amount_cents"]) == ("asked", 2_000_000)
    assert (voted["kind"], voted["amount_cents"], voted["commune"]) == ("voted", 1_200_050, "59512")
    assert reading.account.amount_cents == 1_200_050
    assert reading.account.accepted_by_territory == {"3": 1}


def test_a_request_that_was_not_chosen_has_no_voted_grant(tmp_path: Path, attacher: Attacher) -> None:
    rows = [{"asked": 20000, "laureate": "non", "granted": 0}, {"name": "Ville de Fiction", "asked": 5000}]
    reading = read_file(filled(tmp_path, CALL, *rows), None, None, attacher)
    assert [grant["kind"] for grant in records(reading, "grants")] == ["asked"]
    assert sum(row["measure"] == "request" for row in records(reading)) == 2


def test_what_touches_several_communes_is_given_to_none(tmp_path: Path, attacher: Attacher) -> None:
    reading = read_file(filled(tmp_path, CALL, {"commune": MULTI, "granted": 100}), None, None, attacher)
    (grant,) = records(reading, "grants")
    assert (grant["commune"], grant["located_by"]) == (None, MULTI_TERRITORY)
    assert reading.account.accepted_by_territory == {}
    assert reading.account.rows["accepted"] == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "« Projet » absent"),
        ({"year": "bientôt"}, "« Année »"),
        ({"year": 1850}, "« Année »"),
        ({"asked": "beaucoup"}, "« Montant demandé » illisible"),
        ({"asked": -5}, "« Montant demandé » illisible"),
        ({"laureate": "peut-être"}, "ni oui ni non"),
        ({"siret": "123"}, "SIRET"),
        ({"commune": "Nullepart-lez-Fiction"}, "commune du Nord"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_column(
    tmp_path: Path,
    attacher: Attacher,
    changes: dict[str, Any],
    said: str,
) -> None:
    reading = read_file(filled(tmp_path, CALL, changes), None, None, attacher)
    (reject,) = reading.account.rejects
    assert said in reject.reason.replace("\u00a0", " ")
    assert reject.column == typeset(CALL.field(next(iter(changes))).header)
    assert reject.remedy
    assert records(reading) == []


def test_territories_are_named_or_numbered(tmp_path: Path, attacher: Attacher) -> None:
    template = TEMPLATES["rencontres"]
    said = ["3", "Roubaisien", "Territoire Roubaisien", "weppes", "Couronne Nord", MULTI]
    rows = [{"territory": text, "title": f"Rencontre {n}"} for n, text in enumerate(said)]
    reading = read_file(filled(tmp_path, template, *rows), None, None, attacher)
    told = {row["title"]: row["territory"] for row in records(reading) if row["measure"] == "meeting"}
    assert list(told.values()) == ["3", "3", "3", "1", "6", None]
    wrong = read_file(filled(tmp_path, template, {"territory": "9"}), None, None, attacher)
    assert wrong.account.rows["rejected"] == 1


def test_the_story_of_a_practice_is_kept_field_by_field(tmp_path: Path, attacher: Attacher) -> None:
    template = TEMPLATES["bonnes-pratiques"]
    (row,) = records(read_file(filled(tmp_path, template, {"result": "Deux lots"}), None, None, attacher))
    assert json.loads(row["detail"]) == {"done": template.field("done").example, "result": "Deux lots"}


def test_the_same_entry_twice_counts_once(tmp_path: Path, attacher: Attacher) -> None:
    reading = read_file(filled(tmp_path, CALL, {"asked": 10}, {"asked": 10}), None, None, attacher)
    assert dict(reading.account.rows) == {"accepted": 1, "duplicate": 1}


def test_a_corrected_workbook_takes_the_place_of_the_first(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    import_files([filled(tmp_path, CALL, {"granted": 1000, "siret": siret(1)})], store)
    report = import_files([filled(tmp_path, CALL, {"granted": 2000, "siret": siret(1)})], store)
    release = store.load(report.release or "")
    assert measure.series(release, Query("grants_amount")).total.value == 2000
    assert release.programme.query("measure == 'granted'")["value"].tolist() == [2000.0]
