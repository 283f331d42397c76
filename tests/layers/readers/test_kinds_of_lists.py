"""Lists of structures as networks and ministries publish them: what is no grant, who lives no more, what is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.attach import Attacher
from layers.questions import ANSWERS, known
from layers.readers import read_file
from layers.unreadable import UnreadableFile
from tests.layers.readers.fictitious import siren, siret, write

NAMES = ["Les Fictifs", "Essai du Canal", "Atelier inventé", "Fabrique imaginaire"]


def listed(folder: Path, title: str, *cells: str, name: str = "liste_2024.csv", number: str = "SIRET") -> Path:
    """A list of structures with one column more."""
    header = ["Dénomination", number, "CP", "Ville", title]
    made = siret if number == "SIRET" else siren
    filled = (*cells, *(cells[-1:] * (len(NAMES) - len(cells))))
    rows = [[one, made(at + 1), "59100", "Roubaix", filled[at]] for at, one in enumerate(NAMES)]
    return write(folder, header, rows, name)


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("Dotation initiale (€)", "1 524 490,17"),
        ("Capital social (€)", "12 000,00"),
        ("Salaire moyen (€)", "2 100,00"),
        ("Loyer mensuel (€)", "450,00"),
        ("ETP réalisés 2023", "12,5"),
        ("Postes conventionnés", "12"),
        ("Capacité installée", "60"),
        ("Surface (m²)", "350"),
        ("Latitude", "50.691"),
        ("lon", "3.171"),
        ("coord_x", "704512.3"),
        ("Budget annuel", "150000"),
        ("objectid", "20240001"),
    ],
)
def test_what_a_list_counts_is_no_grant(title: str, cell: str, tmp_path: Path, attacher: Attacher) -> None:
    read = read_file(listed(tmp_path, title, cell), None, None, attacher)
    assert (read.tables.keys(), read.account.rows) == ({"actors"}, {"accepted": 4})
    assert read.account.questions == []


@pytest.mark.parametrize(
    ("title", "cell"),
    [("Montant CA", "150000"), ("CA", "150000"), ("Truc", "150000"), ("Postes accordés", "12 500,00")],
)
def test_what_may_be_a_grant_is_asked_about(title: str, cell: str, tmp_path: Path, attacher: Attacher) -> None:
    read = read_file(listed(tmp_path, title, cell, "250000"), None, None, attacher)
    assert read.tables.keys() == {"actors"}
    assert [one.id for one in read.account.questions] == [f"check:{title}"]


@pytest.mark.parametrize(
    ("title", "alive", "over"),
    [
        ("Position d’activité", "Active", "Dissoute"),
        ("Situation", "En activité", "Fermée"),
        ("État administratif", "A", "F"),
        ("Statut", "Actif", "Radiée"),
        ("Date de dissolution", "", "12/06/2019"),
        ("Date de fermeture", "0001-01-01", "1987-05-01"),
        ("Date de radiation", "", "2019"),
    ],
)
def test_who_lives_no_more_is_out(title: str, alive: str, over: str, tmp_path: Path, attacher: Attacher) -> None:
    read = read_file(listed(tmp_path, title, alive, alive, alive, over), None, None, attacher)
    assert read.account.rows == {"accepted": 3, "not_ess": 1}
    assert set(read.tables["actors"]["name"]) == set(NAMES[:3])


def test_a_list_with_dates_and_numbers_is_asked_about_and_not_refused(tmp_path: Path, attacher: Attacher) -> None:
    header = ["Raison sociale", "SIREN", "Code postal", "Commune", "Date de décision", "Truc"]
    rows = [[one, siren(at + 1), "59100", "Roubaix", "12/03/2022", str(at + 5)] for at, one in enumerate(NAMES)]
    read = read_file(write(tmp_path, header, rows, "agrements_2024.csv"), None, None, attacher)
    assert (read.account.rows, [one.key for one in read.account.questions]) == ({"accepted": 4}, ["check"])


def test_numbers_that_may_be_grants_are_named_in_the_refusal(tmp_path: Path, attacher: Attacher) -> None:
    header = ["Association", "Adresse", "Code postal", "Commune", "Truc"]
    path = write(tmp_path, header, [[one, "1 rue A", "59100", "Roubaix", "12"] for one in NAMES], "annuaire_2024.csv")
    with pytest.raises(UnreadableFile) as refused:
        read_file(path, None, None, attacher)
    assert "« Truc »" in refused.value.reason.replace("\u00a0", " ")
    assert "table=actors" in refused.value.remedy
    said = known(tmp_path / ANSWERS, {"table": "actors"})
    assert read_file(path, None, None, attacher, answers=said).account.rows == {"accepted": 4}


def test_grants_of_which_none_is_known_may_be_a_list(tmp_path: Path, attacher: Attacher) -> None:
    told = read_file(listed(tmp_path, "Montant aide au poste 2023", "20000"), None, None, attacher)
    assert "perhaps_a_list" in {one.code for one in told.account.warnings}
    said = known(tmp_path / ANSWERS, {"table": "actors"})
    again = read_file(listed(tmp_path, "Montant aide au poste 2023", "20000"), None, None, attacher, answers=said)
    assert again.account.rows == {"accepted": 4}


def test_numbers_that_a_spreadsheet_rounded_are_told(tmp_path: Path, attacher: Attacher) -> None:
    rows = [[one, "4,98123E+13", "Roubaix"] for one in NAMES]
    read = read_file(write(tmp_path, ["Structure", "SIRET", "Ville"], rows, "liste_2024.csv"), None, None, attacher)
    assert {one.column for one in read.account.rejects} == {"SIRET"}
    assert "notation scientifique" in read.account.rejects[0].reason


@pytest.mark.parametrize("marks", [("s", "nd", "ns", "c"), ("s", "n.d.", "<5", "…")])
def test_marks_of_secrecy_are_no_names(marks: tuple[str, ...], tmp_path: Path, attacher: Attacher) -> None:
    codes = [("59512", "Roubaix"), ("59599", "Tourcoing"), ("59350", "Lille"), ("59009", "Villeneuve-d’Ascq")]
    rows = [[*place, mark] for place, mark in zip(codes, marks, strict=True)]
    path = write(tmp_path, ["CODGEO", "Commune", "Foyers allocataires 2022"], rows, "caf_2022.csv")
    with pytest.raises(UnreadableFile, match="table de communes"):
        read_file(path, None, None, attacher)


def test_the_total_of_a_list_is_no_structure(tmp_path: Path, attacher: Attacher) -> None:
    header = ["Dénomination", "SIRET", "Ville", "Effectif"]
    rows = [*([one, siret(at + 1), "Roubaix", "5"] for at, one in enumerate(NAMES)), ["TOTAL", "", "", "20"]]
    read = read_file(write(tmp_path, header, rows, "liste_2024.csv"), None, None, attacher)
    assert read.account.rows == {"accepted": 4, "control": 1}


@pytest.mark.parametrize("name", ["annuaire_associations_roubaix_2024.csv", "Roubaix - associations 2024.csv"])
def test_the_town_of_a_list_is_asked_where_no_row_says_it(name: str, tmp_path: Path, attacher: Attacher) -> None:
    header = ["Association", "Adresse", "Thématique"]
    rows = [[one, "12 rue fictive", "Culture"] for one in NAMES[:3]] + [[NAMES[3], "1 rue A 59200 Tourcoing", "Sport"]]
    path = write(tmp_path, header, rows, name)
    asked = read_file(path, None, None, attacher)
    assert [one.id for one in asked.account.questions] == ["place"]
    assert list(asked.tables["actors"]["commune"]) == ["59512", "59512", "59512", "59599"]
    said = known(tmp_path / ANSWERS, {"place": asked.account.questions[0].choices[1]})
    assert read_file(path, None, None, attacher, answers=said).account.rows == {"accepted": 1, "rejected": 3}


@pytest.mark.parametrize("name", ["annuaire_lille_metropole_2024.csv", "roubaix_et_tourcoing_2024.csv", "liste.csv"])
def test_no_town_is_asked_where_the_title_says_none_or_several(name: str, tmp_path: Path, attacher: Attacher) -> None:
    rows = [[one, "12 rue fictive", "Culture"] for one in NAMES]
    read = read_file(write(tmp_path, ["Association", "Adresse", "Thématique"], rows, name), None, None, attacher)
    assert (read.account.questions, read.account.rows) == ([], {"rejected": 4})


@pytest.mark.parametrize(
    "title", ["Montant accordé pour les salaires", "Aide au loyer", "Aide aux postes", "Subvention en capital"]
)
def test_what_was_given_for_a_rent_or_a_post_is_a_grant(title: str, tmp_path: Path, attacher: Attacher) -> None:
    read = read_file(listed(tmp_path, title, "12 500,00"), None, None, attacher)
    assert read.tables.keys() == {"grants"}
