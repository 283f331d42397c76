"""What secrecy hides of the fictitious posts, recorded: working it out takes seconds, and a start should not.

`python -m layers.demonstration.hidden` writes the record again where the drawing changed. A record that is not of the
table in hand is not used: the cells are then worked out when they are first asked for.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from layers.demonstration.origin import FILE_SHA256, VINTAGE
from layers.objects import digest
from layers.release import DEMONSTRATION
from layers.tables import build, empty

if TYPE_CHECKING:
    from layers.release import Release

RECORD = Path(__file__).with_name("hidden.csv")
TOLD = ["scope", "year", "shape", "cells"]


def recorded(jobs: pd.DataFrame) -> pd.DataFrame:
    """The table ``secrecy`` of the posts drawn; without a row where the record is of other posts."""
    read = pd.read_csv(RECORD, dtype={"scope": "string", "shape": "string", "cells": "string", "of": "string"})
    if read.empty or not read["of"].eq(digest(jobs)).all():
        return empty("secrecy")
    origin = {"source": DEMONSTRATION, "vintage": VINTAGE, "file_sha256": FILE_SHA256}
    numbered = enumerate(read[TOLD].to_dict("records"), 1)
    rows = [{**{str(name): value for name, value in row.items()}, **origin, "row": line} for line, row in numbered]
    return build("secrecy", rows)


def write(release: Release, path: Path = RECORD) -> None:
    """Work out what is hidden of the posts of a release, and record it with their digest."""
    from layers.secrecy import masks  # noqa: PLC0415  (only to write: reading needs none of it)

    masks.record(release)[TOLD].assign(of=digest(release.jobs)).to_csv(path, index=False, lineterminator="\n")


def main() -> None:
    """Record what is hidden of the demonstration as it is drawn now."""
    from layers import demonstration  # noqa: PLC0415  (it reads this record)

    write(demonstration.release())


if __name__ == "__main__":
    main()
