"""Findings and the journal."""

import sqlalchemy as sa
from alembic import op

revision = "a1"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "findings",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("place", sa.String(8), nullable=False, index=True),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.Column("quadrant", sa.String(16), nullable=False),
        sa.Column("theme", sa.Text, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("evidence", sa.String(16), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("indicator", sa.String(64)),
        sa.Column("value", sa.Float),
        sa.Column("state", sa.String(16)),
        sa.Column("year", sa.Integer),
        sa.Column("release", sa.String(16)),
        sa.Column("proof", sa.Text),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("changed", sa.String(32), nullable=False),
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("entry", sa.String(32), nullable=False, index=True),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("journal")
    op.drop_table("findings")
