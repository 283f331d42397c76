"""The areas of ``/carte`` as they are drawn and listed first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dashboard import bivariate, geometry, legend
from dashboard.areas import named
from dashboard.disputes.figure import SIGN
from dashboard.disputes.shown import of_map

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboard.services import View
    from dashboard.slices import Slice
    from dashboard.viewstate import ViewState
    from layers.series import Cell

CIRCLE = 0.075
"""Radius of the largest circle, as a part of the width of the map."""
MORE = 2
"""Characters that a second value takes beside its own."""
INSIDE, BELOW = 34, 15
"""Pixels: radius from which a circle holds its label, and how far below a smaller one the label stands."""


@dataclass(frozen=True, slots=True)
class Area:
    """One area as the map draws it first; a circle is ``hollow`` where its value is below zero."""

    code: str
    state: str
    mark: str
    path: str
    x: int
    y: int
    radius: int
    hollow: bool
    text: str
    short: str
    label_y: int
    dark: bool
    low: bool
    inside: bool
    pin: str = ""
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the ranked list."""

    code: str
    state: str
    mark: str
    rank: int
    short: str
    text: str
    share: int
    width: float
    left: float
    pin: str
    second: str = ""
    flag: str = ""

    @property
    def length(self) -> int:
        """Characters of its name, with the sign of disputed values where it has it."""
        return len(self.short) + (len(self.flag) + 1 if self.flag else 0)


def areas(view: View, made: Slice, drawn: geometry.Drawing) -> list[Area]:
    """All the areas of the level; those outside the scope are drawn apart."""
    state = view.state
    inside = {cell.code: i for i, cell in enumerate(made.cells)}
    frame = frame_of(state, drawn)
    fill = made.indicator.fill
    widest = 0.0 if fill and not made.circles else CIRCLE * drawn.view[2] * min(1.0, frame[2] / drawn.view[2] * 1.6)
    shapes, flagged = drawn.shapes(state.level), codes_of(view)
    return [
        replace(
            _area(cell, mark, made, inside.get(cell.code), shapes[cell.code], widest=widest, unit=geometry.unit(frame)),
            pin=letter(state, cell.code),
            flag=SIGN if cell.code in flagged else "",
        )
        for cell, mark in zip(made.series.cells, made.around or made.marks, strict=True)
    ]


def codes_of(view: View) -> frozenset[str]:
    """The areas of a view of which a value that is shown is disputed."""
    return frozenset(one.place for one in of_map(view))


def frame_of(state: ViewState, drawn: geometry.Drawing) -> tuple[int, int, int, int]:
    """The part of the map that is shown: all of it, a territory, or a commune."""
    if state.level != "commune" or state.territory is None:
        return drawn.view
    shape = drawn.paths.communes[state.commune] if state.commune else drawn.paths.territories[state.territory]
    return geometry.padded(shape.box, drawn.view)


def _area(cell: Cell, mark: str, made: Slice, place: int | None, shape: Any, *, widest: float, unit: float) -> Area:
    shares = made.circles or made.shares
    share = shares[place] if widest and place is not None else 0
    radius = round(widest * (abs(share) / legend.SHARE) ** 0.5)
    large = radius >= INSIDE * unit
    darkest = mark in made.dark
    return Area(
        code=cell.code,
        state=legend.state_of(mark),
        mark=mark,
        path=shape.path,
        x=shape.x,
        y=shape.y,
        radius=radius,
        hollow=share < 0,
        text=bivariate.both(made, place) if place is not None else "",
        short=named(made.series.query.level, cell.code, cell.name).short,
        label_y=shape.y if large or not radius else round(shape.y + radius + BELOW * unit),
        dark=not made.circles and (large and share > 0 if widest else darkest),
        low=made.diverges and mark < "4",
        inside=place is not None,
    )


def ranked(made: Slice, state: ViewState, flagged: Collection[str] = ()) -> list[Row]:
    """Highest first; what has no value comes last, by code."""
    level = made.series.query.level
    seconds = made.pair.texts if made.pair else ("",) * len(made.cells)
    rows = [
        Row(
            cell.code,
            legend.state_of(mark),
            mark,
            rank,
            named(level, cell.code, cell.name).short,
            text,
            share,
            width,
            left,
            letter(state, cell.code),
            second,
            SIGN if cell.code in flagged else "",
        )
        for cell, mark, rank, text, share, (width, left), second in zip(
            made.cells,
            made.marks,
            made.told_ranks,
            made.texts,
            made.shares,
            legend.extents(made.shares),
            seconds,
            strict=True,
        )
    ]
    order = dict(zip((cell.code for cell in made.cells), made.ranks, strict=True))
    return sorted(rows, key=lambda row: (order[row.code] == 0, order[row.code], row.code))


def columns(rows: list[Row]) -> str:
    """Widths of the columns of names and values, in characters of the longest; as in `assets/ranking.js`."""
    longest = {
        "who": max(row.length for row in rows),
        "num": max(len(row.text) + (len(row.second) + MORE if row.second else 0) for row in rows),
    }
    return ";".join(f"--{name}:{max(1, length)}" for name, length in longest.items())


def letter(state: ViewState, code: str) -> str:
    """The letter of an area that is pinned, A to C; empty for the others."""
    return chr(ord("A") + state.pinned.index(code)) if code in state.pinned else ""
