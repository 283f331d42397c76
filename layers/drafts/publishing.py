"""Publish what was rehearsed, and nothing else."""

from __future__ import annotations

import pandas as pd

from layers import journal, objects, preparation, questions
from layers.drafts.draft import READY, Draft
from layers.objects import DamagedRelease
from layers.readers import declarations
from layers.store import Store

PATIENCE = 10.0
"""Seconds that one who publishes waits for another import to end."""


class StaleRehearsal(Exception):  # noqa: N818  (says what happened)
    """The release shown is no more the one that the files were compared with."""


class NotReady(Exception):  # noqa: N818  (says what happened)
    """The rehearsal is not over, or nothing of it can be published."""


class NotAnswered(Exception):  # noqa: N818  (says what happened)
    """A file has a question that nobody answered."""


class NotConfirmed(Exception):  # noqa: N818  (says what happened)
    """Earlier rows would leave for good, and nobody said that they may."""


def publish(draft: Draft, store: Store, *, replace: bool = False) -> str:
    """Publish the tables of a draft as they were rehearsed; return the name of the release now shown.

    ``replace`` says that rows of earlier files may leave for good. Raises `NotAnswered`, `NotConfirmed`,
    `StaleRehearsal`, `NotReady`, `layers.drafts.UnknownDraft`, `DamagedRelease` where a table
    is not the one that was rehearsed, and `layers.store.StoreBusy`.
    """
    with store.lock(wait=PATIENCE):
        state = draft.state()
        if state["status"] != READY:
            raise NotReady(draft.id)
        if store.current() != state["before"]:
            raise StaleRehearsal(draft.id)
        if state.get("asks"):
            raise NotAnswered(draft.id)
        if state.get("removes") and not replace:
            raise NotConfirmed(draft.id)
        tables = {name: _table(draft, name, sha256) for name, sha256 in state["tables"].items()}
        files = [file["name"] for file in state["files"]]
        store.journal.add(journal.STARTED, files=files)
        try:
            release = preparation.publish(store, tables, state["sources"])
        except BaseException as error:
            store.journal.add(journal.REFUSED, reason=str(error) or type(error).__name__, files=files)
            raise
        for one in state.get("said", ()):
            questions.save(store.folder, one["shape"], one["answered"], one["file"], holds=not one["declared"])
        for told in state.get("declared", ()):
            declarations.save(store.folder, told)
        ending = journal.ALREADY if release == state["before"] else journal.PUBLISHED
        store.journal.add(ending, release=release, files=files)
    return release


def _table(draft: Draft, name: str, sha256: str) -> pd.DataFrame:
    path = draft.folder / f"{name}.parquet"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DamagedRelease(f"Fichier absent ou illisible\u202f: {path} ({error.strerror}).") from error
    if objects.sha256(content) != sha256:
        raise DamagedRelease(f"Fichier altéré\u202f: {path} n’est plus celui qui a été contrôlé.")
    return objects.frame(content)
