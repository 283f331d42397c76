"""Each refusal says what to do next; where that is a command, it is done here, and the file is then read."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.main import get_command

from dashboard.cli import app, main
from geodata.perimeter import members
from layers.sirene.declaration import READER as SIRENE
from layers.store import Store

LAYERS = Path(__file__).resolve().parents[2] / "layers"
ROWS = ("Bénéficiaire;Commune;Montant voté", "ASSOCIATION FICTIVE;LILLE;10", "COMITÉ FICTIF;ROUBAIX;20")
ENTRY = "EncryptedPackage".encode("utf-16-le").ljust(128, b"\0")


def ess(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    with pytest.raises(SystemExit) as left:
        main([str(one) for one in arguments])
    out, err = capsys.readouterr()
    return int(left.value.code or 0), re.sub(r"\s+", " ", out + err)


def workbook(path: Path, *, empty_first: bool = False) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    if empty_first:
        sheet = book.create_sheet("Votés")
    for row in ROWS:
        sheet.append(row.split(";"))
    book.save(path)


def document(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")


def text(content: str) -> Callable[[Path], None]:
    return lambda path: path.write_text(content, "utf-8") and None


FOREIGN: dict[str, tuple[str, Callable[[Path], None], str, str]] = {
    "password": (
        "a.xlsx",
        lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + ENTRY) and None,
        "protégé par un mot de passe",
        "sans mot de passe",
    ),
    "json": ("a.json", text('{"aides": [{"nom": "ASSO"}]}'), "un document JSON", "export CSV ou XLSX"),
    "pdf": ("a.pdf", text("%PDF-1.7\n1 0 obj\n"), "un document PDF", "CSV, XLSX ou ODS"),
    "docx": ("a.docx", document, "un document Word", "CSV, XLSX ou ODS"),
    "html": ("a.xls", text("<html><table><tr><td>ASSO</td></tr></table></html>"), "une page web", "en XLSX ou en CSV"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_table_says_what_it_is_and_its_table_is_then_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    file, write, what, step = FOREIGN[name]
    path, data = tmp_path / file, tmp_path / "data"
    write(path)
    code, said = ess(capsys, "import", path, "--data-dir", data)
    assert code == 1
    assert what in said
    assert step in said
    for then in (tmp_path / "aides-2023.csv", tmp_path / "aides-2023.xlsx"):
        workbook(then) if then.suffix == ".xlsx" else then.write_text("\n".join(ROWS) + "\n", "utf-8")
        assert ess(capsys, "import", then, "--data-dir", data, "--dry-run")[0] == 0, (
            "the same table, as it is asked for"
        )


def test_an_empty_first_sheet_is_passed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook(path := tmp_path / "aides-2023.xlsx", empty_first=True)
    report = tmp_path / "report.json"
    assert ess(capsys, "import", path, "--data-dir", tmp_path / "data", "--dry-run", "--report", report)[0] == 0
    (told,) = json.loads(report.read_text("utf-8"))["files"]
    assert (told["table"]["sheet"], told["rows_accepted"]) == ("Votés", 2)


def test_a_table_of_communes_is_declared_by_the_commands_that_its_refusal_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out, data = tmp_path / "caf_2021.csv", tmp_path / "caf.json", ("--data-dir", tmp_path / "data")
    path.write_text("\n".join(["CODGEO;Foyers aidés", *(f"{code};3" for code in sorted(members()))]) + "\n", "utf-8")
    code, said = ess(capsys, "import", path, *data)
    assert code == 1
    first, then = (re.search(rf"{option}\b", said) for option in ("--save-declaration", "--declare"))
    assert first
    assert then
    assert ess(capsys, "import", path, first[0], out)[0] == 0
    whole = json.loads(out.read_text("utf-8")) | {"publisher": "Caf fictive", "licence": "Licence d’essai"}
    out.write_text(json.dumps(whole), "utf-8")
    assert ess(capsys, "import", path, then[0], out, *data)[0] == 0


def test_a_table_of_no_known_kind_is_read_by_the_commands_that_its_refusal_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out, data = tmp_path / "a.csv", tmp_path / "a.json", ("--data-dir", tmp_path / "data")
    path.write_text("Qui;Combien;Où\n" + "".join(f"COMITÉ {n};{n + 1}00,5;Lille\n" for n in range(6)), "utf-8")
    code, said = ess(capsys, "import", path, *data)
    assert (code, "--save-mapping" in said, "--as table" in said) == (1, True, True)
    assert ess(capsys, "import", path, "--save-mapping", out)[0] == 0
    mapping = json.loads(out.read_text("utf-8"))
    mapping |= {"table": "grants", "columns": {"Qui": "Nom", "Combien": "Montant", "Où": "Commune"}}
    out.write_text(json.dumps(mapping), "utf-8")
    assert ess(capsys, "import", path, "--mapping", out, "--year", "2023", *data)[0] == 0


def test_every_option_that_a_message_names_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    del capsys
    commands = get_command(app).commands  # type: ignore[attr-defined]
    options = {option for one in commands.values() for each in one.params for option in each.opts}
    named = {
        (path.name, option)
        for path in LAYERS.rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        for option in re.findall(r"(?<![-\w`])--[a-z][a-z-]+", line)
    }
    assert {option for _file, option in named} >= {"--save-mapping", "--declare", "--year"}
    assert {one for one in named if one[1] not in options} == set()
    steps = {name for path in LAYERS.rglob("*.py") for name in re.findall(r"« ess ([a-z]+)", path.read_text("utf-8"))}
    assert steps <= set(commands)


COMMUNES = sorted(members())
QUARTERS = ("T1 2023", "T2 2023", "T3 2023", "T4 2023")


def jobseekers(path: Path, title: str, *quarters: str, sheet: str = "") -> Path:
    rows = [[title], ["Code commune", *quarters], *([code, *("5" for _ in quarters)] for code in COMMUNES)]
    if not sheet:
        path.write_text("\n".join(";".join(row) for row in rows) + "\n", "utf-8")
        return path
    book = Workbook()
    book.active.title = sheet  # type: ignore[union-attr]
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (("Demandeurs d’emploi, catégories A, B, C", QUARTERS[3:], ""), "aucune année entière"),
        (("Demandeurs d’emploi, catégories A, B et C", QUARTERS[:3], ""), "3 mois ou trimestres"),
        (("Demandeurs d’emploi en fin de mois, catégorie A", QUARTERS, ""), "« A »"),
        (("Demandeurs d’emploi", QUARTERS, "Cat. B"), "« B »"),
    ],
)
def test_jobseekers_that_are_not_the_series_say_so_and_become_an_indicator_by_the_commands_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], told: tuple[str, tuple[str, ...], str], why: str
) -> None:
    title, quarters, sheet = told
    path = jobseekers(tmp_path / ("defm.xlsx" if sheet else "defm.csv"), title, *quarters, sheet=sheet)
    out, data = tmp_path / "defm.json", ("--data-dir", tmp_path / "data")
    code, said = ess(capsys, "import", path, *data)
    assert (code, why in said) == (1, True), said
    assert "--save-declaration" in said
    assert ess(capsys, "import", path, "--save-declaration", out)[0] == 0
    whole = json.loads(out.read_text("utf-8")) | {"publisher": "Essai", "licence": "Licence d’essai", "periods": "last"}
    whole["indicators"][0]["label"] = "Demandeurs d’essai"
    out.write_text(json.dumps(whole), "utf-8")
    assert ess(capsys, "import", path, "--declare", out, *data)[0] == 0
    code, said = ess(capsys, "values", "tableau-demandeurs-d-essai", *data)
    assert (code, "Territoire des Weppes,125,value" in said) == (0, True), said


@pytest.mark.parametrize(
    "title", ["Demandeurs d’emploi, catégories A, B, C", "Demandeurs d’emploi par catégorie à la commune"]
)
def test_jobseekers_of_the_series_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str], title: str) -> None:
    path = jobseekers(tmp_path / "defm.csv", title, *QUARTERS)
    code, said = ess(capsys, "import", path, "--data-dir", tmp_path / "data", "--dry-run")
    assert (code, "jobseekers" in said) == (0, True), said


@pytest.mark.parametrize(
    "titles",
    ["siren;nic;siret;etatAdministratifEtablissement", "siren;etatAdministratifUniteLegale;denominationUniteLegale"],
)
def test_the_stock_of_sirene_in_a_workbook_says_how_it_is_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], titles: str
) -> None:
    columns = [one.name for one in SIRENE.columns] if "nic" in titles else titles.split(";")
    book = Workbook()
    book.active.append(columns)  # type: ignore[union-attr]
    book.active.append(["1" for _ in columns])  # type: ignore[union-attr]
    book.save(path := tmp_path / "Stock.xlsx")
    code, said = ess(capsys, "import", path, "--data-dir", tmp_path / "data")
    assert (code, "classeur" in said, "« ess fetch sirene »" in said) == (1, True, True), said


def test_a_list_of_finess_is_one_of_structures_to_review(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = "nofinesset;nofinessej;rs;rslongue;numvoie;commune;departement;ligneacheminement;categetab;siret;codeape"
    rows = (f"59078{n:04};59000{n:04};ESSAI {n};FOYER ESSAI {n};1;350;59;59000 LILLE;382;;8810C" for n in range(8))
    path, data = tmp_path / "finess_2023.csv", tmp_path / "data"
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    assert ess(capsys, "import", path, "--data-dir", data)[0] == 0
    store = Store(data)
    actors = store.load(store.current() or "").actors
    assert (len(actors), set(actors["ess"]), set(actors["commune"])) == (8, {"to_review"}, {"59350"})
