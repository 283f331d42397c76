"""A content as slides to edit (PPTX): one finding a slide, native charts, areas as shapes, sources in the notes."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.util import Inches, Pt

from dashboard import locale
from dashboard.colours import ACCENT, CARD, INK, SOFT, TINT
from dashboard.content import Content, Entry, Map, Section, Sheet, Statement, parted
from dashboard.documents import links, slide_charts, slide_maps
from dashboard.i18n import _

WIDE, HIGH = 13.333, 7.5
"""Inches: 16:9."""
BODY = (0.6, 1.95, 12.1, 4.75)
"""Where what a slide shows stands: left, top, width, height in inches."""
TITLE, TEXT, LABEL = 30, 24, 18
"""Points: the finding, what is read, labels and the foot."""
LONG_TITLE, LONGEST_TITLE = 110, 190
"""Letters from which a title is written smaller."""
ROWS = 7
"""Rows of a table that hold on a slide."""
COLUMNS = 5
LETTERS = 7.0
"""Letters of a table that hold in an inch."""
SHORT, LONG = 8, 30
"""Letters that a column has the room for at least; those past which one is a sentence."""
CHOSEN = 5
"""Layout of the template that has a title only."""

Visual = Map | slide_charts.Part


@dataclass(frozen=True, slots=True)
class Deck:
    """The presentation being made, its content, and where its links lead."""

    made: Any
    content: Content
    origin: str


def document(content: Content, origin: str) -> bytes:
    """The slides, in the language in force; ``origin`` is where their links lead."""
    deck = Deck(_blank(content), content, origin)
    _first(deck)
    for section in (one for one in content.sections if not one.reference):
        _section(deck, section)
    _last(deck)
    out = io.BytesIO()
    deck.made.save(out)
    return out.getvalue()


def _blank(content: Content) -> Any:
    made = Presentation()
    made.slide_width, made.slide_height = Inches(WIDE), Inches(HIGH)
    title = made.slide_layouts[CHOSEN].placeholders[0]
    title.left, title.top, title.width, title.height = (Inches(x) for x in (0.6, 0.35, 12.1, 1.5))
    made.core_properties.title, made.core_properties.subject = content.title, content.headline
    made.core_properties.author = ""
    return made


def _section(deck: Deck, section: Section) -> None:
    """A slide for each statement, each with a map or a chart as long as there are any; then one for each other."""
    shown: list[tuple[Visual, ...]] = [(one,) for one in section.maps]
    shown += [tuple(found) for drawn in section.drawings if (found := slide_charts.parts(drawn))]
    for one in section.statements:
        if shown:
            _visuals(deck, one.text, _notes(deck, section, one), shown.pop(0))
        else:
            slide = _slide(deck, one.text, _notes(deck, section, one))
            _alone(slide, locale.separator().join(part for part in (section.title, one.kind) if part))
    for visuals in shown:
        _visuals(deck, visuals[0].title, _notes(deck, section), visuals)
    for sheet in (part for one in section.sheets for part in (parted(one, COLUMNS) if one.asked else (one,))):
        _sheet(deck, section, sheet)
    if section.paragraphs and not (section.statements or section.maps or section.drawings or section.sheets):
        _words(_slide(deck, section.title, _notes(deck, section)), list(section.paragraphs), BODY, TEXT)


def _visuals(deck: Deck, title: str, notes: str, visuals: tuple[Visual, ...]) -> None:
    """A map, or a chart in as many slides as it takes: the first has the title, the others tell their number."""
    for number, visual in enumerate(visuals, 1):
        told = title if number == 1 else f"{visual.title} ({number}/{len(visuals)})"
        _show(_slide(deck, told, notes), visual)


def _show(slide: Any, visual: Visual) -> None:
    if isinstance(visual, Map):
        slide_maps.put(slide, visual, BODY)
    else:
        slide_charts.put(slide, visual, BODY)


def _slide(deck: Deck, title: str, notes: str) -> Any:
    """A slide whose title is the finding; its foot tells the release and the demonstration."""
    slide = deck.made.slides.add_slide(deck.made.slide_layouts[CHOSEN])
    frame = slide.shapes.title.text_frame
    frame.word_wrap = True
    frame.text = locale.tight(title)
    size = TITLE if len(title) < LONG_TITLE else 27 if len(title) < LONGEST_TITLE else TEXT
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold = Pt(size), True
        paragraph.font.color.rgb = _rgb(INK)
    mark = _("Données de démonstration, fictives") if deck.content.demonstration else ""
    told = (_("Publication {release}").format(release=deck.content.release), mark)
    foot = locale.separator().join(part for part in told if part)
    _words(slide, [foot], (0.6, 6.85, 12.1, 0.5), LABEL, SOFT)
    slide.notes_slide.notes_text_frame.text = notes
    return slide


def _alone(slide: Any, above: str) -> None:
    """A sentence that nothing is drawn of fills its slide."""
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = (Inches(x) for x in (0.6, 1.3, 12.1, 4.6))
    for paragraph in title.text_frame.paragraphs:
        paragraph.font.size = Pt(40 if len(title.text_frame.text) < LONGEST_TITLE else 32)
    _words(slide, [above], (0.6, 0.5, 12.1, 0.6), TEXT, ACCENT)


def _notes(deck: Deck, section: Section, one: Statement | None = None) -> str:
    """Source, vintage, perimeter, caveats, and the view that proves what is said."""
    content = deck.content
    href = one.href if one and one.href else content.address
    said = [section.title, *section.paragraphs, *(sheet.note for sheet in section.sheets)]
    said += [*content.lines, *(f"{d.label} : {d.caveat}" for d in content.definitions if d.caveat)]
    said.append(links.absolute(href, deck.origin))
    return "\n".join(locale.tight(line) for line in said if line)


def _sheet(deck: Deck, section: Section, sheet: Sheet) -> None:
    """A table, as many slides as it takes; one with more columns than a room reads is left to the other documents."""
    if len(sheet.columns) > COLUMNS or not sheet.rows:
        return
    parts = _held(sheet)
    count = len(parts)
    for number, rows in enumerate(parts):
        title = f"{sheet.title} ({number + 1}/{count})" if count > 1 else sheet.title
        slide = _slide(deck, title, _notes(deck, section))
        _table(slide, sheet, rows)


def _held(sheet: Sheet) -> list[tuple[tuple[Entry, ...], ...]]:
    """The rows by slide: as many as hold, one whose words take two lines counting for two."""
    wide = [BODY[2] * LETTERS * part for part in _widths(sheet)]
    found: list[list[tuple[Entry, ...]]] = [[]]
    room = ROWS
    for row in sheet.rows:
        lines = max(-(-len(cell.text) // max(int(letters), 1)) for cell, letters in zip(row, wide, strict=True)) or 1
        if lines > room and found[-1]:
            found.append([])
            room = ROWS
        found[-1].append(row)
        room -= lines
    return [tuple(rows) for rows in found]


def _widths(sheet: Sheet) -> list[float]:
    """Parts of the width that columns have: the first the widest, the others by what they hold where one is long."""
    columns = len(sheet.columns)
    first = {2: 0.6, 5: 0.3}.get(columns, 0.4)
    longest = [max(map(len, texts)) for texts in zip(sheet.columns, *_texts(sheet.rows), strict=True)]
    held = [max(one, SHORT) ** 0.5 for one in longest[1:]]
    if max(longest[1:], default=0) <= LONG:
        held = [1.0] * (columns - 1)
    return [first, *((1 - first) * one / sum(held) for one in held)]


def _texts(rows: tuple[tuple[Entry, ...], ...]) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row) for row in rows]


def _table(slide: Any, sheet: Sheet, rows: tuple[tuple[Entry, ...], ...]) -> None:
    left, top, wide, __ = (Inches(x) for x in BODY)
    high = Inches(0.5 * (len(rows) + 1))
    shape = slide.shapes.add_table(len(rows) + 1, len(sheet.columns), left, top, wide, high)
    shape.name = sheet.title
    shape.table.horz_banding = False
    for column, part in zip(shape.table.columns, _widths(sheet), strict=True):
        column.width = int(wide * part)
    written = [sheet.columns, *_texts(rows)]
    for number, (line, texts) in enumerate(zip(shape.table.rows, written, strict=True)):
        for place, (cell, text) in enumerate(zip(line.cells, texts, strict=True)):
            cell.text = text
            cell.fill.solid()
            cell.fill.fore_color.rgb = _rgb(TINT if number else ACCENT)
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.font.size, paragraph.font.color.rgb = Pt(LABEL), _rgb(INK if number else CARD)
            paragraph.alignment = PP_ALIGN.RIGHT if place else PP_ALIGN.LEFT


def _first(deck: Deck) -> None:
    content = deck.content
    slide = _slide(deck, content.title, "\n".join((content.subtitle, *content.lines)))
    _words(slide, [content.headline, content.subtitle], (0.6, 2.2, 12.1, 4.2), 28)


def _last(deck: Deck) -> None:
    """Where all of it comes from, and the code that reopens it; as many lines as the slide holds, all in the notes."""
    content, address = deck.content, links.link(deck.content, deck.origin)
    slide = _slide(deck, _("Provenance"), "\n".join((*content.lines, address)))
    lines, room = [], 10
    for line in content.lines:
        room -= -(-len(line) // 68)
        if room < 0:
            break
        lines.append(line)
    _words(slide, lines, (0.6, 1.7, 8.6, 5.0), LABEL)
    code = slide.shapes.add_picture(io.BytesIO(links.code_png(address)), Inches(9.6), Inches(1.9), Inches(3))
    code._element.nvPicPr.cNvPr.set(
        "descr", _("Code à lire avec un téléphone : rouvre cette page sur la même publication")
    )
    code.click_action.hyperlink.address = address
    _words(slide, [_("Rouvrir cette page, sur la même publication")], (9.3, 5.0, 3.6, 1.2), LABEL, ACCENT)


def _words(slide: Any, said: list[str], place: tuple[float, float, float, float], size: int, colour: str = INK) -> None:
    box = slide.shapes.add_textbox(*(Inches(x) for x in place))
    box.text_frame.word_wrap = True
    for number, text in enumerate(said):
        paragraph = box.text_frame.paragraphs[0] if number == 0 else box.text_frame.add_paragraph()
        paragraph.text = locale.tight(text)
        paragraph.font.size, paragraph.font.color.rgb, paragraph.space_after = Pt(size), _rgb(colour), Pt(6)


def _rgb(colour: str) -> RGBColor:
    made: RGBColor = RGBColor.from_string(colour[1:])
    return made
