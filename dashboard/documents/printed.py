"""A content as tagged PDF (PDF/UA-1): the whole of it on A4, or its briefing on one page."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from dashboard import i18n, locale
from dashboard.content import Content, Map, Section, parted
from dashboard.documents import links, painted
from dashboard.i18n import _, plural

if TYPE_CHECKING:
    from weasyprint import Document

VARIANT = "pdf/ua-1"
BRIEFING = "briefing"
"""Key of the section that the card of one page holds."""
SIZES = ((10.5, 70), (10.0, 62), (9.5, 54), (9.0, 46), (8.5, 40), (8.0, 34), (7.5, 28))
"""Heights of the text of a card in points and of its map in millimetres: the first at which it holds on its page."""


COLUMNS = 10
"""Columns of a table that hold across A4."""
PRINTED = 100
"""Millimetres, about, that the width of a map takes in print."""


class TooLongError(ValueError):
    """A briefing does not hold on one page even in the smallest text."""


def document(content: Content, origin: str) -> bytes:
    """The whole content on A4, in the language in force; ``origin`` is where its links lead."""
    return _written(_laid("document.html", content, origin, content.sections))


def card(content: Content, origin: str) -> bytes:
    """The briefing of a content on one page.

    ``KeyError`` where the content has none, `TooLongError` where it does not hold.
    """
    sections = tuple(section for section in content.sections if section.key == BRIEFING)
    if not sections:
        raise KeyError(BRIEFING)
    for size, high in SIZES:
        laid = _laid("document_card.html", content, origin, sections, size=size, high=high)
        if len(laid.pages) == 1:
            return _written(laid)
    raise TooLongError(content.key)


def _laid(template: str, content: Content, origin: str, sections: tuple[Section, ...], **more: Any) -> Document:
    from weasyprint import HTML  # noqa: PLC0415  (0.5 s, and only for documents)

    address = links.link(content, origin)
    html = (
        templates()
        .get_template(template)
        .render(
            content=content,
            sections=sections,
            address=address,
            code=links.source(links.code_svg(address)),
            absolute=lambda href: links.absolute(href, origin),
            **more,
        )
    )
    return HTML(string=html, url_fetcher=_embedded()).render()


def _written(laid: Document) -> bytes:
    written: bytes = laid.write_pdf(pdf_variant=VARIANT)
    return written


def _embedded() -> Any:
    """What opens the addresses of a document: what it holds itself, nothing of the network or of the disk."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415  (as above)

    return URLFetcher(allowed_protocols=("data",))


@cache
def templates() -> Environment:
    """The templates of documents, and what they call."""
    made = Environment(
        loader=PackageLoader("dashboard"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["tight"] = locale.tight
    made.globals.update(
        _=lambda text: locale.tight(_(text)),
        plural=lambda one, many, number: locale.tight(plural(one, many, number)),
        language=i18n.language,
        map_data=lambda shown: links.source(painted.svg(shown)),
        map_told=painted.told,
        drawing_data=lambda drawn: links.source(painted.drawing(drawn)),
        swatch=lambda shown, mark: links.source(painted.swatch(shown, mark)),
        disc_style=_disc,
        parted=lambda sheet: parted(sheet, COLUMNS),
    )
    return made


def _disc(shown: Map, radius: float) -> str:
    """Style of a circle of the legend, hollow below zero; ``radius`` in units of the map, printed at a scale."""
    side = round(2 * abs(radius) * PRINTED / shown.drawn.frame[2], 2)
    drawn = "background: #9fd0bd; border: .5pt solid #0f6a63" if radius > 0 else "border: 1pt dashed #0f6a63"
    return f"width: {side}mm; height: {side}mm; border-radius: 50%; {drawn}"
