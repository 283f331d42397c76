"""Time and memory of publishing posts under statistical secrecy, at the size of a metropole.

``python -m benchmarks.secrecy [--employers 1500 4700] [--years 1 5]`` draws tables made to order from Flores with and
without size classes, imports each with ``ess import`` in a process of its own, and prints the table of `docs/scale.md`.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from benchmarks import flores_table
from layers.secrecy import masks, recording
from layers.store import Store

EMPLOYERS: Final = (1_500, 4_700)
"""Of the ESS: a large town, and Lille Métropole."""
YEARS: Final = (1, 5)
LAST: Final = 2022
AXES: Final = 1 + len(masks.CUTS)


@dataclass(frozen=True)
class Measure:
    """One import: rows, seconds of processor (kernel included), peak memory in MB, cells hidden of one scope a year."""

    rows: int
    seconds: float
    memory: float
    hidden: int


def imported(path: Path, data_dir: Path) -> tuple[float, float]:
    """Seconds of processor and peak memory (MB) of ``ess import`` in a process that does nothing else."""
    command = [sys.executable, "-m", "dashboard", "import", str(path), "--data-dir", str(data_dir)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def measure(employers: int, years: int, *, sized: bool) -> Measure:
    """Draw a table, import it into a fresh data folder, and count what it hides of the posts of the ESS."""
    with tempfile.TemporaryDirectory(prefix="secrecy-") as name:
        path, data_dir = Path(name) / "flores.csv", Path(name) / "data"
        rows = flores_table.write(path, employers, tuple(range(LAST - years + 1, LAST + 1)), sized=sized)
        with get_context("spawn").Pool(1) as alone:
            seconds, memory = alone.apply(imported, (path, data_dir))
        return Measure(rows, seconds, memory, _hidden(data_dir))


def _hidden(data_dir: Path) -> int:
    """Cells of the ESS hidden the last year, of those that are published of all sizes."""
    store = Store(data_dir)
    current = store.current()
    if current is None:
        raise RuntimeError(data_dir)
    cells = recording.recorded(store.load(current).secrecy, "ess", AXES)[LAST]
    return int(cells[..., -1].sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--employers", type=int, nargs="+", default=EMPLOYERS)
    parser.add_argument("--years", type=int, nargs="+", default=YEARS)
    given = parser.parse_args()
    print(
        "| employers of the ESS | years | size classes | rows | processor, s | peak memory, MB | cells hidden a year |"
    )
    print("|---:|---:|---|---:|---:|---:|---:|")
    for employers, years, sized in product(given.employers, given.years, (False, True)):
        found = measure(employers, years, sized=sized)
        print(
            f"| {employers:,} | {years} | {'yes' if sized else 'no'} | {found.rows:,} | {found.seconds:.0f} |"
            f" {found.memory:.0f} | {found.hidden:,} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
