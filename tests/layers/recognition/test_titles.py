"""What titles of columns say: the spellings met on the national portal, and others of the same make."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.recognition import titles
from layers.recognition.encodings import repaired
from layers.recognition.titles import ASKED, CAPITAL, EITHER, GRANTOR, GUARANTEE, IN_KIND, LOAN, PAID, RUNNING, VOTED
from layers.recognition.words import words

FIELDS = {
    "nomAttribuant": "name",
    "idAttribuant": "siret",
    "dateConvention": "date",
    "exercice": "year",
    "referenceDecision": "reference",
    "nomBeneficiaire": "name",
    "idBeneficiaire": "siret",
    "objet": "purpose",
    "montant": "amount",
    "conditionsVersement": "conditions",
    "datePeriodeVersement": "period",
    "datesPeriodeVersement": "period",
    "idRAE": "rae",
    "notificationUE": "state_aid",
    "pourcentageSubvention": "share",
    "categoryUsage": "category",
}
ALIKE = ({"siret", "identifier"}, {"date", "year"})
"""Meanings that cells tell apart: whose number, a day or its year."""
LEAST = 0.95


@pytest.mark.real
def test_the_spellings_of_the_national_portal_are_known(shared_data: Path) -> None:
    path = shared_data / "cases" / "header_spellings.csv"
    with path.open(encoding="utf-8", newline="") as file:
        spellings = [(row["field"], row["spelling"]) for row in csv.DictReader(file)]
    read = {spelling: titles.read(spelling).meaning for _, spelling in spellings}
    wrong = [
        (field, spelling, read[spelling]) for field, spelling in spellings if not _is(read[spelling], FIELDS[field])
    ]
    assert len(wrong) <= (1 - LEAST) * len(spellings), wrong
    assert not [one for one in wrong if one[2]], "none is taken for another field"


def _is(read: str, wanted: str) -> bool:
    return read == wanted or any({read, wanted} <= alike for alike in ALIKE)


@pytest.mark.parametrize(
    ("title", "meaning"),
    [
        ("Montant TTC accordé en 2023", "amount"),
        ("MNT_SUBV_VOTEE", "amount"),
        ("Aide votée (€)", "amount"),
        ("Dénomination du bénéficiaire", "name"),
        ("RAISON SOCIALE", "name"),
        ("Libellé du tiers", "name"),
        ("Nom de l'association", "name"),
        ("n° siren", "siren"),
        ("N°RNA", "rna"),
        ("code APE", "ape"),
        ("Code INSEE commune", "insee"),
        ("code_commune", "insee"),
        ("Localité", "city"),
        ("CP - Ville", "postcode_city"),
        ("Adresse du siège", "address"),
        ("Année d’attribution", "year"),
        ("Exercice budgétaire", "year"),
        ("Date du conseil municipal", "date"),
        ("Date de délibération", "date"),
        ("Intitulé du projet", "purpose"),
        ("Compte", "account"),
        ("Imputation", "account"),
        ("Nombre d’adhérents", "count"),
        ("Téléphone", "contact"),
        ("Nom du président", "contact"),
        ("Nature juridique", "legal"),
        ("Observations", "note"),
        ("Couleur", ""),
        ("", ""),
    ],
)
def test_other_titles_of_the_same_make(title: str, meaning: str) -> None:
    assert titles.read(title).meaning == meaning


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Montant demandé", (ASKED, "grant", "", None, 1)),
        ("Subvention sollicitée 2024", (ASKED, "grant", "", 2024, 1)),
        ("Montant voté (k€)", (VOTED, "grant", "", None, 1000)),
        ("Montant versé en milliers d'euros", (PAID, "grant", "", None, 1000)),
        ("Subvention de fonctionnement", ("", "grant", RUNNING, None, 1)),
        ("Subvention d'investissement 2022", ("", "grant", CAPITAL, 2022, 1)),
        ("Montant du prêt", ("", LOAN, "", None, 1)),
        ("Garantie d'emprunt (montant)", ("", GUARANTEE, "", None, 1)),
        ("Valorisation des avantages en nature", ("", IN_KIND, "", None, 1)),
        ("Budget du projet", ("", "cost", "", None, 1)),
        ("Montant total", ("", "grant", "total", None, 1)),
        ("Montant projet", ("", "grant", "project", None, 1)),
        ("Montant total du projet", ("", "cost", "", None, 1)),
        ("Montant 2022 (M€)", ("", "grant", "", 2022, 1_000_000)),
    ],
)
def test_an_amount_says_which_it_is(title: str, told: tuple[object, ...]) -> None:
    money = titles.read(title).money
    assert (money.stage, money.form, money.part, money.year, money.unit) == told


def test_whose_a_name_is() -> None:
    assert titles.read("Autorité administrative").party == GRANTOR
    assert titles.read("Nom attributaire").party == EITHER
    assert titles.read("Nom").party == ""


@pytest.mark.parametrize("title", ["Nom du bénéficiaire", "Montant voté", "Référence de la décision", "Objet", "Année"])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_capitals_accents_signs_and_twice_encoding_change_nothing(title: str, data: st.DataObject) -> None:
    told = data.draw(st.sampled_from([str.upper, str.lower, str.title, lambda text: text.replace(" ", "_")]))(title)
    told = (
        data.draw(st.sampled_from(["", "* ", "  "])) + told + data.draw(st.sampled_from(["", "*", " (1)", "\n", " :"]))
    )
    if data.draw(st.booleans()):
        told = told.encode("utf-8").decode("latin-1") if "\x80" not in told else told
    assert titles.read(told).meaning == titles.read(title).meaning


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_no_title_makes_it_fall(text: str) -> None:
    assert 0 <= titles.read(text).confidence <= 1
    assert all(words(text))
    assert repaired(repaired(text)) == repaired(text)
