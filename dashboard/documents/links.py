"""The link that reopens what a document shows on its release, and the same as a code that a telephone reads."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

import segno

if TYPE_CHECKING:
    from dashboard.content import Content

ERRORS = "m"
"""Level of correction of a code: printed, it may lose 15 % of its surface."""
BORDER = 4
"""Blank modules around a code, as its standard wants."""


def link(content: Content, origin: str) -> str:
    """The whole address of a content; ``origin`` is « https://host » without a slash at its end."""
    return absolute(content.address, origin)


def absolute(address: str, origin: str) -> str:
    """An address of the application as one that is followed from anywhere; one that already is stays as it is."""
    return address if "://" in address or address.startswith("mailto:") else f"{origin.rstrip('/')}{address}"


def code_svg(address: str) -> str:
    """The code of an address as SVG, a file of its own."""
    out = io.BytesIO()
    segno.make(address, error=ERRORS, micro=False).save(out, kind="svg", border=BORDER, xmldecl=False, scale=4)
    return out.getvalue().decode()


def source(svg: str) -> str:
    """An SVG file as the source of a picture that a page or a document holds itself."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def code_png(address: str) -> bytes:
    """The code of an address as a picture."""
    out = io.BytesIO()
    segno.make(address, error=ERRORS, micro=False).save(out, kind="png", border=BORDER, scale=8)
    return out.getvalue()
