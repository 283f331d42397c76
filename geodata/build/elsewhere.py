"""Names of the communes of the other departments: a city of elsewhere is recognised beside its post code."""

from __future__ import annotations

import json
import lzma
from collections import defaultdict
from collections.abc import Iterable

from geodata import names
from geodata.build.official_communes import OfficialCommune
from geodata.elsewhere import LARGE, MARK
from geodata.gazetteer import HOME_DEPARTMENT


def make(official: Iterable[OfficialCommune]) -> dict[str, str]:
    """Keys of names by department, parted by spaces; those of large communes bear a mark."""
    found: dict[str, set[str]] = defaultdict(set)
    large: dict[str, set[str]] = defaultdict(set)
    for entry in official:
        if entry.department != HOME_DEPARTMENT and (key := names.key(entry.name)):
            found[entry.department].add(key)
            if entry.current and (entry.population or 0) >= LARGE:
                large[entry.department].add(key)
    return {
        department: " ".join(key + MARK * (key in large[department]) for key in sorted(found[department]))
        for department in sorted(found)
    }


def packed(content: dict[str, str]) -> bytes:
    """JSON with one department a line, compressed: it is most of what is embedded, and read only when needed."""
    return lzma.compress((json.dumps(content, ensure_ascii=False, indent=0) + "\n").encode(), preset=9)
