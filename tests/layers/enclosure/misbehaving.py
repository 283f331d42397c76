"""The process that opens a file, with a reader that does what the second line of the file says."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from layers.enclosure import inside
from layers.enclosure.bounds import Bounds
from layers.enclosure.values import SPOOL


class Panic(BaseException):
    """As that of a library in Rust."""


def misdeed(path: Path, folder: Path, _bounds: Bounds) -> dict[str, Any]:
    wanted = path.read_text("latin-1").split("\n")[1]
    sheet = {"name": "S", "hidden": False, "merged": [], "start": 0, "count": 1}
    if wanted == "sleep":
        time.sleep(3600)
    if wanted == "spin":
        while True:
            pass
    if wanted == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if wanted == "allocates":
        bytearray(1200 << 30)
    if wanted == "aborts":
        os.abort()
    if wanted == "panics":
        raise Panic("range end index 2 out of range for slice of length 0")
    if wanted == "leaves":
        os._exit(0)
    if wanted == "fills":
        with (folder / "full").open("wb") as out:
            while True:
                out.write(bytes(1 << 20))
    (folder / SPOOL).write_bytes(b"cos\nsystem\n(S'true'\ntR.\n" if wanted == "pickles" else b"[" * 100_000)
    return {"form": "xls", "sheets": [sheet]}


if __name__ == "__main__":
    inside.TASKS["contents"] = misdeed
    sys.exit(inside.main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), Bounds(**json.loads(sys.argv[4]))))
