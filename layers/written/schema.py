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
MEETINGS = Table(
    "meetings",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("place", String(8), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("held", String(10), nullable=False),
    Column("code", String(8), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("scene", String(32), nullable=False),
    Column("phase", String(16), nullable=False),
    Column("blank", Boolean, nullable=False),
    Column("timer", String(32), nullable=False),
    Column("minutes", Text, nullable=False),
    Column("present", Text, nullable=False),
    Column("salt", String(64), nullable=False),
    Column("pulse", Integer, nullable=False),
    Column("received", Integer, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created", String(32), nullable=False),
    Column("changed", String(32), nullable=False),
)
SCENES = Table(
    "scenes",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("meeting", String(32), nullable=False, index=True),
    Column("rank", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("question", Text, nullable=False),
    Column("view", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("area", String(8), nullable=False),
    Column("dots", Integer, nullable=False),
    Column("secret", Boolean, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created", String(32), nullable=False),
    Column("changed", String(32), nullable=False),
)
DEVICES = Table(
    "devices",
    METADATA,
    Column("meeting", String(32), primary_key=True),
    Column("device", String(64), primary_key=True),
    Column("college", String(16), nullable=False),
)
"""Telephones of a meeting that is open, under a name that nobody can undo; emptied when it closes."""
CONTRIBUTIONS = Table(
    "contributions",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("meeting", String(32), nullable=False, index=True),
    Column("scene", String(32), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("college", String(16), nullable=False),
    Column("device", String(64)),
    Column("body", Text, nullable=False),
    Column("ballots", Integer, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("finding", String(32)),
    Column("at", String(32), nullable=False),
)
"""What participants sent, under the name that their telephone gave it: what is sent twice is written once."""
DISPUTES = Table(
    "disputes",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("place", String(8), nullable=False, index=True),
    Column("indicator", String(64), nullable=False, index=True),
    Column("year", Integer),
    Column("value", Float),
    Column("state", String(16), nullable=False),
    Column("shown", Text, nullable=False),
    Column("release", String(16), nullable=False),
    Column("view", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("status", String(16), nullable=False, index=True),
    Column("outcome", String(16), nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered", String(32), nullable=False),
    Column("version", Integer, nullable=False),
    Column("created", String(32), nullable=False),
    Column("changed", String(32), nullable=False),
)
CONTACTS = Table(
    "contacts",
    METADATA,
    Column("dispute", String(32), primary_key=True),
    Column("contact", Text, nullable=False),
    Column("expires", String(32), nullable=False, index=True),
)
"""Where to answer who disputes a value: apart, seen by agents only, gone when it expires; never in the journal."""
TABLES = (FINDINGS, JOURNAL, MEETINGS, SCENES, DEVICES, CONTRIBUTIONS, DISPUTES, CONTACTS)
"""In the order in which they are saved and given back."""
