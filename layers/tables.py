"""The checked tables: column order, dtypes, vocabularies.

Codes are text, money is integer cents, and a value that is not a number is a state. The dtypes are those that
survive a Parquet round trip: pandas ``string`` for text, ``int64``, ``float64``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pandas as pd

from layers.zones import ZONINGS

TEXT: Final = "string"
INTEGER: Final = "int64"
NUMBER: Final = "float64"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its dtype, whether it may be null, and the only values it takes, where they are few."""

    name: str
    dtype: str = TEXT
    nullable: bool = False
    allowed: tuple[str, ...] = ()


def _null(*names: str, dtype: str = TEXT) -> tuple[Column, ...]:
    return tuple(Column(name, dtype, nullable=True) for name in names)


def _full(*names: str, dtype: str = TEXT) -> tuple[Column, ...]:
    return tuple(Column(name, dtype) for name in names)


_LEGAL_UNIT: Final = _null("siret", "siren", "rna")
_WHERE_AND_WHAT: Final = _null("commune", "sector", "family")
_ORIGIN: Final = (*_full("file_sha256"), *_full("row", dtype=INTEGER))

STATES: Final = ("value", "zero", "suppressed", "missing")
REST: Final = "rest"
"""State of a row of ``jobs``: what the secret cells of a commune hold together, its published total less the others."""
DIFFUSION: Final = ("O", "P")
"""Diffusion status of Sirene: a unit in P is counted, never listed, named or pinned (art. R123-232-1)."""
PRIORITY: Final = ("in", "out")
"""Whether an establishment is in a priority neighbourhood; null where no source places it."""
KINDS: Final = ("asked", "voted", "contracted", "paid")
"""Stages of a grant, never added to one another."""
SCOPES: Final = ("ess", "private", "all")
"""Employers whose posts are counted: those of the ESS, all the private ones, all."""
THEMES: Final = ("call", "jobs", "budget", "meeting", "practice", "prices")
"""What only the metropole holds, and the price index by which it tells constant euros (`ess template`)."""

SCHEMAS: Final[Mapping[str, tuple[Column, ...]]] = {
    "actors": (
        *_full("actor_id"),
        *_LEGAL_UNIT,
        *_full("name"),
        *_WHERE_AND_WHAT,
        Column("ess", allowed=("yes", "to_review")),
        *_null("size_class"),
        *_null("longitude", "latitude", dtype=NUMBER),
        Column("position", nullable=True, allowed=("address", "commune")),
        *_null("located_by"),
        *_full("source", "vintage"),
        *_full("year", dtype=INTEGER),
        *_null("legal_category", "ape", "ape_2025", "created"),
        Column("diffusion", nullable=True, allowed=DIFFUSION),
        *_null("priority_area"),
        Column("priority_status", nullable=True, allowed=PRIORITY),
        *_null("reasons", "conflict"),
        *_ORIGIN,
    ),
    "grants": (
        *_full("grant_id"),
        *_LEGAL_UNIT,
        *_full("name"),
        *_WHERE_AND_WHAT,
        *_full("grantor", "instrument"),
        Column("kind", allowed=KINDS),
        *_full("year", "amount_cents", dtype=INTEGER),
        *_null("located_by", "decision", "raw"),
        *_full("source", "vintage"),
        *_ORIGIN,
    ),
    "observations": (  # of a declared table, a territory stands by its code where it is one that is told of
        *_full("commune", "variable"),
        *_full("year", dtype=INTEGER),
        *_null("value", dtype=NUMBER),
        Column("state", allowed=STATES),
        *_full("source", "vintage"),
        *_ORIGIN,
    ),
    "jobs": (
        *_full("commune"),
        *_full("year", dtype=INTEGER),
        Column("scope", allowed=SCOPES),
        *_null("sector", "family", "size_class"),
        *_null("posts", "establishments", "largest", dtype=NUMBER),
        Column("state", allowed=(*STATES, REST)),
        *_full("source", "vintage"),
        *_ORIGIN,
    ),
    "zones": (
        *_full("commune"),
        Column("zoning", allowed=ZONINGS),
        *_full("code", "label"),
        *_full("year", dtype=INTEGER),
        *_full("source", "vintage"),
        *_ORIGIN,
    ),
    "secrecy": (
        Column("scope", allowed=(*SCOPES, "ess-establishments", "all-establishments")),
        *_full("year", dtype=INTEGER),
        *_full("shape", "cells"),
        *_full("source", "vintage"),
        *_ORIGIN,
    ),
    "programme": (
        *_full("entry_id"),
        Column("theme", allowed=THEMES),
        *_full("title"),
        *_null("territory", "commune"),
        *_full("year", dtype=INTEGER),
        *_full("measure"),
        *_null("value", dtype=NUMBER),
        *_null("unit", "instrument", "department", "detail"),
        *_full("source", "vintage"),
        *_ORIGIN,
    ),
}

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    name: tuple(column.name for column in columns) for name, columns in SCHEMAS.items()
}
MEASURED: Final[Mapping[str, str]] = {"observations": "value", "jobs": "posts"}
"""Tables whose rows carry a state, and the column that it is the state of."""
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "actors": ("actor_id", "year"),
    "grants": ("grant_id",),
    "observations": ("commune", "variable", "year"),
    "jobs": ("commune", "year", "scope", "sector", "family", "size_class", "source"),
    "zones": ("commune", "zoning", "year"),
    "secrecy": ("scope", "year"),
    "programme": ("entry_id", "measure"),
}


def _schema(name: str) -> tuple[Column, ...]:
    if name not in SCHEMAS:
        raise ValueError(f"unknown table {name!r}: expected one of {', '.join(SCHEMAS)}")
    return SCHEMAS[name]


def empty(name: str) -> pd.DataFrame:
    """Table *name* without a row, with its columns in order and their dtypes."""
    return _nothing(name).copy()


@lru_cache(maxsize=16)
def _nothing(name: str) -> pd.DataFrame:
    return build(name, [])


def build(name: str, records: list[dict[str, object]]) -> pd.DataFrame:
    """Table *name* from one mapping a row; an absent key is null. Checked before it is returned.

    Raises
    ------
    ValueError
        As :func:`check`, or where a record has a key that is no column.
    """
    schema = _schema(name)
    known = set(COLUMNS[name])
    for record in records:
        if extra := record.keys() - known:
            raise ValueError(f"{name}: unknown column {', '.join(sorted(extra))}")
    columns = {column.name: _typed(name, column, [record.get(column.name) for record in records]) for column in schema}
    frame = pd.DataFrame(columns, columns=list(COLUMNS[name]))
    check(name, frame)
    return frame


def _typed(name: str, column: Column, values: list[object]) -> pd.Series:
    try:
        return pd.Series(values, dtype=column.dtype, name=column.name)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name}.{column.name}: not all {column.dtype} ({error})") from error


def upgraded(name: str, frame: pd.DataFrame | None) -> pd.DataFrame:
    """Table *name* of a release published before some columns, or the table itself, existed: these are null there.

    Raises
    ------
    ValueError
        As :func:`check`: a column that may not be null is missing.
    """
    if frame is None:
        return empty(name)
    for column in _schema(name):
        if column.name not in frame and column.nullable:
            frame = frame.assign(**{column.name: pd.Series(pd.NA, index=frame.index, dtype=column.dtype)})
    ordered: pd.DataFrame = frame[[column for column in COLUMNS[name] if column in frame]]
    check(name, ordered)
    return ordered


def check(name: str, frame: pd.DataFrame) -> None:
    """Refuse a frame that is not exactly table *name*: columns, order, dtypes, nulls, vocabularies, keys.

    Raises
    ------
    ValueError
        The message names the table, the column, and the first offending value with its position.
    """
    schema = _schema(name)
    _check_columns(name, frame)
    for column in schema:
        _check_column(name, column, frame[column.name])
    _check_key(name, frame)
    if name in MEASURED:
        _check_states(name, frame[MEASURED[name]], frame["state"])


def _check_columns(name: str, frame: pd.DataFrame) -> None:
    found, expected = list(frame.columns), list(COLUMNS[name])
    if found == expected:
        return
    if missing := [column for column in expected if column not in found]:
        raise ValueError(f"{name}: missing column {', '.join(missing)}")
    if extra := [str(column) for column in found if column not in expected]:
        raise ValueError(f"{name}: unknown column {', '.join(extra)}")
    raise ValueError(f"{name}: columns out of order, expected {', '.join(expected)}")


def _check_column(name: str, column: Column, values: pd.Series) -> None:
    where = f"{name}.{column.name}"
    if not _has_dtype(values, column.dtype):
        raise ValueError(f"{where}: dtype {values.dtype}, expected {column.dtype}")
    if not column.nullable and (nulls := values.isna()).any():
        raise ValueError(f"{where}: null at position {int(nulls.to_numpy().argmax())}")
    if column.allowed:
        wrong = values.notna() & ~values.isin(column.allowed)
        if wrong.any():
            first = int(wrong.to_numpy().argmax())
            allowed = ", ".join(column.allowed)
            raise ValueError(f"{where}: {values.iloc[first]!r} at position {first}, expected {allowed}")


def _has_dtype(values: pd.Series, dtype: str) -> bool:
    if dtype == TEXT:
        return isinstance(values.dtype, pd.StringDtype)
    return str(values.dtype) == dtype


def _check_key(name: str, frame: pd.DataFrame) -> None:
    key = list(KEYS[name])
    repeated = frame.duplicated(subset=key)
    if repeated.any():
        first = frame.loc[repeated, key].iloc[0]
        raise ValueError(f"{name}: {', '.join(f'{k}={first[k]}' for k in key)} occurs more than once")


def _check_states(name: str, value: pd.Series, state: pd.Series) -> None:
    rest = state == REST
    shown = state.isin(("value", "zero")) | rest
    wrong = (shown & value.isna()) | (~shown & value.notna()) | (~rest & ((state == "zero") != (value == 0)))
    if wrong.any():
        first = int(wrong.to_numpy().argmax())
        raise ValueError(f"{name}: state {state.iloc[first]!r} with value {value.iloc[first]} at position {first}")
