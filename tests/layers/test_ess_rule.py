from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from layers import ess_rule
from layers.ess_rule import judge


@pytest.mark.parametrize(
    "case",
    [
        ("9220", "94.99Z", None, (), "yes", ("cj",), "association"),
        ("9220", "94.99Z", "O", (), "yes", ("cj", "flag"), "association"),
        ("5458", "41.20A", "", ("liste",), "yes", ("cj", "liste"), "cooperative"),
        ("8210", "65.12Z", "O", (), "yes", ("cj", "flag"), "mutuelle"),
        ("9300", "", None, (), "yes", ("cj",), "fondation"),
        ("5710", "62.01Z", "O", (), "yes", ("flag",), "societe_commerciale_ess"),
        ("5710", "62.01Z", None, ("esus",), "yes", ("esus",), "societe_commerciale_ess"),
        ("5710", "62.01Z", None, (), "no", (), None),
        ("9210", "94.99Z", None, (), "to_review", (), None),
        ("9210", "94.99Z", "O", (), "yes", ("flag",), None),
        ("9220", "84.11Z", "O", ("liste",), "no", (), None),
        ("9220", "94.11Z", "O", (), "no", (), None),
        ("9220", "94.20Z", None, (), "no", (), None),
        ("9220", "94.91Z", None, (), "no", (), None),
        ("9220", "94.92Z", None, (), "no", (), None),
        ("9220", "97.00Z", None, (), "no", (), None),
        ("9220", "94.12Z", None, (), "yes", ("cj",), "association"),
        ("1000", "62.01Z", "O", ("liste",), "no", (), None),
        ("7210", "88.10A", "O", (), "no", (), None),
        ("5546", "68.20A", None, (), "no", (), None),
    ],
)
def test_the_rule_of_the_domain(case: tuple) -> None:
    category, ape, flag, lists, ess, reasons, family = case
    judged = judge(category, ape, flag, lists)
    assert (judged.ess, judged.reasons, judged.family) == (ess, reasons, family)


def test_what_is_closed_is_of_no_ess() -> None:
    assert judge("9220", "94.99Z", "O", ("liste",), active=False) == ess_rule.NOT_ESS


def test_a_category_that_says_yes_and_a_flag_that_says_no_is_counted_and_to_be_looked_at() -> None:
    judged = judge("9220", "88.99B", "N")
    assert (judged.ess, judged.conflict) == ("yes", "category_yes_flag_no")
    assert judge("5710", "88.99B", "N").conflict is None
    assert judge("9220", "88.99B", "").conflict is None


def test_several_lists_are_told_once_each_and_sorted() -> None:
    assert judge("5710", "", "O", ["manual", "liste", "esus", "liste"]).reasons == ("esus", "flag", "liste", "manual")


@pytest.mark.real
def test_figures_of_the_digital_extract_come_out(shared_data: Path) -> None:
    path = shared_data / "actors" / "sirene_ess_numerique_france_2026-03_pairs.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert (len(rows), len(rows[0])) == (1812, 16)
    assert all(int(row["siren"]) % 2 == 0 for row in rows)
    flags = Counter(row["economieSocialeSolidaireUniteLegale"] for row in rows)
    assert set(flags) == {"O", ""}
    flagged_outside_list = [
        row for row in rows if row["economieSocialeSolidaireUniteLegale"] == "O" and row["dans_liste_ess_france"] == "N"
    ]
    assert sum(row["categorie_juridique"] == "5710" for row in flagged_outside_list) > 100
    for row in rows:
        flag, listed = row["economieSocialeSolidaireUniteLegale"], row["dans_liste_ess_france"] == "O"
        judged = judge(row["categorie_juridique"], row["naf"], flag, ["liste"] if listed else [])
        assert ("flag" in judged.reasons) == (flag == "O" and judged.ess == "yes")
        assert ("liste" in judged.reasons) == (listed and judged.ess == "yes")
        if flag == "O" or listed:
            private = row["categorie_juridique"][0] not in "17"
            assert (judged.ess == "yes") == private
