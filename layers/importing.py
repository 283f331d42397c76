"""From official files to a release: read every file, then publish all of them, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from layers import journal
from layers.deliveries import removes
from layers.mapping import Mapping as ColumnMapping
from layers.mapping import known
from layers.mapping.known import Mappings
from layers.preparation import How, OnProgress, prepare
from layers.report import Outcome, Report
from layers.store import Store

__all__ = ["OnProgress", "Report", "import_files"]

UNCONFIRMED = "des lignes publiées partiraient sans revenir : remplacement à confirmer"
"""What the journal says of an import that nobody confirmed."""


def import_files(
    paths: Sequence[Path],
    store: Store,
    kind: str | None = None,
    year: int | None = None,
    *,
    dry_run: bool = False,
    replace: bool = False,
    mapping: ColumnMapping | None = None,
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
    dry_run : only report; nothing is written, not even a folder.
    replace : publish even where rows of earlier files leave, and are not said again.
    on_progress, on_wait : told of each step, and of another import that must end first.

    Raises
    ------
    StoreBusy, DamagedRelease : as `layers.store.Store`.
    """
    tell = on_progress or (lambda _what, _done, _total: None)
    how = How(kind, year, Mappings(mapping, tuple(known.saved(store.folder))))
    if dry_run:
        return _import(paths, store, how, tell, publish=False, replace=replace)
    with store.lock(on_wait=on_wait):
        store.journal.add(journal.STARTED, files=[path.name for path in paths])
        try:
            report = _import(paths, store, how, tell, publish=True, replace=replace)
            if mapping is not None and report.release is not None:
                known.save(store.folder, tuple(mapping.columns), mapping)
        except BaseException as error:
            store.journal.add(journal.REFUSED, reason=str(error) or type(error).__name__)
            raise
        _note(store, report)
        return report


def _import(paths: Sequence[Path], store: Store, how: How, tell: OnProgress, *, publish: bool, replace: bool) -> Report:
    prepared = prepare(paths, store, how, tell)

    def tell_year(year: int) -> None:
        tell(f"Secret statistique des postes de {year}", len(paths), len(paths) + 1)

    gone = prepared.departures
    if not publish:
        found = prepared.rehearse(tell_year) if prepared.usable else None
        return Report("dry_run", None, prepared.files, gone, found)
    if not prepared.usable:
        return Report("refused", None, prepared.files, gone)
    if removes(gone) and not replace:
        return Report("unconfirmed", None, prepared.files, gone)
    tell("Publication", len(paths), len(paths) + 1)
    release = prepared.publish(store, tell_year)
    outcome: Outcome = "already_published" if release == prepared.before else "published"
    return Report(outcome, release, prepared.files, gone)


def _note(store: Store, report: Report) -> None:
    details: dict[str, Any] = {"files": [file["file"] for file in report.files]}
    if report.outcome == "refused":
        store.journal.add(journal.REFUSED, reason=[file["file"] for file in report.unusable], **details)
    elif report.outcome == "unconfirmed":
        store.journal.add(journal.REFUSED, reason=UNCONFIRMED, **details)
    elif report.outcome == "already_published":
        store.journal.add(journal.ALREADY, release=report.release, **details)
    else:
        store.journal.add(journal.PUBLISHED, release=report.release, **details)
