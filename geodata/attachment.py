"""What is known of where a record is: the answer of `geodata.attach`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["inside", "outside", "unknown", "ambiguous"]
Way = Literal["insee", "siret", "postcode+name", "name", "point", "postcode", "siren"]

ELSEWHERE = "ailleurs"
"""Somewhere out of the metropole."""


@dataclass(frozen=True)
class Attachment:
    """A record attached to a commune of the metropole, or the reason why it is not.

    `commune`: one of the 95, where `status` is `inside`. `way`: the evidence that decided. `candidates`: codes of
    communes (or of a department) between which nothing decides, where `status` is `ambiguous`.
    `suggestions`: communes that may have been meant, nearest first, where it is `unknown`.
    `reason`, `remedy`, `conflict`: French sentences, empty where there is nothing to say; `conflict` tells which
    other evidence of the record disagrees with the one kept, or could not be used.
    """

    status: Status
    commune: str | None = None
    way: Way | None = None
    candidates: tuple[str, ...] = ()
    reason: str = ""
    remedy: str = ""
    conflict: str = ""
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What one way says.

    `places`: codes of communes, of a department, or `ELSEWHERE`; none where the way failed, for `problem`.
    `hints`: communes that may have been meant, too uncertain to decide. `quiet`: the failure is usual.
    """

    way: Way
    places: tuple[str, ...] = ()
    problem: str = ""
    remedy: str = ""
    hints: tuple[str, ...] = ()
    quiet: bool = False
