"""What a view receives: values by area, each with its state, numerator and denominator."""

from __future__ import annotations

from dataclasses import dataclass

VALUE, ZERO, SUPPRESSED, MISSING = "value", "zero", "suppressed", "missing"
STATES = (VALUE, ZERO, SUPPRESSED, MISSING)
LEVELS = ("territory", "commune")


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of a release.

    ``sector`` and ``family`` are slugs, or ``None`` for all of them; ``year`` is ``None`` for the latest
    year the indicator has in the release; ``perimeter`` is 85, 90 or 95 communes.
    """

    indicator: str
    level: str = "territory"
    sector: str | None = None
    family: str | None = None
    year: int | None = None
    perimeter: int = 95


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
    ``denominator_year`` that of the denominator, ``sources`` the kinds of file the numbers come from.
    """

    query: Query
    unit: str
    cells: tuple[Cell, ...]
    total: Cell
    denominator_year: int | None
    sources: tuple[str, ...]
    source: str
    vintage: str
    notes: tuple[str, ...]

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
