"""``ess fetch`` as a command: status, sentences, killed at any moment, then imported."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dashboard.cli import main
from dashboard.pages import methode_sources
from layers.fetching.query import EPCI
from layers.fetching.sources import LOCK
from layers.lock import FolderLock
from layers.readers import READERS
from layers.release import Release
from layers.store import Store
from tests.layers.fetching.companies_service import Companies, unit, units
from tests.layers.fetching.portal_service import Portal
from tests.layers.fetching.server import Server, json_answer, serving, status

Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).resolve().parents[2]
KILLS = 8
API = "recherche-entreprises"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as found:
        yield found


@pytest.fixture
def ess(server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    for name, value in _environment(server).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("ESS_DATA_DIR", str(tmp_path / "data"))

    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main([*map(str, arguments)])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return int(left.value.code or 0), said.out, said.err

    return run


def _environment(server: Server) -> dict[str, str]:
    addresses = dict.fromkeys(("ESS_COMPANIES_URL", "ESS_PORTAL_URL", "ESS_GEOGRAPHY_URL"), server.base)
    return {**addresses, "ESS_FETCH_RATE": "100000", "NO_PROXY": "127.0.0.1"}


def test_what_is_fetched_is_imported(ess: Run, server: Server, tmp_path: Path) -> None:
    server.routes["/search"] = Companies(_mixed())
    code, out, err = ess("fetch", "recherche-entreprises", "--out", tmp_path / "out")
    (file,) = (tmp_path / "out").glob("*.csv")
    assert code == 0
    assert f"À importer\u202f: ess import {file}" in out
    assert "métropole\u202f: 1/1" in err
    code, out, _err = ess("import", file)
    assert code == 0
    assert "recherche-entreprises, 2" in out
    release = _current(tmp_path)
    actors = release.actors.set_index("name")
    assert set(actors["source"]) == {"recherche-entreprises"}
    assert actors.loc["ASSOCIATION D’ESSAI 9", "reasons"] == "cj est_ess"
    assert actors.loc["SOCIÉTÉ D’ESSAI (ENSEIGNE)", ["reasons", "family"]].tolist() == [
        "est_ess",
        "societe_commerciale_ess",
    ]
    assert actors.loc["", "diffusion"] == "P"
    account = release.manifest["sources"][0]["account"]
    assert (account["rows_accepted"], account["rows_not_ess"]) == (3, 3)


def _mixed() -> list[dict[str, object]]:
    """Accepted: an association, a company, a unit in partial diffusion; not the public, excluded and closed ones."""
    company = unit(10, nature_juridique="5710", nom_raison_sociale="SOCIÉTÉ D’ESSAI")
    company["_all"][0]["nom_commercial"] = "ENSEIGNE"
    excluded = unit(13)
    excluded["_all"][0]["activite_principale"] = "94.91Z"
    closed = unit(14)
    closed["_all"][0]["etat_administratif"] = "F"
    association = unit(9, nature_juridique="9220")
    return [
        association,
        company,
        unit(11, nature_juridique="9220", statut_diffusion="P"),
        unit(12, nature_juridique="7344"),
        excluded,
        closed,
    ]


def _current(tmp_path: Path) -> Release:
    store = Store(tmp_path / "data")
    return store.load(str(store.current()))


def test_the_retrieval_date_is_that_of_the_manifest(ess: Run, server: Server, tmp_path: Path) -> None:
    server.routes["/search"] = Companies(units(30))
    ess("fetch", "recherche-entreprises", "--out", tmp_path)
    (file,) = tmp_path.glob("*.csv")
    beside = file.with_name(f"{file.name}.manifest.json")
    text = beside.read_text("utf-8")
    retrieved = text.split('"retrieved": "')[1][:10]
    beside.write_text(text.replace(f'"retrieved": "{retrieved}', '"retrieved": "2026-02-03'), "utf-8")
    ess("import", file)
    release = _current(tmp_path)
    assert release.manifest["sources"][0]["retrieved"] == "2026-02-03"
    assert ("Récupéré le", "3 février 2026") in methode_sources.cards(release)[0].origin


def test_a_manifest_of_other_bytes_is_not_believed(ess: Run, server: Server, tmp_path: Path) -> None:
    server.routes["/search"] = Companies(units(30))
    ess("fetch", "recherche-entreprises", "--out", tmp_path)
    (file,) = tmp_path.glob("*.csv")
    beside = file.with_name(f"{file.name}.manifest.json")
    beside.write_text(beside.read_text("utf-8").replace('"retrieved": "2', '"retrieved": "1'), "utf-8")
    file.write_text("\n".join(file.read_text("utf-8").splitlines()[:-1]) + "\n", "utf-8")
    ess("import", file)
    source = _current(tmp_path).manifest["sources"][0]
    assert source["retrieved"] == source["imported"]


def test_what_is_missing_is_said_and_follows_the_file(ess: Run, server: Server, tmp_path: Path) -> None:
    server.routes["/search"] = Companies([unit(9, ("59350",) * 120, nature_juridique="9220")])
    code, out, err = ess("fetch", "recherche-entreprises", "--out", tmp_path)
    assert code == 1
    assert "INCOMPLET" in err
    assert "plus de 100 établissements" in out
    (file,) = tmp_path.glob("*.csv")
    ess("import", file)
    caveats = _current(tmp_path).manifest["sources"][0]["caveats"]
    assert [
        text for text in caveats if text.startswith("Unités dont l’API donne 100 établissements dans une même commune")
    ]
    assert set(READERS["recherche-entreprises"].caveats) < set(caveats)


def test_the_default_folder_is_beside_the_releases(ess: Run, server: Server, tmp_path: Path) -> None:
    Portal(server)
    assert ess("fetch", "ess-france")[0] == 0
    assert [path.suffix for path in sorted((tmp_path / "data" / "sources").glob("ess*"))] == [".csv", ".json"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["inconnue"], "Source inconnue\u202f: inconnue. Au choix\u202f: recherche-entreprises, sirene"),
        (["sirene", "--address", "sans-adresse"], "Adresse incorrecte"),
        (["sirene", "--address", "ftp://exemple"], "Adresse incorrecte"),
        ([], "Il manque SOURCE."),
    ],
)
def test_wrong_usage(ess: Run, arguments: list[str], said: str) -> None:
    code, _out, err = ess("fetch", *arguments)
    assert code == 2
    assert said in err


def test_a_refusal_is_a_sentence_and_a_remedy(ess: Run, server: Server, tmp_path: Path) -> None:
    server.faults.append(status(403))
    code, _out, err = ess("fetch", "boundaries", "--out", tmp_path)
    assert code == 1
    assert "(erreur 403)" in err
    assert "L’accès est interdit depuis ce réseau" in err


def test_a_folder_that_is_a_file_is_said(ess: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    code, _out, err = ess("fetch", "boundaries", "--out", tmp_path / "file")
    assert code == 1
    assert "n’est pas un dossier" in err


def test_two_fetches_in_one_folder(ess: Run, server: Server, tmp_path: Path) -> None:
    with FolderLock(tmp_path / LOCK).held():
        code, _out, err = ess("fetch", "boundaries", "--out", tmp_path)
    assert code == 1
    assert "une autre récupération est en cours".capitalize() in err


def test_nothing_is_asked_unless_told(ess: Run, server: Server, tmp_path: Path) -> None:
    ess("releases")
    ess("fetch", "--help")
    assert server.asked == []


def test_boundaries_are_no_file_to_import(ess: Run, server: Server, tmp_path: Path) -> None:
    square = {"type": "Polygon", "coordinates": [[[3, 50], [3, 51], [4, 51], [3, 50]]]}
    feature = {"geometry": square, "properties": {"code": "59350", "nom": "Lille", "population": 1}}
    server.routes[f"/epcis/{EPCI}/communes"] = lambda _asked: json_answer({"features": [feature]})
    code, out, _err = ess("fetch", "boundaries", "--out", tmp_path)
    assert code == 0
    assert "que le service ne donne pas" in out
    assert "ess import" not in out


def _start(server: Server, source: str, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dashboard", "fetch", source, "--out", str(folder)]
    return subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **_environment(server)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def _run(server: Server, source: str, folder: Path) -> None:
    process = _start(server, source, folder)
    told, _ = process.communicate(timeout=120)
    assert process.returncode == 0, told.decode()


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".csv", ".parquet")}


def _kill(server: Server, source: str, folder: Path, answers: int, seconds: float) -> bool:
    """Kill a fetch so many seconds after it asked for so many answers; tell whether it was still alive."""
    before = len(server.asked)
    process = _start(server, source, folder)
    while process.poll() is None and len(server.asked) - before < answers:
        time.sleep(0.001)
    time.sleep(seconds)
    alive = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    return alive


def test_api_killed_at_any_moment_then_run_again_gives_the_same_bytes(server: Server, tmp_path: Path) -> None:
    server.routes["/search"] = Companies(units(2000))
    _run(server, "recherche-entreprises", tmp_path / "calm")
    whole = len(server.asked)
    server.asked.clear()
    server.delay = 0.01
    drawn = random.Random(1)  # noqa: S311
    alive = [
        _kill(
            server, "recherche-entreprises", tmp_path / "out", drawn.randrange(1, whole // KILLS), drawn.random() / 50
        )
        for _ in range(KILLS)
    ]
    assert sum(alive) >= KILLS // 2
    _run(server, "recherche-entreprises", tmp_path / "out")
    assert _contents(tmp_path / "out") == _contents(tmp_path / "calm")
    assert len(server.asked) <= whole + KILLS


def test_files_killed_at_any_moment_then_run_again_give_the_same_bytes(server: Server, tmp_path: Path) -> None:
    published = Portal(server, rows=40_000)
    _run(server, "sirene", tmp_path / "calm")
    server.asked.clear()
    published.drip = 0.004
    drawn = random.Random(2)  # noqa: S311
    alive = [
        _kill(server, "sirene", tmp_path / "out", drawn.choice((1, 2, 3)), drawn.random() / 4) for _ in range(KILLS)
    ]
    calm = _contents(tmp_path / "calm")
    assert sum(alive) >= KILLS // 2
    assert _contents(tmp_path / "out").items() <= calm.items()
    published.drip = 0
    _run(server, "sirene", tmp_path / "out")
    assert _contents(tmp_path / "out") == calm
    assert [asked for asked in server.asked if asked.headers.get("Range")]
