"""A small file under secrecy cannot be guessed from what everybody reads of it: digests, names, manifests."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from benchmarks.flores_table import HEADER
from geodata.folders import EMBEDDED
from geodata.perimeter import members
from layers import manifest as manifests
from layers.current import CurrentRelease
from layers.importing import import_files
from layers.preparation import secrecy
from layers.secrecy import digests
from layers.store import Store
from tests.factories import ROUBAIX, TOURCOING
from tests.layers.invented import sha256, source
from tests.layers.secrecy.invented_jobs import job, shown

TRIES = range(1, 18)
"""Posts that the one hidden cell may have: what a guess tries."""
SECRET = 6


def published(folder: Path, posts: int = SECRET) -> str:
    """A release of one file, of one cell; the name of the file's digest is its content's."""
    tables = shown([job(posts=float(posts), establishments=2.0, file_sha256=written(posts))]).tables()
    one = source("flores", "2022", "flores.csv", sha256=written(posts), completes=written(posts))
    others = [source("flores", "2022", "flores-2.csv", companion=True), source("population", "2022")]
    return Store(folder).publish({**tables, "secrecy": secrecy(tables)}, [one, *others], EMBEDDED)


def written(posts: int) -> str:
    return sha256(f"commune;posts\n59350;{posts}\n")


def texts(said: Any) -> set[str]:
    if isinstance(said, dict):
        return set().union(*map(texts, said.values()))
    if isinstance(said, list | tuple):
        return set().union(*map(texts, said))
    return {said} if isinstance(said, str) else set()


def test_no_guess_is_found_in_what_everybody_reads(tmp_path: Path) -> None:
    name = published(tmp_path)
    store = Store(tmp_path)
    release = CurrentRelease(store).get()
    told = set().union(*(texts(one) for one in (*store.public_manifests(), dict(release.manifest))))
    told |= {text for frame in release.tables().values() for text in frame["file_sha256"]}
    private = store.manifest(name)
    assert written(SECRET) in texts(private), "staff have it"
    assert not {written(posts) for posts in TRIES} & told
    assert not {table[key] for table in private["tables"].values() for key in ("sha256", "digest")} & told
    assert private[manifests.SALT] not in told
    assert name in told
    for posts in TRIES:  # all that the name is drawn from but the salt, for who guesses the cell
        guessed = {key: said for key, said in private.items() if key != manifests.SALT}
        guessed = json.loads(json.dumps(guessed).replace(written(SECRET), written(posts)))
        assert manifests.identity(guessed) != name


def test_open_files_keep_their_digest_and_say_so(tmp_path: Path) -> None:
    published(tmp_path)
    (public,) = Store(tmp_path).public_manifests()
    kinds = {(one["file"], one["kind"]): one for one in public["sources"]}
    assert kinds["essai.csv", "population"]["sha256"] == sha256("essai.csv")
    assert [kinds[file][digests.KEYED] for file in sorted(kinds)] == [False, True, True]
    assert len(kinds["flores.csv", "flores"]["sha256"]) == 64


def test_the_key_is_of_the_folder_and_of_nobody_else(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    names = [published(one), published(one), published(other)]
    assert names[0] == names[1] != names[2]
    assert digests.Digests(one)("x") == digests.Digests(one)("x") != digests.Digests(other)("x")
    assert (one / digests.FILE).stat().st_mode & 0o077 == 0
    assert published(one, SECRET + 1) != names[0]
    (one / digests.FILE).unlink()
    assert Store(one).load(names[0]).id == names[0], "a release outlives its key"


def test_a_folder_that_cannot_be_written_has_a_key_of_the_process(tmp_path: Path) -> None:
    made = digests.Digests(tmp_path / "absent")
    assert made("x") == made("x") != digests.Digests(tmp_path / "absent")("x")


def test_releases_without_secrets_are_named_as_ever(tmp_path: Path) -> None:
    tables, sources = shown([]).tables(), [source("population", "2022")]
    assert len({Store(tmp_path / name).publish(tables, sources, EMBEDDED) for name in ("a", "b")}) == 1
    assert not (tmp_path / "a" / digests.FILE).exists()


def test_two_files_that_differ_in_what_is_hidden_have_one_manifest(tmp_path: Path) -> None:
    """Counts, warnings and questions of the import too: only the digests with a key, and the name, are others."""
    inside = [code for code, territory in members().items() if territory == "1"]
    told = []
    for posts in (SECRET, SECRET + 1):
        rows = [(code, 40, 400, 30) for code in inside] + [(ROUBAIX, 2, posts, 4), (TOURCOING, 12, 300 - posts, 20)]
        lines = [";".join(HEADER), *(f"{code};2022;ESS;;;;{u};{p};{most}" for code, u, p, most in rows)]
        path = tmp_path / "flores.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        store = Store(tmp_path / str(posts))
        assert import_files([path], store).release
        (public,) = store.public_manifests()
        changing = {public["id"], *(one["sha256"] for one in public["sources"])}
        told.append(re.sub("|".join(changing) + r"|\d{4}-\d\d-\d\dT[\d:+]+", "", json.dumps(public, sort_keys=True)))
    assert told[0] == told[1]
