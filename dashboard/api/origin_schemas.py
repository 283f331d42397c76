"""JSON Schemas of the origin of a figure."""

from __future__ import annotations

from dashboard.api.shapes import (
    FLAG,
    NUMBER,
    SHA256,
    TEXT,
    WHOLE,
    Schema,
    listed,
    nullable,
    one,
    optional,
    table,
)  # fmt: skip
from layers.dimensions import DIMENSIONS
from layers.series import STATES
from layers.trace import CELLS, COMPUTED, DENOMINATOR, EMBEDDED, NUMERATOR, RECORDS
from layers.trace.origin import DETAILS

_FILE = {"source": TEXT, "file": nullable(TEXT), "file_sha256": nullable(SHA256), "vintage": TEXT, "keyed": FLAG}
_PART = table(
    of={"enum": [NUMERATOR, DENOMINATOR]},
    fact=TEXT,
    kind={
        "enum": [RECORDS, CELLS, EMBEDDED, COMPUTED],
        "description": "Enregistrements, cellules d’un fichier officiel, cellules de la géographie embarquée, ou "
        "calcul à partir des parties qui suivent.",
    },
    code={"type": "string", "description": "Zone de ce qui est additionné."},
    year=nullable(WHOLE),
    total=NUMBER,
    count={"type": "integer", "description": "Enregistrements ou cellules que l’on peut lire."},
    withheld={
        "type": "boolean",
        "description": "Vrai si des cellules sont sous secret : ni données, ni dénombrées.",
    },
    unnamed={
        "type": "integer",
        "description": "Enregistrements d’unités que l’on compte sans les nommer : ni nom, ni numéro, ni lieu, ni "
        "ligne.",
    },
    files=listed(one("File")),
    records=listed(one("Record")),
)
FIGURE: dict[str, Schema] = {
    "indicator": TEXT,
    "code": TEXT,
    "name": TEXT,
    **{key: nullable(TEXT) for key in DIMENSIONS},
    "year": nullable(WHOLE),
    "perimeter": WHOLE,
    "value": nullable(NUMBER),
    "state": {"enum": [*STATES]},
    "numerator": nullable(NUMBER),
    "denominator": nullable(NUMBER),
    "formula": TEXT,
    "parts": {**listed(one("Part")), "description": "Vide si la valeur est sous secret, ou n’est pas là."},
}
SCHEMAS: dict[str, Schema] = {
    "Part": optional(
        _PART,
        page=WHOLE,
        pages=WHOLE,
        next=nullable({"type": "string", "description": "Adresse de la page suivante, sur la même publication."}),
    ),
    "File": table(**_FILE),
    "Record": table(
        name=nullable(TEXT),
        number={"type": ["string", "null"], "description": "SIRET, sinon SIREN ou RNA ; code d’une zone."},
        commune=nullable(TEXT),
        named=FLAG,
        value={"type": "number", "description": "Ce qu’il ajoute à sa partie."},
        **{key: nullable(TEXT) for key in DETAILS},
        lines=listed(one("Line")),
    ),
    "Line": table(
        **_FILE,
        sheet={"type": ["string", "null"], "description": "Feuille, d’un classeur dont on en lit plusieurs."},
        row={"type": ["integer", "null"], "description": "Ligne de la feuille, telle que la lit une personne."},
        text={"type": ["string", "null"], "description": "Ce que dit la ligne, si la publication le garde."},
    ),
}
