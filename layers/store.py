"""Releases on the disk: publish, load, list, roll back.

::

    objects/<sha256>      tables in Parquet and files of the geography, never changed
    releases/<id>.json    manifests
    current               name of the release that is served
    journal.jsonl         what happened
    digests.key           key of the digests that everybody reads
    lock                  one import at a time

A release is published by writing its objects, then its manifest, then ``current``, each aside, flushed and
renamed: killed anywhere, the former release is still the one served.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from layers import durable, journal, objects
from layers.cache import MB, Cache
from layers.current import CurrentRelease
from layers.geofiles import GeographyFiles
from layers.journal import Journal
from layers.lock import FolderLock, StoreBusy
from layers.manifest import SALT, Manifest, content, identity, is_release_id, ordered, software, without_refused_values
from layers.objects import DamagedRelease, NoCurrentRelease, Objects
from layers.release import Release, refuse_mixture
from layers.secrecy.digests import Digests, is_secret
from layers.tables import SCHEMAS, empty, upgraded

__all__ = ["CurrentRelease", "DamagedRelease", "NoCurrentRelease", "Store", "StoreBusy", "UnknownRelease"]


class UnknownRelease(KeyError):  # noqa: N818  (says what happened)
    """No release has this name."""

    def __str__(self) -> str:
        return f"Publication inconnue\u202f: {self.args[0]}"


class Store:
    """The data folder. Nothing is made on the disk before something is written."""

    def __init__(self, data_dir: Path) -> None:
        self.folder = Path(data_dir)
        self.current_path = self.folder / "current"
        self.journal = Journal(self.folder / "journal.jsonl")
        self._releases = self.folder / "releases"
        self._objects = Objects(self.folder / "objects")
        self._geographies = GeographyFiles(self._objects)
        self._lock = FolderLock(self.folder / "lock")
        self.digests = Digests(self.folder)
        self._origins: Cache[pd.DataFrame] = Cache("origins of posts", MB)

    @contextmanager
    def lock(self, wait: float = 60.0, on_wait: Callable[[str], None] | None = None) -> Iterator[None]:
        """Keep other writers out; clean first what an interrupted import left. Raises `StoreBusy`."""
        self._releases.mkdir(parents=True, exist_ok=True)
        (self.folder / "objects").mkdir(exist_ok=True)
        with self._lock.held(wait, on_wait) as first:
            if first:
                self._clean()
            yield

    def publish(
        self,
        tables: Mapping[str, pd.DataFrame],
        sources: Sequence[Mapping[str, Any]],
        geography_folder: Path,
        caveats: Sequence[str] = (),
    ) -> str:
        """Publish a release of imported data and make it the current one; return its name.

        Parameters
        ----------
        tables : the tables of `layers.tables`.
        sources : what each file brought: kind, title, file (base name), sha256, publisher, licence,
            attribution, vintage, encoding, delimiter, imported (date), account.
        geography_folder : embedded files, copied as they are: an old release keeps its own geography.

        Raises
        ------
        MixedRelease : some rows are of the demonstration, which is never published.
        StoreBusy : another import is under way.
        """
        refuse_mixture(tables, demonstration=False)
        with self.lock():
            manifest: Manifest = {
                "demonstration": False,
                "geography": self._geographies.put(geography_folder),
                "tables": {name: self._put_table(frame) for name, frame in tables.items()},
                "sources": ordered(sources),
                "caveats": list(caveats),
                "software": software(),
            }
            if is_secret(manifest["sources"], tables.get("jobs", empty("jobs"))):
                manifest[SALT] = self.digests(content(manifest).decode())
            release_id = identity(manifest)
            before = self.current()
            if not self._sound(release_id):
                published = datetime.now(UTC).isoformat(timespec="seconds")
                whole = {"id": release_id, "published": published, **manifest, "parent": _other(before, release_id)}
                durable.write(self._manifest_path(release_id), _pretty(whole))
            self._point(release_id)
            return release_id

    def load(self, release_id: str) -> Release:
        """One release, every byte checked. Raises `UnknownRelease`, `DamagedRelease`."""
        manifest = self.manifest(release_id)
        held = {name: self._table(table["sha256"]) for name, table in manifest["tables"].items()}
        tables = {name: upgraded(name, held.get(name)) for name in SCHEMAS}
        return Release(
            id=release_id,
            manifest=manifest,
            demonstration=manifest["demonstration"],
            geography=self._geographies.load(manifest["geography"]),
            **tables,
        )

    def manifest(self, release_id: str) -> Manifest:
        """Manifest of one release, checked against its name. Raises `UnknownRelease`, `DamagedRelease`."""
        if not is_release_id(release_id) or release_id not in self._names():
            raise UnknownRelease(release_id)
        path = self._manifest_path(release_id)
        try:
            manifest: Manifest = json.loads(path.read_text("utf-8"))
            named = identity(manifest)
            datetime.fromisoformat(manifest["published"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise DamagedRelease(f"Manifeste illisible\u202f: {path}.") from error
        if named != release_id:
            raise DamagedRelease(f"Manifeste altéré\u202f: {path} ne correspond plus à son nom.")
        return without_refused_values(manifest)

    def public_manifests(self) -> list[Manifest]:
        """As `manifests`, as everybody may read them (`layers.secrecy.digests`)."""
        return [self.digests.of_manifest(manifest, self._jobs(manifest)) for manifest in self.manifests()]

    def current(self) -> str | None:
        """Name of the release that is served; None where nothing was imported.

        Raises `NoCurrentRelease` where there are releases and none of them is named, and `DamagedRelease` where they
        cannot be listed.
        """
        try:
            release_id = self.current_path.read_text("ascii").strip()
        except FileNotFoundError:
            if self._names() and not self.journal.never_published():  # killed before its end, the first import has none
                raise NoCurrentRelease(self.current_path, "manque, alors que des publications y sont") from None
            return None
        except (OSError, ValueError) as error:
            raise NoCurrentRelease(self.current_path, "est illisible") from error
        if not is_release_id(release_id):
            raise NoCurrentRelease(self.current_path, "ne nomme aucune publication")
        if release_id not in self._names():
            raise NoCurrentRelease(self.current_path, f"nomme {release_id}, qui n’y est pas")
        return release_id

    def chosen(self) -> str | None:
        """As `current`; None too where nothing says which, for those who are about to choose."""
        try:
            return self.current()
        except NoCurrentRelease:
            return None

    def make_current(self, release_id: str) -> None:
        """Serve an older release again, once checked. Raises as `load`, and `StoreBusy`."""
        self.load(release_id)
        with self.lock():
            before = self.chosen()
            self._make_way()
            self._point(release_id)
            self.journal.add(journal.ROLLED_BACK, release=release_id, before=before)

    def manifests(self) -> list[Manifest]:
        """Manifests of every release, the latest published first; damaged ones are left out."""
        found = [self._readable(release_id) for release_id in self._names()]
        sound = [manifest for manifest in found if manifest]
        return sorted(sound, key=lambda manifest: (manifest["published"], manifest["id"]), reverse=True)

    def _names(self) -> frozenset[str]:
        """Names of all the releases, damaged or not. Raises `DamagedRelease` where they cannot be listed."""
        try:
            return frozenset(path.stem for path in self._releases.iterdir() if path.suffix == ".json")
        except FileNotFoundError:
            return frozenset()
        except OSError as error:
            raise DamagedRelease(f"Dossier illisible\u202f: {self._releases} ({error.strerror}).") from error

    def _make_way(self) -> None:
        """What stands in the place of the file ``current`` and is no file is put aside."""
        if self.current_path.is_dir():
            self.current_path.rename(self.current_path.with_name(f"current.{datetime.now(UTC):%Y%m%d%H%M%S}"))

    def _readable(self, release_id: str) -> Manifest | None:
        try:
            return self.manifest(release_id)
        except (DamagedRelease, UnknownRelease):
            return None

    def _sound(self, release_id: str) -> bool:
        try:
            self.load(release_id)
        except (DamagedRelease, UnknownRelease):
            return False
        return True

    def _table(self, sha256: str) -> pd.DataFrame:
        return objects.frame(self._objects.get(sha256))

    def _jobs(self, manifest: Manifest) -> pd.DataFrame:
        """Which files the posts of a release are from; every file of a release whose table cannot be read."""
        table = manifest["tables"].get("jobs")
        if not table or not table["rows"]:
            return empty("jobs")
        names = ["source", "file_sha256"]
        try:
            return self._origins.get(
                table["sha256"], lambda: self._table(table["sha256"])[names].drop_duplicates(ignore_index=True)
            )
        except DamagedRelease:
            return pd.DataFrame([(one["kind"], one["sha256"]) for one in manifest["sources"]], columns=names)

    def _put_table(self, frame: pd.DataFrame) -> dict[str, Any]:
        return {
            "sha256": self._objects.put(objects.parquet(frame)),
            "digest": objects.digest(frame),
            "rows": len(frame),
            "columns": list(frame.columns),
        }

    def _point(self, release_id: str) -> None:
        durable.write(self.current_path, f"{release_id}\n".encode("ascii"))

    def _manifest_path(self, release_id: str) -> Path:
        return self._releases / f"{release_id}.json"

    def _clean(self) -> None:
        """Remove what an interrupted import left, and say so in the journal."""
        unfinished = self.journal.unfinished()
        if unfinished is None:
            return
        folders = (self.folder, self._releases, self.folder / "objects")
        aside = [path for folder in folders for path in durable.left_aside(folder)]
        for path in aside:
            path.unlink()
        removed = [] if self._any_unreadable() else self._objects.keep_only(self._named_objects())
        self.journal.add(
            journal.INTERRUPTED,
            started=unfinished["when"],
            who_started=unfinished["who"],
            removed=[path.name for path in aside] + removed,
        )

    def _any_unreadable(self) -> bool:
        """A manifest that cannot be read might name objects: then nothing is removed."""
        return any(self._readable(release_id) is None for release_id in self._names())

    def _named_objects(self) -> set[str]:
        named: set[str] = set()
        for manifest in self.manifests():
            named.update(table["sha256"] for table in manifest["tables"].values())
            named.update(manifest["geography"]["files"].values())
        return named


def _other(before: str | None, release_id: str) -> str | None:
    """The release before; one that is repaired is not its own parent."""
    return before if before != release_id else None


def _pretty(manifest: Manifest) -> bytes:
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
