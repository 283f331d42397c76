"""Versions of a diagnostic."""

import sqlalchemy as sa
from alembic import op

revision = "versions"
down_revision = "actions"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "versions",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("place", sa.String(8), nullable=False, index=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("release", sa.String(16), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("origin", sa.Integer),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("signed", sa.String(10), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.UniqueConstraint("place", "number"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("versions")
