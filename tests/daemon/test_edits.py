"""Workflows look at what persons have edited as soon as they are told, and after a start at what was left."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentChanges, DocumentId
from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.nouns.workflows import Assign, Trigger, TriggerKind, WorkflowFacts
from actors.store.store import Store
from daemon.keeping.edits import Edits
from tests.archives import open_archive
from tests.pipeline.cast import until
from tests.pipeline.understanding import planner_of
from tests.store.making import at, document_id


class Index:
    """Counts, and is away at first if a test wants it."""

    def __init__(self, failures: int = 0) -> None:
        self.applied = 0
        self.failures = failures

    async def apply(self) -> object:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the index is away")
        self.applied += 1
        return None


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    data = DataDir(tmp_path / "data")
    store = open_archive(data)
    seen = store.catalog.labels.create(LabelKind.TAG, LabelFacts("seen")).id
    store.workflows.create(WorkflowFacts("see", True, (Trigger(TriggerKind.DOCUMENT_UPDATED),), (Assign(tags=(seen,)),)))
    yield store
    store.close()


def edited(store: Store, content: str) -> DocumentId:
    document = document_id(store, content)
    store.documents.update(document, DocumentChanges(title="mine"), None, at(1))
    return document


async def test_an_edit_is_looked_at_when_it_is_told_of_and_what_was_left_after_the_start(store: Store) -> None:
    left, index = edited(store, "left"), Index()
    edits = Edits(store, planner_of(store), index.apply)
    edits.start()
    try:
        await until(lambda: store.documents.get(left).tags == ("seen",) and index.applied == 1)
        told = edited(store, "told")
        edits.tell()
        await until(lambda: store.documents.get(told).tags == ("seen",) and index.applied == 2)
    finally:
        await edits.stop()
    assert store.workflows.edited(10) == []


async def test_an_index_that_is_away_ends_nothing(store: Store) -> None:
    document, index = edited(store, "letter"), Index(failures=1)
    edits = Edits(store, planner_of(store), index.apply)
    await edits.look()
    assert (store.documents.get(document).tags, index.applied) == (("seen",), 0)
    edited(store, "next")
    await edits.look()
    assert index.applied == 1
