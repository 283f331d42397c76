"""A clean table of grants, and the ways in which people send it: other titles, orders, signs, lines, totals, sheets."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

from tests.layers.readers.fictitious import siret

COMMUNES = (("59512", "59100", "Roubaix"), ("59350", "59000", "Lille"), ("59599", "59200", "Tourcoing"))
NAMES = ("Association des Fictifs", "Association L’Invention", "Association Les Essais réunis", "Association du Modèle")
PURPOSES = ("Fonctionnement", "Festival d’été", "Ateliers, sorties et repas", "Achat de matériel (bis)")


@dataclass(frozen=True)
class Grant:
    """One grant of the clean table."""

    name: str
    siret: str
    commune: tuple[str, str, str]
    purpose: str
    cents: int
    year: int


TITLES: dict[str, Sequence[str]] = {
    "grantor": ("nomAttribuant", "Attribuant", "Collectivité", "COLL_NOM", "Nom de l'attribuant", "Financeur"),
    "name": ("nomBeneficiaire", "Bénéficiaire", "Nom de l’association", "ATTRIB_NOM", "Raison sociale", "Organisme"),
    "siret": ("idBeneficiaire", "N° SIRET", "SIRET du bénéficiaire", "Siret", "ATTRIB_SIRET"),
    "city": ("Commune", "Ville", "VILLE", "Localité"),
    "postcode": ("CP", "Code postal", "code_postal"),
    "purpose": ("objet", "Objet de la subvention", "Intitulé du projet", "SUB_OBJET"),
    "amount": ("montant", "Montant accordé", "Montant voté (€)", "MT_SUBV", "Subvention accordée", "Somme attribuée"),
    "date": ("dateConvention", "Date de décision", "Date du conseil", "ACTE_DATE"),
    "year": ("exercice", "Année", "ANNEE"),
}
AMOUNTS: Sequence[Callable[[int], str]] = (
    lambda cents: f"{cents / 100:.2f}",
    lambda cents: f"{cents / 100:.2f}".replace(".", ","),
    lambda cents: f"{cents / 100:,.2f}".replace(",", " ").replace(".", ","),
    lambda cents: f"{cents / 100:,.2f}".replace(",", "\u202f").replace(".", ",") + " €",
    lambda cents: f"{cents / 100:,.2f}".replace(",", "'"),
)


@dataclass
class Disguise:
    """A table as it is sent: its rows of cells, the header among them, and how it was made."""

    path: Path
    how: list[str] = field(default_factory=list)


def grants(chance: random.Random) -> list[Grant]:
    """A clean table, whose rows all differ."""
    return [
        Grant(
            f"{chance.choice(NAMES)} {number}",
            siret(100 + number),
            chance.choice(COMMUNES),
            chance.choice(PURPOSES),
            chance.choice((chance.randrange(1, 90_000) * 100, chance.randrange(1000, 9_000_000))),
            2023,
        )
        for number in range(chance.randrange(2, 14))
    ]


def disguise(clean: Sequence[Grant], chance: random.Random, folder: Path) -> Disguise:
    """The clean table, written in one of the ways that are met."""
    keys = ["name", "amount", "purpose", *chance.choice((["siret"], ["city"], ["postcode", "city"], ["siret", "city"]))]
    keys += chance.choice(([], ["grantor"])) + chance.choice(([], ["date"], ["year"]))
    chance.shuffle(keys)
    how = [f"columns {','.join(keys)}"]
    written = chance.choice(AMOUNTS)
    header = [chance.choice(TITLES[key]) for key in keys]
    rows = [[_cell(key, grant, written) for key in keys] for grant in clean]
    for name, change in _CHANGES:
        if chance.random() < 0.25:
            header, rows = change(header, rows, keys, chance, written, clean)
            how.append(name)
    above = chance.choice(([], [["Subventions 2023"]], [["Ville fictive"], [], ["État au 31/12/2023"]]))
    lines = [*above, header, *rows]
    return Disguise(_written(lines, chance, folder, how), how)


def _cell(key: str, grant: Grant, written: Callable[[int], str]) -> str:
    return {
        "grantor": "Métropole européenne de Lille",
        "name": grant.name,
        "siret": grant.siret,
        "city": grant.commune[2],
        "postcode": grant.commune[1],
        "purpose": grant.purpose,
        "amount": written(grant.cents),
        "date": f"{10 + grant.cents % 18}/06/{grant.year}",
        "year": str(grant.year),
    }[key]


Lines = list[list[str]]
Changed = tuple[list[str], Lines]


def _total(
    header: list[str],
    rows: Lines,
    keys: list[str],
    _chance: random.Random,
    written: Callable[[int], str],
    clean: Sequence[Grant],
) -> Changed:
    total = [{"name": "TOTAL", "amount": written(sum(one.cents for one in clean))}.get(key, "") for key in keys]
    return header, [*rows, total]


def _note(header: list[str], rows: Lines, *_rest: object) -> Changed:
    return header, [*rows, [""] * len(header), ["Source : service fictif", *[""] * (len(header) - 1)]]


def _repeated(header: list[str], rows: Lines, *_rest: object) -> Changed:
    return header, [*rows[: len(rows) // 2], header, *rows[len(rows) // 2 :]]


def _blank(header: list[str], rows: Lines, *_rest: object) -> Changed:
    return header, [line for row in rows for line in (row, [""] * len(header))]


def _asked(header: list[str], rows: Lines, keys: list[str], *_rest: object) -> Changed:
    at = keys.index("amount")
    more = ["Montant demandé", *header], [["99 999", *row] for row in rows]
    return more if at >= 0 else (header, rows)


def _guarantee(header: list[str], rows: Lines, *_rest: object) -> Changed:
    return [*header, "Montant de la garantie d’emprunt"], [
        [*row, "" if at % 2 else "500000"] for at, row in enumerate(rows)
    ]


_CHANGES: Sequence[tuple[str, Callable[..., Changed]]] = (
    ("blank lines", _blank),
    ("header repeated", _repeated),
    ("total", _total),
    ("note", _note),
    ("asked beside", _asked),
    ("guarantee beside", _guarantee),
)


def _written(lines: Lines, chance: random.Random, folder: Path, how: list[str]) -> Path:
    if chance.random() < 0.3:
        path = folder / "subventions_2023.xlsx"
        how.append("workbook")
        with xlsxwriter.Workbook(str(path)) as book:
            if chance.random() < 0.3:
                book.add_worksheet("Lisez-moi").write_column(0, 0, ["Fichier fictif", "du producteur"])
                how.append("readme sheet")
            sheet = book.add_worksheet("Données")
            for at, row in enumerate(lines):
                for place, text in enumerate(row):
                    sheet.write_string(at, place, text)
        return path
    delimiter = chance.choice(";,\t|")
    encoding = chance.choice(("utf-8", "utf-8-sig", "cp1252", "utf-16"))
    how.append(f"text {delimiter!r} {encoding}")
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
    path = folder / "subventions_2023.csv"
    text = out.getvalue() if encoding != "cp1252" else out.getvalue().replace("\u202f", "\u00a0")
    path.write_bytes(text.encode(encoding))
    return path
