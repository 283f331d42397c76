"""Seconds until a file of grants is recognised, and until it is read: text and workbook of 20,000 rows.

``python -m benchmarks.recognition [--rows 20000] [--times 3]`` writes the files, opens and reads each in this process,
and prints the best of its times; the processor's beside the clock's, which a busy machine makes longer.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import xlsxwriter

from geodata import gazetteer, geography
from geodata.attach import Attacher
from layers.readers import read_file
from layers.recognition.opening import open_source
from layers.register import Register
from tests.layers.recognition.disguises.clean import COMMUNES, NAMES, PURPOSES

TITLES = ("Bénéficiaire", "Commune", "Objet de la subvention", "Montant demandé", "Montant voté", "Date du conseil")


def rows(count: int) -> list[list[str]]:
    """A table of grants as a council publishes it."""
    chance = random.Random(1)  # noqa: S311  (invented values)
    return [
        [f"{chance.choice(NAMES)} {at}", chance.choice(COMMUNES)[2], chance.choice(PURPOSES), str(at % 997 + 100),
         f"{chance.randrange(100, 90_000)},50", f"{1 + at % 28:02d}/06/2023"]
        for at in range(count)
    ]  # fmt: skip


def text(path: Path, table: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([TITLES, *table])
    return path


def workbook(path: Path, table: list[list[str]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Données")
        for at, row in enumerate([list(TITLES), *table]):
            sheet.write_row(at, 0, row)
    return path


def best(act: Callable[[], object], times: int) -> tuple[float, float]:
    """Seconds by the clock and of processor, those of its children too, the least of several times."""
    found = []
    for _ in range(times):
        clock, used = time.perf_counter(), sum(os.times()[:4])
        act()
        found.append((time.perf_counter() - clock, sum(os.times()[:4]) - used))
    return min(one for one, _ in found), min(one for _, one in found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    attacher = Attacher(gazetteer.load(), geography.load())
    with tempfile.TemporaryDirectory() as name:
        table = rows(given.rows)
        for path in (text(Path(name) / "a_2023.csv", table), workbook(Path(name) / "a_2023.xlsx", table)):
            opened = best(partial(open_source, path), given.times)
            read = best(partial(read_file, path, None, None, attacher, Register()), given.times)
            print(f"{path.suffix}: recognised in {opened[0]:.2f} s ({opened[1]:.2f} s of processor), "
                  f"read in {read[0]:.2f} s ({read[1]:.2f})")  # fmt: skip


if __name__ == "__main__":
    main()
