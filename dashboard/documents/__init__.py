"""Documents made of a content: a printed portrait, a card of one page, a text to complete, slides to edit.

`DOCUMENTS` declares them: what a registry of exports and a command offer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from dashboard.i18n import msg

if TYPE_CHECKING:
    from dashboard.content import Content


@dataclass(frozen=True, slots=True)
class Kind:
    """One document: its name as offered, extension, content type, and the section that it wants of a content."""

    key: str
    label: str
    extension: str
    content_type: str
    module: str
    function: str = "document"
    section: str = ""

    def suits(self, content: Content) -> bool:
        """Whether it can be made of a content."""
        return not self.section or any(section.key == self.section for section in content.sections)

    def write(self, content: Content, origin: str) -> bytes:
        """The file, in the language in force; ``origin`` (« https://host ») is where its links lead.

        What writes it is imported here: pages that make no document do not pay for it.
        """
        made: Callable[[Content, str], bytes] = getattr(
            import_module(f"dashboard.documents.{self.module}"), self.function
        )
        return made(content, origin)


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
DOCUMENTS: dict[str, Kind] = {
    one.key: one
    for one in (
        Kind("pdf", msg("PDF"), "pdf", "application/pdf", "printed"),
        Kind("card", msg("Fiche 90 secondes"), "pdf", "application/pdf", "printed", "card", "briefing"),
        Kind("docx", msg("Word"), "docx", WORD, "word"),
        Kind("pptx", msg("PowerPoint"), "pptx", SLIDES, "slides"),
    )
}
