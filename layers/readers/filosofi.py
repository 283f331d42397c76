"""Insee Filosofi by commune: median income, poverty rate, fiscal households and persons; ``s`` is a secret."""

from __future__ import annotations

from typing import Final

from layers.readers import communal
from layers.readers.columns import Column
from layers.readers.reader import Reader

_MEDIAN: Final = Column("median", "MED21", r"med(\d\d)", many=True)
_POVERTY: Final = Column("poverty", "TP6021", r"tp60(\d\d)", many=True)
_HOUSEHOLDS: Final = Column("households", "NBMENFISC21", r"nbmenfisc(\d\d)", required=False, many=True)
_PERSONS: Final = Column("persons", "NBPERSMENFISC21", r"nbpersmenfisc(\d\d)", required=False, many=True)

_MEASURES: Final = (
    communal.Measured("median_income", _MEDIAN, 1_000, 200_000),
    communal.Measured("poverty_rate", _POVERTY, 0, 100),
    communal.Measured("fiscal_households", _HOUSEHOLDS, 0, 10_000_000),
    communal.Measured("fiscal_persons", _PERSONS, 0, 20_000_000),
)

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
    columns=(Column(communal.CODE, "CODGEO"), _MEDIAN, _POVERTY, _HOUSEHOLDS, _PERSONS),
    read=communal.read(_MEASURES),
    vintage=communal.vintage(_MEASURES),
)
