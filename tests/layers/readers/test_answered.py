"""What a person answers of a file is what is read: the year, the column that names who, the sheets that overlap."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from geodata.attach import Attacher
from layers.account import Account
from layers.questions import NO_AMOUNT, known, save, saved
from layers.readers import rows as totals
from layers.readers.grants import shares
from layers.readers.opened import NO_MAPPING
from layers.readers.registry import open_file, read_file
from layers.recognition.sheets import ALL
from layers.register import Register
from layers.unreadable import UnreadableFile

TITLES = ("Année", "Attributaire", "SIRET", "Commune", "Objet", "Montant voté")
FIRST = [("2022", f"ASSOCIATION FICTIVE {n}", "", "LILLE", f"essai {n}", 100 + n) for n in range(10)]
MORE = [*FIRST[:5], *[("2022", f"COMITÉ FICTIF {n}", "", "ROUBAIX", f"essai {n}", 200 + n) for n in range(5)]]


def read(path: Path, attacher: Attacher, folder: Path, answers: Mapping[str, str]) -> tuple[Account, list[int]]:
    reading = read_file(path, None, None, attacher, Register(), answers=known(folder, answers))
    grants = reading.tables["grants"]
    return reading.account, sorted(grants["amount_cents"].tolist())


def workbook(path: Path) -> Path:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Décisions"
    for sheet, rows in ((first, FIRST), (book.create_sheet("Rappel"), MORE)):
        sheet.append(TITLES)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_sheet_that_repeats_some_rows_is_asked_about_and_read_where_it_is_answered(
    tmp_path: Path, attacher: Attacher
) -> None:
    path = workbook(tmp_path / "essai.xlsx")
    account, amounts = read(path, attacher, tmp_path, {})
    (question,) = account.questions
    assert (question.id, question.choices) == ("sheet:Rappel", ("Seulement « Décisions »", ALL))
    assert amounts == [(100 + n) * 100 for n in range(10)]
    account, amounts = read(path, attacher, tmp_path, {question.id: ALL})
    assert account.questions == []
    assert amounts == sorted([(100 + n) * 100 for n in range(10)] + [(200 + n) * 100 for n in range(5)])
    assert account.table["sheet"] == "Décisions, Rappel"
    account, amounts = read(path, attacher, tmp_path, {question.id: question.guess})
    assert account.questions == []
    assert amounts == [(100 + n) * 100 for n in range(10)]
    assert any(one.code == "sheet_answered" and "non lue" in one.message for one in account.warnings)


@pytest.mark.parametrize("year", ["2021", "2019"])
def test_the_year_that_is_answered_is_that_of_the_rows(tmp_path: Path, attacher: Attacher, year: str) -> None:
    path = tmp_path / "essai.csv"
    lines = ["Attributaire;SIRET;Commune;Objet;Montant voté"]
    lines += [f"ASSOCIATION FICTIVE {n};;LILLE;essai {n};{100 + n}" for n in range(5)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    account, _ = read(path, attacher, tmp_path, {})
    (question,) = account.questions
    assert question.id == "year"
    reading = read_file(path, None, None, attacher, Register(), answers=known(tmp_path, {"year": year}))
    assert reading.account.questions == []
    assert set(reading.tables["grants"]["year"]) == {int(year)}


def test_the_column_that_is_answered_names_who_receives(tmp_path: Path, attacher: Attacher) -> None:
    path = tmp_path / "aides_2022.csv"
    lines = ["Porteur;Intervenant;Commune;Objet;Montant voté"]
    lines += [f"ASSOCIATION FICTIVE {n};COMITÉ {n};LILLE;essai {n};{100 + n}" for n in range(5)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    answers = known(tmp_path, {"name": "Intervenant"})
    reading = read_file(path, None, None, attacher, Register(), answers=answers)
    assert set(reading.tables["grants"]["name"]) == {f"COMITÉ {n}" for n in range(5)}


ODD = (
    "Ville fictive",
    "Aides de l’exercice 2023 (en k€)",
    "Qui;Combien;Demandé;Ville;Divers",
    *[f"COMITÉ FICTIF {n};{n + 1},5;{n + 3};Lille;{n}0 €" for n in range(6)],
    "Total;;;;",
)
"""Titles above, unknown headings, thousands of euros, money in a column that nothing names."""


def odd(folder: Path, name: str = "essai.csv", *, titles: str = ODD[2]) -> Path:
    path = folder / name
    path.write_text("\n".join([*ODD[:2], titles, *ODD[3:]]) + "\n", "utf-8")
    return path


def test_each_column_is_what_it_is_said_to_be_with_its_unit_and_its_year(tmp_path: Path, attacher: Attacher) -> None:
    said = {"table": "grants", "column:Qui": "Nom", "column:Combien": "amount:voted", "column:Demandé": "unread"}
    account, amounts = read(odd(tmp_path), attacher, tmp_path, said)
    assert amounts == [(n * 1_000 + 1_500) * 100 for n in range(6)]
    told = {one["name"]: one for one in account.table["columns"]}
    assert (told["Combien"]["stage"], told["Combien"]["unit"], told["Combien"]["why"]) == (
        "voted",
        "1000 EUR",
        "choisi",
    )
    assert account.answered == said
    account, amounts = read(odd(tmp_path), attacher, tmp_path, {**said, "unit:Combien": "1", "year:Combien": "2019"})
    assert amounts == [(n * 10 + 15) * 10 for n in range(6)]
    reading = read_file(odd(tmp_path), None, None, attacher, answers=known(tmp_path, {**said, "year:Combien": "2019"}))
    assert set(reading.tables["grants"]["year"]) == {2019}


def test_what_is_not_read_is_counted_with_its_euros(tmp_path: Path, attacher: Attacher) -> None:
    said = {"table": "grants", "column:Qui": "name", "column:Combien": "amount:voted", "column:Demandé": "unread"}
    account, _ = read(odd(tmp_path), attacher, tmp_path, said)
    unread = {one["name"]: (one["filled"], one["amount"]) for one in account.table["unread"]}
    assert unread == {"Demandé": (6, sum(n + 3 for n in range(6)) * 1_000), "Divers": (6, 150)}
    account, _ = read(odd(tmp_path), attacher, tmp_path, {**said, "column:Divers": "purpose"})
    assert [one["name"] for one in account.table["unread"]] == ["Demandé"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"column:Qui": "nom de famille"}, "n’est pas ce que peut dire une colonne"),
        ({"column:Qui": "name", "column:Ville": "Nom"}, "« Nom » est choisi pour deux colonnes"),
        ({"column:Combien": "amount", "unit:Combien": "12"}, "unité « 12 » inconnue"),
        ({"column:Combien": "amount", "year:Combien": "23"}, "année « 23 » illisible"),
        ({"header": "99"}, "pas d’en-tête en ligne 99"),
        ({"header": "x"}, "en-tête « x » illisible"),
        ({"table": "poèmes", "column:Qui": "name"}, "n’est pas ce que peut contenir un tableau"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_remedy(
    tmp_path: Path, attacher: Attacher, said: dict[str, str], why: str
) -> None:
    with pytest.raises(UnreadableFile) as told:
        read(odd(tmp_path), attacher, tmp_path, said)
    assert why in told.value.reason.replace("\u00a0", " ")
    assert told.value.remedy


def test_a_refused_table_goes_with_its_error(tmp_path: Path, attacher: Attacher) -> None:
    path = tmp_path / "essai.csv"
    path.write_text("Alpha;Bêta\nx1;y\nx2;z\n", "utf-8")
    with pytest.raises(UnreadableFile) as told:
        read(path, attacher, tmp_path, {})
    assert [one["name"] for one in told.value.table["unread"]] == ["Alpha", "Bêta"]


def test_the_sheet_and_the_header_that_are_chosen_are_read_even_hidden(tmp_path: Path, attacher: Attacher) -> None:
    path = workbook(tmp_path / "essai.xlsx")
    book = load_workbook(path)
    hidden = book.create_sheet("Archive")
    hidden.sheet_state = "hidden"
    for row in (("Années", "", ""), ("Bénéficiaire", "Montant", "Commune"), ("COMITÉ CACHÉ", 7, "LILLE")):
        hidden.append(row)
    book.save(path)
    account, amounts = read(path, attacher, tmp_path, {})
    assert 700 not in amounts
    account, amounts = read(path, attacher, tmp_path, {"sheet": "Archive", "header": "2", "year": "2020"})
    assert (amounts, account.table["sheet"], account.table["header_rows"]) == ([700], "Archive", [2])


def test_choices_are_kept_for_the_same_titles_and_the_same_kind_alone(tmp_path: Path, attacher: Attacher) -> None:
    said = {"table": "grants", "column:Qui": "name", "column:Combien": "amount:voted", "column:Demandé": "unread"}
    account, amounts = read(odd(tmp_path), attacher, tmp_path, said)
    save(tmp_path, account.shape, {**account.answered, "header": "3"})
    assert "header" not in saved(tmp_path, account.shape)
    again, same = read(odd(tmp_path, "suivant.csv"), attacher, tmp_path, {})
    assert (again.shape, same) == (account.shape, amounts)
    for titles in (f"{ODD[2]};Note", "Qui;Combien;Demandé;Ville", ODD[2].replace("Divers", "Autre")):
        opened = open_file(odd(tmp_path, "autre.csv", titles=titles), None, NO_MAPPING, known(tmp_path, {}))
        assert opened.answers == {}, titles


def test_a_table_whose_amounts_are_not_to_be_read_is_one_of_structures(tmp_path: Path, attacher: Attacher) -> None:
    path = tmp_path / "aides-2023.csv"
    path.write_text(
        "Tiers;Crédits;Montant;Ville\n" + "ASSOCIATION FICTIVE;100;200;LILLE\nCOMITÉ;300;500;PARIS\n", "utf-8"
    )
    account, _amounts = read(path, attacher, tmp_path, {})
    (asked,) = account.questions
    assert (asked.id, NO_AMOUNT in asked.choices) == ("amount", True)
    for said in ({"amount": NO_AMOUNT}, {"amount": NO_AMOUNT, "table": "grants"}):
        found = read_file(path, None, None, attacher, Register(), answers=known(tmp_path, said))
        assert (list(found.tables), found.account.questions) == (["actors"], [])
        assert found.tables["actors"]["ess"].tolist() == ["to_review"], "nothing says that they are of the ESS"


def test_without_anything_that_places_no_list_of_structures_is_offered(tmp_path: Path, attacher: Attacher) -> None:
    path = tmp_path / "aides-2023.csv"
    path.write_text("Bénéficiaire;Crédits;Montant\nASSOCIATION FICTIVE;100;200\nCOMITÉ FICTIF;300;500\n", "utf-8")
    account, _amounts = read(path, attacher, tmp_path, {})
    assert account.questions
    assert all(NO_AMOUNT not in one.choices for one in account.questions)


def told(text: str, tmp_path: Path, attacher: Attacher, **answers: str) -> tuple[Account, list[int]]:
    path = tmp_path / "aides-2023.csv"
    path.write_text(text, "utf-8")
    return read(path, attacher, tmp_path, answers)


HEAD = "Bénéficiaire;Commune;Montant voté"
OF_TOTALS = f"{HEAD}\nASSO A;LILLE;10\nASSO B;LILLE;20\nCENTRE SOCIAL;;30\nASSO C;LILLE;7\nASSO D;LILLE;8\n"
OF_UNITS = (
    "Subventions versées, en milliers d’euros\nMontants en millions d’euros\n"
    "Bénéficiaire;Commune;Montant\nASSO A;LILLE;10\nASSO B;LILLE;20\n"
)
OF_SHARES = (
    "Bénéficiaire;Commune;Objet;Montant voté;Part du bénéficiaire (%)\n"
    "ASSO A;LILLE;fête;100;60\nASSO B;LILLE;fête;100;40\nASSO C;LILLE;autre;50;100\n"
)


@pytest.mark.parametrize(
    ("text", "key", "amounts"),
    [
        (OF_TOTALS, "totals", {totals.SUMS: [7, 8, 10, 20], totals.GIVEN: [7, 8, 10, 20, 30]}),
        (OF_UNITS, "unit", {"k€": [10_000, 20_000], "M€": [10_000_000, 20_000_000]}),
        (OF_SHARES, "share", {shares.SPLIT: [40, 50, 60], shares.WHOLE: [50, 100, 100]}),
    ],
    ids=["totals", "unit", "share"],
)
def test_each_answer_gives_its_own_amounts(
    tmp_path: Path, attacher: Attacher, text: str, key: str, amounts: dict[str, list[int]]
) -> None:
    account, meanwhile = told(text, tmp_path, attacher)
    (asked,) = account.questions
    assert (asked.id, set(asked.choices)) == (key, set(amounts))
    assert meanwhile == [100 * one for one in amounts[asked.guess]], "the best guess is taken meanwhile"
    for said, expected in amounts.items():
        account, found = told(text, tmp_path, attacher, **{key: said})
        assert found == [100 * one for one in expected]
        assert (account.questions, [one.id for one in account.settled]) == ([], [key])
        account.check()


@pytest.mark.parametrize(("grantor", "said"), [("Département du Nord", True), ("Ville de Lille", False)])
def test_a_grant_without_place_of_who_gives_elsewhere_too_is_said_to_be_elsewhere_perhaps(
    tmp_path: Path, attacher: Attacher, grantor: str, said: bool
) -> None:
    rows = f"Attribuant;{HEAD}\n{grantor};ASSO A;;10\n{grantor};ASSO B;LILLE;20\n"
    account, amounts = told(rows, tmp_path, attacher)
    assert amounts == [1000, 2000], "its euros are counted"
    codes = {one.code: one.message for one in account.warnings}
    assert ("maybe_elsewhere" in codes) is said
    assert "no_place" in codes
    assert not said or "peut-être hors de la métropole" in codes["maybe_elsewhere"]
