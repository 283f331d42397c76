"""``python -m tests.rehearsal``: hold the meeting, print what was counted; exit status 1 where anything is wrong."""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import databases
from tests.browser import chromium
from tests.rehearsal import counts
from tests.rehearsal.rehearse import rehearse


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database", choices=databases.KINDS, default=databases.SQLITE)
    asked.add_argument("--pictures", type=Path, help="folder where the main moments and the report are kept")
    asked.add_argument("--pace", type=float, default=0, help="seconds that it lasts at least (1800: thirty minutes)")
    given = asked.parse_args()
    executable = chromium.binary()
    if executable is None:
        raise SystemExit(chromium.ABSENT)
    if given.pictures:
        given.pictures.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        url = ""
        if given.database == databases.POSTGRESQL:
            url = databases.made(stack.enter_context(databases.postgresql()))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        browser = stack.enter_context(sync_playwright()).chromium.launch(**chromium.launch(executable))
        found = rehearse(browser, folder, url, pictures=given.pictures, pace=given.pace)
        browser.close()
    print(f"{given.database}, {sum(found.seconds.values()):.0f} s of doing\n")
    print("\n".join(counts.table(found.seen)))
    print("\n" + ", ".join(f"{name} {took:.1f} s" for name, took in found.seconds.items()))
    for one in found.wrong:
        print(f"WRONG: {one}", file=sys.stderr)
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
