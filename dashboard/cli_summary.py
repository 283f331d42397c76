"""What an import did, for a person to read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.numbers import format_decimal
from rich.console import Console
from rich.table import Table

from dashboard import cli_rehearsal
from geodata.territories import TERRITORIES
from layers.rehearsal_json import of_departures
from layers.report import UNREADABLE, FileReport, Report
from layers.rounding import rounded

FIRST_REJECTS = 5
COUNTS = {
    "rows_read": "lues",
    "rows_accepted": "acceptées",
    "rows_rejected": "rejetées",
    "rows_outside": "hors métropole",
    "rows_duplicate": "en double",
    "rows_not_ess": "hors ESS",
    "rows_control": "de contrôle",
}


def summarise(report: Report, console: Console, written: Path | None) -> None:
    """Print each file, then what was published; ``written`` is where the whole report is."""
    for file in report.files:
        _file(file, console, written)
    sentences = {
        "published": f"Publié\u202f: {report.release}. Les serveurs en marche le montrent sous deux secondes.",
        "already_published": f"Déjà publié\u202f: {report.release}. Rien n’a changé.",
        "dry_run": "Contrôle seul\u202f: rien n’est publié.",
        "unconfirmed": "Rien n’est publié\u202f: des lignes déjà publiées partiraient.",
    }
    if report.rehearsal is not None:
        cli_rehearsal.tell(
            report.rehearsal, lambda text: _say(console, text), lambda text: _say(console, text, style="bold")
        )
    else:
        cli_rehearsal.depart(
            of_departures(report.departures),
            lambda text: _say(console, text),
            lambda text: _say(console, text, style="bold"),
        )
    if report.outcome in sentences:
        _say(console, sentences[report.outcome])


def number(value: float) -> str:
    """A number as French writes it."""
    return str(format_decimal(rounded(value, 3), locale="fr_FR"))


def _say(console: Console, text: str, style: str = "") -> None:
    """One line, however long: what is said may be searched and copied."""
    console.print(text, markup=False, soft_wrap=True, style=style)


def _file(file: FileReport, console: Console, written: Path | None) -> None:
    about = [file["kind"], file["vintage"], file["encoding"], _delimiter(file["delimiter"])]
    known = ", ".join(part for part in about if part)
    _say(console, f"{file['file']}{f' ({known})' if known else ''}", style="bold")
    if file["rows_read"]:
        counts = [f"{number(file[key])} {label}" for key, label in COUNTS.items() if file[key]]
        _say(console, f"  Lignes\u202f: {', '.join(counts)}.")
    if file["amount_total"] is not None:
        _say(console, f"  Montant accepté\u202f: {_euros(file['amount_total'])}.")
    if file["accepted_by_territory"]:
        console.print(_territories(file))
    for warning in file["warnings"]:
        if warning["code"] != UNREADABLE:
            _say(console, f"  Attention ({number(warning['count'])})\u202f: {warning['message']}")
    for question in file.get("questions", ()):
        choices = " / ".join(question["choices"])
        name = f"  Question «\u00a0{question['id']}\u00a0»\u202f: {question['about']}"
        _say(console, f"{name} {choices} (supposé\u202f: {question['guess']}).", style="bold")
    _rejects(file, console, written)


def _territories(file: FileReport) -> Table:
    table = Table(box=None, pad_edge=True, padding=(0, 2))
    table.add_column("Territoire")
    table.add_column("Lignes", justify="right")
    if file["amount_total"] is not None:
        table.add_column("Euros", justify="right")
    for code, territory in TERRITORIES.items():
        cells = [territory.short_name, number(file["accepted_by_territory"].get(code, 0))]
        if file["amount_total"] is not None:
            cells.append(_euros(file["amount_by_territory"].get(code, 0)))
        table.add_row(*cells)
    return table


def _rejects(file: FileReport, console: Console, written: Path | None) -> None:
    rejects = file["rejects"]
    for reject in rejects[:FIRST_REJECTS]:
        _say(console, _reject(reject))
    if more := len(rejects[FIRST_REJECTS:]):
        where = f"dans {written}" if written else "avec --report RAPPORT.json"
        _say(console, f"  … et {number(more)} autres rejets\u202f: la liste entière est {where}.")


def _reject(reject: dict[str, Any]) -> str:
    column = f", colonne «\u00a0{reject['column']}\u00a0»" if reject["column"] else ""
    value = f", valeur «\u00a0{reject['value']}\u00a0»" if reject["value"] else ""
    reason = reject["reason"].rstrip(".")
    return f"  Ligne {reject['row']}{column}{value}\u202f: {reason}. {reject['remedy']}"


def _euros(amount: float) -> str:
    return f"{number(amount)}\u00a0€"


def _delimiter(delimiter: str) -> str:
    return f"séparateur «\u00a0{delimiter}\u00a0»" if delimiter.strip() else ("tabulations" if delimiter else "")
