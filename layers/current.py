"""The release that a running server shows: followed on the disk, without restart."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from layers import demonstration
from layers.cache import MB, Cache, weighed
from layers.objects import DamagedRelease, NoCurrentRelease
from layers.release import MixedRelease, Release
from layers.secrecy.superseded import beside

if TYPE_CHECKING:
    from layers.store import Store

log = logging.getLogger(__name__)

CHECK_EVERY = 0.5
"""Seconds between two looks at the file ``current``."""
RETRY_AFTER = 5.0
"""Seconds before a release that could not be read is tried again."""
OLDER_KEPT = 400 * MB
"""Bytes of older releases kept in memory, for permalinks: four or five of a metropole."""
MADE_OF_ONE = 60 * MB
"""Bytes of what is made of a release, while it is asked for."""

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
    NoCurrentRelease : at start, where there are releases and none of them is chosen.
    DamagedRelease : at start, when neither the current release nor any release before it can be read.
    """

    def __init__(self, store: Store, pinned: str | None = None) -> None:
        self._store = store
        self._pinned = pinned is not None
        self._older: Cache[Release] = Cache("older releases", OLDER_KEPT, _weighed)
        self._reading = threading.Lock()
        self._stamp = self._look()
        self._checked = time.monotonic()
        self._retry_at: float | None = None
        self._unread: str | None = None
        self._shown = self._load(pinned) if pinned is not None else self._first()

    def get(self, release_id: str | None = None) -> Release:
        """The release shown now, or the one of that name, without the figures under secrecy that the one shown says
        otherwise (`layers.secrecy.superseded`). Raises KeyError where no release has it.
        """
        self._follow()
        shown = self._shown
        if release_id is None or release_id == shown.id:
            return shown
        return self._older.get((shown.id, release_id), lambda: beside(self._load(release_id), shown))

    def problem(self) -> str | None:
        """Why what is shown is not what was chosen, in French; None where it is, or where a release is pinned."""
        if self._pinned:
            return None
        self._follow()
        shown = f"{self._shown.id} reste montrée."
        try:
            chosen = self._store.current()
        except NoCurrentRelease as error:
            return f"Aucune publication n’est choisie ({error.why})\u202f: {shown}"
        except DamagedRelease:
            return f"Les publications ne peuvent pas être lues\u202f: {shown}"
        if chosen is None and not self._shown.demonstration:
            return f"Il n’y a plus aucune publication\u202f: {shown}"
        if chosen is not None and chosen == self._unread:
            return f"La publication choisie, {chosen}, est illisible\u202f: {shown}"
        return None

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
        self._stamp, self._retry_at, self._unread = stamp, None, None
        release_id = None
        try:
            release_id = self._store.current()
            if release_id is None or release_id == self._shown.id:
                return
            release = self._load(release_id)
        except (DamagedRelease, MixedRelease, KeyError, OSError) as error:
            self._retry_at, self._unread = time.monotonic() + RETRY_AFTER, release_id
            log.error("Publication illisible, %s reste affichée\u202f: %s", self._shown.id, error)
            return
        self._shown = release
        log.info("Publication affichée\u202f: %s", release.id)

    def _first(self) -> Release:
        release_id = self._store.current()
        if release_id is None:
            return demonstration.release()
        try:
            return self._read(release_id)
        except (DamagedRelease, MixedRelease, KeyError) as error:
            log.error("Publication %s illisible\u202f: %s", release_id, error)
            self._retry_at, self._unread = time.monotonic() + RETRY_AFTER, release_id
            return self._latest_readable(error)

    def _latest_readable(self, error: Exception) -> Release:
        for manifest in self._store.manifests():
            try:
                return self._read(manifest["id"])
            except (DamagedRelease, MixedRelease, KeyError):
                continue
        raise DamagedRelease(f"Aucune publication lisible dans {self._store.folder}. {error}") from error

    def _load(self, release_id: str) -> Release:
        try:
            return self._read(release_id)
        except KeyError:
            if release_id == demonstration.release().id:
                return demonstration.release()
            raise

    def _read(self, release_id: str) -> Release:
        """A release of the store, with the digests that everybody reads."""
        return self._store.digests.of_release(self._store.load(release_id))

    def _look(self) -> Stamp:
        try:
            status = self._store.current_path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino, status.st_size


def _weighed(release: Release) -> int:
    return MADE_OF_ONE + sum(weighed(frame) for frame in release.tables().values())
