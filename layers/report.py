"""The report of an import: the contract's JSON, and what to tell the person who asked for it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from layers.account import OUTCOMES
from layers.deliveries import Departure
from layers.rehearsal import Rehearsal
from layers.rehearsal_json import of_departures, of_rehearsal
from layers.unreadable import UnreadableFile

FileReport = dict[str, Any]
Outcome = Literal["published", "already_published", "dry_run", "refused", "asked", "unconfirmed"]

UNREADABLE, NOTHING_USABLE = "unreadable", "nothing_usable"
UNUSABLE = (UNREADABLE, NOTHING_USABLE)
OTHER_VERSION = "other_version"
"""Code of a file of which another asks a question: neither is used before it is answered."""


@dataclass(frozen=True)
class Report:
    """What an import did.

    Attributes
    ----------
    outcome : ``published``, ``already_published`` (the same files gave the same release), ``dry_run`` or ``refused``
        (a file at least was unusable: nothing is published), ``asked`` (a file has a question that nobody answered:
        nothing is published), or ``unconfirmed`` (earlier rows would leave for good, and
        nobody said that they may: nothing is published).
    release : name of the release now served because of this import, or None.
    files : the contract's report of each file, in the order of the command.
    left_out : files of the command that were left out, as was asked: they could not be used, or ask something.
    departures : what of earlier files leaves, or would, because of these.
    rehearsal : what the release would change, for a ``dry_run`` of which every file is usable.
    """

    outcome: Outcome
    release: str | None
    files: tuple[FileReport, ...]
    departures: tuple[Departure, ...] = ()
    left_out: int = 0
    rehearsal: Rehearsal | None = None

    @property
    def unusable(self) -> tuple[FileReport, ...]:
        """Reports of the files of which nothing could be used."""
        return tuple(file for file in self.files if is_unusable(file))

    @property
    def exit_status(self) -> int:
        """0 where every file was accepted, rejected rows apart; 1 where one was unusable, or something is awaited."""
        waits = self.outcome in ("asked", "unconfirmed")
        return 1 if waits or (self.unusable and not self.left_out) else 0

    def to_json(self) -> dict[str, Any]:
        """The contract's report; one key more where earlier rows leave, ``departures``, and of a dry run ``rehearsal``.

        See `layers.rehearsal_json`.
        """
        said: dict[str, Any] = {"release": self.release, "files": list(self.files)}
        if self.departures:
            said["departures"] = of_departures(self.departures)
        return said if self.rehearsal is None else {**said, "rehearsal": of_rehearsal(self.rehearsal)}


def is_unusable(file: FileReport) -> bool:
    """Whether nothing of a file could be used, from its report."""
    return any(warning["code"] in UNUSABLE for warning in file["warnings"])


def asks(file: FileReport) -> bool:
    """Whether a file has a question without an answer."""
    return bool(file.get("questions"))


def waits(file: FileReport) -> bool:
    """Whether a file cannot be published as it is: nothing of it is usable, or something is asked of it."""
    contradicted = any(warning["code"] == OTHER_VERSION for warning in file["warnings"])
    return is_unusable(file) or asks(file) or contradicted


def unreadable(path: Path, kind: str | None, error: UnreadableFile) -> FileReport:
    """Report of a file refused as a whole: no row is counted, the one entry of ``rejects`` says where and why."""
    reject = {
        "row": error.line or 1,
        "column": error.column or "",
        "value": "",
        "reason": error.reason,
        "remedy": error.remedy,
    }
    return {
        "file": path.name,
        "kind": kind or "",
        "sha256": _sha256(path),
        "encoding": "",
        "delimiter": "",
        "vintage": "",
        "rows_read": 0,
        **{f"rows_{outcome}": 0 for outcome in OUTCOMES},
        "amounts_by_outcome": None,
        "table": error.table,
        "questions": [],
        "amount_total": None,
        "accepted_by_territory": {},
        "amount_by_territory": {},
        "rejects": [reject],
        "warnings": [warning(UNREADABLE, 1, error.sentence)],
    }


def warning(code: str, count: int, message: str) -> dict[str, Any]:
    """One warning, as in the contract."""
    return {"code": code, "count": count, "message": message}


def with_warnings(file: FileReport, warnings: Sequence[dict[str, Any]]) -> FileReport:
    """The same report with warnings added."""
    return {**file, "warnings": [*file["warnings"], *warnings]}


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
