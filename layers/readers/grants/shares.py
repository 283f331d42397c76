"""One agreement of several beneficiaries: each has its share of the amount that all of them bear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from layers.lines import line_of
from layers.questions import SHARE, Question
from layers.readers.grants.agreement import Agreement
from layers.readers.intake import Intake
from layers.typography import enumerated

_WHOLE: Final = 1.0
_TOLERANCE: Final = 0.02
_SHARED: Final = (
    "Des lignes de même décision et de même montant ont des parts qui font un tout ({lines}) : ce montant est-il à "
    "partager entre elles ?"
)
SPLIT, WHOLE = "Le partager selon leur part", "Le compter en entier sur chacune"


def shared(intake: Intake, kept: Sequence[Agreement]) -> list[Agreement]:
    """Where several beneficiaries bear the same total and shares that make one, each has its share of it.

    They are of one agreement where a reference says so; otherwise it is asked.
    """
    groups: dict[tuple[object, ...], list[Agreement]] = defaultdict(list)
    for found in kept:
        if found.share is not None and found.share < _WHOLE:
            groups[found.decision].append(found)
    parted = [
        group for group in groups.values()
        if len(group) > 1 and abs(sum(one.share or 0 for one in group) - _WHOLE) < _TOLERANCE
    ]  # fmt: skip
    unsure = [one.row.line for group in parted if not group[0].row["reference"] for one in group]
    split = not unsure or intake.account.ask(_of_shares(unsure)) == SPLIT
    settled: dict[int, Agreement] = {}
    for group in parted:
        if split or group[0].row["reference"]:
            for found in group:
                intake.note("shared", "Montants totaux partagés entre bénéficiaires selon leur part", found.row.line)
                settled[found.row.line] = found.shared()
    return [settled.get(found.row.line, found) for found in kept]


def _of_shares(rows: Sequence[int]) -> Question:
    told = enumerated([line_of(line) for line in rows])
    return Question(SHARE, _SHARED.format(lines=told), (SPLIT, WHOLE), SPLIT)
