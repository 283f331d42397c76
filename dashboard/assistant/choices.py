"""What the form of the assistant says of a file: the answers that it gives, beside those that were given before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers.mapping.declaration import ACTORS, CONTENTS
from layers.questions import AMOUNT, COLUMN, HEADER, NO_AMOUNT, SHEET, TABLE, UNIT, YEAR, Answers
from layers.readers.answered import UNREAD, choice, unit_of
from layers.recognition.columns import SINGLE, keys, settle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from werkzeug.datastructures import MultiDict

    from layers.drafts.looking import Look
    from layers.questions import Question
    from layers.readers.opened import Opened
    from layers.recognition.columns import ColumnMeaning

QUESTION: Final = "question-"
"""Beginning of the name of a field that answers a question; its place follows."""
CHANGED: Final = "change"
"""The field that tells those that a person touched, where a script says it: empty where none was."""


def columns(opened: Opened) -> tuple[ColumnMeaning, ...]:
    """The columns of a file, even one that is not understood."""
    return opened.source.columns or settle(opened.source.header, opened.source.sample)


def given(state: Mapping[str, object], name: str) -> dict[str, str]:
    """What was already said of a file of a draft, by question."""
    answers = state.get("answers")
    told = answers if isinstance(answers, dict) else {}
    return {key.removeprefix(f"{name}/"): str(said) for key, said in told.items() if key.startswith(f"{name}/")}


def chosen(look: Look, form: MultiDict[str, str], before: Answers, *, all_told: bool) -> dict[str, str]:
    """The answers of a file once its form is sent.

    Titles are no more the same where another sheet or another header is chosen: what was said of columns is then left.
    A question is answered by the field that was changed, or by all of them where *all_told*.
    """
    sheet, header = form.get(SHEET, ""), form.get(HEADER, "")
    where = {SHEET: sheet, HEADER: header if sheet == before.get(SHEET, "") else ""}
    moved = any(where[key] != before.get(key, "") for key in where)
    kept = {} if moved else {name: said for name, said in before.items() if name not in where}
    told = {**kept, **{name: said for name, said in where.items() if said}}
    if (holds := form.get(TABLE, "")) in CONTENTS:
        told[TABLE] = holds
    else:
        told.pop(TABLE, None)
    if moved or look.opened is None:
        return told
    told |= dict(_of_columns(look.opened, form, before))
    told |= dict(_of_questions(look, form, all_told=all_told))
    if told.get(AMOUNT) == NO_AMOUNT:  # what it comes to, which the list of what a table holds shows and changes
        del told[AMOUNT]
        told[TABLE] = ACTORS
    return told


def _touched(form: MultiDict[str, str], name: str) -> str | None:
    """What a person made of a field; None where the form only repeats what its page showed."""
    told = form.getlist(CHANGED)
    return form.get(name) if not told or name in told else None


def _of_columns(opened: Opened, form: MultiDict[str, str], before: Answers) -> Iterator[tuple[str, str]]:
    names = keys(opened.source.header)
    fields = {one.at: _touched(form, f"{COLUMN}-{one.at}") for one in columns(opened)}
    by_hand = CHANGED in form  # then what was guessed and is confirmed is a choice too
    changed = {
        one.at: said
        for one in columns(opened)
        if (said := fields[one.at]) is not None and (by_hand or said != choice(one))
    }
    taken = {told for told in changed.values() if told in SINGLE}
    for one in columns(opened):
        name = names[one.at]
        if one.at in changed:
            yield f"{COLUMN}:{name}", changed[one.at]
        elif one.meaning in taken and f"{COLUMN}:{name}" in before:
            yield f"{COLUMN}:{name}", UNREAD
        if changed.get(one.at, choice(one)).partition(":")[0] == "amount":
            yield from _of_amount(opened, one, name, form)


def _of_amount(opened: Opened, one: ColumnMeaning, name: str, form: MultiDict[str, str]) -> Iterator[tuple[str, str]]:
    unit, year = _touched(form, f"{UNIT}-{one.at}"), _touched(form, f"{YEAR}-{one.at}")
    if unit is not None and unit != str(unit_of(opened.source, one, opened.answers)):
        yield f"{UNIT}:{name}", unit
    if year is not None and year.strip() != str(one.money.year or ""):
        yield f"{YEAR}:{name}", year.strip()


def _of_questions(look: Look, form: MultiDict[str, str], *, all_told: bool) -> Iterator[tuple[str, str]]:
    changed = form.getlist(CHANGED)
    for at, one in enumerate(questions(look)):
        name = f"{QUESTION}{at}"
        if form.get(name) in one.choices and (all_told or one in settled(look) or name in changed):
            yield one.id, form[name]


def questions(look: Look) -> list[Question]:
    """What a file asks, answered or not."""
    return [*look.account.questions, *look.account.settled] if look.account else []


def settled(look: Look) -> list[Question]:
    """What it asked and is answered."""
    return look.account.settled if look.account else []
