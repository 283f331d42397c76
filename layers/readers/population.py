"""Municipal populations by commune: columns of a year (``P21_POP``, ``PMUN``), or Insee's long form."""

from __future__ import annotations

from typing import Final

from layers.readers import communal, insee_long
from layers.readers.columns import Column
from layers.readers.reader import Reader
from layers.recognition.spellings import spelled

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
    columns=communal.columns("population"),
    read=communal.read,
    vintage=communal.vintage,
)
LONG: Final = insee_long.reader(
    READER,
    Column("measure", "POPREF_MEASURE", spelled("POPREF_MEASURE", "RP_MEASURE")),
    dict.fromkeys(("PMUN", "POP"), communal.MEASURES["population"]),
)
"""Reference populations (``DS_POPULATIONS_…``) and the census (``DS_RP_…``)."""
