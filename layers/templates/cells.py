"""Cells of a filled template: what each kind of field reads, or why a row is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from geodata.names import normalise
from geodata.territories import TERRITORIES
from layers.templates.declaration import COUNT, DATE, EUROS, MULTI, NUMBER, YEAR, YES_NO, Field
from layers.values.dates import day
from layers.values.numbers import cents, value

YES: Final = frozenset({"oui", "o", "x", "1", "vrai"})
NO: Final = frozenset({"non", "n", "0", "faux"})
FIRST_YEAR, LAST_YEAR = 2000, 2100
_CENTS: Final = 100
_WHOLE: Final = frozenset(
    {MULTI, "Multi-territoire", "Métropole", "Métropolitain", "MEL", "Tous", "Toute la métropole"}
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell is refused, and what to do."""

    reason: str
    remedy: str


def number(field: Field, text: str) -> float | Fault | None:
    """Number of a cell of a field that holds one; None for an empty cell.

    Euros are whole cents, counts whole, yes is 1 and no 0; nothing is below zero.
    """
    if not text:
        return None
    if field.kind == YES_NO:
        return _yes_no(field, text)
    found = _euros(text) if field.kind == EUROS else _plain(text)
    if found is None or found < 0 or (field.kind in (COUNT, YEAR) and found != int(found)):
        return Fault(f"« {field.header} » illisible", _REMEDIES.get(field.kind, "Un nombre, sans unité."))
    return found


_REMEDIES: Final = {
    EUROS: "Un nombre en euros, sans signe moins, deux décimales au plus.",
    COUNT: "Un nombre entier.",
    NUMBER: "Un nombre, avec ou sans décimales, sans signe moins.",
}


def year(field: Field, text: str) -> int | Fault:
    """Year of a cell, of a year or of a whole date."""
    if field.kind == DATE:
        found = day(text)
        told = found.year if found else None
    else:
        told = int(text) if text.isdecimal() else None
    if told is None or not FIRST_YEAR <= told <= LAST_YEAR:
        return Fault(f"« {field.header} » absente ou illisible", f"De {FIRST_YEAR} à {LAST_YEAR} : {field.example}.")
    return told


def is_whole(text: str) -> bool:
    """Whether a cell of place says several territories, or the whole metropole."""
    return normalise(text) in {normalise(said) for said in _WHOLE}


def territory(text: str) -> str | None:
    """Code of the territory that a cell names, by its number or its name; None for anything else."""
    if text in TERRITORIES:
        return text
    plain = normalise(text).removeprefix("TERRITOIRE ").removeprefix("DE ").removeprefix("DES ")
    for code, found in TERRITORIES.items():
        names = {normalise(name) for name in (found.name, found.short_name)}
        if normalise(text) in names or plain in names:
            return code
    return None


def _euros(text: str) -> float | None:
    found = cents(text)
    return None if found is None else found / _CENTS


def _plain(text: str) -> float | None:
    found = value(text)
    return found.number if found else None


def _yes_no(field: Field, text: str) -> float | Fault:
    said = text.strip().lower()
    if said in YES | NO:
        return float(said in YES)
    return Fault(f"« {field.header} » : ni oui ni non", "Écrire oui ou non.")
