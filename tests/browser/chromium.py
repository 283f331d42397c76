"""Where Chromium is, and how it is started."""

from __future__ import annotations

import os
import shutil
from typing import Any

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ABSENT = (
    "No Chromium: these tests read the pages in a real one and do not pass without it. Install it (bin/test does), "
    "name it (CHROMIUM=/path/to/chromium), or leave these tests out: bin/test --without-browser, "
    "or pytest -m 'not browser'."
)


def binary() -> str | None:
    """The one that ``CHROMIUM`` names, else the first of the usual names that is on the path."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, NAMES)), None)


def launch(executable: str) -> dict[str, Any]:
    """Arguments of Playwright's launch: the sandbox is kept wherever it can work."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    quiet = ["--disable-dev-shm-usage", "--force-color-profile=srgb", "--hide-scrollbars"]
    return {"executable_path": executable, "args": [*quiet, "--no-sandbox"] if root else quiet}
