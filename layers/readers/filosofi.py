"""Insee Filosofi by commune: median income, poverty rate, fiscal households and persons; ``s`` is a secret."""

from __future__ import annotations

from typing import Final

from layers.readers import communal, insee_long
from layers.readers.reader import Reader

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
LONG: Final = insee_long.reader(
    READER,
    "FILOSOFI_MEASURE",
    "filosofi_measure",
    {"MED_SL": communal.MEASURES["median_income"], "PR_MD60": communal.MEASURES["poverty_rate"]},
)
