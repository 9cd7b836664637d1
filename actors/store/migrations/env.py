"""Alembic's entry: runs migrations on the connection, and in the transaction, that `actors.store.migration` has opened."""

from alembic import context

from actors.store.rows import access, bulk_edits, catalog, folders, identity, likeness, page_orders, tasks, versions, workflows  # noqa: F401  # know the rest of the tables
from actors.store.rows.archive import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
