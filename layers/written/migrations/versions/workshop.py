"""Meetings, their scenes, and what their participants send."""

import sqlalchemy as sa
from alembic import op

revision = "workshop"
down_revision = "a1"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "meetings",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("place", sa.String(8), nullable=False, index=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("held", sa.String(10), nullable=False),
        sa.Column("code", sa.String(8), nullable=False, unique=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("scene", sa.String(32), nullable=False),
        sa.Column("phase", sa.String(16), nullable=False),
        sa.Column("blank", sa.Boolean, nullable=False),
        sa.Column("timer", sa.String(32), nullable=False),
        sa.Column("minutes", sa.Text, nullable=False),
        sa.Column("present", sa.Text, nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("pulse", sa.Integer, nullable=False),
        sa.Column("received", sa.Integer, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("changed", sa.String(32), nullable=False),
    )
    op.create_table(
        "scenes",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("meeting", sa.String(32), nullable=False, index=True),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("view", sa.Text, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("area", sa.String(8), nullable=False),
        sa.Column("dots", sa.Integer, nullable=False),
        sa.Column("secret", sa.Boolean, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("changed", sa.String(32), nullable=False),
    )
    op.create_table(
        "devices",
        sa.Column("meeting", sa.String(32), primary_key=True),
        sa.Column("device", sa.String(64), primary_key=True),
        sa.Column("college", sa.String(16), nullable=False),
    )
    op.create_table(
        "contributions",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("meeting", sa.String(32), nullable=False, index=True),
        sa.Column("scene", sa.String(32), nullable=False, index=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("college", sa.String(16), nullable=False),
        sa.Column("device", sa.String(64)),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("ballots", sa.Integer, nullable=False),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("finding", sa.String(32)),
        sa.Column("at", sa.String(32), nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for name in ("contributions", "devices", "scenes", "meetings"):
        op.drop_table(name)
