"""Rows of a table of grants that are none: totals above what they add up, requests that a code says were refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from layers.questions import RULING, Question
from layers.readers.grants.above import totals_above
from layers.readers.grants.agreement import told_cents
from layers.readers.grants.context import Context
from layers.readers.intake import Intake
from layers.readers.rows import GIVEN, Row, of_totals
from layers.recognition.contents import stage
from layers.recognition.titles import PAID, VOTED

_NO_SUM: Final = (
    "titre d’une partie du tableau, dont le montant n’est pas la somme des lignes qui suivent",
    "Corriger ce total, ou l’enlever ; compléter la ligne si c’est une subvention.",
)
_CODES: Final = 0.8
_BARE: Final = 2
"""Cells of a row that is a name and an amount."""
_WHO: Final = ("siret", "siren", "rna")
_EVERY: Final = "Toutes les lignes"
_PAID_AGAIN: Final = "Montants versés de subventions dont une autre ligne dit ce qui fut voté : lues une seule fois"
_NO_CODE: Final = "code qui dit que la subvention n’est pas accordée, selon la réponse donnée"


def without_totals(intake: Intake, known: Context, rows: Sequence[Row]) -> list[Row]:
    """Rows but those that add up what stands below them, which are control rows."""
    rows = _without_notes(intake, known, rows)
    totals, wrong, sure = totals_above(rows, lambda row: told_cents(known, row))
    if not sure and intake.account.ask(of_totals(sorted(totals), "above")) == GIVEN:
        return list(rows)
    kept = []
    for row in rows:
        if row.line in totals:
            intake.note("totals_above", "Totaux placés au-dessus des lignes qu’ils additionnent, non comptés", row.line)
            intake.account.count("control")
        elif row.line in wrong:
            intake.reject(row, "amount", *_NO_SUM, cents=told_cents(known, row))
        else:
            kept.append(row)
    return kept


def _without_notes(intake: Intake, known: Context, rows: Sequence[Row]) -> Sequence[Row]:
    """Rows but those that say one thing and an amount among full ones, where they are answered to be none."""
    full = [sum(cell != "" for cell in row.cells) for row in rows]
    bare = [
        row.line
        for row, count in zip(rows, full, strict=True)
        if count - _decimals(row) <= _BARE and told_cents(known, row) and not any(row[key] for key in _WHO)
    ]
    most = max(full, default=0) - (2 * len(bare) > len(rows))
    if most < 2 * _BARE or not bare or intake.account.ask(of_totals(bare, "bare", GIVEN)) == GIVEN:
        return rows
    intake.account.aside += [(line, "control_rows") for line in bare]
    for _line in bare:
        intake.account.count("control")
    return [row for row in rows if row.line not in bare]


def _paid_again(rows: Sequence[Row]) -> set[int]:
    """Lines that say what was paid, where another says what was voted for the same, who receives and for what."""
    told: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in rows:
        told[_of_whom(row)].add(stage(row["ruling"]))
    return {row.line for row in rows if stage(row["ruling"]) == PAID and VOTED in told[_of_whom(row)]}


def _of_whom(row: Row) -> tuple[str, ...]:
    return tuple(row[key] for key in ("name", "siret", "year", "purpose"))


def _decimals(row: Row) -> int:
    """Whether a cell of a row is two figures, in number: the decimals of the amount that a separator cut, perhaps."""
    return int(any(len(cell) == 2 and cell.isdecimal() for cell in row.cells))  # noqa: PLR2004


def ruled(intake: Intake, known: Context, rows: list[Row]) -> list[Row]:
    """Rows but those whose ruling is a code that was answered to be no; what codes say is asked."""
    column = next((one for one in known.columns.values() if one.meaning == "ruling"), None)
    if column is not None and (paid := _paid_again(rows)):
        intake.account.aside += [(line, "paid_again") for line in paid]
        for row in rows:
            if row.line in paid:
                intake.note("paid_again", _PAID_AGAIN, row.line)
                intake.account.count("control")
        rows = [row for row in rows if row.line not in paid]
    if column is None or column.content["code"] < _CODES or column.content["yes_or_no"] >= _CODES:
        return rows
    codes = sorted({row["ruling"] for row in rows if row["ruling"]})
    only = {f"Seulement « {code} »": code for code in codes}
    about = f"La colonne « {column.name} » ({', '.join(codes)}) dit-elle quelles subventions sont accordées ?"
    answer = intake.account.ask(Question(RULING, about, (_EVERY, *only), _EVERY))
    for row in rows:
        if answer in only and row["ruling"] != only[answer]:
            intake.reject(row, "ruling", _NO_CODE, "Laisser de côté.", cents=told_cents(known, row))
    return [row for row in rows if answer not in only or row["ruling"] == only[answer]]
