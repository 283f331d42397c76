"""What a view receives: values by area, each with its state, numerator and denominator."""

from __future__ import annotations

from dataclasses import dataclass, replace

from layers.dimensions import DIMENSIONS, PARTED, Chosen, split, written
from layers.notes import Note

VALUE, ZERO, SUPPRESSED, MISSING = "value", "zero", "suppressed", "missing"
STATES = (VALUE, ZERO, SUPPRESSED, MISSING)
LEVELS = ("territory", "commune")
READY = ("sector", "family")
"""Dimensions that a panel holds value by value."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of a release.

    ``sector``, ``family`` and the other dimensions of `layers.dimensions` are slugs parted by commas, written in the
    order of the dimension whatever that given, or ``None`` for all of them; ``year`` is ``None`` for the latest year
    the indicator has in the release; ``perimeter`` is 85, 90 or 95 communes.
    """

    indicator: str
    level: str = "territory"
    sector: str | None = None
    family: str | None = None
    year: int | None = None
    perimeter: int = 95
    size: str | None = None
    employer: str | None = None
    qpv: str | None = None
    instrument: str | None = None

    def __post_init__(self) -> None:
        for key in DIMENSIONS:
            object.__setattr__(self, key, written(key, getattr(self, key)))

    @property
    def chosen(self) -> dict[str, Chosen]:
        """The slugs asked for, by dimension, of those that are filtered."""
        return {key: split(text) for key in DIMENSIONS if (text := getattr(self, key)) is not None}

    def filtered(self, key: str, text: str | None) -> Query:
        """The same with other slugs of one dimension, None for all."""
        return replace(self, **{key: text})  # type: ignore[arg-type]

    @property
    def is_ready(self) -> bool:
        """Whether it asks for one sector and one family at most, and nothing else: what panels hold ready."""
        return all(key in READY and PARTED not in getattr(self, key) for key in self.chosen)


@dataclass(frozen=True, slots=True)
class Cell:
    """One area: ``value`` is a number in states ``value`` and ``zero``, ``None`` in the two others.

    ``numerator`` and ``denominator`` are the sums the value was divided from, in their own units;
    ``denominator`` is ``None`` for a count.
    """

    code: str
    name: str
    value: float | None
    state: str
    numerator: float | None
    denominator: float | None


@dataclass(frozen=True, slots=True)
class Series:
    """The cells of one query, in the order of the area codes, and the metropole as a whole.

    ``query.year`` is the year that was really read (``None`` where the release holds none),
    ``denominator_year`` that of the denominator, ``sources`` the kinds of file the numbers come from, ``vintages``
    their editions, ``filters`` the labels of what was chosen, by dimension.
    """

    query: Query
    unit: str
    cells: tuple[Cell, ...]
    total: Cell
    denominator_year: int | None
    sources: tuple[str, ...]
    source: str
    vintage: str
    notes: tuple[Note, ...]
    vintages: tuple[str, ...] = ()
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def cell(self, code: str) -> Cell:
        """The cell of one area; ``KeyError`` where the perimeter does not hold it."""
        for cell in self.cells:
            if cell.code == code:
                return cell
        raise KeyError(code)

    def count(self, state: str) -> int:
        """How many cells are in ``state``."""
        return sum(cell.state == state for cell in self.cells)

    def within(self, codes: frozenset[str]) -> tuple[Cell, ...]:
        """The cells of some areas only, in the same order."""
        return tuple(cell for cell in self.cells if cell.code in codes)
