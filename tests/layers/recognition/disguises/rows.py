"""What people add between, above and below the rows of a table, and to its header."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from tests.layers.recognition.disguises.clean import Grant
from tests.layers.recognition.disguises.draft import Cells, Draft

Change = Callable[[Draft], None]
TOTALS = (
    *("TOTAL", "Total général", "Total", "TOTAL 2023", "Total des subventions", "Montant total", "Totaux", "Total :"),
    *("T O T A L", "Ensemble", "Somme", "Cumul", "TOTAL SUBVENTIONS ACCORDÉES", "Total (en euros)", "Grand total"),
)
SUBTOTALS = ("Sous-total {}", "Total {}", "S/Total {}", "Ss-total {}", "{} - total", "TOTAL {}", "Sous total : {}")


def _sum(grants: Sequence[Grant]) -> int:
    return sum(one.cents for one in grants)


def _label_place(draft: Draft) -> int:
    """Where a total says that it is one: in the first column, or that of the names, never among the amounts."""
    places = [draft.keys.index("name"), *(at for at in range(draft.width) if at not in (draft.amount,))]
    return draft.chance.choice(places[:2])


def _totalled(draft: Draft, label: str, cents: int) -> Cells:
    row = draft.blank()
    row[draft.amount] = draft.write(cents)
    if "before" in draft.keys and cents == _sum(draft.clean):
        row[draft.keys.index("before")] = draft.write(sum(one.before for one in draft.clean))
    if label:
        row[_label_place(draft)] = label
    return row


def unit_told(draft: Draft) -> None:
    """The unit, where it is not the euro: in the title, above, below, in the name of the sheet, in a column."""
    if not draft.unit:
        return
    place = draft.chance.choice(("title", "title", "title", "above", "above", "below", "sheet", "column", "head"))
    if place == "title":
        said = draft.chance.choice(("{} ({})", "{} en {}", "{} - {}", "{}_{}"))
        draft.titles[draft.amount] = said.format(draft.titles[draft.amount], draft.unit)
        if "before" in draft.keys:
            at = draft.keys.index("before")
            draft.titles[at] = said.format(draft.titles[at], draft.unit)
    elif place == "above":
        draft.above.append([draft.chance.choice(("Montants en {}", "(en {})", "Unité : {}")).format(draft.unit)])
    elif place == "below":
        draft.below.append([f"Montants exprimés en {draft.unit}"])
    elif place == "sheet":
        draft.sheet = f"Subventions ({draft.unit})"
    elif place == "head":
        draft.heads.append([f"({draft.unit})" if key in ("amount", "before") else "" for key in draft.keys])
    else:
        draft.keys.append("unit")
        draft.titles.append("Unité")
        for row in draft.body:
            row.append(draft.unit)


def total(draft: Draft) -> None:
    """A total below all."""
    draft.body.append(_totalled(draft, draft.chance.choice(TOTALS), _sum(draft.clean)))


def total_unlabelled(draft: Draft) -> None:
    """A total that only arithmetic tells."""
    draft.body.append(_totalled(draft, "", _sum(draft.clean)))


def total_above(draft: Draft) -> None:
    """A total right under the header."""
    draft.body.insert(0, _totalled(draft, draft.chance.choice(TOTALS), _sum(draft.clean)))


def total_counted(draft: Draft) -> None:
    """A total that counts the grants too, as « 12 associations »."""
    row = _totalled(draft, "", _sum(draft.clean))
    row[draft.keys.index("name")] = f"{len(draft.clean)} {draft.chance.choice(('associations', 'bénéficiaires'))}"
    draft.body.append(row)


def _grouped(
    draft: Draft, told: Callable[[Grant], str], made: Callable[[str, list[Grant], list[Cells]], list[Cells]]
) -> None:
    """Rows by what *told* says, each group made with what stands around it."""
    if draft.merged or "before" in draft.keys or len(draft.body) != len(draft.clean) or draft.grouped:
        return
    draft.grouped = True
    pairs = sorted(zip(draft.clean, draft.body, strict=False), key=lambda pair: told(pair[0]))
    draft.clean = [one for one, _ in pairs]
    draft.body = []
    for name, group in groupby(pairs, key=lambda pair: told(pair[0])):
        own = list(group)
        draft.body += made(name, [one for one, _ in own], [row for _, row in own])


def _by(draft: Draft) -> Callable[[Grant], str]:
    by_city: Callable[[Grant], str] = lambda one: one.commune[2]  # noqa: E731
    return draft.chance.choice((by_city, lambda one: one.section))


def subtotals(draft: Draft) -> None:
    """A sub-total below each group, and perhaps the total of all."""
    label = draft.chance.choice(SUBTOTALS)
    _grouped(draft, _by(draft), lambda name, own, rows: [*rows, _totalled(draft, label.format(name), _sum(own))])
    if draft.chance.random() < 0.5:
        total(draft)


def subtotals_bare(draft: Draft) -> None:
    """A sub-total below each group, by its name alone, as a pivot table has it."""
    _grouped(draft, _by(draft), lambda name, own, rows: [*rows, _totalled(draft, name, _sum(own))])


def subtotals_above(draft: Draft) -> None:
    """The name of each group with its sub-total above it."""
    _grouped(draft, _by(draft), lambda name, own, rows: [_totalled(draft, name, _sum(own)), *rows])


def sections(draft: Draft) -> None:
    """The name of each group above it."""

    def made(name: str, _own: list[Grant], rows: list[Cells]) -> list[Cells]:
        return [[name.upper(), *[""] * (draft.width - 1)], *rows]

    _grouped(draft, _by(draft), made)


def merged_down(draft: Draft) -> None:
    """A column whose equal cells are merged."""
    key = draft.chance.choice(
        [key for key in draft.keys if key in ("grantor", "city", "section", "year", "date")] or [""]
    )
    if not key:
        return
    at = draft.keys.index(key)
    pairs = sorted(zip(draft.clean, draft.body, strict=True), key=lambda pair: pair[1][at])
    draft.clean, draft.body = [one for one, _ in pairs], [row for _, row in pairs]
    for _, group in groupby(draft.body, key=lambda row: row[at]):
        own = list(group)
        if len(own) > 1:
            draft.merged.append((own[0], at, own[-1], at))
            for row in own[1:]:
                row[at] = ""


def merged_amount(draft: Draft) -> None:
    """One amount for two beneficiaries, in cells that are merged."""
    rows = [row for row in draft.body if row[draft.amount]]
    if len(rows) < 2 or draft.merged or "before" in draft.keys:
        return
    first, second = rows[0], rows[1]
    draft.merged.append((first, draft.amount, second, draft.amount))
    second[draft.amount] = ""
    del draft.clean[1]


def two_lines(draft: Draft) -> None:
    """Titles on two lines: groups above, merged, the titles below; or what is one title, cut."""
    if draft.chance.random() < 0.5 and all(" " in title for title in draft.titles[:1]):
        parted = [title.partition(" ") for title in draft.titles]
        draft.heads[:1] = [[first for first, _, _ in parted], [rest for _, _, rest in parted]]
        return
    of = {"name": "Bénéficiaire", "siret": "Bénéficiaire", "city": "Bénéficiaire", "postcode": "Bénéficiaire"}
    money = ("amount", "asked", "proposed", "paid", "before")
    groups = [of.get(key, "Subvention" if key in money else "") for key in draft.keys]
    upper = [name if at == 0 or groups[at - 1] != name else "" for at, name in enumerate(groups)]
    draft.heads.insert(0, upper)
    for at, name in enumerate(upper):
        end = next((to for to in range(at + 1, draft.width) if groups[to] != groups[at]), draft.width) - 1
        if name and end > at:
            draft.merged.append((upper, at, upper, end))


def technical_names(draft: Draft) -> None:
    """A row of numbers, of units or of names of fields below the titles."""
    euros = ["en euros" if key in ("amount", "asked", "paid") else "" for key in draft.keys]
    names = [f"({at + 1})" for at in range(draft.width)]
    fields = [f"field_{at}" for at in range(draft.width)]
    draft.heads = [*draft.heads, draft.chance.choice((euros, names, fields))]


def notes(draft: Draft) -> None:
    """Notes below: a source, a legend, a signature, a day."""
    said = draft.chance.sample(
        ("Source : service fictif", "(1) sous réserve du vote du budget", "Édité le 31/12/2023", "Le Président,",
         "* montant prévisionnel", "Page 1/3", "Document de travail"), draft.chance.randint(1, 3),
    )  # fmt: skip
    draft.below += [draft.blank()] * draft.chance.randint(0, 2) + [[text, *[""] * (draft.width - 1)] for text in said]


def titles_above(draft: Draft) -> None:
    """Titles, addressees and contents above the header, up to fifty lines of them."""
    said = ["Métropole fictive", "Direction de la vie associative", "Subventions aux associations 2023"]
    lines = [[text] for text in draft.chance.sample(said, draft.chance.randint(1, 3))]
    for _ in range(draft.chance.choice((0, 0, 1, 3, 25, 45))):
        lines.insert(draft.chance.randrange(len(lines) + 1), draft.chance.choice(([""], ["Annexe à la délibération"])))
    draft.above = [*lines, *draft.above]


def total_in_titles(draft: Draft) -> None:
    """The total of all in a line above the header."""
    draft.above.append(["Total attribué", draft.write(_sum(draft.clean))])


def blank_rows(draft: Draft) -> None:
    """Blank rows between the others."""
    draft.body = [line for row in draft.body for line in (row, draft.blank())]


def blank_columns(draft: Draft) -> None:
    """A column that says nothing, without a title, at the left or among the others."""
    at = draft.chance.choice((0, draft.chance.randrange(draft.width)))
    for row in {id(row): row for row in (*draft.heads, *draft.body, *draft.below, draft.titles)}.values():
        row.insert(at, "")
    draft.keys.insert(at, "")
    draft.merged = [(a, x + (x >= at), b, y + (y >= at)) for a, x, b, y in draft.merged]


def header_repeated(draft: Draft) -> None:
    """The header again among the rows, as on each printed page."""
    at = draft.chance.randrange(len(draft.body) + 1)
    draft.body[at:at] = [list(row) for row in draft.heads]


CHANGES: Sequence[tuple[str, Change, float]] = (
    ("unit told", unit_told, 1.0),
    ("merged rows", merged_down, 0.1),
    ("merged amount", merged_amount, 0.04),
    ("sections", sections, 0.08),
    ("sub-totals", subtotals, 0.08),
    ("sub-totals by name alone", subtotals_bare, 0.05),
    ("sub-totals above", subtotals_above, 0.05),
    ("total", total, 0.2),
    ("total unlabelled", total_unlabelled, 0.08),
    ("total above", total_above, 0.06),
    ("total that counts", total_counted, 0.06),
    ("two-line header", two_lines, 0.12),
    ("third header row", technical_names, 0.06),
    ("header repeated", header_repeated, 0.12),
    ("blank rows", blank_rows, 0.1),
    ("notes", notes, 0.2),
    ("total in titles", total_in_titles, 0.06),
    ("titles", titles_above, 0.3),
    ("blank columns", blank_columns, 0.1),
)
"""In this order: the name of a change, what it does, how often."""
