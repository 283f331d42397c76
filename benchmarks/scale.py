"""Time and memory of a real import of Sirene's stock, from half a million to five million establishments.

``python -m benchmarks.scale [--sizes 500000 1000000 2000000 5000000] [--form parquet zip]`` draws each stock, imports
it into a fresh data folder in a process of its own, and prints the table of `docs/scale.md`; removes all of it after.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks import sirene_stock

SIZES: Final = (500_000, 1_000_000, 2_000_000, 5_000_000)
FORMS: Final = ("parquet", "zip")
FRANCE: Final = 42_000_000


@dataclass(frozen=True)
class Measure:
    """One import: seconds of wall clock, and the most memory its process held, in MB."""

    establishments: int
    form: str
    megabytes: float
    seconds: float
    memory: float


def imported(paths: list[Path], data_dir: Path) -> tuple[float, float]:
    """Seconds and peak memory (MB) of ``ess import`` in a process that does nothing else."""
    command = [sys.executable, "-m", "dashboard", "import", *map(str, paths), "--data-dir", str(data_dir)]
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - begun
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def measure(size: int, form: str) -> Measure:
    """Draw a stock, import it twice, keep the better time; each import apart, so that its peak is its own."""
    with tempfile.TemporaryDirectory(prefix="scale-") as name:
        folder = Path(name)
        with get_context("spawn").Pool(1) as drawing:
            paths = drawing.apply(sirene_stock.write, (folder / "stock", size, form))
        found = []
        for attempt in range(2):
            with get_context("spawn").Pool(1) as alone:
                found.append(alone.apply(imported, (paths, folder / f"data{attempt}")))
        megabytes = sum(path.stat().st_size for path in paths) / 1e6
    seconds, memory = min(seconds for seconds, _ in found), max(memory for _, memory in found)
    return Measure(size, form, megabytes, seconds, memory)


def slope(measures: list[Measure]) -> tuple[float, float, float]:
    """Seconds for a million establishments, seconds whatever the size, and the R² of that line."""
    sizes = np.array([one.establishments / 1e6 for one in measures])
    seconds = np.array([one.seconds for one in measures])
    per_million, fixed = np.polyfit(sizes, seconds, 1)
    left = seconds - (per_million * sizes + fixed)
    spread = ((seconds - seconds.mean()) ** 2).sum()
    return float(per_million), float(fixed), float(1 - (left**2).sum() / spread) if spread else 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--form", nargs="+", choices=FORMS, default=FORMS)
    given = parser.parse_args()
    print("| form | establishments | legal units | files, MB | seconds | peak memory, MB |")
    print("|---|---:|---:|---:|---:|---:|")
    for form in given.form:
        measures = []
        for size in given.sizes:
            found = measure(size, form)
            measures.append(found)
            units = int(size * sirene_stock.UNITS_PER_ESTABLISHMENT)
            print(
                f"| {form} | {size:,} | {units:,} | {found.megabytes:.0f} | {found.seconds:.1f} | {found.memory:.0f} |",
                flush=True,
            )
        if len(measures) > 1:
            per_million, fixed, fit = slope(measures)
            print(
                f"\n{form}: {per_million:.2f} s a million + {fixed:.1f} s (R² {fit:.3f}); "
                f"{FRANCE:,} establishments: {per_million * FRANCE / 1e6 + fixed:.0f} s\n",
                flush=True,
            )


if __name__ == "__main__":
    main()
