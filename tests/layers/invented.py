"""Invented rows for the tests of releases: plainly fictitious."""

from __future__ import annotations

import hashlib
from typing import Any

import pandas as pd

from layers import tables as schemas
from layers.account import Account
from layers.merging import Incoming


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def actor(number: int = 1, commune: str = "59350", **changes: Any) -> dict[str, Any]:
    return {
        "actor_id": f"essai:{number}",
        "name": f"Essai {number}",
        "commune": commune,
        "sector": "divers",
        "family": "association",
        "ess": "yes",
        "located_by": "insee",
        "source": "siae",
        "vintage": "2020",
        "year": 2020,
        "file_sha256": sha256("essai.csv"),
        "row": number + 1,
        **changes,
    }


def grant(number: int = 1, cents: int = 150_000, commune: str | None = "59350", **changes: Any) -> dict[str, Any]:
    return {
        "grant_id": f"essai:{number}",
        "name": f"Essai {number}",
        "commune": commune,
        "grantor": "Essai",
        "instrument": "Essai",
        "kind": "paid",
        "year": 2010,
        "amount_cents": cents,
        "source": "jaune",
        "vintage": "2010",
        "file_sha256": sha256("jaune.csv"),
        "row": number + 1,
        **changes,
    }


def tables(
    actors: list[dict[str, Any]] | None = None, grants: list[dict[str, Any]] | None = None
) -> dict[str, pd.DataFrame]:
    return {
        "actors": schemas.build("actors", actors or []),
        "grants": schemas.build("grants", grants or []),
        "observations": schemas.empty("observations"),
    }


def source(kind: str = "siae", vintage: str = "2020", file: str = "essai.csv", **changes: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "title": "Essai",
        "file": file,
        "sha256": sha256(file),
        "publisher": "Essai",
        "licence": "Essai",
        "attribution": "Essai",
        "vintage": vintage,
        "encoding": "utf-8",
        "delimiter": ";",
        "imported": "2026-01-01",
        "caveats": [],
        "account": {"warnings": []},
        **changes,
    }


def delivery(*rows: dict[str, Any], kind: str = "siae", vintage: str = "2020", file: str = "essai.csv") -> Incoming:
    """One file read, all its rows accepted in the Lillois."""
    origin = {"source": kind, "vintage": vintage, "file_sha256": sha256(file)}
    placed = [{**row, **origin} for row in rows]
    name = "grants" if any("grant_id" in row for row in rows) else "actors"
    account = Account(file, kind, sha256(file), "utf-8", ";", vintage, has_amounts=name == "grants")
    for row in placed:
        account.read()
        account.accept("8", row.get("amount_cents", 0))
    return Incoming({name: schemas.build(name, placed)}, account, source(kind, vintage, file))
