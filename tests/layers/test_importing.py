from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from layers import importing, preparation
from layers.importing import import_files
from layers.manifest import REPLACES
from layers.merging import Incoming
from layers.readers import READERS, Reading
from layers.report import NOTHING_USABLE, UNREADABLE, waits
from layers.store import Store
from layers.unreadable import UnreadableFile
from tests.layers.invented import actor, delivery, grant

CONTRACT = {
    *("file", "kind", "sha256", "encoding", "delimiter", "vintage", "rows_read", "rows_accepted", "rows_rejected"),
    *("rows_outside", "rows_duplicate", "rows_not_ess", "rows_control", "amount_total", "accepted_by_territory"),
    *("amount_by_territory", "rejects", "warnings", "amounts_by_outcome", "table", "questions"),
}

Files = dict[str, Callable[[], Incoming]]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data")


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    """Files by name that the importer finds; a name that is not there cannot be read."""
    found: Files = {}

    def read_file(path: Path, kind: str | None, *_how: object, **_mappings: object) -> Reading:
        if path.name not in found:
            raise UnreadableFile(path, "colonne absente\u202f: siret", "Ajouter la colonne.", 1, "siret")
        file = found[path.name]()
        return Reading(file.tables, file.account, READERS[kind or file.source["kind"]])

    monkeypatch.setattr(preparation, "read_file", read_file)
    return found


def run(store: Store, *names: str, **options: Any) -> importing.Report:
    return import_files([Path("/somewhere") / name for name in names], store, **options)


def test_an_import_publishes_what_the_files_say(store: Store, files: Files) -> None:
    files["a.csv"] = lambda: delivery(actor(1), actor(2), file="a.csv")
    files["b.csv"] = lambda: delivery(grant(1, 250), kind="jaune", vintage="2010", file="b.csv")
    steps: list[tuple[str, int, int]] = []
    report = run(store, "a.csv", "b.csv", on_progress=lambda *step: steps.append(step))
    assert (report.outcome, report.exit_status) == ("published", 0)
    release = store.load(report.release or "")
    assert (len(release.actors), len(release.grants)) == (2, 1)
    assert not release.demonstration
    sources = {source["kind"]: source for source in release.manifest["sources"]}
    assert sources["siae"]["publisher"] == READERS["siae"].publisher
    assert sources["siae"]["account"]["rows_accepted"] == 2
    assert sources["jaune"]["account"]["amount_total"] == 2.5
    assert "/somewhere" not in json.dumps(release.manifest)
    assert [step[1:] for step in steps] == [(0, 3), (1, 3), (2, 3)]
    assert [entry["what"] for entry in store.journal.entries()] == ["import_started", "published"]


def test_the_report_is_that_of_the_contract(store: Store, files: Files) -> None:
    files["a.csv"] = lambda: delivery(actor(1), file="a.csv")
    report = run(store, "a.csv", "absent.csv").to_json()
    assert set(report) == {"release", "files"}
    for file in report["files"]:
        assert set(file) == CONTRACT
        rows = [count for key, count in file.items() if key.startswith("rows_") and key != "rows_read"]
        assert file["rows_read"] == sum(rows)
    json.dumps(report)


def test_the_same_files_again_are_already_published(store: Store, files: Files) -> None:
    files["a.csv"] = lambda: delivery(actor(1), file="a.csv")
    first, again = run(store, "a.csv"), run(store, "a.csv")
    assert first.release == again.release
    assert (again.outcome, again.exit_status) == ("already_published", 0)
    assert [entry["what"] for entry in store.journal.entries()][-1] == "already_published"
    assert not any(warning["code"] == REPLACES for warning in again.files[0]["warnings"])


def test_a_corrected_file_is_said_to_replace(store: Store, files: Files) -> None:
    files["a.csv"] = lambda: delivery(actor(1), actor(2), file="a.csv")
    files["b.csv"] = lambda: delivery(actor(2), actor(3), file="b.csv")
    first = run(store, "a.csv")
    second = run(store, "b.csv", replace=True)
    replaces = [warning for warning in second.files[0]["warnings"] if warning["code"] == REPLACES]
    assert [warning["count"] for warning in replaces] == [2]
    assert store.manifest(second.release or "")["parent"] == first.release
    assert run(store, "a.csv", replace=True).release == first.release, "back to the same content, back to the same name"


def test_rows_that_would_leave_for_good_are_named_and_wait_for_a_confirmation(store: Store, files: Files) -> None:
    files["a.csv"] = lambda: delivery(*(grant(n, 1000 * n) for n in (1, 2, 3)), kind="jaune", file="a.csv")
    files["b.csv"] = lambda: delivery(*(grant(n, 1000 * n) for n in (1, 2)), kind="jaune", file="b.csv")
    before = run(store, "a.csv").release
    refused = run(store, "b.csv")
    assert (refused.outcome, refused.exit_status, refused.release, store.current()) == ("unconfirmed", 1, None, before)
    (gone,) = refused.to_json()["departures"]
    told = {key: gone[key] for key in ("file", "table", "year", "stage", "repeated", "removed", "euros_removed")}
    assert told == {
        "file": "a.csv", "table": "grants", "year": 2010, "stage": "paid", "repeated": 2, "removed": 1,
        "euros_removed": 30,
    }  # fmt: skip
    assert store.journal.entries()[-1]["reason"] == importing.WAITING["unconfirmed"]
    assert run(store, "b.csv", dry_run=True).outcome == "dry_run"
    after = run(store, "b.csv", replace=True)
    assert after.outcome == "published" and len(store.load(after.release or "").grants) == 2


def test_one_unusable_file_and_nothing_is_published(store: Store, files: Files) -> None:
    files["a.csv"] = lambda: delivery(actor(1), file="a.csv")
    before = run(store, "a.csv").release
    files["b.csv"] = lambda: delivery(actor(2), file="b.csv")
    report = run(store, "b.csv", "absent.csv")
    assert (report.outcome, report.exit_status, report.release) == ("refused", 1, None)
    assert store.current() == before
    failed = report.files[1]
    assert failed["rejects"] == [
        {
            "row": 1,
            "column": "siret",
            "value": "",
            "reason": "colonne absente\u202f: siret",
            "remedy": "Ajouter la colonne.",
        }
    ]
    assert [warning["code"] for warning in failed["warnings"]] == [UNREADABLE]
    last = store.journal.entries()[-1]
    assert (last["what"], last["reason"]) == ("refused", ["absent.csv"])


def test_a_file_of_which_no_row_is_accepted_is_unusable(store: Store, files: Files) -> None:
    files["a.csv"] = lambda: delivery(file="a.csv")
    report = run(store, "a.csv")
    assert report.exit_status == 1
    assert [warning["code"] for warning in report.files[0]["warnings"]] == [NOTHING_USABLE]
    assert store.current() is None


def test_the_same_file_twice_in_a_command_counts_once(store: Store, files: Files) -> None:
    files["a.csv"] = lambda: delivery(actor(1), file="a.csv")
    report = run(store, "a.csv", "a.csv")
    assert (report.outcome, report.exit_status) == ("published", 0)
    assert report.files[1]["rows_duplicate"] == 1
    assert report.release == run(store, "a.csv").release


def test_a_dry_run_writes_nothing(store: Store, files: Files) -> None:
    files["a.csv"] = lambda: delivery(actor(1), file="a.csv")
    report = run(store, "a.csv", dry_run=True)
    assert (report.outcome, report.exit_status, report.release) == ("dry_run", 0, None)
    assert not store.folder.exists()
    assert run(store, "absent.csv", dry_run=True).exit_status == 1


def test_a_fault_of_the_program_leaves_the_release_and_a_trace(
    store: Store, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    files["a.csv"] = lambda: delivery(actor(1), file="a.csv")
    before = run(store, "a.csv").release

    def broken(*_: object, **__: object) -> Reading:
        raise KeyboardInterrupt

    monkeypatch.setattr(preparation, "read_file", broken)
    with pytest.raises(KeyboardInterrupt):
        run(store, "a.csv")
    assert store.current() == before
    assert store.journal.entries()[-1]["what"] == "refused"
    assert store.journal.unfinished() is None


TWO = "Bénéficiaire;SIRET;Commune;Montant voté;Référence\n"


def test_of_two_versions_of_a_decision_none_is_published_before_one_is_chosen(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}-2023.csv" for name in ("avant", "apres", "autre")]
    for path, told in zip(paths, ("10;D1", "20;D1", "5;D2"), strict=True):
        path.write_text(f"{TWO}ASSOCIATION FICTIVE;;LILLE;{told}\n", "utf-8")
    store = Store(tmp_path / "data")
    done = import_files(paths, store, usable=True)
    assert (done.outcome, done.left_out) == ("published", 2)
    assert store.load(done.release or "").grants["amount_cents"].tolist() == [500]
    assert [waits(file) for file in done.files] == [True, True, False]
    asked = next(one for file in done.files for one in file["questions"])
    done = import_files(paths, store, usable=True, answers={asked["id"]: asked["choices"][0]})
    assert sorted(store.load(done.release or "").grants["amount_cents"]) == [500, 1000]


def test_an_archive_is_known_again_by_the_file_that_it_holds(tmp_path: Path) -> None:
    path, archive = tmp_path / "aides-2023.csv", tmp_path / "aides-2023.zip"
    path.write_text(f"{TWO}ASSOCIATION FICTIVE;;LILLE;10;D1\nCOMITÉ FICTIF;;ROUBAIX;20;D2\n", "utf-8")
    with ZipFile(archive, "w") as book:
        book.write(path, path.name)
    store = Store(tmp_path / "data")
    first = import_files([archive], store)
    again = import_files([path], store)
    assert (first.outcome, again.outcome, again.departures[0].removed) == ("published", "published", 0)
    assert [one["file"] for one in store.load(again.release or "").manifest["sources"]] == [path.name]
    assert len(store.load(again.release or "").grants) == 2
