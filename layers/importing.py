"""From official files to a release: read every file, then publish all of them, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from layers import journal, questions
from layers.deliveries import removes
from layers.indicators.declared import Declaration
from layers.mapping import Mapping as ColumnMapping
from layers.mapping import known
from layers.preparation import How, OnProgress, prepare
from layers.questions import Answers
from layers.readers import declarations
from layers.readers.declarations import of_folder
from layers.report import Outcome, Report, waits
from layers.store import Store

__all__ = ["OnProgress", "Report", "import_files"]

WAITING: Final = {
    "unconfirmed": "des lignes publiées partiraient sans revenir : remplacement à confirmer",
    "asked": "des questions attendent leur réponse",
}
"""What the journal says of an import that waits for somebody."""


def import_files(
    paths: Sequence[Path],
    store: Store,
    kind: str | None = None,
    year: int | None = None,
    *,
    dry_run: bool = False,
    replace: bool = False,
    usable: bool = False,
    mapping: ColumnMapping | None = None,
    answers: Answers | None = None,
    declaration: Declaration | None = None,
    on_progress: OnProgress | None = None,
    on_wait: Callable[[str], None] | None = None,
) -> Report:
    """Read files and publish the release that they make with what was imported before.

    A file takes the place of what it corrects, and adds up to the rest (`layers.deliveries`); files of one command add
    up. One unusable file, and nothing is published; nor where earlier rows would leave for good and ``replace`` does
    not say that they may. Demonstration data never enters: the first import starts from the
    embedded geography alone.

    Parameters
    ----------
    paths : official files, read in this order.
    kind, year : what the files are, where their columns or names do not tell.
    mapping : how spreadsheets are read (``table``), instead of the one that is known or guessed.
    declaration : what the tables are, where they tell indicators of their own (`layers.indicators.declared`).
    answers : what is answered to the questions of the files, by their names; what holds for their shape is kept.
    dry_run : only report; nothing is written, not even a folder.
    usable : publish the files of which something can be used, and leave out those that cannot be or that ask something.
    replace : publish even where rows of earlier files leave, and are not said again.
    on_progress, on_wait : told of each step, and of another import that must end first.

    Raises
    ------
    StoreBusy, DamagedRelease : as `layers.store.Store`.
    """
    tell = on_progress or (lambda _what, _done, _total: None)
    said = questions.known(store.folder, answers or {})
    how = How(kind, year, of_folder(store.folder, mapping, {"": declaration} if declaration else {}), said)
    ask = _Ask(publish=not dry_run, replace=replace, usable=usable)
    if dry_run:
        return _import(paths, store, how, tell, ask)
    with store.lock(on_wait=on_wait):
        store.journal.add(journal.STARTED, files=[path.name for path in paths])
        try:
            report = _import(paths, store, how, tell, ask)
            if mapping is not None and report.release is not None:
                known.save(store.folder, tuple(mapping.columns), mapping)
        except BaseException as error:
            store.journal.add(journal.REFUSED, reason=str(error) or type(error).__name__)
            raise
        _note(store, report)
        return report


@dataclass(frozen=True, slots=True)
class _Ask:
    """What is asked of an import: to publish, to let rows leave, to leave out what cannot be used."""

    publish: bool
    replace: bool
    usable: bool


def _import(paths: Sequence[Path], store: Store, how: How, tell: OnProgress, ask: _Ask) -> Report:
    prepared = prepare(paths, store, how, tell)
    if ask.usable and (prepared.asked or not prepared.usable):
        left = [not waits(file) for file in prepared.files]
        kept = [path for path, is_kept in zip(paths, left, strict=True) if is_kept]
        if kept:
            files = prepared.files
            done = _import(kept, store, how, tell, replace(ask, usable=False))
            told = iter(done.files)
            whole = tuple(next(told) if is_kept else file for file, is_kept in zip(files, left, strict=True))
            return replace(done, files=whole, left_out=left.count(False))

    def tell_year(year: int) -> None:
        tell(f"Secret statistique des postes de {year}", len(paths), len(paths) + 1)

    gone = prepared.departures
    if not ask.publish:
        found = prepared.rehearse(tell_year) if prepared.usable else None
        return Report("dry_run", None, prepared.files, gone, rehearsal=found)
    if not prepared.usable:
        return Report("refused", None, prepared.files, gone)
    if prepared.asked:
        return Report("asked", None, prepared.files, gone)
    if removes(gone) and not ask.replace:
        return Report("unconfirmed", None, prepared.files, gone)
    tell("Publication", len(paths), len(paths) + 1)
    release = prepared.publish(store, tell_year)
    for account in prepared.accounts:
        questions.save(store.folder, account.shape, account.answered, account.file, holds=not account.declared)
        declarations.save(store.folder, account.declared)
    outcome: Outcome = "already_published" if release == prepared.before else "published"
    return Report(outcome, release, prepared.files, gone)


def _note(store: Store, report: Report) -> None:
    details: dict[str, Any] = {"files": [file["file"] for file in report.files]}
    if report.outcome == "refused":
        store.journal.add(journal.REFUSED, reason=[file["file"] for file in report.unusable], **details)
    elif report.outcome in WAITING:
        store.journal.add(journal.REFUSED, reason=WAITING[report.outcome], **details)
    elif report.outcome == "already_published":
        store.journal.add(journal.ALREADY, release=report.release, **details)
    else:
        store.journal.add(journal.PUBLISHED, release=report.release, **details)
