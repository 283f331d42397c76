"""What is read and hardly can be waits for a person: years outside the plausible, amounts beyond it.

A reader refuses what it cannot read. What it reads and nobody would believe is asked about before it is published:
kept, or set aside with its lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from layers.account import Reject
from layers.lines import line_of
from layers.questions import AMOUNTS, YEARS, Question
from layers.readers.intake import Intake, Record
from layers.readers.reader import Records
from layers.rounding import whole
from layers.typography import enumerated, euros_text
from layers.values.dates import FIRST_YEAR, next_year

LARGEST_AMOUNT: Final = 10_000_000_000
"""One hundred million euros, in cents: a hundred times what the metropole gives the social economy in a year."""
KEEP, DROP = "Oui, les publier", "Non, écarter ces lignes"
VALUES: Final = ("observations", "jobs")
"""Tables of which a line may hold several values: those that are not doubted stay."""
_CENTS: Final = 100
_SHOWN: Final = 5
_REMEDY: Final = "Corriger la valeur dans le fichier, ou confirmer qu’elle est juste."


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is doubted of a record: *key* of its question, *columns* that say it, *told* with the bounds, in French."""

    key: str
    columns: tuple[str, ...]
    told: str
    is_doubtful: Callable[[Record], bool]
    written: Callable[[Record], str]


def confirmed(intake: Intake, records: Records) -> Records:
    """The records without those of the lines that a person set aside; what is not answered is asked.

    Raises nothing: a question left open keeps the file from being published (`layers.account.Account.ask`).
    """
    for doubt in _doubts():
        records = _asked(intake, records, doubt)
    return records


def _doubts() -> tuple[Doubt, ...]:
    last = next_year()
    return (
        Doubt(
            YEARS,
            ("year", "date", "period"),
            f"année hors de {FIRST_YEAR} à {last}",
            lambda one: isinstance(year := one.get("year"), int) and not FIRST_YEAR <= year <= last,
            lambda one: str(one["year"]),
        ),
        Doubt(
            AMOUNTS,
            ("amount", "granted", "asked"),
            f"montant de plus de {euros_text(LARGEST_AMOUNT)}",
            lambda one: abs(_cents(one)) > LARGEST_AMOUNT,
            lambda one: euros_text(_cents(one)),
        ),
    )


def _asked(intake: Intake, records: Records, doubt: Doubt) -> Records:
    doubtful = [one for found in records.values() for one in found if doubt.is_doubtful(one)]
    if not doubtful:
        return records
    if intake.account.ask(Question(doubt.key, _about(doubt, doubtful), (KEEP, DROP), KEEP)) == KEEP:
        return records
    lines = {_line(one) for one in doubtful}
    kept = {
        table: [one for one in found if _line(one) not in lines or (table in VALUES and not doubt.is_doubtful(one))]
        for table, found in records.items()
    }
    left = {_line(one) for found in kept.values() for one in found}
    for line in sorted(lines):
        of_line = [one for found in records.values() for one in found if _line(one) == line]
        _withdraw(intake, doubt, of_line, whole=line not in left)
    return kept


def _about(doubt: Doubt, doubtful: Sequence[Record]) -> str:
    lines = sorted({_line(one) for one in doubtful})
    values = list(dict.fromkeys(doubt.written(one) for one in doubtful))
    shown = ", ".join(values[:_SHOWN]) + (", …" if len(values) > _SHOWN else "")
    where = enumerated([line_of(line) for line in lines])
    return f"{doubt.told[0].upper()}{doubt.told[1:]} ({where} : {shown}). Est-ce juste ?"


def _withdraw(intake: Intake, doubt: Doubt, of_line: Sequence[Record], *, whole: bool) -> None:
    """Move a line, with its euros, from what is accepted to what is refused; one of which values are kept stays."""
    first = of_line[0]
    territory = intake.territories.get(str(first.get("commune") or "")) or first.get("territory")
    value = ", ".join(dict.fromkeys(doubt.written(one) for one in of_line if doubt.is_doubtful(one)))
    reason = f"{doubt.told}, non confirmé"
    header = next((intake.header(key) for key in doubt.columns if intake.located.get(key)), "")
    told = str(territory) if territory else None
    intake.account.withdraw(Reject(_line(first), header, value, reason, _REMEDY), told, _accepted(of_line), whole=whole)


def _accepted(of_line: Sequence[Record]) -> int:
    """Cents that a line was accepted with: what a call granted, else all that it gives."""
    granted = [value for one in of_line if one.get("measure") == "granted" and isinstance(value := one["value"], float)]
    return whole(granted[0] * _CENTS) if granted else sum(_cents(one) for one in of_line if "amount_cents" in one)


def _line(one: Record) -> int:
    line = one["row"]
    return line if isinstance(line, int) else 0


def _cents(one: Record) -> int:
    """Money of a record, of a grant or of the follow-up; 0 where it holds none."""
    cents, value = one.get("amount_cents"), one.get("value")
    if isinstance(cents, int):
        return cents
    return whole(value * _CENTS) if one.get("unit") == "€" and isinstance(value, float) else 0
