"""All that the page of the assistant prints of a file."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from dashboard import deliveries, locale
from dashboard.assistant import choices, grid, words
from dashboard.i18n import _, plural
from layers.account import euros
from layers.mapping.declaration import ACTORS, GRANTS
from layers.mapping.reading import KIND as TABLE_KIND
from layers.mapping.reading import PERHAPS_A_LIST
from layers.questions import HEADER, SHEET, TABLE
from layers.readers.scdl import KIND
from layers.typography import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.account import Account
    from layers.drafts.looking import Look
    from layers.recognition.opening import Table

_BY_MEANING: Final = (KIND, TABLE_KIND)
"""Kinds whose columns are read by what they mean; those of any other are those of its official layout."""
_TITLES: Final = 30
"""Lines that are offered for a header."""
_BELOW: Final = 5
_SHOWN: Final = 3
_LISTED: Final = 200
"""Lines left aside, or without a place, that are told one by one."""


def context(look: Look, answers: Mapping[str, str], *, hidden: bool) -> dict[str, Any]:
    """What the template ``admin_lecture.html`` prints; *hidden* sheets are offered where that was asked."""
    account = look.account
    holds = _holds(look)
    told: dict[str, Any] = {
        "headline": headline(look),
        "problem": _problem(look),
        "opened": look.opened is not None,
        "cut": look.cut,
        "answered": bool(look.opened and look.opened.answers),
        "questions": _questions(look),
        "account": _account(look, account) if account else None,
    }
    if look.opened is None:
        return told
    source = look.opened.source
    columns = grid.columns(look, look.opened, holds)
    rows = grid.rows(look, look.opened)
    return told | {
        "columns": [{**one, "few": grid.few(rows, at)} for at, one in enumerate(columns)],
        "official": account is not None and account.kind not in _BY_MEANING,
        "rows": rows,
        "groups": words.groups(holds),
        "units": [(worth, words.SYMBOLS[worth], _(label)) for worth, label in words.UNITS.items()],
        "contents": [(key, _(label)) for key, label in words.CONTENTS.items()],
        "holds": answers.get(TABLE, ""),
        "held": _(words.CONTENTS[holds]) if holds and account and account.kind in _BY_MEANING else "",
        "kind": account.kind if account else "",
        "declared": account.declared["declaration"]["source"] if account and account.declared else "",
        "sheet": ", ".join(source.sheets),
        "sheets": [one.name for one in source.book if not one.hidden or hidden or one.name == answers.get(SHEET)],
        "concealed": 0 if hidden else sum(one.hidden for one in source.book),
        "wanted": {key: answers.get(key, "") for key in (SHEET, HEADER)},
        "lines": plural("ligne {lines}", "lignes {lines}", len(source.header_lines)).format(
            lines=locale.listed([str(line) for line in source.header_lines])
        ),
        "headers": _headers(source),
        "aside": _aside(look),
        "read": locale.number(account.rows_read) if account else "",
        "unit": _unit(columns),
        "unread": _unread(account) if account else [],
    }


def headline(look: Look) -> str:
    """What is ready, and what is still asked."""
    if look.opened is None:
        return _("Ce fichier ne s’ouvre pas")
    if look.account is None:
        return _("Ce fichier n’est pas encore compris")
    placed, asked = look.account.accepted_by_territory.total(), len(look.account.questions)
    ready = plural("{n} ligne sur {all} est prête", "{n} lignes sur {all} sont prêtes", placed)
    if not placed and look.account.rows["accepted"]:  # published all the same, beside the territories
        placed = look.account.rows["accepted"]
        ready = plural("{n} ligne sur {all} est lue, sans lieu", "{n} lignes sur {all} sont lues, sans lieu", placed)
    told = ready.format(n=locale.number(placed), all=locale.number(look.account.rows_read))
    left = _("il reste une question") if asked == 1 else _("il reste {n} questions").format(n=asked)
    return _("{ready} ; {left}").format(ready=told, left=left) if asked else told


def _problem(look: Look) -> str:
    """Why a file cannot be read; what to do is on the page, unless it does not open."""
    if look.error is None:
        warnings = look.account.warnings if look.account else ()
        return next((one.message for one in warnings if one.code == PERHAPS_A_LIST), "")
    return sentence(look.error.reason) if look.opened else look.error.sentence


def _holds(look: Look) -> str:
    if look.tables and "grants" in look.tables:
        return GRANTS
    if look.tables and "actors" in look.tables:
        return ACTORS
    return ""


def _headers(source: Table) -> list[tuple[str, str]]:
    """The lines that may be the header, alone or by two, with what they say."""
    end = source.header_lines[-1]
    said = [(line, [cell.strip() for cell in cells if cell.strip()]) for line, cells in source.head]
    able = [(line, cells) for line, cells in said if len(cells) > 1 and line <= end + _BELOW][-_TITLES:]
    found = [(str(line), _("ligne {line} : {cells}").format(line=line, cells=_titles(cells))) for line, cells in able]
    pairs = [(one[0], two[0], two[1]) for one, two in pairwise(able) if two[0] == one[0] + 1 <= end + 1]
    for above, below, cells in pairs:
        told = _("lignes {first} et {last} : {cells}").format(first=above, last=below, cells=_titles(cells))
        found.append((f"{above}-{below}", told))
    return found


def _titles(cells: Sequence[str]) -> str:
    more = "…" if len(cells) > _SHOWN else ""
    return ", ".join(cell[: grid.LONGEST // 2] for cell in cells[:_SHOWN]) + more


def _aside(look: Look) -> dict[str, Any]:
    """What was left aside, counted and told line by line."""
    counts = {code: sum(one == code for _line, one, _text in look.aside) for code in words.ASIDE}
    above = grid.rows(look, look.opened)["above"] if look.opened else []
    counts["notes"] += len(above)
    told = [
        _(words.ASIDE[code][int(number > 1)]).format(n=locale.number(number))
        for code, number in counts.items()
        if number
    ]
    lines = [*above, *((line, text) for line, _code, text in look.aside)]
    return {"told": locale.listed(told) if told else "", "lines": lines[:_LISTED], "more": len(lines) - _LISTED}


def _unit(columns: Sequence[Mapping[str, Any]]) -> str:
    units = {one["unit"] for one in columns if one["money"]}
    return _(words.UNITS[units.pop()]) if len(units) == 1 and units <= words.UNITS.keys() else ""


def _unread(account: Account) -> list[dict[str, str]]:
    """Columns that are not read, with the values and the euros that they hold, and why where it is known."""
    left = [one for one in account.table.get("columns", ()) if one.get("left")]
    rest = [one for one in account.table.get("unread", ()) if one["filled"]]
    return [
        {
            "name": one["name"],
            "letter": grid.letter(one["place"] - 1),
            "filled": _values(one["filled"]) if "filled" in one else "",
            "euros": "" if one.get("amount") is None else locale.euros(one["amount"]),
            "why": one.get("left", ""),
        }
        for one in (*left, *rest)
    ]


def _values(count: int) -> str:
    return plural("{n} valeur", "{n} valeurs", count).format(n=locale.number(count))


def _questions(look: Look) -> list[dict[str, Any]]:
    """What a file asks: each choice, the best guess or the answer first chosen, with what tells them apart."""
    columns = {one["name"]: one for one in (look.account.table.get("columns", ()) if look.account else ())}
    samples = (
        {one.name: map(grid.written, one.content.samples) for one in choices.columns(look.opened)}
        if look.opened
        else {}
    )
    settled = choices.settled(look)
    answered = look.account.answered if look.account else {}
    return [
        {
            "field": f"{choices.QUESTION}{at}",
            "about": one.about,
            "settled": one in settled,
            "choices": [
                {
                    "value": told,
                    "checked": told == (answered.get(one.id, one.guess) if one in settled else one.guess),
                    "guess": told == one.guess,
                    "samples": " ; ".join(samples.get(told, ())),
                    "euros": _euros_of(columns.get(told)),
                }
                for told in sorted(one.choices, key=lambda told, guess=one.guess: told != guess)  # type: ignore[misc]
            ],
        }
        for at, one in enumerate(choices.questions(look))
    ]


def _euros_of(column: Mapping[str, Any] | None) -> str:
    return locale.euros(column["amount"]) if column and column.get("amount") is not None else ""


def _account(look: Look, account: Account) -> dict[str, Any]:
    """What becomes of the rows, the places that were found, and what would be replaced."""
    placed, cents = account.accepted_by_territory.total(), account.cents_by_territory.total()
    rows, money = ({str(key): count for key, count in told.items()} for told in (account.rows, account.cents))
    rows |= {"accepted": placed, "unplaced": account.rows["accepted"] - placed}
    money |= {"accepted": cents, "unplaced": account.cents["accepted"] - cents}
    shown = [(key, label) for key, label in words.OUTCOMES.items() if key == "accepted" or rows.get(key)]
    total = sum(money.values())
    return {
        "rows": _rows(account.rows_read),
        "total": locale.euros(euros(total)) if account.has_amounts else "",
        "outcomes": [
            {
                "key": key,
                "label": _(label),
                "count": rows.get(key, 0),
                "rows": _rows(rows.get(key, 0)),
                "euros": locale.euros(euros(money.get(key, 0))) if account.has_amounts and money.get(key) else "",
            }
            for key, label in shown
        ],
        "reason": next((one.reason for one in account.rejects), ""),
        "placed": locale.number(placed + account.rows["outside"]),
        "placeable": locale.number(account.rows_read - account.rows["control"]),
        "ways": _ways(look),
        "unplaced": _unplaced(look),
        "replaced": _replaced(look),
        "warnings": [one.message for one in account.warnings],
    }


def _rows(count: int) -> str:
    return plural("{n} ligne", "{n} lignes", count).format(n=locale.number(count))


def _unplaced(look: Look) -> dict[str, Any]:
    """The rows whose place is not known: how many, the first ones, how many more."""
    count = len(look.unplaced)
    told = plural("Voir {n} ligne sans lieu", "Voir les {n} lignes sans lieu", count)
    more = max(0, count - _LISTED)
    return {"told": told.format(n=locale.number(count)), "rows": look.unplaced[:_LISTED], "more": more}


def _ways(look: Look) -> str:
    """How the places were found: « 171 par le SIRET, 27 par la commune »."""
    frames = [frame for frame in (look.tables or {}).values() if "located_by" in frame and "commune" in frame]
    counts: dict[str, int] = {}
    for frame in frames:
        found = frame[frame["commune"].notna()]["located_by"].value_counts()
        counts |= {str(way): counts.get(str(way), 0) + int(count) for way, count in found.items()}
    told = sorted(((count, way) for way, count in counts.items() if way in words.WAYS), reverse=True)
    return ", ".join(f"{locale.number(count)} {_(words.WAYS[way])}" for count, way in told)


def _replaced(look: Look) -> list[dict[str, str]]:
    """Rows and euros of each year, today and once published."""
    out = []
    for one in look.replaced:
        what = _("{what}, {year}").format(what=deliveries.part(one.table, one.part), year=one.year)
        out.append({"what": what, "before": locale.number(one.before), "after": locale.number(one.after)})
        if one.cents_after or one.cents_before:
            money = [locale.euros(euros(cents)) for cents in (one.cents_before, one.cents_after)]
            out.append({"what": _("{what}, en euros").format(what=what), "before": money[0], "after": money[1]})
    return out
