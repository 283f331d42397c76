"""Municipal populations by commune, one column a year (``p13_pop`` … ``p21_pop``)."""

from __future__ import annotations

from typing import Final

from layers.readers import communal
from layers.readers.columns import Column
from layers.readers.reader import Reader

_POPULATION: Final = Column("population", "p21_pop", r"p(\d\d)_pop", many=True)
_MEASURES: Final = (communal.Measured("population", _POPULATION, 0, 20_000_000, whole=True),)

READER: Final = Reader(
    kind="population",
    title="Populations municipales",
    publisher="Insee",
    licence="Insee, réutilisation libre avec mention de la source",
    attribution="Insee, populations municipales",
    caveats=(
        "Populations municipales ramenées par la source à la géographie de son édition.",
        "Une année du recensement est le milieu de cinq ans d’enquêtes : comparer à cinq ans d’écart.",
    ),
    columns=(Column(communal.CODE, "codgeo"), _POPULATION),
    read=communal.read(_MEASURES),
    vintage=communal.vintage(_MEASURES),
)
