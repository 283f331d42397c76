"""The gazetteer: what a name, a post code or a code may mean, and what exists elsewhere in France."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from geodata import names
from geodata.build.official_communes import OfficialCommune, typeset
from geodata.gazetteer import HOME_DEPARTMENT

ALIASES = Path(__file__).parents[1] / "reference" / "aliases.csv"
_POSTCODES_OF_PARTS = {"59298": ("59260",), "59355": ("59160",)}
"""The list gives Lille's post codes together; those of Hellemmes and Lomme are known (La Poste)."""


def make(official: list[OfficialCommune], departments: bytes, members: Collection[str]) -> dict[str, Any]:
    """Content of `gazetteer.json`: places, departments, former codes, codes of France as spans."""
    aliases = _aliases()
    by_code = {entry.code: entry for entry in reversed(official)}
    watched = {names.key(by_code[code].name) for code in members}
    watched |= {names.key(alias) for others in aliases.values() for alias in others}
    for code, name in _names_before_merger(official, by_code):
        aliases[code].append(name)
    kept = [e for e in by_code.values() if e.department == HOME_DEPARTMENT or names.key(e.name) in watched]
    return {
        "places": [_place(entry, aliases.get(entry.code, [])) for entry in sorted(kept, key=lambda e: e.code)],
        "departments": {d["code"]: typeset(d["nom"]) for d in sorted(json.loads(departments), key=_code)},
        "former": dict(sorted(_former(official))),
        "codes": _spans({code for entry in official for code in (entry.code, *entry.former_codes)}),
    }


def text(content: dict[str, Any]) -> str:
    """JSON with one place, department prefix or former code a line, so that a new vintage reads as a difference."""
    parts = []
    for name, value in content.items():
        if isinstance(value, list):
            lines = [json.dumps(item, ensure_ascii=False) for item in value]
            parts.append(f'"{name}": [\n' + ",\n".join(lines) + "\n]")
        else:
            parts.append(f'"{name}": ' + json.dumps(value, ensure_ascii=False, indent=1))
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _place(entry: OfficialCommune, aliases: list[str]) -> list[Any]:
    postcodes = entry.postcodes or _POSTCODES_OF_PARTS.get(entry.code, ())
    return [entry.code, entry.name, entry.attached_to, entry.department, list(postcodes), aliases]


def _code(raw: dict[str, str]) -> str:
    return raw["code"]


def _aliases() -> dict[str, list[str]]:
    aliases: dict[str, list[str]] = defaultdict(list)
    with ALIASES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            aliases[row["code"]].append(row["nom"])
    return aliases


def _names_before_merger(
    official: Iterable[OfficialCommune], by_code: dict[str, OfficialCommune]
) -> Iterator[tuple[str, str]]:
    """Delegated communes that kept the code of the commune they merged into: Amfroipret, now L’Orée de Mormal."""
    for entry in official:
        if entry.department == HOME_DEPARTMENT and entry.name != by_code[entry.code].name:
            yield entry.code, entry.name


def _former(official: Iterable[OfficialCommune]) -> Iterator[tuple[str, str]]:
    for entry in official:
        if entry.current and entry.department == HOME_DEPARTMENT:
            yield from ((code, entry.code) for code in entry.former_codes)


def _spans(codes: Collection[str]) -> dict[str, str]:
    """`{"59": "1-14 16-20"}`: numbers after the two characters of the department."""
    by_prefix: dict[str, list[int]] = defaultdict(list)
    for code in sorted(codes):
        by_prefix[code[:2]].append(int(code[2:]))
    return {prefix: " ".join(_compact(numbers)) for prefix, numbers in by_prefix.items()}


def _compact(numbers: list[int]) -> Iterator[str]:
    start = numbers[0]
    for number, following in pairwise([*numbers, numbers[-1] + 2]):
        if following != number + 1:
            yield str(start) if start == number else f"{start}-{number}"
            start = following
