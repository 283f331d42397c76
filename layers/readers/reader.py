"""What a reader declares of its official file, and what reading gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from layers.account import Account
from layers.corrections import Origin
from layers.headings import normalised
from layers.indicators import Indicator
from layers.readers.columns import Column, Located
from layers.readers.intake import Intake, Record, Vintage
from layers.recognition.opening import Table

Records = dict[str, list[Record]]


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of official file.

    Attributes
    ----------
    kind : str
        Name on the command line and in the tables' ``source``.
    title, publisher, licence, attribution, caveats : str
        In French, for the method page, legends and exports.
    columns : tuple of Column
        What the file must and may have.
    read : function of an Intake
        Rules on every row and returns the records by table.
    part : str
        The part of the ESS or of its funding that the file covers, in French; empty where it covers all. What is
        partial is said so wherever its numbers are shown.
    declares : function of the observations that were read
        The indicators that the file declares; None for an official file, whose indicators are of the registry.
    at_seat : bool
        Whether it places money at the head office of who receives it, wherever it is spent.
    proof : function of an open file
        Whether it is of this kind, where titles that many files have would not tell it alone.
    vintage : function (source, located, year asked for)
        Year and edition, from the argument, the contents, then the file's name.
    """

    kind: str
    title: str
    publisher: str
    licence: str
    attribution: str
    caveats: tuple[str, ...]
    columns: tuple[Column, ...]
    read: Callable[[Intake], Records] = field(repr=False)
    vintage: Callable[[Table, Located, int | None], Vintage] = field(repr=False)
    part: str = ""
    declares: Callable[[pd.DataFrame], tuple[Indicator, ...]] | None = field(default=None, repr=False)
    at_seat: bool = False
    proof: Callable[[Table], bool] = field(default=lambda _source: True, repr=False)

    def recognises(self, header: Sequence[str]) -> bool:
        """Whether *header* has all the required columns."""
        return self.knows([normalised(name) for name in header])

    def knows(self, titles: Sequence[str]) -> bool:
        """The same, of titles that are normalised already; the first column that lacks settles it."""
        return all(column.among(titles) for column in self.columns if column.required)


@dataclass(frozen=True, slots=True)
class Reading:
    """One file read: checked tables by name, its account, and the reader that knows its publisher.

    ``completes`` is the file whose rejected rows it corrects; None for a file that stands by itself. ``indicators`` are
    those that it declares.
    """

    tables: Mapping[str, pd.DataFrame]
    account: Account
    reader: Reader
    completes: Origin | None = None
    indicators: tuple[Indicator, ...] = ()
