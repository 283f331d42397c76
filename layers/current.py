"""The release that a running server shows: followed on the disk, without restart."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from layers import demonstration
from layers.objects import DamagedRelease
from layers.release import MixedRelease, Release

if TYPE_CHECKING:
    from layers.store import Store

log = logging.getLogger(__name__)

CHECK_EVERY = 0.5
"""Seconds between two looks at the file ``current``."""
RETRY_AFTER = 5.0
"""Seconds before a release that could not be read is tried again."""
OLDER_KEPT = 4
"""Older releases kept in memory, for permalinks."""

Stamp = tuple[int, int, int] | None


class CurrentRelease:
    """Holder of the release shown, for any number of threads; each process has its own.

    Parameters
    ----------
    store : where releases are published.
    pinned : name of the one release to show, whatever is published later.

    Raises
    ------
    KeyError : ``pinned`` is unknown.
    DamagedRelease : at start, when neither the current release nor any release before it can be read.
    """

    def __init__(self, store: Store, pinned: str | None = None) -> None:
        self._store = store
        self._pinned = pinned is not None
        self._older: OrderedDict[str, Release] = OrderedDict()
        self._reading = threading.Lock()
        self._guard = threading.Lock()
        self._stamp = self._look()
        self._checked = time.monotonic()
        self._retry_at: float | None = None
        self._shown = self._named(pinned) if pinned is not None else self._first()

    def get(self, release_id: str | None = None) -> Release:
        """The release shown now, or the one of that name. Raises KeyError where no release has it."""
        self._follow()
        shown = self._shown
        if release_id is None or release_id == shown.id:
            return shown
        return self._named(release_id)

    def _follow(self) -> None:
        now = time.monotonic()
        if self._pinned or now - self._checked < CHECK_EVERY or not self._reading.acquire(blocking=False):
            return
        try:
            self._checked = now
            stamp = self._look()
            due = self._retry_at is not None and now >= self._retry_at
            if stamp is not None and (stamp != self._stamp or due):
                self._take_up(stamp)
        finally:
            self._reading.release()

    def _take_up(self, stamp: Stamp) -> None:
        self._stamp, self._retry_at = stamp, None
        try:
            release_id = self._store.current()
            if release_id is None or release_id == self._shown.id:
                return
            release = self._named(release_id)
        except (DamagedRelease, MixedRelease, KeyError, OSError) as error:
            self._retry_at = time.monotonic() + RETRY_AFTER
            log.error("Publication illisible, %s reste affichée\u202f: %s", self._shown.id, error)
            return
        self._keep(self._shown)
        self._shown = release
        log.info("Publication affichée\u202f: %s", release.id)

    def _first(self) -> Release:
        release_id = self._store.current()
        if release_id is None:
            return demonstration.release()
        try:
            return self._store.load(release_id)
        except (DamagedRelease, MixedRelease, KeyError) as error:
            log.error("Publication %s illisible\u202f: %s", release_id, error)
            self._retry_at = time.monotonic() + RETRY_AFTER
            return self._latest_readable(error)

    def _latest_readable(self, error: Exception) -> Release:
        for manifest in self._store.manifests():
            try:
                return self._store.load(manifest["id"])
            except (DamagedRelease, MixedRelease, KeyError):
                continue
        raise DamagedRelease(f"Aucune publication lisible dans {self._store.folder}. {error}") from error

    def _named(self, release_id: str) -> Release:
        with self._guard:
            if release_id in self._older:
                self._older.move_to_end(release_id)
                return self._older[release_id]
        release = self._load(release_id)
        self._keep(release)
        return release

    def _load(self, release_id: str) -> Release:
        try:
            return self._store.load(release_id)
        except KeyError:
            if release_id == demonstration.release().id:
                return demonstration.release()
            raise

    def _keep(self, release: Release) -> None:
        with self._guard:
            self._older[release.id] = release
            self._older.move_to_end(release.id)
            while len(self._older) > OLDER_KEPT:
                self._older.popitem(last=False)

    def _look(self) -> Stamp:
        try:
            status = self._store.current_path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino, status.st_size
