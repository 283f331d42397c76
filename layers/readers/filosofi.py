"""Insee Filosofi by commune: median income, poverty rate, fiscal households and persons; ``s`` is a secret."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from layers.readers import communal, insee_long, proof
from layers.readers.columns import Column
from layers.readers.reader import Reader
from layers.recognition.opening import Table

_WORDS: Final = ("Filosofi", "FILO", "revenu disponible", "revenus disponibles", "niveau de vie", "niveaux de vie")
_DECLARED: Final = ("DEC", "revenus déclarés", "revenu déclaré")


def _is_filosofi(source: Table) -> bool:
    """Whether a table of one variable says that it is of Filosofi; not where incomes are the declared ones."""
    texts = [text.replace("FILO20", "FILO 20") for text in (*proof.around(source), *source.header)]
    return proof.says(texts, _WORDS) and not proof.says(texts, _DECLARED)


READER: Final = Reader(
    kind="filosofi",
    title="Revenus et pauvreté des ménages (Filosofi)",
    publisher="Insee",
    licence="Insee, réutilisation libre avec mention de la source",
    attribution="Insee-DGFiP-Cnaf-Cnav-CCMSA, fichier localisé social et fiscal (Filosofi)",
    caveats=(
        "Une valeur « s » est couverte par le secret statistique : elle n’est pas nulle.",
        "Médianes et taux ne s’additionnent ni ne se moyennent : pas de valeur par territoire.",
        "Revenu disponible par unité de consommation, en euros par an.",
    ),
    columns=communal.columns("median_income", "poverty_rate"),
    read=communal.read,
    vintage=communal.vintage,
)
MEDIAN: Final = replace(READER, columns=communal.columns("median_income"), proof=_is_filosofi)
POVERTY: Final = replace(READER, columns=communal.columns("poverty_rate"), proof=_is_filosofi)
"""The files of distribution (``FILO2021_DISP_COM``, ``…_DISP_PAUVRES_COM``), and tables of one variable."""
LONG: Final = insee_long.reader(
    READER,
    Column("measure", "FILOSOFI_MEASURE"),
    {"MED_SL": communal.MEASURES["median_income"], "PR_MD60": communal.MEASURES["poverty_rate"]},
)
