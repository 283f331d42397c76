"""Commune codes of a stock file: those of the metropole, those elsewhere, those that are no code of the department."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from geodata.attach import Attacher, Attachment

DEPARTMENT: Final = "59"


@dataclass(frozen=True, slots=True)
class Places:
    """What the codes met in the file stand for.

    Attributes
    ----------
    inside : commune of the metropole by code written (Lille for Lomme).
    unknown : codes of the department that no commune has or had, with why.
    """

    inside: dict[str, str]
    unknown: dict[str, Attachment]


def sort(codes: list[str], attacher: Attacher) -> Places:
    """Sort the distinct codes of the department that a file has."""
    inside: dict[str, str] = {}
    unknown: dict[str, Attachment] = {}
    for code in codes:
        found = attacher.attach(insee=code.removesuffix(".0"))
        if found.status == "inside" and found.commune is not None:
            inside[code] = found.commune
        elif found.status != "outside":
            unknown[code] = found
    return Places(inside, unknown)
