"""Say what the catalogues lack: ``python -m dashboard.translations``. Status 1 where they lack anything."""

from __future__ import annotations

import sys

from dashboard.translations.check import faults, translated

HEADS = {
    "missing": "Messages sans traduction",
    "obsolete": "Traductions de messages qui n’existent plus",
    "unfit": "Traductions dont les places ou les balises diffèrent",
    "twice": "Messages traduits deux fois",
}


def main() -> int:
    """Print the faults by kind, each as an entry of the catalogue."""
    status = 0
    for lang in translated():
        found = faults(lang)
        for kind, head in HEADS.items():
            some = [fault for fault in found if fault.kind == kind]
            if some:
                status = 1
                print(f"# {lang}.po · {head} : {len(some)}\n")
                print("\n\n".join(map(str, some)), end="\n\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
