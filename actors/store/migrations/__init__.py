"""Alembic's scripts. Run by `actors.store.migration`, never by hand."""
