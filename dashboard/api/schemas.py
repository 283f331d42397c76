"""JSON Schemas of the answers, for the OpenAPI document; a test checks every answer against its own."""

from __future__ import annotations

from dashboard.api import origin_schemas
from dashboard.api.problems import SCHEMA as PROBLEM
from dashboard.api.records import COLUMNS
from dashboard.api.shapes import (
    DEMONSTRATION,
    FLAG,
    NUMBER,
    RELEASE,
    TEXT,
    TEXTS,
    WHOLE,
    Schema,
    listed,
    nullable,
    one,
    optional,
    table,
)  # fmt: skip
from layers.account import OUTCOMES
from layers.dimensions import DIMENSIONS
from layers.ess import FAMILIES, SECTORS
from layers.series import LEVELS, STATES
from layers.stages import MEASURED


def answer(**properties: Schema) -> Schema:
    """An answer: release and demonstration flag, then the rest."""
    return table(release=RELEASE, demonstration=DEMONSTRATION, **properties)


_SLUGS = {"sector": [*SECTORS], "family": [*FAMILIES]}
_WHOLE = ("year", "row")
_NUMBERS = ("longitude", "latitude")
_ALWAYS = (
    "actor_id",
    "grant_id",
    "name",
    "ess",
    "grantor",
    "instrument",
    "kind",
    "source",
    "sources",
    "vintage",
    "file_sha256",
)


def _column(name: str) -> Schema:
    if name in _SLUGS:
        return {"type": ["string", "null"], "enum": [*_SLUGS[name], None]}
    if name in _WHOLE:
        return WHOLE
    if name in _NUMBERS:
        return nullable(NUMBER)
    return TEXT if name in _ALWAYS else nullable(TEXT)


def _record(what: str) -> Schema:
    kept = {name: _column(name) for name in COLUMNS[what] if name != "amount_cents"}
    if what == "grants":
        hidden = {"type": "boolean", "description": "Vrai si le bénéficiaire est compté sans être nommé."}
        kept |= {"grant_id": nullable(TEXT), "row": nullable(WHOLE), "unnamed": hidden}
    amount = {"amount": {"type": "number", "description": "Euros."}} if what == "grants" else {}
    return table(**kept, **amount, commune_name=nullable(TEXT), territory=nullable(TEXT))


def _page(what: str, **sums: Schema) -> Schema:
    return answer(
        year=nullable(WHOLE),
        **sums,
        count=WHOLE,
        page=WHOLE,
        pages=WHOLE,
        next=nullable({"type": "string", "description": "Adresse de la page suivante, sur la même publication."}),
        records=listed(one(what)),
    )


_PLACE = table(code=TEXT, name=TEXT, territory=TEXT, population=WHOLE, area_km2=NUMBER)
_ZONE: Schema = {
    "description": "Zone d’emploi de la commune, nulle tant qu’aucun fichier ne la donne ; communes seulement.",
    "anyOf": [table(code=TEXT, name=TEXT, year=WHOLE), {"type": "null"}],
}
_FEATURE = table(
    type={"const": "Feature"},
    id=TEXT,
    properties={**_PLACE, "properties": {**_PLACE["properties"], "employment_zone": _ZONE}},
    geometry={
        "type": "object",
        "properties": {"type": {"enum": ["Polygon", "MultiPolygon"]}, "coordinates": {"type": "array"}},
        "required": ["type", "coordinates"],
    },
)

_SOURCE: Schema = {
    "sha256": {**TEXT, "description": "Empreinte du fichier ; HMAC-SHA-256 si `keyed` est vrai : il est sous secret."},
    "keyed": {"type": "boolean"},
    "account": {"anyOf": [one("Account"), {"type": "null"}]},
}
_MANIFEST: Schema = {
    "type": "object",
    "description": "Sources, licences, empreintes, comptes de lignes, rejets et réserves d’une publication.",
    "properties": {
        "id": RELEASE,
        "published": nullable({"type": "string", "format": "date-time"}),
        "demonstration": DEMONSTRATION,
        "parent": nullable(RELEASE),
        "software": TEXT,
        "caveats": TEXTS,
        "geography": {"type": "object"},
        "tables": {"type": "object"},
        "sources": listed({"type": "object", "properties": _SOURCE}),
    },
    "required": ["id", "published", "demonstration", "sources", "tables", "geography"],
}

_ACCOUNT: Schema = {
    "type": "object",
    "description": "Ce que sont devenues les lignes d’un fichier : la somme des comptes est celle des lignes lues.",
    "properties": {"rows_read": WHOLE, **{f"rows_{outcome}": WHOLE for outcome in OUTCOMES}},
}

_BREAK = table(
    key=TEXT,
    before=WHOLE,
    after=WHOLE,
    sentence={"type": "string", "description": "Ce qui rompt la série : rien d’un côté ne se compare à l’autre."},
    reference=TEXT,
)

_INDICATOR = table(
    key=TEXT,
    label=TEXT,
    group=TEXT,
    unit=TEXT,
    kind={"enum": ["count", "amount", "ratio", "level"]},
    definition=TEXT,
    formula=TEXT,
    numerator=TEXT,
    denominator=nullable(TEXT),
    scale=NUMBER,
    digits={"type": "integer", "description": "Décimales affichées ; l’API ne les arrondit pas."},
    source=TEXT,
    vintages=TEXTS,
    years=listed(WHOLE),
    levels=listed({"enum": [*LEVELS]}),
    sectors=TEXTS,
    families=TEXTS,
    filters={
        "type": "object",
        "description": "Valeurs de chaque filtre que la publication permet à cet indicateur.",
        "properties": {key: listed(table(value=TEXT, label=TEXT)) for key in DIMENSIONS},
        "additionalProperties": False,
    },
    secrecy=FLAG,
    caveat=TEXT,
    breaks=listed(_BREAK),
    available=FLAG,
)

_CHANGE = table(
    **{"from": nullable({"type": "number", "description": "Valeur de la plus ancienne des deux années."})},
    absolute=nullable(NUMBER),
    percent=nullable(
        {
            "type": "number",
            "description": "Nul de zéro, ou de trop peu pour qu’un pourcentage dise autre chose que le hasard.",
        }
    ),
    state={"enum": [*STATES], "description": "« zero » : rien n’a changé ; « missing » aussi à travers une rupture."},
)
_BETWEEN = table(**{"from": WHOLE}, to=WHOLE, breaks=TEXTS)

_VALUE = table(
    code={
        "type": "string",
        "description": "Code du territoire ou de la commune ; « mel » pour la métropole.",
    },
    name=TEXT,
    value=nullable(NUMBER),
    state={"enum": [*STATES], "description": "Nombre, vrai zéro, secret statistique, ou donnée absente."},
    numerator=nullable(NUMBER),
    denominator=nullable(NUMBER),
    disputed={
        "type": ["boolean", "null"],
        "description": "Vrai si la valeur est contestée, sans réponse : « disputes » dit depuis quand, et où le lire. "
        "Nul si les contestations n’ont pas pu être lues.",
    },
)
_VALUE = optional(
    _VALUE,
    change={**_CHANGE, "description": "Évolution, avec le paramètre « compare »."},
    origin={
        **table(parts=listed(one("Part")), address={"type": "string", "format": "uri-reference"}),
        "description": "Ce dont la valeur est faite, avec « origin=1 » : les premiers enregistrements, et l’adresse de "
        "tous.",
    },
)

_DISPUTE = table(
    code={"type": "string", "description": "Zone dont la valeur est contestée."},
    year=nullable(WHOLE),
    release={"type": "string", "description": "Publication où la valeur a été lue."},
    date={"type": "string", "format": "date"},
    address={"type": "string", "format": "uri-reference", "description": "Page de la contestation et de sa réponse."},
)

_SERIES = table(
    indicator=TEXT,
    label=TEXT,
    kind=TEXT,
    unit=TEXT,
    level={"enum": [*LEVELS]},
    **{key: nullable(TEXT) for key in DIMENSIONS},
    territory=nullable(TEXT),
    year=nullable(WHOLE),
    denominator_year=nullable(WHOLE),
    perimeter=WHOLE,
    release=RELEASE,
    demonstration=DEMONSTRATION,
    source={"type": "string", "description": "Natures des fichiers du numérateur."},
    vintage=TEXT,
    sources=listed(
        table(
            of={"enum": ["numerator", "denominator"]},
            kind=TEXT,
            title=TEXT,
            vintage=TEXT,
            publisher=TEXT,
            licence=TEXT,
        )
    ),
    notes=TEXTS,
    breaks=listed(_BREAK),
    unlocated={
        "type": "number",
        "description": "Part du numérateur sans commune ou multi-territoires, répartie nulle part.",
    },
    disputes={
        **nullable(listed(one("Dispute"))),
        "description": "Contestations sans réponse des valeurs de cette réponse ; nul si elles n’ont pas pu être lues.",
    },
    total=one("Value"),
    values=listed(one("Value")),
)

SCHEMAS: dict[str, Schema] = {
    **origin_schemas.SCHEMAS,
    "Origin": answer(**origin_schemas.FIGURE),
    "Areas": table(
        type={"const": "FeatureCollection"},
        release=RELEASE,
        demonstration=DEMONSTRATION,
        perimeter=WHOLE,
        population_year=WHOLE,
        attributions=TEXTS,
        features=listed(one("Area")),
    ),
    "Area": _FEATURE,
    "Indicators": answer(indicators=listed(one("Indicator"))),
    "Indicator": _INDICATOR,
    "Series": optional(_SERIES, change=_BETWEEN),
    "Value": _VALUE,
    "Dispute": _DISPUTE,
    "Actors": _page("Actor"),
    "Actor": _record("actors"),
    "Grants": _page(
        "Grant",
        stage={"type": ["string", "null"], "enum": [*MEASURED, None], "description": "Stade auquel l’année se mesure."},
        amount_total={"type": "number", "description": "Euros des subventions de ce stade, et d’elles seules."},
    ),
    "Grant": _record("grants"),
    "Releases": answer(releases=listed(one("Manifest"))),
    "Manifest": _MANIFEST,
    "Account": _ACCOUNT,
    "Document": {"type": "object", "description": "Ce document."},
    "Problem": PROBLEM,
}
