"""Folders on each database that the store runs on."""

from tests.store.conftest import data, emptied, postgres, store, url

__all__ = ["data", "emptied", "postgres", "store", "url"]
