"""The map of a view as a file or a document draws it: the areas, classes and texts that the page shows."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard import bivariate, geometry, packs, smallmaps
from dashboard.content import Map
from dashboard.disputes import figure
from dashboard.i18n import _
from dashboard.legend import SHARE, STATES
from dashboard.pages import carte_areas
from dashboard.pages.carte import headline
from dashboard.slices import scale_of

if TYPE_CHECKING:
    from dashboard.services import View
    from dashboard.slices import Slice
    from dashboard.smallmaps import Shape, SmallMap

PIXELS, HIGH = 720, 560
"""Width that the map is painted for, and the height it must not exceed."""
MANY = 20
"""Areas from which names are written on the map no more: values are, where they hold."""


def mapped(view: View, made: Slice) -> Map:
    """The map of a view with its legend; ``made`` is the slice that the page shows (`pages.carte.made_of`)."""
    drawn = _drawn(view, made)
    states = [(mark, _(text)) for mark, text in STATES if mark in drawn.states]
    classes = list(zip(made.class_marks, made.labels, strict=False)) if made.indicator.fill else []
    return Map(
        drawn=drawn,
        title=made.subtitle,
        blocks=(*classes, *states),
        sizes=tuple((label, radius(share, drawn.unit)) for label, share in made.sizes),
        palette=packs.palette(made.indicator, view.state.classing, view.state.paired),
        classes=len(made.labels),
    )


def _drawn(view: View, made: Slice) -> SmallMap:
    state, release = view.state, view.release
    geo = geometry.drawing(release, state.perimeter)
    cells = made.cells
    painter = smallmaps.Painter(
        made.indicator,
        state.level,
        scale_of(release, made.series.query, state.classing),
        lambda code: "",
        PIXELS,
        HIGH,
        names=len(cells) < MANY,
    )
    drawn = painter.draw("carte", headline(view, made), cells, geo, carte_areas.frame_of(state, geo))
    places = geo.shapes(state.level)
    met = figure.flagged(view)
    shapes = tuple(_as_shown(made, i, shape, drawn.unit, met) for i, shape in enumerate(drawn.shapes))
    if made.pair is not None and not painter.names:  # two values take more room than the painter was told of
        half = painter.letters * smallmaps.WIDTH_OF_DIGIT / 2
        shapes = tuple(
            replace(one, written=places[one.code].radius / drawn.unit >= len(one.text) * half) for one in shapes
        )
    return replace(drawn, shapes=shapes, states=frozenset(shape.mark for shape in shapes if shape.mark in "zsm"))


def _as_shown(made: Slice, i: int, shape: Shape, unit: float, met: frozenset[figure.Figure]) -> Shape:
    """A shape with the class, text and circle of the page, whatever they are made of: a value, a change, a crossing."""
    share = made.circles[i] if made.circles else 0 if made.indicator.fill else made.shares[i]
    mark = made.marks[i]
    return replace(
        shape,
        mark=mark,
        text=figure.signed(bivariate.both(made, i), figure.of_slice(made, shape.code), met),
        radius=round(radius(abs(share), unit)),
        hollow=share < 0,
        dark=made.indicator.fill and mark in made.dark,
    )


def radius(share: int, unit: float) -> float:
    """Radius in units of the map: areas of circles are in proportion to what they stand for; as negative as it is."""
    return math.copysign(smallmaps.CIRCLE * PIXELS * unit * (abs(share) / SHARE) ** 0.5, share)
