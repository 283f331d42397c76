from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from geodata.folders import EMBEDDED
from layers import demonstration, durable
from layers.release import MixedRelease, Release
from layers.store import DamagedRelease, Store, UnknownRelease
from tests.layers.invented import actor, grant, source, tables


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data")


def publish(store: Store, *numbers: int) -> str:
    return store.publish(tables([actor(n) for n in numbers], [grant(1)]), [source()], EMBEDDED)


def test_opening_a_store_writes_nothing(store: Store) -> None:
    assert store.current() is None
    assert store.manifests() == []
    assert not store.folder.exists()


def test_a_release_comes_back_as_it_was_published(store: Store) -> None:
    given = tables([actor(1), actor(2, "59512", longitude=3.1, latitude=50.7)], [grant(3, 12_345)])
    release = store.load(store.publish(given, [source()], EMBEDDED, ["Attention"]))
    for name, frame in given.items():
        pd.testing.assert_frame_equal(getattr(release, name), frame)
    assert release.id == store.current() == release.manifest["id"]
    assert not release.demonstration
    assert len(release.geography.communes) == 95
    assert release.manifest["caveats"] == ["Attention"]
    assert release.manifest["tables"]["actors"]["rows"] == 2
    assert release.manifest["geography"]["attributions"]


def test_the_same_content_has_the_same_name_whenever_it_is_published(store: Store, tmp_path: Path) -> None:
    first = publish(store, 1, 2)
    later = source(imported="2031-12-31")
    elsewhere = Store(tmp_path / "other")
    publish(elsewhere, 9)
    assert elsewhere.publish(tables([actor(1), actor(2)], [grant(1)]), [later], EMBEDDED) == first
    assert publish(store, 1, 2) == first
    assert len(store.manifests()) == 1


def test_another_content_has_another_name(store: Store) -> None:
    names = {publish(store, 1), publish(store, 2), publish(store, 1, 2)}
    names.add(store.publish(tables([actor(1)], [grant(1)]), [source(vintage="2021")], EMBEDDED))
    assert len(names) == 4


def test_rolling_back_is_choosing_an_older_release(store: Store) -> None:
    first, second = publish(store, 1), publish(store, 2)
    assert store.current() == second
    store.make_current(first)
    assert store.current() == first
    assert [manifest["id"] for manifest in store.manifests()].count(second) == 1
    assert store.journal.entries()[-1]["what"] == "rolled_back"
    assert store.manifest(second)["parent"] == first


@pytest.mark.parametrize("name", ["000000000000", "../../../etc/passwd", "", "é", "ABCDEF012345"])
def test_an_unknown_release_is_refused(store: Store, name: str) -> None:
    publish(store, 1)
    with pytest.raises(UnknownRelease, match="Publication inconnue"):
        store.load(name)
    with pytest.raises(KeyError):
        store.make_current(name)


def objects_of(store: Store, release_id: str) -> list[Path]:
    manifest = store.manifest(release_id)
    named = [table["sha256"] for table in manifest["tables"].values()]
    return [store.folder / "objects" / sha for sha in (*named, *manifest["geography"]["files"].values())]


def test_every_object_is_checked_on_loading(store: Store) -> None:
    release_id = publish(store, 1, 2)
    for path in objects_of(store, release_id):
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        with pytest.raises(DamagedRelease, match="altéré"):
            Store(store.folder).load(release_id)
        path.unlink()
        with pytest.raises(DamagedRelease, match="absent"):
            Store(store.folder).load(release_id)
        path.write_bytes(content)
    Store(store.folder).load(release_id)


def test_a_manifest_that_was_changed_is_refused(store: Store) -> None:
    release_id = publish(store, 1)
    path = store.folder / "releases" / f"{release_id}.json"
    path.write_text(path.read_text("utf-8").replace('"Essai"', '"Autre"', 1), "utf-8")
    with pytest.raises(DamagedRelease, match="Manifeste altéré"):
        store.load(release_id)
    path.write_text("{", "utf-8")
    with pytest.raises(DamagedRelease, match="Manifeste illisible"):
        store.load(release_id)
    assert store.manifests() == []


def test_publishing_again_repairs_a_damaged_release(store: Store) -> None:
    release_id = publish(store, 1)
    objects_of(store, release_id)[0].write_bytes(b"")
    assert publish(store, 1) == release_id
    Store(store.folder).load(release_id)


def test_a_current_file_that_names_nothing_is_said(store: Store) -> None:
    publish(store, 1)
    store.current_path.write_text("n'importe quoi")
    with pytest.raises(DamagedRelease, match="ne nomme aucune publication"):
        store.current()


def test_demonstration_rows_are_never_published(store: Store) -> None:
    fictitious = demonstration.release()
    for mixed in (
        fictitious.tables(),
        {**tables([actor(1)]), "grants": fictitious.grants},
        {**tables(), "actors": pd.concat([fictitious.actors.head(1), tables([actor(1)])["actors"]])},
    ):
        with pytest.raises(MixedRelease, match="rien n’est publié"):
            store.publish(mixed, [source()], EMBEDDED)
    assert not store.folder.exists()


@pytest.mark.parametrize("demonstration_", [True, False])
def test_no_release_can_hold_both(demonstration_: bool) -> None:
    fictitious = demonstration.release()
    mixed = {**fictitious.tables(), "actors": pd.concat([fictitious.actors, tables([actor(1)])["actors"]])}
    with pytest.raises(MixedRelease):
        Release(id="0" * 12, manifest={}, demonstration=demonstration_, geography=fictitious.geography, **mixed)


def test_the_manifest_names_files_never_their_folder(store: Store) -> None:
    text = json.dumps(store.manifest(publish(store, 1)))
    assert str(store.folder) not in text
    assert str(EMBEDDED) not in text


def test_an_interrupted_import_is_noticed_and_cleaned(store: Store) -> None:
    release_id = publish(store, 1)
    store.journal.add("import_started", files=["essai.csv"])
    orphan = store.folder / "objects" / ("f" * 64)
    orphan.write_bytes(b"left")
    aside = store.folder / "releases" / ".abc.json.12.aside"
    aside.write_bytes(b"{")
    with store.lock():
        pass
    assert not orphan.exists()
    assert not aside.exists()
    assert store.journal.entries()[-1]["what"] == "interrupted_import_cleaned"
    assert Store(store.folder).load(release_id)
    with store.lock():
        pass
    assert [entry["what"] for entry in store.journal.entries()].count("interrupted_import_cleaned") == 1


def test_cleaning_spares_objects_while_a_manifest_is_unreadable(store: Store) -> None:
    release_id = publish(store, 1)
    objects = objects_of(store, release_id)
    manifest = store.folder / "releases" / f"{release_id}.json"
    text = manifest.read_text("utf-8")
    manifest.write_text("{", "utf-8")
    store.journal.add("import_started", files=[])
    with store.lock():
        pass
    assert all(path.is_file() for path in objects)
    manifest.write_text(text, "utf-8")
    assert store.load(release_id)


class Killed(BaseException):
    pass


@pytest.mark.parametrize("imported_before", [False, True])
def test_every_step_of_publishing_may_be_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, imported_before: bool
) -> None:
    write = durable.write
    steps_left = 0

    def write_or_die(path: Path, content: bytes) -> None:
        nonlocal steps_left
        steps_left -= 1
        if steps_left < 0:
            path.with_name(f".{path.name}.1.aside").write_bytes(content[: len(content) // 2])
            raise Killed
        write(path, content)

    for steps in range(40):
        store = Store(tmp_path / str(steps))
        former = publish(store, 1) if imported_before else None
        with store.lock():
            store.journal.add("import_started")
        steps_left = steps
        monkeypatch.setattr(durable, "write", write_or_die)
        try:
            new = publish(store, 2)
        except Killed:
            assert store.current() == former
        else:
            assert steps >= 3
            assert store.current() == new
            return
        finally:
            monkeypatch.setattr(durable, "write", write)
        if former:
            Store(store.folder).load(former)
        assert publish(Store(store.folder), 2) == Store(store.folder).current()
    pytest.fail("publishing takes more steps than expected")
