"""The fictitious follow-up of the plan: calls, jobs, budgets, meetings, good practices, as templates would give them.

Drawn from a stream of its own, from the fictitious grants and requests, so that they tell one story.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from geodata.perimeter import members
from geodata.territories import TERRITORIES
from layers.demonstration.origin import YEARS
from layers.demonstration.structures import typed

DEPARTMENTS = ("Pôle Démo Économie", "Pôle Démo Habitat", "Pôle Démo Environnement", "Pôle Démo Culture")
WEIGHTS = (0, 0, 0, 1, 2, 3)
"""Place of the department of a request: one of two is economy's."""
PRACTICES = (
    ("Clause sociale fictive dans les marchés de nettoyage", "59350", "Douze marchés fictifs", "Un juriste à mi-temps"),
    ("Tiers-lieu fictif ouvert le soir", "59512", "Quarante usagers fictifs", "Un bail de trois ans"),
    ("Ressourcerie fictive partagée entre communes", "59599", "Trois communes fictives", "Un transport commun"),
    ("Épicerie solidaire fictive en gare", "59017", "Deux gares fictives", "Une convention avec le gestionnaire"),
)
UNITS = {"jobs": "ETP", "budget": "€", "meeting": "personnes"}
PROJECT = ("asked", "granted", "project_budget")
LATER = {"12": 1, "36": 3}
"""Years after which what was planned is observed."""

Row = dict[str, Any]


def programme(grants: pd.DataFrame, source: np.random.Generator) -> pd.DataFrame:
    """The table ``programme``, from grants of the stages ``voted`` and ``asked``."""
    rows = [
        *_calls(grants, source),
        *_jobs(grants, source),
        *_budgets(grants, source),
        *_meetings(source),
        *_practices(source),
    ]
    return typed("programme", pd.DataFrame(rows))


def _entry(name: str, theme: str, title: str, year: int, **more: Any) -> Row:
    return {"entry_id": f"demo-{theme}-{name}", "theme": theme, "title": title, "year": year, **more}


def _measures(entry: Row, numbers: Mapping[str, float], unit: str | None = None) -> Iterator[Row]:
    for measure, value in numbers.items():
        euros = "€" if measure in PROJECT else unit
        yield {**entry, "measure": measure, "value": float(value), "unit": euros}


def _rows(grants: pd.DataFrame, stage: str) -> list[Row]:
    """The grants of a stage, in order."""
    return [
        {str(key): value for key, value in row.items()} for row in grants[grants["kind"].eq(stage)].to_dict("records")
    ]


def _placed(row: Row) -> Row:
    commune: str | None = None if pd.isna(row["commune"]) else str(row["commune"])
    return {"commune": commune, "territory": members().get(commune) if commune else None}


def _calls(grants: pd.DataFrame, source: np.random.Generator) -> Iterator[Row]:
    """A request a row: what was asked for, whether it could be granted, what it got, what its project costs."""
    granted = grants[grants["kind"].eq("voted")].set_index("grant_id")["amount_cents"].to_dict()
    for number, row in enumerate(_rows(grants, "asked"), start=1):
        got = int(granted.get(str(row["grant_id"]).removesuffix(":asked"), 0)) // 100
        eligible = 1 if got else int(source.integers(0, 10) < 7)  # noqa: PLR2004
        department = DEPARTMENTS[WEIGHTS[int(source.integers(0, len(WEIGHTS)))]]
        asked = int(row["amount_cents"]) // 100
        numbers = {"request": 1, "eligible": eligible, "laureate": int(got > 0), "asked": asked}
        numbers |= {"granted": got} if got else {}
        numbers["project_budget"] = asked * int(source.integers(2, 6))
        entry = _entry(
            f"{number:04d}",
            "call",
            f"Projet fictif {number:04d}",
            int(row["year"]),
            instrument=row["instrument"],
            department=department,
            detail=json.dumps({"name": row["name"]}, ensure_ascii=False),
            **_placed(row),
        )
        yield from _measures(entry, numbers)


def _jobs(grants: pd.DataFrame, source: np.random.Generator) -> Iterator[Row]:
    """Half the grants plan jobs; what is observed comes one and three years later, where that is before the last."""
    for number, row in enumerate(_rows(grants, "voted"), start=1):
        halves = source.integers(0, 7, 2)
        seen = source.integers(6, 12, 4)
        numbers: dict[str, float] = {}
        for place, kind in enumerate(("created", "maintained")):
            planned = int(halves[place]) / 2
            if not planned:
                continue
            numbers[f"jobs_{kind}_planned"] = planned
            for at, (months, years) in enumerate(LATER.items()):
                if int(row["year"]) + years <= YEARS[-1]:
                    numbers[f"jobs_{kind}_{months}"] = int(planned * 2 * int(seen[2 * place + at]) // 10) / 2
        entry = _entry(
            f"{number:04d}",
            "jobs",
            f"Emplois fictifs {number:04d}",
            int(row["year"]),
            instrument=row["instrument"],
            department=DEPARTMENTS[0],
            **_placed(row),
        )
        yield from _measures(entry, numbers, UNITS["jobs"])


def _budgets(grants: pd.DataFrame, source: np.random.Generator) -> Iterator[Row]:
    """What was voted for each instrument and year, rounded up to a thousand euros, and what was spent of it."""
    sums = grants[grants["kind"].eq("voted")].groupby(["year", "instrument"])["amount_cents"].sum() // 100
    for number, row in enumerate(sums.reset_index().to_dict("records"), start=1):
        year, instrument, euros = int(row["year"]), str(row["instrument"]), int(row["amount_cents"])
        planned = -(-euros // 1000) * 1000
        executed = euros * int(source.integers(90, 101)) // 100
        entry = _entry(
            f"{number:03d}",
            "budget",
            instrument,
            year,
            instrument=instrument,
            department=DEPARTMENTS[0],
        )
        yield from _measures(entry, {"budget_voted": planned, "budget_executed": executed}, UNITS["budget"])


def _meetings(source: np.random.Generator) -> Iterator[Row]:
    """None, one or two meetings a territory and year, and one a year for the whole metropole."""
    number = 0
    for year in YEARS:
        for code in (*TERRITORIES, None):
            times = 1 if code is None else int(source.integers(0, 3))
            for _ in range(times):
                number += 1
                there = source.integers((2, 6, 1), (9, 30, 6))
                day, month = int(source.integers(1, 29)), int(source.integers(1, 13))
                told = {"date": f"{day:02d}/{month:02d}/{year}", "minutes": "Compte rendu fictif"}
                entry = _entry(
                    f"{number:03d}",
                    "meeting",
                    f"Rencontre fictive {number:03d}",
                    year,
                    territory=code,
                    detail=json.dumps(told, ensure_ascii=False),
                )
                names = ("attendance_elected", "attendance_actors", "attendance_staff")
                yield from _measures(entry, {"meeting": 1}, None)
                yield from _measures(entry, dict(zip(names, map(int, there), strict=True)), UNITS["meeting"])


def _practices(source: np.random.Generator) -> Iterator[Row]:
    for number, (title, commune, result, reuse) in enumerate(PRACTICES, start=1):
        year = YEARS[int(source.integers(0, len(YEARS)))]
        told = {"who": f"Structure Démo {number:02d}", "done": "Étapes fictives.", "result": result, "reuse": reuse}
        entry = _entry(
            f"{number:02d}",
            "practice",
            title,
            year,
            commune=commune,
            territory=members()[commune],
            department=DEPARTMENTS[number % len(DEPARTMENTS)],
            detail=json.dumps(told, ensure_ascii=False),
        )
        yield from _measures(entry, {"practice": 1})
