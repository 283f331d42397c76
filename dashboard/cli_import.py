"""``ess import``: progress, summary in French, report."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from dashboard.cli_errors import UNUSABLE, WrongUsage
from dashboard.cli_summary import summarise
from layers import durable
from layers.importing import OnProgress, Report, import_files
from layers.readers import READERS
from layers.store import Store


def run(
    files: list[Path], data_dir: Path, kind: str | None, year: int | None, *, dry_run: bool, report: Path | None
) -> int:
    """Import, print the summary, write the report; return the exit status."""
    if kind is not None and kind not in READERS:
        raise WrongUsage(f"Nature inconnue\u202f: {kind}. Au choix\u202f: {', '.join(READERS)}.")
    if report is not None and not report.parent.is_dir():
        raise WrongUsage(f"Le dossier {report.parent} n’existe pas\u202f: le compte rendu ne peut y être écrit.")
    progress = Console(stderr=True, highlight=False)
    with _shown(progress) as tell:
        done = import_files(
            files, Store(data_dir), kind, year, dry_run=dry_run, on_progress=tell, on_wait=progress.print
        )
    if report is not None:
        durable.write(report, (json.dumps(done.to_json(), ensure_ascii=False, indent=1) + "\n").encode())
    summarise(done, Console(highlight=False), report)
    if done.exit_status == UNUSABLE:
        print(_refusal(done), file=sys.stderr)
    return done.exit_status


@contextmanager
def _shown(console: Console) -> Iterator[OnProgress]:
    """A bar on a terminal, one line a step elsewhere."""
    if not console.is_terminal:
        yield lambda what, done, total: print(f"[{done + 1}/{total}] {what}", file=sys.stderr, flush=True)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Import", total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)


def _refusal(report: Report) -> str:
    names = ", ".join(file["file"] for file in report.unusable)
    whole = "" if len(report.files) == len(report.unusable) else " (tout ou rien\u202f: les autres attendent)"
    return (
        f"Rien n’est publié\u202f: {len(report.unusable)} fichier(s) sur {len(report.files)} inutilisable(s) "
        f"({names}){whole}. La publication précédente reste montrée."
    )
