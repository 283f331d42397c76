"""Records of the actors table, from the establishments that the rule keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from layers import ess_rule
from layers.ape import ape_code
from layers.ess import sector_of
from layers.size_classes import sirene_class

if TYPE_CHECKING:
    from layers.ess_rule import Judgement

NOT_DIFFUSED: Final = "[ND]"
UNKNOWN_DATE: Final = "1900-01-01"
PARTIAL: Final = "P"


def judged(candidates: pd.DataFrame, listed: Mapping[str, str]) -> list[Judgement]:
    """The rule on each row, whether or not it is active: closures are told apart afterwards."""
    return [
        ess_rule.judge(category, ape, flag, listed.get(siren, "").split())
        for category, ape, flag, siren in zip(
            *(_texts(candidates, name) for name in ("legal_category", "ape", "flag", "siren")), strict=True
        )
    ]


def active(candidates: pd.DataFrame) -> pd.Series:
    """Whether establishment and legal unit are."""
    return (candidates["state"].fillna("") == "A") & (candidates["unit_state"].fillna("") == "A")


def record(row: Mapping[str, Any], judgement: Judgement, origin: Mapping[str, object]) -> dict[str, object]:
    """One row of the actors table; a unit in partial diffusion keeps neither name nor point."""
    partial = PARTIAL in (row["diffusion"], row["unit_diffusion"])
    return {
        "actor_id": f"sirene:{row['siret']}",
        "siret": row["siret"],
        "siren": row["siren"],
        "rna": row["rna"],
        "name": "" if partial else _name(row),
        "commune": row["commune"],
        "sector": sector_of(row["ape"]),
        "family": judgement.family,
        "ess": judgement.ess,
        "size_class": sirene_class(row["size_class"]),
        "located_by": "insee",
        "legal_category": row["legal_category"],
        "ape": ape_code(row["ape"]),
        "ape_2025": ape_code(row["ape_2025"]),
        "created": _date(row["created"]),
        "diffusion": PARTIAL if partial else "O",
        "reasons": " ".join(judgement.reasons) or None,
        "conflict": judgement.conflict,
        "priority_area": row.get("priority_area"),
        "priority_status": row.get("priority_status"),
        **({"position": "commune"} if partial else _position(row)),
        **origin,
    }


def _name(row: Mapping[str, Any]) -> str:
    """Official name of the legal unit, with the sign of the establishment where it says more."""
    unit = _said(row["denomination"]) or _said(row["unit_usual_name"]) or _said(row["acronym"])
    sign = _said(row["sign"]) or _said(row["usual_name"])
    if unit and sign and sign.casefold() not in unit.casefold():
        return f"{unit} ({sign})"
    return unit or sign or f"SIREN {row['siren']}"


def _said(text: str | None) -> str:
    return "" if text is None or text == NOT_DIFFUSED else " ".join(text.split())


def _date(text: str | None) -> str | None:
    """ISO date; None where unknown. A spreadsheet's ``01/01/1979`` is understood."""
    if text and len(text) >= 10 and text[2:3] == text[5:6] == "/":  # noqa: PLR2004
        text = f"{text[6:10]}-{text[3:5]}-{text[:2]}"
    read = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce") if text else pd.NaT
    if pd.isna(read) or text == UNKNOWN_DATE:
        return None
    return str(read.date())


def _position(row: Mapping[str, Any]) -> dict[str, object]:
    if row.get("longitude") is None or row.get("latitude") is None:
        return {"position": "commune"}
    return {"longitude": row["longitude"], "latitude": row["latitude"], "position": "address"}


def _texts(frame: pd.DataFrame, name: str) -> list[Any]:
    return [None if value is pd.NA else value for value in frame[name].tolist()]
