"""The commands as a person types them: exit status, and what is said, in French, without traceback."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.cli import main
from geodata.folders import EMBEDDED
from layers import change, demonstration, measure
from layers.series import Query
from layers.store import Store
from tests.layers.invented import actor, source, tables

Run = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def ess(data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("ESS_DATA_DIR", str(data))
    monkeypatch.delenv("ESS_DEBUG", raising=False)

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return int(left.value.code or 0), said.out, said.err

    return run


def publish(data: Path, *numbers: int) -> str:
    return Store(data).publish(tables([actor(n) for n in numbers]), [source()], EMBEDDED)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import"], "Il manque"),
        (["import", "--nothing", "a.csv"], "Option inconnue"),
        (["import", "a.csv", "--as", "inconnu"], "Nature inconnue"),
        (["import", "a.csv", "--year", "deux mille"], "Valeur incorrecte pour --year"),
        (["import", "a.csv", "--report", "nowhere/at/all/r.json"], "Le dossier"),
        (["nothing"], "Commande inconnue"),
        (["values"], "Il manque"),
        (["values", "inconnu"], "Indicateur inconnu"),
        (["values", "actors", "--sector", "imaginaire"], "Secteur inconnu"),
        (["values", "actors", "--family", "imaginaire"], "Famille inconnue"),
        (["values", "actors", "--perimeter", "91"], "Périmètre inconnu"),
        (["values", "actors", "--year", "1900"], "Pas de valeur en 1900"),
        (
            ["values", "actors", "--level", "quartier"],
            "Valeur incorrecte pour --level (Maille\u202f: territory ou commune)",
        ),
        (["values", "actors", "--release", "000000000000"], "Publication inconnue"),
        (["rollback", "000000000000"], "Publication inconnue"),
        (["rollback"], "Il manque"),
        (["serve", "--port", "99999"], "Valeur incorrecte pour --port"),
    ],
)
def test_wrong_usage_is_status_2_and_a_sentence(ess: Run, arguments: list[str], said: str) -> None:
    status, out, err = ess(*arguments)
    assert status == 2, err
    assert said in err
    assert out == ""


def test_a_wrong_setting_is_said(ess: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "abc")
    status, _, err = ess("releases")
    assert (status, "Réglage incorrect\u202f: PORT" in err) == (2, True)


def test_an_unforeseen_fault_is_a_sentence_too(ess: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("essai")

    monkeypatch.setattr(measure, "years", broken)
    status, _, err = ess("values", "actors")
    assert status == 1
    assert "Erreur imprévue (ZeroDivisionError)\u202f: essai" in err


def test_help_lists_the_commands_in_french(ess: Run) -> None:
    status, out, _ = ess("--help")
    assert status == 0
    for command in ("serve", "import", "releases", "rollback", "values"):
        assert command in out
    assert "Lit des fichiers officiels" in out


def test_releases_before_any_import(ess: Run, data: Path) -> None:
    status, out, _ = ess("releases")
    assert status == 0
    assert f"la démonstration ({demonstration.release().id}) est montrée" in " ".join(out.split())
    assert not data.exists()


def test_releases_and_rollback(ess: Run, data: Path) -> None:
    first, second = publish(data, 1), publish(data, 1, 2)
    _, out, _ = ess("releases")
    lines = {line.split()[0]: line for line in out.splitlines()[1:]}
    assert set(lines) == {first, second}
    assert "oui" in lines[second]
    assert "oui" not in lines[first]
    assert "siae 2020" in lines[first]
    status, out, _ = ess("rollback", first[:6])
    assert status == 0
    assert first in out
    assert Store(data).current() == first
    assert "déjà la courante" in ess("rollback", first)[1]


def test_rolling_back_to_a_damaged_release_is_refused(ess: Run, data: Path) -> None:
    first, second = publish(data, 1), publish(data, 2)
    table = Store(data).manifest(first)["tables"]["actors"]["sha256"]
    (data / "objects" / table).write_bytes(b"")
    status, _, err = ess("rollback", first)
    assert (status, "Fichier altéré" in err) == (1, True)
    assert Store(data).current() == second


@pytest.mark.parametrize("level", ["territory", "commune"])
def test_values_are_those_of_the_series(ess: Run, level: str) -> None:
    status, out, _ = ess("values", "actors_per_1000", "--level", level)
    assert status == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    release = demonstration.release()
    series = measure.series(release, Query("actors_per_1000", level))
    assert [row["code"] for row in rows] == [cell.code for cell in series.cells]
    for row, cell in zip(rows, series.cells, strict=True):
        assert float(row["value"]) == cell.value
        assert (row["state"], row["name"]) == (cell.state, cell.name)
        assert float(row["numerator"]) == cell.numerator
        assert (row["release"], row["demonstration"]) == (release.id, "true")
        assert (row["year"], row["perimeter"]) == ("2023", "95")


def test_missing_values_are_empty_cells(ess: Run) -> None:
    _, out, _ = ess("values", "median_income")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["value"], row["numerator"], row["state"]) for row in rows] == [("", "", "missing")] * 8


def test_values_as_json(ess: Run, data: Path) -> None:
    release_id = publish(data, 1, 2)
    _, out, _ = ess("values", "actors", "--format", "json", "--family", "association", "--perimeter", "85")
    answer = json.loads(out)
    assert set(answer) >= {"indicator", "unit", "source", "vintage", "perimeter", "release", "demonstration", "values"}
    assert (answer["release"], answer["demonstration"], answer["perimeter"]) == (release_id, False, 85)
    by_code = {value["code"]: value for value in answer["values"]}
    assert by_code["8"]["value"] == 2
    assert by_code["1"] == {**by_code["1"], "value": 0, "state": "zero", "numerator": 0, "denominator": None}


def test_a_reader_that_leaves_early_is_no_error(data: Path) -> None:
    command = [sys.executable, "-m", "dashboard", "values", "actors", "--level", "commune", "--data-dir", str(data)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 0


def test_what_changed_since_a_year(ess: Run) -> None:
    _, out, _ = ess("values", "jobs", "--compare", "2019", "--year", "2023")
    release = demonstration.release()
    sides = {one.now.code: one for one in change.between(release, Query("jobs"), 2019, 2023).areas}
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 8
    for row in rows:
        one = sides[row["code"]]
        assert (row["compare"], row["change_state"]) == ("2019", one.state)
        assert float(row["change"]) == pytest.approx(one.absolute)
        assert float(row["change_percent"]) == pytest.approx(one.percent)
    _, out, _ = ess("values", "jobs", "--compare", "2019", "--year", "2023", "--format", "json")
    assert {cell["code"]: cell["change"] for cell in json.loads(out)["values"]} == {
        code: one.absolute for code, one in sides.items()
    }
    status, _, err = ess("values", "jobs", "--compare", "1789")
    assert (status, "Pas de valeur en 1789" in err) == (2, True)
