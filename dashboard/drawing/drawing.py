"""A chart as it stands in a page, a file or a document: its marks, what they say in words, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from dashboard.colours import CARD, INK
from dashboard.drawing.marks import lines_of

WIDE = 360
"""Units across a drawing, whatever it is shown on: at the width of a telephone a unit is a pixel."""
FONTS = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"
BARS, LINES, STACKED = "bars", "lines", "stacked"
LETTER = 14
"""Height of what is written, in units: the least that is read on a telephone."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A value that all others are compared with (a mean, an equal share, a target): its number, and its words."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """One chart.

    Parameters
    ----------
    key : names it in addresses and files (slug).
    title : what it shows, in a few words.
    told : the same in a sentence, which stands for the chart where it is not seen.
    width, height : in units; a drawing is `WIDE` units wide unless it says otherwise.
    body : its marks as SVG (`dashboard.drawing.marks`), which hold their own colours and no style of a page.
    columns, rows : the table that says as much, as printed; the first cell of a row is its header.
    numbers : the same rows as numbers, for charts that other programs draw (None: no value).
    native : what such a program draws of them: `BARS`, or `LINES`, or `STACKED` bars whose parts add up.
    mark : what is drawn across them, a line and never one more bar; where it has a row in the table, that is the last.
    """

    key: str
    title: str
    told: str
    height: int
    body: Markup
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[tuple[float | None, ...], ...] = ()
    width: int = WIDE
    native: str = BARS
    mark: Mark | None = None

    def svg(self) -> Markup:
        """The chart inside a page: as wide as the place it is given, its words as its name."""
        return Markup(
            '<svg class="drawing" viewBox="0 0 {0} {1}" role="img" aria-label="{2}" font-family="{3}" '
            'font-size="{4}" fill="{5}">{6}</svg>'
        ).format(self.width, self.height, f"{self.title}. {self.told}", FONTS, LETTER, INK, self.body)

    def file(self, foot: Sequence[str] = ()) -> str:
        """The chart as a file of its own: a title above, its sentence and ``foot`` (source, release) below.

        Lines are cut at the width of the drawing.
        """
        above = lines_of(self.title, self.width, LETTER + 2)
        below = [one for said in (self.told, *foot) if said for one in lines_of(said, self.width, LETTER - 3)]
        top, step = 10 + 20 * len(above), 15
        high = top + self.height + 12 + step * len(below)
        words = [
            f'<text x="12" y="{20 * (i + 1)}" font-size="{LETTER + 2}" font-weight="700">{escape(one)}</text>'
            for i, one in enumerate(above)
        ]
        words += [
            f'<text x="12" y="{top + self.height + 14 + step * i}" font-size="{LETTER - 3}">{escape(one)}</text>'
            for i, one in enumerate(below)
        ]
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width + 24} {high}" '
            f'width="{self.width + 24}" height="{high}" font-family="{FONTS}" font-size="{LETTER}" fill="{INK}">'
            f"<title>{escape(self.title)}</title><desc>{escape(self.told)}</desc>"
            f'<rect width="100%" height="100%" fill="{CARD}"/>{"".join(words)}'
            f'<g transform="translate(12 {top})">{self.body}</g></svg>'
        )
