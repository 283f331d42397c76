"""How many disguises of a clean table of grants are read alone, asked about, refused, or wrong.

``python -m benchmarks.disguises [--from 0] [--tries 50000] [--minutes 30] [--out FILE.json]`` tries them one by one,
prints the shares in all and by what was done to the table, and the seeds of those that are wrong. Parts that ran apart
are added up by ``--sum FILE.json …``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

from tests.layers.recognition.outcomes import ASKED, PARTLY, REFUSED, RIGHT, WRONG, tally

OUTCOMES = (RIGHT, ASKED, REFUSED, PARTLY, WRONG)
Counts = dict[str, dict[str, int]]


def tried(first: int, tries: int, minutes: float) -> tuple[Counts, list[str]]:
    """Outcomes by change, those of all under an empty name; stops after so many minutes."""
    until = time.monotonic() + 60 * minutes
    told: defaultdict[str, Counter[str]] = defaultdict(Counter)
    wrong = []
    for found in tally(range(first, first + tries)):
        for change in {"", *found.how}:
            told[change][found.outcome] += 1
        if found.outcome == WRONG:
            wrong.append(f"seed {found.seed}: {', '.join(found.how)}")
            print(wrong[-1], file=sys.stderr, flush=True)
        if time.monotonic() > until:
            break
    return {change: dict(counts) for change, counts in told.items()}, wrong


def shown(counts: Counts, wrong: list[str]) -> str:
    """The table of shares."""
    lines = ["| | tried | read alone | asked | refused | rows refused | wrong |", "|---|---:|---:|---:|---:|---:|---:|"]
    for change, told in sorted(counts.items()):
        size = sum(told.values())
        shares = " | ".join(f"{100 * told.get(one, 0) / size:.1f} %" for one in OUTCOMES[:-1])
        lines.append(f"| {change or '**all**'} | {size:,} | {shares} | {told.get(WRONG, 0)} |")
    return "\n".join([*lines, *wrong])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--tries", type=int, default=50_000)
    parser.add_argument("--minutes", type=float, default=600)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--sum", type=Path, nargs="+", default=[])
    given = parser.parse_args()
    counts: Counts = {}
    wrong: list[str] = []
    if given.sum:
        for path in given.sum:
            part = json.loads(path.read_text("utf-8"))
            wrong += part["wrong"]
            for change, told in part["counts"].items():
                counts[change] = dict(Counter(counts.get(change, {})) + Counter(told))
    else:
        counts, wrong = tried(given.first, given.tries, given.minutes)
    if given.out:
        given.out.write_text(json.dumps({"counts": counts, "wrong": wrong}, ensure_ascii=False), "utf-8")
    print(shown(counts, wrong))


if __name__ == "__main__":
    main()
