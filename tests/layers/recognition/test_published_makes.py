"""Grants in the forms in which administrations publish them: each is read to its euros by year, or it asks or refuses.

Names are invented, communes are real. What may never happen is another sum in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from geodata import gazetteer, geography
from geodata.attach import Attacher
from layers.recognition.columns import settle
from tests.layers.readers.fictitious import siret
from tests.layers.recognition.published import ASKS, Lines, euros_by_year, written

CITIES = ("Roubaix", "Lille", "Tourcoing")
EUROS = (500, 800, 1500, 2500, 700, 12_000, 340, 950, 4_100, 620, 1_250, 90)
ALL = sum(EUROS)


@pytest.fixture(scope="module")
def attacher() -> Attacher:
    return Attacher(gazetteer.load(), geography.load())


def table(header: Sequence[str], *columns: Sequence[object] | str, above: Lines = (), below: Lines = ()) -> Lines:
    """Lines of a table whose first two columns name who receives and where; a text is the same in each row."""
    told = [[one] * len(EUROS) if isinstance(one, str) else list(one) for one in columns]
    rows = [[f"Association fictive {at}", CITIES[at % 3], *(one[at] for one in told)] for at in range(len(EUROS))]
    return [*above, ["Association", "Commune", *header], *rows, *below]


def times(factor: float, more: float = 0) -> list[float]:
    return [euros * factor + more for euros in EUROS]


def kilo() -> list[str]:
    return [f"{euros / 1000:.3f}".replace(".", ",") for euros in EUROS]


def only(*words: str) -> list[str]:
    """A word of *words* by row, in turn."""
    return [words[at % len(words)] for at in range(len(EUROS))]


def share(*kept: int, of: int) -> int:
    """Euros of the rows that are at these places among *of*."""
    return sum(euros for at, euros in enumerate(EUROS) if at % of in kept)


HALVES: Lines = [
    ["Organisme", "Commune", "Subvention"],
    ["Associations culturelles", "", sum(EUROS[:6])],
    *[[f"Association fictive {at}", "Lille", EUROS[at]] for at in range(6)],
    ["Associations sportives", "", sum(EUROS[6:])],
    *[[f"Association fictive {at}", "Roubaix", EUROS[at]] for at in range(6, 12)],
]
MADE: dict[str, tuple[Lines, dict[int, int]]] = {
    "totals above their rows": (HALVES, {2023: ALL}),
    "refused requests": (
        table(["Montant", "Décision"], EUROS, only("Accordé", "Refusé", "Ajourné")),
        {2023: share(0, of=3)},
    ),
    "an opinion": (
        table(["Montant de la subvention", "Avis"], EUROS, only("Favorable", "Défavorable")),
        {2023: share(0, of=2)},
    ),
    "a state of the request": (
        table(["Montant voté", "État du dossier"], EUROS, only("Soldé", "Annulé", "En cours", "Sans suite")),
        {2023: share(0, 2, of=4)},
    ),
    "agreed or not": (
        table(["Montant de la subvention", "Projet retenu ?"], EUROS, only("Oui", "Non")),
        {2023: share(0, of=2)},
    ),
    "a code that says it": (table(["Montant", "Statut"], EUROS, only("A", "R")), ASKS),
    "what the project costs": (table(["Montant du projet", "Aide Caf fonctionnement"], times(5), EUROS), ASKS),
    "forms of aid": (
        table(["Type de concours", "Montant"], only("Subvention", "Prêt", "Garantie d’emprunt"), EUROS),
        {2023: share(0, of=3)},
    ),
    "advances and staff": (
        table(
            ["Modalité de l’aide", "Montant"], only("Subvention", "Avance de trésorerie", "Mise à disposition"), EUROS
        ),
        {2023: share(0, of=3)},
    ),
    "loans told by the scheme": (
        table(["Dispositif", "Montant"], only("Aide aux projets", "Prêt d’honneur"), EUROS),
        {2023: share(0, of=2)},
    ),
    "a guarantee beside": (table(["Aide accordée", "Capital garanti"], EUROS, times(9)), {2023: ALL}),
    "another currency": (table(["Montant (en francs)"], EUROS), ASKS),
    "day of creation": (table(["Date de création", "Montant attribué"], "12/03/2011", EUROS), {2023: ALL}),
    "year of creation": (table(["Année de création", "Montant attribué"], "2011", EUROS), {2023: ALL}),
    "day of the request": (
        table(["Date de réception", "Date du vote", "Montant"], "15/10/2021", "12/06/2022", EUROS),
        {2022: ALL},
    ),
    "year of the request": (
        table(["Année de la demande", "Année d’attribution", "Montant"], "2021", "2022", EUROS),
        {2022: ALL},
    ),
    "last year again": (table(["Subvention N-1", "Demande N", "Vote N"], times(2), times(3), EUROS), {2023: ALL}),
    "a year before": (table(["Montant de l’année précédente", "Montant"], times(2), EUROS), {2023: ALL}),
    "bare years": (table(["2021", "2022"], EUROS, times(2)), {2021: ALL, 2022: 2 * ALL}),
    "accounts and budget": (table(["CA 2021", "BP 2022"], times(2), EUROS), {2022: ALL}),
    "what is left": (table(["Engagé", "Mandaté", "Reste à payer"], EUROS, times(0.5), times(0.5)), {2023: ALL}),
    "a sum over years": (table(["Versé", "Cumul depuis 2015"], EUROS, times(6)), {2023: ALL}),
    "a mean": (table(["Subvention", "Montant moyen par adhérent"], EUROS, times(0.01, 1)), {2023: ALL}),
    "instalments without total": (table(["1er versement", "2e versement"], EUROS, times(0.5)), ASKS),
    "several who give": (table(["Accordé État", "Accordé Ville"], EUROS, times(0.5)), ASKS),
    "commitments and payments": (table(["Montant AE", "Montant CP"], times(1), times(0.5)), {2023: ALL}),
    "a sitting in the title": (table(["Montant CP du 12/06/2022"], EUROS), {2022: ALL}),
    "thousands in a note": (
        table(["Montant"], kilo(), below=[["Note : montants exprimés en milliers d’euros"]]),
        {2023: ALL},
    ),
    "thousands by a letter": (table(["Mt KE"], kilo()), {2023: ALL}),
    "what an expense is worth": (table(["Dépense retenue", "Aide notifiée (€)"], times(4), EUROS), {2023: ALL}),
    "an exceptional part": (table(["Fonctionnement", "Exceptionnelle"], EUROS, times(0.5)), {2023: ALL + ALL // 2}),
    "only proposed": (table(["Montant préconisé"], EUROS), ASKS),
    "only wished": (table(["Besoin exprimé (€)"], EUROS), ASKS),
}


@pytest.mark.parametrize("name", MADE)
def test_a_published_make_is_read_to_its_euros_or_asks(name: str, tmp_path: Path, attacher: Attacher) -> None:
    lines, wanted = MADE[name]
    assert euros_by_year(written(tmp_path / "subventions_2023.csv", lines), attacher) == wanted


ROWS = len(EUROS)
CELLS: dict[str, list[str]] = {
    "name": [f"Association fictive {at}" for at in range(ROWS)],
    "siret": [siret(at + 1) for at in range(ROWS)],
    "grantor": ["Ville de Roubaix"] * ROWS,
    "grantor_siret": ["21590512600017"] * ROWS,
    "amount": [str(euros) for euros in EUROS],
    "date": [f"{at + 10}/06/2023" for at in range(ROWS)],
    "purpose": [f"Atelier fictif {at % 5}" for at in range(ROWS)],
    "city": [CITIES[at % 3] for at in range(ROWS)],
    "rna": [f"W5910{at:05d}" for at in range(ROWS)],
    "scheme": ["Culture", "Sport", "Jeunesse"] * (ROWS // 3),
    "nature": ["Subvention", "Subvention", "Prêt"] * (ROWS // 3),
}
USUAL = {"name": "Nom du bénéficiaire", "siret": "SIRET", "amount": "Montant accordé", "date": "Date", "city": "Ville"}


@pytest.mark.parametrize(
    ("title", "meaning", "stage"),
    [
        ("Collectivité bénéficiaire", "name", None),
        ("Porteur de projet", "name", None),
        ("NOM_ORGA", "name", None),
        ("Gestionnaire", "name", None),
        ("Bénéficiaire de la subvention", "name", None),
        ("N° préfecture", "rna", None),
        ("Personne publique qui attribue", "grantor", None),
        ("Entité versante", "grantor", None),
        ("Id. de l’organisme qui verse (SIRET)", "grantor_siret", None),
        ("Montant préconisé", "amount", "proposed"),
        ("Prop. service", "amount", "proposed"),
        ("Décision CP (€)", "amount", ""),
        ("Montant notifié", "amount", ""),
        ("CP 2023", "amount", "paid"),
        ("Versement 2023", "amount", "paid"),
        ("Date de notification", "date", None),
        ("Date d’attribution", "date", None),
        ("Nature du projet", "purpose", None),
        ("Destination", "purpose", None),
        ("Appel à projets", "scheme", None),
        ("Cadre", "scheme", None),
        ("Forme de l’aide", "nature", None),
        ("Nature juridique de l’aide", "nature", None),
    ],
)
def test_a_title_of_another_make_is_told_with_the_cells_below_it(title: str, meaning: str, stage: str | None) -> None:
    names = {**{key: name for key, name in USUAL.items() if key != meaning}, meaning: title}
    told = settle(list(names.values()), list(zip(*(CELLS[key] for key in names), strict=True)))
    found = {one.name: one for one in told}
    assert found[title].meaning == meaning
    assert stage is None or found[title].money.stage == stage
    assert {found[name].meaning for key, name in USUAL.items() if key != meaning} == USUAL.keys() - {meaning}
