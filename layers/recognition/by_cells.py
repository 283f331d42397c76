"""What the cells of a column say it is, whatever its title: the form of an aid, a decision, whether one lives."""

from __future__ import annotations

from typing import Final

from layers.recognition import titles
from layers.recognition.contents import Content
from layers.recognition.titles import Title

_MOSTLY, _MANY_ROWS = 0.8, 3
_FORMS_OF: Final = frozenset({"", "category", "legal", "conditions", "scheme", "amount", "nature"})
"""Meanings of titles of which the cells can be forms of aid; where one is no grant, any title's can."""


def told_by_cells(name: str, told: Title, held: Content) -> str | None:
    """Whether cells say what form the aid has, what was decided on the request, or whether a structure lives."""
    if held.filled < _MANY_ROWS or held["number"] > 0:
        return None
    said = titles.concepts(name)
    of_aid = held["lent"] or (told.meaning in _FORMS_OF and "SUBSIDY" in said)
    if held["form"] >= _MOSTLY and "KIND" not in said and of_aid:
        return "nature"
    if max(held["stage"], held["flow"]) >= _MOSTLY and held.distinct > 1:
        return "ruling"
    if told.meaning != "name" and (held["life"] >= _MOSTLY or ("LIFE" in said and held["code"] >= _MOSTLY)):
        return "closed"
    return "ruling" if _is_decided(said, held) else None


def _is_decided(said: titles.Concepts, held: Content) -> bool:
    decided = (
        "RULING" in said
        or ("FLOW" in said and held.distinct > 1)
        or (said & {"VOTED", "PROPOSED"} and not said & {"PAID", "NOTIFIED", "DATE"})
    )
    return held["ruling"] >= _MOSTLY or (bool(decided) and max(held["yes_or_no"], held["code"]) >= _MOSTLY)
