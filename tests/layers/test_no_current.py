"""The file ``current`` lost or damaged beside releases: nothing is invented or forgotten, and it can be chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard import cli
from geodata.folders import EMBEDDED
from layers import current, journal
from layers.importing import import_files
from layers.store import CurrentRelease, DamagedRelease, NoCurrentRelease, Store
from tests.layers.invented import actor, source, tables


def lose(path: Path) -> None:
    path.unlink()


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "kept").write_text("kept")


def say(content: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content) and None  # type: ignore[func-returns-value]


WAYS = {
    "lost": lose,
    "empty": say(b""),
    "blank": say(b" \n"),
    "bytes": say(b"\xff\x00\xfe"),
    "words": say(b"../../etc/passwd"),
    "unknown": say(b"0123456789ab\n"),
    "folder": folder,
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path)
    for number in (1, 2):
        made.journal.add(journal.STARTED)
        made.publish(tables([actor(number)]), [source()], EMBEDDED)
        made.journal.add(journal.PUBLISHED)
    return made


def contents(path: Path) -> dict[str, bytes]:
    """What may never change: manifests and objects."""
    return {str(one): one.read_bytes() for one in (*path.glob("releases/*"), *path.glob("objects/*"))}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_shown_or_imported_until_one_is_chosen(
    store: Store, way: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    named, before = [manifest["id"] for manifest in store.manifests()], contents(store.folder)
    WAYS[way](store.current_path)
    with pytest.raises(NoCurrentRelease, match="ess rollback ID"):
        CurrentRelease(store)
    for dry_run in (True, False):
        with pytest.raises(NoCurrentRelease, match="ess releases"):
            import_files([store.folder / "rien.csv"], store, dry_run=dry_run)
    assert contents(store.folder) == before
    assert CurrentRelease(store, pinned=named[0]).get().id == named[0]

    monkeypatch.setenv("ESS_DATA_DIR", str(store.folder))
    for command in (["serve", "--port", "0"], ["values", "actors"], ["releases"]):
        with pytest.raises(SystemExit) as left:
            cli.main(command)
        told = capsys.readouterr()
        assert left.value.code == 1, command
        assert "ess rollback ID" in told.err
        assert "Traceback" not in told.err
    assert all(name in told.out for name in named)

    with pytest.raises(SystemExit) as left:
        cli.main(["rollback", named[1][:6]])
    assert left.value.code == 0
    assert Store(store.folder).current() == CurrentRelease(store).get().id == named[1]
    assert contents(store.folder) == before


@pytest.mark.parametrize("way", WAYS)
def test_a_running_server_keeps_what_it_shows_and_says_so(
    store: Store, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current, "CHECK_EVERY", 0.0)
    holder = CurrentRelease(store)
    shown = holder.get().id
    assert holder.problem() is None
    WAYS[way](store.current_path)
    assert holder.get().id == shown
    told = holder.problem()
    assert told is not None
    assert f"{shown} reste montrée" in told
    assert str(store.folder) not in told, "anybody reads it"
    store.make_current(shown)
    assert (holder.get().id, holder.problem()) == (shown, None)


def test_a_damaged_choice_is_told_whether_it_came_before_or_after_the_start(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current, "CHECK_EVERY", 0.0)
    monkeypatch.setattr(current, "RETRY_AFTER", 0.0)
    last, first = (manifest["id"] for manifest in store.manifests())
    store.make_current(first)
    holder = CurrentRelease(store)  # which has not read the other
    assert holder.get().id == first
    path = store.folder / "objects" / store.manifest(last)["tables"]["actors"]["sha256"]
    whole = path.read_bytes()
    path.write_bytes(b"damaged")
    store.current_path.write_text(last)
    started = CurrentRelease(store)
    for one in (holder, started):
        assert one.get().id == first
        assert f"{last}, est illisible" in str(one.problem())
    path.write_bytes(whole)
    for one in (holder, started):
        assert (one.get().id, one.problem()) == (last, None)


def test_releases_that_cannot_be_listed_are_no_demonstration(store: Store, tmp_path: Path) -> None:
    holder = CurrentRelease(store)
    store.current_path.unlink()
    store._releases.rename(tmp_path / "elsewhere")
    store._releases.write_bytes(b"")
    with pytest.raises(DamagedRelease, match="illisible"):
        CurrentRelease(store)
    with pytest.raises(DamagedRelease, match="illisible"):
        import_files([], store, dry_run=True)
    assert holder.problem() is not None


def test_all_releases_gone_under_a_running_server_is_told(store: Store, tmp_path: Path) -> None:
    holder = CurrentRelease(store)
    store.current_path.unlink()
    store._releases.rename(tmp_path / "elsewhere")
    assert "plus aucune publication" in str(holder.problem())


def test_a_first_import_killed_before_its_end_leaves_nothing_to_choose(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.journal.add(journal.STARTED)
    store.publish(tables([actor(1)]), [source()], EMBEDDED)
    store.current_path.unlink()
    assert store.current() is None
    with (tmp_path / "journal.jsonl").open("ab") as file:
        file.write(b"\xff\n")
    with pytest.raises(NoCurrentRelease):
        Store(tmp_path).current()
