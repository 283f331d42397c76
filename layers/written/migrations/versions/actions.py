"""Action sheets and their follow-up by year."""

import sqlalchemy as sa
from alembic import op

revision = "actions"
down_revision = "disputes"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "actions",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("place", sa.String(8), nullable=False, index=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("issue", sa.Text, nullable=False),
        sa.Column("objective", sa.Text, nullable=False),
        sa.Column("pilot", sa.Text, nullable=False),
        sa.Column("partners", sa.Text, nullable=False),
        sa.Column("perimeter", sa.Text, nullable=False),
        sa.Column("budget", sa.BigInteger),
        sa.Column("instrument", sa.Text, nullable=False),
        sa.Column("begins", sa.Integer),
        sa.Column("ends", sa.Integer),
        sa.Column("indicator", sa.String(64)),
        sa.Column("measured", sa.Text, nullable=False),
        sa.Column("baseline", sa.Float),
        sa.Column("baseline_year", sa.Integer),
        sa.Column("baseline_state", sa.String(16)),
        sa.Column("baseline_release", sa.String(16)),
        sa.Column("target", sa.Float),
        sa.Column("target_year", sa.Integer),
        sa.Column("risks", sa.Text, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("findings", sa.Text, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("changed", sa.String(32), nullable=False),
    )
    op.create_table(
        "action_years",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("action", sa.String(32), nullable=False, index=True),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("done", sa.Text, nullable=False),
        sa.Column("value", sa.Float),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed", sa.String(32), nullable=False),
        sa.UniqueConstraint("action", "year"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("action_years")
    op.drop_table("actions")
