"""Series made by hand, for the tests of sentences, legends and charts."""

from __future__ import annotations

from dataclasses import replace

from geodata.territories import TERRITORIES
from layers.indicators import INDICATORS
from layers.notes import Note
from layers.series import Cell, Query, Series
from layers.support import Backing, Support
from tests import factories

Told = float | str
"""A number, or ``s`` (hidden), or ``n.d.`` (missing)."""
STATES = {"s": "suppressed", "n.d.": "missing"}


def cell(code: str, told: Told, name: str = "") -> Cell:
    """One cell, its state told by its value."""
    if isinstance(told, str):
        return Cell(code, name, None, STATES[told], None, None)
    return Cell(code, name, float(told), "value" if told else "zero", float(told), None)


def series(
    key: str, told: dict[str, Told], total: Told = "n.d.", notes: tuple[Note, ...] = (), **choice: str | int | None
) -> Series:
    """A series by code of territory (one digit) or of commune."""
    level = "territory" if all(code in TERRITORIES for code in told) else "commune"
    query = Query(key, level, **choice)  # type: ignore[arg-type]
    names = factories.geography().communes["name"]
    cells = tuple(cell(code, value, str(names.get(code, ""))) for code, value in told.items())
    whole = cell("mel", total, "Métropole")
    return Series(query, INDICATORS[key].unit, cells, whole, None, (), "", "", notes)


def backing(made: Series, units: float = 1e6, adrift: float = 0.0) -> Support:
    """What stands behind a series made by hand: what it counts, else so many units behind each of its ratios."""
    key = made.query.indicator
    areas = {one.code: _behind(key, one, units) for one in made.cells}
    return Support(INDICATORS[key], areas, _behind(key, made.total, units), (adrift, 0.0))


def _behind(key: str, one: Cell, units: float) -> Backing:
    indicator, value = INDICATORS[key], one.value or 0.0
    if indicator.kind == "count":
        return Backing(one, value)
    if indicator.numerator == "amount":
        return Backing(replace(one, numerator=value, denominator=1.0), units if value else 0.0, value**2 / units)
    if indicator.chance == "wilson":
        return Backing(replace(one, numerator=units * value / 100, denominator=units), units)
    below = indicator.scale * units / (value or 1.0)
    return Backing(replace(one, numerator=units if value else 0.0, denominator=below), units if value else 0.0)
