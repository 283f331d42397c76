"""Values that readers dispute, and apart from them where to answer."""

import sqlalchemy as sa
from alembic import op

revision = "disputes"
down_revision = "workshop"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "disputes",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("place", sa.String(8), nullable=False, index=True),
        sa.Column("indicator", sa.String(64), nullable=False, index=True),
        sa.Column("year", sa.Integer),
        sa.Column("value", sa.Float),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("shown", sa.Text, nullable=False),
        sa.Column("release", sa.String(16), nullable=False),
        sa.Column("view", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("status", sa.String(16), nullable=False, index=True),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("answered", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("changed", sa.String(32), nullable=False),
    )
    op.create_table(
        "contacts",
        sa.Column("dispute", sa.String(32), primary_key=True),
        sa.Column("contact", sa.Text, nullable=False),
        sa.Column("expires", sa.String(32), nullable=False, index=True),
    )


def downgrade() -> None:
    """Drop them."""
    for name in ("contacts", "disputes"):
        op.drop_table(name)
