"""A clean table laid out as one sheet: which columns, under which titles, in which writings and units."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tests.layers.recognition.disguises.clean import YEAR, Grant
from tests.layers.recognition.disguises.spellings import spelled

Cells = list[str]
Write = Callable[[int], str]
GRANTOR = "Métropole fictive"


@dataclass(eq=False)
class Sheet:
    """One sheet: its rows, the cells that are merged (first row, column, last row, column), whether it is hidden."""

    name: str
    rows: list[Cells]
    merged: list[tuple[Cells, int, Cells, int]] = field(default_factory=list)
    hidden: bool = False


@dataclass(eq=False)
class Draft:
    """A table on its way: parts of its sheet, how its amounts are written, and how it was made.

    *lost* are the grants of which a column says that they were not given.
    """

    chance: random.Random
    clean: list[Grant]
    keys: list[str]
    titles: Cells
    write: Write
    heads: list[Cells]
    body: list[Cells]
    above: list[Cells] = field(default_factory=list)
    below: list[Cells] = field(default_factory=list)
    merged: list[tuple[Cells, int, Cells, int]] = field(default_factory=list)
    unit: str = ""
    sheet: str = "Données"
    grouped: bool = False
    lost: list[Grant] = field(default_factory=list)

    @property
    def amount(self) -> int:
        """Place of the amounts."""
        return self.keys.index("amount")

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.keys)

    def row(self, **cells: str) -> Cells:
        """A row that says only some of its columns."""
        return [cells.get(key, "") for key in self.keys]

    def blank(self) -> Cells:
        """A row that says nothing."""
        return [""] * self.width

    def told(self) -> Sheet:
        """The sheet as it stands."""
        return Sheet(self.sheet, [*self.above, *self.heads, *self.body, *self.below], self.merged)


WRITINGS: Sequence[tuple[str, Write]] = (
    ("12345.60", lambda cents: f"{cents / 100:.2f}"),
    ("12345.6", lambda cents: f"{cents / 100:.2f}".rstrip("0").rstrip(".")),
    ("12345,60", lambda cents: f"{cents / 100:.2f}".replace(".", ",")),
    ("12 345,60", lambda cents: f"{cents / 100:,.2f}".replace(",", " ").replace(".", ",")),
    ("12 345,60 €", lambda cents: f"{cents / 100:,.2f}".replace(",", "\u202f").replace(".", ",") + " €"),
    ("12 345,60 no-break", lambda cents: f"{cents / 100:,.2f}".replace(",", "\u00a0").replace(".", ",")),
    ("12'345.60", lambda cents: f"{cents / 100:,.2f}".replace(",", "'")),
    ("12.345,60", lambda cents: f"{cents / 100:,.2f}".translate(str.maketrans(",.", ".,"))),
    ("12,345.60", lambda cents: f"{cents / 100:,.2f}"),
    ("12345,60EUR", lambda cents: f"{cents / 100:.2f}".replace(".", ",") + "EUR"),
    ("whole where it can", lambda cents: f"{cents // 100}" if cents % 100 == 0 else f"{cents / 100:.2f}"),
    (
        "12.345 where it can",
        lambda cents: f"{cents / 100:,.2f}".translate(str.maketrans(",.", ".,")).removesuffix(",00"),
    ),
    ("€12345.60", lambda cents: f"€{cents / 100:.2f}"),
)
DATES: Sequence[Callable[[Grant], str]] = (
    lambda one: f"{one.day:02d}/06/{one.year}",
    lambda one: f"{one.year}-06-{one.day:02d}",
    lambda one: f"{one.day} juin {one.year}",
    lambda one: f"{one.day:02d}.06.{one.year}",
    lambda one: f"{one.day:02d}/06/{one.year % 100}",
)
SIRETS: Sequence[Callable[[str], str]] = (
    str,
    str,
    lambda text: f"{text[:3]} {text[3:6]} {text[6:9]} {text[9:]}",
    lambda text: f"{text[:9]} {text[9:]}",
    lambda text: f"'{text}",
)
UNITS: Sequence[tuple[str, int]] = (
    ("k€", 100_000),
    ("milliers d’euros", 100_000),
    ("M€", 100_000_000),
    ("centimes", 1),
)
_SHUFFLED, _IN_UNITS = 0.7, 0.12
_BESIDE: Sequence[tuple[str, Write]] = (
    ("asked", lambda cents: f"{cents // 100 + 700}"),
    ("proposed", lambda cents: f"{cents // 100 + 300}"),
    ("paid", lambda cents: f"{cents / 200:.2f}"),
    ("guarantee", lambda _: "500000"),
    ("loan", lambda _: "20000"),
    ("in_kind", lambda cents: f"{cents // 300}"),
    ("cost", lambda cents: f"{cents // 40}"),
    ("members", lambda cents: str(cents % 397)),
    ("account", lambda _: "65748"),
    ("telephone", lambda cents: f"03 20 {cents % 90 + 10} 00 00"),
    ("rank", str),
    ("share", lambda cents: f"{cents % 70 + 10} %"),
    ("reference", lambda cents: f"23-C-{cents % 9999:04d}"),
    ("nature", lambda _: "aide en numéraire"),
)
"""Columns beside, and what they hold for a grant."""


@dataclass(frozen=True)
class Layout:
    """Columns, titles and writings that the sheets of one file have in common."""

    keys: tuple[str, ...]
    titles: tuple[str, ...]
    write: Write
    day: Callable[[Grant], str]
    number: Callable[[str], str]
    beside: dict[str, Write]
    unit: str
    how: tuple[str, ...]


def layout(chance: random.Random, *, two_years: bool) -> Layout:
    """Columns, titles and writings, of its own choice."""
    keys = ["name", "amount", *chance.choice((["siret"], ["city"], ["postcode", "city"], ["siret", "city"]))]
    keys += chance.choice(([], ["purpose"], ["purpose"])) + chance.choice(([], ["section"]))
    keys += chance.choice(([], ["grantor"], ["grantor", "grantor_siret"]))
    keys += [] if two_years else chance.choice(([], ["date"], ["year"], ["date", "year"]))
    beside = chance.sample(_BESIDE, chance.choice((0, 0, 1, 1, 2, 4)))
    keys += [key for key, _ in beside] + (["before"] if two_years else [])
    if chance.random() < _SHUFFLED:
        chance.shuffle(keys)
    written, write = chance.choice(WRITINGS)
    how = [f"amounts {written}", *(f"beside: {key}" for key, _ in beside)]
    unit = ""
    if chance.random() < _IN_UNITS:
        unit, scale = chance.choice(UNITS)
        mark = chance.choice(".,")
        write = lambda cents: f"{Decimal(cents) / scale:f}".replace(".", mark)  # noqa: E731
        how.append(f"unit {unit}")
    titles = {}
    for key in dict.fromkeys(keys):
        titles[key], rules = ("", []) if key == "before" else spelled(key, chance)
        how += rules
    if two_years:
        said = chance.choice(("Subvention {}", "Montant {}", "Montant voté {}", "{}", "Subvention accordée en {}"))
        titles |= {"before": said.format(YEAR - 1), "amount": said.format(YEAR)}
        how.append("years side by side")
    names = tuple(titles[key] for key in keys)
    return Layout(
        tuple(keys), names, write, chance.choice(DATES), chance.choice(SIRETS), dict(beside), unit, tuple(how)
    )


def draft(given: Layout, clean: list[Grant], chance: random.Random) -> Draft:
    """The clean table under its titles."""
    titles = list(given.titles)
    body = [[_cell(key, one, given) for key in given.keys] for one in clean]
    return Draft(chance, list(clean), list(given.keys), titles, given.write, [titles], body, unit=given.unit)


def _cell(key: str, grant: Grant, given: Layout) -> str:
    if key in ("rank", "reference") and key in given.beside:
        number = grant.name.rpartition(" ")[2]
        return number if key == "rank" else f"23-C-{number.zfill(4)}"
    if key in given.beside:
        return given.beside[key](grant.cents)
    return {
        "grantor": GRANTOR,
        "grantor_siret": "20009320100016",
        "name": grant.name,
        "siret": given.number(grant.siret),
        "city": grant.commune[2],
        "postcode": grant.commune[1],
        "purpose": grant.purpose,
        "section": grant.section,
        "amount": given.write(grant.cents),
        "before": given.write(grant.before),
        "date": given.day(grant),
        "year": str(grant.year),
    }[key]
