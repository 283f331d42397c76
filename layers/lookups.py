"""What the public company-search API answered of the beneficiaries of files, kept beside the releases.

One line of JSON a question in ``lookups/recherche-entreprises.jsonl`` of the data folder, the latest of a question
being the one that holds; what was not found is kept too. Nothing of it enters a release but the places of the grants
that are imported afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from layers import durable

FOLDER: Final = "lookups"
FILE: Final = "recherche-entreprises.jsonl"
FOUND, SEVERAL, ABSENT = "found", "several", "absent"
"""A place that is sure; several units or several communes, between which nothing is guessed; nothing."""
KEPT: Final[Mapping[str, timedelta]] = {
    FOUND: timedelta(days=365),
    SEVERAL: timedelta(days=90),
    ABSENT: timedelta(days=30),
}
"""How long an answer stands before the same question is asked again."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """One answer.

    Attributes
    ----------
    key : the question (`layers.sought.key`).
    on : day of the answer, ISO.
    outcome : one of those above.
    commune : INSEE code, anywhere in France; empty where the place is not sure.
    siren : of the unit, empty unless there is only one.
    family : of the ESS; empty where the unit is not of it, or nothing says of which family.
    is_of_ess : whether the rule of the ESS accepts the unit.
    candidates : of several, what they are, in French; persons are not among them.
    """

    key: str
    on: str
    outcome: str
    commune: str = ""
    siren: str = ""
    family: str = ""
    is_of_ess: bool = False
    candidates: tuple[str, ...] = ()

    def stands(self, today: date) -> bool:
        """Whether the question need not be asked again."""
        return today - date.fromisoformat(self.on) < KEPT[self.outcome]


Lookups = Mapping[str, Lookup]


def path(data_dir: Path) -> Path:
    """Where the answers of a data folder are."""
    return data_dir / FOLDER / FILE


def read(data_dir: Path) -> dict[str, Lookup]:
    """Answers by question; a line that a crash cut is left out, and asked again."""
    try:
        lines = path(data_dir).read_bytes().split(b"\n")
    except OSError:
        return {}
    found = (_lookup(line) for line in lines)
    return {one.key: one for one in found if one is not None}


def is_settled(known: Lookups, questions: Sequence[str], today: date) -> bool:
    """Whether nothing is left to ask of a beneficiary by these questions, the surest first."""
    for name in questions:
        found = known.get(name)
        if found is None or not found.stands(today):
            return False
        if found.outcome == FOUND or found.siren:
            return True
    return True


def keep(data_dir: Path, found: Lookup) -> None:
    """Write one answer down, before anything is done with it. Raises `OSError`."""
    path(data_dir).parent.mkdir(parents=True, exist_ok=True)
    durable.append_line(path(data_dir), json.dumps(asdict(found), ensure_ascii=False, separators=(",", ":")))


def _lookup(line: bytes) -> Lookup | None:
    try:
        content: dict[str, Any] = json.loads(line)
        found = Lookup(**{**content, "candidates": tuple(content.get("candidates", ()))})
        date.fromisoformat(found.on)
    except (ValueError, TypeError, AttributeError):
        return None
    return found if found.outcome in KEPT else None
