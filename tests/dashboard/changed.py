"""The table of what changed between two years, read against the answer of the API."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

COUNTED = ("actors", "jobs", "grants_amount")
"""Indicators whose change is told in per cent; that of a ratio is a difference."""
WITHOUT = {"s": "suppressed", "n.d.": "missing"}
NAMED = {"value": "valeur", "zero": "zéro", "suppressed": "secret statistique", "missing": "non disponible"}


def agree(answer: Mapping[str, Any], table: Mapping[str, Sequence[str]], *, percent: bool) -> None:
    """Every row of the table prints what the API gives: change, its state, the two values and their difference."""
    forward = answer["year"] == answer["change"]["to"]
    areas = {area["code"]: area for area in (*answer["values"], answer["total"])}
    assert set(table) == set(areas)
    for code, area in areas.items():
        change = area["change"]
        _rank, _name, shown, state, then, now, difference = table[code]
        same(shown, change["percent" if percent else "absolute"], code)
        same(difference, change["absolute"], code)
        same(then, change["from"], code)
        if forward or change["absolute"] is not None:
            same(now, area["value"] if forward else change["from"] + change["absolute"], code)
        assert (shown in WITHOUT) == (state in {NAMED["suppressed"], NAMED["missing"]}), code
        if change["state"] == "suppressed":
            assert (shown, state) == ("s", NAMED["suppressed"]), code


def same(text: str, exact: float | None, where: str) -> None:
    """A printed number is the exact one, rounded at its last digit; without a number, a mark is printed."""
    if exact is None:
        assert text in WITHOUT, (where, text)
        return
    digits = re.sub(r"[^\d,.]", "", text).replace(",", ".")
    decimals = len(digits.partition(".")[2])
    read = float(digits) * (-1 if text.startswith(("-", "−")) else 1)
    assert abs(read - exact) <= 0.5 * 10**-decimals + 1e-6, (where, text, exact)
