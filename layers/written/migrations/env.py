"""Alembic's environment: the connection is given, and the tables are those of the schema."""

from alembic import context

from layers.written.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
