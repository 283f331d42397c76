"""What a column of amounts means beside the others: a bare year, credits beside commitments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from layers.recognition import titles
from layers.recognition.titles import BENEFICIARY, PAID, VOTED

if TYPE_CHECKING:
    from layers.recognition.columns import ColumnMeaning

ONLY_A_YEAR: Final = "son titre n’est qu’une année"
_MOSTLY: Final = 0.8


def of_years(found: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    """Beside who receives, and no other amount, numbers whose title only says a year: what each had that year."""
    received = any(one.meaning == "name" and one.party == BENEFICIARY for one in found)
    if not received or any(one.meaning == "amount" and not _is_bare_total(one) for one in found):
        return list(found)
    return [
        replace(one, meaning="amount", money=money, confidence=titles.PERHAPS, why=ONLY_A_YEAR)
        if not one.meaning
        and one.content["number"] >= _MOSTLY
        and not titles.read(one.name).meaning
        and (money := titles.of_year(one.name)).year
        else one
        for one in found
    ]


def _is_bare_total(one: ColumnMeaning) -> bool:
    """Whether an amount is a total and nothing more: over the years beside it, perhaps."""
    return one.money.part == titles.TOTAL and one.money.year is None and not one.money.stage


def credited(found: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    """Beside commitments (AE, AP), which were voted, credits of payment (CP) are what was paid of them."""
    money = [one for one in found if one.meaning == "amount"]
    if not any("COMMITMENT" in titles.concepts(one.name) for one in money):
        return list(found)
    stages = (("CREDITS", PAID), ("COMMITMENT", VOTED))
    told = {
        one.at: stage for concept, stage in stages for one in money if concept in titles.concepts(one.name)
    }  # « AE/CP » of one column is the commitment
    return [
        replace(one, money=replace(one.money, stage=told[one.at])) if one.at in told and not one.money.stage else one
        for one in found
    ]
