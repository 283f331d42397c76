"""Series made by hand, for the tests of sentences, legends and charts."""

from __future__ import annotations

from geodata.territories import TERRITORIES
from layers.indicators import INDICATORS
from layers.notes import Note
from layers.series import Cell, Query, Series
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
