"""``python -m tests.attacks [--share 0.1] [--seeds 2]``: what tells a hidden cell; status 1 where any does."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from tests.attacks.asked import differences, every, few
from tests.attacks.twins import small, twins


def main() -> int:
    """Ask two releases that differ in hidden cells alone for all that is public, and print where they differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="part of all addresses that is asked; 0: the tests’")
    parser.add_argument("--seeds", type=int, default=2, help="twins of the demonstration, then of few employers, …")
    parser.add_argument("--first", type=int, default=0)
    given = parser.parse_args()
    status = 0
    for seed in range(given.first, given.first + given.seeds):
        pair, chance = twins(seed, base=small(seed) if seed % 2 else None), random.Random(seed)  # noqa: S311
        addresses = [*few(pair[0]), *(one for one in every(pair[0]) if chance.random() < given.share)]
        with tempfile.TemporaryDirectory(prefix="attacks-") as folder:
            seen, found = differences(pair, addresses, Path(folder))
        print(f"seed {seed}: {seen} answers, {len(found)} that differ", *found, sep="\n", flush=True)
        status |= bool(found)
    return status


if __name__ == "__main__":
    sys.exit(main())
