"""What a reader works with while it reads one file: rows in, accounts and places settled here once for all readers."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from geodata import perimeter
from geodata.gazetteer import HOME_DEPARTMENT
from layers import identifiers
from layers.account import Account, Reject
from layers.lines import line_of, sheet_of
from layers.readers.columns import Column, Located
from layers.readers.rows import Money, Row, complete_rows
from layers.readers.tally import Tally
from layers.recognition.opening import Table
from layers.register import Register
from layers.sought import Sought
from layers.typography import enumerated

if TYPE_CHECKING:
    from geodata.attach import Attacher, Attachment

Record = dict[str, object]
Key = TypeVar("Key", bound=Hashable)
_VALUE_SHOWN = 80
_KEPT: Final = frozenset(
    {
        *("name", "association", "title", "siret", "siren", "nic", "rna", "legal", "purpose", "nature", "conditions"),
        *("grantor", "scheme", "instrument", "programme", "reference", "agreement", "year", "date", "period"),
        *("amount", "total", "detail", "asked", "granted", "share"),
        *("city", "postcode", "postcode_city", "insee", "department", "commune"),
    }
)
"""Columns of a grant whose text is kept: those that make it a grant, none that is of a person, a street or a note."""
RAW_PARTED: Final = " | "
MOST_RAW: Final = 500
"""Characters kept of a row of grants."""
SAME_STRUCTURE: Final = ("same_structure", "Structures déjà lues plus haut, comptées une fois")
"""Code and message of a warning."""


@dataclass(frozen=True, slots=True)
class Vintage:
    """Year that the rows speak of, and the name of the edition; *note* says in French what was assumed."""

    year: int
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """One of the 95 communes, and the way by which a row was attached to it."""

    commune: str
    way: str | None


@dataclass(slots=True)
class Intake:
    """One file being read by one reader.

    Every row that :meth:`rows` yields must be ruled on once, through the account or one of the methods below.
    """

    kind: str
    source: Table
    account: Account
    columns: tuple[Column, ...]
    located: Located
    attacher: Attacher
    vintage: Vintage
    register: Register = field(default_factory=Register)
    territories: dict[str, str] = field(default_factory=perimeter.members)
    notes: dict[str, tuple[str, list[int]]] = field(default_factory=dict)
    asked: int | None = None
    """Year that was asked for."""
    tally: Tally = field(init=False)

    def __post_init__(self) -> None:
        self.tally = Tally.of(self.source, self.located, self.account.answers)

    def rows(self, money: Money | None = None) -> Iterator[Row]:
        """Complete rows of data; cut ones are already refused, and totals of *money* told from data."""
        for row in complete_rows(self.source, self.account, self.located, money):
            self.tally.add(row.cells)
            yield row

    def written_place(self, row: Row, *, siret: str | None, siren: str | None = None) -> Attachment:
        """What a row of meanings says of a place: its codes, its commune, and what is written in its addresses."""
        cells = [row.cells[at] for key in ("address", "postcode_city") for at in self.located[key] if row.cells[at]]
        return self.attacher.attach(
            insee=row["insee"] or None,
            siret=siret,
            siren=siren,
            postcode=row["postcode"] or None,
            name=row["city"] or None,
            department=row["department"] or None,
            address=cells,
        )

    def is_a_commune(self, name: str) -> bool:
        """Whether a beneficiary is named as a commune of the Nord: the commune itself."""
        return self.attacher.is_named(name, HOME_DEPARTMENT)

    def header(self, key: str) -> str:
        """Name of the column *key* in this file, its official name where the file lacks it."""
        if positions := self.located[key]:
            return self.source.header[positions[0]]
        return next(column.name for column in self.columns if column.key == key)

    def reject(self, row: Row, key: str, reason: str, remedy: str, *, value: str | None = None, cents: int = 0) -> None:
        """Refuse *row* for its column *key*; *value* defaults to the cell."""
        self.refuse(
            row, self.header(key), row[key] if value is None else value, reason=reason, remedy=remedy, cents=cents
        )

    def repeat(self, row: Row, what: str, first: int | None = None, cents: int = 0) -> None:
        """Rule *row* a duplicate; *what* it says again, *first* being the line that said it, where it is known."""
        self.account.repeat(row.line, what[:_VALUE_SHOWN], first, cents)

    def is_seen(
        self, row: Row, what: str, key: Key, seen: dict[Key, int], note: tuple[str, str] = SAME_STRUCTURE
    ) -> bool:
        """Whether an earlier row told the structure *key*, by the name of *what*; *row* is then ruled a duplicate.

        Else its line is kept in *seen*. *note* is the code and the message of the warning.
        """
        if key not in seen:
            seen[key] = row.line
            return False
        self.note(*note, row.line)
        self.repeat(row, what, seen[key])
        return True

    def refuse(self, row: Row, header: str, value: str, *, reason: str, remedy: str, cents: int = 0) -> None:
        """Refuse *row* for the column that the file calls *header*."""
        self.account.reject(Reject(row.line, header, value[:_VALUE_SHOWN], self._in_sheet(row, reason), remedy), cents)

    def _in_sheet(self, row: Row, reason: str) -> str:
        """A reason, with the sheet where the line is of another than the first."""
        at = sheet_of(row.line)
        return f"feuille « {self.source.sheets[at]} » : {reason}" if at else reason

    def accept(self, commune: str, cents: int = 0) -> None:
        """Rule one row accepted in *commune*, one of the 95."""
        self.account.accept(self.territories[commune], cents)

    def place(self, row: Row, key: str, attachment: Attachment, cents: int = 0) -> Place | None:
        """Place of *row*; None once the row has been ruled outside, or refused for its column *key*."""
        if attachment.status == "inside" and attachment.commune is not None:
            if attachment.conflict:
                message = "Indications de lieu qui se contredisent, la plus sûre retenue"
                self.note("place_conflict", message, row.line)
            return Place(attachment.commune, attachment.way)
        if attachment.status == "outside":
            self.account.count("outside", cents)
        else:
            self.seek(row)
            told, value = attachment, row[key][:_VALUE_SHOWN]
            refused = Reject(
                row.line, self.header(key), value, told.reason, told.remedy, told.candidates or told.suggestions
            )
            self.account.reject(refused, cents)
        return None

    def seek(self, row: Row) -> None:
        """Keep the numbers of a row that no place is known of, for a public register to be asked."""
        siret, siren = (row[key] if self.located.get(key) else "" for key in ("siret", "siren"))
        numbers = identifiers.siret(siret).code, identifiers.siren(siren).code
        if any(numbers):
            self.account.sought.append(Sought(numbers[0], numbers[1] or (numbers[0] or "")[:9]))

    def note(self, code: str, message: str, line: int) -> None:
        """Keep one case of a warning; the cases of a *code* are reported as one, with their lines."""
        self.notes.setdefault(code, (message, []))[1].append(line)

    def report_notes(self) -> None:
        """Write the notes into the account."""
        for code, (message, lines) in self.notes.items():
            self.account.warn(code, f"{message} ({enumerated([line_of(one) for one in lines])}).", len(lines))

    def written(self, row: Row) -> Record:
        """As `origin`, with what the row says, word for word, in the columns that make it a grant (`layers.trace`).

        What else it says may be of persons, and is never kept (`docs/privacy.md`).
        """
        places = {at for key, read in self.located.items() if key in _KEPT for at in read}
        told = [(self.source.header[at], row.cells[at]) for at in sorted(places) if at < len(self.source.header)]
        text = RAW_PARTED.join(f"{title}\u00a0: {cell}" for title, cell in told if cell)
        return {**self.origin(row), "raw": text[:MOST_RAW] or None}

    def origin(self, row: Row) -> Record:
        """Columns that say where a record comes from, down to its line."""
        return {
            "source": self.kind,
            "vintage": self.vintage.label,
            "file_sha256": self.source.sha256,
            "row": row.line,
        }
