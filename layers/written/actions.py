"""Action sheets of a diagnostic: what a place decides to do about its findings, who leads it, what it is to change.

Written as the register is: nothing is overwritten silently, what is withdrawn stays, every change is in the journal.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from layers.indicators import INDICATORS
from layers.indicators.declared import is_declared
from layers.written import locking, noting
from layers.written.database import Database
from layers.written.locking import Invalid
from layers.written.schema import ACTION_YEARS, ACTIONS, FINDINGS

STATUSES: Final[Mapping[str, str]] = {
    "idea": "idée",
    "decided": "décidée",
    "running": "en cours",
    "done": "réalisée",
    "dropped": "abandonnée",
}
"""In the order of the board."""
TEXTS: Final[Mapping[str, int]] = {
    "title": 200, "issue": 2_000, "objective": 2_000, "pilot": 200, "partners": 1_000, "perimeter": 500,
    "instrument": 200, "measured": 200, "risks": 2_000,
}  # fmt: skip
"""Most characters by text field."""
MOST_BUDGET, MOST_VALUE = 10_000_000_000, 1e12
YEARS: Final = range(1990, 2101)
MOST_DONE: Final = 2_000
EDITED: Final = (
    *TEXTS, "budget", "begins", "ends", "indicator", "baseline", "baseline_year", "baseline_state", "baseline_release",
    "target", "target_year", "status", "findings",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Action:
    """One sheet.

    ``indicator`` is one of ours, whose ``baseline`` is that of a release, or None where ``measured`` says in words
    what is counted; ``budget`` is in euros; ``findings`` is the list of those that it answers, as JSON. None is what
    nobody wrote, never zero.
    """

    place: str
    title: str
    issue: str = ""
    objective: str = ""
    pilot: str = ""
    partners: str = ""
    perimeter: str = ""
    budget: int | None = None
    instrument: str = ""
    begins: int | None = None
    ends: int | None = None
    indicator: str | None = None
    measured: str = ""
    baseline: float | None = None
    baseline_year: int | None = None
    baseline_state: str | None = None
    baseline_release: str | None = None
    target: float | None = None
    target_year: int | None = None
    risks: str = ""
    status: str = "idea"
    findings: str = "[]"
    withdrawn: bool = False
    version: int = 1
    id: str = ""
    created: str = ""
    changed: str = ""

    @property
    def answers(self) -> tuple[str, ...]:
        """Identifiers of the findings that it answers."""
        return tuple(json.loads(self.findings))


@dataclass(frozen=True, slots=True)
class Year:
    """The follow-up of a year: what was done, and what was counted where no release measures it."""

    action: str
    year: int
    done: str
    value: float | None = None
    version: int = 1
    id: str = ""
    changed: str = ""


class UnknownAction(KeyError):  # noqa: N818  (says what happened)
    """No action has the identifier."""


def add(database: Database, action: Action, who: str, now: datetime | None = None) -> Action:
    """Write a new action; gives it back with its identifier. Raises `Invalid`."""
    at = noting.at(now)
    with database.write() as connection:
        made = replace(
            _checked(connection, action), id=uuid.uuid4().hex, version=1, created=at, changed=at, withdrawn=False
        )
        connection.execute(insert(ACTIONS).values(asdict(made)))
        noting.note(connection, made.id, "added", who, at=at, before=None, after=asdict(made))
    return made


def change(database: Database, ident: str, version: int, values: Mapping[str, Any], who: str) -> Action:
    """Change what `EDITED` lists, from the version that was read.

    Raises `UnknownAction`, `Invalid`, `locking.Conflict`.
    """
    if unknown := set(values) - set(EDITED):
        raise Invalid(min(unknown))
    return _changed(database, ident, version, dict(values), who, what="changed")


def withdraw(database: Database, ident: str, version: int, who: str, *, withdrawn: bool = True) -> Action:
    """Take an action off the board, where it stays to be put back. Raises as `change`."""
    what = "withdrawn" if withdrawn else "restored"
    return _changed(database, ident, version, {"withdrawn": withdrawn}, who, what=what)


def follow(database: Database, found: Year, who: str) -> Year:
    """Write the follow-up of a year; ``version`` is the one that was read, 0 where there was none.

    Raises `UnknownAction`, `Invalid`, `locking.Conflict`.
    """
    at = noting.at()
    told = found.done.strip()
    if not 0 < len(told) <= MOST_DONE:
        raise Invalid("done")
    _within(found.year, YEARS, "year")
    _bounded(found.value, "value")
    with database.write() as connection:
        _of(connection, found.action)
        before = _year(connection, found.action, found.year)
        made = replace(found, done=told, changed=at, version=(before.version if before else 0) + 1)
        if before is None:
            made = replace(made, id=uuid.uuid4().hex)
            connection.execute(insert(ACTION_YEARS).values(asdict(made)))
        else:
            made = replace(made, id=before.id)
            locking.write(connection, ACTION_YEARS, before, found.version, asdict(made))
        kept = None if before is None else asdict(before)
        noting.note(connection, found.action, "followed", who, at=at, before=kept, after=asdict(made))
    return made


def read(database: Database, ident: str) -> Action:
    """The action of an identifier, or `UnknownAction`."""
    if database.is_new:
        raise UnknownAction(ident)
    with database.read() as connection:
        return _of(connection, ident)


def listed(database: Database, place: str) -> list[Action]:
    """The actions of a place in the order in which they were written, the withdrawn ones too."""
    if database.is_new:
        return []
    with database.read() as connection:
        asked = select(ACTIONS).where(ACTIONS.c.place == place).order_by(ACTIONS.c.created, ACTIONS.c.id)
        return [Action(**row) for row in connection.execute(asked).mappings()]


def years(database: Database, actions: Sequence[str]) -> list[Year]:
    """The follow-up of some actions, the first year first."""
    if database.is_new:
        return []
    with database.read() as connection:
        asked = select(ACTION_YEARS).where(ACTION_YEARS.c.action.in_(actions)).order_by(ACTION_YEARS.c.year)
        return [Year(**row) for row in connection.execute(asked).mappings()]


def _changed(database: Database, ident: str, version: int, values: dict[str, Any], who: str, *, what: str) -> Action:
    at = noting.at()
    with database.write() as connection:
        before = _of(connection, ident)
        after = _checked(connection, replace(before, **values, version=before.version + 1, changed=at))
        locking.write(connection, ACTIONS, before, version, asdict(after))
        noting.note(connection, ident, what, who, at=at, before=asdict(before), after=asdict(after))
    return after


def _of(connection: Connection, ident: str) -> Action:
    row = connection.execute(select(ACTIONS).where(ACTIONS.c.id == ident)).mappings().one_or_none()
    if row is None:
        raise UnknownAction(ident)
    return Action(**row)


def _year(connection: Connection, action: str, year: int) -> Year | None:
    asked = select(ACTION_YEARS).where(ACTION_YEARS.c.action == action, ACTION_YEARS.c.year == year)
    row = connection.execute(asked).mappings().one_or_none()
    return None if row is None else Year(**row)


def _checked(connection: Connection, action: Action) -> Action:
    """The action with its texts trimmed. Raises `Invalid`."""
    made = replace(action, **{name: getattr(action, name).strip() for name in TEXTS})
    for name, most in TEXTS.items():
        if len(getattr(made, name)) > most:
            raise Invalid(name)
    if not made.title:
        raise Invalid("title")
    if made.status not in STATUSES:
        raise Invalid("status")
    if made.indicator is not None and not (made.indicator in INDICATORS or is_declared(made.indicator)):
        raise Invalid("indicator")
    if made.budget is not None and not 0 <= made.budget <= MOST_BUDGET:
        raise Invalid("budget")
    for name in ("begins", "ends", "target_year", "baseline_year"):
        _within(getattr(made, name), YEARS, name)
    if made.begins is not None and made.ends is not None and made.ends < made.begins:
        raise Invalid("ends")
    _bounded(made.baseline, "baseline")
    _bounded(made.target, "target")
    known = select(FINDINGS.c.id).where(FINDINGS.c.place == made.place)
    if not set(made.answers) <= set(connection.execute(known).scalars()):
        raise Invalid("findings")
    return made


def _within(year: int | None, allowed: range, name: str) -> None:
    if year is not None and year not in allowed:
        raise Invalid(name)


def _bounded(value: float | None, name: str) -> None:
    if value is not None and not abs(value) <= MOST_VALUE:
        raise Invalid(name)
