"""What the schemas of the API are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}
TEXTS: Schema = {"type": "array", "items": TEXT}
RELEASE: Schema = {"type": "string", "pattern": "^[0-9a-f]{12}$", "description": "Publication lue."}
DEMONSTRATION: Schema = {"type": "boolean", "description": "Vrai si les données sont fictives."}
SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def nullable(schema: Schema) -> Schema:
    """The same, or null."""
    return {**schema, "type": [schema["type"], "null"]}


def listed(items: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": items}


def table(**properties: Schema) -> Schema:
    """An object with exactly these members, all there."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def one(name: str) -> Schema:
    """A reference to one of `SCHEMAS`."""
    return {"$ref": f"#/components/schemas/{name}"}


def optional(schema: Schema, **properties: Schema) -> Schema:
    """The same object with members that may not be there."""
    return {**schema, "properties": {**schema["properties"], **properties}}
