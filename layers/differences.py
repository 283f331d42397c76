"""One indicator in two releases, on one shared scale: what a map before and a map after show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers import measure, scales
from layers.classing import Classing
from layers.series import MISSING, Cell, Query

if TYPE_CHECKING:
    from layers.breaks import Breaks
    from layers.indicators import Indicator
    from layers.release import Release


@dataclass(frozen=True, slots=True)
class Difference:
    """Cells of one indicator before and after, area by area in the order of their codes.

    ``scale`` is cut from the values of both sides; ``before`` cells are missing where there was nothing to show.
    """

    indicator: Indicator
    level: str
    before_year: int | None
    after_year: int | None
    scale: Breaks
    before: tuple[Cell, ...]
    after: tuple[Cell, ...]

    @property
    def changed(self) -> tuple[tuple[Cell, Cell], ...]:
        """Areas that show something else after than before, the greatest differences first."""
        pairs = [
            (old, new)
            for old, new in zip(self.before, self.after, strict=True)
            if (old.value, old.state) != (new.value, new.state)
        ]
        return tuple(sorted(pairs, key=lambda pair: -abs((pair[1].value or 0.0) - (pair[0].value or 0.0))))


def comparable(after: Release) -> tuple[tuple[Indicator, str], ...]:
    """Indicators of which a release to come has a map, with the levels of each."""
    return tuple(
        (declared, level)
        for declared in after.indicators.values()
        if measure.available(after, declared.key)
        for level in declared.levels
    )


def between(before: Release | None, after: Release, indicator: str, level: str = "territory") -> Difference:
    """An indicator in the release shown (None where nothing was imported before) and in the one to come.

    Each at the year it is first shown at. Raises ``KeyError`` for an unknown indicator.
    """
    declared, query = after.indicators[indicator], Query(indicator, level)
    now = measure.series(after, query)
    known = before is not None and not before.demonstration and measure.available(before, indicator)
    was = measure.series(before, query) if before is not None and known else None
    absent = tuple(Cell(cell.code, cell.name, None, MISSING, None, None) for cell in now.cells)
    cells = absent if was is None else was.cells
    held = [cell.value for cell in (*cells, *now.cells) if cell.value is not None]
    return Difference(
        declared,
        level,
        was.query.year if was is not None else None,
        now.query.year,
        scales.cut(held, level, Classing(), declared.pivot),
        cells,
        now.cells,
    )
