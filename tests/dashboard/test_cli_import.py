"""``ess import`` on small invented files, good and bad."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.cli import main
from layers.store import Store

Run = Callable[..., tuple[int, str, str]]

HEADER = "siret;kind;naf;name;post_code;city"
GOOD = [
    ";EI;8899B;ESSAI COQUELICOT;59000;LILLE",
    ";ACI;8130Z;ESSAI BLEUET;59100;ROUBAIX",
    ";AI;7820Z;ESSAI MAUVE;59300;VALENCIENNES",
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def ess(data: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["import", *map(str, arguments), "--data-dir", str(data)])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return int(left.value.code or 0), said.out, said.err

    return run


@pytest.fixture
def siae(tmp_path: Path) -> Callable[..., Path]:
    def write(*lines: str, name: str = "siae_2020-12.csv", header: str = HEADER) -> Path:
        path = tmp_path / name
        path.write_text("\n".join([header, *lines]) + "\n", "utf-8")
        return path

    return write


def test_a_good_file_is_published_and_told(ess: Run, siae: Callable[..., Path], data: Path, tmp_path: Path) -> None:
    written = tmp_path / "report.json"
    status, out, err = ess(siae(*GOOD), "--report", written)
    assert status == 0
    report = json.loads(written.read_text("utf-8"))
    assert report["release"] == Store(data).current()
    assert report["files"][0]["rows_accepted"] == 2
    assert "siae_2020-12.csv (siae, 2020-12, utf-8, séparateur «\u00a0;\u00a0»)" in out
    assert "Lignes\u202f: 3 lues, 2 acceptées, 1 hors métropole." in out
    assert f"Publié\u202f: {report['release']}" in out
    table = {line.split()[0]: line.split()[-1] for line in out.splitlines() if line.startswith("  ")}
    assert (table["Lillois"], table["Roubaisien"], table["Weppes"]) == ("1", "1", "0")
    assert "[1/2] Lecture de siae_2020-12.csv" in err


def test_the_same_file_again(ess: Run, siae: Callable[..., Path], data: Path) -> None:
    path = siae(*GOOD)
    ess(path)
    before = Store(data).current()
    status, out, _ = ess(path)
    assert (status, f"Déjà publié\u202f: {before}" in out) == (0, True)


def test_a_dry_run_leaves_no_trace(ess: Run, siae: Callable[..., Path], data: Path, tmp_path: Path) -> None:
    written = tmp_path / "report.json"
    status, out, _ = ess(siae(*GOOD), "--dry-run", "--report", written)
    assert status == 0
    assert "rien n’est publié" in out
    assert json.loads(written.read_text("utf-8"))["release"] is None
    assert not data.exists()


def test_rejects_say_line_column_value_reason_and_where_the_rest_is(
    ess: Run, siae: Callable[..., Path], tmp_path: Path
) -> None:
    bad = [f"1234567890123{n};EI;8899B;ESSAI {n};59000;LILLE" for n in range(9)]
    path = siae(*GOOD, *bad)
    status, out, _ = ess(path)
    assert status == 0
    assert "Ligne 5, colonne «\u00a0siret\u00a0», valeur «\u00a012345678901230\u00a0»\u202f: " in out
    assert "autres rejets\u202f: la liste entière est avec --report" in out
    _, out, _ = ess(path, "--report", tmp_path / "all.json")
    assert f"la liste entière est dans {tmp_path / 'all.json'}" in out


def test_a_correction_that_drops_a_row_is_published_once_it_is_confirmed(
    ess: Run, siae: Callable[..., Path], data: Path
) -> None:
    ess(siae(*GOOD))
    before = Store(data).current()
    corrected = siae(GOOD[0], name="siae_2020-12_corrige.csv")
    status, out, err = ess(corrected)
    assert (status, Store(data).current()) == (1, before)
    assert "siae_2020-12.csv, structures, 2020\u00a0: 1 ligne à retirer" in out
    assert "--replace" in err and "ils s’ajoutent" in err
    status, out, _ = ess(corrected, "--replace")
    assert status == 0
    assert "Attention (2)\u202f: Lignes importées auparavant d’un autre fichier" in out
    assert len(Store(data).load(Store(data).current() or "").actors) == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "empty.csv"),
        ("document.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
        ("columns.csv", b"siret;kind;naf;post_code\n;EI;8899B;59000\n", "qui reçoit"),
        ("long.csv", HEADER.encode() + b"\n" + b"x" * 3_000_000, "million"),
        ("outside.csv", HEADER.encode() + b"\n;EI;8899B;ESSAI;59300;VALENCIENNES\n", "Aucune ligne utilisable"),
    ],
)
def test_a_bad_file_changes_nothing_and_is_explained(  # noqa: PLR0917
    ess: Run, siae: Callable[..., Path], tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    data = tmp_path / "data"
    ess(siae(*GOOD))
    before = Store(data).current()
    (tmp_path / name).write_bytes(content)
    written = tmp_path / "report.json"
    status, out, err = ess(tmp_path / name, "--report", written)
    assert status == 1
    assert said in out
    assert "Rien n’est publié" in err
    assert "La publication précédente reste montrée" in err
    assert Store(data).current() == before
    report = json.loads(written.read_text("utf-8"))
    assert report["release"] is None
    assert report["files"][0]["file"] == name


def test_an_absent_file_is_unreadable(ess: Run, tmp_path: Path, data: Path) -> None:
    status, out, _ = ess(tmp_path / "absent.csv")
    assert status == 1
    assert "absent.csv" in out
    assert Store(data).current() is None


def test_all_or_nothing(ess: Run, siae: Callable[..., Path], data: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    status, _, err = ess(siae(*GOOD), tmp_path / "empty.csv")
    assert status == 1
    assert "1 fichier(s) sur 2 inutilisable(s) (empty.csv) (tout ou rien\u202f: les autres attendent)" in err
    assert Store(data).current() is None


def test_the_kind_may_be_given(ess: Run, siae: Callable[..., Path]) -> None:
    status, out, _ = ess(siae(*GOOD), "--as", "jaune")
    assert status == 1
    assert "colonne" in out


def test_rejected_rows_are_written_where_asked(ess: Run, siae: Callable[..., Path], tmp_path: Path) -> None:
    bad = "12345678901230;EI;8899B;ESSAI MAUVE;59000;LILLE"
    status, out, _ = ess(siae(*GOOD, bad), "--rejects", tmp_path, "--dry-run")
    assert status == 0
    assert (tmp_path / "siae_2020-12-rejets.xlsx").is_file()
    assert "elles complètent siae_2020-12.csv" in out.replace("\u202f", " ")
    status, _, err = ess(siae(*GOOD), "--rejects", tmp_path / "nowhere")
    assert (status, "n’existe pas" in err) == (2, True)


def test_a_dry_run_says_what_would_change_and_what_is_out_of_proportion(ess: Run, siae: Callable[..., Path]) -> None:
    many = [f";EI;8899B;ESSAI {n};59000;LILLE" for n in range(200)]
    _, out, _ = ess(siae(*many), "--dry-run")
    assert "Comparé à rien\u202f: première publication" in out
    ess(siae(*many))
    _, out, _ = ess(siae(*many), "--dry-run")
    assert "Aucun chiffre montré ne change" in out
    _, out, _ = ess(siae(*many[:110], name="siae_2020-12_b.csv"), "--dry-run")
    assert "À vérifier avant de publier" in out
    assert "Lille\u202f: de 200 à 110" in out


def test_a_file_gone_before_its_rejects_are_written_is_told_without_a_traceback(
    ess: Run, siae: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = siae(*GOOD, "12345678901230;EI;8899B;ESSAI MAUVE;59000;LILLE")
    monkeypatch.setattr("dashboard.cli_import.summarise", lambda *_: path.unlink())
    status, _, err = ess(path, "--rejects", tmp_path)
    assert status == 0
    assert "Lignes rejetées non écrites" in err
    assert "siae_2020-12.csv" in err


def test_a_dry_run_suggests_places_lists_doubts_and_names_the_classes_that_change(
    ess: Run, siae: Callable[..., Path], tmp_path: Path
) -> None:
    communes = {"LILLE;59000": 40, "ROUBAIX;59100": 30, "TOURCOING;59200": 20, "LANNOY;59390": 10}
    rows = [
        f";EI;8899B;ESSAI {n};{place.split(';')[1]};{place.split(';')[0]}"
        for place, count in communes.items()
        for n in range(count)
    ]
    ess(siae(*rows))
    written = tmp_path / "report.json"
    more = [f";EI;8899B;ESSAI {n};59200;TOURCOING" for n in range(20, 38)]
    lost = [";EI;8899B;ESSAI PERDU;;ROUBAYX", rows[0]]
    status, out, _ = ess(siae(*rows, *more, *lost, name="siae_2020-12_b.csv"), "--dry-run", "--report", written)
    assert status == 0
    assert "Lieux introuvables (1)\u202f:" in out
    assert "«\u00a0ROUBAYX\u00a0»" in out
    assert "communes proches\u202f: Roubaix (59512)" in out
    assert "Changements de classe sur les cartes" in out
    assert "classe 2 → " in out
    assert "Lignes en double (1)\u202f:" in out
    assert "déjà lue ligne 2\u202f: ESSAI 0" in out
    rehearsal = json.loads(written.read_text("utf-8"))["rehearsal"]
    assert {"2"} <= {change["code"] for change in rehearsal["classes"] if change["indicator"] == "actors"}
    assert rehearsal["unmatched"][0]["suggestions"][0] == {"code": "59512", "name": "Roubaix"}
    assert rehearsal["duplicates"]["siae_2020-12_b.csv"] == [{"row": 121, "first": 2, "what": "ESSAI 0"}]


def test_a_dry_run_draws_before_and_after(ess: Run, siae: Callable[..., Path], tmp_path: Path) -> None:
    ess(siae(*GOOD))
    out = tmp_path / "cartes.html"
    status, said, _ = ess(siae(GOOD[0], name="siae_2020-12_b.csv"), "--dry-run", "--map", out, "--indicator", "actors")
    assert (status, "deux cartes" in said) == (0, True)
    page = out.read_text("utf-8")
    assert page.count("<svg") == 2
    assert "Roubaisien" in page
    status, _, err = ess(siae(*GOOD), "--map", out)
    assert (status, "--dry-run" in err) == (2, True)
    status, _, err = ess(siae(*GOOD), "--dry-run", "--map", out, "--indicator", "bonheur")
    assert (status, "Indicateur inconnu" in err) == (2, True)
    status, _, err = ess(siae(*GOOD), "--dry-run", "--map", tmp_path / "x" / "y.html")
    assert (status, "n’existe pas" in err) == (2, True)


ODD = "Titre fictif\nQui;Combien;Où\n" + "".join(f"COMITÉ FICTIF {n};{n + 1}01,5;Lille\n" for n in range(4))


def test_a_review_shows_the_table_asks_what_it_holds_and_what_it_leaves_open(
    ess: Run, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "liste_2023.csv"
    path.write_text(ODD, "utf-8")
    monkeypatch.setattr("typer.prompt", lambda _about, default, **_more: default or 1)
    status, out, _ = ess(path, "--review", "--answer", "column:Qui=Nom", "--answer", "column:Combien=Montant")
    assert status == 0, out
    assert "en-têtes en ligne 2" in out.replace("\u00a0", " ")
    assert all(said in out for said in ("Montant", "1,5", "Que contient ce tableau"))
    grants = Store(data).load(Store(data).current() or "").grants
    assert grants["amount_cents"].sum() == 100_600
    assert list((data / "answers").glob("*.json")), "what was said is kept for the next file of these titles"


def test_the_same_is_said_by_answers_alone_and_a_title_may_have_an_equals_sign(
    ess: Run, data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "aides_2023.csv"
    path.write_text(ODD.replace("Combien", "Total = voté"), "utf-8")
    said = ("table=grants", "column:Qui=name", "aides_2023.csv/column:Total = voté=amount:voted")
    status, out, err = ess(path, *(part for one in said for part in ("--answer", one)))
    assert (status, err.count("Rien n’est publié")) == (0, 0), out
    assert Store(data).load(Store(data).current() or "").grants["amount_cents"].sum() == 100_600
