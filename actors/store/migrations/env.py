"""Alembic's entry: runs migrations on the connection, and in the transaction, that `actors.store.migration` has opened."""

from alembic import context

from actors.store import bulk_schema, catalog_schema, likeness_schema, task_schema, workflow_schema  # noqa: F401  # know the rest of the tables
from actors.store.schema import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
