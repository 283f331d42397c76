"""What statistical secrecy hides, by level; what an attack by whole numbers finds; what the fewest would be.

``python -m benchmarks.suppression [--no-attack] [--small 6]`` draws five tables of invented employers, hides what a
release would hide of the last year, and prints the tables of `docs/benchmarks.md`. The fewest are worked out by integer
programming, on small tables: four communes and more of two territories, three sectors, two families.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, diags, hstack, identity, vstack

from benchmarks import flores_table
from geodata.perimeter import members
from layers.jobs import of_scope
from layers.secrecy import masks
from layers.secrecy.levels import METROPOLE, areas_of
from layers.secrecy.primary import VALID, statuses
from layers.secrecy.scopes import together
from layers.secrecy.table import Line, Table, cross
from tests.layers.secrecy.attack import Attack
from tests.layers.secrecy.invented_jobs import job, shown

LAST: Final = 2022
SCOPES: Final = {"ESS": "ess", "privé": "private", "tous employeurs": "all"}
FACTS: Final = {"ess": "jobs", "private": "private_jobs", "all": "all_jobs"}
COUNTS: Final = {"ess": "ess_establishments", "all": "all_establishments"}
WEIGHTS: Final = {"commune": 1.0, "territory": 5.0, "mel": 25.0}
OF_CUTS: Final = (100.0, 5.0, 1.0)
"""What hiding a cell costs here: by level of its area, and by the number of axes that cut it."""
LIMIT: Final = 240
"""Seconds of one integer program."""


@dataclass(frozen=True)
class Drawn:
    """Employers of one table: those of the ESS, then those that the wider scopes add; years; scopes."""

    name: str
    groups: tuple[flores_table.Employers, ...]
    years: int = 1


def five(seed: int = 7) -> Iterator[Drawn]:
    """The tables of the benchmark."""
    source = np.random.default_rng(seed)
    yield Drawn("2,500 employers", (flores_table.employers(2_500, source),))
    yield Drawn("250 employers", (flores_table.employers(250, source),))
    held = flores_table.employers(1_000, source)
    posts = held.posts.copy()
    posts[int(np.argmax(held.commune == 0))] = posts.sum()
    yield Drawn("1,000, one as large as all others", (replace(held, posts=posts),))
    parts = (1, flores_table.OTHERS_PER_EMPLOYER, flores_table.PUBLIC_PER_EMPLOYER)
    yield Drawn("1,500 in three nested scopes", tuple(flores_table.employers(int(1_500 * p), source) for p in parts))
    yield Drawn("700 over five years", (flores_table.employers(700, source),), 5)


def small(seed: int) -> Drawn:
    """Forty employers in six communes of two territories, three sectors and two families."""
    source = np.random.default_rng(seed)
    codes = sorted(members())
    of = [[i for i, code in enumerate(codes) if members()[code] == territory][:3] for territory in ("1", "3")]
    places = np.array([place for pair in zip(*of, strict=True) for place in pair])
    weights = 1 / np.arange(1, len(places) + 1)
    return Drawn(
        f"small {seed}",
        (
            flores_table.Employers(
                places[source.choice(len(places), 40, p=weights / weights.sum())],
                np.minimum(source.exponential(1, 40).astype(int), 2),
                np.minimum(source.exponential(0.6, 40).astype(int), 1),
                np.zeros(40, dtype=int),
                np.ceil(source.lognormal(1.4, 1.35, 40)),
            ),
        ),
    )


def rows(drawn: Drawn, seed: int = 3) -> list[dict[str, Any]]:
    """Rows of the table ``jobs``, the last year being `LAST`."""
    source, groups, found = np.random.default_rng(seed), list(drawn.groups), []
    for year in range(LAST - drawn.years + 1, LAST + 1):
        nested = [SCOPES[name] for name in SCOPES][: len(groups)]
        for (commune, scope, sector, family, _), cell in flores_table._added(groups, sized=False).items():
            if SCOPES[scope] in nested:
                units, posts, largest = (float(number) for number in cell)
                cut = {"sector": sector, "family": family or None, "scope": SCOPES[scope], "year": year}
                found.append(job(commune, **cut, posts=posts, establishments=units, largest=largest))
        groups = [flores_table.grown(group, source) for group in groups]
    return found


@dataclass(frozen=True)
class Published:
    """Cells of all scopes of the last year, what is hidden of them, and what no one publishes."""

    whole: Table
    hidden: np.ndarray
    unpublished: np.ndarray
    weights: np.ndarray
    ess: Table
    level: np.ndarray
    """By area of the ESS: 0 commune, 1 territory of today, 2 metropole, -1 another perimeter."""
    seconds: float

    @property
    def secret(self) -> np.ndarray:
        return np.asarray(statuses(self.whole) != VALID)

    @property
    def least(self) -> np.ndarray:
        """Width that the interval of a secret cell must keep: 10 % on both sides, or what takes 85 % of it away."""
        values, largest = np.nan_to_num(self.whole.values), self.whole.largest
        sides = np.maximum(0.1 * values, np.where(self.whole.largest > 0.85 * values, largest / 0.85 - values, 0))
        return np.maximum(1.0, np.ceil(2 * sides - 1e-9))


def published(drawn: Drawn, facts: dict[str, str]) -> Published:
    """What a release of these posts hides of *facts* the last year."""
    release = shown(rows(drawn))
    start = time.process_time()
    for fact in facts.values():
        masks.hidden(release, fact)
    seconds = time.process_time() - start
    communes = tuple(sorted(release.geography.communes.index))
    places, areas, sums = areas_of(communes)
    tables, hides = {}, []
    for scope, fact in facts.items():
        frame = of_scope(release, scope)
        if frame.empty:
            continue
        posts, units, largest = masks.atoms(frame[frame["year"] == LAST], communes)
        if facts is COUNTS:
            posts, largest = units, largest * 0
        tables[scope] = cross(posts, units, largest, areas, sums, published=masks.published(posts.shape[1:]))
        cells = masks.hidden(release, fact).cells[-1]
        hides.append((cells & (tables[scope].values != 0).reshape(cells.shape)).ravel())
    whole, at = together(tables)
    level = np.full(len(areas), -1)
    level[: len(communes)] = 0
    for (code, perimeter), area in places.items():
        if perimeter == 95:
            level[area] = 2 if code == METROPOLE else 1
    weights = np.zeros(len(whole.values))
    for scope, table in tables.items():
        weights[at[scope]] = _weights(table, level)
    count = sum(len(table.values) for table in tables.values())
    unpublished = np.arange(len(whole.values)) >= count
    hidden = np.concatenate([*hides, np.zeros(len(whole.values) - count, dtype=bool)])
    return Published(whole, hidden, unpublished & (whole.values != 0), weights, tables["ess"], level, seconds)


def _weights(table: Table, level: np.ndarray) -> np.ndarray:
    of_area = np.array([WEIGHTS["commune"], WEIGHTS["territory"], WEIGHTS["mel"], WEIGHTS["territory"]])[level]
    cuts = np.zeros(table.shape[1:], dtype=int)
    for axis, length in enumerate(table.shape[1:]):
        cuts += np.moveaxis(
            np.zeros(table.shape[1:], dtype=int)
            + (np.arange(length) < length - 1).reshape([-1 if at == axis else 1 for at in range(cuts.ndim)]),
            0,
            0,
        )
    return np.multiply.outer(of_area, np.array(OF_CUTS)[np.minimum(cuts, 2)]).ravel()


def shares(found: Published) -> list[str]:
    """Hidden of the ESS, of what is not zero: totals of each level, then all cells of each level."""
    shape = found.ess.shape
    hidden = found.hidden[: len(found.ess.values)].reshape(shape)
    some = (found.ess.values != 0).reshape(shape)
    total = (..., *[-1] * (len(shape) - 1))
    texts = []
    for level in (2, 1, 0):
        at = found.level == level
        texts.append(f"{hidden[at][total].sum()} of {some[at][total].sum()}")
    for level in (2, 1, 0):
        at = found.level == level
        texts.append(f"{100 * hidden[at].sum() / some[at].sum():.0f} %")
    return texts


def attacked(found: Published) -> list[str]:
    """Secret cells that are exactly known; those under the least width; the least width."""
    attack = Attack(found.whole.values, found.whole.lines, found.hidden, found.unpublished)
    cells = np.flatnonzero(found.secret)
    widths = attack.widths(cells.tolist(), found.least[cells])
    under = int((widths < found.least[cells]).sum())
    return [str(int((widths == 0).sum())), str(under), f"{widths.min(initial=np.inf):.0f}"]


def lines_of(table: Table) -> list[Line]:
    """Lines without their zeros, each once."""
    kept = {}
    for line in table.lines:
        parts = line.parts[table.values[line.parts] != 0]
        if len(parts):
            kept[line.total, *parts.tolist()] = Line(line.total, parts)
    return list(kept.values())


def fewest(found: Published) -> tuple[float, float, bool]:
    """What the cheapest pattern costs beyond the secret cells, a bound of it, and whether it is proved.

    For each secret cell, two tables that agree with what is shown, as far apart there as they must be; and what the
    hidden parts of a shown total hold together publishable.
    """
    whole, cells = found.whole, np.flatnonzero(found.whole.values != 0)
    place = np.full(len(whole.values), -1)
    place[cells] = np.arange(len(cells))
    lines, count = lines_of(whole), len(cells)
    values, secret, least = whole.values[cells], found.secret[cells], found.least[cells]
    demands = np.flatnonzero(secret)
    rows = np.repeat(np.arange(len(lines)), [1 + len(line.parts) for line in lines])
    columns = place[np.concatenate([[line.total, *line.parts] for line in lines])]
    signs = np.concatenate([[1.0] + [-1.0] * len(line.parts) for line in lines])
    matrix = csr_matrix((signs, (rows, columns)), shape=(len(lines), count))
    most = 2 * least[demands].max() + 5
    room = np.minimum(values - 1, most)
    flows = 2 * len(demands)
    conditions: list[Any] = []
    low, high = [], []

    def add(of_cells: Any, of_flows: dict[int, Any], least_of: Any, most_of: Any) -> None:
        empty = csr_matrix((of_cells.shape[0], count))
        conditions.append(hstack([of_cells, *(of_flows.get(flow, empty) for flow in range(flows))], format="csr"))
        low.append(np.broadcast_to(least_of, of_cells.shape[0]))
        high.append(np.broadcast_to(most_of, of_cells.shape[0]))

    each = identity(count, format="csr")
    for flow in range(flows):
        add(csr_matrix(matrix.shape), {flow: matrix}, 0, 0)
        add(-most * each, {flow: each}, -np.inf, 0)
        add(diags(room, format="csr"), {flow: each}, 0, np.inf)
    for at, cell in enumerate(demands):
        one = csr_matrix(([1.0], ([0], [cell])), shape=(1, count))
        add(csr_matrix((1, count)), {2 * at: one, 2 * at + 1: -one}, least[cell], np.inf)
    for line in lines:
        for part in line.parts:
            for numbers, wanted in ((whole.units, 3.0), (whole.values, whole.largest[part] / 0.85)):
                row = np.zeros(count)
                row[place[line.parts]] += numbers[line.parts]
                row[place[part]] -= wanted
                row[place[line.total]] += wanted
                add(csr_matrix(row), {}, 0, np.inf)
    size = count * (1 + flows)
    solved = milp(
        np.concatenate([found.weights[cells], np.zeros(count * flows)]),
        constraints=LinearConstraint(vstack(conditions, format="csr"), np.concatenate(low), np.concatenate(high)),
        bounds=Bounds(
            np.concatenate([secret.astype(float), np.full(count * flows, -np.inf)]),
            np.concatenate([np.ones(count), np.full(count * flows, np.inf)]),
        ),
        integrality=(np.arange(size) < count).astype(int),
        options={"time_limit": LIMIT},
    )
    paid = float(found.weights[cells][secret].sum())
    return (np.inf if solved.fun is None else solved.fun - paid), solved.mip_dual_bound - paid, solved.status == 0


def extra(found: Published) -> float:
    """What the cells hidden beyond the secret ones cost."""
    return float(found.weights[found.hidden & ~found.secret].sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-attack", action="store_true")
    parser.add_argument("--small", type=int, default=6)
    given = parser.parse_args()
    print("| table | of | metropole | territories | communes | cells: metropole | territory | commune | s", end="")
    print(" | secret cells known | under the least width | least width |\n|---|---|" + "---:|" * 10)
    for drawn in five():
        for name, facts in (("posts", FACTS), ("establishments", COUNTS)):
            if name == "establishments" and len(drawn.groups) > 1:
                continue
            found = published(drawn, facts)
            told = [] if given.no_attack else attacked(found)
            print("|", " | ".join([drawn.name, name, *shares(found), f"{found.seconds:.1f}", *told]), "|", flush=True)
    print("\n| table | cells | secret | hidden beyond, cost | fewest | ratio | known |\n|---|" + "---:|" * 6)
    for seed in range(given.small):
        found = published(small(seed), {"ess": "jobs"})
        best, bound, proved = fewest(found)
        told = f"{best:.0f}" if proved else f"{bound:.0f} to {best:.0f}"
        print(
            f"| small {seed} | {(found.whole.values != 0).sum()} | {found.secret.sum()} | {extra(found):.0f} | {told} |"
            f" {extra(found) / best:.2f} | {attacked(found)[0]} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
