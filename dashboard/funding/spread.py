"""The numbers of the page: what each territory has of the awards of a year, and per unit of each need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.areas import Named, metropole, territory
from dashboard.funding.choice import Choice, asked
from dashboard.i18n import _
from geodata.perimeter import members
from geodata.territories import TERRITORIES
from layers import awards, equity, needs
from layers.awards import MULTI, NOWHERE, Amount
from layers.indicators import INDICATORS
from layers.parts import obstacle
from layers.series import MISSING, VALUE, ZERO, Cell
from layers.support import Backing, Support

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.services import View
    from layers.equity import Equity

CENTS = 100
EMPTY = Amount(0, 0, 0, None, None)
PER = ("population", "jobs", "structures")
"""What amounts are divided by: two needs, and the structures of the ESS."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """Euros per unit of a need; ``state`` as in `layers.series`."""

    value: float | None
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    """One territory, a bucket (``ratios`` empty) or the whole."""

    code: str
    named: Named
    amount: Amount
    ratios: dict[str, Ratio]


@dataclass(frozen=True)
class Spread:
    """All that is shown of one year; ``frame`` are the awards of all years, ``now`` those of the year.

    ``told`` is the year of what amounts are divided by, None where none is near enough (`layers.facts.FURTHEST`).
    """

    year: int | None
    years: tuple[int, ...]
    frame: pd.DataFrame
    now: pd.DataFrame
    lines: tuple[Line, ...]
    buckets: tuple[Line, ...]
    whole: Line
    total: Amount
    need: dict[str, Cell]
    told: dict[str, int | None]

    def of_another_year(self, key: str) -> str:
        """« 2022 » where what amounts are divided by is told in another year than theirs; empty where it is not."""
        year = self.told.get(key)
        return str(year) if year not in (None, self.year) else ""


def spread(view: View, choice: Choice) -> Spread:
    """The numbers of the year of a view, the latest where it names none."""
    frame = awards.awards(view.release, asked(view, choice))
    held = awards.years(frame)
    year = view.state.year if view.state.year in held else (max(held) if held else None)
    now = frame[frame["year"].eq(year)] if year is not None else frame.iloc[:0]
    found = awards.by(now, "place")
    below = {key: _below(view, key, year) for key in (*PER, choice.need)}
    told = {key: None if year is None else needs.told_in(view.release, key, year) for key in below}
    lines = tuple(
        Line(code, territory(code), amount := found.get(code, EMPTY), _ratios(amount, code, below))
        for code in TERRITORIES
    )
    buckets = tuple(
        Line(code, Named(text, text, text, text, text), found[code], {})
        for code, text in ((MULTI, _("Plusieurs territoires")), (NOWHERE, _("Sans commune connue")))
        if code in found
    )
    located = awards.amount(now[now["place"].isin(list(TERRITORIES))])
    whole = Line("mel", metropole(), located, _ratios(located, "mel", below))
    return Spread(year, held, frame, now, lines, buckets, whole, awards.amount(now), below[choice.need], told)


def supported(found: Spread, need: str) -> list[Line]:
    """Territories with grants that have a ratio to the need, the lowest first.

    What the title, the chart and its text compare: no other territory is said to have most or least.
    """
    told = [
        one for one in found.lines if one.amount.number and need in one.ratios and one.ratios[need].value is not None
    ]
    return sorted(told, key=lambda one: (one.ratios[need].value or 0.0, one.code))


def _below(view: View, key: str, year: int | None) -> dict[str, Cell]:
    """What amounts are divided by, the whole under the code of the metropole."""
    release, perimeter = view.release, view.state.perimeter
    return needs.numbers(release, key, perimeter=perimeter, year=year) if needs.known(release, key) else {}


def _ratios(amount: Amount, code: str, below: dict[str, dict[str, Cell]]) -> dict[str, Ratio]:
    return {key: ratio(amount.cents, cells.get(code)) for key, cells in below.items()}


def backing(found: Spread, need: str) -> Support:
    """What stands behind euros by unit of a need, territory by territory: `layers.support`."""

    def made(line: Line) -> Backing:
        per, cell = line.ratios.get(need), found.need.get(line.code)
        value, below = (per.value, cell.value) if per and cell else (None, None)
        told = Cell(line.code, "", value, per.state if per else MISSING, line.amount.cents / CENTS, below)
        return Backing(told, line.amount.number, line.amount.squares, line.amount.back)

    apart = sum(one.amount.cents for one in found.buckets) / CENTS
    areas = {one.code: made(one) for one in found.lines}
    return Support(INDICATORS["grants_per_inhabitant"], areas, made(found.whole), (apart, 0.0))


def ratio(cents: int, cell: Cell | None) -> Ratio:
    """Euros per unit: hidden or missing where the units are, missing where there are none."""
    if cell is None or (cell.value is None and cell.state == ZERO) or cell.value == 0:
        return Ratio(None, MISSING)
    if cell.value is None:
        return Ratio(None, cell.state)
    value = cents / CENTS / cell.value
    return Ratio(value, VALUE if value else ZERO)


def measures(view: View, choice: Choice, found: Spread, year: int) -> Equity | None:
    """The equity of a year between the territories, split by Theil between them and inside, commune by commune.

    None where the need of a territory is hidden or not known: nothing is said of the others either. None too where the
    amounts have no shares (`layers.parts`).
    """
    release, perimeter = view.release, view.state.perimeter
    cells = needs.numbers(release, choice.need, perimeter=perimeter, year=year)
    if any(cells[code].value is None for code in TERRITORIES):
        return None
    rows = found.frame[found.frame["year"].eq(year)]
    cents = awards.sums(rows, "place")
    return equity.equity(
        [cells[code].value or 0.0 for code in TERRITORIES], [cents.get(code, 0) for code in TERRITORIES]
    )


def between_and_within(view: View, choice: Choice, found: Spread, year: int) -> tuple[float, float] | None:
    """Theil of the communes, split between territories and inside them; None as `measures`, of each commune."""
    belongs = members(view.state.perimeter)
    cells = needs.numbers(view.release, choice.need, "commune", view.state.perimeter, year)
    if any(cells[code].value is None for code in belongs):
        return None
    rows = found.frame[found.frame["year"].eq(year) & found.frame["place"].isin(list(TERRITORIES))]
    cents = awards.sums(rows, "commune")
    codes = list(belongs)
    need, amount = [cells[code].value or 0.0 for code in codes], [cents.get(code, 0) for code in codes]
    if obstacle(need) or obstacle(amount):
        return None
    return equity.decomposed(need, amount, [belongs[code] for code in codes])
