"""Secondary suppression: more cells, so that none that is hidden can be rebuilt from those that are shown.

Who attacks knows every line, and that a hidden count is a whole number, one at least, for a zero is shown. A hidden
cell is safe when another table that agrees with all this sets it far enough (`primary.least_width`): one is shown to
exist for each (`moves`). Which cells are hidden for it is chosen by price: details before margins, margins before
totals, communes before territories and the metropole (`Table.weights`).

What the hidden parts of a shown total hold together is known too, and must be publishable itself (`derived`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from layers.secrecy.derived import Derived
from layers.secrecy.moves import LEAST, Demand, Moves
from layers.secrecy.primary import SECONDARY, VALID, Statuses, least_width, statuses
from layers.secrecy.table import Cells, Line, Numbers, Table

SEED: Final = 2011
FIRST_PENALTY: Final = 2.0
DEARER: Final = 2.0
"""What a cell that is not protected yet costs at first, and by how much more each round: cheap ways come first."""
FEW: Final = 40
"""Cells that wait from which the price climbs three times as fast: each round costs the same time."""
PATIENCE: Final = 8
"""Rounds after which cells are only moved upwards, with what they are part of: that can always be done."""
ROUNDS: Final = 20
EFFORT: Final = 1_500
"""Cells that are looked at in attempts beyond the first: many where the table is small."""
MOST_ATTEMPTS: Final = 8
TRIALS: Final = 4_000
"""Cells that are looked at in trials to show one that was hidden again, the dearest first."""
IDLE: Final = 3
"""Rounds without a new move after which there is none."""
KEPT: Final = 0.2
"""Part of the directions that another attempt draws again."""
AGAIN: Final = 0.3
"""Part of its price that it costs to hide a cell that was hidden the year before."""
SMALLER: Final = 0.05
"""Part of its price that a very large cell costs more than a small one of the same level."""
DRAWN: Final = (0.7, 1.3)
"""Between which the prices of further attempts are drawn, in parts of what they are."""


def protect(table: Table, sensitive: Cells | None = None, preferred: Cells | None = None) -> Statuses:
    """Status of every cell: ``V`` shown, ``A``, ``B`` and ``D`` hidden; see `layers.secrecy.primary`.

    *sensitive* adds cells to hide first, whatever their own numbers; *preferred* are those to hide rather than others
    where one more is needed, such as those that were hidden the year before.
    """
    found = statuses(table)
    if sensitive is not None:
        found[sensitive & (found == VALID) & (table.values > 0)] = SECONDARY
    lines = _lines(table)
    if lines and (found != VALID).any():
        hidden = _Search(table, lines, found != VALID, preferred).best()
        found[hidden & (found == VALID)] = SECONDARY
    return found


def _lines(table: Table) -> list[Line]:
    """Lines without their zeros, which are shown, each once."""
    kept = {}
    for line in table.lines:
        parts = line.parts[~(table.values[line.parts] == 0)]
        if len(parts):
            kept[line.total, *parts.tolist()] = Line(line.total, parts)
    return list(kept.values())


class _Search:
    """Attempts to protect the *secret* cells of a table, and the cheapest of them."""

    def __init__(self, table: Table, lines: Sequence[Line], secret: Cells, preferred: Cells | None) -> None:
        count = len(table.values)
        unpublished = np.zeros(count, dtype=bool) if table.unpublished is None else table.unpublished
        self._table, self._source = table, np.random.Generator(np.random.PCG64(SEED))
        self._derived, self._hidden = Derived(table, lines), secret & ~unpublished
        room = np.where(unpublished, table.values, np.maximum(table.values - LEAST, 0))
        self._room = np.where(np.isnan(room), np.inf, np.maximum(room, 0))
        self._moves = Moves(lines, self._room)
        least = least_width(table.values, table.largest)
        # a sum over what the source keeps secret has no number here, but is no secret of its own
        sums = np.zeros(count, dtype=bool)
        sums[[line.total for line in lines]] = True
        asked = np.flatnonzero(secret & ~(sums & np.isnan(table.values)))
        self._secret = [Demand((int(cell),), float(least[cell])) for cell in asked]
        weights = np.ones(count) if table.weights is None else table.weights
        self._weights = weights if preferred is None else np.where(preferred, AGAIN * weights, weights)
        near = np.maximum(self._derived.highest(np.where(secret, least, 0.0)), 1.0)
        values = np.nan_to_num(table.values)
        small = 1 + SMALLER * values / (values + max(float(values.mean()), 1.0))
        self._prices = small * self._weights / np.clip(self._room, 1.0, near)
        self._free, self._fixed = unpublished, table.values == 0

    def best(self) -> Cells:
        """Hidden cells of the cheapest attempt; each takes after the best one so far."""
        prices, signs = self._prices, dict[tuple[int, ...], float]()
        found, cost = self._hidden, np.inf
        attempts = 1 + min(EFFORT // int((~self._fixed).sum()), MOST_ATTEMPTS)
        for attempt in range(attempts):
            hidden, moved, directions = self._attempt(prices, signs)
            if (now := float(self._weights[hidden & ~self._hidden].sum())) < cost:
                found, cost, used, best = hidden, now, moved, directions
            # what was used costs its whole price however much it moved: cells that move much are cheap to move more
            prices = np.where(found, self._weights / np.maximum(used, 1.0), self._prices)
            if attempt:
                prices = prices * self._source.uniform(*DRAWN, len(prices))
            signs = {cells: sign for cells, sign in best.items() if self._source.random() > KEPT}
        return self._shown_again(found, best)

    def _shown_again(self, hidden: Cells, signs: dict[tuple[int, ...], float]) -> Cells:
        """Without the cells that later ones made needless: an attempt hides in rounds, and looks back at none."""
        chosen = np.flatnonzero(hidden & ~self._hidden)
        chosen = chosen[np.argsort(-self._weights[chosen], kind="stable")]
        for cell in chosen[: TRIALS // int((~self._fixed).sum())]:
            trial = hidden.copy()
            trial[cell] = False
            asked = self._asked(trial)
            if not hidden[cell] or self._held(asked, trial) or self._unmet(asked, trial, dict(signs)):
                continue
            # cells that only hid that one follow exactly now: they tell nothing more when they are shown
            beside = [Demand((int(other),), LEAST) for other in np.flatnonzero(trial & ~self._hidden)]
            exact = [demand.cells[0] for demand in self._unmet(beside, trial, {})]
            trial[exact] = False
            if not exact or not self._unmet(self._asked(trial), trial, dict(signs)):
                hidden = trial
        return hidden

    def _asked(self, hidden: Cells) -> list[Demand]:
        return [*self._secret, *self._sums(hidden, set())]

    def _unmet(self, waiting: list[Demand], hidden: Cells, signs: dict[tuple[int, ...], float]) -> list[Demand]:
        """Demands that are not met with nothing more hidden."""
        paid = np.where(hidden | self._free, np.where(self._fixed, np.inf, 0.0), np.inf)
        held = self._held(waiting, hidden)
        waiting, idle = [demand for demand in waiting if demand not in held], 0
        for turn in range(ROUNDS if waiting else 0):
            left = self._left(waiting, signs, paid, 1.0, turn)[0]
            idle = idle + 1 if len(left) == len(waiting) else 0
            waiting = left
            if not waiting or idle == IDLE:
                break
        return [*held, *waiting]

    def _held(self, waiting: list[Demand], hidden: Cells) -> list[Demand]:
        """Demands that a line alone forbids: told without a program, as most needless trials are."""
        loose = self._moves.loose((hidden | self._free) & ~self._fixed)
        return [demand for demand in waiting if not loose[list(demand.cells)].any()]

    def _attempt(
        self, prices: Numbers, signs: dict[tuple[int, ...], float]
    ) -> tuple[Cells, Numbers, dict[tuple[int, ...], float]]:
        """Hidden cells, how much each moved at most, and the direction in which each demand was met."""
        hidden, moved = self._hidden.copy(), np.zeros(len(prices))
        signs, met = dict(signs), set[tuple[int, ...]]()
        waiting = [*self._secret, *self._sums(hidden, met)]
        while waiting:
            self._meet(waiting, signs, prices, hidden, moved)
            met.update(demand.cells for demand in waiting)
            waiting = list(self._sums(hidden, met))
        return hidden, moved, signs

    def _sums(self, hidden: Cells, met: set[tuple[int, ...]]) -> list[Demand]:
        """Demands of the sums that follow from what is shown, but for those that are *met*."""
        found = []
        for cells in self._derived.told(hidden):
            if (key := tuple(cells.tolist())) not in met:
                total, top = self._table.values[cells].sum(), self._table.largest[cells].max()
                found.append(Demand(key, float(least_width(total, top))))
        return found

    def _meet(
        self,
        waiting: Sequence[Demand],
        signs: dict[tuple[int, ...], float],
        prices: Numbers,
        hidden: Cells,
        moved: Numbers,
    ) -> None:
        """Hide what it takes to meet the demands that wait; *signs*, *hidden* and *moved* are changed in place."""
        penalty = FIRST_PENALTY
        for turn in range(ROUNDS):
            paid = np.where(self._fixed, np.inf, np.where(hidden | self._free, 0.0, prices))
            waiting, move = self._left(waiting, signs, paid, penalty, turn)
            hidden |= (move != 0) & ~self._free
            np.maximum(moved, np.abs(move), out=moved)
            if not waiting:
                return
            penalty *= DEARER if len(waiting) > FEW else DEARER**3
        hidden |= ~(self._fixed | self._free)

    def _left(
        self, waiting: Sequence[Demand], signs: dict[tuple[int, ...], float], paid: Numbers, penalty: float, turn: int
    ) -> tuple[list[Demand], Numbers]:
        """The demands that a move does not meet, and the move; those met keep their direction in *signs*."""
        for demand in waiting:
            if turn or demand.cells not in signs:
                signs[demand.cells] = self._sign(demand, turn)
        move = self._moves.whole(waiting, np.array([signs[demand.cells] for demand in waiting]), paid, penalty)
        return [demand for demand in waiting if not self._is_met(demand, move, signs)], move

    def _sign(self, demand: Demand, turn: int) -> float:
        """A direction, drawn where both can be."""
        if turn > PATIENCE or self._room[list(demand.cells)].sum() < demand.least:
            return 1.0
        return float(self._source.choice((-1.0, 1.0)))

    @staticmethod
    def _is_met(demand: Demand, move: Numbers, signs: dict[tuple[int, ...], float]) -> bool:
        change = move[list(demand.cells)].sum()
        if abs(change) < demand.least:
            return False
        signs[demand.cells] = float(np.sign(change))
        return True
