"""Charts that the server draws as SVG: one drawing for the page, the file, the printed document."""

from __future__ import annotations

from dashboard.drawing.drawing import Drawing
from dashboard.drawing.marks import circle, line, polyline, rect, text, width_of

__all__ = ["Drawing", "circle", "line", "polyline", "rect", "text", "width_of"]
