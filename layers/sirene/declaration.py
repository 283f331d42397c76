"""What Sirene is, for the registry of readers: origin, licence, caveats."""

from __future__ import annotations

from typing import Final

from layers.readers.columns import Column
from layers.readers.intake import Intake, Vintage
from layers.readers.reader import Reader, Records
from layers.readers.vintages import of_list
from layers.sirene.columns import ESTABLISHMENTS, STOCKS, has_units
from layers.unreadable import UnreadableFile

KIND: Final = "sirene"
IN_A_WORKBOOK: Final = "le stock Sirene ne se lit pas dans un classeur, qui n’en tient qu’une partie"
AS_PUBLISHED: Final = (
    "Donner dans la même commande les fichiers StockEtablissement et StockUniteLegale du même mois, tels qu’ils sont "
    "publiés (CSV, ZIP ou Parquet) : « ess fetch sirene » les récupère."
)


def _read(intake: Intake) -> Records:
    if has_units(intake.source.header):
        remedy = "L’enregistrer en CSV ou en Parquet : ses lignes disent l’établissement et son unité légale."
        raise UnreadableFile(intake.source.path, "un extrait de Sirene ne se lit pas dans un classeur", remedy)
    if intake.source.sheets:
        raise UnreadableFile(intake.source.path, IN_A_WORKBOOK, AS_PUBLISHED)
    raise UnreadableFile(
        intake.source.path,
        "un fichier de stock Sirene ne se lit pas seul",
        "Donner dans la même commande les fichiers StockEtablissement et StockUniteLegale du même mois.",
    )


def _vintage(source: object, located: object, year: int | None) -> Vintage:
    return of_list(source, located, year)  # type: ignore[arg-type]


READER: Final = Reader(
    kind=KIND,
    title="Établissements de l’ESS au répertoire Sirene",
    publisher="Insee, Système national d’identification et du répertoire des entreprises et de leurs établissements",
    licence="Licence Ouverte 2.0",
    attribution="Insee, base Sirene des entreprises et de leurs établissements",
    caveats=(
        "Établissements actifs, employeurs ou non. La tranche d’effectifs est une classe, au 31 décembre de l’avant-"
        "dernière année, et jamais un nombre d’emplois.",
        "Une coopérative ou une entreprise de l’ESS en SAS, que sa catégorie juridique ne dit pas, n’est retenue que si"
        " Sirene la dit de l’ESS ou si une liste importée la nomme.",
        "Beaucoup d’associations sans salarié gardent un établissement actif sans activité.",
        "Les unités en diffusion partielle sont comptées, jamais nommées ni placées (article R. 123-232-1 du code de"
        " commerce).",
        "Une personne physique et un organisme de droit public ne sont jamais de l’ESS.",
    ),
    columns=tuple(Column(name, name) for name in STOCKS[ESTABLISHMENTS].required),
    read=_read,
    vintage=_vintage,
)
