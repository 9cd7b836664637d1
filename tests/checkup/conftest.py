"""A small archive that is sound, on each database."""

from collections.abc import Iterator

import pytest

from actors.store.store import Store
from tests.checkup.archive import Shown
from tests.store.conftest import data, emptied, postgres, store, url

__all__ = ["data", "emptied", "postgres", "store", "url"]


@pytest.fixture
def shown(store: Store) -> Iterator[Shown]:
    made = Shown(store)
    made.read("hydrant", "whisky", "invoice", "ledger")
    yield made
    made.searcher.close()
