"""What differs between two versions of a diagnostic: findings, figures and actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

FINDING: Final = ("sentence", "quadrant", "theme", "status", "source")
FIGURE: Final = ("value", "state", "year")
ACTION: Final = (
    "title", "status", "issue", "objective", "pilot", "partners", "perimeter", "budget", "instrument", "begins",
    "ends", "indicator", "measured", "baseline", "target", "risks", "findings", "years",
)  # fmt: skip
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """One entry in both versions, and the fields that differ: name, before, after."""

    before: Entry
    after: Entry
    fields: tuple[tuple[str, Any, Any], ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """What the second version has and the first has not, the other way round, and what both have differently."""

    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[Changed, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def of(before: Entry, after: Entry) -> dict[str, Differences]:
    """Differences by part: ``findings``, ``figures``, ``actions``, each in the order of the second version."""
    return {
        "findings": _of(before.get("findings", ()), after.get("findings", ()), "id", FINDING),
        "figures": _of(before.get("figures", ()), after.get("figures", ()), "indicator", FIGURE),
        "actions": _of(before.get("actions", ()), after.get("actions", ()), "id", ACTION),
    }


def _of(before: Sequence[Entry], after: Sequence[Entry], key: str, names: Sequence[str]) -> Differences:
    was, now = {one[key]: one for one in before}, {one[key]: one for one in after}
    changed = []
    for ident, one in now.items():
        if ident in was:
            fields = tuple(
                (name, was[ident].get(name), one.get(name)) for name in names if was[ident].get(name) != one.get(name)
            )
            if fields:
                changed.append(Changed(was[ident], one, fields))
    return Differences(
        tuple(one for ident, one in now.items() if ident not in was),
        tuple(one for ident, one in was.items() if ident not in now),
        tuple(changed),
    )
