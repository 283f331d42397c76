"""A content as a text to complete (DOCX): headings, native tables, maps, and places for what a workshop writes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from dashboard import i18n, locale
from dashboard.colours import ACCENT, INK, SOFT
from dashboard.content import parted
from dashboard.documents import links, painted
from dashboard.documents.pictures import png
from dashboard.i18n import _, msg

if TYPE_CHECKING:
    from dashboard.content import Content, Map, Section, Sheet
    from dashboard.drawing import Drawing

FONT = "Arial"
"""A font of every office; LibreOffice has one of the same widths."""
TAGS = {"fr": "fr-FR", "en": "en-GB"}
WIDE, MAP, CODE = 17.0, 11.5, 3.0
"""Centimetres: the text, a picture, the code."""
TO_COMPLETE = msg("À compléter en atelier")
WORKSHOP: tuple[tuple[str, tuple[str, ...]], ...] = (
    (msg("Atouts, faiblesses, opportunités, menaces"),
     (msg("Atouts"), msg("Faiblesses"), msg("Opportunités"), msg("Menaces"))),
    (msg("Enjeux"), ()),
    (msg("Actions"), ()),
    (msg("Compte rendu de l’atelier"), ()),
)  # fmt: skip
"""What the workshop writes: headings, and the headings under them."""
ACTIONS = (msg("Action"), msg("Porteur"), msg("Échéance"), msg("Indicateur de suivi"))
MANY = 5
MOST = 10
"""Columns that hold on a page."""
"""Columns from which a table is written smaller."""
BLANK = 3
"""Empty rows of the table of actions."""


def document(content: Content, origin: str) -> bytes:
    """The diagnostic, in the language in force; ``origin`` is where its links lead."""
    made = Document()
    _dress(made, content)
    _open(made, content, links.link(content, origin))
    for section in content.sections:
        _section(made, section, origin)
    _workshop(made)
    _definitions(made, content)
    made.add_heading(_("Provenance"), 1)
    for line in content.lines:
        made.add_paragraph(locale.tight(line), style="List Bullet")
    _link(made.add_paragraph(), links.link(content, origin), links.link(content, origin))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _dress(made: Any, content: Content) -> None:
    """Page, styles, language, properties, running header and footer."""
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    for name, size, colour in (
        ("Normal", 10.5, INK), ("Title", 24, INK), ("Heading 1", 17, ACCENT), ("Heading 2", 13, INK),
        ("Heading 3", 11, INK), ("Caption", 9, SOFT),
    ):  # fmt: skip
        style = made.styles[name]
        style.font.bold = name.startswith("Heading")
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor.from_string(colour[1:])
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[theme]
    for lang in made.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), TAGS[i18n.language()])
    made.core_properties.title = content.title
    made.core_properties.subject = content.headline
    made.core_properties.author = made.core_properties.comments = ""
    made.core_properties.language = TAGS[i18n.language()]
    mark = _("Données de démonstration, fictives") if content.demonstration else ""
    head = page.header.paragraphs[0]
    head.text = locale.separator().join(part for part in (content.title, mark) if part)
    head.runs[0].font.size = Pt(8)
    foot = page.footer.paragraphs[0]
    foot.add_run(_("Publication {release}").format(release=content.release) + locale.separator())
    _field(foot, "PAGE")
    foot.add_run(" / ")
    _field(foot, "NUMPAGES")


def _open(made: Any, content: Content, address: str) -> None:
    made.add_heading(content.title, 0)
    first = made.add_paragraph()
    first.add_run(locale.tight(content.headline)).bold = True
    made.add_paragraph(locale.tight(content.subtitle))
    if content.demonstration:
        made.add_paragraph().add_run(_("Données de démonstration, fictives")).bold = True
    told = _("Code à lire avec un téléphone : rouvre cette page sur la même publication")
    _picture(made, links.code_png(address), CODE, told, centred=False)
    _link(made.add_paragraph(), _("Rouvrir cette page, sur la même publication"), address)


def _section(made: Any, section: Section, origin: str) -> None:
    made.add_heading(section.title, 1)
    for paragraph in section.paragraphs:
        made.add_paragraph(locale.tight(paragraph))
    for one in section.statements:
        written = made.add_paragraph(style="List Bullet")
        if one.kind:
            written.add_run(locale.tight(_("{kind} : ").format(kind=one.kind))).bold = True
        written.add_run(locale.tight(one.text))
        if one.href:
            written.add_run(" ")
            _link(written, one.linked or _("Voir la preuve"), links.absolute(one.href, origin))
    for shown in section.maps:
        _map(made, shown)
    for drawn in section.drawings:
        _drawing(made, drawn)
    for sheet in (part for one in section.sheets for part in parted(one, MOST)):
        if sheet.rows:
            _sheet(made, sheet)


def _map(made: Any, shown: Map) -> None:
    made.add_heading(shown.title, 2)
    _picture(made, png(painted.file(shown)), MAP, painted.told(shown))


def _drawing(made: Any, drawn: Drawing) -> None:
    made.add_heading(drawn.title, 2)
    made.add_paragraph(drawn.told).paragraph_format.keep_with_next = True
    _picture(made, png(painted.drawing(drawn)), MAP, f"{drawn.title}. {drawn.told}")
    if drawn.rows:
        _table(made, drawn.columns, drawn.rows)


def _sheet(made: Any, sheet: Sheet) -> None:
    made.add_heading(sheet.title, 2)
    _table(made, sheet.columns, tuple(tuple(cell.text for cell in row) for row in sheet.rows))
    if sheet.note:
        made.add_paragraph(locale.tight(sheet.note), style="Caption")


def _table(made: Any, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    """A table whose header is repeated on each page and whose rows are not cut."""
    table = made.add_table(rows=1 + len(rows), cols=len(columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    many = len(columns) > MANY
    table.autofit = False
    first = 0.24 if many else 0.4 if len(columns) > 2 else 0.6  # noqa: PLR2004
    widths = [WIDE * first] + [WIDE * (1 - first) / max(1, len(columns) - 1)] * (len(columns) - 1)
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Cm(wide)
    for number, (row, cells) in enumerate(zip(table.rows, (columns, *rows), strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for place, (cell, text, wide) in enumerate(zip(row.cells, cells, widths, strict=True)):
            cell.width = Cm(wide)
            _fill(cell.paragraphs[0], text, 7.5 if many else 9, heading=number == 0, right=place > 0)
    made.add_paragraph()


def _fill(paragraph: Any, text: str, size: float, *, heading: bool, right: bool) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), heading
    paragraph.paragraph_format.keep_with_next = heading
    paragraph.paragraph_format.space_after = Pt(1)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _workshop(made: Any) -> None:
    """The places that a workshop fills in."""
    for title, parts in WORKSHOP:
        made.add_heading(_(title), 1)
        for part in parts:
            made.add_heading(_(part), 2)
            _blank(made)
        if title == "Actions":
            _table(made, tuple(_(one) for one in ACTIONS), ((_(TO_COMPLETE), "", "", ""), *((("",) * 4,) * BLANK)))
        elif not parts:
            _blank(made)


def _blank(made: Any) -> None:
    run = made.add_paragraph().add_run(_(TO_COMPLETE))
    run.italic, run.font.color.rgb = True, RGBColor.from_string(SOFT[1:])


def _definitions(made: Any, content: Content) -> None:
    if content.definitions:
        made.add_heading(_("Définitions"), 1)
    for one in content.definitions:
        said = [
            one.definition,
            one.formula and _("Calcul : {formula}").format(formula=one.formula),
            one.source and _("Source : {source}").format(source=one.source),
            one.caveat,
        ]
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.keep_together = True
        paragraph.add_run(f"{one.label} ({one.unit})" if one.unit else one.label).bold = True
        for text in said:
            if text:
                paragraph.add_run().add_break()
                paragraph.add_run(locale.tight(text)).font.size = Pt(9)


def _picture(made: Any, picture: bytes, wide: float, told: str, *, centred: bool = True) -> None:
    """A picture with its alternative text."""
    paragraph = made.add_paragraph()
    paragraph.add_run().add_picture(io.BytesIO(picture), width=Cm(wide))
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for properties in paragraph._p.iter(qn("wp:docPr")):
        properties.set("descr", told)


def _link(paragraph: Any, said: str, address: str) -> None:
    found = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), found)
    run = paragraph.add_run(said)
    run.font.color.rgb, run.underline = RGBColor.from_string(ACCENT[1:]), True
    element.append(run._r)
    paragraph._p.append(element)


def _field(paragraph: Any, name: str) -> None:
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    element.append(run._r)
    paragraph._p.append(element)
