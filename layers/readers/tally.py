"""What the columns of a table hold that is not read, and would be lost without a word: values, and euros."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from layers.account import euros
from layers.questions import Answers
from layers.readers.answered import unit_of
from layers.readers.columns import Located
from layers.recognition import titles
from layers.recognition.columns import ColumnMeaning
from layers.recognition.opening import Table
from layers.values.amounts import Unit, Writing, amount, writing

_SIGNS: Final = ("€", "eur")


@dataclass(slots=True)
class Tally:
    """Counts of the columns that are not read, and of all those of amounts, over the rows of data.

    Attributes
    ----------
    places : the columns that are counted.
    money : of those that are money, euros of a unit and how the column writes numbers.
    filled, known, cents : cells that say something, those that are amounts, and the sum of these, by place.
    """

    places: tuple[int, ...]
    money: Mapping[int, tuple[Unit, Writing]]
    filled: list[int]
    known: list[int]
    cents: list[int]

    @classmethod
    def of(cls, source: Table, located: Located, answers: Answers) -> Tally:
        """The tally of a table of which some columns are read."""
        read = {at for places in located.values() for at in places}
        by_place = {one.at: one for one in source.columns}
        amounts = [at for at, one in by_place.items() if one.meaning == "amount"]
        places = tuple(sorted({*amounts, *(at for at in range(len(source.header)) if at not in read)}))
        money = {
            at: (unit, writing(row[at] for row in source.sample if at < len(row)))
            for at in places
            if at in by_place and (unit := _unit(source, by_place[at], answers))
        }
        width = len(source.header)
        return cls(places, money, [0] * width, [0] * width, [0] * width)

    def add(self, cells: Sequence[str]) -> None:
        """Count one row of data."""
        for at in self.places:
            if at < len(cells) and cells[at]:
                self.filled[at] += 1
                if at in self.money and (told := amount(cells[at], *self.money[at]).cents) is not None:
                    self.known[at] += 1
                    self.cents[at] += told

    def euros(self, at: int) -> int | float | None:
        """Sum of a column; None where it holds no money."""
        return euros(self.cents[at]) if self.known[at] else None

    def tell(self, table: dict[str, Any]) -> None:
        """Write into the description of a table what its unread columns hold, and the euros of all the amounts."""
        for one in table["unread"]:
            at = one["place"] - 1
            one |= {"filled": self.filled[at], "amount": self.euros(at)}
        for one in table["columns"]:
            if one["meaning"] == "amount" and one["place"] - 1 in self.places:
                one["amount"] = self.euros(one["place"] - 1)


def _unit(source: Table, one: ColumnMeaning, answers: Answers) -> Unit | None:
    """Euros of a unit of a column that is money by its meaning, its title, or the sign of each cell; None of others."""
    if one.meaning == "amount" or (titles.read(one.name).meaning == "amount" and one.content["number"] > 0):
        return unit_of(source, one, answers)
    signs = [any(sign in text.lower() for sign in _SIGNS) for text in one.content.samples]
    return 1 if signs and all(signs) and one.content["number"] > 0 else None
