"""The account of one file: where each of its rows went, and how many euros with it.

The JSON form is the file report of the contract. ``rows_read`` counts rows as they leave the file, the
other counters as they are ruled on, so that :meth:`Account.check` finds a row that a reader forgot.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

from layers.lines import line_of, sheet_of
from layers.questions import Answers, Question
from layers.sought import Sought
from layers.typography import sentence

Outcome = Literal["accepted", "rejected", "outside", "duplicate", "not_ess", "control"]
OUTCOMES: Final[tuple[Outcome, ...]] = ("accepted", "rejected", "outside", "duplicate", "not_ess", "control")


@dataclass(frozen=True, slots=True)
class Reject:
    """One refused row: its line (header = 1), the column and value at fault, why and what to do in French.

    ``candidates``: for a place that was not found, codes of the communes that may have been meant, perhaps none; None
    for any other reason.
    """

    row: int
    column: str
    value: str
    reason: str
    remedy: str
    candidates: tuple[str, ...] | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the reject of the contract, and which sheet it is of where it is not of the first that is read."""
        told = {key: getattr(self, key) for key in ("column", "value", "reason", "remedy")}
        sheet = {"sheet": sheet_of(self.row)} if sheet_of(self.row) else {}
        return {"row": line_of(self.row), **sheet, **told}

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", sentence(self.reason))
        object.__setattr__(self, "remedy", sentence(self.remedy))


@dataclass(frozen=True, slots=True)
class Duplicate:
    """One row that says again what another said: its line, that of the first where it is known, and what it says."""

    row: int
    first: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Warning_:  # noqa: N801  (``Warning`` is Python's own)
    """Something that the reader saw and did not refuse: stable code, number of cases, French message."""

    code: str
    count: int
    message: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", sentence(self.message))


class UnbalancedError(ValueError):
    """Rows read differ from rows ruled on: a fault of the reader, never of the file."""


def euros(cents: int) -> int | float:
    """Cents as euros: an integer where there are no cents, else two decimals."""
    return cents // 100 if cents % 100 == 0 else cents / 100


@dataclass(slots=True)
class Account:
    """Account of one file, filled row by row by its reader.

    Attributes
    ----------
    rows_read : int
        Data rows met in the file, blank lines apart.
    rows : Counter
        Rows by outcome.
    cents : Counter
        Money by outcome, in cents; stays empty for a file without amounts. Control rows carry none: they
        repeat.
    duplicates : list
        Rows that repeat another, one by one; a stock read by the million counts them only.
    questions : list
        What has to be answered before the file is published.
    settled : list
        What was asked, and is answered.
    aside : list
        Lines that are no rows read, or control rows, with the code of their warning.
    answers : mapping
        What was answered already.
    answered : dict
        Those of them that the file did ask for.
    inside : str
        The sha256 of the file that an archive holds; empty for a file that is none.
    shape : str
        Signature of the titles of the table; empty for a file of which nothing is asked.
    sought : list
        Beneficiaries and structures that no place is known of: what a public register may be asked.
    declared : dict
        The declaration by which it was read, and the shape that it is kept for; empty for any other file.
    table : dict
        How the table was understood, as the contract's report has it; empty where an official layout says it.
    accepted_by_territory, cents_by_territory : Counter
        By territory code ``"1"`` to ``"8"``; a row that belongs to no single territory is in neither.
    """

    file: str
    kind: str = ""
    sha256: str = ""
    inside: str = ""
    encoding: str = ""
    delimiter: str = ""
    vintage: str = ""
    has_amounts: bool = False
    rows_read: int = 0
    rows: Counter[Outcome] = field(default_factory=Counter)
    cents: Counter[Outcome] = field(default_factory=Counter)
    accepted_by_territory: Counter[str] = field(default_factory=Counter)
    cents_by_territory: Counter[str] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    warnings: list[Warning_] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    settled: list[Question] = field(default_factory=list)
    aside: list[tuple[int, str]] = field(default_factory=list)
    answers: Answers = field(default_factory=dict)
    answered: dict[str, str] = field(default_factory=dict)
    shape: str = ""
    declared: dict[str, Any] = field(default_factory=dict)
    table: dict[str, Any] = field(default_factory=dict)
    sought: list[Sought] = field(default_factory=list)

    def ask(self, question: Question) -> str:
        """The answer to a question, or the best guess; without an answer nothing of the file is published."""
        if (said := self.answers.get(question.id)) in question.choices and said is not None:
            self.answered[question.id] = said
            self.settled += [question] if question not in self.settled else []
            return said
        if question not in self.questions:
            self.questions.append(question)
        return question.guess

    def read(self) -> None:
        """Count one data row as it leaves the file."""
        self.rows_read += 1

    def accept(self, territory: str | None = None, cents: int = 0) -> None:
        """Rule one row accepted, in *territory* (None: in no single one)."""
        self.count("accepted", cents)
        if territory is not None:
            self.accepted_by_territory[territory] += 1
            self.cents_by_territory[territory] += cents

    def reject(self, reject: Reject, cents: int = 0) -> None:
        """Rule one row refused; *cents* is its amount where that could be read."""
        self.count("rejected", cents)
        self.rejects.append(reject)

    def withdraw(self, reject: Reject, territory: str | None, cents: int, *, whole: bool) -> None:
        """Refuse what was accepted: a row, with its *cents*; of one that is not *whole*, its cents alone."""
        self.cents["accepted"] -= cents
        self.cents["rejected"] += cents
        if territory is not None:
            self.cents_by_territory[territory] -= cents
        if not whole:
            self.warn("not_confirmed", f"Ligne {line_of(reject.row)} : {reject.reason} Le reste de la ligne est gardé.")
            return
        self.rows["accepted"] -= 1
        self.rows["rejected"] += 1
        self.rejects.append(reject)
        if territory is not None:
            self.accepted_by_territory[territory] -= 1

    def repeat(self, row: int, what: str, first: int | None = None, cents: int = 0) -> None:
        """Rule the row of line *row* a duplicate; *what* it says again, *first* being the line that said it."""
        self.count("duplicate", cents)
        self.duplicates.append(Duplicate(row, first, what))

    def count(self, outcome: Outcome, cents: int = 0) -> None:
        """Rule one row *outcome*, with its amount in cents."""
        self.rows[outcome] += 1
        self.cents[outcome] += cents

    def warn(self, code: str, message: str, count: int = 1) -> None:
        """Report *count* cases of *code*; nothing is reported for none."""
        if count:
            self.warnings.append(Warning_(code, count, message))

    @property
    def amount_cents(self) -> int | None:
        """Cents of the accepted rows; None for a file without amounts."""
        return self.cents["accepted"] if self.has_amounts else None

    def check(self) -> None:
        """Raise :class:`UnbalancedError` unless every row read was ruled on once."""
        ruled = self.rows.total()
        if ruled != self.rows_read or len(self.rejects) != self.rows["rejected"]:
            raise UnbalancedError(f"{self.file}: {self.rows_read} rows read, {ruled} ruled on ({dict(self.rows)})")

    def to_json(self) -> dict[str, Any]:
        """Give the file report of the contract, amounts in euros; raises :class:`UnbalancedError`."""
        self.check()
        total = self.amount_cents
        return {
            "file": self.file,
            "kind": self.kind,
            "sha256": self.sha256,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "vintage": self.vintage,
            "rows_read": self.rows_read,
            **{f"rows_{outcome}": self.rows[outcome] for outcome in OUTCOMES},
            "amounts_by_outcome": self._euros_by_outcome(),
            "table": self.table,
            "questions": [question.to_json() for question in self.questions],
            "amount_total": None if total is None else euros(total),
            "accepted_by_territory": dict(sorted(self.accepted_by_territory.items())),
            "amount_by_territory": self._euros_by_territory(),
            "rejects": [reject.to_json() for reject in sorted(self.rejects, key=lambda reject: reject.row)],
            "warnings": [asdict(warning) for warning in self.warnings],
        }

    def _euros_by_outcome(self) -> dict[str, int | float] | None:
        return {outcome: euros(self.cents[outcome]) for outcome in OUTCOMES} if self.has_amounts else None

    def _euros_by_territory(self) -> dict[str, int | float]:
        if not self.has_amounts:
            return {}
        return {code: euros(cents) for code, cents in sorted(self.cents_by_territory.items())}
