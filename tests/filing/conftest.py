"""Folders on each database that the store runs on."""

from tests.store.conftest import data, migrated, postgres, store, url

__all__ = ["data", "migrated", "postgres", "store", "url"]
