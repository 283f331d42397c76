"""The tables of what is written. Times are UTC, as ISO 8601 text; texts are as they were typed."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Integer, MetaData, String, Table, Text

METADATA = MetaData()
FINDINGS = Table(
    "findings",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("place", String(8), nullable=False, index=True),
    Column("sentence", Text, nullable=False),
    Column("quadrant", String(16), nullable=False),
    Column("theme", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("evidence", String(16), nullable=False),
    Column("source", Text, nullable=False),
    Column("indicator", String(64)),
    Column("value", Float),
    Column("state", String(16)),
    Column("year", Integer),
    Column("release", String(16)),
    Column("proof", Text),
    Column("withdrawn", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created", String(32), nullable=False),
    Column("changed", String(32), nullable=False),
)
JOURNAL = Table(
    "journal",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("what", String(32), nullable=False),
    Column("entry", String(32), nullable=False, index=True),
    Column("before", Text),
    Column("after", Text),
)
TABLES = (FINDINGS, JOURNAL)
"""In the order in which they are saved and given back."""
