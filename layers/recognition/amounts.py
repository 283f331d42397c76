"""Which of the columns of amounts of a table are the grants, and what is asked where it is not settled."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from layers.headings import normalised
from layers.questions import AMOUNT, Question
from layers.recognition import titles
from layers.recognition.columns import OTHERWISE, ColumnMeaning
from layers.recognition.titles import (
    ASKED,
    CAPITAL,
    EXTRA,
    GRANT,
    PAID,
    PROJECT,
    PROPOSED,
    RUNNING,
    TOTAL,
    VOTED,
)

_NO_MONEY: Final = frozenset(
    {"name", "siret", "siren", "rna", "identifier", "reference", "insee", "postcode", "city", "department", "ape",
     "year", "period", "count", "account", "share", "contact", "legal", "address"}
)  # fmt: skip
"""Meanings of titles under which numbers are no amounts, though the cells answer them ill."""

Cents = Callable[[str], "int | None"]
_BETTER: Final = (VOTED, "", PAID)
"""Stages, the one that is the grant first: what was voted, an amount that says nothing more, what was paid."""
_ALWAYS, _MOSTLY, _HALF = 0.95, 0.8, 0.6
_FEW: Final = 3
"""Rows of which all may well have the same amount."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_GUESSED: Final = 0.7
"""Confidence under which one word at least of a title is not known."""
_KEYS: Final = ("id", "uid", "gid", "fid", "ogc_fid", "objectid", "identifiant")
"""Titles of the numbers that portals give to rows."""
_CODES: Final = ("siret", "siret_like", "siren", "date", "year", "percent")


@dataclass(frozen=True, slots=True)
class Granted:
    """Columns that are added up, row by row, to make the grant of one year (None: that of the row), at one stage."""

    places: tuple[int, ...]
    year: int | None
    stage: str


@dataclass(frozen=True, slots=True)
class Amounts:
    """What is read of the columns of amounts.

    Attributes
    ----------
    granted : a grant of a row each, one a year.
    checked : places of totals that only repeat the columns that are read.
    left : columns of amounts that are not grants, or of another stage, and why (French).
    questions : what has to be answered before the table is published.
    """

    granted: tuple[Granted, ...]
    checked: tuple[int, ...]
    left: tuple[tuple[ColumnMeaning, str], ...]
    questions: tuple[Question, ...]


ALL: Final = "Leur somme"
"""The answer by which several columns of amounts are added up."""
_OTHER: Final = "une autre colonne est celle des subventions"
_WHY: Final = {
    "loan": "un prêt n’est pas une subvention",
    "guarantee": "une garantie n’est pas une subvention",
    "in_kind": "une aide en nature n’est pas une somme versée",
    "cost": "coût ou budget du projet",
    "rest": "reste, partie, cumul, écart ou moyenne, et non une subvention",
    "previous": "montant d’une année antérieure, rappelé",
    "foreign": "montant dans une autre monnaie que l’euro",
    ASKED: "montant demandé, et non accordé",
    PROPOSED: "montant proposé, et non accordé",
    PAID: "montant versé : c’est le montant voté qui est lu",
}


def settled(
    columns: Sequence[ColumnMeaning], rows: Sequence[Sequence[str]], cents: Cents, answer: str | None = None
) -> Amounts:
    """What to read of the columns of amounts of a table, by their titles and a sample of rows.

    *answer* is the title of the one that is the grant, where it was asked.
    """
    amounts = [one for one in columns if one.meaning == "amount"]
    left = [(one, _WHY[one.money.form]) for one in amounts if one.money.form != GRANT]
    left += [
        (one, _WHY[one.money.stage])
        for one in amounts
        if one.money.form == GRANT and one.money.stage in (ASKED, PROPOSED)
    ]
    kept = [one for one in amounts if one.at not in {other.at for other, _ in left}]
    kept = [one for one in kept if one.content.filled] or kept
    numbers = [one for one in (*unread(columns), *unreadable(columns)) if kept and one.money.form == GRANT]
    doubted = [one for one in numbers if _says_money(one.name) or all(map(_is_doubtful, kept))]
    kept += [replace(one, meaning="amount") for one in doubted if one.name == answer]
    granted: list[Granted] = []
    questions: list[Question] = []
    if any(one.name == answer for one in kept):
        questions += _again(kept, [one for one in doubted if one.name != answer], answer or "")
        doubted = []
        left += [(one, _OTHER) for one in kept if one.name != answer]
        kept = [one for one in kept if one.name == answer]
    stages = [stage for stage in _BETTER if any(one.money.stage == stage for one in kept)]
    told = [one for one in kept if one.money.stage == PAID and _is_voted_too(one, kept)]
    left += [(one, _WHY[PAID]) for one in told]
    kept = [one for one in kept if one not in told]
    whole = _whole(kept, rows, cents)
    checked = [one.at for one in kept if one in whole]
    kept = [one for one in kept if one not in whole]
    years: dict[int | None, list[ColumnMeaning]] = defaultdict(list)
    for one in kept:
        years[one.money.year].append(one)
    if doubted:
        questions.append(_which([*kept, *doubted], kept[0]))
    if None in years and len(years) > 1:
        questions.append(_of_years(kept))
    for year, group in years.items():
        places, totals, question = _of_one_year(group, rows, cents)
        if question and answer == ALL:
            places, totals = tuple(one.at for one in group), []
        granted.append(Granted(places, year, group[0].money.stage or stages[0]))
        checked += totals
        questions += [question] if question else []
    return Amounts(tuple(granted), tuple(checked), tuple(left), tuple(questions))


def is_figure(one: ColumnMeaning) -> bool:
    """Whether a column is of numbers that a total may add up: amounts of any kind, members, a year of accounts."""
    if one.meaning in ("amount", "count"):
        return True
    titled = titles.read(one.name).meaning in ("amount", "count") or _says_money(one.name)
    return not one.meaning and one.content["number"] >= _MOSTLY and titled


def _again(kept: Sequence[ColumnMeaning], doubted: Sequence[ColumnMeaning], answer: str) -> tuple[Question, ...]:
    """The question that was answered, which stays: a person may change the answer."""
    years = {one.money.year for one in kept}
    if None in years and len(years) > 1 and not doubted:
        return (_of_years(kept),)
    able = [*kept, *doubted]
    return (_which(able, next(one for one in kept if one.name == answer)),) if len(able) > 1 else ()


def unread(columns: Sequence[ColumnMeaning], least: int = 2) -> list[ColumnMeaning]:
    """Columns of *least* different numbers, under a title that says nothing that is known, or not what they are: they
    may be amounts.
    """
    return [
        one
        for one in columns
        if not one.meaning
        and one.content["number"] >= _HALF
        and not any(one.content[kind] >= _MOSTLY for kind in _CODES)
        and (one.content.distinct >= least or one.content.filled <= _FEW or one.content["decimal"] >= _MOSTLY)
        and not titles.concepts(one.name) & {"REST", "LATITUDE"}
        and not is_key(one)
        and not titles.tells_accounts(one.name)
        and (one.why == OTHERWISE or not _says_another(one.name))
    ]


def is_key(one: ColumnMeaning) -> bool:
    """Whether a column is of the numbers that a portal gives to rows: none of them is an amount."""
    return normalised(one.name) in _KEYS


def unreadable(columns: Sequence[ColumnMeaning], least: float = titles.LIKELY) -> list[ColumnMeaning]:
    """Columns whose title says an amount that was granted, with a confidence of *least*, and whose cells are none."""
    told = [(one, titles.read(one.name)) for one in columns if not one.meaning and one.content.filled]
    return [
        one
        for one, title in told
        if title.meaning == "amount" and title.money.form == GRANT and title.confidence >= least
    ]


def _says_another(name: str) -> bool:
    """Whether a title surely says something that no amount is: a code, a number of somebody, a month, a count."""
    told = titles.read(name)
    return told.confidence >= titles.LIKELY and told.meaning in _NO_MONEY


def _says_money(name: str) -> bool:
    """Whether a title says a year or a unit of money, though nothing else of it is known."""
    return _YEAR.search(name) is not None or titles.told_unit(name) is not None


def _is_voted_too(paid: ColumnMeaning, kept: Sequence[ColumnMeaning]) -> bool:
    """Whether what was voted for what a column says was paid is told by another: of the same year, or of none."""
    voted = [one.money.year for one in kept if one.money.stage == VOTED]
    return bool(voted) and (paid.money.year in (None, *voted) or None in voted)


def _whole(kept: Sequence[ColumnMeaning], rows: Sequence[Sequence[str]], cents: Cents) -> list[ColumnMeaning]:
    """Columns that only repeat others of other years: a total over the years, or the parts of the total of one."""
    for one in kept:
        rest = [other for other in kept if other is not one]
        years = {other.money.year for other in rest}
        if len(rest) < 2 or one.money.part != TOTAL or one.money.year in years:  # noqa: PLR2004
            continue
        if _adds_up(one.at, [other.at for other in rest], rows, cents):
            return [one] if None not in years and len(years) > 1 else rest if years == {None} else []
    return []


def _of_one_year(
    group: Sequence[ColumnMeaning], rows: Sequence[Sequence[str]], cents: Cents
) -> tuple[tuple[int, ...], list[int], Question | None]:
    """Places to add up, those of totals, and the question to ask where several columns could be the grant."""
    if len(group) == 1:
        return (group[0].at,), [], None
    parts = [one for one in group if one.money.part in (RUNNING, CAPITAL, PROJECT, EXTRA)]
    others = [one for one in group if one not in parts]
    if len(others) == 1 and (len(parts) > 1 or others[0].money.part == TOTAL) and parts:
        if _adds_up(others[0].at, [one.at for one in parts], rows, cents):
            return (others[0].at,), [], None
    elif not others and len({one.money.part for one in parts}) == len(parts) and not _may_cost(parts):
        return tuple(one.at for one in parts), [], None
    for one in group:
        rest = [other.at for other in group if other is not one]
        if len(rest) > 1 and _adds_up(one.at, rest, rows, cents):
            return (one.at,), [], None
    least = _least(group, rows, cents)
    guess = max(
        group,
        key=lambda one: (
            one.money.part == TOTAL,
            one.money.part != PROJECT,
            one.money.stage == VOTED,
            one.confidence,
            one.at == least,
            one.content.filled,
        ),
    )
    return (guess.at,), [], _which(group, guess)


def _is_doubtful(one: ColumnMeaning) -> bool:
    """Whether another column may be the grant: this one was paid only, is a sum, or is not quite understood."""
    if one.money.stage == PAID or one.money.part == TOTAL:
        return True
    return one.confidence < (_GUESSED if one.money.stage == VOTED else titles.SURE)


def _least(group: Sequence[ColumnMeaning], rows: Sequence[Sequence[str]], cents: Cents) -> int | None:
    """The column that never exceeds another, as what is granted never exceeds what is asked for."""
    told = [[cents(row[one.at]) if one.at < len(row) else None for one in group] for row in rows]
    whole = [[one for one in row if one is not None] for row in told if None not in row]
    never = (at for at in range(len(group)) if whole and all(row[at] == min(row) for row in whole))
    return next((group[at].at for at in never), None)


def _may_cost(parts: Sequence[ColumnMeaning]) -> bool:
    """Whether, beside parts that are called aids, an amount of the project may be what it costs."""
    aids = [one for one in parts if "SUBSIDY" in titles.concepts(one.name)]
    return bool(aids) and any(one.money.part == PROJECT and one not in aids for one in parts)


def _adds_up(total: int, parts: Sequence[int], rows: Sequence[Sequence[str]], cents: Cents) -> bool:
    """Whether a column is the sum of others on nearly every row."""
    told = [[cents(row[at]) if at < len(row) else None for at in (total, *parts)] for row in rows]
    counted = [row for row in told if row[0] is not None and any(row[1:])]
    same = sum(abs((row[0] or 0) - sum(part or 0 for part in row[1:])) <= 1 for row in counted)
    return bool(counted) and same >= _ALWAYS * len(counted)


def _which(group: Sequence[ColumnMeaning], guess: ColumnMeaning) -> Question:
    names = (*(one.name for one in group), ALL)
    return Question(AMOUNT, "Plusieurs colonnes de montants : laquelle est la subvention accordée ?", names, guess.name)


def _of_years(kept: Sequence[ColumnMeaning]) -> Question:
    dated = [one for one in kept if one.money.year is not None]
    names = tuple(one.name for one in kept)
    about = "Des montants portent une année dans leur titre, d’autres non : lesquels sont les subventions ?"
    return Question(AMOUNT, about, names, max(dated, key=lambda one: one.money.year or 0).name)
