"""Maps that the server draws whole: an area or the metropole in a frame of its own, painted by a scale it is handed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import french, geometry, locale
from dashboard.areas import named
from dashboard.i18n import _
from dashboard.legend import SHARE, STATES
from geodata.paths import Shape as PathShape
from layers.indicators import Indicator

if TYPE_CHECKING:
    from dashboard.legend import Scale
    from layers.series import Cell

CIRCLE = 0.1
"""Radius of the largest circle, as a part of the width of a frame."""
LENGTHS = (10, 5, 2, 1, 0.5)
"""Kilometres that a scale bar may stand for."""
BAR = 0.3
"""A scale bar is at most this part of its frame."""
WIDTH_OF_DIGIT = 0.56
"""Width of a figure as a part of its height."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One area as a small map draws it; ``radius`` is that of its circle, ``hollow`` where its value is below zero.

    ``told`` says it in a few words.
    """

    code: str
    state: str
    mark: str
    path: str
    x: int
    y: int
    radius: int
    hollow: bool
    short: str
    text: str
    told: str
    href: str
    dark: bool
    low: bool
    written: bool


@dataclass(frozen=True, slots=True)
class SmallMap:
    """One frame: what is painted in it, what is drawn around it, its scale bar."""

    key: str
    name: str
    frame: tuple[int, int, int, int]
    unit: float
    shapes: tuple[Shape, ...]
    around: tuple[str, ...]
    lines: tuple[str, ...]
    kilometres: str
    bar: int
    fill: bool
    states: frozenset[str]
    """Marks of the states without class that are painted in it."""


@dataclass(frozen=True, slots=True)
class Painter:
    """How small maps of one indicator are painted: one scale, whatever the frame.

    ``pixels`` is the width at which a frame is shown, ``high`` the height that it must not exceed, ``letters`` the
    height of what is written, ``names`` whether every area is written with its name; else a value is written where its
    area is large enough for it.
    """

    indicator: Indicator
    level: str
    scale: Scale
    href: Callable[[str], str]
    pixels: int
    high: int | None = None
    letters: int = 15
    names: bool = False

    def draw(
        self,
        key: str,
        name: str,
        cells: Sequence[Cell],
        drawn: geometry.Drawing,
        frame: tuple[int, int, int, int] | None = None,
    ) -> SmallMap:
        """Paint cells of the level inside a frame, by default the whole map."""
        frame = frame or drawn.view
        shapes = drawn.shapes(self.level)
        unit = max(frame[2] / self.pixels, frame[3] / self.high if self.high else 0)
        painted = tuple(self._shape(cell, shapes[cell.code], unit, frame) for cell in cells)
        inside = {cell.code for cell in cells}
        apart = [shape.path for code, shape in shapes.items() if code not in inside]
        metres = drawn.paths.metres_per_unit
        length = next((km for km in LENGTHS if km * 1000 / metres <= BAR * frame[2]), LENGTHS[-1])
        return SmallMap(
            key=key,
            name=name,
            frame=frame,
            unit=round(unit, 3),
            shapes=painted,
            around=(*apart, *drawn.outside.values()),
            lines=tuple(drawn.lines[self.level].values()),
            kilometres=f"{locale.number(length, 1 if length < 1 else 0)}{french.NBSP}km",
            bar=round(length * 1000 / metres),
            fill=self.indicator.fill,
            states=frozenset(shape.mark for shape in painted if shape.mark in "zsm"),
        )

    def _shape(self, cell: Cell, place: PathShape, unit: float, frame: tuple[int, int, int, int]) -> Shape:
        text = locale.cell(self.indicator, cell)
        short = named(self.level, cell.code, cell.name).short
        mark = self.scale.mark(cell)
        share = self.scale.share(cell.value) if cell.value else 0
        radius = 0 if self.indicator.fill else round(CIRCLE * self.pixels * unit * (abs(share) / SHARE) ** 0.5)
        wide = len(text) * self.letters * WIDTH_OF_DIGIT / 2
        return Shape(
            code=cell.code,
            state=cell.state,
            mark=mark,
            path=place.path,
            x=place.x,
            y=place.y,
            radius=radius,
            hollow=share < 0,
            short=short,
            text=text,
            told=_("{area} : {value}").format(area=short, value=text),
            href=self.href(cell.code),
            dark=self.indicator.fill and mark in self.scale.dark,
            low=self.scale.breaks.below is not None and mark < "4",
            written=self.names or (place.radius / unit >= wide and self._is_whole(place, wide * unit, unit, frame)),
        )

    def _is_whole(self, place: PathShape, half: float, unit: float, frame: tuple[int, int, int, int]) -> bool:
        """Whether a value written on an area is inside the frame, and above its scale bar."""
        x, y, width, height = frame
        foot = 3 * self.letters * unit if place.x + half > x + (1 - BAR) * width else self.letters * unit
        return (
            x <= place.x - half
            and place.x + half <= x + width
            and y + self.letters * unit <= place.y <= y + height - foot
        )


def blocks(labels: Sequence[str], scale: Scale, states: Collection[str]) -> list[tuple[str, str]]:
    """The legend: mark and label of each class, then of each state that is painted."""
    found = list(zip(scale.marks, labels, strict=True)) if labels else []
    return found + [(mark, _(text)) for mark, text in STATES if mark in states]
