"""Every sentence of thousands of random releases, each claim checked against the rows.

``python -m benchmarks.sentences [--releases 20000] [--first 0]`` prints each unsupported sentence, then how many
releases, sentences and claims were read, and the seconds of processor; it ends with status 1 where one is false. Run it
under ``nice``: a release takes about a second.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from tests.dashboard.claims import releases, sentences
from tests.dashboard.claims.checking import FalseClaim, check


def read(seed: int) -> Counter[str]:
    """The sentences and the claims of one release, and those that are false, which are printed."""
    told: Counter[str] = Counter(releases=1)
    shown = releases.drawn(seed)
    for said in sentences.every(shown):
        told["sentences"] += 1
        try:
            told["claims"] += check(shown, said)
        except FalseClaim as error:
            told["unsupported"] += 1
            print(f"release {seed}: {error}", flush=True)
    return told


def main() -> int:
    """Read what is asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--releases", type=int, default=20_000)
    asked.add_argument("--first", type=int, default=0)
    options = asked.parse_args()
    told: Counter[str] = Counter()
    for seed in range(options.first, options.first + options.releases):
        told += read(seed)
        if told["releases"] % 100 == 0:
            print(dict(told), f"{time.process_time():.0f} s of processor", flush=True)
    print(dict(told), f"{time.process_time():.0f} s of processor")
    return int(bool(told["unsupported"]))


if __name__ == "__main__":
    sys.exit(main())
