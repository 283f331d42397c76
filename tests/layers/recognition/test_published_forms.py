"""Forms of annexes, exports and pivots of administrations: each is read to its euros by year, or asks, or is refused.

Names are invented. What may never happen is another sum in silence, be it of bodies that are not of the ESS.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from geodata import gazetteer, geography
from geodata.attach import Attacher
from layers.recognition.columns import settle
from tests.layers.recognition.published import ASKS, Lines, euros_by_year, written
from tests.layers.recognition.test_published_makes import CELLS, CITIES, EUROS, ROWS

ALL = sum(EUROS)
NAMES = [f"Association fictive {at}" for at in range(ROWS)]


@pytest.fixture(scope="module")
def attacher() -> Attacher:
    return Attacher(gazetteer.load(), geography.load())


def table(header: Sequence[str], *columns: Sequence[object] | str, above: Lines = (), below: Lines = ()) -> Lines:
    """Lines of a table whose first column names who receives; a text is the same in each row."""
    told = [[one] * ROWS if isinstance(one, str) else list(one) for one in columns]
    return [*above, header, *([NAMES[at], *(one[at] for one in told)] for at in range(ROWS)), *below]


def times(factor: float, more: float = 0) -> list[float]:
    return [euros * factor + more for euros in EUROS]


def part(first: int, last: int, *factors: float) -> Lines:
    """Some of the rows under a title, each amount multiplied by each of the factors, and their sub-total."""
    rows = [[NAMES[at], *(EUROS[at] * one for one in factors)] for at in range(first, last)]
    return [["CULTURE"], *rows, ["Sous-total", *(sum(EUROS[first:last]) * one for one in factors)]]


def halves(header: Sequence[str], *factors: float) -> Lines:
    return [header, *part(0, 6, *factors), *part(6, ROWS, *factors), ["TOTAL", *(ALL * one for one in factors)]]


def staged(asked: str, voted: str, paid: str = "") -> Lines:
    """A row for each stage of each grant."""
    told = [(asked, 3), (voted, 1), *([(paid, 0.5)] if paid else [])]
    return [
        ["Association", "Année", "Type de montant", "Montant"],
        *([NAMES[at], 2023, word, EUROS[at] * factor] for at in range(ROWS) for word, factor in told),
    ]


def parted(one: str, other: str) -> Lines:
    """Two parts of one table, each under its title."""
    rows = [[NAMES[at], CITIES[at % 3], EUROS[at]] for at in range(ROWS)]
    return [["Bénéficiaire", "Ville", "Montant"], [one], *rows[:6], [other], *rows[6:]]


FORMS: dict[str, tuple[Lines, dict[int, int]]] = {
    "sub-totals of columns that are not read": (
        halves(["Associations", "Demande", "Proposition", "Vote"], 3, 2, 1),
        {2023: ALL},
    ),
    "sub-totals of accounts too": (halves(["Tiers", "CA 2022", "BP 2023"], 2, 1), {2023: ALL}),
    "sub-totals of members": (halves(["Association", "Nb adhérents", "Accordé"], 2, 1), {2023: ALL}),
    "the annexe of a budget": (
        table(
            ["Nom des bénéficiaires", "Montant du fonds de concours ou de la subvention (numéraire)", "En nature"],
            EUROS,
            times(2),
        ),
        {2023: ALL},
    ),
    "what the Union gives": (
        table(["Bénéficiaire", "Montant UE (€)", "Coût total éligible (€)"], EUROS, times(2)),
        {2023: ALL},
    ),
    "a pivot by year": (
        table(["Associations", "2021", "2022", "Total"], EUROS, times(2), times(3), above=[["Subventions"], []]),
        {2021: ALL, 2022: 2 * ALL},
    ),
    "parts and the total of a year": (
        table(["Association", "Fonctionnement", "Exceptionnel", "Total 2022"], EUROS, times(1, 5), times(2, 5)),
        {2022: 2 * ALL + 5 * ROWS},
    ),
    "a total of two columns with its own words": (
        table(["Association", "Subvention"], EUROS, below=[["Enveloppe attribuée", ALL]]),
        ASKS,
    ),
    "a total in a sentence": (
        table(["Association", "Subvention"], EUROS, below=[["Soit un total de", ALL]]),
        {2023: ALL},
    ),
    "what a line is made of": (
        [
            ["Association", "Montant"],
            *(row for at in range(ROWS) for row in ([NAMES[at], EUROS[at]], ["dont un projet", 9])),
        ],
        {2023: ALL},
    ),
    "a body whose name begins so": (
        [["Association", "Montant"], ["Dont acte, association", 700], *([NAMES[at], EUROS[at]] for at in range(ROWS))],
        {2023: ALL + 700},
    ),
    "columns of parts": (
        table(["Bénéficiaire", "Subvention 2022", "dont acompte versé", "dont solde"], EUROS, times(0.5), times(0.5)),
        {2022: ALL},
    ),
    "asked and voted in rows": (staged("Demandé", "Voté"), {2023: ALL}),
    "proposed, voted and paid in rows": (staged("Proposition", "Vote", "Versement"), {2023: ALL}),
    "money received": (
        table(["Tiers", "Sens", "Montant"], ["Mandat", "Titre"] * (ROWS // 2), EUROS),
        {2023: sum(EUROS[::2])},
    ),
    "purchases among grants": (
        table(["Tiers", "Nature de la dépense", "Montant payé"], ["Subvention", "Marché"] * (ROWS // 2), EUROS),
        {2023: sum(EUROS[::2])},
    ),
    "a loan of rooms told beside": (
        table(["Association", "Subvention (€)", "Aide en nature (description)"], EUROS, "Prêt de salle"),
        {2023: ALL},
    ),
    "years above what was asked and voted": (
        [
            ["Associations sportives", "2021", "", "2022", ""],
            ["Nom", "Demandé", "Attribué", "Demandé", "Attribué"],
            *([NAMES[at], EUROS[at] * 3, EUROS[at], EUROS[at] * 4, EUROS[at] * 2] for at in range(ROWS)),
        ],
        {2021: ALL, 2022: 2 * ALL},
    ),
    "names that no title says to receive": (
        table(["Raison soc.", "Date de vote", "Montant voté"], "45107", EUROS),
        {2023: ALL},
    ),
    "names under a title of grants": (
        table(["Nom", "Montant"], EUROS, above=[["Subventions versées aux associations"], []]),
        {2023: ALL},
    ),
    "last year and the budget": (table(["Nom de l'asso.", "Subv. N-1", "BP 2023"], times(2), EUROS), {2023: ALL}),
    "cut words": (
        table(["Béné.", "Sub. Id", "Mnt Dem.", "Mnt Acc.", "Mnt Vers."], "S12", times(3), EUROS, times(0.5)),
        {2023: ALL},
    ),
    "numbers of the account": (
        table(["Libellé tiers", "N° mandat", "Libellé mandat", "Montant mandaté"], range(100, 112), "Aide", EUROS),
        {2023: ALL},
    ),
    "a day in eight figures": (table(["Benef", "Dt Paiement", "Mt Paye"], "20221231", EUROS), {2022: ALL}),
    "an opinion, then a decision": (
        table(["Bénéficiaire", "Dde 2023", "Avis Com.", "Décision CM"], times(3), times(2), EUROS),
        {2023: ALL},
    ),
    "guarantees under their title": (
        parted("Subventions versées", "II. Garanties d’emprunt"),
        {2023: sum(EUROS[:6])},
    ),
    "in kind under its title": (parted("Numéraire", "Prestations en nature"), {2023: sum(EUROS[:6])}),
    "refused under its title": (parted("Dossiers acceptés", "Demandes refusées"), {2023: sum(EUROS[:6])}),
    "themes under their titles": (parted("Sport", "Culture"), {2023: ALL}),
    "which way money goes by a letter": (table(["Tiers", "Sens", "Montant"], ["D", "R"] * (ROWS // 2), EUROS), ASKS),
    "committed and paid in rows": (staged("Demande", "Engagement", "Mandatement"), {2023: ALL}),
    "a budget by label": (
        [["Libellé", "BP 2022", "BP 2023"], *([f"Charges {at}", 9, 10 + at] for at in range(9))],
        ASKS,
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_read_to_its_euros_or_asks(name: str, tmp_path: Path, attacher: Attacher) -> None:
    lines, wanted = FORMS[name]
    assert euros_by_year(written(tmp_path / "releve_2023.csv", lines), attacher) == wanted


BOOKS: dict[str, tuple[tuple[tuple[str, str, int, int], ...], dict[int, int]]] = {
    "guarantees": ((("Garanties d’emprunt", "Montant", 9, 0), ("Subventions", "Montant", 1, 0)), {2023: ALL}),
    "requests": ((("Demandes", "Montant demandé", 3, 0), ("Votes", "Montant voté", 1, 0)), {2023: ALL}),
    "versions": ((("V1", "Montant voté", 1, 0), ("V2 définitive", "Montant voté", 1, 50)), ASKS),
}
"""Sheets by name: the title of their amounts, by what these are multiplied, what the first has more."""


@pytest.mark.parametrize("name", BOOKS)
def test_a_sheet_is_what_its_name_and_its_titles_say(name: str, tmp_path: Path, attacher: Attacher) -> None:
    sheets, wanted = BOOKS[name]
    book = openpyxl.Workbook()
    for called, title, factor, more in sheets:
        sheet = book.create_sheet(called)
        sheet.append(["Bénéficiaire", "Ville", title])
        for at in range(ROWS):
            sheet.append([NAMES[at], CITIES[at % 3], EUROS[at] * factor + more * (at == 0)])
    book.remove(book.active)
    book.save(path := tmp_path / "releve_2023.xlsx")
    assert euros_by_year(path, attacher) == wanted


OTHERS = {
    **CELLS,
    "number": [str(1000 + at) for at in range(ROWS)],
    "account": ["65748"] * ROWS,
    "place": [f"{at} rue fictive {CITIES[at % 3]}" for at in range(ROWS)],
}


@pytest.mark.parametrize(
    ("title", "cells", "meaning", "stage", "form"),
    [
        ("Vote CP 12/03/2023", "amount", "amount", "voted", "grant"),
        ("Aide accordée par la CP", "amount", "amount", "voted", "grant"),
        ("CP 2023", "amount", "amount", "paid", "grant"),
        ("Arbitrage 2023", "amount", "amount", "voted", "grant"),
        ("Décision du conseil", "amount", "amount", None, "grant"),
        ("Subvention Région", "amount", "amount", None, "grant"),
        ("Aide départementale", "amount", "amount", None, "grant"),
        ("Montant programmé", "amount", "amount", None, "grant"),
        ("Aide UE", "amount", "amount", None, "grant"),
        ("Mnt Dem.", "amount", "amount", "asked", "grant"),
        ("Mt acc.", "amount", "amount", "voted", "grant"),
        ("Prop. élu", "amount", "amount", "proposed", "grant"),
        ("Rappel 2022", "amount", "amount", None, "previous"),
        ("Pour mémoire", "amount", "amount", None, "previous"),
        ("Coût du projet", "amount", "amount", None, "cost"),
        ("Budget de l’action", "amount", "amount", None, "cost"),
        ("Solde à verser", "amount", "amount", None, "rest"),
        ("Mise à dispo. salles", "amount", "amount", None, "in_kind"),
        ("Valeur locative des locaux", "amount", "amount", None, "in_kind"),
        ("Aides indirectes", "amount", "amount", None, "in_kind"),
        ("N° d’engagement", "number", "reference", None, None),
        ("Code aide", "number", "reference", None, None),
        ("Ligne de crédit", "account", "account", None, None),
        ("Intitulé du dossier", "purpose", "purpose", None, None),
        ("Libellé mandat", "purpose", "purpose", None, None),
        ("Utilisation de la subvention", "purpose", "purpose", None, None),
        ("Siège social", "place", "address", None, None),
        ("Divers", "amount", "", None, None),
    ],
)
def test_a_title_is_told_beside_usual_ones(
    title: str, cells: str, meaning: str, stage: str | None, form: str | None
) -> None:
    usual = {"name": "Nom du bénéficiaire", "siret": "SIRET", "amount": "Montant accordé"}
    told = settle([*usual.values(), title], list(zip(*(OTHERS[key] for key in (*usual, cells)), strict=True)))
    assert [one.meaning for one in told] == [*usual, meaning]
    assert stage is None or told[-1].money.stage == stage
    assert form is None or told[-1].money.form == form
