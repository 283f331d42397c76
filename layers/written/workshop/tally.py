"""What the answers of a scene add up to, by college: dots and their gaps, perceived order, perceived value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from geodata.territories import TERRITORIES
from layers.written.workshop.contributions import Contribution
from layers.written.workshop.meetings import COLLEGES

FEWEST: Final = 3
"""Voters of a college under which a secret ballot does not tell its dots apart (domain, section 2: frequency)."""


@dataclass(frozen=True, slots=True)
class Votes:
    """Dots of one finding: in all, by college (None: too few voters for a secret ballot), and as shares of theirs.

    ``gap`` is the most by which two colleges differ, in points of share; None where fewer than two are told.
    """

    finding: str
    dots: int
    by_college: Mapping[str, int | None]
    shares: Mapping[str, float | None]
    gap: float | None


@dataclass(frozen=True, slots=True)
class Tally:
    """A vote: findings from the most dots to the fewest, voters by college; late ballots are not of it.

    A secret ballot of fewer than `FEWEST` voters has no votes to tell.
    """

    votes: tuple[Votes, ...]
    voters: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Perceived:
    """One territory as a room ranks it: mean rank, and its place in the order of these means."""

    code: str
    mean: float
    place: int


def dots(answers: Sequence[Contribution], *, secret: bool) -> Tally:
    """Count the dots of a vote."""
    counted = [one for one in answers if not one.late]
    voters = {key: sum(one.ballots for one in counted if one.college == key) for key in COLLEGES}
    every: dict[str, dict[str, int]] = {}
    for one in counted:
        for finding, number in one.held.items():
            inside = every.setdefault(finding, dict.fromkeys(COLLEGES, 0))
            inside[one.college] += number * one.ballots
    told = _told(voters, secret=secret)
    if told is None:
        return Tally((), voters)
    given = {key: sum(inside[key] for inside in every.values()) for key in COLLEGES}
    votes = [_votes(finding, inside, given, told) for finding, inside in every.items()]
    votes.sort(key=lambda one: (-one.dots, one.finding))
    return Tally(tuple(votes), voters)


def perceived(answers: Sequence[Contribution]) -> list[Perceived]:
    """The order of the territories as it was guessed: by mean rank, equal means share a place."""
    counted = [one for one in answers if not one.late]
    if not counted:
        return []
    means = {code: _mean(counted, code) for code in TERRITORIES}
    found = [Perceived(code, mean, 1 + sum(other < mean for other in means.values())) for code, mean in means.items()]
    return sorted(found, key=lambda one: (one.mean, one.code))


def estimates(answers: Sequence[Contribution]) -> dict[str, tuple[int, float]]:
    """How many estimated a value, and their median: in all (``""``), and by college of `FEWEST` at least."""
    counted = [one for one in answers if not one.late]
    found = {}
    for key in ("", *COLLEGES):
        values = [one.held for one in counted if key in ("", one.college) for _ in range(one.ballots)]
        if len(values) >= (FEWEST if key else 1):
            found[key] = (len(values), float(median(values)))
    return found


def _told(voters: Mapping[str, int], *, secret: bool) -> set[str] | None:
    """Colleges whose dots are told apart; None where a secret ballot has too few voters for even its totals.

    The total less what is told is what is not: those who are not told apart must be `FEWEST` together, or nobody.
    """
    if not secret or not any(voters.values()):
        return set(COLLEGES)
    if sum(voters.values()) < FEWEST:
        return None
    voting = sorted((key for key in COLLEGES if voters[key]), key=lambda key: voters[key])
    hidden = [key for key in voting if voters[key] < FEWEST]
    others = [key for key in voting if key not in hidden]
    while hidden and sum(voters[key] for key in hidden) < FEWEST:
        hidden.append(others.pop(0))
    return set(COLLEGES) - set(hidden)


def _votes(finding: str, inside: Mapping[str, int], given: Mapping[str, int], told: set[str]) -> Votes:
    by = {key: inside[key] if key in told else None for key in COLLEGES}
    shares = {key: inside[key] / given[key] if key in told and given[key] else None for key in COLLEGES}
    some = [share for share in shares.values() if share is not None]
    gap = max(some) - min(some) if len(some) > 1 else None
    return Votes(finding, sum(inside.values()), by, shares, gap)


def _mean(answers: Sequence[Contribution], code: str) -> float:
    ranks: list[int] = [1 + one.held.index(code) for one in answers for _ in range(one.ballots)]
    return sum(ranks) / len(ranks)
