"""What a contribution of each kind may hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, select

from geodata.territories import TERRITORIES
from layers.written import register
from layers.written.register import QUADRANTS
from layers.written.schema import FINDINGS
from layers.written.workshop.ballots import DOTS, FINDING, RANK, VALUE
from layers.written.workshop.meetings import Meeting
from layers.written.workshop.scenes import Scene

MOST_VALUE: Final = 1e12


class Refused(ValueError):  # noqa: N818  (says what happened)
    """What was sent is not taken; ``why`` is one of ``closed``, ``college``, ``kind``, ``body``, ``many``, ``id``,
    ``order``, ``full``; of a code, ``code`` (none was given), ``wrong``, ``tries``.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def _finding(_connection: Connection, _meeting: Meeting, _scene: Scene, body: Any) -> dict[str, str]:
    if not isinstance(body, Mapping):
        raise Refused("body")
    sentence, quadrant = str(body.get("sentence", "")).strip(), str(body.get("quadrant", ""))
    if not 0 < len(sentence) <= register.MOST_SENTENCE or quadrant not in QUADRANTS:
        raise Refused("body")
    return {"sentence": sentence, "quadrant": quadrant}


def _rank(_connection: Connection, _meeting: Meeting, _scene: Scene, body: Any) -> list[str]:
    if not isinstance(body, Sequence) or sorted(map(str, body)) != sorted(TERRITORIES):
        raise Refused("body")
    return [str(code) for code in body]


def _value(_connection: Connection, _meeting: Meeting, _scene: Scene, body: Any) -> float:
    try:
        told = float(body)
    except (TypeError, ValueError) as error:
        raise Refused("body") from error
    if not abs(told) <= MOST_VALUE:
        raise Refused("body")
    return told


def _dots(connection: Connection, meeting: Meeting, scene: Scene, body: Any) -> dict[str, int]:
    if not isinstance(body, Mapping) or not all(isinstance(n, int) and n >= 0 for n in body.values()):
        raise Refused("body")
    kept = {str(key): n for key, n in body.items() if n}
    if not 0 < sum(kept.values()) <= scene.dots:
        raise Refused("body")
    asked = select(FINDINGS.c.id).where(FINDINGS.c.place == meeting.place, FINDINGS.c.withdrawn.is_(False))
    if not set(kept) <= set(connection.execute(asked).scalars()):
        raise Refused("body")
    return kept


CHECKS = {FINDING: _finding, RANK: _rank, VALUE: _value, DOTS: _dots}
"""By kind; each gives the body as it is kept, or raises `Refused`."""
