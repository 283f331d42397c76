"""After the meeting: the register, a version frozen, proposed, validated, and its report in three files."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from docx import Document
from playwright.sync_api import expect
from pptx import Presentation
from pypdf import PdfReader

from dashboard import locale
from layers.indicators import INDICATORS
from layers.written import disputes
from layers.written.workshop.meetings import COLLEGES
from tests.rehearsal import said
from tests.rehearsal.room import Room
from tests.rehearsal.scenes import today

REGISTER = f"/diagnostic/{said.PLACE}"
FORMS = ("pdf", "docx", "pptx")


def registered(room: Room) -> None:
    """The register shows the findings with what the vote gave them."""
    room.desk.goto(room.machine.address + REGISTER)
    shown = room.desk.locator("article h3")
    expect(shown).to_have_count(len(said.FINDINGS))
    assert sorted(plain(one) for one in shown.all_inner_texts()) == sorted(plain(one) for _kind, one in said.FINDINGS)
    room.count("findings", register=shown.count())
    room.picture("16-registre", room.desk)


def validated(room: Room) -> None:
    """The diagnostic is frozen, then proposed and validated, signed by a body and a day."""
    desk, own = room.desk, f"{room.machine.address}{REGISTER}/versions"
    desk.goto(own)
    desk.get_by_role("button", name="Figer un projet").click()
    for n, name in enumerate(("Proposer", "Valider"), start=2):
        desk.goto(own)
        desk.get_by_label("Organisme").fill(said.BODY)
        desk.get_by_label("Date").fill(today())
        desk.get_by_role("button", name=name).click()
        expect(desk.get_by_role("heading", level=1)).to_contain_text(f"version {n}")
    room.picture("17-version", desk)


def reported(room: Room) -> None:
    """The report of the validated version says all that the room said, in each of its files."""
    signed = f"Validée par {said.BODY} le {locale.day_of(today())}"
    (dispute,) = disputes.listed(room.database)
    contested = f"{INDICATORS[dispute.indicator].label}{dispute.shown}{dispute.year}sans réponse encore"
    wanted = [signed, *(one for _kind, one in said.FINDINGS), said.TITLE, said.VOTE, "chiffres contestés"]
    for form in FORMS:
        answer = room.desk.request.get(f"{room.machine.address}{REGISTER}/versions/3.{form}")
        assert answer.ok, f"{form}: {answer.status}"
        if room.pictures:
            (room.pictures / f"rapport.{form}").write_bytes(answer.body())
        text = plain(READ[form](answer.body()))
        missing = [one for one in wanted if plain(one) not in text]
        assert missing == [], f"missing from the report as {form}"
        room.count("findings", **{form: sum(plain(one) in text for _kind, one in said.FINDINGS)})
        room.count("dots", **{form: dots(text)})
        room.count("disputes", **{form: text.count(plain(contested))})


def dots(text: str) -> int:
    """The dots that a report tells, finding by finding, where each college is as it must be."""
    total = 0
    for sentence, by in said.outcome().items():
        row = plain(f"{sentence}{sum(by.values())}{''.join(str(by[key]) for key in COLLEGES)}")
        total += sum(by.values()) * text.count(row)
    return total


def plain(text: str) -> str:
    """A text without what the layout of a file moves: spaces and hyphens."""
    return re.sub(r"[\s\u00ad-]+", "", text)


def pdf(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def docx(content: bytes) -> str:
    found = Document(io.BytesIO(content))
    rows = ("".join(cell.text for cell in row.cells) for table in found.tables for row in table.rows)
    return "\n".join((*(one.text for one in found.paragraphs), *rows))


def pptx(content: bytes) -> str:
    slides = Presentation(io.BytesIO(content)).slides
    return "\n".join(text for slide in slides for shape in slide.shapes for text in of_shape(shape))


def of_shape(shape: Any) -> Iterator[str]:
    """The texts of a shape, row by row where it is a table."""
    if shape.has_text_frame:
        yield shape.text_frame.text
    if getattr(shape, "has_table", False):
        yield from ("".join(cell.text for cell in row.cells) for row in shape.table.rows)


READ = {"pdf": pdf, "docx": docx, "pptx": pptx}
