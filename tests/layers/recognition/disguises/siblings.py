"""More that people do to a table, drawn apart so that a seed keeps what it was made of: columns and rows that mislead.

A column of cumulated amounts, of shares, of the year before, of the state of a request, the total of two years; totals
that are carried from page to page, notes with numbers, parts of a total told again; a unit that is said twice.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate

from tests.layers.recognition.disguises.clean import YEAR, Grant
from tests.layers.recognition.disguises.draft import Cells, Draft

Added = Callable[[Draft, random.Random], None]
Told = Callable[[Draft, random.Random, Mapping[int, Grant]], None]
_REFUSED: Sequence[str] = ("Annulée", "Refusé", "Dossier annulé", "Rejetée", "Retirée", "Abandonné", "Sans suite")
_KEPT: Sequence[str] = ("Accordée", "Attribuée", "Votée", "Soldé")


def _column(draft: Draft, key: str, title: str, cells: Sequence[str], chance: random.Random) -> None:
    """A column more, at any place; *cells* are those of the grants, in their order."""
    at = chance.randrange(draft.width + 1)
    draft.keys.insert(at, key)
    draft.titles.insert(at, title)
    for row, text in zip(draft.body, cells, strict=True):
        row.insert(at, text)


def cumulated(draft: Draft, chance: random.Random) -> None:
    """What was given so far: this year's, or with all the years before."""
    more = chance.choice((0, 0, 150_000))
    sums = [cents + more for cents in accumulate(one.cents for one in draft.clean)]
    title = chance.choice(("Cumul", "Montant cumulé", "Cumul des subventions", "Cumul depuis 2020", "Total cumulé"))
    _column(draft, "cumulated", title, [draft.write(one) for one in sums], chance)


def percent(draft: Draft, chance: random.Random) -> None:
    """The share of each in the whole, or how it went up: with its sign, or as a bare number."""
    whole = sum(one.cents for one in draft.clean) or 1
    form = chance.choice(("{:.1f} %", "{:.2f}", "{:.0f}", "{:.1f}%"))
    title = chance.choice(("%", "Part (%)", "% du total", "Évolution (%)", "Évolution", "Taux d’aide", "Part du total"))
    shares = [form.format(100 * one.cents / whole).replace(".", ",") for one in draft.clean]
    _column(draft, "percent", title, shares, chance)


def state(draft: Draft, chance: random.Random) -> None:
    """The state of each request: those that were cancelled are no grants."""
    gone = [chance.random() < 0.3 for _ in draft.clean]
    if all(gone):
        gone[0] = False
    title = chance.choice(("Statut", "État du dossier", "Décision", "Suite donnée", "Avis de la commission"))
    kept = chance.choice(_KEPT)
    _column(draft, "state", title, [chance.choice(_REFUSED) if one else kept for one in gone], chance)
    _without(draft, gone)


def cancelled(draft: Draft, chance: random.Random) -> None:
    """What was taken back of each, all or nothing."""
    gone = [chance.random() < 0.3 for _ in draft.clean]
    if all(gone) or not any(gone):
        return
    title = chance.choice(("Montant annulé", "Annulation", "Subvention annulée", "Désengagement", "Reprise"))
    cells = [draft.write(one.cents) if away else "" for one, away in zip(draft.clean, gone, strict=True)]
    _column(draft, "cancelled", title, cells, chance)
    _without(draft, gone)


def _without(draft: Draft, gone: Sequence[bool]) -> None:
    """The rows of grants that are none stay, and are not to be counted; nothing else then goes by them."""
    if any(gone):
        draft.lost = [one for one, away in zip(draft.clean, gone, strict=True) if away]


def before(draft: Draft, chance: random.Random) -> None:
    """What each had the year before, told again."""
    if "before" in draft.keys:
        return
    title = chance.choice((f"Rappel {YEAR - 1}", "Subvention N-1", f"Pour mémoire {YEAR - 1}", "Année précédente"))
    cells = [draft.write(one.cents + 20_000 * (at % 3)) for at, one in enumerate(draft.clean)]
    _column(draft, "previous", title, cells, chance)


def of_years(draft: Draft, chance: random.Random) -> None:
    """The total of two years that stand side by side."""
    if "before" not in draft.keys:
        return
    title = chance.choice(("Total", "Total 2 ans", "TOTAL", f"Total {YEAR - 1}-{YEAR}"))
    _column(draft, "years", title, [draft.write(one.cents + one.before) for one in draft.clean], chance)


def unit_twice(draft: Draft, chance: random.Random) -> None:
    """A sheet whose name says thousands, under a title that says euros."""
    if not draft.unit:
        draft.titles[draft.amount] += chance.choice((" (€)", " en euros"))
        draft.sheet = "Subventions (k€)"


def as_text(draft: Draft, chance: random.Random) -> None:
    """Amounts as texts, with their currency in words."""
    said = chance.choice(("{} euros", "{} €uros", "EUR {}", "{} euros TTC", "{} Eur", "{}.-"))
    if draft.unit or not all(
        row[draft.amount][:1].isdigit() and row[draft.amount][-1:].isdigit() for row in draft.body
    ):
        return
    write = draft.write
    draft.write = lambda cents: said.format(write(cents))
    for row in draft.body:
        row[draft.amount] = said.format(row[draft.amount])


def _label(draft: Draft, chance: random.Random, label: str, cents: int) -> Cells:
    """A row of a label, in any column but that of the amounts, and an amount."""
    row = draft.blank()
    row[draft.amount] = draft.write(cents)
    row[chance.choice([at for at in range(draft.width) if at != draft.amount])] = label
    return row


def _places(draft: Draft, of: Mapping[int, Grant]) -> list[tuple[int, Grant]]:
    """Places of the rows of data, with the grant of each."""
    return [(at, of[id(row)]) for at, row in enumerate(draft.body) if id(row) in of]


def total_within(draft: Draft, chance: random.Random, of: Mapping[int, Grant]) -> None:
    """A total of the rows so far, among the rows, its label in any column."""
    places = _places(draft, of)
    if len(places) > 3 and "before" not in draft.keys:
        last = chance.randrange(2, len(places) - 1)
        cents = sum(one.cents for _, one in places[: last + 1])
        label = chance.choice(("Sous-total", "Total", "Total partiel", "Total 1", "Cumul", "Total page"))
        draft.body.insert(places[last][0] + 1, _label(draft, chance, label, cents))


def pages(draft: Draft, chance: random.Random, of: Mapping[int, Grant]) -> None:
    """A break of page: what is carried over, the header again, what was carried over."""
    places = _places(draft, of)
    if len(places) > 4 and "before" not in draft.keys:
        last = chance.randrange(1, len(places) - 2)
        cents = sum(one.cents for _, one in places[: last + 1])
        foot = [_label(draft, chance, "À reporter", cents)] if chance.random() < 0.6 else []
        head = [_label(draft, chance, chance.choice(("Report", "Report page 1")), cents)] if foot else []
        page = [["Page 1/2", *[""] * (draft.width - 1)]] if chance.random() < 0.5 else []
        at = places[last][0] + 1
        draft.body[at:at] = [*foot, *page, *(list(row) for row in draft.heads), *head]


def notes_with_numbers(draft: Draft, chance: random.Random, _of: Mapping[int, Grant]) -> None:
    """Notes below that have numbers in them, in one cell or in two."""
    cents = chance.randrange(1, 90) * 10_000
    said = (
        [f"(1) dont {cents // 100} € versés en {YEAR - 1}"],
        ["* 12 associations nouvelles", draft.write(cents)],
        ["Enveloppe votée au budget", draft.write(cents * 10)],
        [f"Pour mémoire, total {YEAR - 1} :", draft.write(cents * 7)],
        ["Reste à attribuer", draft.write(cents)],
        ["Nombre de dossiers : 12"],
    )
    width = draft.width
    draft.below += [[*row, *[""] * (width - len(row))][:width] for row in chance.sample(said, chance.randint(1, 2))]


def of_which(draft: Draft, chance: random.Random, of: Mapping[int, Grant]) -> None:
    """Below all, what some of them make: « dont culture »."""
    sums: dict[str, int] = {}
    for _, one in _places(draft, of):
        sums[one.section] = sums.get(one.section, 0) + one.cents
    if "before" not in draft.keys:
        rows = [_label(draft, chance, f"dont {section.lower()}", cents) for section, cents in sums.items()]
        draft.below += rows[: chance.randint(1, 3)]


COLUMNS: Sequence[Added] = (cumulated, percent, state, cancelled, before, of_years, unit_twice, as_text)
ROWS: Sequence[Told] = (total_within, pages, notes_with_numbers, of_which)
