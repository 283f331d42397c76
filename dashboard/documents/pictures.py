"""Maps and charts as pictures of the resolution of print, for programs that draw no SVG."""

from __future__ import annotations

import resvg_py

PIXELS = 1600
"""Width of a picture: 300 dots an inch over 13.5 centimetres."""
FAMILY = "DejaVu Sans"
"""Font where those of the interface are not installed."""


def png(svg: str, pixels: int = PIXELS) -> bytes:
    """An SVG file as PNG on white, ``pixels`` wide."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, width=pixels, background="#ffffff", font_family=FAMILY, sans_serif_family=FAMILY
        )
    )
