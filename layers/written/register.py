"""The register of findings of a shared diagnostic (domain, section 4): what was concluded, on what evidence.

Nothing is overwritten silently: a change names the version that it was made from, and is refused where another came
between. Nothing is lost: what is withdrawn stays, and every change is in the journal, before and after.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from layers.written import locking, noting
from layers.written.database import Database
from layers.written.locking import Invalid
from layers.written.schema import FINDINGS, JOURNAL

QUADRANTS: Final[Mapping[str, str]] = {
    "strength": "Atouts",
    "weakness": "Faiblesses",
    "opportunity": "Opportunités",
    "threat": "Menaces",
}
"""The AFOM: strengths and weaknesses are of the place, opportunities and threats come from outside."""
STATUSES: Final[Mapping[str, str]] = {"shared": "partagé", "disputed": "contesté", "to_check": "à vérifier"}
INDICATOR: Final = "indicator"
EVIDENCE: Final[Mapping[str, str]] = {
    INDICATOR: "indicateur d’une publication",
    "actor": "dire d’acteur",
    "interview": "entretien",
    "council": "compte rendu de conseil",
}
MOST_SENTENCE, MOST_WORDS = 500, 200
"""Characters of a sentence, and of a theme or a source."""
ADDED, CHANGED, WITHDRAWN, RESTORED = "added", "changed", "withdrawn", "restored"
EDITED: Final = ("sentence", "quadrant", "theme", "status", "source")
"""What a change may change: the evidence of a finding is that which it was written with."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of a place (``mel``, a territory or a commune); what measures it is null where nothing does."""

    place: str
    sentence: str
    quadrant: str
    theme: str = ""
    status: str = "to_check"
    evidence: str = "actor"
    source: str = ""
    indicator: str | None = None
    value: float | None = None
    state: str | None = None
    year: int | None = None
    release: str | None = None
    proof: str | None = None
    withdrawn: bool = False
    version: int = 1
    id: str = ""
    created: str = ""
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the journal: when, who, what, and the finding before and after (None: it was not there)."""

    at: str
    who: str
    what: str
    before: Finding | None
    after: Finding | None


class UnknownFinding(KeyError):  # noqa: N818  (says what happened)
    """No finding has the identifier."""


class InvalidFinding(Invalid):
    """As `Invalid`, of a finding."""


def add(database: Database, finding: Finding, who: str, now: datetime | None = None) -> Finding:
    """Write a new finding; gives it back with its identifier. Raises `InvalidFinding`."""
    with database.write() as connection:
        return written(connection, finding, who, now)


def written(connection: Connection, finding: Finding, who: str, now: datetime | None = None) -> Finding:
    """As `add`, in a transaction that does more."""
    at = noting.at(now)
    made = replace(_checked(finding), id=uuid.uuid4().hex, version=1, created=at, changed=at, withdrawn=False)
    connection.execute(insert(FINDINGS).values(asdict(made)))
    noting.note(connection, made.id, ADDED, who, at=at, before=None, after=asdict(made))
    return made


def change(
    database: Database, ident: str, version: int, values: Mapping[str, str], who: str, *, now: datetime | None = None
) -> Finding:
    """Change what `EDITED` lists of a finding, from the version that was read.

    Raises
    ------
    UnknownFinding, InvalidFinding
    Conflict
        The finding has another version by now.
    """
    if unknown := set(values) - set(EDITED):
        raise InvalidFinding(min(unknown))
    return _changed(database, ident, version, dict(values), who, what=CHANGED, now=now)


def withdraw(database: Database, ident: str, version: int, who: str, *, now: datetime | None = None) -> Finding:
    """Take a finding out of the register, where it stays to be read and given back. Raises as `change`."""
    return _changed(database, ident, version, {"withdrawn": True}, who, what=WITHDRAWN, now=now)


def restore(database: Database, ident: str, version: int, who: str, *, now: datetime | None = None) -> Finding:
    """Put a finding that was withdrawn back. Raises as `change`."""
    return _changed(database, ident, version, {"withdrawn": False}, who, what=RESTORED, now=now)


def listed(database: Database, place: str) -> list[Finding]:
    """The findings of a place, the withdrawn ones too, in the order in which they were written."""
    if database.is_new:
        return []
    with database.read() as connection:
        rows = connection.execute(
            select(FINDINGS).where(FINDINGS.c.place == place).order_by(FINDINGS.c.created, FINDINGS.c.id)
        ).mappings()
        return [Finding(**row) for row in rows]


def history(database: Database, ident: str) -> list[Change]:
    """All that happened to a finding, the first first."""
    if database.is_new:
        return []
    with database.read() as connection:
        rows = connection.execute(select(JOURNAL).where(JOURNAL.c.entry == ident).order_by(JOURNAL.c.id)).mappings()
        return [Change(row["at"], row["who"], row["what"], _read(row["before"]), _read(row["after"])) for row in rows]


def _changed(
    database: Database,
    ident: str,
    version: int,
    values: dict[str, Any],
    who: str,
    *,
    what: str,
    now: datetime | None,
) -> Finding:
    at = noting.at(now)
    with database.write() as connection:
        row = connection.execute(select(FINDINGS).where(FINDINGS.c.id == ident)).mappings().one_or_none()
        if row is None:
            raise UnknownFinding(ident)
        before = Finding(**row)
        after = _checked(replace(before, **values, version=before.version + 1, changed=at))
        locking.write(connection, FINDINGS, before, version, asdict(after))
        noting.note(connection, ident, what, who, at=at, before=asdict(before), after=asdict(after))
    return after


def _checked(finding: Finding) -> Finding:
    """The finding with its texts trimmed. Raises `InvalidFinding`."""
    made = replace(finding, **{name: getattr(finding, name).strip() for name in ("sentence", "theme", "source")})
    if not 0 < len(made.sentence) <= MOST_SENTENCE:
        raise InvalidFinding("sentence")
    for name in ("theme", "source"):
        if len(getattr(made, name)) > MOST_WORDS:
            raise InvalidFinding(name)
    for name, allowed in (("quadrant", QUADRANTS), ("status", STATUSES), ("evidence", EVIDENCE)):
        if getattr(made, name) not in allowed:
            raise InvalidFinding(name)
    if made.evidence != INDICATOR and not made.source:
        raise InvalidFinding("source")
    return made


def _read(text: str | None) -> Finding | None:
    if text is None:
        return None
    known = {field.name for field in fields(Finding)}
    return Finding(**{key: value for key, value in json.loads(text).items() if key in known})
