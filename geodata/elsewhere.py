"""Communes of the other departments by name: what makes five digits and a word a place outside the Nord."""

from __future__ import annotations

import json
import lzma
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from geodata.folders import EMBEDDED

FILE = "elsewhere.json.xz"
LARGE = 10_000
"""Inhabitants from which the bare name of a commune is taken for it: « Le Mans » is a city, « Parc » may be a park."""
MARK = "*"


@dataclass(frozen=True)
class Elsewhere:
    """Departments other than the Nord by the key (`names.key`) of their communes' names; the keys of large ones."""

    departments: Mapping[str, tuple[str, ...]]
    large: frozenset[str]

    def holds(self, key: str, department: str) -> bool:
        """Whether a commune of this department bears the name."""
        return department in self.departments.get(key, ())


@cache
def load() -> Elsewhere:
    """Read the embedded names, once: they are needed only where an address is not in the Nord."""
    content = json.loads(lzma.decompress((EMBEDDED / FILE).read_bytes()))
    departments: dict[str, list[str]] = defaultdict(list)
    marked = [(department, key) for department, keys in content.items() for key in keys.split()]
    for department, key in marked:
        departments[key.removesuffix(MARK)].append(department)
    large = frozenset(key.removesuffix(MARK) for _, key in marked if key.endswith(MARK))
    return Elsewhere({key: tuple(where) for key, where in departments.items()}, large)
